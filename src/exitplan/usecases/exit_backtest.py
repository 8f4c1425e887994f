"""`exitplan backtest exits`: chances of armed conflict after exits of peace operations, and what happened."""

from __future__ import annotations

from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exitplan.domain.errors import InputFaults
from exitplan.domain.findings import Finding, Wanted, capped
from exitplan.domain.results.backtests import ExitForecast, ExitsBacktest, HorizonChance
from exitplan.domain.results.base import Answer, Manifest
from exitplan.usecases.answers import digest_of, schema_name, versions
from exitplan.usecases.data_folder import data_files
from exitplan.usecases.rows import leave_rows

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
    from exitplan.importers.risk_models import RELAPSE, RELAPSE_OWN, read_risk_model
    from exitplan.importers.surroundings import SURROUNDINGS, read_surroundings

    files = data_files(data, FILES)
    model, own = read_risk_model(RELAPSE), read_risk_model(RELAPSE_OWN)
    of = country_years(read_conflict_years(*files), read_surroundings())
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
        parts=engine.parts(of, exits, model, own, found, seed),
        forecasts=forecasts,
        surprises=tuple(compress(exits.mission, surprising(main.probability, main.happened))),
    )
    if out is not None:
        leave_rows(
            out,
            COLUMNS,
            ((f.mission, f.country, f.year, f.probability, "yes" if f.happened else "no") for f in result.forecasts),
        )
    inputs = digest_of(*files, EXITS, RELAPSE, RELAPSE_OWN, SURROUNDINGS)
    manifest = Manifest(inputs=inputs, seed=seed, options={"settings": model.version}, versions=versions())
    return result, Answer(schema_=schema_name("backtest-exits"), mission="", on=None, manifest=manifest, result=result)


def country_years(rows: pl.DataFrame, around: pl.DataFrame | None = None) -> CountryYears:
    """
    Country-years as the engine takes them, from the first year of any conflict to the last year of the data.

    Parameters
    ----------
    rows
        As `read_conflict_years` gives them.
    around
        As `read_surroundings` gives them, where they are known; a country-year without a row, or figure, has nothing around it.
    """
    import numpy as np
    import polars as pl

    from exitplan.engine.relapse.years import CountryYears, Surroundings

    countries = sorted(set(rows["country"]))
    first, last = int(rows["year"].min()), int(rows["year"].max())  # type: ignore[arg-type]

    def filled(of: pl.DataFrame, name: str) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        values = np.zeros((len(countries), last - first + 1))
        at = np.searchsorted(countries, of["country"].to_numpy()), of["year"].to_numpy() - first
        values[at] = of[name].cast(float).fill_null(0.0).to_numpy()
        return values

    surroundings = None
    if around is not None:
        known = around.rename({"gwno": "country"}).filter(
            pl.col("country").is_in(countries), pl.col("year").is_between(first, last)
        )
        surroundings = Surroundings(
            conflict=filled(known, "conflict") > 0,
            violence=filled(known, "violence"),
            hosted=filled(known, "hosted"),
            fled=filled(known, "fled"),
        )
    return CountryYears(
        countries=tuple(countries),
        first=first,
        conflict=filled(rows, "conflict") > 0,
        war=filled(rows, "war") > 0,
        state_based=filled(rows, "state_based"),
        all_kinds=filled(rows, "all_kinds"),
        counted=filled(rows.with_columns(counted=pl.col("all_kinds").is_not_null()), "counted") > 0,
        around=surroundings,
    )


def exits_of(rows: pl.DataFrame, of: CountryYears) -> Exits:
    """
    Exits as rows and columns of the country-years.

    Raises
    ------
    InputFaults
        Naming every exit of a country that is not in the data, and every one whose year, or the years after it in which
        conflict may follow, they do not hold: what is not there would count as peace.
    """
    import numpy as np

    from exitplan.engine.relapse.backtest import Exits
    from exitplan.engine.relapse.training import OUTCOMES

    last = of.first + of.years - 1
    after = max(outcome.years for outcome in OUTCOMES)
    within = Wanted(
        "an exit from {first} to {last}: data to {end} must hold the {n} years after it",
        first=of.first,
        last=last - after,
        end=last,
        n=after,
    )
    country = {number: at for at, number in enumerate(of.countries)}
    years = [int(month[:4]) for month in rows["ended"]]
    faults = []
    for row, year in zip(rows.iter_rows(named=True), years, strict=True):
        if row["gwno"] not in country:
            faults.append(_fault(row, "gwno", Wanted("the number of a country in the data")))
        if not of.first <= year <= last - after:
            faults.append(_fault(row, "ended", within))
    if faults:
        raise InputFaults(capped(faults))
    return Exits(
        tuple(rows["mission"]),
        np.array([country[number] for number in rows["gwno"]], dtype=np.int64),
        np.array(years, dtype=np.int64) - of.first,
        rows["border"].to_numpy(),
    )


def _fault(row: dict[str, Any], field: str, wanted: Wanted) -> Finding:
    return Finding(
        code="invalid-value", kind="exit", entry=row["mission"], field=field, value=str(row[field]), wanted=wanted
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
        # A year of war is one of conflict: fits of their own may say otherwise by a little.
        curves["war"] = np.minimum(curves["war"], curves["conflict"])
        made.append(
            ExitForecast(
                mission=row["mission"],
                country=row["country"],
                year=of.first + year,
                earlier_conflict=bool(record[at]),
                border=row["border"],
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
