"""The sequence: the board of hand-overs, the bars of every step, and strength against its ceilings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from exitplan.domain.months import month_index
from exitplan.domain.results.readiness import HandoverStatus
from exitplan.domain.results.schedule import LimitUse, ScheduledStep, ScheduleResult, StrengthMonth
from exitplan.reports.charts.drawing import (
    APART,
    DEEP,
    GRID,
    INK,
    LIGHT,
    MIDDLE,
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

LINES = 3
LINE = 11
"""Lines of a heading, and pixels of each."""
STAGES: dict[str, tuple[str, ...]] = {
    "done": ("transferred", "monitored", "confirmed"),
    "trial": ("trial",),
    "assessed": ("self_assessed", "jointly_assessed", "approved"),
    "proposed": ("proposed",),
    "back": ("remedial", "reversed"),
}
"""States of hand-overs gathered into what a board can show: darker is further, ochre is a step back."""
STAGE_TONES = {"done": DEEP, "trial": MIDDLE, "assessed": LIGHT, "proposed": PAPER, "back": OCHRE}
STAGE_INKS = {"done": PAPER, "trial": PAPER, "assessed": INK, "proposed": INK, "back": PAPER}


def stage_of(state: str) -> str:
    """The stage that a hand-over's state belongs to."""
    return next(stage for stage, states in STAGES.items() if state in states)


def stage_words(w: Wording) -> dict[str, str]:
    """The stages in words."""
    return {
        "done": w("transferred"),
        "trial": w("on trial"),
        "assessed": w("assessed or approved"),
        "proposed": w("proposed"),
        "back": w("remedial work or reversed"),
    }


def board(
    handovers: Sequence[HandoverStatus],
    steps: Sequence[ScheduledStep],
    areas: dict[str, str],
    functions: dict[str, str],
    w: Wording,
) -> Figure:
    """Hand-overs, areas down the side and functions across; tone and letters tell the stage, figures the earliest month."""
    earliest = {s.code: s.earliest for s in steps if s.kind == "handover"}
    words = stage_words(w)
    initials = {stage: w.capital(text)[:1] for stage, text in words.items()}
    if len(set(initials.values())) < len(initials):
        initials = {stage: str(at) for at, stage in enumerate(STAGES, 1)}
    country = w("whole country")
    cells = []
    for h in handovers:
        stage = stage_of(h.state)
        month = earliest.get(h.code)
        told = words[stage] if stage == "done" else (f"{month[5:]}/{month[2:4]}" if month else "–")
        cells.append(
            {
                "area": areas.get(h.area or "", h.area) if h.area else country,
                "function": _wrapped(functions.get(h.function, h.function)),
                "stage": stage,
                "told": "✓" if stage == "done" else told,
            }
        )
    names = [n for n in (*areas.values(), country) if any(c["area"] == n for c in cells)]
    heads = [
        h for h in dict.fromkeys(_wrapped(f) for f in functions.values()) if any(c["function"] == h for c in cells)
    ]
    data = values(cells)
    wide = min(92, (WIDTH - 150) / max(1, len(heads)))
    slanted = wide < 58
    axis = alt.Axis(
        orient="top",
        labelAngle=-50 if slanted else 0,
        domain=False,
        ticks=False,
        labelExpr="trim(replace(datum.value, /[|]/g, ' '))" if slanted else "split(datum.value, '|')",
        labelFontSize=10,
        labelLineHeight=LINE,
        labelPadding=4 if slanted else 4 + (LINES - 1) * LINE,
        labelLimit=150 if slanted else 90,
    )
    x = alt.X("function:N", sort=heads, title=None, axis=axis)
    y = alt.Y("area:N", sort=names, title=None, axis=alt.Axis(domain=False, ticks=False, labelLimit=150))
    order = list(STAGES)
    rects = (
        alt.Chart(data)
        .mark_rect(stroke=MUTED, strokeWidth=0.8)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "stage:N",
                scale=alt.Scale(domain=order, range=[STAGE_TONES[s] for s in order]),
                legend=alt.Legend(
                    title=None,
                    orient="bottom",
                    labelExpr=renamed(words),
                    symbolStrokeColor=MUTED,
                    columns=3,
                ),
            ),
        )
    )
    signs = (
        alt.Chart(data)
        .mark_text(fontSize=10)
        .encode(
            x=x,
            y=y,
            text="told:N",
            color=alt.Color(
                "stage:N", scale=alt.Scale(domain=order, range=[STAGE_INKS[s] for s in order]), legend=None
            ),
        )
    )
    chart = layered(rects, signs, width=step(wide), height=step(21), resolve=APART)
    counts = {s: sum(c["stage"] == s for c in cells) for s in order}
    alt_text = w(
        "Hand-overs by area and function: {counts}.",
        counts=", ".join(f"{words[s]} {n}" for s, n in counts.items() if n),
    )
    return Figure(
        key="board",
        title=w("Hand-overs by area and function"),
        alt=alt_text,
        svg=svg_of(chart, "board", alt_text, w),
        table=Table(
            caption=w("Hand-overs by area and function"),
            columns=columns((w("Area"), 2), (w("Function"), 2), (w("State"), 1.4), w("Earliest")),
            rows=tuple(
                row(
                    areas.get(h.area or "", h.area or country),
                    functions.get(h.function, h.function),
                    w.code("handover_state", h.state),
                    w.month(earliest.get(h.code), short=True),
                )
                for h in handovers
            ),
            folded=True,
        ),
        note=w(
            "Figures: earliest feasible month (month/year); a tick where the receiver carries the function; a dash where no month is feasible."
        ),
    )


def gantt(key: str, title: str, steps: Sequence[ScheduledStep], deadline: str | None, w: Wording) -> Figure:
    """Work and completion of each step, the month planned, the deadline, and what binds it, in words at the right."""
    dated = [s for s in steps if s.earliest or s.planned]
    months = [month_index(m) for s in dated for m in (s.start, s.earliest, s.planned) if m]
    months += [month_index(deadline)] if deadline else []
    first, last = min(months), max(months)
    names = [short(f"{s.code} {s.name(w.lang)}", 40) for s in dated]
    data = values(
        {
            "step": name,
            "month": month_index(s.start or s.earliest) - 0.5 if s.earliest else None,
            "to": month_index(s.earliest) + 0.5 if s.earliest else None,
            "planned": month_index(s.planned) if s.planned else None,
            "late": bool(s.misses_deadline),
            "binding": _binding(s, w),
        }
        for name, s in zip(names, dated, strict=True)
    )
    y = alt.Y(
        "step:N",
        sort=names,
        title=None,
        axis=alt.Axis(domain=False, ticks=False, grid=True, gridColor=GRID, labelFontSize=10, labelLimit=215),
    )
    x = month_axis(first, last, w, most=6)
    bars = (
        alt.Chart(data)
        .mark_bar(height=8, stroke=DEEP, strokeWidth=0.8)
        .encode(x=x, x2="to:Q", y=y, color=alt.condition("datum.late", alt.value(OCHRE), alt.value(LIGHT)))
    )
    planned = (
        alt.Chart(data)
        .mark_point(shape="diamond", size=42, color=INK, filled=False, strokeWidth=1.4, opacity=1)
        .encode(x="planned:Q", y=y)
    )
    words = (
        alt.Chart(data)
        .mark_text(align="left", fontSize=9.5, color=MUTED)
        .encode(x=alt.value(WIDTH - 400 + 6), y=y, text="binding:N")
    )
    layers: list[Any] = [bars, planned, words]
    if deadline:
        layers += rule_at(month_index(deadline), w("deadline"), label=False)
    chart = layered(*layers, width=WIDTH - 400, height=step(14))
    late = sum(s.misses_deadline for s in steps)
    alt_text = w("{title}: {n} steps, {late} after the deadline.", title=title, n=len(steps), late=late)
    return Figure(
        key=key,
        title=title,
        alt=alt_text,
        svg=svg_of(chart, key, alt_text, w),
        table=steps_table(title, steps, w),
        note=w(
            "Bar: months of work, ending in the earliest feasible month; dark where that comes after the deadline. "
            "Diamond: month planned. Dashed line: deadline. Words: what binds the step."
        ),
    )


def steps_table(caption: str, steps: Sequence[ScheduledStep], w: Wording) -> Table:
    """Every step with its months and what binds it."""
    return Table(
        caption=caption,
        columns=columns(
            (w("Step"), 3.2),
            (w("Earliest"), 1.2),
            (w("Planned"), 1.2),
            w("Months late"),
            (w("What binds it"), 2.6),
            numbers=(3,),
        ),
        rows=tuple(
            row(
                f"{s.code} {s.name(w.lang)}",
                Cell(text=w.month(s.earliest, short=True), mark="late" if s.misses_deadline else "")
                if s.state == "planned"
                else Cell(
                    text=w.code("step_state", s.state),
                    mark="unmet" if s.state == "not_feasible" else "done" if s.state == "done" else "",
                ),
                w.month(s.planned, short=True),
                w.number(s.late_months) if s.late_months is not None else "–",
                _binding(s, w) or "–",
            )
            for s in steps
        ),
        folded=len(steps) > 12,
    )


def _binding(step: ScheduledStep, w: Wording) -> str:
    return "" if step.state == "done" else w.semicolon.join(w.binding(b) for b in step.bindings[:2])


def strength_chart(months: Sequence[StrengthMonth], deadline: str | None, w: Wording) -> Figure:
    """People at open sites at the end of each month, against ceilings and floors on uniformed people."""
    names = {"military": w("Military"), "police": w("Police"), "civilian": w("Civilian")}
    first, last = month_index(months[0].month), month_index(months[-1].month)
    x = month_axis(first, last, w)
    people = {names[kind]: [float(getattr(m, kind)) for m in months] for kind in names}
    bars = columns_of([month_index(m.month) for m in months], people, (DEEP, MIDDLE, PALE), x, w("persons"))
    layers: list[Any] = [bars]
    for field, dash in (("most", [7, 3]), ("least", [2, 2])):
        bound = [
            {"month": month_index(m.month), "people": getattr(m, field)}
            for m in months
            if getattr(m, field) is not None
        ]
        if bound:
            layers.append(
                alt.Chart(values(bound))
                .mark_line(interpolate="step", color=OCHRE, strokeDash=dash, strokeWidth=2)
                .encode(x="month:Q", y="people:Q")
            )
    if deadline and first <= month_index(deadline) <= last:
        layers += rule_at(month_index(deadline), w("deadline"))
    chart = layered(*layers, width=WIDTH - 80, height=170)
    alt_text = w(
        "People at open sites: {first} in {from_}, {last} in {to}.",
        first=w.number(_people(months[0])),
        from_=w.month(months[0].month),
        last=w.number(_people(months[-1])),
        to=w.month(months[-1].month),
    )
    return Figure(
        key="strength",
        title=w("Strength by month, persons at open sites"),
        alt=alt_text,
        svg=svg_of(chart, "strength", alt_text, w),
        table=Table(
            caption=w("Strength by month, persons at open sites"),
            columns=columns(w("Month"), *names.values(), w("Ceiling"), w("Floor"), numbers=(1, 2, 3, 4, 5)),
            rows=tuple(
                row(
                    w.month(m.month, short=True),
                    *(w.number(v) for v in (m.military, m.police, m.civilian, m.most, m.least)),
                )
                for m in months
            ),
            folded=True,
        ),
        note=w("Dashed: ceiling on uniformed people. Dotted: floor. Months follow the plan."),
    )


def _people(month: StrengthMonth) -> int:
    return month.military + month.police + month.civilian


def limits_table(limits: Sequence[LimitUse], w: Wording, *, rows: int = 12) -> Table:
    """The months in which a limit is used most, the fullest first."""
    fullest = sorted(
        (u for u in limits if u.limit > 0 and u.used > 0), key=lambda u: (-u.used / u.limit, u.month, u.code)
    )[:rows]
    return Table(
        caption=w("Limits used most"),
        columns=columns((w("Limit"), 2), w("Month"), w("Used"), w("Limit"), w("Share"), numbers=(2, 3, 4)),
        rows=tuple(
            row(
                f"{w.capital(w.code('limit', u.kind))} {u.code}".strip(),
                w.month(u.month, short=True),
                w.number(u.used, 0),
                w.number(u.limit, 0),
                Cell(text=w.share(u.used / u.limit), mark="late" if u.over else ""),
            )
            for u in fullest
        ),
        empty=w("No limit is used."),
    )


def sequence_steps(schedule: ScheduleResult, kind: str) -> list[ScheduledStep]:
    """The steps of one kind, in order of their earliest month, those without one first: they hold up the rest."""
    order = {"not_feasible": 0, "planned": 1, "stays": 2, "done": 3}
    return sorted(
        (s for s in schedule.steps if s.kind == kind), key=lambda s: (order[s.state], s.earliest or "", s.code)
    )


def _wrapped(text: str) -> str:
    """A heading broken into lines of about 13 letters, joined by bars; short ones begin with empty lines, to stand low."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + len(word) < 13:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], lines[LINES - 1] + "…"]
    return "|".join([" "] * (LINES - len(lines)) + lines)
