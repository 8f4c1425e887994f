"""Whole missions: put in from a dossier, taken out again, listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl
from django.db import transaction

from exitplan.domain.dossier import Dossier, body
from exitplan.domain.errors import InvalidValue, NotFound
from exitplan.domain.roles import ROLES, Reader
from exitplan.domain.tables import AreaMonths, MeasurementTable
from exitplan.store import texts
from exitplan.store.chain import Act, append
from exitplan.store.entries import troubles, writing
from exitplan.store.models import AreaMonthRow, EntryRow, MeasurementRow, Mission, Revision
from exitplan.store.snapshots import snapshot

BATCH = 2000


@dataclass(frozen=True)
class Stored:
    """A mission as it lies in the store: bodies as they were typed, tables as they were approved."""

    code: str
    revision: int
    bodies: dict[str, list[dict[str, Any]]]
    versions: dict[tuple[str, str], int]
    measurements: MeasurementTable
    area_months: AreaMonths
    boundaries: dict[str, Any]
    boundary_note: dict[str, Any]


@dataclass(frozen=True)
class Listed:
    """One line of the list of missions."""

    code: str
    title: str
    revision: int


@dataclass(frozen=True)
class Taking:
    """One taking-out of a bundle, as the bundle says it: a revision and its link, which nobody can guess."""

    revision: int
    link: str


def listed() -> tuple[Listed, ...]:
    """Every mission of this database, by code."""
    return tuple(Listed(*row) for row in Mission.objects.order_by("code").values_list("code", "title", "revision"))


def head_of(mission: str) -> str:
    """Digest in which a mission's chain ends: what is kept for it is good while it stands. Raises NotFound."""
    head = Mission.objects.filter(code=mission).values_list("head", flat=True).first()
    if head is None:
        raise NotFound("mission", mission, tuple(m.code for m in listed()))
    return head


def heads() -> dict[str, str]:
    """The same for every mission, by its code."""
    with troubles():
        return dict(Mission.objects.order_by("code").values_list("code", "head"))


def create(dossier: Dossier, *, who: str, why: str, at: datetime, origins: Sequence[Taking] = ()) -> int:
    """
    Put a whole dossier into the database as a new mission; all of it or nothing.

    `origins` are the takings-out that a bundle says it comes from; they go along when it is taken out again.

    Returns the number of its last revision. Raises InvalidValue when a mission of that code is there already.
    """
    with troubles(), transaction.atomic():
        if Mission.objects.filter(code=dossier.mission.code).exists():
            raise InvalidValue("mission", dossier.mission.code, "the code of a mission that is not in the database yet")
        mission = Mission.objects.create(
            code=dossier.mission.code,
            title=dossier.mission.title,
            boundaries=dict(dossier.boundaries),
            boundary_note=dict(dossier.boundary_note),
            origins=[[taking.revision, taking.link] for taking in origins],
        )
        mission = Mission.objects.select_for_update().get(pk=mission.pk)
        bodies = [
            (entry.kind, entry.code, {"code": entry.code, "title": entry.title, **body(entry)})
            for entry in dossier.everything()
        ]
        rows = EntryRow.objects.bulk_create(
            [
                EntryRow(mission=mission, kind=k, code=c, body=b, position=at_)
                for at_, (k, c, b) in enumerate(bodies, 1)
            ],
            batch_size=BATCH,
        )
        texts.keep(rows)
        append(mission, [Act("create", k, c, 1, b) for k, c, b in bodies], who=who, why=why, at=at)
        add_measurements(mission, dossier.measurements, who=who, why=why, at=at, state="approved")
        replace_area_months(mission, dossier.area_months, who=who, why=why, at=at)
        return mission.revision


def take_out(mission: str, reader: Reader, *, why: str, at: datetime, seen: int) -> tuple[Taking, ...]:
    """
    Put on record that a reader takes the mission out as a bundle, so that it can be merged when it comes back.

    Returns this taking-out, then those that this copy goes back to itself. Raises Moved, NotFound.
    """
    with writing(mission, seen) as held:
        act = Act("export", "bundle", "BUNDLE", 1, {"role": reader.role, "partner": reader.partner or ""})
        revision = append(held, [act], who=reader.name, why=why, at=at)[0]
        return (Taking(revision.number, revision.link), *(Taking(*origin) for origin in held.origins))


def taken_out(mission: str, takings: Sequence[Taking]) -> tuple[int, Reader] | None:
    """The revision at which a bundle left this mission, and for whose eyes; None when it left another one."""
    for taking in takings:
        found = Revision.objects.filter(
            mission__code=mission, act="export", number=taking.revision, link=taking.link, redacted_by=None
        ).first()
        if found is not None and found.after["role"] in ROLES:
            return found.number, Reader(found.after["role"], found.after["partner"] or None, found.who)
    return None


def add_measurements(mission: Mission, table: MeasurementTable, *, who: str, why: str, at: datetime, state: str) -> int:
    """Add measurements as one batch with one revision; the caller holds the mission. Returns the batch's number."""
    if not len(table):
        return mission.revision
    summary = {"rows": len(table), "state": state, "csv": table.csv_text() if len(table) <= BATCH else None}
    number = append(mission, [Act("measure", "measurement", "BATCH", 1, summary)], who=who, why=why, at=at)[0].number
    rows = table.frame.to_dicts()
    MeasurementRow.objects.bulk_create(
        [MeasurementRow(mission=mission, state=state, entered_by=who, batch=number, **row) for row in rows],
        batch_size=BATCH,
    )
    return number


def area_months_in(mission: str, table: AreaMonths, *, who: str, why: str, at: datetime) -> None:
    """Replace the counts of the sources a table speaks of. Raises NotFound."""
    with writing(mission) as held:
        replace_area_months(held, table, who=who, why=why, at=at)


def replace_area_months(mission: Mission, table: AreaMonths, *, who: str, why: str, at: datetime) -> None:
    """Replace the counts of the sources a table speaks of; the caller holds the mission."""
    if not len(table):
        return
    sources = table.frame["source"].unique().to_list()
    AreaMonthRow.objects.filter(mission=mission, source__in=sources).delete()
    AreaMonthRow.objects.bulk_create(
        [AreaMonthRow(mission=mission, **row) for row in table.frame.to_dicts()], batch_size=BATCH
    )
    act = Act("import", "area_month", "COUNTS", 1, {"rows": len(table), "sources": sorted(sources)})
    append(mission, [act], who=who, why=why, at=at)


def load(mission: str) -> Stored:
    """Everything a mission holds, read at one point in time. Raises NotFound."""
    with snapshot():
        found = Mission.objects.filter(code=mission).first()
        if found is None:
            raise NotFound("mission", mission, tuple(m.code for m in listed()))
        bodies: dict[str, list[dict[str, Any]]] = {}
        versions: dict[tuple[str, str], int] = {}
        rows = found.entries.order_by("kind", "position", "id").values_list("kind", "code", "version", "body")
        for kind, code, version, content in rows:
            bodies.setdefault(kind, []).append(content)
            versions[kind, code] = version
        return Stored(
            code=found.code,
            revision=found.revision,
            bodies=bodies,
            versions=versions,
            measurements=MeasurementTable.of(_frame(MeasurementTable, found.measurements.filter(state="approved"))),
            area_months=AreaMonths.of(_frame(AreaMonths, found.area_months.all())),
            boundaries=found.boundaries,
            boundary_note=found.boundary_note,
        )


def _frame(table: type[MeasurementTable] | type[AreaMonths], rows: Any) -> pl.DataFrame:
    """Rows of the database as the frame a table is made of."""
    names = [c.name for c in table.COLUMNS]
    schema = {c.name: c.dtype for c in table.COLUMNS}
    return pl.DataFrame(list(rows.values_list(*names)), schema=schema, orient="row")
