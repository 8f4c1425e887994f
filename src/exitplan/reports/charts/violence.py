"""Simulated deaths by month as fans, and chances of renewed armed violence with their base rates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from exitplan.domain.months import month_index
from exitplan.domain.results.stability import FuturesResult, Renewed, ViolenceMonth
from exitplan.reports.charts.drawing import (
    DEEP,
    INK,
    LIGHT,
    MIDDLE,
    MUTED,
    PALE,
    WIDTH,
    Spec,
    heading,
    layered,
    month_axis,
    side_by_side,
    step,
    svg_of,
    values,
)
from exitplan.reports.page import Cell, Figure, Table, columns, row
from exitplan.wording import Wording

REGIMES = ("settled", "tense", "crisis")


def fan_country(futures: FuturesResult, w: Wording, source: str = "", *, top: float | None = None) -> Figure:
    """
    Deaths recorded and simulated in the mission area, by month: half, four fifths and nine tenths of the futures.

    `top` ends the scale of deaths, so that several pictures can be compared; as high as the values where left out.
    """
    recent = [sum(month) for month in zip(*(a.recent for a in futures.areas), strict=True)] if futures.areas else []
    axis = w("deaths a month, square-root scale")
    chart = _fan(futures.country, recent, w, wide=WIDTH - 90, high=190, axis_title=axis, most=8, top=top)
    end = futures.country[-1]
    alt_text = w(
        "Deaths a month: median {median} in {month}, nine tenths of the futures between {low} and {high}.",
        median=w.number(end.p50, 0),
        month=w.month(end.month),
        low=w.number(end.p05, 0),
        high=w.number(end.p95, 0),
    )
    return Figure(
        key="fan-country",
        title=w("Deaths from organised violence a month, recorded and simulated"),
        alt=alt_text,
        svg=svg_of(chart, "fan-country", alt_text, w),
        table=Table(
            caption=w("Deaths from organised violence a month, simulated"),
            columns=columns(
                w("Month"),
                w("Mean"),
                w("Median"),
                w("Half of futures"),
                w("Four fifths"),
                w("Nine tenths"),
                w("Any death"),
                numbers=range(1, 7),
            ),
            rows=tuple(
                row(
                    w.month(m.month, short=True),
                    w.number(m.mean, 1),
                    w.number(m.p50, 0),
                    _span(m.p25, m.p75, w),
                    _span(m.p10, m.p90, w),
                    _span(m.p05, m.p95, w),
                    w.chance(m.any),
                )
                for m in futures.country
            ),
            folded=True,
        ),
        source=source,
        note=w(
            "Bars: deaths recorded. Bands, from dark to light: half, four fifths and nine tenths of the futures. Line: median."
        ),
    )


def regimes(futures: FuturesResult, w: Wording) -> Figure:
    """Shares of the futures in which the country is settled, tense or in crisis, by month, stacked."""
    names = {code: w.code("regime", code) for code in REGIMES}
    rows = [
        {"month": month_index(m.month), "share": getattr(m, code), "regime": names[code], "order": at}
        for m in futures.regimes
        for at, code in enumerate(REGIMES)
    ]
    first, last = (month_index(futures.regimes[at].month) for at in (0, -1))
    chart = (
        alt.Chart(values(rows))
        .mark_area(stroke=DEEP, strokeWidth=0.5)
        .encode(
            x=month_axis(first, last, w, most=8),
            y=alt.Y(
                "share:Q",
                title=w("share of the model's futures"),
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(format="%", tickCount=3),
            ),
            color=alt.Color(
                "regime:N",
                title=None,
                scale=alt.Scale(domain=list(names.values()), range=[PALE, MIDDLE, DEEP]),
                legend=alt.Legend(orient="top"),
            ),
            order="order:Q",
        )
    )
    begin, end = futures.regimes[0], futures.regimes[-1]
    alt_text = w(
        "Chance that the country is in crisis: {begin} in {first}, {end} in {last}.",
        begin=w.chance(begin.crisis),
        first=w.month(begin.month),
        end=w.chance(end.crisis),
        last=w.month(end.month),
    )
    return Figure(
        key="regimes",
        title=w("Hidden regime of the country, as the model reads it"),
        alt=alt_text,
        svg=svg_of(layered(chart, width=WIDTH - 90, height=110), "regimes", alt_text, w),
        table=Table(
            caption=w("Shares of the model's futures by regime"),
            columns=columns(w("Month"), *(w.capital(name) for name in names.values()), numbers=range(1, 4)),
            rows=tuple(
                row(w.month(m.month, short=True), *(w.chance(getattr(m, code)) for code in REGIMES))
                for m in futures.regimes
            ),
            folded=True,
        ),
        note=w("Nobody observes the regime: it is the state that best explains recorded deaths in all areas together."),
    )


def fan_areas(futures: FuturesResult, areas: dict[str, str], w: Wording, source: str = "") -> Figure:
    """The same, one small picture for each area on one common scale, the most violent first."""
    ordered = sorted(futures.areas, key=lambda a: (-sum(a.recent[-12:]) - a.months[-1].mean, a.area))
    top = max(
        (max(*a.recent, *(m.p95 for m in a.months)) if a.recent else max(m.p95 for m in a.months) for a in ordered),
        default=1,
    )
    wide = (WIDTH - 150) / 3
    pictures = [
        _fan(a.months, a.recent, w, wide=wide, high=62, axis_title=None, most=3, top=max(5.0, top))
        | {"title": heading(areas.get(a.area, a.area), wide + 30)}
        for a in ordered
    ]
    chart = side_by_side(pictures, across=3)
    alt_text = w(
        "Deaths a month by area; the most recorded in the last 12 months: {areas}.",
        areas=", ".join(f"{areas.get(a.area, a.area)} {w.number(sum(a.recent[-12:]))}" for a in ordered[:3]),
    )
    return Figure(
        key="fan-areas",
        title=w("Deaths a month by area, recorded and simulated"),
        alt=alt_text,
        svg=svg_of(chart, "fan-areas", alt_text, w),
        table=Table(
            caption=w("Deaths a month by area: last 12 months recorded, then median and four fifths of the futures"),
            columns=columns(
                (w("Area"), 2),
                w("Recorded, 12 months"),
                *(w.month(m.month, short=True) for m in _chosen(futures.country)),
                numbers=range(1, 6),
            ),
            rows=tuple(
                row(
                    areas.get(a.area, a.area),
                    w.number(sum(a.recent[-12:])),
                    *(f"{w.number(m.p50, 0)} ({_span(m.p10, m.p90, w)})" for m in _chosen(a.months)),
                )
                for a in ordered
            ),
            folded=True,
        ),
        source=source,
        note=w("One square-root scale for all areas. Bars: deaths recorded. Bands and line as above."),
    )


def _chosen(months: Sequence[ViolenceMonth]) -> list[ViolenceMonth]:
    """Four months spread to the horizon."""
    quarter = max(1, len(months) // 4)
    return list(months[quarter - 1 :: quarter][:4])


def _span(low: float, high: float, w: Wording) -> str:
    return f"{w.number(low, 0)}–{w.number(high, 0)}"


def _fan(
    months: Sequence[ViolenceMonth],
    recent: Sequence[float],
    w: Wording,
    *,
    wide: float,
    high: float,
    axis_title: str | None,
    most: int,
    top: float | None = None,
) -> Spec:
    begin = month_index(months[0].month)
    first, last = begin - len(recent), month_index(months[-1].month)
    x = month_axis(first, last, w, most=most)
    scale = alt.Scale(type="sqrt", nice=False, domain=[0, top]) if top else alt.Scale(type="sqrt", domainMin=0)
    y = alt.Y("deaths:Q", title=axis_title, scale=scale, axis=alt.Axis(tickCount=4))
    bars = (
        alt.Chart(values({"month": first + i, "deaths": d, "zero": 0} for i, d in enumerate(recent)))
        .mark_rule(color=MUTED, strokeWidth=max(1.5, 0.7 * wide / (last - first + 1)))
        .encode(x=x, y=y, y2="zero:Q")
    )
    spread = values(
        {"month": month_index(m.month), **{q: getattr(m, q) for q in ("p05", "p10", "p25", "p50", "p75", "p90", "p95")}}
        for m in months
    )
    layers: list[Any] = [bars]
    for low, high_, tone in (("p05", "p95", PALE), ("p10", "p90", LIGHT), ("p25", "p75", MIDDLE)):
        layers.append(
            alt.Chart(spread)
            .mark_area(color=tone)
            .encode(x=x, y=alt.Y(f"{low}:Q", title=axis_title, scale=scale), y2=f"{high_}:Q")
        )
    layers.append(
        alt.Chart(spread)
        .mark_line(color=INK, strokeWidth=1.6)
        .encode(x=x, y=alt.Y("p50:Q", title=axis_title, scale=scale))
    )
    return layered(*layers, width=wide, height=high)


def chances(key: str, title: str, found: Sequence[tuple[str, Renewed]], w: Wording) -> Figure:
    """
    Chances of renewed armed violence, each as an interval with its base rate; `found` gives the words of each row.

    The bar is the 80 % interval, the upright its middle, the hollow diamond how often it happened in the mission's own past.
    """
    names = [name for name, _ in found]
    data = values(
        {"row": name, "low": r.low, "high": r.high, "p": r.probability, "base": r.base_rate} for name, r in found
    )
    y = alt.Y("row:N", sort=names, title=None, axis=alt.Axis(domain=False, ticks=False, labelLimit=270))
    x = alt.X("low:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format=".0%", tickCount=5))
    bar = alt.Chart(data).mark_bar(height=9, color=LIGHT, stroke=DEEP, strokeWidth=0.8).encode(x=x, x2="high:Q", y=y)
    middle = alt.Chart(data).mark_tick(color=DEEP, thickness=3, height=15).encode(x="p:Q", y=y)
    base = (
        alt.Chart(data)
        .transform_filter("isValid(datum.base)")
        .mark_point(shape="diamond", size=60, filled=False, color=INK, strokeWidth=1.4, opacity=1)
        .encode(x="base:Q", y=y)
    )
    chart = layered(bar, middle, base, width=WIDTH - 320, height=step(22))
    alt_text = f"{title}{w.colon}" + w.semicolon.join(f"{name} {w.chances(r.low, r.high)}" for name, r in found)
    return Figure(
        key=key,
        title=title,
        alt=alt_text,
        svg=svg_of(chart, key, alt_text, w),
        table=Table(
            caption=title,
            columns=columns(
                (w("Where and when"), 3),
                w("Chance, 80% interval"),
                w("Middle"),
                w("Base rate"),
                w("Model alone"),
                w("Own past"),
                w("Sampling error"),
                numbers=range(1, 7),
            ),
            rows=tuple(
                row(
                    Cell(text=name, mark="late" if r.already_met else ""),
                    w.chances(r.low, r.high),
                    w.chance(r.probability),
                    w("{share} of {n}", share=w.share(r.base_rate), n=w.number(r.base_months))
                    if r.base_rate is not None
                    else "–",
                    w.chance(r.model),
                    w.chance(r.own_past),
                    w("± {points} points", points=w.number(r.error * 100, 1)),
                )
                for name, r in found
            ),
            note=w(
                "Marked: the definition is met already on the day. Base rate: share of past starting months from which it happened."
            ),
        ),
        note=w("Bar: 80% interval; upright: middle; diamond: base rate in the mission's own past."),
    )
