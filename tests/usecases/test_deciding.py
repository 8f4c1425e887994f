"""Decisions prepared by one person and taken by another; signatures and reservations on record."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from exitplan.domain.dossier import canonical
from exitplan.domain.errors import InvalidValue, NotAllowed, NotFound
from exitplan.domain.kinds import Assessment, Decision
from exitplan.domain.roles import ROLES, may
from exitplan.store import entries
from exitplan.store.errors import Stale
from exitplan.usecases import deciding, people, writing
from exitplan.usecases.board import view
from exitplan.usecases.deciding import Answer
from tests.usecases.samples import (
    APPROVER,
    COUNTERPART,
    NOW,
    OBSERVER,
    OWNER,
    PLANNER,
    READERS,
    SECRET,
    TODAY,
    in_database,
)

ANSWER = Answer("GO", "The gates are met.", dissent="Too early in the north.", dissent_by="Police component")


@pytest.fixture
def mission(home: Path) -> str:
    """A mission with a decision that is wanted."""
    return in_database()


def test_an_assistant_prepares_and_the_approver_confirms(mission: str) -> None:
    """Who prepared, on whose behalf, who took it, on what evidence and with what dissent: all of it stays."""
    people.add_account(None, "planner", "a long enough sentence")
    people.give_role(OWNER, mission, "planner", "planner", why="w", at=NOW)
    people.delegate(APPROVER, mission, "planner", "Office of the SRSG", why="leave", at=NOW)
    deciding.prepare(PLANNER, mission, "D1", 1, ANSWER, on=TODAY, at=NOW)

    assert view(mission, PLANNER).dossier.find(Decision, "D1").status == "wanted", "nothing is decided by preparing"
    (waiting,) = deciding.prepared(APPROVER, mission)
    assert (waiting.who, waiting.on_behalf_of, waiting.body["chosen"]) == ("planner", "Office of the SRSG", "GO")
    taken = deciding.decide(APPROVER, mission, "D1", 1, ANSWER, on=TODAY, at=NOW)

    decision = view(mission, OBSERVER).dossier.find(Decision, "D1")
    assert (decision.status, decision.chosen, decision.date) == ("taken", "GO", TODAY)
    assert (decision.dissent, decision.dissent_by) == ("Too early in the north.", "Police component")
    assert decision.evidence == taken.evidence
    assert deciding.prepared(APPROVER, mission) == ()
    assert entries.history(mission, "decision", "D1")[0].on_behalf_of == "prepared by planner"


def test_the_evidence_can_be_held_against_its_digest(mission: str) -> None:
    """The snapshot says how every gate stood, in codes and verdicts and nobody's words."""
    taken = deciding.decide(APPROVER, mission, "D1", 1, ANSWER, on=TODAY, at=NOW)
    found = deciding.evidence(APPROVER, mission, "D1")
    assert found is not None
    snapshot, digest = found

    assert digest == taken.evidence == hashlib.sha256(canonical(snapshot).encode()).hexdigest()
    assert snapshot["gates"].keys() == {"G1", "G2"}
    assert snapshot["on"] == "2026-01-05"
    assert deciding.evidence(OBSERVER, mission, "D1") == found
    body = writing.entry_body(view(mission, OWNER), "gate", "G2")
    writing.save_entry(OWNER, mission, "gate", {**body, "classification": "confidential"}, version=1, why="w", at=NOW)
    assert deciding.evidence(OBSERVER, mission, "D1") is None, "it would name a gate that is not shown"
    with pytest.raises(NotFound):
        deciding.evidence(OBSERVER, mission, "D9")


@pytest.mark.parametrize("role", ROLES)
def test_each_role_decides_and_signs_as_the_rule_table_says(mission: str, role: str) -> None:
    """Owners run the mission's data and decide nothing."""
    reader = READERS[role]  # type: ignore[index]
    done = {}
    for action, attempt in {
        "prepare_decision": lambda: deciding.prepare(reader, mission, "D1", 1, ANSWER, on=TODAY, at=NOW),
        "sign": lambda: deciding.receive(reader, mission, "benchmark", "B1", 1, receipt="agreed", at=NOW),
        "decide": lambda: deciding.decide(reader, mission, "D1", 1, ANSWER, on=TODAY, at=NOW),
    }.items():
        try:
            attempt()
            done[action] = True
        except NotAllowed:
            done[action] = False
    assert done == {action: bool(may(reader, action)) for action in done}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "version", "answer", "refused"),
    [
        ("D9", 1, ANSWER, NotFound),
        ("D1", 2, ANSWER, Stale),
        ("D1", 1, Answer("PERHAPS", "why"), InvalidValue),
        ("D1", 1, Answer("GO", " "), InvalidValue),
    ],
)
def test_a_decision_that_is_none_is_not_taken(
    mission: str, code: str, version: int, answer: Answer, refused: type
) -> None:
    """An option there is not, no reasons, another version, no such decision."""
    with pytest.raises(refused):
        deciding.decide(APPROVER, mission, code, version, answer, on=TODAY, at=NOW)
    assert view(mission, OWNER).dossier.find(Decision, "D1").status == "wanted"


def test_a_decision_is_taken_once(mission: str) -> None:
    """Changing one's mind is another decision, which follows it."""
    deciding.decide(APPROVER, mission, "D1", 1, ANSWER, on=TODAY, at=NOW)
    with pytest.raises(InvalidValue):
        deciding.decide(APPROVER, mission, "D1", 2, Answer("WAIT", "on reflection"), on=TODAY, at=NOW)


def test_a_counterparts_reservation_stands_in_the_assessment_itself(mission: str) -> None:
    """So that the board and every report show it."""
    deciding.receive(COUNTERPART, mission, "assessment", "AS1", 1, receipt="reserved", text="Not our view.", at=NOW)

    assessment = view(mission, OBSERVER).dossier.find(Assessment, "AS1")
    assert (assessment.receipt, assessment.reservation) == ("noted", "Not our view.")
    (signed,) = deciding.signed(OBSERVER, mission, "assessment", "AS1")
    assert (signed.role, signed.receipt, signed.version) == ("national_counterpart", "reserved", 1)
    deciding.receive(COUNTERPART, mission, "assessment", "AS1", 2, receipt="agreed", at=NOW)
    assert view(mission, OBSERVER).dossier.find(Assessment, "AS1").reservation == ""


def test_nobody_signs_or_reads_signatures_of_what_is_not_shown(mission: str) -> None:
    """As if the entry were not there."""
    with pytest.raises(NotFound):
        deciding.receive(COUNTERPART, mission, "risk", SECRET, 1, receipt="reserved", text="x", at=NOW)
    deciding.receive(APPROVER, mission, "risk", SECRET, 1, receipt="agreed", at=NOW)

    assert len(deciding.signed(OWNER, mission)) == 1
    assert deciding.signed(PLANNER, mission) == ()
