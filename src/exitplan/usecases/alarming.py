"""Alarms of the watch: raised from everything the mission knows, shown to those who may see what they rest on, and answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from exitplan.domain.entry import references
from exitplan.domain.errors import NotFound
from exitplan.domain.kinds import Area, Watch
from exitplan.domain.months import month_of, month_text
from exitplan.domain.results.watch import EarlyWarning, WatchLine
from exitplan.domain.roles import Reader
from exitplan.usecases.board import board, names, view
from exitplan.usecases.open_mission import day_of
from exitplan.usecases.people import MACHINE, require
from exitplan.usecases.study import study_of

if TYPE_CHECKING:
    from exitplan.domain.dossier import Dossier
    from exitplan.store.alarms import Alarm, Raised

STATES = ("open", "acknowledged", "responded", "closed")
"""States of an alarm in the order in which they ask for somebody."""


def look_out(mission: str, *, who: str = MACHINE, at: datetime, on: date | None = None) -> int:
    """
    Raise what the watch finds on a day, from everything the mission knows; returns how many alarms are new.

    Asking twice changes nothing. A mission whose own entry is not sound raises nothing. Raises NotFound.
    """
    from exitplan.store import alarms

    whole = board(mission).draft.dossier
    if whole is None or not whole.of(Watch):
        return 0
    return alarms.raise_alarms(mission, _found(whole, day_of(whole, on)), who=who, at=at)


def look_out_for(reader: Reader, mission: str, *, at: datetime) -> int:
    """The same on demand, by somebody who answers alarms. Raises NotAllowed, NotFound."""
    require(reader, "answer_alarm")
    return look_out(mission, who=reader.name, at=at)


def alarms_for(reader: Reader, mission: str) -> tuple[Alarm, ...]:
    """Alarms that rest on nothing hidden from the reader, those that wait for somebody first, the newest first."""
    from exitplan.store import alarms

    seen = view(mission, reader)
    hidden = frozenset(c for k, c in board(mission).versions if not seen.knows(k, c))
    found = [
        _as_shown(a, hidden)
        for a in alarms.alarms(mission)
        if seen.knows("watch", a.watch) and hidden.isdisjoint(a.rests_on)
    ]
    return tuple(sorted(found, key=lambda a: STATES.index(a.state)))


def alarm_for(reader: Reader, mission: str, number: int) -> Alarm:
    """One alarm. Raises NotFound, for one that is not shown to the reader too."""
    for alarm in alarms_for(reader, mission):
        if alarm.id == number:
            return alarm
    raise NotFound("alarm", str(number))


def answer(
    reader: Reader,
    mission: str,
    number: int,
    version: int,
    act: str,
    *,
    office: str,
    day: date,
    text: str,
    at: datetime,
) -> Alarm:
    """
    Acknowledge an alarm (`acknowledge`), record a response (`respond`) or close it (`close`).

    Raises NotAllowed, NotFound, InvalidValue, Stale.
    """
    from exitplan.store import alarms

    require(reader, "answer_alarm")
    alarm_for(reader, mission, number)
    return alarms.take_step(mission, number, version, act, reader, office=office, day=day, text=text, at=at)


def office_of(reader: Reader) -> str:
    """The office in whose name a reader usually acts; empty where their account names none."""
    from exitplan.store import alarms

    return alarms.office_of(reader.name)


def place_key(found: EarlyWarning) -> str:
    """How an alarm names its place."""
    return f"{found.place} {found.place_title}".strip()


def warning_of(line: WatchLine, alarm: Alarm) -> EarlyWarning | None:
    """The early warning that an alarm came from, as it stands now; None for a trigger."""
    return next((e for e in line.early if e.method == alarm.cause and place_key(e) == alarm.place), None)


def _found(dossier: Dossier, on: date) -> Iterator[Raised]:
    from exitplan.store.alarms import Raised

    for line in study_of(dossier, on=on, plan=None, scenario=None).watch.watches:
        entry = dossier.find(Watch, line.code)
        if line.trigger.state == "met":
            rests_on = tuple(sorted({code for _, _, code in references(entry)}))
            yield Raised(line.code, "trigger", "", month_text(month_of(on)), rests_on)
        for early in line.early:
            if early.state == "alarm" and early.alarm_month:
                codes = _rests_on(dossier, entry, early)
                yield Raised(line.code, early.method, place_key(early), early.alarm_month, codes)


def _rests_on(dossier: Dossier, entry: Watch, early: EarlyWarning) -> tuple[str, ...]:
    """The area; every area, where the country is counted; the indicator, beyond the border."""
    if early.abroad:
        return tuple(a.indicator for a in entry.abroad if a.country == early.place and a.indicator)
    return (entry.area,) if entry.area else tuple(a.code for a in dossier.of(Area))


def _as_shown(alarm: Alarm, hidden: frozenset[str]) -> Alarm:
    """The words of a step are left out where they name something hidden."""
    return replace(alarm, steps=tuple(replace(s, text="") if names(s.text, hidden) else s for s in alarm.steps))
