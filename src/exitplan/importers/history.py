"""Histories of deaths by country and month, as `iso3,month,deaths` rows; what comes along lies in `library/history`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from exitplan.domain.findings import Wanted
from exitplan.importers.checked_rows import country_code, deaths, month, month_number, number, once, sound
from exitplan.importers.textfile import read_table, with_decimal_points

HISTORY = Path(__file__).resolve().parent.parent / "library" / "history" / "deaths_by_month.csv"
COLUMNS = ("iso3", "month", "deaths")


@dataclass(frozen=True)
class Histories:
    """
    What a file tells.

    Parameters
    ----------
    by_country
        Each country's first month index and its deaths in every month from there on; no month where all lie after `until`.
    filled
        Months between a country's first and last row that had no row, and so no deaths.
    """

    by_country: dict[str, tuple[int, list[float]]]
    filled: int


def read_history(path: Path | None = None) -> dict[str, tuple[int, list[float]]]:
    """Each country's first month index and its deaths in every month from there on: `read_histories` without the account."""
    return read_histories(path).by_country


def read_histories(path: Path | None = None, *, until: int | None = None) -> Histories:
    """
    The histories of a file, with an account of the months it leaves out.

    A month without a row, between the first and the last of its country, had no deaths.

    Parameters
    ----------
    path
        A CSV file, plain, gzip or zip, with columns `iso3`, `month` (YYYY-MM) and `deaths`; others are left alone. The one
        that comes along where left out.
    until
        Month index after which no row is taken. It is not the same as cutting off what was read: a later row would say of
        the months before it that they had no deaths.

    Raises
    ------
    Unreadable
        When it is no such file, or holds no row.
    InputFaults
        With every row that holds something else.
    """
    table = read_table(path or HISTORY, columns={name: (name,) for name in COLUMNS}, required=COLUMNS)
    texts, _ = with_decimal_points(table, ("deaths",))
    rules = {
        "iso3": country_code("iso3"),
        "month": (
            Wanted("a month as YYYY-MM, once for each country"),
            month("month")[1] & once("iso3", "month"),
        ),
        "deaths": deaths("deaths"),
    }
    texts = sound(table, texts, rules, "history")
    rows = texts.select("iso3", at=month_number("month"), deaths=number("deaths")).sort("iso3", "at")
    histories: dict[str, tuple[int, list[float]]] = {}
    filled = 0
    for (country,), months in rows.group_by("iso3", maintain_order=True):
        first = int(months["at"][0])
        known = months if until is None else months.filter(pl.col("at") <= until)
        counts = [0.0] * (int(known["at"][-1]) - first + 1) if known.height else []
        for at, count in known.select("at", "deaths").iter_rows():
            counts[at - first] = count
        histories[str(country)] = (first, counts)
        filled += len(counts) - known.height
    return Histories(histories, filled)
