"""Consent and access over time: what hindered from when to when, and what each party showed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import altair as alt

from exitplan.domain.months import month_of
from exitplan.domain.results.partners import SignalLine
from exitplan.reports.charts.drawing import (
    DEEP,
    INK,
    LIGHT,
    MIDDLE,
    MUTED,
    OCHRE,
    WIDTH,
    layered,
    month_axis,
    renamed,
    rule_at,
    short,
    step,
    svg_of,
    values,
)
from exitplan.wording import Wording

LINE = 18
LONGEST = 38
"""Letters of a row's name."""
MOST_ROWS = 24
"""Rows that are drawn; the table holds them all."""

DIRECTIONS = ("supports", "neutral", "hinders")
DIRECTION_TONES = {"supports": MIDDLE, "neutral": MUTED, "hinders": OCHRE}
DIRECTION_SHAPES = {"supports": "triangle-up", "neutral": "circle", "hinders": "triangle-down"}


def moment(day: date) -> float:
    """A day on the axis of months."""
    return month_of(day) + (day.day - 1) / 31


def hindrances(key: str, lines: Sequence[SignalLine], on: date, alt_text: str, w: Wording) -> str:
    """
    Bars from the day a hindrance began to the day it ended, as SVG; the days counted as lost are the dark part.

    Parameters
    ----------
    lines
        Signs that hinder, in the order to be drawn; what still holds runs up to the day.
    """
    rows = []
    for line in lines[:MOST_ROWS]:
        end = min(line.until or on, on)
        lost = line.due or line.date
        name = f"{line.code} {line.name(w.lang)}"
        spans = [("waiting", line.date, min(lost, end)), ("lost", min(lost, end), end)]
        rows += [
            {
                "name": name,
                "month": moment(a),
                "to": max(moment(b), moment(a) + 0.08),
                "part": part,
                "holds": line.holds,
            }
            for part, a, b in spans
            if b > a or (part == "lost" and line.date == end)
        ]
    names = list(dict.fromkeys(f"{line.code} {line.name(w.lang)}" for line in lines[:MOST_ROWS]))
    first = min(month_of(line.date) for line in lines)
    x = month_axis(first - 1, month_of(on) + 1, w, most=5)
    words = {"waiting": w("answer not due yet"), "lost": w("days lost")}
    bars = (
        alt.Chart(values(rows))
        .mark_bar(height=10, stroke=MUTED, strokeWidth=0.6)
        .encode(
            x=x,
            x2="to:Q",
            y=_names(names),
            color=alt.Color(
                "part:N",
                scale=alt.Scale(domain=list(words), range=[LIGHT, DEEP]),
                legend=alt.Legend(title=None, orient="top", labelExpr=renamed(words)),
            ),
        )
    )
    chart = layered(bars, *rule_at(moment(on), w("today"), label=False), width=WIDTH - 290, height=step(LINE))
    return svg_of(chart, key, alt_text, w)


def will_over_time(key: str, parties: Mapping[str, Sequence[SignalLine]], on: date, alt_text: str, w: Wording) -> str:
    """
    One row for each party and a mark for each of its signs, as SVG: up supports, a dot does neither, down hinders.

    Parameters
    ----------
    parties
        Signs by the name of the party, in the order to be drawn.
    """
    names = list(parties)[:MOST_ROWS]
    rows = [
        {"name": name, "month": moment(line.date), "direction": line.direction}
        for name in names
        for line in parties[name]
    ]
    first = min(month_of(line.date) for lines in parties.values() for line in lines)
    x = month_axis(first - 1, month_of(on) + 1, w, most=5)
    words = {d: w.code("signal_direction", d) for d in DIRECTIONS}
    legend = alt.Legend(title=None, orient="top", labelExpr=renamed(words), symbolFillColor=None)
    marks: Any = (
        alt.Chart(values(rows))
        .mark_point(filled=True, size=90, opacity=1, stroke=INK, strokeWidth=0.5)
        .encode(
            x=x,
            y=_names(names),
            shape=alt.Shape(
                "direction:N",
                scale=alt.Scale(domain=list(DIRECTIONS), range=[DIRECTION_SHAPES[d] for d in DIRECTIONS]),
                legend=legend,
            ),
            color=alt.Color(
                "direction:N",
                scale=alt.Scale(domain=list(DIRECTIONS), range=[DIRECTION_TONES[d] for d in DIRECTIONS]),
                legend=legend,
            ),
        )
    )
    chart = layered(marks, *rule_at(moment(on), w("today"), label=False), width=WIDTH - 290, height=step(LINE + 4))
    return svg_of(chart, key, alt_text, w)


def _names(names: Sequence[str]) -> alt.Y:
    words = {name: short(name, LONGEST) for name in names}
    axis = alt.Axis(labelExpr=renamed(words), domain=False, ticks=False, grid=True, labelFontSize=10)
    return alt.Y("name:N", scale=alt.Scale(domain=list(names)), title=None, axis=axis)
