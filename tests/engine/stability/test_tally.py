"""Counts, quantiles from bins, and intervals from blocks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exitplan.domain.errors import InvalidValue
from exitplan.engine.stability.benchmarks import own_months
from exitplan.engine.stability.cover import Presence
from exitplan.engine.stability.fit import fit
from exitplan.engine.stability.futures import Draws, draw, draw_past
from exitplan.engine.stability.kernel import bin_of
from exitplan.engine.stability.tally import EDGES, LANES, chance_of, quantiles


def _spread(counts: np.ndarray) -> np.ndarray:
    return np.bincount(counts, minlength=LANES + 1)


@given(st.integers(0, 10**12))
def test_every_number_of_deaths_has_its_bin(deaths):
    """Below the next edge, not below its own."""
    at = bin_of(np.int64(deaths))
    assert EDGES[at] <= deaths
    assert at == EDGES.size - 1 or deaths < EDGES[at + 1]


@given(st.lists(st.integers(0, 5000), min_size=20, max_size=200))
def test_quantiles_from_bins_are_near_those_of_the_sample(deaths):
    """Exact up to 20, within 7 % above."""
    x = np.array(deaths)
    shares = np.bincount(np.searchsorted(EDGES, x, side="right") - 1, minlength=EDGES.size) / x.size
    levels = (0.05, 0.25, 0.5, 0.75, 0.95)
    exact = np.quantile(x, levels, method="inverted_cdf")
    for found, true in zip(quantiles(shares, levels), exact, strict=True):
        assert abs(found - true) <= (0 if true <= 20 else 0.075 * true + 1)


def test_a_sure_probability_has_a_binomial_interval():
    """Blocks without shared doubt: the interval is that of the Monte Carlo error."""
    rng = np.random.default_rng(1)
    chance = chance_of(_spread(rng.binomial(LANES, 0.3, 4000)))
    assert abs(chance.p - 0.3) < 4 * chance.error
    assert chance.error == pytest.approx(np.sqrt(0.21 / 32 / 4000), rel=0.1)
    assert chance.high - chance.low < 0.06


def test_shared_doubt_comes_back_as_the_interval():
    """Block probabilities from Beta(2, 6): the interval is that beta's 10 % and 90 % quantiles."""
    rng = np.random.default_rng(2)
    p = rng.beta(2, 6, 20_000)
    chance = chance_of(_spread(rng.binomial(LANES, p)))
    assert chance.low == pytest.approx(np.quantile(p, 0.1), abs=0.01)
    assert chance.high == pytest.approx(np.quantile(p, 0.9), abs=0.01)


@pytest.mark.parametrize("met", [0, LANES])
def test_certain_outcomes_have_no_width(met):
    """Never and always are said without an invented interval."""
    chance = chance_of(_spread(np.full(100, met)))
    assert chance.p == chance.low == chance.high == met / LANES


def test_tallies_add_up_and_refuse_strangers(lively, priors):
    """Twice the counts, the same shares; another horizon is no addend."""
    draws = Draws(seed=1, futures=640)
    model = fit(lively, priors)
    tally = draw(model, lively, Presence.unchanged(5, 12), draws)
    twice = tally + tally
    assert twice.futures == 2 * tally.futures
    assert np.array_equal(twice.shares(), tally.shares())
    with pytest.raises(InvalidValue):
        tally + draw_past(lively, 6, draws, own_months(lively, 36))
