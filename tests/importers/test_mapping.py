"""A planner's own workbook: guessed mapping, settled mapping, and an account of every row."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from exitplan.domain.errors import InputFaults, Unreadable
from exitplan.domain.fields import CODE_PATTERN
from exitplan.domain.kinds import Risk, Site
from exitplan.importers.headings import guess_fields
from exitplan.importers.mapping import (
    SheetMapping,
    WorkbookMapping,
    apply_mapping,
    made_code,
    read_mapping,
    suggest_mapping,
    write_mapping,
)

SITES = [
    ["Camps of the mission, as of June", None, None, None, None, None, None],
    ["Camp name", "Region", "Lat", "Long", "Closure date", "Troops", "Remarks"],
    ["Camp Alpha", "North", -27.8, -20.9, datetime(2026, 12, 31), 640, "near the river"],
    ["Camp Bravo", "South", -30.2, -20.1, "31/01/2027", "1 200", None],
]
CAMPS = SheetMapping(
    sheet="Camps",
    kind="site",
    heading_row=2,
    columns={
        "Camp name": "title",
        "Region": "area",
        "Lat": "latitude",
        "Long": "longitude",
        "Closure date": "closure.forecast",
        "Troops": "military",
        "Remarks": "note",
    },
    constants={"basis": "assumption", "type": "camp"},
    code_from="Camp name",
    values={"area": {"North": "NORTH", "South": "SOUTH"}},
    dates="day_first",
)


def book(path: Path, **sheets: list[list[Any]]) -> Path:
    """A workbook with these sheets."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def one(mapped: SheetMapping, /, **changes: Any) -> WorkbookMapping:
    """A mapping of one sheet, changed."""
    return WorkbookMapping(sheets=(mapped.model_copy(update=changes),))


def test_a_settled_mapping_reads_every_row(tmp_path):
    """Names become codes, places are translated, days and numbers take the dossier's forms."""
    mapped = apply_mapping(book(tmp_path / "plan.xlsx", Camps=SITES), one(CAMPS))

    assert mapped.report.refused == ()
    assert (mapped.report.read, mapped.report.kept, mapped.report.notes) == (2, 2, ())
    alpha, bravo = mapped.entries["site"]
    assert isinstance(alpha, Site)
    assert isinstance(bravo, Site)
    assert (alpha.code, alpha.title, alpha.area, alpha.closure.forecast) == (
        "CAMP-ALPHA",
        "Camp Alpha",
        "NORTH",
        date(2026, 12, 31),
    )
    assert (bravo.military, bravo.closure.forecast, bravo.note) == (1200, date(2027, 1, 31), "")


@pytest.mark.parametrize(
    ("row", "column", "value", "reason"),
    [
        (["Camp C", "West Bank of it", -27, -20, None, 1, None], "Camps!Region", "West Bank of it", "a code of capital"),
        (["Camp C", "North", "south", -20, None, 1, None], "Camps!Lat", "south", "a number"),
        (["Camp C", "North", -127, -20, None, 1, None], "Camps!Lat", "-127", "at least -90"),
        (["Camp C", "North", -27, -20, "end of year", 1, None], "Camps!Closure date", "end of year", "YYYY-MM-DD"),
        (["Camp C", "North", -27, -20, "31/02/2027", 1, None], "Camps!Closure date", "2027-02-31", "YYYY-MM-DD"),
        (["Camp C", "North", -27, -20, None, "=2*3", None], "Camps!Troops", "=2*3", "not a formula"),
        (["Camp C", "North", -27, -20, None, 10.5, None], "Camps!Troops", "10.5", "a whole number"),
        ([None, "North", -27, -20, None, 1, None], "Camps!Camp name", "nothing", "Name as people say it"),
        (["Camp Alpha", "North", -27, -20, None, 1, None], "Camps!code", "CAMP-ALPHA", "each code once"),
        (["Camp C", "North", None, None, None, 1, "x" * 20_001], "Camps!Lat", "nothing", "Latitude"),
    ],
)  # fmt: skip
def test_a_faulty_row_is_refused_by_its_own_heading(tmp_path, row, column, value, reason):
    """In the words of the sender: sheet, heading, row, what was given and what was wanted; the others are kept."""
    report = apply_mapping(book(tmp_path / "plan.xlsx", Camps=[*SITES, row]), one(CAMPS)).report
    found = [r for r in report.refused if r.field == column]

    assert (report.read, report.kept, report.refused_rows) == (3, 2, 1)
    assert {r.line for r in report.refused} == {5}
    assert [r.value for r in found] == [value]
    assert reason in found[0].reason


def test_what_the_mapping_does_not_name_is_noted(tmp_path):
    """Nothing is dropped in silence; what is left aside on purpose is not mentioned."""
    path = book(tmp_path / "plan.xlsx", Camps=SITES, Budget=[["Item", "Cost"], ["Fuel", 5]])
    columns = {k: v for k, v in CAMPS.columns.items() if k not in ("Remarks", "Troops")} | {"Troops": "-"}

    assert apply_mapping(path, one(CAMPS, columns=columns)).report.notes == (
        "sheet_not_mapped:Budget",
        "column_not_mapped:Camps!Remarks",
    )


@pytest.mark.parametrize(
    ("changes", "code", "value"),
    [
        ({"sheet": "Kamps"}, "unknown-sheet", "Kamps"),
        ({"kind": "castle"}, "not-a-choice", "castle"),
        ({"kind": "mission"}, "not-a-choice", "mission"),
        ({"kind": "site?"}, "not-confirmed", "site?"),
        ({"columns": {"Camp name": "title?"}}, "not-confirmed", "title?"),
        ({"columns": {"Camp name": "?"}}, "not-confirmed", "?"),
        ({"columns": {"Name of camp": "title"}}, "unknown-heading", "Name of camp"),
        ({"code_from": "Camp code"}, "unknown-heading", "Camp code"),
        ({"columns": {"Camp name": "nickname"}}, "unknown-field", "nickname"),
        ({"columns": {"Camp name": "title", "Region": "title"}}, "duplicate-key", "title"),
        ({"constants": {"title": "Camp"}}, "duplicate-key", "title"),
        ({"constants": {"steps[1].days": 3}}, "unknown-field", "steps[1].days"),
        ({"constants": {"closure": "soon"}}, "inconsistent", "closure"),
        ({"heading_row": 1}, "unknown-heading", "Camp name"),
    ],
)
def test_a_mapping_that_does_not_fit_is_named_before_anything_is_read(tmp_path, changes, code, value):
    """Every misfit at once, none of them read round."""
    with pytest.raises(InputFaults) as caught:
        apply_mapping(book(tmp_path / "plan.xlsx", Camps=SITES), one(CAMPS, **changes))

    assert (code, value) in [(f.code, f.value) for f in caught.value.findings]


def test_a_risk_register_brings_its_scores(tmp_path):
    """Likelihood and impact stand in columns of their own; the day of the score is a constant."""
    rows = [["Risk ID", "Risk", "Likelihood", "Impact", "Lens"], ["R1", "Looting", 4, 5, "civilians"]]
    columns = {
        "Risk ID": "code",
        "Risk": "title",
        "Likelihood": "scores[0].likelihood",
        "Impact": "scores[0].impact",
        "Lens": "lens",
    }
    risks = SheetMapping(sheet="Risks", kind="risk", columns=columns, constants={"scores[0].on": "2026-06-30"})
    (risk,) = apply_mapping(book(tmp_path / "r.xlsx", Risks=rows), WorkbookMapping(sheets=(risks,))).entries["risk"]

    assert isinstance(risk, Risk)
    assert [(s.on, s.likelihood, s.impact) for s in risk.scores] == [(date(2026, 6, 30), 4, 5)]


def test_measurements_come_from_a_sheet_too(tmp_path):
    """With decimal commas, days as dates, and faulty rows refused."""
    rows = [
        ["Indicateur", "Jour", "Valeur"],
        ["POSTS", datetime(2026, 5, 31), "76,5"],
        ["POSTS", datetime(2026, 6, 30), "beaucoup"],
        ["POSTS", None, 3],
    ]
    columns = {"Indicateur": "indicator", "Jour": "date", "Valeur": "value"}
    sheet = SheetMapping(sheet="Mesures", kind="measurement", columns=columns, decimal_comma=True)
    mapped = apply_mapping(book(tmp_path / "m.xlsx", Mesures=rows), WorkbookMapping(sheets=(sheet,)))

    assert mapped.measurements.frame.select("indicator", "date", "value").rows() == [("POSTS", date(2026, 5, 31), 76.5)]
    assert [(r.line, r.field, r.value) for r in mapped.report.refused] == [
        (3, "Mesures!Valeur", "beaucoup"),
        (4, "Mesures!Jour", "nothing"),
    ]
    assert (mapped.report.read, mapped.report.kept, mapped.report.refused_rows) == (3, 1, 2)


def test_headings_in_french_are_guessed():
    """With accents and capitals as people write them."""
    guesses = guess_fields(
        ["Intitulé", "RÉGION", "Latitude", "Effectifs", "Zut"], ["title", "area", "latitude", "strength"]
    )

    assert guesses == {
        "Intitulé": ("title", True),
        "RÉGION": ("area", True),
        "Latitude": ("latitude", True),
        "Effectifs": ("strength", True),
        "Zut": ("", False),
    }


def test_a_suggestion_says_what_it_is_not_sure_of(tmp_path):
    """Every sheet and heading is in it; likely guesses and blanks end in a question mark, and it is not used unsettled."""
    path = book(tmp_path / "plan.xlsx", Camps=SITES, Sundry=[["Colour", "Taste"], ["red", "sour"]])
    suggested = suggest_mapping(path)
    camps, sundry = suggested.sheets

    assert (camps.kind, camps.heading_row, camps.code_from) == ("site", 2, "Camp name")
    assert camps.columns == {
        "Camp name": "title",
        "Region": "area",
        "Lat": "latitude",
        "Long": "longitude",
        "Closure date": "closure.forecast",
        "Troops": "military",
        "Remarks": "note",
    }
    assert (sundry.kind, sundry.columns) == ("?", {"Colour": "?", "Taste": "?"})
    with pytest.raises(InputFaults):
        apply_mapping(path, suggested)


def test_a_mapping_is_remembered_as_it_was(tmp_path):
    """Written and read again it is the same mapping."""
    write_mapping(one(CAMPS), tmp_path / "map.yaml")

    assert read_mapping(tmp_path / "map.yaml") == one(CAMPS)


def test_an_unsettled_mapping_is_refused_with_every_open_guess(tmp_path):
    """All of them at once."""
    write_mapping(one(CAMPS, kind="site?", columns={"A": "?", "B": "title?", "C": "-"}), tmp_path / "map.yaml")
    with pytest.raises(InputFaults) as caught:
        read_mapping(tmp_path / "map.yaml")

    assert [(f.code, f.value) for f in caught.value.findings] == [
        ("not-confirmed", v) for v in ("site?", "?", "title?")
    ]


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("format: 1\nsheets:\n- sheet: A\n  kind: site\n  colums: {}\n", "unknown-field", "map.yaml:5"),
        ("format: 1\nsheets:\n- kind: site\n", "missing-field", "map.yaml:3"),
        ("format: 2\nsheets:\n- {sheet: A, kind: site}\n", "not-a-choice", "map.yaml:1"),
        ("sheets: [", "not-yaml", "map.yaml:2"),
        ("sheets: []\n", "too-few", "map.yaml:1"),
        ("", "not-a-mapping", "map.yaml:1"),
    ],
)
def test_a_faulty_mapping_is_named_by_line(tmp_path, text, code, where):
    """Like any other file of a dossier."""
    (tmp_path / "map.yaml").write_text(text)
    with pytest.raises(InputFaults) as caught:
        read_mapping(tmp_path / "map.yaml")

    assert [(f.code, f.where) for f in caught.value.findings] == [(code, where)]


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04"])
def test_what_is_no_workbook_is_said_in_one_line(tmp_path, content):
    """Whatever its name says."""
    (tmp_path / "plan.xlsx").write_bytes(content)
    with pytest.raises(Unreadable):
        suggest_mapping(tmp_path / "plan.xlsx")


@given(st.text(max_size=80))
def test_a_made_code_is_a_code_or_nothing(text):
    """Whatever the name: a code that passes, or none at all."""
    import re

    code = made_code(text)
    assert code == "" or re.match(CODE_PATTERN, code)
