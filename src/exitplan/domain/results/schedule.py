"""`exitplan schedule`: the earliest feasible month of every hand-over and closure, and what binds it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from exitplan.domain.results.base import Named, ResultPart


class Binding(ResultPart):
    """The limit that keeps a step from coming a month earlier."""

    kind: Literal[
        "start",
        "gate",
        "after",
        "hub",
        "duration",
        "closure_steps",
        "resource",
        "closures_a_month",
        "ceiling_floor",
        "budget",
        "blackout",
        "pause",
        "plan",
        "done",
    ]
    code: str = Field("", description="Code of the gate, hand-over, site, resource … concerned.")
    month: str | None = Field(None, description="The month in which it bound.")


class ScheduledStep(Named):
    """One hand-over or closure."""

    kind: Literal["handover", "site"]
    area: str | None
    state: Literal["done", "planned", "not_feasible", "stays"]
    earliest: str | None = Field(None, description="Earliest feasible month under all limits.")
    start: str | None = Field(None, description="Month in which the work has to begin.")
    planned: str | None = Field(None, description="Month the plan names.")
    late_months: int | None = Field(None, description="Months by which the earliest comes after the plan.")
    deadline: str | None = Field(None, description="Month of the calendar clock.")
    misses_deadline: bool = False
    bindings: tuple[Binding, ...] = Field((), description="What binds it, the strongest first.")
    unlocks: int = Field(0, description="Steps that wait for it, directly or not.")


class LimitUse(ResultPart):
    """Use of one limit in one month."""

    kind: Literal["resource", "budget", "ceiling", "closures"]
    code: str
    month: str
    used: float
    limit: float
    over: bool = False


class StrengthMonth(ResultPart):
    """People at open sites at the end of a month."""

    month: str
    military: int
    police: int
    civilian: int
    most: int | None = Field(None, description="Ceiling on uniformed people, where one holds.")
    least: int | None = Field(None, description="Floor on uniformed people, where one holds.")


class ScheduleResult(ResultPart):
    """A feasible sequence under one plan and one scenario."""

    plan: str
    scenario: str
    deadline: str | None = Field(description="Month of the calendar clock.")
    end: str | None = Field(description="Month of the last step; None when a step has no feasible month.")
    late_months: int | None = Field(
        description="Months by which the end comes after the deadline; negative when before."
    )
    steps: tuple[ScheduledStep, ...]
    critical: tuple[str, ...] = Field(description="Chain of steps that sets the end, first to last, as kind:code.")
    strength: tuple[StrengthMonth, ...]
    limits: tuple[LimitUse, ...]
    breaches: tuple[str, ...] = Field(
        (), description="Ceilings and dates that no feasible sequence meets, as codes with values."
    )
    assumptions: tuple[str, ...] = ()
