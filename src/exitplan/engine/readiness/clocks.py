"""Two clocks: the date everybody has in mind, and the month in which the conditions would be there; and the gap between them."""

from __future__ import annotations

from datetime import date
from typing import Literal

from exitplan.domain.dossier import Dossier
from exitplan.domain.facts import Facts
from exitplan.domain.kinds import Gate, Plan, Scenario
from exitplan.domain.months import last_day, month_index, month_of, month_text
from exitplan.domain.results.readiness import CalendarClock, Clocks, ConditionsClock, FeasibleClock
from exitplan.engine.readiness.outlook import Outlook, first_month
from exitplan.engine.schedule.problem import end_of_mandate

EARLY = 0.1
LATE = 0.9


def calendar(dossier: Dossier, on: date, *, plan: Plan | None, scenario: Scenario) -> CalendarClock:
    """The end of the mission: the scenario's where it names one, else the plan's, else that of the mandate in force on the day."""
    mandate = end_of_mandate(dossier, on)
    end, source = None, ""
    if scenario.mandate_end is not None:
        end, source = scenario.mandate_end, f"scenario:{scenario.code}"
    elif plan is not None and plan.end is not None:
        end, source = last_day(month_index(plan.end)), f"plan:{plan.code}"
    elif mandate is not None:
        end, source = mandate.end, f"mandate:{mandate.code}"
    return CalendarClock(end=end, source=source, months_left=_whole_months(on, end) if end else None)


def _whole_months(on: date, end: date) -> int:
    """Whole months between two days, negative when the end has passed; the last day of a month completes it."""
    if end < on:
        return -_whole_months(end, on)
    complete = end.day >= on.day or end == last_day(month_of(end))
    return month_of(end) - month_of(on) - (0 if complete else 1)


def conditions(facts: Facts, outlook: Outlook, *, horizon: int, until: date | None) -> ConditionsClock:
    """
    The month in which all exit gates are open in the same courses.

    Parameters
    ----------
    facts
        What is known on the day.
    outlook
        States of the gates ahead.
    horizon
        Months it looks ahead.
    until
        End of the calendar, for the chance that the conditions are there by then.
    """
    gates = tuple(code for code in facts.dossier.mission.exit_gates if code in outlook.gates)
    joint = outlook.joint(gates)
    now = {code: facts.gate(facts.dossier.find(Gate, code)) for code in gates}
    kept = {code for code, verdict in now.items() if verdict.rests_on_hidden}
    at_end = next((o for o in joint if until and o.month == month_text(month_of(until))), None)
    return ConditionsClock(
        month=first_month(joint),
        early=first_month(joint, EARLY),
        late=first_month(joint, LATE),
        open_now=bool(now) and all(verdict.state == "met" for verdict in now.values()),
        unknown=tuple(code for code in gates if code not in kept and not outlook.opening(code)),
        not_shown=bool(kept),
        probability_at_calendar=at_end.probability if at_end else None,
        low=at_end.low if at_end else None,
        high=at_end.high if at_end else None,
        horizon_months=horizon,
    )


def clocks(
    facts: Facts,
    outlook: Outlook,
    *,
    plan: Plan | None,
    scenario: Scenario,
    horizon: int,
    feasible: FeasibleClock | None = None,
) -> Clocks:
    """Both clocks, the gap in months, and which strikes first; `feasible` is carried along as the third hand."""
    dates = calendar(facts.dossier, facts.on, plan=plan, scenario=scenario)
    there = conditions(facts, outlook, horizon=horizon, until=dates.end)
    gap = month_index(there.month) - month_of(dates.end) if there.month and dates.end else None
    return Clocks(
        calendar=dates,
        conditions=there,
        feasible=feasible,
        gap_months=gap,
        standing=_standing(dates, there, gap, outlook.origin + horizon)
        if facts.dossier.mission.exit_gates
        else "unknown",
    )


def _standing(
    dates: CalendarClock, there: ConditionsClock, gap: int | None, last: int
) -> Literal["conditions_first", "calendar_first", "together", "unknown", "not_shown", "beyond_horizon"]:
    """Which clock strikes first. Conditions that no month within the horizon meets still come after a date that lies within it."""
    if gap is not None:
        return "together" if gap == 0 else "calendar_first" if gap > 0 else "conditions_first"
    if dates.end is None or there.month is not None or there.unknown:
        return "unknown"
    if there.not_shown:
        return "not_shown"
    return "calendar_first" if month_of(dates.end) <= last else "beyond_horizon"
