"""What pages show of a mission: one study for each reader and revision, kept while the revision stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from exitplan.domain.results.readiness import StatusResult
from exitplan.domain.roles import may
from exitplan.usecases.board import View
from exitplan.usecases.open_mission import day_of
from exitplan.usecases.study import Study, study_of

KEPT_LOOKS = 24
"""Readers and questions whose answers are kept in memory."""


@dataclass(frozen=True, eq=False)
class Look:
    """One reader's look at a mission: everything is computed from what they may see."""

    view: View
    study: Study

    @cached_property
    def status(self) -> StatusResult:
        """Where the mission stands; chances only for readers who were given them."""
        found = self.study.status(None)
        return found if may(self.view.reader, "see_chances") else _without_chances(found)


def look(seen: View, *, on: date | None = None, plan: str | None = None, scenario: str | None = None) -> Look:
    """A reader's look at a mission, from a day, under a plan and a scenario. Raises NotFound for a plan there is not."""
    return _look(seen, day_of(seen.dossier, on), plan, scenario)


@lru_cache(maxsize=KEPT_LOOKS)
def _look(seen: View, on: date, plan: str | None, scenario: str | None) -> Look:
    return Look(seen, study_of(seen.dossier, on=on, plan=plan, scenario=scenario))


def _without_chances(status: StatusResult) -> StatusResult:
    """The status without any probability or month that rests on one."""
    clocks = status.clocks
    quiet = clocks.conditions.model_copy(
        update={"month": None, "early": None, "late": None, "probability_at_calendar": None, "low": None, "high": None}
    )
    return status.model_copy(
        update={
            "clocks": clocks.model_copy(update={"conditions": quiet, "gap_months": None, "standing": "unknown"}),
            "gates": tuple(g.model_copy(update={"opening": (), "opens": None}) for g in status.gates),
        }
    )
