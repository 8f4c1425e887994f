"""Exits of peace operations that come along: mission, country and month of the end."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from exitplan.domain.findings import Wanted
from exitplan.importers.checked_rows import month, once, sound
from exitplan.importers.textfile import read_table

EXITS = Path(__file__).resolve().parent.parent / "library" / "exits.csv"
"""By the rule of docs/methods/relapse.md, from the United Nations list of peacekeeping operations."""
COLUMNS = ("mission", "before", "country", "gwno", "iso3", "ended", "border")


def read_exits(path: Path = EXITS) -> pl.DataFrame:
    """
    Read exits: `mission`, operations it followed (`before`), `country`, `gwno` (a number), `iso3`, `ended` (YYYY-MM), and
    whether it stood on a line or `border` between States.

    Raises
    ------
    Unreadable, InputFaults
        When it is no such file; with every fault of every row.
    """
    table = read_table(path, columns={name: (name,) for name in COLUMNS}, required=COLUMNS)
    rules = {
        "mission": (Wanted("each mission once"), (pl.col("mission") != "") & once("mission")),
        "gwno": (Wanted("a country number"), pl.col("gwno").str.contains(r"^\d+$")),
        "border": (Wanted("yes, or nothing"), pl.col("border").fill_null("").is_in(["", "yes"])),
        "ended": month("ended"),
    }
    rows = sound(table, table.frame, rules, "exit")
    return rows.select(COLUMNS).with_columns(
        pl.col("gwno").cast(pl.Int64), pl.col("before").fill_null(""), border=pl.col("border").fill_null("") == "yes"
    )
