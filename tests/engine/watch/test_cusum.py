"""The chart agrees with simulation, with a run length that can be worked out by hand, and with its limit cases."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exitplan.domain.errors import InvalidValue
from exitplan.engine.streams import stream
from exitplan.engine.watch.counts import Baseline, fitted
from exitplan.engine.watch.cusum import average_run_length, balance, chart

POISSON = math.inf


def _simulated(baseline: Baseline, k: float, h: float, runs: int = 6000, months: int = 6000) -> tuple[float, float]:
    """Mean run length and its standard error, by keeping the chart over and over."""
    rng = stream(5, "cusum-test")
    total, alive, lengths = np.zeros(runs), np.ones(runs, dtype=bool), np.zeros(runs)
    for month in range(1, months + 1):
        total = np.maximum(0.0, total + baseline.law.rvs(size=runs, random_state=rng) - k)
        stopped = alive & (total >= h)
        lengths[stopped] = month
        alive &= ~stopped
        if not alive.any():
            break
    return float(lengths.mean()), float(lengths.std() / math.sqrt(runs))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("baseline", "k", "h", "step"),
    [
        (Baseline(1.0, POISSON), 2.0, 3.0, 1.0),
        (Baseline(4.0, POISSON), 5.5, 8.0, 0.5),
        (Baseline(0.25, 0.1), 0.75, 6.0, 0.25),
    ],
)
def test_run_length_of_the_markov_chain_equals_simulation(baseline, k, h, step):
    """Brook and Evans's chain against charts kept month by month, within four standard errors."""
    mean, error = _simulated(baseline, k, h)
    assert abs(average_run_length(baseline, k, h, step) - mean) < 4 * error


def test_one_state_gives_the_geometric_law():
    """With h = 1 and whole counts the chart is an alarm at y > k: run length 1 / P(y > k)."""
    baseline = Baseline(1.5, POISSON)
    assert average_run_length(baseline, 3.0, 1.0) == pytest.approx(1 / float(baseline.law.sf(3)), rel=1e-12)


def test_negative_binomial_reference_tends_to_lucas():
    """As the size grows the balance point is that of the Poisson chart."""
    assert balance(Baseline(2.0, 1e9), 4.0) == pytest.approx(balance(Baseline(2.0, POISSON), 4.0), rel=1e-6)
    assert balance(Baseline(2.0, POISSON), 4.0) == pytest.approx(2 / math.log(2))


def test_chart_has_the_run_length_asked_for_and_no_more_than_needed():
    """The threshold is the smallest that reaches it."""
    baseline = Baseline(0.8, 0.4)
    made = chart(baseline, run_length=120)
    assert made.run_length >= 120
    assert average_run_length(baseline, made.reference, made.threshold - made.step, made.step) < 120


@settings(max_examples=40, deadline=None)
@given(st.floats(0.25, 200), st.floats(0.05, 1.0))
def test_every_baseline_gets_a_chart(mean, size):
    """Reference between the means, run length reached, in a table small enough to solve."""
    baseline = Baseline(mean, size)
    made = chart(baseline, run_length=60)
    assert made.run_length >= 60
    assert made.reference > 0
    assert made.threshold / made.step < 3000


@given(st.lists(st.integers(0, 60), min_size=1, max_size=40), st.integers(0, 39), st.integers(1, 30))
def test_more_deaths_never_lower_the_sum(counts, at, more):
    """The sum grows with every month's count, so that an alarm cannot be lost by more violence."""
    made = chart(Baseline(1.0, 0.5))
    worse = [c + more * (i == at % len(counts)) for i, c in enumerate(counts)]
    assert all(b >= a for a, b in zip(made.sums(counts), made.sums(worse), strict=True))
    first, then = made.first_alarm(counts), made.first_alarm(worse)
    assert first is None or (then is not None and then <= first)


def test_quiet_months_never_raise_an_alarm():
    """No count, no sum."""
    made = chart(fitted([0] * 36))
    assert made.first_alarm([0] * 600) is None
    assert set(made.sums([0] * 24)) == {0.0}


@pytest.mark.parametrize("counts", [[], [-1.0], [math.nan], [math.inf]])
def test_a_baseline_of_nothing_is_refused(counts):
    """No month, fewer than none, or no number."""
    with pytest.raises(InvalidValue):
        fitted(counts)


@pytest.mark.parametrize(("mean", "size"), [(0.0, 1.0), (-1.0, 1.0), (math.inf, 1.0), (1.0, 0.0), (math.nan, 1.0)])
def test_a_law_that_means_nothing_is_refused(mean, size):
    """Mean and size are finite and above 0; only the size may be infinite."""
    with pytest.raises(InvalidValue):
        Baseline(mean, size)


def test_bad_use_of_a_chart_is_refused():
    """No rise, a run length of nothing, a threshold off the lattice."""
    with pytest.raises(InvalidValue):
        balance(Baseline(2.0, 1.0), 2.0)
    with pytest.raises(InvalidValue):
        chart(Baseline(2.0, 1.0), run_length=1.0)
    with pytest.raises(InvalidValue):
        average_run_length(Baseline(2.0, 1.0), 1.3, 2.0)


def test_fit_by_moments_finds_the_law_it_was_drawn_from():
    """In a long window, inside the bounds."""
    drawn = Baseline(6.0, 0.5).law.rvs(size=200_000, random_state=stream(1, "fit"))
    found = fitted(drawn)
    assert found.mean == pytest.approx(6.0, rel=0.03)
    assert found.size == pytest.approx(0.5, rel=0.05)
