"""Lessons of past exits from a YAML file."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from exitplan.domain.lessons import LessonLibrary, LibraryLesson
from exitplan.importers.library_file import read_library_file

BUNDLED = Path(str(files("exitplan"))) / "library" / "lessons" / "lessons.yaml"
"""The lessons that come along with the program."""


def read_lessons(path: Path = BUNDLED) -> tuple[LibraryLesson, ...]:
    """
    Read a library of lessons; one without a source is a fault.

    Raises
    ------
    Unreadable
        When the file cannot be opened, is longer than a megabyte, or is not the YAML of a dossier.
    InputFaults
        With every fault of every lesson.
    """
    return read_library_file(path, LessonLibrary, "lesson").lessons


@lru_cache(maxsize=1)
def bundled_lessons() -> tuple[LibraryLesson, ...]:
    """The lessons that come along, read once."""
    return read_lessons()
