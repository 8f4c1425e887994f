"""Alarms of the watch and what was done about them; every step is linked into the mission's chain under its watch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from exitplan.domain.errors import InvalidValue, NotFound
from exitplan.domain.findings import Wanted
from exitplan.domain.roles import Reader
from exitplan.store.chain import Act, append
from exitplan.store.entries import troubles, writing
from exitplan.store.errors import Stale
from exitplan.store.models import Account, AlarmRow, AlarmStep

LEADS_TO: Mapping[str, tuple[tuple[str, ...], str]] = {
    "acknowledge": (("open",), "acknowledged"),
    "respond": (("acknowledged", "responded"), "responded"),
    "close": (("acknowledged", "responded"), "closed"),
}
"""From which states each step may be taken, and the state it leads to: nobody closes what nobody has acknowledged."""


@dataclass(frozen=True)
class Raised:
    """An alarm as the watch raises it."""

    watch: str
    cause: str
    place: str
    month: str
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """One step of an alarm."""

    act: str
    who: str
    office: str
    day: date
    text: str
    at: datetime


@dataclass(frozen=True)
class Alarm:
    """An alarm with its steps, oldest first."""

    id: int
    watch: str
    cause: str
    place: str
    month: str
    rests_on: tuple[str, ...]
    state: str
    version: int
    at: datetime
    steps: tuple[Step, ...]


def raise_alarms(mission: str, found: Iterable[Raised], *, who: str, at: datetime) -> int:
    """
    Keep what is new among alarms; returns how many were.

    An alarm of the same watch, cause and place that is not closed stands for what follows it, and one that was raised for the
    same month before is not raised again: asking twice changes nothing. Raises NotFound.
    """
    found = tuple(found)
    if not found:
        return 0
    with writing(mission) as held:
        standing = list(held.alarms.all())
        known = {(a.watch, a.cause, a.place, a.month) for a in standing}
        unclosed = {(a.watch, a.cause, a.place) for a in standing if a.state != "closed"}
        new = [
            r
            for r in found
            if (r.watch, r.cause, r.place) not in unclosed and (r.watch, r.cause, r.place, r.month) not in known
        ]
        versions = dict(held.entries.filter(kind="watch").values_list("code", "version"))
        for r in new:
            AlarmRow.objects.create(
                mission=held,
                watch=r.watch,
                cause=r.cause,
                place=r.place,
                month=r.month,
                rests_on=list(r.rests_on),
                at=at,
            )
        if new:
            acts = [
                Act("alarm", "watch", r.watch, versions.get(r.watch, 1), _said(r.cause, r.place, r.month, r.rests_on))
                for r in new
            ]
            append(held, acts, who=who, why="", at=at)
    return len(new)


def take_step(
    mission: str,
    number: int,
    version: int,
    act: str,
    reader: Reader,
    *,
    office: str,
    day: date,
    text: str,
    at: datetime,
) -> Alarm:
    """
    Acknowledge an alarm, respond to it, or close it.

    Parameters
    ----------
    version
        Version of the alarm that was read; Stale is raised when somebody was faster.
    office
        Office in whose name it is done.
    day
        Day on which it was done, not before the alarm and not after today.

    Raises
    ------
    InvalidValue
        For no such step, no office, a response or a reason that says nothing, a day that cannot be, or a step that the alarm's
        state does not allow.
    NotFound
        When there is no such alarm.
    """
    if act not in LEADS_TO:
        raise InvalidValue("act", act, Wanted("one of {codes}", codes=", ".join(LEADS_TO)))
    if not office.strip():
        raise InvalidValue("office", office, "the office in whose name it is done")
    if act != "acknowledge" and not text.strip():
        raise InvalidValue("text", text, "what was done" if act == "respond" else "the reason for closing it")
    with writing(mission) as held:
        row = held.alarms.filter(pk=number).first()
        if row is None:
            raise NotFound("alarm", str(number))
        if row.version != version:
            raise Stale("alarm", str(number), theirs={"state": row.state}, theirs_version=row.version, yours=None)
        allowed, state = LEADS_TO[act]
        if row.state not in allowed:
            raise InvalidValue("act", act, Wanted("a step that an alarm in the state {state} allows", state=row.state))
        if not row.at.date() <= day <= at.date():
            raise InvalidValue(
                "day", day.isoformat(), Wanted("a day from {first} to {last}", first=row.at.date(), last=at.date())
            )
        row.state, row.version = state, row.version + 1
        row.save(update_fields=["state", "version"])
        AlarmStep.objects.create(
            alarm=row, act=act, who=reader.name, office=office.strip(), day=day, text=text.strip(), at=at
        )
        standing = held.entries.filter(kind="watch", code=row.watch).values_list("version", flat=True).first()
        said = {
            **_said(row.cause, row.place, row.month, row.rests_on),
            "alarm": number,
            "office": office.strip(),
            "day": day.isoformat(),
        }
        append(held, [Act(act, "watch", row.watch, standing or 1, said)], who=reader.name, why=text.strip(), at=at)
    return _alarm(row)


def alarms(mission: str) -> tuple[Alarm, ...]:
    """Every alarm of a mission, newest first."""
    with troubles():
        rows = AlarmRow.objects.filter(mission__code=mission).prefetch_related("steps").order_by("-id")
        return tuple(_alarm(row) for row in rows)


def office_of(username: str) -> str:
    """The office that an account belongs to; empty where none is named."""
    found: str | None = Account.objects.filter(username=username).values_list("office", flat=True).first()
    return found or ""


def forget_words(mission: str, watch: str) -> None:
    """Take out what was said about the alarms of a watch; the caller holds the mission for writing."""
    AlarmStep.objects.filter(alarm__mission__code=mission, alarm__watch=watch).update(text="")


def _said(cause: str, place: str, month: str, rests_on: Iterable[str]) -> dict[str, object]:
    return {"cause": cause, "place": place, "month": month, "rests_on": list(rests_on)}


def _alarm(row: AlarmRow) -> Alarm:
    return Alarm(
        id=row.pk,
        watch=row.watch,
        cause=row.cause,
        place=row.place,
        month=row.month,
        rests_on=tuple(row.rests_on),
        state=row.state,
        version=row.version,
        at=row.at,
        steps=tuple(
            Step(s.act, s.who, s.office, s.day, s.text, s.at) for s in sorted(row.steps.all(), key=lambda s: s.pk)
        ),
    )
