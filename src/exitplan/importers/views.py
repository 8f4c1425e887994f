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
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from exitplan.domain.errors import InputFaults
from exitplan.domain.fields import MOST_DEATHS
from exitplan.domain.findings import Finding, Wanted, capped
from exitplan.domain.months import month_index, month_text
from exitplan.importers.checked_rows import (
    Rules,
    country_code,
    deaths,
    month,
    month_number,
    number,
    once,
    or_nothing,
    sound,
    whole,
)
from exitplan.importers.several import files_in, together
from exitplan.importers.textfile import TextTable, read_table

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

JANUARY_1980 = month_index("1980-01")
"""The month that VIEWS counts as 1."""
DRAWN = r"^\d+(\.\d+)?( \d+(\.\d+)?)*$"
"""Numbers parted by blanks."""

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
    Read the folder, every row checked, and that nothing is missing for the months with draws.

    Raises
    ------
    Unreadable
        When files are missing, all of them named, or one has other columns.
    InputFaults
        With every fault of every row of every file; with every country and month that two numbers of one country give; with
        every one that one file has and another lacks.
    """
    files_in(folder, FILES)
    codes, actuals, draws, africa, since, world = together(
        partial(_codes, folder / COUNTRIES),
        partial(_deaths, folder / ACTUALS, "country_id", "ged_sb"),
        partial(_draws, folder / DRAWS),
        partial(_deaths, folder / AFRICA, "iso3", "ged_best_sb"),
        partial(_deaths, folder / SINCE, "country_id", "ged_sb"),
        partial(_deaths, folder / WORLD, "iso3", "fatalities"),
    )
    iso3 = {int(n): str(code) for n, code in codes.iter_rows()} | KOSOVO
    twice = [(ACTUALS, actuals), (DRAWS, draws), (SINCE, since)]
    if faults := _without_code(draws, iso3) + [f for name, rows in twice for f in _by_two_numbers(name, rows, iso3)]:
        raise InputFaults(capped(faults))
    happened = {(c, at): count for c, some in _months(actuals, iso3).items() for at, count in some.items()}
    drawn: dict[str, dict[tuple[str, int], NDArray[np.float64]]] = {}
    for model, n, at, some in draws.drop("line").iter_rows():
        drawn.setdefault(model, {})[iso3[n], at] = np.array(some.split(), dtype=np.float64)
    african, others, competition = _months(africa), _months(world), _months(since, iso3)
    found = ViewsBenchmarks(
        drawn=drawn,
        happened=happened,
        african=_spans({c: _then(months, competition.get(c, {})) for c, months in african.items()}),
        other=_spans({c: _then(others.get(c, {}), months) for c, months in competition.items() if c not in african}),
    )
    if faults := _gaps(found):
        raise InputFaults(capped(faults))
    return found


def _table(path: Path, *columns: str) -> TextTable:
    return read_table(path, columns={name: (name,) for name in columns}, required=columns)


def _codes(path: Path) -> pl.DataFrame:
    """Numbers of countries and their ISO codes, those without one left out."""
    table = _table(path, "country_id", "iso3")
    rules = {
        "country_id": (
            Wanted("the number of a country, once"),
            _is_number("country_id") & once(number("country_id")),
        ),
        "iso3": or_nothing("iso3", country_code("iso3")),
    }
    rows = sound(table, table.frame, rules, "history").filter(pl.col("iso3").fill_null("") != "")
    return rows.select("country_id", "iso3")


def _deaths(path: Path, country: str, count: str) -> pl.DataFrame:
    """Deaths by country and month index, with their lines; countries by code or number, as they are there."""
    table = _table(path, country, "month", count)
    by_code = country == "iso3"
    rules: Rules = {
        country: country_code(country) if by_code else (Wanted("the number of a country"), _is_number(country)),
        "month": (
            Wanted("a month as YYYY-MM, once for each country"),
            month("month")[1] & once(country if by_code else number(country), "month"),
        ),
        count: deaths(count),
    }
    rows = sound(table, table.frame, rules, "history")
    named = pl.col(country) if by_code else pl.col(country).cast(pl.Int64)
    return rows.select(named, month_number("month").alias("month"), number(count).alias("deaths"), "line")


def _draws(path: Path) -> pl.DataFrame:
    """Draws as texts by model, number of the country and month index, with their lines."""
    table = _table(path, "model", "country_id", "month_id", "draws_sorted")
    drawn = pl.col("draws_sorted").str.split(" ")
    some = drawn.list.len()
    counts = drawn.list.eval(
        whole(pl.element().cast(pl.Float64, strict=False), MOST_DEATHS).fill_null(False)
    ).list.all()
    rules: Rules = {
        "model": (Wanted("a name, and each country and month once under it"), _named_once()),
        "country_id": (Wanted("the number of a country"), _is_number("country_id")),
        "month_id": (Wanted("a month, counted from January 1980 as 1"), _is_number("month_id")),
        "draws_sorted": (
            Wanted(
                "whole numbers of deaths parted by blanks, 0 to {most} each, as many as in the first row",
                most=MOST_DEATHS,
            ),
            pl.col("draws_sorted").str.contains(DRAWN) & counts & (some == some.first()),
        ),
    }
    rows = sound(table, table.frame, rules, "history")
    at = pl.col("month_id").cast(pl.Int64) + JANUARY_1980 - 1
    return rows.select("model", pl.col("country_id").cast(pl.Int64), at.alias("month"), "draws_sorted", "line")


def _is_number(field: str) -> pl.Expr:
    return pl.col(field).str.contains(r"^\d{1,6}$")


def _named_once() -> pl.Expr:
    return (pl.col("model") != "") & once("model", number("country_id"), number("month_id"))


def _without_code(draws: pl.DataFrame, iso3: Mapping[int, str]) -> list[Finding]:
    """Draws of countries that cannot be told apart from others, by their first line."""
    rows = draws.filter(~pl.col("country_id").is_in(list(iso3))).unique("country_id", keep="first", maintain_order=True)
    return [
        _fault(DRAWS, str(n), Wanted("a country with a code in {name}", name=Path(COUNTRIES).name), "country_id", line)
        for n, line in rows.select("country_id", "line").iter_rows()
    ]


def _by_two_numbers(name: str, rows: pl.DataFrame, iso3: Mapping[int, str]) -> list[Finding]:
    """
    Country-months that two numbers of one country give in one file, by the line of the second.

    VIEWS gives a country a new number when its borders change, so that one code may have several, each with its own months.
    """
    wanted = Wanted("each country and month from one number alone")
    coded = rows.with_columns(iso3=pl.col("country_id").replace_strict(iso3, default=None, return_dtype=pl.String))
    key = [field for field in ("model", "iso3", "month") if field in coded.columns]
    twice = (
        coded.filter(pl.col("iso3").is_not_null())
        .group_by(key, maintain_order=True)
        .agg("country_id", "line")
        .filter(pl.col("line").list.len() > 1)
    )
    return [
        _fault(
            name,
            ", ".join((*model, f"{code} {month_text(at)}")) + ": " + ", ".join(map(str, numbers)),
            wanted,
            "country_id",
            lines[1],
        )
        for *model, code, at, numbers, lines in twice.iter_rows()
    ]


def _gaps(found: ViewsBenchmarks) -> list[Finding]:
    """Draws, deaths and histories that a country with draws lacks."""
    hosts = sorted({country for some in found.drawn.values() for country, _ in some})
    years = sorted({month // 12 for some in found.drawn.values() for _, month in some})
    asked = [(country, year * 12 + month) for country in hosts for year in years for month in range(12)]
    faults = [
        _fault(DRAWS, f"{model}, {country} {month_text(month)}", Wanted("draws of every month of its years"))
        for model, some in found.drawn.items()
        for country, month in asked
        if (country, month) not in some
    ]
    faults += [
        _fault(ACTUALS, f"{country} {month_text(month)}", Wanted("deaths of every month with draws"))
        for country, month in asked
        if (country, month) not in found.happened
    ]
    histories, before = found.african | found.other, month_index(f"{years[0] - 1}-10")
    faults += [
        _fault(SINCE, country, Wanted("a history up to {month} of every country with draws", month=month_text(before)))
        for country in hosts
        if country not in histories or histories[country][0] > before
    ]
    return faults


def _fault(name: str, value: str, wanted: Wanted, field: str = "", line: int | None = None) -> Finding:
    file = Path(name).name
    where = file if line is None else f"{file}:{line}"
    return Finding(code="invalid-value", kind="history", field=field, value=value, wanted=wanted, where=where)


def _months(rows: pl.DataFrame, iso3: Mapping[int, str] | None = None) -> dict[str, dict[int, float]]:
    """Deaths by country and month index; countries that are numbers by their codes, where they have one."""
    found: dict[str, dict[int, float]] = {}
    for country, at, count, _ in rows.iter_rows():
        code = country if iso3 is None else iso3.get(country)
        if code is not None:
            found.setdefault(code, {})[at] = count
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
