"""
The official benchmarks of the VIEWS prediction competition by country and month, and the histories to forecast against them.

A folder with two others in it: `views_forecasts` (draws of two benchmarks for mission host countries, and what happened) and
`ucdp_country_month` (histories). For scoring only: nothing of it is kept.

References
----------
.. [1] Hegre, H., et al. (2025). The 2023/24 VIEWS prediction challenge. Journal of Peace Research.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from exitplan.domain.errors import Unreadable
from exitplan.domain.findings import Wanted
from exitplan.domain.months import month_index

DRAWS = "views_forecasts/competition_cm_benchmark_draws_hosts_2018_2020.csv.gz"
ACTUALS = "views_forecasts/competition_cm_actuals_2018_2020.csv.gz"
COUNTRIES = "views_forecasts/views_country_ids.csv"
AFRICA = "ucdp_country_month/views_africa_country_month_1990_2020.csv.gz"
SINCE = "ucdp_country_month/views_global_country_month_2017_2020.csv.gz"
WORLD = "ucdp_country_month/ucdp_country_month_2010_2024.csv.gz"
FILES = (DRAWS, ACTUALS, COUNTRIES, AFRICA, SINCE, WORLD)

COMPETITION_FROM = month_index("2017-11")
"""First month of the competition's own file of deaths, which goes on in the same version as what happened."""
KOSOVO = {232: "XKX"}
"""The one host without an ISO code in the competition's table of countries."""

History = dict[str, tuple[int, list[float]]]


@dataclass(frozen=True, kw_only=True)
class ViewsBenchmarks:
    """
    What the folder holds.

    Parameters
    ----------
    drawn
        Draws of each official benchmark by country and month index, each an array of the same length.
    happened
        State-based deaths by country and month index.
    african
        State-based deaths of African countries and Israel from 1990 on.
    other
        Deaths of the other countries: all types of violence from 2010 to October 2017, state-based ones from then on.
    """

    drawn: Mapping[str, Mapping[tuple[str, int], NDArray[np.float64]]]
    happened: Mapping[tuple[str, int], float]
    african: History
    other: History

    @property
    def hosts(self) -> tuple[str, ...]:
        """Countries with official draws."""
        return tuple(sorted({country for country, _ in next(iter(self.drawn.values()))}))

    @property
    def windows(self) -> tuple[int, ...]:
        """Years with official draws."""
        return tuple(sorted({month // 12 for _, month in next(iter(self.drawn.values()))}))


def read_views(folder: Path) -> ViewsBenchmarks:
    """
    Read the folder.

    Raises
    ------
    Unreadable
        When one of its files is missing or has other columns.
    """
    codes = _table(folder, COUNTRIES, "country_id", "iso3")
    iso3 = {int(n): str(code) for n, code in codes.iter_rows() if code} | KOSOVO
    happened = {
        (iso3[int(n)], month_index(month)): float(deaths)
        for n, month, deaths in _table(folder, ACTUALS, "country_id", "month", "ged_sb").iter_rows()
        if int(n) in iso3
    }
    drawn: dict[str, dict[tuple[str, int], NDArray[np.float64]]] = {}
    for model, month, n, draws in _table(folder, DRAWS, "model", "month_id", "country_id", "draws_sorted").iter_rows():
        # VIEWS counts months from January 1980.
        key = (iso3[int(n)], 1980 * 12 + int(month) - 1)
        drawn.setdefault(str(model), {})[key] = np.array(str(draws).split(), dtype=np.float64)
    african = _months(_table(folder, AFRICA, "iso3", "month", "ged_best_sb"))
    world = _months(_table(folder, WORLD, "iso3", "month", "fatalities"))
    since: dict[str, dict[int, float]] = {}
    for n, month, deaths in _table(folder, SINCE, "country_id", "month", "ged_sb").iter_rows():
        if int(n) in iso3:
            since.setdefault(iso3[int(n)], {})[month_index(month)] = float(deaths)
    return ViewsBenchmarks(
        drawn=drawn,
        happened=happened,
        african=_spans({c: _then(months, since.get(c, {})) for c, months in african.items()}),
        other=_spans({c: _then(world.get(c, {}), months) for c, months in since.items() if c not in african}),
    )


def _table(folder: Path, name: str, *columns: str) -> pl.DataFrame:
    try:
        return pl.read_csv(folder / name, infer_schema=False).select(columns)
    except (OSError, pl.exceptions.PolarsError):
        raise Unreadable(
            str(folder / name), Wanted("a file with columns {names} wanted", names=", ".join(columns))
        ) from None


def _months(rows: pl.DataFrame) -> dict[str, dict[int, float]]:
    found: dict[str, dict[int, float]] = {}
    for country, month, deaths in rows.iter_rows():
        found.setdefault(str(country), {})[month_index(month)] = float(deaths)
    return found


def _then(before: dict[int, float], since: dict[int, float]) -> dict[int, float]:
    """One series before the competition's begins, and the competition's from then on."""
    return {m: d for m, d in before.items() if m < COMPETITION_FROM} | since


def _spans(months: dict[str, dict[int, float]]) -> History:
    return {
        country: (min(some), [some.get(m, 0.0) for m in range(min(some), max(some) + 1)])
        for country, some in months.items()
        if some
    }
