"""
Rolling-origin test: fit on what was known, forecast the months after, score, move on.

At each origin the model sees the panel up to that month and nothing later. Area-months are scored one by one; years by
whether an area reached 25 deaths in them. The same draws, seed and rows are used for the model and for every benchmark.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from exitplan.domain.errors import InvalidValue
from exitplan.domain.priors import Priors
from exitplan.engine.stability import scores
from exitplan.engine.stability.benchmarks import BENCHMARKS, PARTS, Deaths
from exitplan.engine.stability.cover import Presence
from exitplan.engine.stability.fit import FitSettings, fit
from exitplan.engine.stability.futures import Draws, deaths_of
from exitplan.engine.stability.panel import Floats, Panel

MODEL, POOLED = "model", "pooled"
LARGE = 25
"""Deaths in the forecast window that make a year violent for an area."""
LEAST_BEFORE = 24
"""Months of data before the first origin."""


@dataclass(frozen=True, kw_only=True)
class Score:
    """Mean scores of one forecaster over all origins of a panel (see `engine.stability.scores`)."""

    forecaster: str
    cases: int
    crps: float
    log_crps: float
    ignorance: float
    brier_any: float
    brier_large: float
    log_loss_large: float
    interval_score: float
    covered_80: float
    covered_90: float


@dataclass(frozen=True, kw_only=True)
class Backtest:
    """
    How origins are rolled.

    Parameters
    ----------
    origins
        Month indices after which forecasts start, each later than the one before; each needs 24 months of data before and
        `horizon` after it.
    horizon
        Months ahead, 1 or more.
    draws
        Futures per forecast, rounded up to blocks of 32.
    seed
        Seed of the model's and benchmarks' draws.
    settings
        How history is read.
    """

    origins: tuple[int, ...]
    horizon: int = 12
    draws: int = 1000
    seed: int = 1
    settings: FitSettings = field(default_factory=FitSettings)

    def __post_init__(self) -> None:
        if not self.origins:
            raise InvalidValue("Backtest.origins", self.origins, "one month or more")
        if wrong := [pair for pair in pairwise(self.origins) if pair[0] >= pair[1]]:
            raise InvalidValue("Backtest.origins", wrong, "each month later than the one before")
        if not self.horizon >= 1:
            raise InvalidValue("Backtest.horizon", self.horizon, "one month or more")

    def check(self, panel: Panel) -> None:
        """Raise InvalidValue when an origin leaves too little of a panel before or after it."""
        first, last = panel.start + LEAST_BEFORE - 1, panel.origin - self.horizon
        wrong = [o for o in self.origins if not first <= o <= last]
        if wrong:
            raise InvalidValue("Backtest.origins", wrong, f"origins in [{first}, {last}]")


@dataclass(frozen=True, kw_only=True)
class Judged:
    """
    One forecaster's forecasts beside what happened, case by case. A case is an area-month, in the order of (area, month).

    Parameters
    ----------
    crps, log_crps, ignorance, interval_score
        Scores, shape (cases,).
    below, upto
        Ends of each case's probability integral transform (`scores.pit`), shape (cases,).
    any, was_any
        Probability of any death in the month, and whether there was one, shape (cases,).
    large, was_large
        Probability of 25 deaths or more over the horizon, and whether there were, shape (areas at origins,).
    """

    crps: Floats
    log_crps: Floats
    ignorance: Floats
    interval_score: Floats
    below: Floats
    upto: Floats
    any: Floats
    was_any: Floats
    large: Floats
    was_large: Floats

    @classmethod
    def of(cls, deaths: Deaths, happened: Floats) -> Judged:
        """Judge draws of shape (draws, areas, horizon) by deaths of shape (areas, horizon)."""
        draws, y = deaths.reshape(deaths.shape[0], -1).astype(np.float64), happened.ravel()
        below, upto = scores.pit(draws, y)
        return cls(
            crps=scores.crps(draws, y),
            log_crps=scores.log_crps(draws, y),
            ignorance=scores.ignorance(draws, y),
            interval_score=scores.interval_score(draws, y),
            below=below,
            upto=upto,
            any=(draws > 0).mean(axis=0),
            was_any=(y > 0).astype(np.float64),
            large=(deaths.sum(axis=2) >= LARGE).mean(axis=0),
            was_large=(happened.sum(axis=1) >= LARGE).astype(np.float64),
        )

    @classmethod
    def together(cls, parts: Sequence[Judged]) -> Judged:
        """Cases of several origins, one after the other."""
        return cls(**{name: np.concatenate([getattr(p, name) for p in parts]) for name in cls.__dataclass_fields__})

    def covered(self, level: float) -> Floats:
        """How much of each case's transform the central interval holds, shape (cases,)."""
        return scores.covered(self.below, self.upto, level)

    def score(self, forecaster: str) -> Score:
        """Means over all cases."""
        return Score(
            forecaster=forecaster,
            cases=self.crps.size,
            crps=float(self.crps.mean()),
            log_crps=float(self.log_crps.mean()),
            ignorance=float(self.ignorance.mean()),
            brier_any=float(scores.brier(self.any, self.was_any > 0).mean()),
            brier_large=float(scores.brier(self.large, self.was_large > 0).mean()),
            log_loss_large=float(scores.log_loss(self.large, self.was_large > 0).mean()),
            interval_score=float(self.interval_score.mean()),
            covered_80=float(self.covered(0.8).mean()),
            covered_90=float(self.covered(0.9).mean()),
        )


def run(
    panel: Panel, priors: Priors, test: Backtest, progress: Callable[[int, int], None] | None = None
) -> tuple[Score, ...]:
    """
    Score the pool, the model and every benchmark on one panel, under one set of priors.

    Returns
    -------
    tuple of Score
        The pool, the model, then the benchmarks.

    Raises
    ------
    InvalidValue
        When an origin leaves too little before or after it.
    """
    test.check(panel)
    judged: dict[str, list[Judged]] = {}
    for done, origin in enumerate(test.origins):
        seen = happened(panel, origin, test.horizon)
        for name, deaths in forecasts(panel.until(origin), priors, test):
            judged.setdefault(name, []).append(Judged.of(deaths, seen))
        if progress is not None:
            progress(done + 1, len(test.origins))
    return tuple(Judged.together(parts).score(name) for name, parts in judged.items())


def happened(panel: Panel, origin: int, horizon: int) -> Floats:
    """Whole deaths of the months after an origin, shape (areas, horizon)."""
    first = origin - panel.start + 1
    return np.ceil(panel.deaths[:, first : first + horizon])


def forecasts(panel: Panel, priors: Priors, test: Backtest) -> Iterable[tuple[str, Deaths]]:
    """Draws of every forecaster from the end of a panel, each of shape (draws, areas, horizon)."""
    model = drawn(panel, priors, test)
    known = {name: make(panel, test.horizon, model.shape[0], test.seed) for name, make in BENCHMARKS.items()}
    yield POOLED, mixed([model, *(known[name] for name in PARTS)], priors.pool.weights)
    yield MODEL, model
    yield from known.items()


def drawn(panel: Panel, priors: Priors, test: Backtest) -> Deaths:
    """Draws of the model from the end of a panel, nothing in presence changing: shape (draws, areas, horizon)."""
    draws = Draws(seed=test.seed, futures=test.draws, definitions=())
    there = Presence.unchanged(len(panel.areas), test.horizon)
    return deaths_of(fit(panel, priors, test.settings), panel, there, draws)


def mixed(parts: Sequence[Deaths], weights: Sequence[float]) -> Deaths:
    """A sample of a pool: of each part as many draws as its weight gives it, no draw's number taken twice."""
    ends = np.round(np.cumsum(weights) * parts[0].shape[0]).astype(int)
    starts = np.concatenate([[0], ends[:-1]])
    return np.concatenate([part[a:b] for part, a, b in zip(parts, starts, ends, strict=True)])
