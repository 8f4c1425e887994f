"""What many countries teach."""

from __future__ import annotations

import numpy as np
import pytest

from exitplan.engine.stability.across import LEAST, _maximised, learn
from exitplan.engine.stability.beliefs import COMMON, Beliefs, beliefs
from exitplan.engine.stability.cover import Presence
from exitplan.engine.stability.fit import FitSettings, Fitted, Posterior, laplace_root, maximum
from exitplan.engine.stability.futures import Draws, deaths_of
from exitplan.engine.stability.panel import Panel
from exitplan.importers.priors import WEAK, read_priors

MONTHS = 300


def country(seed, values, priors):
    """A simulated history of six areas with these parameters."""
    areas = tuple(f"A{i}" for i in range(6))
    before = Panel(areas=areas, start=0, deaths=np.zeros((6, 24)))
    model = Fitted.certain(values, areas, priors)
    deaths = deaths_of(model, before, Presence.unchanged(6, MONTHS), Draws(seed=seed, futures=32))[0]
    return Panel(areas=areas, start=0, deaths=deaths.astype(float))


@pytest.fixture(scope="module")
def weak():
    """Beliefs before any history, with their priors."""
    priors = read_priors(WEAK)
    return priors, beliefs(priors)


@pytest.mark.slow
def test_the_mean_of_many_countries_is_found_and_the_spread_narrows(weak):
    """Eight countries of one law, far from the weak belief in b0 and c0: learned means come near it, and are surer."""
    priors, before = weak
    law = {name: priors.of(name).mean for name in COMMON} | {
        "b0": -2.5,
        "b1": 0.9,
        "c0": 1.6,
        "L01": -50.0,
        "L12": -50.0,
    }
    histories = [country(seed, law, priors) for seed in range(8)]
    found = learn(histories, before, FitSettings(forgetting=float("inf"), clip=1000))
    at = {name: i for i, name in enumerate(COMMON)}
    for name in ("b0", "c0"):
        i = at[name]
        assert abs(found.mean[i] - law[name]) < abs(before.mean[i] - law[name])
        assert found.covariance[i, i] < before.covariance[i, i]
    assert np.all(np.linalg.eigvalsh(found.covariance) > 0)


def test_histories_without_violence_teach_nothing(weak, quiet):
    """The weak beliefs, themselves."""
    _, before = weak
    assert learn([quiet, quiet], before) is before
    few = Panel(areas=("A",), start=0, deaths=np.r_[np.ones(LEAST - 1), np.zeros(60)][None])
    assert learn([few], before) is before


def test_learning_is_the_same_twice(weak, lively):
    """Bit by bit."""
    _, before = weak
    one, two = (learn([lively, lively], before, rounds=1) for _ in range(2))
    assert np.array_equal(one.mean, two.mean)
    assert np.array_equal(one.covariance, two.covariance)


def test_countries_are_taken_as_drawn_from_one_law_with_two_weak_ones_beside_them():
    """The step of maximisation in closed form: three countries with one estimate and one doubt, beliefs without correlation."""
    n, k, areas = 3, len(COMMON), 30
    d, doubt, width = np.linspace(0.5, 2.0, k), 0.3, 0.8
    before = Beliefs(np.linspace(-1, 1, k), width**2 * np.eye(k), 0.5)
    means, doubts = np.tile(before.mean + d, (n, 1)), np.tile(doubt * np.eye(k), (n, 1, 1))
    found = _maximised(means, doubts, np.full(areas, 0.04), before, before)
    told = n / (d**2 + doubt)
    moved = d * told / (told + 1 / width**2)
    left = d - moved
    assert np.allclose(found.mean, before.mean + moved)
    assert np.allclose(found.covariance, (n * np.outer(left, left) + (n * doubt + 2 * width**2) * np.eye(k)) / (n + 2))
    assert found.level_sd == pytest.approx(np.sqrt((areas * 0.04 + 20 * 0.5**2) / (areas + 20)))


def test_levels_of_areas_count_with_their_doubt(weak, lively):
    """One round on one country: the squares of its levels and their variances, beside twenty weak areas."""
    _, before = weak
    posterior = Posterior(lively, before, FitSettings())
    theta = maximum(posterior, posterior.centre).theta
    root = laplace_root(posterior, theta)
    squares = theta[len(COMMON) :] ** 2 + np.sum(root**2, axis=1)[len(COMMON) :]
    expected = np.sqrt((squares.sum() + 20 * before.level_sd**2) / (5 + 20))
    assert learn([lively], before, rounds=1).level_sd == pytest.approx(expected, rel=1e-9)
