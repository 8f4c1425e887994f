"""Onsets, false alarms and leads are counted as they are defined, on histories that can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from exitplan.domain.errors import InvalidValue
from exitplan.domain.months import month_index
from exitplan.engine.watch.rates import rates, tried

FIRST = month_index("2000-01")


def _history(months: int = 60, **deaths: float) -> tuple[int, np.ndarray]:
    """A history with deaths in some months, given as m37=25."""
    series = np.zeros(months)
    for name, value in deaths.items():
        series[int(name[1:])] = value
    return FIRST, series


def test_a_quiet_country_has_quiet_years_and_no_alarm():
    """No onset, no alarm, rates of nothing."""
    trials = tried({"AAA": _history()})
    found = rates(trials, replicates=20).periods[0]
    assert (found.watch_years, found.quiet_years, found.onsets_25) == (3, 3, 0)
    assert all(a.false_per_10_years.value == 0 and a.missed_25 is None for a in found.alarms)


def test_where_no_year_was_quiet_there_is_no_rate_of_false_alarms():
    """Not a rate of zero: every watch of this country ends in an onset. And one country gives no interval."""
    found = rates(tried({"AAA": _history(m14=30, m38=30)}), replicates=20).periods[0]
    assert (found.watch_years, found.quiet_years, found.onsets_25) == (2, 0, 2)
    assert all(a.false_per_10_years is None and a.missed_25.level == 0 for a in found.alarms)


def test_onset_and_lead_by_hand():
    """Six deaths, then twenty: the onset is the month of the twenty; the rules alarm in the first and the second month."""
    trials = tried({"AAA": _history(m26=6, m28=20)})
    by_rule = {name: next(t for t in some if t.begin == FIRST + 24) for name, some in trials.items()}
    assert {t.onset for t in by_rule.values()} == {4}
    assert by_rule["sum-5"].alarm == 2
    assert by_rule["month-25"].alarm is None
    found = {a.alarm: a for a in rates(trials, replicates=20).periods[0].alarms}
    assert found["sum-5"].lead_25.value == 2
    assert found["month-25"].missed_25.value == 1


def test_an_alarm_before_violence_of_the_next_year_is_not_false():
    """Seven deaths in November, thirty in the spring: early, not false. Seven deaths and nothing after them: false."""
    early = tried({"AAA": _history(m34=7, m39=30)})["sum-5"]
    alone = tried({"AAA": _history(m34=7)})["sum-5"]
    assert not next(t for t in early if t.begin == FIRST + 24).false
    assert next(t for t in alone if t.begin == FIRST + 24).false


def test_a_violent_year_is_no_origin():
    """A watch begins only where the year before brought fewer than 25 deaths."""
    begins = {t.begin - FIRST for t in tried({"AAA": _history(m20=30)})["cusum"]}
    assert begins == {12, 36}


def test_intervals_hold_their_value_and_repeat_with_their_seed():
    """Same seed, same bits."""
    histories = {name: _history(m26=9, m30=40) if name < "C" else _history(m40=6) for name in "ABCDEF"}
    first, again = (rates(tried(histories), seed=3, replicates=50) for _ in range(2))
    assert first == again
    for alarm in first.periods[0].alarms:
        for band in (alarm.false_per_10_years, alarm.missed_25, alarm.lead_25):
            assert band is None or band.low <= band.value <= band.high


@pytest.mark.parametrize(("months", "baseline"), [(20, 12), (60, 6)])
def test_no_origin_is_said(months, baseline):
    """Too short a history, or a window too short to call a year quiet."""
    with pytest.raises(InvalidValue):
        tried({"AAA": _history(months)}, baseline=baseline)
