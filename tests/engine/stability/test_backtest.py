"""The rolling-origin test looks only back, and scores on real data."""

from __future__ import annotations

import csv
import gzip

import numpy as np
import pytest

from exitplan.domain.errors import InvalidValue
from exitplan.engine.stability.backtest import Backtest, Judged, forecasts, run
from exitplan.engine.stability.benchmarks import BENCHMARKS
from exitplan.engine.stability.panel import Panel, nearest


def test_benchmarks_draw_what_their_names_say(lively):
    """Zero, the last month's mean, months that were seen; shape (draws, areas, horizon)."""
    made = {name: make(lively, 12, 2000, 1) for name, make in BENCHMARKS.items()}
    assert {d.shape for d in made.values()} == {(2000, 5, 12)}
    assert not made["zero"].any()
    assert np.allclose(made["last-value"].mean(axis=(0, 2)), lively.deaths[:, -1], atol=0.15)
    for months in (12, 36):
        for i in range(5):
            assert set(np.unique(made[f"own-{months}"][:, i])) == set(lively.deaths[i, -months:])
    assert set(np.unique(made["area-bootstrap"])) == set(np.unique(lively.deaths[:, -12:]))
    assert np.allclose(made["own-all"].mean(axis=(0, 2)), lively.deaths.mean(axis=1), atol=0.3)


def test_forecasts_do_not_see_what_comes_after(lively, priors):
    """Other deaths after the origin change no draw before it."""
    other = lively.deaths.copy()
    other[:, 60:] = 77
    changed = Panel(areas=lively.areas, start=lively.start, deaths=other, neighbours=lively.neighbours)
    test = Backtest(origins=(lively.start + 59,), draws=64)
    at = lively.start + 59
    for (name, a), (_, b) in zip(
        forecasts(lively.until(at), priors, test), forecasts(changed.until(at), priors, test), strict=True
    ):
        assert np.array_equal(a, b), name


def test_every_forecaster_is_scored_on_the_same_cases(lively, priors):
    """Five areas, twelve months, two origins: 120 cases each, scores finite."""
    found = run(lively, priors, Backtest(origins=(lively.start + 47, lively.start + 59), draws=64))
    assert [s.forecaster for s in found] == ["pooled", "model", *BENCHMARKS]
    assert {s.cases for s in found} == {120}
    assert all(np.isfinite([s.crps, s.log_crps, s.ignorance, s.brier_any, s.log_loss_large]).all() for s in found)


def test_the_same_seed_gives_the_same_scores(lively, priors):
    """Bit by bit."""
    test = Backtest(origins=(lively.start + 47,), draws=64)
    assert run(lively, priors, test) == run(lively, priors, test)


@pytest.mark.parametrize("origin", [22, 84, 95])
def test_origins_without_room_are_refused(lively, priors, origin):
    """Twenty-four months before, the horizon after."""
    with pytest.raises(InvalidValue, match="origins"):
        run(lively, priors, Backtest(origins=(lively.start + origin,)))


@pytest.mark.parametrize(
    "wrong", [{"origins": ()}, {"horizon": 0}, {"origins": (24047, 24047)}, {"origins": (24059, 24047)}]
)
def test_a_test_that_makes_no_sense_is_refused(wrong):
    """Every row of the table is a way to be wrong."""
    with pytest.raises(InvalidValue):
        Backtest(**{"origins": (24047,), **wrong})


def test_cover_has_no_luck_in_it():
    """Ten draws 0 to 9 of one area and month: the observation 0 has the first two of eleven places, and so on."""
    deaths = np.arange(10)[:, None, None]
    judged = Judged.together([Judged.of(deaths, np.array([[y]], dtype=float)) for y in (0, 5, 12)])
    assert judged.covered(0.8) == pytest.approx([1 - 0.1 * 11 / 2, 1.0, 0.0])
    assert judged.score("x").covered_80 == pytest.approx((0.45 + 1) / 3)


@pytest.mark.slow
@pytest.mark.parametrize("country", ["SLE", "CAF", "MOZ"])
def test_real_area_months_are_forecast_better_than_by_recent_values(shared_data, priors, country):
    """Ignorance below "last value" and "own last 12 months" over yearly origins 1998 to 2020."""
    with (shared_data / "admin1" / "adm1_index.csv").open(encoding="utf-8") as file:
        index = [row for row in csv.DictReader(file) if row["iso3"] == country]
    at = {row["adm1_id"]: i for i, row in enumerate(index)}
    deaths = np.zeros((len(at), 32 * 12))
    with gzip.open(shared_data / "ucdp_ged_21_1_precise" / "ged211_precise_hosts_adm1_month.csv.gz", "rt") as file:
        for row in csv.DictReader(file):
            if row["adm1_iso3"] == country:
                year, month = map(int, row["month"].split("-"))
                deaths[at[row["adm1_id"]], (year - 1989) * 12 + month - 1] += int(row["best"])
    position = [np.array([float(row[name]) for row in index]) for name in ("lat", "lon")]
    panel = Panel(areas=tuple(at), start=1989 * 12, deaths=deaths, neighbours=nearest(*position))
    origins = tuple(year * 12 + 11 for year in range(1997, 2020, 2))
    scores = {s.forecaster: s.ignorance for s in run(panel, priors, Backtest(origins=origins, draws=320))}
    assert scores["pooled"] < scores["last-value"]
    assert scores["pooled"] < scores["own-12"]


def test_every_score_is_that_of_forecasts_from_the_months_before_its_origin(lively, priors):
    """`run` against forecasts made from the cut panel and judged one by one."""
    test = Backtest(origins=(lively.start + 47, lively.start + 59), draws=64)
    made = {o: dict(forecasts(lively.until(o), priors, test)) for o in test.origins}
    for score in run(lively, priors, test):
        name = score.forecaster
        parts = [
            Judged.of(made[o][name], lively.deaths[:, o - lively.start + 1 : o - lively.start + 13])
            for o in test.origins
        ]
        assert Judged.together(parts).score(name) == score
