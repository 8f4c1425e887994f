"""Plans, the limits they live under, and the scenarios they are tried in."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from exitplan.domain.condition import Condition
from exitplan.domain.entry import Basis, Entry
from exitplan.domain.fields import (
    AreaRef,
    CommitmentRef,
    Count,
    HandoverRef,
    Line,
    Money,
    Month,
    Part,
    RiskRef,
    Share,
    SiteRef,
    Text,
    UnitRef,
    about,
)
from exitplan.domain.findings import Wanted


class PlanStep(Part):
    """One hand-over, closure or repatriation and the month it is planned for."""

    handover: HandoverRef | None = about("Hand-over done in that month.", None)
    site: SiteRef | None = about("Site closed in that month.", None)
    unit: UnitRef | None = about("Unit repatriated in that month.", None)
    month: Month | None = about("Month planned; the earliest feasible one where left out.", None)

    @model_validator(mode="after")
    def _one_thing(self) -> PlanStep:
        if sum(x is not None for x in (self.handover, self.site, self.unit)) != 1:
            raise ValueError(Wanted("exactly one of handover, site and unit"))
        return self


class Support(Part):
    """Support that stays or comes after the mission has left an area."""

    area: AreaRef | None = about("Area supported; every area when left out.", None)
    strength: Share = about("How much of the security need it covers, 0 to 1.")
    start: Month = about("First month.")
    end: Month = about("Last month funded.")
    half_life_months: Annotated[float, Field(gt=0, le=240)] = about(
        "Half-life of its effect after the last month.", 6.0, unit="months"
    )
    commitment: CommitmentRef | None = about(
        "Commitment it rests on, whose period, area, status and consent then bound it.", None
    )


class Plan(Entry):
    """One way to leave: the order and the months of its steps, by calendar or by conditions."""

    kind: ClassVar[str] = "plan"
    plural: ClassVar[str] = "plans"

    drive: Literal["calendar", "conditions"] = about("Whether months are fixed, or steps wait for their gates.")
    start: Month = about("First month in which a step may happen.")
    end: Month | None = about("Month by which everything is meant to be done; the mandate's end where left out.", None)
    steps: tuple[PlanStep, ...] = about(
        "Its steps; every hand-over and open site not named takes its earliest feasible month.", ()
    )
    stays: tuple[SiteRef, ...] = about("Sites that stay open under this plan.", ())
    closures_a_month: int = about("Most sites that may close in one month.", 100, ge=1, le=1000)
    support: tuple[Support, ...] = about("Support after exit.", ())
    pause: Condition | None = about("Steps stop while this is met.", None)
    gate_probability: Share = about(
        "A shut gate counts as open in the first month with at least this probability.", 0.5
    )


class MonthlyAmount(Part):
    """An amount that holds for a span of months."""

    start: Month = about("First month.")
    end: Month = about("Last month.")
    amount: Annotated[float, Field(ge=0, le=1e12)] = about("Amount in each of these months.")

    @model_validator(mode="after")
    def _in_order(self) -> MonthlyAmount:
        if self.end < self.start:
            raise ValueError(Wanted("an end on or after the start {start}", start=self.start))
        return self


class Resource(Entry):
    """Something closures and hand-overs use up month by month: convoys, engineers, aircraft hours."""

    kind: ClassVar[str] = "resource"
    plural: ClassVar[str] = "resources"

    unit: Line = about("Unit of its amounts, such as `convoys`.")
    capacity: Annotated[float, Field(ge=0, le=1e9)] = about("Amount available in an ordinary month.")
    exceptions: tuple[MonthlyAmount, ...] = about("Months with another amount, such as the rains.", ())


class Ceiling(Entry):
    """A bound on the number of uniformed people from a month on."""

    kind: ClassVar[str] = "ceiling"
    plural: ClassVar[str] = "ceilings"

    start: Month = about("First month in which it holds.")
    end: Month | None = about("Last month in which it holds; open when left out.", None)
    people: Literal["military", "police", "civilian", "uniformed"] = about("Who is counted.")
    most: Count | None = about("No more than this many.", None, unit="persons")
    least: Count | None = about("No fewer than this many (reserve).", None, unit="persons")

    @model_validator(mode="after")
    def _says_something(self) -> Ceiling:
        if self.most is None and self.least is None:
            raise ValueError(Wanted("a `most` or a `least`"))
        if self.most is not None and self.least is not None and self.least > self.most:
            raise ValueError(Wanted("a `least` no greater than {most}", most=self.most))
        if self.end is not None and self.end < self.start:
            raise ValueError(Wanted("an end on or after the start {start}", start=self.start))
        return self


class Budget(Entry):
    """Money available for presence and closure in a span of months."""

    kind: ClassVar[str] = "budget"
    plural: ClassVar[str] = "budgets"

    start: Month = about("First month.")
    end: Month = about("Last month.")
    amount: Money = about(
        "Money for running costs of open sites, closing costs and hand-over costs.", unit="mission currency"
    )

    @model_validator(mode="after")
    def _in_order(self) -> Budget:
        if self.end < self.start:
            raise ValueError(Wanted("an end on or after the start {start}", start=self.start))
        return self


class Blackout(Entry):
    """Months in which nothing of a kind may happen: elections, rains."""

    kind: ClassVar[str] = "blackout"
    plural: ClassVar[str] = "blackouts"

    start: Month = about("First month.")
    end: Month = about("Last month.")
    stops: Literal["closures", "handovers", "both"] = about("What may not be completed.", "both")
    areas: tuple[AreaRef, ...] = about("Areas concerned; all when left out.", ())

    @model_validator(mode="after")
    def _in_order(self) -> Blackout:
        if self.end < self.start:
            raise ValueError(Wanted("an end on or after the start {start}", start=self.start))
        return self


class Scenario(Entry):
    """A way the world may turn, as changes to the limits, the host's capacity and the level of violence."""

    kind: ClassVar[str] = "scenario"
    plural: ClassVar[str] = "scenarios"

    story: Text = about("What happens, in words.", "")
    story_fr: Text | None = about("The same in French.", None)
    start: Month | None = about("Month in which it begins; the plan's start when left out.", None)
    presence: Share = about("Share of the planned mission presence that remains.", 1.0)
    host_capacity: Annotated[float, Field(ge=0, le=2)] = about("Multiplier on host capacity.", 1.0)
    support: Annotated[float, Field(ge=0, le=2)] = about("Multiplier on support after exit.", 1.0)
    resources: Annotated[float, Field(ge=0, le=2)] = about("Multiplier on monthly resources.", 1.0)
    money: Annotated[float, Field(ge=0, le=2)] = about("Multiplier on budgets.", 1.0)
    violence: Annotated[float, Field(ge=-5, le=5)] = about(
        "Shift of the monthly odds of violence in every area.", 0.0, unit="logits"
    )
    violence_areas: tuple[AreaRef, ...] = about("Areas shifted; all when left out.", ())
    mandate_end: date | None = about("Day on which the mandate ends in this scenario.", None)
    pause_months: int = about(
        "Months in which no step can be completed, from its start.", 0, unit="months", ge=0, le=60
    )
    switches: tuple[RiskRef, ...] = about("Risks taken to have happened.", ())
    trigger: Condition | None = about("What would show that it has begun.", None)


def as_planned(basis: Basis) -> Scenario:
    """The scenario in which nothing changes, where a mission names none. It is no entry."""
    return Scenario(code="AS-PLANNED", title="As planned", title_fr="Comme prévu", basis=basis)
