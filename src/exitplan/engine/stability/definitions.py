"""
What counts as renewed armed violence: named definitions, each a threshold on a rolling sum of deaths.

A definition is read on windows that cross the origin: nine deaths in observed months and sixteen in simulated ones make
twenty-five. Results therefore say whether the definition was already met at the origin.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from exitplan.domain.errors import InvalidValue, NotFound
from exitplan.domain.findings import Wanted
from exitplan.domain.kinds import Mission
from exitplan.engine.stability.panel import Floats, Panel

Scope = Literal["country", "area"]
Caveat = Literal["calendar-year-rule", "other-violence-types", "own-past-threshold", "quiet-below-25"]

MONTHS_OF_OWN_PAST = 36


@dataclass(frozen=True, kw_only=True)
class Definition:
    """
    A named definition of renewed armed violence.

    Parameters
    ----------
    code
        Short name, such as `R25`.
    scope
        Whether deaths are summed over the country or per area.
    window
        Months summed, 1 to 12.
    threshold
        Deaths in the window that meet it, above 0; without one, an area's threshold comes from `own_share`.
    own_share
        Quantile of the area's own rolling sums over the last 36 observed months that must be exceeded, in (0, 1).
    types
        UCDP types of violence that the definition speaks of; empty means those of the panel.
    """

    code: str
    scope: Scope
    window: int = 12
    threshold: float | None = None
    own_share: float | None = None
    types: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.window <= 12:
            raise InvalidValue("Definition.window", self.window, "1 to 12 months")
        if (self.threshold is None) == (self.own_share is None):
            raise InvalidValue("Definition.threshold", self.threshold, "either a threshold or an own share")
        if self.threshold is not None and not 0 < self.threshold < float("inf"):
            raise InvalidValue("Definition.threshold", self.threshold, "deaths above 0")
        if self.own_share is not None and not (0 < self.own_share < 1 and self.scope == "area"):
            raise InvalidValue("Definition.own_share", self.own_share, "a share in (0, 1), for areas")

    def thresholds(self, panel: Panel) -> Floats:
        """Whole deaths that meet the definition: shape (1,) for a country, (areas,) for areas; each 1 or more."""
        if self.threshold is not None:
            size = 1 if self.scope == "country" else len(panel.areas)
            return np.full(size, max(1.0, float(np.ceil(self.threshold))))
        recent = rolling(panel.deaths[:, -(MONTHS_OF_OWN_PAST + self.window - 1) :], self.window)
        own = np.quantile(recent, self.own_share or 0.0, axis=1)
        return np.asarray(np.floor(own) + 1.0)

    def met(self, panel: Panel) -> tuple[bool, ...]:
        """Whether the window that ends at the origin meets it already: one value for a country, one per area else."""
        sums = panel.deaths[:, -self.window :].sum(axis=1)
        counted = np.array([sums.sum()]) if self.scope == "country" else sums
        return tuple(bool(x) for x in counted >= self.thresholds(panel))

    def caveats(self, panel: Panel) -> tuple[Caveat, ...]:
        """What a reader must know before comparing this definition with a published list, as codes."""
        found: list[Caveat] = []
        if self.types and set(self.types) != set(panel.types):
            found.append("other-violence-types")
        if self.scope == "country" and self.window == 12:
            found.append("calendar-year-rule")
        if self.own_share is not None:
            found.append("own-past-threshold")
        found.append("quiet-below-25")
        return tuple(found)


def rolling(deaths: Floats, window: int) -> Floats:
    """Rolling sums over `window` months along the last axis; one value for every full window."""
    total = np.concatenate([np.zeros((*deaths.shape[:-1], 1)), np.cumsum(deaths, axis=-1)], axis=-1)
    sums: Floats = total[..., window:] - total[..., :-window]
    return sums


R25 = Definition(code="R25", scope="country", threshold=25, types=(1,))
"""State-based, 25 deaths or more in the country in 12 months (UCDP's own rule is per calendar year and per dyad)."""
R1000 = Definition(code="R1000", scope="country", threshold=1000, types=(1,))
"""State-based, 1,000 deaths or more in the country in 12 months."""
A25 = Definition(code="A25", scope="area", threshold=25)
"""25 deaths or more in one area in 12 months."""
AX = Definition(code="AX", scope="area", window=3, own_share=0.95)
"""An area's three-month sum above the 95th percentile of its own last 36."""

PRESETS = (R25, R1000, A25, AX)


def definition_of(mission: Mission, code: str | None) -> Definition:
    """The definition of that code, the mission's main one where left out. Raises NotFound."""
    known = definitions_of(mission)
    wanted = code or mission.renewed_violence
    for definition in known:
        if definition.code == wanted:
            return definition
    raise NotFound("definition", wanted, tuple(d.code for d in known))


def place_of(definition: Definition, area: str | None, areas: tuple[str, ...]) -> int:
    """
    Place among `areas` of the area that a definition is to be read for; 0 where it is read for the country.

    Raises
    ------
    InvalidValue
        For an area where none is read, and for none where one is.
    NotFound
        For an area that is not among them.
    """
    if definition.scope == "country":
        if area:
            raise InvalidValue("area", area, Wanted("none: {code} is read for the country", code=definition.code))
        return 0
    if not area:
        raise InvalidValue("area", "", Wanted("an area: {code} is read per area", code=definition.code))
    if area not in areas:
        raise NotFound("area", area, areas)
    return areas.index(area)


def custom(code: str, *, scope: Scope, threshold: float, window: int = 12, types: tuple[int, ...] = ()) -> Definition:
    """A mission's own definition: deaths in a window of months, over the country or per area."""
    return Definition(code=code, scope=scope, window=window, threshold=threshold, types=types)


def definitions_of(mission: Mission) -> tuple[Definition, ...]:
    """The named definitions, then the mission's own."""
    own = (
        custom(d.code, scope=d.scope, threshold=d.threshold, window=d.window, types=tuple(sorted(d.types)))
        for d in mission.definitions
    )
    return (*PRESETS, *own)
