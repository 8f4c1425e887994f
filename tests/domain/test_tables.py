"""Bulk values: rows checked whole, every fault of every row named, sums that agree with a count by hand."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exitplan.domain.months import month_index, month_text
from exitplan.domain.tables import AreaMonths, EventTable, MeasurementTable
from tests.domain.samples import measured, violence

ROW = {"indicator": "I1", "date": "2020-01-31", "value": "55.5"}
EVENT = {
    "id": "E1",
    "date_start": "2020-01-31",
    "type_of_violence": "1",
    "latitude": "0.5",
    "longitude": "0.5",
    "low": "1",
    "best": "2",
    "high": "3",
}


def texts(*rows, base=ROW):
    """A frame of texts, as an importer hands it over."""
    full = [base | row for row in rows]
    return pl.DataFrame(full, schema=dict.fromkeys(dict.fromkeys(k for row in full for k in row), pl.String))


def test_a_row_with_only_what_is_needed_is_taken():
    """What is left out takes its default."""
    parsed = MeasurementTable.parse(texts({}))
    (reading,) = parsed.table.readings()

    assert parsed.refused == ()
    assert (reading.version, reading.area, reading.group, reading.value) == (1, "", "total", 55.5)
    assert (reading.low, reading.verification, reading.confidence) == (None, "self_reported", "medium")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("indicator", None),
        ("indicator", "lower case"),
        ("date", "31/01/2020"),
        ("date", "2020-02-30"),
        ("date", None),
        ("value", "NaN"),
        ("value", "inf"),
        ("value", "1,5"),
        ("value", "=1+1"),
        ("value", None),
        ("version", "0"),
        ("version", "1.5"),
        ("area", "no such code"),
        ("low", "60"),  # above the value
        ("high", "50"),  # below the value
        ("low", "many"),
        ("verification", "somewhat"),
        ("confidence", "total"),
        ("note", "=cmd|' /C calc'!A0"),
        ("method", "@SUM(A1)"),
        ("note", "x" * 20_001),
    ],
)
def test_a_measurement_that_makes_no_sense_is_refused_by_name(field, value):
    """Line, field, value and what was wanted."""
    parsed = MeasurementTable.parse(texts({}, {field: value}))

    assert len(parsed.table) == 1
    assert [(r.line, r.field) for r in parsed.refused] == [(3, field)]
    assert all(r.reason for r in parsed.refused)
    assert len(parsed.refused[0].value) <= 120


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("latitude", "91"),
        ("longitude", "-181"),
        ("type_of_violence", "4"),
        ("best", "-1"),
        ("best", "4"),  # above high
        ("low", "2.5"),
        ("date_start", "2021-01-01"),  # after today
        ("date_end", "2019-01-01"),  # before the start
        ("where_prec", "9"),
        ("id", None),
    ],
)
def test_an_event_that_makes_no_sense_is_refused_by_name(field, value):
    """Impossible places, negative deaths, days to come."""
    parsed = EventTable.parse(texts({}, {field: value}, base=EVENT), today=date(2020, 12, 31))

    assert len(parsed.table) == 1
    assert {(r.line, r.field) for r in parsed.refused} >= {(3, field)}


def test_every_fault_of_a_row_is_named_and_the_row_refused_once():
    """Nothing is taken halfway."""
    parsed = MeasurementTable.parse(texts({"value": "x", "date": "x", "version": "x"}))

    assert len(parsed.table) == 0
    assert sorted(r.field for r in parsed.refused) == ["date", "value", "version"]


def test_rows_know_the_lines_they_stood_on():
    """Quoted newlines shift lines; the importer tells them."""
    frame = texts({}, {"value": "bad"}, {"date": "2019-12-31"}).with_columns(line=pl.Series([2, 7, 9]))
    parsed = MeasurementTable.parse(frame)

    assert [r.line for r in parsed.refused] == [7]
    assert parsed.lines.to_list() == [9, 2]  # in the order of the table, by date


def test_a_table_written_and_read_again_is_the_same():
    """Text out, text in."""
    table = MeasurementTable.of(pl.concat([measured([1.0, 2.5]), measured([0.1], area="A1", low=0.05, high=0.2)]))
    again = MeasurementTable.parse(pl.read_csv(table.csv_text().encode(), infer_schema=False)).table

    assert again == table
    assert again.csv_text() == table.csv_text()


def test_equal_rows_in_another_order_are_the_same_table():
    """Order of arrival is no content."""
    frame = measured([1.0, 2.0, 3.0])

    assert MeasurementTable.of(frame.reverse()) == MeasurementTable.of(frame)


def test_a_replaced_row_is_out_of_force_from_the_day_it_was_replaced():
    """History stays in the table; only what counts is in force."""
    table = MeasurementTable.of(pl.concat([measured([72.0]), measured([55.0], source="LATER", replaces="SRC")]))

    assert [r.value for r in table.in_force(date(2020, 6, 30)).readings()] == [55.0]
    assert sorted(r.value for r in table.readings()) == [55.0, 72.0]
    assert len(table.in_force(date(2020, 6, 29))) == 0


def test_series_hold_all_readings_in_order_of_date():
    """The same rows, grouped."""
    table = MeasurementTable.of(pl.concat([measured([1.0, 2.0]), measured([9.0], area="A1")]))
    series = table.by_series()

    assert {key: [r.value for r in rows] for key, rows in series.items()} == {
        ("I1", "", "total"): [1.0, 2.0],
        ("I1", "A1", "total"): [9.0],
    }


def test_what_may_not_be_seen_is_not_there():
    """Indicators and areas are left out, sources lose their name."""
    table = MeasurementTable.of(
        pl.concat([measured([1.0]), measured([2.0], area="A1"), measured([3.0], indicator="I2")])
    )
    seen = table.visible(indicators=["I1"], areas=[], sources=[])

    assert [(r.indicator, r.area, r.source) for r in seen.readings()] == [("I1", "", "")]


@given(
    st.lists(
        st.tuples(st.sampled_from(["A1", "A2"]), st.integers(0, 40), st.sampled_from([1, 2, 3]), st.integers(0, 99)),
        max_size=30,
        unique_by=lambda r: r[:3],
    ),
    st.integers(-5, 45),
    st.integers(-5, 45),
    st.sampled_from([None, "A1", "A2"]),
    st.sets(st.sampled_from([1, 2, 3]), min_size=1),
)
def test_sums_of_violence_are_those_counted_by_hand(rows, first, last, area, types):
    """Another program: a loop over the rows."""
    start = month_index("2017-01")
    frame = pl.DataFrame(
        [
            {
                "area": a,
                "month": month_text(start + m),
                "type_of_violence": t,
                "events": 1,
                "low": d,
                "best": d,
                "high": d,
            }
            | {"source": "SRC"}
            for a, m, t, d in rows
        ],
        schema={c.name: c.dtype for c in AreaMonths.COLUMNS},
    )
    table = AreaMonths.of(frame)
    by_hand = [d for a, m, t, d in rows if first <= m <= last and t in types and area in (None, a)]
    grid = table.dense("deaths", ["A1", "A2"], first=start + first, last=start + max(last, first), types=types)

    assert table.total("deaths", first=start + first, last=start + last, area=area, types=types) == sum(by_hand)
    assert table.total("events", first=start + first, last=start + last, area=area, types=types) == len(by_hand)
    if first <= last and area is None:
        assert sum(map(sum, grid)) == sum(by_hand)


def test_events_become_area_months_and_those_without_an_area_do_not():
    """Counted by area, month of the first day, and type; nothing is placed by guess."""
    rows = [
        {"id": "1", "area": "A1"},
        {"id": "2", "area": "A1", "date_start": "2020-01-02"},
        {"id": "3", "area": "A1", "type_of_violence": "3"},
        {"id": "4", "area": ""},
    ]
    counted = EventTable.parse(texts(*rows, base=EVENT)).table.area_months("SRC")

    assert counted.frame.select("area", "month", "type_of_violence", "events", "low", "best", "high").rows() == [
        ("A1", "2020-01", 1, 2, 2, 4, 6),
        ("A1", "2020-01", 3, 1, 1, 2, 3),
    ]


def test_only_full_months_lie_before_a_day():
    """The month of the day counts on its last day alone."""
    table = AreaMonths.of(violence([1, 1], until="2020-06"))

    assert table.until(date(2020, 6, 30)).span() == (month_index("2020-05"), month_index("2020-06"))
    assert table.until(date(2020, 6, 29)).span() == (month_index("2020-05"), month_index("2020-05"))
    assert AreaMonths.empty().span() is None


@given(st.integers(1900 * 12, 2199 * 12))
def test_months_are_counted_and_named_back(index):
    """Text and number are two names of one month."""
    assert month_index(month_text(index)) == index
