"""`exitplan risks`: the register on the mission's own matrix."""

from __future__ import annotations

from datetime import date

from exitplan.domain.results.risk import RisksResult
from exitplan.usecases.answers import Answered, answered
from exitplan.usecases.study import study


def risks(mission: str, *, on: date | None = None) -> Answered[RisksResult]:
    """Open risks worst first by lens, owners, overdue treatments and triggers."""
    asked = study(mission, on=on, plan=None, scenario=None)
    return answered("risks", asked.dossier, asked.risks, on=asked.on)
