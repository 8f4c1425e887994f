"""Measurements entered, uploaded, reviewed and received, by those whom the rule table lets; the rest see what is approved."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from exitplan.domain.errors import InputFaults, InvalidValue, NotAllowed, NotFound
from exitplan.domain.findings import Finding
from exitplan.domain.kinds import Indicator
from exitplan.domain.release import counts_persons
from exitplan.domain.results.imports import ImportReport, RefusedRow
from exitplan.domain.roles import STAFF, Reader, may
from exitplan.domain.tables import TOTAL, MeasurementTable, Reading
from exitplan.usecases.board import View, view
from exitplan.usecases.kept import kept_with
from exitplan.usecases.people import require

if TYPE_CHECKING:
    from exitplan.importers.measurements import Headings
    from exitplan.store.measurements import Row, State
    from exitplan.store.redaction import Redacted
    from exitplan.store.signoffs import Signed

KEPT_COUNTS = 16
"""Choices of state and indicator whose counts are kept with a view."""


@dataclass(frozen=True)
class Uploaded:
    """What became, or would become, of an uploaded file, row by row."""

    report: ImportReport
    ids: tuple[int, ...]
    """Rows taken in; empty for a dry run."""
    fresh: int
    """Rows that are, or would be, taken in."""
    there: int
    """Rows that are held already with the same value; they are left alone."""
    changes: tuple[Difference, ...]
    """Rows whose key is held with another value: taken in beside it, to replace it when approved."""


@dataclass(frozen=True)
class Difference:
    """A value that differs from the one held under the same key and source."""

    reading: Reading
    held: float
    state: str


def upload(
    reader: Reader,
    mission: str,
    file: Path,
    *,
    on: date,
    at: datetime,
    why: str,
    headings: Headings | None = None,
    submit: bool = True,
    dry_run: bool = False,
) -> Uploaded:
    """
    Take measurements from a CSV or a workbook; sound rows are taken, every other row is named with what was wanted.

    Parameters
    ----------
    on
        Measurements dated later are refused.
    submit
        Whether rows come in as submitted, or as drafts.
    dry_run
        Say what would happen and write nothing.

    Raises
    ------
    NotAllowed
        When the role enters no measurements.
    Unreadable
        When the file cannot be read at all.
    """
    from exitplan.importers.measurements import read_measurement_lines

    require(reader, "measure")
    codes = _codes(view(mission, reader))
    table, report, lines = read_measurement_lines(file, today=on, headings=headings, known=codes)
    return take_in(reader, mission, table, report, lines=lines, at=at, why=why, submit=submit, dry_run=dry_run)


def upload_rows(
    reader: Reader,
    mission: str,
    rows: Sequence[Mapping[str, Any]],
    *,
    on: date,
    at: datetime,
    why: str,
    submit: bool = True,
    dry_run: bool = False,
) -> Uploaded:
    """The same for rows that came as plain values under the columns' own names; lines count the rows from 1."""
    from exitplan.importers.measurements import measurements_of_rows

    require(reader, "measure")
    table, report, lines = measurements_of_rows(rows, today=on, known=_codes(view(mission, reader)))
    return take_in(reader, mission, table, report, lines=lines, at=at, why=why, submit=submit, dry_run=dry_run)


def take_in(
    reader: Reader,
    mission: str,
    table: MeasurementTable,
    report: ImportReport,
    *,
    lines: pl.Series | None = None,
    at: datetime,
    why: str,
    submit: bool = True,
    dry_run: bool = False,
) -> Uploaded:
    """The same for rows that have been read already, with the account of reading them and the line each stood on."""
    from exitplan.store import measurements

    require(reader, "measure")
    seen = view(mission, reader)
    kept, refused = _known_to(seen, table, lines)
    held = measurements.known(mission, kept)
    same = {k.place for k in held if k.same}
    changes = tuple(
        Difference(reading, k.value, k.state)
        for k, reading in zip(held, _readings(kept, [k.place for k in held]), strict=True)
        if not k.same and (reader.role in STAFF or k.state == "approved")
    )
    fresh = MeasurementTable(kept.frame.with_row_index("place").filter(~pl.col("place").is_in(same)).drop("place"))
    ids: tuple[int, ...] = ()
    if len(fresh) and not dry_run:
        state: State = "submitted" if submit else "draft"
        ids = measurements.add(mission, fresh, who=reader.name, why=why, at=at, state=state)
    everything = tuple(sorted((*report.refused, *refused), key=lambda r: r.line))
    told = report.model_copy(
        update={
            "kept": len(kept),
            "dry_run": dry_run,
            "refused": everything,
            "refused_rows": report.refused_rows + len({r.line for r in refused}),
        }
    )
    return Uploaded(told, ids, len(fresh), len(same), changes)


def enter(
    reader: Reader, mission: str, reading: Reading, *, on: date, at: datetime, why: str, submit: bool = False
) -> int:
    """
    Enter one measurement, as a draft or submitted; returns its number.

    Raises NotAllowed, and InputFaults naming every field that is wrong.
    """
    require(reader, "measure")
    table = _checked(view(mission, reader), reading, on)
    from exitplan.store import measurements

    return measurements.add(mission, table, who=reader.name, why=why, at=at, state="submitted" if submit else "draft")[
        0
    ]


def edit(
    reader: Reader, mission: str, row: int, edition: int, reading: Reading, *, on: date, at: datetime, why: str
) -> Row:
    """
    Change a draft or returned measurement; what it said before stays in the history.

    Raises NotAllowed, NotFound, Stale, InvalidValue, InputFaults.
    """
    from exitplan.store import measurements

    require(reader, "measure")
    _own(reader, mission, row)
    table = _checked(view(mission, reader), reading, on)
    return measurements.edit(mission, row, edition, table.readings()[0], who=reader.name, why=why, at=at)


def submit(
    reader: Reader, mission: str, chosen: Sequence[tuple[int, int]], *, at: datetime, why: str
) -> tuple[Row, ...]:
    """Submit drafts and returned rows, each given with the edition it was seen at. Raises as `edit`."""
    return _own_step(reader, mission, chosen, "submitted", at=at, why=why)


def take_back(
    reader: Reader, mission: str, chosen: Sequence[tuple[int, int]], *, at: datetime, why: str
) -> tuple[Row, ...]:
    """Take submitted rows back as drafts before they are reviewed. Raises as `edit`."""
    return _own_step(reader, mission, chosen, "draft", at=at, why=why)


def withdraw(reader: Reader, mission: str, row: int, edition: int, *, at: datetime, why: str) -> None:
    """Take a draft or returned row away; its history stays. Raises as `edit`."""
    from exitplan.store import measurements

    require(reader, "measure")
    _own(reader, mission, row)
    measurements.withdraw(mission, row, edition, who=reader.name, why=why, at=at)


def approve(
    reader: Reader, mission: str, chosen: Sequence[tuple[int, int]], *, at: datetime, why: str, reservation: str = ""
) -> tuple[Row, ...]:
    """
    Approve submitted rows, with a reservation where one is given; from then on they count.

    Raises NotAllowed, NotFound, Stale, InvalidValue; none is approved then.
    """
    return _review(reader, mission, chosen, "approved", at=at, why=why, reservation=reservation)


def give_back(
    reader: Reader, mission: str, chosen: Sequence[tuple[int, int]], *, at: datetime, why: str
) -> tuple[Row, ...]:
    """
    Return submitted or approved rows, saying why; they no longer count until approved again.

    Raises as `approve`, and InvalidValue without a reason.
    """
    if not why.strip():
        raise InvalidValue("why", why, "what has to be mended")
    return _review(reader, mission, chosen, "returned", at=at, why=why, reservation=why)


def rows(
    reader: Reader,
    mission: str,
    *,
    states: Collection[str] | None = None,
    indicator: str | None = None,
    mine: bool = False,
    most: int | None = 500,
    start: int = 0,
) -> tuple[Row, ...]:
    """
    Measurements that a reader may see, newest first: those inside the mission see every state, others what is approved and
    what they entered themselves; always of indicators, areas and sources that are shown to them.
    """
    from exitplan.store import measurements

    seen = view(mission, reader)
    found = measurements.rows(mission, **_wanted(seen, reader, states, indicator, mine), most=most, start=start)
    return tuple(shown for row in found if (shown := _as_shown(seen, reader, row)) is not None)


def how_many(
    reader: Reader,
    mission: str,
    *,
    states: Collection[str] | None = None,
    indicator: str | None = None,
    mine: bool = False,
) -> int:
    """How many `rows` there are on all pages."""
    from exitplan.store import measurements

    seen = view(mission, reader)
    if mine:
        return measurements.count(mission, **_wanted(seen, reader, states, indicator, mine))
    return _counted(seen.shared, frozenset(states) if states is not None else None, indicator)


@kept_with(most=KEPT_COUNTS)
def _counted(seen: View, states: frozenset[str] | None, indicator: str | None) -> int:
    """Every measurement that comes or moves is a revision, so a count is good for as long as the view."""
    from exitplan.store import measurements

    return measurements.count(seen.mission, **_wanted(seen, seen.reader, states, indicator, mine=False))


def _wanted(
    seen: View, reader: Reader, states: Collection[str] | None, indicator: str | None, mine: bool
) -> dict[str, Any]:
    """What the store is asked for, so that it gives only what the reader may see."""
    from exitplan.store.measurements import STATES

    require(reader, "read")
    known = _indicators(seen)
    wanted = frozenset(states if states is not None else STATES)
    return {
        "states": wanted if mine or reader.role in STAFF else wanted & {"approved"},
        "indicators": known if indicator is None else known & {indicator},
        "areas": {"", *(code for kind, code in seen.versions if kind == "area")},
        "entered_by": reader.name if mine else None,
    }


def one(reader: Reader, mission: str, row: int) -> Row:
    """One measurement that a reader may see. Raises NotFound."""
    from exitplan.store import measurements

    found = measurements.one(mission, row)
    seen = view(mission, reader)
    open_to_them = reader.role in STAFF or found.state == "approved" or found.entered_by == reader.name
    shown = _as_shown(seen, reader, found) if open_to_them else None
    if shown is None or found.reading.indicator not in _indicators(seen):
        raise NotFound("measurement", str(row))
    return shown


def counts(reader: Reader, mission: str) -> dict[str, int]:
    """Measurements in each state, of what a reader inside the mission may see; others are told of approved ones alone."""
    found = _counts(view(mission, reader).shared)
    return dict(found) if reader.role in STAFF else {"approved": found.get("approved", 0)}


@kept_with(most=1)
def _counts(seen: View) -> Mapping[str, int]:
    from exitplan.store import measurements

    return measurements.counts(seen.mission, _indicators(seen))


def receive(
    reader: Reader, mission: str, row: int, edition: int, *, receipt: str, text: str = "", at: datetime
) -> Signed:
    """Note, agree to, or enter a reservation on a measurement. Raises NotAllowed, NotFound, Stale, InvalidValue."""
    from exitplan.store import signoffs

    require(reader, "sign" if receipt.startswith("agreed") else "reserve")
    one(reader, mission, row)
    return signoffs.sign(mission, "measurement", str(row), edition, reader, receipt=receipt, text=text, at=at)


def received(reader: Reader, mission: str, row: int) -> tuple[Signed, ...]:
    """How others received a measurement, newest first. Raises NotFound."""
    from exitplan.store import signoffs

    one(reader, mission, row)
    return signoffs.signed(mission, "measurement", str(row))


def redact(reader: Reader, mission: str, row: int, *, at: datetime, why: str) -> Redacted:
    """Take a measurement out for good. Raises NotAllowed, NotFound."""
    from exitplan.store import redaction

    require(reader, "redact")
    one(reader, mission, row)
    return redaction.redact_measurement(mission, row, who=reader.name, why=why, at=at)


def _own_step(
    reader: Reader, mission: str, chosen: Sequence[tuple[int, int]], state: State, *, at: datetime, why: str
) -> tuple[Row, ...]:
    from exitplan.store import measurements

    require(reader, "measure")
    _all_seen(reader, mission, [row for row, _ in chosen], own=not may(reader, "review_measurement"))
    return measurements.move(mission, chosen, state, who=reader.name, why=why, at=at)


def _review(
    reader: Reader,
    mission: str,
    chosen: Sequence[tuple[int, int]],
    state: State,
    *,
    at: datetime,
    why: str,
    reservation: str,
) -> tuple[Row, ...]:
    from exitplan.store import measurements

    require(reader, "review_measurement")
    _all_seen(reader, mission, [row for row, _ in chosen], own=False)
    return measurements.move(mission, chosen, state, who=reader.name, why=why, at=at, reservation=reservation)


def _own(reader: Reader, mission: str, row: int) -> None:
    _all_seen(reader, mission, [row], own=not may(reader, "review_measurement"))


def _all_seen(reader: Reader, mission: str, numbers: Sequence[int], *, own: bool) -> None:
    """Every row must be shown to the reader and, where `own`, entered by them."""
    from exitplan.store import measurements

    seen = view(mission, reader)
    indicators = _indicators(seen)
    found = {
        row.id: row
        for start in range(0, len(numbers), 500)
        for row in measurements.rows(mission, ids=numbers[start : start + 500], most=None)
    }
    for number in numbers:
        row = found.get(number)
        if row is None or row.reading.indicator not in indicators or _as_shown(seen, reader, row) is None:
            raise NotFound("measurement", str(number))
        if own and row.entered_by != reader.name:
            raise NotAllowed("measure", "role")


def _indicators(seen: View) -> set[str]:
    return {e.code for e in seen.dossier.entries.get("indicator", ())} | {
        code for kind, code in seen.unsound if kind == "indicator"
    }


def _as_shown(seen: View, reader: Reader, row: Row) -> Row | None:
    """A row without the names of sources that are hidden; None for an area that is, or for a cell that is too small to show."""
    reading = row.reading
    if reading.area and not seen.knows("area", reading.area):
        return None
    if not may(reader, "see_positions") and row.entered_by != reader.name and _is_small(seen, reading):
        return None
    source, replaces = (c if c and seen.knows("source", c) else "" for c in (reading.source, reading.replaces))
    inside = reader.role in STAFF
    return replace(
        row,
        reading=reading._replace(source=source, replaces=replaces),
        entered_by=row.entered_by if inside or row.entered_by == reader.name else "",
        reviewed_by=row.reviewed_by if inside else "",
    )


def _is_small(seen: View, reading: Reading) -> bool:
    """Whether a row belongs to a breakdown that `release` left out for having a group of very few persons."""
    indicator = seen.dossier.get(Indicator, reading.indicator)
    if reading.group == TOTAL or indicator is None or not counts_persons(indicator):
        return False
    return (*reading[:5],) not in _broken_down(seen.shared)


@kept_with(most=1)
def _broken_down(seen: View) -> frozenset[tuple[object, ...]]:
    """Keys of the rows of every breakdown that a reader sees."""
    frame = seen.dossier.measurements.frame.filter(pl.col("group") != TOTAL)
    return frozenset(frame.select(MeasurementTable.KEY).iter_rows())


def _codes(seen: View) -> dict[str, list[str]]:
    """Codes of what is shown to the reader, by the column of a measurement that may name them."""
    return {kind: [c for k, c in seen.versions if k == kind] for kind in ("indicator", "area", "source")}


def _known_to(
    seen: View, table: MeasurementTable, lines: pl.Series | None = None
) -> tuple[MeasurementTable, tuple[RefusedRow, ...]]:
    """Rows that speak of what is shown to the reader; the others refused as if it were not there."""
    kinds = (("indicator", False), ("area", True), ("source", True))
    known = _codes(seen)
    numbers = pl.int_range(1, len(table) + 1, eager=True) if lines is None else lines
    frame = table.frame.with_columns(line=numbers)
    refused: list[RefusedRow] = []
    bad = pl.lit(False)
    for kind, may_be_empty in kinds:
        unknown = ~pl.col(kind).is_in(known[kind])
        if may_be_empty:
            unknown = unknown & (pl.col(kind) != "")
        bad = bad | unknown
        refused += [
            RefusedRow(
                line=line, field=kind, value=value, reason=f"the code of {'an' if kind != 'source' else 'a'} {kind}"
            )
            for line, value in frame.filter(unknown).select("line", kind).iter_rows()
        ]
    kept = frame.filter(~bad).drop("line") if refused else table.frame
    return MeasurementTable(kept), tuple(sorted(refused, key=lambda r: r.line))


def _checked(seen: View, reading: Reading, on: date) -> MeasurementTable:
    """One reading as a table, checked as a file's rows are. Raises InputFaults."""
    texts: dict[str, Any] = {
        name: [None if value is None or value == "" else str(value)] for name, value in reading._asdict().items()
    }
    parsed = MeasurementTable.parse(
        pl.DataFrame(texts, schema=dict.fromkeys(texts, pl.String)), today=on, known=_codes(seen)
    )
    faults = [
        Finding(code="bad-row", kind="measurement", field=r.field, value=r.value, wanted=r.reason)
        for r in parsed.refused
    ]
    if faults:
        raise InputFaults(tuple(faults))
    return parsed.table


def _readings(table: MeasurementTable, places: Sequence[int]) -> tuple[Reading, ...]:
    return tuple(Reading(*table.frame.row(place)) for place in places)
