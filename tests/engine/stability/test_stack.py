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


def far_apart(size: int, rng: np.random.Generator) -> tuple[list[np.ndarray], np.ndarray]:
    """A part that says too little and one that says too much."""
    parts = [rng.negative_binomial(0.5, 1 / (1 + size * f), (40, 60)).astype(float) for f in (0.3, 2.0)]
    return parts, rng.negative_binomial(0.5, 1 / (1 + size * (1 if size > 3 else 0.5)), 60).astype(float)


def too_sure(size: int, rng: np.random.Generator) -> tuple[list[np.ndarray], np.ndarray]:
    """A part that is nearly sure of calm months, rightly nine times in ten, and one that holds anything possible."""
    y = np.where(rng.random(80) < 0.9, 0, rng.poisson(size, 80)).astype(float)
    sure = np.where(rng.random((40, 80)) < 0.02, rng.poisson(size, (40, 80)), 0).astype(float)
    return [sure, rng.negative_binomial(0.3, 1 / (1 + size), (40, 80)).astype(float)], y


@pytest.mark.parametrize(("world", "seed"), [(far_apart, 7), (too_sure, 9)])
def test_no_other_weights_have_a_lower_mean_of_logarithms(world, seed):
    """Three scores of two missions, one a hundred times as violent: none of 41 mixtures, scored as samples, does better."""
    rng = np.random.default_rng(seed)
    missions = [world(size, rng) for size in (3, 300)]

    def loss(first: int, of: int) -> float:
        total = 0.0
        for parts, y in missions:
            sample = np.concatenate([np.repeat(parts[0], first, axis=0), np.repeat(parts[1], of - first, axis=0)])
            bins = first / of * scores.bin_probability(parts[0], y) + (1 - first / of) * scores.bin_probability(
                parts[1], y
            )
            total += np.log(scores.crps(sample, y).mean()) + np.log(scores.log_crps(sample, y).mean())
            total += np.log(-np.log2(bins).mean())
        return total

    best = min(range(41), key=lambda first: loss(first, 40)) / 40
    found = weights([judged(parts, y) for parts, y in missions])[0]
    assert 0.05 < best < 0.95
    assert found == pytest.approx(best, abs=0.02)


def test_the_record_of_several_origins_is_that_of_all_their_cases():
    """Two halves judged apart and put together, or judged at once."""
    rng = np.random.default_rng(8)
    parts, y = [rng.poisson(rate, (30, 20)).astype(float) for rate in (1, 4)], rng.poisson(2, 20).astype(float)
    halves = [judged([p[:, some] for p in parts], y[some]) for some in (slice(10), slice(10, 20))]
    found, whole = Parts.together(halves), judged(parts, y)
    assert np.allclose(found.away, whole.away)
    assert np.allclose(found.apart, whole.apart)
    assert np.array_equal(found.bins, whole.bins)
