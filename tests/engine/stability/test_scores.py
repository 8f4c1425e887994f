"""Scores agree with another program and with what they promise."""

from __future__ import annotations

import importlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exitplan.domain.errors import InvalidValue
from exitplan.engine.stability import scores


def _sample(draws: int = 200, cases: int = 60) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(11)
    x = np.where(rng.random((draws, cases)) < 0.4, rng.geometric(0.1, (draws, cases)), 0).astype(float)
    y = np.where(rng.random(cases) < 0.4, rng.geometric(0.1, cases), 0).astype(float)
    return x, y


@pytest.fixture(scope="module")
def scoringrules():
    """Another program's scores. It compiles for seconds when it is imported, which only these tests should wait for."""
    return importlib.import_module("scoringrules")


@pytest.mark.slow
def test_crps_equals_scoringrules(scoringrules):
    """The empirical-distribution estimator, to 1e-10."""
    x, y = _sample()
    theirs = scoringrules.crps_ensemble(y, x.T, estimator="nrg")
    assert np.max(np.abs(scores.crps(x, y) - theirs)) < 1e-10


@pytest.mark.slow
def test_log_crps_equals_scoringrules_on_logs(scoringrules):
    """The same score of ln(1 + deaths)."""
    x, y = _sample()
    theirs = scoringrules.crps_ensemble(np.log1p(y), np.log1p(x).T, estimator="nrg")
    assert np.max(np.abs(scores.log_crps(x, y) - theirs)) < 1e-10


@pytest.mark.slow
def test_interval_score_equals_scoringrules(scoringrules):
    """At the 90 % level, from the same quantiles."""
    x, y = _sample()
    low, high = scores.interval(x, 0.9)
    theirs = scoringrules.interval_score(y, low, high, 0.1)
    assert np.max(np.abs(scores.interval_score(x, y, 0.9) - theirs)) < 1e-10


@pytest.mark.slow
def test_brier_and_log_loss_equal_scoringrules(scoringrules):
    """Away from 0 and 1, where the floor does not act."""
    p = np.linspace(0.01, 0.99, 50)
    y = np.arange(50) % 3 == 0
    assert np.max(np.abs(scores.brier(p, y) - scoringrules.brier_score(y.astype(float), p))) < 1e-10
    assert np.max(np.abs(scores.log_loss(p, y) - scoringrules.log_score(y.astype(float), p))) < 1e-10


@given(st.lists(st.integers(0, 50), min_size=1, max_size=20), st.integers(0, 50))
def test_crps_is_the_integral_of_its_definition(draws, y):
    """Sum over whole numbers of (F(k) - 1[y <= k])^2, for any sample of whole numbers."""
    x = np.array(draws, dtype=float)
    k = np.arange(60)
    f = (x[:, None] <= k).mean(axis=0)
    assert scores.crps(x[:, None], np.array([float(y)]))[0] == pytest.approx(np.sum((f - (y <= k)) ** 2), abs=1e-10)


def test_ignorance_of_a_known_case():
    """Three of seven draws in the true bin of eleven, one pseudo-draw spread: -log2((3 + 1/11) / 8)."""
    draws = np.array([0, 0, 0, 1, 4, 30, 2000.0])[:, None]
    assert scores.ignorance(draws, np.array([0.0]))[0] == pytest.approx(-np.log2((3 + 1 / 11) / 8))
    assert scores.ignorance(draws, np.array([300.0]))[0] == pytest.approx(-np.log2(1 / 11 / 8))


@pytest.mark.slow
def test_scores_are_proper_on_average():
    """No forecast beats the true distribution on average, for a wrong scale and a wrong share of zeros."""
    rng = np.random.default_rng(3)
    n, draws = 20_000, 400

    def sample(share: float, mean: float, rows: int) -> np.ndarray:
        return np.where(rng.random((rows, 1)) < share, rng.geometric(1 / mean, (rows, 1)), 0).astype(float)

    y = sample(0.3, 8, n)[:, 0]
    for score in (scores.crps, scores.log_crps, scores.ignorance):

        def mean(share: float, size: float, score=score) -> float:
            return float(score(np.repeat(sample(share, size, draws), n, axis=1), y).mean())

        assert mean(0.3, 8) < mean(0.3, 30)
        assert mean(0.3, 8) < mean(0.8, 8)


@given(st.lists(st.integers(0, 9), min_size=2, max_size=15), st.floats(0.01, 0.99))
def test_a_calibrated_forecast_has_nominal_cover_to_the_last_digit(numbers, level):
    """Whichever of equally likely numbers comes true and the others are the draws: on average exactly the level, ties or not."""
    values = np.array(numbers, dtype=float)
    ends = [scores.pit(np.delete(values, k)[:, None], values[k : k + 1]) for k in range(values.size)]
    below, upto = (np.concatenate(end) for end in zip(*ends, strict=True))
    assert scores.covered(below, upto, level).mean() == pytest.approx(level, abs=1e-12)


def test_the_cover_is_what_luck_would_give_on_average():
    """Against the share of random places between the ends that the central interval holds, on counts with many zeros."""
    x, y = _sample()
    below, upto = scores.pit(x, y)
    rng = np.random.default_rng(4)
    u = below + rng.random((20_000, y.size)) * (upto - below)
    for level in (0.5, 0.8, 0.9):
        shares = (np.abs(u - 0.5) <= level / 2).mean(axis=0)
        assert np.abs(shares - scores.covered(below, upto, level)).max() < 5 * np.sqrt(0.25 / 20_000)


def test_the_ends_of_the_transform_by_hand():
    """Four draws 0, 0, 3, 9: of five places the observation 0 may have the first three, 5 the fourth alone, 10 the fifth."""
    draws = np.tile(np.array([0, 0, 3, 9.0])[:, None], 3)
    below, upto = scores.pit(draws, np.array([0.0, 5.0, 10.0]))
    assert below.tolist() == [0.0, 0.6, 0.8]
    assert upto.tolist() == [0.6, 0.8, 1.0]
    assert scores.pit_share(below, upto, 0.3, 0.7) == pytest.approx([0.5, 0.5, 0.0])


def test_shares_of_all_tenths_make_the_whole():
    """No case falls between two bins or in both, wherever it lies."""
    below, upto = scores.pit(*_sample(draws=9))
    tenths = [scores.pit_share(below, upto, k / 10, (k + 1) / 10) for k in range(10)]
    assert np.sum(tenths, axis=0) == pytest.approx(np.ones(below.size))


@pytest.mark.parametrize("level", [0.0, 1.0, np.nan])
def test_a_level_that_is_no_share_is_refused(level):
    """An interval holds more than nothing and less than all."""
    with pytest.raises(InvalidValue):
        scores.covered(np.zeros(1), np.ones(1), level)


@pytest.mark.parametrize(
    ("draws", "observed"),
    [
        (np.zeros(5), np.zeros(5)),  # not a table
        (np.zeros((0, 5)), np.zeros(5)),  # no draw
        (np.zeros((5, 4)), np.zeros(5)),  # other number of cases
        (np.full((5, 1), np.nan), np.zeros(1)),  # not a number
        (np.full((5, 1), -1.0), np.zeros(1)),  # negative deaths
        (np.zeros((5, 1)), np.array([np.inf])),  # endless observation
    ],
)
def test_bad_forecasts_are_refused(draws, observed):
    """Every row of the table is a way to be wrong."""
    with pytest.raises(InvalidValue):
        scores.crps(draws, observed)


@pytest.mark.parametrize("p", [-0.1, 1.1, np.nan])
def test_a_probability_outside_its_range_is_refused(p):
    """Brier takes shares only."""
    with pytest.raises(InvalidValue):
        scores.brier(np.array([p]), np.array([True]))


def test_ignorance_counts_pseudo_draws_as_asked():
    """All 20 draws in the bin that came true: (20 + 1/11) / 21 with one over all bins, 21 / 31 with one in each."""
    draws = np.zeros((20, 1))
    assert scores.ignorance(draws, np.zeros(1))[0] == pytest.approx(-np.log2((20 + 1 / 11) / 21))
    assert scores.ignorance(draws, np.zeros(1), pseudo_draws=11)[0] == pytest.approx(-np.log2(21 / 31))
