"""Forecasts and trials as CSV files that other people's scripts read."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Sequence
from pathlib import Path


def leave_rows(out: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """
    Write a CSV whole or not at all.

    Parameters
    ----------
    out
        The file; packed when its name ends in `.gz`. Its folder is made where it is not there.
    columns, rows
        Headings, and the values under them; numbers in as many digits as bring them back.

    Raises
    ------
    Unreadable
        When it cannot be written; what stood there before still does.
    """
    from exitplan.importers.bundle import write_whole

    lines = io.StringIO()
    table = csv.writer(lines, lineterminator="\n")
    table.writerow(columns)
    table.writerows(rows)
    content = lines.getvalue().encode()
    # No clock time enters the packed file, so that equal rows give equal bytes.
    write_whole(out, gzip.compress(content, mtime=0) if out.suffix == ".gz" else content)
