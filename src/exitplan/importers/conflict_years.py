"""Armed conflict by country and year, from UCDP/PRIO's list of conflicts and UCDP's deaths by country and year."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import polars as pl

from exitplan.domain.findings import Wanted
from exitplan.importers.checked_rows import deaths, number, once, or_nothing, sound
from exitplan.importers.several import together
from exitplan.importers.textfile import read_table

CONFLICTS = ("year", "gwno_loc", "intensity_level", "territory_name")
DEATHS = {
    "country": ("country_id_cy",),
    "year": ("year_cy",),
    "state_based": ("sb_total_deaths_best_cy",),
    "non_state": ("ns_total_deaths_best_cy",),
    "one_sided": ("os_total_deaths_best_cy",),
}
KINDS = ("state_based", "non_state", "one_sided")
IS_YEAR = pl.col("year").str.contains(r"^(19|20|21)\d\d$")
SINCE_A_STATE = {"East Timor": 860, "Namibia": 565}
"""Territories that were fought over and are States now, where missions were: their conflicts count as theirs too."""
CONFLICT, WAR = 25, 1000
"""Battle-related deaths in a year: UCDP's bounds of a conflict and of a war."""


def read_conflict_years(conflicts: Path, deaths: Path) -> pl.DataFrame:
    """
    Read both files, every row checked.

    Parameters
    ----------
    conflicts
        UCDP/PRIO Armed Conflict Dataset, one row a conflict and year.
    deaths
        UCDP Organized violence by country and year.

    Returns
    -------
    pl.DataFrame
        One row a country and year in either file: `country` (Gleditsch-Ward number), `year`, `conflict` and `war` (whether
        there was one by either file), `state_based` and `all_kinds` (deaths, best estimates; null where not counted, the sum
        also where one kind was not).

    Raises
    ------
    Unreadable
        When one is no such file.
    InputFaults
        With every fault of every row.
    """
    return _joined(*together(partial(_listed, conflicts), partial(_counted, deaths)))


def _listed(path: Path) -> pl.DataFrame:
    table = read_table(path, columns={name: (name,) for name in CONFLICTS}, required=CONFLICTS)
    rules = {
        "year": (Wanted("a year"), IS_YEAR),
        "gwno_loc": (Wanted("country numbers"), pl.col("gwno_loc").str.contains(r"^\d+(, *\d+)*$")),
        "intensity_level": (Wanted("1 or 2"), pl.col("intensity_level").is_in(["1", "2"])),
    }
    rows = sound(table, table.frame, rules, "conflict_year").select(
        pl.col("year").cast(pl.Int64),
        war=pl.col("intensity_level") == "2",
        country=pl.col("gwno_loc").str.split(","),
        state=pl.col("territory_name").replace_strict(SINCE_A_STATE, default=None, return_dtype=pl.Int64),
    )
    places = rows.explode("country").select("year", "war", pl.col("country").str.strip_chars().cast(pl.Int64))
    states = rows.filter(pl.col("state").is_not_null()).select("year", "war", country="state")
    return (
        pl.concat([places, states.select(places.columns)])
        .group_by("country", "year")
        .agg(pl.col("war").any(), listed=pl.lit(True).first())
    )


def _counted(path: Path) -> pl.DataFrame:
    table = read_table(path, columns=DEATHS, required=tuple(DEATHS))
    rules = {
        "year": (Wanted("a year, once for each country"), IS_YEAR & once(number("country"), "year")),
        "country": (Wanted("a country number"), pl.col("country").str.contains(r"^\d+$")),
        **{name: or_nothing(name, deaths(name)) for name in KINDS},
    }
    return sound(table, table.frame, rules, "conflict_year").select(
        pl.col("country").cast(pl.Int64),
        pl.col("year").cast(pl.Int64),
        state_based=number("state_based"),
        # One kind that nobody counted leaves the sum unknown.
        all_kinds=number("state_based") + number("non_state") + number("one_sided"),
    )


def _joined(listed: pl.DataFrame, counted: pl.DataFrame) -> pl.DataFrame:
    deaths = pl.col("state_based").fill_null(0)
    return (
        counted.join(listed, on=["country", "year"], how="full", coalesce=True)
        .with_columns(
            conflict=pl.col("listed").fill_null(False) | (deaths >= CONFLICT),
            war=pl.col("war").fill_null(False) | (deaths >= WAR),
        )
        .select("country", "year", "conflict", "war", "state_based", "all_kinds")
        .sort("country", "year")
    )
