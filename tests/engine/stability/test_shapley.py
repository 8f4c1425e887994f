"""Shapley values against games whose values are known, and against their axioms."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exitplan.engine.stability.shapley import shapley


def test_the_glove_game_has_its_published_value():
    """One left glove and two right ones: the left one gets two thirds, each right one a sixth."""
    shares = shapley(("L", "R1", "R2"), lambda s: np.array(float("L" in s and len(s) > 1)))

    assert shares["L"] == pytest.approx(2 / 3)
    assert shares["R1"] == shares["R2"] == pytest.approx(1 / 6)


@given(st.lists(st.floats(-100, 100), min_size=16, max_size=16))
def test_shares_add_up_and_idle_players_get_nothing(values):
    """Any game of three and an idle fourth."""
    players = ("a", "b", "c", "idle")

    def worth(taken):
        return np.array(values[sum(2**k for k, p in enumerate(players[:3]) if p in taken)])

    shares = shapley(players, worth)

    assert sum(shares.values()) == pytest.approx(values[7] - values[0], abs=1e-9)
    assert shares["idle"] == pytest.approx(0.0, abs=1e-9)


def test_in_a_game_of_single_gains_each_gets_its_own():
    """Arrays are shared out place by place."""
    gains = {"a": np.array([1.0, 2.0]), "b": np.array([0.0, -3.0])}
    shares = shapley(("a", "b"), lambda taken: sum((gains[p] for p in taken), np.zeros(2)))

    assert all(np.allclose(shares[p], gains[p]) for p in gains)


def test_nobody_gets_anything_where_nobody_plays():
    """Two equal plans have no players."""
    assert shapley((), lambda taken: np.array(1.0)) == {}
