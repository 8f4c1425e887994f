"""The transition calendar: from 36 months before the mission's end to 60 months after it, from entries and from a template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Literal

from pydantic import Field

from exitplan.domain.dossier import Dossier
from exitplan.domain.entry import Classification, Entry
from exitplan.domain.kinds import (
    Agreement,
    Area,
    Communication,
    Decision,
    Handover,
    Mandate,
    Milestone,
    Phase,
    Site,
    Watch,
)
from exitplan.domain.months import month_of, months_later
from exitplan.reports.documents.citing import told
from exitplan.reports.page import Piece
from exitplan.wording import Wording

BEFORE, AFTER = 36, 60
"""Months before and after the mission's end that the calendar spans."""

Category = Literal[
    "mandate",
    "phase",
    "milestone",
    "handover",
    "closure",
    "decision",
    "renewal",
    "expiry",
    "communication",
    "review",
    "template",
]


class CalendarEvent(Piece):
    """One day of the calendar, worded in one language."""

    uid: str = Field(description="Name that stays, whatever the day becomes.")
    day: date
    category: Category
    title: str
    details: str = ""
    office: str = Field("", description="Who answers for it.")
    kind: str = Field("", description="Kind of entry it comes from; empty for a step of the template.")
    code: str = ""
    done: bool = Field(False, description="Whether it has happened.")
    classification: Classification = "open"
    months: int | None = Field(None, description="Months from the mission's end; None where no end is set.")
    sequence: int = Field(0, description="How often the entry behind it has changed.")


def calendar_events(
    dossier: Dossier,
    end: date | None,
    w: Wording,
    *,
    on: date,
    versions: Mapping[tuple[str, str], int] | None = None,
) -> tuple[CalendarEvent, ...]:
    """
    The calendar of a dossier, in order of days.

    Parameters
    ----------
    dossier
        What the reader may see; closures of sites that it keeps no date of are not there.
    end
        Last day of the mission; without one every dated entry is listed, and no template.
    on
        Day looked from: a mandate or an agreement that ended before it has ended, whoever wrote it down or not.
    versions
        Version of each entry by kind and code, from 1.
    """
    known = versions or {}
    found = []
    for event in (*_entries(dossier, on, w), *_reviews(dossier, end, w), *_template(dossier, end, w)):
        if event is None:
            continue
        months = month_of(event.day) - month_of(end) if end else None
        if months is None or -BEFORE <= months <= AFTER:
            sequence = max(0, known.get((event.kind, event.code), 1) - 1)
            found.append(event.model_copy(update={"months": months, "sequence": sequence}))
    order = {name: place for place, name in enumerate(Category.__args__)}  # type: ignore[attr-defined]
    return tuple(sorted(found, key=lambda e: (e.day, order[e.category], e.uid)))


def calendar_rows(
    events: tuple[CalendarEvent, ...], w: Wording
) -> tuple[tuple[str, ...], list[tuple[str | int | date | None, ...]]]:
    """The calendar as headings and rows of a table."""
    heads = (
        w("Day"),
        w("Months from the end"),
        w("Kind of date"),
        w("What"),
        w("Details"),
        w("Office"),
        w("State"),
        w("Entry"),
        w("Identifier"),
    )
    rows: list[tuple[str | int | date | None, ...]] = [
        (
            e.day,
            e.months,
            w.code("calendar", e.category),
            e.title,
            e.details,
            e.office,
            state(e, w),
            f"{e.kind}:{e.code}" if e.kind else "",
            e.uid,
        )
        for e in events
    ]
    return heads, rows


def months_apart(months: int | None) -> str:
    """Months from the mission's end with their sign; a dash where no end is set."""
    if months is None:
        return "–"
    return f"{months:+d}" if months else "0"


def state(event: CalendarEvent, w: Wording) -> str:
    """Whether something has happened, is planned, or only proposed by the template."""
    if event.category == "template":
        return w("template")
    return w("done") if event.done else w("planned")


def _entries(dossier: Dossier, on: date, w: Wording) -> Iterator[CalendarEvent | None]:
    lang = w.lang
    for mandate in dossier.of(Mandate):
        title = w("Mandate {authority} ends", authority=mandate.authority)
        yield _event(
            dossier, mandate, "end", mandate.end, "mandate", title, done=mandate.end is not None and mandate.end < on
        )
    for phase in dossier.of(Phase):
        for aspect, day, said in (
            ("start", phase.start, f"{w('Phase begins')}{w.colon}{phase.name(lang)}"),
            ("end", phase.end, f"{w('Phase ends')}{w.colon}{phase.name(lang)}"),
        ):
            yield _event(dossier, phase, aspect, day, "phase", said)
    for milestone in dossier.of(Milestone):
        yield _event(
            dossier, milestone, "due", milestone.done or milestone.due, "milestone", milestone.name(lang),
            done=milestone.done is not None,
        )  # fmt: skip
    for handover in dossier.of(Handover):
        area = dossier.get(Area, handover.area)
        yield _event(
            dossier, handover, "transfer", handover.transfer.planned, "handover",
            f"{w('Hand-over')}{w.colon}{handover.name(lang)}",
            details=f"{area.name(lang) if area else w('whole country')}. {w.code('handover_state', handover.state)}.",
            done=handover.transfer.actual is not None,
        )  # fmt: skip
    for site in dossier.of(Site):
        yield _event(
            dossier, site, "closure", site.closure.planned, "closure",
            f"{w('Site handed over')}{w.colon}{site.name(lang)}",
            details=f"{w('Use afterwards')}{w.colon}{site.end_use}" if site.end_use else "",
            done=site.closure.actual is not None,
        )  # fmt: skip
    for decision in dossier.of(Decision):
        if decision.status != "withdrawn":
            yield _event(
                dossier, decision, "due", decision.date or decision.due, "decision",
                f"{w('Decision')}{w.colon}{decision.name(lang)}",
                details=told(decision, "question", lang), done=decision.status == "taken", office=decision.decider,
            )  # fmt: skip
    for agreement in dossier.of(Agreement):
        if agreement.expires:
            begin = agreement.expires - timedelta(days=agreement.renewal_days)
            said = f"{w('Last day to begin renewing')}{w.colon}{agreement.name(lang)}"
            yield _event(dossier, agreement, "renewal", begin, "renewal", said)
            said = f"{w('Agreement ends')}{w.colon}{agreement.name(lang)}"
            yield _event(dossier, agreement, "expiry", agreement.expires, "expiry", said, done=agreement.expires < on)
    for message in dossier.of(Communication):
        said = f"{w('To tell {audience}', audience=message.audience)}{w.colon}{message.name(lang)}"
        yield _event(
            dossier, message, "date", message.done or message.date, "communication", said,
            details=told(message, "message", lang), done=message.done is not None,
        )  # fmt: skip


def _reviews(dossier: Dossier, end: date | None, w: Wording) -> Iterator[CalendarEvent | None]:
    if end is None:
        return
    for watch in dossier.of(Watch):
        for months in watch.review_months:
            said = f"{w('Review {n} months after exit', n=months)}{w.colon}{watch.name(w.lang)}"
            day, office = months_later(end, months), watch.successor_owner or watch.owner
            yield _event(dossier, watch, f"review-{months}", day, "review", said, details=watch.response, office=office)


def template_steps(w: Wording) -> tuple[tuple[int, str], ...]:
    """Steps that a transition usually has, by months from the end: a proposal to start from, no norm."""
    return (
        (
            -36,
            w("Joint vision and conflict analysis begin, an office leads the transition, remaining tasks are mapped"),
        ),
        (
            -24,
            w(
                "Transition calendar agreed, baselines of benchmarks frozen, environmental baseline of each site renewed"
            ),
        ),
        (-18, w("Capacities mapped, receivers commit in writing, plan of resources")),
        (-15, w("Strategic assessment and options")),
        (-12, w("Decision of the mandating authority; draft plan for assets; order in which units go home")),
        (-12, w("First hand-overs by function, area and site; joint assessments; trial periods begin")),
        (-6, w("Decision on the last areas of high risk; quick reaction from outside in place; more communication")),
        (-3, w("Last reserve is kept until results of elections are settled")),
        (3, w("First part of the liquidation closed; first review after exit")),
        (6, w("Second review after exit")),
        (12, w("Liquidation closed; review one year after exit")),
        (24, w("Review two years after exit")),
        (60, w("Review five years after exit")),
    )


def _template(dossier: Dossier, end: date | None, w: Wording) -> Iterator[CalendarEvent]:
    if end is None:
        return
    for place, (months, step) in enumerate(template_steps(w), start=1):
        yield CalendarEvent(
            uid=_uid(dossier, "template", str(place), f"t{months:+d}"),
            day=months_later(end, months),
            category="template",
            title=f"{w('Template')}{w.colon}{step}",
            details=w("A step that transitions usually have; to be replaced by a milestone of your own."),
        )


def _event(
    dossier: Dossier,
    entry: Entry,
    aspect: str,
    day: date | None,
    category: Category,
    title: str,
    *,
    details: str = "",
    done: bool = False,
    office: str = "",
) -> CalendarEvent | None:
    """One event of an entry; None where the entry has no date."""
    if day is None:
        return None
    return CalendarEvent(
        uid=_uid(dossier, entry.kind, entry.code, aspect),
        day=day,
        category=category,
        title=title,
        details=details,
        office=office or entry.owner,
        kind=entry.kind,
        code=entry.code,
        done=done,
        classification=entry.classification,
    )


def _uid(dossier: Dossier, kind: str, code: str, aspect: str) -> str:
    return f"{dossier.mission.code}.{kind}.{code}.{aspect}@exitplan".lower()
