"""Measurements from draft to approved, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from exitplan.domain.errors import InvalidValue, NotFound
from exitplan.store import chain, entries, measurements, missions
from exitplan.store.errors import Stale
from exitplan.store.models import Mission
from tests.store.samples import NOW, created, table


@pytest.fixture
def mission(home: Path) -> str:
    """A mission without measurements."""
    return created()


def add(*rows: tuple[str, str, float], state: measurements.State = "submitted", source: str = "S1") -> tuple[int, ...]:
    """Take rows in."""
    return measurements.add("M", table(*rows, source=source), who="amina", why="survey", at=NOW, state=state)


def move(state: measurements.State, *numbers: int, reservation: str = "") -> tuple[measurements.Row, ...]:
    """Take rows one step on, as they stand."""
    chosen = [(n, measurements.one("M", n).edition) for n in numbers]
    return measurements.move("M", chosen, state, who="ben", why="looked at", at=NOW, reservation=reservation)


def test_only_approved_rows_count(mission: str) -> None:
    """What is drafted, submitted or returned is no part of the dossier."""
    draft, submitted, returned, approved = (
        add(("I1", f"2025-0{n}-01", n), state="draft" if n == 1 else "submitted")[0] for n in (1, 2, 3, 4)
    )
    move("returned", returned)
    move("approved", approved, reservation="only three districts answered")

    assert [r.value for r in missions.load(mission).measurements.readings()] == [4]
    found = {r.id: r for r in measurements.rows(mission)}
    assert {n: found[n].state for n in (draft, submitted, returned, approved)} == {
        draft: "draft", submitted: "submitted", returned: "returned", approved: "approved",
    }  # fmt: skip
    assert found[approved].reservation == "only three districts answered"
    assert (found[approved].entered_by, found[approved].reviewed_by) == ("amina", "ben")
    assert measurements.counts(mission, ["I1"]) == {"draft": 1, "submitted": 1, "returned": 1, "approved": 1}


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        (("approved",), True),
        (("returned", "submitted", "approved"), True),
        (("draft", "submitted", "returned", "draft"), True),
        (("approved", "returned", "submitted"), True),
        (("submitted",), False),
        (("approved", "approved"), False),
        (("approved", "submitted"), False),
        (("returned", "approved"), False),
        (("approved", "draft"), False),
    ],
)
def test_rows_take_the_steps_of_the_workflow_and_no_others(mission: str, path: tuple, allowed: bool) -> None:
    """From submitted; a step that is none leaves the row as it was."""
    (row,) = add(("I1", "2025-01-01", 1))
    for state in path[:-1]:
        move(state, row)
    before = measurements.one(mission, row)
    if allowed:
        assert move(path[-1], row)[0].state == path[-1]
    else:
        with pytest.raises(InvalidValue):
            move(path[-1], row)
        assert measurements.one(mission, row) == before


def test_one_row_that_may_not_move_keeps_all_where_they_are(mission: str) -> None:
    """Either every chosen row is approved or none."""
    good, draft = add(("I1", "2025-01-01", 1))[0], add(("I1", "2025-02-01", 1), state="draft")[0]

    with pytest.raises(InvalidValue):
        move("approved", good, draft)
    with pytest.raises(Stale):
        measurements.move(mission, [(good, 1), (draft, 7)], "approved", who="b", why="w", at=NOW)
    with pytest.raises(NotFound):
        measurements.move(mission, [(good, 1), (999, 1)], "approved", who="b", why="w", at=NOW)

    assert measurements.one(mission, good).state == "submitted"


def test_a_later_value_takes_the_place_of_the_approved_one(mission: str) -> None:
    """The older one is kept as superseded; another source's value stays beside it."""
    (old,) = add(("I1", "2025-01-01", 1))
    (other,) = add(("I1", "2025-01-01", 5), source="S2")
    move("approved", old, other)
    (new,) = add(("I1", "2025-01-01", 2))
    move("approved", new)

    assert {r.id: r.state for r in measurements.rows(mission)} == {
        old: "superseded", other: "approved", new: "approved",
    }  # fmt: skip
    assert sorted(r.value for r in missions.load(mission).measurements.readings()) == [2, 5]


def test_two_values_for_one_key_are_not_approved_together(mission: str) -> None:
    """Which of them holds is for a person to say."""
    first, second = add(("I1", "2025-01-01", 1))[0], add(("I1", "2025-01-01", 2))[0]

    with pytest.raises(InvalidValue):
        move("approved", first, second)


def test_an_edit_keeps_what_was_said_before(mission: str) -> None:
    """The history tells every value, the second editor is told of the first, and what is submitted is not edited."""
    (row,) = add(("I1", "2025-01-01", 1), state="draft")
    reading = measurements.one(mission, row).reading
    for edition, value in ((1, 2.0), (2, 3.0)):
        measurements.edit(mission, row, edition, reading._replace(value=value), who="amina", why="recount", at=NOW)

    with pytest.raises(Stale) as stale:
        measurements.edit(mission, row, 1, reading._replace(value=9.0), who="ben", why="mine", at=NOW)
    assert stale.value.theirs is not None
    assert (stale.value.theirs["value"], stale.value.yours["value"]) == (3.0, 9.0)
    told = entries.history(mission, "measurement", str(row))
    assert [p.after["value"] for p in told if p.after] == [3.0, 2.0, 1.0]
    move("submitted", row)
    with pytest.raises(InvalidValue):
        measurements.edit(mission, row, 4, reading, who="amina", why="late", at=NOW)
    assert chain.verify(Mission.objects.get(code=mission)) is None


def test_a_withdrawn_row_leaves_its_history(mission: str) -> None:
    """Drafts may be taken away, what is submitted may not."""
    (row,) = add(("I1", "2025-01-01", 1), state="draft")
    (sent,) = add(("I1", "2025-02-01", 1))
    measurements.withdraw(mission, row, 1, who="amina", why="typed twice", at=NOW)

    assert [r.id for r in measurements.rows(mission)] == [sent]
    assert entries.history(mission, "measurement", str(row))[0].act == "withdraw"
    with pytest.raises(InvalidValue):
        measurements.withdraw(mission, sent, 1, who="amina", why="w", at=NOW)
    with pytest.raises(InvalidValue):
        add(("I1", "2025-03-01", 1), state="approved")


def test_an_upload_knows_what_is_held_already(mission: str) -> None:
    """Equal values, also superseded ones, are the same; other values are named with the newest held."""
    (old,) = add(("I1", "2025-01-01", 1))
    move("approved", old)
    (new,) = add(("I1", "2025-01-01", 2))
    move("approved", new)

    there = measurements.known(
        mission, table(("I1", "2025-01-01", 1), ("I1", "2025-01-01", 3), ("I1", "2025-02-01", 1))
    )

    assert [(k.place, k.same, k.value, k.state) for k in there] == [
        (0, True, 1.0, "superseded"), (1, False, 2.0, "approved"),
    ]  # fmt: skip
    assert measurements.known(mission, table(("I9", "2025-01-01", 1)).empty()) == ()


@pytest.mark.slow
def test_ten_thousand_rows_come_in_as_batches_that_the_history_can_tell(mission: str) -> None:
    """Every batch carries its own text, and rows are numbered in the order given."""
    days = [f"{2000 + n // 336}-{n // 28 % 12 + 1:02d}-{n % 28 + 1:02d}" for n in range(10_000)]
    numbers = add(*((f"I{n % 7}", day, n) for n, day in enumerate(days)))

    assert len(set(numbers)) == 10_000
    assert [p.after["rows"] for p in entries.history(mission, "measurement") if p.after] == [2000] * 5
    assert len(measurements.rows(mission, most=50, start=100)) == 50
    assert chain.verify(Mission.objects.get(code=mission)) is None
