"""
Consent and access by date: what is hindered, since when, and at what cost in days; and what each party has shown over time.

    days lost = min(day it ended, day looked from) - (day an answer was due, else day it began), never below 0

Days of several hindrances count once in a sum: the sum is the size of the union of their spans. A stated position is no day
lost: signs of political will stand apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Signal
from exitplan.domain.results.partners import AccessResult, Breaches, DaysLost, PartyWill, SignalLine

Span = tuple[date, date]
"""First day, and the day after the last."""


def access(dossier: Dossier, on: date) -> AccessResult:
    """Signs up to a day; those that come after it are not seen."""
    signals = sorted((s for s in dossier.of(Signal) if s.date <= on), key=lambda s: (s.date, s.code))
    lines = tuple(_line(s, on) for s in signals)
    hindering = [s for s in signals if hinders(s)]
    spans = {s.code: span for s in hindering if (span := lost_span(s, on)) is not None}
    held = {s.code for s in hindering}
    running = [line for line in lines if line.code in held and line.holds]
    overdue = [line for line in lines if line.due is not None and line.due < on and line.holds and _waits(line)]
    return AccessResult(
        hindered=tuple(line.code for line in sorted(running, key=lambda x: (-x.days_lost, x.date, x.code))),
        overdue=tuple(line.code for line in sorted(overdue, key=lambda x: (x.due or on, x.code))),
        signals=lines,
        lost=tuple(
            sorted(
                (_lost(kind, hindering, spans, on) for kind in dict.fromkeys(s.type for s in hindering)),
                key=lambda lost: (-lost.days, lost.type),
            )
        ),
        lost_in_all=days_covered(spans.values()),
        will=_will(signals, on),
        breaches=_breaches(signals, on),
    )


def hinders(signal: Signal) -> bool:
    """Whether a sign is a hindrance that costs days: any that hinders, but not a stated will."""
    return signal.direction == "hinders" and signal.type != "political_will"


def holds(signal: Signal, on: date) -> bool:
    """Whether a sign holds on a day: it has come and has not ended."""
    return signal.date <= on and (signal.until is None or signal.until > on)


def lost_span(signal: Signal, on: date) -> Span | None:
    """The days that a hindrance takes up to a day; None where it takes none."""
    first = signal.due or signal.date
    last = min(signal.until or on, on)
    return (first, last) if last > first else None


def days_covered(spans: Iterable[Span]) -> int:
    """Days in the union of spans."""
    days, reached = 0, date.min
    for first, last in sorted(spans):
        first = max(first, reached)
        if last > first:
            days += (last - first).days
            reached = last
    return days


def _waits(line: SignalLine) -> bool:
    """Whether it is something that is waited for: an answer, a paper, a road, a yes."""
    return line.direction == "hinders" and line.type in ("clearance", "visa", "movement", "consent")


def _line(signal: Signal, on: date) -> SignalLine:
    span = lost_span(signal, on) if hinders(signal) else None
    return SignalLine(
        **signal.model_dump(
            include={
                *("code", "title", "title_fr", "type", "direction", "date", "due", "until", "partner", "institution"),
                *("agreement", "area", "site", "statement", "basis", "sources"),
            }
        ),
        holds=holds(signal, on),
        days_lost=(span[1] - span[0]).days if span else 0,
    )


def _lost(kind: str, hindering: list[Signal], spans: dict[str, Span], on: date) -> DaysLost:
    theirs = [s for s in hindering if s.type == kind]
    return DaysLost(
        type=kind,
        signals=len(theirs),
        running=sum(holds(s, on) for s in theirs),
        days=days_covered(spans[s.code] for s in theirs if s.code in spans),
    )


def _will(signals: list[Signal], on: date) -> tuple[PartyWill, ...]:
    """Parties by what they show now, those that hinder first; only signs of consent and political will count."""
    shown: dict[str, list[Signal]] = {}
    for s in signals:
        party = f"partner:{s.partner}" if s.partner else f"institution:{s.institution}" if s.institution else ""
        if party and s.type in ("consent", "political_will"):
            shown.setdefault(party, []).append(s)
    found = []
    for party, theirs in shown.items():
        newest = next((s for s in reversed(theirs) if holds(s, on)), None)
        found.append(
            PartyWill(
                party=party,
                now=newest.direction if newest else "neutral",
                since=newest.date if newest else None,
                signals=tuple(s.code for s in theirs),
            )
        )
    order = ("hinders", "neutral", "supports")
    return tuple(sorted(found, key=lambda w: (order.index(w.now), w.party)))


def _breaches(signals: list[Signal], on: date) -> tuple[Breaches, ...]:
    """Breaches by agreement, those with breaches that still hold first."""
    broken: dict[str, list[Signal]] = {}
    for s in signals:
        if s.type == "breach" and s.agreement:
            broken.setdefault(s.agreement, []).append(s)
    found = [
        Breaches(
            agreement=code,
            number=len(theirs),
            running=sum(holds(s, on) for s in theirs),
            first=theirs[0].date,
            last=theirs[-1].date,
        )
        for code, theirs in broken.items()
    ]
    return tuple(sorted(found, key=lambda b: (-b.running, -b.number, b.agreement)))
