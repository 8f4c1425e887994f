"""
Forecasts that a model must beat, all made of months that have been. Each knows only the deaths up to the origin.

Samples have the shape (draws, areas, horizon) and whole deaths; every draw is independent of the others in area and month.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from exitplan.engine.stability.panel import Floats, Panel
from exitplan.engine.streams import stream

Deaths = NDArray[np.int64]
Benchmark = Callable[[Panel, int, int, int], Deaths]


def own_months(panel: Panel, months: int | None) -> Floats:
    """The last months of each area, or all of them: shape (areas, months)."""
    return panel.deaths if months is None else panel.deaths[:, -months:]


def all_months(panel: Panel, months: int) -> Floats:
    """The last months of all areas together, the same for each: shape (areas, areas * months)."""
    every = panel.deaths[:, -months:].ravel()
    return np.broadcast_to(every, (len(panel.areas), every.size))


def zero(panel: Panel, horizon: int, draws: int, seed: int) -> Deaths:
    """No deaths anywhere."""
    return np.zeros((draws, len(panel.areas), horizon), dtype=np.int64)


def last_value(panel: Panel, horizon: int, draws: int, seed: int) -> Deaths:
    """Poisson around the last observed month of each area (one of VIEWS' benchmarks)."""
    rng = stream(seed, "benchmark", "last-value")
    mean = np.broadcast_to(panel.deaths[:, -1][None, :, None], (draws, len(panel.areas), horizon))
    return rng.poisson(mean).astype(np.int64)


def own_past(months: int | None) -> Benchmark:
    """Months drawn from the area's own last `months`, or all of them: what VIEWS calls conflictology."""

    def benchmark(panel: Panel, horizon: int, draws: int, seed: int) -> Deaths:
        past = own_months(panel, months)
        out = np.empty((draws, len(panel.areas), horizon), dtype=np.int64)
        for i, code in enumerate(panel.areas):
            rng = stream(seed, "benchmark", f"own-{months or 'all'}", code)
            out[:, i, :] = np.ceil(past[i, rng.integers(0, past.shape[1], (draws, horizon))])
        return out

    return benchmark


def area_bootstrap(panel: Panel, horizon: int, draws: int, seed: int) -> Deaths:
    """Months drawn from the last 12 of all areas together."""
    rng = stream(seed, "benchmark", "area-bootstrap")
    past = all_months(panel, 12)[0]
    out: Deaths = np.ceil(past[rng.integers(0, past.size, (draws, len(panel.areas), horizon))]).astype(np.int64)
    return out


BENCHMARKS: dict[str, Benchmark] = {
    "zero": zero,
    "last-value": last_value,
    "own-12": own_past(12),
    "own-36": own_past(36),
    "own-all": own_past(None),
    "area-bootstrap": area_bootstrap,
}
_PAST: dict[str, Callable[[Panel], Floats]] = {
    "own-36": lambda panel: own_months(panel, 36),
    "own-12": lambda panel: own_months(panel, 12),
    "area-bootstrap": lambda panel: all_months(panel, 12),
}
PARTS = tuple(_PAST)
"""Benchmarks that are pooled with the model, in the order of `domain.priors.Pooling.weights`."""


def pasts(panel: Panel) -> tuple[Floats, ...]:
    """The months that the pooled benchmarks draw from, in the order of `PARTS`."""
    return tuple(past(panel) for past in _PAST.values())
