"""A function answered for: by its receiver alone, under the version that was read, and never by saying nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from exitplan.domain.errors import InvalidValue, NotAllowed, NotFound
from exitplan.domain.kinds import Function
from exitplan.domain.roles import ROLES, Reader
from exitplan.engine.takeover.ledger import signed_state
from exitplan.store.errors import Stale
from exitplan.usecases import takeover as taking
from exitplan.usecases.board import view
from exitplan.usecases.deciding import signed
from exitplan.usecases.writing import entry_body, save_entry

MISSION = "TEST-LAND"
ON, AT = date(2026, 6, 20), datetime(2026, 6, 30, tzinfo=UTC)
PLANNER = Reader("planner", None, "planning")
WOMEN, OTHER, HIDDEN = (Reader("partner", code, code.lower()) for code in ("P-WOMEN", "P-OTHER", "P-HIDDEN"))
NATIONAL = Reader("national_counterpart", None, "ministry")

FUNCTIONS: dict[str, dict[str, Any]] = {
    "F-PARTNER": {"destination": "partner", "receiver_partner": "P-WOMEN"},
    "F-HIDDEN": {"destination": "partner", "receiver_partner": "P-HIDDEN"},
    "F-NATIONAL": {"destination": "national"},
    "F-HOST": {"destination": "national", "receiver_partner": "P-HOST"},
    "F-TEAM": {"destination": "country_team"},
    "F-NOBODY": {"destination": "undecided", "receiver_partner": "P-WOMEN"},
    "F-ENDS": {"destination": "discontinue", "receiver_partner": "P-WOMEN"},
    "F-CLOSED": {"destination": "partner", "receiver_partner": "P-WOMEN", "classification": "restricted"},
}


@pytest.fixture
def mission(home: Path) -> str:
    """One function for each sort of receiver."""
    from exitplan.domain.dossier import Dossier
    from exitplan.domain.kinds import Mission, Partner
    from exitplan.store import missions

    whole = Mission(code=MISSION, title="Test", acronym="T", host=("XKA",), host_name="K", started=date(2020, 1, 1))
    partners = tuple(
        Partner.model_validate({"code": code, "title": code.title(), "type": kind, "classification": level})
        for code, kind, level in (
            ("P-WOMEN", "ngo", "open"),
            ("P-OTHER", "ngo", "open"),
            ("P-HIDDEN", "state", "restricted"),
            ("P-HOST", "host", "open"),
        )
    )
    functions = tuple(
        Function.model_validate({"code": code, "title": code, "trade": "protection", "cost_year": 1e6, **more})
        for code, more in FUNCTIONS.items()
    )
    missions.create(Dossier(whole, {"partner": partners, "function": functions}), who="setup", why="test", at=AT)
    return MISSION


def give(reader: Reader, code: str, reply: str = "yes", text: str = "", version: int = 1) -> Any:
    return taking.answer(reader, MISSION, code, version, reply=reply, text=text, on=ON, at=AT)


def held(code: str, reader: Reader = PLANNER) -> Function:
    return view(MISSION, reader).dossier.find(Function, code)


def test_an_answer_with_conditions_stands_in_the_entry_and_is_signed(mission: str) -> None:
    """Its words, its day and its signer; the ledger of everybody reads it as signed."""
    given = give(WOMEN, "F-PARTNER", "with_conditions", "  Paid for two years first. ")

    now = held("F-PARTNER")
    assert (now.acceptance, now.conditions) == ("with_conditions", "Paid for two years first.")
    assert (now.answered_on, now.answered_by) == (ON, "P-WOMEN")
    assert signed_state(now) == "signed"
    assert (given.version, given.receipt, given.partner, given.who) == (
        1,
        "agreed_with_reservation",
        "P-WOMEN",
        "p-women",
    )
    (shown,) = taking.answers(
        signed(PLANNER, mission, "function", "F-PARTNER"), view(mission, PLANNER).versions["function", "F-PARTNER"]
    )
    assert (shown.reply, shown.overtaken) == ("with_conditions", False)


@pytest.mark.parametrize(
    ("reply", "text"), [("yes", ""), ("no", "No people left."), ("with_conditions", "Paid first.")]
)
def test_each_answer_can_be_given_and_taken_back_by_another(mission: str, reply: str, text: str) -> None:
    """The newest stands; what was said before stays under its version."""
    give(WOMEN, "F-PARTNER", reply, text)
    assert held("F-PARTNER").acceptance == reply
    give(WOMEN, "F-PARTNER", "yes", version=2)
    assert (held("F-PARTNER").acceptance, held("F-PARTNER").conditions) == ("yes", "")
    assert [s.version for s in signed(PLANNER, mission, "function", "F-PARTNER")] == [2, 1]


@pytest.mark.parametrize(
    ("code", "may"),
    [
        ("F-PARTNER", {"P-WOMEN"}),
        ("F-HIDDEN", {"P-HIDDEN"}),
        ("F-NATIONAL", {"national_counterpart"}),
        ("F-HOST", {"national_counterpart", "P-HOST"}),
        ("F-TEAM", set()),
        ("F-NOBODY", set()),
        ("F-ENDS", set()),
    ],
)
def test_the_receiver_answers_and_nobody_else(mission: str, code: str, may: set[str]) -> None:
    """Every role, and every partner: who does not speak for the receiver is refused and nothing is written."""
    partners = (WOMEN, OTHER, HIDDEN, Reader("partner", "P-HOST", "host"), Reader("partner", None, "x"))
    readers = [Reader(role, None, role) for role in ROLES if role != "partner"] + list(partners)
    allowed = {reader.partner or reader.role for reader in readers if taking.receives(reader, mission, code)}
    assert allowed == may
    for reader in readers:
        if (reader.partner or reader.role) not in may:
            with pytest.raises(NotAllowed):
                give(reader, code)
    assert held(code).acceptance == "not_asked"
    assert signed(PLANNER, mission, "function", code) == ()


def test_who_only_looks_through_another_roles_eyes_answers_nothing(mission: str) -> None:
    """View-as leaves no mark in that role's name."""
    with pytest.raises(NotAllowed):
        give(Reader("partner", "P-WOMEN", "owner", viewing=True), "F-PARTNER")


def test_what_is_not_shown_cannot_be_answered(mission: str) -> None:
    """Also by the partner it names; nor what there is not."""
    for code in ("F-CLOSED", "F-NONE"):
        with pytest.raises(NotFound):
            give(WOMEN, code)


@pytest.mark.parametrize(
    ("reply", "text", "field"),
    [
        ("with_conditions", "", "text"),
        ("with_conditions", "  \n", "text"),
        ("no", "", "text"),
        ("", "x", "reply"),
        ("maybe", "x", "reply"),
        ("asked", "x", "reply"),
        ("not_asked", "x", "reply"),
    ],
)
def test_an_answer_that_is_none_is_refused(mission: str, reply: str, text: str, field: str) -> None:
    """Conditions and reasons are said in words."""
    with pytest.raises(InvalidValue) as refused:
        give(WOMEN, "F-PARTNER", reply, text)
    assert refused.value.field == field
    assert held("F-PARTNER").acceptance == "not_asked"


def test_nobody_signs_what_they_have_not_read(mission: str) -> None:
    """A function that was changed in the meantime takes no answer under the old version, nor under one that is still to come."""
    raise_cost(mission)
    for version in (1, 3, 0, -1):
        with pytest.raises(Stale):
            give(WOMEN, "F-PARTNER", version=version)
    assert give(WOMEN, "F-PARTNER", version=2).version == 2


def raise_cost(mission: str) -> None:
    """The planner changes the terms."""
    seen = view(mission, PLANNER)
    body = {**entry_body(seen, "function", "F-PARTNER"), "cost_year": 5e6}
    save_entry(PLANNER, mission, "function", body, version=seen.versions["function", "F-PARTNER"], why="dearer", at=AT)


def test_an_answer_to_an_older_version_is_told_as_such(mission: str) -> None:
    """It stands on record, and does not count as an answer to what stands now."""
    give(WOMEN, "F-PARTNER")
    raise_cost(mission)

    assert held("F-PARTNER").acceptance == "yes"
    assert signed_state(held("F-PARTNER")) == "older"
    (shown,) = taking.answers(signed(PLANNER, mission, "function", "F-PARTNER"), 3)
    assert shown.overtaken
    give(WOMEN, "F-PARTNER", version=3)
    assert signed_state(held("F-PARTNER")) == "signed"


@pytest.mark.parametrize(
    "forged", [{"answered_on": "2026-06-01"}, {"answered_by": "P-WOMEN"}, {"answered_terms": "ab" * 8}]
)
def test_a_signature_cannot_be_written_by_hand(mission: str, forged: dict[str, str]) -> None:
    """Neither into a new function nor into one there is; an acceptance that is typed stays unsigned."""
    seen = view(mission, PLANNER)
    body = {**entry_body(seen, "function", "F-PARTNER"), "acceptance": "yes"}
    new = {**body, "code": "F-NEW"}
    for typed, version in (({**body, **forged}, 1), ({**new, **forged}, 0)):
        with pytest.raises(InvalidValue):
            save_entry(PLANNER, mission, "function", typed, version=version, why="x", at=AT)
    save_entry(PLANNER, mission, "function", body, version=1, why="told by telephone", at=AT)
    assert signed_state(held("F-PARTNER")) == "unsigned"


def test_a_receiver_that_is_hidden_leaks_neither_by_name_nor_by_its_words(mission: str) -> None:
    """It may answer itself; readers to whom it is not shown see that an answer was signed, and no more."""
    give(HIDDEN, "F-HIDDEN", "with_conditions", "Our battalion comes home first.")

    for reader in (Reader("observer", None, "o"), OTHER, NATIONAL):
        shown = held("F-HIDDEN", reader)
        assert (shown.receiver_partner, shown.answered_by, shown.conditions) == (None, None, "")
        assert signed_state(shown) == "signed"
        assert signed(reader, mission, "function", "F-HIDDEN") == ()
    assert held("F-HIDDEN").conditions == "Our battalion comes home first."
    assert [s.partner for s in signed(PLANNER, mission, "function", "F-HIDDEN")] == ["P-HIDDEN"]
    assert [s.partner for s in signed(HIDDEN, mission, "function", "F-HIDDEN")] == ["P-HIDDEN"]


def test_chances_are_drawn_for_those_who_were_given_them(mission: str) -> None:
    """The ledger of others names neither a capacity nor a month that was drawn, and says nothing of how it is drawn."""
    from exitplan.usecases.looking import look

    full = taking.takeover("kasanda").result
    assert any(f.capacity for f in full.functions)
    assert all(i.met for i in full.institutions)
    quiet = full.without_chances()
    assert not any(f.capacity for f in quiet.functions)
    assert not any(i.met for i in quiet.institutions)
    assert not any(a.startswith("capacity-") for a in quiet.assumptions)
    assert look(view(mission, NATIONAL)).takeover.assumptions == look(view(mission, PLANNER)).takeover.assumptions


def test_equal_questions_give_equal_bytes() -> None:
    """The same seed, the same JSON."""
    from exitplan.usecases.answers import as_json

    one, two = (as_json(taking.takeover("kasanda", seed=5).answer) for _ in range(2))
    assert one == two
    assert one != as_json(taking.takeover("kasanda", seed=6).answer)
