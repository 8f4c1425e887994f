"""Events as points and months, from files in the columns of UCDP GED or of its extract of precisely located events."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from exitplan.domain.errors import InputFaults
from exitplan.domain.findings import Finding, Wanted, capped
from exitplan.importers.checked_rows import breaches
from exitplan.importers.dates import with_iso_days
from exitplan.importers.textfile import read_table, with_decimal_points

COLUMNS = {
    "date": ("date_start", "date"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lon", "long"),
    "where_prec": ("where_prec",),
}
REQUIRED = ("date", "latitude", "longitude")
COORDINATES = ("latitude", "longitude")
PRECISE = 2
"""UCDP's highest code of a place known exactly (1) or within 25 km (2). Rows of a file without this column all count as precise."""
DAY = r"^(19|20|21)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"


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
    found = [_points(path) for path in paths]
    if faults := [fault for _, some in found for fault in some]:
        raise InputFaults(capped(faults))
    return pl.concat([points for points, _ in found])


def _points(path: Path) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    table = read_table(path, columns=COLUMNS, required=REQUIRED)
    texts, _ = with_decimal_points(table, COORDINATES)
    rows, _ = with_iso_days(texts, ("date",))

    def number(name: str) -> pl.Expr:
        return pl.col(name).cast(pl.Float64, strict=False)

    rules = {
        "date": (Wanted("a day as YYYY-MM-DD"), pl.col("date").str.contains(DAY)),
        "latitude": (Wanted("degrees from -90 to 90"), number("latitude").is_between(-90, 90)),
        "longitude": (Wanted("degrees from -180 to 180"), number("longitude").is_between(-180, 180)),
    }
    if "where_prec" in rows.columns:
        rules["where_prec"] = (Wanted("a precision from 1 to 7"), number("where_prec").is_between(1, 7))
    faults = breaches(table, rows, rules, "event")
    if faults:
        return pl.DataFrame(), faults
    if "where_prec" in rows.columns:
        rows = rows.filter(number("where_prec") <= PRECISE)
    year, month = (pl.col("date").str.slice(*at).cast(pl.Int64) for at in ((0, 4), (5, 2)))
    return rows.select(number("latitude"), number("longitude"), month=year * 12 + month - 1), ()
