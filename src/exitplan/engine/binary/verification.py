"""How good probabilities of yes and no were: scores with intervals over groups, discrimination, reliability."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from exitplan.domain.errors import InvalidValue
from exitplan.domain.results.backtests import SURPRISES, BinaryScores, ReliabilityBin
from exitplan.domain.results.base import Band
from exitplan.engine.binary.logistic import Floats
from exitplan.engine.bootstrap import REPLICATES, band, drawn_anew
from exitplan.engine.stability.scores import brier, log_loss

Flags = NDArray[np.bool_]
FLOOR = 1e-3
"""Probabilities are kept this far from 0 and 1 in the log loss."""


def auc(probability: Floats, happened: Flags) -> float | None:
    """
    Chance that a case in which it happened had the higher forecast than one in which it did not; ties count half.

    None where all or no cases happened. Mann and Whitney (1947); Hanley and McNeil (1982), Radiology 143, 29-36.
    """
    yes = int(happened.sum())
    no = happened.size - yes
    if not yes or not no:
        return None
    ranks = rankdata(probability)
    return float((ranks[happened].sum() - yes * (yes + 1) / 2) / (yes * no))


def reliability(probability: Floats, happened: Flags, edges: Sequence[float]) -> tuple[ReliabilityBin, ...]:
    """Mean forecast beside the share that happened, in each bin [low, high) of forecasts, the last one closed; empty bins left out."""
    bins = []
    for low, high in pairwise(edges):
        inside = (probability >= low) & ((probability < high) | ((high == edges[-1]) & (probability == high)))
        if inside.any():
            bins.append(
                ReliabilityBin(
                    low=low,
                    high=high,
                    cases=int(inside.sum()),
                    forecast=float(probability[inside].mean()),
                    observed=float(happened[inside].mean()),
                )
            )
    return tuple(bins)


def surprising(probability: Floats, happened: Flags) -> Flags:
    """Which forecasts were far off, shape (cases,): below the first of `SURPRISES` and it happened, above the second and not."""
    low, high = SURPRISES
    return np.asarray(np.where(happened, probability < low, probability > high))


def thirds(probability: Floats) -> tuple[float, ...]:
    """Edges that cut forecasts into three equally large parts, from 0 to 1."""
    low, high = np.quantile(probability, (1 / 3, 2 / 3))
    return (0.0, float(low), float(high), 1.0)


def scored(
    forecasts: dict[str, Floats],
    happened: Flags,
    groups: NDArray[np.int64],
    rng: Callable[[], np.random.Generator],
    *,
    replicates: int = REPLICATES,
) -> tuple[BinaryScores, ...]:
    """
    Brier score, log loss and AUC of each forecaster with 90 % intervals from drawing groups anew, the same for all.

    Parameters
    ----------
    forecasts
        Probabilities by forecaster, shape (cases,) each; the first is compared with every other (`gain`).
    groups
        Shape (cases,): cases that are drawn together, such as those of one mission. With a single group there is nothing to
        draw from, and bands have the level 0: no interval.
    rng
        Makes the same fresh stream each time.

    Raises
    ------
    InvalidValue
        When there are no cases.
    """
    if not happened.size:
        raise InvalidValue("happened", 0, "one case or more")
    members = [np.flatnonzero(groups == group) for group in np.unique(groups)]
    drawn = drawn_anew(len(members), rng(), replicates)
    rows = [np.concatenate([members[at] for at in some]) for some in drawn]
    squares = {name: brier(p, happened) for name, p in forecasts.items()}
    logs = {name: log_loss(p, happened, FLOOR) for name, p in forecasts.items()}
    first = next(iter(forecasts))
    return tuple(
        BinaryScores(
            forecaster=name,
            brier=_mean(squares[name], rows),
            log_loss=_mean(logs[name], rows),
            auc=_auc_band(p, happened, rows),
            gain=None if name == first else _mean(squares[name] - squares[first], rows),
        )
        for name, p in forecasts.items()
    )


def _mean(values: Floats, rows: Sequence[NDArray[np.int64]]) -> Band:
    return band(float(values.mean()), [float(values[some].mean()) for some in rows])


def _auc_band(probability: Floats, happened: Flags, rows: Sequence[NDArray[np.int64]]) -> Band | None:
    value = auc(probability, happened)
    if value is None:
        return None
    return band(value, [a for some in rows if (a := auc(probability[some], happened[some])) is not None])
