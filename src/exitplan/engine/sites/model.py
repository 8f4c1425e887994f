"""
The chance that a closed site sees an event of violence nearby, with the parameters that come along.

logit P = b0 + sum_k b_k x_k, with x the history of violence around the site up to the day before the month of closure
(`engine.sites.history`). Nothing about the mission enters: no name, country, size or kind of closure.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from exitplan.domain.results.base import Band
from exitplan.domain.risk_model import RiskModel
from exitplan.engine.binary.shipped import bands
from exitplan.engine.sites.around import RADII, Around, Months
from exitplan.engine.sites.history import history


@dataclass(frozen=True)
class Outcome:
    """An event within a distance and a window of months that begins with the month of closure."""

    radius: int
    """Kilometres, out of `RADII`."""
    months: int

    @property
    def code(self) -> str:
        """Such as `event-50km-24m`."""
        return f"event-{self.radius}km-{self.months}m"

    @property
    def ring(self) -> int:
        """Its place in `RADII`."""
        return RADII.index(float(self.radius))


MAIN = Outcome(50, 24)
OUTCOMES = (MAIN, Outcome(50, 12), Outcome(25, 24), Outcome(25, 12))


def site_risk(near: Around, month: Months, model: RiskModel, outcome: Outcome = MAIN) -> tuple[Band, ...]:
    """
    The chance of an event near each site after it closes, with its 90 % interval.

    Parameters
    ----------
    near
        Events around the sites on all sides, across borders too, up to 400 km away and 60 months back as far as they are known.
    month
        Month index of each closure, planned or past, shape (sites,). Events of that month and later are not looked at.
    model
        The parameters.
    outcome
        Distance and window, out of `OUTCOMES`.

    Returns
    -------
    tuple of Band
        The chance and its interval from the doubt about the coefficients; what the model leaves out is not in it.

    Raises
    ------
    NotFound
        For an outcome that the model was not fitted for.
    """
    return bands(model.of(outcome.code), history(near, np.arange(len(month)), month, model.variables))
