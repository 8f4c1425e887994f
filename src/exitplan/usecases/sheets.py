"""Tables as files for a spreadsheet: no cell of ours is ever taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

Value = str | float | int | date | None

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheets take for the beginning of a formula (OWASP, CSV injection)."""


def neutral(value: Value) -> Value:
    """A text that could be taken for a formula gets an apostrophe in front; numbers and dates stay what they are."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def csv_file(heads: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    """A CSV in UTF-8, with the mark that spreadsheets need to see that it is; dates as YYYY-MM-DD."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([neutral(head) for head in heads])
    for row in rows:
        writer.writerow(["" if value is None else neutral(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def xlsx_file(title: str, heads: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    """One sheet with a bold, fixed first row. Texts are stored as texts, whatever they begin with."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet("".join(c for c in title if c not in "[]:*?/\\'")[:31] or "Exitplan")
    sheet.freeze_panes = "A2"
    for place, line in enumerate((heads, *rows)):
        cells = []
        for value in line:
            said = ILLEGAL_CHARACTERS_RE.sub("", str(neutral(value))) if isinstance(value, str) else value
            cell = WriteOnlyCell(sheet, value=said)  # type: ignore[arg-type]
            if isinstance(said, str):
                cell.data_type = "s"
            if place == 0:
                cell.font = Font(bold=True)
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
