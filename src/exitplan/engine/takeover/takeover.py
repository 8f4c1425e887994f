"""Who takes over: everything about it from one dossier on one day."""

from __future__ import annotations

from datetime import date

from exitplan.domain.dossier import Dossier
from exitplan.domain.errors import InvalidValue
from exitplan.domain.kinds import Function, Plan, Scenario
from exitplan.domain.results.takeover import TakeoverResult
from exitplan.engine.capacity.growth import ASSUMPTIONS as OF_CAPACITY
from exitplan.engine.readiness.clocks import calendar
from exitplan.engine.takeover import funding as money
from exitplan.engine.takeover.institutions import courses, institutions, trades
from exitplan.engine.takeover.ledger import ledger
from exitplan.engine.takeover.needs import consultations, needs, surveys


def takeover(
    dossier: Dossier,
    on: date,
    *,
    plan: Plan | None = None,
    scenario: Scenario | None = None,
    seed: int = 1,
    horizon: int = 24,
) -> TakeoverResult:
    """
    The ledger of functions, the funding cliff, institutions and their training, needs, consultations and surveys.

    Parameters
    ----------
    on
        Day looked from.
    plan, scenario
        Say when the calendar ends; the scenario multiplies capacity by its `host_capacity` from its start on.
    seed, horizon
        Seed of what is drawn, 0 or more; months ahead, 1 or more.

    Raises
    ------
    InvalidValue
        For another seed or horizon.
    """
    if horizon < 1:
        raise InvalidValue("horizon", horizon, "one or more")
    given = dossier.scenario(None) if scenario is None else scenario
    drawn = courses(dossier, on, scenario=given, seed=seed, horizon=horizon)
    lines = institutions(dossier, on, drawn)
    found = surveys(dossier, on)
    return TakeoverResult(
        functions=ledger(dossier, on, drawn),
        funding=money.funding(dossier, on, end=calendar(dossier, on, plan=plan, scenario=given).end),
        trades=trades(lines),
        institutions=lines,
        needs=needs(dossier),
        consultations=consultations(dossier, on),
        surveys=found,
        assumptions=(
            *(money.ASSUMPTIONS if dossier.of(Function) else ()),
            *(OF_CAPACITY if lines else ()),
            *(("cohort-pass-doubt",) if any(i.cohorts for i in lines) else ()),
            *(("survey-simple-sample",) if any(s.interval == "sample" for s in found) else ()),
        ),
    )
