"""Where the public data lie that back-tests are run on: the folder asked for, else `$EXITPLAN_DATA`, else one beside the work."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from exitplan.domain.errors import InvalidValue
from exitplan.domain.findings import Wanted

VARIABLE = "EXITPLAN_DATA"
BESIDE = Path("..") / "shared" / "data"


def data_files(asked: Path | None, wanted: Sequence[str]) -> tuple[Path, ...]:
    """
    Files of the data folder.

    Parameters
    ----------
    asked
        The folder, where somebody named one.
    wanted
        Files inside it.

    Raises
    ------
    Unreadable
        When one of them is not there; it says which folder was looked in and which files were wanted.
    """
    from exitplan.importers.several import files_in

    folder = asked or Path(os.environ.get(VARIABLE) or BESIDE)
    return files_in(folder, wanted)


def files_given(options: str, *files: Path | None) -> bool:
    """
    Whether a back-test is run on files of one's own, all of them, or on those of the data folder.

    Parameters
    ----------
    options
        What the files are called where they are asked for.
    files
        Each of them, None where it is left out.

    Raises
    ------
    InvalidValue
        When some are given and others are not.
    """
    given = [file for file in files if file is not None]
    if given and len(given) < len(files):
        raise InvalidValue(options, given[0], Wanted("both files, or none"))
    return bool(given)
