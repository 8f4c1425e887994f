"""
What the model learns from: every site of the data at every January, closed or not, and what happened in the window after.

Closures are few and their outcomes are what the model is tested on, so they do not teach it. A site in a January when it
was open, not yet there or long closed is as good a lesson in how violence near a place goes on from its own past.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from exitplan.domain.months import month_index
from exitplan.engine.binary.logistic import Fitted, Floats, fit
from exitplan.engine.sites.around import Around, Months, distance, happened
from exitplan.engine.sites.history import history
from exitplan.engine.sites.model import Outcome

BEFORE = 24
"""Months of events that a lesson must have behind it."""
APART = 100.0
"""Kilometres around the sites of a mission that are left out with its countries: two circles of 50 km share no event."""

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Places:
    """Sites in degrees, and the country of each as a number."""

    latitude: Floats
    longitude: Floats
    country: Months


@dataclass(frozen=True)
class Lessons:
    """Rows to learn from, shape (rows,): which place in which month."""

    place: Months
    at: Months


def lessons(places: int, near: Around, months: int) -> Lessons:
    """Every place at every January that has `BEFORE` months of events behind it and `months` before it."""
    first, last = near.first + BEFORE, near.first + near.months - months
    januaries = np.array([m for m in range(first, last + 1) if m % 12 == month_index("2000-01") % 12], dtype=np.int64)
    return Lessons(np.repeat(np.arange(places), len(januaries)), np.tile(januaries, places))


def elsewhere(places: Places, sites: Months) -> Flags:
    """Which places lie neither in a country of these sites nor within `APART` of one, shape (places,)."""
    away = ~np.isin(places.country, np.unique(places.country[sites]))
    for site in np.unique(sites):
        km = distance(places.latitude[site], places.longitude[site], places.latitude, places.longitude)
        away &= km > APART
    return np.asarray(away)


@dataclass(frozen=True)
class Taught:
    """Values and outcome of every lesson."""

    place: Months
    country: Months
    values: Floats
    happened: Flags

    def fitted(self, away: Flags, *, ridge: float, balance: float) -> Fitted:
        """Coefficients from the lessons of some places, `away` of shape (places,)."""
        rows = away[self.place]
        return fit(self.values[rows], self.happened[rows], self.country[rows], ridge=ridge, balance=balance)


def taught(places: Places, near: Around, outcome: Outcome, names: tuple[str, ...]) -> Taught:
    """All lessons for one outcome and one choice of variables."""
    some = lessons(len(places.latitude), near, outcome.months)
    return Taught(
        some.place,
        places.country[some.place],
        history(near, some.place, some.at, names),
        happened(near, outcome.ring, some.at, some.place, outcome.months),
    )
