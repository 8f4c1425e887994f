"""What goes on after the mission: counted and compared, nothing forecast."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from statistics import median
from typing import get_args

from exitplan.domain.condition import IndicatorLeaf, leaves
from exitplan.domain.dossier import Dossier
from exitplan.domain.facts import Facts, facts_on
from exitplan.domain.fields import Context, Dates
from exitplan.domain.kinds import (
    Area,
    Criterion,
    Function,
    Handover,
    Indicator,
    Milestone,
    Need,
    Phase,
    Programme,
    Site,
    Watch,
)
from exitplan.domain.months import month_of, months_later
from exitplan.domain.results.after import (
    AfterResult,
    ContextLine,
    NeedAnswered,
    PhaseLine,
    ProgrammeLine,
    ProgrammeResult,
    Slip,
    TaskFault,
    TaskLine,
)
from exitplan.domain.states import HANDOVER_DONE
from exitplan.domain.tables import COUNTRY, TOTAL
from exitplan.engine.watch.standing import exit_of

JOINT_MONTHS = 12
"""Months after which a joint measurement of a function counts as missing."""
ALWAYS_ASKED = ("elections", "prices", "displacement", "budget")
"""Topics of the context panel that are named where nothing is on record of them."""


def after(dossier: Dossier, on: date) -> AfterResult:
    """Programmes, needs, functions after transfer, context, and dates against the first plan, on a day."""
    facts, exit_day = facts_on(dossier, on), exit_of(dossier)
    answers = {
        n.code: tuple(p.code for p in dossier.of(Programme) if _answers(dossier, p, n)) for n in dossier.of(Need)
    }
    context = tuple(_context(facts))
    slips = tuple(_slips(dossier, on))
    topics = {line.topic for line in context}
    return AfterResult(
        exit=exit_day,
        programmes=tuple(
            _programme(p, answers, exit_day, on) for p in sorted(dossier.of(Programme), key=lambda p: p.end)
        ),
        needs=tuple(
            _need(n, answers[n.code])
            for n in sorted(dossier.of(Need), key=lambda n: (bool(answers[n.code]), n.priority))
        ),
        tasks=tuple(sorted((_task(facts, f) for f in dossier.of(Function)), key=lambda t: -len(t.faults))),
        context=context,
        context_missing=tuple(t for t in ALWAYS_ASKED if t not in topics),
        phases=tuple(_phases(dossier, slips)),
        slips=tuple(sorted(slips, key=lambda s: (s.state != "late", -(s.slip_days or 0)))),
    )


def _named(entry: Programme | Need | Function | Indicator | Milestone | Handover | Site) -> dict[str, str | None]:
    return {"code": entry.code, "title": entry.title, "title_fr": entry.title_fr}


def _answers(dossier: Dossier, programme: Programme, need: Need) -> bool:
    """Whether a programme answers a need: it names it, or supports the function that would meet it, in its area or everywhere."""
    if need.code in programme.needs:
        return True
    if need.function is None or programme.function != need.function:
        return False
    area = dossier.get(Area, need.area)
    whole = area is None or area.level == "country"
    return whole or not programme.areas or need.area in programme.areas


def _programme(p: Programme, answers: dict[str, tuple[str, ...]], exit_day: date | None, on: date) -> ProgrammeLine:
    return ProgrammeLine(
        **_named(p),
        type=p.type,
        partner=p.partner,
        owner=p.owner,
        areas=p.areas,
        function=p.function,
        sector=p.sector,
        end=p.end,
        ended=p.end < on,
        months_after_exit=month_of(p.end) - month_of(exit_day) if exit_day else None,
        budget=p.budget,
        funded=p.funded,
        recurrent_year=p.recurrent_year,
        recurrent_covered=p.recurrent_covered,
        results=tuple(ProgrammeResult(**r.model_dump()) for r in p.results),
        needs=tuple(need for need, codes in answers.items() if p.code in codes),
        sdg=p.sdg,
    )


def _need(n: Need, programmes: tuple[str, ...]) -> NeedAnswered:
    return NeedAnswered(
        **_named(n),
        level=n.level,
        area=n.area,
        group=n.group,
        function=n.function,
        priority=n.priority,
        programmes=programmes,
    )


def _task(facts: Facts, f: Function) -> TaskLine:
    """A function's hand-overs, money, joint measurements and criteria, and what is wrong with them."""
    dossier = facts.dossier
    handovers = [h for h in dossier.of(Handover) if h.function == f.code]
    criteria = [c for c in dossier.of(Criterion) if c.function == f.code]
    states = [facts.criterion(c.code).state for c in criteria]
    measured = {leaf.indicator for c in criteria for leaf in leaves(c.condition) if isinstance(leaf, IndicatorLeaf)}
    measured |= {w.indicator for w in dossier.of(Watch) if w.function == f.code and w.indicator}
    joint = max(
        (
            r.date
            for (code, _, _), rows in facts.series.items()
            if code in measured
            for r in rows
            if r.verification != "self_reported"
        ),
        default=None,
    )
    funded = (f.funded_year or 0.0) / f.cost_year if f.cost_year else None
    back = sum(h.state == "reversed" for h in handovers)
    found: list[tuple[TaskFault, bool]] = [
        ("taken-back", back > 0),
        ("not-accepted", f.acceptance != "yes"),
        ("not-funded", funded is not None and funded < 1),
        ("criterion-unmet", "unmet" in states),
        ("criterion-unknown", "unknown" in states),
        ("no-joint-measurement", joint is None or months_later(joint, JOINT_MONTHS) < facts.on),
    ]
    return TaskLine(
        **_named(f),
        destination=f.destination,
        acceptance=f.acceptance,
        funded=funded,
        transferred=sum(h.state in HANDOVER_DONE for h in handovers),
        handovers=len(handovers),
        taken_back=back,
        last_joint=joint,
        met=states.count("met"),
        unmet=states.count("unmet"),
        unknown=states.count("unknown"),
        faults=tuple(name for name, holds in found if holds),
    )


def _context(facts: Facts) -> Iterable[ContextLine]:
    """Indicators and milestones marked as context, by topic in the order of `Context`."""
    topics = get_args(Context)
    lines = [
        *(_measured(facts, i) for i in facts.dossier.of(Indicator) if i.context),
        *(_dated(m, facts.on) for m in facts.dossier.of(Milestone) if m.context),
    ]
    return sorted(lines, key=lambda line: (topics.index(line.topic), line.kind))


def _measured(facts: Facts, indicator: Indicator) -> ContextLine:
    rows = facts.series.get((indicator.code, COUNTRY, TOTAL), ())
    last = rows[-1] if rows else None
    earlier = [r for r in rows if last and month_of(last.date) - month_of(r.date) >= 12]
    return ContextLine(
        **_named(indicator),
        topic=indicator.context or "other",
        kind="indicator",
        day=last.date if last else None,
        value=last.value if last else None,
        unit=indicator.unit,
        before=earlier[-1].value if earlier else None,
        source=(last.source if last else "") or (indicator.sources[0] if indicator.sources else ""),
        stale=last is None or month_of(facts.on) - month_of(last.date) > indicator.fresh_months,
    )


def _dated(milestone: Milestone, on: date) -> ContextLine:
    done = milestone.done if milestone.done and milestone.done <= on else None
    return ContextLine(
        **_named(milestone),
        topic=milestone.context or "other",
        kind="milestone",
        day=done or milestone.due,
        source=milestone.sources[0] if milestone.sources else "",
        done=done is not None,
        stale=done is None and milestone.due < on,
    )


def _slips(dossier: Dossier, on: date) -> Iterable[Slip]:
    """Hand-overs, sites and milestones with their dates; what is dated after the day has not happened yet."""
    phases = {m.code: m.phase for m in dossier.of(Milestone)}
    dated: list[tuple[Handover | Site | Milestone, Dates]] = [
        *((h, h.transfer) for h in dossier.of(Handover)),
        *((s, s.closure) for s in dossier.of(Site)),
        *((m, Dates(baseline=m.due, actual=m.done)) for m in dossier.of(Milestone)),
    ]
    for entry, dates in dated:
        actual = dates.actual if dates.actual and dates.actual <= on else None
        now = actual or dates.forecast
        planned = dates.baseline or dates.forecast
        late = actual is None and planned is not None and (dates.forecast or planned) < on
        slip = (now - dates.baseline).days if now and dates.baseline else None
        if late and dates.baseline and (slip is None or slip < (on - dates.baseline).days):
            slip = (on - dates.baseline).days
        yield Slip.model_validate(
            {
                **_named(entry),
                "kind": entry.kind,
                "phase": phases[entry.code] if isinstance(entry, Milestone) else _phase_of(dossier, planned or actual),
                "baseline": dates.baseline,
                "forecast": dates.forecast,
                "actual": actual,
                "slip_days": slip,
                "state": "done" if actual else "late" if late else "ahead" if planned else "unplanned",
            }
        )


def _phase_of(dossier: Dossier, day: date | None) -> str | None:
    return next((p.code for p in dossier.of(Phase) if day and p.start <= day <= p.end), None)


def _phases(dossier: Dossier, slips: tuple[Slip, ...]) -> Iterable[PhaseLine]:
    phases = sorted(dossier.of(Phase), key=lambda p: p.order)
    for code, title, title_fr in [*((p.code, p.title, p.title_fr) for p in phases), (None, "", None)]:
        steps = [s for s in slips if s.phase == code]
        if not steps:
            continue
        done = [s.slip_days for s in steps if s.state == "done" and s.slip_days is not None]
        yield PhaseLine(
            code=code,
            title=title,
            title_fr=title_fr,
            steps=len(steps),
            done=sum(s.state == "done" for s in steps),
            late=sum(s.state == "late" for s in steps),
            median_slip_days=float(median(done)) if done else None,
        )
