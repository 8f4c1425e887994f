"""Filter and smoother against all regime paths counted one by one."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import logsumexp

from exitplan.engine.stability.regimes import START, smooth, transition

LOGITS = st.floats(-4, 3)


def by_hand(ln_p, moves):
    """ln likelihood, state probabilities and moves from every path of a short history."""
    months = ln_p.shape[0]
    with np.errstate(divide="ignore"):
        ln_start, ln_moves = np.log(START), np.log(moves)
    paths = list(product(range(3), repeat=months))
    weights = np.array(
        [
            ln_start[path[0]]
            + sum(ln_p[t, path[t]] for t in range(months))
            + sum(ln_moves[a, b] for a, b in pairwise(path))
            for path in paths
        ]
    )
    total = logsumexp(weights)
    share = np.exp(weights - total)
    states, moved = np.zeros((months, 3)), np.zeros((3, 3))
    for path, p in zip(paths, share, strict=True):
        for t, state in enumerate(path):
            states[t, state] += p
        for a, b in pairwise(path):
            moved[a, b] += p
    return total, states, moved


@given(LOGITS, LOGITS, LOGITS, LOGITS)
def test_rows_of_a_transition_are_chances_and_nothing_jumps(a, b, c, d):
    """Rows sum to 1; no month leads from settled to crisis or back."""
    moves = transition(a, b, c, d)
    assert np.allclose(moves.sum(axis=1), 1.0)
    assert np.all(moves >= 0)
    assert moves[0, 2] == moves[2, 0] == 0


@pytest.mark.parametrize("seed", range(3))
def test_smoothing_equals_the_sum_over_all_paths(seed):
    """Seven months, 2,187 paths: likelihood, regimes of each month and moves between them."""
    rng = np.random.default_rng(seed)
    ln_p, moves = rng.normal(-2, 2, (7, 3)), transition(*rng.normal(-1, 1, 4))
    found = smooth(ln_p, moves)
    ln_likelihood, states, moved = by_hand(ln_p, moves)
    assert found.ln_likelihood == pytest.approx(ln_likelihood, abs=1e-10)
    assert np.allclose(found.states, states, atol=1e-10)
    assert np.allclose(found.moved, moved, atol=1e-10)
    for t in range(7):
        assert np.allclose(found.filtered[t], by_hand(ln_p[: t + 1], moves)[1][-1], atol=1e-10)


def test_very_unlikely_months_do_not_break_the_filter():
    """Probabilities of e^-5000 are told apart by their ratios."""
    ln_p = np.full((40, 3), -5000.0)
    ln_p[:, 2] += 3
    found = smooth(ln_p, transition(-1, -1, -1, -1))
    assert np.isfinite(found.ln_likelihood)
    assert found.filtered[-1, 2] > 0.9
