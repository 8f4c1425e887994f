"""How a back-test is run, set down before it is."""

from __future__ import annotations

import re

from pydantic import field_validator, model_validator

from exitplan.domain.errors import InvalidValue
from exitplan.domain.fields import Line, Part, Text, about
from exitplan.domain.months import month_index


class AreaProtocol(Part):
    """Settings of the back-test of area-months, with the date on which they were frozen."""

    frozen: Line = about("Day on which the settings were frozen, before scoring.")
    first_origin: Line = about("First month after which forecasts start, YYYY-MM.")
    last_origin: Line = about("Last month after which forecasts start, YYYY-MM.")
    step: int = about("Months from one origin to the next.", ge=1)
    horizon: int = about("Months ahead.", ge=1, le=60)
    draws: int = about("Futures per forecast.", ge=64)
    relearn: int = about("Origins after which priors and weights are learned anew.", ge=1)
    groups: int = about("Groups in which missions are left out.", ge=2)
    burn_in: int = about("First months of a history that only fill the memories.", ge=0)
    forgetting: float = about("Months in which a past month loses half of its weight.", gt=0)
    clip: int = about("Deaths from which the exact size of an area-month is not used.", ge=1)
    least: int = about("Violent area-months below which a country takes no part.", ge=1)
    headline: tuple[Line, ...] = about("Missions whose skill is the headline; the others are reported beside.", ())
    note: Text = about("What was chosen on which missions, and what was seen before freezing.")

    @field_validator("first_origin", "last_origin", mode="before")
    @classmethod
    def _a_month(cls, value: object) -> str:
        if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", str(value)):
            raise InvalidValue("origin", str(value), "a month as YYYY-MM")
        return str(value)

    @model_validator(mode="after")
    def _in_order(self) -> AreaProtocol:
        if self.first_origin > self.last_origin:
            raise InvalidValue("last_origin", self.last_origin, f"{self.first_origin} or later")
        return self

    @property
    def origins(self) -> tuple[int, ...]:
        """Month indices of the origins."""
        return tuple(range(month_index(self.first_origin), month_index(self.last_origin) + 1, self.step))
