"""The history a stability model is fitted on: deaths by area and month, with who neighbours whom."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from exitplan.domain.errors import InvalidValue

Floats = NDArray[np.float64]

NEIGHBOURS = 4
"""Areas that count as near when only their positions are known."""


@dataclass(frozen=True, kw_only=True)
class Panel:
    """
    Deaths by area and month up to an origin, complete: a month without a row in the source is a zero here.

    Parameters
    ----------
    areas
        Codes of the areas, each once; at least one.
    start
        Month index (year * 12 + month - 1) of the first column.
    deaths
        Deaths per area and month, shape (areas, months), zero or more, at least 12 months.
    neighbours
        Row-normalised weights, shape (areas, areas), zero diagonal; a row of zeros is an area without neighbours.
        Without it no area is coupled to another through space.
    types
        UCDP types of violence that the counts hold: 1 state-based, 2 non-state, 3 one-sided.
    low, high
        Lowest and highest estimate of the deaths, same shape, with the deaths between them; the deaths themselves when left
        out.

    Raises
    ------
    InvalidValue
        When a shape does not fit, a count is negative or not a number, a code is doubled or a weight row sums to
        neither 0 nor 1.
    """

    areas: tuple[str, ...]
    start: int
    deaths: Floats
    neighbours: Floats = field(default_factory=lambda: np.zeros((0, 0)))
    types: tuple[int, ...] = (1, 2, 3)
    low: Floats = field(default_factory=lambda: np.zeros((0, 0)))
    high: Floats = field(default_factory=lambda: np.zeros((0, 0)))

    def __post_init__(self) -> None:
        n = len(self.areas)
        if n == 0 or len(set(self.areas)) != n:
            raise InvalidValue("Panel.areas", self.areas, "one area or more, each code once")
        deaths = np.array(self.deaths, dtype=np.float64)
        if deaths.ndim != 2 or deaths.shape[0] != n or deaths.shape[1] < 12:
            raise InvalidValue("Panel.deaths", deaths.shape, f"shape ({n}, months) with 12 months or more")
        if not np.all((deaths >= 0) & np.isfinite(deaths)):
            raise InvalidValue("Panel.deaths", float(np.min(deaths)), "counts of zero or more")
        weights = np.array(self.neighbours, dtype=np.float64) if self.neighbours.size else np.zeros((n, n))
        if weights.shape != (n, n):
            raise InvalidValue("Panel.neighbours", weights.shape, f"shape ({n}, {n})")
        sums = weights.sum(axis=1)
        if not np.all((weights >= 0) & np.isfinite(weights)) or np.any(np.diag(weights) != 0):
            raise InvalidValue("Panel.neighbours", "weights", "zero or more, with a zero diagonal")
        if not np.all((np.abs(sums - 1) < 1e-9) | (sums == 0)):
            raise InvalidValue("Panel.neighbours", sums.tolist(), "rows that sum to 1, or to 0 without neighbours")
        if not self.types or not set(self.types) <= {1, 2, 3}:
            raise InvalidValue("Panel.types", self.types, "some of 1, 2, 3")
        low, high = (np.array(x, dtype=np.float64) if np.size(x) else deaths for x in (self.low, self.high))
        if low.shape != deaths.shape or high.shape != deaths.shape or not np.all((low <= deaths) & (deaths <= high)):
            raise InvalidValue(
                "Panel.low, Panel.high", (low.shape, high.shape), "estimates around the deaths, same shape"
            )
        if not np.all((low >= 0) & np.isfinite(high)):
            raise InvalidValue("Panel.low, Panel.high", float(np.min(low)), "counts of zero or more")
        for name, values in (("low", low), ("high", high)):
            values.setflags(write=False)
            object.__setattr__(self, name, values)
        deaths.setflags(write=False)
        weights.setflags(write=False)
        object.__setattr__(self, "deaths", deaths)
        object.__setattr__(self, "neighbours", weights)

    @property
    def ranged(self) -> bool:
        """Whether any count has a range."""
        return bool(np.any(self.high > self.low))

    @property
    def months(self) -> int:
        """Number of months observed."""
        return int(self.deaths.shape[1])

    @property
    def origin(self) -> int:
        """Month index of the last observed month."""
        return self.start + self.months - 1

    def until(self, origin: int) -> Panel:
        """
        The same panel as it stood at an earlier origin: later months are left out.

        Raises
        ------
        InvalidValue
            When fewer than 12 months would remain or the origin lies beyond the data.
        """
        kept = origin - self.start + 1
        if not 12 <= kept <= self.months:
            raise InvalidValue("origin", origin, f"a month index in [{self.start + 11}, {self.origin}]")
        return Panel(
            areas=self.areas,
            start=self.start,
            deaths=self.deaths[:, :kept],
            low=self.low[:, :kept],
            high=self.high[:, :kept],
            neighbours=self.neighbours,
            types=self.types,
        )


def nearest(latitude: Floats, longitude: Floats, count: int = NEIGHBOURS) -> Floats:
    """
    Equal weights on the nearest areas by great circle, for use when travel times are not known.

    Parameters
    ----------
    latitude, longitude
        Positions in degrees, shape (areas,).
    count
        How many neighbours each area gets, or all others where there are fewer.

    Returns
    -------
    np.ndarray
        Row-normalised weights, shape (areas, areas), zero diagonal. Ties go to the area listed first.
    """
    n = latitude.shape[0]
    weights = np.zeros((n, n))
    taken = min(count, n - 1)
    if taken < 1:
        return weights
    lat, lon = np.radians(latitude), np.radians(longitude)
    half_chord = (
        np.sin((lat[:, None] - lat[None, :]) / 2) ** 2
        + np.cos(lat[:, None]) * np.cos(lat[None, :]) * np.sin((lon[:, None] - lon[None, :]) / 2) ** 2
    )
    np.fill_diagonal(half_chord, np.inf)
    near = np.argsort(half_chord, axis=1, kind="stable")[:, :taken]
    np.put_along_axis(weights, near, 1.0 / taken, axis=1)
    return weights
