"""
Draw futures of every area under a presence, and count them.

Each block of 32 futures uses one draw of the parameters (Laplace approximation for the fitted ones, priors for the effects
of presence, a beta for causal credibility), so the spread of the counts holds what is not known about the parameters.
Random numbers are keyed by seed, purpose, area, future and month: two presences with one seed see the same luck, and plans
are compared future by future. Method page: docs/methods/futures.md.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, ndtri

from exitplan.domain.errors import InvalidValue
from exitplan.domain.priors import Priors
from exitplan.engine import streams
from exitplan.engine.stability.cover import Presence
from exitplan.engine.stability.definitions import PRESETS, Definition
from exitplan.engine.stability.fit import OCCURRENCE, SEVERITY, Fitted
from exitplan.engine.stability.kernel import run_blocks
from exitplan.engine.stability.memory import remember
from exitplan.engine.stability.panel import Panel
from exitplan.engine.stability.tally import EDGES, LANES, Tally

MARKS = (6, 12, 24)
OWN_MONTHS = 36
"""Months of the area's own past that the history forecast draws from."""
OBSERVED = 11
"""Observed months that a rolling window may still hold."""
PIECE = 64
"""Blocks that one thread simulates between two looks at progress and cancel."""
LONGEST = 600
MOST_FUTURES = 100_000_000

CREDIBLE = 0.8
"""Central share of each direction of parameter doubt that is drawn from. Beyond it lie parameters under which violence feeds on
itself without end: few futures with them set the mean of a quiet country."""
EFFECTS = ("th_on", "th_co", "th_sv", "phi")
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
        Wanted number, rounded up to whole blocks of 32; two blocks at least, as errors come from their spread.
    definitions
        Definitions of renewed violence to test in every future.
    marks
        Months after the origin at which probabilities are asked for; those beyond the horizon are left out.
    threads
        Threads to use; the result does not depend on it.
    progress
        Called with (blocks done, blocks in all) between pieces. An exception raised in it cancels the run.
    """

    seed: int
    futures: int = 5000
    definitions: tuple[Definition, ...] = PRESETS
    marks: tuple[int, ...] = MARKS
    threads: int = 1
    progress: Progress | None = None

    def __post_init__(self) -> None:
        if not self.seed >= 0:
            raise InvalidValue("Draws.seed", self.seed, "zero or more")
        if not 1 <= self.futures <= MOST_FUTURES:
            raise InvalidValue("Draws.futures", self.futures, f"1 to {MOST_FUTURES:,}")
        if not self.threads >= 1:
            raise InvalidValue("Draws.threads", self.threads, "one thread or more")
        if list(self.marks) != sorted(set(self.marks)) or (self.marks and self.marks[0] < 1):
            raise InvalidValue("Draws.marks", self.marks, "growing months, the first 1 or later")

    @property
    def blocks(self) -> int:
        """Whole blocks of 32 futures, two at least."""
        return max(2, -(-self.futures // LANES))

    def marks_within(self, horizon: int) -> tuple[int, ...]:
        """The marks that the horizon reaches."""
        return tuple(mark for mark in self.marks if mark <= horizon)


def draw(fitted: Fitted, panel: Panel, presence: Presence, draws: Draws, kappa: float | None = None) -> Tally:
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

    Returns
    -------
    Tally
        Counts; the same bits for the same inputs on any number of threads.

    Raises
    ------
    InvalidValue
        When areas do not agree or kappa is outside its range.
    """
    return _run(_problem(fitted, panel, presence, draws), fitted, draws, kappa)


def draw_blocks(
    fitted: Fitted | None,
    panel: Panel,
    presence: Presence,
    draws: Draws,
    kappa: float | None = None,
    *,
    first: int,
    blocks: int,
) -> Tally:
    """
    A part of what `draw` simulates, or `draw_own_past` when no model is given: the blocks `first` to `first + blocks - 1`.

    Parts that cover all blocks once add up (`+`) to the whole tally, in every bit and in any order.

    Parameters
    ----------
    first, blocks
        First block, zero or more, and how many, one or more; a block holds 32 futures. Progress of the draws is not told.

    Raises
    ------
    InvalidValue
        As `draw`, and when there are no such blocks.
    """
    if not (first >= 0 and blocks >= 1 and first + blocks <= draws.blocks):
        raise InvalidValue("first, blocks", (first, blocks), f"blocks among the first {draws.blocks:,}")
    problem = _problem(fitted, panel, presence, draws)
    return _run(problem, fitted, replace(draws, progress=None), kappa, range(first, first + blocks))


def draw_own_past(panel: Panel, horizon: int, draws: Draws) -> Tally:
    """Draw every area's months from its own last 36, each equally likely and independent of the others."""
    return _run(_problem(None, panel, Presence.unchanged(len(panel.areas), horizon), draws), None, draws, None)


def deaths_of(
    fitted: Fitted | None, panel: Panel, presence: Presence, draws: Draws, kappa: float | None = None
) -> NDArray[np.int64]:
    """
    Deaths of every single future, for scoring and for files; never used for summaries.

    Returns
    -------
    np.ndarray
        Shape (futures, areas, horizon), whole deaths; from the area's own past when no model is given.

    Raises
    ------
    InvalidValue
        When more than 200 million numbers would be held.
    """
    size = draws.blocks * LANES * len(panel.areas) * presence.horizon
    if size > 200_000_000:
        raise InvalidValue("draws.futures", draws.futures, "fewer: at most 200 million area-months are held")
    problem = _problem(fitted, panel, presence, draws)
    kept = np.zeros((draws.blocks * LANES, len(panel.areas), presence.horizon), dtype=np.int64)
    parameters = _parameters(fitted, panel.areas, draws, kappa, 0, draws.blocks)
    run_blocks(0, draws.blocks, fitted is None, *parameters, *problem.inputs, *problem.empty_counts(), kept)
    return kept


@dataclass(frozen=True)
class _Problem:
    """Plain arrays for the kernel, in its order, and the shapes of its counts."""

    areas: tuple[str, ...]
    horizon: int
    marks: tuple[int, ...]
    definitions: tuple[Definition, ...]
    inputs: tuple[Any, ...]

    def empty_counts(self) -> tuple[NDArray[np.int64], ...]:
        """Counts of nothing: months, totals, deaths, square; first and spread for country and for area definitions."""
        places, units = len(self.areas) + 1, len(self.areas)
        country = sum(d.scope == "country" for d in self.definitions)
        area = len(self.definitions) - country
        shapes: tuple[tuple[int, ...], ...] = (
            (places, self.horizon, EDGES.size),
            (places, EDGES.size),
            (places, self.horizon + 1),
            (2, places, self.horizon + 1),
            (country, self.horizon + 1),
            (country, len(self.marks), LANES + 1),
            (area, units, self.horizon + 1),
            (area, units, len(self.marks), LANES + 1),
        )
        return tuple(np.zeros(shape, dtype=np.int64) for shape in shapes)


def _problem(fitted: Fitted | None, panel: Panel, presence: Presence, draws: Draws) -> _Problem:
    areas = len(panel.areas)
    if presence.mission.shape[0] != areas:
        raise InvalidValue("presence", presence.mission.shape[0], f"the panel's {areas} areas")
    if not presence.horizon <= LONGEST:
        raise InvalidValue("presence.horizon", presence.horizon, f"at most {LONGEST} months")
    if fitted is not None and fitted.names[len(fitted.names) - areas :] != tuple(f"alpha:{a}" for a in panel.areas):
        raise InvalidValue("fitted", fitted.names[12:], "a model of the panel's areas, in their order")

    memories = remember(panel)
    near_count = max(1, int((panel.neighbours > 0).sum(axis=1).max()))
    near_index = np.argsort(-panel.neighbours, axis=1, kind="stable")[:, :near_count].astype(np.int64)
    near_weight = np.take_along_axis(panel.neighbours, near_index, axis=1).astype(np.float32)
    deaths = np.ceil(panel.deaths).astype(np.int64)
    by_scope = {s: [d for d in draws.definitions if d.scope == s] for s in ("country", "area")}
    marks = draws.marks_within(presence.horizon)
    inputs = (
        np.ascontiguousarray(memories.own[:, :, -1], dtype=np.float32),
        np.ascontiguousarray(near_index),
        np.ascontiguousarray(near_weight),
        np.ascontiguousarray(presence.change, dtype=np.float32),
        np.ascontiguousarray(presence.shock, dtype=np.float32),
        np.ascontiguousarray(presence.shift[:, 1:], dtype=np.float32),
        streams.keys(draws.seed, "occurrence", panel.areas),
        streams.keys(draws.seed, "severity", panel.areas),
        max(1000, 3 * int(deaths.max())),
        np.ascontiguousarray(deaths[:, -OWN_MONTHS:]),
        np.ascontiguousarray(deaths[:, -OBSERVED:]),
        np.array([d.window for d in by_scope["country"]], dtype=np.int64),
        np.array([d.thresholds(panel)[0] for d in by_scope["country"]], dtype=np.int64),
        np.array([d.window for d in by_scope["area"]], dtype=np.int64),
        np.array([d.thresholds(panel) for d in by_scope["area"]], dtype=np.int64).reshape(-1, areas),
        np.array(marks, dtype=np.int64),
    )
    return _Problem(panel.areas, presence.horizon, marks, draws.definitions, inputs)


def _run(
    problem: _Problem, fitted: Fitted | None, draws: Draws, kappa: float | None, span: range | None = None
) -> Tally:
    if kappa is not None and not 0.0 <= kappa <= 1.0:
        raise InvalidValue("kappa", kappa, "a share in [0, 1]")
    nothing_kept = np.zeros((0, 0, 0), dtype=np.int64)
    counts = [problem.empty_counts() for _ in range(draws.threads)]
    span = range(draws.blocks) if span is None else span

    def work(thread: int, first: int) -> None:
        blocks = min(PIECE, span.stop - first)
        parameters = _parameters(fitted, problem.areas, draws, kappa, first, blocks)
        run_blocks(first, blocks, fitted is None, *parameters, *problem.inputs, *counts[thread], nothing_kept)

    with ThreadPoolExecutor(draws.threads) as pool:
        for first in range(span.start, span.stop, PIECE * draws.threads):
            starts = range(first, min(span.stop, first + PIECE * draws.threads), PIECE)
            list(pool.map(work, range(len(starts)), starts))
            if draws.progress is not None:
                draws.progress(min(span.stop, first + PIECE * draws.threads), draws.blocks)

    summed = [np.sum([c[k] for c in counts], axis=0) for k in range(len(counts[0]))]
    months, totals, deaths, square, country_first, country_spread, area_first, area_spread = summed
    months[:, :, 0] = len(span) * LANES - months[:, :, 1:].sum(axis=2)
    first_met = {"country": list(country_first[:, None]), "area": list(area_first)}
    spread = {"country": list(country_spread[:, None]), "area": list(area_spread)}
    return Tally(
        blocks=len(span),
        months=months,
        totals=totals,
        deaths=deaths,
        square=square,
        first=tuple(first_met[d.scope].pop(0) for d in problem.definitions),
        spread=tuple(spread[d.scope].pop(0) for d in problem.definitions),
        marks=problem.marks,
    )


def _parameters(
    fitted: Fitted | None, areas: tuple[str, ...], draws: Draws, kappa: float | None, first: int, blocks: int
) -> tuple[Floats32, Floats32, Floats32, Floats32]:
    """One draw of the parameters per block: occurrence, severity, levels and pulls of presence, float32."""
    if fitted is None:
        return tuple(np.zeros((blocks, n), dtype=np.float32) for n in (6, 6, len(areas), 4))  # type: ignore[return-value]
    at = np.arange(first, first + blocks, dtype=np.uint64)

    def luck(name: str) -> NDArray[np.float64]:
        return streams.uniforms(streams.key(draws.seed, "parameter", name), at)

    normal = np.stack([ndtri((1 - CREDIBLE) / 2 + CREDIBLE * luck(name)) for name in fitted.names])
    theta = fitted.mean[:, None] + np.einsum("pq,qb->pb", fitted.root, normal)
    occurrence = theta[: len(OCCURRENCE)]
    severity = theta[len(OCCURRENCE) : len(OCCURRENCE) + len(SEVERITY) + 1].copy()
    severity[-1] = np.exp(severity[-1])
    believed = _credibility(fitted.priors, luck("kappa")) if kappa is None else np.full(blocks, kappa)
    effects = [fitted.priors.of(name) for name in EFFECTS]
    pull = np.stack([believed * (p.mean + p.sd * ndtri(luck(p.symbol))) for p in effects])
    level = theta[len(fitted.names) - len(areas) :]
    return tuple(np.ascontiguousarray(x.T, dtype=np.float32) for x in (occurrence, severity, level, pull))  # type: ignore[return-value]


def _credibility(priors: Priors, luck: NDArray[np.float64]) -> NDArray[np.float64]:
    """Causal credibility from its beta prior, by inversion."""
    prior = priors.of("kappa")
    both = prior.mean * (1 - prior.mean) / prior.sd**2 - 1
    return np.asarray(betaincinv(prior.mean * both, (1 - prior.mean) * both, luck))
