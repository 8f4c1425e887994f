"""`exitplan capacity`: what the national institutions can carry, month by month."""

from __future__ import annotations

from pydantic import Field

from exitplan.domain.results.base import Named, ResultPart


class CapacityMonth(ResultPart):
    """Capacity in one month, 0 to 1 of the need."""

    month: str
    low: float = Field(description="10 % quantile.")
    median: float
    high: float = Field(description="90 % quantile.")
    strength_low: float = Field(description="10 % quantile of people on duty.")
    strength: float = Field(description="Median of people on duty.")
    strength_high: float = Field(description="90 % quantile of people on duty.")


class InstitutionCapacity(Named):
    """One institution's course."""

    area: str | None
    function: str | None
    trade: str
    need: int = Field(description="People needed.")
    verification: str
    months: tuple[CapacityMonth, ...]
    probability_full: float = Field(description="Chance of reaching nine tenths of the need by the horizon.")


class AreaCapacity(ResultPart):
    """Capacity of all functions that count for security in one area, weighted."""

    area: str
    months: tuple[CapacityMonth, ...]


class CapacityResult(ResultPart):
    """Capacity per institution, and per area over its functions."""

    institutions: tuple[InstitutionCapacity, ...]
    areas: tuple[AreaCapacity, ...]
    assumptions: tuple[str, ...] = ()
