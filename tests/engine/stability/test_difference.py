"""Where the difference between two plans comes from: limit cases, sums, and the counts of the kernel."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from exitplan.domain.errors import InvalidValue
from exitplan.engine.stability.cover import Presence
from exitplan.engine.stability.definitions import A25, AX, PRESETS, R25, R1000
from exitplan.engine.stability.difference import (
    CHANNELS,
    PATHS,
    Measure,
    World,
    by_channel,
    by_path,
    differing,
    known,
    mean_and_error,
)
from exitplan.engine.stability.fit import Fitted, fit
from exitplan.engine.stability.futures import EFFECTS, Draws, draw
from tests.engine.stability.test_futures import leaving

MONTHS = 18
MEASURES = (Measure(), Measure(definition=R25, by=6), Measure(definition=A25, unit=3, by=12))
ROUNDING = 1e-9


@pytest.fixture
def world(lively, priors) -> World:
    """Thirty blocks of a coupled country."""
    draws = Draws(seed=6, futures=960, definitions=PRESETS)
    return World(fitted=fit(lively, priors), panel=lively, draws=draws, measures=MEASURES)


@pytest.fixture
def leaves() -> Presence:
    """A mission that is gone after six months."""
    return leaving(5, MONTHS)


@pytest.fixture
def everything(leaves) -> Presence:
    """Another plan that differs in every channel."""
    mission, late = np.array(leaves.mission), np.arange(MONTHS + 1) >= 6
    mission[0, 6:12] = 0.8
    there = np.where(late, 0.4, 0.0) * np.ones((5, 1))
    return Presence(mission=mission, host=there / 2, support=there, shift=-there)


def _whole(world, a, b, kappa=None):
    return world.run(b, kappa) - world.run(a, kappa)


@pytest.mark.parametrize("definition", [R25, R1000, A25, AX])
@pytest.mark.parametrize("by", [6, 12])
def test_a_future_meets_a_definition_where_the_kernel_says_so(world, leaves, definition, by):
    """The share of futures, and the deaths, are those that `draw` counts."""
    tally = draw(world.fitted, world.panel, leaves, world.draws)
    at = PRESETS.index(definition)
    for unit in range(5 if definition.scope == "area" else 1):
        asked = replace(world, measures=(Measure(definition=definition, unit=unit, by=by), Measure()))
        met, deaths = asked.run(leaves)
        chance = tally.chance(at, unit, tally.marks.index(by))
        assert mean_and_error(met) == pytest.approx((chance.p, chance.error))
        assert mean_and_error(deaths) == pytest.approx((tally.means()[-1, -1], tally.errors()[-1, -1]))


@pytest.mark.parametrize("share", [by_channel, by_path])
@pytest.mark.parametrize("kappa", [None, 1.0])
def test_what_is_shared_out_is_the_whole_difference_in_every_block(world, leaves, everything, share, kappa):
    """Exactly, not on average."""
    shares = share(world, leaves, everything, kappa)
    whole = _whole(world, leaves, everything, kappa)

    assert tuple(shares) == (CHANNELS if share is by_channel else PATHS)
    assert np.abs(sum(shares.values()) - whole).max() < ROUNDING
    assert np.abs(whole[0]).max() > 1


def test_equal_plans_differ_in_nothing(world, everything):
    """Every share is zero in every block."""
    again = replace(everything)

    assert differing(everything, again) == ()
    for share in (by_channel, by_path):
        assert not any(blocks.any() for blocks in share(world, everything, again).values())


def test_without_causal_credibility_only_the_scenario_tells_plans_apart(world, leaves, everything):
    """kappa = 0: presence does nothing, in any channel; the shift of the odds is an assumption about the world."""
    shares = by_channel(world, leaves, everything, 0.0)

    assert [name for name, blocks in shares.items() if np.abs(blocks).max() > ROUNDING] == ["shift"]
    unshifted = replace(everything, shift=leaves.shift)
    assert not any(np.abs(b).max() > ROUNDING for b in by_channel(world, leaves, unshifted, 0.0).values())


@pytest.mark.parametrize("channel", ["host", "support", "shift"])
def test_a_plan_that_differs_in_one_channel_has_everything_there(world, leaves, everything, channel):
    """The whole difference, to the bit."""
    other = replace(leaves, **{channel: getattr(everything, channel)})
    shares = by_channel(world, leaves, other)

    assert differing(leaves, other) == (channel,)
    assert np.array_equal(shares[channel], _whole(world, leaves, other))
    assert not any(blocks.any() for name, blocks in shares.items() if name != channel)


def test_a_mission_that_leaves_later_differs_by_reach_and_by_shock(world, leaves, everything):
    """The two go together in a plan and are told apart here; without the effect of withdrawal the shock adds nothing."""
    other = replace(leaves, mission=everything.mission)

    assert differing(leaves, other) == ("mission", "shock")
    assert by_channel(world, leaves, other)["shock"].any()
    calm = world.with_effects({name: 0.0 for name in ("phi", "phi_r") if name in EFFECTS})
    assert not np.abs(by_channel(calm, leaves, other)["shock"]).max() > 1e-5


def test_without_coupling_there_is_no_spill_over(world, leaves, everything, priors):
    """A model without neighbours' and national memory, and a country without neighbours."""
    values = {"b0": -2.0, "b1": 0.5, "b2": 0.4, "c0": 1.0, "ln_xi": -1.0}
    alone = replace(world, fitted=Fitted.certain(values, world.panel.areas, priors))
    shares = by_path(alone, leaves, everything)

    assert not np.abs(shares["neighbours"]).max() > ROUNDING
    assert np.abs(shares["own-area"] - _whole(alone, leaves, everything)).max() < ROUNDING


def test_what_changes_in_one_area_reaches_the_others_through_coupling_alone(world, leaves, everything, priors):
    """A definition read in another area than the one that changed: everything comes through neighbours."""
    values = {"b0": -2.5, "b1": 0.5, "b4": 1.0, "b5": 0.8, "c0": 1.5, "ln_xi": -1.0}
    mission = np.array(leaves.mission)
    mission[0, 6:] = 0.8
    coupled = replace(
        world, fitted=Fitted.certain(values, world.panel.areas, priors), measures=(Measure(definition=AX, unit=3),)
    )
    shares = by_path(coupled, leaves, replace(leaves, mission=mission), 1.0)

    assert not shares["own-area"].any()
    assert shares["neighbours"].any()


def test_a_country_that_stays_settled_has_no_way_through_its_regime(world, leaves, everything, priors):
    """With regimes that move, a mission that leaves acts through them; with a country that cannot move, nothing does."""
    moving = by_path(world, leaves, everything, 1.0)["regime"]
    values = {name: world.fitted.value(name) for name in world.fitted.names} | {"L01": -50.0, "L12": -50.0}
    settled = replace(world, fitted=Fitted.certain(values, world.panel.areas, priors))
    assert np.abs(moving).max() > 0
    assert not by_path(settled, leaves, everything, 1.0)["regime"].any()


def test_risks_that_are_switched_on_act_through_the_regime_alone(world, leaves):
    """A scenario that begins with its plan differs in its switches too: they count as its shift, and move the country."""
    later = replace(leaves, switches=np.where(np.arange(MONTHS) >= 6, 2.0, 0.0))
    whole = _whole(world, leaves, later)
    assert differing(leaves, later) == ("shift",)
    assert np.array_equal(by_channel(world, leaves, later)["shift"], whole)

    paths = by_path(world, leaves, later)
    assert np.abs(whole).max() > 0
    assert np.array_equal(paths["regime"], whole)
    assert not paths["own-area"].any()
    assert not paths["neighbours"].any()


def test_common_luck_makes_the_difference_sharper(world, leaves, everything):
    """Of two plans that differ in one area: the error is below half of that of independent futures."""
    later = replace(leaves, mission=everything.mission)
    apart = replace(world, draws=replace(world.draws, seed=7))
    together = mean_and_error(_whole(world, leaves, later)[0])[1]
    independent = mean_and_error(apart.run(later)[0] - world.run(leaves)[0])[1]

    assert together < independent / 2


def test_a_known_effect_has_no_width_left(priors):
    """And the others keep theirs."""
    given = known(priors, {"phi": 0.1})

    assert given.of("phi").mean == 0.1
    assert given.of("phi").sd < 1e-6
    assert given.of("th_on") == priors.of("th_on")
    with pytest.raises(InvalidValue, match="normal"):
        known(priors, {"kappa": 0.5})


def test_paths_are_those_of_each_area_run_with_its_own_presence(world, leaves, priors):
    """Two coupled areas change, one is looked at: its own part is the mean of what it adds first and what it adds last."""
    values = {"b0": -2.5, "b1": 0.5, "b4": 1.0, "b5": 0.8, "c0": 1.5, "ln_xi": -1.0}
    coupled = replace(
        world, fitted=Fitted.certain(values, world.panel.areas, priors), measures=(Measure(definition=AX, unit=3),)
    )

    def staying(*areas: int) -> Presence:
        mission = np.array(leaves.mission)
        mission[list(areas), 6:] = 0.8
        return replace(leaves, mission=mission)

    none, own, other, both = (coupled.run(staying(*areas), 1.0) for areas in ((), (3,), (0,), (0, 3)))
    shares = by_path(coupled, staying(), staying(0, 3), 1.0)
    assert (own - none).any()
    assert (both - other - own + none).any()
    assert np.allclose(shares["own-area"], ((own - none) + (both - other)) / 2)
    assert np.allclose(shares["neighbours"], ((other - none) + (both - own)) / 2)


@pytest.mark.parametrize("effect", ["th_rg", "phi_r"])
def test_an_effect_on_the_country_acts_through_its_regime_alone(world, leaves, everything, effect):
    """Cover, or withdrawal, that moves the country and does nothing else."""
    alone = world.with_effects(dict.fromkeys(EFFECTS, 0.0) | {effect: 1.5})
    shares = by_path(alone, leaves, replace(leaves, mission=everything.mission), 1.0)
    assert np.abs(shares["regime"]).max() > 0
    assert not any(np.abs(shares[path]).max() > ROUNDING for path in PATHS[:2])
