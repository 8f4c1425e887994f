"""
A linear pool of the model with the area's own recent past.

    p(y) = w p_model(y) + (1 - w) p_own(y)

The past knows nothing of plans, so a share 1 - w of a pooled probability cannot differ between plans: pool what is
forecast, compare plans on the model's part. Both parts stay readable beside the pooled value.

References
----------
.. [1] Stone, M. (1961). The opinion pool. Annals of Mathematical Statistics 32(4), 1339-1342.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from exitplan.domain.errors import InvalidValue
from exitplan.engine.stability.panel import Floats
from exitplan.engine.stability.tally import Chance, Tally

MODEL_WEIGHT = 0.5


@dataclass(frozen=True, kw_only=True)
class Pool:
    """Two counts of futures, of the model and of the area's own past, and the model's weight in [0, 1]."""

    model: Tally
    own: Tally
    weight: float = MODEL_WEIGHT

    def __post_init__(self) -> None:
        if not 0.0 <= self.weight <= 1.0:
            raise InvalidValue("Pool.weight", self.weight, "a share in [0, 1]")
        if self.model.months.shape != self.own.months.shape or self.model.marks != self.own.marks:
            raise InvalidValue(
                "Pool.own", self.own.months.shape, f"the shape {self.model.months.shape} and marks of the model"
            )

    def _mixed(self, model: Floats, own: Floats) -> Floats:
        return np.asarray(self.weight * model + (1.0 - self.weight) * own)

    def shares(self) -> Floats:
        """Probability of each bin of deaths, shape (places, horizon, bins)."""
        return self._mixed(self.model.shares(), self.own.shares())

    def total_shares(self) -> Floats:
        """Probability of each bin of deaths over the whole horizon, shape (places, bins)."""
        return self._mixed(self.model.total_shares(), self.own.total_shares())

    def means(self) -> Floats:
        """Mean deaths, shape (places, horizon + 1); the last column is the whole horizon."""
        return self._mixed(self.model.means(), self.own.means())

    def errors(self) -> Floats:
        """Monte Carlo standard errors of the means, same shape."""
        return np.asarray(np.hypot(self.weight * self.model.errors(), (1.0 - self.weight) * self.own.errors()))

    def by_month(self, definition: int) -> Floats:
        """Probability that a definition was met within 1, 2, ... months, shape (units, horizon)."""
        return self._mixed(self.model.by_month(definition), self.own.by_month(definition))

    def chance(self, definition: int, unit: int, mark: int) -> Chance:
        """The pooled probability; the ends of its interval are pooled too: only the model has doubt about parameters."""
        model, own, w = self.model.chance(definition, unit, mark), self.own.chance(definition, unit, mark), self.weight
        return Chance(
            p=w * model.p + (1 - w) * own.p,
            error=float(np.hypot(w * model.error, (1 - w) * own.error)),
            low=w * model.low + (1 - w) * own.low,
            high=w * model.high + (1 - w) * own.high,
        )
