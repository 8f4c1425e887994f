"""The schedule of a plan under a scenario: earliest feasible months beside planned ones, what binds, what is breached."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from exitplan.domain.dossier import Dossier
from exitplan.domain.facts import facts_on
from exitplan.domain.kinds import Handover, Plan, Scenario, Site
from exitplan.domain.months import month_text
from exitplan.domain.results.readiness import FeasibleClock
from exitplan.domain.results.schedule import Binding, LimitUse, ScheduledStep, ScheduleResult, StrengthMonth
from exitplan.engine.schedule.problem import Problem, Purse, Task, people, problem_of
from exitplan.engine.schedule.sequence import Months, Use, bindings, feasible_sequence

ASSUMPTIONS = (
    "schedule-gates-by-outlook",
    "schedule-order-not-proven-shortest",
    "schedule-people-at-sites-only",
    "schedule-work-before-gate",
)
"""What every schedule assumes, as codes that the doors put into words."""


def schedule(
    dossier: Dossier,
    on: date,
    *,
    plan: Plan,
    scenario: Scenario,
    gate_months: Mapping[str, int | None],
    horizon: int,
) -> ScheduleResult:
    """
    Earliest feasible month of every hand-over and closure, and what binds each.

    Parameters
    ----------
    gate_months
        First open month index of each gate, None for never within reach or unknown (from `engine.readiness`).
    horizon
        Months looked ahead, 1 or more.

    Returns
    -------
    ScheduleResult
        `steps` in order of their earliest month. Strength follows the plan's own months where it goes by the calendar, the
        earliest feasible ones where it goes by conditions.
    """
    problem = problem_of(dossier, on, plan=plan, scenario=scenario, gate_months=gate_months, horizon=horizon)
    months = feasible_sequence(problem)
    held = bindings(problem, months)
    unlocks = _unlocks(problem)
    steps = tuple(
        sorted(
            (_step(dossier, problem, task, months, held[task.name], unlocks[task.name]) for task in problem.tasks),
            key=lambda s: (s.state == "done", s.earliest is None, s.earliest or "", s.kind, s.code),
        )
    )
    waiting = [s for s in steps if s.state in ("planned", "not_feasible")]
    stuck = [s for s in waiting if s.state == "not_feasible"]
    last = max(
        (months[t.name] or 0 for t in problem.tasks if t.done is None and months[t.name] is not None), default=None
    )
    end = None if stuck else last
    followed = followed_months(problem, plan, months)
    strength = _strength(problem, followed)
    return ScheduleResult(
        plan=plan.code,
        scenario=scenario.code,
        deadline=_text(problem, problem.deadline),
        end=_text(problem, end),
        late_months=end - problem.deadline if end is not None and problem.deadline is not None else None,
        steps=steps,
        critical=_critical(problem, months, held),
        strength=strength,
        limits=_limits(problem, months),
        breaches=_breaches(dossier, on, plan, problem, followed, months),
        assumptions=ASSUMPTIONS,
    )


def feasible_clock(result: ScheduleResult) -> FeasibleClock:
    """The schedule's end as the third hand beside the two clocks."""
    last = max(
        (s for s in result.steps if s.earliest and s.state == "planned"), key=lambda s: s.earliest or "", default=None
    )
    binding = last.bindings[0] if last and last.bindings else None
    return FeasibleClock(
        month=result.end,
        binding=f"{binding.kind}:{binding.code}".rstrip(":") if binding else "",
        unplaced=sum(s.state == "not_feasible" for s in result.steps),
    )


def closing_months(dossier: Dossier, plan: Plan, result: ScheduleResult) -> dict[str, str | None]:
    """
    Month in which each site closes under the plan, as YYYY-MM; None for a site that stays open within the horizon.

    A plan that goes by the calendar closes a site in its planned month, or with the deadline where it names none; one that
    goes by conditions closes it in its earliest feasible month. Sites closed already are left out.
    """
    closing: dict[str, str | None] = {}
    for step in result.steps:
        if step.kind == "site" and step.state != "done":
            by_calendar = step.planned or result.deadline
            closing[step.code] = (
                None if step.state == "stays" else by_calendar if plan.drive == "calendar" else step.earliest
            )
    return closing


def followed_months(problem: Problem, plan: Plan, months: Months) -> Months:
    """The months that the plan itself would keep: planned or deadline by the calendar, earliest feasible by conditions."""
    if plan.drive == "conditions":
        return dict(months)
    kept: Months = {}
    for task in problem.tasks:
        month = task.planned if task.planned is not None else problem.deadline
        kept[task.name] = task.done if task.done is not None else None if task.stays else month
    return kept


def _text(problem: Problem, month: int | None) -> str | None:
    return None if month is None else month_text(problem.first_month + month)


def _step(
    dossier: Dossier, problem: Problem, task: Task, months: Months, held: tuple[Binding, ...], unlocks: int
) -> ScheduledStep:
    entry = dossier.get(Site, task.code) if task.kind == "site" else dossier.get(Handover, task.code)
    month = months[task.name]
    state = (
        "done" if task.done is not None else "stays" if task.stays else "not_feasible" if month is None else "planned"
    )
    late = month - task.planned if month is not None and task.planned is not None and state == "planned" else None
    missed = (
        problem.deadline is not None
        and state in ("planned", "not_feasible")
        and (month is None or month > problem.deadline)
    )
    return ScheduledStep(
        code=task.code,
        title=entry.title if entry else task.code,
        title_fr=entry.title_fr if entry else None,
        kind=task.kind,
        area=task.area,
        state=state,
        earliest=_text(problem, month),
        start=_text(problem, month - task.months + 1) if month is not None and state == "planned" else None,
        planned=_text(problem, task.planned),
        late_months=late,
        deadline=_text(problem, problem.deadline),
        misses_deadline=missed,
        bindings=held,
        unlocks=unlocks,
    )


def _unlocks(problem: Problem) -> dict[str, int]:
    """How many undone tasks wait for each task, directly or not."""
    followers: dict[str, set[str]] = {t.name: set() for t in problem.tasks}
    for task in problem.tasks:
        for wait in task.waits:
            if task.done is None and wait.task in followers:
                followers[wait.task].add(task.name)
    counted: dict[str, int] = {}
    for name in followers:
        seen: set[str] = set()
        stack = list(followers[name])
        while stack:
            following = stack.pop()
            if following not in seen:
                seen.add(following)
                stack.extend(followers[following])
        counted[name] = len(seen - {name})
    return counted


def _critical(problem: Problem, months: Months, held: Mapping[str, tuple[Binding, ...]]) -> tuple[str, ...]:
    """From the step that ends last back along what binds it; the limit at the head of the chain comes first."""
    placed = [t for t in problem.tasks if t.done is None and not t.stays and months[t.name] is not None]
    if not placed:
        return ()
    name = max(placed, key=lambda t: (months[t.name] or 0, t.name)).name
    chain = [name]
    while held[name]:
        binding = held[name][0]
        earlier = next((b for b in held[name] if b.kind in ("after", "hub") and b.code not in chain), None)
        if earlier is None:
            chain.append(f"{binding.kind}:{binding.code}".rstrip(":"))
            break
        name = earlier.code
        chain.append(name)
    return tuple(reversed(chain))


def _strength(problem: Problem, months: Months) -> tuple[StrengthMonth, ...]:
    """People at open sites at the end of every month, with the bounds on uniformed people."""
    sites = [t for t in problem.tasks if t.kind == "site" and t.done is None]
    uniformed = [b for b in problem.bounds if b.people == "uniformed"]
    rows = []
    for month in range(problem.horizon):
        still = [t for t in sites if (closing := months[t.name]) is None or closing > month]
        rows.append(
            StrengthMonth(
                month=month_text(problem.first_month + month),
                military=sum(t.military for t in still),
                police=sum(t.police for t in still),
                civilian=sum(t.civilian for t in still),
                most=min((m for b in uniformed if (m := b.most[month]) is not None), default=None),
                least=max((m for b in uniformed if (m := b.least[month]) is not None), default=None),
            )
        )
    return tuple(rows)


def _limits(problem: Problem, months: Months) -> tuple[LimitUse, ...]:
    """Use of every resource and budget by the feasible sequence, months without use left out."""
    use = Use(problem, dict(months))
    for task in problem.tasks:
        use.add(task, months[task.name] if task.done is None else None)
    rows = [
        LimitUse(
            kind="resource",
            code=code,
            month=month_text(problem.first_month + at),
            used=used,
            limit=problem.resources[code][at],
        )
        for code, series in use.loads.items()
        for at, used in enumerate(series)
        if used > 0
    ]
    rows += [_spending(problem, use, purse) for purse in problem.purses]
    return tuple(rows)


def _spending(problem: Problem, use: Use, purse: Purse) -> LimitUse:
    spent = use.spent[purse.code]
    month = month_text(problem.first_month + max(0, purse.first))
    return LimitUse(
        kind="budget", code=purse.code, month=month, used=spent, limit=purse.amount, over=spent > purse.amount + 1e-6
    )


def _breaches(
    dossier: Dossier, on: date, plan: Plan, problem: Problem, followed: Months, months: Months
) -> tuple[str, ...]:
    """Ceilings the plan does not keep, budgets the sequence overspends, a pause that holds now; as codes with values."""
    found: list[str] = []
    sites = [t for t in problem.tasks if t.kind == "site" and t.done is None]
    for bound in problem.bounds:
        over = [
            (month, left - most)
            for month in range(problem.horizon)
            if (most := bound.most[month]) is not None
            and (left := sum(people(t, bound.people) for t in sites if (c := followed[t.name]) is None or c > month))
            > most
        ]
        if over:
            first, excess = over[0]
            found.append(
                f"ceiling-exceeded:{bound.code}:{month_text(problem.first_month + first)}:{excess}:{len(over)}"
            )
    found += [
        f"budget-exceeded:{row.code}:{row.month}:{row.used - row.limit:.0f}"
        for row in _limits(problem, months)
        if row.over
    ]
    if plan.pause is not None and facts_on(dossier, on).condition(plan.pause).state == "met":
        found.append(f"plan-paused:{plan.code}")
    if problem.deadline is not None:
        late = sum(
            1
            for t in problem.tasks
            if t.done is None and not t.stays and (m := months[t.name]) is not None and m > problem.deadline
        )
        never = sum(1 for t in problem.tasks if t.done is None and not t.stays and months[t.name] is None)
        if late or never:
            found.append(f"deadline-missed:{_text(problem, problem.deadline)}:{late}:{never}")
    return tuple(found)
