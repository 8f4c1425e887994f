"""No prior that serves a mission was learned from it, and nothing from what came later."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from exitplan.domain.errors import InvalidValue
from exitplan.engine.stability.backtest import Backtest, Judged, mixed
from exitplan.engine.stability.benchmarks import BENCHMARKS
from exitplan.engine.stability.leave_out import LeaveOut, _taught, best_single, left_out, pooled, rounded, skills
from exitplan.engine.stability.panel import Panel
from exitplan.engine.stability.recalibrate import learned
from exitplan.engine.stability.stack import judged
from exitplan.importers.priors import WEAK, read_priors

START = 2000 * 12
ORIGINS = tuple(START + 35 + 12 * k for k in range(5))


def histories(count=6, months=96):
    """Small countries, each with its own liveliness."""
    rng = np.random.default_rng(11)
    found = {}
    for k in range(count):
        violent = rng.random((3, months)) < 0.1 + 0.08 * k
        deaths = np.where(violent, 1 + rng.geometric(0.25, (3, months)), 0).astype(float)
        found[f"C{k}"] = Panel(areas=("A", "B", "C"), start=START, deaths=deaths)
    return found


@pytest.fixture(scope="module")
def weak():
    """Beliefs before any history."""
    return read_priors(WEAK)


@pytest.fixture(scope="module")
def how():
    """Five yearly origins; learned anew at every second one, so that weights are learned once."""
    return LeaveOut(test=Backtest(origins=ORIGINS, draws=64), relearn=2, groups=3)


@pytest.fixture(scope="module")
def outcome(weak, how):
    """The test on all six."""
    return left_out(histories(), weak, how)


def same(a: Judged, b: Judged, upto: int | None = None) -> bool:
    """Whether two records have the same bits, of the first cases alone where a number is given."""
    return all(
        np.array_equal(getattr(a, f)[:upto], getattr(b, f)[:upto]) for f in ("crps", "ignorance", "any", "below")
    )


def test_every_mission_is_forecast_by_every_forecaster(outcome):
    """Three areas, twelve months, five origins."""
    assert list(outcome.judged) == [f"C{k}" for k in range(6)]
    for by in outcome.judged.values():
        assert list(by) == ["pooled", "model", *BENCHMARKS]
        assert {j.crps.size for j in by.values()} == {3 * 12 * 5}
    assert sum(outcome.pool.weights) == pytest.approx(1)


def test_weights_are_learned_once_forecasts_have_come_due(outcome, weak):
    """By the fifth origin the outcomes of four are known, so each group was served with learned weights."""
    assert all(priors.pool.mark == "measured" for priors in outcome.served)
    assert all(priors.pool != weak.pool for priors in outcome.served)


@pytest.mark.slow
def test_a_mission_does_not_teach_itself(outcome, weak, how):
    """Other histories of the missions of one group move no bit of the priors that the group is served with."""
    changed = histories()
    for name in ("C1", "C4"):
        changed[name] = Panel(areas=("A", "B", "C"), start=START, deaths=changed[name].deaths[:, ::-1] * 3)
    found = left_out(changed, weak, how)
    assert found.served[1].priors == outcome.served[1].priors
    assert found.served[1].correlations == outcome.served[1].correlations
    assert found.served[0].priors != outcome.served[0].priors


@pytest.mark.slow
def test_later_months_move_no_earlier_forecast(outcome, weak, how):
    """Other deaths of every mission after the second origin's horizon change nothing of the first two origins."""
    cut = 35 + 12 + 12 + 1
    changed = {}
    for name, panel in histories().items():
        deaths = panel.deaths.copy()
        deaths[:, cut:] = 40
        changed[name] = Panel(areas=("A", "B", "C"), start=START, deaths=deaths)
    found = left_out(changed, weak, how)
    for name, by in outcome.judged.items():
        assert all(same(judged, found.judged[name][code], 3 * 12 * 2) for code, judged in by.items())
        assert not same(by["pooled"], found.judged[name]["pooled"])


@pytest.mark.slow
def test_whoever_works_the_bits_are_the_same(outcome, weak, how):
    """One after the other, or two at once."""
    with ThreadPoolExecutor(2) as pool:
        found = left_out(histories(), weak, how, each=pool.map)
    assert all(same(j, found.judged[m][code]) for m, by in outcome.judged.items() for code, j in by.items())
    assert found.pool == outcome.pool


@pytest.mark.slow
def test_the_map_of_a_mission_is_learned_from_others_forecasts_that_have_come_due(weak, how, outcome, monkeypatch):
    """At the fifth origin from the four before, of the four missions outside the group; nothing else of the test moves a bit."""
    lessons = []

    def spied(missions):
        lessons.append(missions)
        return learned(missions)

    monkeypatch.setattr("exitplan.engine.stability.leave_out.learned", spied)
    found = left_out(histories(), weak, replace(how, recalibrated=True))
    pools = {name: by["pooled"] for name, by in outcome.judged.items()}
    # Learned anew at the third origin, when two have come due: too few; and at the fifth, for each of three groups.
    assert len(lessons) == 3
    for group, missions in enumerate(lessons):
        others = [f"C{k}" for k in range(6) if k % 3 != group]
        assert [m.crps.size for m in missions] == [3 * 12 * 4] * 4
        assert all(same(m, pools[name], 3 * 12 * 4) for m, name in zip(missions, others, strict=True))
    for name, by in found.judged.items():
        assert all(same(by[code], judged) for code, judged in outcome.judged[name].items())
        assert same(by["recalibrated"], by["pooled"], 3 * 12 * 4)
    assert not all(same(by["recalibrated"], by["pooled"]) for by in found.judged.values())
    assert {s.against for s in skills(found.scores())} == {"model", *BENCHMARKS, "recalibrated"}


def test_skill_is_one_less_the_geometric_mean_of_ratios(outcome):
    """By hand for one benchmark and score; none against itself."""
    scores = outcome.scores()
    found = next(s for s in skills(scores) if (s.against, s.score) == ("zero", "ignorance"))
    ratios = [np.log(by["pooled"].ignorance / by["zero"].ignorance) for by in scores.values()]
    assert found.skill.value == pytest.approx(1 - np.exp(np.mean(ratios)))
    assert found.skill.low <= found.skill.value <= found.skill.high
    assert found.skill.level == 0.9
    assert found.won == sum(r < 0 for r in ratios)
    assert (found.missions, found.skipped) == (6, 0)
    assert "pooled" not in {s.against for s in skills(scores)}


def _crps_of(scores, ours, theirs):
    """The skill in CRPS against `zero`, with other scores of some missions."""
    changed = {
        name: by
        | {
            "pooled": replace(by["pooled"], crps=ours.get(name, by["pooled"].crps)),
            "zero": replace(by["zero"], crps=theirs.get(name, by["zero"].crps)),
        }
        for name, by in scores.items()
    }
    return next(s for s in skills(changed) if (s.against, s.score) == ("zero", "crps"))


def test_a_mission_whose_score_is_zero_is_skipped_and_counted(outcome):
    """On either side; the others say what they say without it. With one left there is no interval, with none no skill."""
    scores = outcome.scores()
    whole = _crps_of({k: v for k, v in scores.items() if k not in ("C0", "C1")}, {}, {})
    some = _crps_of(scores, {"C0": 0.0}, {"C1": 0.0})
    assert (some.missions, some.skipped) == (4, 2)
    assert (some.skill, some.won) == (whole.skill, whole.won)
    one = _crps_of(scores, {}, {f"C{k}": 0.0 for k in range(5)})
    assert (one.missions, one.skipped) == (1, 5)
    assert one.skill.level == 0
    assert one.skill.low == one.skill.value == one.skill.high
    none = _crps_of(scores, {f"C{k}": 0.0 for k in range(6)}, {})
    assert (none.skill, none.won, none.missions, none.skipped) == (None, 0, 0, 6)


@pytest.mark.parametrize(
    ("shares", "wanted"),
    [
        (
            (0.0004, 0.3333, 0.3333, 0.333),
            (0.0, 0.334, 0.333, 0.333),
        ),  # the first would have gone to 0.001 by taking the rest
        ((0.0002, 0.4999, 0.4999, 0.0), (0.0, 0.5, 0.5, 0.0)),
        ((0.25049, 0.25049, 0.25049, 0.24853), (0.251, 0.25, 0.25, 0.249)),
        ((0.62249, 0.08049, 0.16049, 0.13653), (0.623, 0.08, 0.16, 0.137)),
        ((0.0005, 0.3335, 0.3335, 0.3325), (0.0, 0.334, 0.334, 0.332)),  # too much, taken from one of the largest
    ],
)
def test_rounded_weights_sum_to_one(shares, wanted):
    """What rounding leaves goes to the largest; none falls below zero."""
    found = rounded(np.array(shares))
    assert found == list(wanted)
    assert sum(found) == pytest.approx(1, abs=1e-12)


def test_the_best_benchmark_is_chosen_once_for_all(outcome):
    """It has the smallest mean logarithm over missions."""
    scores = outcome.scores()
    best = best_single(scores, "crps")
    means = {code: np.mean([np.log(by[code].crps) for by in scores.values()]) for code in BENCHMARKS}
    assert means[best] == min(means.values())


def test_a_pool_takes_of_each_part_what_its_weight_gives():
    """Draws of each part, counted; no number of a draw twice."""
    parts = [np.full((1000, 1, 1), k) for k in range(3)]
    pool = mixed(parts, (0.5, 0.125, 0.375))
    assert pool.shape == (1000, 1, 1)
    assert [int((pool == k).sum()) for k in range(3)] == [500, 125, 375]


@pytest.mark.parametrize("wrong", [{"relearn": 0}, {"groups": 1}])
def test_settings_that_make_no_sense_are_refused(how, wrong):
    """Every row of the table is a way to be wrong."""
    with pytest.raises(InvalidValue):
        replace(how, **wrong)


def test_too_few_missions_are_refused(weak, how):
    """Nobody can be judged by what five others teach."""
    with pytest.raises(InvalidValue, match="missions"):
        left_out(histories(5), weak, how)


@pytest.fixture(scope="module")
def half_yearly():
    """Five origins half a year apart, forecasts a year long: what was forecast last is not yet known at the next origin."""
    origins = tuple(START + 35 + 6 * k for k in range(5))
    return LeaveOut(test=Backtest(origins=origins, draws=64), relearn=4, groups=3)


@pytest.mark.slow
def test_forecasts_that_are_not_due_teach_no_weight(weak, half_yearly):
    """Other months after the last origin move no draw of any origin, though weights were learned there."""
    cut = half_yearly.test.origins[-1] - START + 1
    later = {}
    for name, panel in histories().items():
        deaths = panel.deaths.copy()
        deaths[:, cut:] = 40
        later[name] = replace(panel, deaths=deaths, low=deaths, high=deaths)
    drawn = []
    for panels in (histories(), later):
        kept = {}
        found = left_out(panels, weak, half_yearly, keep=lambda m, o, deaths, kept=kept: kept.update({(m, o): deaths}))
        assert all(priors.pool.mark == "measured" for priors in found.served)
        drawn.append(kept)
    assert len(drawn[0]) == 6 * 5
    assert all(np.array_equal(drawn[0][key], drawn[1][key]) for key in drawn[0])


@pytest.mark.slow
def test_a_mission_is_served_with_what_its_own_group_did_not_teach(weak, half_yearly):
    """Seen where the work is handed out: four other histories and records a group, up to the origin; and each its group's priors."""
    handed, given = [], []

    def each(work, jobs):
        jobs = list(jobs)
        handed.append(jobs)
        given.append(list(map(work, jobs)))
        return given[-1]

    panels = histories()
    left_out(panels, weak, half_yearly, each=each)
    origins = half_yearly.test.origins
    taught = [at for at, jobs in enumerate(handed) if len(jobs) == 3]
    assert taught == [0, 5]
    for at, origin, due in ((0, origins[0], 0), (5, origins[4], 3)):
        for group, (some, records, _, _) in enumerate(handed[at]):
            others = [panel.until(origin) for k, panel in enumerate(panels.values()) if k % 3 != group]
            assert [p.deaths.tolist() for p in some] == [p.deaths.tolist() for p in others]
            assert [len(record) for record in records] == [due] * 4
    for at in (1, 6):
        assert all(job[2] is given[at - 1][k % 3] for k, job in enumerate(handed[at]))
    assert all(priors.pool == weak.pool for priors in given[0])


def test_a_mission_in_which_nothing_happened_has_no_voice_in_the_weights(outcome, weak):
    """The pool of two missions is the pool of the one that tells."""
    rng = np.random.default_rng(3)
    parts = [rng.poisson(rate, (200, 50)).astype(float) for rate in (1, 3, 3, 3)]
    telling, quiet = judged(parts, rng.poisson(1, 50)), judged([np.zeros((200, 50))] * 4, np.zeros(50))
    assert pooled([[telling], [quiet]], weak) == pooled([[telling]], weak)
    assert pooled([[quiet]], weak) == weak.pool


@pytest.mark.parametrize(("due", "learned"), [(0, False), (2, False), (3, True)])
def test_weights_are_learned_from_three_origins_that_are_due(weak, how, due, learned):
    """Before, those hold that were believed before learning."""
    rng = np.random.default_rng(4)
    record = [judged([rng.poisson(rate, (50, 30)).astype(float) for rate in (2, 4, 4, 4)], rng.poisson(2, 30))] * due
    assert (_taught(([], [record], weak, how.test)).pool != weak.pool) == learned
