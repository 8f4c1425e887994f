"""
A cumulative-sum alarm on monthly counts: small rises that last are seen, one odd month seldom is.

    S_0 = 0,   S_t = max(0, S_{t-1} + y_t - k),   alarm when S_t >= h

`k` is where the likelihoods of the baseline (mean m0) and of the raised law (mean m1, same size r) balance:

    k = r ln((r + m1) / (r + m0)) / ln(m1 (r + m0) / (m0 (r + m1)))        negative binomial
    k = (m1 - m0) / ln(m1 / m0)                                            Poisson, r to infinity (Lucas 1985)

`h` is the smallest threshold whose average run length under the baseline reaches what was asked for, by the Markov chain of
Brook and Evans; the chart lives on a lattice, so the chain is exact for it. Method page: docs/methods/watch.md.

References
----------
.. [1] Page, E. S. (1954). Continuous inspection schemes. Biometrika 41, 100-115.
.. [2] Lucas, J. M. (1985). Counted data CUSUM's. Technometrics 27, 129-144.
.. [3] Brook, D., and Evans, D. A. (1972). An approach to the probability distribution of CUSUM run length. Biometrika 59,
       539-549.
.. [4] Hawkins, D. M., and Olwell, D. H. (1998). Cumulative Sum Charts and Charting for Quality Improvement. Springer.
.. [5] Höhle, M., and Paul, M. (2008). Count data regression charts for the monitoring of surveillance time series.
       Computational Statistics and Data Analysis 52, 4357-4368.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from exitplan.domain.errors import InvalidValue
from exitplan.engine.watch.counts import Baseline

RATIO = 2.0
"""Rise of the mean that the chart is tuned to, as a factor."""
LEAST_RISE = 25.0 / 12.0
"""Least rise that the chart is tuned to, in deaths a month: 25 deaths in twelve months, as in definition R25."""
RUN_LENGTH = 120.0
"""Months between two alarms on average while nothing has changed: one in ten years, if the baseline were true."""
FINEST = 0.25
"""Finest step of the lattice, in deaths."""
STEPS_A_DEVIATION = 8
"""Steps of the lattice within one standard deviation of the baseline."""
MOST_STATES = 3000
SLACK = 1e-9
"""By how much a sum may miss the threshold through rounding alone."""


@dataclass(frozen=True)
class Chart:
    """
    A chart that is ready to be kept.

    Parameters
    ----------
    reference
        `k`, in deaths a month: what a month may bring without the sum growing.
    threshold
        `h`, in deaths: the sum at which the alarm is raised.
    step
        Step of the lattice, in deaths; months' counts are rounded to it where it is above 1.
    run_length
        Average months to the first alarm under the baseline.
    """

    reference: float
    threshold: float
    step: float
    run_length: float

    def sums(self, counts: Sequence[float], *, restart: bool = False) -> tuple[float, ...]:
        """The sum after each month, in deaths; with `restart` it begins again from nothing after each alarm."""
        kept, total = [], 0.0
        for count in counts:
            total = max(0.0, total + _on_lattice(count, self.step) - self.reference)
            kept.append(total)
            if restart and self.over(total):
                total = 0.0
        return tuple(kept)

    def over(self, total: float) -> bool:
        """Whether a sum raises the alarm."""
        return total >= self.threshold - SLACK

    def first_alarm(self, counts: Sequence[float]) -> int | None:
        """Place of the first month whose sum reaches the threshold; None when none does."""
        return next((at for at, s in enumerate(self.sums(counts)) if self.over(s)), None)


def balance(baseline: Baseline, raised: float) -> float:
    """The reference value `k` between a baseline and a raised mean, in deaths a month. Raises InvalidValue for no rise."""
    m0, m1, r = baseline.mean, raised, baseline.size
    if not m1 > m0:
        raise InvalidValue("raised", raised, f"a mean above that of the baseline, {m0}")
    if math.isinf(r):
        return (m1 - m0) / math.log(m1 / m0)
    return r * math.log((r + m1) / (r + m0)) / math.log(m1 * (r + m0) / (m0 * (r + m1)))


@lru_cache(maxsize=4096)
def chart(
    baseline: Baseline, *, ratio: float = RATIO, least_rise: float = LEAST_RISE, run_length: float = RUN_LENGTH
) -> Chart:
    """
    The chart for a baseline: tuned to a rise, with the average run length that was asked for.

    Parameters
    ----------
    ratio, least_rise
        The chart is tuned to the greater of `ratio` times the mean and the mean plus `least_rise` deaths a month.
    run_length
        Average months to a false alarm that the baseline must reach, above 1.
    """
    if not run_length > 1:
        raise InvalidValue("run_length", run_length, "more than 1 month")
    step = lattice(baseline)
    k = max(1, round(balance(baseline, max(ratio * baseline.mean, baseline.mean + least_rise)) / step))
    pmf = _lattice_law(baseline, step)
    high = 1
    while _run_length(pmf, k, high) < run_length and high < MOST_STATES:
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _run_length(pmf, k, middle) >= run_length else (middle, high)
    return Chart(k * step, high * step, step, _run_length(pmf, k, high))


def average_run_length(baseline: Baseline, reference: float, threshold: float, step: float = 1.0) -> float:
    """
    Average months from a fresh start to the first alarm when months follow `baseline`, by the Markov chain of Brook and Evans.

    Parameters
    ----------
    reference, threshold
        `k` and `h` in deaths, both multiples of `step`.
    step
        Step of the lattice, in deaths: 1 / d for a whole d, or a whole number.
    """
    k, states = round(reference / step), round(threshold / step)
    if states < 1 or abs(k * step - reference) > 1e-9 or abs(states * step - threshold) > 1e-9:
        raise InvalidValue("threshold", threshold, f"a reference and a threshold that are multiples of {step}")
    return _run_length(_lattice_law(baseline, step), k, states)


def lattice(baseline: Baseline) -> float:
    """Step of the lattice for a baseline: a power of 2 near an eighth of its deviation, never below a quarter of a death."""
    return max(FINEST, 2.0 ** math.floor(math.log2(baseline.deviation / STEPS_A_DEVIATION)))


def _on_lattice(count: float, step: float) -> float:
    return math.floor(count / step + 0.5) * step if step > 1 else count


def _lattice_law(baseline: Baseline, step: float) -> NDArray[np.float64]:
    """Probability of a month's count at each place of the lattice."""
    counts = baseline.support
    places = np.floor(counts / step + 0.5).astype(np.int64) if step > 1 else np.rint(counts / step).astype(np.int64)
    return np.asarray(np.bincount(places, weights=baseline.law.pmf(counts)), dtype=np.float64)


def _run_length(pmf: NDArray[np.float64], k: int, states: int) -> float:
    """Mean of the time to leave the states 0 … states - 1, from 0; all in steps of the lattice."""
    reach = states + k + 1
    p = np.zeros(reach + 1)
    p[: min(pmf.size, reach + 1)] = pmf[: reach + 1]
    here = np.arange(states)
    moved = here[None, :] - here[:, None] + k  # count that leads from the state of the row to that of the column
    stay = np.where(moved >= 0, p[np.clip(moved, 0, reach)], 0.0)
    below = np.cumsum(p)
    stay[:, 0] = np.where(k - here >= 0, below[np.clip(k - here, 0, reach)], 0.0)
    return float(np.linalg.solve(np.eye(states) - stay, np.ones(states))[0])
