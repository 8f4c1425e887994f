"""Where the public data lie that back-tests are run on: the folder asked for, else `$EXITPLAN_DATA`, else one beside the work."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

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
