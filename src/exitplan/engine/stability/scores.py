"""
How good a forecast was: proper scores of whole distributions (smaller is better), coverage and calibration.

Forecasts are samples, shape (draws, cases); observations have shape (cases,). Method page: docs/methods/scores.md.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from exitplan.domain.errors import InvalidValue
from exitplan.engine.stability.panel import Floats

VIEWS_EDGES = (0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5)
"""Edges between the bins of the VIEWS competition's ignorance score: zero below the first, open above the last."""


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
    draws, observed = _checked(draws, observed)
    n = draws.shape[0]
    scores = np.empty(observed.size)
    for case in range(observed.size):
        column = draws[:, case]
        y = observed[case]
        positive = np.sort(column[column > 0])
        zeros = n - positive.size
        rank = np.arange(zeros, n)
        away = (zeros * y + np.abs(positive - y).sum()) / n
        # mean |X - X'| = 2 / n^2 sum over sorted x of (2 rank + 1 - n) x; zeros add nothing.
        apart = 2.0 * np.sum((2.0 * rank + 1.0 - n) * positive) / n**2
        scores[case] = away - apart / 2.0
    return scores


def log_crps(draws: Floats, observed: Floats) -> Floats:
    """
    CRPS of ln(1 + deaths): relative errors count alike in quiet and in violent places.

    References
    ----------
    .. [1] Bosse, N. I., et al. (2023). Scoring epidemiological forecasts on transformed scales. PLOS Comp. Biol. 19(8).
    """
    return crps(np.log1p(draws), np.log1p(observed))


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
    """Squared distance of a probability from what happened (1 or 0), shape (cases,)."""
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


def covered(draws: Floats, observed: Floats, level: float = 0.8) -> NDArray[np.bool_]:
    """Whether the observation lies in the closed central interval; with many zeros this exceeds the level."""
    low, high = interval(draws, level)
    return np.asarray((observed >= low) & (observed <= high))


def interval(draws: Floats, level: float) -> tuple[Floats, Floats]:
    """Ends of the central interval, shape (cases,) each: sample quantiles with linear interpolation."""
    if not 0 < level < 1:
        raise InvalidValue("level", level, "a share in (0, 1)")
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return low, high


def pit(draws: Floats, observed: Floats, rng: np.random.Generator) -> Floats:
    """
    Randomised probability integral transform: uniform on (0, 1) when forecasts are calibrated.

    With counts, the transform is drawn uniformly between P(X < y) and P(X <= y).

    References
    ----------
    .. [1] Czado, C., Gneiting, T., and Held, L. (2009). Predictive model assessment for count data. Biometrics 65.
    """
    draws, observed = _checked(draws, observed)
    below, upto = (draws < observed).mean(axis=0), (draws <= observed).mean(axis=0)
    return np.asarray(below + rng.random(observed.size) * (upto - below))


def randomised_cover(draws: Floats, observed: Floats, rng: np.random.Generator, level: float = 0.8) -> float:
    """Share of cases whose randomised transform falls in the central interval: equals the level when calibrated."""
    u = pit(draws, observed, rng)
    return float(np.mean(np.abs(u - 0.5) <= level / 2))


def _checked(draws: Floats, observed: Floats) -> tuple[Floats, Floats]:
    draws, observed = np.asarray(draws, dtype=np.float64), np.asarray(observed, dtype=np.float64)
    if draws.ndim != 2 or draws.shape[0] < 1 or observed.shape != draws.shape[1:]:
        raise InvalidValue("draws", draws.shape, f"shape (draws, {observed.size}) with one draw or more")
    if not (np.all((draws >= 0) & np.isfinite(draws)) and np.all((observed >= 0) & np.isfinite(observed))):
        raise InvalidValue("draws", "values", "finite and zero or more")
    return draws, observed
