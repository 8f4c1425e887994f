"""
An optional last step: pooled forecasts, moved to where those of other missions should have been.

The transform of what happened (`scores.pit`) is uniform when forecasts are calibrated. Where G is its distribution function
over other missions' forecasts that have come due, a chance F of so many deaths or fewer is read as G(F). One map serves all
area-months. Method page: docs/methods/scores.md.

References
----------
.. [1] Gneiting, T., and Ranjan, R. (2013). Combining predictive distributions. Electronic Journal of Statistics 7, 1747-1782:
       calibration by a monotone map of a pooled distribution function.
.. [2] Clark, M., et al. (2004). The Schaake shuffle. Journal of Hydrometeorology 5, 243-262: ranks keep what hangs together.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from exitplan.engine.stability.backtest import Judged
from exitplan.engine.stability.benchmarks import Deaths
from exitplan.engine.stability.panel import Floats
from exitplan.engine.stability.scores import pit_share

LEVELS = np.linspace(0.0, 1.0, 21)
"""Where the map is known; linear between. As a map itself it moves nothing."""


def learned(missions: Sequence[Judged]) -> Floats:
    """G at `LEVELS`, rising from 0 to 1: the mean over missions, each with one voice."""
    shares = [[pit_share(m.below, m.upto, 0.0, u).mean() for u in LEVELS] for m in missions]
    return np.asarray(np.mean(shares, axis=0))


def recalibrated(deaths: Deaths, levels: Floats, rng: np.random.Generator) -> Deaths:
    """
    Draws under a map, shape (draws, areas, horizon) as given.

    A draw keeps its rank among the draws of its area-month, equal ones ranked by lot: areas and months hang together as before.
    """
    draws = deaths.reshape(len(deaths), -1)
    order = np.lexsort((rng.random(draws.shape), draws), axis=0)
    middles = (np.arange(len(draws)) + 0.5) / len(draws)
    taken = (np.interp(middles, levels, LEVELS) * len(draws)).astype(int)
    moved = np.empty_like(draws)
    np.put_along_axis(moved, order, np.take_along_axis(draws, order, axis=0)[taken], axis=0)
    return moved.reshape(deaths.shape)
