"""
Draw futures of every area under a presence, and count them.

Each block of 32 futures uses one draw of the parameters (Laplace approximation for the fitted ones, priors for the effects
of presence, a beta for causal credibility), so the spread of the counts holds what is not known about the parameters.
Random numbers are keyed by seed, purpose, area, future and month: two presences with one seed see the same luck, and plans
are compared future by future. Method page: docs/methods/futures.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, expit, ndtri

from exitplan.domain.errors import InvalidValue
from exitplan.domain.priors import Priors
from exitplan.engine import streams
from exitplan.engine.stability.beliefs import MOVES, OCCURRENCE, SEVERITY, level_of
from exitplan.engine.stability.cover import Presence
from exitplan.engine.stability.definitions import PRESETS, Definition
from exitplan.engine.stability.fit import SETTLED, Fitted
from exitplan.engine.stability.kernel import NEAR_AT_ONCE, run_blocks
from exitplan.engine.stability.memory import remember
from exitplan.engine.stability.panel import Floats, Panel
from exitplan.engine.stability.policy import MUCH, Policy
from exitplan.engine.stability.regimes import REGIMES
from exitplan.engine.stability.tally import EDGES, LANES, Tally

MARKS = (6, 12, 24)
OBSERVED = 11
"""Observed months that a rolling window may still hold."""
PIECE = 64
"""Blocks that one thread simulates between two looks at progress and cancel."""
LONGEST = 600
MOST_DEATHS = 1_000_000_000
"""Deaths of one area-month that no future passes, whatever was observed."""
MOST_FUTURES = 100_000_000

CREDIBLE = 0.6
"""Central share of each direction of parameter doubt that is drawn from. Beyond it lie parameters under which violence feeds on
itself without end: few futures with them set the mean of a quiet country."""
AREA_EFFECTS = ("th_on", "th_co", "th_sv", "phi")
"""Effects of presence in an area: of cover on onset, continuation and severity, and of withdrawal."""
REGIME_EFFECTS = ("th_rg", "phi_r")
"""Effects of presence on the country's regime: of cover, and of withdrawal."""
EFFECTS = (*AREA_EFFECTS, *REGIME_EFFECTS)
KAPPA = "kappa"
"""Causal credibility."""
Progress = Callable[[int, int], None]
Floats32 = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Draws:
    """
    How many futures, from which seed, what to ask of them.

    Parameters
    ----------
    seed
        Zero or more.
    futures
        Wanted number, rounded up to whole blocks of 32; two blocks at least, as errors come from their spread. With an
        `error` it is the most.
    definitions
        Definitions of renewed violence to test in every future.
    marks
        Months after the origin at which probabilities are asked for; those beyond the horizon are left out.
    threads
        Threads to use; the result does not depend on it.
    error
        Largest Monte Carlo standard error wanted among the probabilities of all definitions, places and marks; above zero.
        It is looked at after fixed numbers of blocks (64, 64 more each time up to 512, then about a quarter more), and drawing stops there.
        Without it, all futures are drawn.
    progress
        Called with (blocks done, blocks in all) between pieces. An exception raised in it cancels the run.
    """

    seed: int
    futures: int = 5000
    definitions: tuple[Definition, ...] = PRESETS
    marks: tuple[int, ...] = MARKS
    threads: int = 1
    error: float | None = None
    progress: Progress | None = None

    def __post_init__(self) -> None:
        if not self.seed >= 0:
            raise InvalidValue("Draws.seed", self.seed, "zero or more")
        if not 1 <= self.futures <= MOST_FUTURES:
            raise InvalidValue("Draws.futures", self.futures, f"1 to {MOST_FUTURES:,}")
        if not self.threads >= 1:
            raise InvalidValue("Draws.threads", self.threads, "one thread or more")
        if self.error is not None and not self.error > 0:
            raise InvalidValue("Draws.error", self.error, "a standard error above zero")
        if list(self.marks) != sorted(set(self.marks)) or (self.marks and self.marks[0] < 1):
            raise InvalidValue("Draws.marks", self.marks, "growing months, the first 1 or later")

    @property
    def blocks(self) -> int:
        """Whole blocks of 32 futures, two at least."""
        return max(2, -(-self.futures // LANES))

    def marks_within(self, horizon: int) -> tuple[int, ...]:
        """The marks that the horizon reaches."""
        return tuple(mark for mark in self.marks if mark <= horizon)


def draw(
    fitted: Fitted,
    panel: Panel,
    presence: Presence,
    draws: Draws,
    kappa: float | None = None,
    policy: Policy | None = None,
) -> Tally:
    """
    Simulate the model from the panel's origin.

    Parameters
    ----------
    fitted
        The model, fitted on this panel's areas.
    panel
        History up to the origin: where the memories and rolling windows start.
    presence
        Who is there in each future month; its horizon is the horizon of the futures.
    draws
        Seed, number, definitions, marks.
    kappa
        Causal credibility in [0, 1]; when left out, one value per block is drawn from its prior.
    policy
        When areas are left by what happens in them; the presence then says how it is while everybody stays.

    Returns
    -------
    Tally
        Counts; the same bits for the same inputs on any number of threads.

    Raises
    ------
    InvalidValue
        When areas or months do not agree or kappa is outside its range.
    NotFound
        When the model's priors have no such effect of presence, or no causal credibility where it is to be drawn.
    """
    return _drawn(_problem(fitted, panel, presence, draws, kappa, policy), fitted, draws, kappa)


def draw_blocks(
    fitted: Fitted | None,
    panel: Panel,
    presence: Presence,
    draws: Draws,
    kappa: float | None = None,
    policy: Policy | None = None,
    *,
    first: int,
    blocks: int,
    past: Floats | None = None,
) -> Tally:
    """
    A part of what `draw` simulates: the blocks `first` to `first + blocks - 1`, whatever number the draws ask for.

    Parts that cover all blocks once add up (`+`) to the tally of `draw`, in every bit and in any order; without a model, and
    with the months of a past, to that of `draw_past`.

    Parameters
    ----------
    fitted
        None to draw from the months of a past; presence, kappa and policy then say nothing.
    first, blocks
        First block, zero or more, and how many, one or more; a block holds 32 futures. The error of the draws is not looked
        at; progress is told as blocks of all that they ask for.
    past
        Deaths to draw from without a model, as in `draw_past`.

    Raises
    ------
    InvalidValue, NotFound
        As `draw` and `draw_past`, and when there are no such blocks.
    """
    if not (first >= 0 and blocks >= 1 and (first + blocks) * LANES <= MOST_FUTURES + LANES):
        raise InvalidValue("first, blocks", (first, blocks), f"blocks of 32 among the first {MOST_FUTURES:,} futures")
    there = presence if fitted else Presence.unchanged(len(panel.areas), presence.horizon)
    problem = _problem(fitted, panel, there, draws, kappa, policy, past)
    return _counted(problem, fitted, draws, kappa, first, blocks)


def draw_past(panel: Panel, horizon: int, draws: Draws, past: Floats) -> Tally:
    """
    Draw every area's months from months that have been, each equally likely and independent of the others.

    Parameters
    ----------
    past
        Deaths to draw from, one row per area, shape (areas, depth) with one month or more:
        `benchmarks.own_months` or `benchmarks.all_months`. Rounded up to whole deaths.

    Raises
    ------
    InvalidValue
        When the past has another shape, or a number of deaths that is none.
    """
    there = Presence.unchanged(len(panel.areas), horizon)
    return _drawn(_problem(None, panel, there, draws, past=past), None, draws, None)


def deaths_of(
    fitted: Fitted,
    panel: Panel,
    presence: Presence,
    draws: Draws,
    kappa: float | None = None,
    policy: Policy | None = None,
) -> NDArray[np.int64]:
    """
    Deaths of every single future, for scoring and for files; never used for summaries.

    Returns
    -------
    np.ndarray
        Shape (futures, areas, horizon), whole deaths.

    Raises
    ------
    InvalidValue
        When more than 200 million numbers would be held, presence speaks of other areas, or kappa is outside [0, 1].
    NotFound
        When a prior that futures need is missing.
    """
    size = draws.blocks * LANES * len(panel.areas) * presence.horizon
    if size > 200_000_000:
        raise InvalidValue("draws.futures", draws.futures, "fewer: at most 200 million area-months are held")
    problem = _problem(fitted, panel, presence, draws, kappa, policy)
    kept = np.zeros((draws.blocks * LANES, len(panel.areas), presence.horizon), dtype=np.int64)
    parameters = _parameters(fitted, presence, draws, kappa, 0, draws.blocks)
    run_blocks(0, draws.blocks, False, *parameters, *problem.inputs, *problem.empty_counts(), kept)
    return kept


class Inputs(NamedTuple):
    """What every block shares, in the order and with the names of `kernel.run_blocks`, which tells what each is."""

    start_regime: Floats32
    key_start: np.uint64
    key_regime: np.uint64
    start: Floats32
    near_index: NDArray[np.int64]
    near_weight: Floats32
    change: Floats32
    shock: Floats32
    shift: Floats32
    key_any: NDArray[np.uint64]
    key_size: NDArray[np.uint64]
    most: int
    past: NDArray[np.int64]
    observed: NDArray[np.int64]
    observed_country: NDArray[np.int64]
    country_before: NDArray[np.int64]
    area_before: NDArray[np.int64]
    gated: bool
    earliest: NDArray[np.int64]
    calm: NDArray[np.int64]
    bar: NDArray[np.int64]
    order: NDArray[np.int64]
    slots: int
    pause: bool
    first_streak: NDArray[np.int64]
    gone: Floats32
    shocks: Floats32
    people_stay: Floats
    people_gone: Floats
    people_shocks: Floats
    switches: Floats
    country_window: NDArray[np.int64]
    country_bar: NDArray[np.int64]
    area_window: NDArray[np.int64]
    area_bar: NDArray[np.int64]
    marks: NDArray[np.int64]


class Parameters(NamedTuple):
    """One draw of the parameters per block, in the order and with the names of `kernel.run_blocks`."""

    occurrence: Floats32
    severity: Floats32
    level: Floats32
    pull: Floats32
    lifts: Floats32
    moves: Floats32
    drives: Floats


@dataclass(frozen=True)
class _Problem:
    """Plain arrays for the kernel, and the shapes of its counts."""

    areas: tuple[str, ...]
    presence: Presence
    marks: tuple[int, ...]
    definitions: tuple[Definition, ...]
    inputs: Inputs

    def empty_counts(self) -> tuple[NDArray[np.int64], ...]:
        """Counts of nothing, in the kernel's order; first and spread for country and for area definitions."""
        places, units = len(self.areas) + 1, len(self.areas)
        country = sum(d.scope == "country" for d in self.definitions)
        area = len(self.definitions) - country
        shapes: tuple[tuple[int, ...], ...] = (
            (self.presence.horizon, 3),
            (units, self.presence.horizon + 1),
            (places, self.presence.horizon, EDGES.size),
            (places, EDGES.size),
            (places, self.presence.horizon + 1),
            (2, places, self.presence.horizon + 1),
            (country, self.presence.horizon + 1),
            (country, len(self.marks), LANES + 1),
            (area, units, self.presence.horizon + 1),
            (area, units, len(self.marks), LANES + 1),
        )
        return tuple(np.zeros(shape, dtype=np.int64) for shape in shapes)

    def tally(self, blocks: int, counts: Sequence[NDArray[np.int64]]) -> Tally:
        """The kernel's counts of so many blocks, with definitions in the order asked for."""
        regimes, leaving, months, totals, deaths, square, country_first, country_spread, area_first, area_spread = (
            counts
        )
        months[:, :, 0] = blocks * LANES - months[:, :, 1:].sum(axis=2)
        first_met = {"country": list(country_first[:, None]), "area": list(area_first)}
        spread = {"country": list(country_spread[:, None]), "area": list(area_spread)}
        return Tally(
            blocks=blocks,
            regimes=regimes,
            leaving=leaving,
            months=months,
            totals=totals,
            deaths=deaths,
            square=square,
            first=tuple(first_met[d.scope].pop(0) for d in self.definitions),
            spread=tuple(spread[d.scope].pop(0) for d in self.definitions),
            marks=self.marks,
        )


def _problem(
    fitted: Fitted | None,
    panel: Panel,
    presence: Presence,
    draws: Draws,
    kappa: float | None = None,
    policy: Policy | None = None,
    past: Floats | None = None,
) -> _Problem:
    areas = len(panel.areas)
    if kappa is not None and not 0.0 <= kappa <= 1.0:
        raise InvalidValue("kappa", kappa, "a share in [0, 1]")
    if presence.mission.shape[0] != areas:
        raise InvalidValue("presence", presence.mission.shape[0], f"the panel's {areas} areas")
    if not presence.horizon <= LONGEST:
        raise InvalidValue("presence.horizon", presence.horizon, f"at most {LONGEST} months")
    if fitted is None:
        past = _checked_past(past, areas)
    else:
        levels = tuple(level_of(area) for area in panel.areas)
        modelled = tuple(name for name in fitted.names if name.startswith(level_of("")))
        if modelled != levels:
            raise InvalidValue("fitted", modelled, "a model of the panel's areas, in their order")
        # Asked for here, so that a missing one fails before any thread starts.
        for symbol in EFFECTS if kappa is not None else (*EFFECTS, KAPPA):
            fitted.priors.of(symbol)
        past = np.zeros((areas, 0))
    regime = np.array(SETTLED if fitted is None else fitted.regime, dtype=np.float64)
    if regime.shape != (3,) or not (np.all(regime >= 0) and abs(regime.sum() - 1) < 1e-6):
        raise InvalidValue("fitted.regime", regime.tolist(), "three probabilities that sum to 1")

    memories = remember(panel)
    near_index, near_weight = _near(panel.neighbours)
    deaths = np.ceil(panel.deaths).astype(np.int64)
    by_scope = {s: [d for d in draws.definitions if d.scope == s] for s in ("country", "area")}
    observed = np.ascontiguousarray(deaths[:, -OBSERVED:])
    marks = draws.marks_within(presence.horizon)
    inputs = Inputs(
        start_regime=regime.astype(np.float32),
        key_start=np.uint64(streams.key(draws.seed, "regime-start")),
        key_regime=np.uint64(streams.key(draws.seed, "regime")),
        start=np.ascontiguousarray(memories.own[:, :, -1], dtype=np.float32),
        near_index=np.ascontiguousarray(near_index),
        near_weight=np.ascontiguousarray(near_weight),
        change=np.ascontiguousarray(presence.change.T, dtype=np.float32),
        shock=np.ascontiguousarray(presence.shock.T, dtype=np.float32),
        shift=np.ascontiguousarray(presence.shift[:, 1:].T, dtype=np.float32),
        key_any=streams.keys(draws.seed, "occurrence", panel.areas),
        key_size=streams.keys(draws.seed, "severity", panel.areas),
        most=min(MOST_DEATHS, max(1000, 3 * int(deaths.max()))),
        past=np.ascontiguousarray(np.ceil(past), dtype=np.int64),
        observed=observed,
        observed_country=observed.sum(axis=0),
        country_before=np.array(
            [observed[:, OBSERVED + 1 - d.window :].sum() for d in by_scope["country"]], dtype=np.int64
        ),
        area_before=np.array(
            [observed[:, OBSERVED + 1 - d.window :].sum(axis=1) for d in by_scope["area"]], dtype=np.int64
        ).reshape(-1, areas),
        **_gates(policy, presence, panel),
        switches=presence.switches,
        country_window=np.array([d.window for d in by_scope["country"]], dtype=np.int64),
        country_bar=np.array([d.thresholds(panel)[0] for d in by_scope["country"]], dtype=np.int64),
        area_window=np.array([d.window for d in by_scope["area"]], dtype=np.int64),
        area_bar=np.array([d.thresholds(panel) for d in by_scope["area"]], dtype=np.int64).reshape(-1, areas),
        marks=np.array(marks, dtype=np.int64),
    )
    return _Problem(panel.areas, presence, marks, draws.definitions, inputs)


def _checked_past(past: Floats | None, areas: int) -> Floats:
    """The months to draw from. Raises InvalidValue."""
    found = np.asarray(np.zeros(0) if past is None else past, dtype=np.float64)
    if found.ndim != 2 or found.shape[0] != areas or found.shape[1] < 1:
        raise InvalidValue("past", found.shape, f"deaths of shape ({areas}, months) with one month or more")
    wrong = ~((found >= 0) & np.isfinite(found))
    if wrong.any():
        raise InvalidValue("past", float(found[wrong][0]), "deaths of zero or more")
    return np.asarray(np.minimum(found, MOST_DEATHS))


def _gates(policy: Policy | None, presence: Presence, panel: Panel) -> dict[str, Any]:
    """A policy by the kernel's names; empty tables without one."""
    if policy is None:
        nobody, nothing = np.zeros(0, dtype=np.int64), np.zeros((0, 0))
        return {
            "gated": False,
            **dict.fromkeys(("earliest", "calm", "bar", "order", "first_streak"), nobody),
            "slots": 1,
            "pause": False,
            "gone": nothing.astype(np.float32),
            "shocks": np.zeros((0, 0, 0), dtype=np.float32),
            "people_stay": nothing,
            "people_gone": nothing,
            "people_shocks": np.zeros((0, 0, 0)),
        }
    stay, gone, shocks = policy.tables(presence)
    share = presence.people / presence.people.sum()
    return {
        "gated": True,
        "earliest": policy.earliest - 1,
        "calm": policy.calm,
        "bar": np.minimum(policy.bar, MUCH).astype(np.int64),
        "order": np.array(policy.order, dtype=np.int64),
        "slots": policy.slots,
        "pause": policy.pause,
        "first_streak": policy.streak(panel),
        "gone": np.ascontiguousarray(gone, dtype=np.float32),
        "shocks": np.ascontiguousarray(shocks, dtype=np.float32),
        "people_stay": np.ascontiguousarray(share * stay),
        "people_gone": np.ascontiguousarray(share * gone),
        "people_shocks": np.ascontiguousarray(share * shocks),
    }


def _near(weights: Floats) -> tuple[NDArray[np.int64], Floats32]:
    """Neighbours of each area and their weights, filled up with weightless ones to as many as the kernel adds at once."""
    most = int((weights > 0).sum(axis=1).max())
    count = NEAR_AT_ONCE * max(1, -(-most // NEAR_AT_ONCE))
    order = np.argsort(-weights, axis=1, kind="stable")[:, :count]
    found = np.take_along_axis(weights, order, axis=1)
    spare = ((0, 0), (0, count - order.shape[1]))
    return np.pad(order, spare).astype(np.int64), np.pad(found, spare).astype(np.float32)


def _drawn(problem: _Problem, fitted: Fitted | None, draws: Draws, kappa: float | None) -> Tally:
    return until_error(draws, lambda first, blocks: _counted(problem, fitted, draws, kappa, first, blocks))


def until_error(draws: Draws, count: Callable[[int, int], Tally]) -> Tally:
    """
    Futures until the wanted error is reached, looked at after fixed numbers of blocks; all of them where none is wanted.

    Parameters
    ----------
    count
        Counts so many blocks from a first one on, or so many of each of several histories.
    """
    most, done = draws.blocks, 0
    found: Tally | None = None
    for upto in (most,) if draws.error is None else _looks(most):
        part = count(done, upto - done)
        found, done = (found + part if found else part), upto
        if draws.error is not None and found.worst_error() <= draws.error:
            break
    assert found is not None
    if done < most and draws.progress is not None:
        draws.progress(most, most)
    return found


def _looks(most: int) -> Iterator[int]:
    """Numbers of blocks after which the error is looked at: a quarter more each time, in whole pieces, then all."""
    reached = PIECE
    while reached < most:
        yield reached
        reached += PIECE * max(1, reached // (4 * PIECE))
    yield most


def _counted(
    problem: _Problem, fitted: Fitted | None, draws: Draws, kappa: float | None, first: int, blocks: int
) -> Tally:
    """Counts of one run of blocks. Pieces go to whichever thread is free; counts are whole numbers, so nothing shows it."""
    nothing_kept = np.zeros((0, 0, 0), dtype=np.int64)
    counts = [problem.empty_counts() for _ in range(draws.threads)]
    free: SimpleQueue[int] = SimpleQueue()
    for slot in range(draws.threads):
        free.put(slot)

    def work(start: int) -> int:
        slot, size = free.get(), min(PIECE, first + blocks - start)
        try:
            parameters = _parameters(fitted, problem.presence, draws, kappa, start, size)
            run_blocks(start, size, fitted is None, *parameters, *problem.inputs, *counts[slot], nothing_kept)
        finally:
            # Also of a piece that failed: the next one, begun before it was called off, would wait for ever.
            free.put(slot)
        return size

    done = first
    with ThreadPoolExecutor(draws.threads) as pool:
        try:
            for piece in as_completed([pool.submit(work, start) for start in range(first, first + blocks, PIECE)]):
                done += piece.result()
                if draws.progress is not None:
                    draws.progress(done, draws.blocks)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    for others in counts[1:]:
        for ours, theirs in zip(counts[0], others, strict=True):
            ours += theirs
    return problem.tally(blocks, counts[0])


def _parameters(
    fitted: Fitted | None, presence: Presence, draws: Draws, kappa: float | None, first: int, blocks: int
) -> Parameters:
    """One draw of the parameters per block: it does not depend on which others are drawn with it, in any bit."""
    if fitted is None:
        areas, horizon = presence.change.shape

        def unused(*shape: int) -> Floats32:
            return np.zeros((blocks, *shape), dtype=np.float32)

        return Parameters(
            occurrence=unused(len(OCCURRENCE)),
            severity=unused(len(SEVERITY) + 1),
            level=unused(areas),
            pull=unused(len(AREA_EFFECTS)),
            lifts=unused(len(REGIMES) + 1),
            moves=unused(horizon, len(MOVES)),
            drives=np.zeros((blocks, len(MOVES) + len(REGIME_EFFECTS))),
        )
    at = np.arange(first, first + blocks, dtype=np.uint64)

    def luck(name: str) -> Floats:
        return streams.uniforms(streams.key(draws.seed, "parameter", name), at)

    theta = np.repeat(fitted.mean[:, None], blocks, axis=1)
    doubtful = np.flatnonzero(fitted.root.any(axis=0))
    families = streams.keys(draws.seed, "parameter", tuple(fitted.names[q] for q in doubtful))
    normal = ndtri((1 - CREDIBLE) / 2 + CREDIBLE * streams.uniforms(families[:, None], at))
    for q, drawn_q in zip(doubtful, normal, strict=True):
        theta += fitted.root[:, q, None] * drawn_q
    drawn = dict(zip(fitted.names, theta, strict=True))
    believed = _credibility(fitted.priors, luck(KAPPA)) if kappa is None else np.full(blocks, kappa)
    priors = [fitted.priors.of(name) for name in EFFECTS]
    effects = {p.symbol: believed * (p.mean + p.sd * ndtri(luck(p.symbol))) for p in priors}
    cover, shock = (effects[name] for name in REGIME_EFFECTS)
    tense = np.exp(drawn["u1"])

    def by_block(parts: list[Floats]) -> Floats32:
        return np.ascontiguousarray(np.moveaxis(np.stack(parts), -1, 0), dtype=np.float32)

    return Parameters(
        occurrence=by_block([drawn[name] for name in OCCURRENCE]),
        severity=by_block([*(drawn[name] for name in SEVERITY), np.exp(drawn["ln_xi"])]),
        level=by_block([values for name, values in drawn.items() if name.startswith(level_of(""))]),
        pull=by_block([effects[name] for name in AREA_EFFECTS]),
        lifts=by_block([np.zeros(blocks), tense, tense + np.exp(drawn["u2"]), drawn["psi"]]),
        moves=by_block(_moves(drawn, cover, shock, presence)),
        drives=np.ascontiguousarray(np.stack([*(drawn[name] for name in MOVES), cover, shock], axis=1)),
    )


def _moves(drawn: dict[str, Floats], cover: Floats, shock: Floats, presence: Presence) -> list[Floats]:
    """Chances of 0 to 1, 1 to 0, 1 to 2 and 2 to 1, per month: shape (4, blocks) each."""
    change, shocked, switch = (x[:, None] for x in (presence.country_change, presence.country_shock, presence.switches))
    up = switch - cover * change + shock * shocked
    calmer, worse = (np.exp(np.clip(x, -60.0, 60.0)) for x in (drawn["L10"] - up, drawn["L12"] + up))
    stay = 1.0 + calmer + worse
    return list(np.stack([expit(drawn["L01"] + up), calmer / stay, worse / stay, expit(drawn["L21"] - up)], axis=1))


def _credibility(priors: Priors, luck: Floats) -> Floats:
    """Causal credibility from its beta prior, by inversion."""
    prior = priors.of(KAPPA)
    both = prior.mean * (1 - prior.mean) / prior.sd**2 - 1
    return np.asarray(betaincinv(prior.mean * both, (1 - prior.mean) * both, luck))
