"""`exitplan new`: begin a dossier."""

from __future__ import annotations

from pathlib import Path

from exitplan.importers.new_dossier import start_dossier


def begin(folder: Path) -> tuple[str, ...]:
    """Write the starter dossier, small and complete, into a new or empty folder. Returns the names of its files."""
    return start_dossier(folder)
