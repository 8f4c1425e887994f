"""The watch after exit: alarms that wait for somebody first, then everything under watch; one watch; one alarm and its answer."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from exitplan.domain.errors import ExitplanError, InvalidValue, NotFound
from exitplan.domain.kinds import Area, Watch
from exitplan.domain.results.watch import WatchLine
from exitplan.usecases import alarming, deciding
from exitplan.usecases.looking import look
from exitplan.usecases.open_mission import today
from exitplan.web import cells
from exitplan.web.access import Asked
from exitplan.web.middleware import sentence
from exitplan.web.sections import pieces
from exitplan.web.tables import Cell, Column, Table, table_page

MARKS = {"open": "unmet", "acknowledged": "late", "responded": "late", "closed": "done"}
STEPS = {
    "open": ("acknowledge",),
    "acknowledged": ("respond", "close"),
    "responded": ("respond", "close"),
    "closed": (),
}
"""What may be done about an alarm in each state."""


def watch(asked: Asked) -> HttpResponse:
    """Open alarms, everything kept under watch with its early warnings and reviews, and every agreed trigger."""
    from exitplan.usecases import pictures

    seen = look(asked.view)
    made, tables = pieces(asked, pictures.watch(seen, asked.w))
    agreed, more = pieces(asked, pictures.triggers(seen, asked.w))
    found = seen.study.watch
    alarms = _alarms(asked)
    return table_page(
        asked,
        "watch.html",
        _alarm_table(asked, alarms),
        *tables,
        *more,
        pieces=made,
        agreed=agreed,
        waiting=sum(a.state == "open" for a in alarms),
        fired=found.triggered,
        unknown=found.unknown,
        overdue=found.overdue,
        on_words=asked.w.date(seen.study.on),
        may_edit=asked.may("edit", "watch"),
        may_answer=asked.may("answer_alarm"),
    )


def look_out(asked: Asked) -> HttpResponse:
    """Look for alarms now, instead of waiting for the worker."""
    assert asked.reader is not None
    new = alarming.look_out_for(asked.reader, asked.mission, at=datetime.now(UTC))
    asked.tell(asked.w.count("{n} new alarm.", "{n} new alarms.", new) if new else asked.w("No new alarm."))
    return redirect(f"/m/{asked.mission}/watch/")


def one(asked: Asked) -> HttpResponse:
    """One watch: its trigger, the picture of each series, its reviews and its alarms."""
    from exitplan.usecases import pictures

    entry = asked.view.dossier.find(Watch, str(asked.path["code"]))
    seen = look(asked.view)
    line = _line(asked, entry.code)
    made, tables = pieces(asked, pictures.one_watch(seen, entry.code, asked.w))
    return table_page(
        asked,
        "watch_one.html",
        _alarm_table(asked, tuple(a for a in _alarms(asked) if a.watch == entry.code)),
        *tables,
        watch=entry,
        line=line,
        told=asked.w.grounds(line.trigger, trigger=True),
        pieces=made,
        where=cells.reference(asked, "area", entry.area),
        function=cells.reference(asked, "function", entry.function),
        indicator=cells.reference(asked, "indicator", entry.indicator),
        all_fields=cells.entry_address(asked.mission, "watch", entry.code),
    )


def alarm(asked: Asked) -> HttpResponse:
    """One alarm: what raised it, its picture and table, what was done about it, and the forms to do more."""
    return _page(asked, {})


def step(asked: Asked) -> HttpResponse:
    """Acknowledge an alarm, record a response, or close it; which, the address says."""
    assert asked.reader is not None
    posted = asked.request.POST
    act = asked.request.path.rstrip("/").rpartition("/")[2]
    typed = {name: posted.get(name, "").strip() for name in ("office", "day", "text")} | {"act": act}
    try:
        alarming.answer(
            asked.reader,
            asked.mission,
            int(asked.path["alarm"]),
            _version(posted.get("version")),
            act,
            office=typed["office"],
            day=_day(typed["day"]),
            text=typed["text"],
            at=datetime.now(UTC),
        )
    except (InvalidValue, *deciding.OVERTAKEN) as refused:
        return _page(asked, typed, refused)
    asked.tell(asked.w.capital(asked.w.code("alarm_told", act)))
    return redirect(f"/m/{asked.mission}/alarms/{asked.path['alarm']}/")


def _page(asked: Asked, typed: dict[str, str], refused: ExitplanError | None = None) -> HttpResponse:
    from exitplan.usecases import pictures

    assert asked.reader is not None
    w = asked.w
    shown = alarming.alarm_for(asked.reader, asked.mission, int(asked.path["alarm"]))
    entry = asked.view.dossier.find(Watch, shown.watch)
    line = _line(asked, shown.watch)
    picture = pictures.warning(look(asked.view), shown.watch, shown.cause, shown.place, w)
    made, tables = pieces(asked, picture)
    return table_page(
        asked,
        "alarm.html",
        *tables,
        status=200 if refused is None else 422 if isinstance(refused, InvalidValue) else 409,
        alarm=shown,
        mark=MARKS[shown.state],
        watch=entry,
        watch_address=cells.address(asked, "watch", entry.code),
        cause=_cause(asked, shown),
        told=w.grounds(line.trigger, trigger=True),
        trigger=line.trigger,
        pieces=made,
        acts=STEPS[shown.state] if asked.may("answer_alarm") else (),
        office=typed.get("office") or alarming.office_of(asked.reader),
        day=typed.get("day") or today().isoformat(),
        typed=typed,
        refused=sentence(w, refused) if refused else "",
        overtaken=isinstance(refused, deciding.OVERTAKEN),
    )


def _alarms(asked: Asked) -> tuple[Any, ...]:
    return alarming.alarms_for(asked.reader, asked.mission) if asked.reader else ()


def _line(asked: Asked, code: str) -> WatchLine:
    return next(line for line in look(asked.view).study.watch.watches if line.code == code)


def _alarm_table(asked: Asked, alarms: tuple[Any, ...]) -> Table:
    w = asked.w
    return Table(
        "alarms",
        w("Alarms"),
        (
            Column("alarm", w("Alarm"), wide=True),
            Column("state", w("State")),
            Column("month", w("Month")),
            Column("cause", w("Raised by"), wide=True),
            Column("raised", w("Raised on")),
            Column("last", w("Last step"), wide=True),
        ),
        tuple(
            (
                Cell(_title(asked, a), value=a.id, href=f"/m/{asked.mission}/alarms/{a.id}/"),
                cells.state(asked, "alarm_state", a.state, mark=MARKS[a.state]),
                cells.month(asked, a.month),
                cells.text(_cause(asked, a)),
                cells.day(asked, a.at),
                Cell(
                    w.capital(w.code("alarm_told", a.steps[-1].act)),
                    small=f"{a.steps[-1].office}, {w.date(a.steps[-1].day, short=True)}",
                )
                if a.steps
                else Cell(w("nobody has acknowledged it"), mark="late"),
            )
            for a in alarms
        ),
        empty=w("No alarm is on record. Alarms are raised when a trigger is met or an early warning fires."),
    )


def _title(asked: Asked, alarm: Any) -> str:
    entry = asked.view.dossier.find(Watch, alarm.watch)
    return f"{entry.code} {entry.name(asked.w.lang)}"


def _cause(asked: Asked, alarm: Any) -> str:
    """What raised an alarm, and where."""
    w = asked.w
    if alarm.cause == "trigger":
        return w("agreed trigger")
    entry = asked.view.dossier.find(Watch, alarm.watch)
    area = asked.view.dossier.get(Area, alarm.place)
    abroad = next((a for a in entry.abroad if f"{a.country} {a.place}".strip() == alarm.place), None)
    if abroad is not None:
        place = (abroad.place_fr if w.lang == "fr" else None) or abroad.place
        where = w("{place} ({country})", place=place, country=abroad.country) if place else abroad.country
    else:
        where = area.name(w.lang) if area else alarm.place or w("whole country")
    return w(
        "early warning, {place}{colon}{state}", place=where, colon=w.colon, state=w.code("watch_method", alarm.cause)
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidValue("day", text[:40], "a day as YYYY-MM-DD") from None


def _version(text: str | None) -> int:
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 9:
        raise NotFound("version", str(text)[:20])
    return int(text)
