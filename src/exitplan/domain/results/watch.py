"""Results of the watch: what stands under watch and why, triggers, and how often alarms were right in the past."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from exitplan.domain.condition import Verdict
from exitplan.domain.results.base import Band, Named, ResultPart

Method = Literal["cusum", "score"]
Part = Literal["all", "chosen-on", "held-out"]
Fault = Literal["no-successor", "no-response", "no-baseline", "no-exit-date"]


class WatchMonth(ResultPart):
    """One month of a series under watch."""

    month: str
    count: float = Field(description="Deaths or events of the month.")
    statistic: float | None = Field(None, description="The sum, or the mean surprise; None before the watch begins.")
    over: bool = Field(False, description="Whether the statistic has reached its alarm line.")


class EarlyWarning(ResultPart):
    """One series of monthly counts and what the alarm makes of it."""

    place: str = Field(description="Code of the area, ISO 3166 code of the country beyond the border, or empty.")
    place_title: str = Field("", description="Name of a place beyond the border.")
    place_title_fr: str | None = None
    abroad: bool = False
    method: Method
    counted: str = Field("deaths", description="`deaths` or `events`.")
    state: Literal["alarm", "quiet", "unknown"]
    reason: str = Field("", description="Why it cannot be judged, as a code.")
    baseline_from: str | None = None
    baseline_to: str | None = None
    baseline_mean: float | None = Field(None, description="Counts a month that the alarm takes for normal.")
    baseline_size: float | None = Field(None, description="Size of the negative-binomial law.")
    reference: float | None = Field(None, description="CUSUM: counts a month without growth; score: expected score.")
    threshold: float | None = Field(None, description="Value of the statistic at which the alarm is raised.")
    alarm_month: str | None = Field(None, description="First month of the watch that raised the alarm.")
    watched_from: str | None = None
    rehearsal: bool = Field(False, description="Whether the exit lies ahead, so that the last months are a rehearsal.")
    months: tuple[WatchMonth, ...] = ()


class ReviewPoint(ResultPart):
    """One review after the exit."""

    months: int = Field(description="Months after the exit.")
    day: date
    done: date | None = Field(None, description="Day of the review, where one is on record.")
    overdue_days: int = Field(0, description="Days past its day while not held.")


class WatchLine(Named):
    """One watch."""

    owner: str
    successor_owner: str
    response: str
    area: str | None
    function: str | None
    indicator: str | None
    state: Literal["triggered", "unknown", "quiet"] = Field(
        description="Triggered when its trigger is met or an early warning is raised; unknown is never quiet."
    )
    trigger: Verdict
    early: tuple[EarlyWarning, ...] = ()
    reviews: tuple[ReviewPoint, ...] = ()
    faults: tuple[Fault, ...] = Field((), description="What the plan lacks.")


class WatchResult(ResultPart):
    """Everything under watch, triggered first."""

    exit: date | None = Field(description="Day from which review points count: the end of the final mandate.")
    watches: tuple[WatchLine, ...]
    triggered: int
    unknown: int
    overdue: int = Field(description="Review points past their day.")
    next_review: date | None


class TriggerLine(Named):
    """One agreed trigger, wherever it stands."""

    kind: Literal["watch", "contingency", "plan", "risk", "scenario"]
    state: Literal["met", "unknown", "unmet"]
    verdict: Verdict
    response: tuple[str, ...] = ()
    who: str = Field("", description="Office that responds first.")
    within_days: int | None = None
    rehearsed: date | None = None


class TriggersResult(ResultPart):
    """Every trigger, those that are met first, then those that cannot be judged."""

    triggers: tuple[TriggerLine, ...]


class AlarmRates(ResultPart):
    """How often one alarm was right and wrong on histories."""

    alarm: str = Field(description="`cusum`, `score`, `month-25` or `sum-5`.")
    false_per_10_years: Band | None = Field(
        description="Watch years with a false alarm, per ten quiet country-years; none where no year was quiet."
    )
    missed_25: Band | None = Field(description="Share of onsets (25 deaths) without an alarm; None without an onset.")
    missed_1000: Band | None = Field(description="The same for 1,000 deaths.")
    late_25: Band | None = Field(description="Share of onsets (25 deaths) not announced by the onset month.")
    lead_25: Band | None = Field(description="Median months from the alarm to 25 deaths; below 0 is a delay.")
    lead_1000: Band | None = Field(description="Median months from the alarm to 1,000 deaths.")


class RatesPeriod(ResultPart):
    """Rates of each alarm over watches that began in one period."""

    part: Part = Field(description="All watches, those on which the settings were chosen, or those held out.")
    countries: int
    first: str = Field(description="First month of a watch.")
    last: str = Field(description="Last month of a watch.")
    watch_years: int
    quiet_years: int
    onsets_25: int
    onsets_1000: int
    alarms: tuple[AlarmRates, ...]


class RatesResult(ResultPart):
    """Rates of each alarm from history."""

    baseline_months: int = Field(description="Months before the origin that the alarms are fitted on.")
    periods: tuple[RatesPeriod, ...]
