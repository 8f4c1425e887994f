"""The two clocks on one strip: the date everybody has in mind, the conditions, and the gap between them."""

from __future__ import annotations

from datetime import date
from typing import Any

import altair as alt

from exitplan.domain.months import month_index, month_of
from exitplan.domain.results.readiness import Clocks
from exitplan.reports.charts.drawing import (
    DEEP,
    INK,
    LIGHT,
    MIDDLE,
    MUTED,
    OCHRE,
    PAPER,
    WIDTH,
    layered,
    month_axis,
    svg_of,
    values,
)
from exitplan.reports.page import Figure, Table, columns, row
from exitplan.wording import Wording

ROW = 48


def clocks_strip(clocks: Clocks, on: date, w: Wording) -> Figure:
    """
    Calendar, conditions and feasible sequence on one line of months, with the gap between the first two.

    The band of the conditions runs from the month with a chance of one in ten to the month with nine in ten; where it runs
    beyond the months looked ahead it ends in an arrow.
    """
    here = month_of(on)
    horizon = here + clocks.conditions.horizon_months
    calendar = month_of(clocks.calendar.end) if clocks.calendar.end else None
    early, middle, late = (
        month_index(m) if m else None
        for m in (clocks.conditions.early, clocks.conditions.month, clocks.conditions.late)
    )
    feasible = month_index(clocks.feasible.month) if clocks.feasible and clocks.feasible.month else None
    known = [m for m in (here, calendar, early, middle, late, feasible) if m is not None]
    first, last = min(known) - 1, max([*known, here + 12]) + 2
    if early is not None and late is None:
        last = max(last, horizon + 1)

    names = [w("Calendar"), w("Conditions")] + ([w("Feasible sequence")] if clocks.feasible else [])
    at = alt.Y(
        "row:N", sort=names, title=None, axis=alt.Axis(domain=False, ticks=False, labelFontSize=12, labelLimit=180)
    )
    axis = month_axis(first, last, w)
    said = _said(clocks, w)

    layers: list[Any] = [
        alt.Chart(values({"row": n, "month": first} for n in names)).mark_point(opacity=0).encode(x=axis, y=at),
        alt.Chart(values([{"month": here}])).mark_rule(color=MUTED, strokeDash=[2, 3]).encode(x="month:Q"),
    ]
    if calendar is not None:
        layers.append(
            alt.Chart(values([{"month": calendar}])).mark_rule(color=INK, strokeWidth=1.3).encode(x="month:Q")
        )
        layers.append(_point(names[0], calendar, "diamond", INK, at))
    if early is not None:
        to = late if late is not None else horizon
        layers.append(
            alt.Chart(values([{"row": names[1], "month": early - 0.5, "to": to + 0.5}]))
            .mark_bar(height=16, color=LIGHT, stroke=DEEP, strokeWidth=1)
            .encode(x="month:Q", x2="to:Q", y=at)
        )
        if late is None:
            layers.append(_point(names[1], to + 0.5, "triangle-right", DEEP, at, size=170))
    if middle is not None:
        layers.append(_point(names[1], middle, "stroke", DEEP, at, size=420, angle=90))
    if calendar is not None and middle is not None and calendar != middle:
        layers.append(_gap(names, calendar, middle))
    if feasible is not None:
        layers.append(_point(names[2], feasible, "triangle-up", OCHRE, at))
    for name, (text, place) in zip(names, said, strict=True):
        layers += _words(name, text, here if place is None else place, first, last, at)

    gap = gap_words(clocks, w)
    words = w.semicolon.join(f"{name}{w.colon}{text}" for name, (text, _) in zip(names, said, strict=True))
    alt_text = f"{words}. {gap}"
    chart = layered(*layers, width=WIDTH - 130, height=ROW * len(names))
    rows = [row(name, text) for name, (text, _) in zip(names, said, strict=True)]
    chance = clocks.conditions.probability_at_calendar
    if chance is not None:
        band = (
            w.chances(clocks.conditions.low, clocks.conditions.high)
            if clocks.conditions.low is not None and clocks.conditions.high is not None
            else w.chance(chance)
        )
        rows.append(row(w("Chance that all exit gates are open when the calendar ends"), band))
    return Figure(
        key="clocks",
        title=w("Calendar and conditions"),
        alt=alt_text,
        svg=svg_of(chart, "clocks", alt_text, w),
        table=Table(
            caption=w("Calendar and conditions"),
            columns=columns(w("Clock"), (w("Reading"), 3)),
            rows=(*rows, row(w("Gap"), gap)),
        ),
        note=w(
            "Band: months in which the chance that all exit gates are open passes from one in ten to nine in ten; bar: one half. "
            "Dotted line: day of this document."
        )
        if early is not None
        else w("Dotted line: day of this document."),
    )


def gap_words(clocks: Clocks, w: Wording) -> str:
    """The gap between the clocks in a short sentence."""
    gap = clocks.gap_months
    if gap is None:
        return w.capital(w.code("standing", clocks.standing)) + "."
    if gap > 0:
        return w.count(
            "The conditions are expected {n} month after the date.",
            "The conditions are expected {n} months after the date.",
            gap,
        )
    if gap < 0:
        return w.count(
            "The conditions are expected {n} month before the date.",
            "The conditions are expected {n} months before the date.",
            -gap,
        )
    return w("The conditions are expected in the month of the date.")


def _said(clocks: Clocks, w: Wording) -> list[tuple[str, int | None]]:
    """What is written beside each row, and the month after which it stands; None where nothing is drawn in the row."""
    end = clocks.calendar.end
    said: list[tuple[str, int | None]] = [
        (f"{w.date(end, short=True)} ({clocks.calendar.source.partition(':')[2]})", month_of(end))
        if end
        else (w("no date set"), None)
    ]
    found = clocks.conditions
    if found.open_now:
        said.append((w("all exit gates are open"), month_index(found.month) if found.month else None))
    elif found.month and found.early:
        late = w.month(found.late, short=True) if found.late else w("beyond {n} months", n=found.horizon_months)
        said.append(
            (
                w(
                    "{middle} ({early} – {late})",
                    middle=w.month(found.month, short=True),
                    early=w.month(found.early, short=True),
                    late=late,
                ),
                month_index(found.month),
            )
        )
    elif found.early:
        said.append(
            (
                w(
                    "from {early}; even chance beyond {n} months",
                    early=w.month(found.early, short=True),
                    n=found.horizon_months,
                ),
                None,
            )
        )
    elif found.unknown:
        said.append((w("cannot be dated: data missing for {gates}", gates=", ".join(found.unknown)), None))
    elif found.not_shown:
        said.append((w.code("standing", "not_shown"), None))
    else:
        said.append((w("not expected within {n} months", n=found.horizon_months), None))
    if clocks.feasible:
        last = clocks.feasible.month
        stuck = clocks.feasible.unplaced
        said.append(
            (w.month(last, short=True), month_index(last))
            if last
            else (w.count("{n} step has no feasible month", "{n} steps have no feasible month", stuck), None)
        )
    return said


def _point(name: str, month: float, shape: str, tone: str, at: alt.Y, *, size: int = 150, angle: int = 0) -> Any:
    return (
        alt.Chart(values([{"row": name, "month": month}]))
        .mark_point(shape=shape, size=size, filled=shape != "stroke", color=tone, strokeWidth=3, opacity=1, angle=angle)
        .encode(x="month:Q", y=at)
    )


def _gap(names: list[str], calendar: int, middle: int) -> Any:
    """A thin line in the row of the calendar from the date to the even chance of the conditions."""
    tone = OCHRE if middle > calendar else MIDDLE
    return (
        alt.Chart(values([{"row": names[0], "month": calendar, "to": middle}]))
        .mark_rule(color=tone, strokeWidth=3, strokeDash=[5, 2])
        .encode(x="month:Q", x2="to:Q", y=alt.Y("row:N", sort=names))
    )


def _words(name: str, text: str, place: float, first: int, last: int, at: alt.Y) -> list[alt.Chart]:
    """The words of a row, above its marks and clear of every line, running towards the side that has room."""
    right = place > (first + last) / 2
    words = alt.Chart(values([{"row": name, "month": place, "words": text}])).encode(x="month:Q", y=at, text="words:N")
    style: dict[str, Any] = {"align": "right" if right else "left", "dy": -19, "dx": -7 if right else 7, "fontSize": 11}
    return [words.mark_text(stroke=PAPER, strokeWidth=4, **style), words.mark_text(color=INK, **style)]
