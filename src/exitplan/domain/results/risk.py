"""`exitplan risks`: the register on the mission's own matrix."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from exitplan.domain.results.base import Named, ResultPart


class TreatmentLine(Named):
    """One treatment of a risk."""

    response: str
    owner: str
    due: date | None
    done: date | None
    overdue_days: int = Field(0, description="Days past its due date while undone.")


class RiskLine(Named):
    """One risk."""

    lens: Literal["civilians", "personnel", "objective"]
    owner: str
    status: str
    likelihood: int | None
    impact: int | None
    inherent: str | None
    control: int | None = Field(description="Effectiveness of its best control, 1 to 5; None without one.")
    residual_likelihood: int | None
    residual: str | None
    previous: str | None = Field(None, description="Residual level a quarter earlier.")
    scored_on: date | None
    review_overdue_days: int = 0
    cause: str = ""
    event: str = ""
    impact_text: str = ""
    concerns: tuple[str, ...] = Field(
        (), description="Area, site, gate, hand-over or function concerned, as kind:code."
    )
    treatments: tuple[TreatmentLine, ...] = ()
    contingencies: tuple[str, ...] = ()
    trigger: str | None = Field(None, description="State of its trigger: met means it has fired; None without one.")


class Cell(ResultPart):
    """Open risks of one lens in one cell of the matrix, by residual likelihood."""

    lens: str
    likelihood: int
    impact: int
    level: str
    risks: tuple[str, ...]


class OwnerLoad(ResultPart):
    """What one office carries."""

    owner: str
    risks: int
    high: int = Field(description="Risks rated high or very high.")
    overdue: int = Field(description="Overdue treatments.")


class FiredTrigger(ResultPart):
    """A contingency or risk trigger that is met or cannot be judged."""

    kind: str
    code: str
    title: str
    title_fr: str | None = None
    state: str
    response: tuple[str, ...] = ()
    within_days: int | None = None
    rehearsed: date | None = None


class RisksResult(ResultPart):
    """The register: open risks, worst first, one lens never mixed with another."""

    scale: str
    likelihood_names: tuple[str, ...]
    impact_names: tuple[str, ...]
    risks: tuple[RiskLine, ...]
    matrix: tuple[Cell, ...]
    top: dict[str, tuple[str, ...]] = Field(description="Codes of the top risks by lens.")
    owners: tuple[OwnerLoad, ...]
    overdue: tuple[TreatmentLine, ...]
    triggers: tuple[FiredTrigger, ...]
    without_owner: tuple[str, ...] = ()
    without_treatment: tuple[str, ...] = Field((), description="Risks rated high or very high without any treatment.")
