"""The invented country: its twelve areas, how they border each other, and their outlines.

Kasanda lies nowhere: its outline is drawn over open water in the Indian Ocean so that nobody can take it for a real place.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise

from scripts.kasanda.common import CIVIL, TRANSITION, Fields, chance, entry

Point = tuple[float, float]

COUNTRY = "XKA"

VERTICES: dict[str, Point] = {
    "v00": (83.34, -8.50),
    "v01": (83.15, -8.75),
    "v02": (81.91, -8.85),
    "v03": (81.95, -8.10),
    "v04": (82.30, -7.60),
    "v05": (83.10, -7.15),
    "v06": (83.45, -9.65),
    "v07": (82.30, -10.22),
    "v08": (82.50, -9.70),
    "v10": (84.53, -8.43),
    "v11": (84.00, -7.35),
    "v12": (84.40, -7.18),
    "v14": (84.05, -9.85),
    "v16": (85.29, -8.62),
    "v17": (84.80, -7.00),
    "v18": (85.70, -7.30),
    "v19": (85.96, -7.50),
    "v20": (85.48, -8.90),
    "v21": (86.50, -7.90),
    "v22": (86.90, -8.70),
    "v23": (86.79, -9.02),
    "v24": (83.88, -10.67),
    "v25": (82.80, -11.36),
    "v27": (82.20, -10.50),
    "v28": (85.33, -10.05),
    "v30": (86.60, -9.60),
    "v31": (86.89, -10.10),
    "v32": (85.15, -11.65),
    "v33": (87.00, -10.30),
    "v34": (86.60, -11.20),
    "v35": (85.80, -11.90),
    "v37": (85.10, -12.07),
    "v38": (84.20, -11.60),
    "v39": (83.50, -11.90),
}
"""Corners of the areas, as longitude and latitude; neighbours share them, so no gap can open between two areas."""


@dataclass(frozen=True)
class Place:
    """One area: its names, its people, its corners in order, and how far along it is."""

    code: str
    name: str
    name_fr: str
    population: int
    corners: str
    sector: str
    ready: int
    """Months after June 2021 at which its police first pass the four bars of the hand-over."""
    abroad: tuple[str, ...] = ()


PLACES: tuple[Place, ...] = (
    Place("XKA-HAL", "Halmeru", "Halmérou", 540_000, "v00 v01 v02 v03 v04 v05", "west", 24),
    Place("XKA-UMB", "Umbraye", "Oumbraye", 610_000, "v01 v06 v07 v08 v02", "west", 34),
    Place("XKA-VOR", "Vorenna", "Vorenne", 1_820_000, "v06 v14 v24 v25 v27 v07", "west", 55),
    Place("XKA-PAL", "Pallomare", "Pallomare", 420_000, "v24 v32 v37 v38 v39 v25", "south", 28),
    Place("XKA-IVA", "Ivandule", "Ivandoule", 680_000, "v14 v28 v32 v24", "south", 50),
    Place(
        "XKA-QUE",
        "Quessarre",
        "Quessarre",
        590_000,
        "v32 v28 v31 v33 v34 v35 v37",
        "south",
        54,
        ("Lower Aldrune (Aldrune)",),
    ),
    Place("XKA-NAL", "Nalvasi", "Nalvassi", 860_000, "v01 v00 v10 v14 v06", "north", 44),
    Place("XKA-TEL", "Telkarra", "Telkarra", 720_000, "v10 v00 v05 v11 v12", "north", 61, ("Hither March (Velmora)",)),
    Place(
        "XKA-SIV",
        "Sivareth",
        "Sivareth",
        790_000,
        "v16 v10 v12 v17 v18 v19",
        "north",
        64,
        ("Hither March (Velmora)", "Farther March (Velmora)"),
    ),
    Place("XKA-ORU", "Orumbeya", "Oroumbéya", 980_000, "v10 v16 v20 v28 v14", "east", 57),
    Place("XKA-KES", "Kesholi", "Kécholi", 750_000, "v28 v20 v23 v30 v31", "east", 63, ("Upper Aldrune (Aldrune)",)),
    Place(
        "XKA-DRE",
        "Drenshe",
        "Drenché",
        640_000,
        "v20 v16 v19 v21 v22 v23",
        "east",
        66,
        ("Farther March (Velmora)", "Upper Aldrune (Aldrune)"),
    ),
)

PLACE: dict[str, Place] = {place.code: place for place in PLACES}


def corners(place: Place) -> list[str]:
    """The corners of an area in order, without repeating the first."""
    return place.corners.split()


def sides(place: Place) -> list[tuple[str, str]]:
    """The sides of an area as pairs of corners, in order."""
    ring = corners(place)
    return list(pairwise([*ring, ring[0]]))


def neighbours(place: Place) -> tuple[str, ...]:
    """Areas that share a side with this one."""
    own = {frozenset(side) for side in sides(place)}
    return tuple(
        other.code for other in PLACES if other is not place and own & {frozenset(side) for side in sides(other)}
    )


def centre(place: Place) -> Point:
    """A point well inside an area: the mean of its corners."""
    points = [VERTICES[corner] for corner in corners(place)]
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def spot(place: Place, number: int) -> Point:
    """A point inside an area for its site of this number: the centre, then points on the way to its corners."""
    x, y = centre(place)
    if number == 0:
        return round(x, 3), round(y, 3)
    ring = corners(place)
    to_x, to_y = VERTICES[ring[(number * 2 - 1) % len(ring)]]
    return round(x + 0.45 * (to_x - x), 3), round(y + 0.45 * (to_y - y), 3)


def wavy(start: str, end: str) -> list[Point]:
    """A side as a crooked line: midpoints pushed aside, again and again, the same from whichever end it is drawn."""
    first, last = sorted((start, end))
    line = [VERTICES[first], VERTICES[last]]
    stream = chance("border", first, last)
    for _ in range(4):
        finer = [line[0]]
        for (ax, ay), (bx, by) in pairwise(line):
            push = stream.uniform(-0.14, 0.14)
            finer += [((ax + bx) / 2 - push * (by - ay), (ay + by) / 2 + push * (bx - ax)), (bx, by)]
        line = finer
    rounded = [(round(x, 3), round(y, 3)) for x, y in line]
    return rounded if (first, last) == (start, end) else rounded[::-1]


def outline(place: Place) -> list[Point]:
    """The closed ring of an area."""
    ring: list[Point] = []
    for start, end in sides(place):
        ring += wavy(start, end)[:-1]
    return [*ring, ring[0]]


def boundaries() -> str:
    """The outlines of all areas as GeoJSON text, one area a line."""
    about = {
        "title": "Areas of Kasanda (fictional)",
        "note": "Invented country drawn over open water in the Indian Ocean; no real boundary is meant.",
        "note_fr": "Pays inventé, dessiné en haute mer dans l'océan Indien ; aucune frontière réelle n'est visée.",
        "source": "invented by scripts/make_kasanda.py",
        "date": "2021-06-01",
        "licence": "Apache-2.0",
    }
    features = [
        json.dumps(
            {
                "type": "Feature",
                "properties": {"code": place.code, "name": place.name},
                "geometry": {"type": "Polygon", "coordinates": [outline(place)]},
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for place in PLACES
    ]
    head = json.dumps(about, ensure_ascii=False)
    return '{"type": "FeatureCollection", "metadata": ' + head + ', "features": [\n' + ",\n".join(features) + "\n]}\n"


def areas() -> list[Fields]:
    """The country and its twelve areas."""
    country = entry(
        COUNTRY,
        "Kasanda (fictional country)",
        "Kasanda (pays fictif)",
        TRANSITION,
        level="country",
        names={"fr": "Kasanda"},
        population=sum(place.population for place in PLACES),
        latitude=-9.6,
        longitude=84.5,
        sources=["SRC-CENSUS"],
    )
    parts = []
    for place in PLACES:
        x, y = centre(place)
        parts.append(
            entry(
                place.code,
                place.name,
                place.name_fr,
                CIVIL,
                parent=COUNTRY,
                names={"fr": place.name_fr},
                population=place.population,
                latitude=round(y, 3),
                longitude=round(x, 3),
                neighbours=list(neighbours(place)),
                cross_border=list(place.abroad),
                sources=["SRC-CENSUS"],
                note=f"Covered by sector {place.sector}.",
            )
        )
    return [country, *parts]
