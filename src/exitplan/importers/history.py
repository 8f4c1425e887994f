"""Histories of deaths by country and month, as `iso3,month,deaths` rows; what comes along lies in `library/history`."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from exitplan.domain.errors import InputFaults, Unreadable
from exitplan.domain.findings import Finding, Wanted
from exitplan.domain.months import month_index

HISTORY = Path(__file__).resolve().parent.parent / "library" / "history" / "deaths_by_month.csv"
COLUMNS = ("iso3", "month", "deaths")
MONTH = r"^(19|20|21)\d\d-(0[1-9]|1[0-2])$"
MOST_FAULTS = 50


def read_history(path: Path | None = None) -> dict[str, tuple[int, list[float]]]:
    """
    Each country's first month index and its deaths in every month from there on.

    A month without a row, between the first and the last of its country, had no deaths.

    Parameters
    ----------
    path
        A CSV file with columns `iso3`, `month` (YYYY-MM) and `deaths`; others are left alone. The one that comes along where
        left out.

    Raises
    ------
    Unreadable
        When it is no such file.
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
    rows = (
        rows.select(COLUMNS)
        .with_row_index("line", 2)
        .with_columns(count=pl.col("deaths").cast(pl.Float64, strict=False))
    )
    rules = {
        "iso3": ("a code of three capital letters", pl.col("iso3").str.contains("^[A-Z]{3}$")),
        "month": (
            "a month as YYYY-MM, once for each country",
            pl.col("month").str.contains(MONTH) & ~pl.struct("iso3", "month").is_duplicated(),
        ),
        "deaths": ("a count of deaths, 0 or more", pl.col("count").is_finite() & (pl.col("count") >= 0)),
    }
    faults = [
        Finding(
            code="invalid-value",
            severity="error",
            kind="history",
            entry="",
            field=field,
            value=str(row[field]),
            wanted=Wanted(wanted),
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
    return histories
