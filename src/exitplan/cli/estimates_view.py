"""What lies ahead, on the screen: capacity, futures, the feasible sequence, violence near closed sites, risks."""

from __future__ import annotations

from exitplan.cli.screen import Column, Screen
from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Area
from exitplan.domain.results.capacity import CapacityResult
from exitplan.domain.results.risk import RisksResult
from exitplan.domain.results.schedule import ScheduledStep, ScheduleResult
from exitplan.domain.results.site_risk import SiteRisk, SiteRiskResult
from exitplan.domain.results.stability import FuturesResult, Renewed
from exitplan.wording.definitions import definition_said
from exitplan.wording.outside import rests_on

POINTS = (6, 12, 24)
"""Months ahead that tables show."""
OUTSIDE = ("conflict", 5)
"""The one outside chance that the terminal shows."""


def show_capacity(screen: Screen, dossier: Dossier, result: CapacityResult) -> None:
    w = screen.w
    screen.heading(w("Capacity of national institutions, as a share of the need (10–90% of the simulated courses)"))
    rows = []
    for line in result.institutions:
        months = [line.months[at - 1] for at in POINTS if at <= len(line.months)]
        rows.append(
            [
                f"{line.code} {line.name(screen.lang)}",
                _area(screen, dossier, line.area),
                *(f"{w.share(m.median)} ({w.chances(m.low, m.high)})" for m in months),
            ]
        )
    ahead = [at for at in POINTS if result.institutions and at <= len(result.institutions[0].months)]
    heads: list[Column] = [(w("in {n} months", n=w.number(at)), "right") for at in ahead]
    screen.table([w("institution"), w("area"), *heads], rows, keep=0)


def show_futures(screen: Screen, dossier: Dossier, result: FuturesResult) -> None:
    """The chance of renewed armed violence with base rate, definition and interval; then deaths expected by area."""
    w = screen.w
    first = dossier.mission.renewed_violence
    screen.heading(
        w("{n} simulated futures under plan {plan} and scenario {scenario}, from data up to {month}",
          n=w.number(result.futures), plan=result.plan, scenario=result.scenario, month=w.month(result.origin))
    )  # fmt: skip
    country = [r for r in result.renewed if r.scope == "country"]
    own = {d.code for d in dossier.mission.definitions}
    shown = [r for r in country if r.definition == first or r.definition in own] or country
    screen.line(w("Chance of renewed armed violence in the country, 80% interval:"))
    columns: list[Column] = [
        w("definition"),
        (w("within"), "right"),
        (w("chance"), "right"),
        (w("past base rate"), "right"),
    ]
    screen.table(columns, [_renewed_row(screen, r) for r in shown])
    for definition in dict.fromkeys(r.definition for r in shown):
        screen.line(definition_said(w, dossier.mission, definition), indent=2)
    for chance in (c for c in result.outside if (c.what, c.within_years) == OUTSIDE):
        screen.line(
            w(
                "Outside view from {month} on: {chance} ({span}) for a year with 25 state-based deaths within {n} years.",
                month=w.month(chance.after),
                n=w.number(chance.within_years),
                chance=w.chance(chance.probability),
                span=w.chances(chance.low, chance.high),
            )
        )
        screen.line(rests_on(w, chance), indent=2)
    longest = max((r.by_months for r in result.renewed if r.scope != "country"), default=None)
    by_area = {r.scope: r for r in result.renewed if r.by_months == longest and r.definition == "A25"}
    rows = []
    for line in result.areas:
        total = sum(month.mean for month in line.months)
        chance = by_area.get(line.area)
        rows.append(
            [
                f"{line.area} {_area(screen, dossier, line.area)}",
                w.number(sum(line.recent[-12:])),
                w.number(total, 1),
                w.chances(chance.low, chance.high) if chance else "–",
            ]
        )
    screen.heading(w("By area"))
    screen.table(
        [
            w("area"),
            (w("deaths, last 12 months"), "right"),
            (w("mean of futures, {n} months", n=w.number(result.horizon)), "right"),
            (w("chance of A25 within {n} months", n=w.number(longest)), "right"),
        ],
        rows,
    )
    if rows:
        screen.line(w.code("definition", "A25"), indent=2)


def _renewed_row(screen: Screen, renewed: Renewed) -> list[str]:
    w = screen.w
    return [
        renewed.definition,
        w.count("one month", "{n} months", renewed.by_months),
        f"{w.chance(renewed.probability)} ({w.chances(renewed.low, renewed.high)})",
        w("{share} of {n} past months", share=w.share(renewed.base_rate), n=w.number(renewed.base_months))
        if renewed.base_rate is not None
        else w("too few months"),
    ]


def show_schedule(screen: Screen, result: ScheduleResult) -> None:
    """The end of the feasible sequence against the deadline, what is not kept, and every step in order of time."""
    w = screen.w
    screen.heading(
        w("Feasible sequence under plan {plan} and scenario {scenario}", plan=result.plan, scenario=result.scenario)
    )
    end = w.month(result.end) if result.end else w("none: a step has no feasible month")
    screen.line(w("Last step: {end}. Deadline: {deadline}.", end=end, deadline=w.month(result.deadline)))
    for breach in result.breaches:
        screen.line(f"✗ {w.breach(breach)}", "bold red")
    if result.critical:
        screen.line(w("What sets the end: {chain}", chain=" → ".join(w.about(step) for step in result.critical)))
    dated = any(step.planned for step in result.steps)
    rows = []
    for step in result.steps:
        if step.state == "planned":
            late = f" ({step.late_months:+d})" if step.late_months else ""
            planned = [w.month(step.planned, short=True) + late if step.planned else ""] if dated else []
            rows.append([w.month(step.earliest, short=True), *planned, _step(screen, step), _bound(screen, step)])
    columns = [w("earliest"), *([w("planned")] if dated else []), w("step"), w("bound by")]
    screen.table(columns, rows, keep=len(columns) - 2, below=1)
    for state in ("not_feasible", "stays", "done"):
        others = [step for step in result.steps if step.state == state]
        if others:
            screen.heading(f"{w.capital(w.code('step_state', state))}{w.colon}{w.number(len(others))}")
            if state == "done":
                screen.line(", ".join(step.code for step in others) + ".", indent=2)
            else:
                rows = [[_step(screen, step), _bound(screen, step)] for step in others]
                screen.table([w("step"), w("bound by")], rows, keep=0, below=1)


def _step(screen: Screen, step: ScheduledStep) -> str:
    name = step.name(screen.lang)
    return f"{step.code} " + (screen.w("closure of {site}", site=name) if step.kind == "site" else name)


def _bound(screen: Screen, step: ScheduledStep) -> str:
    return screen.w.binding(step.bindings[0]) if step.bindings else ""


def show_site_risk(screen: Screen, result: SiteRiskResult) -> None:
    """Open sites, the highest chance first: how quiet it was, and the chance of an event near each after it closes."""
    w = screen.w
    screen.heading(
        w(
            "Chance of an event of organised violence near each open site if it closed next (90% interval), events from "
            "{first} to {last}",
            first=w.month(result.begins),
            last=w.month(result.origin),
        )
    )
    if not result.sites:
        screen.line(w("No site is open."))
        return
    heads: list[Column] = [
        (w("{km} km, {n} months", km=w.number(c.km), n=w.number(c.months)), "right") for c in result.sites[0].chances
    ]
    screen.table(
        [w("site"), w("closes"), (w("months of calm, 50 km"), "right"), *heads],
        [_site_row(screen, site) for site in result.sites],
        keep=0,
    )


def _site_row(screen: Screen, site: SiteRisk) -> list[str]:
    w = screen.w
    return [
        f"{site.code} {site.name(screen.lang)}",
        w.month(site.closes) if site.closes else "–",
        w("all") if site.quiet_months is None else w.number(site.quiet_months),
        *(f"{w.chance(c.chance.value)}\n{w.chances(c.chance.low, c.chance.high)}" for c in site.chances),
    ]


def show_risks(screen: Screen, result: RisksResult) -> None:
    """Triggers and overdue work first, then the register by lens, worst first."""
    w = screen.w
    fired = [t for t in result.triggers if t.state != "unmet"]
    if fired:
        screen.heading(w("Triggers"))
        rows = [
            [
                w.about(f"{t.kind}:{t.code}"),
                (t.title_fr if screen.lang == "fr" else None) or t.title,
                w.code("trigger_state", t.state),
                w.count("one day", "{n} days", t.within_days) if t.within_days is not None else "",
            ]
            for t in fired
        ]
        screen.table([w("what"), w("name"), w("state"), w("first step within")], rows)
    if result.overdue:
        screen.heading(w("Overdue treatments: {n}", n=w.number(len(result.overdue))))
        rows = [
            [f"{t.code} {t.name(screen.lang)}", t.owner, w.date(t.due, short=True), w.number(t.overdue_days)]
            for t in result.overdue
        ]
        screen.table([w("treatment"), w("owner"), w("due"), (w("days late"), "right")], rows, keep=0)
    lines = {line.code: line for line in result.risks}
    for lens in ("civilians", "personnel", "objective"):
        of_lens = [line for line in lines.values() if line.lens == lens and line.status == "open"]
        screen.heading(w("Risks to {lens}: {n}", lens=w.code("lens", lens), n=w.number(len(of_lens))))
        rows = [
            [
                f"{line.code} {line.name(screen.lang)}",
                w.code("risk_level", line.inherent) if line.inherent else "–",
                (w.code("risk_level", line.residual) if line.residual else "–")
                + (
                    f" ({w('was {level}', level=w.code('risk_level', line.previous))})"
                    if line.previous and line.previous != line.residual
                    else ""
                ),
                line.owner or w("no owner"),
            ]
            for line in of_lens
        ]
        screen.table([w("risk"), w("before controls"), w("residual"), w("owner")], rows, keep=0)


def _area(screen: Screen, dossier: Dossier, code: str | None) -> str:
    area = dossier.get(Area, code)
    return area.name(screen.lang) if area else (code or screen.w("country"))
