"""`exitplan partners`: parts in hand-overs, coverage, reach from afar, consent and access."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from exitplan.domain.errors import InvalidValue
from exitplan.domain.findings import Wanted
from exitplan.domain.results.partners import PartnersResult
from exitplan.usecases.answers import Answered, answered
from exitplan.usecases.study import Study, study
from exitplan.wording import Wording

if TYPE_CHECKING:
    from exitplan.reports.page import Section

LONGEST_SILENCE = 3650
"""Days without contact that may be asked for at most."""


@dataclass(frozen=True)
class PartnersAsked:
    """An answer, and the study it comes from."""

    answered: Answered[PartnersResult]
    study: Study

    def sections(self, w: Wording) -> tuple[Section, ...]:
        """The answer as the sections of the brief."""
        from dataclasses import replace

        from exitplan.reports.content.access import access_section
        from exitplan.reports.content.coverage import coverage_section
        from exitplan.reports.content.material import Given
        from exitplan.usecases.sections import material_of

        given = Given(status=self.study.status(), partners=self.answered.result)
        material = replace(material_of(self.study, w), results=given)
        return coverage_section(material), access_section(material)


def partners(
    mission: str,
    *,
    on: date | None = None,
    plan: str | None = None,
    scenario: str | None = None,
    silent: int | None = None,
) -> PartnersAsked:
    """
    What hangs on partners, unmet first.

    Parameters
    ----------
    silent
        Days without contact from which on a partner counts as silent.

    Raises
    ------
    InvalidValue
        For a number of days outside 1 to 3,650.
    """
    asked = study(mission, on=on, plan=plan, scenario=scenario)
    return PartnersAsked(answer_of(asked, silent), asked)


def answer_of(asked: Study, silent: int | None) -> Answered[PartnersResult]:
    """The answer to a question about a dossier on the table. Raises InvalidValue for days out of range."""
    if silent is not None and not 1 <= silent <= LONGEST_SILENCE:
        raise InvalidValue("silent", silent, Wanted("a number of days from 1 to {most}", most=LONGEST_SILENCE))
    result = asked.partners_silent_after(silent)
    return answered(
        "partners",
        asked.dossier,
        result,
        on=asked.on,
        plan=asked.plan.code if asked.plan else None,
        scenario=asked.scenario.code,
        silent=result.silent_days,
    )
