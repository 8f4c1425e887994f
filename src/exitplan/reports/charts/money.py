"""Money after the exit: what the functions cost by month, and who has promised to pay until when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from exitplan.domain.months import month_index
from exitplan.domain.results.takeover import Cover, FunctionMoney, MoneyMonth
from exitplan.reports.charts.drawing import (
    CROSS,
    DEEP,
    GRID,
    INK,
    LIGHT,
    MUTED,
    OCHRE,
    PALE,
    PAPER,
    WIDTH,
    columns_of,
    layered,
    month_axis,
    renamed,
    rule_at,
    short,
    step,
    svg_of,
    values,
)
from exitplan.reports.page import Cell, Figure, Table, columns, row
from exitplan.wording import Wording

COVERS: tuple[Cover, ...] = ("firm", "announced", "part", "none", "unknown")
COVER_TONES = {"firm": DEEP, "announced": LIGHT, "part": PALE, "none": PAPER, "unknown": GRID}
"""Darker is surer; what is not covered at all is empty and crossed out."""


def funding(months: Sequence[MoneyMonth], currency: str, deadline: str | None, w: Wording) -> Figure:
    """Funding by month, firm and merely announced, against the cost of the functions: where the bars end, the cliff begins."""
    words = {
        "firm": w("signed or delivered"),
        "announced": w("announced or pledged"),
        "untied": w("for no function in particular"),
    }
    first, last = month_index(months[0].month), month_index(months[-1].month)
    x = month_axis(first, last, w)
    parts = {words[kind]: [getattr(m, kind) / 1e6 for m in months] for kind in words}
    axis_title = w("million {currency} a month", currency=currency)
    bars = columns_of([month_index(m.month) for m in months], parts, (DEEP, LIGHT, PALE), x, axis_title)
    layers: list[Any] = [bars]
    if any(m.need for m in months):
        layers.append(
            alt.Chart(values({"month": month_index(m.month), "money": m.need / 1e6} for m in months))
            .mark_line(interpolate="step", color=OCHRE, strokeWidth=2, strokeDash=[7, 3])
            .encode(x="month:Q", y="money:Q")
        )
    if deadline and first <= month_index(deadline) <= last:
        layers += rule_at(month_index(deadline), w("calendar ends"), tone=INK, above=True)
    chart = layered(*layers, width=WIDTH - 80, height=150)
    end = months[-1]
    alt_text = w(
        "Funding by month: {first} million in {from_}, {last} million in {to}, against a cost of {need} million a month.",
        first=w.number((months[0].firm + months[0].announced) / 1e6, 1),
        from_=w.month(months[0].month),
        last=w.number((end.firm + end.announced) / 1e6, 1),
        to=w.month(end.month),
        need=w.number(end.need / 1e6, 1),
    )
    return Figure(
        key="funding",
        title=w("Funding of functions after the mission, by month"),
        alt=alt_text,
        svg=svg_of(chart, "funding", alt_text, w),
        table=Table(
            caption=w("Funding of functions after the mission, million {currency} a month", currency=currency),
            columns=columns(
                w("Month"),
                *(w.capital(t) for t in words.values()),
                w("Cost"),
                w("Not covered"),
                numbers=(1, 2, 3, 4, 5),
            ),
            rows=tuple(
                row(
                    w.month(m.month, short=True),
                    *(w.number(v / 1e6, 2) for v in (m.firm, m.announced, m.untied, m.need, m.uncovered)),
                )
                for m in months[::3]
            ),
            folded=True,
        ),
        note=w(
            "Amounts are spread evenly over the months of each commitment and programme. "
            "Dashed: cost of the functions. Not covered: added up function by function, so that plenty for one covers no other. "
            "Table: every third month."
        ),
    )


def cover_strip(functions: Sequence[FunctionMoney], deadline: str | None, w: Wording) -> Figure:
    """Month by month whether each function's cost is covered, the earliest uncovered on top; its table in stretches of months."""
    words = {cover: w.code("cover", cover) for cover in COVERS}
    used = [c for c in COVERS if any(m.cover == c for f in functions for m in f.months)]
    months = [month_index(m.month) for m in functions[0].months]
    first, last = months[0], months[-1]
    names = {f.code: short(f"{f.code} {f.name(w.lang)}", 34) for f in functions}
    cells = [
        {"month": at - 0.5, "to": at + 0.5, "function": names[f.code], "cover": m.cover}
        for f in functions
        for at, m in zip(months, f.months, strict=True)
    ]
    x = month_axis(first, last, w, grid=False)
    y = alt.Y("function:N", sort=list(names.values()), title=None, axis=alt.Axis(domain=False, ticks=False))
    squares = (
        alt.Chart(values(cells))
        .mark_rect(stroke=MUTED, strokeWidth=0.4)
        .encode(
            x=x,
            x2="to:Q",
            y=y,
            color=alt.Color(
                "cover:N",
                scale=alt.Scale(domain=used, range=[COVER_TONES[c] for c in used]),
                legend=alt.Legend(title=None, orient="bottom", labelExpr=renamed(words), symbolStrokeColor=MUTED),
            ),
        )
    )
    bare = [c | {"month": float(c["month"]) + 0.5} for c in cells if c["cover"] == "none"]
    layers: list[Any] = [squares]
    if bare:
        layers.append(
            alt.Chart(values(bare))
            .mark_point(shape=CROSS, size=60, color=OCHRE, strokeWidth=1.4)
            .encode(x="month:Q", y=y)
        )
    if deadline and first <= month_index(deadline) <= last:
        layers += rule_at(month_index(deadline) + 0.5, w("calendar ends"), tone=INK, label=False)
    told = [f for f in functions if f.need is not None]
    held = sum(f.first_uncovered is None for f in told)
    alt_text = w(
        "{held} of {all} functions are covered in every month to {last}, announced money counted.",
        held=held,
        all=len(told),
        last=w.month(functions[0].months[-1].month),
    )
    return Figure(
        key="cover",
        title=w("Money for each function, month by month"),
        alt=alt_text,
        svg=svg_of(layered(*layers, width=WIDTH - 230, height=step(22)), "cover", alt_text, w),
        table=Table(
            caption=w("From when each function is not covered"),
            columns=columns(
                (w("Function"), 2.4),
                (w("First month without firm cover"), 1.2),
                (w("First month not covered"), 1.2),
                (w("First one after the mission"), 1.2),
                (w("Month by month"), 4),
            ),
            rows=tuple(
                row(
                    f"{f.code} {f.name(w.lang)}",
                    _month(f.first_not_firm, f, w),
                    Cell(text=_month(f.first_uncovered, f, w), mark="late" if f.first_uncovered else ""),
                    _month(f.first_after, f, w) if deadline else "–",
                    w.semicolon.join(f"{_span(a, b, w)}{w.colon}{words[c]}" for a, b, c in stretches(f)),
                )
                for f in functions
            ),
        ),
        note=w("Line: the calendar ends. Cross: no money at all is promised for that month."),
    )


def stretches(function: FunctionMoney) -> list[tuple[str, str, Cover]]:
    """First and last month of each stretch in which a function is covered in the same way."""
    found: list[tuple[str, str, Cover]] = []
    for m in function.months:
        if found and found[-1][2] == m.cover:
            found[-1] = (found[-1][0], m.month, m.cover)
        else:
            found.append((m.month, m.month, m.cover))
    return found


def _span(first: str, last: str, w: Wording) -> str:
    if first == last:
        return w.month(first, short=True)
    return f"{w.month(first, short=True)} – {w.month(last, short=True)}"


def _month(month: str | None, function: FunctionMoney, w: Wording) -> str:
    """The month; where there is none, whether that is for want of a cost or because money lasts beyond what is shown."""
    if function.need is None:
        return w("cost not stated")
    if month is None:
        return w("after {month}", month=w.month(function.months[-1].month, short=True))
    return w.month(month, short=True)
