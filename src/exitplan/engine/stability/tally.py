"""
What is kept of simulated futures: whole-number counts that add up the same in any order, and what they say.

No future is stored. Deaths are counted in bins that are exact to 20 and 7 % wide above. First months of renewed violence
are counted per definition, place and month. Their spread is kept over blocks of 32 futures, which share one draw of the
parameters.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

from exitplan.domain.errors import InvalidValue
from exitplan.engine.stability.panel import Floats

Counts = NDArray[np.int64]

LANES = 32
"""Futures in one block; they share one draw of the parameters."""
TAIL = 0.1
REACH = 1.2815515655446004
"""Standard normal quantile at 1 - TAIL: an interval holds 80 %."""
EXACT = 20
WIDTH = 1.07
MOST = 100_000_000
"""Deaths from which the last, open bin begins."""


def _edges() -> Counts:
    """Lower edges of the bins: 0, 1, ..., 20, then whole numbers about 7 % apart."""
    edges = list(range(EXACT + 1))
    while edges[-1] < MOST:
        edges.append(max(edges[-1] + 1, int(edges[-1] * WIDTH)))
    return np.array(edges, dtype=np.int64)


EDGES = _edges()
"""Lower edge of each bin of deaths; the last bin is open."""


@dataclass(frozen=True, kw_only=True)
class Tally:
    """
    Counts over futures. Places are the areas in order, then the whole mission area.

    Parameters
    ----------
    blocks
        Blocks of 32 futures counted, two or more.
    regimes
        Futures by the country's regime (settled, tense, crisis), shape (horizon, 3); zeros where nothing has a regime.
    leaving
        Futures by the month in which a policy left each area, shape (areas, horizon + 1), the last column "not within the
        horizon"; zeros without a policy.
    months
        Futures by bin of deaths, shape (places, horizon, bins).
    totals
        Futures by bin of deaths over the whole horizon, shape (places, bins).
    deaths
        Deaths summed over all futures, shape (places, horizon + 1); the last column is the whole horizon.
    square
        Sum over blocks of the squared deaths of a block, as low and high 32-bit halves, shape (2, places, horizon + 1).
    first
        Futures by the month in which a definition was first met, one array per definition: shape (units, horizon + 1),
        a unit being the country or an area, the last column "not within the horizon".
    spread
        Blocks by how many of their 32 futures met it by each mark, one array per definition: shape (units, marks, 33).
    marks
        Months after the origin at which probabilities are asked for, growing, each within the horizon.
    """

    blocks: int
    regimes: Counts
    leaving: Counts
    months: Counts
    totals: Counts
    deaths: Counts
    square: Counts
    first: tuple[Counts, ...]
    spread: tuple[Counts, ...]
    marks: tuple[int, ...]

    @property
    def futures(self) -> int:
        """Futures counted."""
        return self.blocks * LANES

    def __add__(self, other: Tally) -> Tally:
        """Counts of both; exact, so the order does not matter."""
        if self.months.shape != other.months.shape or self.marks != other.marks:
            raise InvalidValue("Tally", other.months.shape, f"the places, months and marks of {self.months.shape}")
        return Tally(
            blocks=self.blocks + other.blocks,
            regimes=self.regimes + other.regimes,
            leaving=self.leaving + other.leaving,
            months=self.months + other.months,
            totals=self.totals + other.totals,
            deaths=self.deaths + other.deaths,
            square=self.square + other.square,
            first=tuple(a + b for a, b in zip(self.first, other.first, strict=True)),
            spread=tuple(a + b for a, b in zip(self.spread, other.spread, strict=True)),
            marks=self.marks,
        )

    def regime_shares(self) -> Floats:
        """Probability of each regime of the country, shape (horizon, 3)."""
        return np.asarray(self.regimes / self.futures)

    def shares(self) -> Floats:
        """Probability of each bin of deaths, shape (places, horizon, bins)."""
        return np.asarray(self.months / self.futures)

    def means(self) -> Floats:
        """Mean deaths, shape (places, horizon + 1); the last column is the whole horizon."""
        return np.asarray(self.deaths / self.futures)

    def errors(self) -> Floats:
        """Monte Carlo standard errors of the means, same shape; blocks are the sample."""
        squares = (self.square[0].astype(float) + self.square[1].astype(float) * 2.0**32) / LANES**2
        mean = self.deaths / self.futures
        variance = np.maximum(squares - self.blocks * mean**2, 0.0) / (self.blocks - 1)
        return np.asarray(np.sqrt(variance / self.blocks))

    def by_month(self, definition: int) -> Floats:
        """Probability that a definition (by position) was met within 1, 2, ... months, shape (units, horizon)."""
        return np.asarray(np.cumsum(self.first[definition][:, :-1], axis=1) / self.futures)

    def worst_error(self) -> float:
        """Largest Monte Carlo standard error of a probability, over definitions, units and marks; infinite without any."""
        shares = np.arange(LANES + 1) / LANES
        worst = [float("inf")] if not self.marks or not self.spread else []
        for spread in self.spread:
            if self.marks:
                mean = (spread @ shares) / self.blocks
                squares = (spread @ shares**2) / self.blocks - mean**2
                worst.append(float(np.sqrt(np.max(np.maximum(squares, 0.0)) / max(1, self.blocks - 1))))
        return max(worst)

    def chance(self, definition: int, unit: int, mark: int) -> Chance:
        """The probability that a definition is met by a mark (by position), with its errors."""
        return chance_of(self.spread[definition][unit, mark])


@dataclass(frozen=True)
class Chance:
    """A probability with its Monte Carlo standard error and an 80 % interval that includes parameter doubt."""

    p: float
    error: float
    low: float
    high: float


def chance_of(spread: Counts) -> Chance:
    """
    Probability, Monte Carlo error and interval from blocks that share a parameter draw.

    The spread of block shares beyond what 32 coin tosses give is the doubt about the parameters: a beta-binomial is
    matched to mean and variance. The 10 % and 90 % quantiles of its beta are the interval, never narrower than the Monte
    Carlo error makes it.

    Parameters
    ----------
    spread
        Blocks by how many of their 32 futures met the definition, shape (33,); two blocks or more in all.

    References
    ----------
    .. [1] Skellam, J. G. (1948). A probability distribution derived from the binomial distribution by regarding the
           probability of success as variable between the sets of trials. JRSS B 10(2), 257-261.
    """
    blocks = int(spread.sum())
    shares = np.arange(LANES + 1) / LANES
    p = float(np.sum(spread * shares) / blocks)
    variance = float(np.sum(spread * (shares - p) ** 2) / (blocks - 1))
    error = float(np.sqrt(variance / blocks))
    low, high = p - REACH * error, p + REACH * error
    if 0.0 < p < 1.0:
        alike = (LANES * variance / (p * (1 - p)) - 1.0) / (LANES - 1)
        if 0.0 < alike < 1.0:
            a, b = p * (1 / alike - 1), (1 - p) * (1 / alike - 1)
            low = min(low, float(betaincinv(a, b, TAIL)))
            high = max(high, float(betaincinv(a, b, 1 - TAIL)))
    return Chance(p, error, max(0.0, low), min(1.0, high))


def quantiles(shares: Floats, levels: tuple[float, ...]) -> Floats:
    """
    Quantiles of deaths from bin probabilities.

    Parameters
    ----------
    shares
        Probability of each bin, shape (..., bins).
    levels
        Wanted levels, each in (0, 1).

    Returns
    -------
    np.ndarray
        Smallest number of deaths reached with at least that probability, shape (..., levels): exact up to 20, within
        7 % above (interpolated inside the bin).
    """
    below = np.cumsum(shares, axis=-1)
    flat, mass = below.reshape(-1, below.shape[-1]), shares.reshape(-1, below.shape[-1])
    upper = np.append(EDGES[1:] - 1, EDGES[-1])
    out = np.empty((flat.shape[0], len(levels)))
    rows = np.arange(flat.shape[0])
    for k, level in enumerate(levels):
        at = np.minimum((flat < level - 1e-12).sum(axis=1), flat.shape[1] - 1)
        missing = level - (flat[rows, at] - mass[rows, at])
        part = np.clip(missing / np.where(mass[rows, at] > 0, mass[rows, at], 1.0), 0.0, 1.0)
        out[:, k] = np.rint(EDGES[at] + part * (upper[at] - EDGES[at]))
    return out.reshape(*below.shape[:-1], len(levels))


def at_least_one(shares: Floats) -> Floats:
    """Probability of any death, shape (...,)."""
    return np.asarray(1.0 - shares[..., 0])
