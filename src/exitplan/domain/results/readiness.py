"""`exitplan status`: where the mission stands on a day, unmet first, with both clocks."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from exitplan.domain.condition import Verdict
from exitplan.domain.results.base import Band, Named, ResultPart


class Opening(ResultPart):
    """The chance that a gate is open in a month."""

    month: str = Field(description="Month as YYYY-MM.")
    probability: float = Field(description="Share of simulated courses in which the gate is open.", ge=0, le=1)
    low: float = Field(description="Least chance, were the criteria to fail at different times.", ge=0, le=1)
    high: float = Field(description="Greatest chance, were they to hold together.", ge=0, le=1)


class Trend(ResultPart):
    """How an indicator has been moving."""

    per_month: Band = Field(
        description="Change a month, in the indicator's unit (Theil-Sen slope over the last 12 months of data)."
    )
    better: Literal["better", "worse", "flat", "unclear"] = Field(
        description="Direction as seen from the indicator's aim."
    )
    readings: int = Field(description="Readings the trend rests on.", ge=0)


class AssessmentLine(ResultPart):
    """One party's rating, as shown beside the rule's own verdict."""

    code: str = Field(description="Code of the assessment.")
    party: Literal["self", "mission", "joint"] = Field(description="Whose view.")
    date: str = Field(description="Day of the rating.")
    rating: str = Field(description="The rating.")
    confidence: str = Field(description="Confidence of the assessors.")
    receipt: str = Field(description="How the other side received it.")
    reservation: str = Field("", description="The other side's reservation.")


class CriterionStatus(Named):
    """One criterion on a day."""

    verdict: Verdict = Field(description="Met, unmet or unknown, with grounds.")
    indicator: str | None = Field(None, description="Indicator it rests on, where it is a single bar.")
    unit: str = Field("", description="Unit of the values below.")
    better: Literal["higher", "lower"] | None = Field(None, description="Direction of desired change.")
    baseline: float | None = Field(None, description="Value at the start.")
    target: float | None = Field(None, description="The bar.")
    value: float | None = Field(None, description="Latest value.")
    low: float | None = Field(None, description="Low end of its interval.")
    high: float | None = Field(None, description="High end of its interval.")
    date: str | None = Field(None, description="Day of the latest value.")
    months_since_data: int | None = Field(None, description="Months since the latest value.")
    verification: str | None = Field(None, description="How it was verified.")
    confidence: str | None = Field(None, description="Confidence in it.")
    source: str | None = Field(None, description="Source of it.")
    trend: Trend | None = Field(None, description="How it has been moving.")
    assessments: tuple[AssessmentLine, ...] = Field(
        (), description="Ratings by the parties, the counterpart's own first."
    )


class BenchmarkStatus(Named):
    """One benchmark on a day; never an average of its criteria."""

    statement: str = Field(description="The state to be reached.")
    statement_fr: str | None = Field(None, description="The same in French.")
    objective: str | None = Field(None, description="Objective it serves.")
    verdict: Verdict = Field(description="Met only when every criterion is met.")
    criteria: tuple[CriterionStatus, ...] = Field(description="Its criteria, unmet first.")
    assessments: tuple[AssessmentLine, ...] = Field((), description="Ratings of the benchmark as a whole.")


class GateStatus(Named):
    """One gate on a day, its failing criterion first."""

    scope: str = Field(description="What it guards, as kind:code, or `mission`.")
    guards: tuple[str, ...] = Field((), description="Hand-overs, sites and phases that wait for it, as kind:code.")
    exit: bool = Field(False, description="Whether the mission as a whole waits for it.")
    verdict: Verdict = Field(description="Open (met) only when everything it names is met.")
    unmet: tuple[str, ...] = Field((), description="Criteria that are unmet.")
    unknown: tuple[str, ...] = Field((), description="Criteria that are unknown.")
    opening: tuple[Opening, ...] = Field(
        (), description="Chance of being open month by month; empty where an unknown bars any estimate."
    )
    opens: str | None = Field(
        None, description="First month with a chance of at least one half; None beyond the horizon or unknown."
    )


class CalendarClock(ResultPart):
    """The date everybody has in mind."""

    end: date | None = Field(description="Day on which the mission is meant to end.")
    source: str = Field(description="Where it comes from, as kind:code.")
    months_left: int | None = Field(description="Whole months from the day of the status.")


class ConditionsClock(ResultPart):
    """The month in which the conditions would be there."""

    month: str | None = Field(
        description="First month in which all exit gates are open in at least half of the simulated courses; None beyond the horizon or unknown."
    )
    early: str | None = Field(None, description="First month with a chance of one in ten.")
    late: str | None = Field(None, description="First month with a chance of nine in ten.")
    open_now: bool = Field(description="Whether every exit gate is open on the day.")
    unknown: tuple[str, ...] = Field((), description="Exit gates that nothing can be said of, for want of data.")
    not_shown: bool = Field(
        False,
        description="Whether the month cannot be told because something is kept from the reader, not because data are missing.",
    )
    probability_at_calendar: float | None = Field(
        None, description="Chance that all exit gates are open when the calendar ends."
    )
    low: float | None = Field(None, description="Low end of that chance.")
    high: float | None = Field(None, description="High end of that chance.")
    horizon_months: int = Field(description="How far it was looked ahead.")


class FeasibleClock(ResultPart):
    """The month by which hand-overs and closures could be done under the limits known."""

    month: str | None = Field(
        description="Month of the last step of the feasible sequence; None when there is none within the horizon."
    )
    binding: str = Field("", description="What binds the last step, as a code.")
    unplaced: int = Field(0, description="Steps that no month within the horizon can take.")


class Clocks(ResultPart):
    """Calendar and conditions side by side, with the gap between them."""

    calendar: CalendarClock
    conditions: ConditionsClock
    feasible: FeasibleClock | None = None
    gap_months: int | None = Field(
        None, description="Months by which conditions come after the calendar; negative when before; None when unknown."
    )
    standing: Literal["conditions_first", "calendar_first", "together", "unknown", "not_shown", "beyond_horizon"] = (
        Field(
            description="Which clock strikes first: `calendar_first` warns that the date comes before the conditions."
        )
    )


class HandoverStatus(Named):
    """One hand-over on a day."""

    function: str = Field(description="Function handed over.")
    area: str | None = Field(None, description="Area; None for the whole country.")
    receiver: str = Field("", description="Receiver, as kind:code.")
    state: str = Field(description="State now.")
    gates: dict[str, str] = Field(default_factory=dict, description="State of each gate it waits for.")
    gates_open: bool = Field(description="Whether all of them are open.")
    baseline: date | None = None
    forecast: date | None = None
    actual: date | None = None
    slip_days: int | None = Field(None, description="Days by which the date has moved since the baseline.")
    remedial: tuple[str, ...] = ()
    reversals: int = 0
    acceptance: str = "not_asked"


class SiteStatus(Named):
    """One site on a day."""

    area: str = Field(description="Area it lies in.")
    type: str = Field(description="What it is.")
    state: str = Field(description="State now.")
    personnel: int = Field(description="Everyone stationed there.")
    steps: int = Field(description="Closure steps in all.")
    steps_done: int = Field(description="Closure steps done.")
    days_to_close: int = Field(description="Days of the longest chain of undone steps.")
    certificates_missing: tuple[str, ...] = Field((), description="Certificates not yet issued.")
    baseline: date | None = None
    forecast: date | None = None
    actual: date | None = None
    slip_days: int | None = None
    without_end_use: bool = Field(False, description="Whether no use or guard is agreed for the time after.")


class Missing(ResultPart):
    """A value that is owed."""

    indicator: str = Field(description="Indicator owed.")
    area: str = Field("", description="Area; empty for the country.")
    group: str = Field("total", description="Group.")
    reason: str = Field(description="Why it counts as missing: no-data, stale, assumed, unverified …")
    since: date | None = Field(None, description="Since when.")
    owed_by: str = Field("", description="Office that owes it.")
    holds_up: tuple[str, ...] = Field((), description="Criteria and gates that wait for it, as kind:code.")


class Change(ResultPart):
    """Something that is not what it was on an earlier day."""

    kind: str = Field(description="Kind of entry concerned.")
    code: str = Field(description="Its code.")
    title: str = Field(description="Its title.")
    title_fr: str | None = None
    what: str = Field(description="What changed, as a code: state, value, done, transferred, closed, score …")
    before: str = Field("", description="What it was.")
    after: str = Field("", description="What it is.")
    date: str | None = Field(None, description="When, where known.")
    worse: bool | None = Field(None, description="Whether it makes exit harder; None where that cannot be said.")


class StatusResult(ResultPart):
    """Where the mission stands."""

    clocks: Clocks
    gates: tuple[GateStatus, ...] = Field(description="Gates, unmet first, exit gates before others.")
    benchmarks: tuple[BenchmarkStatus, ...] = Field(description="Benchmarks, unmet first.")
    handovers: tuple[HandoverStatus, ...]
    sites: tuple[SiteStatus, ...]
    missing: tuple[Missing, ...]
    changes: tuple[Change, ...] = Field((), description="What changed since the day asked for; empty without one.")
    since: str | None = None
    assumptions: tuple[str, ...] = Field(
        (), description="Assumptions behind the chances, as codes that the doors put into words."
    )
