"""Measurements from CSV or XLSX, under the headings of the dossier or of the sender."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
import polars as pl
from openpyxl.utils.exceptions import InvalidFileException

from exitplan.domain.errors import Unreadable
from exitplan.domain.findings import Wanted, shown
from exitplan.domain.results.imports import ImportReport, RefusedRow
from exitplan.domain.tables import MeasurementTable, Refused
from exitplan.importers.dates import with_iso_days
from exitplan.importers.textfile import TextTable, canonical, read_raw, read_table, with_decimal_points

COLUMNS = tuple(column.name for column in MeasurementTable.COLUMNS)
NUMBERS = ("value", "low", "high")
SHEET_BYTES_LIMIT = 256 << 20
"""Bytes that a workbook may unpack to."""
SHEET_ROWS_LIMIT = 1_048_576
SHEET_COLUMNS_LIMIT = 200


@dataclass(frozen=True)
class Headings:
    """How a sender's file says what `MeasurementTable` calls by its own names."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Column of ours to the heading that means it; columns left out stand under their own names."""
    constants: Mapping[str, str] = field(default_factory=dict)
    """Column of ours to the text that every row has there, such as the indicator of a file about one."""
    sheet: str = ""
    """Sheet of a workbook; the first where left out."""

    @property
    def wanted(self) -> dict[str, tuple[str, ...]]:
        """Column of ours to the headings looked for."""
        return {c: (self.columns.get(c, c),) for c in COLUMNS if c not in self.constants}


def read_measurements(
    path: Path, *, today: date, headings: Headings | None = None
) -> tuple[MeasurementTable, ImportReport]:
    """
    Read measurements, every row checked.

    Parameters
    ----------
    path
        CSV (see `read_table`) or a workbook, told apart by their content.
    today
        Measurements dated later are refused.
    headings
        The sender's own headings; the dossier's where left out.

    Returns
    -------
    tuple
        The sound rows, and the account of all. Of rows with equal indicator, version, date, area, group and source the first
        is kept. Cells of a workbook that hold a formula are refused by name: what it shows depends on who opened it last.

    Raises
    ------
    Unreadable
        When the file cannot be opened, or lacks the columns indicator, date and value.
    """
    table, report, _ = read_measurement_lines(path, today=today, headings=headings)
    return table, report


def read_measurement_lines(
    path: Path, *, today: date, headings: Headings | None = None, known: Mapping[str, Collection[str]] | None = None
) -> tuple[MeasurementTable, ImportReport, pl.Series]:
    """
    The same as `read_measurements`, with the line on which each kept row stands.

    Where `known` says which codes there are, any other code is refused along with the other faults of its row.
    """
    asked = headings or Headings()
    required = [c for c in ("indicator", "date", "value") if c not in asked.constants]
    table = (
        _read_sheet(path, asked, required)
        if _is_workbook(path)
        else read_table(path, columns=asked.wanted, required=required)
    )
    texts, notes = with_decimal_points(table, NUMBERS)
    texts, dates = with_iso_days(texts, ("date",))
    texts = texts.with_columns(pl.lit(value).alias(column) for column, value in asked.constants.items())
    parsed = MeasurementTable.parse(texts, today=today, known=known)
    kept, doubles = first_of_each(parsed.table.frame.with_columns(parsed.lines))
    refused = (*table.refused, *parsed.refused, *doubles)
    report = _report(table.name, table.sha256, table.read, kept.height, refused, (*notes, *dates))
    return MeasurementTable(kept.drop("line")), report, kept["line"]


def measurements_of_rows(
    rows: Sequence[Mapping[str, Any]], *, today: date, known: Mapping[str, Collection[str]] | None = None
) -> tuple[MeasurementTable, ImportReport, pl.Series]:
    """
    Measurements that come as plain values, one mapping for each row under the columns' own names, every row checked.

    Returns what `read_measurement_lines` does; lines count the rows from 1.
    """
    strangers = [
        Refused(line, shown(str(name)), shown(str(value)), Wanted("a column of measurements"))
        for line, row in enumerate(rows, start=1)
        for name, value in row.items()
        if name not in COLUMNS
    ]
    bad = {fault.line for fault in strangers}
    sound = [(line, row) for line, row in enumerate(rows, start=1) if line not in bad]
    texts = {name: [_plain(row.get(name)) for _, row in sound] for name in COLUMNS}
    frame = pl.DataFrame(texts, schema=dict.fromkeys(COLUMNS, pl.String))
    lines = pl.Series("line", [line for line, _ in sound], dtype=pl.Int64)
    parsed = MeasurementTable.parse(frame.with_columns(lines), today=today, known=known)
    kept, doubles = first_of_each(parsed.table.frame.with_columns(parsed.lines))
    digest = hashlib.sha256(json.dumps([dict(row) for row in rows], sort_keys=True, default=str).encode()).hexdigest()
    refused = (*strangers, *parsed.refused, *doubles)
    report = _report("rows", digest, len(rows), kept.height, refused, ())
    return MeasurementTable(kept.drop("line")), report, kept["line"]


def _report(
    file: str, sha256: str, read: int, kept: int, refused: Iterable[Refused], notes: tuple[str, ...]
) -> ImportReport:
    ordered = sorted(refused, key=lambda fault: fault.line)
    return ImportReport(
        what="measurements",
        file=file,
        sha256=sha256,
        read=read,
        kept=kept,
        unplaced=0,
        other_country=0,
        refused_rows=len({fault.line for fault in ordered}),
        refused=tuple(RefusedRow(line=f.line, field=f.field, value=f.value, reason=f.reason) for f in ordered),
        notes=notes,
    )


def _plain(value: object) -> str | None:
    """A plain value as a cell of a file would hold it."""
    return None if value is None else value if isinstance(value, str) else json.dumps(value, default=str)


def first_of_each(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[Refused]]:
    key = [*MeasurementTable.KEY, "source"]
    ordered = rows.sort("line").with_columns(first=pl.col("line").first().over(key))
    doubles = [
        Refused(
            line,
            "indicator",
            name,
            Wanted("one value for each date, area, group and source; see line {first}", first=first),
        )
        for line, name, first in ordered.filter(pl.col("line") != pl.col("first"))
        .select("line", "indicator", "first")
        .iter_rows()
    ]
    first = ordered.filter(pl.col("line") == pl.col("first")).drop("first")
    return first.sort(MeasurementTable.SORT, maintain_order=True, nulls_last=True), doubles


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def _read_sheet(path: Path, asked: Headings, required: list[str]) -> TextTable:
    """A sheet of a workbook in the shape of a CSV: the header in the first row that has a cell, `line` the row of the sheet."""
    with zipfile.ZipFile(path) as archive:
        if sum(member.file_size for member in archive.infolist()) > SHEET_BYTES_LIMIT:
            raise Unreadable(path.name, Wanted("unpacks to more than {most} bytes", most=SHEET_BYTES_LIMIT))
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=False)
        try:
            if asked.sheet and asked.sheet not in book.sheetnames:
                raise Unreadable(
                    path.name,
                    Wanted(
                        "a sheet '{sheet}' wanted; found are {book}", sheet=asked.sheet, book=", ".join(book.sheetnames)
                    ),
                )
            sheet = book[asked.sheet] if asked.sheet else book.worksheets[0]
            rows = [*islice(_rows(sheet), SHEET_ROWS_LIMIT)]
        finally:
            book.close()
    except (InvalidFileException, KeyError, ValueError, ParseError, zipfile.BadZipFile, IndexError) as fault:
        raise Unreadable(path.name, Wanted("a damaged workbook")) from fault
    if not rows:
        raise Unreadable(path.name, Wanted("a header row wanted, an empty sheet found"))
    named = [canonical(text) for text in rows[0][1]]
    at = {c: named.index(canonical(h)) for c, (h,) in asked.wanted.items() if canonical(h) in named}
    if missing := [column for column in required if column not in at]:
        found = ", ".join(shown(heading) for heading in rows[0][1] if heading)
        raise Unreadable(
            path.name, Wanted("columns {missing} wanted; found are {found}", missing=", ".join(missing), found=found)
        )
    sound, refused = [], []
    for line, cells in rows[1:]:
        given = {column: cells[position] if position < len(cells) else "" for column, position in at.items()}
        faults = [
            Refused(line, c, shown(v), Wanted("a value, not a formula")) for c, v in given.items() if v.startswith("=")
        ]
        refused += faults
        if not faults:
            sound.append((line, *given.values()))
    frame = pl.DataFrame(sound, schema={"line": pl.Int64, **dict.fromkeys(at, pl.String)}, orient="row")
    return TextTable(read_raw(path, unpack=False), frame, len(rows) - 1, tuple(refused), tuple(rows[0][1]), ("xlsx",))


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """Number and texts of each row that has a cell."""
    for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=SHEET_COLUMNS_LIMIT), start=1):
        texts = [_text(cell) for cell in cells]
        if any(texts):
            yield number, texts


def _text(cell: object) -> str:
    """A cell as a CSV would hold it: days as YYYY-MM-DD, whole numbers without decimals."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    return str(cell).strip()
