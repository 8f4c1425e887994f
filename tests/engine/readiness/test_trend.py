"""The Theil-Sen slope against scipy, closed forms, and what a direction needs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import theilslopes

from exitplan.domain.tables import MeasurementTable
from exitplan.engine.readiness.trend import theil_sen, trend
from tests.domain.samples import entry, measured


def indicator(**fields):
    """An indicator in percent, better when higher, unless told."""
    version = {"version": 1, "start": "2000-01-01", "definition": "Counted."}
    return entry("indicators", {"code": "I1", "unit": "%", "better": "higher", "versions": [version]} | fields)


def readings(values):
    """Monthly readings of one series."""
    return MeasurementTable.of(measured(values)).readings("I1")


@given(
    st.lists(st.integers(-50, 50).map(float), min_size=3, max_size=40),
    st.sampled_from([0.5, 0.8, 0.9, 0.95]),
)
def test_slope_and_interval_are_those_of_scipy(values, level):
    """Another program, ties included."""
    times = np.arange(len(values), dtype=np.float64)
    theirs = theilslopes(values, times, alpha=level)

    assert theil_sen(times, np.array(values), level) == pytest.approx((theirs[0], theirs[2], theirs[3]))


def test_a_line_has_its_own_slope_and_no_width():
    """Closed form."""
    times = np.array([0.0, 1.0, 4.0, 9.0])

    assert theil_sen(times, 3.0 - 2.0 * times) == pytest.approx((-2.0, -2.0, -2.0))


def test_one_wild_reading_does_not_move_the_trend():
    """The median of the slopes is robust: up to 29 % of the readings may be wild."""
    values = [40.0 + at for at in range(12)]
    values[5] = 0.0

    assert trend(readings(values), indicator(low=0, high=100)).per_month.value == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize(
    ("values", "better", "seen"),
    [
        ([40.0 + at for at in range(12)], "higher", "better"),
        ([40.0 + at for at in range(12)], "lower", "worse"),
        ([60.0 - at for at in range(12)], "higher", "worse"),
        ([60.0 - at for at in range(12)], "lower", "better"),
        ([50.0] * 12, "higher", "flat"),
        ([50.0, 50.2] * 6, "higher", "flat"),
        ([20.0, 80.0, 50.0, 35.0, 65.0, 10.0, 90.0, 42.0, 58.0, 27.0, 73.0, 51.0], "higher", "unclear"),
    ],
)
def test_the_direction_is_seen_from_the_aim(values, better, seen):
    """Rising is better only where higher is; little movement is flat; much noise is unclear."""
    assert trend(readings(values), indicator(better=better, low=0, high=100)).better == seen


def test_only_the_last_twelve_months_of_data_count():
    """A turn a year ago is the trend of today."""
    values = [90.0 - at for at in range(24)] + [66.0 + 2 * at for at in range(12)]
    found = trend(readings(values), indicator(low=0, high=100))

    assert found.better == "better"
    assert found.readings == 12
    assert found.per_month.value == pytest.approx(2.0, abs=0.1)


@pytest.mark.parametrize("values", [[], [50.0], [50.0, 60.0]])
def test_fewer_than_three_readings_are_no_trend(values):
    """Two points are a line, not a trend."""
    assert trend(readings(values) if values else (), indicator()) is None
