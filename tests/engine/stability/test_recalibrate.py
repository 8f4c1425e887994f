"""The last step makes forecasts that are off as others were calibrated, and leaves calibrated ones alone."""

from __future__ import annotations

import numpy as np
import pytest

from exitplan.engine.stability.backtest import Judged
from exitplan.engine.stability.recalibrate import LEVELS, learned, recalibrated

AREAS, MONTHS = 300, 4


def _rng(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


def _judged(draws, happened) -> Judged:
    return Judged.of(draws, happened.astype(float))


def _narrow(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Counts with many zeros, and forecasts that know their law but for half of its width and a quarter of its zeros."""
    rng = _rng(seed)
    y = np.where(rng.random((AREAS, MONTHS)) < 0.5, rng.geometric(0.05, (AREAS, MONTHS)), 0)
    some = rng.random((500, AREAS, MONTHS)) < 0.6
    return np.where(some, rng.geometric(0.1, (500, AREAS, MONTHS)), 0), y


def test_a_map_that_was_not_learned_moves_no_draw():
    """The levels themselves: the same draws, each at its place."""
    draws, _ = _narrow(1)
    assert np.array_equal(recalibrated(draws, LEVELS, _rng(2)), draws)


def test_calibrated_forecasts_teach_a_map_that_moves_little():
    """Observations and draws of one law: within what luck allows with 1,200 cases."""
    rng = _rng(3)
    levels = learned([_judged(rng.poisson(0.7, (500, AREAS, MONTHS)), rng.poisson(0.7, (AREAS, MONTHS)))])
    assert (levels[0], levels[-1]) == (0.0, 1.0)
    assert np.abs(levels - LEVELS).max() < 4 * np.sqrt(0.25 / (AREAS * MONTHS))


def test_what_is_off_alike_elsewhere_is_put_right():
    """Too narrow in the lessons and too narrow in what is forecast: the cover comes to its level, all scores get smaller."""
    draws, happened = _narrow(4)
    moved = recalibrated(draws, learned([_judged(*_narrow(5)), _judged(*_narrow(6))]), _rng(7))
    before, after = (_judged(d, happened).score("x") for d in (draws, moved))
    assert before.covered_80 < 0.74
    assert after.covered_80 == pytest.approx(0.8, abs=4 * np.sqrt(0.16 / happened.size))
    assert after.crps < before.crps
    assert after.ignorance < before.ignorance


def test_the_map_of_known_lessons_by_hand():
    """Two missions with one voice each, however many cases: one always at the very low end, one always in the middle."""
    deaths = np.arange(1, 20)[:, None, None]
    low = _judged(np.tile(deaths, (1, 3, 1)), np.zeros((3, 1)))
    middle = _judged(deaths, np.full((1, 1), 10.0))
    found = learned([low, middle])
    assert found[1] == pytest.approx(0.5)  # the lowest of twenty places is below the first level
    assert found[9] == pytest.approx(0.5)  # the tenth and eleventh place are the middle's
    assert found[11] == pytest.approx(1.0)


def test_what_hangs_together_still_does():
    """Draws in which all months are alike remain alike, and the map acts on all areas and months as on one."""
    one = _rng(8).permutation(np.arange(1, 401))
    draws = np.tile(one[:, None, None], (1, 2, 3))
    moved = recalibrated(draws, np.sqrt(LEVELS), _rng(9))
    assert np.all(moved == moved[:, :1, :1])
    assert np.all(np.diff(moved[np.argsort(one), 0, 0]) >= 0)
    # A chance F is read as the root of F: a quarter of the old draws holds half of the new ones.
    assert np.mean(moved[:, 0, 0] <= 100) == pytest.approx(0.5, abs=0.01)


def test_equal_draws_are_told_apart_by_lot():
    """Which of the zeros of a month turn into deaths is no matter of their number, nor the same in every month."""
    draws = np.concatenate([np.zeros((800, 1, 2), dtype=int), np.full((200, 1, 2), 5)])
    moved = recalibrated(draws, LEVELS**2, _rng(10))
    risen = (moved[:800, 0] > 0).T
    assert risen.sum(axis=1).tolist() == pytest.approx([160, 160], abs=30)
    assert abs(np.corrcoef(risen)[0, 1]) < 0.15
