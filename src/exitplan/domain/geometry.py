"""Just enough geometry for the cross-checks: whether a point lies in a GeoJSON polygon, or how far outside it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from typing import Any

Ring = list[list[float]]


def polygons(geometry: Mapping[str, Any]) -> Iterator[list[Ring]]:
    """The polygons of a Polygon or MultiPolygon, each a list of rings, the outer one first."""
    if geometry.get("type") == "Polygon":
        yield geometry["coordinates"]
    elif geometry.get("type") == "MultiPolygon":
        yield from geometry["coordinates"]


def contains(geometry: Mapping[str, Any], longitude: float, latitude: float) -> bool:
    """Whether a point lies inside (even-odd rule over all rings, so that holes count as outside)."""
    return any(sum(_crossings(ring, longitude, latitude) for ring in rings) % 2 == 1 for rings in polygons(geometry))


def distance(geometry: Mapping[str, Any], longitude: float, latitude: float) -> float:
    """Degrees from a point to the nearest edge, longitudes shrunk by the cosine of the latitude; 0 inside."""
    if contains(geometry, longitude, latitude):
        return 0.0
    shrink = math.cos(math.radians(latitude))
    edges = (edge for rings in polygons(geometry) for ring in rings for edge in itertools.pairwise(ring))
    return min((_to_edge(a, b, longitude, latitude, shrink) for a, b in edges), default=math.inf)


def _crossings(ring: Ring, x: float, y: float) -> int:
    crossed = 0
    for (x1, y1, *_), (x2, y2, *_) in itertools.pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossed += 1
    return crossed


def _to_edge(a: list[float], b: list[float], x: float, y: float, shrink: float) -> float:
    ax, ay, bx, by = (a[0] - x) * shrink, a[1] - y, (b[0] - x) * shrink, b[1] - y
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else max(0.0, min(1.0, -(ax * dx + ay * dy) / length))
    return math.hypot(ax + along * dx, ay + along * dy)
