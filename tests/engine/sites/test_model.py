"""Chances of sites: what goes in, what must not, and that the parameters come back from data made with them."""

from __future__ import annotations

import numpy as np
import pytest

from exitplan.domain.risk_model import RiskModel
from exitplan.engine.binary.logistic import logistic
from exitplan.engine.binary.shipped import coefficients, shipped
from exitplan.engine.sites.around import RADII, Around, Points, around
from exitplan.engine.sites.backtest import benchmarks, left_out, other_outcomes, refitted
from exitplan.engine.sites.closures import Closures
from exitplan.engine.sites.history import history
from exitplan.engine.sites.model import MAIN, OUTCOMES, Outcome, site_risk
from exitplan.engine.sites.training import APART, Places, elsewhere, lessons, taught
from exitplan.engine.streams import stream
from exitplan.importers.risk_models import SITE_RISK, read_risk_model

MODEL = read_risk_model(SITE_RISK)


def _events(seed: int = 1, count: int = 400) -> Points:
    rng = stream(seed, "tests", "events")
    return Points(rng.uniform(-3, 3, count), rng.uniform(-3, 3, count), rng.integers(24000, 24200, count))


def _risk(latitude: list[float], month: list[int], events: Points) -> list[float]:
    near = around(np.array(latitude), np.zeros(len(latitude)), events)
    return [band.value for band in site_risk(near, np.array(month), MODEL)]


def test_events_from_the_month_of_closure_on_change_no_bit():
    """Taking them away, moving them, or adding a thousand changes nothing."""
    events, at = _events(), 24100
    before = events.month < at
    past = Points(events.latitude[before], events.longitude[before], events.month[before])
    more = Points(*(np.concatenate([a, b]) for a, b in zip(
        (past.latitude, past.longitude, past.month), (np.zeros(1000), np.zeros(1000), np.arange(at, at + 1000)), strict=True
    )))  # fmt: skip
    assert _risk([0.5], [at], events) == _risk([0.5], [at], past) == _risk([0.5], [at], more)


def test_a_site_beside_it_changes_no_bit():
    """Each closure has its own forecast, whoever else closes."""
    events = _events()
    both = _risk([0.5, -1.0], [24100, 24150], events)
    assert both == [*_risk([0.5], [24100], events), *_risk([-1.0], [24150], events)]


def test_violence_nearby_raises_the_chance_and_quiet_lowers_it():
    """The nearer and the later the event, the higher; without any, low; the interval holds the chance."""

    def after(latitude: float, month: int) -> float:
        return _risk([0.0], [24100], Points(np.array([latitude]), np.zeros(1), np.array([month])))[0]

    quiet = _risk([0.0], [24100], Points(*(np.zeros(0), np.zeros(0), np.zeros(0, dtype=np.int64))))[0]
    assert after(0.1, 24099) > after(0.1, 24080) > after(3.0, 24080) > quiet
    (band,) = site_risk(around(np.zeros(1), np.zeros(1), _events()), np.array([24100]), MODEL)
    assert 0 < band.low < band.value < band.high < 1


def test_a_shorter_window_and_a_smaller_circle_are_less_likely():
    """Four outcomes, one inside the other, at a place with some violence."""
    near = around(np.zeros(1), np.zeros(1), _events())
    by_code = {o.code: site_risk(near, np.array([24150]), MODEL, o)[0].value for o in OUTCOMES}
    assert by_code["event-50km-24m"] > by_code["event-50km-12m"] > by_code["event-25km-12m"]
    assert by_code["event-50km-24m"] > by_code["event-25km-24m"] > by_code["event-25km-12m"]


def _world(places: int = 300, months: int = 240) -> tuple[Places, Around]:
    """Places far apart whose chance of an event each month rests on how long it has been quiet."""
    rng = stream(3, "tests", "world")
    counts = np.zeros((places, months))
    since = np.full(places, 60.0)
    for month in range(months):
        hit = rng.random(places) < 0.25 * np.exp(-since / 15)
        hit |= rng.random(places) < 0.002
        counts[:, month] = hit
        since = np.where(hit, 0.0, since + 1)
    near = Around(24000, np.tile(counts[:, None, :], (1, len(RADII), 1)))
    spread = np.linspace(-80, 80, places)
    return Places(spread, np.linspace(-170, 170, places), np.arange(places) % 30), near


def _settings(**more: object) -> RiskModel:
    return MODEL.model_copy(update={"variables": ("since_50",), **more})


def test_a_planted_law_is_learnt():
    """Forecasts fitted on made-up places match the shares that come true among other made-up cases of the same quiet."""
    places, near = _world()
    fitted = refitted(places, near, _settings(), MAIN)
    data = taught(places, near, MAIN, ("since_50",))
    assert fitted.coefficients[1] < -0.3
    recent, long_ago = data.values[:, 0] < np.log(4), data.values[:, 0] > np.log(40)
    for rows in (recent, long_ago):
        assert fitted.chance(data.values[rows]).mean() == pytest.approx(data.happened[rows].mean(), abs=0.06)


def test_lessons_end_before_their_outcome_would_be_unknown():
    """Januaries only, two years of events behind each, and the whole window within the data."""
    _, near = _world()
    some = lessons(300, near, 24)
    assert {int(at) % 12 for at in some.at} == {0}
    assert (some.at.min(), some.at.max() + 24) == (24000 + 24, 24000 + 240)


def test_a_mission_left_out_teaches_nothing():
    """What happened in its own countries, in any year, does not move its forecasts by a bit; elsewhere it does."""
    places, near = _world()
    closures = Closures(np.array([5, 35, 100]), np.full(3, 24120), ("A", "A", "B"), np.array([True, False, True]))
    before = near.counts.copy()
    own, other = before.copy(), before.copy()
    own[(places.country == 5), :, 121:] = 1.0  # countries of mission A: places 5 and 35 lie in country 5
    other[(places.country == 7), :, 121:] = 1.0
    plain, mine, others = (
        left_out(places, Around(near.first, counts), closures, _settings())[0] for counts in (before, own, other)
    )
    assert plain[:2].tobytes() == mine[:2].tobytes()
    assert plain[2] != mine[2]
    assert plain[0] != others[0]


def test_places_across_a_border_are_left_out_too():
    """A circle of 50 km around a neighbour's site shares events with one around ours up to 100 km away."""
    places = Places(np.array([0.0, 0.85, 0.95, 5.0]), np.zeros(4), np.array([0, 1, 1, 0]))
    assert APART == 100
    assert elsewhere(places, np.array([0])).tolist() == [False, False, True, False]


def test_benchmarks_by_hand():
    """Each mission is forecast by what happened to the others."""
    counts = np.zeros((4, len(RADII), 60))
    counts[[0, 2], :, 20] = 1
    near = Around(24000, counts)
    closures = Closures(np.arange(4), np.full(4, 24030), ("A", "A", "B", "B"), np.array([True, False, True, True]))
    found = benchmarks(near, closures)
    assert found["base-rate"].tolist() == [1.0, 1.0, 0.5, 0.5]
    assert found["any-before"].tolist() == [1.0, 1.0, 1.0, 0.0]


def test_shipped_coefficients_come_back():
    """Six digits out, the same six digits in."""
    fitted = coefficients(MODEL.of(MAIN.code))
    again = coefficients(shipped(fitted, MAIN.code, 10))
    assert again.coefficients == pytest.approx(fitted.coefficients, rel=1e-5)
    assert again.covariance == pytest.approx(fitted.covariance, rel=1e-2, abs=1e-6)
    assert logistic(np.array([0.0]))[0] == 0.5
    assert Outcome(25, 12).ring == 0


def test_only_what_events_cover_is_counted_as_quiet():
    """Months before the first and after the last event are not known to be without."""
    near = Around(100, np.zeros((1, len(RADII), 50)))
    assert near.covers(np.array([123, 124, 150, 151]), before=24).tolist() == [False, True, True, False]
    assert near.covers(np.array([126, 127]), after=24).tolist() == [True, False]


def test_other_outcomes_count_closures_whose_window_is_known():
    """A closure a year before the last event is scored on twelve months and left out on twenty-four."""
    places, near = _world(60)
    last = near.first + near.months
    closures = Closures(
        np.array([5, 6, 7]), np.array([last - 24, last - 24, last - 12]), ("A", "B", "C"), np.ones(3, dtype=bool)
    )
    found = other_outcomes(places, near, closures, _settings(), (Outcome(50, 12), Outcome(50, 24), Outcome(50, 60)))
    assert [(o.outcome, o.cases) for o in found] == [("event-50km-12m", 3), ("event-50km-24m", 2)]


def test_the_chance_is_the_logistic_of_its_history_and_its_interval_that_of_the_coefficients():
    """By hand from the shipped numbers: 90 % of a normal on the scale of logits."""
    events, at = _events(), 24100
    near = around(np.array([0.5]), np.zeros(1), events)
    x = np.array([1.0, *history(near, np.array([0]), np.array([at]), MODEL.variables)[0]])
    fitted = coefficients(MODEL.of(MAIN.code))
    middle, reach = fitted.coefficients @ x, 1.6449 * np.sqrt(x @ fitted.covariance @ x)
    (band,) = site_risk(near, np.array([at]), MODEL)
    expected = 1 / (1 + np.exp(-np.array([middle, middle - reach, middle + reach])))
    assert [band.value, band.low, band.high] == pytest.approx(expected, rel=1e-3)
