"""A document as PDF on A4, set by Typst from the same content, with the fonts that Typst brings along."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

from exitplan.reports.page import Document, Figure, Table
from exitplan.reports.widths import SCALES, fitted

TEMPLATES = Path(__file__).resolve().parent / "templates"
TEMPLATE = TEMPLATES / "document.typ"
FONT = "Libertinus Serif"
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
BASE, CELL, ANNEXED = 10, 0.84, 0.78
"""Size of the text in points; sizes of tables in it and in the annex, against that of the text."""
NARROWER = 0.93
"""How much narrower the font is than the one by which columns are measured."""
UPRIGHT, ACROSS, PADDING = 493, 740, 8
"""Width of the text on a page upright and across, and the space to the left and right of a cell's words, in points."""
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""What the file says of its making: no clock is asked, so that equal documents give equal bytes. The day is in the text."""


def render_pdf(document: Document, *, one_page: bool = False) -> bytes:
    """
    A document as a tagged PDF; equal documents give equal bytes.

    Texts reach Typst as data, never as markup, so that no title can change the document.

    Parameters
    ----------
    one_page
        Page one alone; it is set smaller until it fits on one page.
    """
    body = document.model_dump(mode="json")
    for figure in _figures(body):
        figure["svg"] = figure["svg"].replace('font-family="sans-serif"', f'font-family="{FONT}"')
    _mark(body, document)
    _fit(body, document)
    inputs = {"document": json.dumps(_printable(body), ensure_ascii=False), "one-page": "yes" if one_page else "no"}
    made: bytes = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATES),
        format="pdf",
        sys_inputs=inputs,
        ignore_system_fonts=True,
        timestamp=EPOCH,
        pdf_standards="ua-1",
    )
    return made


def _figures(body: dict[str, Any]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = [body["front"]["clocks"]] if body["front"] else []
    for section in body["sections"]:
        found += [block for block in section["blocks"] if block["kind"] == "figure"]
    return found


def _fit(body: dict[str, Any], document: Document) -> None:
    """Give every table the widths of its columns and its size of type; headings are divided only where there is no room."""
    width = ACROSS if document.landscape else UPRIGHT
    for told, table in _tables(body, document):
        size = ANNEXED if table.folded else CELL
        fit = fitted(table, width, size=size * BASE * NARROWER, padding=PADDING)
        told["size"], told["tight"] = size * fit.scale, fit.scale == SCALES[-1]
        for column, wide in zip(told["columns"], fit.widths, strict=True):
            column["width"] = wide


def _tables(body: dict[str, Any], document: Document) -> Iterator[tuple[dict[str, Any], Table]]:
    if document.front:
        yield body["front"]["gates"], document.front.gates
    for told, section in zip(body["sections"], document.sections, strict=True):
        for piece, block in zip(told["blocks"], section.blocks, strict=True):
            if isinstance(block, Table):
                yield piece, block
            elif isinstance(block, Figure):
                yield piece["table"], block.table


def _printable(value: Any) -> Any:
    """The same with blanks for control characters, which no type can show and a tagged PDF must not hold."""
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_printable(item) for item in value]
    return CONTROLS.sub(" ", value) if isinstance(value, str) else value


def _mark(body: dict[str, Any], document: Document) -> None:
    """Put marks of notes in the place of the codes of sources; the first mark of each carries the note."""
    notes = {note.code: note for note in document.notes}
    seen: set[str] = set()
    for piece in _in_paper_order(body):
        marks = []
        for code in piece.get("sources", ()):
            marks.append({"number": notes[code].number, "text": notes[code].text, "first": code not in seen})
            seen.add(code)
        piece["marks"] = marks


def _in_paper_order(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    tables: list[dict[str, Any]] = []
    for section in body["sections"]:
        for block in section["blocks"]:
            table = block if block["kind"] == "table" else block.get("table")
            if table and table["folded"]:
                tables.append(table)
            elif table:
                yield from (cell for cells in table["rows"] for cell in cells)
            elif block["kind"] == "paragraph":
                yield block
    yield from (cell for table in tables for cells in table["rows"] for cell in cells)
