"""The transition calendar for calendar programs: whole days that need no time zone, with names that stay (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from exitplan.reports.documents.transition_calendar import CalendarEvent, months_apart
from exitplan.wording import Wording

CLASSES = {"open": "PUBLIC", "restricted": "PRIVATE", "confidential": "CONFIDENTIAL"}


def render_ical(events: tuple[CalendarEvent, ...], *, name: str, on: date, w: Wording) -> bytes:
    """
    Events as an iCalendar file; equal events give equal bytes.

    Parameters
    ----------
    name
        Name of the calendar.
    on
        The day of the dossier, which stands as the time stamp: no clock is asked.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Exitplan//Transition calendar//{w.lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    stamp = datetime.combine(on, time(), UTC)
    for event in events:
        calendar.add_component(_event(event, stamp, w))
    made: bytes = calendar.to_ical()
    return made


def _event(event: CalendarEvent, stamp: datetime, w: Wording) -> Event:
    made = Event()
    made.add("uid", event.uid)
    made.add("dtstamp", stamp)
    made.add("sequence", event.sequence)
    made.add("dtstart", event.day)
    made.add("dtend", event.day + timedelta(days=1))
    made.add("summary", event.title)
    said = [event.details] if event.details else []
    if event.office:
        said.append(f"{w('Office')}{w.colon}{event.office}")
    if event.kind:
        said.append(f"{w.capital(w.code('kind', event.kind))} {event.code}")
    if event.months is not None:
        said.append(w("Months from the mission's end: {n}", n=months_apart(event.months)))
    if said:
        made.add("description", "\n".join(said))
    made.add("categories", [w.code("calendar", event.category)])
    made.add("status", "TENTATIVE" if event.category == "template" else "CONFIRMED")
    made.add("class", CLASSES[event.classification])
    made.add("transp", "TRANSPARENT")
    return made
