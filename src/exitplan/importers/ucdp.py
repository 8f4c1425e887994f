"""Events of the Uppsala Conflict Data Program: GED versions 20 to 25, candidate releases, and narrower extracts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import polars.selectors as cs

from exitplan.importers.dates import with_iso_days
from exitplan.importers.events import Imported, Setting, import_events
from exitplan.importers.textfile import read_table, with_decimal_points

COLUMNS = {
    "id": ("id", "event_id"),
    "date_start": ("date_start", "date"),
    "date_end": ("date_end",),
    "type_of_violence": ("type_of_violence",),
    "country": ("country",),
    "where_prec": ("where_prec",),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lon", "long"),
    "low": ("low", "deaths_low"),
    "best": ("best", "best_est", "deaths_best"),
    "high": ("high", "deaths_high"),
}
"""Columns read, with the headings that mean them; whatever else a row holds, notes of sources included, is left where it is."""
REQUIRED = ("id", "date_start", "type_of_violence", "latitude", "longitude", "low", "best", "high")
COORDINATES = ("latitude", "longitude")
DEATHS = ("low", "best", "high")
NUMBERS = {
    **dict.fromkeys(("type_of_violence", "where_prec", *DEATHS), pl.Int64),
    **dict.fromkeys(COORDINATES, pl.Float64),
}
ABSENT = {"country": "no_country_column", "where_prec": "no_precision_column"}
"""Notes on columns that narrower extracts lack: every event then counts as one of the host, or as known to the place."""


def read_ucdp(path: Path, setting: Setting) -> Imported:
    """
    Read an event file of UCDP GED and count its events by area and month.

    Parameters
    ----------
    path
        CSV, plain, gzip or zip: the 49 columns of GED, the 37 of country extracts, or any that hold `REQUIRED`
        (`date` in place of `date_start` will do).
    setting
        The mission's areas, its host, the day of the import and the code of the source.

    Returns
    -------
    Imported
        Events of the host, area-months, and the account of every row. Besides those of `read_table` and `with_iso_days`, notes
        are `bounds_widened:N` (rows whose best estimate lay outside low and high, which then were moved to include it; one
        or two in a hundred rows of the published data), `no_country_column`, `no_precision_column` and `nearest_area:N`
        (points of the host outside every area, counted to the nearest within the tolerance).

    Raises
    ------
    Unreadable
        When the file cannot be opened or lacks columns.

    References
    ----------
    .. [1] Sundberg, R., and Melander, E. (2013). Introducing the UCDP Georeferenced Event Dataset. Journal of Peace
           Research, 50(4), 523-532.
    .. [2] Hogbladh, S. UCDP GED Codebook, Department of Peace and Conflict Research, Uppsala University (version of the data).
    """
    table = read_table(path, columns=COLUMNS, required=REQUIRED, numbers=NUMBERS)
    texts, notes = with_decimal_points(table, COORDINATES)
    texts, dates = with_iso_days(texts, ("date_start", "date_end"))
    texts, widened = _widened(texts)
    notes = (*notes, *dates, *widened, *(note for column, note in ABSENT.items() if column not in texts.columns))
    return import_events("ucdp", replace(table, notes=notes), texts, setting)


def _widened(texts: pl.DataFrame) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Low and high moved so that they include best, where all three are counts."""
    trimmed = texts.select(DEATHS).select(cs.by_dtype(pl.String).str.strip_chars(), ~cs.by_dtype(pl.String))
    counts = trimmed.cast(pl.Int64, strict=False)
    low, best, high = (pl.col(name) for name in DEATHS)
    broken = counts.select(
        ((low >= 0) & (best >= 0) & (high >= 0) & ((best < low) | (best > high))).fill_null(False).alias("broken")
    )["broken"]
    if not broken.any():
        return texts, ()
    moved = counts.select(
        pl.min_horizontal(low, best).alias("low"),
        pl.max_horizontal(best, high).alias("high"),
    )
    mended = [
        pl.when(broken).then(moved[name].cast(texts.schema[name])).otherwise(pl.col(name)).alias(name)
        for name in ("low", "high")
    ]
    return texts.with_columns(mended), (f"bounds_widened:{broken.sum()}",)
