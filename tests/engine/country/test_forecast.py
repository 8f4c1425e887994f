"""The pool: bits by seed, no look-ahead, and something sensible where little is known."""

from __future__ import annotations

import numpy as np
import pytest

from exitplan.domain.errors import InvalidValue
from exitplan.engine.country.benchmarks import BENCHMARKS
from exitplan.engine.country.forecast import _allotted, forecast
from exitplan.engine.country.panel import CountryPanel
from exitplan.engine.country.settings import CountrySettings

HISTORIES = {
    "AAA": (24000, list(np.random.default_rng(1).poisson(20, 100).astype(float))),
    "BBB": (24010, [0.0] * 90),
    "CCC": (24050, list(np.random.default_rng(2).poisson(1, 50).astype(float))),
}


def test_equal_seeds_give_equal_bits_and_others_do_not(mixed, priors):
    """Whole deaths of the shape asked for."""
    once, again, other = (forecast(mixed, priors, horizon=6, draws=50, seed=seed) for seed in (3, 3, 4))

    assert once.shape == (50, 6, 6)
    assert once.dtype == np.int64
    assert once.min() >= 0
    assert np.array_equal(once, again)
    assert not np.array_equal(once, other)


def test_what_happens_later_alters_no_bit(priors):
    """Months after the origin are changed, taken away and added."""
    origin = 24079
    cut = {c: (first, deaths[: origin - first + 1]) for c, (first, deaths) in HISTORIES.items()}
    changed = {
        c: (first, deaths[: origin - first + 1] + [9e9 if c != "BBB" else 1.0] * 30)
        for c, (first, deaths) in HISTORIES.items()
    }
    made = [
        forecast(CountryPanel.of(some, origin), priors, horizon=8, draws=40, seed=2)
        for some in (HISTORIES, cut, changed)
    ]

    assert np.array_equal(made[0], made[1])
    assert np.array_equal(made[0], made[2])


def test_one_part_alone_can_be_asked_for(mixed, priors):
    """All weight on own months: only months that happened in that country."""
    own = forecast(mixed, priors, horizon=4, draws=60, settings=CountrySettings(shares=(0, 0, 1)))

    for row in range(6):
        assert set(np.unique(own[:, row])) <= set(mixed.past(row))


@pytest.mark.parametrize(
    ("draws", "usable", "expected"),
    [
        (9, (True, True, True), (3, 3, 3)),
        (10, (True, True, True), (4, 3, 3)),
        (1, (True, True, True), (1, 0, 0)),
        (10, (False, True, True), (0, 5, 5)),
        (7, (True, False, False), (7, 0, 0)),
    ],
)
def test_draws_are_shared_out_whole(draws, usable, expected):
    """By share among the usable parts, remainders to the first."""
    assert _allotted(draws, (1 / 3, 1 / 3, 1 / 3), usable) == expected


@pytest.mark.parametrize(
    ("deaths", "horizon"),
    [
        ([[0.0]], 24),  # one month of one country
        ([[5.0, 0.0, 3.0]], 12),  # shorter than the horizon
        ([[0.0] * 240, [0.0] * 240], 36),  # peace throughout
        ([[1e10] * 60, [0.0] * 60], 12),  # more than anybody has counted
        ([[np.nan] * 60, [3.0] * 60], 12),  # nothing known of one
        ([[np.nan] * 3, [np.nan] * 2 + [1.0]], 12),  # nothing known of one, next to nothing of the other
        ([[7.0] * 40 + [np.nan] * 20, [0.0] * 60], 12),  # ended before the origin
    ],
)
def test_every_country_gets_a_forecast(deaths, horizon, priors):
    """Whole finite deaths for each country, month and draw, whatever little is known."""
    panel = CountryPanel(countries=("AAA", "BBB")[: len(deaths)], start=0, deaths=np.array(deaths))
    made = forecast(panel, priors, horizon=horizon, draws=33)

    assert made.shape == (33, len(deaths), horizon)
    assert made.min() >= 0
    assert made.max() < 10**16


def test_long_peace_everywhere_is_forecast_as_peace(priors):
    """Thirty years without a death in forty countries: under 1 % of months have any."""
    panel = CountryPanel(countries=tuple(f"A{i:02d}" for i in range(40)), start=0, deaths=np.zeros((40, 360)))

    assert (forecast(panel, priors, horizon=12, draws=100) > 0).mean() < 0.01


@pytest.mark.parametrize(("horizon", "draws", "seed"), [(0, 10, 1), (6, 0, 1), (6, 10, -1)])
def test_what_cannot_be_asked_for_is_refused(mixed, priors, horizon, draws, seed):
    """No month, no draw, no seed."""
    with pytest.raises(InvalidValue):
        forecast(mixed, priors, horizon=horizon, draws=draws, seed=seed)


@pytest.mark.parametrize(
    "wrong",
    [
        {"shares": (0.5, 0.5, 0.5)},
        {"shares": (1.5, -0.5, 0.0)},
        {"half_lives": (8.0, 1.5, 36.0)},
        {"widths": (0.0, 1.0, 1.0)},
        {"level_share": 1.5},
        {"own_half_life": 0.0},
        {"clip": 0},
    ],
)
def test_settings_that_mean_nothing_are_refused(wrong):
    """Each by its own check."""
    with pytest.raises(InvalidValue):
        CountrySettings(**wrong)


def test_benchmarks_know_only_what_their_names_say(mixed):
    """Means of each against the mean it draws from; the late country's unknown months count nowhere."""
    made = {name: make(mixed, 12, 800, 1) for name, make in BENCHMARKS.items()}
    row = mixed.deaths[0]

    assert not made["zero"].any()
    assert made["last-value"][:, 0].mean() == pytest.approx(row[-1], rel=0.02)
    assert made["own-12"][:, 0].mean() == pytest.approx(row[-12:].mean(), rel=0.02)
    assert made["own-36"][:, 0].mean() == pytest.approx(row[-36:].mean(), rel=0.02)
    assert made["own-all"][:, 0].mean() == pytest.approx(row.mean(), rel=0.02)
    assert made["own-all"][:, 5].mean() == pytest.approx(np.nanmean(mixed.deaths[5]), rel=0.05)
    assert made["country-bootstrap"].mean() == pytest.approx(np.nanmean(mixed.deaths[:, -12:]), rel=0.05)
