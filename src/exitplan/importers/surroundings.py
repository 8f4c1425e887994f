"""What lay around each country at the end of a year: violence in its land neighbours, and refugees."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from exitplan.domain.findings import Wanted
from exitplan.importers.checked_rows import Rules, number, once, sound
from exitplan.importers.textfile import read_table

SURROUNDINGS = Path(__file__).resolve().parent.parent / "library" / "surroundings.csv"
"""Made by scripts/build_surroundings.py from UCDP and UNHCR figures; columns as in docs/methods/relapse.md."""
COLUMNS = ("gwno", "iso3", "year", "conflict", "violence", "hosted", "fled")


def read_surroundings(path: Path = SURROUNDINGS) -> pl.DataFrame:
    """
    Read them: `gwno`, `iso3` (none for a State of the past), `year`, `conflict` (whether in a neighbour), `violence` of the
    neighbours (mean ln(1 + deaths), half-life 4 years), refugees `hosted` and refugees who `fled` from there (none where nobody
    counted).

    Raises
    ------
    Unreadable, InputFaults
        When it is no such file; with every fault of every row.
    """
    table = read_table(path, columns={name: (name,) for name in COLUMNS}, required=COLUMNS)
    count = (Wanted("a number of people, 0 or more, or nothing"), r"^\d*$")
    shapes = {
        "gwno": (Wanted("a country number"), r"^\d+$"),
        "iso3": (Wanted("a code of three capital letters, or nothing"), r"^([A-Z]{3})?$"),
        "year": (Wanted("a year, once for each country"), r"^(19|20|21)\d\d$"),
        "conflict": (Wanted("0 or 1"), r"^[01]$"),
        "violence": (Wanted("a number, 0 or more"), r"^\d+(\.\d+)?$"),
        "hosted": count,
        "fled": count,
    }
    rules: Rules = {name: (wanted, _given(name).str.contains(shape)) for name, (wanted, shape) in shapes.items()}
    wanted, is_year = rules["year"]
    rules = {**rules, "year": (wanted, is_year & once(number("gwno"), "year"))}
    return (
        sound(table, table.frame, rules, "surroundings")
        .select(
            pl.col("gwno", "year", "hosted", "fled").cast(pl.Int64),
            pl.col("iso3").fill_null(""),
            pl.col("violence").cast(pl.Float64),
            conflict=pl.col("conflict") == "1",
        )
        .select(COLUMNS)
    )


def _given(field: str) -> pl.Expr:
    return pl.col(field).fill_null("")
