"""`exitplan capacity`: what the national institutions can carry, month by month."""

from __future__ import annotations

from datetime import date

from exitplan.domain.results.capacity import CapacityResult
from exitplan.usecases.answers import Answered, answered
from exitplan.usecases.study import study


def capacity(
    mission: str, *, on: date | None = None, scenario: str | None = None, seed: int = 1, horizon: int = 24
) -> Answered[CapacityResult]:
    """Capacity of every institution, and of every area over its functions, in a scenario."""
    asked = study(mission, on=on, plan=None, scenario=scenario, seed=seed, horizon=horizon)
    return answered(
        "capacity",
        asked.dossier,
        asked.capacity,
        on=asked.on,
        seed=seed,
        scenario=asked.scenario.code,
        horizon=horizon,
    )
