"""Forecasts and trials as CSV files that other people's scripts read."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

Rows = Iterable[Sequence[object]]


def leave_rows(out: Path, columns: Sequence[str], rows: Rows) -> None:
    """
    Write a CSV whole or not at all, row by row.

    Parameters
    ----------
    out, columns
        See `rows_left`.
    rows
        The values under the headings.

    Raises
    ------
    Unreadable
        When it cannot be written; what stood there before still does.
    """
    with rows_left(out, columns) as leave:
        leave(rows)


@contextmanager
def rows_left(out: Path, columns: Sequence[str]) -> Iterator[Callable[[Rows], None]]:
    """
    A CSV that is written as its rows are made, whole or not at all: what was there stays until the last row is written.

    Parameters
    ----------
    out
        The file; packed when its name ends in `.gz`. Its folder is made where it is not there.
    columns
        Headings.

    Yields
    ------
    Callable
        Takes rows, any number of times; numbers are written in as many digits as bring them back.

    Raises
    ------
    Unreadable
        When it cannot be written; what stood there before still does.
    """
    from exitplan.importers.bundle import whole_file, writing

    with whole_file(out) as file, ExitStack() as stack:
        # No name and no clock time enter the packed file, so that equal rows give equal bytes.
        packing = gzip.GzipFile("", "wb", fileobj=file, mtime=0) if out.suffix == ".gz" else None
        content = stack.enter_context(packing) if packing else file
        lines = io.TextIOWrapper(content, "utf-8", newline="")
        stack.callback(lines.detach)  # writes what is left, and leaves the closing of the file to who opened it
        table = csv.writer(lines, lineterminator="\n")

        def leave(rows: Rows) -> None:
            with writing(out):
                table.writerows(rows)

        leave([columns])
        yield leave
        with writing(out):
            stack.close()
