"""CPAS-like data: objectives, outcomes, outputs, indicators, data points and ratings from one CSV or JSON file.

The shape is ours (docs/guide/exchange.md): no official schema is at hand. Data points become measurements and ratings
become assessments; the rest is matched by code with what the dossier holds, and never made.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from pydantic import ValidationError

from exitplan.domain.dossier import Dossier
from exitplan.domain.entry import Entry
from exitplan.domain.errors import Unreadable
from exitplan.domain.findings import Wanted, shown
from exitplan.domain.kinds import Area, Assessment, Benchmark, Criterion, Handover, Indicator, Objective, Source
from exitplan.domain.results.imports import ImportReport, RefusedRow
from exitplan.domain.tables import COUNTRY, MeasurementTable, Refused
from exitplan.importers.measurements import COLUMNS as MEASURED
from exitplan.importers.measurements import NUMBERS, first_of_each
from exitplan.importers.textfile import RawFile, TextTable, read_raw, table_of, with_decimal_points

FORMAT = "exitplan/cpas-like/1"
"""What a JSON file of this shape says of itself."""

RECORDS = ("objective", "outcome", "output", "indicator", "data_point", "rating")
"""Kinds of record, in the order in which they rest on each other."""

LISTS = {"objectives": "objective", "outcomes": "outcome", "outputs": "output", "indicators": "indicator",
         "data_points": "data_point", "ratings": "rating"}  # fmt: skip
"""Lists of a JSON file, and the kind of record that each holds."""

MATCHED: dict[str, type[Entry]] = {
    "objective": Objective,
    "outcome": Benchmark,
    "output": Benchmark,
    "indicator": Indicator,
}
"""Kinds of entry that records without values of their own are matched with."""

COLUMNS = (
    "record", "code", "parent", "title", "statement", "unit", "direction", "criterion", "baseline", "baseline_date",
    "target_min", "target_max", "due", "version", "date", "area", "group", "value", "low", "high", "source", "method",
    "verification", "confidence", "replaces", "note", "party", "rating", "rationale", "receipt", "reservation",
)  # fmt: skip
"""Columns of a CSV file, and fields of a JSON file."""

RATED = {Criterion.kind: Criterion, Benchmark.kind: Benchmark, Handover.kind: Handover}
BYTES_LIMIT = 128 << 20
"""Bytes of a JSON file."""


@dataclass(frozen=True)
class Cpas:
    """What a file brought."""

    measurements: MeasurementTable
    assessments: tuple[Assessment, ...]
    report: ImportReport


def read_cpas(path: Path, dossier: Dossier, *, today: date) -> Cpas:
    """
    Read a CPAS-like file, every record checked against the dossier.

    Parameters
    ----------
    path
        A CSV (see `read_table`) or a JSON file, told apart by how it begins.
    today
        Data points and ratings dated later are refused.

    Returns
    -------
    Cpas
        Measurements, assessments and the account: read = kept + refused. Lines of a JSON file count its records from 1.

    Raises
    ------
    Unreadable
        When the file cannot be opened, or is neither.
    """
    raw = read_raw(path)
    start = bytes(raw.data[:64]).lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] in (b"{", b"["):
        frame, read, refused, notes = _of_json(raw)
    else:
        table = table_of(raw, columns={c: (c,) for c in COLUMNS}, required=("record", "code"))
        frame, notes = _decimal(table)
        read, refused = table.read, [*table.refused]
    frame = frame.with_columns(pl.lit(None, pl.String).alias(c) for c in COLUMNS if c not in frame.columns)
    strange = frame.filter(~pl.col("record").is_in(RECORDS) | pl.col("record").is_null())
    wanted = Wanted("one of {names}", names=", ".join(RECORDS))
    refused += [
        Refused(line, "record", shown(kind or ""), wanted)
        for line, kind in strange.select("line", "record").iter_rows()
    ]
    points, doubles = _points(frame, dossier, today)
    refused += doubles
    matched, unknown = _matched(frame, dossier)
    refused += unknown
    ratings, bad = _ratings(frame, dossier, today)
    refused += bad
    ordered = sorted(refused, key=lambda fault: fault.line)
    kept = len(points) + matched + len(ratings)
    report = ImportReport(
        what="cpas",
        file=raw.name,
        sha256=raw.sha256,
        read=read,
        kept=kept,
        unplaced=0,
        other_country=0,
        refused_rows=len({fault.line for fault in ordered}),
        refused=tuple(RefusedRow(line=f.line, field=f.field, value=f.value, reason=f.reason) for f in ordered),
        notes=tuple(notes),
    )
    return Cpas(points, ratings, report)


def _decimal(table: TextTable) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Values with decimal points, where the file writes decimal commas."""
    texts, notes = with_decimal_points(table, NUMBERS)
    return texts, tuple(notes)


def _points(frame: pl.DataFrame, dossier: Dossier, today: date) -> tuple[MeasurementTable, list[Refused]]:
    """Data points as measurements; of equal ones the first is kept."""
    rows = frame.filter(pl.col("record") == "data_point").with_columns(indicator=pl.col("code"))
    known = {
        "indicator": [i.code for i in dossier.of(Indicator)],
        "area": [COUNTRY, *(a.code for a in dossier.of(Area))],
        "source": ["", *(s.code for s in dossier.of(Source))],
    }
    parsed = MeasurementTable.parse(rows.select("line", *MEASURED), today=today, known=known)
    kept, doubles = first_of_each(parsed.table.frame.with_columns(parsed.lines))
    named = {"indicator": "code"}
    faults = [Refused(f.line, named.get(f.field, f.field), f.value, f.reason) for f in (*parsed.refused, *doubles)]
    return MeasurementTable(kept.drop("line")), faults


def _matched(frame: pl.DataFrame, dossier: Dossier) -> tuple[int, list[Refused]]:
    """How many records name something that the dossier holds, and a refusal for each other one."""
    kept, refused = 0, []
    for line, record, code in (
        frame.filter(pl.col("record").is_in([*MATCHED])).select("line", "record", "code").iter_rows()
    ):
        if dossier.get(MATCHED[record], code):
            kept += 1
        else:
            wanted = Wanted("the code of one that the dossier holds: it is matched, never made")
            refused.append(Refused(line, "code", shown(code or ""), wanted))
    return kept, refused


def _ratings(frame: pl.DataFrame, dossier: Dossier, today: date) -> tuple[tuple[Assessment, ...], list[Refused]]:
    """Ratings as assessments. One that the dossier holds keeps what a file does not say, such as who may see it."""
    found: dict[str, Assessment] = {}
    refused: list[Refused] = []
    for row in frame.filter(pl.col("record") == "rating").iter_rows(named=True):
        faults = _faults(row, dossier, today, found)
        if not faults:
            made, faults = _assessment(row, dossier)
            if made:
                found[made.code] = made
        refused += [Refused(row["line"], field, shown(value), wanted) for field, value, wanted in faults]
    return tuple(found.values()), refused


Fault = tuple[str, str, str]


def _faults(row: Mapping[str, Any], dossier: Dossier, today: date, found: Mapping[str, Assessment]) -> list[Fault]:
    """What the dossier holds against a rating."""
    faults: list[Fault] = []
    kind, _, code = (row["parent"] or "").partition(":")
    if kind not in RATED or not dossier.knows(kind, code):
        wanted = Wanted("criterion:CODE, benchmark:CODE or handover:CODE of one that the dossier holds")
        faults.append(("parent", row["parent"] or "", wanted))
    if (row["code"] or "") in found:
        faults.append(("code", row["code"], Wanted("a code that no rating above has")))
    if row["source"] and not dossier.knows("source", row["source"]):
        faults.append(("source", row["source"], Wanted("the code of a source")))
    try:
        if date.fromisoformat(row["date"] or "") > today:
            faults.append(("date", row["date"], Wanted("a day no later than {day}", day=today)))
    except ValueError:
        faults.append(("date", row["date"] or "", Wanted("a day as YYYY-MM-DD")))
    faults += [
        (field, row[field], Wanted("plain text, not a formula"))
        for field in ("title", "rationale", "reservation", "note")
        if (row[field] or "").startswith(("=", "+", "-", "@"))
    ]
    return faults


def _assessment(row: Mapping[str, Any], dossier: Dossier) -> tuple[Assessment | None, list[Fault]]:
    standing = dossier.get(Assessment, row["code"])
    kind, _, code = row["parent"].partition(":")
    given = {
        "code": row["code"],
        "title": row["title"] or row["code"],
        kind: code,
        "date": row["date"],
        **{name: row[name] for name in ("party", "rating", "rationale", "confidence", "receipt", "reservation", "note") if row[name]},
    }  # fmt: skip
    if row["source"]:
        given["sources"] = [row["source"]]
    if standing is not None:
        # What a file does not say stays: who may see it, whose it is, its other sources.
        old = standing.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        given = {**old, **given, "sources": list(dict.fromkeys([*old.get("sources", ()), *given.get("sources", ())]))}
    else:
        given["classification"] = "restricted"
    try:
        return Assessment.model_validate_json(json.dumps(given)), []
    except ValidationError as error:
        return None, [
            (".".join(map(str, fault["loc"])) or "rating", str(fault["input"]), Wanted(fault["msg"]))
            for fault in error.errors()
        ]


def _of_json(raw: RawFile) -> tuple[pl.DataFrame, int, list[Refused], tuple[str, ...]]:
    if len(raw.data) > BYTES_LIMIT:
        raise Unreadable(raw.name, Wanted("larger than {most} bytes", most=BYTES_LIMIT))
    try:
        body = json.loads(bytes(raw.data).decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Unreadable(raw.name, Wanted("JSON in UTF-8 wanted")) from None
    if not isinstance(body, dict) or body.get("format") != FORMAT:
        raise Unreadable(raw.name, Wanted("a JSON object with format {format} wanted", format=FORMAT))
    lists = {name: given for name, given in body.items() if name in LISTS}
    if bad := [name for name, given in lists.items() if not isinstance(given, list)]:
        raise Unreadable(raw.name, Wanted("lists wanted for {names}", names=", ".join(bad)))
    rows: list[dict[str, Any]] = []
    refused: list[Refused] = []
    read = 0
    for name, record in LISTS.items():
        for given in lists.get(name, ()):
            read += 1
            row, faults = _row(given, record, read)
            refused += faults
            if row is not None:
                rows.append(row)
    schema = {"line": pl.Int64, **dict.fromkeys(COLUMNS, pl.String)}
    return pl.DataFrame(rows, schema=schema), read, refused, ()


def _row(given: Any, record: str, line: int) -> tuple[dict[str, Any] | None, Iterable[Refused]]:
    """One object of a list as a row of texts; None with its faults where it is none."""
    if not isinstance(given, dict):
        return None, [Refused(line, record, shown(str(given)), Wanted("an object"))]
    faults = [
        Refused(line, shown(str(name)), shown(str(value)), Wanted("one of {names}", names=", ".join(COLUMNS[1:])))
        for name, value in given.items()
        if name not in COLUMNS[1:]
    ]
    faults += [
        Refused(line, name, shown(str(value)), Wanted("a text, a number or nothing"))
        for name, value in given.items()
        if name in COLUMNS and (isinstance(value, bool) or not isinstance(value, str | int | float | None))
    ]
    if faults:
        return None, faults
    texts = {
        name: value if isinstance(value, str) or value is None else json.dumps(value) for name, value in given.items()
    }
    return {"line": line, **dict.fromkeys(COLUMNS), **texts, "record": record}, ()


def _no_constant(name: str) -> float:
    raise ValueError(name)
