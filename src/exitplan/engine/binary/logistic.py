"""Logistic regression with a ridge and with groups that count alike, fitted by Newton's method with shortened steps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from exitplan.domain.errors import InvalidValue

Floats = NDArray[np.float64]

STEPS = 50
CLOSE = 1e-9
"""Largest move of a coefficient, in logits per standard deviation of its variable, at which the fit stands still."""
LEVEL = 0.9
Z90 = 1.6448536269514722
"""Half the width of a central 90 % interval of a normal law, in standard deviations."""


@dataclass(frozen=True)
class Fitted:
    """
    Coefficients in logits per unit of each variable, the intercept first, and how well they are known.

    `covariance` is that of a sandwich over groups: rows of one group may depend on each other in any way.
    """

    coefficients: Floats
    """Shape (1 + variables,)."""
    covariance: Floats
    """Shape (1 + variables, 1 + variables)."""

    def chance(self, values: Floats) -> Floats:
        """Probability of each case, shape (cases,), from values of shape (cases, variables)."""
        return chance(self.coefficients, values)


def chance(coefficients: Floats, values: Floats) -> Floats:
    """Probability of each case; a case's bits do not depend on which others stand beside it."""
    return logistic(coefficients[0] + (values * coefficients[1:]).sum(axis=1))


def logistic(x: Floats) -> Floats:
    """1 / (1 + exp(-x)), without overflow."""
    small = np.exp(-np.abs(x))
    return np.asarray(np.where(x >= 0, 1.0, small) / (1.0 + small))


def interval(coefficients: Floats, covariance: Floats, values: Floats) -> tuple[Floats, Floats]:
    """
    Ends of the 90 % interval of each case's probability, from the doubt about the coefficients alone.

    The interval is symmetric on the logit scale (delta method).
    """
    with_one = np.column_stack([np.ones(len(values)), values])
    middle = coefficients[0] + (values * coefficients[1:]).sum(axis=1)
    spread = Z90 * np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", with_one, covariance, with_one), 0.0))
    return logistic(middle - spread), logistic(middle + spread)


def group_weights(groups: NDArray[np.int64], balance: float) -> Floats:
    """
    Weight of each row, mean one: proportional to (rows of its group) ** -balance.

    With `balance` 0 every row counts alike, with 1 every group; InvalidValue for one outside [0, 1].
    """
    if not 0 <= balance <= 1:
        raise InvalidValue("balance", balance, "a share in [0, 1]")
    _, at, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    weights = sizes[at].astype(np.float64) ** -balance
    return np.asarray(weights * (len(groups) / weights.sum()))


def fit(
    values: Floats, happened: NDArray[np.bool_], groups: NDArray[np.int64], *, ridge: float, balance: float
) -> Fitted:
    """
    The coefficients that maximise the weighted log likelihood less ridge / 2 times the sum of their squares.

    The ridge acts on coefficients per standard deviation of a variable, and not on the intercept. The covariance is the
    sandwich H^-1 (sum over groups of s s') H^-1, with s the weighted score of a group and H the penalised information.

    Parameters
    ----------
    values
        Shape (rows, variables), finite; a variable that never varies gets the coefficient 0.
    happened
        Shape (rows,), with both yes and no among them.
    groups
        Shape (rows,): rows that belong together, such as those of one country.
    ridge
        0 or more, in rows: a ridge of 10 weighs like ten rows at one standard deviation.
    balance
        See `group_weights`.

    Raises
    ------
    InvalidValue
        When nothing, or everything, happened, a value is not finite, or the ridge is negative.

    References
    ----------
    .. [1] Hoerl, A. E., and Kennard, R. W. (1970). Ridge regression. Technometrics 12, 55-67.
    .. [2] Liang, K.-Y., and Zeger, S. L. (1986). Longitudinal data analysis using generalized linear models. Biometrika 73.
    """
    if ridge < 0:
        raise InvalidValue("ridge", ridge, "0 or more")
    if not np.all(np.isfinite(values)):
        raise InvalidValue("values", "a value", "finite numbers")
    if happened.all() or not happened.any():
        raise InvalidValue("happened", bool(happened.any()), "both yes and no among the rows")
    middle, scale = values.mean(axis=0), values.std(axis=0)
    scale = np.where(scale > 0, scale, 1.0)
    design = np.column_stack([np.ones(len(values)), (values - middle) / scale])
    y, weights = happened.astype(np.float64), group_weights(groups, balance)
    penalty = np.full(design.shape[1], float(ridge))
    penalty[0] = 0.0
    beta = np.zeros(design.shape[1])
    share = float(weights @ y / weights.sum())
    beta[0] = np.log(share / (1 - share))
    height = _height(design, y, weights, beta, penalty)
    for _ in range(STEPS):
        gradient, information = _slope(design, y, weights, beta, penalty)
        step = np.linalg.lstsq(information, gradient, rcond=None)[0]
        # A full step overshoots where an outcome is rare; below CLOSE the height no longer tells steps apart.
        while (there := _height(design, y, weights, beta + step, penalty)) < height and np.abs(step).max() >= CLOSE:
            step = step / 2
        beta, height = beta + step, there
        if np.abs(step).max() < CLOSE:
            break
    _, information = _slope(design, y, weights, beta, penalty)
    scores = design * (weights * (y - logistic(design @ beta)))[:, None]
    _, at = np.unique(groups, return_inverse=True)
    by_group = np.zeros((int(at.max()) + 1, design.shape[1]))
    np.add.at(by_group, at, scores)
    bread = np.linalg.pinv(information)
    covariance = bread @ (by_group.T @ by_group) @ bread
    to_units = np.diag(np.concatenate(([1.0], 1.0 / scale)))
    to_units[0, 1:] = -middle / scale
    return Fitted(to_units @ beta, to_units @ covariance @ to_units.T)


def _height(design: Floats, y: Floats, weights: Floats, beta: Floats, penalty: Floats) -> float:
    """The penalised log likelihood."""
    x = design @ beta
    return float(weights @ (y * x - np.logaddexp(0.0, x)) - penalty @ beta**2 / 2)


def _slope(design: Floats, y: Floats, weights: Floats, beta: Floats, penalty: Floats) -> tuple[Floats, Floats]:
    p = logistic(design @ beta)
    gradient = design.T @ (weights * (y - p)) - penalty * beta
    information = (design * (weights * p * (1 - p))[:, None]).T @ design + np.diag(penalty)
    return gradient, information
