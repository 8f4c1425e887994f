"""`exitplan site-risk`: the chance of violence near each open site in the months after it closes."""

from __future__ import annotations

from pydantic import Field

from exitplan.domain.results.base import Band, Named, ResultPart


class SiteChance(ResultPart):
    """The chance of an event of organised violence near a site."""

    km: int = Field(description="Kilometres within which.")
    months: int = Field(description="Months within which, from the month of closure on.")
    chance: Band = Field(description="With its interval from the doubt about the coefficients alone.")


class SiteRisk(Named):
    """One open site, as if it closed in the month after the last recorded one."""

    area: str
    closes: str | None = Field(description="Feasible month of its closure under the plan; None where there is none.")
    events: int = Field(description="Events within 50 km in the last 24 recorded months.")
    quiet_months: int | None = Field(
        description="Whole months since the last event within 50 km; None where no event there is on record."
    )
    chances: tuple[SiteChance, ...]


class SiteRiskResult(ResultPart):
    """Every open site, the highest chance first. It informs a decision; it does not recommend one."""

    plan: str | None = Field(description="Plan that closures are read from; None where the mission has none.")
    scenario: str
    begins: str = Field(description="Month of the first event on record.")
    origin: str = Field(description="Month of the last event before the month of the day.")
    sites: tuple[SiteRisk, ...]
    version: str = Field(description="Version of the parameters.")
    assumptions: tuple[str, ...] = ()
