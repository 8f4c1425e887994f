"""The workbook of a dossier, worked on by people: faults by cell, hints and choices, and nothing that computes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from exitplan.domain.dossier import Dossier
from exitplan.domain.errors import Unreadable
from exitplan.domain.kinds import KINDS, Area, Site
from exitplan.importers.dossier_folder import read_folder
from exitplan.importers.new_dossier import EVERYDAY, start_dossier
from exitplan.importers.sheet_columns import columns_of
from exitplan.importers.workbook import PIECE, read_workbook, write_workbook


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """The dossier a new mission begins with."""
    folder = tmp_path_factory.mktemp("starter") / "dossier"
    start_dossier(folder)
    dossier = read_folder(folder).dossier
    assert dossier is not None
    return dossier


def edited(starter: Dossier, path: Path, edit: Callable[[Workbook], object]) -> Path:
    """The workbook of the starter dossier after somebody has worked on it."""
    write_workbook(starter, path)
    book = load_workbook(path)
    edit(book)
    book.save(path)
    return path


def put(sheet: str, cell: str, value: object) -> Callable[[Workbook], object]:
    """Write one cell."""

    def edit(book: Workbook) -> None:
        book[sheet][cell] = value

    return edit


def column(book: Workbook, sheet: str, name: str) -> str:
    """Letter of a column by its heading."""
    return next(cell.column_letter for cell in book[sheet][1] if cell.value == name)


def test_saved_by_another_program_it_is_still_the_same_dossier(starter, tmp_path):
    """openpyxl reads it and writes it its own way; what it says stays."""
    draft = read_workbook(edited(starter, tmp_path / "b.xlsx", lambda book: None))

    assert draft.findings == ()
    assert draft.dossier.digest == starter.digest


def test_every_field_of_every_kind_has_a_column_with_its_meaning():
    """The schema is the only place where fields are named and explained."""
    for kind, model in KINDS.items():
        tops = {c.name.split(".")[0] for c in columns_of(model)}
        assert tops == {info.alias or name for name, info in model.model_fields.items()}, kind
        assert all(c.heading.hint for c in columns_of(model)), kind


def test_headings_carry_hints_and_choices(starter, tmp_path):
    """Meaning and unit show when a heading is selected; fixed choices can be picked from a list."""
    write_workbook(starter, tmp_path / "b.xlsx")
    book = load_workbook(tmp_path / "b.xlsx")
    rules = {str(r.sqref): r for r in book["sites"].data_validations.dataValidation}
    money = column(book, "sites", "running_cost_month")
    state = column(book, "sites", "state")

    assert "Unit: mission currency a month." in rules[f"{money}1"].prompt
    assert "handed_over" in rules[f"{state}2:{state}2000"].formula1


def test_everyday_kinds_have_a_sheet_before_they_have_entries(starter, tmp_path):
    """A workbook can be filled in from nothing."""
    write_workbook(Dossier(mission=starter.mission), tmp_path / "b.xlsx")
    names = load_workbook(tmp_path / "b.xlsx").sheetnames

    assert {KINDS[kind].plural for kind in EVERYDAY} <= set(names)
    assert names[:2] == ["README", "mission"]


def test_every_text_cell_is_text(starter, tmp_path):
    """Whatever a text begins with, no program that opens the file computes it."""
    area = Area(code="1E5", title="=1+1", note="@SUM(A1)", owner="-2+3", basis="fictional")
    write_workbook(Dossier(mission=starter.mission, entries={"area": (area,)}), tmp_path / "b.xlsx")
    sheet = load_workbook(tmp_path / "b.xlsx")["areas"]
    cells = [cell for cell in sheet[2] if cell.value is not None]

    assert {"1E5", "=1+1", "@SUM(A1)", "-2+3"} <= {cell.value for cell in cells}
    assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}


def test_what_people_type_takes_the_form_of_the_field(starter, tmp_path):
    """A number as a code, a date cell, a truth value, lists with and without blanks."""

    def edit(book: Workbook) -> None:
        row = {"code": 7, "title": 2030, "neighbours": "NORTH;SOUTH", "basis": "fictional", "population": 1200}
        sheet = book["areas"]
        sheet.append([row.get(cell.value) for cell in sheet[1]])
        book["sites"][f"{column(book, 'sites', 'opened')}2"] = datetime(2015, 9, 30)

    draft = read_workbook(edited(starter, tmp_path / "b.xlsx", edit))
    area = draft.dossier.find(Area, "7")

    assert draft.findings == ()
    assert (area.title, area.neighbours, area.population) == ("2030", ("NORTH", "SOUTH"), 1200)
    assert str(draft.dossier.find(Site, "HQ").opened) == "2015-09-30"


def test_rows_and_columns_may_be_moved_and_sheets_left_out(starter, tmp_path):
    """Headings decide, not places; empty rows and unheaded empty columns do not matter."""

    def rearranged(book: Workbook) -> None:
        sheet = book["areas"]
        sheet.insert_cols(1)
        sheet.insert_rows(2, 3)
        del book["area_months"]

    draft = read_workbook(edited(starter, tmp_path / "b.xlsx", rearranged))

    assert draft.findings == ()
    assert draft.dossier.of(Area) == starter.of(Area)
    assert len(draft.dossier.area_months) == 0


def test_long_values_go_on_in_the_next_column(starter, tmp_path):
    """A cell holds 32,767 characters; a text or a rule may be longer than one piece."""
    steps = tuple({"code": f"s{n}", "title": "x" * 280, "days": 1} for n in range(200))
    site = starter.of(Site)[0].model_copy(update={"note": "é; " * 6_600})
    long = Site.model_validate({**site.model_dump(), "steps": steps})
    write_workbook(Dossier(mission=starter.mission, entries={"site": (long,)}), tmp_path / "b.xlsx")
    headings = [cell.value for cell in load_workbook(tmp_path / "b.xlsx")["sites"][1]]

    assert {"steps", "steps (2)", "steps (3)", "note (2)"} <= set(headings)
    assert max(len(str(c.value or "")) for c in load_workbook(tmp_path / "b.xlsx")["sites"][2]) == PIECE
    assert read_workbook(tmp_path / "b.xlsx").dossier.of(Site) == (long,)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("edit", "code", "where", "value", "wanted"),
    [
        (put("areas", "A2", "north"), "bad-code", "areas!A2", "north", "capital letters"),
        (put("areas", "A3", "NORTH"), "duplicate-code", "areas!A2", "NORTH", "2 times"),
        (put("areas", "D2", time(8, 30)), "not-a-choice", "areas!D2", "08:30:00", "country"),
        (put("sites", "G2", time(8, 30)), "not-a-number", "sites!G2", "08:30:00", "a number"),
        (put("sites", "G2", True), "not-a-number", "sites!G2", "True", "a number"),
        (put("areas", "B2", None), "missing-field", "areas!B2", "nothing", "Name as people say it"),
        (put("sites", "A2", "=CONCAT(1,2)"), "formula", "sites!A2", "=CONCAT(1,2)", "not a formula"),
        (put("areas", "AZ1", "colour"), None, "", "", ""),
        (put("areas", "AZ2", "red"), "unknown-field", "areas!AZ1", "no heading", "code, title"),
        (put("areas", "B1", "code"), "duplicate-key", "areas!B1", "code", "each field once"),
        (put("README", "B2", 99), "unknown-format", "README!B2", "99", "format 1"),
        (put("README", "A2", "x"), "unknown-format", "README!B2", "nothing", "format 1"),
        (put("measurements", "F2", "many"), "refused-row", "measurements!2", "many", "a finite number"),
        (put("measurements", "F2", "=A1"), "formula", "measurements!F2", "=A1", "not a formula"),
        (put("measurements", "F1", "worth"), "missing-column", "measurements!1", "nothing", "a finite number"),
        (put("area_months", "B2", "June"), "refused-row", "area_months!2", "June", "YYYY-MM"),
        (put("boundaries", "B2", "round"), "not-json", "boundaries!B2", "round", "JSON"),
        (put("boundaries", "A2", "NOWHERE"), "unknown-reference", "areas.geojson", "NOWHERE", "an area"),
        (put("mission", "A3", "SECOND"), "one-mission", "mission", "2 rows", "one row"),
        (lambda book: book.remove(book["mission"]), "missing-sheet", "mission", "nothing", "the mission"),
        (lambda book: book.create_sheet("Sightes"), None, "", "", ""),
        (lambda book: book.create_sheet("Sightes").append([1]), "unknown-sheet", "Sightes", "Sightes", "such as areas"),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_its_cell(starter, tmp_path, edit, code, where, value, wanted):
    """In the addresses that the person sees who opens the workbook; None where the change does no harm."""
    found = read_workbook(edited(starter, tmp_path / "b.xlsx", edit)).everything
    told = [(f.code, f.where) for f in found]

    if code is None:
        assert told == []
    else:
        assert (code, where) in told
        assert any(f.value == value and wanted in f.wanted for f in found if (f.code, f.where) == (code, where))


def test_a_faulty_nested_cell_is_named(starter, tmp_path):
    """JSON that is none, and JSON that says something impossible, at the cell they stand in."""

    def edit(book: Workbook) -> None:
        steps = column(book, "sites", "steps")
        book["sites"][f"{steps}2"] = '[{"code": "survey"'
        book["sites"][f"{steps}3"] = '[{"code": "survey", "title": "S", "days": -4}]'

    found = read_workbook(edited(starter, tmp_path / "b.xlsx", edit)).everything

    assert [(f.code, f.entry, f.field) for f in found] == [
        ("not-json", "HQ", "steps"),
        ("out-of-range", "CAMP-N", "steps[0].days"),
    ]
    assert found[1].where.startswith("sites!")
    assert found[1].where.endswith("3")


@pytest.mark.parametrize("content", [b"", b"text", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_workbook_is_said_in_one_line(tmp_path, content):
    """Not a dossier with faults, but no workbook at all."""
    (tmp_path / "b.xlsx").write_bytes(content)
    with pytest.raises(Unreadable):
        read_workbook(tmp_path / "b.xlsx")
