"""
How good a forecast was: proper scores of whole distributions (smaller is better), coverage and calibration.

Forecasts are samples, shape (draws, cases); observations have shape (cases,). Method page: docs/methods/scores.md.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from exitplan.domain.errors import InvalidValue
from exitplan.engine.stability.panel import Floats

VIEWS_EDGES = (0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5)
"""Edges between the bins of the VIEWS competition's ignorance score: zero below the first, open above the last."""

_TOGETHER = 256
"""Cases read side by side."""
_COUNTED = 64
"""Whole numbers below this are counted, not sorted."""
_NONE, _ONE = np.uint64(0), np.uint64(1)


def crps(draws: Floats, observed: Floats) -> Floats:
    """
    Continuous ranked probability score of a sample, read as an empirical distribution.

        CRPS = mean |X - y| - mean |X - X'| / 2     over draws X, X' with repetition

    Zeros are counted, never sorted: only positive draws cost time.

    Parameters
    ----------
    draws
        Shape (draws, cases), zero or more.
    observed
        Shape (cases,), zero or more.

    Returns
    -------
    np.ndarray
        Shape (cases,), in deaths.

    References
    ----------
    .. [1] Gneiting, T., and Raftery, A. E. (2007). Strictly proper scoring rules, prediction, and estimation. Journal
           of the American Statistical Association 102, 359-378.
    """
    return _scored(draws, observed, False)


def log_crps(draws: Floats, observed: Floats) -> Floats:
    """
    CRPS of ln(1 + deaths): relative errors count alike in quiet and in violent places.

    References
    ----------
    .. [1] Bosse, N. I., et al. (2023). Scoring epidemiological forecasts on transformed scales. PLOS Comp. Biol. 19(8).
    """
    return _scored(draws, observed, True)


def _scored(draws: Floats, observed: Floats, logs: bool) -> Floats:
    draws, observed = _shaped(draws, observed)
    scores = np.empty(observed.size)
    if not (np.all((observed >= 0) & np.isfinite(observed)) and _crps(draws, observed, logs, scores)):
        raise InvalidValue("draws", "values", "finite and zero or more")
    return scores


@njit(cache=True, nogil=True, error_model="numpy")
def _crps(draws: Any, observed: Any, logs: Any, scores: Any) -> Any:
    """
    Fill the scores of all cases; False where a draw is below zero or no number.

    Cases are read side by side, as they lie in memory. Zeros are left out, small whole numbers counted, others sorted.
    """
    n, cases = draws.shape
    counts = np.empty((_TOGETHER, _COUNTED), np.int32)
    kept, found = np.empty((min(_TOGETHER, cases), n)), np.empty(_TOGETHER, np.uint64)
    where = np.empty(_TOGETHER, np.uint64)
    for first in range(0, cases, _TOGETHER):
        width = min(_TOGETHER, cases - first)
        found[:] = 0
        counts[:] = 0
        for k in range(n):
            # Each place is written, those that hold no zero are kept: no branch, so zeros cost next to nothing.
            some = _NONE
            for c in range(width):
                where[some] = c
                some += np.uint64(draws[k, first + c] != 0.0)
            for h in range(some):
                c = where[h]
                x = draws[k, first + c]
                whole = np.uint64(x) if 0.0 < x < _COUNTED else _NONE
                if x == whole:
                    counts[c, whole] += 1
                else:
                    kept[c, found[c]] = x
                    found[c] += _ONE
        for c in range(width):
            others = kept[c, : found[c]]
            if others.size > 0:
                others.sort()
                if not 0.0 < others[0] <= others[-1] < math.inf:
                    return False
            scores[first + c] = _crps_of_one(n, counts[c], others, observed[first + c], logs)
    return True


@njit(cache=True, nogil=True, error_model="numpy")
def _crps_of_one(n: Any, counts: Any, others: Any, observed: Any, logs: Any) -> Any:
    """
    CRPS of n draws: how many there are of each small whole number above zero, the others sorted, the rest zeros.

    mean |X - X'| = 2 / n^2 sum over sorted x of (2 rank + 1 - n) x. Zeros add nothing; m equal draws from a rank on add
    m (2 rank + m - n) x together.
    """
    y = math.log1p(observed) if logs else observed
    positive = counts.sum() + others.size
    rank, away, apart, upto = n - positive, (n - positive) * y, 0.0, 0
    for value in range(1, counts.size + 1):
        if rank == n:
            break
        while upto < others.size and (others[upto] < value or value == counts.size):
            x = math.log1p(others[upto]) if logs else others[upto]
            away += abs(x - y)
            apart += (2.0 * rank + 1.0 - n) * x
            upto, rank = upto + 1, rank + 1
        if value < counts.size and counts[value] > 0:
            x, m = math.log1p(np.float64(value)) if logs else np.float64(value), counts[value]
            away += m * abs(x - y)
            apart += m * (2.0 * rank + m - n) * x
            rank += m
    return away / n - apart / n**2


def bin_probability(
    draws: Floats, observed: Floats, edges: tuple[float, ...] = VIEWS_EDGES, pseudo_draws: float = 1.0
) -> Floats:
    """
    Probability that a sample gives to the bin that came true, with one pseudo-draw spread over all bins.

    The pseudo-draw keeps a bin that no draw fell in from being called impossible. VIEWS' own evaluation adds one to every
    bin: `pseudo_draws=len(edges) + 1`. Shape (cases,), above 0.
    """
    draws, observed = _checked(draws, observed)
    bins = len(edges) + 1
    true_bin = np.digitize(observed, edges)
    hits = (np.digitize(draws, edges) == true_bin).sum(axis=0)
    return np.asarray((hits + pseudo_draws / bins) / (draws.shape[0] + pseudo_draws))


def ignorance(
    draws: Floats, observed: Floats, edges: tuple[float, ...] = VIEWS_EDGES, pseudo_draws: float = 1.0
) -> Floats:
    """
    Bits of surprise at the bin that came true: -log2 p(bin), p as in `bin_probability`.

    References
    ----------
    .. [1] Roulston, M. S., and Smith, L. A. (2002). Evaluating probabilistic forecasts using information theory.
           Monthly Weather Review 130, 1653-1660.
    .. [2] Hegre, H., et al. (2025). The 2023/24 VIEWS prediction challenge. Journal of Peace Research.
    """
    return np.asarray(-np.log2(bin_probability(draws, observed, edges, pseudo_draws)))


def brier(probability: Floats, happened: NDArray[np.bool_]) -> Floats:
    """Squared distance of a probability from what happened (1 or 0), shape (cases,); InvalidValue for one outside [0, 1]."""
    p = np.asarray(probability, dtype=np.float64)
    if not np.all((p >= 0) & (p <= 1)):
        raise InvalidValue("probability", p.tolist(), "shares in [0, 1]")
    return np.asarray((p - happened) ** 2)


def log_loss(probability: Floats, happened: NDArray[np.bool_], floor: float = 1e-3) -> Floats:
    """Minus the natural logarithm of the probability of what happened, probabilities kept `floor` away from 0 and 1."""
    p = np.clip(probability, floor, 1 - floor)
    return np.asarray(-np.log(np.where(happened, p, 1 - p)))


def interval_score(draws: Floats, observed: Floats, level: float = 0.9) -> Floats:
    """
    Width of the central interval plus 2 / (1 - level) for every death that the observation lies outside it.

    References
    ----------
    .. [1] Gneiting and Raftery (2007), equation 43.
    """
    low, high = interval(draws, level)
    beyond = np.maximum(low - observed, 0.0) + np.maximum(observed - high, 0.0)
    return np.asarray(high - low + 2.0 / (1.0 - level) * beyond)


def interval(draws: Floats, level: float) -> tuple[Floats, Floats]:
    """
    Ends of the central interval, shape (cases,) each: sample quantiles with linear interpolation.

    Raises
    ------
    InvalidValue
        For a level outside (0, 1).
    """
    if not 0 < level < 1:
        raise InvalidValue("level", level, "a share in (0, 1)")
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return low, high


def pit(draws: Floats, observed: Floats) -> tuple[Floats, Floats]:
    """
    Where each observation lies in its forecast: the two ends of the probability integral transform, shape (cases,) each.

    They are F(y - 1) and F(y), with the observation counted as one draw more. Among the n draws it could have come at any
    place, so that the transform, spread evenly between the ends, is uniform on (0, 1) for calibrated forecasts, however few
    draws and however many equal values there are.

    References
    ----------
    .. [1] Czado, C., Gneiting, T., and Held, L. (2009). Predictive model assessment for count data. Biometrics 65,
           1254-1261: the transform without randomisation.
    .. [2] Hamill, T. M. (2001). Interpretation of rank histograms for verifying ensemble forecasts. Monthly Weather Review
           129, 550-560.
    """
    draws, observed = _checked(draws, observed)
    places = draws.shape[0] + 1
    return (draws < observed).sum(axis=0) / places, ((draws <= observed).sum(axis=0) + 1) / places


def pit_share(below: Floats, upto: Floats, low: float, high: float) -> Floats:
    """Share of each case's transform, spread evenly from `below` to `upto`, that falls between two values, shape (cases,)."""
    return np.asarray((np.clip(upto, low, high) - np.clip(below, low, high)) / (upto - below))


def covered(below: Floats, upto: Floats, level: float) -> Floats:
    """
    Share of each case's transform inside the central interval, shape (cases,); calibrated forecasts have the level as mean.

    Raises
    ------
    InvalidValue
        For a level outside (0, 1).
    """
    if not 0 < level < 1:
        raise InvalidValue("level", level, "a share in (0, 1)")
    return pit_share(below, upto, (1 - level) / 2, (1 + level) / 2)


def _shaped(draws: Floats, observed: Floats) -> tuple[Floats, Floats]:
    draws, observed = np.asarray(draws, dtype=np.float64), np.asarray(observed, dtype=np.float64)
    if draws.ndim != 2 or draws.shape[0] < 1 or observed.shape != draws.shape[1:]:
        raise InvalidValue("draws", draws.shape, f"shape (draws, {observed.size}) with one draw or more")
    return draws, observed


def _checked(draws: Floats, observed: Floats) -> tuple[Floats, Floats]:
    draws, observed = _shaped(draws, observed)
    if not (np.all((draws >= 0) & np.isfinite(draws)) and np.all((observed >= 0) & np.isfinite(observed))):
        raise InvalidValue("draws", "values", "finite and zero or more")
    return draws, observed
