"""Results of back-tests of chances: violence near closed sites, and conflict after the exit of missions."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from exitplan.domain.results.base import Band, ResultPart

SURPRISES = (0.2, 0.8)
"""A forecast below the first that came true, or above the second that did not, was far off and is named."""


class BinaryScores(ResultPart):
    """How good one forecaster's probabilities were."""

    forecaster: str = Field(description="Code of the forecaster; the first is the model.")
    brier: Band = Field(description="Mean squared distance of probability and outcome; smaller is better.")
    log_loss: Band = Field(description="Mean of -ln of the probability of what happened.")
    auc: Band | None = Field(None, description="Chance that a case in which it happened had the higher forecast.")
    gain: Band | None = Field(
        None, description="Brier score of this forecaster less that of the model; None for the model."
    )


class ReliabilityBin(ResultPart):
    """Forecasts of about one size beside what happened."""

    low: float
    high: float
    cases: int
    forecast: float = Field(description="Mean forecast.")
    observed: float = Field(description="Share that happened.")


class MissionScore(ResultPart):
    """Forecasts and outcomes of one mission's closed sites."""

    mission: str
    sites: int
    forecast: float = Field(description="Mean forecast.")
    observed: float = Field(description="Share that happened.")
    brier: float


class SiteForecast(ResultPart):
    """One closed site."""

    site_id: str
    episode: str
    mission: str
    closed: str = Field(description="Month of closure as estimated, YYYY-MM.")
    probability: float = Field(description="Chance of an event within 50 km in the 24 months from that month on.")
    low: float | None = Field(None, description="Low end of the 90% interval from the doubt about the coefficients.")
    high: float | None = None
    happened: bool | None = Field(None, description="Whether there was one; None where not known.")


class OutcomeScore(ResultPart):
    """The same test for another outcome."""

    outcome: str
    cases: int
    base_rate: float = Field(description="Share that happened.")
    brier: float
    auc: float | None
    base_brier: float = Field(description="Brier score of one common rate, the case's group left out.")


class SitesBacktest(ResultPart):
    """Chances of violence near closed sites, and how good they were where the outcome is known."""

    mode: Literal["shipped", "left-out"] = Field(
        description="`shipped`: forecasts with the parameters that come along; `left-out`: refitted without the mission's countries."
    )
    version: str = Field(description="Version of the parameters or settings.")
    rows: int = Field(description="Rows of the file.")
    open: int = Field(description="Rows without a month of closure, which have no forecast.")
    forecasts: tuple[SiteForecast, ...]
    scored: int = Field(
        description="Closures with a known outcome that are no renames, have 24 full months after, and are covered by events."
    )
    uncovered: int = Field(
        0,
        description="Closures whose 24 months before are not all between the first and the last event: not scored, and "
        "forecast, where they are, as if what is not known had been quiet.",
    )
    in_sample: int = Field(
        0, description="Scored closures in the months that the parameters were learned from; their scores may flatter."
    )
    learned_from: str = Field("", description="First month that the parameters were learned from, YYYY-MM.")
    learned_to: str = Field("", description="Last month of these.")
    scores: tuple[BinaryScores, ...] = ()
    reliability: tuple[ReliabilityBin, ...] = ()
    missions: tuple[MissionScore, ...] = ()
    others: tuple[OutcomeScore, ...] = ()
    surprises: tuple[SiteForecast, ...] = Field(
        (), description="Forecast below 0.2 and it happened, or above 0.8 and it did not."
    )


class HorizonChance(ResultPart):
    """Chance within some years."""

    years: int
    conflict: float = Field(description="Chance of a year with state-based conflict.")
    war: float = Field(description="Chance of a year with 1,000 state-based deaths.")


class ExitForecast(ResultPart):
    """One exit."""

    mission: str
    country: str
    year: int = Field(description="Year of the exit.")
    earlier_conflict: bool = Field(
        description="Whether armed conflict is on record there before; else it could not come back."
    )
    border: bool = Field(False, description="Whether the operation stood on a line or border between States.")
    active: bool = Field(description="State-based conflict in the exit year or the year before.")
    quiet_years: int | None = Field(
        description="Full years since the last conflict year; None where there never was one."
    )
    probability: float = Field(description="Chance of state-based conflict in the five years after the exit year.")
    low: float = Field(description="Low end of the 90% interval from the doubt about the coefficients.")
    high: float
    curve: tuple[HorizonChance, ...]
    happened: bool
    first_year: int | None = Field(None, description="First conflict year of the five.")


class ExitsPart(ResultPart):
    """Scores over one set of exits."""

    part: Literal["relapse", "all", "year-before", "every"] = Field(
        description="`relapse`: exits where armed conflict is on record before; `all`; `year-before`: the first, from what was "
        "known at the end of the year before the exit; `every`: all, and operations on a border between States."
    )
    exits: int
    happened: int
    scores: tuple[BinaryScores, ...]
    reliability: tuple[ReliabilityBin, ...]
    horizons: tuple[OutcomeScore, ...] = ()


class ExitsBacktest(ResultPart):
    """Chances of armed conflict after exits, each with its country left out, and what happened."""

    version: str
    training: int = Field(description="Country-years that the model learns from.")
    countries: int
    data_to: int = Field(description="Last year of the data.")
    parts: tuple[ExitsPart, ...]
    forecasts: tuple[ExitForecast, ...]
    surprises: tuple[str, ...] = Field(
        (), description="Missions with a forecast below 0.2 where it happened, or above 0.8 where not."
    )
