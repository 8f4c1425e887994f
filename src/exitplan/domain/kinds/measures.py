"""How progress is measured: indicators with versions, benchmarks, criteria, assessments and gates."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from exitplan.domain.condition import AllOf, Condition, CriterionLeaf, leaves
from exitplan.domain.entry import Entry
from exitplan.domain.fields import (
    AreaRef,
    BenchmarkRef,
    Context,
    CriterionRef,
    Day,
    FunctionRef,
    HandoverRef,
    Line,
    Number,
    ObjectiveRef,
    Part,
    PhaseRef,
    SiteRef,
    Text,
    about,
)
from exitplan.domain.findings import Wanted


class IndicatorVersion(Part):
    """One definition of an indicator and the time it held; changing it is an event that shows."""

    version: int = about("Number of the version, from 1.", ge=1, le=1000)
    start: date = about("First day it was used.")
    end: date | None = about("Last day it was used; open while in use.", None)
    definition: Text = about("What is counted, and how.")
    definition_fr: Text | None = about("The same in French.", None)
    change: Literal["created", "redefined", "discontinued"] = about("What happened at its start.", "created")
    why: Text = about("Why it was changed.", "")

    @model_validator(mode="after")
    def _in_order(self) -> IndicatorVersion:
        if self.end and self.end < self.start:
            raise ValueError(Wanted("an end on or after the start {start}", start=self.start))
        return self


class Indicator(Entry):
    """Something counted the same way at several dates."""

    kind: ClassVar[str] = "indicator"
    plural: ClassVar[str] = "indicators"

    unit: Line = about("Unit of its values.")
    better: Literal["higher", "lower"] = about("Direction of desired change.")
    level: Literal["outcome", "output", "context"] = about(
        "Outcome in the country, output of the mission, or context.", "outcome"
    )
    context: Context | None = about("What it tells about the surroundings; shown in the context panel.", None)
    low: Number | None = about("Least value that makes sense.", None)
    high: Number | None = about("Greatest value that makes sense.", None)
    fresh_months: int = about("Months after which its latest value no longer counts.", 6, unit="months", ge=1, le=120)
    every_months: int = about("How often it is due.", 1, unit="months", ge=1, le=60)
    method: Text = about("How it is collected.", "")
    survey: bool = about("Whether it asks people what they see, feel or think.", False)
    sample: dict[Line, Annotated[int, Field(ge=1, le=100_000_000)]] = about(
        "People asked for each value of a share, by group such as `total` or `sex=female`; "
        "makes an interval where a measurement states none.",
        default_factory=dict,
        unit="persons",
    )
    versions: tuple[IndicatorVersion, ...] = about("Definitions in order of time.", min_length=1, max_length=100)

    @model_validator(mode="after")
    def _range(self) -> Indicator:
        if self.low is not None and self.high is not None and self.high < self.low:
            raise ValueError(Wanted("a `high` of at least {low}", low=self.low))
        return self

    def version_on(self, day: date) -> IndicatorVersion | None:
        """The version in use on a day; None before the first, after the last, or once discontinued."""
        for version in self.versions:
            if (
                version.start <= day
                and (version.end is None or day <= version.end)
                and version.change != "discontinued"
            ):
                return version
        return None


class Benchmark(Entry):
    """A state of affairs in the country, judged by criteria that are never averaged."""

    kind: ClassVar[str] = "benchmark"
    plural: ClassVar[str] = "benchmarks"

    objective: ObjectiveRef | None = about("Part of the end state it serves.", None)
    area: AreaRef | None = about("Area it speaks of; the country when left out.", None)
    statement: Text = about("The state to be reached, in words.")
    statement_fr: Text | None = about("The same in French.", None)
    external: bool = about("Whether it describes the country rather than the mission's own output.", True)
    due: date | None = about("Day by which it was meant to be reached.", None)


class Criterion(Entry):
    """One condition of a benchmark."""

    kind: ClassVar[str] = "criterion"
    plural: ClassVar[str] = "criteria"

    benchmark: BenchmarkRef = about("Benchmark it belongs to.")
    function: FunctionRef | None = about("Function it speaks of.", None)
    area: AreaRef | None = about("Area it speaks of.", None)
    condition: Condition = about("What makes it met.")
    baseline: Number | None = about("Value at the start, in the indicator's unit.", None)
    baseline_date: date | None = about("Date of the baseline.", None)
    due: date | None = about("Day by which it was meant to be met.", None)


class Assessment(Entry):
    """A rating given on a date by the mission, the national side, or both."""

    kind: ClassVar[str] = "assessment"
    plural: ClassVar[str] = "assessments"

    party: Literal["self", "mission", "joint"] = about(
        "Whose view it is: the counterpart's own, the mission's, or joint."
    )
    criterion: CriterionRef | None = about("Criterion rated.", None)
    benchmark: BenchmarkRef | None = about("Benchmark rated.", None)
    handover: HandoverRef | None = about("Hand-over rated.", None)
    date: Day = about("Day of the rating.")
    rating: Literal["met", "partly_met", "not_met", "not_rated"] = about("The rating.")
    rationale: Text = about("Why.", "")
    confidence: Literal["low", "medium", "high"] = about("Confidence of the assessors.", "medium")
    receipt: Literal["none", "noted", "agreed", "agreed_with_reservation"] = about(
        "How the other side received it.", "none"
    )
    reservation: Text = about("The other side's reservation, in its own words.", "")

    @model_validator(mode="after")
    def _speaks_of_something(self) -> Assessment:
        if not (self.criterion or self.benchmark or self.handover):
            raise ValueError(Wanted("a criterion, a benchmark or a handover that is rated"))
        if self.receipt == "agreed_with_reservation" and not self.reservation:
            raise ValueError(Wanted("the reservation, where it is agreed with reservation"))
        return self


class Gate(Entry):
    """What must be true before something may happen; every criterion it names must be met, whatever the others say."""

    kind: ClassVar[str] = "gate"
    plural: ClassVar[str] = "gates"

    criteria: tuple[CriterionRef, ...] = about("Criteria that must all be met.", ())
    rule: Condition | None = about("Further conditions, such as dates, violence recorded or states of sites.", None)
    function: FunctionRef | None = about("Function it guards.", None)
    area: AreaRef | None = about("Area it guards.", None)
    site: SiteRef | None = about("Site it guards.", None)
    phase: PhaseRef | None = about("Phase it guards.", None)

    @model_validator(mode="after")
    def _asks_for_something(self) -> Gate:
        if not self.criteria and self.rule is None:
            raise ValueError(Wanted("criteria, a rule, or both"))
        return self

    @property
    def named_criteria(self) -> tuple[str, ...]:
        """Every criterion it names, listed or inside its rule, each once."""
        inside = [leaf.criterion for leaf in leaves(self.rule) if isinstance(leaf, CriterionLeaf)] if self.rule else []
        return tuple(dict.fromkeys([*self.criteria, *inside]))

    @property
    def condition(self) -> AllOf:
        """The whole of what it asks: every named criterion, and the rule."""
        parts: list[object] = [CriterionLeaf(criterion=code) for code in self.named_criteria]
        if self.rule is not None:
            parts.append(self.rule)
        return AllOf(all=tuple(parts))
