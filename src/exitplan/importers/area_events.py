"""Deaths by area and month of many countries, from events with their areas and a table of areas with their positions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from exitplan.domain.errors import InputFaults
from exitplan.domain.findings import Finding, Wanted, capped
from exitplan.importers.checked_rows import breaches
from exitplan.importers.textfile import TextTable, read_table, with_decimal_points

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
MONTH = r"^(19|20|21)\d\d-(0[1-9]|1[0-2])(-\d\d)?"


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
    event_table = read_table(events, columns=EVENT_COLUMNS, required=EVENTS_REQUIRED)
    area_table = read_table(areas, columns=AREA_COLUMNS, required=tuple(AREA_COLUMNS))
    happened, event_faults = _events(event_table)
    places, area_faults = _areas(area_table)
    if faults := [*event_faults, *area_faults]:
        raise InputFaults(capped(faults))
    happened = happened.filter(pl.col("area").is_in(places["area"].implode()))
    if happened.is_empty():
        raise InputFaults(
            (
                Finding(
                    code="invalid-value",
                    kind="event",
                    field="area",
                    value=event_table.name,
                    wanted=Wanted("an event in one of the areas of {name}", name=area_table.name),
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


def _events(table: TextTable) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    texts, _ = with_decimal_points(table, ("deaths",))
    deaths = pl.col("deaths").cast(pl.Float64, strict=False)
    rules = {
        "area": (Wanted("the code of an area"), pl.col("area").str.len_chars() > 0),
        "month": (Wanted("a month as YYYY-MM, or a day of it"), pl.col("month").str.contains(MONTH)),
        "deaths": (Wanted("a count of deaths, 0 or more"), deaths.is_finite() & (deaths >= 0)),
    }
    faults = breaches(table, texts, rules, "event")
    if faults:
        return pl.DataFrame(), faults
    year, month = (pl.col("month").str.slice(*at).cast(pl.Int64) for at in ((0, 4), (5, 2)))
    return texts.select("area", deaths=deaths, month=year * 12 + month - 1), ()


def _areas(table: TextTable) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    texts, _ = with_decimal_points(table, ("latitude", "longitude"))

    def number(name: str) -> pl.Expr:
        return pl.col(name).cast(pl.Float64, strict=False)

    rules = {
        "country": (Wanted("a code of three capital letters"), pl.col("country").str.contains("^[A-Z]{3}$")),
        "area": (
            Wanted("the code of an area, once"),
            (pl.col("area").str.len_chars() > 0) & ~pl.col("area").is_duplicated(),
        ),
        "latitude": (Wanted("degrees from -90 to 90"), number("latitude").is_between(-90, 90)),
        "longitude": (Wanted("degrees from -180 to 180"), number("longitude").is_between(-180, 180)),
    }
    faults = breaches(table, texts, rules, "area")
    if faults:
        return pl.DataFrame(), faults
    return texts.select("country", "area", number("latitude"), number("longitude")), ()
