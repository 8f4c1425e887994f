"""Events as points and months, from files in the columns of UCDP GED or of its extract of precisely located events."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import polars as pl

from exitplan.domain.errors import InputFaults
from exitplan.domain.findings import Finding, Wanted, capped, shown
from exitplan.importers.checked_rows import (
    COORDINATES,
    DEGREES,
    Rules,
    day,
    month_number,
    number,
    recorded,
    sound,
)
from exitplan.importers.dates import with_iso_days
from exitplan.importers.several import together
from exitplan.importers.textfile import read_table, with_decimal_points

COLUMNS = {
    "id": ("id", "event_id"),
    "date": ("date_start", "date"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lon", "long"),
    "where_prec": ("where_prec",),
}
REQUIRED = ("date", "latitude", "longitude")
COMPARED = ("date", "latitude", "longitude")
PRECISE = 2
"""UCDP's highest code of a place known exactly (1) or within 25 km (2). Rows of a file without this column all count as precise."""


@dataclass(frozen=True)
class _Events:
    """One file's rows, every one of them sound."""

    name: str
    content: str
    """Digest of the file as unpacked."""
    rows: pl.DataFrame
    """Texts of `COLUMNS` as far as they are there, and `line`."""


def read_event_points(paths: Iterable[Path], *, today: date) -> pl.DataFrame:
    """
    Read events from one or more files, every row checked.

    Parameters
    ----------
    paths
        CSV, plain, gzip or zip, with at least `REQUIRED` (`date_start` or `date`); further columns are left alone. The
        events may be of several countries. A file with `where_prec` gives its rows up to `PRECISE`. A file with `id` has
        each event once, and so have several of them together.
    today
        Events after this day are refused.

    Returns
    -------
    pl.DataFrame
        Columns `latitude`, `longitude` (degrees) and `month` (index of the month in which the event began); one row or more.

    Raises
    ------
    Unreadable
        When one is no such file, or holds no row.
    InputFaults
        With every fault of every row of all of them; where each row is sound, with every file and every event that stands
        there twice; when no event is known precisely.
    """
    files = together(*(partial(_read, path, today) for path in paths))
    if faults := (*_files_again(files), *_events_again(files)):
        raise InputFaults(capped(faults))
    points = pl.concat(
        [_precise(file.rows).select(*map(number, COORDINATES), month=month_number("date")) for file in files]
    )
    if points.is_empty():
        raise InputFaults(tuple(_none_precise(file) for file in files))
    return points


def _read(path: Path, today: date) -> _Events:
    table = read_table(path, columns=COLUMNS, required=REQUIRED)
    texts, _ = with_decimal_points(table, COORDINATES)
    rows, _ = with_iso_days(texts, ("date",))
    rules: Rules = {"date": recorded("date", day("date"), today), **DEGREES}
    if "where_prec" in rows.columns:
        rules = {**rules, "where_prec": (Wanted("a precision from 1 to 7"), number("where_prec").is_between(1, 7))}
    content = hashlib.sha256(table.raw.data).hexdigest()
    return _Events(table.name, content, sound(table, rows, rules, "event"))


def _precise(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.filter(number("where_prec") <= PRECISE) if "where_prec" in rows.columns else rows


def _none_precise(file: _Events) -> Finding:
    wanted = Wanted("an event located to 25 km or better, which has precision 1 or 2")
    return Finding(code="invalid-value", kind="event", field="where_prec", wanted=wanted, where=file.name)


def _files_again(files: Iterable[_Events]) -> list[Finding]:
    """Files that equal an earlier one, whatever their names and packing."""
    first: dict[str, str] = {}
    found = []
    for file in files:
        if file.content in first:
            wanted = Wanted("each file once")
            found.append(Finding(code="duplicate-file", value=first[file.content], wanted=wanted, where=file.name))
        first.setdefault(file.content, file.name)
    return found


def _events_again(files: Iterable[_Events]) -> list[Finding]:
    """Events whose identifier stood on an earlier row, of the same file or of another that does not equal it as a whole."""
    each: dict[str, _Events] = {}
    for file in files:
        each.setdefault(file.content, file)
    named = [
        file.rows.select("line", *COMPARED, id=pl.col("id").str.strip_chars(), file=pl.lit(file.name))
        for file in each.values()
        if "id" in file.rows.columns
    ]
    if not named:
        return []
    rows = pl.concat(named).filter(pl.col("id").fill_null("") != "")
    again = rows.filter(pl.col("id").is_duplicated())
    first: dict[str, dict[str, object]] = {}
    found = []
    for row in again.iter_rows(named=True):
        earlier = first.setdefault(row["id"], row)
        if earlier is row:
            continue
        stood = f"{earlier['file']}:{earlier['line']}"
        wanted = (
            Wanted("an identifier of its own; the row equals {place}", place=stood)
            if all(row[name] == earlier[name] for name in COMPARED)
            else Wanted("an identifier of its own; the row differs from {place}", place=stood)
        )
        where = f"{row['file']}:{row['line']}"
        found.append(
            Finding(code="invalid-value", kind="event", field="id", value=shown(row["id"]), wanted=wanted, where=where)
        )
    return found
