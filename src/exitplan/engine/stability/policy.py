"""
Leaving by conditions: each area is left in the first month in which it has been calm long enough, instead of on a date.

An area may be left from its earliest month on, once each of the last `calm` months had at most `bar` deaths there; not while
the country was in crisis the month before, where the policy pauses then; and no more areas a month than there are slots, in
the order given. What is decided uses only what was seen before the month. Method page: docs/methods/futures.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from exitplan.domain.errors import InvalidValue
from exitplan.engine.stability.cover import Presence
from exitplan.engine.stability.panel import Floats, Panel

LONGEST_POLICY = 120
"""Months of a horizon that a policy may have: a table of shocks grows with its square."""
MUCH = 2_000_000_000


@dataclass(frozen=True, kw_only=True)
class Policy:
    """
    When each area is left, beside a presence that says how it is while everybody stays.

    Parameters
    ----------
    left
        Who is there in an area once it was left; same areas and horizon as the presence beside it. Only its mission, host
        and support count.
    earliest
        First month in which an area may be left, 1 being the month after the origin; shape (areas,). A month beyond the
        horizon is never.
    calm
        Months in a row that had at most `bar` deaths, observed ones included; shape (areas,), zero or more.
    bar
        Deaths in a month up to which it counts as calm; shape (areas,), zero or more, infinite for always.
    slots
        Areas that may be left in one month, one or more.
    order
        Positions of the areas, those that go first in front; each once. As listed when left out.
    pause
        Whether nobody leaves after a month in which the country was in crisis.
    """

    left: Presence
    earliest: NDArray[np.int64]
    calm: NDArray[np.int64]
    bar: Floats
    slots: int
    order: tuple[int, ...] = ()
    pause: bool = False

    def __post_init__(self) -> None:
        areas = self.left.mission.shape[0]
        for name, least, kind in (("earliest", 1, np.int64), ("calm", 0, np.int64), ("bar", 0, np.float64)):
            values = np.array(getattr(self, name), dtype=kind)
            if values.shape != (areas,) or not np.all(values >= least):
                raise InvalidValue(f"Policy.{name}", values.tolist(), f"{areas} numbers, each {least} or more")
            values.setflags(write=False)
            object.__setattr__(self, name, values)
        if not self.slots >= 1:
            raise InvalidValue("Policy.slots", self.slots, "one area a month or more")
        order = tuple(self.order) or tuple(range(areas))
        if sorted(order) != list(range(areas)):
            raise InvalidValue("Policy.order", order, f"each of the {areas} positions once")
        object.__setattr__(self, "order", order)
        if not self.left.horizon <= LONGEST_POLICY:
            raise InvalidValue("Policy.left", self.left.horizon, f"at most {LONGEST_POLICY} months")

    def streak(self, panel: Panel) -> NDArray[np.int64]:
        """Calm months in a row that end at the origin, shape (areas,)."""
        loud = panel.deaths > self.bar[:, None]
        quiet = np.argmax(loud[:, ::-1], axis=1)
        return np.asarray(np.where(loud.any(axis=1), quiet, panel.months), dtype=np.int64)

    def when_left(self, stay: Presence, month: int) -> Presence:
        """The presence if every area is left in one month (1 or more); a month beyond the horizon is never."""
        gone = np.arange(stay.horizon + 1) >= month
        parts = {
            name: np.where(gone, getattr(self.left, name), getattr(stay, name))
            for name in ("mission", "host", "support")
        }
        return replace(stay, **parts)

    def tables(self, stay: Presence) -> tuple[Floats, Floats, Floats]:
        """
        Change of cover while an area is held, and once it was left, each (horizon, areas); and the withdrawal shock by the
        month of leaving, counted from zero, the last being never: (horizon + 1, horizon, areas).

        Raises
        ------
        InvalidValue
            When the two presences have not the same areas and months.
        """
        if stay.mission.shape != self.left.mission.shape:
            raise InvalidValue("Policy.left", self.left.mission.shape, f"the presence's shape {stay.mission.shape}")
        shocks = np.stack([self.when_left(stay, month + 1).shock.T for month in range(stay.horizon + 1)])
        return stay.change.T, (self.left.cover[:, 1:] - stay.cover[:, :1]).T, shocks
