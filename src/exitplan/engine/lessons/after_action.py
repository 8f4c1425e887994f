"""
`exitplan after-action`: what was planned, what happened, why, what to keep and what to change; all of it from the dossier.

A phase is looked back on by its days: work that was first planned, or was done, in them; decisions taken in them; hand-overs taken
back in them; its own gates. A decision is looked back on by the hand-overs, sites and gates that it names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from exitplan.domain.dossier import Dossier
from exitplan.domain.entry import Entry
from exitplan.domain.facts import facts_on
from exitplan.domain.kinds import Activity, Decision, Gate, Handover, Milestone, Phase, Site
from exitplan.domain.results.after_action import AfterActionResult, Event, GateThen, Taken, Turn
from exitplan.domain.results.lessons import LessonLine
from exitplan.engine.lessons.lessons import lessons


@dataclass(frozen=True)
class Span:
    """Days looked back on, and the entries looked at where it is not everything of those days."""

    start: date | None
    end: date
    only: frozenset[str] | None = None

    def holds(self, entry: Entry, *days: date | None) -> bool:
        """Whether an entry belongs here: it is one of those named, or one of its days lies within."""
        if self.only is not None:
            return f"{entry.kind}:{entry.code}" in self.only
        return any(day is not None and (self.start is None or self.start <= day) and day <= self.end for day in days)


def after_action(
    dossier: Dossier, on: date, *, phase: str | None = None, decision: str | None = None
) -> AfterActionResult:
    """
    Look back on a phase, on what a decision concerned, or on everything up to a day.

    Parameters
    ----------
    on
        Day looked from; nothing later is told.
    phase, decision
        Code of one or the other; neither for the whole time.

    Raises
    ------
    NotFound
        When there is no such phase or decision.
    """
    stage = dossier.find(Phase, phase) if phase else None
    question = dossier.find(Decision, decision) if decision else None
    span = _span(on, stage, question)
    learned = [line for line in lessons(dossier, (), on).lessons if _belongs(dossier, line, span, stage, question)]
    about = stage or question
    gates = stage.gates if stage else question.gates if question else ()
    facts = facts_on(dossier, on)
    return AfterActionResult(
        phase=phase,
        decision=decision,
        title=about.title if about else "",
        title_fr=about.title_fr if about else None,
        start=span.start,
        end=span.end,
        events=tuple(
            sorted(_events(dossier, span, on), key=lambda e: (e.planned or e.actual or date.max, e.kind, e.code))
        ),
        gates=tuple(
            GateThen(code=g.code, title=g.title, title_fr=g.title_fr, verdict=facts.gate(g))
            for code in gates
            if (g := dossier.get(Gate, code)) is not None
        ),
        decisions=tuple(sorted(_decisions(dossier, span, question), key=lambda d: (d.date, d.code))),
        reversals=tuple(sorted(_reversals(dossier, span, on), key=lambda r: (r.date, r.code))),
        keep=_of_type(learned, ("practice",)),
        change=_of_type(learned, ("problem", "gap")),
        observed=_of_type(learned, ("observation",)),
    )


def _span(on: date, stage: Phase | None, question: Decision | None) -> Span:
    only = None
    if question is not None:
        named = (("handover", question.handovers), ("site", question.sites), ("gate", question.gates))
        only = frozenset(f"{kind}:{code}" for kind, codes in named for code in codes)
    if stage is not None:
        return Span(stage.start, min(stage.end, on), only)
    return Span(None, on, only)


def _events(dossier: Dossier, span: Span, on: date) -> Iterator[Event]:
    dated: list[tuple[Entry, date | None, date | None]] = [
        *((h, h.transfer.baseline or h.transfer.planned, h.transfer.actual) for h in dossier.of(Handover)),
        *((s, s.closure.baseline or s.closure.planned, s.closure.actual) for s in dossier.of(Site)),
        *((a, a.due, a.done) for a in dossier.of(Activity)),
        *((m, m.due, m.done) for m in dossier.of(Milestone)),
    ]
    for entry, planned, happened in dated:
        actual = happened if happened is not None and happened <= on else None
        if span.holds(entry, planned, actual):
            until = actual or on
            late = (until - planned).days if planned and (actual or planned < on) else None
            yield Event(
                kind=entry.kind,
                code=entry.code,
                title=entry.title,
                title_fr=entry.title_fr,
                planned=planned,
                actual=actual,
                days=late,
            )


def _decisions(dossier: Dossier, span: Span, question: Decision | None) -> Iterator[Taken]:
    for d in dossier.of(Decision):
        if d.status != "taken" or d.date is None or d.date > span.end:
            continue
        if d == question or (span.only is None and span.holds(d, d.date)):
            option = next((o for o in d.options if o.code == d.chosen), None)
            yield Taken(
                code=d.code,
                title=d.title,
                title_fr=d.title_fr,
                date=d.date,
                chosen=option.title if option else d.chosen or "",
                chosen_fr=option.title_fr if option else None,
                why=d.why,
                dissent=d.dissent,
                dissent_fr=d.dissent_fr,
                dissent_by=d.dissent_by,
            )


def _reversals(dossier: Dossier, span: Span, on: date) -> Iterator[Turn]:
    for h in dossier.of(Handover):
        for r in h.reversals:
            if r.date <= on and span.holds(h, r.date):
                yield Turn(code=h.code, title=h.title, title_fr=h.title_fr, date=r.date, why=r.why)


def _belongs(dossier: Dossier, line: LessonLine, span: Span, stage: Phase | None, question: Decision | None) -> bool:
    """A lesson belongs to the phase or decision it names, or to entries looked at; all of them to the whole time."""
    if stage is None and question is None:
        return True
    if (stage and line.phase == stage.code) or (question and line.decision == question.code):
        return True
    itself = {f"{e.kind}:{e.code}" for e in (stage, question) if e is not None}
    return bool(itself & set(line.about)) or bool(span.only and span.only & set(line.about))


def _of_type(learned: Sequence[LessonLine], types: Collection[str]) -> tuple[LessonLine, ...]:
    return tuple(line for line in learned if line.type in types)
