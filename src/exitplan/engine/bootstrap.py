"""
Intervals from drawing groups anew: the cases of one country or mission depend on one another, those of two do not.

References
----------
.. [1] Efron, B., and Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman and Hall, chapter 13: percentile
       intervals.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from exitplan.domain.results.base import Band

LEVEL = 0.9
REPLICATES = 2000


def drawn_anew(groups: int, rng: np.random.Generator, replicates: int = REPLICATES) -> NDArray[np.int64]:
    """
    Which groups each replicate holds, shape (replicates, groups), with repetition.

    With a single group there is nothing to draw from, and there are no replicates.
    """
    return rng.integers(0, groups, (replicates if groups > 1 else 0, groups))


def band(value: float, replicates: ArrayLike) -> Band:
    """A value and the central 90 % of what it was in the replicates; of level 0, which is no interval, without any."""
    drawn = np.asarray(replicates, dtype=np.float64)
    if not drawn.size:
        return Band(value=value, low=value, high=value, level=0.0)
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Band(value=value, low=min(float(low), value), high=max(float(high), value), level=LEVEL)
