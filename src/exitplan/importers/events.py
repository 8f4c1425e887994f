"""From rows of event texts to placed events and area-months, every row accounted for. What UCDP and ACLED have in common."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from exitplan.domain.findings import Wanted, shown
from exitplan.domain.results.imports import ImportReport, RefusedRow
from exitplan.domain.tables import AreaMonths, EventTable, Refused
from exitplan.importers.hosts import Host
from exitplan.importers.placement import COARSE, TOLERANCE, Areas, place
from exitplan.importers.textfile import TextTable

SWAPPED = Wanted("latitude before longitude in their own columns; these look swapped")


@dataclass(frozen=True)
class Setting:
    """What an import of events has to know about the mission."""

    areas: Areas
    host: Host
    today: date
    """Events after this day are refused."""
    source: str
    """Code of the source entry that the area-months name."""
    coarse: int = COARSE
    tolerance: float = TOLERANCE


@dataclass(frozen=True)
class Imported:
    """What came of an event file."""

    events: EventTable
    """Events of the host: with an area, or with an empty one where they could not be placed."""
    area_months: AreaMonths
    report: ImportReport


def import_events(
    what: str, table: TextTable, texts: pl.DataFrame, setting: Setting, refused: Iterable[Refused] = ()
) -> Imported:
    """
    Check, de-duplicate and place the rows of one file.

    Parameters
    ----------
    what
        `ucdp` or `acled`, for the report.
    table
        The file as it was read, with its own refusals and notes.
    texts
        Columns of `EventTable` as texts, and `line`: the rows of `table.frame` that are not refused already.
    setting
        The mission.
    refused
        Faults found before, of rows that `texts` lacks.

    Returns
    -------
    Imported
        read = kept + unplaced + other_country + refused rows, always.
    """
    parsed = EventTable.parse(texts, today=setting.today)
    events = parsed.table.frame.with_columns(parsed.lines)
    refused = [*table.refused, *refused, *(_explained(fault) for fault in parsed.refused)]

    events, doubles = _first_of_each(events, texts)
    refused += doubles

    fates = place(events, setting.areas, setting.host, coarse=setting.coarse, tolerance=setting.tolerance)
    events = events.with_columns(fates["area"], fates["fate"])
    refused += [
        Refused(line, "latitude", f"{latitude}, {longitude}", SWAPPED)
        for line, latitude, longitude in events.filter(pl.col("fate") == "swapped")
        .select("line", "latitude", "longitude")
        .iter_rows()
    ]
    count = dict(events["fate"].value_counts().iter_rows())
    kept, unplaced = count.get("kept", 0), count.get("unplaced", 0)
    other = count.get("other_country", 0)
    near = int(fates["near"].sum())

    if kept + unplaced < events.height:
        events = events.filter(pl.col("fate").is_in(["kept", "unplaced"]))
    ours = EventTable(events.drop("line", "fate"))
    return Imported(
        ours,
        ours.area_months(setting.source),
        ImportReport(
            what=what,
            file=table.name,
            sha256=table.sha256,
            read=table.read,
            kept=kept,
            unplaced=unplaced,
            other_country=other,
            refused_rows=len({fault.line for fault in refused}),
            refused=_rows(refused),
            notes=(*table.notes, *([f"nearest_area:{near}"] if near else [])),
        ),
    )


def _rows(refused: Iterable[Refused]) -> tuple[RefusedRow, ...]:
    ordered = sorted(refused, key=lambda fault: fault.line)
    return tuple(RefusedRow(line=f.line, field=f.field, value=f.value, reason=f.reason) for f in ordered)


def _explained(fault: Refused) -> Refused:
    """A latitude beyond the poles that would do as a longitude has probably changed places with it."""
    if fault.field == "latitude":
        try:
            if 90 < abs(float(fault.value)) <= 180:
                return replace(
                    fault, reason=Wanted("{wanted}; latitude and longitude look swapped", wanted=fault.reason)
                )
        except ValueError:
            pass
    return fault


def _first_of_each(events: pl.DataFrame, texts: pl.DataFrame) -> tuple[pl.DataFrame, list[Refused]]:
    """Events without those whose identifier stood on an earlier line; these are refused, equal or not."""
    numbers = events["id"].cast(pl.Int64, strict=False)
    if not numbers.has_nulls() and numbers.n_unique() == events.height:
        return events, []  # texts that differ as numbers differ as texts, and numbers are compared faster
    double = events["id"].is_duplicated()
    if not double.any():
        return events, []
    groups = events.filter(double).sort("line")
    rows = dict(zip(texts["line"], range(texts.height), strict=True))
    content = texts.drop("line")
    first: dict[str, int] = {}
    refused = []
    for name, line in groups.select("id", "line").iter_rows():
        if name not in first:
            first[name] = line
            continue
        same = content.row(rows[line]) == content.row(rows[first[name]])
        reason = (
            Wanted("an identifier of its own; the row equals that of line {line}", line=first[name])
            if same
            else Wanted("an identifier of its own; the row differs from that of line {line}", line=first[name])
        )
        refused.append(Refused(line, "id", shown(name), reason))
    doubles = [fault.line for fault in refused]
    return events.filter(~pl.col("line").is_in(doubles)), refused
