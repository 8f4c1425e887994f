"""What falls due: one calendar of everything in a dossier that has a day by which somebody has to act or report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from exitplan.domain.dossier import Dossier
from exitplan.domain.entry import Entry
from exitplan.domain.facts import facts_on
from exitplan.domain.kinds import (
    Activity,
    Agreement,
    Communication,
    Decision,
    Indicator,
    Mandate,
    Milestone,
    Request,
    Risk,
    Treatment,
    Watch,
)
from exitplan.domain.months import months_later

What = Literal["due", "answer", "renew", "decide", "tell", "review", "end", "measure"]
"""What has to happen on the day."""


@dataclass(frozen=True)
class Reminder:
    """One thing that falls due."""

    day: date
    what: What
    kind: str
    code: str
    title: str
    title_fr: str | None
    owner: str

    def late(self, on: date) -> bool:
        """Whether the day has passed."""
        return self.day < on

    def name(self, lang: str) -> str:
        """The title in the reader's language."""
        return (self.title_fr if lang == "fr" else None) or self.title


def reminders(dossier: Dossier, on: date) -> tuple[Reminder, ...]:
    """Everything that is late on a day or falls due later, the earliest first; what is done is left out."""
    found = [
        Reminder(day, what, entry.kind, entry.code, entry.title, entry.title_fr, owner or entry.owner)
        for entry, day, what, owner in (*_work(dossier, on), *_partners(dossier, on), *_reports(dossier, on))
        if day is not None
    ]
    return tuple(sorted(found, key=lambda r: (r.day, r.kind, r.code)))


Due = tuple[Entry, date | None, What, str]


def _work(dossier: Dossier, on: date) -> Iterator[Due]:
    """Activities, milestones, treatments and messages that are not done, risks to be reviewed, decisions wanted."""
    works: list[Activity | Milestone] = [*dossier.of(Activity), *dossier.of(Milestone)]
    for work in works:
        if _undone(work.done, on):
            yield work, work.due, "due", ""
    for treatment in dossier.of(Treatment):
        if _undone(treatment.done, on) and treatment.activity is None:  # else the activity reminds already
            yield treatment, treatment.due, "due", ""
    for message in dossier.of(Communication):
        if _undone(message.done, on):
            yield message, message.date, "tell", ""
    for risk in dossier.of(Risk):
        if risk.status == "open":
            yield risk, risk.review_due, "review", ""
    for decision in dossier.of(Decision):
        if decision.status == "wanted":
            yield decision, decision.due, "decide", decision.decider


def _partners(dossier: Dossier, on: date) -> Iterator[Due]:
    """Requests to be answered, agreements to be renewed, mandates that end."""
    for request in dossier.of(Request):
        if request.status == "open":
            yield request, request.due, "answer", ""
    for agreement in dossier.of(Agreement):
        if agreement.expires and agreement.expires >= on:
            yield agreement, agreement.expires - timedelta(days=agreement.renewal_days), "renew", ""
            yield agreement, agreement.expires, "end", ""
    for mandate in dossier.of(Mandate):
        if mandate.end >= on:
            yield mandate, mandate.end, "end", ""


def _reports(dossier: Dossier, on: date) -> Iterator[Due]:
    """Measurements due by the rhythm of each indicator, and reviews of the watch after the last mandate."""
    latest: dict[str, date] = {}
    for (code, _, _), readings in facts_on(dossier, on).series.items():
        last = max(reading.date for reading in readings)
        latest[code] = min(last, latest.get(code, last))
    for indicator in dossier.of(Indicator):
        if indicator.version_on(on) and indicator.code in latest:
            yield indicator, months_later(latest[indicator.code], indicator.every_months), "measure", ""
    ends = [mandate.end for mandate in dossier.of(Mandate) if mandate.final]
    for watch in dossier.of(Watch) if ends else ():
        for months in watch.review_months:
            yield watch, months_later(max(ends), months), "review", watch.successor_owner


def _undone(done: date | None, on: date) -> bool:
    return done is None or done > on
