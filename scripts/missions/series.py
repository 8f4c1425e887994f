"""Violence by area and month, and the measurements that come from data sets."""

from __future__ import annotations

import calendar
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from exitplan.domain.months import month_index, month_of, month_text
from exitplan.domain.tables import AreaMonths, MeasurementTable
from scripts.missions.settings import Job, Neighbour

EVENTS = Path("ucdp_ged_21_1_precise") / "ged211_precise_hosts.csv.gz"
STRENGTH = Path("un_strength") / "ipi_mission_month_1990_2017.csv.gz"
COUNTRY_MONTHS = Path("ucdp_country_month") / "ucdp_country_month_2010_2024.csv.gz"
REFUGEES = Path("covariates") / "unhcr_displacement_country_year.csv.gz"


def _read(path: Path) -> pl.DataFrame:
    return pl.read_csv(path, infer_schema_length=None)


def _events(data: Path, iso3: str, until: date) -> pl.DataFrame:
    """Located events of a country up to a day, with their month; bounds that miss the best estimate are moved to it."""
    rows = _read(data / EVENTS).filter((pl.col("adm1_iso3") == iso3) & (pl.col("date") <= until.isoformat()))
    return rows.with_columns(
        pl.col("date").str.slice(0, 7).alias("month"),
        pl.min_horizontal("low", "best").alias("low"),
        pl.max_horizontal("best", "high").alias("high"),
    )


def area_months(data: Path, job: Job) -> AreaMonths:
    """Events and deaths by area, month of the start date and type of violence, up to the vantage day."""
    codes = {key: place.code for key, place in job.places.items()}
    counted = (
        _events(data, job.iso3, job.as_of)
        .with_columns(pl.col("adm1_id").replace_strict(codes).alias("area"))
        .group_by("area", "month", "type_of_violence")
        .agg(pl.len().alias("events"), pl.col("low").sum(), pl.col("best").sum(), pl.col("high").sum())
        .with_columns(pl.lit("UCDP-GED-21-1").alias("source"))
    )
    return AreaMonths.of(counted)


def measurements(data: Path, job: Job) -> MeasurementTable:
    """Every reading of the dossier: monthly strengths, deaths next door, refugees, and those typed in by hand."""
    rows = [
        *_strengths(data, job),
        *(row for abroad in job.abroad for row in _abroad(data, job, abroad)),
        *_refugees(data, job),
        *(_reading(**vars(hand)) for hand in job.readings),
    ]
    frame = pl.DataFrame(rows, infer_schema_length=None).with_columns(pl.col("date").str.to_date())
    return MeasurementTable.of(frame)


def _reading(
    indicator: str,
    date: str,
    value: float,
    unit: str,
    source: str,
    confidence: str = "medium",
    verification: str = "self_reported",
    group: str = "total",
    method: str = "",
    note: str = "",
) -> dict[str, Any]:
    return {
        "indicator": indicator, "version": 1, "date": date, "area": "", "group": group, "value": float(value), "low": None,
        "high": None, "unit": unit, "source": source, "method": method, "verification": verification,
        "confidence": confidence, "replaces": "", "note": note,
    }  # fmt: skip


def month_end(month: str) -> str:
    """The last day of a `YYYY-MM` month."""
    year, number = (int(part) for part in month.split("-"))
    return f"{month}-{calendar.monthrange(year, number)[1]:02d}"


def strength(data: Path, job: Job) -> pl.DataFrame:
    """Month, military (troops and observers) and police of the mission, from its start to the vantage day."""
    return (
        _read(data / STRENGTH)
        .filter(pl.col("mission") == job.mission)
        .with_columns(pl.col("date").str.slice(0, 7).alias("month"))
        .filter(pl.col("month").is_between(pl.lit(f"{job.started:%Y-%m}"), pl.lit(f"{job.as_of:%Y-%m}")))
        .select(
            "month",
            pl.sum_horizontal("troops", "observers").alias("military"),
            "police",
            (pl.col("troops").is_null() & pl.col("observers").is_null()).alias("no_military"),
        )
        .sort("month")
    )


def _strengths(data: Path, job: Job) -> list[dict[str, Any]]:
    out = []
    for month, military, police, no_military in strength(data, job).iter_rows():
        if not no_military:
            out.append(_reading("UN-MILITARY", month_end(month), military, "persons", "UN-STRENGTH", "high"))
        if police is not None:
            out.append(_reading("UN-POLICE", month_end(month), police, "persons", "UN-STRENGTH", "high"))
    return out


def _abroad(data: Path, job: Job, abroad: Neighbour) -> list[dict[str, Any]]:
    """Deaths of each month in a neighbouring country; months without events are zero, not missing."""
    if abroad.data == "precise":
        events = _events(data, abroad.iso3, job.as_of)
        found = dict(events.group_by("month").agg(pl.col("best").sum()).iter_rows())
        source, note = "UCDP-GED-21-1", "located events only"
    else:
        rows = _read(data / COUNTRY_MONTHS).filter(pl.col("iso3") == abroad.iso3)
        found = dict(rows.select("month", "fatalities").iter_rows())
        source, note = "UCDP-COUNTRY-MONTH", ""
    months = (month_text(i) for i in range(month_index(abroad.first), month_of(job.as_of) + 1))
    return [
        _reading(abroad.indicator, month_end(month), found.get(month, 0), "deaths", source, method="counted", note=note)
        for month in months
    ]


def _refugees(data: Path, job: Job) -> list[dict[str, Any]]:
    rows = _read(data / REFUGEES).filter(
        (pl.col("iso3") == job.iso3) & pl.col("year").is_between(job.refugees_from, job.as_of.year - 1)
    )
    return [
        _reading("REFUGEES-ABROAD", f"{year}-12-31", count, "persons", "UNHCR-POPULATION", "high")
        for year, count in rows.sort("year").select("year", "refugees_from").iter_rows()
    ]
