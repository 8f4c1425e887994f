"""Measurements by the thousand: every row checked, every refusal named by its line, reviewed all or none."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest

INDICATOR = "I-VOTERS"
FIRST = date(1990, 1, 1)


def rows_of(n: int) -> list[dict[str, object]]:
    """Sound rows, one a day."""
    return [
        {"indicator": INDICATOR, "date": (FIRST + timedelta(days=i)).isoformat(), "value": 50 + i % 40, "unit": "%"}
        for i in range(n)
    ]


def csv_of(rows: list[dict[str, object]]) -> bytes:
    """The same as a file."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


@pytest.mark.parametrize("form", ["json", "csv"])
def test_ten_thousand_measurements_come_in_at_once(program_of, form):
    """A dry run keeps nothing, the upload keeps all, and a second upload of the same adds none."""
    program, rows = program_of("benchmark_officer"), rows_of(10_000)
    before = program.get(f"measurements?indicator={INDICATOR}").json()["total"]

    def send(options: str) -> dict:
        if form == "json":
            answer = program.send("POST", f"measurements?{options}", {"rows": rows, "why": "returns"})
        else:
            answer = program.send("POST", f"measurements?why=returns&{options}", csv_of(rows), media="text/csv")
        assert answer.status_code in (200, 201), answer.content[:500]
        return answer.json()

    dry = send("dry_run=true")
    assert (dry["read"], dry["kept"], dry["refused_rows"], dry["ids"]) == (10_000, 10_000, 0, [])
    assert program.get(f"measurements?indicator={INDICATOR}").json()["total"] == before
    kept = send("submit=true")
    assert (kept["kept"], len(set(kept["ids"]))) == (10_000, 10_000)
    assert program.get(f"measurements?indicator={INDICATOR}").json()["total"] == before + 10_000
    again = send("submit=true")
    assert (again["kept"], again["already_there"], again["ids"]) == (0, 10_000, [])


def test_one_row_more_than_ten_thousand_is_refused(program_of):
    """The limit is told."""
    refused = program_of("planner").send("POST", "measurements", {"rows": rows_of(10_001), "why": "x"})

    assert refused.status_code == 422
    assert refused.json()["findings"][0]["field"] == "rows"


FAULTY = [
    {"indicator": INDICATOR, "date": "2030-13-01", "value": 1},
    {"indicator": INDICATOR, "date": "2001-01-01", "value": "many"},
    {"indicator": "NO-SUCH", "date": "2001-01-02", "value": 1},
    {"indicator": INDICATOR, "date": "2001-01-03", "value": 1, "unit": "%"},
    {"indicator": INDICATOR, "date": "2001-01-03", "value": 2, "unit": "%"},
    {"indicator": INDICATOR, "date": "2999-01-01", "value": 1},
    {"indicator": INDICATOR, "date": "2001-01-04", "value": 1, "area": "NOWHERE"},
    {"indicator": INDICATOR, "date": "2001-01-05", "value": 1, "note": "=HYPERLINK()"},
]


@pytest.mark.parametrize(("form", "header"), [("json", 0), ("csv", 1)])
def test_every_faulty_row_is_named_by_its_line_and_field(program_of, form, header):
    """Sound rows are taken, the others told; read = kept + already there + refused."""
    program = program_of("planner")
    if form == "json":
        answer = program.send("POST", "measurements", {"rows": FAULTY, "why": "x"})
    else:
        whole = [{**dict.fromkeys(("unit", "area", "note"), ""), **row} for row in FAULTY]
        answer = program.send("POST", "measurements?why=x", csv_of(whole), media="text/csv")
    told = answer.json()

    assert [(r["line"] - header, r["field"]) for r in told["refused"]] == [
        (1, "date"),
        (2, "value"),
        (3, "indicator"),
        (5, "indicator"),
        (6, "date"),
        (7, "area"),
        (8, "note"),
    ]
    assert told["read"] == 8 == told["kept"] + told["already_there"] + told["refused_rows"]
    assert all(r["wanted"] for r in told["refused"])


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"indicator": None},
        {"colour": "red"},
        {"indicator": [1], "date": {}, "value": True},
        {"value": 10**18},
        {"": ""},
    ],
    ids=str,
)
def test_a_row_may_hold_anything_and_is_told_what_was_wanted(program_of, row):
    """Refused, never a 500."""
    told = program_of("planner").send("POST", "measurements", {"rows": [row], "why": "x"})

    assert told.status_code == 200
    assert told.json()["refused_rows"] == 1


@pytest.mark.parametrize(
    ("body", "media", "status"),
    [
        (b"indicator,date,value\n", "text/csv", 200),
        (b"\x00\x01\x02", "text/csv", 422),
        (b"PK\x03\x04nonsense", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 422),
        (b"a,b\n1,2\n", "text/csv", 422),
        (b"<x/>", "application/xml", 415),
        (b" ", "application/json", 400),
        (b"\n", "text/csv", 422),
    ],
)
def test_a_file_that_is_none_is_refused(program_of, body, media, status):
    """Each with the one shape."""
    answer = program_of("planner").send("POST", "measurements?why=x", body, media=media)

    assert answer.status_code == status, answer.content
    assert status == 200 or answer.json()["error"]


def test_a_file_without_a_reason_is_refused(program_of):
    """The record wants to know why."""
    assert program_of("planner").send("POST", "measurements", csv_of(rows_of(1)), media="text/csv").status_code == 422


def test_measurements_are_reviewed_all_or_none(program_of):
    """Approved with a reservation; a row that somebody moved meanwhile keeps all from moving."""
    counterpart, officer = program_of("national_counterpart"), program_of("benchmark_officer")
    made = counterpart.send("POST", "measurements?submit=false", {"rows": rows_of(2), "why": "returns"}).json()
    chosen = [{"id": number, "edition": 1} for number in made["ids"]]
    handed = counterpart.send("POST", "measurements/hand-in", {"chosen": chosen, "step": "submit", "why": "ready"})
    assert {row["state"] for row in handed.json()["items"]} == {"submitted"}

    stale = officer.send("POST", "measurements/review", {"chosen": chosen, "verdict": "approved", "why": "x"})
    assert stale.status_code == 412
    assert stale.json()["version"] == 2
    fresh = [{**c, "edition": 2} for c in chosen]
    sent = {"chosen": fresh, "verdict": "approved", "reservation": "coverage is thin", "why": "checked"}
    approved = officer.send("POST", "measurements/review", sent).json()["items"]
    assert {(row["state"], row["reservation"]) for row in approved} == {("approved", "coverage is thin")}


def test_whoever_is_outside_the_mission_sees_what_is_approved(program_of):
    """Submitted rows are the mission's own business."""
    planner, observer = program_of("planner"), program_of("observer")
    before = observer.get("measurements").json()["total"]
    planner.send("POST", "measurements", {"rows": rows_of(3), "why": "x"})

    assert observer.get("measurements").json()["total"] == before
    assert observer.get("measurements?state=submitted").json()["items"] == []
    assert planner.get("measurements?state=submitted").json()["total"] == 3
