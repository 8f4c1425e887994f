"""
Rolling-origin test: fit on what was known, forecast the months after, score, move on.

At each origin the model sees the panel up to that month and nothing later. Area-months are scored one by one; years by
whether an area reached 25 deaths in them. The same draws, seed and rows are used for the model and for every benchmark.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from exitplan.domain.errors import InvalidValue
from exitplan.domain.priors import Priors
from exitplan.engine.stability import scores
from exitplan.engine.stability.benchmarks import BENCHMARKS, Deaths
from exitplan.engine.stability.cover import Presence
from exitplan.engine.stability.fit import FitSettings, fit
from exitplan.engine.stability.futures import OWN_MONTHS, Draws, deaths_of
from exitplan.engine.stability.panel import Panel
from exitplan.engine.stability.pool import MODEL_WEIGHT
from exitplan.engine.streams import stream

MODEL, POOLED = "model", "pooled"
OWN = f"own-{OWN_MONTHS}"
LARGE = 25
"""Deaths in the forecast window that make a year violent for an area."""


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
        Month indices after which forecasts start; each needs 24 months of data before and `horizon` after it.
    horizon
        Months ahead, 1 or more.
    draws
        Futures per forecast, rounded up to blocks of 32.
    seed
        Seed of the model's and benchmarks' draws.
    weight
        The model's weight in the pool.
    settings
        How history is read.
    """

    origins: tuple[int, ...]
    horizon: int = 12
    draws: int = 1000
    seed: int = 1
    weight: float = MODEL_WEIGHT
    settings: FitSettings = field(default_factory=FitSettings)

    def __post_init__(self) -> None:
        if not self.origins:
            raise InvalidValue("Backtest.origins", self.origins, "one month or more")
        if not self.horizon >= 1:
            raise InvalidValue("Backtest.horizon", self.horizon, "one month or more")


def run(
    panel: Panel, priors: Priors, test: Backtest, progress: Callable[[int, int], None] | None = None
) -> tuple[Score, ...]:
    """
    Score the model, the pool and every benchmark on one panel.

    Returns
    -------
    tuple of Score
        The pool, the model, then the benchmarks.

    Raises
    ------
    InvalidValue
        When an origin leaves too little before or after it.
    """
    wrong = [o for o in test.origins if not panel.start + 23 <= o <= panel.origin - test.horizon]
    if wrong:
        wanted = f"origins in [{panel.start + 23}, {panel.origin - test.horizon}]"
        raise InvalidValue("Backtest.origins", wrong, wanted)
    booked: dict[str, list[tuple[np.ndarray, ...]]] = {}
    for done, origin in enumerate(test.origins):
        first = origin - panel.start + 1
        happened = np.ceil(panel.deaths[:, first : first + test.horizon])
        for name, deaths in forecasts(panel.until(origin), priors, test):
            booked.setdefault(name, []).append(_score(deaths, happened))
        if progress is not None:
            progress(done + 1, len(test.origins))
    return tuple(_mean(name, rows) for name, rows in booked.items())


def forecasts(panel: Panel, priors: Priors, test: Backtest) -> Iterable[tuple[str, Deaths]]:
    """Draws of every forecaster from the end of a panel, each of shape (draws, areas, horizon)."""
    draws = Draws(seed=test.seed, futures=test.draws, definitions=())
    presence = Presence.unchanged(len(panel.areas), test.horizon)
    model = deaths_of(fit(panel, priors, test.settings), panel, presence, draws)
    known = {name: make(panel, test.horizon, model.shape[0], test.seed) for name, make in BENCHMARKS.items()}
    from_model = round(test.weight * model.shape[0])
    pooled = np.concatenate([model[:from_model], known[OWN][from_model:]])
    yield POOLED, pooled
    yield MODEL, model
    yield from known.items()


def _score(deaths: Deaths, happened: np.ndarray) -> tuple[np.ndarray, ...]:
    draws = deaths.reshape(deaths.shape[0], -1).astype(np.float64)
    y = happened.ravel()
    large = (deaths.sum(axis=2) >= LARGE).mean(axis=0)
    was_large = happened.sum(axis=1) >= LARGE
    return (
        scores.crps(draws, y),
        scores.log_crps(draws, y),
        scores.ignorance(draws, y),
        scores.brier((draws > 0).mean(axis=0), y > 0),
        scores.brier(large, was_large),
        scores.log_loss(large, was_large),
        scores.interval_score(draws, y),
        *(_cover(draws, y, level) for level in (0.8, 0.9)),
    )


def _cover(draws: np.ndarray, y: np.ndarray, level: float) -> np.ndarray:
    """Randomised cover of each case: calibrated forecasts give the level on average, zeros or not."""
    u = scores.pit(draws, y, stream(0, "pit", str(y.size)))
    return np.abs(u - 0.5) <= level / 2


def _mean(name: str, rows: list[tuple[np.ndarray, ...]]) -> Score:
    columns = [np.concatenate(column) for column in zip(*rows, strict=True)]
    return Score(
        forecaster=name,
        cases=columns[0].size,
        crps=float(columns[0].mean()),
        log_crps=float(columns[1].mean()),
        ignorance=float(columns[2].mean()),
        brier_any=float(columns[3].mean()),
        brier_large=float(columns[4].mean()),
        log_loss_large=float(columns[5].mean()),
        interval_score=float(columns[6].mean()),
        covered_80=float(columns[7].mean()),
        covered_90=float(columns[8].mean()),
    )
