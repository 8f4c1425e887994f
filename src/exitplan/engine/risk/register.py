"""
`exitplan risks`: the register on the mission's own matrix. One lens is never mixed with another.

Levels, never products: the colours of a matrix are ordinal, and multiplying scores can turn the order of two risks round [1]_.

References
----------
.. [1] Cox, L. A. (2008). What's wrong with risk matrices? Risk Analysis, 28(2), 497-512.
"""

from __future__ import annotations

from datetime import date

from exitplan.domain.dossier import Dossier
from exitplan.domain.facts import Facts, facts_on
from exitplan.domain.kinds import Activity, Contingency, Risk, Scenario, Treatment
from exitplan.domain.months import months_later
from exitplan.domain.ratings import RiskStanding, standing
from exitplan.domain.results.risk import Cell, FiredTrigger, OwnerLoad, RiskLine, RisksResult, TreatmentLine
from exitplan.domain.states import RISK_LEVELS

LENSES = ("civilians", "personnel", "objective")
TOP = 5
"""Risks shown first in each lens."""
QUARTER = 3
HIGH = ("high", "very_high")


def risks(dossier: Dossier, on: date) -> RisksResult:
    """
    The register on a day: open risks, worst first within each lens.

    Parameters
    ----------
    dossier
        Its risks with controls, treatments and contingencies; scores given after the day are not seen.
    on
        Day looked from. The level beside each risk is that of three months earlier.

    Returns
    -------
    RisksResult
        The matrix counts residual likelihood against impact. A risk rated only after the day has no level and comes last.
    """
    facts = facts_on(dossier, on)
    treatments = {t.code: _treatment(dossier, t, on) for t in dossier.of(Treatment)}
    register = [r for r in dossier.of(Risk) if r.status == "open"]
    rated = {r.code: standing(dossier, r, on) for r in register}
    register.sort(key=lambda r: (LENSES.index(r.lens), *_worst_first(rated[r.code])))
    lines = tuple(_line(facts, r, rated[r.code], treatments) for r in register)
    matrix = dossier.mission.risk_matrix
    of_open_risks = [treatments[t.code] for t in dossier.of(Treatment) if t.risk in rated]
    overdue = sorted((t for t in of_open_risks if t.overdue_days > 0), key=lambda t: -t.overdue_days)
    return RisksResult(
        scale=matrix.version,
        likelihood_names=matrix.likelihood,
        impact_names=matrix.impact,
        risks=lines,
        matrix=_cells(dossier, lines),
        top={lens: tuple(r.code for r in lines if r.lens == lens and r.residual)[:TOP] for lens in LENSES},
        owners=_owners(lines, overdue),
        overdue=tuple(overdue),
        triggers=_triggers(facts, register),
        without_owner=tuple(r.code for r in lines if not r.owner),
        without_treatment=tuple(r.code for r in lines if r.residual in HIGH and not r.treatments),
    )


def _worst_first(now: RiskStanding | None) -> tuple[int, int, int, int]:
    """Order inside a lens: residual level, then impact, then what is left of the likelihood, then the level before controls."""
    if now is None:
        return (1, 0, 0, 0)
    return (-now.rank, -now.impact, -now.residual_likelihood, -RISK_LEVELS.index(now.inherent))


def _line(facts: Facts, risk: Risk, now: RiskStanding | None, treatments: dict[str, TreatmentLine]) -> RiskLine:
    dossier, on = facts.dossier, facts.on
    before = standing(dossier, risk, months_later(on, -QUARTER))
    fields = ("area", "site", "gate", "handover", "function")
    return RiskLine(
        code=risk.code,
        title=risk.title,
        title_fr=risk.title_fr,
        lens=risk.lens,
        owner=risk.owner,
        status=risk.status,
        likelihood=now.likelihood if now else None,
        impact=now.impact if now else None,
        inherent=now.inherent if now else None,
        control=now.control if now else None,
        residual_likelihood=now.residual_likelihood if now else None,
        residual=now.residual if now else None,
        previous=before.residual if before else None,
        scored_on=now.scored_on if now else None,
        review_overdue_days=_days_past(risk.review_due, on),
        cause=risk.cause,
        event=risk.event,
        impact_text=risk.impact,
        concerns=tuple(f"{field}:{code}" for field in fields if (code := getattr(risk, field))),
        treatments=tuple(treatments[t.code] for t in dossier.of(Treatment) if t.risk == risk.code),
        contingencies=tuple(c.code for c in dossier.of(Contingency) if c.risk == risk.code),
        trigger=facts.condition(risk.trigger).state if risk.trigger is not None else None,
    )


def _treatment(dossier: Dossier, treatment: Treatment, on: date) -> TreatmentLine:
    """A treatment with its own dates, else those of the activity that does it; what is done after the day is not done yet."""
    activity = dossier.get(Activity, treatment.activity)
    due = treatment.due or (activity.due if activity else None)
    done = treatment.done or (activity.done if activity else None)
    done = done if done is not None and done <= on else None
    return TreatmentLine(
        code=treatment.code,
        title=treatment.title,
        title_fr=treatment.title_fr,
        response=treatment.response,
        owner=treatment.owner or (activity.owner if activity else ""),
        due=due,
        done=done,
        overdue_days=0 if done else _days_past(due, on),
    )


def _days_past(due: date | None, on: date) -> int:
    return max(0, (on - due).days) if due else 0


def _cells(dossier: Dossier, lines: tuple[RiskLine, ...]) -> tuple[Cell, ...]:
    """Cells that hold a risk, by lens, the worst corner first."""
    held: dict[tuple[str, int, int], list[str]] = {}
    for line in lines:
        if line.residual_likelihood is not None and line.impact is not None:
            held.setdefault((line.lens, line.residual_likelihood, line.impact), []).append(line.code)
    order = sorted(held, key=lambda cell: (LENSES.index(cell[0]), -cell[1], -cell[2]))
    level = dossier.mission.risk_matrix.level
    return tuple(
        Cell(
            lens=lens,
            likelihood=likelihood,
            impact=impact,
            level=level(likelihood, impact),
            risks=tuple(held[lens, likelihood, impact]),
        )
        for lens, likelihood, impact in order
    )


def _owners(lines: tuple[RiskLine, ...], overdue: list[TreatmentLine]) -> tuple[OwnerLoad, ...]:
    """What each office carries, heaviest first; an office that owns only overdue treatments is named too."""
    offices = dict.fromkeys([*(r.owner for r in lines), *(t.owner for t in overdue)])
    loads = [
        OwnerLoad(
            owner=office,
            risks=sum(r.owner == office for r in lines),
            high=sum(r.owner == office and r.residual in HIGH for r in lines),
            overdue=sum(t.owner == office for t in overdue),
        )
        for office in offices
        if office
    ]
    return tuple(sorted(loads, key=lambda load: (-load.high, -load.overdue, -load.risks, load.owner)))


def _triggers(facts: Facts, register: list[Risk]) -> tuple[FiredTrigger, ...]:
    """Triggers of risks, contingencies and scenarios that are met or cannot be judged, the met ones first."""
    found: list[FiredTrigger] = []
    dossier = facts.dossier
    entries: list[Risk | Contingency | Scenario] = [*register, *dossier.of(Contingency), *dossier.of(Scenario)]
    for entry in entries:
        if entry.trigger is None:
            continue
        state = facts.condition(entry.trigger).state
        if state == "unmet":
            continue
        plan = entry if isinstance(entry, Contingency) else None
        found.append(
            FiredTrigger(
                kind=entry.kind,
                code=entry.code,
                title=entry.title,
                title_fr=entry.title_fr,
                state=state,
                response=plan.response if plan else (),
                within_days=plan.within_days if plan else None,
                rehearsed=plan.rehearsed if plan else None,
            )
        )
    return tuple(sorted(found, key=lambda t: t.state != "met"))
