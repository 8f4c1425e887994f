"""The fit finds what made the data, and nothing where there is nothing."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import approx_fprime
from scipy.special import expit
from scipy.stats import genpareto

from exitplan.domain.errors import InvalidValue, NotFound
from exitplan.domain.priors import Priors
from exitplan.engine.stability.beliefs import COMMON, beliefs
from exitplan.engine.stability.cover import Presence
from exitplan.engine.stability.fit import FitSettings, Fitted, Posterior, fit, laplace_root, ln_size, maximum
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


def test_the_likelihood_is_that_of_the_months_by_hand(lively, priors):
    """Where regimes lift nothing: each month after the burn-in by its odds and sizes from memories before it, old ones fading."""
    believed, settings = beliefs(priors), FitSettings(burn_in=20, forgetting=30.0, clip=9)
    posterior = Posterior(lively, believed, settings)
    theta = posterior.centre.copy()
    theta[[COMMON.index(name) for name in ("u1", "u2")]] = -50.0
    theta[len(COMMON) :] = np.linspace(-0.5, 0.5, 5)
    memory, v = remember(lively), dict(zip(COMMON, theta, strict=False))
    xi, ln_p = np.exp(v["ln_xi"]), 0.0
    for t in range(settings.burn_in, lively.months):
        for i, alpha in enumerate(theta[len(COMMON) :]):
            e1, e2, e3 = memory.own[:, i, t]
            near, country = memory.near[i, t], memory.country[t]
            logit = v["b0"] + alpha + v["b1"] * e1 + v["b2"] * e2 + v["b3"] * e3 + v["b4"] * near + v["b5"] * country
            y, weight = lively.deaths[i, t], 2.0 ** (-(lively.months - 1 - t) / settings.forgetting)
            ln_p += weight * (np.log(expit(logit)) if y else np.log(expit(-logit)))
            if y:
                scale = np.exp(v["c0"] + 0.3 * alpha + v["c1"] * e1 + v["c2"] * e2 + v["c3"] * e3 + v["c5"] * country)
                above = genpareto.sf(min(y, 9) - 1, xi, scale=scale)
                ln_p += weight * np.log(above - (genpareto.sf(y, xi, scale=scale) if y < 9 else 0.0))
    away = theta[: len(COMMON)] - believed.mean
    prior = away @ np.linalg.inv(believed.covariance) @ away + np.sum((theta[len(COMMON) :] / believed.level_sd) ** 2)
    assert (lively.deaths == 9).any()
    assert posterior.loss(theta)[0] == pytest.approx(prior / 2 - ln_p, rel=1e-9)


def test_the_regime_at_the_origin_is_that_of_the_last_months(priors):
    """Three areas at war in the last year of six, and the same history backwards: a crisis now, and one that is over."""
    deaths = np.zeros((3, 72))
    deaths[:, 60:] = 40
    now, over = (fit(Panel(areas=tuple("ABC"), start=0, deaths=d), priors).regime for d in (deaths, deaths[:, ::-1]))
    assert now[2] > 0.9 > 0.5 > over[2]


class _Bowl:
    """A posterior whose slope is known: minus the log of a normal with these curvatures, in units of the prior's spread."""

    root = np.array([[2.0, 0.0], [1.0, 3.0]])

    def __init__(self, curvatures) -> None:
        to = np.linalg.inv(self.root)
        self.hessian = to.T @ np.diag(curvatures) @ to

    def loss(self, theta):
        return 0.5 * theta @ self.hessian @ theta, self.hessian @ theta


@pytest.mark.parametrize("curvature", [4.0, 0.2, -1.0])
def test_doubt_is_the_inverse_curvature_and_never_more_than_the_priors(curvature):
    """A direction that the data sharpen has a quarter of the prior's variance; one that they blur has the prior's."""
    bowl = _Bowl((curvature, 1.0))
    found = laplace_root(bowl, np.array([0.3, -0.2]))
    expected = bowl.root @ np.diag([1 / max(curvature, 1.0), 1.0]) @ bowl.root.T
    assert np.allclose(found @ found.T, expected)


@pytest.mark.parametrize("seed", [15, 32])
def test_no_start_leads_to_a_more_credible_end(priors, seed):
    """Six areas in good and bad times, whose regime can be read in more than one way: weak and strong lifts were all tried."""
    rng = np.random.default_rng(seed)
    areas = int(rng.integers(1, 7))
    bad = (np.arange(120) // rng.integers(6, 40)) % 2
    p = np.where(bad, rng.uniform(0.3, 0.9), rng.uniform(0.01, 0.2))
    deaths = np.where(rng.random((areas, 120)) < p, 1 + rng.geometric(1 / rng.uniform(2, 60), (areas, 120)), 0)
    panel = Panel(areas=tuple(f"A{i}" for i in range(areas)), start=0, deaths=deaths.astype(float))
    posterior = Posterior(panel, beliefs(priors), FitSettings())
    ends = []
    for name in ("b0", "u1", "u2"):
        start = posterior.centre.copy()
        start[COMMON.index(name)] += 1.5 * priors.of(name).sd
        ends.append(maximum(posterior, start).loss)
    assert max(ends) > min(ends) + 0.3
    assert posterior.loss(fit(panel, priors).mean)[0] < min(ends) + 0.01
