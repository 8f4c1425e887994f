"""`exitplan futures`: simulated futures of armed violence under a plan and a scenario."""

from __future__ import annotations

from datetime import date

from exitplan.domain.results.stability import FuturesResult
from exitplan.usecases.answers import Answered, answered
from exitplan.usecases.study import Progress, study


def futures(
    mission: str,
    *,
    on: date | None = None,
    plan: str | None = None,
    scenario: str | None = None,
    seed: int = 1,
    futures: int = 5000,
    horizon: int = 24,
    error: float | None = None,
    progress: Progress | None = None,
) -> Answered[FuturesResult]:
    """
    Deaths by area and month, and the chance of renewed armed violence under each named definition.

    With an `error`, drawing stops when the standard error of every chance is within it, at `futures` at the latest.
    """
    asked = study(mission, on=on, plan=plan, scenario=scenario, seed=seed, horizon=horizon)
    result = asked.futures(futures, progress, error)
    return answered(
        "futures",
        asked.dossier,
        result,
        on=asked.on,
        seed=seed,
        plan=result.plan,
        scenario=result.scenario,
        futures=futures,
        horizon=horizon,
        error=error,
    )
