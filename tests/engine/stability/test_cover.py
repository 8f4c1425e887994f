"""Security cover and withdrawal shock."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exitplan.domain.errors import InvalidValue
from exitplan.engine.stability.cover import SHOCK_DECAY, Presence

shares = st.lists(st.floats(0, 1), min_size=4, max_size=4)


def _one(mission, host, support) -> Presence:
    return Presence(mission=np.array([mission]), host=np.array([host]), support=np.array([support]))


@given(shares, shares, shares)
def test_cover_is_a_share_and_never_less_than_its_best_part(mission, host, support):
    """The three stand in for one another: none makes another worse."""
    there = _one(mission, host, support)
    best = np.maximum(np.maximum(there.mission, there.host), there.support)
    assert np.all(there.cover >= best - 1e-12)
    assert np.all(there.cover <= 1 + 1e-12)


@given(shares)
def test_a_full_substitute_hides_a_departure(mission):
    """With full host capacity, leaving changes no cover."""
    assert np.allclose(_one(mission, [1.0] * 4, [0.0] * 4).change, 0)


def test_shock_follows_a_departure_and_halves_in_three_months():
    """A fall from 1 to 0 in the second month is felt from the third on."""
    there = _one([1, 1, 0, 0, 0, 0, 0], [0] * 7, [0] * 7)
    assert there.shock[0, :2].tolist() == [0, 0]
    assert there.shock[0, 2] == 1
    assert there.shock[0, 5] == pytest.approx(0.5)
    assert pytest.approx(0.5) == SHOCK_DECAY**3


def test_an_unchanged_presence_has_no_change_and_no_shock():
    """Whatever its level."""
    there = _one([0.7] * 5, [0.2] * 5, [0.1] * 5)
    assert not there.change.any()
    assert not there.shock.any()


def test_the_country_counts_people():
    """Three quarters of the people lose all cover: the country loses three quarters of it; areas count alike else."""
    mission = np.array([[1.0, 0.0, 0.0], [1.0, 1.0, 1.0]])
    parts = {"mission": mission, "host": np.zeros((2, 3)), "support": np.zeros((2, 3))}
    weighted = Presence(**parts, people=np.array([300_000.0, 100_000.0]))
    assert weighted.country_change.tolist() == [-0.75, -0.75]
    assert weighted.country_shock.tolist() == [0.0, 0.75]
    assert Presence(**parts).country_change.tolist() == [-0.5, -0.5]


@pytest.mark.parametrize(
    "wrong",
    [
        {"mission": np.full((2, 5), 1.2)},  # above 1
        {"host": np.full((2, 5), np.nan)},  # not a number
        {"support": np.zeros((2, 4))},  # other shape
        {"mission": np.zeros(5)},  # not a table
        {"shift": np.full((2, 5), np.inf)},  # endless odds
        {"shift": np.zeros((1, 5))},  # other shape
        {"people": np.array([1.0, -1.0])},  # fewer than nobody
        {"people": np.zeros(2)},  # nobody anywhere
        {"people": np.ones(3)},  # other shape
        {"switches": np.zeros(5)},  # the origin too
        {"switches": np.array([0.0, 0.0, 0.0, np.nan])},  # not a number
    ],
)
def test_a_presence_that_makes_no_sense_is_refused(wrong):
    """Every row of the table is a way to be wrong."""
    good = {name: np.zeros((2, 5)) for name in ("mission", "host", "support")}
    with pytest.raises(InvalidValue):
        Presence(**{**good, **wrong})


def test_a_presence_without_a_future_is_refused():
    """One column is only the origin."""
    with pytest.raises(InvalidValue):
        Presence.unchanged(2, 0)


def test_what_one_leaves_uncovered_the_others_may_cover():
    """Half, four tenths and three tenths together: 1 - 0.5 x 0.6 x 0.7."""
    there = _one([0.5] * 2, [0.4] * 2, [0.3] * 2)
    assert there.cover[0].tolist() == pytest.approx([0.79, 0.79])
