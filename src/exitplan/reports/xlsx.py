"""Workbooks: a heading row that stays in sight, filters, widths, wrapped text, real days and numbers; never a formula."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from exitplan.reports.zipped import settled

Value = str | int | float | date | None

HEAD = Font(name="Arial", size=10, bold=True, color="FFFFFF")
BODY = Font(name="Arial", size=10, color="1B2530")
DEEP = PatternFill("solid", fgColor="123A5C")
BELOW = Border(bottom=Side(style="thin", color="C9D0D6"))
WRAPPED = Alignment(wrap_text=True, vertical="top")
DATED = Alignment(wrap_text=True, vertical="top", horizontal="left", indent=1)
SAID = Alignment(vertical="top")
HEADED = Alignment(wrap_text=True, vertical="center")

LETTERS_ACROSS = 230
"""Letters of a row on a page across, as small as one can still read; wider sheets are printed on several pages side by side."""

MOST_LETTERS = 32_000
"""Letters of one cell; a spreadsheet takes 32,767."""

NEVER = datetime(2000, 1, 1)
"""What the file says of its making: no clock is asked, so that equal workbooks give equal bytes. The day is on its last sheet."""


@dataclass(frozen=True)
class SheetColumn:
    """One column: its heading, and its width in letters."""

    title: str
    width: int


@dataclass(frozen=True)
class Sheet:
    """
    One sheet.

    `kept` is how many columns stay in sight when one moves to the right, on paper too; `empty` is said where there is no row.
    """

    title: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    kept: int = 1
    empty: str = ""


@dataclass(frozen=True)
class Book:
    """A workbook, worded in one language; `banner` stands on every printed page."""

    title: str
    mission: str
    lang: str
    banner: str
    sheets: tuple[Sheet, ...]


def render_xlsx(book: Book) -> bytes:
    """A workbook as a file; equal workbooks give equal bytes. Texts are stored as texts, whatever they begin with."""
    file = Workbook()
    del file[file.sheetnames[0]]
    for sheet in book.sheets:
        _fill(file.create_sheet(_name(sheet.title, file.sheetnames)), sheet, book)
    told = file.properties
    told.title, told.creator, told.lastModifiedBy = book.title, book.mission, book.mission
    told.language = {"fr": "fr-FR"}.get(book.lang, "en-GB")
    told.created = told.modified = NEVER
    out = io.BytesIO()
    file.save(out)
    return _without_clock(settled(out.getvalue()))


def _without_clock(packed: bytes) -> bytes:
    """The library writes the time of saving into the file; it is put back to the day that says nothing."""
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for member in given.infolist():
            content = given.read(member)
            if member.filename == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", content)
            made.writestr(member, content)
    return out.getvalue()


def _name(title: str, taken: list[str]) -> str:
    """A name that a spreadsheet takes: 31 letters, none of those it keeps for itself, none twice."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:31] or "Exitplan"
    return plain if plain not in taken else f"{plain[:28]} {len(taken) + 1}"


def _fill(page: Worksheet, sheet: Sheet, book: Book) -> None:
    for at, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(at)].width = column.width
        cell = _put(page, 1, at, column.title)
        cell.font, cell.fill, cell.alignment = HEAD, DEEP, HEADED
    page.row_dimensions[1].height = _height(sheet, tuple(column.title for column in sheet.columns))
    for line, row in enumerate(sheet.rows, start=2):
        for at, value in enumerate(row, start=1):
            cell = _put(page, line, at, value)
            cell.font, cell.border = BODY, BELOW
            cell.alignment = DATED if isinstance(value, date) else WRAPPED
        if height := _height(sheet, row):
            page.row_dimensions[line].height = height
    if not sheet.rows and sheet.empty:
        cell = _put(page, 2, 1, sheet.empty)
        cell.font, cell.alignment = BODY, SAID
    page.freeze_panes = page.cell(2, sheet.kept + 1)
    last = f"{get_column_letter(len(sheet.columns))}{max(1, len(sheet.rows) + 1)}"
    page.auto_filter.ref = f"A1:{last}"
    page.print_title_rows = "1:1"
    page.print_title_cols = f"A:{get_column_letter(sheet.kept)}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    across = -(-sum(column.width for column in sheet.columns) // LETTERS_ACROSS)
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = across, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.oddHeader.left.text, page.oddHeader.right.text = _plain(book.banner), _plain(book.mission)
    page.oddFooter.left.text, page.oddFooter.right.text = _plain(book.title), "&P / &N"


def _put(page: Worksheet, line: int, at: int, value: Value) -> Cell:
    """A value in a cell; a text is marked as one, so that no spreadsheet takes it for a formula even after it was edited."""
    cell: Cell = page.cell(line, at)  # type: ignore[assignment]
    if isinstance(value, str):
        if value:
            cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", value)[:MOST_LETTERS]
            cell.data_type = "s"
            cell.quotePrefix = True  # type: ignore[misc]
    elif value is not None:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
        elif isinstance(value, float) and not value.is_integer():
            cell.number_format = "#,##0.##"
        else:
            cell.number_format = "#,##0"
    return cell


def _height(sheet: Sheet, row: tuple[Value, ...]) -> float | None:
    """Points that the longest text of a row needs; None where one line is enough."""
    lines = 1
    for column, value in zip(sheet.columns, row, strict=True):
        if isinstance(value, str):
            lines = max(
                lines, sum(-(-len(part) // max(1, int(column.width * 0.95))) or 1 for part in value.split("\n"))
            )
    return min(400.0, 13.5 * lines + 2) if lines > 1 else None


def _plain(text: str) -> str:
    """A text of a printed head or foot, in which `&` would begin a command."""
    return text.replace("&", "&&")[:200]
