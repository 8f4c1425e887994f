"""The country's regime in the futures: closed forms of its chain, of what it does to violence, and what moves it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit

from exitplan.domain.errors import InvalidValue
from exitplan.engine.stability.beliefs import COMMON
from exitplan.engine.stability.cover import SHOCK_DECAY, Presence
from exitplan.engine.stability.definitions import R25
from exitplan.engine.stability.fit import Fitted
from exitplan.engine.stability.futures import Draws, deaths_of, draw, draw_past
from exitplan.engine.stability.panel import Panel
from exitplan.engine.stability.tally import at_least_one

MONTHS = 24
CHAIN = {"L01": -2.0, "L10": -1.0, "L12": -1.5, "L21": -1.2}
VIOLENCE = {"b0": -2.0, "c0": 0.7, "ln_xi": math.log(0.35), "u1": math.log(1.2), "u2": math.log(1.5), "psi": 0.4}


def model(priors, areas: tuple[str, ...] = ("A",), regime: tuple[float, ...] = (0.5, 0.3, 0.2), **more) -> Fitted:
    """A model whose country moves and whose areas forget."""
    return replace(Fitted.certain(CHAIN | VIOLENCE | more, areas, priors), regime=np.array(regime))


def calm(areas: tuple[str, ...] = ("A",)) -> Panel:
    """Areas without a past."""
    return Panel(areas=areas, start=24000, deaths=np.zeros((len(areas), 24)))


def leaving(areas: int, **more) -> Presence:
    """A mission that is gone after six months."""
    mission = np.full((areas, MONTHS + 1), 0.8)
    mission[:, 6:] = 0
    return Presence(mission=mission, host=np.zeros_like(mission), support=np.zeros_like(mission), **more)


def step(up: float = 0.0) -> np.ndarray:
    """Chances of each move in a month, from row to column."""
    calmer, worse = math.exp(CHAIN["L10"] - up), math.exp(CHAIN["L12"] + up)
    rise, fall = expit(CHAIN["L01"] + up), expit(CHAIN["L21"] - up)
    middle = np.array([calmer, 1.0, worse]) / (1.0 + calmer + worse)
    return np.array([[1.0 - rise, rise, 0.0], middle, [0.0, fall, 1.0 - fall]])


def occupied(regime: tuple[float, ...], ups: np.ndarray) -> np.ndarray:
    """Probability of each regime in each month, shape (months, 3); the first month has moved already."""
    state, rows = np.array(regime), []
    for up in ups:
        state = state @ step(up)
        rows.append(state)
    return np.array(rows)


def near(shares: np.ndarray, expected: np.ndarray, futures: int) -> bool:
    """Whether shares lie within five standard errors of their expectation."""
    return bool(np.all(np.abs(shares - expected) < 5 * np.sqrt(expected * (1 - expected) / futures) + 1e-5))


@pytest.mark.parametrize("regime", [(1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0), (0.5, 0.3, 0.2)])
def test_regimes_are_occupied_as_powers_of_the_chain_say(priors, regime):
    """From each start, and in the long run."""
    there = Presence.unchanged(1, MONTHS)
    tally = draw(model(priors, regime=regime), calm(), there, Draws(seed=1, futures=64_000))
    assert near(tally.regime_shares(), occupied(regime, np.zeros(MONTHS)), tally.futures)
    assert tally.regimes.sum(axis=1).tolist() == [tally.futures] * MONTHS


def test_violence_is_the_mixture_of_the_regimes(priors):
    """Without memory, a month is violent with the mean of the regimes' chances."""
    tally = draw(model(priors), calm(), Presence.unchanged(1, MONTHS), Draws(seed=2, futures=64_000))
    lift = np.array([0.0, 1.2, 2.7])
    expected = occupied((0.5, 0.3, 0.2), np.zeros(MONTHS)) @ expit(-2.0 + lift)
    assert near(at_least_one(tally.shares())[0], expected, tally.futures)


def test_severity_takes_its_share_of_the_lift(priors):
    """In a crisis that never ends, deaths are above one as often as sigma = exp(c0 + psi a_2) says."""
    certain = model(priors, regime=(0.0, 0.0, 1.0), L21=-50.0, b0=12.0)
    tally = draw(certain, calm(), Presence.unchanged(1, MONTHS), Draws(seed=3, futures=32_000))
    sigma, xi = math.exp(0.7 + 0.4 * 2.7), 0.35
    expected = np.full(MONTHS, (1 + xi / sigma) ** (-1 / xi))
    assert near(1.0 - tally.shares()[0, :, :2].sum(axis=1), expected, tally.futures)


def test_regimes_are_the_countrys_and_not_an_areas(priors):
    """Two areas are violent together more often than apart, because they share their country."""
    deaths = deaths_of(
        model(priors, ("A", "B")), calm(("A", "B")), Presence.unchanged(2, MONTHS), Draws(seed=1, futures=32_000)
    )
    violent = deaths > 0
    state = occupied((0.5, 0.3, 0.2), np.zeros(MONTHS))
    both = state @ expit(-2.0 + np.array([0.0, 1.2, 2.7])) ** 2
    assert near((violent[:, 0] & violent[:, 1]).mean(axis=0), both, deaths.shape[0])


def test_cover_shock_and_switches_move_the_country_as_the_formula_says(priors):
    """Against the chain with the same ups, weights by people and kappa known."""
    believed = {p.symbol: p for p in priors.priors}
    sharp = [p.model_copy(update={"sd": 1e-9}) if p.symbol in ("th_rg", "phi_r") else p for p in priors.priors]
    certain = replace(model(priors, ("A", "B")), priors=priors.model_copy(update={"priors": tuple(sharp)}))
    switches = np.where(np.arange(MONTHS) >= 12, 0.7, 0.0)
    there = leaving(2, people=np.array([3.0, 1.0]), switches=switches)
    there = replace(there, mission=there.mission * np.array([[1.0], [0.0]]))
    tally = draw(certain, calm(("A", "B")), there, Draws(seed=4, futures=64_000), kappa=0.5)
    months = np.arange(1, MONTHS + 1)
    change = np.where(months >= 6, -0.8 * 0.75, 0.0)
    shock = np.where(months >= 7, 0.8 * 0.75 * SHOCK_DECAY ** (months - 7.0), 0.0)
    ups = switches - 0.5 * believed["th_rg"].mean * change + 0.5 * believed["phi_r"].mean * shock
    assert near(tally.regime_shares(), occupied((0.5, 0.3, 0.2), ups), tally.futures)


def test_without_causal_credibility_every_future_has_the_same_regimes(priors):
    """kappa = 0: leaving and staying agree future by future; switches still act, as the world is no claim of ours."""
    draws, panel, certain = Draws(seed=1, futures=3200), calm(), model(priors)
    stay, leave = Presence.unchanged(1, MONTHS), leaving(1)
    assert np.array_equal(deaths_of(certain, panel, stay, draws, 0.0), deaths_of(certain, panel, leave, draws, 0.0))
    assert not np.array_equal(deaths_of(certain, panel, stay, draws, 1.0), deaths_of(certain, panel, leave, draws, 1.0))
    worse = leaving(1, switches=np.ones(MONTHS))
    assert np.all(
        draw(certain, panel, worse, draws, 0.0).regimes[:, 0] < draw(certain, panel, leave, draws, 0.0).regimes[:, 0]
    )


@pytest.mark.parametrize("kappa", [None, 1.0])
def test_a_presence_that_stays_as_it_is_moves_no_country(priors, kappa):
    """A strong mission that stays and none at all see the same regimes in every future."""
    strong = np.full((1, MONTHS + 1), 0.9)
    there = Presence(mission=strong, host=strong / 2, support=strong / 3)
    draws, panel, certain = Draws(seed=1, futures=3200), calm(), model(priors)
    nobody = Presence.unchanged(1, MONTHS)
    assert np.array_equal(
        deaths_of(certain, panel, there, draws, kappa), deaths_of(certain, panel, nobody, draws, kappa)
    )


def test_worse_odds_calm_no_future(priors):
    """With the same luck, a switch for the worse leaves no month of any future in a calmer regime, nor with fewer deaths."""
    draws, panel, certain = Draws(seed=1, futures=6400), calm(), model(priors)
    better = deaths_of(certain, panel, Presence.unchanged(1, MONTHS), draws)
    there = replace(Presence.unchanged(1, MONTHS), switches=np.full(MONTHS, 0.5))
    worse = deaths_of(certain, panel, there, draws)
    assert np.all(worse >= better)
    assert worse.sum() > better.sum()


@pytest.mark.parametrize("threads", [2, 3])
def test_moving_countries_are_the_same_on_any_number_of_threads(priors, threads):
    """Counts of regimes and of deaths."""
    there, panel, certain = leaving(1), calm(), model(priors, b1=0.8)
    one, many = (draw(certain, panel, there, Draws(seed=1, futures=20_000, threads=n)) for n in (1, threads))
    assert np.array_equal(one.regimes, many.regimes)
    assert np.array_equal(one.months, many.months)
    assert np.array_equal(one.spread[0], many.spread[0])


def test_a_certain_model_stays_settled_unless_told_otherwise(priors):
    """No move is ever drawn, and the own past has no regime at all."""
    certain = Fitted.certain({"b0": -2.0, "ln_xi": -1.0}, ("A",), priors)
    tally = draw(certain, calm(), leaving(1), Draws(seed=1, futures=32_000), 1.0)
    assert tally.regimes[:, 0].tolist() == [tally.futures] * MONTHS
    assert not draw_past(calm(), MONTHS, Draws(seed=1, futures=64, definitions=(R25,)), calm().deaths).regimes.any()


def test_parameters_are_found_by_name_and_not_by_place(priors):
    """The same model with its names in another order draws the same futures."""
    certain = model(priors, b1=0.5, **{"alpha:A": 0.3})
    order = [0, *range(len(COMMON), len(certain.names)), *range(len(COMMON) - 1, 0, -1)]
    turned = replace(certain, names=tuple(certain.names[k] for k in order), mean=certain.mean[order])
    draws, there = Draws(seed=1, futures=640), Presence.unchanged(1, MONTHS)
    assert np.array_equal(deaths_of(certain, calm(), there, draws), deaths_of(turned, calm(), there, draws))


@pytest.mark.parametrize("wrong", [(0.5, 0.5), (0.5, 0.4, 0.2), (1.2, -0.2, 0.0), (math.nan, 0.5, 0.5)])
def test_regimes_at_the_origin_that_are_no_probabilities_are_refused(priors, wrong):
    """Three of them, zero or more, that sum to one."""
    with pytest.raises(InvalidValue, match="regime"):
        draw(model(priors, regime=wrong), calm(), Presence.unchanged(1, 6), Draws(seed=1, futures=32))
