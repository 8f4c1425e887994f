"""Futures against closed forms, limit cases and themselves."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import fields, replace
from itertools import pairwise
from threading import Thread

import numpy as np
import pytest
from scipy.special import logit, ndtri
from scipy.stats import beta, binom, genpareto, norm

from exitplan.domain.errors import InvalidValue, NotFound
from exitplan.engine.stability.benchmarks import own_months
from exitplan.engine.stability.cover import Presence
from exitplan.engine.stability.definitions import A25, PRESETS, R25, custom
from exitplan.engine.stability.fit import Fitted, fit
from exitplan.engine.stability.futures import Draws, deaths_of, draw, draw_blocks, draw_past
from exitplan.engine.stability.panel import Panel
from exitplan.engine.stability.tally import EDGES, Tally, at_least_one, quantiles

ANY = custom("ANY", scope="country", threshold=1, window=1)
LN_XI = math.log(0.35)


def same(a: Tally, b: Tally) -> bool:
    """Whether two tallies agree in every bit."""
    pairs = [(getattr(a, f.name), getattr(b, f.name)) for f in fields(Tally)]
    return all(
        all(np.array_equal(x, y) for x, y in zip(p, q, strict=True)) if isinstance(p, tuple) else np.array_equal(p, q)
        for p, q in pairs
    )


def forgetful(priors, p: float, sigma: float = 2.0, areas: tuple[str, ...] = ("A",)) -> Fitted:
    """A model without memory: every month violent with chance p."""
    values = {"b0": math.log(p / (1 - p)), "c0": math.log(sigma), "ln_xi": LN_XI}
    return Fitted.certain(values, areas, priors)


@pytest.fixture
def one() -> Panel:
    """One quiet area."""
    return Panel(areas=("A",), start=24000, deaths=np.zeros((1, 24)))


def leaving(areas: int, horizon: int) -> Presence:
    """A mission that is gone after six months."""
    mission = np.full((areas, horizon + 1), 0.8)
    mission[:, 6:] = 0
    return Presence(mission=mission, host=np.zeros_like(mission), support=np.zeros_like(mission))


@pytest.mark.parametrize("p", [0.0005, 0.02, 0.3, 0.9])
def test_without_memory_the_first_violent_month_is_geometric(one, priors, p):
    """P(first month <= t) = 1 - (1 - p)^t, within four standard errors."""
    tally = draw(
        forgetful(priors, p), one, Presence.unchanged(1, 24), Draws(seed=1, futures=100_000, definitions=(ANY,))
    )
    for t in (1, 6, 12, 24):
        expected = 1 - (1 - p) ** t
        noise = math.sqrt(expected * (1 - expected) / tally.futures)
        assert abs(tally.by_month(0)[0, t - 1] - expected) < 4 * noise + 1e-5


def test_without_memory_violent_months_are_binomial(one, priors):
    """The number of violent months among 24 has the binomial's distribution."""
    deaths = deaths_of(forgetful(priors, 0.3), one, Presence.unchanged(1, 24), Draws(seed=2, futures=40_000))
    counted = np.bincount((deaths[:, 0] > 0).sum(axis=1), minlength=25) / deaths.shape[0]
    expected = binom.pmf(np.arange(25), 24, 0.3)
    assert np.all(np.abs(counted - expected) < 4.5 * np.sqrt(expected / deaths.shape[0]) + 1e-4)


def test_deaths_of_a_violent_month_are_floored_generalised_pareto(one, priors):
    """Mean and quantiles against scipy."""
    sigma, xi = 6.0, 0.35
    values = {"b0": 15.0, "c0": math.log(sigma), "ln_xi": math.log(xi)}
    model = Fitted.certain(values, ("A",), priors)
    tally = draw(model, one, Presence.unchanged(1, 12), Draws(seed=3, futures=100_000))
    k = np.arange(0, 1000)
    capped_mean = np.sum(genpareto.sf(k, xi, scale=sigma))
    n = tally.futures * 12
    assert abs(tally.means()[0, :12].mean() - capped_mean) < 5 * sigma * 3 / math.sqrt(n)
    for level in (0.05, 0.25, 0.5, 0.75):
        exact = math.floor(genpareto.ppf(level, xi, scale=sigma)) + 1
        assert quantiles(tally.shares()[0], (level,))[:, 0].tolist() == pytest.approx([exact] * 12, abs=1)


def test_the_cap_holds(one, priors):
    """No area-month has more than 1,000 deaths where the worst observed had fewer than 334."""
    model = Fitted.certain({"b0": 15.0, "c0": 6.0, "ln_xi": 0.5}, ("A",), priors)
    assert deaths_of(model, one, Presence.unchanged(1, 12), Draws(seed=3, futures=3200)).max() == 1000


def test_windows_cross_the_origin(priors):
    """Twenty-four observed deaths and one simulated make 25, until the observed ones leave the window."""
    deaths = np.zeros((1, 24))
    deaths[0, -3] = 24
    panel = Panel(areas=("A",), start=24000, deaths=deaths)
    rare = forgetful(priors, 0.05, sigma=1e-6)
    tally = draw(rare, panel, Presence.unchanged(1, 24), Draws(seed=4, futures=50_000, definitions=(R25, A25)))
    for definition in (0, 1):
        curve = tally.by_month(definition)[0]
        expected = 1 - 0.95**9
        assert curve[8] == pytest.approx(expected, abs=4 * math.sqrt(expected * (1 - expected) / tally.futures))
        assert curve[9:].max() - curve[8] < 1e-3


def test_what_the_origin_already_met_is_met_in_the_first_month(priors):
    """Thirty deaths two months ago: met at once, and only then counted once."""
    deaths = np.zeros((2, 24))
    deaths[1, -2] = 30
    panel = Panel(areas=("A", "B"), start=24000, deaths=deaths)
    tally = draw(
        forgetful(priors, 0.01, areas=("A", "B")), panel, Presence.unchanged(2, 12),
        Draws(seed=1, futures=3200, definitions=(R25, A25)),
    )  # fmt: skip
    assert tally.first[0][0, 0] == tally.futures
    assert tally.first[1][1, 0] == tally.futures
    assert tally.first[1][0, 0] == 0


def test_summaries_equal_those_of_the_single_futures(lively, priors):
    """Means, shares, totals and first months from every future by hand."""
    draws = Draws(seed=6, futures=960, definitions=PRESETS)
    model = fit(lively, priors)
    there = leaving(5, 18)
    tally, deaths = draw(model, lively, there, draws), deaths_of(model, lively, there, draws)
    whole = np.concatenate([deaths, deaths.sum(axis=1, keepdims=True)], axis=1)
    assert np.array_equal(tally.deaths[:, :-1], whole.sum(axis=0))
    assert np.array_equal(tally.deaths[:, -1], whole.sum(axis=(0, 2)))
    assert np.allclose(at_least_one(tally.shares()), (whole > 0).mean(axis=0))
    blocks = whole.reshape(30, 32, 6, 18).sum(axis=1)
    assert np.allclose(tally.errors()[:, :-1], (blocks / 32).std(axis=0, ddof=1) / math.sqrt(30))
    for d, definition in enumerate(PRESETS):
        seen = lively.deaths[:, -(definition.window - 1) :]
        run = np.concatenate([np.broadcast_to(seen, (960, *seen.shape)), deaths], axis=2)
        if definition.scope == "country":
            run = run.sum(axis=1, keepdims=True)
        total = np.cumsum(np.pad(run, ((0, 0), (0, 0), (1, 0))), axis=2)
        met = total[:, :, definition.window :] - total[:, :, : -definition.window]
        met = met >= definition.thresholds(lively)[None, :, None]
        by_month = np.maximum.accumulate(met, axis=2)
        assert np.allclose(tally.by_month(d), by_month.mean(axis=0))
        for k, mark in enumerate(tally.marks):
            assert tally.chance(d, 0, k).p == pytest.approx(by_month[:, 0, mark - 1].mean())


def test_without_causal_credibility_plans_are_equal_in_every_bit(lively, priors):
    """kappa = 0: leaving and staying are the same futures."""
    model, draws = fit(lively, priors), Draws(seed=1, futures=2000)
    stay = draw(model, lively, Presence.unchanged(5, 24), draws, kappa=0.0)
    assert same(stay, draw(model, lively, leaving(5, 24), draws, kappa=0.0))
    assert not same(stay, draw(model, lively, leaving(5, 24), draws, kappa=1.0))


@pytest.mark.parametrize("kappa", [None, 0.5, 1.0])
def test_a_presence_that_does_not_change_makes_no_difference(lively, priors, kappa):
    """A strong mission that stays, and none that stays away, give the same futures."""
    model, draws = fit(lively, priors), Draws(seed=1, futures=2000)
    strong = np.full((5, 25), 0.9)
    there = Presence(mission=strong, host=strong / 2, support=strong / 3)
    assert same(draw(model, lively, there, draws, kappa), draw(model, lively, Presence.unchanged(5, 24), draws, kappa))


def test_leaving_costs_and_support_helps_on_average(lively, priors):
    """With the shipped priors: leaving without successors has more deaths than staying, support takes some off."""
    model, draws = fit(lively, priors), Draws(seed=1, futures=8000)
    gone = leaving(5, 24)
    helped = replace(gone, support=np.where(np.arange(25) >= 6, 0.5, 0.0) * np.ones((5, 1)))
    runs = [draw(model, lively, p, draws, 1.0).means()[-1, -1] for p in (Presence.unchanged(5, 24), helped, gone)]
    assert runs[0] < runs[1] < runs[2]


def test_a_shift_of_the_odds_acts_without_causal_credibility(one, priors):
    """A scenario's ln 3 triples the odds; kappa does not shrink it."""
    shift = np.full((1, 13), math.log(3))
    nobody = np.zeros((1, 13))
    there = Presence(mission=nobody, host=nobody, support=nobody, shift=shift)
    tally = draw(forgetful(priors, 0.1), one, there, Draws(seed=1, futures=60_000), kappa=0.0)
    expected = 0.25
    assert at_least_one(tally.shares())[0].mean() == pytest.approx(expected, abs=0.005)


def test_one_two_and_three_threads_give_the_same_bits(lively, priors):
    """Whole numbers add up the same in any order."""
    model = fit(lively, priors)
    runs = [
        draw(model, lively, leaving(5, 24), Draws(seed=9, futures=20_000, threads=threads)) for threads in (1, 2, 3)
    ]
    assert same(runs[0], runs[1])
    assert same(runs[0], runs[2])


def test_more_futures_extend_the_same_futures(lively, priors):
    """The first thousand futures of a long run are those of a short one."""
    model, there = fit(lively, priors), leaving(5, 12)
    short = deaths_of(model, lively, there, Draws(seed=1, futures=320))
    long = deaths_of(model, lively, there, Draws(seed=1, futures=640))
    assert np.array_equal(short, long[:320])


@pytest.mark.parametrize("cuts", [(0, 157), (0, 64, 157), (0, 1, 3, 100, 157)])
def test_parts_add_up_to_the_whole_in_every_bit(lively, priors, cuts):
    """Blocks counted in any parts, in any order, are those of one run: parameters and luck belong to the block."""
    model, there, draws = fit(lively, priors), leaving(5, 24), Draws(seed=1, futures=5000)
    pairs = list(pairwise(cuts))[::-1]
    parts = [draw_blocks(model, lively, there, draws, first=a, blocks=b - a) for a, b in pairs]
    whole = parts[0]
    for part in parts[1:]:
        whole = whole + part
    assert same(whole, draw(model, lively, there, draws))


@pytest.mark.parametrize(("first", "blocks"), [(-1, 2), (0, 0), (0, 10**9)])
def test_blocks_that_are_none_are_refused(one, priors, first, blocks):
    """Before the first, none at all, beyond the last."""
    there, draws = Presence.unchanged(1, 6), Draws(seed=1)
    with pytest.raises(InvalidValue, match="blocks"):
        draw_blocks(forgetful(priors, 0.1), one, there, draws, first=first, blocks=blocks)


def test_drawing_stops_when_the_error_is_small_enough(lively, priors):
    """The largest error is within what was asked; a look earlier it was not; the futures are those of a run without."""
    model, there = fit(lively, priors), leaving(5, 24)
    wanted = Draws(seed=1, futures=200_000, error=0.006)
    tally = draw(model, lively, there, wanted)
    errors = [
        tally.chance(d, unit, mark).error
        for d, spread in enumerate(tally.spread)
        for unit in range(spread.shape[0])
        for mark in range(len(tally.marks))
    ]
    assert max(errors) == pytest.approx(tally.worst_error())
    assert tally.worst_error() <= 0.006
    assert 64 < tally.blocks < wanted.blocks
    assert draw(model, lively, there, Draws(seed=1, futures=(tally.blocks * 4 // 5 - 64) * 32)).worst_error() > 0.006
    assert same(tally, draw(model, lively, there, Draws(seed=1, futures=tally.futures)))


def test_where_it_stops_does_not_depend_on_threads(lively, priors):
    """One, two and three threads stop after the same futures."""
    model, there = fit(lively, priors), leaving(5, 24)
    runs = [draw(model, lively, there, Draws(seed=1, futures=90_000, error=0.008, threads=n)) for n in (1, 2, 3)]
    assert same(runs[0], runs[1])
    assert same(runs[0], runs[2])


def test_an_error_that_is_never_reached_draws_the_most(one, priors):
    """And one that nothing can tell, for want of definitions, too."""
    there = Presence.unchanged(1, 6)
    for more in ({"error": 1e-9}, {"error": 0.4, "definitions": ()}, {"error": 0.4, "marks": ()}):
        assert draw(forgetful(priors, 0.3), one, there, Draws(seed=1, futures=9000, **more)).blocks == 282


def test_progress_ends_at_all_when_the_error_stops_it(one, priors):
    """Whoever watches sees the end."""
    seen: list[tuple[int, int]] = []
    draws = Draws(seed=1, futures=100_000, error=0.4, progress=lambda done, total: seen.append((done, total)))
    assert draw(forgetful(priors, 0.1), one, Presence.unchanged(1, 6), draws).blocks == 64
    assert seen == [(64, 3125), (3125, 3125)]


def test_seeds_give_other_futures_within_monte_carlo_error(lively, priors):
    """Another seed differs, by no more than chance."""
    model, there = fit(lively, priors), Presence.unchanged(5, 24)
    a, b = (draw(model, lively, there, Draws(seed=s, futures=10_000)) for s in (1, 2))
    assert not same(a, b)
    gap = abs(a.means()[-1, -1] - b.means()[-1, -1])
    assert gap < 4.5 * math.hypot(a.errors()[-1, -1], b.errors()[-1, -1])


def test_adding_an_area_leaves_the_others_untouched(priors):
    """Without coupling, the futures of A and B are the same with C between them."""
    values = {"b0": -2.0, "b1": 0.8, "c0": 1.0, "c1": 0.4, "ln_xi": LN_XI}
    rng = np.random.default_rng(1)
    a, b, c = rng.poisson(0.5, (3, 24)).astype(float)
    two = Panel(areas=("A", "B"), start=0, deaths=np.stack([a, b]))
    three = Panel(areas=("A", "C", "B"), start=0, deaths=np.stack([a, c, b]))
    draws = Draws(seed=1, futures=640)
    before = deaths_of(Fitted.certain(values, two.areas, priors), two, Presence.unchanged(2, 24), draws)
    after = deaths_of(Fitted.certain(values, three.areas, priors), three, Presence.unchanged(3, 24), draws)
    assert np.array_equal(before, after[:, [0, 2]])


def test_draws_of_what_has_been_are_only_what_was_seen(lively):
    """Every drawn month is one of the area's last 36: their mean, and no bin that none of them fell in."""
    tally = draw_past(lively, 24, Draws(seed=1, futures=6400), own_months(lively, 36))
    for i in range(5):
        past = lively.deaths[i, -36:]
        assert abs(tally.means()[i, :24].mean() - past.mean()) < 5 * past.std() / math.sqrt(6400 * 24)
        seen = set(np.searchsorted(EDGES, past, side="right") - 1)
        assert set(np.flatnonzero(tally.months[i].sum(axis=0))) == seen


@pytest.mark.parametrize(
    ("past", "said"),
    [
        (None, r"\(0,\)"),
        (np.ones((4, 12)), r"\(4, 12\)"),
        (np.ones((5, 0)), r"\(5, 0\)"),
        (np.ones(12), r"\(12,\)"),
        (np.full((5, 12), -1.0), "-1.0"),
        (np.full((5, 12), np.nan), "nan"),
    ],
    ids=str,
)
def test_a_past_that_is_none_is_refused(lively, past, said):
    """Compiled code looks at no bounds: what lies beyond the end of a table would be drawn as deaths."""
    there, draws = Presence.unchanged(5, 6), Draws(seed=1, futures=64)
    with pytest.raises(InvalidValue, match=said):
        draw_blocks(None, lively, there, draws, first=0, blocks=2, past=past)


def test_no_month_that_was_passes_the_most_deaths(lively):
    """Twice as many as a future may have are drawn as the most."""
    tally = draw_past(lively, 6, Draws(seed=1, futures=64), np.full((5, 1), 2e9))
    assert tally.means()[0, 0] == 1e9


def _ends(work: Callable[[], object]) -> Exception | None:
    """What a piece of work raises; fails where it has not ended within half a minute."""
    raised: list[Exception] = []

    def run() -> None:
        try:
            work()
        except Exception as error:
            raised.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(30)
    assert not thread.is_alive()
    return raised[0] if raised else None


@pytest.mark.parametrize("threads", [1, 2])
def test_a_block_that_fails_ends_the_run(one, priors, monkeypatch, threads):
    """With its own error, whatever else waits for a thread: it must not wait for ever."""

    def fail(*_: object) -> None:
        raise MemoryError("no room")

    monkeypatch.setattr("exitplan.engine.stability.futures.run_blocks", fail)
    draws = Draws(seed=1, futures=64 * 32 * 50, threads=threads)
    found = _ends(lambda: draw(forgetful(priors, 0.1), one, Presence.unchanged(1, 6), draws))
    assert isinstance(found, MemoryError)


@pytest.mark.parametrize("symbol", ["th_on", "phi_r", "kappa"])
def test_a_missing_prior_is_told_before_anything_is_drawn(one, priors, monkeypatch, symbol):
    """No thread is started for it; causal credibility is not asked for where it is given."""
    monkeypatch.setattr("exitplan.engine.stability.futures.ThreadPoolExecutor", None)
    without = priors.model_copy(update={"priors": tuple(p for p in priors.priors if p.symbol != symbol)})
    model, there, draws = forgetful(without, 0.1), Presence.unchanged(1, 6), Draws(seed=1, futures=64)
    with pytest.raises(NotFound, match=symbol):
        draw(model, one, there, draws)
    monkeypatch.undo()
    if symbol == "kappa":
        assert draw(model, one, there, draws, 0.5).blocks == 2


def test_parameter_doubt_widens_the_interval(lively, priors):
    """The interval of a fitted model is wider than that of the same model held certain."""
    model = fit(lively, priors)
    sure = replace(model, root=np.zeros_like(model.root))
    definition = custom("D", scope="country", threshold=250, window=6)
    widths = []
    for m in (model, sure):
        tally = draw(
            m, lively, Presence.unchanged(5, 24), Draws(seed=1, futures=16_000, definitions=(definition,)), kappa=0.0
        )
        chance = tally.chance(0, 0, 2)
        assert 0 < chance.p < 1
        assert chance.low <= chance.p <= chance.high
        widths.append(chance.high - chance.low)
    assert widths[0] > 2 * widths[1]


def test_doubt_does_not_make_a_calm_country_explode(lively, priors):
    """Two years ahead, the mean stays within half as much again of that of the same model held certain."""
    deaths = np.concatenate([lively.deaths, np.zeros((5, 36))], axis=1)
    calm = Panel(areas=lively.areas, start=lively.start, deaths=deaths, neighbours=lively.neighbours)
    model = fit(calm, priors)
    sure = replace(model, root=np.zeros_like(model.root))
    draws = Draws(seed=1, futures=16_000)
    means = [draw(m, calm, Presence.unchanged(5, 24), draws, 0.0).means()[-1, 23] for m in (model, sure)]
    assert means[0] < 1.5 * means[1]


def test_progress_is_told_and_can_cancel(one, priors):
    """Blocks done never fall and end at all; an exception stops the run."""
    seen: list[tuple[int, int]] = []
    draws = Draws(seed=1, futures=10_000, progress=lambda done, total: seen.append((done, total)))
    draw(forgetful(priors, 0.1), one, Presence.unchanged(1, 6), draws)
    assert seen == sorted(seen)
    assert len(seen) > 1
    assert seen[-1] == (313, 313)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    for threads in (1, 2):
        with pytest.raises(KeyboardInterrupt):
            draw(forgetful(priors, 0.1), one, Presence.unchanged(1, 6), replace(draws, progress=stop, threads=threads))


def test_two_blocks_are_drawn_at_least(one, priors):
    """One future asked for is 64 drawn: the error has to come from somewhere."""
    tally = draw(forgetful(priors, 0.5), one, Presence.unchanged(1, 12), Draws(seed=1, futures=1))
    assert tally.futures == 64
    assert np.all(np.isfinite(tally.errors()))


def test_marks_beyond_the_horizon_are_left_out(one, priors):
    """Twelve months ahead, nothing is said about 24."""
    tally = draw(forgetful(priors, 0.1), one, Presence.unchanged(1, 12), Draws(seed=1, futures=32))
    assert tally.marks == (6, 12)


@pytest.mark.parametrize(
    "wrong",
    [
        {"seed": -1},
        {"futures": 0},
        {"futures": 10**12},
        {"threads": 0},
        {"error": 0.0},
        {"error": float("nan")},
        {"marks": (12, 6)},
        {"marks": (0, 6)},
        {"marks": (6, 6)},
    ],
)
def test_draws_that_make_no_sense_are_refused(wrong):
    """Every row of the table is a way to be wrong."""
    with pytest.raises(InvalidValue):
        Draws(**{"seed": 1, **wrong})


@pytest.mark.parametrize("kappa", [-0.1, 1.1, float("nan")])
def test_causal_credibility_outside_its_range_is_refused(one, priors, kappa):
    """A share."""
    with pytest.raises(InvalidValue):
        draw(forgetful(priors, 0.1), one, Presence.unchanged(1, 6), Draws(seed=1, futures=32), kappa)


def test_areas_that_do_not_agree_are_refused(one, priors):
    """Presence of two areas, model of other areas, horizon of a century."""
    draws = Draws(seed=1, futures=32)
    with pytest.raises(InvalidValue, match="presence"):
        draw(forgetful(priors, 0.1), one, Presence.unchanged(2, 6), draws)
    with pytest.raises(InvalidValue, match="fitted"):
        draw(forgetful(priors, 0.1, areas=("Z",)), one, Presence.unchanged(1, 6), draws)
    with pytest.raises(InvalidValue, match="horizon"):
        draw(forgetful(priors, 0.1), one, Presence.unchanged(1, 1200), draws)


def test_single_futures_are_kept_only_up_to_a_bound(one, priors):
    """Two hundred million numbers, not more."""
    with pytest.raises(InvalidValue, match="fewer"):
        deaths_of(forgetful(priors, 0.1), one, Presence.unchanged(1, 600), Draws(seed=1, futures=1_000_000))


def test_parameters_are_drawn_from_the_middle_six_tenths_of_their_doubt(one, priors):
    """Block by block, the odds of a violent month: as far as the 20 and 80 % points of their normal, and evenly between."""
    model = forgetful(priors, 0.5)
    root = np.zeros_like(model.root)
    root[0, 0] = 2.0
    deaths = deaths_of(
        replace(model, root=root), one, Presence.unchanged(1, 120), Draws(seed=1, futures=9600), kappa=0.0
    )
    drawn = logit((deaths > 0).reshape(300, -1).mean(axis=1)) / 2.0
    assert np.abs(drawn).max() == pytest.approx(ndtri(0.8), abs=0.1)
    levels = np.array([0.1, 0.25, 0.5, 0.75, 0.9])
    assert np.quantile(drawn, levels) == pytest.approx(ndtri(0.2 + 0.6 * levels), abs=0.12)


@pytest.mark.parametrize("kappa", [None, 1.0])
def test_effects_and_causal_credibility_are_drawn_as_they_are_believed(one, priors, kappa):
    """From deaths of every block: ln sigma falls by kappa th_sv dG; th_sv by its normal, or known and kappa by its beta."""
    mean, sd = (2.0, 1e-9) if kappa is None else (0.5, 0.4)
    believed = tuple(p.model_copy(update={"mean": mean, "sd": sd}) if p.symbol == "th_sv" else p for p in priors.priors)
    model = Fitted.certain({"b0": 40.0, "ln_xi": LN_XI}, ("A",), priors.model_copy(update={"priors": believed}))
    gone = np.array([[0.8] + [0.0] * 120])
    there = Presence(mission=gone, host=np.zeros_like(gone), support=np.zeros_like(gone))
    deaths = deaths_of(model, one, there, Draws(seed=1, futures=9600), kappa)
    above = (deaths > 1).reshape(300, -1).mean(axis=1)
    drawn = np.log(0.35 / (above**-0.35 - 1)) / 0.8
    levels = np.array([0.1, 0.25, 0.5, 0.75, 0.9])
    expected = mean * beta.ppf(levels, 3, 3) if kappa is None else norm.ppf(levels, mean, sd)
    assert np.quantile(drawn, levels) == pytest.approx(expected, abs=0.12)
