"""`exitplan futures`: simulated futures of every area under a plan and a scenario."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from exitplan.domain.results.base import ResultPart


class ViolenceMonth(ResultPart):
    """Deaths in one area (or the mission area as a whole) in one month, over the futures."""

    month: str
    mean: float
    p05: float
    p10: float
    p25: float
    p50: float
    p75: float
    p90: float
    p95: float
    any: float = Field(description="Share of futures with at least one death.")
    error: float = Field(description="Monte Carlo standard error of the mean.")


class AreaFuture(ResultPart):
    """One area."""

    area: str
    months: tuple[ViolenceMonth, ...]
    recent: tuple[float, ...] = Field(description="Deaths recorded in each of the last 36 months, oldest first.")


class Renewed(ResultPart):
    """The chance of renewed armed violence under one named definition by a number of months."""

    definition: str = Field(description="Named definition: R25, R1000, A25, AX …")
    scope: str = Field(description="`country`, or the code of an area.")
    by_months: int
    probability: float
    low: float = Field(description="Low end of the 80 % interval, parameter doubt included.")
    high: float = Field(description="High end of the 80 % interval.")
    error: float = Field(description="Monte Carlo standard error.")
    model: float = Field(description="The model's part of the pooled probability; compare plans on this.")
    own_past: float = Field(description="The part of the months that have been, which no plan changes.")
    already_met: bool = Field(False, description="Whether the definition was met at the origin already.")
    caveats: tuple[str, ...] = Field(
        (), description="What to know before comparing it with a published list, as codes."
    )
    base_rate: float | None = Field(
        None, description="Share of the mission's own past months from which it happened within as many months."
    )
    base_months: int = Field(0, description="Past starting months that base rate rests on.")


class RegimeMonth(ResultPart):
    """Shares of the model's futures in which the country is settled, tense or in crisis in a month."""

    month: str
    settled: float
    tense: float
    crisis: float


class OutsideChance(ResultPart):
    """What other countries' years after or beside violence say: it knows record and surroundings, and nothing of plans."""

    what: Literal["conflict", "war"] = Field(
        description="A year with 25 state-based deaths (`conflict`) or 1,000 (`war`) in the country."
    )
    within_years: int
    after: str = Field(description="Last month of record, YYYY-MM; the years after it count.")
    probability: float
    low: float = Field(description="Low end of the 90 % interval from the doubt about the coefficients.")
    high: float
    surroundings: int | None = Field(
        None,
        description="Year at whose end violence in neighbouring countries and refugees are known; null: the own record alone.",
    )
    years_known: int | None = Field(
        None,
        description="Years on record up to it; nothing is assumed of those before. Null in results kept by older versions.",
    )
    saw_beyond: bool | None = Field(
        None,
        description="Whether the coefficients were fitted on years after it. Null in results kept by older versions.",
    )


class FuturesResult(ResultPart):
    """Futures under one plan and one scenario. They inform a decision; they do not recommend leaving."""

    plan: str
    scenario: str
    futures: int
    horizon: int
    origin: str = Field(description="Last month of data.")
    kappa: str = Field(description="Causal credibility used: a number, or `drawn` for Beta(3, 3).")
    country: tuple[ViolenceMonth, ...]
    areas: tuple[AreaFuture, ...]
    renewed: tuple[Renewed, ...]
    regimes: tuple[RegimeMonth, ...] = Field(
        (), description="The model's hidden regime of the country, by month; a model's reading, not an observation."
    )
    outside: tuple[OutsideChance, ...] = Field(
        (),
        description="The outside view beside the futures, from countries after or beside violence; empty for short records.",
    )
    track_record: dict[str, float] = Field(
        default_factory=dict, description="Scores of this model on past months of this mission, by name."
    )
    assumptions: tuple[str, ...] = ()
