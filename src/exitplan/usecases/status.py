"""`exitplan status`: where the mission stands on a day."""

from __future__ import annotations

from datetime import date

from exitplan.domain.results.readiness import StatusResult
from exitplan.usecases.answers import Answered, answered
from exitplan.usecases.study import study


def status(
    mission: str,
    *,
    on: date | None = None,
    since: date | None = None,
    plan: str | None = None,
    scenario: str | None = None,
    seed: int = 1,
    horizon: int = 24,
) -> Answered[StatusResult]:
    """Clocks, gates, benchmarks, hand-overs, sites, what is owed, and what changed since a day."""
    asked = study(mission, on=on, plan=plan, scenario=scenario, seed=seed, horizon=horizon)
    return answered(
        "status",
        asked.dossier,
        asked.status(since),
        on=asked.on,
        seed=seed,
        since=since,
        plan=asked.plan.code if asked.plan else None,
        scenario=asked.scenario.code,
        horizon=horizon,
    )
