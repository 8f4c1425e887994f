"""Events of ACLED, from exports in the layout of 2022 and before and in the present one, in UCDP's three kinds of violence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl

from exitplan.domain.findings import Wanted, shown
from exitplan.domain.tables import Refused
from exitplan.importers.dates import with_iso_days
from exitplan.importers.events import Imported, Setting, import_events
from exitplan.importers.textfile import read_table, with_decimal_points

COLUMNS = {
    "id": ("event_id_cnty", "data_id", "event_id_no_cnty"),
    "date_start": ("event_date",),
    "event_type": ("event_type",),
    "sub_event_type": ("sub_event_type",),
    "inter1": ("inter1",),
    "inter2": ("inter2",),
    "civilian_targeting": ("civilian_targeting",),
    "country": ("country",),
    "geo_precision": ("geo_precision",),
    "latitude": ("latitude",),
    "longitude": ("longitude",),
    "fatalities": ("fatalities",),
}
REQUIRED = ("id", "date_start", "event_type", "country", "latitude", "longitude", "fatalities")

STATE_BASED, NON_STATE, ONE_SIDED = "1", "2", "3"
STATES = ("1", "8", "state forces", "external/other forces")
"""Actor codes of exports up to 2022 and actor names of later ones that mean the forces of a State."""
CIVILIANS = ("7", "civilians")
FIGHTING = ("battles", "explosions/remote violence")
ONE_SIDED_TYPES = ("violence against civilians",)
ONE_SIDED_SUBTYPES = ("excessive force against protesters",)
ARMED = Wanted("organised armed violence; protests, riots and strategic developments are not counted")
PRECISION = {"1": "1", "2": "3", "3": "4"}
"""ACLED's geographic precision (1 place, 2 part of a district, 3 region) in UCDP's terms."""


def read_acled(path: Path, setting: Setting) -> Imported:
    """
    Read an export of ACLED and count its events by area and month.

    Parameters
    ----------
    path
        CSV, plain, gzip or zip, in either layout; `REQUIRED` must be there.
    setting
        The mission's areas, its host, the day of the import and the code of the source.

    Returns
    -------
    Imported
        As for `read_ucdp`. A battle or an explosion is state-based (1) where a State's forces are a side, else non-state (2);
        violence aimed at civilians, and lethal force against protesters, is one-sided (3). Protests, riots and strategic
        developments of the host are refused by name, those of other countries counted among the other countries. Deaths are
        one figure in ACLED: low, best and high are equal. Events of regional precision are unplaced.

    Raises
    ------
    Unreadable
        When the file cannot be opened or lacks columns.

    References
    ----------
    .. [1] Raleigh, C., Kishi, R., and Linke, A. (2023). Political instability patterns are obscured by conflict dataset scope
           conditions, sources, and coding choices. Humanities and Social Sciences Communications, 10, 74.
    """
    table = read_table(path, columns=COLUMNS, required=REQUIRED)
    texts, notes = with_decimal_points(table, ("latitude", "longitude"))
    texts, dates = with_iso_days(texts, ("date_start",))
    absent = [column for column in COLUMNS if column not in texts.columns]
    texts = texts.with_columns(pl.lit(None, pl.String).alias(column) for column in absent)
    deaths = pl.col("fatalities")
    texts = texts.with_columns(
        _kind().alias("type_of_violence"),
        pl.col("geo_precision").str.strip_chars().replace(PRECISION).alias("where_prec"),
        deaths.alias("low"),
        deaths.alias("best"),
        deaths.alias("high"),
    )
    foreign = ~setting.host.is_named(texts["country"])
    unarmed = texts["type_of_violence"].is_null() & ~foreign
    refused = [
        Refused(line, "event_type", shown(kind or ""), ARMED)
        for line, kind in texts.filter(unarmed).select("line", "event_type").iter_rows()
    ]
    # The kind of an event elsewhere does not matter: it is counted as another country's whatever it is.
    texts = texts.filter(~unarmed).with_columns(pl.col("type_of_violence").fill_null(NON_STATE))
    noted = (*notes, *dates, *(f"no_{column}_column" for column in absent))
    return import_events("acled", replace(table, notes=noted), texts, setting, refused)


def _kind() -> pl.Expr:
    """UCDP's type of violence as a text; null for what is no organised armed violence."""
    event, sub = _plain("event_type"), _plain("sub_event_type")
    sides = _plain("inter1"), _plain("inter2")
    at_civilians = (_plain("civilian_targeting") != "") | sides[1].is_in(CIVILIANS)
    of_states = sides[0].is_in(STATES) | sides[1].is_in(STATES)
    return (
        pl.when(event.is_in(ONE_SIDED_TYPES) | sub.is_in(ONE_SIDED_SUBTYPES))
        .then(pl.lit(ONE_SIDED))
        .when(event.is_in(FIGHTING))
        .then(
            pl.when(at_civilians)
            .then(pl.lit(ONE_SIDED))
            .when(of_states)
            .then(pl.lit(STATE_BASED))
            .otherwise(pl.lit(NON_STATE))
        )
    )


def _plain(column: str) -> pl.Expr:
    return pl.col(column).fill_null("").str.strip_chars().str.to_lowercase()
