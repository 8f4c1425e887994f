"""
An alarm by expected score: months that the baseline did not expect, more than it expects of itself.

    s(y) = -ln p(y)                     log score of a month under the baseline (strictly proper)
    H    = sum_y p(y) s(y)              what the baseline expects of its own score
    e_t  = s(y_t) - H  if y_t > m0,  else 0
    E_t  = mean of e over the last `window` months;   alarm when E_t > c

`c` is the quantile of E that the baseline itself passes in one of `run_length` months: closed form for a window of one month,
seeded Monte Carlo for longer ones. Only rises count: a month below the baseline's mean is no warning. Method page:
docs/methods/watch.md.

References
----------
.. [1] Good, I. J. (1952). Rational decisions. Journal of the Royal Statistical Society B 14, 107-114.
.. [2] Gneiting, T., and Raftery, A. E. (2007). Strictly proper scoring rules, prediction, and estimation. Journal of the
       American Statistical Association 102, 359-378.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from exitplan.domain.errors import InvalidValue
from exitplan.engine.streams import stream
from exitplan.engine.watch.counts import Baseline
from exitplan.engine.watch.cusum import RUN_LENGTH, SLACK

WINDOW = 3
"""Months whose surprise is averaged."""
DRAWS = 100_000
"""Months drawn to set the threshold."""


@dataclass(frozen=True)
class Surprise:
    """
    A chart of surprise that is ready to be kept.

    Parameters
    ----------
    expected
        `H`, in nats.
    threshold
        `c`, in nats above what was expected.
    """

    baseline: Baseline
    window: int
    expected: float
    threshold: float

    def excess(self, counts: Sequence[float]) -> tuple[float, ...]:
        """Mean surprise over the last `window` months, in nats; months before the first count as none."""
        surprise = np.concatenate([np.zeros(self.window - 1), _excess(self.baseline, self.expected, counts)])
        return tuple(float(x) for x in _moving(surprise, self.window))

    def over(self, excess: float) -> bool:
        """Whether a mean surprise raises the alarm."""
        return excess > self.threshold + SLACK

    def first_alarm(self, counts: Sequence[float]) -> int | None:
        """Place of the first month whose mean surprise is above the threshold; None when none is."""
        return next((at for at, e in enumerate(self.excess(counts)) if self.over(e)), None)


def entropy(baseline: Baseline) -> float:
    """What the baseline expects of its own log score, in nats."""
    p = baseline.law.pmf(baseline.support)
    p = p[p > 0]
    return float(-np.sum(p * np.log(p)))


@lru_cache(maxsize=4096)
def surprise(
    baseline: Baseline, *, window: int = WINDOW, run_length: float = RUN_LENGTH, draws: int = DRAWS, seed: int = 1
) -> Surprise:
    """
    The chart for a baseline.

    Parameters
    ----------
    window
        Months averaged, 1 or more.
    run_length
        One month in so many passes the threshold while nothing has changed, above 1.
    draws, seed
        Months drawn for the threshold, and the seed; a window of one month needs neither.
    """
    if window < 1 or not run_length > 1:
        raise InvalidValue("window", window, "one month or more, and a run length above 1 month")
    expected = entropy(baseline)
    if window == 1:
        threshold = _closed_form(baseline, expected, run_length)
    else:
        drawn = baseline.law.rvs(size=draws, random_state=stream(seed, "watch", "expected-score"))
        means = np.sort(_moving(_excess(baseline, expected, drawn), window))
        threshold = float(means[int(np.ceil(means.size * (1 - 1 / run_length))) - 1])
    return Surprise(baseline, window, expected, threshold)


def _closed_form(baseline: Baseline, expected: float, run_length: float) -> float:
    """Smallest surprise that no more than one of `run_length` months is above."""
    counts = baseline.support
    surprises, p = _excess(baseline, expected, counts), baseline.law.pmf(counts)
    order = np.argsort(surprises, kind="stable")
    above = 1.0 - np.cumsum(p[order])
    ends = np.append(np.diff(surprises[order]) > 0, True)  # a value is passed only after all that equal it
    fits = np.flatnonzero(ends & (above <= 1 / run_length))
    return float(surprises[order][fits[0]])


def _excess(baseline: Baseline, expected: float, counts: Sequence[float] | NDArray[np.int64]) -> NDArray[np.float64]:
    seen = np.asarray(counts, dtype=np.float64)
    score = -np.asarray(baseline.law.logpmf(np.rint(seen)))
    return np.where(seen > baseline.mean, np.maximum(0.0, score - expected), 0.0)


def _moving(values: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    held = values.size - window + 1
    return np.asarray(sum(values[at : at + held] for at in range(window)) / window)
