"""Sheets of a workbook as rows of cells, opened with care: bounded, formulas and error values named, never run."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from exitplan.domain.errors import Unreadable
from exitplan.domain.findings import Wanted

FILE_LIMIT = 100_000_000
"""Bytes of a workbook."""
UNPACKED_LIMIT = 400_000_000
"""Bytes it may unpack to."""
RATIO_LIMIT = 200
"""Times it may grow when unpacked, beyond `RATIO_FREE`; sheets grow ten to thirty times, a bomb a thousand times."""
RATIO_FREE = 10_000_000
ROWS_LIMIT = 1_048_576
COLUMNS_LIMIT = 500
EMPTY_ROWS = 1000
"""Rows without a cell after which a sheet counts as ended: a format reaches further down than the content."""


@dataclass(frozen=True)
class Formula:
    """A cell that computes something, or shows an error; what it shows depends on who opened the file last."""

    text: str


@dataclass(frozen=True)
class SheetRows:
    """The filled rows of one sheet."""

    name: str
    rows: tuple[tuple[int, tuple[Any, ...]], ...]
    """Row number, and the cells from column A on: text, number, truth value, date, `Formula`, or None."""

    def at(self, row: int, column: int) -> str:
        """The address of a cell, `areas!B5`; columns counted from 0."""
        return f"{self.name}!{get_column_letter(column + 1)}{row}"


def read_sheets(path: Path) -> tuple[SheetRows, ...]:
    """
    Read every sheet of an XLSX file.

    Raises
    ------
    Unreadable
        When there is no such file, it is no workbook, or it unpacks to more than `UNPACKED_LIMIT` bytes or `RATIO_LIMIT`
        times its size.
    """
    try:
        size = path.stat().st_size
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
        if size > FILE_LIMIT or unpacked > UNPACKED_LIMIT or unpacked > max(RATIO_FREE, RATIO_LIMIT * size):
            raise Unreadable(path.name, Wanted("larger than a workbook of ours can be"))
        with path.open("rb") as file:
            book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
            return tuple(SheetRows(sheet.title, tuple(_rows(sheet))) for sheet in book.worksheets)
    except OSError as error:
        raise Unreadable(str(path), error.strerror or "cannot be opened") from error
    except (zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, TypeError, IndexError) as error:
        raise Unreadable(path.name, Wanted("not a readable XLSX workbook")) from error


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    empty = 0
    width = min(sheet.max_column or COLUMNS_LIMIT, COLUMNS_LIMIT)
    for number, cells in enumerate(sheet.iter_rows(max_col=width, max_row=ROWS_LIMIT), start=1):
        values = [_value(cell) for cell in cells]
        while values and values[-1] is None:
            values.pop()
        if values:
            yield number, tuple(values)
        empty = 0 if values else empty + 1
        if empty > EMPTY_ROWS:
            return


def _value(cell: Any) -> Any:
    value = cell.value
    if isinstance(value, str) and cell.data_type in ("f", "e"):
        return Formula(value)
    return None if value == "" else value
