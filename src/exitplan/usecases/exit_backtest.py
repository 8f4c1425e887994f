"""`exitplan backtest exits`: chances of armed conflict after exits of peace operations, and what happened."""

from __future__ import annotations

import csv
import hashlib
import io
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING

from exitplan.domain.results.backtests import ExitForecast, ExitsBacktest, HorizonChance
from exitplan.domain.results.base import Answer, Manifest
from exitplan.usecases.answers import schema_name, versions
from exitplan.usecases.data_folder import data_files

if TYPE_CHECKING:
    import polars as pl

    from exitplan.engine.relapse.backtest import Exits, Forecast
    from exitplan.engine.relapse.years import CountryYears

FILES = (
    "ucdp_conflict/ucdp_prio_acd_22_1.csv.gz",
    "ucdp_country_year_25_1/ucdp_organized_violence_country_year_25_1.csv.gz",
)
COLUMNS = ("mission", "country", "exit_year", "p_conflict_5y", "happened")
HORIZONS = (1, 2, 3, 5)


def exits_backtest(*, data: Path | None = None, seed: int = 1, out: Path | None = None) -> tuple[ExitsBacktest, Answer]:
    """
    Forecast every exit on record from other countries' years, and score what came of it.

    Parameters
    ----------
    data
        The data folder; see `data_files`.
    seed
        Of the intervals.
    out
        File to leave the forecasts in.

    Raises
    ------
    Unreadable, InputFaults
        For files that are not there or cannot be used.
    """
    import numpy as np

    from exitplan.engine.binary.verification import surprising
    from exitplan.engine.relapse import backtest as engine
    from exitplan.engine.relapse.training import MAIN, taught
    from exitplan.importers.conflict_years import read_conflict_years
    from exitplan.importers.exits import EXITS, read_exits
    from exitplan.importers.risk_models import RELAPSE, read_risk_model

    files = data_files(data, FILES)
    model = read_risk_model(RELAPSE)
    of = country_years(read_conflict_years(*files))
    rows = read_exits()
    exits = exits_of(rows, of)
    found = engine.all_outcomes(of, exits, model)
    lessons = taught(of, MAIN, model.variables)
    forecasts = _forecasts(rows, of, exits, found)
    main = found[MAIN.code]
    result = ExitsBacktest(
        version=model.version,
        training=len(lessons.country),
        countries=len(np.unique(lessons.country)),
        data_to=of.first + of.years - 1,
        parts=engine.parts(of, exits, model, found, seed),
        forecasts=forecasts,
        surprises=tuple(compress(exits.mission, surprising(main.probability, main.happened))),
    )
    if out is not None:
        out.write_text(_written(result), "utf-8", newline="\n")
    digest = hashlib.sha256()
    for path in (*files, EXITS, RELAPSE):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    manifest = Manifest(inputs=digest.hexdigest(), seed=seed, options={"settings": model.version}, versions=versions())
    return result, Answer(schema_=schema_name("backtest-exits"), mission="", on=None, manifest=manifest, result=result)


def country_years(rows: pl.DataFrame) -> CountryYears:
    """Country-years as the engine takes them, from the first year of any conflict to the last year of the data."""
    import numpy as np

    from exitplan.engine.relapse.years import CountryYears

    countries = sorted(set(rows["country"]))
    first, last = int(rows["year"].min()), int(rows["year"].max())  # type: ignore[arg-type]
    at = (
        np.searchsorted(countries, rows["country"].to_numpy()),
        rows["year"].to_numpy() - first,
    )

    def filled(name: str) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        values = np.zeros((len(countries), last - first + 1))
        values[at] = rows[name].cast(float).fill_null(0.0).to_numpy()
        return values

    counted = np.zeros((len(countries), last - first + 1), dtype=bool)
    counted[at] = rows["state_based"].is_not_null().to_numpy()
    return CountryYears(
        countries=tuple(countries),
        first=first,
        conflict=filled("conflict") > 0,
        war=filled("war") > 0,
        state_based=filled("state_based"),
        all_kinds=filled("all_kinds"),
        counted=counted,
    )


def exits_of(rows: pl.DataFrame, of: CountryYears) -> Exits:
    """Exits as rows and columns of the country-years."""
    import numpy as np

    from exitplan.engine.relapse.backtest import Exits

    return Exits(
        tuple(rows["mission"]),
        np.array([of.countries.index(number) for number in rows["gwno"]], dtype=np.int64),
        np.array([int(month[:4]) - of.first for month in rows["ended"]], dtype=np.int64),
    )


def _forecasts(
    rows: pl.DataFrame, of: CountryYears, exits: Exits, found: dict[str, Forecast]
) -> tuple[ExitForecast, ...]:
    import numpy as np

    from exitplan.engine.relapse.backtest import active, on_record
    from exitplan.engine.relapse.training import MAIN

    main, was_active, record = found[MAIN.code], active(of, exits), on_record(of, exits)
    made = []
    for at, row in enumerate(rows.iter_rows(named=True)):
        country, year = int(exits.country[at]), int(exits.year[at])
        before = np.flatnonzero(of.conflict[country, : year + 1])
        after = np.flatnonzero(of.conflict[country, year + 1 : year + 1 + MAIN.years])
        curves = {
            what: np.maximum.accumulate([found[f"{what}-{n}y"].probability[at] for n in HORIZONS])
            for what in ("conflict", "war")
        }
        made.append(
            ExitForecast(
                mission=row["mission"],
                country=row["country"],
                year=of.first + year,
                earlier_conflict=bool(record[at]),
                active=bool(was_active[at]),
                quiet_years=int(year - before[-1]) if before.size else None,
                probability=float(main.probability[at]),
                low=float(main.low[at]),
                high=float(main.high[at]),
                curve=tuple(
                    HorizonChance(years=n, conflict=float(c), war=float(w))
                    for n, c, w in zip(HORIZONS, curves["conflict"], curves["war"], strict=True)
                ),
                happened=bool(main.happened[at]),
                first_year=int(of.first + year + 1 + after[0]) if after.size else None,
            )
        )
    return tuple(made)


def _written(result: ExitsBacktest) -> str:
    lines = io.StringIO()
    table = csv.writer(lines, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(
        (f.mission, f.country, f.year, repr(f.probability), "yes" if f.happened else "no") for f in result.forecasts
    )
    return lines.getvalue()
