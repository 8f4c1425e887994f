"""Lessons of past exits, as they come along with the program: each rests on a fact that somebody published."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, field_validator

from exitplan.domain.fields import Code, Line, Part, Text, about
from exitplan.domain.findings import Wanted
from exitplan.domain.kinds import KINDS
from exitplan.domain.kinds.capacity import Trade
from exitplan.domain.states import LessonType


class LessonSource(Part):
    """The document that a lesson's finding rests on, as whoever published it names it."""

    publisher: Annotated[Line, Field(min_length=1)] = about("Who published it.")
    document: Annotated[Line, Field(min_length=1)] = about("Symbol or citation.")
    published: date | None = about("Day of publication.", None)


class LibraryLesson(Part):
    """A finding from a past exit, and what it advises."""

    code: Code = about("Short code, unique in the library.")
    title: Annotated[Line, Field(min_length=1)] = about("The lesson in one line.")
    title_fr: Annotated[Line, Field(min_length=1)] = about("The same in French.")
    case: Code = about("Case it comes from, such as `UNMIT`.")
    known: date = about("Day by which the finding was known; nobody is offered it before.")
    type: LessonType = about("Whether it is to be kept, changed or filled.")
    finding: Annotated[Text, Field(min_length=1)] = about("What was found.")
    finding_fr: Annotated[Text, Field(min_length=1)] = about("The same in French.")
    recommendation: Annotated[Text, Field(min_length=1)] = about("What it advises.")
    recommendation_fr: Annotated[Text, Field(min_length=1)] = about("The same in French.")
    applies_to: tuple[Line, ...] = about("Kinds of entry it speaks to.", min_length=1)
    trades: tuple[Trade, ...] = about("Kinds of work it speaks to; all when left out.", ())
    tags: tuple[Line, ...] = about("Words it is found by.", ())
    sources: tuple[LessonSource, ...] = about("What the finding rests on.", min_length=1)

    @field_validator("applies_to")
    @classmethod
    def _kinds(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        for kind in given:
            if kind not in KINDS:
                raise ValueError(Wanted("a kind of entry, such as {kinds}", kinds="gate, handover, site"))
        return given

    def name(self, lang: str = "en") -> str:
        """The title in the reader's language."""
        return self.title_fr if lang == "fr" else self.title


class LessonLibrary(Part):
    """Every lesson that comes along."""

    lessons: tuple[LibraryLesson, ...] = about("The lessons.", min_length=1)

    @field_validator("lessons")
    @classmethod
    def _once(cls, given: tuple[LibraryLesson, ...]) -> tuple[LibraryLesson, ...]:
        codes = [lesson.code for lesson in given]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValueError(Wanted("codes used once; used twice: {codes}", codes=", ".join(twice)))
        return given
