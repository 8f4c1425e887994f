"""A small invented mission with one result of every kind, made by hand so that each page has something to say."""

from __future__ import annotations

from datetime import date

import polars as pl

from exitplan.domain.condition import IndicatorLeaf, Verdict
from exitplan.domain.dossier import Dossier
from exitplan.domain.entry import Entry
from exitplan.domain.kinds import (
    Agreement,
    Area,
    Commitment,
    Criterion,
    Decision,
    DecisionOption,
    Function,
    Indicator,
    IndicatorVersion,
    Mission,
    Partner,
    Plan,
    Programme,
    Request,
    Site,
    Source,
)
from exitplan.domain.months import month_text
from exitplan.domain.results.base import Manifest
from exitplan.domain.results.capacity import AreaCapacity, CapacityMonth, CapacityResult, InstitutionCapacity
from exitplan.domain.results.readiness import (
    AssessmentLine,
    BenchmarkStatus,
    CalendarClock,
    Change,
    Clocks,
    ConditionsClock,
    CriterionStatus,
    FeasibleClock,
    GateStatus,
    HandoverStatus,
    Missing,
    Opening,
    SiteStatus,
    StatusResult,
)
from exitplan.domain.results.risk import Cell, FiredTrigger, RiskLine, RisksResult, TreatmentLine
from exitplan.domain.results.schedule import Binding, LimitUse, ScheduledStep, ScheduleResult, StrengthMonth
from exitplan.domain.results.stability import AreaFuture, FuturesResult, Renewed, ViolenceMonth
from exitplan.domain.tables import AreaMonths, MeasurementTable
from exitplan.engine.takeover.takeover import takeover
from exitplan.reports import Material
from exitplan.reports.content.material import Given
from exitplan.wording import Wording

ON = date(2026, 6, 30)
FIRST = 2026 * 12 + 6
"""The month after the day of the sample."""
MONTHS = [month_text(FIRST + i) for i in range(24)]


def square(west: float, south: float) -> dict[str, object]:
    """A square of one degree."""
    ring = [[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def dossier(*, basis: str = "fictional", title: str = "Mission in Nowhere", extra: tuple[Entry, ...] = ()) -> Dossier:
    """Two areas, a site, an indicator that was redefined, four decisions wanted, partners and money."""
    mission = Mission(
        code="NOW",
        title=title,
        title_fr=None if title != "Mission in Nowhere" else "Mission de Nulle Part",
        acronym="NOW",
        host=("XNW",),
        host_name="Nowhere",
        host_name_fr="Nulle Part",
        started=date(2018, 1, 1),
        as_of=ON,
        exit_gates=("G1",),
        basis=basis,  # type: ignore[arg-type]
    )
    versions = (
        IndicatorVersion(version=1, start=date(2022, 1, 1), end=date(2024, 12, 31), definition="Counted by the police"),
        IndicatorVersion(version=2, start=date(2025, 1, 1), definition="Counted jointly", change="redefined"),
    )
    entries: list[Entry] = [
        Area(code="XNW-N", title="North", title_fr="Nord"),
        Area(code="XNW-S", title="South", title_fr="Sud"),
        Function(
            code="F1",
            title="Policing",
            title_fr="Maintien de l’ordre",
            trade="police",
            destination="national",
            cost_year=12e6,
            funded_year=6e6,
        ),
        Site(
            code="S1",
            title="Camp One",
            title_fr="Camp Un",
            area="XNW-N",
            latitude=0.5,
            longitude=10.5,
            military=120,
            police=20,
        ),
        Indicator(code="I1", title="Police trained", unit="%", better="higher", versions=versions),
        Criterion(code="C1", title="Police trained", benchmark="B1", condition=IndicatorLeaf(indicator="I1", min=80)),
        Plan(code="P1", title="As agreed", title_fr="Comme convenu", drive="conditions", start=MONTHS[0]),
        Partner(code="PA", title="Bank of Nowhere", title_fr="Banque de Nulle Part", type="financial_institution"),
        Commitment(
            code="K1",
            title="Salaries",
            partner="PA",
            type="money",
            amount=9e6,
            unit="USD",
            start=date(2026, 1, 1),
            end=date(2027, 6, 30),
            status="signed",
        ),
        Programme(
            code="PR1",
            title="Stations",
            partner="PA",
            function="F1",
            start=date(2026, 1, 1),
            end=date(2027, 12, 31),
            budget=2e6,
            funded=0.5,
        ),
        Agreement(
            code="AG1",
            title="Status",
            parties=("PA",),
            type="status of forces",
            signed=date(2018, 1, 1),
            expires=date(2026, 8, 1),
        ),
        Request(code="RQ1", title="Lift", partner="PA", asked=date(2026, 5, 1), text="Two helicopters."),
        Source(
            code="SRC-V",
            title="Counts of violence",
            title_fr="Décompte des violences",
            covers_from="2015-01",
            covers_to="2026-06",
            basis="fictional",
        ),
        *(
            Decision(
                code=f"D{n}",
                title=f"Choice {n}",
                question=f"Question number {n}?",
                due=date(2026, 6 + n, 1),
                decider="Head of Mission",
                options=(DecisionOption(code="A", title="Keep"), DecisionOption(code="B", title="Change")),
                dissent="Not before the harvest." if n == 2 else "",
                dissent_by="Office of the North" if n == 2 else "",
            )
            for n in (4, 1, 3, 2)
        ),
        *extra,
    ]
    held: dict[str, tuple[Entry, ...]] = {}
    for entry in entries:
        held[entry.kind] = (*held.get(entry.kind, ()), entry)
    return Dossier(
        mission=mission,
        entries=held,
        measurements=MeasurementTable.of(readings()),
        area_months=AreaMonths.of(
            pl.DataFrame(
                {
                    "area": ["XNW-N"],
                    "month": ["2026-03"],
                    "type_of_violence": [1],
                    "events": [2],
                    "low": [7],
                    "best": [7],
                    "high": [9],
                    "source": ["SRC-V"],
                }
            )
        ),
        boundaries={"XNW-N": square(10, 0), "XNW-S": square(10, -1)},
        boundary_note={
            "metadata": {"source": "Drawn for tests", "date": "2026-01-01"},
            "undetermined": [{"type": "LineString", "coordinates": [[10, 0], [11, 0]]}],
        },
    )


def readings() -> pl.DataFrame:
    """A value a month, the definition changing in 2025."""
    rows = []
    for i in range(30):
        month = 2024 * 12 + i
        rows.append(
            {
                "indicator": "I1",
                "version": 1 if month < 2025 * 12 else 2,
                "date": date(month // 12, month % 12 + 1, 28),
                "area": "",
                "group": "total",
                "value": 50.0 + i / 2,
                "low": 48.0 + i / 2,
                "high": 53.0 + i / 2,
                "unit": "%",
                "source": "SRC-V",
                "method": "",
                "verification": "jointly_assessed",
                "confidence": "medium",
                "replaces": "",
                "note": "",
            }
        )
    return pl.DataFrame(rows)


def verdict(state: str = "unmet", code: str = "C1") -> Verdict:
    """A verdict on a criterion that is measured below its bar."""
    leaf = Verdict(
        state=state,  # type: ignore[arg-type]
        about="indicator:I1",
        reason="below-bar" if state == "unmet" else "bar-held" if state == "met" else "no-data",
        values={"min": 80.0, "value": 64.5, "date": "2026-06-28", "unit": "%", "area": None, "group": "total"},
        since=date(2026, 1, 28),
        owed_by="Police of Nowhere",
    )
    return leaf.model_copy(update={"about": f"criterion:{code}", "parts": (leaf,)})


def gate(code: str, state: str, *, exit_gate: bool = False) -> GateStatus:
    """A gate with one criterion."""
    part = verdict(state)
    opening = tuple(Opening(month=m, probability=i / 24, low=i / 30, high=i / 24) for i, m in enumerate(MONTHS))
    return GateStatus(
        code=code,
        title=f"Gate {code}",
        title_fr=f"Point {code}",
        scope="mission" if exit_gate else "area:XNW-N",
        exit=exit_gate,
        verdict=part.model_copy(update={"about": f"gate:{code}", "parts": (part,)}),
        unmet=("C1",) if state == "unmet" else (),
        unknown=("C1",) if state == "unknown" else (),
        opening=() if state == "unknown" else opening,
        opens=MONTHS[12] if state == "unmet" else None,
    )


def clocks() -> Clocks:
    """The date comes six months before the conditions."""
    return Clocks(
        calendar=CalendarClock(end=date(2027, 1, 31), source="mandate:M1", months_left=7),
        conditions=ConditionsClock(
            month="2027-07",
            early="2026-11",
            late=None,
            open_now=False,
            probability_at_calendar=0.2,
            low=0.1,
            high=0.3,
            horizon_months=24,
        ),
        feasible=FeasibleClock(month="2027-09", binding="gate:G1"),
        gap_months=6,
        standing="calendar_first",
    )


def status(gates: tuple[GateStatus, ...] | None = None) -> StatusResult:
    """One exit gate not open, one gate open."""
    criterion = CriterionStatus(
        code="C1",
        title="Police trained",
        title_fr="Police formée",
        verdict=verdict(),
        indicator="I1",
        unit="%",
        better="higher",
        target=80.0,
        value=64.5,
        low=62.5,
        high=67.5,
        date="2026-06-28",
        months_since_data=0,
        verification="jointly_assessed",
        confidence="medium",
        source="SRC-V",
        assessments=(
            AssessmentLine(code="A1", party="self", date="2026-05-01", rating="met", confidence="high", receipt="none"),
            AssessmentLine(
                code="A2",
                party="mission",
                date="2026-05-02",
                rating="partly_met",
                confidence="medium",
                receipt="agreed_with_reservation",
                reservation="The north was not asked.",
            ),
        ),
    )
    return StatusResult(
        clocks=clocks(),
        gates=gates if gates is not None else (gate("G1", "unmet", exit_gate=True), gate("G2", "met")),
        benchmarks=(
            BenchmarkStatus(
                code="B1",
                title="Police carry order",
                title_fr="La police assure l’ordre",
                statement="Police carry order alone.",
                statement_fr="La police assure seule l’ordre.",
                objective=None,
                verdict=verdict().model_copy(update={"about": "benchmark:B1"}),
                criteria=(criterion,),
            ),
        ),
        handovers=(
            HandoverStatus(
                code="H1",
                title="Policing, North",
                title_fr="Ordre, Nord",
                function="F1",
                area="XNW-N",
                state="trial",
                gates_open=False,
            ),
            HandoverStatus(
                code="H2",
                title="Policing, South",
                title_fr="Ordre, Sud",
                function="F1",
                area="XNW-S",
                state="confirmed",
                gates_open=True,
            ),
        ),
        sites=(
            SiteStatus(
                code="S1",
                title="Camp One",
                title_fr="Camp Un",
                area="XNW-N",
                type="camp",
                state="open",
                personnel=140,
                steps=3,
                steps_done=1,
                days_to_close=90,
                certificates_missing=("clearance",),
                without_end_use=True,
            ),
        ),
        missing=(
            Missing(
                indicator="I1",
                area="XNW-S",
                reason="stale",
                since=date(2026, 1, 31),
                owed_by="Police of Nowhere",
                holds_up=("criterion:C1",),
            ),
        ),
        changes=(
            Change(
                kind="gate",
                code="G2",
                title="Gate G2",
                title_fr="Point G2",
                what="state",
                before="unmet",
                after="met",
                date="2026-05-01",
                worse=False,
            ),
            Change(
                kind="risk",
                code="R1",
                title="Relapse of pay",
                title_fr="Retard de solde",
                what="score",
                before="medium",
                after="high",
                date="2026-06-01",
                worse=True,
            ),
        ),
        since="2026-03-31",
        assumptions=("schedule-people-at-sites-only",),
    )


def schedule() -> ScheduleResult:
    """One hand-over that misses the deadline, one closure without a feasible month."""
    return ScheduleResult(
        plan="P1",
        scenario="AS-PLANNED",
        deadline="2027-01",
        end=None,
        late_months=None,
        steps=(
            ScheduledStep(
                code="H1",
                title="Policing, North",
                title_fr="Ordre, Nord",
                kind="handover",
                area="XNW-N",
                state="planned",
                earliest="2027-03",
                start="2027-01",
                planned="2026-12",
                late_months=3,
                deadline="2027-01",
                misses_deadline=True,
                bindings=(Binding(kind="gate", code="G1", month="2027-02"),),
            ),
            ScheduledStep(
                code="S1",
                title="Camp One",
                title_fr="Camp Un",
                kind="site",
                area="XNW-N",
                state="not_feasible",
                bindings=(Binding(kind="after", code="H1"),),
            ),
        ),
        critical=("handover:H1",),
        strength=tuple(
            StrengthMonth(month=m, military=120 - 5 * i, police=20, civilian=10, most=150, least=20)
            for i, m in enumerate(MONTHS[:12])
        ),
        limits=(LimitUse(kind="resource", code="TRUCKS", month=MONTHS[0], used=9, limit=10),),
        breaches=("deadline-missed:2027-01:1:1",),
        assumptions=("schedule-work-before-gate",),
    )


def violence(scale: float) -> tuple[ViolenceMonth, ...]:
    """A fan that does not narrow."""
    return tuple(
        ViolenceMonth(
            month=m,
            mean=2 * scale,
            p05=0,
            p10=0,
            p25=0,
            p50=scale,
            p75=2 * scale,
            p90=4 * scale,
            p95=6 * scale,
            any=0.6,
            error=0.1,
        )
        for m in MONTHS
    )


def futures() -> FuturesResult:
    """A country of two areas."""

    def renewed(definition: str, scope: str, months: int, p: float) -> Renewed:
        return Renewed(
            definition=definition,
            scope=scope,
            by_months=months,
            probability=p,
            low=p / 2,
            high=min(1, p * 1.5),
            error=0.01,
            model=p,
            own_past=p,
            base_rate=0.25,
            base_months=90,
        )

    return FuturesResult(
        plan="P1",
        scenario="AS-PLANNED",
        futures=500,
        horizon=24,
        origin="2026-06",
        kappa="drawn",
        country=violence(3.0),
        areas=(
            AreaFuture(area="XNW-N", months=violence(2.0), recent=tuple(float(i % 4) for i in range(36))),
            AreaFuture(area="XNW-S", months=violence(1.0), recent=(0.0,) * 36),
        ),
        renewed=(
            renewed("R25", "country", 12, 0.3),
            renewed("A25", "XNW-N", 12, 0.2),
            renewed("A25", "XNW-S", 12, 0.02),
        ),
        track_record={"ignorance:pooled": 0.61, "covered_80": 0.83, "cases": 120.0},
    )


def capacity() -> CapacityResult:
    """One institution that grows."""
    months = tuple(
        CapacityMonth(
            month=m,
            low=0.4 + i / 100,
            median=0.5 + i / 100,
            high=0.6 + i / 100,
            strength_low=90,
            strength=100 + i,
            strength_high=130,
        )
        for i, m in enumerate(MONTHS)
    )
    one = InstitutionCapacity(
        code="N1",
        title="Police, North",
        title_fr="Police, Nord",
        area="XNW-N",
        function="F1",
        trade="police",
        need=150,
        verification="self_reported",
        months=months,
        probability_full=0.1,
    )
    return CapacityResult(institutions=(one,), areas=(AreaCapacity(area="XNW-N", months=months),))


def risks() -> RisksResult:
    """One high risk with an overdue treatment."""
    late = TreatmentLine(
        code="T1",
        title="Pay roll",
        title_fr="Solde",
        response="mitigate",
        owner="Finance",
        due=date(2026, 5, 31),
        done=None,
        overdue_days=30,
    )
    line = RiskLine(
        code="R1",
        title="Pay comes late",
        title_fr="Solde en retard",
        lens="objective",
        owner="Finance",
        status="open",
        likelihood=4,
        impact=3,
        inherent="high",
        control=3,
        residual_likelihood=4,
        residual="high",
        previous="medium",
        scored_on=date(2026, 6, 1),
        cause="no budget",
        event="pay stops",
        impact_text="posts are left",
        treatments=(late,),
    )
    return RisksResult(
        scale="5x5-1",
        likelihood_names=("slight", "not likely", "likely", "highly likely", "expected"),
        impact_names=("low", "moderate", "high", "significant", "critical"),
        risks=(line,),
        matrix=(Cell(lens="objective", likelihood=4, impact=3, level="high", risks=("R1",)),),
        top={"objective": ("R1",)},
        owners=(),
        overdue=(late,),
        triggers=(
            FiredTrigger(
                kind="contingency",
                code="CT1",
                title="Pay stops",
                title_fr="Solde suspendue",
                state="met",
                response=("Convene",),
                within_days=7,
            ),
        ),
        without_treatment=("R9",),
    )


def material(lang: str = "en", **changes: object) -> Material:
    """Everything a brief can be made of; `changes` replace parts of it."""
    held = changes.get("dossier") or dossier()
    assert isinstance(held, Dossier)
    parts: dict[str, object] = {
        "dossier": held,
        "on": ON,
        "w": Wording(lang),
        "status": status(),
        "manifest": Manifest(inputs="ab" * 32, seed=1, options={"futures": 500}, versions={"exitplan": "0.1.0"}),
        "schedule": schedule(),
        "futures": futures(),
        "capacity": capacity(),
        "risks": risks(),
        "takeover": takeover(held, ON),
    }
    held_all = parts | changes
    own = {name: held_all.pop(name) for name in ("dossier", "on", "w", "manifest", "futures")}
    return Material(**own, results=Given(**held_all))  # type: ignore[arg-type]


def bare_material(lang: str = "en") -> Material:
    """A mission of which nothing but its name is known."""
    mission = Mission(
        code="NEW",
        title="A new mission",
        acronym="NEW",
        host=("XNW",),
        host_name="Nowhere",
        started=date(2020, 1, 1),
        as_of=ON,
        basis="fact",
    )
    nothing = Clocks(
        calendar=CalendarClock(end=None, source="", months_left=None),
        conditions=ConditionsClock(month=None, open_now=False, horizon_months=24),
        standing="unknown",
    )
    found = StatusResult(clocks=nothing, gates=(), benchmarks=(), handovers=(), sites=(), missing=())
    return Material(
        dossier=Dossier(mission=mission),
        on=ON,
        w=Wording(lang),
        manifest=Manifest(inputs="00" * 32, versions={}),
        results=Given(status=found),
    )
