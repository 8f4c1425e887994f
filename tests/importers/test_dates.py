"""Days in the forms that event files use."""

import polars as pl
import pytest

from exitplan.importers.dates import iso_days, with_iso_days


@pytest.mark.parametrize(
    ("given", "days", "notes"),
    [
        (["2011-08-18", " 2012-01-02 "], ["2011-08-18", "2012-01-02"], ()),
        (["2011-08-18 00:00:00.000", None], ["2011-08-18", None], ()),
        (["2011-08-18T10:00:00Z"], ["2011-08-18"], ()),
        (["8/18/2011 12:00:00 AM", "1/2/2012"], ["2011-08-18", "2012-01-02"], ("dates:month_first",)),
        (["18/8/2011", "1.2.2012"], ["2011-08-18", "2012-02-01"], ("dates:day_first",)),
        (["18 August 2011", "2-Jan-2012"], ["2011-08-18", "2012-01-02"], ("dates:written",)),
        (["1/2/2012", "3/4/2012"], ["1/2/2012", "3/4/2012"], ("dates:ambiguous",)),
        (["18/8/2011", "8/18/2011"], ["18/8/2011", "8/18/2011"], ("dates:ambiguous",)),
    ],
)
def test_days_are_rewritten_where_nothing_has_to_be_guessed(given, days, notes):
    """A column that leaves open which number is the day stays as it is, to be refused by name."""
    series, seen = iso_days(pl.Series("date", given, dtype=pl.String))

    assert series.to_list() == days
    assert seen == notes
    assert series.name == "date"


@pytest.mark.parametrize("text", ["2011-08-18x", "2011-08-181", "yesterday", "18 Brumaire 2011"])
def test_what_is_no_day_does_not_become_one(text):
    """Not even when its first ten characters are."""
    series, _ = iso_days(pl.Series("date", [text, "2011-08-18"]))

    assert series.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)[0] is None
    assert text in series[0]


def test_only_columns_that_exist_are_rewritten():
    """And a note that two columns share stands once."""
    frame = pl.DataFrame({"a": ["18/8/2011"], "b": ["19/8/2011"], "c": ["20/8/2011"]})

    days, notes = with_iso_days(frame, ("a", "b", "absent"))

    assert days.row(0) == ("2011-08-18", "2011-08-19", "20/8/2011")
    assert notes == ("dates:day_first",)
