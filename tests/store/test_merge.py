"""Three-way merge of entries: nothing overwritten silently, nothing deleted by absence, nothing hidden written over."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exitplan.store.merge import Sides, hides, over_hidden, three_way

A = {"code": "A1", "title": "North"}
B = {"code": "A1", "title": "South"}
C = {"code": "A1", "title": "East"}
HIDING = {"code": "A1", "title": "North", "rule": {"all": [{"not_shown": "owner"}]}}


def outcome(whole: Any, shown: Any, here: Any, there: Any) -> tuple[str, Any]:
    """What becomes of one entry."""
    name = ("area", "A1")
    sides = Sides(*({} if body is None else {name: body} for body in (whole, shown, here, there)))
    found = three_way(sides)
    return (found[0].outcome, found[0].result) if found else ("nothing", None)


@pytest.mark.parametrize(
    ("whole", "shown", "here", "there", "expected"),
    [
        (A, A, A, A, ("same", None)),
        (A, A, B, A, ("same", None)),  # changed here alone
        (A, A, A, B, ("changed", B)),  # changed there alone
        (A, A, B, B, ("same", None)),  # the same change on both sides
        (A, A, B, C, ("both-changed", None)),
        (A, A, A, None, ("absent", None)),  # absence deletes nothing
        (A, A, None, A, ("same", None)),  # deleted here, untouched there: stays deleted
        (A, A, None, B, ("deleted-here", None)),
        (None, None, None, A, ("new", A)),
        (None, None, A, A, ("same", None)),
        (None, None, B, A, ("taken-here", None)),
        (A, None, A, B, ("taken-here", None)),  # hidden from the bundle's holder
        (A, None, None, B, ("taken-here", None)),  # and deleted meanwhile: still not theirs
        (None, None, None, HIDING, ("not-shown", None)),
        (A, A, A, HIDING, ("not-shown", None)),
        ({**A, "rule": {"risk": "R1"}}, HIDING, {**A, "rule": {"risk": "R1"}}, HIDING, ("same", None)),
        (None, None, None, None, ("nothing", None)),
    ],
)
def test_every_case_of_the_table(whole: Any, shown: Any, here: Any, there: Any, expected: tuple) -> None:
    """Base, here and there, each present or not, changed or not."""
    assert outcome(whole, shown, here, there) == expected


def test_a_visible_field_of_a_partly_hidden_entry_can_be_changed() -> None:
    """The hidden part stays as it is."""
    whole = {**A, "rule": {"risk": "SECRET"}}

    assert outcome(whole, HIDING, whole, {**HIDING, "title": "South"}) == ("changed", {**whole, "title": "South"})
    assert outcome(whole, HIDING, whole, {**A})[0] == "not-shown", "taking the stand-in out is not taking the rule out"


def test_stand_ins_never_come_back() -> None:
    """An entry that stands for a hidden one is no entry."""
    stand_in = {("gate", "NOT-SHOWN-1"): {"code": "NOT-SHOWN-1", "title": "Not shown to you"}}

    assert three_way(Sides({}, {}, {}, stand_in)) == ()


@pytest.mark.parametrize(
    ("value", "hidden"),
    [
        ({"not_shown": "owner"}, True),
        ({"all": [{"any": [{"not_shown": "x"}]}]}, True),
        (["NOT-SHOWN-3"], True),
        ("NOT-SHOWN-3", True),
        ("what was not_shown to me", False),
        ({"criterion": "C1"}, False),
        (None, False),
    ],
)
def test_stand_ins_are_known_wherever_they_stand(value: Any, hidden: bool) -> None:
    """As a leaf of a condition, or as a code."""
    assert hides(value) is hidden


BODIES = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 2))


@given(BODIES, BODIES, st.sets(st.sampled_from("abcd")))
def test_nothing_hidden_is_ever_written_over(whole: dict, typed: dict, hidden: set) -> None:
    """Whatever somebody writes who was not shown some fields, those fields stay as they are."""
    shown = {k: v for k, v in whole.items() if k not in hidden}
    given = {k: v for k, v in typed.items() if k not in hidden or k not in whole}

    result, unseen = over_hidden(whole, shown, given)

    for field in hidden & whole.keys():
        assert result[field] == whole[field]
    for field in "abcd":
        if field not in hidden:
            assert result.get(field) == given.get(field)
    assert set(unseen) <= hidden & whole.keys()


@given(BODIES, BODIES)
def test_who_sees_everything_writes_everything(whole: dict, typed: dict) -> None:
    """Without anything hidden the result is what was typed."""
    assert over_hidden(whole, whole, typed) == (typed, ())
