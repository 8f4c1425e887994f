"""
Monthly counts of deaths before the watch begins, as a distribution: what a month looks like when nothing has changed.

Deaths come in clusters, so a Poisson law would take every massacre for a change. The baseline is a negative-binomial law
with mean `mean` and size `size` (variance = mean + mean^2 / size), fitted by moments; size infinity is the Poisson law.
Method page: docs/methods/watch.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from exitplan.domain.errors import InvalidValue

LEAST_MEAN = 0.25
"""Deaths a month that a baseline is never taken to be below: three years without a death do not prove that none will come."""
LEAST_SIZE, MOST_SIZE = 0.2, 1.0
"""Bounds of the fitted size: deaths from organised violence are taken to cluster at least as much as the geometric law."""
TAIL = 1e-10
"""Probability beyond which a law is cut off."""


@dataclass(frozen=True)
class Baseline:
    """
    The law of a month's count before the watch.

    Parameters
    ----------
    mean
        Deaths (or events) a month, above 0.
    size
        Size of the negative-binomial law, above 0; infinity for the Poisson law.
    """

    mean: float
    size: float

    def __post_init__(self) -> None:
        if not 0 < self.mean < float("inf"):
            raise InvalidValue("Baseline.mean", self.mean, "a finite count above 0")
        if not self.size > 0:
            raise InvalidValue("Baseline.size", self.size, "above 0")

    @property
    def deviation(self) -> float:
        """Standard deviation of a month's count."""
        return float(np.sqrt(self.mean + self.mean**2 / self.size))

    @property
    def law(self) -> Any:
        """The law as a scipy distribution."""
        if np.isinf(self.size):
            return stats.poisson(self.mean)
        return stats.nbinom(self.size, self.size / (self.size + self.mean))

    @property
    def support(self) -> NDArray[np.int64]:
        """Counts from 0 to where less than `TAIL` of the law is left."""
        return np.arange(int(self.law.isf(TAIL)) + 2)


def fitted(
    counts: Sequence[float],
    *,
    least_mean: float = LEAST_MEAN,
    least_size: float = LEAST_SIZE,
    most_size: float = MOST_SIZE,
) -> Baseline:
    """
    The baseline of a window of months, by moments, kept inside bounds.

    Parameters
    ----------
    counts
        One whole count, 0 or more, for each month of the window; at least one month.
    least_mean, least_size, most_size
        Bounds that a short window must not leave.

    Raises
    ------
    InvalidValue
        For an empty window or a count that is none.
    """
    seen = np.asarray(counts, dtype=np.float64)
    if seen.ndim != 1 or not seen.size:
        raise InvalidValue("counts", seen.shape, "one month or more")
    if not (np.all(np.isfinite(seen)) and np.all(seen >= 0)):
        raise InvalidValue("counts", seen.tolist(), "finite counts of 0 or more")
    average = float(seen.mean())
    spread = float(seen.var(ddof=1)) if seen.size > 1 else average
    mean = max(least_mean, average)
    size = average**2 / (spread - average) if spread > average else most_size
    return Baseline(mean, float(np.clip(size, least_size, most_size)))


def constant(value: float, *, size: float = MOST_SIZE) -> Baseline:
    """A baseline that somebody set by hand: a mean a month, with the law that clusters least among those the fit allows."""
    return Baseline(max(LEAST_MEAN, value), size)
