"""One series under watch: months' counts against their baseline, and below them the statistic against its alarm line."""

from __future__ import annotations

from typing import Any

import altair as alt

from exitplan.domain.months import month_index
from exitplan.domain.results.watch import EarlyWarning
from exitplan.reports.charts.drawing import (
    DEEP,
    INK,
    MUTED,
    OCHRE,
    WIDTH,
    Spec,
    layered,
    month_axis,
    rule_at,
    side_by_side,
    svg_of,
    values,
)
from exitplan.reports.page import Cell, Figure, Table, columns, row
from exitplan.wording import Wording

WIDE = WIDTH - 80


def warning_picture(key: str, title: str, found: EarlyWarning, source: str, w: Wording) -> Figure:
    """
    Counts of a place and what the alarm makes of them; `found` holds at least one month.

    The upper part holds the counts and the baseline's mean, the lower one the statistic and the line at which it alarms.
    """
    first, last = month_index(found.months[0].month), month_index(found.months[-1].month)
    parts = [_counts(found, first, last, w)]
    if found.threshold is not None and any(m.statistic is not None for m in found.months):
        parts.append(_statistic(found, first, last, w))
    over = [m for m in found.months if m.over]
    alt_text = w(
        "{title}: {n} months from {first} to {last}; months over the alarm line: {over}.",
        title=title,
        n=w.number(len(found.months)),
        first=w.month(found.months[0].month),
        last=w.month(found.months[-1].month),
        over=", ".join(w.month(m.month) for m in over) or w("none"),
    )
    return Figure(
        key=key,
        title=title,
        alt=alt_text,
        svg=svg_of(side_by_side(parts, across=1), key, alt_text, w),
        table=Table(
            caption=w("{title}: month by month", title=title),
            columns=columns(
                (w("Month"), 1.2),
                w.capital(w("deaths") if found.counted == "deaths" else w("events")),
                w.capital(w.code("watch_statistic", found.method)),
                (w("Alarm"), 1.2),
                numbers=(1, 2),
            ),
            rows=tuple(
                row(
                    w.month(m.month, short=True),
                    w.number(m.count),
                    w.number(m.statistic, 2) if m.statistic is not None else "–",
                    Cell(text=w("over the line"), mark="late") if m.over else "–",
                )
                for m in reversed(found.months)
            ),
            folded=True,
        ),
        source=source,
        note=baseline_words(found, w),
    )


def baseline_words(found: EarlyWarning, w: Wording) -> str:
    """What the alarm takes for normal, and whether it is a rehearsal."""
    said = []
    if found.baseline_mean is not None:
        mean = w.number(found.baseline_mean, 2)
        said.append(
            w(
                "Baseline: {mean} a month, from {first} to {last}.",
                mean=mean,
                first=w.month(found.baseline_from),
                last=w.month(found.baseline_to),
            )
            if found.baseline_from
            else w("Baseline: {mean} a month, set by hand.", mean=mean)
        )
    if found.threshold is not None:
        said.append(
            w("Alarm line: {line}.", line=w.number(found.threshold, 2))
            if found.method == "score"
            else w(
                "A month adds what it brings above {reference}; alarm at a sum of {line}, which then begins again.",
                reference=w.number(found.reference, 2),
                line=w.number(found.threshold, 2),
            )
        )
    if found.rehearsal:
        said.append(w("The exit lies ahead: this is a rehearsal on the last months of the data."))
    return " ".join(said)


def _counts(found: EarlyWarning, first: int, last: int, w: Wording) -> Spec:
    title = w("deaths a month") if found.counted == "deaths" else w("events a month")
    x = month_axis(first, last, w, labels=found.threshold is None)
    y = alt.Y("count:Q", title=title, axis=alt.Axis(tickCount=4, tickMinStep=1), scale=alt.Scale(domainMin=0))
    data = values({"month": month_index(m.month), "count": m.count, "zero": 0} for m in found.months)
    thick = max(1.5, 0.7 * WIDE / (last - first + 1))
    layers: list[Any] = [
        alt.Chart(data).mark_rule(color=MUTED, strokeWidth=thick).encode(x=x, y=y, y2="zero:Q"),
    ]
    if found.baseline_mean is not None:
        mean = values([{"count": found.baseline_mean}])
        layers.append(alt.Chart(mean).mark_rule(color=DEEP, strokeDash=[2, 2]).encode(y="count:Q"))
    if found.watched_from:
        layers += rule_at(month_index(found.watched_from) - 0.5, w("watched from here"), tone=INK)
    return layered(*layers, width=WIDE, height=110)


def _statistic(found: EarlyWarning, first: int, last: int, w: Wording) -> Spec:
    x = month_axis(first, last, w)
    y = alt.Y(
        "value:Q",
        title=w.code("watch_statistic", found.method),
        axis=alt.Axis(tickCount=3),
        scale=alt.Scale(domainMin=0),
    )
    kept = [m for m in found.months if m.statistic is not None]
    line = values({"month": month_index(m.month), "value": m.statistic} for m in kept)
    over = values({"month": month_index(m.month), "value": m.statistic} for m in kept if m.over)
    return layered(
        alt.Chart(line).mark_line(color=DEEP, strokeWidth=1.6, point={"color": DEEP, "size": 14}).encode(x=x, y=y),
        alt.Chart(values([{"value": found.threshold}]))
        .mark_rule(color=OCHRE, strokeDash=[7, 3], strokeWidth=1.6)
        .encode(y="value:Q"),
        alt.Chart(over).mark_point(shape="triangle-up", size=90, color=OCHRE, filled=True, opacity=1).encode(x=x, y=y),
        width=WIDE,
        height=80,
    )
