"""The sequencing problem as whole numbers: tasks, the order they keep, and the limits of every month.

Month 0 is the month after the day from which the dossier looks; a task with completion month t works through the months
t - months + 1 … t and is done at the end of t.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Blackout, Budget, Ceiling, Handover, Mandate, Plan, Resource, Scenario, Site
from exitplan.domain.kinds.places import closing_days
from exitplan.domain.months import month_index, month_of
from exitplan.domain.states import HANDOVER_DONE, SITE_DONE

DAYS_A_MONTH = 365.25 / 12

Kind = Literal["handover", "site"]


@dataclass(frozen=True)
class Wait:
    """Another task that must be done at least `lag` months before."""

    task: str
    lag: int
    why: Literal["after", "hub"]


@dataclass(frozen=True)
class Task:
    """One hand-over or closure. Money in the mission's currency, people as head counts, months as numbers from 0."""

    name: str
    kind: Kind
    code: str
    area: str | None
    months: int
    lead: bool
    waits: tuple[Wait, ...] = ()
    gates: tuple[str, ...] = ()
    loads: tuple[tuple[str, float], ...] = ()
    military: int = 0
    police: int = 0
    civilian: int = 0
    cost: float = 0.0
    running: float = 0.0
    planned: int | None = None
    done: int | None = None
    stays: bool = False


@dataclass(frozen=True)
class Bound:
    """A ceiling or floor on people at open sites, month by month; None where none holds."""

    code: str
    people: Literal["military", "police", "civilian", "uniformed"]
    most: tuple[int | None, ...]
    least: tuple[int | None, ...]


@dataclass(frozen=True)
class Purse:
    """Money for a span of months, both ends included."""

    code: str
    first: int
    last: int
    amount: float


@dataclass(frozen=True)
class Problem:
    """Everything the sequence has to respect. `gate_months` holds the first open month of a gate, None for never or unknown."""

    first_month: int
    horizon: int
    start: int
    tasks: tuple[Task, ...]
    gate_months: Mapping[str, int | None]
    resources: Mapping[str, tuple[float, ...]]
    closures_a_month: int
    bounds: tuple[Bound, ...]
    purses: tuple[Purse, ...]
    blackouts: Mapping[str, Mapping[int, str]]
    paused: frozenset[int]
    deadline: int | None

    def task(self, name: str) -> Task:
        """A task by its name. Raises KeyError."""
        return next(t for t in self.tasks if t.name == name)


def people(task: Task, who: str) -> int:
    """People that leave with a site, of those a bound counts."""
    return task.military + task.police if who == "uniformed" else int(getattr(task, who))


def end_of_mandate(dossier: Dossier, on: date) -> Mandate | None:
    """The mandate in force on a day: the one named by the mission, else the latest adopted by then."""
    named = dossier.get(Mandate, dossier.mission.mandate)
    if named is not None:
        return named
    adopted = [m for m in dossier.of(Mandate) if m.adopted <= on]
    return max(adopted, key=lambda m: m.adopted, default=None)


def deadline_month(dossier: Dossier, on: date, plan: Plan, scenario: Scenario) -> tuple[int | None, str]:
    """Month index of the calendar clock, and whose it is as kind:code: scenario before plan before mandate."""
    if scenario.mandate_end is not None:
        return month_of(scenario.mandate_end), f"scenario:{scenario.code}"
    if plan.end is not None:
        return month_index(plan.end), f"plan:{plan.code}"
    mandate = end_of_mandate(dossier, on)
    return (month_of(mandate.end), f"mandate:{mandate.code}") if mandate else (None, "")


def problem_of(
    dossier: Dossier,
    on: date,
    *,
    plan: Plan,
    scenario: Scenario,
    gate_months: Mapping[str, int | None],
    horizon: int,
) -> Problem:
    """
    The sequencing problem of a plan under a scenario.

    Parameters
    ----------
    gate_months
        For each gate code its first open month as a month index (`months.month_index`); None for never within reach or unknown.
        A gate that is missing counts as None.
    horizon
        Months looked ahead, 1 or more.
    """
    first = month_of(on) + 1
    months = range(horizon)
    planned: dict[str, int] = {}
    for step in plan.steps:
        name = f"handover:{step.handover}" if step.handover else f"site:{step.site}"
        if step.month is not None:
            planned[name] = month_index(step.month) - first
    handovers = {h.code: h for h in dossier.of(Handover)}
    sites = {s.code: s for s in dossier.of(Site)}
    tasks = [
        *(_handover(h, handovers, planned, first) for h in handovers.values()),
        *(_site(s, sites, handovers, planned, first, plan) for s in sites.values()),
    ]
    deadline, _ = deadline_month(dossier, on, plan, scenario)
    pause_from = month_index(scenario.start or plan.start) - first
    return Problem(
        first_month=first,
        horizon=horizon,
        start=max(0, month_index(plan.start) - first),
        tasks=tuple(tasks),
        gate_months={code: None if m is None else max(0, m - first) for code, m in gate_months.items()},
        resources={
            r.code: tuple(scenario.resources * _capacity(r, first + t) for t in months) for r in dossier.of(Resource)
        },
        closures_a_month=plan.closures_a_month,
        bounds=tuple(_bound(c, first, horizon) for c in dossier.of(Ceiling)),
        purses=tuple(
            Purse(b.code, month_index(b.start) - first, month_index(b.end) - first, b.amount * scenario.money)
            for b in dossier.of(Budget)
            if month_index(b.end) >= first and month_index(b.start) < first + horizon
        ),
        blackouts={
            name: found for name, found in ((t.name, _blackouts(dossier, t, first, horizon)) for t in tasks) if found
        },
        paused=frozenset(t for t in months if pause_from <= t < pause_from + scenario.pause_months),
        deadline=None if deadline is None else deadline - first,
    )


def _handover(h: Handover, handovers: Mapping[str, Handover], planned: Mapping[str, int], first: int) -> Task:
    return Task(
        name=f"handover:{h.code}",
        kind="handover",
        code=h.code,
        area=h.area,
        months=h.months,
        lead=False,
        waits=_after(h.after, handovers),
        gates=h.gates,
        loads=tuple((load.resource, load.amount) for load in h.loads),
        cost=h.cost,
        planned=planned.get(f"handover:{h.code}"),
        done=_done_month(h.transfer.actual, first) if h.state in HANDOVER_DONE else None,
    )


def _site(
    s: Site,
    sites: Mapping[str, Site],
    handovers: Mapping[str, Handover],
    planned: Mapping[str, int],
    first: int,
    plan: Plan,
) -> Task:
    spokes = (Wait(f"site:{o.code}", 1, "hub") for o in sites.values() if o.hub == s.code and o.code not in plan.stays)
    return Task(
        name=f"site:{s.code}",
        kind="site",
        code=s.code,
        area=s.area,
        months=max(1, math.ceil(closing_days(s) / DAYS_A_MONTH)),
        lead=closing_days(s) > DAYS_A_MONTH,
        waits=(*_after(s.after, handovers), *spokes),
        gates=s.gates,
        loads=tuple((load.resource, load.amount) for load in s.loads),
        military=s.military,
        police=s.police,
        civilian=s.civilian,
        cost=s.closing_cost,
        running=s.running_cost_month,
        planned=planned.get(f"site:{s.code}"),
        done=_done_month(s.closure.actual, first) if s.state in SITE_DONE else None,
        stays=s.code in plan.stays,
    )


def _after(codes: tuple[str, ...], handovers: Mapping[str, Handover]) -> tuple[Wait, ...]:
    """Predecessors; one on trial is only final when its trial is over."""
    return tuple(Wait(f"handover:{c}", handovers[c].trial_months, "after") for c in codes if c in handovers)


def _done_month(actual: date | None, first: int) -> int:
    """Month in which something was done, before month 0; the last one where its date is not known."""
    return min(-1, month_of(actual) - first) if actual else -1


def _capacity(resource: Resource, month: int) -> float:
    """What a resource offers in a month: the last exception that names the month, else its ordinary capacity."""
    named = [e.amount for e in resource.exceptions if month_index(e.start) <= month <= month_index(e.end)]
    return named[-1] if named else resource.capacity


def _bound(ceiling: Ceiling, first: int, horizon: int) -> Bound:
    begins = month_index(ceiling.start) - first
    ends = month_index(ceiling.end) - first if ceiling.end else horizon
    holds = [begins <= t <= ends for t in range(horizon)]
    return Bound(
        ceiling.code,
        ceiling.people,
        tuple(ceiling.most if h else None for h in holds),
        tuple(ceiling.least if h else None for h in holds),
    )


def _blackouts(dossier: Dossier, task: Task, first: int, horizon: int) -> dict[int, str]:
    """Months in which a task may not be completed, with the code of the blackout."""
    stopped = "closures" if task.kind == "site" else "handovers"
    months: dict[int, str] = {}
    for blackout in dossier.of(Blackout):
        concerns = not blackout.areas or task.area is None or task.area in blackout.areas
        if blackout.stops in (stopped, "both") and concerns:
            for month in range(month_index(blackout.start) - first, month_index(blackout.end) - first + 1):
                if 0 <= month < horizon:
                    months[month] = blackout.code
    return months
