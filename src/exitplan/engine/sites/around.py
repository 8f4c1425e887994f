"""How many events of violence each month brought near a place, within several distances."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from exitplan.engine.binary.logistic import Floats

RADII = (25.0, 50.0, 100.0, 200.0, 400.0)
"""Kilometres within which events are counted."""
EARTH = 6371.0
"""Mean radius of the earth in kilometres; on the sphere, distances are right to about half a percent."""
DEGREE = EARTH * np.pi / 180

Months = NDArray[np.int64]


@dataclass(frozen=True)
class Points:
    """Events as points: degrees and month indices, shape (events,) each, in any order."""

    latitude: Floats
    longitude: Floats
    month: Months


@dataclass(frozen=True)
class Around:
    """Events near places."""

    first: int
    """Month index of the first column."""
    counts: Floats
    """Shape (places, radii, months): events within each of `RADII`, each circle holding the smaller ones."""

    @property
    def months(self) -> int:
        """Months that are counted."""
        return int(self.counts.shape[2])

    def covers(self, at: Months, *, before: int = 0, after: int = 0) -> NDArray[np.bool_]:
        """Whether the `before` months before each of some months, and the `after` months from it on, are counted."""
        return np.asarray((at - before >= self.first) & (at + after <= self.first + self.months))


def distance(latitude: float, longitude: float, latitudes: Floats, longitudes: Floats) -> Floats:
    """Great-circle kilometres from one place to others (haversine), degrees given."""
    to = np.pi / 180
    half = np.sin((latitudes - latitude) * to / 2) ** 2
    half = half + np.cos(latitude * to) * np.cos(latitudes * to) * np.sin((longitudes - longitude) * to / 2) ** 2
    return np.asarray(2 * EARTH * np.arcsin(np.sqrt(np.minimum(half, 1.0))))


def around(latitude: Floats, longitude: Floats, events: Points) -> Around:
    """
    Count events by place, distance and month.

    Parameters
    ----------
    latitude, longitude
        Places in degrees, shape (places,).

    Returns
    -------
    Around
        From the month of the first event to that of the last; no column where there are no events.
    """
    if not events.month.size:
        return Around(0, np.zeros((len(latitude), len(RADII), 0)))
    first, last = int(events.month.min()), int(events.month.max())
    rings = np.zeros((len(latitude), len(RADII), last - first + 1))
    order = np.argsort(events.latitude, kind="stable")
    latitudes, longitudes, months = events.latitude[order], events.longitude[order], events.month[order] - first
    reach = RADII[-1] / DEGREE * 1.001
    for place in range(len(latitude)):
        some = slice(*np.searchsorted(latitudes, (latitude[place] - reach, latitude[place] + reach)))
        ring = np.searchsorted(RADII, distance(latitude[place], longitude[place], latitudes[some], longitudes[some]))
        near = ring < len(RADII)
        np.add.at(rings[place], (ring[near], months[some][near]), 1.0)
    return Around(first, rings.cumsum(axis=1))


def happened(near: Around, radius: int, at: Months, place: Months, months: int) -> NDArray[np.bool_]:
    """
    Whether an event fell within one of `RADII` in the `months` from month `at` on, that month included.

    Parameters
    ----------
    radius
        Place in `RADII`.
    at, place
        Month indices and places, shape (cases,). Months before the first or after the last column count as without events.
    """
    total = np.concatenate([np.zeros((near.counts.shape[0], 1)), near.counts[:, radius].cumsum(axis=1)], axis=1)
    begin, end = (np.clip(at - near.first + more, 0, near.months) for more in (0, months))
    return np.asarray(total[place, end] > total[place, begin])
