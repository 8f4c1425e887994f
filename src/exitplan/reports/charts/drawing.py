"""The hand that draws: one palette, one type, months along the bottom, Vega-Lite to SVG without any network.

Every tone differs from its neighbours in lightness, so that a grey print keeps what a colour screen shows; states differ in
shape as well. The tones keep apart for the common kinds of colour blindness (dark blue, ochre, light blue, grey).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import altair as alt
import vl_convert

from exitplan.domain.months import month_text
from exitplan.wording import Wording

INK = "#1b2530"
MUTED = "#56616d"
GRID = "#dde2e7"
PAPER = "#ffffff"
DEEP = "#123a5c"
MIDDLE = "#4f86b3"
LIGHT = "#a9c8e0"
PALE = "#dfeaf3"
OCHRE = "#b4590f"

WIDTH = 640
"""Width of a full picture, in pixels: the text block of an A4 page at a type that stays legible."""
FONT = "sans-serif"

MARK_TONES = {"met": PALE, "unmet": DEEP, "unknown": "#b9c0c7"}
LEVEL_TONES = {"low": "#f3f1e7", "medium": "#e6cd8b", "high": "#c98130", "very_high": "#7a2513"}

TICK = "M-0.55,0.05L-0.15,0.45L0.6,-0.45"
CROSS = "M-0.45,-0.45L0.45,0.45M-0.45,0.45L0.45,-0.45"
QUERY = "M-0.3,-0.25C-0.3,-0.6,0.3,-0.6,0.3,-0.22C0.3,0.05,0,0.02,0,0.25M0,0.5L0,0.52"
MARK_SHAPES = {"met": TICK, "unmet": CROSS, "unknown": QUERY}

CONFIG = {
    "aria": False,
    "background": PAPER,
    "padding": {"left": 12, "right": 8, "top": 4, "bottom": 4},
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "domainColor": MUTED,
        "tickColor": MUTED,
        "gridColor": GRID,
        "labelColor": INK,
        "titleColor": MUTED,
        "labelFontSize": 11,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "labelLimit": 230,
        "titleLimit": 600,
    },
    "legend": {
        "labelColor": INK,
        "titleColor": MUTED,
        "labelFontSize": 11,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "labelLimit": 280,
    },
    "title": {"color": INK, "fontSize": 11, "fontWeight": "bold", "anchor": "start", "offset": 6, "limit": 300},
}
LOCALES: dict[str, Any] = {"en": "en-US", "fr": "fr-FR"}


def values(rows: Iterable[dict[str, Any]]) -> alt.InlineData:
    """Rows as data of a chart, inside the chart itself."""
    return alt.InlineData(values=list(rows))


def month_axis(
    first: int,
    last: int,
    w: Wording,
    *,
    labels: bool = True,
    grid: bool = True,
    most: int = 8,
    title: str | None = None,
) -> alt.X:
    """
    The horizontal axis of months, from one month index to another, as a channel for the field `month`.

    Steps are 1, 3, 6, 12 … months, whichever gives no more than `most` labels; steps of 3 months or more begin in January.
    """
    span = max(1, last - first)
    step = next((s for s in (1, 2, 3, 6, 12, 24, 60) if span / s <= most), 120)
    ticks = [m for m in range(first, last + 1) if m % step == 0]
    words = {str(m): w.month(month_text(m), short=True) for m in ticks}
    return alt.X(
        "month:Q",
        scale=alt.Scale(domain=[first - 0.5, last + 0.5], nice=False, zero=False),
        axis=alt.Axis(
            values=ticks,
            title=title,
            grid=grid,
            labels=labels,
            ticks=labels,
            labelExpr=renamed(words),
            labelFlush=True,
            labelOverlap="greedy",
        ),
    )


def renamed(words: Mapping[Any, str]) -> str:
    """An expression for the labels of an axis or legend that shows words in place of codes."""
    return f"({json.dumps(dict(words))})[datum.value]"


def short(text: str, most: int) -> str:
    """The text, cut with an ellipsis where it is longer than `most` letters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def rule_at(
    month: float,
    words: str,
    *,
    dash: Sequence[int] = (4, 3),
    tone: str = INK,
    label: bool = True,
    above: bool = False,
) -> list[alt.Chart]:
    """A vertical line at a month index, its name beside its top, or above it where something else is drawn there, as layers."""
    data = values([{"month": month, "words": words}])
    line = alt.Chart(data).mark_rule(color=tone, strokeDash=list(dash), strokeWidth=1.2).encode(x="month:Q")
    if not label:
        return [line]
    name = (
        alt.Chart(data)
        .mark_text(align="left", baseline="bottom" if above else "top", dx=0 if above else 3, color=tone, fontSize=10)
        .encode(x="month:Q", y=alt.value(-2 if above else 2), text="words:N")
    )
    return [line, name]


Spec = dict[str, Any]
"""A composed picture as Vega-Lite. Altair makes the single layers; composing them here takes a tenth of its time."""


def plain(part: Any) -> Spec:
    """A single chart as Vega-Lite, its data inside; what is composed already stays as it is."""
    if isinstance(part, dict):
        return part
    context: dict[str, Any] = {"top_level": False, "datasets": {}}
    spec: Spec = part.to_dict(validate=False, context=context)
    if "name" in spec.get("data", {}):
        spec["data"] = {"values": context["datasets"][spec["data"]["name"]]}
    return spec


def layered(*layers: Any, width: float | Spec, height: float | Spec, **about: Any) -> Spec:
    """Charts one upon the other. Sizes are pixels or a `step`; `about` holds `title`, `resolve` or `projection`."""
    return {"layer": [plain(layer) for layer in layers], "width": width, "height": height, **about}


def side_by_side(pictures: Iterable[Spec], *, across: int, row: int = 14, column: int = 14, **about: Any) -> Spec:
    """Pictures in rows of `across`."""
    spacing = {"row": row, "column": column}
    return {"concat": list(pictures), "columns": across, "spacing": spacing, **about}


def step(pixels: float) -> Spec:
    """A size of so many pixels for each row or column."""
    return {"step": pixels}


def heading(text: str | list[str], limit: float, *, below: str = "") -> Spec:
    """The title of one small picture, cut at a width, with a second line where there is one."""
    said: Spec = {"text": text, "fontSize": 11, "limit": limit}
    return said | ({"subtitle": below, "subtitleFontSize": 10, "subtitleColor": MUTED} if below else {})


APART: Spec = {"scale": {"color": "independent"}}
"""For layers whose tones mean different things."""


def columns_of(
    months: Sequence[int], parts: Mapping[str, Sequence[float]], tones: Sequence[str], x: alt.X, title: str
) -> Any:
    """Stacked columns, one a month index; `parts` are the values of each part by its name, from the bottom up."""
    rows = []
    for at, month in enumerate(months):
        foot = 0.0
        for name, found in parts.items():
            rows.append(
                {"month": month - 0.42, "to": month + 0.42, "foot": foot, "head": foot + found[at], "part": name}
            )
            foot += found[at]
    names = list(parts)
    return (
        alt.Chart(values(rows))
        .mark_rect(stroke=MUTED, strokeWidth=0.4)
        .encode(
            x=x,
            x2="to:Q",
            y=alt.Y("foot:Q", title=title),
            y2="head:Q",
            color=alt.Color(
                "part:N",
                sort=names,
                scale=alt.Scale(domain=names, range=list(tones)),
                legend=alt.Legend(title=None, orient="top", symbolStrokeColor=MUTED),
            ),
        )
    )


def svg_of(chart: Spec, key: str, alt_text: str, w: Wording) -> str:
    """
    The chart as SVG: same chart, same bytes.

    Parameters
    ----------
    chart
        A composed picture.
    key
        Short name, unique in the page: the picture's inner names are put under it, so that two pictures on one page cannot
        take each other's clippings.
    alt_text
        The picture in words; becomes its `<title>`.
    """
    spec = {**chart, "config": CONFIG}
    drawn: str = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[], format_locale=LOCALES[w.lang])
    return _named(drawn, key, alt_text)


def _named(svg: str, key: str, alt_text: str) -> str:
    """The picture under its own name: inner names numbered in order of appearance, its words as title, nothing outside it."""
    order: dict[str, str] = {}
    for found in re.findall(r'\bid="([^"]+)"', svg):
        order.setdefault(found, f"{key}-{len(order) + 1}")
    for old, new in order.items():
        svg = svg.replace(f'id="{old}"', f'id="{new}"').replace(f"url(#{old})", f"url(#{new})")
    svg = re.sub(
        r' (?:role="graphics-[a-z]+"|aria-roledescription="[^"]*"|aria-hidden="true"|pointer-events="none")', "", svg
    )
    name = f"{key}-title"
    head = f'<svg role="img" aria-labelledby="{name}" '
    svg = svg.replace("<svg ", head, 1)
    at = svg.index(">") + 1
    return f'{svg[:at]}<title id="{name}">{_escaped(alt_text)}</title>{svg[at:]}'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
