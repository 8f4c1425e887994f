"""Exits are forecast without their own country, and scored against benchmarks worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from exitplan.engine.relapse.backtest import (
    Exits,
    active,
    benchmarks,
    compared,
    left_out,
    on_record,
    parts,
    short_records,
)
from exitplan.engine.relapse.model import relapse_risk
from exitplan.engine.relapse.training import MAIN, taught
from exitplan.engine.relapse.years import CountryYears
from exitplan.engine.streams import stream
from exitplan.importers.risk_models import RELAPSE, RELAPSE_OWN, read_risk_model
from tests.engine.relapse.around import surroundings

MODEL, OWN = read_risk_model(RELAPSE), read_risk_model(RELAPSE_OWN)


def _world(countries: int = 60, span: int = 60) -> CountryYears:
    """Countries in which conflict goes on with chance 0.8 and comes back with 0.06 a year."""
    rng = stream(5, "tests", "years")
    conflict = np.zeros((countries, span), dtype=bool)
    conflict[:, 0] = rng.random(countries) < 0.5
    for year in range(1, span):
        conflict[:, year] = rng.random(countries) < np.where(conflict[:, year - 1], 0.8, 0.06)
    deaths = conflict * 100.0
    return CountryYears(
        tuple(range(countries)), 1965, conflict, conflict & False, deaths, deaths, np.ones_like(conflict),
        surroundings(rng.random(conflict.shape) * 8),
    )  # fmt: skip


WORLD = _world()
EXITS = Exits(("A", "B", "C", "D"), np.array([0, 1, 2, 2]), np.array([40, 41, 42, 50]), np.zeros(4, dtype=bool))


def test_its_own_country_teaches_an_exit_nothing():
    """Turning round every later year of its country leaves its forecast as it was, and moves those of others."""
    turned = WORLD.conflict.copy()
    turned[0, 41:] = ~turned[0, 41:]
    other = replace(WORLD, conflict=turned)
    plain, changed = (left_out(of, EXITS, MODEL).probability for of in (WORLD, other))
    assert plain[0] == changed[0]
    assert plain[1] != changed[1]


def test_a_planted_law_is_learnt():
    """In a made-up world where only the last year matters, forecasts of quiet and of fighting countries come true as often."""
    data = taught(WORLD, MAIN, MODEL.variables)
    p = data.fitted(None, ridge=1.0, balance=0.0).chance(data.values)
    fighting = WORLD.conflict[data.country, data.year]
    for rows in (fighting, ~fighting):
        assert p[rows].mean() == pytest.approx(data.happened[rows].mean(), abs=0.02)
    assert p[~fighting].mean() == pytest.approx(1 - 0.94**5, abs=0.08)


def test_benchmarks_by_hand():
    """Other countries' exits of the same kind; two exits of one country do not teach each other."""
    group = np.array([0, 1, 2, 2])
    found = benchmarks(group, np.array([True, True, False, False]), np.array([True, False, True, False]))
    assert found["base-rate"] == pytest.approx([1 / 3, 2 / 3, 0.5, 0.5])
    assert found["active-or-quiet"] == pytest.approx([0.0, 1.0, 0.5, 0.5])


def test_active_and_on_record():
    """The exit year and the year before make an exit active; any earlier conflict puts one on record."""
    conflict = np.array([[0, 0, 1], [0, 1, 0], [1, 0, 0], [0, 0, 0]], dtype=bool)
    none = np.zeros(conflict.shape)
    of = CountryYears((1, 2, 3, 4), 2000, conflict, conflict & False, none, none, conflict | True)
    exits = Exits(("A", "B", "C", "D"), np.arange(4), np.full(4, 2), np.zeros(4, dtype=bool))
    assert active(of, exits).tolist() == [True, True, False, False]
    assert on_record(of, exits).tolist() == [True, True, True, False]


@pytest.fixture(scope="module")
def whole():
    """The parts of all exits."""
    return parts(WORLD, EXITS, MODEL, OWN, {MAIN.code: left_out(WORLD, EXITS, MODEL)}, seed=3)


@pytest.mark.slow
def test_parts_hold_all_exits_and_repeat_with_their_seed(whole):
    """Same seed, same bits; the model is the first forecaster."""
    assert whole == parts(WORLD, EXITS, MODEL, OWN, {MAIN.code: left_out(WORLD, EXITS, MODEL)}, seed=3)
    assert {part.part: part.exits for part in whole} == {"relapse": 4, "all": 4, "year-before": 4}
    assert [s.forecaster for s in whole[0].scores] == ["model", "own-record", "base-rate", "active-or-quiet"]


@pytest.mark.slow
def test_an_exit_from_a_border_counts_in_one_part_alone(whole):
    """The others are those of the exits without it, to the last bit."""
    found = {MAIN.code: left_out(WORLD, EXITS, MODEL)}
    border = replace(EXITS, border=np.array([False, False, False, True]))
    by = {part.part: part for part in parts(WORLD, border, MODEL, OWN, found, seed=3)}
    assert {name: part.exits for name, part in by.items()} == {"relapse": 3, "all": 3, "year-before": 3, "every": 4}
    assert by["every"] == {part.part: part for part in whole}["all"].model_copy(update={"part": "every"})
    fewer = Exits(EXITS.mission[:3], EXITS.country[:3], EXITS.year[:3], EXITS.border[:3])
    alone = {
        part.part: part for part in parts(WORLD, fewer, MODEL, OWN, {MAIN.code: left_out(WORLD, fewer, MODEL)}, seed=3)
    }
    assert by["all"] == alone["all"]


def test_a_year_earlier_the_exit_year_is_not_known():
    """Fighting in the exit year changes the forecast at its end and not the one of a year before; the outcome is the same."""
    changed = WORLD.conflict.copy()
    changed[EXITS.country, EXITS.year] ^= True
    other = replace(WORLD, conflict=changed)
    early = [
        left_out(of, Exits(("A",), EXITS.country[:1], EXITS.year[:1], EXITS.border[:1]), MODEL, back=1)
        for of in (WORLD, other)
    ]
    late = [
        left_out(of, Exits(("A",), EXITS.country[:1], EXITS.year[:1], EXITS.border[:1]), MODEL) for of in (WORLD, other)
    ]
    assert early[0].happened == early[1].happened
    assert (
        abs(early[0].probability - early[1].probability)[0] < 0.02 < abs(late[0].probability - late[1].probability)[0]
    )
    assert active(WORLD, EXITS, back=1).tolist() == active(other, EXITS, back=1).tolist()


def test_the_better_choice_of_variables_is_seen():
    """Where the last year alone tells what comes, knowing it beats knowing nothing of use."""
    scores = compared(WORLD, [("conflict",), ("memory_20",)], ridge=1.0, balance=0.0)
    assert scores["conflict",] < scores["memory_20",]


def test_the_shipped_chance_of_a_country_at_war_is_high_and_holds_its_interval():
    """Fighting now, or quiet for twenty years: far apart, each inside its interval."""
    conflict = np.zeros((2, 40), dtype=bool)
    conflict[0, 10:] = True
    conflict[1, :20] = True
    deaths = conflict * 500.0
    of = CountryYears(
        (1, 2), 1985, conflict, conflict & False, deaths, deaths, conflict | True, surroundings(deaths * 0 + 3)
    )
    fighting, quiet = relapse_risk(of, np.array([0, 1]), np.array([39, 39]), MODEL)
    assert fighting.value > 0.9
    assert quiet.value < 0.3
    assert all(band.low <= band.value <= band.high for band in (fighting, quiet))


def test_violent_neighbours_raise_the_shipped_chance_and_its_own_record_does_not_know_them():
    """The same quiet country, once beside peace and once beside war."""
    quiet = np.zeros((2, 40), dtype=bool)
    none = np.zeros(quiet.shape)
    of = CountryYears(
        (1, 2), 1985, quiet, quiet, none, none, quiet | True, surroundings(none + np.array([[0.0], [8.0]]))
    )
    beside = [relapse_risk(of, np.array([0, 1]), np.array([39, 39]), model) for model in (MODEL, OWN)]
    assert beside[0][1].value > 2 * beside[0][0].value
    assert beside[1][0] == beside[1][1]


def test_a_short_record_knows_its_own_years_and_no_others():
    """Ten years of each lesson: other years before them change no chance; with all years read as whole it is the whole record."""
    settings = {"ridge": 1.0, "balance": 0.0}
    data, short = short_records(WORLD, MAIN, ("quiet", "memory_20"), 10, **settings)
    rows = WORLD.last(data.country, data.year, 10, whole=False)
    fitted = {int(c): data.fitted(int(c), **settings) for c in np.unique(data.country)}
    some = np.flatnonzero(data.year > 30)[:40]
    for case in some:
        country, year = int(data.country[case]), int(data.year[case])
        past = WORLD.conflict[country, year - 9 : year + 1]
        assert rows.conflict[case].tolist() == past.tolist()
        calm = np.argmax(past[::-1]) if past.any() else 10
        weights = 2.0 ** (-np.arange(10)[::-1] / 20)
        values = np.array([[np.log1p(calm), weights @ past / weights.sum()]])
        assert short[False][case] == pytest.approx(fitted[country].chance(values)[0])
    assert np.any(short[True] != short[False])
