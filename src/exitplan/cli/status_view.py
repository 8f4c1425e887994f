"""The status of a mission on the screen: what is not there comes first."""

from __future__ import annotations

from collections import Counter

from exitplan.cli.screen import STYLES, SYMBOLS, Screen
from exitplan.domain.condition import Verdict
from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import KINDS, Area
from exitplan.domain.results.readiness import Change, Clocks, GateStatus, StatusResult


def show_title(screen: Screen, dossier: Dossier, on: str | None) -> None:
    """The mission, the day, and whether the country is invented."""
    w, mission = screen.w, dossier.mission
    screen.line(w("{mission}, as seen on {day}", mission=mission.name(screen.lang), day=w.date(on)), "bold")
    if mission.fictional:
        screen.line(w("Fictional: the country, its people and every figure are invented."), "reverse")


def show_clocks(screen: Screen, clocks: Clocks) -> None:
    """Calendar, conditions and feasible sequence, and the gap between the first two."""
    w = screen.w
    calendar, conditions, feasible = clocks.calendar, clocks.conditions, clocks.feasible
    screen.heading(w("Two clocks"))
    left = calendar.months_left
    rows = [
        [
            w("Calendar"),
            w.date(calendar.end),
            w.about(calendar.source)
            + (w("; {n} months left", n=w.number(left)) if left is not None and left > 0 else ""),
        ],
        [w("Conditions"), _conditions_month(screen, clocks), _conditions_note(screen, clocks)],
    ]
    if feasible is not None:
        note = w.count("one step has no feasible month", "{n} steps have no feasible month", feasible.unplaced)
        bound = w("last step bound by {what}", what=_binding(screen, feasible.binding)) if feasible.binding else ""
        rows.append([w("Feasible"), w.month(feasible.month), note if feasible.unplaced else bound])
    screen.table([w("clock"), w("date"), w("how it is known")], rows)
    said = w.capital(w.code("standing", clocks.standing))
    if clocks.gap_months:
        gap = abs(clocks.gap_months)
        said += w.colon + (
            w.count("a gap of one month", "a gap of {n} months", gap)
            if clocks.gap_months > 0
            else w.count("one month to spare", "{n} months to spare", gap)
        )
    screen.line(said + ".", "bold")
    if conditions.probability_at_calendar is not None:
        chance = (
            w.chances(conditions.low, conditions.high)
            if conditions.low is not None and conditions.high is not None
            else w.chance(conditions.probability_at_calendar)
        )
        screen.line(w("Chance that all exit gates are open at the calendar date: {chance}.", chance=chance))


def _conditions_month(screen: Screen, clocks: Clocks) -> str:
    w, conditions = screen.w, clocks.conditions
    if conditions.open_now:
        return w("now")
    if conditions.month is not None:
        return w.month(conditions.month)
    if conditions.unknown:
        return w("unknown")
    if conditions.not_shown:
        return w("not shown")
    return w("beyond {n} months", n=w.number(conditions.horizon_months))


def _conditions_note(screen: Screen, clocks: Clocks) -> str:
    w, conditions = screen.w, clocks.conditions
    if conditions.unknown:
        return w("no data for {gates}", gates=", ".join(conditions.unknown))
    if conditions.month is None or conditions.open_now:
        return ""
    late = w.month(conditions.late, short=True) if conditions.late else w("beyond the horizon")
    return w("even chance; 10–90%: {early} to {late}", early=w.month(conditions.early, short=True), late=late)


def _binding(screen: Screen, binding: str) -> str:
    kind, _, code = binding.partition(":")
    return f"{screen.w.code('binding', kind)} {code.rpartition(':')[2]}".strip()


def show_gates(screen: Screen, dossier: Dossier, result: StatusResult) -> None:
    """Every gate that is not open with what it fails on; then the open ones in one line."""
    w = screen.w
    opened = [gate.code for gate in result.gates if gate.verdict.state == "met"]
    screen.heading(w("Gates: {open} of {all} open", open=w.number(len(opened)), all=w.number(len(result.gates))))
    for gate in result.gates:
        if gate.verdict.state != "met":
            name = gate.name(screen.lang) + (f" ({w('exit gate')})" if gate.exit else "")
            said = f"{screen.state(gate.verdict.state, 'gate_state')}{w.colon}{gate.code} {name}"
            screen.line(f"{said} – {_opens(screen, gate)}", STYLES[gate.verdict.state], indent=2)
            for part in failing(gate.verdict):
                screen.line(f"{SYMBOLS[part.state]} {ground(screen, dossier, part)}", indent=6)
    if opened:
        screen.line(w("Open: {gates}.", gates=", ".join(opened)), indent=2)


def _opens(screen: Screen, gate: GateStatus) -> str:
    w = screen.w
    if gate.opens is not None:
        return w("even chance of being open by {month}", month=w.month(gate.opens))
    if not gate.opening:
        return w("no estimate, for want of data")
    return w("no even chance of being open within the months looked ahead")


def failing(verdict: Verdict) -> tuple[Verdict, ...]:
    """The criteria and bars under a verdict that keep it from being met, each once."""
    if verdict.about.startswith(("criterion:", "indicator:", "events:", "risk:", "site:", "handover:", "date", "not:")):
        return (verdict,) if verdict.state != "met" else ()
    if verdict.state == "met":
        return ()
    found = [part for child in verdict.parts for part in failing(child)]
    return tuple({part.about: part for part in found}.values()) or (verdict,)


def ground(screen: Screen, dossier: Dossier, verdict: Verdict) -> str:
    """What is not met and the grounds of it."""
    kind, _, code = verdict.about.removeprefix("not:").partition(":")
    model = Area if kind == "events" else KINDS.get(kind)
    entry = dossier.get(model, code) if model else None
    named = f"{code} {entry.name(screen.lang)}{screen.w.colon}" if entry else ""
    return named + screen.w.grounds(verdict)


def show_benchmarks(screen: Screen, result: StatusResult) -> None:
    """Every benchmark with its criteria, never an average; those that are met in one line."""
    w = screen.w
    met = sum(benchmark.verdict.state == "met" for benchmark in result.benchmarks)
    screen.heading(w("Benchmarks: {met} of {all} met", met=w.number(met), all=w.number(len(result.benchmarks))))
    for benchmark in result.benchmarks:
        state = benchmark.verdict.state
        said = f"{SYMBOLS[state]} {w.code('state', state)}{w.colon}{benchmark.code} {benchmark.name(screen.lang)}"
        screen.line(said, STYLES[state], indent=2)
        for criterion in benchmark.criteria:
            if criterion.verdict.state != "met":
                moving = f" – {w('trend')}{w.colon}{w.code('trend', criterion.trend.better)}" if criterion.trend else ""
                sign = SYMBOLS[criterion.verdict.state]
                screen.line(f"{sign} {criterion.code} {criterion.name(screen.lang)}{moving}", indent=6)
        kept = [criterion.code for criterion in benchmark.criteria if criterion.verdict.state == "met"]
        if kept:
            screen.line(f"{SYMBOLS['met']} {', '.join(kept)}", indent=6)


def show_work(screen: Screen, result: StatusResult) -> None:
    """Hand-overs and sites by state: the lists are in `schedule` and in the brief."""
    w = screen.w
    waiting = [h for h in result.handovers if not h.gates_open and h.actual is None]
    without = [s.code for s in result.sites if s.without_end_use and s.actual is None]
    screen.heading(w("Hand-overs: {n} in all", n=w.number(len(result.handovers))))
    _counted(screen, "handover_state", [h.state for h in result.handovers])
    if waiting:
        screen.line(
            w.count("One hand-over waits for a gate.", "{n} hand-overs wait for a gate.", len(waiting)), indent=2
        )
    screen.heading(w("Sites: {n} in all", n=w.number(len(result.sites))))
    _counted(screen, "site_state", [s.state for s in result.sites])
    if without:
        screen.line(w("No use or guard agreed for the time after: {sites}.", sites=", ".join(without)), indent=2)


def _counted(screen: Screen, family: str, states: list[str]) -> None:
    w = screen.w
    counts = Counter(states)
    if counts:
        screen.line(", ".join(f"{w.code(family, state)} {w.number(n)}" for state, n in counts.items()) + ".", indent=2)


def show_missing(screen: Screen, result: StatusResult) -> None:
    """Every value that is owed, by whom, and what it holds up."""
    w = screen.w
    screen.heading(w("Data owed: {n}", n=w.number(len(result.missing))))
    rows = [
        [
            w.date(m.since, short=True),
            w.code("reason", m.reason),
            f"{m.indicator} {m.area}".strip() + (f" {m.group}" if m.group != "total" else ""),
            m.owed_by,
            ", ".join(w.about(what) for what in m.holds_up),
        ]
        for m in result.missing
    ]
    screen.table([w("since"), w("why"), w("indicator"), w("owed by"), w("holds up")], rows, below=2)


def show_changes(screen: Screen, result: StatusResult) -> None:
    """What is not what it was."""
    w = screen.w
    screen.heading(w("Changes since {day}: {n}", day=w.date(result.since), n=w.number(len(result.changes))))
    rows = [
        [
            w.date(change.date, short=True) if change.date else "–",
            f"{w.about(f'{change.kind}:{change.code}')} "
            + ((change.title_fr if screen.lang == "fr" else None) or change.title),
            _changed(screen, change),
        ]
        for change in result.changes
    ]
    screen.table([w("date"), w("what"), w("changed")], rows, below=1)


def _changed(screen: Screen, change: Change) -> str:
    """What changed, from what to what, and whether that makes leaving harder."""
    w = screen.w
    values = [w.change(change.kind, value) for value in (change.before, change.after) if value]
    said = w.code("change", change.what) + (w.colon + " → ".join(values) if values else "")
    mark = {True: w("worse"), False: w("better"), None: ""}[change.worse]
    return f"{said} ({mark})" if mark else said


def show_assumptions(screen: Screen, assumptions: tuple[str, ...]) -> None:
    """What the numbers rest on, and what they are for."""
    w = screen.w
    if assumptions:
        screen.heading(w("Assumptions"))
        for code in assumptions:
            screen.line(f"– {w.code('assumption', code)}", indent=2)
    screen.line()
    screen.line(w("Informs a decision; does not recommend leaving."), "italic")
