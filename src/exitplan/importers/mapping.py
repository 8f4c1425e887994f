"""A planner's own workbook, read through a mapping that is written once and kept beside the dossier.

The mapping says which sheet holds which kind of entry and which heading means which field. `suggest_mapping` makes a first
one from the headings; whatever it is not sure of ends in `?` and has to be settled by hand before anything is read.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any, Literal

import polars as pl
from pydantic import ValidationError

from exitplan.domain.entry import Entry
from exitplan.domain.errors import InputFaults, Unreadable
from exitplan.domain.fields import Line, Part, about
from exitplan.domain.findings import Finding, Wanted, shown
from exitplan.domain.kinds import KINDS
from exitplan.domain.results.imports import ImportReport, RefusedRow
from exitplan.domain.tables import MeasurementTable
from exitplan.importers.bundle import write_whole
from exitplan.importers.draft import entry_of
from exitplan.importers.headings import guess_fields, guess_kind
from exitplan.importers.safe_yaml import dump_yaml, lines_of, read_yaml
from exitplan.importers.schema_faults import faults_of, field_at
from exitplan.importers.sheet_columns import NotReadable, as_text, columns_of, marks_of, of_cell, shape_of
from exitplan.importers.sheets_in import Formula, SheetRows, read_sheets

HEAD = """\
# How this workbook is read. Settle everything that ends in `?`: name the field, or write `-` to leave it aside.
# `exitplan schema site` lists the fields of a site. Inside lists, write scores[0].likelihood.
"""
MAPPING_FILE = ".workbook.yaml"
"""Name under which a mapping is kept beside a dossier."""
ASIDE = "-"
"""Stands for the field of a heading that is left aside on purpose."""
OPEN = "?"
"""Ends a guess that is still to be confirmed."""
MEASUREMENT = "measurement"
HEADING_ROWS = 20
"""Rows from the top among which the headings are looked for."""


class SheetMapping(Part):
    """How one sheet of a planner's workbook is read."""

    sheet: Line = about("Name of the sheet.")
    kind: Line = about("Kind of entry of its rows, such as `site`, or `measurement`; `-` leaves the sheet aside.")
    heading_row: int = about("Row of the headings; the rows of entries begin below it.", 1, ge=1, le=1000)
    columns: dict[Line, Line] = about(
        "Heading to field: `Camp name: title`, `Handed over: closure.actual`, `Likelihood: scores[0].likelihood`; "
        "`-` leaves a column aside.",
        default_factory=dict,
    )
    constants: dict[Line, str | int | float | bool] = about(
        "Field to the value that it has in every row, such as `basis: assumption`.", default_factory=dict
    )
    code_from: Line | None = about("Heading from which codes are made where the sheet has none.", None)
    values: dict[Line, dict[Line, str | int | float | bool]] = about(
        "Field to a translation of its values: `area: {North: NORTH}`.", default_factory=dict
    )
    dates: Literal["year_first", "day_first", "month_first"] = about(
        "How days are written where they are not dates of the workbook.", "year_first"
    )
    decimal_comma: bool = about("Whether numbers written as text have a decimal comma.", False)


class WorkbookMapping(Part):
    """How a planner's workbook is read."""

    format: Literal[1] = about("Format of this file.", 1)
    sheets: tuple[SheetMapping, ...] = about("Its sheets.", min_length=1, max_length=200)


@dataclass(frozen=True)
class Mapped:
    """What a planner's workbook holds: sound entries by kind, sound measurements, and the account of every row."""

    entries: Mapping[str, tuple[Entry, ...]]
    measurements: MeasurementTable
    report: ImportReport


def read_mapping(path: FilePath) -> WorkbookMapping:
    """
    Read a mapping.

    Raises
    ------
    Unreadable
        When there is no such file.
    InputFaults
        With every fault of it, guesses not yet confirmed included.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(str(path), Wanted("a mapping in UTF-8 wanted")) from error
    read = read_yaml(text)
    findings = [
        Finding(code=f.code, kind="mapping", value=shown(f.value), wanted=f.wanted, where=f"{path.name}:{f.line}")
        for f in read.faults
    ]
    try:
        mapping = WorkbookMapping.model_validate(read.value)
    except ValidationError as error:
        faults = list(faults_of(error, WorkbookMapping))
        around = {fault.path[:end] for fault in faults for end in range(1, len(fault.path) + 1)}
        lines = lines_of(text, around) if around and not read.refused else {}
        for fault in faults if not read.refused else []:
            line = next((lines[fault.path[:n]] for n in range(len(fault.path), 0, -1) if fault.path[:n] in lines), 1)
            findings.append(
                Finding(
                    code=fault.code,
                    kind="mapping",
                    field=fault.field,
                    value=fault.value,
                    wanted=fault.wanted,
                    where=f"{path.name}:{line}",
                )
            )
        raise InputFaults(tuple(findings)) from error
    findings += _unsettled(mapping)
    if findings:
        raise InputFaults(tuple(findings))
    return mapping


def write_mapping(mapping: WorkbookMapping, path: FilePath) -> None:
    """
    Write a mapping so that a person can settle what is open in it.

    Raises
    ------
    Unreadable
        When it cannot be written.
    """
    whole = {"format": mapping.format, **mapping.model_dump(mode="json", exclude_defaults=True)}
    write_whole(path, (HEAD + dump_yaml(whole)).encode())


def suggest_mapping(path: FilePath) -> WorkbookMapping:
    """
    A first mapping for a planner's workbook, guessed from the names of its sheets and its headings, English or French.

    Parameters
    ----------
    path
        The workbook.

    Returns
    -------
    WorkbookMapping
        Every filled sheet and every heading is in it. A guess that is not sure ends in `?`; what fits nothing is `?`.

    Raises
    ------
    Unreadable
        When it is no workbook, or has no sheet with headings.
    """
    sheets = [_suggested(sheet) for sheet in read_sheets(path) if sheet.rows]
    if not sheets:
        raise Unreadable(path.name, Wanted("a sheet with headings wanted"))
    return WorkbookMapping(sheets=tuple(sheets))


def apply_mapping(path: FilePath, mapping: WorkbookMapping) -> Mapped:
    """
    Read a planner's workbook.

    Parameters
    ----------
    path
        The workbook.
    mapping
        How to read it.

    Returns
    -------
    Mapped
        What is sound, and the account of every row: read = kept + refused. A row is refused with every fault it has. Sheets
        and columns that the mapping does not name are noted, as `sheet_not_mapped:NAME` and `column_not_mapped:SHEET!HEADING`.

    Raises
    ------
    Unreadable
        When it is no workbook.
    InputFaults
        When the mapping names a sheet, a heading, a kind or a field that does not exist, or has open guesses.
    """
    sheets = {sheet.name: sheet for sheet in read_sheets(path)}
    findings = [*_unsettled(mapping), *(f for m in mapping.sheets for f in _misfits(m, sheets.get(m.sheet)))]
    if findings:
        raise InputFaults(tuple(findings))
    entries: dict[str, tuple[Entry, ...]] = {}
    measured: list[MeasurementTable] = []
    refused: list[RefusedRow] = []
    read = kept = 0
    named = {m.sheet for m in mapping.sheets}
    notes = [f"sheet_not_mapped:{name}" for name, sheet in sheets.items() if name not in named and sheet.rows]
    for m in mapping.sheets:
        if m.kind == ASIDE:
            continue
        rows = _Rows(m, sheets[m.sheet])
        notes += [f"column_not_mapped:{m.sheet}!{heading}" for heading in rows.unmapped()]
        read += len(rows.numbers)
        if m.kind == MEASUREMENT:
            table, faults = rows.measurements()
            measured.append(table)
            kept += len(table)
        else:
            found, faults = rows.entries()
            entries[m.kind] = entries.get(m.kind, ()) + found
            kept += len(found)
        refused += faults
    frames = [table.frame for table in measured]
    report = ImportReport(
        what="workbook",
        file=path.name,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        read=read,
        kept=kept,
        unplaced=0,
        other_country=0,
        refused_rows=read - kept,
        refused=tuple(refused),
        notes=tuple(notes),
    )
    measurements = MeasurementTable.of(pl.concat(frames)) if frames else MeasurementTable.empty()
    return Mapped(entries, measurements, report)


def _settled(guess: tuple[str, bool]) -> str:
    name, sure = guess
    return name if sure else f"{name}{OPEN}"


def _suggested(sheet: SheetRows) -> SheetMapping:
    row, headings = _headings(sheet)
    kind, sure = guess_kind(sheet.name, headings)
    if kind == ASIDE:
        return SheetMapping(sheet=sheet.name, kind=OPEN, heading_row=row, columns=dict.fromkeys(headings, OPEN))
    guesses = guess_fields(headings, _fields(kind))
    has_code = any(name == "code" for name, _ in guesses.values()) or kind == MEASUREMENT
    titled = next((heading for heading, (name, _) in guesses.items() if name == "title"), None)
    return SheetMapping(
        sheet=sheet.name,
        kind=_settled((kind, sure)),
        heading_row=row,
        columns={heading: _settled(guess) for heading, guess in guesses.items()},
        constants={} if kind == MEASUREMENT else {"basis": "assumption"},
        code_from=None if has_code else titled,
    )


def _headings(sheet: SheetRows) -> tuple[int, list[str]]:
    """The row with the most texts near the top, the first of equals."""
    top = [(number, cells) for number, cells in sheet.rows if number <= HEADING_ROWS] or list(sheet.rows[:1])
    number, cells = max(top, key=lambda row: (sum(isinstance(cell, str) for cell in row[1]), -row[0]))
    return number, [as_text(cell).strip() for cell in cells if cell is not None and not isinstance(cell, Formula)]


def _fields(kind: str) -> list[str]:
    """Names of the fields a heading may mean, those inside the first score of a risk included."""
    if kind == MEASUREMENT:
        return [column.name for column in MeasurementTable.COLUMNS]
    model = KINDS[kind]
    inside = ["scores[0].likelihood", "scores[0].impact", "scores[0].on"] if "scores" in model.model_fields else []
    return [*(column.name for column in columns_of(model)), *inside]


def _fault(m: SheetMapping, code: str, field: str, value: str, wanted: Wanted) -> Finding:
    return Finding(code=code, kind="mapping", entry=m.sheet, field=field, value=shown(value), wanted=wanted)


def _unsettled(mapping: WorkbookMapping) -> Iterator[Finding]:
    for m in mapping.sheets:
        if m.kind.endswith(OPEN):
            yield _fault(m, "not-confirmed", "kind", m.kind, Wanted("a kind of entry, or `-` to leave the sheet aside"))
        for heading, name in m.columns.items():
            if name.endswith(OPEN) and m.kind != ASIDE:
                wanted = Wanted("a field, or `-` to leave the column aside")
                yield _fault(m, "not-confirmed", f"columns.{heading}", name, wanted)


def _misfits(m: SheetMapping, sheet: SheetRows | None) -> Iterator[Finding]:
    """What a mapping names that is not there."""
    if m.kind == ASIDE or m.kind.endswith(OPEN):
        return
    if sheet is None:
        yield _fault(m, "unknown-sheet", "sheet", m.sheet, Wanted("the name of a sheet of the workbook"))
        return
    if m.kind != MEASUREMENT and (m.kind not in KINDS or m.kind == "mission"):
        yield _fault(m, "not-a-choice", "kind", m.kind, Wanted("a kind of entry, or `measurement`"))
        return
    there = set(_Rows(m, sheet).at)
    for heading in (*m.columns, *((m.code_from,) if m.code_from else ())):
        if heading not in there:
            wanted = Wanted("a heading of row {row}: {names}", row=m.heading_row, names=", ".join(sorted(there)))
            yield _fault(m, "unknown-heading", f"columns.{heading}", heading, wanted)
    names = [name for name in (*m.columns.values(), *m.constants) if name != ASIDE and not name.endswith(OPEN)]
    for name, times in Counter(names).items():
        if times > 1:
            yield _fault(m, "duplicate-key", name, name, Wanted("one heading or constant for each field"))
        if any(other.startswith((f"{name}.", f"{name}[")) for other in names):
            yield _fault(m, "inconsistent", name, name, Wanted("a field as a whole or its parts, not both"))
        if not _known(m.kind, name):
            yield _fault(m, "unknown-field", name, name, Wanted("one of {names}", names=", ".join(_fields(m.kind))))


def _known(kind: str, name: str) -> bool:
    if kind == MEASUREMENT:
        return name in _fields(kind)
    first, *further = _steps(name)
    if any(isinstance(step, int) and step != 0 for step in further):
        return False
    return any(first in (n, info.alias) for n, info in KINDS[kind].model_fields.items())


def _steps(name: str) -> list[str | int]:
    """A dotted path as steps: `scores[0].impact` is scores, 0, impact."""
    return [int(step[1:-1]) if step.startswith("[") else step for step in _STEP.findall(name)] or [name]


_STEP = re.compile(r"\[\d+\]|[^.\[\]]+")


class _Rows:
    """The rows of one sheet under one mapping."""

    def __init__(self, m: SheetMapping, sheet: SheetRows) -> None:
        self.m = m
        self.sheet = sheet
        head = next((cells for number, cells in sheet.rows if number == m.heading_row), ())
        named = [
            (as_text(cell).strip(), at)
            for at, cell in enumerate(head)
            if cell is not None and not isinstance(cell, Formula)
        ]
        self.at = dict(reversed(named))
        self.rows = [(number, cells) for number, cells in sheet.rows if number > m.heading_row]
        self.numbers = [number for number, _ in self.rows]
        self.heading_of = {name: heading for heading, name in m.columns.items()}

    def unmapped(self) -> list[str]:
        """Headings over filled cells that the mapping does not name."""
        known = {*self.m.columns, self.m.code_from}
        return [
            h
            for h, at in self.at.items()
            if h not in known and any(at < len(c) and c[at] is not None for _, c in self.rows)
        ]

    def entries(self) -> tuple[tuple[Entry, ...], list[RefusedRow]]:
        """Sound entries, and every fault of the other rows."""
        model = KINDS[self.m.kind]
        found: dict[str, Entry] = {}
        refused: list[RefusedRow] = []
        for number, cells in self.rows:
            values, faults = self._values(number, cells, model)
            if not faults and self.m.code_from and "code" not in values:
                values["code"] = made_code(as_text(self._cell(cells, self.m.code_from) or ""))
            entry = None
            if not faults:
                try:
                    entry = entry_of(model, _nested({**self.m.constants, **values}))
                except ValidationError as error:
                    faults = [
                        self._refusal(number, fault.field, fault.value, fault.wanted)
                        for fault in faults_of(error, model)
                    ]
            if entry is not None and entry.code in found:
                faults = [self._refusal(number, "code", entry.code, Wanted("each code once in the workbook"))]
            elif entry is not None:
                found[entry.code] = entry
            refused += faults
        return tuple(found.values()), refused

    def measurements(self) -> tuple[MeasurementTable, list[RefusedRow]]:
        """Sound measurements, and every fault of the other rows."""
        refused: list[RefusedRow] = []
        texts: list[dict[str, Any]] = []
        for number, cells in self.rows:
            values, faults = self._values(number, cells, None)
            refused += faults
            if not faults:
                texts.append({"line": number} | {name: as_text(v) for name, v in (self.m.constants | values).items()})
        names = [column.name for column in MeasurementTable.COLUMNS]
        frame = pl.DataFrame(texts, schema={"line": pl.Int64, **dict.fromkeys(names, pl.String)}, orient="row")
        parsed = MeasurementTable.parse(frame)
        return parsed.table, refused + [
            self._refusal(row.line, row.field, row.value or "nothing", row.reason) for row in parsed.refused
        ]

    def _cell(self, cells: Sequence[Any], heading: str) -> Any:
        at = self.at[heading]
        cell = cells[at] if at < len(cells) else None
        return (cell.strip() or None) if isinstance(cell, str) else cell

    def _refusal(self, number: int, name: str, value: str, reason: str) -> RefusedRow:
        """A refusal in the sender's own words: the sheet and the heading he knows."""
        column = self.heading_of.get(name, name)
        return RefusedRow(line=number, field=f"{self.m.sheet}!{column}", value=value, reason=reason)

    def _values(
        self, number: int, cells: Sequence[Any], model: type[Entry] | None
    ) -> tuple[dict[str, Any], list[RefusedRow]]:
        """The filled fields of one row, and the cells that say nothing readable."""
        values: dict[str, Any] = {}
        faults: list[RefusedRow] = []
        for heading, name in self.m.columns.items():
            cell = None if name == ASIDE else self._cell(cells, heading)
            if cell is None:
                continue
            if isinstance(cell, Formula):
                faults.append(self._refusal(number, name, shown(cell.text), Wanted("a value, not a formula")))
                continue
            translated = self.m.values.get(name, {}).get(as_text(cell))
            try:
                values[name] = self._read(cell, name, model) if translated is None else translated
            except NotReadable as fault:
                faults.append(self._refusal(number, name, shown(as_text(cell)), fault.wanted))
        if not values and not faults:
            faults.append(self._refusal(number, "", "nothing", Wanted("a value in a column that the mapping names")))
        return values, faults

    def _read(self, cell: Any, name: str, model: type[Entry] | None) -> Any:
        """A cell as the field wants it: days, months, numbers and lists in the forms of a dossier."""
        info = field_at(model, _steps(name)) if model else None
        wants = shape_of(info.annotation) if info else "text" if model is None else None
        if isinstance(cell, str):
            cell = self._day(cell)
            number = cell.replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
            number = number.replace(".", "").replace(",", ".") if self.m.decimal_comma else number.replace(",", "")
            if (wants == "number" or name in _NUMBERS) and _NUMBER.fullmatch(number):
                cell = float(number)
        if wants is None:
            return cell if isinstance(cell, bool | int | float | str) else as_text(cell)
        value = of_cell(cell, wants)
        is_month = info is not None and any("19|20|21" in str(getattr(m, "pattern", "")) for m in marks_of(info))
        return value[:7] if is_month and isinstance(value, str) and _ISO_DAY.fullmatch(value) else value

    def _day(self, text: str) -> str:
        """A day written with numbers, as YYYY-MM-DD where the mapping says how such days are written."""
        parts = _WRITTEN_DAY.fullmatch(text)
        if parts is None or self.m.dates == "year_first":
            return text
        first, second, year = map(int, parts.groups())
        day, month = (first, second) if self.m.dates == "day_first" else (second, first)
        return f"{year:04d}-{month:02d}-{day:02d}"


_NUMBERS = ("value", "low", "high")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WRITTEN_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def made_code(text: str) -> str:
    """A code made of a name: capital letters, digits and dashes, accents dropped, at most 48 characters."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().upper()
    return "-".join(re.findall(r"[A-Z0-9]+", bare))[:48].rstrip("-")


def _nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by dotted path as the body of an entry; a position makes a list of one."""
    body: dict[str, Any] = {}
    for name, value in values.items():
        steps = _steps(name)
        inside: Any = body
        for step, following in itertools.pairwise(steps):
            fresh: Any = [{}] if isinstance(following, int) else {}
            inside = inside[step] if isinstance(step, int) else inside.setdefault(step, fresh)
        inside[steps[-1]] = value
    return body
