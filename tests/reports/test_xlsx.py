"""Workbooks, read again as XML and by another library."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from lxml import etree

from exitplan.reports.documents import benchmark_matrix, risk_register
from exitplan.reports.xlsx import Book, Sheet, SheetColumn, render_xlsx
from tests.reports.papers import paper_material
from tests.reports.sample import bare_material

HOSTILE = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\x00=1", "{=1}", 'a" & "b', "'quoted")


def book(*rows: tuple[Any, ...], title: str = "A [b]:*?/\\ sheet with a name that is far too long") -> Book:
    columns = tuple(SheetColumn(f"h{n}", 12) for n in range(len(rows[0])))
    return Book(
        title="T & t",
        mission="NOW",
        lang="en",
        banner="open",
        sheets=(Sheet(title, columns, rows), Sheet(title, columns, rows)),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_ever_a_formula(text: str) -> None:
    """Stored as a text and marked as one; no element for a formula is in the file."""
    file = render_xlsx(book((text,)))
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        for name in (n for n in archive.namelist() if n.endswith(".xml")):
            root = etree.fromstring(archive.read(name))
            assert not [e for e in root.iter() if etree.QName(e).localname == "f"], name
        assert b"externalLink" not in b"".join(n.encode() for n in archive.namelist())
    cell = openpyxl.load_workbook(io.BytesIO(file)).worksheets[0]["A2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert cell.value == text.replace("\x00", " ")


def test_days_are_days_and_numbers_numbers() -> None:
    """So that a spreadsheet can sort and count them; nothing stays nothing."""
    cells = openpyxl.load_workbook(io.BytesIO(render_xlsx(book((date(2026, 6, 30), 4, 2.5, None, ""))))).worksheets[0][
        2
    ]
    assert [c.value for c in cells] == [datetime(2026, 6, 30), 4, 2.5, None, None]
    assert cells[0].is_date


@pytest.mark.parametrize("make", [risk_register, benchmark_matrix])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_headings_stay_in_sight_and_can_be_filtered(make: Any, lang: str) -> None:
    """On every sheet; texts are wrapped, and the last sheet says of which day and for whom the workbook is."""
    file = openpyxl.load_workbook(io.BytesIO(render_xlsx(make(paper_material(lang)))))
    assert len(set(file.sheetnames)) == len(file.sheetnames) >= 5
    for sheet in file.worksheets:
        assert sheet.freeze_panes.endswith("2")
        assert sheet.auto_filter.ref.startswith("A1:")
        assert all(cell.font.bold and cell.value for cell in sheet[1])
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.print_title_cols.startswith("$A:")
        assert sheet["A2"].value, "no sheet is empty without saying so"
    said = {row[0].value: row[1].value for row in file.worksheets[-1].iter_rows(min_row=2)}
    assert datetime(2026, 6, 30) in said.values()
    assert file.properties.creator == file.properties.lastModifiedBy == "NOW"


def test_a_heading_of_several_lines_is_shown_whole() -> None:
    """Its row is as high as its longest heading needs."""
    sheet = Sheet("S", (SheetColumn("Value at the last report", 10),), ((1,),))
    told = openpyxl.load_workbook(io.BytesIO(render_xlsx(Book("T", "NOW", "en", "open", (sheet,))))).worksheets[0]

    assert told.row_dimensions[1].height > 2 * 13


def test_a_wide_sheet_is_printed_on_pages_side_by_side() -> None:
    """One page across holds what can still be read; the first column stands on each of them."""
    row = tuple("x" * 12 for _ in range(40))
    wide, narrow = (openpyxl.load_workbook(io.BytesIO(render_xlsx(book(r)))).worksheets[0] for r in (row, row[:5]))

    assert (wide.page_setup.fitToWidth, narrow.page_setup.fitToWidth) == (3, 1)
    assert wide.print_title_cols == "$A:$A"


@pytest.mark.parametrize("make", [risk_register, benchmark_matrix])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_an_empty_mission_says_so_on_each_sheet(make: Any, lang: str) -> None:
    """A heading row alone leaves it open whether something was left out."""
    file = openpyxl.load_workbook(io.BytesIO(render_xlsx(make(bare_material(lang)))))

    assert all(sheet["A2"].value for sheet in file.worksheets)


@pytest.mark.parametrize("make", [risk_register, benchmark_matrix])
def test_equal_workbooks_give_equal_bytes(make: Any) -> None:
    """Whatever the clock says; and an empty mission has its sheets too."""
    assert render_xlsx(make(paper_material())) == render_xlsx(make(paper_material()))
    assert render_xlsx(make(bare_material()))


def test_the_matrix_holds_bars_values_and_sources_as_they_are() -> None:
    """Numbers with their day and source, so that another sheet can be made from them."""
    sheet = openpyxl.load_workbook(io.BytesIO(render_xlsx(benchmark_matrix(paper_material())))).worksheets[0]
    row = {head.value: cell.value for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert (row["Benchmark"], row["Criterion"], row["Indicator"]) == ("B1", "C1", "I1")
    assert (row["Target, at least"], row["Current value"], row["Low end"], row["High end"]) == (80, 64.5, 62.5, 67.5)
    assert row["Day of the value"] == datetime(2026, 6, 28)
    assert row["Source of the value"] == "SRC-V"
