"""The surprise of a month agrees with its closed forms, is calibrated, and falls for no quiet month."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exitplan.domain.errors import InvalidValue
from exitplan.engine.streams import stream
from exitplan.engine.watch.counts import Baseline, fitted
from exitplan.engine.watch.expected import entropy, surprise


def test_entropy_of_the_geometric_law_has_a_closed_form():
    """Size 1 is the geometric law: H = (-q ln q - p ln p) / p with p = 1 / (1 + mean)."""
    p = 1 / (1 + 3.0)
    q = 1 - p
    assert entropy(Baseline(3.0, 1.0)) == pytest.approx((-q * math.log(q) - p * math.log(p)) / p, rel=1e-6)


def test_one_month_window_passes_its_threshold_as_seldom_as_asked():
    """In closed form: the share of months above it is at most 1 / run length, and one count lower would be more."""
    baseline = Baseline(2.0, 0.5)
    made = surprise(baseline, window=1, run_length=50)
    counts = np.arange(4000)
    above = np.array([e > made.threshold for e in made.excess(counts)])
    share = baseline.law.pmf(counts)[above].sum()
    assert share <= 1 / 50 < share + baseline.law.pmf(counts[above].min() - 1)


def test_monte_carlo_threshold_of_one_month_is_the_closed_form():
    """Draws of a window of one month give the same count as the sum over the law."""
    baseline = Baseline(4.0, 1.0)
    closed = surprise(baseline, window=1, run_length=40)
    drawn = baseline.law.rvs(size=400_000, random_state=stream(3, "check"))
    alarms = sum(e > closed.threshold for e in closed.excess(drawn)) / drawn.size
    exact = float(baseline.law.sf(next(y for y in range(500) if closed.first_alarm([y]) is not None) - 1))
    assert alarms == pytest.approx(exact, abs=4 * math.sqrt(exact / drawn.size))


def test_window_is_calibrated_on_months_it_was_not_set_on():
    """Under the baseline one of `run_length` months passes the threshold, on another seed."""
    baseline = Baseline(3.0, 0.6)
    made = surprise(baseline, run_length=60, seed=1)
    fresh = made.excess(baseline.law.rvs(size=200_000, random_state=stream(99, "fresh")))
    assert np.mean(np.array(fresh) > made.threshold) == pytest.approx(1 / 60, rel=0.12)


def test_same_seed_same_threshold():
    """Bits, not only about."""
    surprise.cache_clear()
    first = surprise(Baseline(1.0, 0.3), seed=4).threshold
    surprise.cache_clear()
    assert surprise(Baseline(1.0, 0.3), seed=4).threshold == first


@pytest.mark.slow
@given(st.lists(st.integers(0, 80), min_size=1, max_size=36), st.integers(0, 35), st.integers(1, 40))
def test_more_deaths_never_lower_the_surprise(counts, at, more):
    """Above the mean the law falls, so more deaths are always at least as surprising."""
    made = surprise(Baseline(1.2, 0.5))
    worse = [c + more * (i == at % len(counts)) for i, c in enumerate(counts)]
    assert all(b >= a - 1e-12 for a, b in zip(made.excess(counts), made.excess(worse), strict=True))


def test_quiet_months_never_raise_an_alarm():
    """A month below the mean is no warning, however rare."""
    assert surprise(fitted([30, 40, 25] * 12)).first_alarm([0] * 120) is None


@pytest.mark.parametrize(("window", "run_length"), [(0, 120), (3, 1.0), (3, 0.0)])
def test_bad_use_is_refused(window, run_length):
    """A window of no month, or alarms in every month."""
    with pytest.raises(InvalidValue):
        surprise(Baseline(1.0, 1.0), window=window, run_length=run_length)
