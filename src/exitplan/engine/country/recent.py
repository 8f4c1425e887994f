"""
A country's own recent months, drawn anew: the nearer a month, the more often.

    P(month s) ∝ 2^(-(t - s) / h)

VIEWS' "conflictology" draws the last twelve months equally often; here older ones fade instead of falling out.
"""

from __future__ import annotations

import numpy as np

from exitplan.engine.country.panel import CountryPanel, Floats
from exitplan.engine.country.settings import CountrySettings


def own_months(
    panel: CountryPanel, row: int, size: tuple[int, int], s: CountrySettings, rng: np.random.Generator
) -> Floats:
    """
    Months of one country's past; months ahead are independent of each other.

    Parameters
    ----------
    row
        A country with one known month or more.
    size
        Draws and months ahead.

    Returns
    -------
    np.ndarray
        Shape `size`, whole deaths.
    """
    past = panel.past(row)
    reached = np.cumsum(2.0 ** (-np.arange(past.size)[::-1] / s.own_half_life))
    at = np.searchsorted(reached, rng.random(size) * reached[-1], side="right")
    return np.asarray(np.ceil(past[np.minimum(at, past.size - 1)]))
