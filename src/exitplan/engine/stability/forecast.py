"""
`exitplan futures`: from a dossier, a plan and a scenario to the numbers a reader gets.

Each definition is tested on the types of violence it speaks of, so a mission that counts all types gets a second run for
the state-based definitions. Values are a pool of the model and of months that have been (weights: `domain.priors.Pooling`);
the model's part stands beside every probability, because plans are compared on it alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np

from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Plan, Scenario
from exitplan.domain.months import month_text
from exitplan.domain.priors import Priors
from exitplan.domain.results.capacity import CapacityResult
from exitplan.domain.results.stability import AreaFuture, FuturesResult, RegimeMonth, Renewed, ViolenceMonth
from exitplan.engine.stability.backtest import POOLED, Backtest, run
from exitplan.engine.stability.benchmarks import pasts
from exitplan.engine.stability.cover import Presence
from exitplan.engine.stability.definitions import Definition, definitions_of, rolling
from exitplan.engine.stability.fit import Fitted, fit
from exitplan.engine.stability.futures import Draws, Progress
from exitplan.engine.stability.measured import histories
from exitplan.engine.stability.panel import Floats, Panel
from exitplan.engine.stability.pool import Pool
from exitplan.engine.stability.presence import history, presence
from exitplan.engine.stability.regimes import REGIMES
from exitplan.engine.stability.shards import Count, Job, counted_here
from exitplan.engine.stability.tally import LANES, Tally, at_least_one, quantiles
from exitplan.engine.streams import key

LEVELS = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)
RECENT = 36
TRACK_ORIGINS = 5
"""Yearly origins of the short test on the mission's own past."""
ASSUMPTIONS = (
    "futures-hidden-regime",
    "futures-pooled-with-past",
    "futures-cover-against-origin",
    "futures-effects-from-priors",
    "futures-reach-assumed",
    "futures-no-cross-border",
)


def forecast(
    dossier: Dossier,
    priors: Priors,
    *,
    plan: Plan,
    scenario: Scenario,
    on: date,
    closings: Mapping[str, int],
    capacity: CapacityResult | None = None,
    horizon: int = 24,
    futures: int = 5000,
    error: float | None = None,
    seed: int = 1,
    kappa: float | None = None,
    threads: int = 1,
    track: bool = True,
    progress: Progress | None = None,
    count: Count = counted_here,
) -> FuturesResult:
    """
    Simulated futures of every area under one plan and one scenario.

    Parameters
    ----------
    dossier, plan, scenario
        What is planned, and in which world.
    priors
        Beliefs about every parameter.
    on
        The day to look from. Months count from the last full month of data, which may lie a few months earlier.
    closings
        Month index in which each site closes; a site left out stays.
    capacity
        Forecast capacity of host institutions under the scenario.
    horizon
        Months, 1 to 600.
    futures
        Wanted number of futures, rounded up to blocks of 32; the most, where an error is given.
    error
        Monte Carlo standard error within which to bring the model's every chance of renewed violence; drawing stops when
        all are. Where counts have ranges, as many futures are drawn of each history that may have been.
    seed
        Zero or more; equal seeds give equal luck to every plan and scenario.
    kappa
        Causal credibility in [0, 1]; drawn from its prior when left out.
    threads
        Threads to use; the result does not depend on it.
    track
        Whether to test the model on the last five years of this mission as well (a few seconds).
    progress
        Called with (blocks done, blocks in all); an exception raised in it cancels.
    count
        Who counts: this machine, or many (`cluster.counted_by`). The result does not depend on it.

    Raises
    ------
    InputFaults
        When there is too little history.
    InvalidValue
        When an option is outside its range.
    """
    types = tuple(sorted(dossier.mission.violence_types))
    panel = history(dossier, on, types)
    there = presence(
        dossier, plan, scenario, origin=panel.origin, horizon=horizon, closings=closings, capacity=capacity
    )
    asked: dict[tuple[int, ...], list[Definition]] = {types: []}
    definitions = definitions_of(dossier.mission)
    for definition in definitions:
        asked.setdefault(definition.types or types, []).append(definition)

    months: tuple[tuple[ViolenceMonth, ...], ...] = ()
    regimes: tuple[RegimeMonth, ...] = ()
    renewed: list[Renewed] = []
    drawn = 0
    for turn, (wanted, some) in enumerate(asked.items()):
        counted = panel if wanted == types else history(dossier, on, wanted)
        draws = Draws(
            seed=seed,
            futures=futures,
            error=error,
            definitions=tuple(some),
            threads=threads,
            progress=_part(progress, turn, len(asked)),
        )
        pool = _pool(counted, priors, there, draws, kappa, count)
        if wanted == types:
            months, regimes, drawn = _months(pool, counted), _regimes(pool.model, counted), pool.model.futures
        renewed += _renewed(pool, counted, draws)
    order = [d.code for d in definitions]
    return FuturesResult(
        plan=plan.code,
        scenario=scenario.code,
        futures=drawn,
        horizon=horizon,
        origin=month_text(panel.origin),
        kappa="drawn" if kappa is None else f"{kappa:g}",
        country=months[-1],
        areas=tuple(
            AreaFuture(area=code, months=months[i], recent=tuple(panel.deaths[i, -RECENT:].tolist()))
            for i, code in enumerate(panel.areas)
        ),
        renewed=tuple(sorted(renewed, key=lambda r: order.index(r.definition))),
        regimes=regimes,
        track_record=track_record(panel, priors, seed) if track else {},
        assumptions=ASSUMPTIONS,
    )


def track_record(panel: Panel, priors: Priors, seed: int) -> dict[str, float]:
    """
    Scores on the last five yearly origins of a mission's own past, 12 months ahead; empty where the history is too short.

    Returns
    -------
    dict
        Mean ignorance (bits) of the pool and of three benchmarks, share covered by the 80 % interval, cases.
    """
    test_months = 12
    origins = tuple(
        panel.origin - test_months * k for k in range(TRACK_ORIGINS, 0, -1) if panel.months - test_months * k >= RECENT
    )
    if not origins:
        return {}
    scores = {s.forecaster: s for s in run(panel, priors, Backtest(origins=origins, seed=seed, draws=512))}
    record = {
        f"ignorance:{name}": round(scores[name].ignorance, 4) for name in (POOLED, "last-value", "own-12", "own-36")
    }
    return record | {"covered_80": round(scores[POOLED].covered_80, 4), "cases": float(scores[POOLED].cases)}


def base_rate(panel: Panel, definition: Definition, unit: int, months: int) -> tuple[float | None, int]:
    """
    Share of past months from which a definition was met within as many months, read with today's threshold.

    Returns
    -------
    tuple
        The share (None where the history is too short) and the number of past months it rests on. They overlap, so they
        are far fewer independent cases than their number says.
    """
    deaths = panel.deaths.sum(axis=0) if definition.scope == "country" else panel.deaths[unit]
    met = rolling(deaths, definition.window) >= definition.thresholds(panel)[unit]
    starts = met.size - months
    if starts < 1:
        return None, 0
    within = rolling(met.astype(np.float64), months)[1:] > 0
    return float(within.mean()), starts


def _part(progress: Progress | None, turn: int, turns: int) -> Progress | None:
    """Progress of one of several runs of equal size, told as progress of the whole."""
    if progress is None:
        return None
    tell = progress
    return lambda done, total: tell(turn * total + done, turns * total)


def _pool(panel: Panel, priors: Priors, there: Presence, draws: Draws, kappa: float | None, count: Count) -> Pool:
    fitted = fit(panel, priors)
    model = _over_histories(Job(fitted=fitted, panel=panel, presence=there, draws=draws, kappa=kappa), fitted, count)
    # As many draws of what has been as the model took to reach its error.
    quietly = replace(draws, progress=None, error=None, futures=model.futures)
    been = [
        count(Job(fitted=None, past=past, panel=panel, presence=there, draws=quietly, kappa=None))
        for past in pasts(panel)
    ]
    return Pool(parts=(model, *been), weights=priors.pool.weights)


def _over_histories(job: Job, fitted: Fitted, count: Count) -> Tally:
    """A job's futures from every history that may have been, as many of each, with luck of its own."""
    draws, found = job.draws, histories(job.panel, job.draws.seed)
    if len(found) == 1:
        return count(job)
    share = -(-draws.blocks // len(found)) * LANES
    return count(
        *(
            replace(
                job,
                panel=one,
                fitted=fit(one, fitted.priors, near=fitted),
                draws=replace(draws, seed=key(draws.seed, "history", str(k)), futures=share),
            )
            for k, one in enumerate(found)
        )
    )


def _months(pool: Pool, panel: Panel) -> tuple[tuple[ViolenceMonth, ...], ...]:
    """Every place's months, the mission area last."""
    shares, means, errors = pool.shares(), pool.means(), pool.errors()
    levels, some = quantiles(shares, LEVELS), at_least_one(shares)

    def month(place: int, t: int) -> ViolenceMonth:
        p05, p10, p25, p50, p75, p90, p95 = (float(x) for x in levels[place, t])
        return ViolenceMonth(
            month=month_text(panel.origin + 1 + t),
            mean=_short(means[place, t]),
            p05=p05,
            p10=p10,
            p25=p25,
            p50=p50,
            p75=p75,
            p90=p90,
            p95=p95,
            any=_short(some[place, t]),
            error=_short(errors[place, t]),
        )

    return tuple(tuple(month(place, t) for t in range(shares.shape[1])) for place in range(shares.shape[0]))


def _regimes(model: Tally, panel: Panel) -> tuple[RegimeMonth, ...]:
    """Shares of the model's futures in each regime, by month."""
    return tuple(
        RegimeMonth(
            month=month_text(panel.origin + 1 + t),
            **{name: _short(share) for name, share in zip(REGIMES, shares, strict=True)},
        )
        for t, shares in enumerate(model.regime_shares())
    )


def _renewed(pool: Pool, panel: Panel, draws: Draws) -> list[Renewed]:
    """The chance of renewed violence under every definition, per country or area and mark."""
    found = []
    for d, definition in enumerate(draws.definitions):
        met, caveats = definition.met(panel), definition.caveats(panel)
        for unit, scope in enumerate(("country",) if definition.scope == "country" else panel.areas):
            for k, mark in enumerate(pool.model.marks):
                chance = pool.chance(d, unit, k)
                rate, past = base_rate(panel, definition, unit, mark)
                found.append(
                    Renewed(
                        definition=definition.code,
                        scope=scope,
                        by_months=mark,
                        probability=_short(chance.p),
                        low=_short(chance.low),
                        high=_short(chance.high),
                        error=_short(chance.error),
                        model=_short(pool.model.chance(d, unit, k).p),
                        own_past=_short(pool.past(d, unit, k).p),
                        already_met=met[unit],
                        caveats=caveats,
                        base_rate=None if rate is None else _short(rate),
                        base_months=past,
                    )
                )
    return found


def _short(value: float | Floats) -> float:
    """Six digits after the point: far below any Monte Carlo error."""
    return round(float(value), 6)
