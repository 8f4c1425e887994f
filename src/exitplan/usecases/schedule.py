"""`exitplan schedule`: the earliest feasible month of every hand-over and closure."""

from __future__ import annotations

from datetime import date

from exitplan.domain.results.schedule import ScheduleResult
from exitplan.usecases.answers import Answered, answered
from exitplan.usecases.study import study


def schedule(
    mission: str,
    *,
    on: date | None = None,
    plan: str | None = None,
    scenario: str | None = None,
    seed: int = 1,
    horizon: int = 24,
) -> Answered[ScheduleResult]:
    """A feasible sequence under a plan and a scenario, and what binds each step. Raises NotFound where there is no plan."""
    asked = study(mission, on=on, plan=plan, scenario=scenario, seed=seed, horizon=horizon)
    result = asked.schedule
    return answered(
        "schedule",
        asked.dossier,
        result,
        on=asked.on,
        seed=seed,
        plan=result.plan,
        scenario=result.scenario,
        horizon=horizon,
    )
