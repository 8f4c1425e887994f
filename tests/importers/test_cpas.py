"""CPAS-like files: every record accounted for, from CSV and from JSON."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from exitplan.domain.errors import Unreadable
from exitplan.domain.kinds import Assessment
from exitplan.importers.cpas import COLUMNS, FORMAT, LISTS, Cpas, read_cpas
from exitplan.usecases.exchange import cpas_csv, cpas_json
from tests.reports.papers import EXTRA
from tests.reports.sample import dossier

TODAY = date(2026, 7, 1)
POINT = {"record": "data_point", "code": "I1", "version": "2", "date": "2026-05-30", "value": "71.5", "source": "SRC-V"}
RATING = {
    "record": "rating",
    "code": "A9",
    "parent": "handover:H1",
    "date": "2026-05-01",
    "party": "joint",
    "rating": "met",
}
RATED = Assessment(code="A1", title="Joint", party="joint", handover="H1", date=date(2026, 4, 1), rating="met", classification="confidential")  # fmt: skip
DOSSIER = dossier(extra=(*EXTRA, RATED))


@pytest.fixture(params=["csv", "json"])
def read(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """Read records that were written as one of the formats."""

    def reading(*records: dict[str, str]) -> Cpas:
        path = tmp_path / f"file.{request.param}"
        if request.param == "csv":
            out = io.StringIO()
            writer = csv.DictWriter(out, COLUMNS)
            writer.writeheader()
            writer.writerows(records)
            path.write_text(out.getvalue(), "utf-8")
        else:
            body: dict[str, Any] = {"format": FORMAT}
            for name, kind in LISTS.items():
                body[name] = [{k: v for k, v in r.items() if k != "record"} for r in records if r["record"] == kind]
            path.write_text(json.dumps(body), "utf-8")
        return read_cpas(path, DOSSIER, today=TODAY)

    return reading


def test_points_become_measurements_and_ratings_assessments(read: Any) -> None:
    """A new rating is not shown to everybody before somebody has looked at it."""
    found = read(POINT, RATING)
    [row] = found.measurements.readings()
    assert (row.indicator, row.version, row.value, row.source, row.group) == ("I1", 2, 71.5, "SRC-V", "total")
    [rating] = found.assessments
    assert (rating.code, rating.handover, rating.rating, rating.classification) == ("A9", "H1", "met", "restricted")
    assert (found.report.read, found.report.kept, found.report.refused_rows) == (2, 2, 0)


def test_a_rating_that_is_known_keeps_what_the_file_does_not_say(read: Any) -> None:
    """A file from outside never opens what is confidential."""
    [rating] = read({**RATING, "code": "A1", "rating": "not_met"}).assessments
    assert (rating.rating, rating.classification) == ("not_met", "confidential")


FAULTS = [
    ({**POINT, "code": "I9"}, "code"),
    ({**POINT, "code": ""}, "code"),
    ({**POINT, "date": "2026-13-01"}, "date"),
    ({**POINT, "date": "2026-07-02"}, "date"),
    ({**POINT, "value": "nan"}, "value"),
    ({**POINT, "value": "=1+1"}, "value"),
    ({**POINT, "low": "80"}, "low"),
    ({**POINT, "area": "NOWHERE"}, "area"),
    ({**POINT, "source": "NONE"}, "source"),
    ({**POINT, "version": "0"}, "version"),
    ({**POINT, "note": "=cmd|calc!A1"}, "note"),
    ({**POINT, "verification": "sure"}, "verification"),
    ({**RATING, "parent": "handover:H9"}, "parent"),
    ({**RATING, "parent": "mission:NOW"}, "parent"),
    ({**RATING, "parent": ""}, "parent"),
    ({**RATING, "date": "yesterday"}, "date"),
    ({**RATING, "date": "2026-07-02"}, "date"),
    ({**RATING, "rating": "good"}, "rating"),
    ({**RATING, "party": "them"}, "party"),
    ({**RATING, "code": "no code"}, "code"),
    ({**RATING, "source": "NONE"}, "source"),
    ({**RATING, "rationale": "@SUM(A1)"}, "rationale"),
    ({**RATING, "receipt": "agreed_with_reservation"}, "rating"),
    ({"record": "objective", "code": "O9"}, "code"),
    ({"record": "outcome", "code": "B9"}, "code"),
    ({"record": "indicator", "code": "I9"}, "code"),
]


@pytest.mark.parametrize(("record", "field"), FAULTS)
def test_a_faulty_record_is_refused_by_its_field(read: Any, record: dict[str, str], field: str) -> None:
    """The sound one beside it stays; read = kept + refused."""
    found = read({**POINT, "date": "2026-04-30"}, record)
    assert field in {fault.field for fault in found.report.refused}
    assert len(found.measurements) == 1
    assert found.assessments == ()
    assert (found.report.read, found.report.kept, found.report.refused_rows) == (2, 1, 1)


def test_every_fault_of_a_record_is_named_at_once(read: Any) -> None:
    """Somebody who mends a file mends it once."""
    found = read({**RATING, "parent": "x", "date": "x", "source": "X", "note": "=1"})
    assert {fault.field for fault in found.report.refused} == {"parent", "date", "source", "note"}


def test_a_double_is_refused_and_the_first_kept(read: Any) -> None:
    """The same place, day and source twice; the same code of a rating twice."""
    found = read(POINT, {**POINT, "value": "1"}, RATING, {**RATING, "rating": "not_met"})
    assert [row.value for row in found.measurements.readings()] == [71.5]
    assert [a.rating for a in found.assessments] == ["met"]
    assert (found.report.read, found.report.kept, found.report.refused_rows) == (4, 2, 2)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "header"),
        (b"a,b\n1,2\n", "record"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, ""),
        (b"{", "JSON"),
        (b"[]", "format"),
        (b'{"format": "other"}', "format"),
        (b'{"format": "exitplan/cpas-like/1", "ratings": {}}', "ratings"),
        (b'{"format": "exitplan/cpas-like/1", "data_points": [{"value": NaN}]}', "JSON"),
        (b'{"a":' * 200_000, "JSON"),
        ('{"format": "é"}'.encode("latin-1"), "JSON"),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused_whole(tmp_path: Path, content: bytes, told: str) -> None:
    """With the reason, and never with a mistake of our own."""
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(Unreadable) as refused:
        read_cpas(path, DOSSIER, today=TODAY)
    assert told.lower() in str(refused.value).lower()


@pytest.mark.parametrize(
    "given", [7, "x", None, [], {"code": ["I1"]}, {"code": True}, {"cod": "I1"}, {"record": "rating"}]
)
def test_what_is_no_record_is_refused_by_its_place(tmp_path: Path, given: object) -> None:
    """Counted as read, and named."""
    path = tmp_path / "file.json"
    path.write_text(json.dumps({"format": FORMAT, "data_points": [given]}), "utf-8")
    report = read_cpas(path, DOSSIER, today=TODAY).report
    assert (report.read, report.kept, report.refused_rows) == (1, 0, 1)
    assert report.refused[0].line == 1


@pytest.mark.parametrize("written", [cpas_csv, cpas_json])
def test_what_was_taken_out_comes_back_the_same(tmp_path: Path, written: Any) -> None:
    """Measurements bit by bit, ratings as they stand, and everything else is known."""
    path = tmp_path / "file"
    path.write_bytes(written(DOSSIER))
    found = read_cpas(path, DOSSIER, today=TODAY)
    assert found.report.refused == ()
    assert found.report.read == found.report.kept
    assert found.measurements.csv_text() == DOSSIER.measurements.csv_text()
    assert found.assessments == (RATED,)
    assert written(DOSSIER) == written(DOSSIER)
