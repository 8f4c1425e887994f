"""Where the public data lie that back-tests are run on: the folder asked for, else `$EXITPLAN_DATA`, else one beside the work."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from exitplan.domain.errors import Unreadable
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
    folder = asked or Path(os.environ.get(VARIABLE) or BESIDE)
    found = tuple(folder / name for name in wanted)
    if missing := [name for name, path in zip(wanted, found, strict=True) if not path.is_file()]:
        raise Unreadable(
            str(folder), Wanted("files {names} wanted; name their folder with --data", names=", ".join(missing))
        )
    return found
