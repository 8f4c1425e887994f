"""
A linear pool of the model with what has been.

    p(y) = w0 p_model(y) + w1 p_own36(y) + w2 p_own12(y) + w3 p_areas(y)

The past knows nothing of plans, so the share 1 - w0 of a pooled probability cannot differ between plans: pool what is
forecast, compare plans on the model's part. Every part stays readable beside the pooled value.

References
----------
.. [1] Stone, M. (1961). The opinion pool. Annals of Mathematical Statistics 32(4), 1339-1342.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from exitplan.domain.errors import InvalidValue
from exitplan.engine.stability.panel import Floats
from exitplan.engine.stability.tally import Chance, Tally


@dataclass(frozen=True, kw_only=True)
class Pool:
    """Counts of futures of each part, the model's first, and the parts' weights, each in [0, 1], summing to 1."""

    parts: tuple[Tally, ...]
    weights: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.weights) != len(self.parts) or not self.parts:
            raise InvalidValue("Pool.weights", self.weights, f"one for each of {len(self.parts)} parts")
        if not all(0.0 <= w <= 1.0 for w in self.weights) or not abs(sum(self.weights) - 1.0) < 1e-6:
            raise InvalidValue("Pool.weights", self.weights, "shares in [0, 1] that sum to 1")
        shape, marks = self.model.months.shape, self.model.marks
        for part in self.parts:
            if part.months.shape != shape or part.marks != marks:
                raise InvalidValue("Pool.parts", part.months.shape, f"the shape {shape} and marks of the model")

    @property
    def model(self) -> Tally:
        """The part that knows of plans."""
        return self.parts[0]

    def _mixed(self, value: Callable[[Tally], Floats]) -> Floats:
        return np.asarray(sum(w * value(part) for w, part in zip(self.weights, self.parts, strict=True) if w))

    def shares(self) -> Floats:
        """Probability of each bin of deaths, shape (places, horizon, bins)."""
        return self._mixed(Tally.shares)

    def means(self) -> Floats:
        """Mean deaths, shape (places, horizon + 1); the last column is the whole horizon."""
        return self._mixed(Tally.means)

    def errors(self) -> Floats:
        """Monte Carlo standard errors of the means, same shape."""
        weighed = [w * part.errors() for w, part in zip(self.weights, self.parts, strict=True)]
        return np.asarray(np.sqrt(np.sum(np.square(weighed), axis=0)))

    def chance(self, definition: int, unit: int, mark: int) -> Chance:
        """The pooled probability; the ends of its interval are pooled too: only the model has doubt about parameters."""
        return self._pooled(self.weights, definition, unit, mark)

    def past(self, definition: int, unit: int, mark: int) -> Chance:
        """The same probability without the model: what has been alone says; the model's where it has all the weight."""
        rest = sum(self.weights[1:])
        shares = (0.0, *(w / rest for w in self.weights[1:])) if rest else self.weights
        return self._pooled(shares, definition, unit, mark)

    def _pooled(self, weights: tuple[float, ...], definition: int, unit: int, mark: int) -> Chance:
        said = [(w, part.chance(definition, unit, mark)) for w, part in zip(weights, self.parts, strict=True) if w]
        return Chance(
            p=sum(w * c.p for w, c in said),
            error=float(np.sqrt(sum((w * c.error) ** 2 for w, c in said))),
            low=sum(w * c.low for w, c in said),
            high=sum(w * c.high for w, c in said),
        )
