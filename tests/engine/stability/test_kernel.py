"""The futures against a plain loop, and the country's regime against closed forms of its chain and of what it does."""

from __future__ import annotations

import math
from dataclasses import replace
from inspect import signature

import numpy as np
import pytest
from numba import njit
from scipy.special import expit

from exitplan.domain.errors import InvalidValue
from exitplan.engine import streams
from exitplan.engine.stability.beliefs import COMMON
from exitplan.engine.stability.cover import SHOCK_DECAY, Presence
from exitplan.engine.stability.definitions import R25
from exitplan.engine.stability.fit import Fitted
from exitplan.engine.stability.futures import Draws, Inputs, Parameters, deaths_of, draw, draw_past
from exitplan.engine.stability.kernel import run_blocks
from exitplan.engine.stability.memory import BOUND, DECAYS, remember
from exitplan.engine.stability.panel import Panel
from exitplan.engine.stability.single import exp, expm1, ln, remembered
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


def luck_of(purpose: str, area: str, futures: int, months: int) -> np.ndarray:
    """The kernel's numbers, rebuilt from the definition: 23 bits of the hash."""
    at = np.arange(futures, dtype=np.uint64)[:, None] << np.uint64(12) | np.arange(months, dtype=np.uint64)
    name = (purpose, area) if area else (purpose,)
    return (np.floor(streams.uniforms(streams.key(7, *name), at) * 2.0**23) + 0.5) * 2.0**-23


def test_futures_are_those_of_a_plain_loop_with_the_same_luck(priors):
    """Seven areas with six neighbours each, everything switched on, future by future: only rounding may differ."""
    areas, futures, kappa = tuple("ABCDEFG"), 256, 0.7
    rng = np.random.default_rng(3)
    weights = rng.random((7, 7))
    np.fill_diagonal(weights, 0)
    weights /= weights.sum(axis=1, keepdims=True)
    past = np.where(rng.random((7, 24)) < 0.3, rng.integers(1, 20, (7, 24)), 0).astype(float)
    panel = Panel(areas=areas, start=24000, deaths=past, neighbours=weights)
    v = (
        CHAIN
        | VIOLENCE
        | {"b1": 0.5, "b2": 0.4, "b3": 0.3, "b4": 0.4, "b5": 0.2, "c1": 0.3, "c2": 0.1, "c3": 0.1, "c5": 0.2}
    )
    alpha = rng.normal(0, 0.5, 7)
    levels = {f"alpha:{a}": float(x) for a, x in zip(areas, alpha, strict=True)}
    sharp = tuple(p if p.symbol == "kappa" else p.model_copy(update={"sd": 1e-9}) for p in priors.priors)
    certain = replace(
        Fitted.certain(v | levels, areas, priors.model_copy(update={"priors": sharp})), regime=np.array([0.5, 0.3, 0.2])
    )
    shift = np.zeros((7, MONTHS + 1))
    shift[2, 10:] = 0.5
    there = leaving(7, shift=shift, switches=np.linspace(-0.5, 0.5, MONTHS))
    ours = deaths_of(certain, panel, there, Draws(seed=7, futures=futures), kappa)

    e = np.repeat(remember(panel).own[:, :, -1][:, None, :], futures, axis=1)
    any_luck, size_luck = (
        np.stack([luck_of(p, a, futures, MONTHS) for a in areas], axis=1) for p in ("occurrence", "severity")
    )
    th = {name: kappa * priors.of(name).mean for name in ("th_on", "th_co", "th_sv", "phi", "th_rg", "phi_r")}
    lift = np.array([0.0, 1.2, 2.7])
    state = np.searchsorted([0.5, 0.8], luck_of("regime-start", "", futures, 1)[:, 0], side="right")
    moving = luck_of("regime", "", futures, MONTHS)
    theirs = np.zeros_like(ours)
    for t in range(MONTHS):
        chances = step(there.switches[t] - th["th_rg"] * there.country_change[t] + th["phi_r"] * there.country_shock[t])
        up = 1.0 - moving[:, t] < np.append(np.diag(chances, 1), 0.0)[state]
        down = moving[:, t] < np.append(0.0, np.diag(chances, -1))[state]
        state = state + up - down
        n = e[0].mean(axis=1, keepdims=True)
        a, dg = lift[state][:, None], there.change[:, t]
        onset = np.minimum(1.0, e[0] / math.log(2))
        logit = (
            v["b0"]
            + alpha
            + v["b1"] * e[0]
            + v["b2"] * e[1]
            + v["b3"] * e[2]
            + v["b4"] * e[0] @ weights.T
            + v["b5"] * n
            + a
        )
        logit += (
            there.shift[:, t + 1]
            + th["phi"] * there.shock[:, t]
            - (th["th_on"] * (1 - onset) + th["th_co"] * onset) * dg
        )
        sigma = np.exp(
            v["c0"]
            + 0.3 * alpha
            + v["c1"] * e[0]
            + v["c2"] * e[1]
            + v["c3"] * e[2]
            + v["c5"] * n
            + v["psi"] * a
            - th["th_sv"] * dg
        )
        size = 1 + np.floor(sigma / 0.35 * (size_luck[:, :, t] ** -0.35 - 1))
        y = np.where(any_luck[:, :, t] < expit(logit), np.minimum(size, 1000), 0)
        theirs[:, :, t] = y
        for k, d in enumerate(DECAYS):
            e[k] = d * e[k] + (1 - d) * np.minimum(np.log1p(y), BOUND)
    assert (ours > 0).mean() > 0.2
    assert np.mean(np.any(ours != theirs, axis=(1, 2))) < 0.02


def test_compiled_functions_are_those_of_numpy():
    """Exponential, exponential less one and logarithm within 1e-6 of double precision, over all numbers that are drawn."""
    v = np.linspace(-15, 15, 200_001).astype(np.float32)
    u = ((np.arange(2**20) * 8 + 0.5) * 2.0**-23).astype(np.float32)
    far = np.linspace(-80, 80, 200_001).astype(np.float32)
    assert np.max(np.abs(_each(0, v) / np.exp(v.astype(float)) - 1)) < 1e-6
    assert np.max(np.abs(_each(0, far) / np.exp(far.astype(float)) - 1)) < 4e-6
    assert np.max(np.abs(_each(1, v[v != 0]) / np.expm1(v[v != 0].astype(float)) - 1)) < 1e-6
    assert np.max(np.abs(_each(2, u) / np.log(u.astype(float)) - 1)) < 1e-6
    assert _each(1, np.array([0.0, 1e-6], dtype=np.float32)) == pytest.approx([0.0, 1e-6], rel=1e-6)


@njit
def _each(which, values):
    out = np.empty_like(values)
    for k in range(values.size):
        out[k] = exp(values[k]) if which == 0 else expm1(values[k]) if which == 1 else ln(values[k])
    return out


@njit
def _memories(deaths):
    return np.array([remembered(y) for y in deaths])


def test_a_month_adds_its_bounded_logarithm_to_the_memories():
    """ln(1 + deaths) up to 60 deaths, no more from there on."""
    deaths = np.array([0, 1, 59, 60, 61, 10**9], dtype=np.int32)
    assert _memories(deaths) == pytest.approx(np.minimum(np.log1p(deaths), BOUND), rel=1e-6)


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


def test_what_the_kernel_is_given_stands_in_its_order():
    """It takes its arguments by place; two tables that change places would be two others."""
    taken = list(signature(run_blocks.py_func).parameters)
    given = ["first_block", "blocks", "from_past", *Parameters._fields, *Inputs._fields]
    assert taken[: len(given)] == given


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
