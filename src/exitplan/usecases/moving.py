"""A closure moved to another month: what it would break, before anybody writes it down; and then written into the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from exitplan.domain.dossier import Dossier
from exitplan.domain.errors import InvalidValue, NotFound
from exitplan.domain.findings import Finding
from exitplan.domain.kinds import Plan, PlanStep, Site
from exitplan.domain.months import month_index
from exitplan.domain.results.schedule import Binding, ScheduleResult
from exitplan.domain.roles import Reader
from exitplan.usecases.looking import Look
from exitplan.usecases.writing import Written, entry_body, save_entry


@dataclass(frozen=True)
class Tried:
    """
    What a moved closure would do to the plan.

    `too_early` is the number of months by which it comes before its earliest feasible one, and `bindings` what keeps it
    there. `breaches` and `findings` are only those that the plan did not have before; `mended` those it no longer has.
    """

    plan: str
    month: str
    earliest: str | None
    too_early: int
    bindings: tuple[Binding, ...]
    breaches: tuple[str, ...]
    mended: tuple[str, ...]
    findings: tuple[Finding, ...]


def try_month(seen: Look, site: str, month: str) -> Tried:
    """
    What closing a site in a month would break under the plan in force. Nothing is written.

    Raises
    ------
    NotFound
        When there is no such site, or no plan.
    InvalidValue
        When the month is none.
    """
    study, dossier = seen.study, seen.study.dossier
    dossier.find(Site, site)
    if study.plan is None:
        raise NotFound("plan", "?")
    moved = _with(dossier, study.plan, _checked(study.plan, site, month))
    before, after = seen.schedule, _scheduled(seen, moved)
    step = next((s for s in after.steps if s.code == site and s.kind == "site"), None)
    earliest = step.earliest if step else None
    known = {(f.code, f.entry, f.field, f.value) for f in dossier.findings}
    return Tried(
        plan=study.plan.code,
        month=month,
        earliest=earliest,
        too_early=max(0, month_index(earliest) - month_index(month)) if earliest else 0,
        bindings=step.bindings if step else (),
        breaches=tuple(b for b in after.breaches if b not in before.breaches),
        mended=tuple(b for b in before.breaches if b not in after.breaches),
        findings=tuple(
            f for f in moved.findings if f.kind == "plan" and (f.code, f.entry, f.field, f.value) not in known
        ),
    )


def move_closure(reader: Reader, seen: Look, site: str, month: str, *, version: int, why: str, at: datetime) -> Written:
    """
    Write the month of a closure into the plan in force.

    Raises as `save_entry`, NotFound for a site that is not shown to the reader, and InvalidValue for a month that is none.
    """
    seen.view.dossier.find(Site, site)
    plan = seen.study.plan
    if plan is None:
        raise NotFound("plan", "?")
    _checked(plan, site, month)
    body = entry_body(seen.view, Plan.kind, plan.code)
    return save_entry(reader, seen.view.mission, Plan.kind, _moved(body, site, month), version=version, why=why, at=at)


def _checked(plan: Plan, site: str, month: str) -> Plan:
    """The plan with the site in that month. Raises InvalidValue."""
    try:
        step = PlanStep(site=site, month=month)
    except ValueError:
        raise InvalidValue("month", month, "a month as YYYY-MM") from None
    others = tuple(s for s in plan.steps if s.site != site)
    return plan.model_copy(update={"steps": (*others, step)})


def _moved(body: Mapping[str, Any], site: str, month: str) -> dict[str, Any]:
    steps = [dict(s) for s in body.get("steps", ()) if s.get("site") != site]
    return {**body, "steps": [*steps, {"site": site, "month": month}]}


def _with(dossier: Dossier, plan: Plan, changed: Plan) -> Dossier:
    plans = tuple(changed if p.code == plan.code else p for p in dossier.of(Plan))
    return replace(dossier, entries={**dossier.entries, Plan.kind: plans})


def _scheduled(seen: Look, moved: Dossier) -> ScheduleResult:
    """The schedule of the moved plan with the gates as they were: a month of a closure changes none of them."""
    from exitplan.engine.schedule.schedule import schedule

    study = seen.study
    assert study.plan is not None
    plan = moved.find(Plan, study.plan.code)
    return schedule(
        moved,
        study.on,
        plan=plan,
        scenario=study.scenario,
        gate_months=study.outlook.gate_months(plan.gate_probability),
        horizon=study.horizon,
    )
