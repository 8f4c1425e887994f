"""Signatures, reservations, and decisions that wait for who confirms them."""

from __future__ import annotations

from pathlib import Path

import pytest

from exitplan.domain.errors import InvalidValue, NotFound
from exitplan.domain.roles import Reader
from exitplan.store import accounts, chain, entries, signoffs
from exitplan.store.entries import Change
from exitplan.store.errors import Moved, Stale
from exitplan.store.models import Mission
from tests.store.samples import NOW, created

COUNTERPART = Reader("national_counterpart", name="chantal")


@pytest.fixture
def mission(home: Path) -> str:
    """A mission with a decision that is wanted."""
    created()
    body = {"code": "D1", "title": "Go on?"}
    entries.save("M", [Change("decision", "D1", body)], who="amina", why="asked", at=NOW)
    return "M"


def test_a_signature_stands_under_the_version_that_was_read(mission: str) -> None:
    """What has changed since is not signed; the signature is in the history and in the chain."""
    signed = signoffs.sign(mission, "area", "A1", 1, COUNTERPART, receipt="agreed", at=NOW)
    entries.save(mission, [Change("area", "A1", {"code": "A1", "title": "South"}, 1)], who="a", why="w", at=NOW)

    with pytest.raises(Stale) as stale:
        signoffs.sign(mission, "area", "A1", 1, COUNTERPART, receipt="agreed", at=NOW)
    assert stale.value.theirs == {"code": "A1", "title": "South"}
    assert signoffs.signed(mission, "area", "A1") == (signed,)
    assert (signed.version, signed.role, signed.who) == (1, "national_counterpart", "chantal")
    assert [p.act for p in entries.history(mission, "area", "A1")] == ["change", "sign", "create"]
    assert entries.history(mission, "area", "A1")[0].before == {"code": "A1", "title": "North"}
    assert chain.verify(Mission.objects.get(code=mission)) is None


@pytest.mark.parametrize(
    ("code", "receipt", "text", "refused"),
    [
        ("A1", "perhaps", "", InvalidValue),
        ("A1", "reserved", "  ", InvalidValue),
        ("A1", "agreed_with_reservation", "", InvalidValue),
        ("A9", "agreed", "", NotFound),
    ],
)
def test_receipts_that_say_nothing_are_refused(mission: str, code: str, receipt: str, text: str, refused: type) -> None:
    """A reservation has words, and an entry to stand under."""
    with pytest.raises(refused):
        signoffs.sign(mission, "area", code, 1, COUNTERPART, receipt=receipt, text=text, at=NOW)
    assert signoffs.signed(mission) == ()


def test_a_prepared_decision_waits_until_the_entry_changes(mission: str) -> None:
    """The last preparation counts; a decision taken, or changed, makes it void."""
    for why in ("first thought", "second thought"):
        signoffs.prepare(mission, "D1", 1, {"chosen": "GO"}, who="assistant", on_behalf_of="SRSG", why=why, at=NOW)

    assert [(p.why, p.on_behalf_of) for p in signoffs.prepared(mission)] == [("second thought", "SRSG")]
    revision = Mission.objects.get(code=mission).revision
    body = {"code": "D1", "title": "Go on?", "status": "taken"}
    version = signoffs.decide(
        mission, "D1", 1, body, {"gates": {}}, who="head", on_behalf_of="", why="ripe", at=NOW, seen=revision
    )

    assert version == 2
    assert signoffs.prepared(mission) == ()
    assert signoffs.evidence(mission, "D1") == {"gates": {}}
    assert signoffs.evidence(mission, "D2") is None
    with pytest.raises(Stale):
        signoffs.prepare(mission, "D1", 1, {}, who="a", on_behalf_of="", why="w", at=NOW)


def test_a_decision_on_evidence_that_has_moved_is_not_taken(mission: str) -> None:
    """Neither the decision nor its evidence is kept."""
    with pytest.raises(Moved):
        signoffs.decide(mission, "D1", 1, {}, {}, who="head", on_behalf_of="", why="w", at=NOW, seen=1)
    assert signoffs.evidence(mission, "D1") is None


def test_roles_and_delegations_are_on_record(mission: str) -> None:
    """Who was given what, by whom and why; the last owner stays."""
    for name in ("amina", "ben"):
        accounts.add_account(name, "a long enough sentence")
        accounts.give_role(name, mission, "owner" if name == "amina" else "planner", who="op", why="new", at=NOW)
    accounts.delegate("ben", mission, "Office of the SRSG", who="amina", why="busy", at=NOW)

    with pytest.raises(InvalidValue):
        accounts.give_role("amina", mission, None, who="op", why="gone", at=NOW)
    with pytest.raises(InvalidValue):
        accounts.give_role("amina", mission, "observer", who="op", why="gone", at=NOW)
    with pytest.raises(NotFound):
        accounts.delegate("nobody", mission, "x", who="amina", why="w", at=NOW)
    assert accounts.prepares_for("ben", mission) == "Office of the SRSG"
    assert [(m.username, m.role) for m in accounts.members(mission)] == [("amina", "owner"), ("ben", "planner")]
    assert [(p.act, p.code) for p in entries.history(mission, "membership")] == [
        ("delegate", "ben"), ("role", "ben"), ("role", "amina"),
    ]  # fmt: skip
