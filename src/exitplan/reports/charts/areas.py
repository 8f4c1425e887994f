"""Maps of the mission area. Every one carries the source and date of its lines and the mission's note of non-endorsement."""

from __future__ import annotations

import itertools
import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from exitplan.domain.geometry import polygons
from exitplan.domain.kinds import Area, Site
from exitplan.reports.charts.drawing import (
    APART,
    DEEP,
    INK,
    LIGHT,
    MIDDLE,
    MUTED,
    OCHRE,
    PALE,
    PAPER,
    WIDTH,
    heading,
    layered,
    renamed,
    side_by_side,
    svg_of,
    values,
)
from exitplan.reports.page import Figure, Table, columns, row
from exitplan.wording import Wording

SIZES = (1, 51, 201, 1001)
"""Least number of people of each class of site: a map shows the class, never the headcount."""
SHORT = 4
"""Letters of a label on the map; areas with longer codes are numbered."""
ROWS = 40
DOTS = (18, 60, 150, 320)
LONE = {"color": "independent", "size": "independent"}
DARK = 3
"""First class on which ink could not be read."""
BANDS = (PAPER, PALE, LIGHT, MIDDLE, DEEP)


@dataclass(frozen=True)
class Shade:
    """What one map shows: a class from 0 (white) to 4 (dark) and a figure for each area."""

    title: str
    unit: str
    classes: Mapping[str, int | None]
    figures: Mapping[str, str]
    legend: tuple[str, ...]


def size_class(personnel: int) -> int:
    """Class of a site from 0 to 3 by the people stationed there."""
    return max(0, sum(personnel >= least for least in SIZES) - 1)


def size_words(w: Wording) -> tuple[str, ...]:
    """The classes of sites in words."""
    return (
        w("up to 50"),
        "51–200",
        "201–1" + ("\u202f" if w.lang == "fr" else ",") + "000",
        w("over {n}", n=w.number(1000)),
    )


def area_maps(
    shades: Sequence[Shade],
    areas: Sequence[Area],
    boundaries: Mapping[str, Mapping[str, Any]],
    undetermined: Sequence[Mapping[str, Any]],
    sites: Sequence[Site],
    w: Wording,
    *,
    note: str,
    source: str,
) -> Figure:
    """
    One or two maps side by side.

    Parameters
    ----------
    boundaries
        GeoJSON geometry of each area.
    undetermined
        GeoJSON lines that are undetermined or disputed; drawn dashed, never as the others.
    sites
        Open sites; shown by size class at a position rounded to a tenth of a degree.
    note
        The mission's note of non-endorsement.
    source
        Source and date of the lines.
    """
    named = {a.code: a.name(w.lang) for a in areas}
    drawn = {code: boundaries[code] for code in named if code in boundaries}
    short = {code: _tail(code) for code in drawn}
    numbered = max(map(len, short.values())) > SHORT
    if numbered:
        short = {code: str(at) for at, code in enumerate(drawn, start=1)}
    middle = _middle_latitude(drawn.values())
    shrink = math.cos(math.radians(middle))
    across = 1 if len(shades) == 1 else 2
    wide = (WIDTH - 40) / across if across == 2 else WIDTH - 180
    pictures = [
        _map(s, drawn, short, undetermined, sites if at == 0 else (), shrink, wide, w) for at, s in enumerate(shades)
    ]
    chart = side_by_side(pictures, across=2, column=12, resolve={"scale": LONE, "legend": LONE})
    alt_text = w(
        "Maps of the areas. {shown}",
        shown=" ".join(
            f"{s.title}{w.colon}" + ", ".join(f"{named[c]} {s.figures[c]}" for c in drawn if c in s.figures) + "."
            for s in shades
        ),
    )
    rows = tuple(
        row(
            f"{short[code]}. {name}" if numbered and code in short else f"{code} {name}",
            *(s.figures.get(code, "–") for s in shades),
            ", ".join(
                f"{sum(size_class(x.personnel) == c for x in sites if x.area == code)} × {words}"
                for c, words in enumerate(size_words(w))
                if any(size_class(x.personnel) == c for x in sites if x.area == code)
            )
            or "–",
        )
        for code, name in named.items()
        if code in drawn or any(code in s.figures for s in shades)
    )
    return Figure(
        key="map",
        title=w("Areas and sites"),
        alt=alt_text,
        svg=svg_of(chart, "map", alt_text, w),
        table=Table(
            caption=w("Areas and sites"),
            columns=columns((w("Area"), 2), *(s.title for s in shades), (w("Open sites by people there"), 2)),
            rows=rows,
            folded=len(rows) > ROWS,
            note=w("Numbers before the names are those on the map.") if numbered else "",
        ),
        source=source,
        note=note,
    )


def _map(
    shade: Shade,
    shapes: Mapping[str, Mapping[str, Any]],
    short: Mapping[str, str],
    undetermined: Sequence[Mapping[str, Any]],
    sites: Sequence[Site],
    shrink: float,
    wide: float,
    w: Wording,
) -> Any:
    features: list[dict[str, Any]] = [
        {
            "type": "Feature",
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [[_ring(ring, shrink) for ring in rings] for rings in polygons(shape)],
            },
            "code": code,
            "class": -1 if shade.classes.get(code) is None else shade.classes[code],
        }
        for code, shape in shapes.items()
    ]
    used = sorted({f["class"] for f in features})
    words = {-1: w("no data"), **dict(enumerate(shade.legend))}
    tones = {-1: "#eceff1", **dict(enumerate(BANDS))}
    fills = (
        alt.Chart(values(features))
        .mark_geoshape(stroke=MUTED, strokeWidth=0.8)
        .encode(
            color=alt.Color(
                "class:O",
                scale=alt.Scale(domain=used, range=[tones[u] for u in used]),
                legend=alt.Legend(
                    title=shade.unit,
                    orient="bottom",
                    direction="horizontal",
                    columns=3,
                    symbolType="square",
                    symbolStrokeColor=MUTED,
                    symbolStrokeWidth=0.8,
                    labelExpr=renamed({str(k): v for k, v in words.items()}),
                ),
            )
        )
    )
    dark: list[dict[str, Any]] = []
    light: list[dict[str, Any]] = []
    for code, shape in shapes.items():
        x, y = _middle(shape)
        told = code in shade.figures and not short[code].isdigit()
        words_here = f"{short[code]} {shade.figures[code]}" if told else short[code]
        label = {"x": x * shrink, "y": y, "words": words_here}
        (dark if (shade.classes.get(code) or 0) >= DARK else light).append(label)
    labels = [
        _labels(light).mark_text(fontSize=10, stroke=PAPER, strokeWidth=3, strokeJoin="round"),
        _labels(light).mark_text(fontSize=10, color=INK),
        _labels(dark).mark_text(fontSize=10, color=PAPER),
    ]
    layers: list[Any] = [fills]
    if undetermined:
        lines = [
            {"type": "Feature", "geometry": {"type": line["type"], "coordinates": _line(line["coordinates"], shrink)}}
            for line in undetermined
        ]
        layers.append(alt.Chart(values(lines)).mark_geoshape(filled=False, stroke=PAPER, strokeWidth=2.4))
        layers.append(
            alt.Chart(values(lines)).mark_geoshape(filled=False, stroke=INK, strokeWidth=1.2, strokeDash=[3, 3])
        )
    if sites:
        spots = [
            {"x": round(s.longitude, 1) * shrink, "y": round(s.latitude, 1), "class": size_class(s.personnel)}
            for s in sorted(sites, key=lambda s: -s.personnel)
        ]
        layers.append(
            alt.Chart(values(spots))
            .mark_point(shape="circle", filled=False, stroke=OCHRE, strokeWidth=1.8, opacity=1)
            .encode(
                longitude="x:Q",
                latitude="y:Q",
                size=alt.Size(
                    "class:O",
                    scale=alt.Scale(type="ordinal", domain=[0, 1, 2, 3], range=list(DOTS)),
                    legend=alt.Legend(
                        title=w("people at a site"),
                        orient="bottom",
                        direction="horizontal",
                        columns=4,
                        symbolType="circle",
                        symbolStrokeColor=OCHRE,
                        labelExpr=renamed({str(c): t for c, t in enumerate(size_words(w))}),
                    ),
                ),
            )
        )
    layers += labels
    box = [p for f in features for rings in f["geometry"]["coordinates"] for p in rings[0]]
    spread_x = max(p[0] for p in box) - min(p[0] for p in box)
    spread_y = max(p[1] for p in box) - min(p[1] for p in box)
    high = min(360.0, max(140.0, wide * spread_y / max(spread_x, 1e-6)))
    return layered(
        *layers,
        width=wide,
        height=high,
        title=heading(textwrap.wrap(shade.title, int(wide / 6)), wide),
        projection={"type": "identity", "reflectY": True},
        resolve=APART,
    )


def _labels(found: Sequence[dict[str, Any]]) -> Any:
    return alt.Chart(values(found)).encode(longitude="x:Q", latitude="y:Q", text="words:N")


def _ring(ring: Sequence[Sequence[float]], shrink: float) -> list[list[float]]:
    return [[round(p[0] * shrink, 4), round(p[1], 4)] for p in ring]


def _line(coordinates: Any, shrink: float) -> Any:
    if coordinates and isinstance(coordinates[0], int | float):
        return [coordinates[0] * shrink, coordinates[1]]
    return [_line(part, shrink) for part in coordinates]


def _middle(shape: Mapping[str, Any]) -> tuple[float, float]:
    """The centre of gravity of the largest ring: good enough for a label."""
    ring = max((rings[0] for rings in polygons(shape)), key=lambda r: abs(_area(r)))
    size = _area(ring)
    if size == 0:
        return ring[0][0], ring[0][1]
    x = y = 0.0
    for (x1, y1, *_), (x2, y2, *_) in itertools.pairwise(ring):
        cross = x1 * y2 - x2 * y1
        x += (x1 + x2) * cross
        y += (y1 + y2) * cross
    return x / (6 * size), y / (6 * size)


def _area(ring: Sequence[Sequence[float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring)) / 2


def _middle_latitude(shapes: Any) -> float:
    ends = [p[1] for shape in shapes for rings in polygons(shape) for p in rings[0]]
    return (min(ends) + max(ends)) / 2 if ends else 0.0


def _tail(code: str) -> str:
    """A code without its country, as a label: `NIMBA` for `LR-NIMBA`."""
    return code.partition("-")[2] or code
