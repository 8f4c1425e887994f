"""Files that are read together: all of them there, and the faults of all told at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from exitplan.domain.errors import ExitplanError, InputFaults, Unreadable
from exitplan.domain.findings import Finding, Wanted

Read = TypeVar("Read")


def files_in(folder: Path, names: Sequence[str]) -> tuple[Path, ...]:
    """
    Files of a folder of public data.

    Raises
    ------
    Unreadable
        Naming all that are not there, and the folder that was looked in.
    """
    found = tuple(folder / name for name in names)
    if missing := [name for name, path in zip(names, found, strict=True) if not path.is_file()]:
        raise Unreadable(
            str(folder), Wanted("files {names} wanted; name their folder with --data", names=", ".join(missing))
        )
    return found


def together(*readers: Callable[[], Read]) -> tuple[Read, ...]:
    """
    What each of some readers reads.

    Raises
    ------
    Unreadable
        When one file cannot be read and nothing else is wrong.
    InputFaults
        With the faults of all of them; a file that cannot be read is one.
    """
    found: list[Read] = []
    errors: list[ExitplanError] = []
    faults: list[Finding] = []
    for read in readers:
        try:
            found.append(read())
        except InputFaults as error:
            errors.append(error)
            faults += error.findings
        except Unreadable as error:
            errors.append(error)
            faults.append(Finding(code="unreadable-file", wanted=error.why, where=error.place))
    if len(errors) == 1 and isinstance(errors[0], Unreadable):
        raise errors[0]
    if errors:
        raise InputFaults(tuple(faults))
    return tuple(found)
