"""Courses of a series: closed forms without noise, moments with it, and streams that leave the near months alone."""

from __future__ import annotations

import numpy as np
import pytest

from exitplan.domain.tables import MeasurementTable
from exitplan.engine.readiness.courses import DAMPING, Movement, months_ahead, movement, readings_ahead
from exitplan.engine.streams import stream
from tests.domain.samples import measured


def readings(values, **columns):
    """Monthly readings of one series."""
    return MeasurementTable.of(measured(list(values), **columns)).readings("I1")


def ahead(moves, gaps, *, courses=4000, name="test", **bounds):
    """Courses of one movement on a stream of its own."""
    return readings_ahead(moves, gaps, courses=courses, rng=stream(1, name), **bounds)


def test_a_constant_series_stays_what_it_is():
    """Nothing moved, so nothing is drawn to move."""
    drawn = ahead(movement(readings([72.0] * 24)), [1] * 12)

    assert np.all(drawn == 72.0)


@pytest.mark.parametrize("gap", [1, 3])
def test_a_line_goes_on_with_a_damped_slope(gap):
    """Closed form: between the strongest damping and none, and on average over the damping drawn, however often it is read."""
    drawn = ahead(movement(readings(40.0 + 0.5 * np.arange(36))), [gap] * 6, courses=40_000) - 57.5
    months = gap * np.arange(1, 7)
    least = np.array([sum(0.5 * DAMPING[0] ** step for step in range(1, h + 1)) for h in months])

    assert np.all(drawn >= least[:, None] - 1e-9)
    assert np.all(drawn <= 0.5 * months[:, None] + 1e-9)
    assert drawn.mean(axis=1) == pytest.approx([0.5 * mean_damped(h) for h in months], rel=0.01)


def mean_damped(months):
    """Months of full slope that a trend amounts to after so many months, on average over a damping uniform in DAMPING."""
    low, high = DAMPING
    return sum((high ** (j + 1) - low ** (j + 1)) / ((j + 1) * (high - low)) for j in range(1, months + 1))


def test_pure_noise_is_told_from_lasting_shocks():
    """Readings scattered around 50 have noise and hardly a shock; a random walk has shocks and little noise (200 series each)."""
    rng = stream(1, "truth")
    scattered = [movement(readings(50.0 + 4.0 * rng.standard_normal(36))) for _ in range(200)]
    wandering = [movement(readings(50.0 + np.cumsum(2.0 * rng.standard_normal(36)))) for _ in range(200)]

    assert np.mean([np.var(m.noise) for m in scattered]) == pytest.approx(16.0, rel=0.2)
    assert np.mean([m.shock_sd**2 for m in scattered]) < 4.0
    assert np.mean([m.shock_sd**2 for m in wandering]) == pytest.approx(4.0, rel=0.25)
    assert np.mean([np.var(m.noise) for m in wandering]) < 0.6


def moving(**fields):
    """A movement of nothing, unless told."""
    still = {"level": 0.0, "level_sd": 0.0, "slope": 0.0, "slope_sd": 0.0, "shock_sd": 0.0, "freedom": 1e9}
    return Movement(**(still | {"noise": np.zeros(3)} | fields))


def test_a_random_walk_spreads_with_the_root_of_time():
    """Closed form: variance h q, with the level known and no trend."""
    drawn = ahead(moving(shock_sd=2.0), [1, 1, 2], courses=40_000)

    assert drawn.std(axis=1) == pytest.approx(2.0 * np.sqrt([1, 2, 4]), rel=0.02)


def test_few_readings_widen_the_shocks():
    """Closed form: the variance of a t distribution, f / (f - 2)."""
    drawn = ahead(moving(shock_sd=2.0, freedom=12.0), [1], courses=200_000)

    assert drawn.var() == pytest.approx(4.0 * 12 / 10, rel=0.03)


def test_doubt_about_the_slope_grows_with_the_months():
    """The trend goes on as its damping says on average, and nobody knows it better further ahead."""
    drawn = ahead(moving(slope=1.0, slope_sd=0.5), [1] * 12, courses=40_000)

    assert drawn.mean(axis=1) == pytest.approx([mean_damped(h) for h in range(1, 13)], rel=0.02)
    assert np.all(np.diff(drawn.std(axis=1)) > 0.0)


@pytest.mark.slow
def test_four_of_five_outcomes_lie_in_the_middle_four_fifths():
    """Calibration on series made the other way round: shocks, noise, or both, 12 months ahead."""
    rng = stream(3, "calibration")
    inside = []
    for shock, noise in [(1.0, 0.0), (0.0, 2.0), (1.0, 2.0)]:
        for _ in range(150):
            truth = 50.0 + np.cumsum(shock * rng.standard_normal(48)) + noise * rng.standard_normal(48)
            drawn = ahead(movement(readings(truth[:36])), [1] * 12, courses=500)[-1]
            low, high = np.quantile(drawn, [0.1, 0.9])
            inside.append(low <= truth[-1] <= high)

    assert np.mean(inside) == pytest.approx(0.8, abs=0.06)


def test_counts_with_rare_peaks_keep_their_shape():
    """Three peaks in 36 quiet months: about one month in twelve lies above the bar ahead, not half of them."""
    values = np.zeros(36)
    values[[4, 17, 29]] = 12.0
    drawn = ahead(movement(readings(values)), [1] * 12, low=0.0)

    assert (drawn > 6.0).mean() == pytest.approx(3 / 36, abs=0.03)
    assert drawn.min() == 0.0


def test_readings_stay_inside_the_range():
    """A share is never above 100."""
    drawn = ahead(movement(readings(60.0 + np.arange(36))), [1] * 24, low=0.0, high=100.0)

    assert drawn.max() <= 100.0
    assert drawn.min() >= 0.0


def test_a_stated_interval_sets_the_least_noise_believed():
    """The same changes count as noise, not as shocks, where the source says its readings are that uncertain."""
    values = 50.0 + np.cumsum(2.0 * stream(1, "walk").standard_normal(36))
    sure = movement(readings(values))
    frame = measured(list(values))
    unsure = movement(
        MeasurementTable.of(frame.with_columns(low=frame["value"] - 3.0, high=frame["value"] + 3.0)).readings("I1")
    )

    assert np.std(unsure.noise) > np.std(sure.noise)
    assert unsure.shock_sd < sure.shock_sd


def test_only_the_last_36_months_count():
    """What happened before does not move the courses."""
    late = 50.0 + stream(1, "late").standard_normal(36)

    assert movement(readings([*([5.0, 95.0] * 12), *late])).shock_sd == movement(readings(late)).shock_sd


@pytest.mark.parametrize("count", [1, 5])
def test_too_few_readings_have_no_movement(count):
    """Fewer than six months with a reading say nothing about what comes."""
    assert movement(readings([50.0] * count)) is None


def test_a_longer_horizon_leaves_the_near_months_alone():
    """The near future of a run does not depend on how far it looks."""
    moves = movement(readings(50.0 + 3.0 * stream(1, "x").standard_normal(36)))

    assert np.array_equal(ahead(moves, [1] * 24)[:12], ahead(moves, [1] * 12))


def test_after_calm_comes_what_came_after_calm():
    """Months of war are not drawn while it is calm, where no war ever followed a calm month."""
    levels = np.log1p(np.array([400.0] * 24 + [0.0] * 12))
    drawn = months_ahead(levels, 24, courses=500, rng=stream(1, "violence"))

    assert drawn.min() >= 24


def test_a_return_seen_before_is_drawn_about_as_often():
    """Of eight calm months one was followed by war: a calm month is followed by war about once in eight."""
    pattern = [0.0] * 8 + [400.0] * 2
    levels = np.log1p(np.array(pattern * 12 + [0.0]))
    drawn = months_ahead(levels, 1, courses=20_000, rng=stream(1, "violence"))

    assert (levels[drawn] > 3.0).mean() == pytest.approx(1 / 8, abs=0.02)


def test_a_month_unlike_any_other_takes_the_nearest():
    """There is always a month to draw."""
    levels = np.array([0.0, 0.0, 0.0, 9.0])
    drawn = months_ahead(levels, 3, courses=50, rng=stream(1, "violence"))

    assert drawn.min() >= 1
    assert drawn.max() <= 3
