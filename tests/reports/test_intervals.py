"""Figures with their intervals, as tables of back-tests show them."""

from __future__ import annotations

import pytest

from exitplan.domain.results.base import Band
from exitplan.domain.results.watch import AlarmRates, RatesPeriod, RatesResult
from exitplan.reports.content.intervals import banded, banded_share, no_interval
from exitplan.reports.content.watch_rates import rates_section
from exitplan.reports.page import Table
from exitplan.wording import Wording

BELOW_ZERO = Band(value=-0.004, low=-0.036, high=0.024, level=0.9)
ALONE = Band(value=0.5, low=0.5, high=0.5, level=0)


@pytest.mark.parametrize(("lang", "told"), [("en", "-0.004 (-0.036–0.024)"), ("fr", "-0,004 (-0,036–0,024)")])
def test_a_figure_stands_before_its_interval(lang, told):
    """In the reader's own figures."""
    assert banded(BELOW_ZERO, Wording(lang), 3) == told


def test_what_has_no_interval_shows_none():
    """A single country gives a value alone; where nothing could be counted stands a dash."""
    w = Wording("en")
    assert [banded(ALONE, w, 1), banded_share(ALONE, w), banded(None, w, 1), banded_share(None, w)] == [
        "0.5", "50%", "–", "–",
    ]  # fmt: skip


@pytest.mark.parametrize("countries", [1, 2])
def test_rates_of_a_single_country_say_why_they_have_no_interval(countries):
    """And a false alarm that could not have been has no rate."""
    w = Wording("en")
    alarm = AlarmRates(
        alarm="cusum", false_per_10_years=None, missed_25=ALONE, missed_1000=None, late_25=None, lead_25=None,
        lead_1000=None,
    )  # fmt: skip
    period = RatesPeriod(
        part="all", countries=countries, first="2001-01", last="2002-12", watch_years=2, quiet_years=0, onsets_25=2,
        onsets_1000=0, alarms=(alarm,),
    )  # fmt: skip
    section = rates_section(RatesResult(baseline_months=12, periods=(period,)), w)
    (table,) = [block for block in section.blocks if isinstance(block, Table)]
    assert [cell.text for cell in table.rows[0]][1:3] == ["–", "50%"]
    assert (table.note == no_interval(w)) is (countries == 1)
