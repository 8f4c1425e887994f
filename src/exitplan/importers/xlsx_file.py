"""XLSX files, written small and always the same: equal sheets give equal bytes, numbers keep every digit, texts stay texts.

Only what a dossier needs of Office Open XML [1]_: inline strings, numbers, truth values, a bold and frozen first row, hints
that show when a heading is selected, and lists to choose from.

.. [1] ECMA-376-1 (2016). Office Open XML File Formats, part 1, sections 18.2 to 18.8.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from openpyxl.utils import get_column_letter

from exitplan.importers.bundle import plain_member

Cell = str | int | float | bool | None

CELL_LIMIT = 32_767
"""Characters of one cell, by the standard."""
HINT_LIMIT = 255
"""Characters of a hint, and of a list to choose from."""
ROWS_VALIDATED = 2000
"""Rows below a heading that offer its list of choices."""

_ILLEGAL = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|_x[0-9A-Fa-f]{4}_")

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TEXT_STYLE, _HEADING_STYLE = 1, 2
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass(frozen=True)
class Heading:
    """One column: its name, what a person filling it in should know, and what may be chosen."""

    name: str
    hint: str = ""
    choices: tuple[str, ...] = ()
    width: int = 16
    """Characters shown."""
    as_text: bool = True
    """Whether what people type there stays text, so that a code such as 1E5 does not become a number."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: a row of headings and the rows below it."""

    name: str
    headings: Sequence[Heading]
    rows: Iterable[Sequence[Cell]]


def legal(text: str) -> bool:
    """Whether a cell can hold a text as it is: no control characters, nothing that a reader takes for an escape."""
    return not _ILLEGAL.search(text)


def xlsx_bytes(sheets: Sequence[Sheet]) -> bytes:
    """
    A workbook as bytes.

    Parameters
    ----------
    sheets
        With names of at most 31 characters, each once. Every text must be `legal` and have at most `CELL_LIMIT` characters.
    """
    packed = io.BytesIO()
    numbered = list(enumerate(sheets, start=1))
    parts = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook(sheets),
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", f"worksheets/sheet{n}.xml") for n, _ in numbered] + [("styles", "styles.xml")]
        ),
        "xl/styles.xml": _STYLES,
    }
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, text in parts.items():
            archive.writestr(plain_member(name), text)
        for number, sheet in numbered:
            archive.writestr(plain_member(f"xl/worksheets/sheet{number}.xml"), "".join(_sheet(sheet)))
    return packed.getvalue()


def _content_types(sheets: int) -> str:
    overrides = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    overrides += [(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in range(1, sheets + 1)]
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(f'<Override PartName="{part}" ContentType="{_TYPES}.{kind}+xml"/>' for part, kind in overrides)
        + "</Types>"
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    links = (
        f'<Relationship Id="rId{n}" Type="{_LINKS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(links)}</Relationships>'


def _workbook(sheets: Sequence[Sheet]) -> str:
    listed = (
        f'<sheet name={quoteattr(sheet.name)} sheetId="{n}" r:id="rId{n}"/>' for n, sheet in enumerate(sheets, start=1)
    )
    return f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{"".join(listed)}</sheets></workbook>'


def _sheet(sheet: Sheet) -> Iterator[str]:
    letters = [get_column_letter(n) for n in range(1, len(sheet.headings) + 1)]
    rows = list(sheet.rows)
    yield f'{_HEAD}<worksheet xmlns="{_MAIN}"><dimension ref="A1:{letters[-1]}{len(rows) + 1}"/><sheetViews><sheetView workbookViewId="0">'
    yield '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>'
    for n, heading in enumerate(sheet.headings, start=1):
        style = f' style="{_TEXT_STYLE}"' if heading.as_text else ""
        yield f'<col min="{n}" max="{n}" width="{heading.width}"{style} customWidth="1"/>'
    yield "</cols><sheetData>"
    yield _row(1, letters, [heading.name for heading in sheet.headings], _HEADING_STYLE)
    for number, cells in enumerate(rows, start=2):
        yield _row(number, letters, cells, _TEXT_STYLE)
    yield "</sheetData>"
    validations = [v for letter, h in zip(letters, sheet.headings, strict=True) for v in _validations(letter, h)]
    if validations:
        yield f'<dataValidations count="{len(validations)}">{"".join(validations)}</dataValidations>'
    yield "</worksheet>"


def _row(number: int, letters: Sequence[str], cells: Sequence[Cell], style: int) -> str:
    written = []
    for letter, value in zip(letters, cells, strict=False):
        at = f"{letter}{number}"
        match value:
            case None:
                continue
            case bool():
                written.append(f'<c r="{at}" t="b"><v>{int(value)}</v></c>')
            case str():
                text = f'<is><t xml:space="preserve">{escape(value)}</t></is>'
                written.append(f'<c r="{at}" s="{style}" t="inlineStr">{text}</c>')
            case _:
                written.append(f'<c r="{at}"><v>{value!r}</v></c>')
    return f'<row r="{number}">{"".join(written)}</row>'


def _validations(letter: str, heading: Heading) -> Iterator[str]:
    """What shows when the heading is selected, and what may be chosen below it."""
    if heading.hint:
        title, hint = quoteattr(heading.name[:32]), quoteattr(heading.hint[:HINT_LIMIT])
        yield f'<dataValidation allowBlank="1" showInputMessage="1" promptTitle={title} prompt={hint} sqref="{letter}1"/>'
    listed = ",".join(heading.choices)
    if heading.choices and len(listed) <= HINT_LIMIT:
        below = f"{letter}2:{letter}{ROWS_VALIDATED}"
        chosen = f"<formula1>{escape(chr(34) + listed + chr(34))}</formula1>"
        yield (
            '<dataValidation type="list" errorStyle="warning" allowBlank="1" showErrorMessage="1" '
            f'sqref="{below}">{chosen}</dataValidation>'
        )
