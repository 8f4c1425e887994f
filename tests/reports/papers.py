"""The sample as documents: with every entry that they speak of, and one source in many places."""

from __future__ import annotations

from datetime import date
from typing import Any

from exitplan.domain.condition import IndicatorLeaf
from exitplan.domain.kinds import (
    Benchmark,
    Communication,
    Contingency,
    Handover,
    Mandate,
    Milestone,
    Objective,
    Phase,
    Watch,
)
from tests.reports.sample import dossier, material

HOSTILE = '=HYPERLINK("x") <script>&\x07 {{mission.title}} #set text'
"""A text that means something to every format, and nothing here."""

EXTRA = (
    Benchmark(code="B1", title="Police carry order", statement="Police carry order alone.", sources=("SRC-V",)),
    Handover(code="H1", title="Policing, North", function="F1", area="XNW-N", sources=("SRC-V",)),
    Handover(code="H2", title="Policing, South", function="F1", area="XNW-S"),
    Mandate(code="M1", title="Mandate", authority="Resolution 1", adopted=date(2025, 1, 1), start=date(2025, 2, 1), end=date(2027, 1, 31)),
    Objective(code="O1", title="Order", dimension="security", end_state="People are safe.", sources=("SRC-V",)),
    Phase(code="PH1", title="First", order=1, start=date(2026, 1, 1), end=date(2026, 12, 31)),
    Milestone(code="MS1", title="Law passed", due=date(2026, 9, 1)),
    Communication(code="CM1", title="What stays", audience="everybody", message=HOSTILE, date=date(2026, 8, 1)),
    Contingency(code="Y1", title="Looted site", trigger=IndicatorLeaf(indicator="I1", max=10), response=("Call", "Guard")),
    Watch(code="W1", title="Police kept up", trigger=IndicatorLeaf(indicator="I1", max=10), successor_owner="Ministry"),
)  # fmt: skip


def paper_material(lang: str = "en", **changes: Any) -> Any:
    """The sample with the entries above."""
    return material(lang, dossier=dossier(extra=EXTRA), **changes)
