"""
What an area remembers: bounded exponential memories of deaths, each known before the month it is used for.

A memory of half-life h follows e[t + 1] = d e[t] + (1 - d) min(ln(1 + y[t]), ln 61) with d = 2^(-1 / h). The bound
keeps simulated violence from feeding on itself without limit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from exitplan.engine.stability.panel import Floats, Panel

HALF_LIVES = (1.5, 8.0, 36.0)
"""Months in which the short, middle and long memory lose half of what they hold."""
DECAYS = tuple(2.0 ** (-1.0 / h) for h in HALF_LIVES)
BOUND = math.log(61.0)
"""Largest value one month may add: that of 60 deaths."""


@dataclass(frozen=True)
class Memories:
    """
    Memories before each month, and before the first unobserved one (last column).

    Parameters
    ----------
    own
        Short, middle and long memory of each area, shape (3, areas, months + 1), each in [0, ln 61].
    near
        Weighted mean of the neighbours' short memory, shape (areas, months + 1).
    country
        Mean of all areas' short memory, shape (months + 1,).
    """

    own: Floats
    near: Floats
    country: Floats


def remember(panel: Panel) -> Memories:
    """Run the memories through a panel, starting from nothing; treat the first 12 months as burn-in."""
    logs = np.minimum(np.log1p(panel.deaths), BOUND)
    areas, months = logs.shape
    own = np.zeros((3, areas, months + 1))
    for k, decay in enumerate(DECAYS):
        for t in range(months):
            own[k, :, t + 1] = decay * own[k, :, t] + (1 - decay) * logs[:, t]
    near = np.einsum("ij,jt->it", panel.neighbours, own[0])
    return Memories(own=own, near=near, country=own[0].mean(axis=0))
