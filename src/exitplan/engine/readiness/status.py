"""`exitplan status`: where the mission stands on a day. What is not there comes first, and nothing is averaged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from exitplan.domain.condition import RANK, IndicatorLeaf, leaves
from exitplan.domain.dossier import Dossier
from exitplan.domain.facts import Facts, facts_on
from exitplan.domain.fields import Dates
from exitplan.domain.kinds import (
    Assessment,
    Benchmark,
    Criterion,
    Gate,
    Handover,
    Indicator,
    Phase,
    Plan,
    Scenario,
    Site,
)
from exitplan.domain.kinds.places import closing_days
from exitplan.domain.kinds.planning import as_planned
from exitplan.domain.months import month_of, month_text
from exitplan.domain.results.readiness import (
    AssessmentLine,
    BenchmarkStatus,
    CriterionStatus,
    FeasibleClock,
    GateStatus,
    HandoverStatus,
    Missing,
    SiteStatus,
    StatusResult,
)
from exitplan.domain.states import SITE_DONE
from exitplan.domain.tables import COUNTRY
from exitplan.engine.readiness.changes import changes
from exitplan.engine.readiness.clocks import clocks
from exitplan.engine.readiness.outlook import Outlook, outlook
from exitplan.engine.readiness.trend import trend

ASSUMPTIONS = (
    "outlook-own-history",
    "outlook-series-independent",
    "outlook-data-keep-coming",
    "outlook-risks-held",
    "outlook-dates-kept",
    "outlook-violence-like-recent",
)
"""What every outlook assumes, as codes that the doors put into words."""

_PARTIES = ("self", "mission", "joint")


def status(
    dossier: Dossier,
    on: date,
    *,
    since: date | None = None,
    plan: Plan | None = None,
    scenario: Scenario | None = None,
    seed: int = 1,
    courses: int = 2000,
    horizon: int = 24,
    feasible: FeasibleClock | None = None,
    ahead: Outlook | None = None,
) -> StatusResult:
    """
    Where the mission stands on a day.

    Parameters
    ----------
    dossier
        A sound dossier.
    on
        Day looked from; later measurements and scores are not seen.
    since
        Earlier day with which to compare; no changes are listed without one.
    plan, scenario
        Whose end of the calendar counts; the mandate's where they name none.
    seed, courses, horizon
        Of the outlook: seed, courses drawn, months looked ahead.
    feasible
        End of the feasible sequence, from `engine.schedule`, shown beside the two clocks.
    ahead
        The outlook, where the caller has it already (with the same seed, courses and horizon).
    """
    facts = facts_on(dossier, on)
    ahead = outlook(facts, courses=courses, horizon=horizon, seed=seed) if ahead is None else ahead
    return StatusResult(
        clocks=clocks(
            facts,
            ahead,
            plan=plan,
            scenario=scenario or as_planned(dossier.mission.basis),
            horizon=horizon,
            feasible=feasible,
        ),
        gates=_gates(facts, ahead),
        benchmarks=_benchmarks(facts),
        handovers=tuple(_handover(facts, h) for h in dossier.of(Handover)),
        sites=tuple(_site(site) for site in dossier.of(Site)),
        missing=tuple(_missing(facts)),
        changes=changes(facts_on(dossier, since), facts) if since else (),
        since=since.isoformat() if since else None,
        assumptions=ASSUMPTIONS,
    )


def _gates(facts: Facts, ahead: Outlook) -> tuple[GateStatus, ...]:
    """Every gate, unmet first, exit gates before others."""
    opens = ahead.gate_months()
    found = [_gate(facts, gate, ahead, opens[gate.code]) for gate in facts.dossier.of(Gate)]
    return tuple(sorted(found, key=lambda g: (RANK[g.verdict.state], not g.exit)))


def _gate(facts: Facts, gate: Gate, ahead: Outlook, opens: int | None) -> GateStatus:
    states = {code: facts.criterion(code).state for code in gate.named_criteria}
    waiting: tuple[Handover | Site | Phase, ...] = (
        *facts.dossier.of(Handover),
        *facts.dossier.of(Site),
        *facts.dossier.of(Phase),
    )
    guards = (f"{entry.kind}:{entry.code}" for entry in waiting if gate.code in entry.gates)
    scope = next((f"{k}:{c}" for k in ("site", "phase", "function", "area") if (c := getattr(gate, k))), "mission")
    return GateStatus(
        code=gate.code,
        title=gate.title,
        title_fr=gate.title_fr,
        scope=scope,
        guards=tuple(guards),
        exit=gate.code in facts.dossier.mission.exit_gates,
        verdict=facts.gate(gate),
        unmet=tuple(code for code, state in states.items() if state == "unmet"),
        unknown=tuple(code for code, state in states.items() if state == "unknown"),
        opening=ahead.opening(gate.code),
        opens=None if opens is None else month_text(opens),
    )


def _benchmarks(facts: Facts) -> tuple[BenchmarkStatus, ...]:
    """Every benchmark with its criteria, unmet first in both."""
    criteria: dict[str, list[CriterionStatus]] = {}
    for criterion in facts.dossier.of(Criterion):
        criteria.setdefault(criterion.benchmark, []).append(_criterion(facts, criterion))
    found = [
        BenchmarkStatus(
            code=b.code,
            title=b.title,
            title_fr=b.title_fr,
            statement=b.statement,
            statement_fr=b.statement_fr,
            objective=b.objective,
            verdict=facts.benchmark(b),
            criteria=tuple(sorted(criteria.get(b.code, ()), key=lambda c: RANK[c.verdict.state])),
            assessments=_assessments(facts, benchmark=b.code),
        )
        for b in facts.dossier.of(Benchmark)
    ]
    return tuple(sorted(found, key=lambda b: RANK[b.verdict.state]))


def _criterion(facts: Facts, criterion: Criterion) -> CriterionStatus:
    shown = CriterionStatus(
        code=criterion.code,
        title=criterion.title,
        title_fr=criterion.title_fr,
        verdict=facts.criterion(criterion.code),
        baseline=criterion.baseline,
        assessments=_assessments(facts, criterion=criterion.code),
    )
    leaf = criterion.condition
    indicator = facts.dossier.get(Indicator, leaf.indicator) if isinstance(leaf, IndicatorLeaf) else None
    if indicator is None or not isinstance(leaf, IndicatorLeaf):
        return shown
    rising = indicator.better == "higher"
    shown = shown.model_copy(
        update={
            "indicator": indicator.code,
            "unit": indicator.unit,
            "better": indicator.better,
            "target": leaf.min if rising and leaf.min is not None else leaf.max if leaf.max is not None else leaf.min,
        }
    )
    version = indicator.version_on(facts.on)
    series = facts.series.get((indicator.code, leaf.area or COUNTRY, leaf.group), ())
    readings = [r for r in series if version is not None and r.version == version.version]
    if not readings:
        return shown
    last = readings[-1]
    return shown.model_copy(
        update={
            "value": last.value,
            "low": last.low,
            "high": last.high,
            "date": last.date.isoformat(),
            "months_since_data": month_of(facts.on) - month_of(last.date),
            "verification": last.verification,
            "confidence": last.confidence,
            "source": last.source or None,
            "trend": trend(readings, indicator),
        }
    )


def _assessments(facts: Facts, **rated: str) -> tuple[AssessmentLine, ...]:
    """The latest rating of each party by the day, the counterpart's own first."""
    latest: dict[str, Assessment] = {}
    for assessment in sorted(facts.dossier.of(Assessment), key=lambda a: a.date):
        if assessment.date <= facts.on and all(getattr(assessment, field) == code for field, code in rated.items()):
            latest[assessment.party] = assessment
    return tuple(
        AssessmentLine(
            code=a.code,
            party=a.party,
            date=a.date.isoformat(),
            rating=a.rating,
            confidence=a.confidence,
            receipt=a.receipt,
            reservation=a.reservation,
        )
        for a in (latest[party] for party in _PARTIES if party in latest)
    )


def _handover(facts: Facts, handover: Handover) -> HandoverStatus:
    gates = {code: facts.gate(facts.dossier.find(Gate, code)).state for code in handover.gates}
    receiver = (
        f"institution:{handover.receiver}"
        if handover.receiver
        else f"partner:{handover.receiver_partner}"
        if handover.receiver_partner
        else ""
    )
    return HandoverStatus(
        code=handover.code,
        title=handover.title,
        title_fr=handover.title_fr,
        function=handover.function,
        area=handover.area,
        receiver=receiver,
        state=handover.state,
        gates=gates,
        gates_open=all(state == "met" for state in gates.values()),
        baseline=handover.transfer.baseline,
        forecast=handover.transfer.forecast,
        actual=handover.transfer.actual,
        slip_days=_slip(handover.transfer),
        remedial=handover.remedial,
        reversals=len(handover.reversals),
        acceptance=handover.acceptance,
    )


def _site(site: Site) -> SiteStatus:
    return SiteStatus(
        code=site.code,
        title=site.title,
        title_fr=site.title_fr,
        area=site.area,
        type=site.type,
        state=site.state,
        personnel=site.personnel,
        steps=len(site.steps),
        steps_done=sum(step.done is not None for step in site.steps),
        days_to_close=closing_days(site),
        certificates_missing=tuple(s.certificate for s in site.steps if s.certificate and s.done is None),
        baseline=site.closure.baseline,
        forecast=site.closure.forecast,
        actual=site.closure.actual,
        slip_days=_slip(site.closure),
        without_end_use=site.state not in SITE_DONE and not (site.end_use and site.guard),
    )


def _slip(dates: Dates) -> int | None:
    """Days from the baseline to the date that holds now; None where one of them is missing."""
    latest = dates.actual or dates.forecast
    return (latest - dates.baseline).days if latest and dates.baseline else None


def _missing(facts: Facts) -> Iterator[Missing]:
    """Every series that a criterion or a gate's rule asks for and that leaves it unknown, longest owed first."""
    waiting: dict[IndicatorLeaf, list[str]] = {}
    waiters: dict[str, list[str]] = {}
    trees: list[tuple[tuple[str, ...], object]] = []
    for gate in facts.dossier.of(Gate):
        trees += [((f"gate:{gate.code}",), gate.rule)] if gate.rule is not None else []
        for code in gate.named_criteria:
            waiters.setdefault(code, []).append(f"gate:{gate.code}")
    for criterion in facts.dossier.of(Criterion):
        trees.append(((f"criterion:{criterion.code}", *waiters.get(criterion.code, ())), criterion.condition))
    for names, tree in trees:
        for leaf in leaves(tree):
            if isinstance(leaf, IndicatorLeaf) and facts.leaf(leaf).state == "unknown":
                waiting.setdefault(leaf, []).extend(names)
    owed: dict[tuple[str, str, str, str], Missing] = {}
    for leaf, held_up in waiting.items():
        verdict = facts.leaf(leaf)
        key = (leaf.indicator, leaf.area or COUNTRY, leaf.group, verdict.reason)
        known = owed[key].holds_up if key in owed else ()
        owed[key] = Missing(
            indicator=leaf.indicator,
            area=leaf.area or COUNTRY,
            group=leaf.group,
            reason=verdict.reason,
            since=verdict.since,
            owed_by=verdict.owed_by,
            holds_up=tuple(dict.fromkeys([*known, *held_up])),
        )
    yield from sorted(owed.values(), key=lambda m: (m.since or facts.on, m.indicator, m.area, m.group))
