"""The boundaries of a dossier, `areas.geojson`: one polygon for each area, and whose lines they are."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

from exitplan.domain.findings import Finding, Wanted, shown

NAME = "areas.geojson"
RESERVED = frozenset({"type", "features", "bbox"})
"""Members of the collection that are not part of the note on the boundaries."""

Boundaries = dict[str, Mapping[str, Any]]


def read_map(data: bytes) -> tuple[Boundaries, dict[str, Any], list[Finding]]:
    """
    Read the boundaries.

    Parameters
    ----------
    data
        A GeoJSON FeatureCollection [1]_ whose features carry the property `code`; any other member of the collection, such
        as `metadata`, belongs to the note.

    Returns
    -------
    tuple
        Geometry by area code, the note, and a finding for each feature that is no polygon of a known form.

    References
    ----------
    .. [1] Butler, H., and others (2016). The GeoJSON Format. RFC 7946.
    """
    try:
        whole = json.loads(data.decode("utf-8-sig"), parse_constant=_not_a_number)
    except (ValueError, RecursionError) as error:
        return {}, {}, [_fault("not-json", "", "", shown(str(error)), Wanted("GeoJSON in UTF-8"))]
    if not isinstance(whole, dict) or not isinstance(whole.get("features"), list):
        given = shown(data[:60].decode("utf-8", "replace"))
        return {}, {}, [_fault("not-json", "", "features", given, Wanted("a FeatureCollection"))]
    return map_of(whole)


def map_of(whole: Mapping[str, Any]) -> tuple[Boundaries, dict[str, Any], list[Finding]]:
    """The same from a FeatureCollection as plain values."""
    boundaries: Boundaries = {}
    findings: list[Finding] = []
    for at, feature in enumerate(whole["features"], start=1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        code = properties.get("code") if isinstance(properties, dict) else None
        if not isinstance(code, str):
            findings.append(
                _fault("missing-field", f"no. {at}", "properties.code", "nothing", Wanted("the code of an area"))
            )
            continue
        wrong = _wrong(feature.get("geometry"))
        if wrong is not None:
            findings.append(_fault("not-a-boundary", code, "geometry", *wrong))
        elif code in boundaries:
            findings.append(
                _fault("duplicate-code", code, "properties.code", code, Wanted("one feature for each area"))
            )
        else:
            boundaries[code] = feature["geometry"]
    return boundaries, {name: value for name, value in whole.items() if name not in RESERVED}, findings


def map_text(boundaries: Mapping[str, Mapping[str, Any]], note: Mapping[str, Any]) -> str:
    """The boundaries as GeoJSON, one feature a line, equal boundaries giving equal text."""
    features = [
        {"type": "Feature", "properties": {"code": code}, "geometry": {**boundaries[code]}}
        for code in sorted(boundaries)
    ]
    head = {"type": "FeatureCollection", **{name: note[name] for name in sorted(note)}}
    lines = ",\n".join(_compact(feature) for feature in features)
    return _compact(head).removesuffix("}") + f',"features":[\n{lines}\n]}}\n'


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _not_a_number(word: str) -> float:
    raise ValueError(f"{word} is not a number")


def _fault(code: str, entry: str, field: str, value: str, wanted: Wanted) -> Finding:
    return Finding(code=code, kind="boundary", entry=entry[:60], field=field, value=value, wanted=wanted, where=NAME)


def _wrong(geometry: Any) -> tuple[str, Wanted] | None:
    """What was given and what was wanted; None where the geometry is a Polygon or MultiPolygon of closed rings."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        return shown(str(kind)), Wanted("a Polygon or a MultiPolygon")
    coordinates = geometry.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    try:
        return next(_wrong_rings(polygons), None)
    except TypeError:
        return "coordinates of another depth", Wanted("the coordinates of a {kind}", kind=kind)


def _wrong_rings(polygons: Any) -> Iterator[tuple[str, Wanted]]:
    if not polygons or not all(polygons):
        yield "no ring", Wanted("at least one ring")
        return
    for ring in (ring for polygon in polygons for ring in polygon):
        for position in ring:
            longitude, latitude = [*position, None, None][:2]
            numbers = all(isinstance(x, int | float) and math.isfinite(x) for x in (longitude, latitude))
            if not numbers or not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
                wanted = Wanted("longitude from -180 to 180, then latitude from -90 to 90")
                yield shown(str(position)), wanted
                return
        if len(ring) < 4 or ring[0] != ring[-1]:
            yield f"a ring of {len(ring)} points", Wanted("at least 4 points, the last equal to the first")
