"""Histories of deaths by country and month, as `iso3,month,deaths` rows; what comes along lies in `library/history`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from exitplan.domain.errors import InputFaults, Unreadable
from exitplan.domain.findings import Finding, Wanted
from exitplan.domain.months import month_index

HISTORY = Path(__file__).resolve().parent.parent / "library" / "history" / "deaths_by_month.csv"
COLUMNS = ("iso3", "month", "deaths")
MONTH = r"^(19|20|21)\d\d-(0[1-9]|1[0-2])$"
MOST_FAULTS = 50
MOST_DEATHS = 10_000_000_000
"""More deaths in a month than there are people are a fault of the file."""


@dataclass(frozen=True)
class Histories:
    """
    What a file tells.

    Parameters
    ----------
    by_country
        Each country's first month index and its deaths in every month from there on.
    filled
        Months between a country's first and last row that had no row, and so no deaths.
    """

    by_country: dict[str, tuple[int, list[float]]]
    filled: int


def read_history(path: Path | None = None) -> dict[str, tuple[int, list[float]]]:
    """Each country's first month index and its deaths in every month from there on: `read_histories` without the account."""
    return read_histories(path).by_country


def read_histories(path: Path | None = None) -> Histories:
    """
    The histories of a file, with an account of the months it leaves out.

    A month without a row, between the first and the last of its country, had no deaths.

    Parameters
    ----------
    path
        A CSV file, plain or gzip, with columns `iso3`, `month` (YYYY-MM) and `deaths`; others are left alone. The one that comes along where
        left out.

    Raises
    ------
    Unreadable
        When it is no such file, or holds no row.
    InputFaults
        With every row that holds something else, up to `MOST_FAULTS`.
    """
    place = path or HISTORY
    try:
        rows = pl.read_csv(place, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError):
        raise Unreadable(str(place), Wanted("a CSV file with columns iso3, month, deaths wanted")) from None
    if missing := [name for name in COLUMNS if name not in rows.columns]:
        raise Unreadable(str(place), Wanted("columns {names} wanted", names=", ".join(missing)))
    if rows.is_empty():
        raise Unreadable(str(place), Wanted("one row or more wanted"))
    rows = (
        rows.select(COLUMNS)
        .with_row_index("line", 2)
        .with_columns(count=pl.col("deaths").cast(pl.Float64, strict=False))
    )
    rules = {
        "iso3": (Wanted("a code of three capital letters"), pl.col("iso3").str.contains("^[A-Z]{3}$")),
        "month": (
            Wanted("a month as YYYY-MM, once for each country"),
            pl.col("month").str.contains(MONTH) & ~pl.struct("iso3", "month").is_duplicated(),
        ),
        "deaths": (Wanted("a count of deaths, 0 to 10,000,000,000"), pl.col("count").is_between(0, MOST_DEATHS)),
    }
    faults = [
        Finding(
            code="invalid-value",
            severity="error",
            kind="history",
            entry="",
            field=field,
            value=str(row[field]),
            wanted=wanted,
            where=f"{place.name}:{row['line']}",
        )
        for field, (wanted, holds) in rules.items()
        for row in rows.filter(~holds.fill_null(False)).head(MOST_FAULTS).iter_rows(named=True)
    ]
    if faults:
        raise InputFaults(tuple(faults[:MOST_FAULTS]))
    histories: dict[str, tuple[int, list[float]]] = {}
    for (country,), months in rows.sort("iso3", "month").group_by("iso3", maintain_order=True):
        at = [month_index(month) for month in months["month"]]
        deaths = [0.0] * (at[-1] - at[0] + 1)
        for month, count in zip(at, months["count"], strict=True):
            deaths[month - at[0]] = count
        histories[str(country)] = (at[0], deaths)
    return Histories(histories, sum(len(deaths) for _, deaths in histories.values()) - rows.height)
