"""
Settings of the country forecast, frozen on 2026-11-29.

Chosen on state-based deaths of 55 countries (Africa and Israel) at the origins October 1995 to October 2015, months 3 to 14
ahead, so on nothing after 2016; the years 2018 to 2020 were scored once, afterwards. docs/methods/country.md has the grid.
"""

from __future__ import annotations

from dataclasses import dataclass

from exitplan.domain.errors import InvalidValue

FROZEN = "2026-11-29"


@dataclass(frozen=True, kw_only=True)
class CountrySettings:
    """
    How the past is read and its three readings are pooled.

    Parameters
    ----------
    shares
        Shares of the draws of analogues, hurdle and own recent months; zero or more, summing to 1.
    half_lives
        Months after which a month counts half in the short, middle and long memory; ascending, above zero.
    widths
        Distance in each memory (of ln(1 + deaths)) at which an analogue's weight has fallen to 61 %; above zero.
    analogue_half_life
        Months after which an analogue's weight halves.
    analogue_burn
        Known months before a month may be an analogue.
    level_half_life, level_floor, level_share
        A path of an analogue is scaled by ((own level + floor) / (its level + floor)) ** share, the levels being fading means
        of deaths.
    own_half_life
        Months after which a country's own month is drawn half as often.
    burn
        Known months before a month enters the fit of the hurdle.
    forgetting
        Months after which a month counts half in that fit.
    clip
        Deaths from which only "at least so many" enters that fit.
    bound
        Deaths above which a month is remembered as this many.
    """

    shares: tuple[float, float, float] = (1 / 3, 1 / 3, 1 / 3)
    half_lives: tuple[float, float, float] = (1.5, 8.0, 36.0)
    widths: tuple[float, float, float] = (0.7, 0.6, 0.6)
    analogue_half_life: float = 240.0
    analogue_burn: int = 24
    level_half_life: float = 6.0
    level_floor: float = 10.0
    level_share: float = 0.5
    own_half_life: float = 12.0
    burn: int = 12
    forgetting: float = 120.0
    clip: int = 1000
    bound: int = 2000

    def __post_init__(self) -> None:
        if min(self.shares) < 0 or abs(sum(self.shares) - 1) > 1e-9:
            raise InvalidValue("CountrySettings.shares", self.shares, "three shares that sum to 1")
        if not 0 < self.half_lives[0] < self.half_lives[1] < self.half_lives[2]:
            raise InvalidValue("CountrySettings.half_lives", self.half_lives, "ascending months above zero")
        for name in ("analogue_half_life", "level_half_life", "level_floor", "own_half_life", "forgetting"):
            if not getattr(self, name) > 0:
                raise InvalidValue(f"CountrySettings.{name}", getattr(self, name), "a number above zero")
        if not min(self.widths) > 0:
            raise InvalidValue("CountrySettings.widths", self.widths, "numbers above zero")
        if not 0 <= self.level_share <= 1:
            raise InvalidValue("CountrySettings.level_share", self.level_share, "a share in [0, 1]")
        for name in ("analogue_burn", "burn", "clip", "bound"):
            if not getattr(self, name) >= 1:
                raise InvalidValue(f"CountrySettings.{name}", getattr(self, name), "one or more")
