"""
The country's hidden regime, month by month: settled, tense or in crisis.

Given the regime, areas are independent of one another given their past, so the exact likelihood of a history is a forward
pass over three regimes, and the exact probability of each regime in each month a backward one. A country never jumps
between settled and crisis.

References
----------
.. [1] Hamilton, J. D. (1989). A new approach to the economic analysis of nonstationary time series and the business
       cycle. Econometrica 57(2), 357-384.
.. [2] Baum, L. E., Petrie, T., Soules, G., and Weiss, N. (1970). A maximization technique occurring in the statistical
       analysis of probabilistic functions of Markov chains. Annals of Mathematical Statistics 41(1), 164-171.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit

from exitplan.engine.stability.panel import Floats

REGIMES = ("settled", "tense", "crisis")
START = (0.5, 0.3, 0.2)
"""Probability of each regime before the first month that counts; a few months of data outweigh it."""


@dataclass(frozen=True)
class Smoothed:
    """
    What a history says about its regimes.

    Parameters
    ----------
    ln_likelihood
        Natural logarithm of the likelihood of the whole history.
    states
        Probability of each regime in each month, given all months: shape (months, 3).
    moved
        Expected number of moves from one regime to another, staying included: shape (3, 3).
    filtered
        Probability of each regime in each month, given that month and those before it: shape (months, 3).
    """

    ln_likelihood: float
    states: Floats
    moved: Floats
    filtered: Floats


def transition(up_settled: float, down_tense: float, up_tense: float, down_crisis: float) -> Floats:
    """
    Chances of moving from each regime (row) to each (column) in a month, from the logits L01, L10, L12 and L21.

    The first and last row are logistic; from a tense month the two moves and staying share one scale.
    """
    calmer, worse = math.exp(down_tense), math.exp(up_tense)
    whole = 1.0 + calmer + worse
    up, down = 1.0 / (1.0 + math.exp(-up_settled)), 1.0 / (1.0 + math.exp(-down_crisis))
    return np.array([[1.0 - up, up, 0.0], [calmer / whole, 1.0 / whole, worse / whole], [0.0, down, 1.0 - down]])


def smooth(ln_p: Floats, moves: Floats) -> Smoothed:
    """
    Filter and smooth a history.

    Parameters
    ----------
    ln_p
        Natural logarithm of the probability of each month's data under each regime, shape (months, 3).
    moves
        Chances of moving between regimes, rows sum to 1, shape (3, 3).
    """
    return Smoothed(*_forward_backward(np.ascontiguousarray(ln_p), moves, np.array(START)))


@njit(cache=True, error_model="numpy")
def _forward_backward(ln_p: Any, moves: Any, start: Any) -> Any:
    months, regimes = ln_p.shape
    filtered = np.empty((months, regimes))
    seen = np.empty((months, regimes))
    scale = np.empty(months)
    ln_likelihood = 0.0
    for t in range(months):
        most = ln_p[t].max()
        scale[t] = 0.0
        for s in range(regimes):
            before = start[s]
            if t > 0:
                before = 0.0
                for r in range(regimes):
                    before += filtered[t - 1, r] * moves[r, s]
            seen[t, s] = math.exp(ln_p[t, s] - most)
            filtered[t, s] = before * seen[t, s]
            scale[t] += filtered[t, s]
        for s in range(regimes):
            filtered[t, s] /= scale[t]
        ln_likelihood += math.log(scale[t]) + most
    states = filtered.copy()
    moved = np.zeros((regimes, regimes))
    later, earlier = np.ones(regimes), np.empty(regimes)
    for t in range(months - 2, -1, -1):
        for r in range(regimes):
            earlier[r] = 0.0
            for s in range(regimes):
                onward = moves[r, s] * seen[t + 1, s] * later[s] / scale[t + 1]
                earlier[r] += onward
                moved[r, s] += filtered[t, r] * onward
        for r in range(regimes):
            later[r] = earlier[r]
            states[t, r] = filtered[t, r] * later[r]
    return ln_likelihood, states, moved, filtered
