"""What many countries teach."""

from __future__ import annotations

import numpy as np
import pytest

from exitplan.engine.stability.across import LEAST, learn
from exitplan.engine.stability.beliefs import COMMON, beliefs
from exitplan.engine.stability.cover import Presence
from exitplan.engine.stability.fit import FitSettings, Fitted
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
