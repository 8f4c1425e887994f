"""Dates against each other and against the day from which the dossier looks."""

from __future__ import annotations

from collections.abc import Iterator

from exitplan.domain.checks.fault import fault
from exitplan.domain.dossier import Dossier
from exitplan.domain.findings import Finding, Wanted
from exitplan.domain.kinds import (
    Activity,
    Assessment,
    Decision,
    Handover,
    Milestone,
    Risk,
    Signal,
    Site,
    Treatment,
    Unit,
)
from exitplan.domain.states import HANDOVER_DONE, SITE_DONE


def check_vantage(dossier: Dossier) -> Iterator[Finding]:
    """Nothing has happened after the day from which the dossier looks, or before the mission began."""
    as_of, started = dossier.mission.as_of, dossier.mission.started
    if as_of is not None and as_of < started:
        yield fault(
            dossier,
            dossier.mission,
            "date-before-start",
            "as_of",
            as_of,
            Wanted("a day on or after the mission's start {started}", started=started),
        )
    happened = [
        *((e, "done", e.done) for e in dossier.of(Activity)),
        *((e, "done", e.done) for e in dossier.of(Milestone)),
        *((e, "done", e.done) for e in dossier.of(Treatment)),
        *((e, "transfer.actual", e.transfer.actual) for e in dossier.of(Handover)),
        *((e, "closure.actual", e.closure.actual) for e in dossier.of(Site)),
        *((e, f"steps.{step.code}.done", step.done) for e in dossier.of(Site) for step in e.steps),
        *((e, "repatriation.actual", e.repatriation.actual) for e in dossier.of(Unit)),
        *((e, "date", e.date) for e in dossier.of(Assessment)),
        *((e, "date", e.date) for e in dossier.of(Decision)),
        *((e, f"checks[{at}].date", c.date) for e in dossier.of(Handover) for at, c in enumerate(e.checks)),
        *((e, "date", e.date) for e in dossier.of(Signal)),
        *((e, "scores", score.on) for e in dossier.of(Risk) for score in e.scores),
    ]
    for entry, field, day in happened:
        if day is not None and as_of is not None and day > as_of:
            yield fault(
                dossier,
                entry,
                "date-in-future",
                field,
                day,
                Wanted("a day on or before {as_of}, from which the dossier looks", as_of=as_of),
            )
        if day is not None and day < started and not isinstance(entry, Risk | Decision | Signal):
            yield fault(
                dossier,
                entry,
                "date-before-start",
                field,
                day,
                Wanted("a day on or after the mission's start {started}", started=started),
            )
    for site in dossier.of(Site):
        if site.opened and site.closure.planned and site.closure.planned < site.opened:
            yield fault(
                dossier,
                site,
                "date-before-start",
                "closure",
                site.closure.planned,
                Wanted("a day on or after its opening {opened}", opened=site.opened),
            )


def check_states_and_dates(dossier: Dossier) -> Iterator[Finding]:
    """What is done has its date, and what has a date is done."""
    rows = [
        *((h, "transfer.actual", h.transfer.actual, h.state, h.state in HANDOVER_DONE) for h in dossier.of(Handover)),
        *((s, "closure.actual", s.closure.actual, s.state, s.state in SITE_DONE) for s in dossier.of(Site)),
    ]
    for entry, field, actual, state, done in rows:
        if done and actual is None:
            yield fault(
                dossier,
                entry,
                "done-without-date",
                field,
                "none",
                Wanted("the day on which it came to be {state}", state=state),
                "warning",
            )
        if actual is not None and not done and state != "reversed":
            yield fault(
                dossier,
                entry,
                "date-without-done",
                field,
                actual,
                Wanted("no actual date while it is {state}", state=state),
            )
    for handover in dossier.of(Handover):
        if handover.receiver and handover.receiver_partner:
            value = f"{handover.receiver}, {handover.receiver_partner}"
            yield fault(
                dossier,
                handover,
                "two-receivers",
                "receiver_partner",
                value,
                Wanted("one receiver: an institution or a partner"),
            )
