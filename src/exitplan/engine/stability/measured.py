"""
Recorded deaths are estimates: histories that may have been, drawn between the low and the high count of every month.

Each area-month with a range takes a count from the triangular distribution over it, with the best estimate as its mode.
Futures drawn from several such histories hold the doubt about what was counted, in the fit and in where they start. It is
doubt within the source's own range; violence that no source knows of is not in it. Method page: docs/methods/futures.md.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from exitplan.engine.stability.panel import Panel
from exitplan.engine.streams import stream

HISTORIES = 4
"""Histories that futures are drawn from, where any count has a range."""


def histories(panel: Panel, seed: int) -> tuple[Panel, ...]:
    """
    Histories that may have been, in whole deaths.

    Parameters
    ----------
    panel
        Recorded deaths with their ranges.
    seed
        Zero or more; the same for every plan, so that plans are compared over the same histories.

    Returns
    -------
    tuple of Panel
        `HISTORIES` of them without ranges; the panel alone where low, best and high agree everywhere.
    """
    if not panel.ranged:
        return (panel,)
    wide = panel.high > panel.low
    low, best, high = panel.low[wide], panel.deaths[wide], panel.high[wide]
    found = []
    for k in range(HISTORIES):
        deaths = np.array(panel.deaths)
        deaths[wide] = np.rint(stream(seed, "measurement", str(k)).triangular(low, best, high))
        found.append(replace(panel, deaths=deaths, low=deaths, high=deaths))
    return tuple(found)
