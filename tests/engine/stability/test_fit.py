"""The fit finds what made the data, and nothing where there is nothing."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import approx_fprime
from scipy.stats import genpareto

from exitplan.domain.errors import InvalidValue, NotFound
from exitplan.domain.priors import Priors
from exitplan.engine.stability.beliefs import COMMON, beliefs
from exitplan.engine.stability.cover import Presence
from exitplan.engine.stability.fit import FitSettings, Fitted, Posterior, fit, ln_size
from exitplan.engine.stability.futures import Draws, deaths_of
from exitplan.engine.stability.memory import BOUND, DECAYS, remember
from exitplan.engine.stability.panel import Panel, nearest
from exitplan.importers.priors import WEAK, read_priors


def test_memories_follow_their_recursion_and_stay_bounded():
    """By hand for one area; ten thousand deaths a month for ever stay at ln 61."""
    deaths = np.zeros((1, 24))
    deaths[0, 3] = 9
    memory = remember(Panel(areas=("A",), start=0, deaths=deaths))
    for k, decay in enumerate(DECAYS):
        assert memory.own[k, 0, 3] == 0
        assert memory.own[k, 0, 4] == pytest.approx((1 - decay) * np.log(10))
        assert memory.own[k, 0, 6] == pytest.approx((1 - decay) * np.log(10) * decay**2)
    loud = remember(Panel(areas=("A",), start=0, deaths=np.full((1, 600), 10_000.0)))
    assert np.all(loud.own <= BOUND)
    assert loud.own[0, 0, -1] == pytest.approx(BOUND)


def test_size_probabilities_are_those_of_a_floored_generalised_pareto():
    """Against scipy's continuous distribution, and they sum to one."""
    xi, sigma = 0.4, 3.0
    k = np.arange(1.0, 2000.0)
    ours = np.exp(ln_size(k, np.zeros(k.size, bool), np.full(k.size, np.log(sigma)), np.log(xi))[0])
    theirs = genpareto.cdf(k, xi, scale=sigma) - genpareto.cdf(k - 1, xi, scale=sigma)
    assert np.max(np.abs(ours - theirs)) < 1e-12
    tail = np.exp(ln_size(np.array([2000.0]), np.array([True]), np.array([np.log(sigma)]), np.log(xi))[0][0])
    assert ours.sum() + tail == pytest.approx(1.0, abs=1e-12)


def test_the_gradient_is_the_slope_of_the_loss(lively, priors):
    """Against finite differences, at several points, with censored months among the data."""
    posterior = Posterior(lively, beliefs(priors), FitSettings(clip=8))
    rng = np.random.default_rng(2)
    for _ in range(3):
        theta = posterior.centre + 0.2 * rng.normal(size=posterior.centre.size)
        slope = approx_fprime(theta, lambda v: posterior.loss(v)[0], 1e-6)
        assert np.allclose(posterior.loss(theta)[1], slope, rtol=1e-4, atol=1e-2)


@pytest.mark.slow
def test_parameters_come_back_from_simulated_histories(priors):
    """Forty truths drawn from the priors, eight areas over 400 months each: 90 % intervals hold nine tenths of them."""
    areas = tuple(f"A{i}" for i in range(8))
    rng = np.random.default_rng(8)
    weights = nearest(rng.random(8) * 5, rng.random(8) * 5)
    before = Panel(areas=areas, start=0, deaths=np.zeros((8, 24)), neighbours=weights)
    inside = []
    for seed in range(40):
        believed = beliefs(priors)
        common = rng.multivariate_normal(believed.mean, believed.covariance)
        truth = dict(zip(COMMON, map(float, common), strict=True))
        truth |= {f"alpha:{a}": float(rng.normal(0.0, believed.level_sd)) for a in areas}
        model = Fitted.certain(truth, areas, priors)
        history = deaths_of(model, before, Presence.unchanged(8, 400), Draws(seed=seed, futures=32))[0]
        panel = Panel(areas=areas, start=0, deaths=history.astype(float), neighbours=weights)
        found = fit(panel, priors, FitSettings(forgetting=float("inf"), clip=1000))
        inside += [abs(found.value(n) - v) <= 1.645 * found.sd(n) for n, v in truth.items()]
    assert 0.86 <= np.mean(inside) <= 0.94


def test_without_violence_the_memories_keep_their_priors(quiet):
    """Nothing is learned about what was never seen, where it is believed alone; the level falls."""
    priors = read_priors(WEAK)
    found = fit(quiet, priors)
    for name in ("b1", "b2", "b3", "b4", "b5", "c0", "c1", "ln_xi"):
        assert found.value(name) == pytest.approx(priors.of(name).mean, abs=1e-3)
        assert found.sd(name) == pytest.approx(priors.of(name).sd, rel=1e-2)
    assert found.value("b0") < priors.of("b0").mean


def test_one_catastrophe_does_not_set_the_scale(lively, priors):
    """A month of 80,000 deaths instead of 400 leaves the clipped fit as it was."""
    fits = []
    for worst in (400.0, 80_000.0):
        deaths = lively.deaths.copy()
        deaths[0, 40] = worst
        fits.append(fit(Panel(areas=lively.areas, start=0, deaths=deaths), priors))
    assert np.allclose(fits[0].mean, fits[1].mean, atol=1e-6)


def test_the_same_panel_gives_the_same_bits(lively, priors):
    """No random start, no clock."""
    assert np.array_equal(fit(lively, priors).mean, fit(lively, priors).mean)
    assert np.array_equal(fit(lively, priors).root, fit(lively, priors).root)


@pytest.mark.parametrize("wrong", [{"burn_in": -1}, {"forgetting": 0.0}, {"forgetting": float("nan")}, {"clip": 0}])
def test_settings_that_make_no_sense_are_refused(wrong):
    """Every row of the table is a way to be wrong."""
    with pytest.raises(InvalidValue):
        FitSettings(**wrong)


def test_a_panel_no_longer_than_the_burn_in_is_refused(priors):
    """There would be nothing to fit."""
    with pytest.raises(InvalidValue, match="more than 12"):
        fit(Panel(areas=("A",), start=0, deaths=np.zeros((1, 12))), priors)


def test_a_missing_prior_is_named(lively, priors):
    """The message holds the symbol."""
    fewer = Priors(version="x", priors=tuple(p for p in priors.priors if p.symbol != "b4"))
    with pytest.raises(NotFound, match="b4"):
        fit(lively, fewer)


def test_a_certain_model_refuses_names_it_does_not_know(priors):
    """A misspelt parameter is not a zero."""
    with pytest.raises(InvalidValue, match="b9"):
        Fitted.certain({"b9": 1.0}, ("A",), priors)
