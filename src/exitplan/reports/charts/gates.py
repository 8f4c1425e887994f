"""Gates against criteria, and how each criterion's indicator has moved towards its bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt

from exitplan.domain.condition import RANK, Verdict
from exitplan.domain.fields import State
from exitplan.domain.kinds import Indicator
from exitplan.domain.months import month_index, month_of, month_text
from exitplan.domain.results.readiness import CriterionStatus, GateStatus, StatusResult
from exitplan.domain.tables import Reading
from exitplan.reports.charts.drawing import (
    APART,
    DEEP,
    INK,
    LIGHT,
    MARK_SHAPES,
    MARK_TONES,
    MUTED,
    OCHRE,
    PAPER,
    WIDTH,
    heading,
    layered,
    month_axis,
    short,
    side_by_side,
    step,
    svg_of,
    values,
)
from exitplan.reports.page import Cell, Figure, Table, columns, row
from exitplan.wording import Wording

CELL = 22
SMALL_CELL = 16
MATRIX_ACROSS = 17
MATRIX_DOWN = 14
STATES = ("met", "unmet", "unknown")
LIGHT_ON_DARK = {"met": INK, "unmet": PAPER, "unknown": INK}


def gate_matrix(status: StatusResult, w: Wording) -> Figure:
    """
    State of every criterion that a gate names; sign and lightness say the same.

    Gates down the side and criteria across, as long as their codes can be read; a mission with more criteria gets one row of
    boxes for each gate, unmet first.
    """
    cells: list[dict[str, Any]] = [
        {"gate": _label(gate.code, gate.name(w.lang)), "criterion": code, "state": state, "at": at}
        for gate in status.gates
        for at, (code, state) in enumerate(
            sorted(criteria_of(gate).items(), key=lambda found: RANK[found[1]]),
            start=1,
        )
    ]
    gates = list(dict.fromkeys(str(c["gate"]) for c in cells))
    names = list(dict.fromkeys(str(c["criterion"]) for c in cells))
    if len(names) <= MATRIX_ACROSS:
        axis = alt.Axis(orient="top", labelAngle=-60, domain=False, ticks=False)
        chart = _boxes(cells, gates, alt.X("criterion:N", sort=names, title=None, axis=axis), CELL, 250)
    else:
        pieces = 2 if len(gates) > MATRIX_DOWN else 1
        each = -(-len(gates) // pieces)
        longest = max(int(c["at"]) for c in cells)
        x = alt.X("at:O", title=None, axis=None, scale=alt.Scale(domain=list(range(1, longest + 1))))
        room = WIDTH / pieces - longest * SMALL_CELL - 24
        parts = [gates[at : at + each] for at in range(0, len(gates), each)]
        chart = side_by_side(
            (_boxes([c for c in cells if c["gate"] in part], part, x, SMALL_CELL, room) for part in parts), across=2
        )
    counts = {state: sum(c["state"] == state for c in cells) for state in STATES}
    alt_text = w(
        "Gates against criteria: {met} met, {unmet} not met, {unknown} unknown. The table names each.", **counts
    )
    titles = {c.code: c.name(w.lang) for b in status.benchmarks for c in b.criteria}
    table = Table(
        caption=w("Gates against criteria"),
        columns=columns((w("Gate"), 2), (w("Criterion"), 3), w("State")),
        rows=tuple(
            row(
                str(c["gate"]),
                _label(str(c["criterion"]), titles.get(str(c["criterion"]), "")),
                state_cell(str(c["state"]), w),
            )
            for c in cells
        ),
        folded=True,
    )
    return Figure(
        key="gate-matrix",
        title=w("Gates against criteria"),
        alt=alt_text,
        svg=svg_of(chart, "gate-matrix", alt_text, w),
        table=table,
        note=w(
            "Tick: met. Cross on dark: not met. Question mark on grey: unknown. "
            "A gate is open only when its whole row is met."
        ),
    )


def _boxes(cells: Sequence[dict[str, Any]], gates: Sequence[str], x: alt.X, size: int, room: float) -> Any:
    """Boxes with their signs, one row for each gate."""
    data = values(cells)
    y = alt.Y(
        "gate:N",
        sort=list(gates),
        title=None,
        axis=alt.Axis(domain=False, ticks=False, labelLimit=room, labelFontSize=10),
    )
    boxes = alt.Chart(data).mark_rect(stroke=MUTED, strokeWidth=0.8).encode(x=x, y=y, color=_by_state(MARK_TONES))
    signs = (
        alt.Chart(data)
        .mark_point(size=size * size * 0.22, filled=False, strokeWidth=1.8, opacity=1)
        .encode(
            x=x,
            y=y,
            shape=alt.Shape(
                "state:N", scale=alt.Scale(domain=list(STATES), range=[MARK_SHAPES[s] for s in STATES]), legend=None
            ),
            color=_by_state(LIGHT_ON_DARK),
        )
    )
    return layered(boxes, signs, width=step(size), height=step(size), resolve=APART)


def criteria_of(gate: GateStatus) -> dict[str, State]:
    """State of each criterion, and of each further condition, that a gate's verdict rests on, in the order of the verdict."""
    found: dict[str, State] = {}

    def look(verdict: Verdict) -> None:
        kind, _, code = verdict.about.partition(":")
        if kind == "criterion":
            found.setdefault(code, verdict.state)
        else:
            for part in verdict.parts:
                look(part)

    for part in gate.verdict.parts:
        look(part)
    if not found:
        found.update(dict.fromkeys(gate.unmet, "unmet"))
        found.update(dict.fromkeys(gate.unknown, "unknown"))
    return found


def state_cell(state: str, w: Wording, family: str = "state") -> Cell:
    """A state in words with its sign."""
    mark = state if state in STATES else ""
    return Cell(text=w.code(family, state).replace(" ", "\u00a0"), mark=mark)


@dataclass(frozen=True)
class History:
    """What one panel of the histories shows."""

    criterion: CriterionStatus
    indicator: Indicator
    readings: tuple[Reading, ...]


def histories(key: str, title: str, panels: Sequence[History], on: date, w: Wording, *, years: int = 5) -> Figure:
    """
    One small picture for each criterion: readings with their interval, the bar, and the days the indicator was defined anew.

    Readings of different versions are not joined: a new definition starts a new line behind a dotted rule.
    """
    here = month_of(on)
    start = here - 12 * years
    across = 3
    wide = (WIDTH - 150) / across
    pictures = [_panel(p, start, here, wide, w) for p in panels]
    chart = side_by_side(pictures, across=across, row=18)
    latest = w.semicolon.join(f"{p.criterion.name(w.lang)}{w.colon}{_latest(p, w)}" for p in panels)
    alt_text = w("Values over time against the bar. {latest}.", latest=latest)
    rows = []
    for p in panels:
        for year_rows in _by_year(p.readings, start):
            rows.append(
                row(
                    p.criterion.name(w.lang),
                    w.date(year_rows.date, short=True),
                    w.number(year_rows.value),
                    f"{w.number(year_rows.low)} – {w.number(year_rows.high)}"
                    if year_rows.low is not None and year_rows.high is not None
                    else "–",
                    str(year_rows.version),
                    w.code("verification", year_rows.verification),
                )
            )
    return Figure(
        key=key,
        title=title,
        alt=alt_text,
        svg=svg_of(chart, key, alt_text, w),
        table=Table(
            caption=w("{title}: last value of each half-year", title=title),
            columns=columns(
                (w("Criterion"), 3),
                w("Day"),
                w("Value"),
                (w("Interval"), 1.4),
                (w("Version"), 0.8),
                (w("Verification"), 1.6),
                numbers=(2, 4),
            ),
            rows=tuple(rows),
            folded=True,
        ),
        source=", ".join(sorted({r.source for p in panels for r in p.readings if r.source})),
        note=w("Line and band: value and interval. Dashed: the bar. Dotted upright: the indicator was defined anew."),
    )


def _panel(panel: History, start: int, here: int, wide: float, w: Wording) -> Any:
    shown = [r for r in panel.readings if month_of(r.date) >= start]
    data = values(
        {
            "month": month_of(r.date) + (r.date.day - 1) / 31,
            "value": r.value,
            "low": r.low if r.low is not None else r.value,
            "high": r.high if r.high is not None else r.value,
            "version": str(r.version),
        }
        for r in shown
    )
    x = month_axis(start, here, w, most=3)
    y = alt.Y("value:Q", title=None, axis=alt.Axis(tickCount=3, format="~s"), scale=alt.Scale(zero=False, nice=True))
    band = (
        alt.Chart(data)
        .mark_area(color=LIGHT, opacity=0.8)
        .encode(x=x, y=alt.Y("low:Q", title=None), y2="high:Q", detail="version:N")
    )
    line = alt.Chart(data).mark_line(color=DEEP, strokeWidth=1.6).encode(x=x, y=y, detail="version:N")
    layers: list[Any] = [band, line]
    if len(shown) <= 12:
        layers.append(alt.Chart(data).mark_point(color=DEEP, filled=True, size=24, opacity=1).encode(x=x, y=y))
    bars = [b for b in bars_of(panel.criterion) if b is not None]
    if bars:
        layers.append(
            alt.Chart(values({"value": b} for b in bars))
            .mark_rule(color=OCHRE, strokeDash=[6, 3], strokeWidth=1.6)
            .encode(y=y)
        )
    changes = [
        month_of(v.start)
        for v in panel.indicator.versions
        if v.change != "created" and start <= month_of(v.start) <= here
    ]
    if changes:
        layers.append(
            alt.Chart(values({"month": m} for m in changes))
            .mark_rule(color=INK, strokeDash=[1, 2], strokeWidth=1.4)
            .encode(x=x)
        )
    if not shown:
        layers.append(
            alt.Chart(values([{"month": (start + here) / 2, "words": w("no data")}]))
            .mark_text(color=MUTED, fontSize=11)
            .encode(x=x, y=alt.value(30), text="words:N")
        )
    code = panel.criterion.code if panel.criterion.code != panel.indicator.code else ""
    words = short(f"{code} {panel.criterion.name(w.lang)}".strip(), 30)
    below = short(_latest(panel, w), 40)
    return layered(*layers, width=wide, height=64, title=heading(words, wide + 16, below=below))


def bars_of(criterion: CriterionStatus) -> tuple[float | None, ...]:
    """The bars of a criterion, in its unit: its target, else the ends its verdict names."""
    if criterion.target is not None:
        return (criterion.target,)
    leaf = criterion.verdict.parts[0] if criterion.verdict.parts else criterion.verdict
    return tuple(float(v) if isinstance(v := leaf.values.get(end), int | float) else None for end in ("min", "max"))


def _latest(panel: History, w: Wording) -> str:
    found = panel.criterion
    if found.value is None:
        return w("no data")
    bars = [b for b in bars_of(found) if b is not None]
    unit = f" {found.unit}" if found.unit else ""
    if not bars:
        return f"{w.number(found.value)}{unit}"
    return w(
        "{value}{unit}, bar {bar}", value=w.number(found.value), unit=unit, bar=" – ".join(w.number(b) for b in bars)
    )


def _by_year(readings: Sequence[Reading], start: int) -> list[Reading]:
    """The last reading of each half-year, from a month index on."""
    kept: dict[tuple[int, int], Reading] = {}
    for reading in readings:
        if month_of(reading.date) >= start:
            kept[month_of(reading.date) // 6, reading.version] = reading
    return list(kept.values())


def _label(code: str, title: str) -> str:
    return short(f"{code} {title}".strip(), 48)


def _by_state(tones: dict[str, str]) -> alt.Color:
    return alt.Color("state:N", scale=alt.Scale(domain=list(STATES), range=[tones[s] for s in STATES]), legend=None)


def opening_chart(gates: Sequence[GateStatus], w: Wording) -> Figure:
    """Chance that each gate is open, month by month, as a line between its least and greatest value; one panel a gate."""
    shown = [g for g in gates if g.opening]
    first = min(month_index(g.opening[0].month) for g in shown)
    last = max(month_index(g.opening[-1].month) for g in shown)
    wide = (WIDTH - 130) / 3
    pictures = []
    for gate in shown:
        data = values(
            {"month": month_index(o.month), "p": o.probability, "low": o.low, "high": o.high} for o in gate.opening
        )
        x = month_axis(first, last, w, most=3)
        y = alt.Y("p:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(values=[0, 0.5, 1], format=".0%"))
        band = (
            alt.Chart(data).mark_area(color=LIGHT, opacity=0.8).encode(x=x, y=alt.Y("low:Q", title=None), y2="high:Q")
        )
        line = alt.Chart(data).mark_line(color=DEEP, strokeWidth=1.8).encode(x=x, y=y)
        name = short(f"{gate.code} {gate.name(w.lang)}", 34)
        pictures.append(layered(band, line, width=wide, height=64, title=heading(name, wide + 30)))
    chart = side_by_side(pictures, across=3)
    quarter = max(1, (last - first + 1) // 4)
    months = [m for m in range(first, last + 1) if (m - first) % quarter == quarter - 1][:4] or [last]
    rows = []
    for gate in shown:
        by_month = {month_index(o.month): o for o in gate.opening}
        told = [by_month.get(m) for m in months]
        rows.append(row(_label(gate.code, gate.name(w.lang)), *(w.chances(o.low, o.high) if o else "–" for o in told)))
    alt_text = w(
        "Chance of being open by {month}: {chances}.",
        month=w.month(month_text(last)),
        chances=w.semicolon.join(f"{g.code} {w.chance(g.opening[-1].probability)}" for g in shown),
    )
    return Figure(
        key="opening",
        title=w("Chance that each gate is open, by month"),
        alt=alt_text,
        svg=svg_of(chart, "opening", alt_text, w),
        table=Table(
            caption=w("Chance that each gate is open, as a band"),
            columns=columns(
                (w("Gate"), 3), *(w.month(month_text(m), short=True) for m in months), numbers=range(1, len(months) + 1)
            ),
            rows=tuple(rows),
        ),
        note=w(
            "Band: from criteria that fail at different times to criteria that hold together. Gates with an unknown criterion have no chance and are not drawn."
        ),
    )
