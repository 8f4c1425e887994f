"""The linear pool lies between its parts."""

from __future__ import annotations

import numpy as np
import pytest

from exitplan.domain.errors import InvalidValue
from exitplan.engine.stability.benchmarks import pasts
from exitplan.engine.stability.cover import Presence
from exitplan.engine.stability.fit import fit
from exitplan.engine.stability.futures import Draws, draw, draw_past
from exitplan.engine.stability.pool import Pool

EVEN = (0.25, 0.25, 0.25, 0.25)


@pytest.fixture
def parts(lively, priors):
    """Counts of the model and of what has been."""
    draws = Draws(seed=1, futures=1600)
    model = draw(fit(lively, priors), lively, Presence.unchanged(5, 12), draws)
    return (model, *(draw_past(lively, 12, draws, past) for past in pasts(lively)))


@pytest.mark.parametrize("part", range(4))
def test_all_the_weight_on_one_part_is_that_part(parts, part):
    """Limit cases, in every summary."""
    pool = Pool(parts=parts, weights=tuple(float(k == part) for k in range(4)))
    assert np.array_equal(pool.shares(), parts[part].shares())
    assert np.array_equal(pool.means(), parts[part].means())
    assert np.array_equal(pool.errors(), parts[part].errors())
    assert pool.chance(2, 0, 1) == parts[part].chance(2, 0, 1)
    assert pool.past(2, 0, 1) == parts[part].chance(2, 0, 1)


def test_an_even_pool_is_the_mean_of_probabilities(parts):
    """Probabilities mix, quantiles do not have to; the past is the pool without its model."""
    pool = Pool(parts=parts, weights=EVEN)
    assert np.allclose(pool.shares(), sum(p.shares() for p in parts) / 4)
    assert np.allclose(pool.shares().sum(axis=-1), 1)
    said = [p.chance(3, 1, 0).p for p in parts]
    assert pool.chance(3, 1, 0).p == pytest.approx(np.mean(said))
    assert pool.past(3, 1, 0).p == pytest.approx(np.mean(said[1:]))


@pytest.mark.parametrize("weights", [(1.1, -0.1, 0, 0), (0.5, 0.5, 0.5, 0), (1.0,), (float("nan"), 0.5, 0.5, 0)])
def test_weights_that_are_no_shares_are_refused(parts, weights):
    """Each in [0, 1], one for each part, all of them 1."""
    with pytest.raises(InvalidValue):
        Pool(parts=parts, weights=weights)


def test_parts_of_other_horizons_are_refused(parts, lively):
    """Months must agree."""
    short = draw_past(lively, 6, Draws(seed=1, futures=32), lively.deaths)
    with pytest.raises(InvalidValue):
        Pool(parts=(parts[0], short), weights=(0.5, 0.5))


def test_an_uneven_pool_weighs_chances_and_their_ends_and_adds_errors_in_squares(parts):
    """Of independent parts the squared errors add up; what has been is weighed among itself."""
    weights = np.array([0.5, 0.3, 0.15, 0.05])
    pool = Pool(parts=parts, weights=tuple(weights))
    said = [p.chance(3, 1, 0) for p in parts]
    found, been = pool.chance(3, 1, 0), pool.past(3, 1, 0)
    for name in ("p", "low", "high"):
        values = np.array([getattr(c, name) for c in said])
        assert getattr(found, name) == pytest.approx(weights @ values)
        assert getattr(been, name) == pytest.approx(weights[1:] @ values[1:] / 0.5)
    errors = np.array([c.error for c in said])
    assert found.error == pytest.approx(np.sqrt(np.sum((weights * errors) ** 2)))
    assert np.allclose(pool.errors() ** 2, sum((w * p.errors()) ** 2 for w, p in zip(weights, parts, strict=True)))
    assert np.allclose(pool.means(), sum(w * p.means() for w, p in zip(weights, parts, strict=True)))
