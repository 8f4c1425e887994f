"""
`exitplan explain`: what drives the difference between two plans, and which assumptions it hangs on.

The difference is that of the model alone: a part of a pooled figure is what has been, which no plan changes. What is
asked of assumptions is asked of the difference as pooled figures show it, because the weight of what has been is one of them.
Method page: docs/methods/explain.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import count, pairwise

import numpy as np
from scipy.optimize import brentq
from scipy.special import betaincinv, ndtri

from exitplan.domain.dossier import Dossier
from exitplan.domain.errors import InvalidValue
from exitplan.domain.findings import Wanted
from exitplan.domain.kinds import Plan, Scenario
from exitplan.domain.months import month_text
from exitplan.domain.priors import Priors
from exitplan.domain.results.capacity import CapacityResult
from exitplan.domain.results.explain import (
    AssumptionSwing,
    AtKappa,
    ChannelShare,
    DifferenceExplained,
    Estimate,
    ExplainResult,
    Flip,
    PathShare,
)
from exitplan.engine.stability.cover import Presence
from exitplan.engine.stability.definitions import definition_of, place_of
from exitplan.engine.stability.difference import (
    CHANNELS,
    PATHS,
    Measure,
    World,
    by_channel,
    by_path,
    differing,
    mean_and_error,
    runs_to_share,
)
from exitplan.engine.stability.fit import fit
from exitplan.engine.stability.futures import EFFECTS, KAPPA, Draws, Progress
from exitplan.engine.stability.panel import Floats
from exitplan.engine.stability.presence import HALVING_PERSONNEL, SPEED, Travel, history, presence
from exitplan.engine.stability.sensitivity import Index, indices

KAPPAS = (0.0, 0.5, 1.0)
SCAN = tuple(k / 10 for k in range(11))
"""Causal credibilities at which a change of sign is looked for."""
FIRM = 2.0
"""Standard errors beyond which a difference has a sign."""
TAIL = 0.1
"""An assumption swings between the 10 % and the 90 % point of what is believed of it."""
FACTOR = 2.0
"""P50 and speed may be half or double of what is assumed; our own range."""
PAST = (0.25, 0.75)
"""Weight of what has been in a pooled figure (own months and those of all areas); our own range."""
POINTS = 64
SENSITIVITY_FUTURES = 640
ASSUMPTIONS = (
    "explain-same-luck",
    "explain-model-alone",
    "explain-recorded-counts",
    "explain-effects-from-priors",
    "explain-ranges-assumed",
    "futures-reach-assumed",
)

Inverse = Callable[[Floats], Floats]
Sides = Callable[[Travel], tuple[Presence, Presence]]


@dataclass(frozen=True)
class Side:
    """A plan, and the month index in which each site closes under it; a site left out stays."""

    plan: Plan
    closings: Mapping[str, int]


def explain(
    dossier: Dossier,
    priors: Priors,
    *,
    side: Side,
    against: Side,
    scenario: Scenario,
    on: date,
    capacity: CapacityResult | None = None,
    definition: str | None = None,
    area: str | None = None,
    by: int | None = None,
    horizon: int = 24,
    futures: int = 5000,
    seed: int = 1,
    points: int = POINTS,
    progress: Progress | None = None,
) -> ExplainResult:
    """
    The difference in deaths, and in the chance of renewed armed violence, that `side` makes against another plan.

    Parameters
    ----------
    definition
        Code of a preset or of a definition of the mission's; the mission's main one where left out.
    area
        Area that a definition is read for, where it is read per area.
    by
        Months within which it is met, 1 to the horizon; the horizon where left out.
    futures
        Wanted number, rounded up to blocks of 32.
    points
        Points of the Sobol indices, a power of two from 8.
    progress
        Called with (runs of the futures done, runs in all); an exception raised in it cancels.

    Raises
    ------
    InputFaults
        When there is too little history.
    InvalidValue, NotFound
        When an option is outside its range, or names what there is not.
    """
    by = horizon if by is None else by
    if not 1 <= by <= horizon:
        raise InvalidValue("by", by, Wanted("1 to {most} months", most=horizon))
    asked = definition_of(dossier.mission, definition)
    types = tuple(sorted(dossier.mission.violence_types))
    asked_types = asked.types or types
    panel = history(dossier, on, types)
    measures: dict[tuple[int, ...], list[Measure]] = {types: [Measure()]}
    unit = place_of(asked, area, panel.areas)
    measures.setdefault(asked_types, []).append(Measure(definition=asked, unit=unit, by=by))

    def sides(travel: Travel) -> tuple[Presence, Presence]:
        a, b = (
            presence(
                dossier, s.plan, scenario, origin=panel.origin, horizon=horizon, closings=s.closings, capacity=capacity,
                travel=travel,
            )
            for s in (against, side)
        )  # fmt: skip
        return a, b

    draws = Draws(seed=seed, futures=futures)
    explained: list[DifferenceExplained] = []
    for turn, (wanted, of_these) in enumerate(measures.items()):
        counted = panel if wanted == types else history(dossier, on, wanted)
        world = World(fitted=fit(counted, priors), panel=counted, draws=draws, measures=tuple(of_these))
        explained += _explained(world, sides, points, progress, turn, len(measures))
    return ExplainResult(
        plan=side.plan.code,
        against=against.plan.code,
        scenario=scenario.code,
        futures=draws.blocks * 32,
        horizon=horizon,
        origin=month_text(panel.origin),
        areas=panel.areas,
        explained=tuple(explained),
        assumptions=ASSUMPTIONS,
    )


def _counter(progress: Progress | None, whole: int, turn: int, turns: int) -> Callable[[], None] | None:
    """Told after each of so many runs of one of several turns of equal size, it tells the progress of the whole."""
    if progress is None:
        return None
    done, tell = count(turn * whole + 1), progress
    return lambda: tell(next(done), turns * whole)


def _explained(
    world: World, sides: Sides, points: int, progress: Progress | None, turn: int, turns: int
) -> list[DifferenceExplained]:
    """Every measure of one world explained: one of several turns of equal size."""
    a, b = sides(Travel())
    areas, beliefs = world.panel.areas, assumptions(world.fitted.priors)
    # Both sides by themselves, at every causal credibility, at both ends of every assumption, and at every Sobol point.
    pairs = 1 + len(SCAN) + 2 * len(beliefs) + points * (len(beliefs) + 2)
    quiet, told = world, _counter(progress, runs_to_share(a, b) + 2 * pairs, turn, turns)
    world = replace(world, told=told)
    at_a, at_b = world.run(a), world.run(b)
    channels, apart = by_channel(world, a, b), differing(a, b)
    paths = by_path(world, a, b)

    @cache
    def at_kappa(kappa: float) -> Floats:
        # What a search between tenths asks for cannot be known before.
        asked = world if kappa in SCAN else quiet
        return asked.run(b, kappa) - asked.run(a, kappa)

    for kappa in SCAN:
        at_kappa(kappa)
    swings = _swings(world, sides, beliefs)
    shares = _indices(world, sides, beliefs, points)
    found = []
    for k, measure in enumerate(world.measures):
        difference = at_b[k] - at_a[k]
        flips, verdict = ranking(lambda kappa, k=k: at_kappa(kappa)[k])  # type: ignore[misc]
        lines = [
            AssumptionSwing(
                code=belief.code,
                low=_short(belief.low),
                high=_short(belief.high),
                at_low=_estimate(swings[belief.code][0][k]),
                at_high=_estimate(swings[belief.code][1][k]),
                first=Estimate(value=_short(share.first), error=_short(share.first_error)),
                total=Estimate(value=_short(share.total), error=_short(share.total_error)),
            )
            for belief, share in zip(beliefs, shares[k], strict=True)
        ]
        found.append(
            DifferenceExplained(
                measure="deaths" if measure.definition is None else "chance",
                definition=measure.definition.code if measure.definition else None,
                scope=areas[measure.unit] if measure.definition and measure.definition.scope == "area" else "country",
                by_months=measure.by or a.horizon,
                plan=_estimate(at_b[k]),
                against=_estimate(at_a[k]),
                difference=_estimate(difference),
                shown=_estimate(world.fitted.priors.pool.model * difference),
                channels=tuple(
                    ChannelShare(channel=name, differs=name in apart, added=_estimate(channels[name][k]))
                    for name in CHANNELS
                ),
                paths=tuple(PathShare(path=name, added=_estimate(paths[name][k])) for name in PATHS),
                by_kappa=tuple(AtKappa(kappa=x, difference=_estimate(at_kappa(x)[k])) for x in KAPPAS),
                flips=flips,
                verdict=verdict,
                swings=tuple(sorted(lines, key=lambda s: (-abs(s.at_high.value - s.at_low.value), s.code))),
            )
        )
    return found


@dataclass(frozen=True)
class Belief:
    """An uncertain assumption: its code and the inverse of its distribution function."""

    code: str
    inverse: Inverse

    @property
    def low(self) -> float:
        """Its 10 % point."""
        return float(self.inverse(np.array([TAIL]))[0])

    @property
    def high(self) -> float:
        """Its 90 % point."""
        return float(self.inverse(np.array([1 - TAIL]))[0])


def assumptions(priors: Priors) -> tuple[Belief, ...]:
    """Causal credibility and effects of presence by their priors; P50, speed and the weight of what has been by our own ranges."""
    kappa = priors.of(KAPPA)
    both = kappa.mean * (1 - kappa.mean) / kappa.sd**2 - 1
    found = [Belief(KAPPA, lambda u: np.asarray(betaincinv(kappa.mean * both, (1 - kappa.mean) * both, u)))]
    for prior in (priors.of(name) for name in EFFECTS):
        found.append(Belief(prior.symbol, lambda u, p=prior: np.asarray(p.mean + p.sd * ndtri(u))))  # type: ignore[misc]
    for code, value in (("P50", HALVING_PERSONNEL), ("speed", SPEED)):
        found.append(Belief(code, lambda u, v=value: np.asarray(v * FACTOR ** (2 * u - 1))))  # type: ignore[misc]
    low, high = PAST
    found.append(Belief("past", lambda u: np.asarray(low + (high - low) * u)))
    return tuple(found)


def _shown(world: World, sides: Sides, values: Mapping[str, float]) -> Floats:
    """The difference as pooled figures show it, some assumptions given; shape (measures, blocks)."""
    travel = Travel(values.get("P50", HALVING_PERSONNEL), values.get("speed", SPEED))
    a, b = sides(travel)
    given = world.with_effects({code: value for code, value in values.items() if code in EFFECTS})
    weight = 1.0 - values.get("past", 1.0 - world.fitted.priors.pool.model)
    kappa = values.get(KAPPA)
    return np.asarray(weight * (given.run(b, kappa) - given.run(a, kappa)))


def _swings(world: World, sides: Sides, beliefs: tuple[Belief, ...]) -> dict[str, tuple[Floats, Floats]]:
    return {b.code: (_shown(world, sides, {b.code: b.low}), _shown(world, sides, {b.code: b.high})) for b in beliefs}


def _indices(world: World, sides: Sides, beliefs: tuple[Belief, ...], points: int) -> tuple[tuple[Index, ...], ...]:
    """Sobol indices of the shown difference, for each measure; the luck is the same at every point."""
    small = replace(world, draws=replace(world.draws, futures=min(world.draws.futures, SENSITIVITY_FUTURES)))

    def shown(values: Floats) -> Floats:
        given = {b.code: float(v) for b, v in zip(beliefs, values, strict=True)}
        return np.asarray(_shown(small, sides, given).mean(axis=1))

    return indices(shown, [b.inverse for b in beliefs], points=points, seed=world.draws.seed)


def ranking(difference: Callable[[float], Floats]) -> tuple[tuple[Flip, ...], str]:
    """
    Where the sign of a difference changes as causal credibility goes from 0 to 1.

    Parameters
    ----------
    difference
        From kappa to the difference per block, shape (blocks,), with the same luck for every kappa.

    Returns
    -------
    tuple
        The break-even values, found by Brent's method between tenths at which the difference has a firm sign (two standard
        errors from zero), and what is to be said: `flips`, `no-flip`, `not-told-apart` where no tenth has a firm sign, `equal`
        where it is zero in every block.
    """
    scanned = {kappa: difference(kappa) for kappa in SCAN}
    if not any(blocks.any() for blocks in scanned.values()):
        return (), "equal"
    firm = [
        (kappa, np.sign(m))
        for kappa, blocks in scanned.items()
        for m, e in [mean_and_error(blocks)]
        if abs(m) > FIRM * e
    ]
    if not firm:
        return (), "not-told-apart"
    flips = []
    for (low, before), (high, after) in pairwise(firm):
        if before != after:
            at = float(brentq(lambda kappa: difference(kappa).mean(), low, high, xtol=1e-4))
            slope = (scanned[high].mean() - scanned[low].mean()) / (high - low)
            flips.append(Flip(kappa=_short(at), error=_short(mean_and_error(difference(at))[1] / abs(slope))))
    return tuple(flips), "flips" if flips else "no-flip"


def _estimate(blocks: Floats) -> Estimate:
    value, error = mean_and_error(blocks)
    return Estimate(value=_short(value), error=_short(error))


def _short(value: float) -> float:
    """Six digits after the point: far below any Monte Carlo error."""
    return round(float(value), 6) + 0.0
