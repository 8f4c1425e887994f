"""`exitplan lessons`: a mission's own lessons and those of past exits, and why each is offered."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from exitplan.domain.results.base import Named, ResultPart
from exitplan.domain.states import LessonState, LessonType

Why = Literal["entry", "kind", "function", "trade", "area", "tag"]


class Reason(ResultPart):
    """One thing that a lesson and what it is offered for have in common."""

    why: Why = Field(description="The entry itself, its kind, function, kind of work, area, or a word of both.")
    value: str = Field(description="Code of the entry, kind, function or area, the kind of work, or the word.")


class LessonLine(Named):
    """One lesson."""

    library: bool = Field(False, description="Whether it comes along with the program rather than from the mission.")
    state: LessonState | None = Field(None, description="How far it has come; None for a lesson of the library.")
    type: LessonType
    finding: str
    finding_fr: str | None = None
    recommendation: str = ""
    recommendation_fr: str | None = None
    action: str = ""
    action_fr: str | None = None
    action_owner: str = Field("", description="Office that acts.")
    due: date | None = None
    done: date | None = None
    overdue_days: int = Field(0, description="Days past the due date while undone.")
    case: str = ""
    origin: str = Field("", description="Lesson of the library that it was taken from.")
    decision: str | None = None
    phase: str | None = None
    about: tuple[str, ...] = Field((), description="Entries it was learned from, as kind:code.")
    applies_to: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    trades: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = Field((), description="What it rests on: documents, or codes of sources.")
    reasons: tuple[Reason, ...] = Field((), description="Why it is offered, where it is offered for an entry.")

    def said(self, lang: str) -> str:
        """The finding in the reader's language."""
        return (self.finding_fr if lang == "fr" else None) or self.finding

    def advice(self, lang: str) -> str:
        """What it advises, in the reader's language."""
        return (self.recommendation_fr if lang == "fr" else None) or self.recommendation

    def acted(self, lang: str) -> str:
        """What is done about it, in the reader's language."""
        return (self.action_fr if lang == "fr" else None) or self.action


class LessonsResult(ResultPart):
    """Lessons in the order in which they are to be read: what waits for somebody first, the library last."""

    offered_for: str | None = Field(None, description="Entry they are offered for, as kind:code.")
    states: dict[LessonState, int] = Field(description="The mission's own lessons by state, before any is left out.")
    lessons: tuple[LessonLine, ...] = Field(description="The mission's own.")
    library: tuple[LessonLine, ...] = Field(description="Those of past exits.")
