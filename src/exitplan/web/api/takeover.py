"""The receiver's own answer to a function, for programs: signed under the version that was read, as on the page."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpResponse

from exitplan.usecases import takeover as taking
from exitplan.usecases.open_mission import day_of
from exitplan.web.access import Asked
from exitplan.web.api.answers import said, tag, version_wanted
from exitplan.web.api.contents import shown
from exitplan.web.api.fields import Code
from exitplan.web.api.shapes import FunctionAnswer


def answer(asked: Asked, code: Code, sent: FunctionAnswer) -> HttpResponse:
    """
    Answer for a function whose receiver you speak for: `If-Match` carries the ETag with which you read it.

    The answer is signed under that version and stands in the function from then on. Where the function has changed, 412 shows
    what stands there now, and nothing is signed.
    """
    reader, mission = asked.view.reader, asked.mission
    version = version_wanted(asked)
    on, at = day_of(asked.view.dossier, None), datetime.now(UTC)
    taking.answer(reader, mission, code, version, reply=sent.reply, text=sent.text, on=on, at=at)
    again = Asked(asked.request, asked.w, asked.account, asked.reader, mission)
    found = shown(again.view, "function", code)
    return said(found, ETag=tag(found.version, found.body))
