"""Closed sites, as rows of site episodes in the columns of `site_episodes_with_events.csv` (Geo-PKO)."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from exitplan.domain.findings import Wanted
from exitplan.importers.checked_rows import (
    COORDINATES,
    DEGREES,
    Rules,
    month_or_day,
    number,
    once,
    or_nothing,
    sound,
    whole,
)
from exitplan.importers.textfile import read_table, with_decimal_points

COLUMNS = {
    name: (name,)
    for name in (
        "site_id", "episode", "mission", "country", "iso3", "latitude", "longitude", "closed_est", "continues_as",
        "ev25_post24", "ev50_post24", "post_months_covered",
    )
}  # fmt: skip
REQUIRED = ("site_id", "latitude", "longitude", "closed_est")
MOST_COUNTED = 10_000_000
"""More events than all that were ever recorded are a fault of the file."""
COUNTS = ("ev25_post24", "ev50_post24", "post_months_covered")
NUMBERS = (*COORDINATES, *COUNTS)


def read_site_episodes(path: Path) -> pl.DataFrame:
    """
    Read site episodes, every row checked.

    Parameters
    ----------
    path
        CSV, plain, gzip or zip, with at least `REQUIRED`; the other `COLUMNS` may be absent, and further ones are left alone.

    Returns
    -------
    pl.DataFrame
        `COLUMNS` in the order of the file: coordinates as numbers; `closed_est` as YYYY-MM, null while a site is open; counts
        after the closure as numbers, null where not known; texts empty where not given, `episode` then "1".

    Raises
    ------
    Unreadable
        When it is no such file.
    InputFaults
        With every fault of every row.
    """
    table = read_table(path, columns=COLUMNS, required=REQUIRED)
    texts, _ = with_decimal_points(table, NUMBERS)
    rows = texts.with_columns(pl.lit("").alias(name) for name in COLUMNS if name not in texts.columns).with_columns(
        pl.col(*COLUMNS).fill_null("").str.strip_chars()
    )
    if "episode" not in texts.columns:
        rows = rows.with_columns(episode=pl.lit("1"))

    count = Wanted("a whole number, 0 to {most}", most=MOST_COUNTED)
    rules: Rules = {
        "site_id": (
            Wanted("a name of the site, each site and episode once"),
            (pl.col("site_id") != "") & once("site_id", "episode"),
        ),
        **DEGREES,
        "closed_est": (
            Wanted("a month as YYYY-MM, or nothing while the site is open"),
            or_nothing("closed_est", month_or_day("closed_est"))[1],
        ),
        **{name: or_nothing(name, (count, whole(number(name), MOST_COUNTED))) for name in COUNTS},
    }
    closed = pl.col("closed_est").str.slice(0, 7)
    return (
        sound(table, rows, rules, "site_episode")
        .select(*COLUMNS)
        .with_columns(pl.when(closed != "").then(closed).alias("closed_est"), *(number(name) for name in NUMBERS))
    )
