"""
Rolling origins on which the settings of the country forecast were chosen: state-based deaths, Africa and Israel.

    python -m bench.backtest_country FOLDER [--draws N] [--seed N]

FOLDER as `exitplan backtest country --data` wants it. Origins: each October from 1995 to 2015, months 3 to 14 ahead, so that
nothing after 2016 is used. Prints the pool, its parts and every benchmark, over all countries and over mission hosts.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from exitplan.domain.months import month_index
from exitplan.engine.country.benchmarks import BENCHMARKS
from exitplan.engine.country.comparison import COLUMNS, POOL, Scored, joined, score
from exitplan.engine.country.forecast import PARTS, forecast
from exitplan.engine.country.panel import CountryPanel
from exitplan.engine.country.settings import CountrySettings
from exitplan.importers.priors import COUNTRY, read_priors
from exitplan.importers.views import read_views

ORIGINS = tuple(f"{year}-10" for year in range(1995, 2016))
HORIZON, SKIPPED = 14, 2
LAST = month_index("2016-12")


def main() -> None:
    """Forecast, score, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--draws", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    views, priors = read_views(given.folder), read_priors(COUNTRY)
    settings = {POOL: CountrySettings()} | {
        part: CountrySettings(shares=tuple(float(i == at) for i in range(3)))  # type: ignore[arg-type]
        for at, part in enumerate(PARTS)
    }
    some: list[Scored] = []
    for origin in map(month_index, ORIGINS):
        known = {
            c: (first, deaths[: LAST - first + 1]) for c, (first, deaths) in views.african.items() if first <= origin
        }
        panel = CountryPanel.of(known, origin)
        made = {
            name: forecast(panel, priors, horizon=HORIZON, draws=given.draws, seed=given.seed, settings=s)
            for name, s in settings.items()
        } | {name: make(panel, HORIZON, given.draws, given.seed) for name, make in BENCHMARKS.items()}
        months = origin + 1 + np.arange(SKIPPED, HORIZON)
        happened = np.array([[known[c][1][m - known[c][0]] for m in months] for c in panel.countries])
        some.append(
            score(
                {n: d[:, :, SKIPPED:].reshape(given.draws, -1).astype(float) for n, d in made.items()},
                happened.ravel(),
                np.repeat(panel.countries, months.size),
                np.tile(months, len(panel.countries)),
                given.seed,
            )
        )
    whole = joined(some)
    for title, rows in (("all", np.ones(whole.month.size, bool)), ("hosts", np.isin(whole.country, views.hosts))):
        part = whole.only(rows)
        print(f"{title}: {np.unique(part.country).size} countries, {part.month.size} country-months")
        print(f"{'':20s}" + "".join(f"{name:>16s}" for name in COLUMNS))
        for name, table in part.by.items():
            print(f"{name:20s}" + "".join(f"{value:16.3f}" for value in table.mean(axis=0)))


if __name__ == "__main__":
    main()
