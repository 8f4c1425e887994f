"""Tables sort, filter, page and leave as files, by addresses alone."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.test import RequestFactory

from exitplan.web.tables import Cell, Column, Lines, Table, exported, shown

COLUMNS = (Column("name", "Name"), Column("size", "Size", number=True), Column("day", "Day"))
ROWS = (
    (Cell("Écluse"), Cell("10", value=10), Cell("1 March 2020", value=date(2020, 3, 1))),
    (Cell("bridge"), Cell("9", value=9), Cell("–", value="")),
    (Cell("Arch"), Cell("–", value=""), Cell("2 January 2021", value=date(2021, 1, 2))),
)
TABLE = Table("t", "Things", COLUMNS, ROWS)


def names(query: dict[str, str], table: Table = TABLE) -> list[str]:
    """First column as a request sees it."""
    view = shown(table, RequestFactory().get("/x/", query), may_export=True)
    return [row[0][1].text for row in view.rows]


@pytest.mark.parametrize(
    ("order", "wanted"),
    [
        ("", ["Écluse", "bridge", "Arch"]),
        ("name", ["Arch", "bridge", "Écluse"]),
        ("-name", ["Écluse", "bridge", "Arch"]),
        ("size", ["bridge", "Écluse", "Arch"]),
        ("-size", ["Écluse", "bridge", "Arch"]),
        ("day", ["Écluse", "Arch", "bridge"]),
        ("nothing", ["Écluse", "bridge", "Arch"]),
        ("--name", ["Écluse", "bridge", "Arch"]),
    ],
)
def test_rows_sort_by_what_they_mean(order, wanted):
    """Numbers as numbers, days as days, words without case and accents; empty cells last whichever way."""
    assert names({"t.sort": order}) == wanted


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("ECLUSE", ["Écluse"]), ("march 2020", ["Écluse"]), ("r", ["Écluse", "bridge", "Arch"]), ("zz", []), (" ", None)],
)
def test_the_filter_ignores_case_and_accents_and_wants_every_word(wanted, found):
    """Blank finds everything."""
    assert names({"t.find": wanted}) == (["Écluse", "bridge", "Arch"] if found is None else found)


def test_pages_hold_every_row_once_and_bad_numbers_do_no_harm():
    """57 rows in pages of 10; a page beyond the last is the last."""
    rows = tuple((Cell(f"row {n:02}"), Cell(str(n), value=n), Cell("")) for n in range(57))
    table = Table("t", "Things", COLUMNS, rows, page_rows=10)
    seen = [name for page in range(1, 7) for name in names({"t.page": str(page)}, table)]
    assert seen == [f"row {n:02}" for n in range(57)]
    for page in ("0", "-1", "x", "99", "1e9", "٣"):
        assert names({"t.page": page}, table)[0] in ("row 00", "row 50")


def test_the_state_of_one_table_leaves_the_other_alone():
    """Sorting one keeps what stands in the address for the other, and begins again at its first page."""
    request = RequestFactory().get("/x/", {"u.sort": "name", "t.page": "2", "t.find": "r"})
    view = shown(TABLE, request, may_export=True)
    assert "u.sort=name" in view.heads[0].href
    assert "t.find=r" in view.heads[0].href
    assert "t.page" not in view.heads[0].href
    assert ("u.sort", "name") in view.kept


def test_who_may_not_export_is_offered_no_file():
    """Neither form is linked."""
    assert shown(TABLE, RequestFactory().get("/x/"), may_export=False).exports == ()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_leaves_as_a_formula(start):
    """CSV: an apostrophe in front. XLSX: stored as text, with the same apostrophe. Negative numbers stay numbers."""
    from openpyxl import load_workbook

    text = f"{start}HYPERLINK(1)"
    table = Table("t", f"Things {start}", COLUMNS, ((Cell(text), Cell("-5", value=-5), Cell("")),))
    request = RequestFactory().get("/x/")
    rows = list(csv.reader(io.StringIO(exported(table, request, "csv").content.decode("utf-8-sig"), newline="")))
    assert rows[1][0] == "'" + text
    assert rows[1][1] == "-5"
    sheet = load_workbook(io.BytesIO(exported(table, request, "xlsx").content)).active
    assert sheet["A2"].data_type == "s"
    assert str(sheet["A2"].value).startswith("'")
    assert sheet["B2"].value == -5


def test_a_file_holds_what_the_filter_leaves_in_the_order_asked_for():
    """Every page of it, not only the one on screen."""
    rows = tuple((Cell(f"row {n:03}"), Cell(str(n), value=n), Cell("")) for n in range(120))
    request = RequestFactory().get("/x/", {"t.find": "row 05", "t.sort": "-size", "t.page": "2"})
    text = exported(Table("t", "Things", COLUMNS, rows), request, "csv").content.decode("utf-8-sig")
    found = [row[0] for row in csv.reader(io.StringIO(text, newline=""))][1:]
    assert found == [f"row {n:03}" for n in (105, *range(59, 49, -1), 5)]


def test_everything_in_a_cell_is_escaped():
    """Names come from people and files: none of them may become markup, in a text, an address, a mark or a small line."""
    bad = '"><script>alert(1)</script>'
    cells = (Cell(bad, href=f"/m/{bad}", mark=bad, small=bad), Cell("1", value=1), Cell("–"))
    body = shown(Table("t", "Things", COLUMNS, (cells,)), RequestFactory().get("/x/"), may_export=False).body
    assert "<script" not in body
    assert body.count("&quot;&gt;&lt;script&gt;") == 4
    assert '<td class="number solid">1</td>' in body


def test_rows_of_a_long_table_are_made_for_the_page_alone():
    """An indicator may have ten thousand readings, of which a page shows fifty; sorting looks at all of them."""
    made: list[int] = []

    def row_of(n: int) -> tuple[Cell, ...]:
        made.append(n)
        return (Cell(f"n{n}", value=n), Cell(""), Cell(""))

    table = Table("t", "Things", COLUMNS, Lines(range(1000), row_of))
    assert names({"t.page": "2"}, table) == [f"n{n}" for n in range(50, 100)]
    assert len(made) == 50
    assert names({"t.sort": "-name"}, table)[0] == "n999"


def test_a_column_of_dashes_is_not_shown_but_leaves_with_the_file():
    """Only where the whole table has nothing in it, not where the page shown happens to have nothing."""
    rows = (*((Cell(f"row {n}"), Cell("–", value=""), Cell("–", value="")) for n in range(3)),)
    last = (Cell("row 3"), Cell("4", value=4), Cell("–", value=""))
    request = RequestFactory().get("/x/")

    empty = shown(Table("t", "Things", COLUMNS, rows), request, may_export=True)
    full = shown(Table("t", "Things", COLUMNS, (*rows, last), page_rows=2), request, may_export=True)

    assert [head.column.name for head in empty.heads] == ["name"]
    assert [head.column.name for head in full.heads] == ["name", "size"]
    assert all(len(row) == 2 for row in full.rows)
    sheet = exported(Table("t", "Things", COLUMNS, rows), request, "csv").content.decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(sheet))) == ["Name", "Size", "Day"]
