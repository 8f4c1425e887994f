"""Boundaries of areas from GeoJSON, and GeoJSON from boundaries."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from exitplan.domain.errors import Unreadable
from exitplan.domain.fields import CODE_PATTERN
from exitplan.domain.findings import Wanted, shown
from exitplan.domain.results.imports import ImportReport, RefusedRow
from exitplan.importers.textfile import read_raw

BYTES_LIMIT = 64 << 20
"""Bytes of one boundary file: the first-level units of a country take a hundredth of it."""
POINTS_LIMIT = 2_000_000
FEATURES_LIMIT = 20_000
AXES_HINT = Wanted("longitude before latitude; these look swapped")


class _Refusal(Exception):
    """Why one feature cannot be taken."""

    def __init__(self, field: str, value: object, reason: str) -> None:
        super().__init__(reason)
        self.field, self.value, self.reason = field, value, reason


@dataclass(frozen=True, eq=False)
class Boundaries:
    """Shapes by area code, longitude and latitude in degrees (WGS 84), with the other properties of each feature."""

    shapes: Mapping[str, BaseGeometry]
    properties: Mapping[str, Mapping[str, Any]]

    def geojson(self, *, digits: int = 4) -> str:
        """A FeatureCollection with property `code`, in order of codes, coordinates rounded to `digits`; equal shapes, equal text."""
        features = [
            {"geometry": _rounded(mapping(self.shapes[code]), digits), "properties": {"code": code}, "type": "Feature"}
            for code in sorted(self.shapes)
        ]
        body = {"features": features, "type": "FeatureCollection"}
        return json.dumps(body, separators=(",", ":"), sort_keys=True) + "\n"


def read_boundaries(path: Path, *, code: str = "code") -> tuple[Boundaries, ImportReport]:
    """
    Read the areas of a mission from a GeoJSON FeatureCollection.

    Parameters
    ----------
    path
        Plain, gzip or zip. Longitude and latitude in degrees (RFC 7946).
    code
        Property that holds the area code.

    Returns
    -------
    tuple
        The boundaries, and the account of every feature. Rings that cross themselves are mended, feature by feature, where
        that leaves an area; noted as `mended:CODE`. In `refused`, `line` is the number of the feature, from 1.

    Raises
    ------
    Unreadable
        When the file cannot be opened, is not JSON, is no FeatureCollection, names another reference system, or is too large.
    """
    raw = read_raw(path)
    notes = list(raw.notes)
    features = _features(raw.name, bytes(raw.data))
    counts = Counter(_code_text(f, code) for f in features)
    shapes: dict[str, BaseGeometry] = {}
    properties: dict[str, Mapping[str, Any]] = {}
    refused: list[RefusedRow] = []
    for number, feature in enumerate(features, start=1):
        try:
            name = _code_of(feature, code, counts)
            shapes[name], mended = _area(feature)
            properties[name] = feature["properties"]
        except _Refusal as fault:
            refused.append(RefusedRow(line=number, field=fault.field, value=shown(fault.value), reason=fault.reason))
        else:
            if mended:
                notes.append(f"mended:{name}")
    report = ImportReport(
        what="boundaries",
        file=raw.name,
        sha256=raw.sha256,
        read=len(features),
        kept=len(shapes),
        unplaced=0,
        other_country=0,
        refused_rows=len(features) - len(shapes),
        refused=tuple(refused),
        notes=tuple(notes),
    )
    return Boundaries(shapes, properties), report


def _features(name: str, data: bytes) -> list[Any]:
    if len(data) > BYTES_LIMIT:
        raise Unreadable(name, Wanted("larger than {most} bytes; simplify the boundaries", most=BYTES_LIMIT))
    try:
        body = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise Unreadable(name, Wanted("not JSON in UTF-8")) from fault
    features = body.get("features") if isinstance(body, dict) else None
    if not isinstance(features, list):
        raise Unreadable(name, Wanted("a GeoJSON FeatureCollection wanted"))
    if len(features) > FEATURES_LIMIT:
        raise Unreadable(
            name,
            Wanted(
                "{features} features, no more than {most} wanted",
                features=len(features),
                most=FEATURES_LIMIT,
            ),
        )
    system = json.dumps(body.get("crs") or "")
    if body.get("crs") and not re.search(r"CRS84|EPSG:{1,2}4326", system):
        raise Unreadable(name, Wanted("longitude and latitude in WGS 84 wanted, {system} found", system=shown(system)))
    return features


def _code_text(feature: Any, code: str) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    found = properties.get(code) if isinstance(properties, dict) else None
    return found.strip() if isinstance(found, str) else "" if found is None else str(found)


def _code_of(feature: Any, code: str, counts: Counter[str]) -> str:
    name = _code_text(feature, code)
    if not re.fullmatch(CODE_PATTERN, name):
        raise _Refusal(code, name, Wanted("a code of capital letters, digits, points and dashes"))
    if counts[name] > 1:
        raise _Refusal(code, name, Wanted("a code that no other feature has"))
    return name


def _area(feature: Any) -> tuple[BaseGeometry, bool]:
    """The valid polygon or multipolygon of a feature, and whether it had to be mended."""
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise _Refusal(
            "geometry",
            geometry.get("type") if isinstance(geometry, dict) else geometry,
            Wanted("a Polygon or MultiPolygon"),
        )
    rings = geometry.get("coordinates")
    _check_points(rings if geometry["type"] == "MultiPolygon" else [rings])
    given = shape(geometry)
    area = shapely.force_2d(given)
    mended = not area.is_valid
    if mended:
        area = _areal(shapely.make_valid(area))
    if area.is_empty or area.area == 0:
        raise _Refusal("geometry", geometry["type"], Wanted("rings that enclose an area"))
    return area, mended


def _check_points(polygons: Any) -> None:
    count, steep = 0, False
    if not isinstance(polygons, list) or not polygons:
        raise _Refusal("geometry", polygons, Wanted("a list of polygons"))
    for polygon in polygons:
        if not isinstance(polygon, list) or not polygon:
            raise _Refusal("geometry", polygon, Wanted("a list of rings"))
        for ring in polygon:
            if not isinstance(ring, list) or len(ring) < 4:
                raise _Refusal("geometry", ring, Wanted("rings of four positions or more"))
            count += len(ring)
            if count > POINTS_LIMIT:
                raise _Refusal("geometry", f"more than {POINTS_LIMIT} positions", Wanted("simpler boundaries"))
            for position in ring:
                if not _is_position(position):
                    raise _Refusal("geometry", position, Wanted("positions of two finite numbers"))
                longitude, latitude = position[:2]
                if abs(longitude) > 180 or abs(latitude) > 180:
                    raise _Refusal("geometry", position, Wanted("degrees of longitude and latitude"))
                steep = steep or abs(latitude) > 90
    if steep:
        raise _Refusal("geometry", polygons[0][0][0], AXES_HINT)


def _is_position(position: Any) -> bool:
    return (
        isinstance(position, list)
        and len(position) >= 2
        and all(isinstance(n, (int, float)) and not isinstance(n, bool) and math.isfinite(n) for n in position[:2])
    )


def _areal(mended: BaseGeometry) -> BaseGeometry:
    """Only the polygons of what mending left: it may leave lines and points beside them."""
    return shapely.union_all([part for part in shapely.get_parts(mended) if part.area > 0])


def _rounded(geometry: Mapping[str, Any], digits: int) -> dict[str, Any]:
    def cut(value: Any) -> Any:
        return round(value, digits) if isinstance(value, float) else [cut(part) for part in value]

    return {"coordinates": cut(geometry["coordinates"]), "type": geometry["type"]}
