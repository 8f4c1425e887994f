"""
Forecasts that anybody can make, by country: what the model must beat.

Each knows only a panel and gives whole deaths, shape (draws, countries, horizon), every draw independent of the others in
country and month. A country of which nothing is known has no deaths, except in the bootstrap.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from exitplan.engine.country.forecast import Deaths
from exitplan.engine.country.panel import CountryPanel
from exitplan.engine.streams import stream

Benchmark = Callable[[CountryPanel, int, int, int], Deaths]


def zero(panel: CountryPanel, horizon: int, draws: int, seed: int) -> Deaths:
    """No deaths anywhere."""
    return np.zeros((draws, len(panel.countries), horizon), dtype=np.int64)


def last_value(panel: CountryPanel, horizon: int, draws: int, seed: int) -> Deaths:
    """Poisson around the last known month of each country: VIEWS' "last historical" benchmark."""
    out = zero(panel, horizon, draws, seed)
    for row, country in enumerate(panel.countries):
        past = panel.past(row)
        if past.size:
            out[:, row] = stream(seed, "country-benchmark", "last", country).poisson(past[-1], (draws, horizon))
    return out


def own_past(months: int | None) -> Benchmark:
    """Months drawn from the country's own last `months`, or all of them: VIEWS' "conflictology" at 12."""

    def benchmark(panel: CountryPanel, horizon: int, draws: int, seed: int) -> Deaths:
        out = zero(panel, horizon, draws, seed)
        for row, country in enumerate(panel.countries):
            past = panel.past(row)[-(months or 0) :]
            if past.size:
                rng = stream(seed, "country-benchmark", f"own-{months or 'all'}", country)
                out[:, row] = np.ceil(past[rng.integers(0, past.size, (draws, horizon))])
        return out

    return benchmark


def country_bootstrap(panel: CountryPanel, horizon: int, draws: int, seed: int) -> Deaths:
    """Months drawn from the last 12 of all countries together: VIEWS' "bootstrap"."""
    past = panel.deaths[:, -12:]
    known = past[~np.isnan(past)]
    if not known.size:
        return zero(panel, horizon, draws, seed)
    at = stream(seed, "country-benchmark", "bootstrap").integers(0, known.size, (draws, len(panel.countries), horizon))
    return np.asarray(np.ceil(known[at]).astype(np.int64))


BENCHMARKS: dict[str, Benchmark] = {
    "zero": zero,
    "last-value": last_value,
    "own-12": own_past(12),
    "own-36": own_past(36),
    "own-all": own_past(None),
    "country-bootstrap": country_bootstrap,
}
