"""A whole dossier as one XLSX workbook with a sheet for each kind, out and in again without loss."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path as FilePath
from typing import Any, TypeVar

import polars as pl

from exitplan.domain.dossier import FORMAT, Dossier, body
from exitplan.domain.findings import Finding, Wanted, shown
from exitplan.domain.kinds import KINDS, PLURALS, Entry
from exitplan.domain.tables import AreaMonths, MeasurementTable, Table
from exitplan.importers import dossier_map
from exitplan.importers.bundle import write_whole
from exitplan.importers.dossier_tables import table_of
from exitplan.importers.draft import Draft, Material, Path, Sheaf, draft_of
from exitplan.importers.new_dossier import EVERYDAY
from exitplan.importers.sheet_columns import (
    Column,
    NotReadable,
    as_text,
    body_of,
    columns_of,
    of_cell,
    to_cell,
    values_of,
)
from exitplan.importers.sheets_in import Formula, SheetRows, read_sheets
from exitplan.importers.xlsx_file import Cell, Heading, Sheet, xlsx_bytes

README, BOUNDARIES, NOTE = "README", "boundaries", "boundary_note"
TABLES: dict[str, tuple[type[Table], str]] = {
    "measurements": (MeasurementTable, "measurement"),
    "area_months": (AreaMonths, "area_month"),
}
PIECE = 16_000
"""Characters of a long value that one cell holds; the rest goes on in columns headed `NAME (2)`, `NAME (3)` …"""

ABOUT = (
    "A whole dossier: one sheet for each kind of entry, one row for each entry.",
    "Select a heading to see what its column means and in which unit. An empty cell takes the default.",
    "Codes in capital letters join the sheets: a site names the code of its area.",
    "Several words in one cell stand as A; B. Deeper values, such as conditions and closure steps, stand as JSON.",
    "Days are written 2026-06-30 and months 2026-06. Formulas are not read.",
    "Sheets and columns may be left out or put in another order. Further kinds have sheets of their own names:",
)

T = TypeVar("T", bound=Table)


def write_workbook(dossier: Dossier, path: FilePath) -> None:
    """
    Write a dossier as a workbook; equal dossiers give equal bytes.

    Kinds of everyday use have a sheet even where there is no entry yet.

    Raises
    ------
    Unreadable
        When the file cannot be written; nothing half-written is left behind.
    """
    write_whole(path, xlsx_bytes(list(_sheets(dossier))))


def read_workbook(path: FilePath) -> Draft:
    """
    Read a dossier from a workbook that `write_workbook` wrote and people have worked on.

    Returns
    -------
    Draft
        The dossier as far as it is sound, and a finding for each fault with the address of its cell, `areas!B5`.

    Raises
    ------
    Unreadable
        When there is no such file or it is no workbook.
    """
    material = Material()
    sheets = {sheet.name: sheet for sheet in read_sheets(path)}
    _read_format(sheets.get(README), material)
    if "mission" not in sheets:
        wanted = Wanted("a sheet of that name, with one row for the mission")
        material.findings.append(Finding(code="missing-sheet", value="nothing", wanted=wanted, where="mission"))
    for name, sheet in sheets.items():
        if name in PLURALS:
            material.sheaves.append(_read_entries(PLURALS[name], sheet, material))
        elif sheet.rows and name not in (README, BOUNDARIES, NOTE, *TABLES):
            wanted = Wanted("a sheet of a dossier, such as areas")
            finding = Finding(
                code="unknown-sheet", severity="warning", value=shown(name), wanted=wanted, where=shown(name)
            )
            material.findings.append(finding)
    if "measurements" in sheets:
        material.measurements = _read_table(MeasurementTable, sheets["measurements"], material)
    if "area_months" in sheets:
        material.area_months = _read_table(AreaMonths, sheets["area_months"], material)
    _read_map(sheets, material)
    return draft_of(material)


# Out


def _sheets(dossier: Dossier) -> Iterator[Sheet]:
    entries: dict[str, Sequence[Entry]] = {"mission": (dossier.mission,), **dossier.entries}
    yield _readme([model.plural for kind, model in KINDS.items() if not entries.get(kind)])
    for kind, model in KINDS.items():
        if entries.get(kind) or kind in EVERYDAY:
            columns = columns_of(model)
            rows = [_entry_cells(entry, columns) for entry in entries.get(kind, ())]
            yield _with_pieces(model.plural, [column.heading for column in columns], rows)
    for name, table in (("measurements", dossier.measurements), ("area_months", dossier.area_months)):
        headings = [
            Heading(c.name, f"{c.wanted[:1].upper()}{c.wanted[1:]}.", as_text=c.dtype == pl.String)
            for c in table.COLUMNS
        ]
        yield Sheet(
            name, headings, (tuple(map(_table_cell, row)) for row in type(table).of(table.frame).frame.iter_rows())
        )
    if dossier.boundaries:
        headings = [
            Heading("code", "Code of the area."),
            Heading("geometry", "GeoJSON Polygon or MultiPolygon.", width=40),
        ]
        rows = [(code, to_cell(dict(geometry), "nested")) for code, geometry in sorted(dossier.boundaries.items())]
        yield _with_pieces(BOUNDARIES, headings, rows)
    if dossier.boundary_note:
        headings = [Heading("name"), Heading("value", "As JSON.", width=40)]
        yield _with_pieces(NOTE, headings, [(k, _json_cell(v)) for k, v in sorted(dossier.boundary_note.items())])


def _readme(unused: Sequence[str]) -> Sheet:
    rows: list[tuple[Cell, ...]] = [("format", FORMAT), *(("", line) for line in ABOUT), ("", ", ".join(unused))]
    return Sheet(README, [Heading("Exitplan", width=12), Heading("workbook", width=110)], rows)


def _entry_cells(entry: Entry, columns: Iterable[Column]) -> tuple[Cell, ...]:
    values = values_of(body(entry), columns)
    return tuple(to_cell(values[c.name], c.shape) if c.name in values else None for c in columns)


def _table_cell(value: Any) -> Cell:
    if isinstance(value, date):
        return value.isoformat()
    return None if value == "" else to_cell(value, "text") if isinstance(value, str) else value


def _json_cell(value: Any) -> Cell:
    return to_cell(value, "nested") if isinstance(value, dict | list) and value else "json:" + json.dumps(value)


def _with_pieces(name: str, headings: Sequence[Heading], rows: Sequence[Sequence[Cell]]) -> Sheet:
    """A sheet whose long texts go on in further columns beside their own."""
    longest = [
        max((len(cell) for row in rows if isinstance(cell := row[at], str)), default=0) for at in range(len(headings))
    ]
    pieces = [max(1, -(-length // PIECE)) for length in longest]
    spread = [
        Heading(_piece_name(heading.name, n), heading.hint, heading.choices, heading.width, heading.as_text)
        for heading, times in zip(headings, pieces, strict=True)
        for n in range(1, times + 1)
    ]
    return Sheet(name, spread, [tuple(_cut(row, pieces)) for row in rows])


def _piece_name(name: str, number: int) -> str:
    return name if number == 1 else f"{name} ({number})"


def _cut(row: Sequence[Cell], pieces: Sequence[int]) -> Iterator[Cell]:
    for cell, times in zip(row, pieces, strict=True):
        if times == 1 or not isinstance(cell, str):
            yield cell
            yield from [None] * (times - 1)
        else:
            yield from (cell[n * PIECE : (n + 1) * PIECE] or None for n in range(times))


# In


def _read_format(readme: SheetRows | None, material: Material) -> None:
    """Note in which format the workbook is written, as the sheet README says."""
    given = (
        next((cells[1] for _, cells in readme.rows if cells[:1] == ("format",) and len(cells) > 1), None)
        if readme
        else None
    )
    if given != FORMAT:
        wanted = Wanted("format {known}, in the row `format` of the sheet README", known=FORMAT)
        value = "nothing" if given is None else shown(str(given))
        material.findings.append(
            Finding(code="unknown-format", field="format", value=value, wanted=wanted, where=f"{README}!B2")
        )


@dataclass(frozen=True)
class _Head:
    """The heading row of a sheet: which columns of the sheet hold which of ours, long values in several pieces."""

    at: Mapping[str, tuple[int, ...]]
    """Name of a column to its positions."""

    def cell(self, cells: Sequence[Any], name: str) -> Any:
        """What a row holds under a name: the pieces of a long text joined, None where there is nothing."""
        given = [cells[at] for at in self.at[name] if at < len(cells)]
        if len(given) > 1 and all(piece is None or isinstance(piece, str) for piece in given):
            given = ["".join(piece or "" for piece in given)]
        formula = next((piece for piece in given if isinstance(piece, Formula)), None)
        value = formula or (given[0] if given else None)
        return value.strip() or None if isinstance(value, str) else value


def _head(sheet: SheetRows, known: Collection[str], material: Material, kind: str) -> _Head:
    """Read the headings; each unknown, doubled or missing one over filled cells is named once."""
    row, names = sheet.rows[0] if sheet.rows else (1, ())
    at: dict[str, tuple[int, ...]] = {}
    width = max((len(cells) for _, cells in sheet.rows), default=0)
    for position in range(width):
        heading = as_text(names[position]).strip() if position < len(names) and names[position] is not None else ""
        name = _whole_name(heading)
        first = heading == name
        if name not in known or (first and name in at):
            code, value = (
                ("unknown-field", heading or "no heading") if name not in known else ("duplicate-key", heading)
            )
            wanted = (
                Wanted("one of {names}", names=", ".join(known)) if name not in known else Wanted("each field once")
            )
            if any(position < len(cells) and cells[position] is not None for _, cells in sheet.rows[1:]):
                where = sheet.at(row, position)
                finding = Finding(
                    code=code, kind=kind, field=shown(name), value=shown(value), wanted=wanted, where=where
                )
                material.findings.append(finding)
        else:
            at[name] = (*at.get(name, ()), position)
    return _Head(at)


def _whole_name(heading: str) -> str:
    """The name of a column without the number of its piece."""
    name, _, number = heading.rpartition(" (")
    return name if name and number.removesuffix(")").isdigit() and number.endswith(")") else heading


def _read_entries(kind: str, sheet: SheetRows, material: Material) -> Sheaf:
    """The rows of one sheet as bodies; a cell that says nothing readable becomes a finding and is left out."""
    columns = {column.name: column for column in columns_of(KINDS[kind])}
    head = _head(sheet, columns, material, kind)
    bodies: list[Any] = []
    rows: list[int] = []
    for number, cells in sheet.rows[1:]:
        values: dict[str, Any] = {}
        faults: list[tuple[str, str, str, Wanted]] = []
        for name in head.at:
            cell = head.cell(cells, name)
            if cell is None:
                continue
            try:
                if isinstance(cell, Formula):
                    faults.append(("formula", name, cell.text, Wanted("a value, not a formula")))
                else:
                    values[name] = of_cell(cell, columns[name].shape)
            except NotReadable as fault:
                faults.append(("not-json", name, str(cell), fault.wanted))
        code = str(values.get("code", f"row {number}"))[:60]
        for fault_code, name, given, wanted in faults:
            where = sheet.at(number, head.at[name][0])
            finding = Finding(
                code=fault_code, kind=kind, entry=code, field=name, value=shown(given), wanted=wanted, where=where
            )
            material.findings.append(finding)
        if faults:
            material.codes_lost.add((kind, code))
        elif values:
            bodies.append(body_of(values))
            rows.append(number)
    if kind == "mission" and len(rows) != 1 and len(sheet.rows) - 1 != 1:
        wanted = Wanted("one row, for the mission")
        value = f"{len(sheet.rows[1:])} rows"
        material.findings.append(Finding(code="one-mission", kind=kind, value=value, wanted=wanted, where=sheet.name))
    places = [sheet.at(number, head.at.get("code", (0,))[0]) for number in rows]
    return Sheaf(kind, bodies, places, _places(sheet, head, rows))


def _places(sheet: SheetRows, head: _Head, rows: Sequence[int]) -> Any:
    def place_of(paths: Collection[Path]) -> dict[Path, str]:
        found = {}
        for path in paths:
            name = ".".join(step for step in path[1:] if isinstance(step, str))
            if name in head.at:
                found[path] = sheet.at(rows[int(path[0])], head.at[name][0])
        return found

    return place_of


def _read_table(model: type[T], sheet: SheetRows, material: Material) -> T:
    """The rows of a table, read as texts and checked like those of a file."""
    kind = TABLES[sheet.name][1]
    names = [column.name for column in model.COLUMNS]
    head = _head(sheet, names, material, kind)
    lines: list[int] = []
    texts: dict[str, list[str | None]] = {name: [] for name in head.at}
    for number, cells in sheet.rows[1:]:
        row = {name: head.cell(cells, name) for name in head.at}
        formulas = [(name, cell) for name, cell in row.items() if isinstance(cell, Formula)]
        for name, cell in formulas:
            wanted = Wanted("a value, not a formula")
            where = sheet.at(number, head.at[name][0])
            finding = Finding(code="formula", kind=kind, field=name, value=shown(cell.text), wanted=wanted, where=where)
            material.findings.append(finding)
        if not formulas and any(cell is not None for cell in row.values()):
            lines.append(number)
            for name, cell in row.items():
                texts[name].append(None if cell is None else as_text(of_cell(cell, "text")))
    frame = pl.DataFrame({"line": lines, **texts}, schema={"line": pl.Int64, **dict.fromkeys(texts, pl.String)})
    table, findings = table_of(model, frame, kind, lambda line: f"{sheet.name}!{line}")
    material.findings += findings if sheet.rows else []
    return table


def _read_map(sheets: Mapping[str, SheetRows], material: Material) -> None:
    """Boundaries and the note on them, checked like those of a file."""
    features = [
        {"properties": {"code": code}, "geometry": geometry}
        for code, geometry in _pairs(sheets.get(BOUNDARIES), ("code", "geometry"), material)
    ]
    note = {str(name): value for name, value in _pairs(sheets.get(NOTE), ("name", "value"), material)}
    whole = {**note, "type": "FeatureCollection", "features": features}
    material.boundaries, material.boundary_note, findings = dossier_map.map_of(whole)
    material.findings += [finding.model_copy(update={"where": BOUNDARIES}) for finding in findings]


def _pairs(sheet: SheetRows | None, names: tuple[str, str], material: Material) -> Iterator[tuple[Any, Any]]:
    if sheet is None:
        return
    head = _head(sheet, names, material, "boundary")
    for number, cells in sheet.rows[1:]:
        key, cell = (head.cell(cells, name) if name in head.at else None for name in names)
        try:
            yield key, of_cell(cell, "nested")
        except NotReadable as fault:
            where = sheet.at(number, 1)
            finding = Finding(
                code="not-json",
                kind="boundary",
                entry=shown(str(key)),
                value=shown(str(cell)),
                wanted=fault.wanted,
                where=where,
            )
            material.findings.append(finding)
