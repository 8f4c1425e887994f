"""`exitplan demo`: both real missions that come along, planned and briefed."""

from __future__ import annotations

from pathlib import Path

from exitplan.usecases.brief import Written, brief
from exitplan.usecases.study import Progress

REAL = ("sierra-leone-2002", "liberia-2015")
"""The bundled missions that are not fictional."""


def demonstrate(mission: str, out: Path, *, lang: str = "en", progress: Progress | None = None) -> Written:
    """Write the brief of one mission into a folder of its own below `out`, as anybody could with the default options."""
    return brief(mission, out / mission, lang=lang, progress=progress)
