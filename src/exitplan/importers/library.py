"""The missions that come along with the program."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from exitplan.domain.errors import NotFound

_FOLDER = Path(str(files("exitplan"))) / "library" / "missions"


def bundled_missions() -> tuple[str, ...]:
    """Names of the missions that come along, in order of the alphabet."""
    return tuple(sorted(path.parent.name for path in _FOLDER.glob("*/mission.yaml")))


def bundled_path(name: str) -> Path:
    """
    The dossier folder of a mission that comes along.

    Raises
    ------
    NotFound
        When no mission of that name does; names those that do.
    """
    if name not in bundled_missions():
        raise NotFound("mission", name, bundled_missions())
    return _FOLDER / name
