"""The linear pool lies between its parts."""

from __future__ import annotations

import numpy as np
import pytest

from exitplan.domain.errors import InvalidValue
from exitplan.engine.stability.cover import Presence
from exitplan.engine.stability.fit import fit
from exitplan.engine.stability.futures import Draws, draw, draw_own_past
from exitplan.engine.stability.pool import Pool


@pytest.fixture
def parts(lively, priors):
    """Counts of the model and of the own past."""
    draws = Draws(seed=1, futures=1600)
    return draw(fit(lively, priors), lively, Presence.unchanged(5, 12), draws), draw_own_past(lively, 12, draws)


@pytest.mark.parametrize(("weight", "part"), [(1.0, 0), (0.0, 1)])
def test_all_the_weight_on_one_part_is_that_part(parts, weight, part):
    """Limit cases, in every summary."""
    pool = Pool(model=parts[0], own=parts[1], weight=weight)
    assert np.array_equal(pool.shares(), parts[part].shares())
    assert np.array_equal(pool.total_shares(), parts[part].total_shares())
    assert np.array_equal(pool.means(), parts[part].means())
    assert np.array_equal(pool.errors(), parts[part].errors())
    assert np.array_equal(pool.by_month(2), parts[part].by_month(2))
    assert pool.chance(2, 0, 1) == parts[part].chance(2, 0, 1)


def test_an_even_pool_is_the_mean_of_probabilities(parts):
    """Probabilities mix, quantiles do not have to."""
    pool = Pool(model=parts[0], own=parts[1])
    assert np.allclose(pool.shares(), (parts[0].shares() + parts[1].shares()) / 2)
    assert np.allclose(pool.shares().sum(axis=-1), 1)
    model, own = parts[0].chance(3, 1, 0), parts[1].chance(3, 1, 0)
    assert pool.chance(3, 1, 0).p == pytest.approx((model.p + own.p) / 2)


@pytest.mark.parametrize("weight", [-0.1, 1.1, float("nan")])
def test_a_weight_outside_its_range_is_refused(parts, weight):
    """A share."""
    with pytest.raises(InvalidValue):
        Pool(model=parts[0], own=parts[1], weight=weight)


def test_parts_of_other_horizons_are_refused(parts, lively):
    """Months must agree."""
    with pytest.raises(InvalidValue):
        Pool(model=parts[0], own=draw_own_past(lively, 6, Draws(seed=1, futures=32)))
