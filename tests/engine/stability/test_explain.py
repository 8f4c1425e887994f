"""The result of `exitplan explain`, from a dossier: sums, limit cases, break-even values that are known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from exitplan.domain.errors import InvalidValue, NotFound
from exitplan.domain.kinds import Support
from exitplan.engine.stability.difference import World
from exitplan.engine.stability.explain import ASSUMPTIONS, Side, assumptions, explain, ranking
from exitplan.engine.stability.futures import EFFECTS
from exitplan.engine.stability.presence import Travel, presence
from exitplan.importers.priors import read_priors
from exitplan.usecases.answers import as_json
from tests.engine.stability import dossiers as d

SOON = Side(d.PLAN, {"CAMP": d.LAST + 3, "POST": d.LAST + 3})
LATER = Side(d.PLAN.model_copy(update={"code": "Q"}), {"CAMP": d.LAST + 12, "POST": d.LAST + 12})
OPTIONS = {"scenario": d.AS_PLANNED, "on": d.ON, "horizon": 24, "futures": 1280, "seed": 1, "points": 8}
BLOCKS = 40


@pytest.fixture(scope="module")
def result(priors):
    """Leaving in the third month against leaving in the twelfth."""
    return explain(d.dossier(), priors, side=SOON, against=LATER, definition="A25", area="N", by=12, **OPTIONS)


@pytest.mark.slow
def test_it_explains_deaths_and_a_definition(result):
    """Under both plans, with the day's origin and what everything rests on."""
    assert (result.plan, result.against, result.scenario, result.origin) == ("P", "Q", "AS", "2015-08")
    assert [(e.measure, e.definition, e.by_months) for e in result.explained] == [
        ("deaths", None, 24),
        ("chance", "A25", 12),
    ]
    assert [e.scope for e in result.explained] == ["country", "N"]
    assert result.futures == 1280
    assert result.areas == ("N", "S", "E")
    assert result.assumptions == ASSUMPTIONS


def test_shares_add_up_to_the_difference(result):
    """By channel and by path, within the rounding of six digits; the difference is that of the two plans."""
    for found in result.explained:
        assert found.difference.value == pytest.approx(found.plan.value - found.against.value, abs=2e-6)
        assert sum(c.added.value for c in found.channels) == pytest.approx(found.difference.value, abs=5e-6)
        assert sum(p.added.value for p in found.paths) == pytest.approx(found.difference.value, abs=5e-6)
        assert found.shown.value == pytest.approx(read_priors().pool.model * found.difference.value, abs=1e-6)
        assert [c.channel for c in found.channels if c.differs] == ["mission", "shock"]
        assert all(c.added.value == c.added.error == 0 for c in found.channels if not c.differs)


def test_every_number_has_its_error(result):
    """Differences are paired: an error is zero only where the number is."""
    deaths = result.explained[0]
    assert deaths.difference.value > 0
    for estimate in (deaths.plan, deaths.difference, *(s.at_low for s in deaths.swings), deaths.by_kappa[2].difference):
        assert estimate.error > 0


def test_the_weight_of_what_has_been_swings_as_it_must(result):
    """The shown difference is (1 - weight) of the model's; a closed form inside the result."""
    for found in result.explained:
        past = next(s for s in found.swings if s.code == "past")
        assert (past.low, past.high) == (0.3, 0.7)
        assert past.at_low.value == pytest.approx(0.7 * found.difference.value, abs=2e-6)
        assert past.at_high.value == pytest.approx(0.3 * found.difference.value, abs=2e-6)


def test_without_causal_credibility_there_is_no_difference(result):
    """And it grows with kappa here, so that the plans never change places."""
    for found in result.explained:
        none, half, all_of_it = (at.difference for at in found.by_kappa)
        assert (none.value, none.error) == (0.0, 0.0)
        assert 0 < half.value < all_of_it.value
        assert (found.verdict, found.flips) == ("no-flip", ())


def test_largest_swings_come_first_and_every_assumption_is_there(result):
    """Kappa, every effect of presence, P50, speed and what has been."""
    for found in result.explained:
        sizes = [abs(s.at_high.value - s.at_low.value) for s in found.swings]
        assert sizes == sorted(sizes, reverse=True)
        assert {s.code for s in found.swings} == {"kappa", *EFFECTS, "P50", "speed", "past"}


@pytest.mark.slow
def test_a_plan_against_itself_is_equal_in_everything(priors):
    """All zeros, with zero errors, and said so."""
    found = explain(d.dossier(), priors, side=SOON, against=SOON, **OPTIONS).explained
    for one in found:
        assert one.verdict == "equal"
        numbers = [one.difference, one.shown, *(c.added for c in one.channels), *(p.added for p in one.paths)]
        numbers += [e for s in one.swings for e in (s.at_low, s.at_high, s.first, s.total)]
        assert {(e.value, e.error) for e in numbers} == {(0.0, 0.0)}


@pytest.mark.slow
def test_a_plan_that_differs_in_support_alone_has_everything_under_support(priors):
    """The same closings, one with a guard force afterwards."""
    guard = Support(start="2015-12", end="2017-12", strength=0.5, half_life_months=6)
    helped = replace(SOON, plan=SOON.plan.model_copy(update={"code": "H", "support": (guard,)}))
    explained = explain(d.dossier(), priors, side=helped, against=SOON, **OPTIONS).explained
    assert explained[0].difference.value < 0
    for found in explained:
        shares = {c.channel: c.added for c in found.channels}
        assert shares["support"] == found.difference
        assert {c.channel for c in found.channels if c.differs} == {"support"}


@pytest.mark.slow
def test_equal_inputs_give_equal_bytes(priors, result):
    """The same again."""
    again = explain(d.dossier(), priors, side=SOON, against=LATER, definition="A25", area="N", by=12, **OPTIONS)

    assert as_json(again) == as_json(result)


@pytest.mark.slow
def test_progress_reaches_its_end(priors):
    """Every run of the futures is told once, and the last is the whole."""
    told: list[tuple[int, int]] = []
    explain(
        d.dossier(),
        priors,
        side=SOON,
        against=LATER,
        progress=lambda done, whole: told.append((done, whole)),
        **OPTIONS,
    )

    whole = told[-1][1]
    assert told == [(done, whole) for done in range(1, whole + 1)]


def test_it_can_be_cancelled_between_any_two_runs(priors, monkeypatch):
    """A plan with many areas, or the search for a change of places, takes long."""
    ran = []
    deaths = World.deaths
    monkeypatch.setattr(World, "deaths", lambda *given: ran.append(given) or deaths(*given))

    class Enough(Exception):
        pass

    def stop(done: int, whole: int) -> None:
        if done == 30:
            raise Enough

    with pytest.raises(Enough):
        explain(d.dossier(), priors, side=SOON, against=LATER, progress=stop, **OPTIONS)
    assert len(ran) == 30


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"by": 0}, InvalidValue),
        ({"by": 25}, InvalidValue),
        ({"definition": "R26"}, NotFound),
        ({"definition": "A25"}, InvalidValue),
        ({"definition": "A25", "area": "NOWHERE"}, NotFound),
        ({"definition": "R25", "area": "N"}, InvalidValue),
    ],
)
def test_what_cannot_be_asked_is_refused(priors, wrong, error):
    """Before anything is drawn."""
    with pytest.raises(error):
        explain(d.dossier(), priors, side=SOON, against=LATER, **OPTIONS, **wrong)


@pytest.mark.slow
def test_the_missions_own_definition_is_asked_where_none_is_named(priors):
    """By the horizon; this country meets it at once under either plan, and that is said."""
    _, found = explain(d.dossier(), priors, side=SOON, against=LATER, **OPTIONS).explained

    assert (found.definition, found.scope, found.by_months) == ("R25", "country", 24)
    assert (found.plan.value, found.verdict) == (1.0, "equal")


def _noise(size: float) -> np.ndarray:
    noise = np.random.default_rng(1).normal(0, size, BLOCKS)
    return noise - noise.mean()


def test_a_ranking_that_flips_is_found_where_it_flips():
    """A difference of 10 kappa (0.37 - kappa) has its root there; its error is the difference's by the slope."""
    noise = _noise(0.2)
    flips, verdict = ranking(lambda kappa: 10 * kappa * (0.37 - kappa) + noise * kappa)

    assert verdict == "flips"
    assert [f.kappa for f in flips] == pytest.approx([0.37], abs=1e-3)
    assert 0 < flips[0].error < 0.05


def test_two_flips_are_both_found():
    """The plans change places and back."""
    flips, _ = ranking(lambda kappa: (kappa - 0.25) * (kappa - 0.75) + _noise(0.01))

    assert [f.kappa for f in flips] == pytest.approx([0.25, 0.75], abs=1e-3)


@pytest.mark.parametrize(
    ("difference", "verdict"),
    [
        (lambda kappa: 3.0 * kappa + _noise(0.1) * kappa, "no-flip"),
        (lambda kappa: 0.01 * (kappa - 0.5) + _noise(1.0), "not-told-apart"),
        (lambda kappa: np.zeros(BLOCKS), "equal"),
    ],
)
def test_what_does_not_flip_is_said_plainly(difference, verdict):
    """A sign within two errors of zero is no sign."""
    assert ranking(difference) == ((), verdict)


def test_assumptions_swing_between_their_tenths(priors):
    """Normal and beta by their quantiles, P50 and speed between half and double."""
    found = {b.code: b for b in assumptions(priors)}

    assert found["phi"].high - found["phi"].low == pytest.approx(2 * 1.2815515655 * priors.of("phi").sd)
    assert found["kappa"].low == pytest.approx(1 - found["kappa"].high)
    assert found["P50"].low * found["P50"].high == pytest.approx(250.0**2)
    assert 125 < found["P50"].low < 250 < found["P50"].high < 500


def test_more_people_for_half_the_need_and_slower_travel_mean_less_reach():
    """What P50 and speed do to modelled presence; the usual values are those of `exitplan futures`."""
    asked = {"origin": d.LAST, "horizon": 6, "closings": {}}

    def reach(travel):
        return presence(d.dossier(), d.PLAN, d.AS_PLANNED, **asked, travel=travel).mission

    usual = reach(None)
    assert np.array_equal(usual, reach(Travel()))
    assert (reach(Travel(halving_personnel=500)) < usual).all()
    assert reach(Travel(speed=1.0))[2, 0] < usual[2, 0]
    with pytest.raises(InvalidValue, match=r"Travel\.speed"):
        Travel(speed=0.0)


def test_every_belief_about_presence_swings_the_difference(result):
    """No effect is left at its prior at both ends; kappa's tenths lie where the differences at 0, 0.5 and 1 have them."""
    deaths = result.explained[0]
    swings = {s.code: s for s in deaths.swings}
    assert all(swings[code].at_low != swings[code].at_high for code in ("kappa", "P50", *EFFECTS))
    none, half, all_of_it = (read_priors().pool.model * at.difference.value for at in deaths.by_kappa)
    assert none < swings["kappa"].at_low.value < half < swings["kappa"].at_high.value < all_of_it
