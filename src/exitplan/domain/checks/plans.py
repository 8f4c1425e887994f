"""Plans against the limits they live under."""

from __future__ import annotations

from collections.abc import Iterator

from exitplan.domain.checks.fault import fault
from exitplan.domain.dossier import Dossier
from exitplan.domain.findings import Finding, Wanted
from exitplan.domain.kinds import Ceiling, Handover, Plan, Resource, Site


def check_plan_steps(dossier: Dossier) -> Iterator[Finding]:
    """Each thing is planned once, inside the plan's months, and a hub does not close before what it supplies."""
    for plan in dossier.of(Plan):
        if plan.end is not None and plan.end < plan.start:
            yield fault(
                dossier,
                plan,
                "date-before-start",
                "end",
                plan.end,
                Wanted("a month on or after the start {start}", start=plan.start),
            )
        seen: set[tuple[str | None, str | None, str | None]] = set()
        closing: dict[str, str] = {}
        for at, step in enumerate(plan.steps):
            what = (step.handover, step.site, step.unit)
            named = next(code for code in what if code is not None)
            if what in seen:
                yield fault(dossier, plan, "planned-twice", f"steps[{at}]", named, Wanted("each thing once in a plan"))
            seen.add(what)
            if step.site in plan.stays and step.site is not None:
                yield fault(
                    dossier,
                    plan,
                    "contradiction",
                    f"steps[{at}].site",
                    named,
                    Wanted("a site that closes or stays, not both"),
                )
            if step.month is not None and (step.month < plan.start or (plan.end is not None and step.month > plan.end)):
                yield fault(
                    dossier,
                    plan,
                    "outside-plan",
                    f"steps[{at}].month",
                    step.month,
                    Wanted("a month from {start} to {end}", start=plan.start, end=plan.end or Wanted("the end")),
                )
            if step.month is None and plan.drive == "calendar" and step.site is None and step.unit is None:
                yield fault(
                    dossier,
                    plan,
                    "no-month",
                    f"steps[{at}].month",
                    named,
                    Wanted("a month: this plan goes by the calendar"),
                    "warning",
                )
            if step.site is not None and step.month is not None:
                closing[step.site] = step.month
        for site in dossier.of(Site):
            if site.hub in closing and site.code in closing and closing[site.hub or ""] < closing[site.code]:
                value = f"{site.hub} in {closing[site.hub or '']}, {site.code} in {closing[site.code]}"
                yield fault(
                    dossier,
                    plan,
                    "hub-before-spoke",
                    "steps",
                    value,
                    Wanted("{hub} to close no earlier than {site}, which it supplies", hub=site.hub, site=site.code),
                )


def check_loads(dossier: Dossier) -> Iterator[Finding]:
    """No hand-over or closure asks for more of a resource than any month offers."""
    most = {r.code: max([r.capacity, *(e.amount for e in r.exceptions)]) for r in dossier.of(Resource)}
    tasks: tuple[Handover | Site, ...] = (*dossier.of(Handover), *dossier.of(Site))
    for task in tasks:
        for load in task.loads:
            if load.resource in most and load.amount > most[load.resource]:
                wanted = Wanted(
                    "at most {most:g}, the most that {resource} ever offers in a month",
                    most=most[load.resource],
                    resource=load.resource,
                )
                yield fault(dossier, task, "never-feasible", f"loads.{load.resource}", load.amount, wanted)


def check_ceilings(dossier: Dossier) -> Iterator[Finding]:
    """A floor of one rule does not stand above the ceiling of another at the same time."""
    ceilings = dossier.of(Ceiling)
    for floor in ceilings:
        for roof in ceilings:
            together = floor.start <= (roof.end or "9999-12") and roof.start <= (floor.end or "9999-12")
            clash = (
                floor.people == roof.people
                and floor.least is not None
                and roof.most is not None
                and floor.least > roof.most
            )
            if together and clash and floor is not roof:
                yield fault(
                    dossier,
                    floor,
                    "contradiction",
                    "least",
                    floor.least,
                    Wanted("no more than the {most} that {ceiling} allows", most=roof.most, ceiling=roof.code),
                )


def check_risk_matrix(dossier: Dossier) -> Iterator[Finding]:
    """A higher likelihood or impact never gives a lower level."""
    from exitplan.domain.states import RISK_LEVELS

    rank = [[RISK_LEVELS.index(level) for level in row] for row in dossier.mission.risk_matrix.levels]
    falls_along = any(row[i] > row[i + 1] for row in rank for i in range(4))
    falls_down = any(rank[i][j] > rank[i + 1][j] for i in range(4) for j in range(5))
    if falls_along or falls_down:
        wanted = Wanted("levels that never fall as likelihood or impact rises")
        yield fault(dossier, dossier.mission, "matrix-not-rising", "risk_matrix.levels", rank, wanted)
