"""The dossier a new mission begins with: small, complete, commented, and sound."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from exitplan.domain.errors import Unreadable
from exitplan.domain.findings import Wanted
from exitplan.importers.dossier_files import FILE_NAMES
from exitplan.importers.dossier_folder import write_files

EVERYDAY = ("area", "site", "function", "indicator", "benchmark", "criterion", "gate", "handover")
"""The eight kinds of entry that most people need every day; the others are there when asked for."""


def starter_files() -> dict[str, bytes]:
    """The files of the starter dossier by name, comments and all."""
    folder = Path(str(files("exitplan"))) / "library" / "starter"
    return {name: (folder / name).read_bytes() for name in FILE_NAMES if (folder / name).is_file()}


def start_dossier(folder: Path) -> tuple[str, ...]:
    """
    Write the starter dossier into a new or empty folder.

    Parameters
    ----------
    folder
        Where; made when it does not exist. Nothing that is there is ever overwritten.

    Returns
    -------
    tuple of str
        Names of the files written.

    Raises
    ------
    Unreadable
        When the folder is not empty or cannot be written.
    """
    if folder.is_dir() and any(folder.iterdir()):
        raise Unreadable(str(folder), Wanted("is not empty; a new dossier needs a folder of its own"))
    written = starter_files()
    write_files(written, folder)
    return tuple(written)
