"""Each of the three readings does what its formula says."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import approx_fprime
from scipy.special import expit
from scipy.stats import genpareto

from exitplan.engine.country import hurdle, simulate
from exitplan.engine.country.analogues import Analogues
from exitplan.engine.country.memory import fading_mean
from exitplan.engine.country.panel import CountryPanel
from exitplan.engine.country.recent import own_months
from exitplan.engine.country.settings import CountrySettings
from exitplan.engine.streams import stream

S = CountrySettings()


def _panel(*rows) -> CountryPanel:
    names = tuple(f"A{chr(65 + i)}A" for i in range(len(rows)))
    return CountryPanel(countries=names, start=0, deaths=np.array(rows, dtype=float))


def test_a_fading_mean_is_the_weighted_mean_of_known_months():
    """Against numpy's average; a constant stays one; after the last known month nothing moves."""
    row = np.array([np.nan, 3.0, 0.0, 7.0, np.nan])
    means = fading_mean(_panel(row, np.full(5, 4.0)), 2.0, np.asarray)

    weights = 2.0 ** -(np.array([2, 1, 0]) / 2)
    assert means[0, 0] == 0
    assert means[0, 3] == pytest.approx(np.average([3, 0, 7], weights=weights))
    assert means[0, 4] == means[0, 3]
    np.testing.assert_allclose(means[1], 4.0)


def test_own_months_are_drawn_by_their_age():
    """Month s with chance proportional to 2^(-age / h): the closed form of a geometric weight."""
    past = np.arange(24.0)
    drawn = own_months(_panel(past), 0, (4000, 10), S, stream(1, "t")).ravel()

    weights = 2.0 ** (-(23 - past) / S.own_half_life)
    expected = weights / weights.sum()
    share = np.bincount(drawn.astype(int), minlength=24) / drawn.size
    assert np.max(np.abs(share - expected)) < 4 * np.sqrt(expected.max() / drawn.size)


def test_analogues_are_whole_paths_that_happened():
    """With no scaling, each draw is a stretch of some country's past that ends by the origin."""
    rows = np.random.default_rng(3).integers(1, 1000, (2, 60))
    like = Analogues.of(_panel(*rows), 5, CountrySettings(level_share=0.0))
    stretches = {tuple(row[t : t + 5]) for row in rows for t in range(24, 56)}

    assert {tuple(p) for p in like.paths(0, 300, stream(1, "t")).astype(int)} <= stretches


def test_the_nearest_past_weighs_most_and_distance_follows_the_normal_curve():
    """A country that is always at peace is nothing like one at war; weights are the formula's."""
    war, peace = np.full(60, 100.0), np.zeros(60)
    like = Analogues.of(_panel(war, peace), 12, CountrySettings(analogue_half_life=1e12))
    weights = like.weights(0)

    apart = sum((np.log(101) / w) ** 2 for w in S.widths)
    np.testing.assert_allclose(weights[like.place == 0], 1.0)
    np.testing.assert_allclose(weights[like.place == 1], np.exp(-apart / 2))


def test_a_path_is_scaled_by_the_ratio_of_levels():
    """A constant country four times as violent (floor included) gets paths twice as high; peace stays peace."""
    loud, low = np.full(60, 70.0), np.full(60, 10.0)
    settings = CountrySettings(widths=(1e9, 1e9, 1e9), analogue_half_life=1e12)
    paths = Analogues.of(_panel(loud, low, np.zeros(60)), 6, settings).paths(0, 3000, stream(1, "t"))

    assert set(np.unique(paths)) == {0.0, 20.0, 70.0}


def test_the_gradient_is_the_slope_of_the_loss(mixed, priors):
    """Against finite differences, with censored months among the data."""
    posterior = hurdle._Posterior(mixed, priors, CountrySettings(clip=30))
    rng = np.random.default_rng(2)
    for _ in range(3):
        theta = posterior.centre + 0.1 * rng.normal(size=posterior.centre.size)
        slope = approx_fprime(theta, lambda v: posterior.loss(v)[0], 1e-6)
        assert np.allclose(posterior.loss(theta)[1], slope, rtol=1e-4, atol=2e-2)


def test_without_data_the_fit_is_the_prior(priors):
    """Eleven months are fewer than the burn-in."""
    found = hurdle.fit(_panel(np.arange(11.0)), priors, S)

    np.testing.assert_allclose(found.occurrence, [priors.of(n).mean for n in hurdle.OCCURRENCE])
    np.testing.assert_allclose(found.severity, [priors.of(n).mean for n in hurdle.SEVERITY])
    np.testing.assert_allclose(found.level, 0.0)


TRUTH = hurdle.Hurdle(
    occurrence=np.array([-2.0, 0.8, 0.2, -0.3, 1.5, 0.5]),
    severity=np.array([1.0, 0.4, 0.2, 0.1, -0.3, -0.2]),
    xi=0.4,
    level=np.zeros(60),
)


def test_the_first_month_of_the_hurdle_has_its_closed_form():
    """From peace: chance 1 / (1 + e^2) of any death, and P(Y > k) of the floored generalised Pareto."""
    panel = _panel(np.zeros(36))
    start = hurdle.features(panel, S)[:, 0, -1]
    first = simulate.paths(TRUTH, panel, 0, start, (200_000, 1), S, stream(1, "t"))[:, 0]

    any_death = 1 / (1 + np.exp(2))
    assert abs((first > 0).mean() - any_death) < 4 * np.sqrt(any_death / first.size)
    for k in (1, 5, 20):
        beyond = (1 + 0.4 * k / np.e) ** (-1 / 0.4)
        hits = (first > 0).sum()
        assert abs((first > k).sum() / hits - beyond) < 4 * np.sqrt(beyond / hits)


def test_no_month_exceeds_three_times_the_worst_one():
    """The tail is heavy; the cap holds."""
    panel = _panel(np.full(36, 900.0))
    wild = hurdle.Hurdle(
        occurrence=np.array([9.0] + [0.0] * 5), severity=np.array([9.0] + [0.0] * 5), xi=3.0, level=np.zeros(1)
    )
    paths = simulate.paths(wild, panel, 0, hurdle.features(panel, S)[:, 0, -1], (500, 24), S, stream(1, "t"))

    assert paths.max() == simulate.cap(panel) == 2700


@pytest.mark.slow
def test_parameters_come_back_from_simulated_histories(priors):
    """Sixty countries over 400 months: chances and sizes of its months come back, whatever slopes share them."""
    before = _panel(*np.zeros((60, 24)))
    starts = hurdle.features(before, S)[:, :, -1]
    rows = [
        np.concatenate(
            [np.zeros(24), simulate.paths(TRUTH, before, i, starts[:, i], (1, 400), S, stream(4, "t", str(i)))[0]]
        )
        for i in range(60)
    ]
    panel = CountryPanel(countries=tuple(f"A{i:02d}" for i in range(60)), start=0, deaths=np.array(rows))
    found = hurdle.fit(panel, priors, CountrySettings(forgetting=1e9, clip=10**6))

    past = hurdle.features(panel, S)[:, :, 24:-1]
    truth, ours = (_said(model, past) for model in (TRUTH, found))
    assert found.xi == pytest.approx(0.4, abs=0.05)
    assert np.mean(np.abs(ours[0] - truth[0])) < 0.03
    assert np.average(np.abs(ours[1] - truth[1]), weights=truth[0]) < 0.12


def _said(model, past):
    """Chance of any death and ln sigma of every country-month, levels included."""
    logit = model.occurrence[0] + np.einsum("k,kit->it", model.occurrence[1:], past) + model.level[:, None]
    ln_sigma = model.severity[0] + np.einsum("k,kit->it", model.severity[1:], past) + 0.3 * model.level[:, None]
    return 1 / (1 + np.exp(-logit)), ln_sigma


def test_an_older_analogue_weighs_less_by_halves():
    """Two countries that never change are alike in every month: weights are 2^(-age / h) alone, the newest candidate's 1."""
    like = Analogues.of(_panel(np.full(60, 5.0), np.full(60, 5.0)), 12, CountrySettings(analogue_half_life=20.0))
    weights = like.weights(0)
    np.testing.assert_allclose(weights, 2.0 ** (-(like.month.max() - like.month) / 20.0))
    assert (like.month.min(), like.month.max()) == (23, 47)


def test_the_loss_of_the_hurdle_by_hand(mixed, priors):
    """Month after month of every country, each from what was known before it, old ones fading, great ones as "at least"."""
    settings = CountrySettings(clip=30, forgetting=50.0)
    posterior = hurdle._Posterior(mixed, priors, settings)
    theta = posterior.centre + 0.1 * np.random.default_rng(3).normal(size=posterior.centre.size)
    b, c, xi, alpha = theta[:6], theta[6:12], np.exp(theta[12]), theta[13:]
    past, ln_p = hurdle.features(mixed, settings), 0.0
    for i in range(6):
        for t in range(1, mixed.months):
            y = mixed.deaths[i, t]
            if np.isnan(y) or (~np.isnan(mixed.deaths[i, :t])).sum() < settings.burn:
                continue
            x, weight = np.array([1.0, *past[:, i, t - 1]]), 2.0 ** (-(mixed.months - 1 - t) / 50.0)
            ln_p += weight * np.log(expit((1 if y else -1) * (b @ x + alpha[i])))
            if y:
                scale = np.exp(c @ x + 0.3 * alpha[i])
                above = genpareto.sf(min(y, 30) - 1, xi, scale=scale)
                ln_p += weight * np.log(above - (genpareto.sf(y, xi, scale=scale) if y < 30 else 0.0))
    believed = [priors.of(name) for name in hurdle.COMMON] + [priors.of("alpha")] * 6
    ln_p -= sum(((v - p.mean) / p.sd) ** 2 for v, p in zip(theta, believed, strict=True)) / 2
    assert posterior.loss(theta)[0] == pytest.approx(-ln_p, rel=1e-9)
