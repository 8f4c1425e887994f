"""
`exitplan communications`: who is told what about each hand-over, and when against the day of its transfer.

People where a hand-over happens come first. Staff, partners and the public hear of it after them or with them; authorities who
agree on the hand-over know before and are not counted. A hand-over about which nobody is told stands first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Communication, Handover
from exitplan.domain.results.communications import (
    CommunicationsResult,
    MessageLine,
    MessageState,
    RumourLine,
    TellingGap,
    Told,
)
from exitplan.domain.states import HANDOVER_DONE

FIRST = "people_concerned"
AFTER_THEM = ("staff", "partners", "public")
"""Who is told with the people concerned or after them."""


def communications(dossier: Dossier, on: date) -> CommunicationsResult:
    """
    The communication plan on a day.

    Parameters
    ----------
    dossier
        As one reader may see it.
    on
        Day looked from: what should have been told before it and was not is late.
    """
    entries = dossier.of(Communication)
    messages = [c for c in entries if c.type == "message"]
    handovers = [_told(handover, messages, on) for handover in dossier.of(Handover)]
    general = [_line(c, None, on) for c in messages if c.handover is None]
    late = sum(line.state == "late" for line in (*general, *(m for told in handovers for m in told.messages)))
    rumours = [_rumour(c, on) for c in entries if c.type == "rumour"]
    return CommunicationsResult(
        handovers=tuple(sorted(handovers, key=_pressing)),
        general=tuple(sorted(general, key=lambda line: (line.date, line.code))),
        rumours=tuple(sorted(rumours, key=lambda r: (r.answered is not None, r.heard, r.code))),
        late=late,
        untold=sum("no-message" in told.gaps and not told.transferred for told in handovers),
    )


def _told(handover: Handover, messages: Sequence[Communication], on: date) -> Told:
    transfer = handover.transfer.planned
    own = [_line(c, transfer, on) for c in messages if c.handover == handover.code]
    own.sort(key=lambda line: (line.done or line.date, line.code))
    return Told(
        code=handover.code,
        title=handover.title,
        title_fr=handover.title_fr,
        transfer=transfer,
        transferred=handover.state in HANDOVER_DONE,
        messages=tuple(own),
        gaps=tuple(_gaps(own)),
    )


def _line(entry: Communication, transfer: date | None, on: date) -> MessageLine:
    state: MessageState = "late" if entry.date < on else "planned"
    if entry.done is not None and entry.done <= on:
        state = "given"
    day = entry.done or entry.date
    return MessageLine(
        code=entry.code,
        title=entry.title,
        title_fr=entry.title_fr,
        audience=entry.audience,
        reaches=entry.reaches,
        message=entry.message,
        message_fr=entry.message_fr,
        languages=entry.languages,
        channel=entry.channel,
        owner=entry.owner,
        date=entry.date,
        done=entry.done,
        state=state,
        days=(day - transfer).days if transfer else None,
    )


def _gaps(messages: Sequence[MessageLine]) -> Iterator[TellingGap]:
    """What is missing or in the wrong order; messages stand in the order in which they are told."""
    if not messages:
        yield "no-message"
        return
    people = [m for m in messages if m.reaches == FIRST]
    if not people:
        yield "people-not-told"
    others = [m.done or m.date for m in messages if m.reaches in AFTER_THEM]
    first = min((m.done or m.date for m in people), default=None)
    if others and (first is None or min(others) < first):
        yield "others-first"
    if people and all(m.days is not None and m.days > 0 for m in people):
        yield "people-told-late"
    if any(not m.languages for m in people):
        yield "no-language"


def _pressing(told: Told) -> tuple[bool, bool, bool, date, str]:
    """Hand-overs to come without a message first, then those with other gaps, then by the day of the transfer."""
    return told.transferred, "no-message" not in told.gaps, not told.gaps, told.transfer or date.max, told.code


def _rumour(entry: Communication, on: date) -> RumourLine:
    answered = entry.answered if entry.answered and entry.answered <= on else None
    return RumourLine(
        code=entry.code,
        title=entry.title,
        title_fr=entry.title_fr,
        audience=entry.audience,
        message=entry.message,
        message_fr=entry.message_fr,
        owner=entry.owner,
        handover=entry.handover,
        heard=entry.date,
        answer=entry.answer,
        answer_fr=entry.answer_fr,
        answered=answered,
        days_open=max(0, ((answered or on) - entry.date).days),
    )
