"""
Weights of a linear pool, learned from how its parts forecast what has happened since.

The pool of samples has a closed CRPS and a closed probability of each bin, so weights are found without drawing again:

    CRPS(w) = w'a - w'B w / 2        a[k] = mean |X_k - y|,   B[k,l] = mean |X_k - X_l|
    ignorance(w) = mean -log2 w'p    p[k] = part k's probability of the bin that came true

They are chosen to make the mean logarithm of three scores small (CRPS, CRPS of ln(1 + y), ignorance), each mission with
one voice, however violent it is.

References
----------
.. [1] Hall, S. G., and Mitchell, J. (2007). Combining density forecasts. International Journal of Forecasting 23, 1-13.
.. [2] Yao, Y., Vehtari, A., Simpson, D., and Gelman, A. (2018). Using stacking to average Bayesian predictive
       distributions. Bayesian Analysis 13(3), 917-1007.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from scipy.optimize import minimize

from exitplan.domain.errors import InvalidValue
from exitplan.engine.stability.panel import Floats
from exitplan.engine.stability.scores import bin_probability

TELLING = 0.05
"""Mean bits of surprise of the even pool below which a mission's quiet record has no voice."""
SCALES = 2
"""Deaths themselves, and ln(1 + deaths)."""


@dataclass(frozen=True)
class Parts:
    """
    How the parts of a pool did together on one mission.

    Parameters
    ----------
    away
        a of each scale, shape (2, parts).
    apart
        B of each scale, shape (2, parts, parts).
    bins
        Probability that each part gave to the bin that came true, shape (parts, cases).
    """

    away: Floats
    apart: Floats
    bins: Floats

    @classmethod
    def together(cls, records: Sequence[Parts]) -> Parts:
        """The record of several origins with equally many cases."""
        return cls(
            np.mean([r.away for r in records], axis=0),
            np.mean([r.apart for r in records], axis=0),
            np.concatenate([r.bins for r in records], axis=1),
        )

    @property
    def telling(self) -> bool:
        """Whether enough happened for ratios of scores to mean something: the even pool is surprised now and then."""
        return bool(-np.log2(self.bins.mean(axis=0)).mean() >= TELLING)


def judged(parts: Sequence[Floats], observed: Floats) -> Parts:
    """
    Compare the parts of a pool with what happened and with one another.

    Parameters
    ----------
    parts
        Samples of each part, shape (draws, cases) each.
    observed
        Deaths, shape (cases,).
    """
    y = np.asarray(observed, dtype=np.float64)
    samples = [np.sort(np.asarray(p, dtype=np.float64), axis=0).T.copy() for p in parts]
    count = len(samples)
    away, apart = np.zeros((SCALES, count)), np.zeros((SCALES, count, count))
    for scale, seen in enumerate((y, np.log1p(y))):
        scaled = [np.log1p(s) for s in samples] if scale else samples
        for k in range(count):
            away[scale, k] = np.abs(scaled[k] - seen[:, None]).mean()
            for m in range(k, count):
                apart[scale, k, m] = apart[scale, m, k] = _mean_distance(scaled[k], scaled[m])
    return Parts(away, apart, np.stack([bin_probability(p, y) for p in parts]))


def weights(missions: Sequence[Parts]) -> Floats:
    """
    The weights that served best over past forecasts.

    Returns
    -------
    np.ndarray
        One per part, zero or more, summing to 1.

    Raises
    ------
    InvalidValue
        When there is no mission.
    """
    if not missions:
        raise InvalidValue("missions", 0, "one mission or more")
    count = missions[0].away.shape[1]

    def loss(free: Floats) -> float:
        w = np.exp(free - free.max())
        w /= w.sum()
        total = 0.0
        for m in missions:
            for scale in range(SCALES):
                total += np.log(w @ m.away[scale] - w @ m.apart[scale] @ w / 2)
            total += np.log(-np.log2(w @ m.bins).mean())
        return float(total / len(missions))

    found = minimize(
        loss, np.zeros(count), method="Nelder-Mead", options={"xatol": 1e-3, "fatol": 1e-6, "maxiter": 2000}
    )
    w = np.exp(found.x - found.x.max())
    return np.asarray(w / w.sum())


@njit(cache=True, error_model="numpy")
def _mean_distance(a: Any, b: Any) -> Any:
    """Mean |x - x'| over cases of sorted samples, shape (cases, draws) each."""
    total = 0.0
    for case in range(a.shape[0]):
        x, y = a[case], b[case]
        n, m = x.size, y.size
        i = j = 0
        last = min(x[0], y[0])
        area = 0.0
        while i < n or j < m:
            now = x[i] if j >= m or (i < n and x[i] <= y[j]) else y[j]
            f, g = i / n, j / m
            area += (now - last) * (f * (1.0 - g) + g * (1.0 - f))
            last = now
            while i < n and x[i] <= now:
                i += 1
            while j < m and y[j] <= now:
                j += 1
        total += area
    return total / a.shape[0]
