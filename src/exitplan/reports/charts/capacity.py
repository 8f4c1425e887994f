"""What the national institutions can carry, area by area."""

from __future__ import annotations

import altair as alt

from exitplan.domain.months import month_index
from exitplan.domain.results.capacity import CapacityResult
from exitplan.reports.charts.drawing import (
    DEEP,
    LIGHT,
    OCHRE,
    WIDTH,
    heading,
    layered,
    month_axis,
    side_by_side,
    svg_of,
    values,
)
from exitplan.reports.page import Figure, Table, columns, row
from exitplan.wording import Wording

FULL = 0.9
"""Share of the need at which a function counts as carried in full."""


def capacity_curves(capacity: CapacityResult, areas: dict[str, str], w: Wording) -> Figure:
    """Capacity of the security functions in each area, month by month, as share of the need."""
    shown = [a for a in capacity.areas if a.months]
    first = min(month_index(a.months[0].month) for a in shown)
    last = max(month_index(a.months[-1].month) for a in shown)
    wide = (WIDTH - 140) / 3
    pictures = []
    for area in shown:
        data = values(
            {"month": month_index(m.month), "median": m.median, "low": m.low, "high": m.high} for m in area.months
        )
        x = month_axis(first, last, w, most=3)
        scale = alt.Scale(domain=[0, 1], clamp=True)
        axis = alt.Axis(values=[0, 0.5, 1], format=".0%")
        band = (
            alt.Chart(data)
            .mark_area(color=LIGHT)
            .encode(x=x, y=alt.Y("low:Q", title=None, scale=scale, axis=axis), y2="high:Q")
        )
        line = (
            alt.Chart(data)
            .mark_line(color=DEEP, strokeWidth=1.8)
            .encode(x=x, y=alt.Y("median:Q", title=None, scale=scale, axis=axis))
        )
        bar = (
            alt.Chart(values([{"full": FULL}]))
            .mark_rule(color=OCHRE, strokeDash=[6, 3], strokeWidth=1.4)
            .encode(y=alt.Y("full:Q", title=None, scale=scale, axis=axis))
        )
        pictures.append(
            layered(band, line, bar, width=wide, height=58, title=heading(areas.get(area.area, area.area), wide + 30))
        )
    chart = side_by_side(pictures, across=3)
    alt_text = w(
        "Capacity of security functions by area, share of the need: {areas}.",
        areas=w.semicolon.join(
            f"{areas.get(a.area, a.area)} {w.share(a.months[0].median)} → {w.share(a.months[-1].median)}" for a in shown
        ),
    )
    return Figure(
        key="capacity",
        title=w("Capacity of national security institutions by area, share of the need"),
        alt=alt_text,
        svg=svg_of(chart, "capacity", alt_text, w),
        table=Table(
            caption=w("Capacity of national security institutions by area, share of the need"),
            columns=columns(
                (w("Area"), 2),
                w("Now"),
                w("In 12 months"),
                w("Interval"),
                w("At the horizon"),
                w("Interval"),
                numbers=range(1, 6),
            ),
            rows=tuple(
                row(
                    areas.get(a.area, a.area),
                    w.share(a.months[0].median),
                    w.share(a.months[min(11, len(a.months) - 1)].median),
                    w.chances(a.months[min(11, len(a.months) - 1)].low, a.months[min(11, len(a.months) - 1)].high),
                    w.share(a.months[-1].median),
                    w.chances(a.months[-1].low, a.months[-1].high),
                )
                for a in shown
            ),
        ),
        note=w("Line and band: median and four fifths of the futures. Dashed: nine tenths of the need."),
    )
