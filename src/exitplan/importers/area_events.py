"""Deaths by area and month of many countries, from events with their areas and a table of areas with their positions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from exitplan.domain.errors import InputFaults
from exitplan.domain.findings import Finding, Wanted
from exitplan.importers.checked_rows import (
    COORDINATES,
    DEGREES,
    Rules,
    country_code,
    deaths,
    month_number,
    month_or_day,
    number,
    once,
    recorded,
    sound,
)
from exitplan.importers.dates import with_iso_days
from exitplan.importers.several import together
from exitplan.importers.textfile import read_table, with_decimal_points

EVENT_COLUMNS = {
    "area": ("adm1_id", "area"),
    "month": ("month", "date_start", "date"),
    "deaths": ("best", "deaths"),
    "type_of_violence": ("type_of_violence",),
}
AREA_COLUMNS = {
    "country": ("iso3", "adm1_iso3", "country"),
    "area": ("adm1_id", "area", "code"),
    "latitude": ("lat", "latitude"),
    "longitude": ("lon", "longitude"),
}
EVENTS_REQUIRED = ("area", "month", "deaths")


@dataclass(frozen=True)
class AreaEvents:
    """
    One country's deaths.

    Parameters
    ----------
    areas
        Codes, in the order of the table of areas.
    latitude, longitude
        Degrees, shape (areas,).
    start
        Month index of the first column: the first January of the whole file.
    deaths
        Deaths by area and month, all types of violence together, shape (areas, months); a month without an event is 0.
    """

    areas: tuple[str, ...]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    start: int
    deaths: NDArray[np.float64]


@dataclass(frozen=True)
class AreaHistories:
    """
    What a file of events and one of areas tell together.

    Parameters
    ----------
    by_country
        All over the same months: from the January of the first event to the December of the last.
    left_out, deaths_left_out
        Rows of events in no area of the table, and their deaths.
    """

    by_country: dict[str, AreaEvents]
    left_out: int
    deaths_left_out: int


def read_area_events(events: Path, areas: Path, *, today: date) -> AreaHistories:
    """
    Read events and areas, every row checked.

    Parameters
    ----------
    events
        CSV (plain, gzip or zip) of events or of monthly sums: `adm1_id`; `month`, `date_start` or `date` (YYYY-MM, or a day);
        `best`. Further columns are left alone.
    areas
        CSV of areas: `iso3`, `adm1_id`, `lat`, `lon`. Events of areas that it does not have are left out, and counted: they
        are of countries that nobody asked for, or their codes are written otherwise. Blanks beside a code do not matter.
    today
        Events after this day are refused.

    Raises
    ------
    Unreadable
        When one is no such file, or holds no row.
    InputFaults
        With every fault of every row of both; when no event lies in any area.
    """
    happened, places = together(partial(_events, events, today), partial(_areas, areas))
    inside = pl.col("area").is_in(places["area"].implode())
    outside, happened = happened.filter(~inside), happened.filter(inside)
    if happened.is_empty():
        raise InputFaults(
            (
                Finding(
                    code="invalid-value",
                    kind="event",
                    field="area",
                    value=events.name,
                    wanted=Wanted("an event in one of the areas of {name}", name=areas.name),
                ),
            )
        )
    year = happened["month"] // 12
    start, months = int(year.min()) * 12, (int(year.max()) - int(year.min()) + 1) * 12  # type: ignore[arg-type]
    found = {}
    for (country,), rows in places.group_by("country", maintain_order=True):
        at = {code: i for i, code in enumerate(rows["area"])}
        summed = np.zeros((len(at), months))
        here = happened.filter(pl.col("area").is_in(list(at)))
        place = np.array([at[code] for code in here["area"]], dtype=np.int64)
        np.add.at(summed, (place, here["month"].to_numpy() - start), here["deaths"].to_numpy())
        found[str(country)] = AreaEvents(
            tuple(at), rows["latitude"].to_numpy().copy(), rows["longitude"].to_numpy().copy(), start, summed
        )
    return AreaHistories(found, outside.height, int(outside["deaths"].sum()))


def _events(path: Path, today: date) -> pl.DataFrame:
    table = read_table(path, columns=EVENT_COLUMNS, required=EVENTS_REQUIRED)
    texts, _ = with_decimal_points(table, ("deaths",))
    texts, _ = with_iso_days(texts, ("month",))
    texts = texts.with_columns(pl.col("area").str.strip_chars())
    rules: Rules = {
        "area": (Wanted("the code of an area"), pl.col("area").str.len_chars() > 0),
        "month": recorded("month", month_or_day("month"), today),
        "deaths": deaths("deaths"),
    }
    rows = sound(table, texts, rules, "event")
    return rows.select("area", number("deaths").alias("deaths"), month_number("month").alias("month"))


def _areas(path: Path) -> pl.DataFrame:
    table = read_table(path, columns=AREA_COLUMNS, required=tuple(AREA_COLUMNS))
    texts, _ = with_decimal_points(table, COORDINATES)
    texts = texts.with_columns(pl.col("country", "area").str.strip_chars())
    rules: Rules = {
        "country": country_code("country"),
        "area": (
            Wanted("the code of an area, once"),
            (pl.col("area").str.len_chars() > 0) & once("area"),
        ),
        **DEGREES,
    }
    return sound(table, texts, rules, "area").select("country", "area", *map(number, COORDINATES))
