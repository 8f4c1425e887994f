"""`exitplan status`: both clocks, gates with what they fail on, benchmarks, hand-overs, sites, what is owed, what changed."""

from __future__ import annotations

from collections import Counter

import typer

from exitplan.cli import options
from exitplan.cli.doors import command
from exitplan.cli.screen import Screen
from exitplan.domain.condition import Verdict
from exitplan.domain.dossier import Dossier
from exitplan.domain.results.readiness import Clocks, GateStatus, StatusResult


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    command(app, "status")(status)


def status(
    mission: options.Mission,
    on: options.On = None,
    since: options.Since = None,
    plan: options.Plan = None,
    scenario: options.Scenario = None,
    seed: options.Seed = options.SEED,
    horizon: options.Horizon = options.HORIZON,
    as_json: options.Json = False,
    lang: options.Lang = "en",
) -> None:
    """
    Where the mission stands on a day: what is not met comes first, the calendar and the conditions side by side.

    Example: [bold]exitplan status liberia-2015 --since 2014-09-30[/bold]
    """
    from exitplan.usecases.answers import as_json as written
    from exitplan.usecases.status import status as asked

    done = asked(mission, on=on, since=since, plan=plan, scenario=scenario, seed=seed, horizon=horizon)
    screen = Screen(lang)
    if as_json:
        screen.raw(written(done.answer))
        return
    show_title(screen, done.dossier, done.answer.on)
    show_clocks(screen, done.result.clocks)
    show_gates(screen, done.result)
    _show_benchmarks(screen, done.result)
    _show_work(screen, done.result)
    _show_missing(screen, done.result)
    if since is not None:
        _show_changes(screen, done.result)
    show_assumptions(screen, done.result.assumptions)


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
        said += ": " + (
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
    return f"{screen.w.code('binding', kind)} {code}".strip()


def show_gates(screen: Screen, result: StatusResult) -> None:
    """Every gate, those not open first, each with the criterion it fails on."""
    w = screen.w
    opened = sum(gate.verdict.state == "met" for gate in result.gates)
    screen.heading(w("Gates: {open} of {all} open", open=w.number(opened), all=w.number(len(result.gates))))
    rows = []
    for gate in result.gates:
        name = gate.name(screen.lang) + (f" ({w('exit gate')})" if gate.exit else "")
        rows.append([gate.code, screen.state(gate.verdict.state, "gate_state"), name, _opens(screen, gate)])
    screen.table([w("gate"), w("state"), w("name"), w("even chance by")], rows)
    for gate in result.gates:
        if gate.verdict.state != "met":
            for part in gate.verdict.parts or (gate.verdict,):
                if part.state != "met":
                    screen.line(f"{gate.code}: {ground(screen, part)}", indent=2)


def _opens(screen: Screen, gate: GateStatus) -> str:
    if gate.verdict.state == "met":
        return ""
    if gate.opens is not None:
        return screen.w.month(gate.opens, short=True)
    return screen.w("no estimate") if not gate.opening else screen.w("beyond the horizon")


def ground(screen: Screen, verdict: Verdict) -> str:
    """What is not met, its state and the grounds of it."""
    w = screen.w
    about = verdict.about if ":" in verdict.about and not verdict.about.startswith(("not:", "at_least:")) else ""
    named = f"{w.about(about)} – " if about and not about.startswith("events") else ""
    return f"{named}{w.code('state', verdict.state)}: {w.grounds(verdict)}"


def _show_benchmarks(screen: Screen, result: StatusResult) -> None:
    w = screen.w
    met = sum(benchmark.verdict.state == "met" for benchmark in result.benchmarks)
    screen.heading(w("Benchmarks: {met} of {all} met", met=w.number(met), all=w.number(len(result.benchmarks))))
    rows = []
    for benchmark in result.benchmarks:
        for at, criterion in enumerate(benchmark.criteria or (None,)):
            rows.append(
                [
                    benchmark.code if at == 0 else "",
                    criterion.code if criterion else "",
                    screen.state(criterion.verdict.state if criterion else benchmark.verdict.state),
                    criterion.name(screen.lang) if criterion else benchmark.name(screen.lang),
                    w.code("trend", criterion.trend.better) if criterion and criterion.trend else "",
                ]
            )
    screen.table([w("benchmark"), w("criterion"), w("state"), w("name"), w("trend")], rows, keep=2)


def _show_work(screen: Screen, result: StatusResult) -> None:
    """Hand-overs and sites by state: the lists are in `schedule` and in the brief."""
    w = screen.w
    for title, family, entries in (
        (w("Hand-overs"), "handover_state", result.handovers),
        (w("Sites"), "site_state", result.sites),
    ):
        screen.heading(w("{what}: {n} in all", what=title, n=w.number(len(entries))))
        counts = Counter(entry.state for entry in entries)
        if counts:
            screen.line(", ".join(f"{w.code(family, state)} {w.number(n)}" for state, n in counts.items()), indent=2)
    waiting = [h for h in result.handovers if not h.gates_open and h.actual is None]
    if waiting:
        screen.line(
            w.count("one hand-over waits for a gate", "{n} hand-overs wait for a gate", len(waiting)) + ".", indent=2
        )
    without = [s.code for s in result.sites if s.without_end_use and s.actual is None]
    if without:
        screen.line(w("No use or guard agreed for the time after: {sites}.", sites=", ".join(without)), indent=2)


def _show_missing(screen: Screen, result: StatusResult) -> None:
    w = screen.w
    screen.heading(w("Data owed: {n}", n=w.number(len(result.missing))))
    rows = [
        [
            f"{m.indicator} {m.area}".strip() + (f" {m.group}" if m.group != "total" else ""),
            w.code("reason", m.reason),
            w.date(m.since, short=True),
            m.owed_by,
            ", ".join(w.about(what) for what in m.holds_up),
        ]
        for m in result.missing
    ]
    screen.table([w("indicator"), w("why"), w("since"), w("owed by"), w("holds up")], rows, keep=0)


def _show_changes(screen: Screen, result: StatusResult) -> None:
    w = screen.w
    screen.heading(w("Changes since {day}: {n}", day=w.date(result.since), n=w.number(len(result.changes))))
    marks = {True: w("worse"), False: w("better"), None: ""}
    rows = [
        [
            w.date(change.date, short=True) if change.date else "",
            f"{w.about(f'{change.kind}:{change.code}')}",
            w.code("change", change.what),
            w.change(change.kind, change.before),
            w.change(change.kind, change.after),
            marks[change.worse],
        ]
        for change in result.changes
    ]
    screen.table([w("date"), w("what"), w("changed"), w("before"), w("after"), ""], rows, keep=0)


def show_assumptions(screen: Screen, assumptions: tuple[str, ...]) -> None:
    """What the numbers rest on, and what they are for."""
    w = screen.w
    if assumptions:
        screen.heading(w("Assumptions"))
        for code in assumptions:
            screen.line(f"– {w.code('assumption', code)}", indent=2)
    screen.line()
    screen.line(w("Informs a decision; does not recommend leaving."), "italic")
