"""Entries written by a reader: what the rule table lets them, and nothing over what they cannot see."""

from __future__ import annotations

from pathlib import Path

import pytest

from exitplan.domain.errors import InputFaults, InvalidValue, NotAllowed, NotFound
from exitplan.domain.kinds import KINDS
from exitplan.domain.roles import ROLES, Reader, may
from exitplan.store import entries, missions
from exitplan.store.errors import Stale
from exitplan.usecases import writing
from exitplan.usecases.board import view
from tests.usecases.samples import (
    APPROVER,
    COUNTERPART,
    NOW,
    OBSERVER,
    OFFICER,
    OWNER,
    PLANNER,
    READERS,
    RISK,
    SECRET,
    in_database,
)


@pytest.fixture
def mission(home: Path) -> str:
    """A mission with something of every classification."""
    return in_database()


def save(reader: Reader, kind: str, body: dict, version: int) -> writing.Written:
    """Write an entry."""
    return writing.save_entry(reader, "M", kind, body, version=version, why="because", at=NOW)


@pytest.mark.parametrize("kind", ["area", "benchmark", "risk", "decision", "gate", "mission"])
@pytest.mark.parametrize("role", ROLES)
def test_each_role_writes_the_kinds_of_the_rule_table(mission: str, role: str, kind: str) -> None:
    """The use case asks the table itself, whatever door it is called from."""
    reader = READERS[role]  # type: ignore[index]
    code, version = ("M", 1) if kind == "mission" else ("NEW", 0)
    full = {"acronym": "M", "host": ["XKA"], "host_name": "K", "started": "2020-01-01"}
    body = {"code": code, "title": "New", **(full if kind == "mission" else {})}
    if may(reader, "edit", kind):
        assert save(reader, kind, body, version).version == version + 1
    else:
        with pytest.raises(NotAllowed):
            save(reader, kind, body, version)
        assert missions.load(mission).revision == sum(len(v) for v in missions.load(mission).bodies.values())


def test_nobody_writes_while_looking_through_other_eyes(mission: str) -> None:
    """Viewing as a planner is not being one."""
    with pytest.raises(NotAllowed) as refused:
        save(Reader("planner", name="owner", viewing=True), "area", {"code": "A9", "title": "x"}, 0)
    assert refused.value.reason == "viewing"


def test_a_half_known_draft_saves_with_its_findings(mission: str) -> None:
    """It is kept as it was typed, shown to its readers, and mended step by step."""
    typed = {"code": "R9", "title": "Half known", "likelyhood": 3}
    written = save(PLANNER, "risk", typed, 0)

    assert {"missing-field", "unknown-field"} <= {f.code for f in written.findings}
    assert writing.entry_body(view(mission, PLANNER), "risk", "R9") == typed
    assert writing.entry_body(view(mission, OBSERVER), "risk", "R9") == typed
    mended = save(PLANNER, "risk", {"code": "R9", "title": "Known", **RISK}, 1)
    assert not [f for f in mended.findings if f.severity == "error"]


def test_the_hidden_part_of_an_entry_is_left_as_it_is(mission: str) -> None:
    """A planner who is shown a gate without its secret rule changes the title and keeps the rule."""
    seen = writing.entry_body(view(mission, PLANNER), "gate", "G2")
    assert SECRET not in str(seen)

    save(PLANNER, "gate", {**seen, "title": "Guarded well"}, 1)
    stored, version = entries.read(mission, "gate", "G2")
    assert (stored["title"], version) == ("Guarded well", 2)
    assert stored["rule"] == {"all": [{"risk": SECRET, "at_most": "high"}]}

    for rule in ({"all": [{"risk": "R1", "at_most": "low"}]}, None):
        with pytest.raises(InvalidValue) as refused:
            save(
                PLANNER,
                "gate",
                {**{k: v for k, v in seen.items() if k != "rule"}, **({"rule": rule} if rule else {})},
                2,
            )
        assert refused.value.field == "rule"
    save(OWNER, "gate", {"code": "G2", "title": "Open", "rule": {"all": [{"risk": "R1", "at_most": "low"}]}}, 2)


def test_hidden_entries_are_neither_written_nor_told_of(mission: str) -> None:
    """Their code is in use, and that is all anybody learns."""
    for version, wrong in ((0, InvalidValue), (1, NotFound), (7, NotFound)):
        with pytest.raises(wrong) as refused:
            save(PLANNER, "risk", {"code": SECRET, "title": "Mine", **RISK}, version)
        assert "Kept" not in str(refused.value)
    with pytest.raises(NotFound):
        writing.entry_body(view(mission, PLANNER), "risk", SECRET)
    assert entries.read(mission, "risk", SECRET)[1] == 1


def test_the_second_of_two_editors_loses_nothing_and_sees_nothing_hidden(mission: str) -> None:
    """The other version comes as this reader may see it."""
    seen = writing.entry_body(view(mission, PLANNER), "gate", "G2")
    whole = writing.entry_body(view(mission, OWNER), "gate", "G2")
    save(OWNER, "gate", {**whole, "title": "By the owner"}, 1)

    with pytest.raises(Stale) as stale:
        save(PLANNER, "gate", {**seen, "title": "By the planner"}, 1)
    assert stale.value.theirs == {**seen, "title": "By the owner"}
    assert stale.value.yours == {**seen, "title": "By the planner"}
    assert stale.value.theirs_version == 2


def test_opening_an_entry_to_more_people_asks_for_the_right_to_release(mission: str) -> None:
    """Closing it does not, as long as one still sees it oneself."""
    closed = {"code": "A2", "title": "Closed area", "classification": "restricted"}
    with pytest.raises(NotAllowed):
        save(PLANNER, "area", {**closed, "classification": "open"}, 1)
    with pytest.raises(NotAllowed):
        save(PLANNER, "area", {**closed, "released_to": ["national_counterpart"]}, 1)
    with pytest.raises(NotAllowed):
        save(PLANNER, "area", {"code": "A7", "title": "x", "released_to": ["UNCT"]}, 0)
    with pytest.raises(InvalidValue):
        save(PLANNER, "area", {**closed, "classification": "confidential"}, 1)

    save(PLANNER, "area", {"code": "A1", "title": "North", "classification": "restricted"}, 1)
    save(OWNER, "area", {**closed, "released_to": ["national_counterpart"]}, 1)
    assert view(mission, COUNTERPART).knows("area", "A2")
    assert not view(mission, COUNTERPART).knows("area", "A1")


@pytest.mark.parametrize(
    "body",
    [
        {"title": "no code"},
        {"code": "lower"},
        {"code": "A" * 60},
        {"code": 7},
        {"code": None},
        {"code": "A9", "x": float("nan")},
        {"code": "A9", "x": float("inf")},
        {"code": "A9", "note": "zero\x00byte"},
        {"code": "A9", "note": "half \ud800 sign"},
        {"code": "A9", "note": object()},
        {"code": "A9", "note": "x" * 600_000},
    ],
)
def test_bodies_that_no_database_takes_are_refused_in_words(mission: str, body: dict) -> None:
    """Never by an error of the database."""
    with pytest.raises(InvalidValue):
        save(PLANNER, "area", body, 0)
    assert missions.load(mission).revision == sum(len(v) for v in missions.load(mission).bodies.values())


def test_a_body_nested_without_end_is_refused(mission: str) -> None:
    """Before anything tries to follow it."""
    deep: dict = {}
    for _ in range(5000):
        deep = {"all": [deep]}
    with pytest.raises(InvalidValue):
        save(PLANNER, "gate", {"code": "G9", "rule": deep}, 0)


def test_there_is_one_mission_entry_and_it_stays(mission: str) -> None:
    """Its title is the mission's in the list."""
    with pytest.raises(InvalidValue):
        save(OWNER, "mission", {"code": "OTHER", "title": "x"}, 0)
    with pytest.raises(InvalidValue):
        writing.delete_entry(OWNER, mission, "mission", "M", version=1, why="w", at=NOW)
    with pytest.raises(NotFound):
        save(OWNER, "king", {"code": "X"}, 0)
    body = writing.entry_body(view(mission, OWNER), "mission", "M")
    with pytest.raises(InputFaults):
        save(OWNER, "mission", {"code": "M", "title": "Half"}, 1)
    save(OWNER, "mission", {**body, "title": "Renamed"}, 1)
    assert missions.listed()[0].title == "Renamed"


def test_deleting_is_for_owners_and_leaves_its_history(mission: str) -> None:
    """With the version that was read."""
    with pytest.raises(NotAllowed):
        writing.delete_entry(PLANNER, mission, "area", "A1", version=1, why="w", at=NOW)
    with pytest.raises(NotFound):
        writing.delete_entry(OWNER, mission, "area", "A9", version=1, why="w", at=NOW)
    with pytest.raises(Stale):
        writing.delete_entry(OWNER, mission, "area", "A1", version=2, why="w", at=NOW)
    writing.delete_entry(OWNER, mission, "area", "A1", version=1, why="merged", at=NOW)

    last = writing.history_for(PLANNER, mission, "area", "A1")[0]
    assert (last.act, last.why, last.before) == ("delete", "merged", {"code": "A1", "title": "North"})


@pytest.mark.parametrize("role", ROLES)
def test_history_shows_nothing_that_is_not_shown_elsewhere(mission: str, role: str) -> None:
    """Neither a hidden entry, nor an old text that names one, nor a text from when the entry was hidden."""
    body = writing.entry_body(view(mission, OWNER), "risk", SECRET)
    opened = {**body, "title": "Told now", "classification": "open"}
    save(OWNER, "risk", {"code": "R5", "title": "Once confidential", "classification": "confidential", **RISK}, 0)
    save(OWNER, "risk", {"code": "R5", "title": "Now open", **RISK}, 1)
    reader = READERS[role]  # type: ignore[index]
    if not may(reader, "read_audit"):
        with pytest.raises(NotAllowed):
            writing.history_for(reader, mission)
        return
    lines = writing.history_for(reader, mission)
    all_of_it = str(lines)
    sees = role in ("owner", "approver")

    assert (SECRET in all_of_it) is sees
    assert ("Once confidential" in all_of_it) is sees
    assert any(line.code == "R5" and line.act == "change" for line in lines)
    assert all(line.shown for line in lines) is sees
    if role == "owner":
        save(OWNER, "risk", opened, 1)
        assert "Told now" in str(writing.history_for(PLANNER, mission, "risk", SECRET))


def test_a_draft_that_names_something_hidden_is_hidden_itself(mission: str) -> None:
    """Nobody can release the part of a body that cannot be understood."""
    save(OWNER, "gate", {"code": "G7", "title": "Draft", "rule": {"risk": SECRET, "wrong": 1}}, 0)

    assert not view(mission, PLANNER).knows("gate", "G7")
    assert SECRET not in str(view(mission, PLANNER).findings)
    assert view(mission, OWNER).knows("gate", "G7")


def test_redaction_is_for_owners_and_approvers(mission: str) -> None:
    """Afterwards the history says that it happened, and nothing else."""
    for reader in (PLANNER, OFFICER, COUNTERPART):
        with pytest.raises(NotAllowed):
            writing.redact_entry(reader, mission, "area", "A1", why="w", at=NOW)
    with pytest.raises(InvalidValue):
        writing.redact_entry(APPROVER, mission, "area", "A1", why="w", at=NOW, body={"code": "A2"})
    writing.redact_entry(APPROVER, mission, "area", "A1", why="asked for", at=NOW)

    lines = writing.history_for(OWNER, mission, "area", "A1")
    assert [(x.act, x.redacted, x.after) for x in lines if x.act != "redact"] == [
        ("delete", False, None),
        ("create", True, None),
    ]
    assert "North" not in str(lines)
    assert not view(mission, OWNER).knows("area", "A1")


@pytest.mark.slow
def test_every_kind_can_be_written(mission: str) -> None:
    """The table of kinds is the only list."""
    for kind in KINDS:
        if kind != "mission":
            assert save(OWNER, kind, {"code": "ANY", "title": "Any"}, 0).version == 1
