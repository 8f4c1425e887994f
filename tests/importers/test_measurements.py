"""Measurements from CSV and workbook, under our headings and theirs."""

from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exitplan.domain.errors import Unreadable
from exitplan.importers.measurements import COLUMNS, Headings, read_measurements

TODAY = date(2024, 1, 1)
GOOD = {"indicator": "I1", "date": "2023-05-01", "value": "4.5"}


@pytest.fixture(params=["csv", "xlsx"])
def put(request, tmp_path):
    """Write a table as a CSV or as a workbook."""

    def csv_file(headings, rows):
        path = tmp_path / "file.csv"
        lines = [",".join(f'"{cell}"' if "," in str(cell) else str(cell) for cell in row) for row in (headings, *rows)]
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return path

    def workbook(headings, rows):
        path = tmp_path / "file.xlsx"
        book = openpyxl.Workbook()
        book.active.append(list(headings))
        for row in rows:
            book.active.append(list(row))
        book.save(path)
        return path

    return csv_file if request.param == "csv" else workbook


def rows_of(*changes):
    """Full rows from changes to `GOOD`, in the order of our columns."""
    return [[{**GOOD, **change}.get(column, "") for column in COLUMNS] for change in changes]


def test_rows_are_read_with_defaults_filled_in(put):
    """Version 1, the whole country, the total, self-reported, medium confidence."""
    table, report = read_measurements(put(COLUMNS, rows_of({}, {"date": "2023-06-01", "area": "A1"})), today=TODAY)

    first, second = table.readings()
    assert (first.version, first.area, first.group, first.value, first.verification) == (
        1,
        "",
        "total",
        4.5,
        "self_reported",
    )
    assert second.area == "A1"
    assert (report.read, report.kept, report.refused) == (2, 2, ())


FAULTS = [
    ({"indicator": ""}, "indicator"),
    ({"indicator": "no code"}, "indicator"),
    ({"version": "0"}, "version"),
    ({"date": "2023-13-01"}, "date"),
    ({"date": "01/02/2023"}, "date"),
    ({"date": "2024-01-02"}, "date"),
    ({"value": ""}, "value"),
    ({"value": "nan"}, "value"),
    ({"value": "inf"}, "value"),
    ({"value": "about 4"}, "value"),
    ({"low": "5"}, "low"),
    ({"high": "4"}, "high"),
    ({"verification": "certain"}, "verification"),
    ({"confidence": "sure"}, "confidence"),
    ({"note": "=1+1"}, "note"),
    ({"note": "+cmd|calc!A1"}, "note"),
    ({"note": "x" * 30_000}, "note"),
]


@pytest.mark.parametrize(("change", "field"), FAULTS, ids=[f"{f}-{n}" for n, (_, f) in enumerate(FAULTS)])
def test_a_fault_is_refused_by_line_and_field(put, change, field):
    """The rows around it are kept."""
    rows = rows_of({"area": "A1"}, {**change}, {"area": "A2"})

    table, report = read_measurements(put(COLUMNS, rows), today=TODAY)

    assert [(r.line, r.field) for r in report.refused] == [(3, field)]
    assert len(report.refused[0].value) < 200
    assert (report.read, report.kept, len(table), report.refused_rows) == (3, 2, 2, 1)


def test_a_second_value_of_one_key_is_refused(put):
    """The first is kept; another source is another key."""
    rows = rows_of({"source": "S1"}, {"source": "S2"}, {"source": "S1", "value": "9"})

    table, report = read_measurements(put(COLUMNS, rows), today=TODAY)

    assert [(r.line, r.field) for r in report.refused] == [(4, "indicator")]
    assert "see line 2" in report.refused[0].reason
    assert {r.value for r in table.readings()} == {4.5}


def test_a_sender_may_keep_their_own_headings(put):
    """Some columns renamed, some the same for every row."""
    path = put(["Reporting day", "Province", "Score (%)", "Remarks"], [["2023-05-01", "A1", "62", "n/a"]])
    theirs = Headings(
        {"date": "Reporting day", "area": "province", "value": "Score (%)"}, {"indicator": "I7", "unit": "%"}
    )

    table, report = read_measurements(path, today=TODAY, headings=theirs)

    (reading,) = table.readings()
    assert (reading.indicator, reading.area, reading.value, reading.unit) == ("I7", "A1", 62.0, "%")
    assert report.kept == 1


def test_missing_columns_are_refused_together(put):
    """With the headings that were found."""
    with pytest.raises(Unreadable, match="columns indicator, value wanted; found are day, date"):
        read_measurements(put(["day", "date"], [["1", "2"]]), today=TODAY)


@pytest.fixture
def book(tmp_path):
    """Save typed cells in a workbook with a named sheet."""

    def saved(*rows, title="Data"):
        path = tmp_path / "book.xlsx"
        workbook = openpyxl.Workbook()
        workbook.active.title = title
        for row in rows:
            workbook.active.append(row)
        workbook.save(path)
        return path

    return saved


def test_typed_cells_are_read_as_they_would_be_written(book):
    """Days, whole numbers and decimals; blank rows keep the count of lines."""
    path = book(
        ["indicator", "date", "value", "version"],
        ["I1", datetime(2023, 5, 1), 4, 2],
        [None, None, None, None],
        ["I1", date(2023, 6, 1), 4.25, 2.0],
        ["I1", "=TODAY()", 4.25, 2],
    )

    table, report = read_measurements(path, today=TODAY)

    assert [(r.date, r.value, r.version) for r in table.readings()] == [
        (date(2023, 5, 1), 4.0, 2),
        (date(2023, 6, 1), 4.25, 2),
    ]
    assert [(r.line, r.field, r.value) for r in report.refused] == [(5, "date", "=TODAY()")]
    assert "not a formula" in report.refused[0].reason
    assert report.read == 3


def test_a_sheet_is_chosen_by_name(book):
    """And one that is not there is named with those that are."""
    path = book(["indicator", "date", "value"], ["I1", "2023-05-01", 1])

    assert read_measurements(path, today=TODAY, headings=Headings(sheet="Data"))[1].kept == 1
    with pytest.raises(Unreadable, match="'Other' wanted; found are Data"):
        read_measurements(path, today=TODAY, headings=Headings(sheet="Other"))


def test_an_empty_or_damaged_workbook_is_refused_whole(book, tmp_path):
    """By name."""
    with pytest.raises(Unreadable, match="header row"):
        read_measurements(book(), today=TODAY)
    whole = book(["indicator"]).read_bytes()
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(whole.replace(b"xl/workbook.xml", b"xl/workbork.xml"))
    with pytest.raises(Unreadable, match=r"broken\.xlsx"):
        read_measurements(broken, today=TODAY)


def test_decimal_commas_between_semicolons_are_read(tmp_path):
    """Only where commas do not separate."""
    path = tmp_path / "file.csv"
    path.write_text("indicator;date;value\nI1;2023-05-01;4,5\n", "utf-8")

    table, report = read_measurements(path, today=TODAY)

    assert [r.value for r in table.readings()] == [4.5]
    assert report.notes == ("semicolons", "decimal_commas")


CELL = st.sampled_from(["", "I1", "2023-05-01", "4", "-1", "nan", "x y", "=1", "total"])


@pytest.mark.slow
@given(rows=st.lists(st.lists(CELL, min_size=1, max_size=6), max_size=10))
def test_every_row_is_accounted_for_whatever_it_holds(tmp_path_factory, rows):
    """read = kept + refused."""
    path = tmp_path_factory.mktemp("m") / "file.csv"
    path.write_text("\n".join(",".join(row) for row in (["indicator", "date", "value", "area"], *rows)), "utf-8")

    table, report = read_measurements(path, today=TODAY)

    assert report.read == report.kept + report.refused_rows
    assert report.kept == len(table)
