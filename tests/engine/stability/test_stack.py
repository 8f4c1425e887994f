"""Weights of a pool: closed scores of mixtures, and the better part found."""

from __future__ import annotations

import numpy as np
import pytest

from exitplan.domain.errors import InvalidValue
from exitplan.engine.stability import scores
from exitplan.engine.stability.stack import Parts, judged, weights


def test_scores_of_a_mixture_in_closed_form_are_those_of_the_mixed_sample():
    """Equal weights of three samples against the three put together, deaths and logarithms, to 1e-10."""
    rng = np.random.default_rng(4)
    parts = [rng.negative_binomial(0.4, p, (400, 7)).astype(float) for p in (0.05, 0.2, 0.5)]
    y = rng.negative_binomial(0.4, 0.1, 7).astype(float)
    found, w = judged(parts, y), np.full(3, 1 / 3)
    together = np.concatenate(parts)
    for scale, score in enumerate((scores.crps, scores.log_crps)):
        closed = w @ found.away[scale] - w @ found.apart[scale] @ w / 2
        assert closed == pytest.approx(score(together, y).mean(), abs=1e-10)


def test_the_part_that_knows_gets_the_weight():
    """One part draws from the law of what happens, one from another: nearly all weight goes to the first."""
    rng = np.random.default_rng(5)
    right, wrong = rng.poisson(3, (500, 400)), rng.poisson(9, (500, 400))
    found = weights([judged([wrong, right], rng.poisson(3, 400))])
    assert found.sum() == pytest.approx(1)
    assert found[1] > 0.95


def test_parts_that_are_each_right_half_of_the_time_share_the_weight():
    """Two laws that come true equally often: about half each."""
    rng = np.random.default_rng(6)
    low, high = rng.poisson(1, (500, 600)), rng.poisson(8, (500, 600))
    y = np.where(np.arange(600) % 2, rng.poisson(1, 600), rng.poisson(8, 600))
    assert weights([judged([low, high], y)])[0] == pytest.approx(0.5, abs=0.1)


def test_a_record_of_nothing_has_no_voice():
    """A mission in which every part foresaw that nothing happened cannot tell them apart."""
    quiet = judged([np.zeros((50, 30)), np.zeros((50, 30))], np.zeros(30))
    assert not quiet.telling
    assert not Parts.together([quiet, quiet]).telling
    with pytest.raises(InvalidValue, match="missions"):
        weights([])
