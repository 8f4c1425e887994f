"""
The rolling-origin test over many missions, where each is served by what the others teach.

At every origin the priors of a mission come from the histories of other missions alone, the weights of its pool, and where
asked for the map that recalibrates it, from how forecasts of other missions did; nothing comes from after that origin. Those
forecasts of others had priors for which the mission's own earlier months may have counted. Missions are left out in small
groups, so that each prior serves several. Method page: docs/methods/scores.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from exitplan.domain.errors import InvalidValue
from exitplan.domain.priors import Pooling, Priors
from exitplan.domain.results.base import Band
from exitplan.engine.bootstrap import band, drawn_anew
from exitplan.engine.stability.across import learn
from exitplan.engine.stability.backtest import MODEL, POOLED, Backtest, Judged, Score, forecasts, happened
from exitplan.engine.stability.beliefs import as_priors, beliefs
from exitplan.engine.stability.benchmarks import BENCHMARKS, PARTS, Deaths
from exitplan.engine.stability.panel import Floats, Panel
from exitplan.engine.stability.recalibrate import LEVELS, learned, recalibrated
from exitplan.engine.stability.stack import Parts, judged, weights
from exitplan.engine.streams import stream

RECALIBRATED = "recalibrated"
LEAST_MISSIONS = 6
"""Missions below which none can be judged by what the others teach."""
LEAST_ORIGINS = 3
"""Origins whose outcome must be known before weights are learned from them; before, the weights before learning hold."""
SCORES = ("crps", "log_crps", "ignorance", "brier_any", "brier_large", "log_loss_large", "interval_score")
DIGITS = 3
"""Digits of a weight."""
Keep = Callable[[str, int, Deaths], None]
Each = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]


@dataclass(frozen=True, kw_only=True)
class LeaveOut:
    """
    How missions are left out.

    Parameters
    ----------
    test
        How origins are rolled; the same for all missions.
    relearn
        Priors and weights are learned anew at every so many origins, one or more.
    groups
        Groups in which missions are left out, two or more; a mission's group is drawn by its place in the list.
    recalibrated
        Whether the pool is scored once more after a map learned from other missions (`engine.stability.recalibrate`).
    """

    test: Backtest
    relearn: int = 3
    groups: int = 4
    recalibrated: bool = False

    def __post_init__(self) -> None:
        if not self.relearn >= 1:
            raise InvalidValue("LeaveOut.relearn", self.relearn, "one origin or more")
        if not self.groups >= 2:
            raise InvalidValue("LeaveOut.groups", self.groups, "two groups or more")


@dataclass(frozen=True)
class Outcome:
    """
    What the test found.

    Parameters
    ----------
    judged
        By mission and forecaster; the pool first, then the model, the benchmarks and, where asked for, the pool recalibrated.
    served
        Priors, with their pool's weights, that each group was served with, the last time they were learned.
    pool
        Weights that served all missions best over all origins: for a mission that is not among them.
    """

    judged: Mapping[str, Mapping[str, Judged]]
    served: tuple[Priors, ...]
    pool: Pooling

    def scores(self) -> dict[str, dict[str, Score]]:
        """Mean scores by mission and forecaster."""
        return {m: {name: j.score(name) for name, j in by.items()} for m, by in self.judged.items()}


def left_out(
    panels: Mapping[str, Panel],
    weak: Priors,
    how: LeaveOut,
    *,
    each: Each = map,
    progress: Callable[[int, int], None] | None = None,
    keep: Keep | None = None,
) -> Outcome:
    """
    Score every mission with what the others teach.

    Parameters
    ----------
    panels
        Histories by mission.
    weak
        Beliefs before any history; their pool's weights hold until some are learned.
    how
        Origins, groups and settings.
    each
        How one function is called on many things: `map`, or that of a pool of processes; the result does not depend on it.
    progress
        Called with (origins done, origins in all); an exception raised in it cancels.
    keep
        Called with the mission, the origin and the pool's draws, shape (draws, areas, horizon).

    Raises
    ------
    InvalidValue
        When there are fewer than six missions, or an origin leaves too little of a panel before or after it.
    """
    if len(panels) < LEAST_MISSIONS:
        raise InvalidValue("panels", len(panels), f"{LEAST_MISSIONS} missions or more, to learn from the others")
    test, names = how.test, tuple(panels)
    for panel in panels.values():
        test.check(panel)
    group = {name: place % how.groups for place, name in enumerate(names)}
    served = [weak] * how.groups
    maps = [LEVELS if how.recalibrated else None] * how.groups
    compared: dict[str, list[Parts]] = {name: [] for name in names}
    found: dict[str, dict[str, list[Judged]]] = {name: {} for name in names}
    for turn, origin in enumerate(test.origins):
        if turn % how.relearn == 0:
            # Forecasts made less than a horizon ago are not due yet.
            due = sum(o + test.horizon <= origin for o in test.origins)
            others = [[n for n in names if group[n] != g] for g in range(how.groups)]
            lessons = [
                ([panels[n].until(origin) for n in some], [compared[n][:due] for n in some], weak, test)
                for some in others
            ]
            served = list(each(_taught, lessons))
            if how.recalibrated and due >= LEAST_ORIGINS:
                maps = [learned([Judged.together(found[n][POOLED][:due]) for n in some]) for some in others]
        tried = [(panels[name], origin, served[group[name]], maps[group[name]], test) for name in names]
        for name, (judgement, parts, pool) in zip(names, each(_tried, tried), strict=True):
            for code, one in judgement.items():
                found[name].setdefault(code, []).append(one)
            compared[name].append(parts)
            if keep is not None:
                keep(name, origin, pool)
        if progress is not None:
            progress(turn + 1, len(test.origins))
    return Outcome(
        {name: {code: Judged.together(parts) for code, parts in by.items()} for name, by in found.items()},
        tuple(served),
        pooled(list(compared.values()), weak),
    )


def _tried(job: tuple[Panel, int, Priors, Floats | None, Backtest]) -> tuple[dict[str, Judged], Parts, Deaths]:
    """One mission at one origin: every forecaster judged, the pool's parts compared, the pool's draws."""
    whole, origin, priors, levels, test = job
    panel, seen = whole.until(origin), happened(whole, origin, test.horizon)
    made = dict(forecasts(panel, priors, test))
    parts = [made[MODEL], *(made[code] for code in PARTS)]
    flat = [p.reshape(p.shape[0], -1).astype(np.float64) for p in parts]
    if levels is not None:
        made[RECALIBRATED] = recalibrated(made[POOLED], levels, stream(test.seed, "recalibrated", str(origin)))
    judgement = {code: Judged.of(deaths, seen) for code, deaths in made.items()}
    return judgement, judged(flat, seen.ravel()), made[POOLED]


def _taught(job: tuple[list[Panel], list[list[Parts]], Priors, Backtest]) -> Priors:
    """What other missions teach by an origin: priors from their histories, weights from forecasts that have come due."""
    histories, records, weak, test = job
    priors = as_priors(
        learn(histories, beliefs(weak), test.settings), weak, version=weak.version, source="learned from other missions"
    )
    if not records or len(records[0]) < LEAST_ORIGINS:
        return priors
    return priors.model_copy(update={"pool": pooled(records, weak)})


def pooled(records: Sequence[Sequence[Parts]], weak: Priors) -> Pooling:
    """
    The weights of a pool that served a set of missions best.

    Parameters
    ----------
    records
        By mission, what the parts did at each origin; missions in which nearly nothing happened have no voice.
    weak
        Priors whose weights hold when no mission has a voice.
    """
    whole = [Parts.together(record) for record in records]
    telling = [p for p in whole if p.telling]
    if not telling:
        return weak.pool
    w = rounded(weights(telling))
    return Pooling(
        model=w[0],
        own_36=w[1],
        own_12=w[2],
        all_areas_12=w[3],
        mark="measured",
        source=f"Stacking over {len(telling)} missions",
    )


def rounded(shares: Floats) -> list[float]:
    """Shares to three digits that still sum to 1: what is left goes to the largest, which bears it best."""
    units = np.round(shares * 10**DIGITS).astype(int)
    units[units.argmax()] += 10**DIGITS - units.sum()
    return [int(n) / 10**DIGITS for n in units]


@dataclass(frozen=True, kw_only=True)
class Skill:
    """
    How much smaller the pool's score is than another forecaster's, over missions.

    Parameters
    ----------
    against
        The other forecaster.
    score
        Name of the score.
    skill
        1 minus the geometric mean over missions of the ratio of scores, above zero is better, with an interval from drawing
        missions anew; None where no mission has a ratio.
    won, missions
        Missions in which the pool's score is smaller, and missions that have a ratio.
    skipped
        Missions in which a score is zero, so that there is no ratio whose logarithm could be taken.
    """

    against: str
    score: str
    skill: Band | None
    won: int
    missions: int
    skipped: int


def skills(scores: Mapping[str, Mapping[str, Score]], of: str = POOLED, seed: int = 1) -> tuple[Skill, ...]:
    """Skill of one forecaster against every other, in every score; missions in which a score is zero are skipped and counted."""
    found = []
    for against in next(iter(scores.values())):
        if against == of:
            continue
        for name in SCORES:
            pairs = [(getattr(by[of], name), getattr(by[against], name)) for by in scores.values()]
            ratio = np.log([a / b for a, b in pairs if a > 0 and b > 0])
            found.append(
                Skill(
                    against=against,
                    score=name,
                    skill=_skill(ratio, stream(seed, "backtest", "missions")) if ratio.size else None,
                    won=int((ratio < 0).sum()),
                    missions=ratio.size,
                    skipped=len(pairs) - ratio.size,
                )
            )
    return tuple(found)


def _skill(ratio: Floats, rng: np.random.Generator) -> Band:
    """From logarithms of ratios, one or more."""
    anew = ratio[drawn_anew(ratio.size, rng)].mean(axis=1)
    return band(float(1 - np.exp(ratio.mean())), 1 - np.exp(anew))


def best_single(scores: Mapping[str, Mapping[str, Score]], name: str) -> str:
    """The one benchmark whose score is smallest over all missions (geometric mean), chosen once for all of them."""
    mean = {
        code: float(np.mean([np.log(max(getattr(by[code], name), 1e-12)) for by in scores.values()]))
        for code in BENCHMARKS
    }
    return min(mean, key=lambda code: mean[code])
