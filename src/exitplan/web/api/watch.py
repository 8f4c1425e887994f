"""The watch after exit: what stands under watch, triggers, alarms, and what is done about them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from ninja import Query

from exitplan.usecases import alarming
from exitplan.usecases.answers import answered, as_json
from exitplan.usecases.hindsight import hindsight_of
from exitplan.usecases.looking import look
from exitplan.web.access import Asked
from exitplan.web.api.answers import JSON, listing, part, said
from exitplan.web.api.fields import Number
from exitplan.web.api.shapes import AlarmAnswer, Alarms, AlarmShown, AlarmStepShown, LookedOut, Paging, RisksAsked


def watch(asked: Asked, wanted: Query[RisksAsked]) -> HttpResponse:
    """Everything under watch, triggered first, with early warnings, reviews and what the plan lacks."""
    found = look(asked.view, on=wanted.on)
    answer = answered("watch", found.view.dossier, found.study.watch, on=found.study.on, seed=found.study.seed).answer
    return HttpResponse(as_json(answer), content_type=JSON)


def triggers(asked: Asked, wanted: Query[RisksAsked]) -> HttpResponse:
    """Every agreed trigger, those that are met first, with who then does what."""
    found = look(asked.view, on=wanted.on)
    answer = answered("triggers", found.view.dossier, found.study.triggers, on=found.study.on).answer
    return HttpResponse(as_json(answer), content_type=JSON)


def after(asked: Asked, wanted: Query[RisksAsked]) -> HttpResponse:
    """What goes on after the mission: functions after transfer, needs, programmes, context, dates kept or not."""
    found = look(asked.view, on=wanted.on)
    answer = answered("after", found.view.dossier, found.study.after, on=found.study.on).answer
    return HttpResponse(as_json(answer), content_type=JSON)


def hindsight(asked: Asked, wanted: Query[RisksAsked]) -> HttpResponse:
    """Ranges of the forecasts that readers of your role had drawn, against the deaths recorded since. Retrospective."""
    return HttpResponse(as_json(hindsight_of(asked.view, on=wanted.on).answer), content_type=JSON)


def alarms(asked: Asked, wanted: Query[Paging]) -> HttpResponse:
    """Alarms that rest on nothing hidden from you, those that nobody has acknowledged first."""
    found = alarming.alarms_for(asked.view.reader, asked.mission)
    items = tuple(_shown(alarm) for alarm in part(found, wanted))
    return said(Alarms(items=items, **listing(asked, wanted, len(found))))


def look_out(asked: Asked) -> HttpResponse:
    """Look for alarms now, instead of waiting for the worker. Asking twice changes nothing."""
    return said(LookedOut(raised=alarming.look_out_for(asked.view.reader, asked.mission, at=datetime.now(UTC))))


def acknowledge(asked: Asked, alarm: Number, sent: AlarmAnswer) -> HttpResponse:
    """Acknowledge an alarm in the name of an office."""
    return _answer(asked, alarm, "acknowledge", sent)


def respond(asked: Asked, alarm: Number, sent: AlarmAnswer) -> HttpResponse:
    """Record what was done about an alarm that was acknowledged."""
    return _answer(asked, alarm, "respond", sent)


def close(asked: Asked, alarm: Number, sent: AlarmAnswer) -> HttpResponse:
    """Close an alarm with a reason."""
    return _answer(asked, alarm, "close", sent)


def _answer(asked: Asked, number: int, act: str, sent: AlarmAnswer) -> HttpResponse:
    reader = asked.view.reader
    done = alarming.answer(
        reader,
        asked.mission,
        number,
        sent.version,
        act,
        office=sent.office or alarming.office_of(reader),
        day=sent.day,
        text=sent.text,
        at=datetime.now(UTC),
    )
    return said(_shown(done))


def _shown(alarm: Any) -> AlarmShown:
    return AlarmShown(
        id=alarm.id,
        watch=alarm.watch,
        cause=alarm.cause,
        place=alarm.place,
        month=alarm.month,
        state=alarm.state,
        version=alarm.version,
        raised=alarm.at,
        steps=tuple(AlarmStepShown(act=s.act, office=s.office, day=s.day, text=s.text, at=s.at) for s in alarm.steps),
    )
