"""Coefficients as they ship, and back; chances from them."""

from __future__ import annotations

import numpy as np

from exitplan.domain.results.base import Band
from exitplan.domain.risk_model import FittedOutcome
from exitplan.engine.binary.logistic import LEVEL, Fitted, Floats, chance, interval


def coefficients(fitted: FittedOutcome) -> Fitted:
    """Coefficients and covariance as arrays."""
    sd = np.array(fitted.sd)
    correlation = np.eye(len(sd))
    for at, row in enumerate(fitted.correlation):
        correlation[at, : len(row)] = row
        correlation[: len(row), at] = row
    return Fitted(np.array(fitted.mean), correlation * np.outer(sd, sd))


def bands(outcome: FittedOutcome, values: Floats) -> tuple[Band, ...]:
    """
    The chance of each case, with its 90 % interval from the doubt about the coefficients.

    Parameters
    ----------
    outcome
        Its coefficients.
    values
        Variables, shape (cases, variables), in the order of the coefficients.
    """
    fitted = coefficients(outcome)
    middle = chance(fitted.coefficients, values)
    low, high = interval(fitted.coefficients, fitted.covariance, values)
    return tuple(
        Band(value=float(m), low=min(float(a), float(m)), high=max(float(b), float(m)), level=LEVEL)
        for m, a, b in zip(middle, low, high, strict=True)
    )


def shipped(fitted: Fitted, outcome: str, rows: int) -> FittedOutcome:
    """Coefficients as they ship: six digits of means and widths, three of correlations."""
    sd = np.sqrt(np.diag(fitted.covariance))
    scale = np.where(sd > 0, sd, 1.0)
    correlation = fitted.covariance / np.outer(scale, scale)
    return FittedOutcome(
        outcome=outcome,
        rows=rows,
        mean=tuple(float(f"{value:.6g}") for value in fitted.coefficients),
        sd=tuple(float(f"{value:.6g}") for value in sd),
        correlation=tuple(tuple(round(float(v), 3) for v in correlation[at, :at]) for at in range(len(sd))),
    )
