"""
Security cover: how mission, host institutions and post-exit support stand in for one another.

    G = 1 - (1 - m) (1 - C) (1 - q)                      each between 0 and 1
    z[t + 1] = 2^(-1/3) z[t] + max(0, m[t - 1] - m[t])    withdrawal shock, half-life 3 months

The model is fitted on a history that was lived under some cover, so only *changes* of G against the origin act.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from exitplan.domain.errors import InvalidValue
from exitplan.engine.stability.panel import Floats

SHOCK_DECAY = 2.0 ** (-1.0 / 3.0)


@dataclass(frozen=True, kw_only=True)
class Presence:
    """
    Who is there, by area and month; column 0 is the origin (the last observed month), column t is t months later.

    Parameters
    ----------
    mission
        Modelled reach of the mission, m: shape (areas, horizon + 1), each in [0, 1].
    host
        Capacity of host institutions, C: same shape and range.
    support
        Post-exit support (advisers, reserve over the horizon, guard force), q: same shape and range.
    shift
        A scenario's shift of the monthly odds of violence, in logits: same shape, finite; none when left out. Column 0 is
        not used. It is an assumption about the world, so causal credibility does not shrink it.
    people
        Population of each area, by which the country's change of cover is weighted: shape (areas,), zero or more, not all
        zero; equal weights when left out.
    switches
        Risks at the country's level that are switched on (an election, a spoiler, a neighbour at war), as logits of the
        monthly moves between regimes: shape (horizon,), finite, above zero for the worse; none when left out. Causal
        credibility does not shrink them either.
    """

    mission: Floats
    host: Floats
    support: Floats
    shift: Floats = field(default_factory=lambda: np.zeros((0, 0)))
    people: Floats = field(default_factory=lambda: np.zeros(0))
    switches: Floats = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        for name in ("mission", "host", "support"):
            values = np.array(getattr(self, name), dtype=np.float64)
            if values.ndim != 2 or values.shape[1] < 2 or values.shape != np.shape(self.mission):
                raise InvalidValue(f"Presence.{name}", values.shape, "shape (areas, horizon + 1), alike for all three")
            if not np.all((values >= 0.0) & (values <= 1.0)):
                raise InvalidValue(f"Presence.{name}", "shares", "every value in [0, 1]")
            values.setflags(write=False)
            object.__setattr__(self, name, values)
        shift = np.array(self.shift, dtype=np.float64) if np.size(self.shift) else np.zeros(self.mission.shape)
        if shift.shape != self.mission.shape or not np.all(np.isfinite(shift)):
            raise InvalidValue("Presence.shift", shift.shape, f"finite logits of shape {self.mission.shape}")
        areas = self.mission.shape[0]
        people = np.array(self.people, dtype=np.float64) if np.size(self.people) else np.ones(areas)
        if people.shape != (areas,) or not np.all(np.isfinite(people) & (people >= 0)) or not people.any():
            raise InvalidValue(
                "Presence.people", people.tolist(), f"{areas} numbers of people, zero or more, not all zero"
            )
        switches = np.array(self.switches, dtype=np.float64) if np.size(self.switches) else np.zeros(self.horizon)
        if switches.shape != (self.horizon,) or not np.all(np.isfinite(switches)):
            raise InvalidValue("Presence.switches", switches.tolist(), f"{self.horizon} finite logits")
        for name, values in (("shift", shift), ("people", people), ("switches", switches)):
            values.setflags(write=False)
            object.__setattr__(self, name, values)

    @classmethod
    def unchanged(cls, areas: int, horizon: int) -> Presence:
        """A presence that stays as it is; its level does not matter."""
        nobody = np.zeros((areas, horizon + 1))
        return cls(mission=nobody, host=nobody, support=nobody)

    @property
    def horizon(self) -> int:
        """Months after the origin."""
        return int(self.mission.shape[1]) - 1

    @property
    def cover(self) -> Floats:
        """Security cover G, shape (areas, horizon + 1), each in [0, 1]."""
        return np.asarray(1.0 - (1.0 - self.mission) * (1.0 - self.host) * (1.0 - self.support))

    @property
    def change(self) -> Floats:
        """Change of cover against the origin for each future month, shape (areas, horizon), each in [-1, 1]."""
        cover = self.cover
        return np.asarray(cover[:, 1:] - cover[:, :1])

    @property
    def shock(self) -> Floats:
        """Withdrawal shock for each future month, shape (areas, horizon), zero or more; starts a month after the fall."""
        fall = np.maximum(0.0, self.mission[:, :-1] - self.mission[:, 1:])
        shock = np.zeros_like(fall)
        for t in range(1, fall.shape[1]):
            shock[:, t] = SHOCK_DECAY * shock[:, t - 1] + fall[:, t - 1]
        return shock

    @cached_property
    def country_change(self) -> Floats:
        """Change of cover against the origin, averaged over people, shape (horizon,), each in [-1, 1]."""
        return self._over_people(self.change)

    @cached_property
    def country_shock(self) -> Floats:
        """Withdrawal shock, averaged over people, shape (horizon,), zero or more."""
        return self._over_people(self.shock)

    def _over_people(self, values: Floats) -> Floats:
        return np.asarray(np.sum((self.people / self.people.sum())[:, None] * values, axis=0))
