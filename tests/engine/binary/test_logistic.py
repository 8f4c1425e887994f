"""The logistic regression against closed forms, another optimiser, and a signal that was planted."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize

from exitplan.domain.errors import InvalidValue
from exitplan.engine.binary.logistic import chance, fit, group_weights, interval, logistic
from exitplan.engine.streams import stream


def _planted(rows: int = 4000) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = stream(1, "tests", "logistic")
    x = rng.normal(3.0, 2.0, (rows, 2))
    yes = rng.random(rows) < logistic(-1.0 + 0.8 * x[:, 0] - 0.5 * x[:, 1])
    return x, yes, np.arange(rows) % 40


def _rare() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Three of a thousand, far out: full steps of Newton's method run away from the maximum."""
    x = np.zeros((1000, 2))
    x[:3, 0] = (3.0, 6.0, 9.0)
    return x, np.arange(1000) < 2, np.arange(1000) % 40


def test_one_yes_or_no_gives_the_logarithm_of_the_odds_ratio():
    """Without a ridge, a single yes-or-no variable reproduces the shares of both kinds."""
    x = np.repeat([0.0, 1.0], (40, 60))
    yes = np.concatenate([np.arange(40) < 10, np.arange(60) < 45])
    found = fit(x[:, None], yes, np.arange(100), ridge=0.0, balance=0.0)
    assert found.coefficients == pytest.approx([np.log(10 / 30), np.log(45 / 15) - np.log(10 / 30)])
    assert found.chance(np.array([[0.0], [1.0]])) == pytest.approx([0.25, 0.75])
    # With every row its own group the sandwich is the textbook variance of a log odds: 1/yes + 1/no.
    assert found.covariance[0, 0] == pytest.approx(1 / 10 + 1 / 30)


@pytest.mark.parametrize("given", [_planted(400), _rare()], ids=["often", "rare"])
def test_the_fit_is_that_of_another_optimiser(given):
    """The penalised likelihood has one maximum, whoever climbs it."""
    x, yes, groups = given
    found = fit(x, yes, groups, ridge=7.0, balance=0.5)
    scale = np.where(x.std(axis=0) > 0, x.std(axis=0), 1.0)
    z = (x - x.mean(axis=0)) / scale
    weights = group_weights(groups, 0.5)

    def loss(b: np.ndarray) -> float:
        eta = b[0] + z @ b[1:]
        return float(weights @ (np.logaddexp(0, eta) - yes * eta) + 3.5 * (b[1:] ** 2).sum())

    b = minimize(loss, np.zeros(3), tol=1e-12).x
    in_units = np.concatenate(([b[0] - (b[1:] * x.mean(axis=0) / scale).sum()], b[1:] / scale))
    assert found.coefficients == pytest.approx(in_units, abs=1e-4)


def test_a_planted_signal_is_found_within_its_errors():
    """4,000 rows give back the coefficients that made them."""
    found = fit(*_planted(), ridge=1e-6, balance=0.0)
    errors = np.sqrt(np.diag(found.covariance))
    assert np.all(np.abs(found.coefficients - [-1.0, 0.8, -0.5]) < 3 * errors)
    assert np.all(errors < 0.15)


def test_an_endless_ridge_leaves_the_common_rate():
    """Shrunken to nothing, the forecast is the share that happened."""
    x, yes, groups = _planted(500)
    assert fit(x, yes, groups, ridge=1e12, balance=0.0).chance(x) == pytest.approx(np.full(500, yes.mean()))


def test_balance_lets_groups_count_alike():
    """Ninety quiet rows of one country weigh as much as ten violent ones of another, and no row is lost."""
    groups = np.repeat([0, 1], (90, 10))
    yes = np.concatenate([np.arange(90) < 9, np.arange(10) < 9])
    weights = group_weights(groups, 1.0)
    assert weights.sum() == pytest.approx(100)
    assert weights[groups == 0].sum() == pytest.approx(weights[groups == 1].sum())
    assert fit(np.zeros((100, 1)), yes, groups, ridge=1.0, balance=1.0).chance(np.zeros((1, 1))) == pytest.approx([0.5])


def test_rows_that_repeat_each_other_teach_no_more():
    """Each row ten times over, as one group, is known no better than once."""
    x, yes, _ = _planted(300)
    once = fit(x, yes, np.arange(300), ridge=0.0, balance=0.0)
    often = fit(np.repeat(x, 10, axis=0), np.repeat(yes, 10), np.repeat(np.arange(300), 10), ridge=0.0, balance=0.0)
    assert often.covariance == pytest.approx(once.covariance, rel=1e-6)


def test_the_interval_widens_with_doubt_and_holds_the_chance():
    """No doubt, no width; ends in order; extreme values overflow nowhere."""
    b, x = np.array([0.5, 1.0]), np.array([[0.0], [2.0], [-900.0]])
    low, high = interval(b, np.zeros((2, 2)), x)
    assert low == pytest.approx(chance(b, x))
    assert high == pytest.approx(low)
    low, high = interval(b, np.eye(2), x)
    assert np.all((low <= chance(b, x)) & (chance(b, x) <= high))


@pytest.mark.parametrize(
    "given",
    [
        {"yes": np.ones(4, dtype=bool)},  # everything happened
        {"yes": np.zeros(4, dtype=bool)},  # nothing happened
        {"x": np.array([[0.0], [1.0], [np.nan], [2.0]])},  # not a number
        {"ridge": -1.0},  # less than none
        {"balance": 1.5},  # more than all
    ],
)
def test_what_cannot_be_fitted_is_refused(given):
    """A fit without an answer says so."""
    usual = {"x": np.arange(4.0)[:, None], "yes": np.array([True, False, True, False]), "ridge": 1.0, "balance": 0.0}
    asked = usual | given
    with pytest.raises(InvalidValue):
        fit(asked["x"], asked["yes"], np.arange(4), ridge=asked["ridge"], balance=asked["balance"])
