"""Events as points and months, from files in the columns of UCDP GED or of its extract of precisely located events."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

import polars as pl

from exitplan.domain.findings import Wanted
from exitplan.importers.checked_rows import COORDINATES, DAY, DEGREES, Rules, month_number, number, sound
from exitplan.importers.dates import with_iso_days
from exitplan.importers.several import together
from exitplan.importers.textfile import read_table, with_decimal_points

COLUMNS = {
    "date": ("date_start", "date"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lon", "long"),
    "where_prec": ("where_prec",),
}
REQUIRED = ("date", "latitude", "longitude")
PRECISE = 2
"""UCDP's highest code of a place known exactly (1) or within 25 km (2). Rows of a file without this column all count as precise."""


def read_event_points(paths: Iterable[Path]) -> pl.DataFrame:
    """
    Read events from one or more files, every row checked.

    Parameters
    ----------
    paths
        CSV, plain, gzip or zip, with at least `REQUIRED` (`date_start` or `date`); further columns are left alone. The
        events may be of several countries. A file with `where_prec` gives its rows up to `PRECISE`.

    Returns
    -------
    pl.DataFrame
        Columns `latitude`, `longitude` (degrees) and `month` (index of the month in which the event began).

    Raises
    ------
    Unreadable
        When one is no such file.
    InputFaults
        With every fault of every row of all of them.
    """
    return pl.concat(together(*(partial(_points, path) for path in paths)))


def _points(path: Path) -> pl.DataFrame:
    table = read_table(path, columns=COLUMNS, required=REQUIRED)
    texts, _ = with_decimal_points(table, COORDINATES)
    rows, _ = with_iso_days(texts, ("date",))
    rules: Rules = {"date": (Wanted("a day as YYYY-MM-DD"), pl.col("date").str.contains(DAY)), **DEGREES}
    if "where_prec" in rows.columns:
        rules = {**rules, "where_prec": (Wanted("a precision from 1 to 7"), number("where_prec").is_between(1, 7))}
    rows = sound(table, rows, rules, "event")
    if "where_prec" in rows.columns:
        rows = rows.filter(number("where_prec") <= PRECISE)
    return rows.select(*map(number, COORDINATES), month=month_number("date"))
