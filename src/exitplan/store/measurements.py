"""Measurements on their way from draft to approved. Only approved ones count; every step is a link in the chain.

draft → submitted → approved, or approved with a reservation
                  → returned → submitted …
approved → superseded, when a later value of the same key and source is approved
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, get_args

import polars as pl
from django.db.models import Count, QuerySet

from exitplan.domain.errors import InvalidValue, NotFound
from exitplan.domain.findings import Wanted
from exitplan.domain.tables import MeasurementTable, Reading
from exitplan.store.chain import Act, append
from exitplan.store.entries import writing
from exitplan.store.errors import Stale
from exitplan.store.models import MeasurementRow, Mission

State = Literal["draft", "submitted", "approved", "returned", "superseded"]
STATES: tuple[State, ...] = get_args(State)

STEPS: Mapping[str, frozenset[str]] = {
    "submitted": frozenset({"draft", "returned"}),
    "draft": frozenset({"submitted", "returned"}),
    "approved": frozenset({"submitted"}),
    "returned": frozenset({"submitted", "approved"}),
}
"""From which states each state may be reached."""

EDITABLE = frozenset({"draft", "returned"})
"""States in which the values themselves may change."""

BATCH = 2000
"""Rows whose text stands together in one revision."""

KEY = (*MeasurementTable.KEY, "source")


@dataclass(frozen=True)
class Row:
    """One measurement with where it stands."""

    id: int
    reading: Reading
    state: State
    reservation: str
    edition: int
    entered_by: str
    reviewed_by: str
    batch: int


@dataclass(frozen=True)
class Known:
    """What the store holds already for one row of an upload: `same` value, or another value."""

    place: int
    same: bool
    id: int
    state: str
    value: float


def add(mission: str, table: MeasurementTable, *, who: str, why: str, at: datetime, state: State) -> tuple[int, ...]:
    """
    Take rows in as drafts or as submitted; all of them or none.

    Returns the number of each row, in the table's order. Raises NotFound.
    """
    if state not in ("draft", "submitted"):
        raise InvalidValue("state", state, "draft or submitted")
    numbers: list[int] = []
    with writing(mission) as held:
        for start in range(0, len(table), BATCH):
            part = MeasurementTable(table.frame.slice(start, BATCH))
            after = {"rows": len(part), "state": state, "csv": part.frame.write_csv()}
            act = Act("measure", "measurement", "BATCH", 1, after)
            batch = append(held, [act], who=who, why=why, at=at)[0].number
            rows = [
                MeasurementRow(mission=held, state=state, entered_by=who, batch=batch, **row)
                for row in part.frame.iter_rows(named=True)
            ]
            numbers += [row.pk for row in MeasurementRow.objects.bulk_create(rows, batch_size=500)]
    return tuple(numbers)


def rows(
    mission: str,
    *,
    states: Collection[str] = STATES,
    indicators: Collection[str] | None = None,
    areas: Collection[str] | None = None,
    entered_by: str | None = None,
    ids: Collection[int] | None = None,
    most: int | None = 500,
    start: int = 0,
) -> tuple[Row, ...]:
    """Measurements of a mission, newest date first, filtered; `start` and `most` cut a page out."""
    found = _found(mission, states, indicators, areas, entered_by)
    if ids is not None:
        found = found.filter(pk__in=list(ids))
    ordered = found.order_by("-date", "-id")
    return tuple(_row(r) for r in (ordered[start:] if most is None else ordered[start : start + most]))


def count(
    mission: str,
    *,
    states: Collection[str] = STATES,
    indicators: Collection[str] | None = None,
    areas: Collection[str] | None = None,
    entered_by: str | None = None,
) -> int:
    """How many `rows` there are without a cut."""
    return _found(mission, states, indicators, areas, entered_by).count()


def _found(
    mission: str,
    states: Collection[str],
    indicators: Collection[str] | None,
    areas: Collection[str] | None,
    entered_by: str | None,
) -> QuerySet[MeasurementRow]:
    found = MeasurementRow.objects.filter(mission__code=mission)
    if not frozenset(STATES) <= frozenset(states):
        found = found.filter(state__in=list(states))
    if indicators is not None:
        found = found.filter(indicator__in=list(indicators))
    if areas is not None:
        found = found.filter(area__in=list(areas))
    if entered_by is not None:
        found = found.filter(entered_by=entered_by)
    return found


def counts(mission: str, indicators: Collection[str]) -> dict[str, int]:
    """Rows of some indicators in each state."""
    found = MeasurementRow.objects.filter(mission__code=mission, indicator__in=list(indicators))
    return dict(found.values_list("state").annotate(Count("id")))


def one(mission: str, row: int) -> Row:
    """One measurement. Raises NotFound."""
    found = MeasurementRow.objects.filter(mission__code=mission, pk=row).first()
    if found is None:
        raise NotFound("measurement", str(row))
    return _row(found)


def edit(mission: str, row: int, edition: int, reading: Reading, *, who: str, why: str, at: datetime) -> Row:
    """
    Change the values of a draft or a returned row; what it said before stays in the history.

    Raises
    ------
    Stale
        When somebody else changed it first.
    InvalidValue
        When it is submitted or approved: it has to be returned first.
    NotFound
        When there is no such row.
    """
    with writing(mission) as held:
        found = _held(held, row, edition, yours=reading._asdict())
        if found.state not in EDITABLE:
            raise InvalidValue("state", found.state, "a draft or a returned row")
        if found.edition == 1:  # what it said at first stands among other rows in a batch; now it gets its own record
            append(held, [Act("measure", "measurement", str(row), 1, _said(found))], who=who, why=why, at=at)
        for name, value in reading._asdict().items():
            setattr(found, name, value)
        found.edition += 1
        found.save()
        append(held, [Act("measure", "measurement", str(row), found.edition, _said(found))], who=who, why=why, at=at)
    return _row(found)


def move(
    mission: str,
    chosen: Sequence[tuple[int, int]],
    state: State,
    *,
    who: str,
    why: str,
    at: datetime,
    reservation: str = "",
) -> tuple[Row, ...]:
    """
    Take rows one step on: submit, take back, approve (with a reservation where one is given), return.

    Parameters
    ----------
    chosen
        Number and edition of each row, as the reader saw it.

    Returns
    -------
    tuple
        The rows as they stand now. Approved rows of equal key and source are superseded.

    Raises
    ------
    Stale, InvalidValue, NotFound
        When one row has changed since, or may not take this step; none is moved then.
    """
    if state not in STEPS:
        raise InvalidValue("state", state, Wanted("one of {codes}", codes=", ".join(STEPS)))
    with writing(mission) as held:
        numbers = [number for number, _ in chosen]
        found = {r.pk: r for part in _parts(numbers) for r in held.measurements.filter(pk__in=part)}
        for number, edition in chosen:
            row = _checked(found.get(number), number, edition)
            if row.state not in STEPS[state]:
                raise InvalidValue("state", row.state, "a measurement that can still take this step")
        moved = [found[number] for number in dict.fromkeys(numbers)]
        for row in moved:
            row.state, row.edition = state, row.edition + 1
            row.reservation = reservation
            if state in ("approved", "returned"):
                row.reviewed_by = who
        older = _replaced(held, moved) if state == "approved" and moved else []
        names = ["state", "edition", "reservation", "reviewed_by"]
        MeasurementRow.objects.bulk_update([*moved, *older], names, batch_size=100)
        act = {"approved": "approve", "returned": "return", "submitted": "submit", "draft": "take_back"}[state]
        acts = [Act(act, "measurement", str(r.pk), r.edition, {**_said(r), "reservation": reservation}) for r in moved]
        acts += [Act("supersede", "measurement", str(r.pk), r.edition, _said(r)) for r in older]
        append(held, acts, who=who, why=why, at=at)
    return tuple(_row(r) for r in moved)


def withdraw(mission: str, row: int, edition: int, *, who: str, why: str, at: datetime) -> None:
    """Take a draft or returned row away; its history stays. Raises Stale, InvalidValue, NotFound."""
    with writing(mission) as held:
        found = _held(held, row, edition, yours=None)
        if found.state not in EDITABLE:
            raise InvalidValue("state", found.state, "a draft or a returned row")
        act = Act("withdraw", "measurement", str(row), found.edition + 1, _said(found))
        found.delete()
        append(held, [act], who=who, why=why, at=at)


def known(mission: str, table: MeasurementTable) -> tuple[Known, ...]:
    """
    What is held already of the rows of an upload, by their place in it.

    A row is `same` where its value is, or once was, held under its key and source; else the newest other value is named.
    """
    if not len(table):
        return ()
    indicators = table.frame["indicator"].unique().to_list()
    names = [*KEY, "value", "id", "state"]
    held = MeasurementRow.objects.filter(mission__code=mission, indicator__in=indicators).order_by("id")
    types = {**table.frame.schema, "id": pl.Int64, "state": pl.String}
    there = pl.DataFrame(list(held.values_list(*names)), schema={n: types[n] for n in names}, orient="row")
    given = table.frame.select(*KEY, pl.col("value").alias("given")).with_row_index("place")
    both = given.join(there, on=list(KEY), how="inner", nulls_equal=True).with_columns(
        same=pl.col("value") == pl.col("given")
    )
    last = both.sort("same", "id").group_by("place", maintain_order=True).last().sort("place")
    return tuple(Known(**row) for row in last.select("place", "same", "id", "state", "value").iter_rows(named=True))


def _replaced(held: Mission, moved: Sequence[MeasurementRow]) -> list[MeasurementRow]:
    """Approved rows that newly approved ones take the place of."""
    new = {tuple(getattr(r, n) for n in KEY): r.pk for r in moved}
    if len(new) < len(moved):
        raise InvalidValue(
            "measurements", f"{len(moved)} rows", "one value for each indicator, date, area, group and source"
        )
    indicators = {key[0] for key in new}
    dates = {key[2] for key in new}
    near = held.measurements.filter(
        state="approved", indicator__in=indicators, date__gte=min(dates), date__lte=max(dates)
    )
    older = []
    for row in near:
        if new.get(tuple(getattr(row, n) for n in KEY), row.pk) != row.pk:
            row.state, row.edition = "superseded", row.edition + 1
            older.append(row)
    return older


def _parts(numbers: Sequence[int]) -> Iterable[Sequence[int]]:
    return (numbers[start : start + 500] for start in range(0, len(numbers), 500))


def _held(held: Mission, row: int, edition: int, *, yours: Any) -> MeasurementRow:
    return _checked(held.measurements.filter(pk=row).first(), row, edition, yours)


def _checked(found: MeasurementRow | None, row: int, edition: int, yours: Any = None) -> MeasurementRow:
    if found is None:
        raise NotFound("measurement", str(row))
    if found.edition != edition:
        raise Stale("measurement", str(row), theirs=_said(found), theirs_version=found.edition, yours=yours)
    return found


def _said(row: MeasurementRow) -> dict[str, Any]:
    """A row as the history keeps it."""
    said = {name: getattr(row, name) for name in Reading._fields}
    return {**said, "date": _day(said["date"]), "state": row.state}


def _day(value: date | str) -> str:
    return value if isinstance(value, str) else value.isoformat()


def _row(row: MeasurementRow) -> Row:
    reading = Reading(*(getattr(row, name) for name in Reading._fields))
    state: State = row.state
    return Row(row.pk, reading, state, row.reservation, row.edition, row.entered_by, row.reviewed_by, row.batch)
