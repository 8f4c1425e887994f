"""In which area a point lies: distinct coordinates only, against prepared polygons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
import shapely
from shapely.geometry.base import BaseGeometry

from exitplan.importers.hosts import Host

COARSE = 4
"""UCDP location precision from which on an event is known only to a region or a country: 4 first-level unit, 5 line or
fuzzy region, 6 country, 7 international waters or airspace. 1 to 3 are place, 25 km, and second-level unit."""
TOLERANCE = 0.1
"""Degrees (about 11 km) by which a point of the host country may miss every area and still count to the nearest."""
SWAPPED = 1.0
"""Degrees a point must lie off every area before swapped coordinates are thought of."""

Floats = np.ndarray[tuple[int], np.dtype[np.float64]]
Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]
NOWHERE = -1
FATES = ("kept", "swapped", "unplaced", "other_country")


@dataclass(frozen=True, eq=False)
class Areas:
    """The areas of a mission as polygons, in order of their codes."""

    codes: tuple[str, ...]
    shapes: np.ndarray[tuple[int], np.dtype[np.object_]]

    @classmethod
    def of(cls, shapes: Mapping[str, BaseGeometry]) -> Areas:
        """
        Prepare polygons for many questions.

        Parameters
        ----------
        shapes
            Code of an area to its valid polygon or multipolygon; longitude and latitude in degrees.
        """
        codes = tuple(sorted(shapes))
        polygons = np.array([shapes[code] for code in codes], dtype=object)
        shapely.prepare(polygons)
        return cls(codes, polygons)

    def at(self, longitude: Floats, latitude: Floats) -> Numbers:
        """Position in `codes` of the area that holds each point, borders included; the first in order where areas overlap."""
        found = np.full(len(longitude), NOWHERE, dtype=np.int64)
        if not len(self.codes):
            return found
        # Sorted by longitude, the candidates of an area are one run; this takes a third of the time of a tree of points.
        order = np.argsort(longitude, kind="stable")
        x, y = longitude[order], latitude[order]
        west, south, east, north = shapely.bounds(self.shapes).T
        first, last = np.searchsorted(x, west, "left"), np.searchsorted(x, east, "right")
        # From the last area to the first, so that the first has the last word where areas overlap.
        for area in reversed(range(len(self.codes))):
            run = np.arange(first[area], last[area])
            run = run[(y[run] >= south[area]) & (y[run] <= north[area])]
            found[order[run[shapely.intersects_xy(self.shapes[area], x[run], y[run])]]] = area
        return found

    def near(self, longitude: Floats, latitude: Floats, tolerance: float) -> Numbers:
        """Position of the nearest area no more than `tolerance` degrees away, the first in order of those equally near."""
        found = np.full(len(longitude), NOWHERE, dtype=np.int64)
        if not len(self.codes) or not len(found) or tolerance <= 0:
            return found
        point, area = shapely.STRtree(self.shapes).query_nearest(
            shapely.points(longitude, latitude), max_distance=tolerance
        )
        order = np.lexsort((-area, point))
        found[point[order]] = area[order]
        return found


def place(
    events: pl.DataFrame, areas: Areas, host: Host, *, coarse: int = COARSE, tolerance: float = TOLERANCE
) -> pl.DataFrame:
    """
    Give each event its area, or the reason why it has none.

    Parameters
    ----------
    events
        Columns date_start, country, where_prec, latitude, longitude. A country that is not given is taken for the host.
    areas, host
        The mission's areas and the names of its host.
    coarse
        Location precision from which on events are not placed.
    tolerance
        Degrees by which a point of the host may miss every area. Points of a State that the host has left may not miss.

    Returns
    -------
    pl.DataFrame
        `area`, a code or empty; `fate`: `kept`, `unplaced`, `other_country`, or `swapped` for a point of the host that lies
        far from every area but inside one when latitude and longitude change places; `near`, whether it missed and was
        given to the nearest. Rows as in `events`.
    """
    facts = events.select(
        own=host.is_named(events["country"]), former=host.was_named(), sharp=pl.col("where_prec") < coarse
    )
    own, former, sharp = (facts[name].to_numpy() for name in ("own", "former", "sharp"))
    position = np.full(events.height, NOWHERE, dtype=np.int64)
    missed = np.zeros(events.height, dtype=bool)
    swapped = np.zeros(events.height, dtype=bool)

    asked = np.flatnonzero(sharp & (own | former))
    points, back = _distinct(events, asked)
    position[asked] = areas.at(*points)[back]

    outside = np.flatnonzero(sharp & own & (position == NOWHERE))
    points, back = _distinct(events, outside)
    position[outside] = areas.near(*points, tolerance)[back]
    missed[outside] = position[outside] != NOWHERE
    longitude, latitude = points
    far = (areas.near(longitude, latitude, SWAPPED) == NOWHERE) & (areas.at(latitude, longitude) != NOWHERE)
    swapped[outside] = far[back]

    kept = position != NOWHERE
    fate = np.select([kept, swapped, own], [0, 1, 2], default=3)
    return pl.DataFrame(
        {
            "area": pl.Series([*areas.codes, ""], dtype=pl.String).gather(np.where(kept, position, len(areas.codes))),
            "fate": pl.Series(FATES).gather(fate),
            "near": missed,
        }
    )


def _distinct(events: pl.DataFrame, rows: Numbers) -> tuple[tuple[Floats, Floats], Numbers]:
    """The distinct points (longitude, latitude) of some rows, and for each row the position of its point."""
    longitude, latitude = (events[name].to_numpy()[rows] for name in ("longitude", "latitude"))
    # As complex numbers, pairs sort in one go: a third of the time of a join.
    points, back = np.unique(np.column_stack((longitude, latitude)).view(np.complex128).ravel(), return_inverse=True)
    return (points.real.copy(), points.imag.copy()), back
