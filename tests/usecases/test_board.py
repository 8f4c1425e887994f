"""What is kept of a mission is kept for all who see the same, and for nobody else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exitplan.usecases import measuring
from exitplan.usecases.board import view
from exitplan.usecases.looking import look
from tests.usecases.samples import COUNTERPART, NOW, OFFICER, PLANNER, TODAY, in_database
from tests.usecases.test_measuring import reading


@pytest.fixture
def mission(home: object) -> str:
    """A mission with an open and a restricted indicator."""
    return in_database()


def test_two_of_one_role_share_what_is_worked_out_and_keep_their_names(mission):
    """Fifty readers must not cost fifty computations; what one of them does is still done in their own name."""
    one, other = view(mission, PLANNER), view(mission, replace(PLANNER, name="somebody else"))
    assert (one.reader.name, other.reader.name) == (PLANNER.name, "somebody else")
    assert one.shared is other.shared
    assert look(one) is look(other)
    assert look(one).view.reader.name == ""


def test_nobody_shares_with_another_role_or_with_one_who_looks_through_its_eyes(mission):
    """What is kept for a planner is never shown to a counterpart; viewing as a role is not being it."""
    planner, counterpart = view(mission, PLANNER), view(mission, COUNTERPART)
    through = view(mission, replace(PLANNER, viewing=True))
    assert len({id(v.shared) for v in (planner, counterpart, through)}) == 3
    assert len({id(look(v)) for v in (planner, counterpart, through)}) == 3


def test_a_change_is_seen_at_once(mission):
    """What was kept before a change is not shown after it."""
    before = view(mission, OFFICER)
    row = measuring.enter(OFFICER, mission, reading(), on=TODAY, at=NOW, why="survey", submit=True)
    measuring.approve(OFFICER, mission, [(row, 1)], at=NOW, why="checked")
    after = view(mission, OFFICER)
    assert after.revision > before.revision
    assert after.shared is not before.shared
    assert len(after.dossier.measurements) == len(before.dossier.measurements) + 1
