"""Deaths by area and month of many countries, from events with their areas and a table of areas with their positions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from exitplan.domain.errors import InputFaults
from exitplan.domain.findings import Finding, Wanted
from exitplan.importers.checked_rows import (
    COORDINATES,
    DAY,
    DEGREES,
    MONTH,
    country_code,
    month_number,
    number,
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


def read_area_events(events: Path, areas: Path) -> dict[str, AreaEvents]:
    """
    Read events and areas, every row checked.

    Parameters
    ----------
    events
        CSV (plain, gzip or zip) of events or of monthly sums: `adm1_id`; `month`, `date_start` or `date` (YYYY-MM, or a day);
        `best`. Further columns are left alone.
    areas
        CSV of areas: `iso3`, `adm1_id`, `lat`, `lon`. Events of areas that it does not have are left out: they are of
        countries that nobody asked for.

    Returns
    -------
    dict
        By country, all over the same months: from the January of the first event to the December of the last.

    Raises
    ------
    Unreadable
        When one is no such file.
    InputFaults
        With every fault of every row of both; when no event lies in any area.
    """
    happened, places = together(partial(_events, events), partial(_areas, areas))
    happened = happened.filter(pl.col("area").is_in(places["area"].implode()))
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
        deaths = np.zeros((len(at), months))
        here = happened.filter(pl.col("area").is_in(list(at)))
        place = np.array([at[code] for code in here["area"]], dtype=np.int64)
        np.add.at(deaths, (place, here["month"].to_numpy() - start), here["deaths"].to_numpy())
        found[str(country)] = AreaEvents(
            tuple(at), rows["latitude"].to_numpy().copy(), rows["longitude"].to_numpy().copy(), start, deaths
        )
    return found


def _events(path: Path) -> pl.DataFrame:
    table = read_table(path, columns=EVENT_COLUMNS, required=EVENTS_REQUIRED)
    texts, _ = with_decimal_points(table, ("deaths",))
    texts, _ = with_iso_days(texts, ("month",))
    deaths = number("deaths")
    rules = {
        "area": (Wanted("the code of an area"), pl.col("area").str.len_chars() > 0),
        "month": (Wanted("a month as YYYY-MM, or a day of it"), pl.col("month").str.contains(f"{MONTH}|{DAY}")),
        "deaths": (Wanted("a count of deaths, 0 or more"), deaths.is_finite() & (deaths >= 0)),
    }
    return sound(table, texts, rules, "event").select("area", deaths=deaths, month=month_number("month"))


def _areas(path: Path) -> pl.DataFrame:
    table = read_table(path, columns=AREA_COLUMNS, required=tuple(AREA_COLUMNS))
    texts, _ = with_decimal_points(table, COORDINATES)
    rules = {
        "country": country_code("country"),
        "area": (
            Wanted("the code of an area, once"),
            (pl.col("area").str.len_chars() > 0) & ~pl.col("area").is_duplicated(),
        ),
        **DEGREES,
    }
    return sound(table, texts, rules, "area").select("country", "area", *map(number, COORDINATES))
