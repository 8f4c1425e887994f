"""Histories are read whole, and every fault of a file is named at once."""

from __future__ import annotations

import gzip

import pytest

from exitplan.domain.errors import InputFaults, Unreadable
from exitplan.domain.months import month_index
from exitplan.importers.history import HISTORY, read_histories, read_history


def test_months_without_a_row_had_no_deaths(tmp_path):
    """Between the first and the last row of a country."""
    path = tmp_path / "h.csv"
    path.write_text("iso3,month,deaths,more\nAAA,2001-03,4,x\nAAA,2001-01,2,y\n", "utf-8")
    assert read_history(path) == {"AAA": (month_index("2001-01"), [2.0, 0.0, 4.0])}


def test_every_fault_is_named_at_once(tmp_path):
    """A country, a month, a repeated month and counts that are none, each with its line."""
    path = tmp_path / "h.csv"
    path.write_text(
        "iso3,month,deaths\naa,2001-01,1\nAAA,2001-13,1\nBBB,2001-01,-1\nBBB,2001-01,x\nCCC,2001-02,inf\n", "utf-8"
    )
    with pytest.raises(InputFaults) as told:
        read_history(path)
    found = {(f.field, f.where) for f in told.value.findings}
    assert found == {
        ("iso3", "h.csv:2"),
        ("month", "h.csv:3"),
        ("month", "h.csv:4"),
        ("month", "h.csv:5"),
        ("deaths", "h.csv:4"),
        ("deaths", "h.csv:5"),
        ("deaths", "h.csv:6"),
    }


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n"])
def test_what_is_no_history_is_refused(tmp_path, text):
    """An empty file, or other columns."""
    path = tmp_path / "h.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(Unreadable):
        read_history(path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    """By its name."""
    with pytest.raises(Unreadable, match="nowhere"):
        read_history(tmp_path / "nowhere.csv")


def test_the_history_that_comes_along_is_small_and_whole():
    """Under 300 KB; every country ends in December 2024."""
    assert HISTORY.stat().st_size < 300_000
    found = read_history()
    assert len(found) == 35
    assert {first + len(deaths) - 1 for first, deaths in found.values()} == {month_index("2024-12")}


def test_months_filled_are_counted_and_gzip_is_read(tmp_path):
    """The account says how many months had no row; a compressed file reads as the plain one."""
    text = "iso3,month,deaths\nAAA,2001-01,2\nAAA,2001-04,4\nBBB,2001-01,1\n"
    plain, packed = tmp_path / "h.csv", tmp_path / "h.csv.gz"
    plain.write_text(text, "utf-8")
    packed.write_bytes(gzip.compress(text.encode()))

    assert read_histories(plain).filled == 2
    assert read_histories(packed) == read_histories(plain)


def test_more_deaths_than_people_are_a_fault(tmp_path):
    """Ten billion may be read, more may not."""
    path = tmp_path / "h.csv"
    path.write_text("iso3,month,deaths\nAAA,2001-01,10000000000\nAAA,2001-02,10000000001\nAAA,2001-03,1e300\n", "utf-8")
    with pytest.raises(InputFaults) as told:
        read_histories(path)
    assert [f.where for f in told.value.findings] == ["h.csv:3", "h.csv:4"]


def test_rows_after_a_month_say_nothing_of_those_before(tmp_path):
    """A row of June would say that May had no deaths; who stands in April does not know it."""
    path = tmp_path / "h.csv"
    path.write_text("iso3,month,deaths\nAAA,2001-01,2\nAAA,2001-03,4\nAAA,2001-06,1\nBBB,2001-06,1\n", "utf-8")
    january, june = month_index("2001-01"), month_index("2001-06")
    found = read_histories(path, until=month_index("2001-04"))
    assert found.by_country == {"AAA": (january, [2.0, 0.0, 4.0]), "BBB": (june, [])}
    assert found.filled == 1
    assert read_histories(path, until=june) == read_histories(path)
