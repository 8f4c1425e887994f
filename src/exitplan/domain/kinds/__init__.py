"""Every kind of entry. `KINDS` lists them in the order in which a dossier is read and written."""

from __future__ import annotations

from exitplan.domain.entry import Entry
from exitplan.domain.kinds.capacity import Function, Handover, Institution, Need, Reversal
from exitplan.domain.kinds.measures import (
    Assessment,
    Benchmark,
    Criterion,
    Gate,
    Indicator,
    IndicatorVersion,
)
from exitplan.domain.kinds.mission import Activity, Mandate, Milestone, Mission, Objective, Phase, RiskMatrix
from exitplan.domain.kinds.partners import (
    Agreement,
    Commitment,
    Communication,
    Engagement,
    Partner,
    Programme,
    Request,
)
from exitplan.domain.kinds.places import Area, AssetLot, ClosureStep, Site, Unit
from exitplan.domain.kinds.planning import (
    Blackout,
    Budget,
    Ceiling,
    MonthlyAmount,
    Plan,
    PlanStep,
    Resource,
    Scenario,
    Support,
)
from exitplan.domain.kinds.record import Decision, DecisionOption, FrameworkCheck, Lesson, Source, Watch
from exitplan.domain.kinds.risks import Contingency, Control, Risk, Score, Treatment

KINDS: dict[str, type[Entry]] = {
    model.kind: model
    for model in (
        Mission,
        Mandate,
        Objective,
        Area,
        Site,
        Unit,
        AssetLot,
        Function,
        Institution,
        Need,
        Indicator,
        Benchmark,
        Criterion,
        Assessment,
        Gate,
        Phase,
        Milestone,
        Activity,
        Handover,
        Plan,
        Resource,
        Ceiling,
        Budget,
        Blackout,
        Scenario,
        Risk,
        Control,
        Treatment,
        Contingency,
        Partner,
        Commitment,
        Agreement,
        Engagement,
        Request,
        Programme,
        Communication,
        Decision,
        Watch,
        Lesson,
        Source,
        FrameworkCheck,
    )
}

PLURALS: dict[str, str] = {model.plural: kind for kind, model in KINDS.items()}
"""File and sheet name of each kind: `areas` for `area`."""

__all__ = [
    "KINDS",
    "PLURALS",
    "Activity",
    "Agreement",
    "Area",
    "Assessment",
    "AssetLot",
    "Benchmark",
    "Blackout",
    "Budget",
    "Ceiling",
    "ClosureStep",
    "Commitment",
    "Communication",
    "Contingency",
    "Control",
    "Criterion",
    "Decision",
    "DecisionOption",
    "Engagement",
    "Entry",
    "FrameworkCheck",
    "Function",
    "Gate",
    "Handover",
    "Indicator",
    "IndicatorVersion",
    "Institution",
    "Lesson",
    "Mandate",
    "Milestone",
    "Mission",
    "MonthlyAmount",
    "Need",
    "Objective",
    "Partner",
    "Phase",
    "Plan",
    "PlanStep",
    "Programme",
    "Request",
    "Resource",
    "Reversal",
    "Risk",
    "RiskMatrix",
    "Scenario",
    "Score",
    "Site",
    "Source",
    "Support",
    "Treatment",
    "Unit",
    "Watch",
]
