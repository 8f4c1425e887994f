"""Lessons, the after-action report and the communication plan: of what the reader may see, and no more."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpResponse
from ninja import Query

from exitplan.usecases.after_action import after_action_of
from exitplan.usecases.answers import as_json
from exitplan.usecases.communications import communications_of
from exitplan.usecases.lessons import lessons_of
from exitplan.usecases.lessons import take as taken_in
from exitplan.web.access import Asked
from exitplan.web.api.answers import JSON, said
from exitplan.web.api.fields import LibraryCode
from exitplan.web.api.shapes import AfterActionAsked, LessonsAsked, LessonTaken, RisksAsked, TakeAsked


def lessons(asked: Asked, wanted: Query[LessonsAsked]) -> HttpResponse:
    """The mission's lessons and those of past exits: all, by their words, or those that apply to an entry, with why."""
    states = (wanted.state,) if wanted.state else ()
    found = lessons_of(
        asked.view.dossier, on=wanted.on, offered_for=wanted.about or None, words=wanted.q, states=states
    )
    return HttpResponse(as_json(found.answer), content_type=JSON)


def take(asked: Asked, lesson: LibraryCode, sent: TakeAsked) -> HttpResponse:
    """Take a lesson of a past exit into the dossier, with its documents as sources; once is enough."""
    assert asked.reader is not None
    code = taken_in(asked.reader, asked.mission, lesson, why=sent.why, at=datetime.now(UTC))
    return said(LessonTaken(code=code, origin=lesson), status=201)


def communications(asked: Asked, wanted: Query[RisksAsked]) -> HttpResponse:
    """Who is told what about each hand-over, and when; rumours and their answers."""
    found = communications_of(asked.view.dossier, on=wanted.on)
    return HttpResponse(as_json(found.answer), content_type=JSON)


def after_action(asked: Asked, wanted: Query[AfterActionAsked]) -> HttpResponse:
    """What was planned, what happened, why, what to keep and what to change: of a phase, a decision, or the whole time."""
    found = after_action_of(
        asked.view.dossier, on=wanted.on, phase=wanted.phase or None, decision=wanted.decision or None
    )
    return HttpResponse(as_json(found.answer), content_type=JSON)
