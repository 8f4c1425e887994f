"""`exitplan after-action`: what was planned, what happened, why, what to keep and what to change."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from exitplan.domain.condition import Verdict
from exitplan.domain.fields import Day
from exitplan.domain.results.base import Named, ResultPart
from exitplan.domain.results.lessons import LessonLine


class Event(Named):
    """One piece of work of the time looked back on."""

    kind: str = Field(description="handover, site, activity or milestone.")
    planned: Day | None = Field(description="Day first planned.")
    actual: Day | None = Field(description="Day on which it happened; None while it has not.")
    days: int | None = Field(
        description="Days later than first planned, up to the day looked from while undone; negative for earlier."
    )


class Turn(Named):
    """A hand-over that was taken back."""

    date: Day
    why: str


class Taken(Named):
    """A decision taken in that time."""

    date: Day
    chosen: str = ""
    chosen_fr: str | None = None
    why: str = ""
    dissent: str = ""
    dissent_fr: str | None = None
    dissent_by: str = ""


class GateThen(Named):
    """A gate of the phase, as it stands on the day looked from."""

    verdict: Verdict


class AfterActionResult(ResultPart):
    """Looking back on a phase, on what a decision concerned, or on the whole time so far."""

    phase: str | None
    decision: str | None
    title: str = Field(description="What is looked back on; empty for the whole time.")
    title_fr: str | None = None
    start: date | None
    end: date = Field(
        description="Last day looked back on: the end of the phase, or the day looked from where that is earlier."
    )
    events: tuple[Event, ...]
    gates: tuple[GateThen, ...]
    decisions: tuple[Taken, ...]
    reversals: tuple[Turn, ...]
    keep: tuple[LessonLine, ...] = Field(description="Lessons on what worked.")
    change: tuple[LessonLine, ...] = Field(description="Lessons on what went wrong or was missing.")
    observed: tuple[LessonLine, ...] = Field(description="Other lessons.")
