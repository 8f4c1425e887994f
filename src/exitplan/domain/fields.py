"""Shared field types of the entries: codes, references, months, shares, and `about` to declare a field with its unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from exitplan.domain.findings import Wanted

TEXT_LIMIT = 20_000
"""Characters in one text field: a long narrative fits, a ten-megabyte paste does not."""

MOST_DEATHS = 10_000_000_000
"""More deaths than there are people are a fault of the source."""

CODE_PATTERN = r"^[A-Z0-9][A-Z0-9._-]{0,47}$"


@dataclass(frozen=True)
class RefTo:
    """Marks a field whose value is the code of another entry of this kind, or of any kind where it is written as kind:code."""

    kind: str = ""


def about(meaning: str, default: Any = ..., *, unit: str | None = None, **limits: Any) -> Any:
    """Declare a field: its meaning in words, its unit, its default and its range."""
    extra: dict[str, Any] | None = {"unit": unit} if unit else None
    return Field(default, description=meaning, json_schema_extra=extra, **limits)


Code = Annotated[str, StringConstraints(pattern=CODE_PATTERN)]
Month = Annotated[str, StringConstraints(pattern=r"^(19|20|21)\d\d-(0[1-9]|1[0-2])$")]
Text = Annotated[str, StringConstraints(max_length=TEXT_LIMIT)]
Line = Annotated[str, StringConstraints(max_length=300)]
Iso3 = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Share = Annotated[float, Field(ge=0.0, le=1.0)]
Count = Annotated[int, Field(ge=0, le=MOST_DEATHS)]
Money = Annotated[float, Field(ge=0.0, le=1e13)]
Number = Annotated[float, Field(ge=-1e15, le=1e15)]
Scale5 = Annotated[int, Field(ge=1, le=5)]

ViolenceType = Literal[1, 2, 3]
"""UCDP's kinds of organised violence: 1 state-based, 2 non-state, 3 one-sided."""

State = Literal["met", "unmet", "unknown"]
Verification = Literal["self_reported", "jointly_assessed", "independently_verified"]
Confidence = Literal["low", "medium", "high"]

Context = Literal["elections", "prices", "displacement", "budget", "neighbours", "health", "other"]
"""What a value or a date tells about the country's surroundings, whether or not a model uses it."""

VERIFICATION_ORDER: tuple[Verification, ...] = ("self_reported", "jointly_assessed", "independently_verified")


def _ref(kind: str) -> Any:
    return Annotated[str, StringConstraints(pattern=CODE_PATTERN), RefTo(kind)]


class Part(BaseModel):
    """A value inside an entry: frozen, closed to unknown fields, never NaN or infinite."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Dates(Part):
    """When something was first planned, is now expected, and did happen."""

    baseline: date | None = about("First agreed date.", None)
    forecast: date | None = about("Date expected now.", None)
    actual: date | None = about("Date on which it happened.", None)

    @property
    def planned(self) -> date | None:
        """The date to plan with: actual, else forecast, else baseline."""
        return self.actual or self.forecast or self.baseline


class Period(Part):
    """A span of days, both ends included."""

    start: date = about("First day.")
    end: date = about("Last day.")

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        if self.end < self.start:
            raise ValueError(Wanted("an end on or after the start {start}", start=self.start))
        return self


class Amount(Part):
    """A quantity per month of something that is named elsewhere."""

    resource: Annotated[str, StringConstraints(pattern=CODE_PATTERN), RefTo("resource")] = about("Resource used.")
    amount: Annotated[float, Field(ge=0, le=1e9)] = about(
        "How much of it, in the resource's own unit, in each month of work."
    )


AnyRef = Annotated[str, StringConstraints(pattern=rf"^[a-z_]+:{CODE_PATTERN[1:]}"), RefTo()]
AreaRef = _ref("area")
AgreementRef = _ref("agreement")
BenchmarkRef = _ref("benchmark")
CommitmentRef = _ref("commitment")
ConsultationRef = _ref("consultation")
CriterionRef = _ref("criterion")
FrameworkRef = _ref("framework")
FunctionRef = _ref("function")
GateRef = _ref("gate")
HandoverRef = _ref("handover")
IndicatorRef = _ref("indicator")
InstitutionRef = _ref("institution")
ActivityRef = _ref("activity")
MandateRef = _ref("mandate")
MilestoneRef = _ref("milestone")
NormRef = _ref("norm")
NeedRef = _ref("need")
ObjectiveRef = _ref("objective")
PartnerRef = _ref("partner")
PhaseRef = _ref("phase")
PlanRef = _ref("plan")
ProgrammeRef = _ref("programme")
ResourceRef = _ref("resource")
RiskRef = _ref("risk")
ScenarioRef = _ref("scenario")
SiteRef = _ref("site")
SourceRef = _ref("source")
UnitRef = _ref("unit")
DecisionRef = _ref("decision")

Day = date
"""A calendar day, under a name that does not clash with fields called `date`."""
