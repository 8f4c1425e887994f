"""`exitplan hindsight`: ranges of kept forecasts against what was recorded since. It judges the ranges, never a decision."""

from __future__ import annotations

from pydantic import Field

from exitplan.domain.results.base import ResultPart


class HindsightMonth(ResultPart):
    """One month of a kept forecast, and what was recorded since."""

    month: str
    low: float = Field(description="Low end of the range that holds four fifths of the futures.")
    middle: float
    high: float
    recorded: float = Field(description="Deaths recorded.")
    inside: bool = Field(description="Whether what was recorded lies in the range.")


class KeptForecast(ResultPart):
    """One kept forecast, with the months for which counts have come since."""

    run: int = Field(description="Number of the run that drew it.")
    role: str = Field(description="Role for which it was drawn: it speaks of the areas that role sees.")
    plan: str
    scenario: str
    origin: str = Field(description="Last month of data that it knew.")
    months: tuple[HindsightMonth, ...]


class HindsightResult(ResultPart):
    """Kept forecasts and what came; months of several forecasts may be the same month."""

    kept: int = Field(description="Kept forecasts that were looked at.")
    left: int = Field(description="Older kept forecasts that were not looked at.")
    not_shown: bool = Field(
        description="Whether some are left out because they rest on entries that are no longer shown, or do not say on which."
    )
    months: int = Field(description="Months recorded since, each counted once for every forecast that speaks of it.")
    inside: int = Field(description="Of these, months that lie in the range that holds four fifths of the futures.")
    forecasts: tuple[KeptForecast, ...] = Field(
        description="Forecasts of which a month has been recorded, newest first."
    )
