"""Measurements entered, uploaded, reviewed and received, by those whom the rule table lets."""

from __future__ import annotations

from pathlib import Path

import pytest

from exitplan.domain.errors import InputFaults, InvalidValue, NotAllowed, NotFound
from exitplan.domain.roles import ROLES, Reader, may
from exitplan.domain.tables import MeasurementTable, Reading
from exitplan.usecases import measuring
from exitplan.usecases.board import board, view
from tests.usecases.samples import COUNTERPART, NOW, OBSERVER, OFFICER, OWNER, PLANNER, READERS, TODAY, in_database

HEAD = "indicator,date,area,value,note\n"


@pytest.fixture
def mission(home: Path) -> str:
    """A mission with an open and a restricted indicator."""
    return in_database()


def reading(indicator: str = "I1", value: float = 1.0, day: str = "2025-01-01", **more: object) -> Reading:
    """One measurement."""
    from datetime import date

    given = {"version": 1, "area": "", "group": "total", "low": None, "high": None, "unit": "", "source": ""}
    given |= {"method": "", "verification": "self_reported", "confidence": "medium", "replaces": "", "note": ""}
    return Reading(indicator=indicator, value=value, date=date.fromisoformat(day), **{**given, **more})  # type: ignore[arg-type]


def enter(reader: Reader, what: Reading, *, submit: bool = True) -> int:
    """Enter one."""
    return measuring.enter(reader, "M", what, on=TODAY, at=NOW, why="survey", submit=submit)


def upload(reader: Reader, folder: Path, text: str, *, dry_run: bool = False) -> measuring.Uploaded:
    """Upload a CSV."""
    file = folder / "m.csv"
    file.write_text(HEAD + text, "utf-8")
    return measuring.upload(reader, "M", file, on=TODAY, at=NOW, why="survey", dry_run=dry_run)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_does_what_the_rule_table_says(mission: str, role: str) -> None:
    """Entering, reviewing and receiving, asked in the use case itself."""
    reader = READERS[role]  # type: ignore[index]
    row = enter(OWNER, reading())
    done = {}
    for action, attempt in {
        "measure": lambda: enter(reader, reading(value=7, day="2025-05-01")),
        "review_measurement": lambda: measuring.approve(reader, mission, [(row, 1)], at=NOW, why="w"),
        "redact": lambda: measuring.redact(reader, mission, enter(OWNER, reading(day="2025-03-01")), at=NOW, why="w"),
    }.items():
        try:
            attempt()
            done[action] = True
        except NotAllowed:
            done[action] = False
    assert done == {action: bool(may(reader, action)) for action in done}  # type: ignore[arg-type]


def test_a_national_counterpart_enters_and_sees_its_own_until_it_is_approved(mission: str) -> None:
    """Others' drafts are none of its business, its own rows are, and what is approved is everybody's."""
    enter(OFFICER, reading(day="2025-02-01"))
    own = enter(COUNTERPART, reading())

    assert [r.id for r in measuring.rows(COUNTERPART, mission, mine=True)] == [own]
    assert measuring.rows(COUNTERPART, mission) == measuring.rows(OBSERVER, mission) == ()
    assert len(measuring.rows(PLANNER, mission)) == 2
    with pytest.raises(NotFound):
        measuring.one(OBSERVER, mission, own)
    measuring.approve(OFFICER, mission, [(own, 1)], at=NOW, why="checked", reservation="two districts only")
    (shown,) = measuring.rows(OBSERVER, mission)
    assert (shown.id, shown.reservation, shown.entered_by, shown.reviewed_by) == (own, "two districts only", "", "")
    assert [r.value for r in board(mission).dossier.measurements.readings()] == [1.0]
    assert measuring.counts(OBSERVER, mission) == {"approved": 1}
    assert measuring.counts(PLANNER, mission) == {"approved": 1, "submitted": 1}


def test_what_is_hidden_is_refused_as_if_it_were_not_there(mission: str, tmp_path: Path) -> None:
    """A restricted indicator and one that there is not read the same to a counterpart."""
    with pytest.raises(InputFaults) as hidden:
        enter(COUNTERPART, reading("I2"))
    with pytest.raises(InputFaults) as none:
        enter(COUNTERPART, reading("I9"))
    assert [(f.field, f.wanted) for f in hidden.value.findings] == [(f.field, f.wanted) for f in none.value.findings]

    done = upload(
        COUNTERPART, tmp_path, "I1,2025-01-01,A1,1,\nI2,2025-01-01,,1,\nI1,2025-01-01,A2,1,\nI9,2025-01-01,,1,\n"
    )
    assert len(done.ids) == 1
    assert [(r.line, r.field, r.value) for r in done.report.refused] == [
        (3, "indicator", "I2"),
        (4, "area", "A2"),
        (5, "indicator", "I9"),
    ]


def test_every_fault_of_a_row_is_told_at_once(mission: str, tmp_path: Path) -> None:
    """A code that is unknown is named beside what else is wrong with its row, not only once that is mended."""
    told = upload(OFFICER, tmp_path, "I9,soon,A9,many,\n", dry_run=True).report
    assert [(r.field, r.value) for r in told.refused] == [
        ("indicator", "I9"),
        ("date", "soon"),
        ("area", "A9"),
        ("value", "many"),
    ]
    assert told.refused_rows == 1


def test_what_is_hidden_is_not_named_once_it_is_measured(mission: str) -> None:
    """Rows of a restricted indicator are neither listed for a counterpart nor found by number."""
    row = enter(OFFICER, reading("I2"))
    measuring.approve(OFFICER, mission, [(row, 1)], at=NOW, why="w")
    assert measuring.rows(COUNTERPART, mission, indicator="I2") == ()
    with pytest.raises(NotFound):
        measuring.one(COUNTERPART, mission, row)


def test_a_dry_run_says_everything_and_writes_nothing(mission: str, tmp_path: Path) -> None:
    """Every fault of every row, what is new, what is there, and what would replace another value."""
    first = upload(OFFICER, tmp_path, "I1,2025-01-01,,1,\nI1,2025-02-01,,2,\n")
    measuring.approve(OFFICER, mission, [(n, 1) for n in first.ids], at=NOW, why="w")
    before = board(mission).revision

    text = "I1,2025-01-01,,1,\nI1,2025-02-01,,5,\nI1,2025-03-01,,3,\nI1,2027-01-01,,3,\nI1,2025-04-01,,x,\n"
    dry = upload(OFFICER, tmp_path, text, dry_run=True)

    assert board(mission).revision == before
    assert (dry.fresh, dry.there, dry.ids, dry.report.dry_run) == (2, 1, (), True)
    assert [(d.reading.value, d.held, d.state) for d in dry.changes] == [(5.0, 2.0, "approved")]
    assert [(r.line, r.field) for r in dry.report.refused] == [(5, "date"), (6, "value")]
    assert dry.report.read == dry.report.kept + dry.report.refused_rows == 5
    wet = upload(OFFICER, tmp_path, text)
    assert (wet.fresh, len(wet.ids)) == (2, 2)
    assert upload(OFFICER, tmp_path, text).fresh == 0, "sending a file twice changes nothing"
    measuring.approve(OFFICER, mission, [(n, 1) for n in wet.ids], at=NOW, why="w")
    assert [r.value for r in board(mission).dossier.measurements.readings()] == [1.0, 5.0, 3.0]


def test_a_row_goes_back_and_forth_until_it_is_right(mission: str) -> None:
    """Returned with a reason, mended by whoever entered it, submitted again, approved."""
    row = enter(COUNTERPART, reading())
    with pytest.raises(InvalidValue):
        measuring.give_back(OFFICER, mission, [(row, 1)], at=NOW, why="  ")
    measuring.give_back(OFFICER, mission, [(row, 1)], at=NOW, why="which districts?")
    (back,) = measuring.rows(COUNTERPART, mission, mine=True)
    assert (back.state, back.reservation) == ("returned", "which districts?")

    with pytest.raises(NotAllowed):
        measuring.edit(PLANNER, mission, row, 2, reading(value=2), on=TODAY, at=NOW, why="w")
    mended = measuring.edit(COUNTERPART, mission, row, 2, reading(value=2, note="all five"), on=TODAY, at=NOW, why="w")
    with pytest.raises(InputFaults):
        measuring.edit(COUNTERPART, mission, row, 3, reading(value=2, low=3.0), on=TODAY, at=NOW, why="w")
    (sent,) = measuring.submit(COUNTERPART, mission, [(row, mended.edition)], at=NOW, why="mended")
    (sent,) = measuring.take_back(COUNTERPART, mission, [(row, sent.edition)], at=NOW, why="wait")
    (sent,) = measuring.submit(COUNTERPART, mission, [(row, sent.edition)], at=NOW, why="now")
    measuring.approve(OFFICER, mission, [(row, sent.edition)], at=NOW, why="good")

    assert board(mission).dossier.measurements.readings()[0].note == "all five"


def test_a_reservation_on_a_measurement_is_on_record(mission: str) -> None:
    """Entered by a counterpart, seen by everybody who sees the value, void for a version that has changed."""
    row = enter(OFFICER, reading())
    with pytest.raises(NotFound):
        measuring.receive(COUNTERPART, mission, row, 1, receipt="reserved", text="not ours", at=NOW)
    measuring.approve(OFFICER, mission, [(row, 1)], at=NOW, why="w")
    measuring.receive(COUNTERPART, mission, row, 2, receipt="reserved", text="not ours", at=NOW)

    assert [(s.role, s.text) for s in measuring.received(OBSERVER, mission, row)] == [
        ("national_counterpart", "not ours")
    ]
    with pytest.raises(NotAllowed):
        measuring.receive(OBSERVER, mission, row, 2, receipt="reserved", text="x", at=NOW)


def test_withdrawn_drafts_are_gone_from_every_list(mission: str) -> None:
    """By whoever entered them."""
    row = enter(COUNTERPART, reading(), submit=False)
    with pytest.raises(NotAllowed):
        measuring.withdraw(PLANNER, mission, row, 1, at=NOW, why="w")
    measuring.withdraw(COUNTERPART, mission, row, 1, at=NOW, why="typed twice")

    assert measuring.rows(OWNER, mission) == ()
    with pytest.raises(NotFound):
        measuring.submit(COUNTERPART, mission, [(row, 1)], at=NOW, why="w")


def test_nobody_measures_while_looking_through_other_eyes(mission: str) -> None:
    """Viewing as an officer is not being one."""
    viewing = Reader("benchmark_officer", name="owner", viewing=True)
    with pytest.raises(NotAllowed):
        enter(viewing, reading())
    assert len(view(mission, viewing).dossier.measurements) == 0
    assert MeasurementTable.empty() == view(mission, viewing).dossier.measurements


def test_a_row_of_a_small_breakdown_is_shown_inside_the_mission_alone(home: Path) -> None:
    """The list of measurements holds back what the released dossier does; what one entered oneself stays in sight."""
    from exitplan.domain.kinds import Indicator
    from exitplan.store import entries
    from exitplan.store.entries import Change

    code = in_database()
    body, version = entries.read(code, "indicator", "I1")
    entries.save(code, [Change("indicator", "I1", {**body, "unit": "persons"}, version)], who="o", why="w", at=NOW)
    assert view(code, OWNER).dossier.of(Indicator)[0].unit == "persons"
    rows = {
        value: enter(OWNER, reading(value=value, day=day, group=group))
        for value, day, group in (
            (3.0, "2025-01-01", "sex=female"),
            (90.0, "2025-01-01", "sex=male"),
            (93.0, "2025-01-01", "total"),
            (30.0, "2025-02-01", "sex=female"),
        )
    }
    measuring.approve(OWNER, code, [(row, 1) for row in rows.values()], at=NOW, why="w")

    assert {r.reading.value for r in measuring.rows(PLANNER, code)} == set(rows)
    assert {r.reading.value for r in measuring.rows(OBSERVER, code)} == {93.0, 30.0}
    with pytest.raises(NotFound):
        measuring.one(OBSERVER, code, rows[90.0])
    own = enter(COUNTERPART, reading(value=2.0, day="2025-03-01", group="sex=female"))
    assert measuring.one(COUNTERPART, code, own).reading.value == 2.0
