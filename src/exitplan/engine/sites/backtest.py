"""
How good the chances of violence near closed sites are: on past closures, each mission forecast without its countries.

Benchmarks see the same closures: one common rate; the rate after closures with, or without, an event within 50 km in the 24
months before; a logistic regression on ln(1 + events of these 24 months). Each is fitted on the closures of the other
missions. Method page: docs/methods/site-risk.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from exitplan.domain.results.backtests import BinaryScores, MissionScore, OutcomeScore, ReliabilityBin
from exitplan.domain.risk_model import RiskModel
from exitplan.engine.binary.logistic import Fitted, Floats, fit, interval
from exitplan.engine.binary.verification import auc, reliability, scored
from exitplan.engine.sites.around import Around, Months, happened
from exitplan.engine.sites.closures import Closures
from exitplan.engine.sites.history import history
from exitplan.engine.sites.model import MAIN, Outcome
from exitplan.engine.sites.training import Flags, Places, elsewhere, taught
from exitplan.engine.stability.scores import brier
from exitplan.engine.streams import stream

MODEL = "model"
BEFORE = 24
EDGES = (0.0, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1.0)
FAINT = 1e-6
"""Ridge of the logistic benchmark: none to speak of."""


def groups_of(mission: Sequence[str]) -> Months:
    """Missions as numbers, in the order of the alphabet."""
    return np.asarray(np.unique(np.array(mission, dtype=object).astype(str), return_inverse=True)[1].astype(np.int64))


def refitted(places: Places, near: Around, model: RiskModel, outcome: Outcome) -> Fitted:
    """Coefficients from all lessons, with the settings of a model."""
    everywhere = np.ones(len(places.latitude), dtype=bool)
    return taught(places, near, outcome, model.variables).fitted(everywhere, ridge=model.ridge, balance=model.balance)


def left_out(
    places: Places, near: Around, closures: Closures, model: RiskModel, outcome: Outcome = MAIN
) -> tuple[Floats, Floats, Floats]:
    """
    Chance of each closure from coefficients fitted without the countries of its mission and the places around them.

    Only the settings of `model` are used, never its coefficients.

    Returns
    -------
    tuple
        Probability and the ends of its 90 % interval, shape (closures,) each.
    """
    data = taught(places, near, outcome, model.variables)
    values = history(near, closures.place, closures.at, model.variables)
    group = groups_of(closures.mission)
    probability, low, high = (np.zeros(len(group)) for _ in range(3))
    for mission in np.unique(group):
        mine = group == mission
        away = elsewhere(places, closures.place[mine])
        fitted = data.fitted(away, ridge=model.ridge, balance=model.balance)
        probability[mine] = fitted.chance(values[mine])
        low[mine], high[mine] = interval(fitted.coefficients, fitted.covariance, values[mine])
    return probability, low, high


def benchmarks(near: Around, closures: Closures) -> dict[str, Floats]:
    """Forecasts of the benchmarks, each mission left out."""
    group = groups_of(closures.mission)
    events = _events_before(near, closures)
    yes = closures.happened
    return {
        "base-rate": _without(group, lambda rows, mine: np.full(int(mine.sum()), yes[rows].mean())),
        "any-before": _without(group, lambda rows, mine: _rates(events > 0, yes, rows, mine)),
        "logistic": _without(group, lambda rows, mine: _logistic(np.log1p(events), yes, group, rows, mine)),
    }


def _without(group: Months, forecast: Callable[[Flags, Flags], Floats]) -> Floats:
    found = np.zeros(len(group))
    for mission in np.unique(group):
        mine = group == mission
        found[mine] = forecast(~mine, mine)
    return found


def _rates(before: Flags, yes: Flags, rows: Flags, mine: Flags) -> Floats:
    """The share that happened among other missions' closures of the same kind; of all where there is none of the kind."""
    rate = {
        kind: yes[rows & (before == kind)].mean() if (rows & (before == kind)).any() else yes[rows].mean()
        for kind in (False, True)
    }
    return np.asarray(np.where(before[mine], rate[True], rate[False]))


def _logistic(x: Floats, yes: Flags, group: Months, rows: Flags, mine: Flags) -> Floats:
    if yes[rows].all() or not yes[rows].any():
        return np.full(int(mine.sum()), float(yes[rows].mean()))
    return fit(x[rows, None], yes[rows], group[rows], ridge=FAINT, balance=0.0).chance(x[mine, None])


def _events_before(near: Around, closures: Closures) -> Floats:
    """Events within 50 km in the 24 months before each closure."""
    total = np.concatenate([np.zeros((len(near.counts), 1)), near.counts[:, MAIN.ring].cumsum(axis=1)], axis=1)
    begin, end = (np.clip(closures.at - near.first - back, 0, near.months) for back in (BEFORE, 0))
    return np.asarray(total[closures.place, end] - total[closures.place, begin])


def scores(
    forecasts: dict[str, Floats], closures: Closures, seed: int
) -> tuple[tuple[BinaryScores, ...], tuple[ReliabilityBin, ...], tuple[MissionScore, ...]]:
    """Scores with intervals over missions, reliability of the first forecaster, and its forecasts by mission, the most sites first."""
    group = groups_of(closures.mission)
    probability = next(iter(forecasts.values()))
    names = sorted(set(closures.mission))
    missions = [
        MissionScore(
            mission=name,
            sites=int((group == at).sum()),
            forecast=float(probability[group == at].mean()),
            observed=float(closures.happened[group == at].mean()),
            brier=float(brier(probability[group == at], closures.happened[group == at]).mean()),
        )
        for at, name in enumerate(names)
    ]
    return (
        scored(forecasts, closures.happened, group, lambda: stream(seed, "sites", "bootstrap")),
        reliability(probability, closures.happened, EDGES),
        tuple(sorted(missions, key=lambda m: (-m.sites, m.mission))),
    )


def other_outcomes(
    places: Places, near: Around, closures: Closures, model: RiskModel, outcomes: Sequence[Outcome]
) -> tuple[OutcomeScore, ...]:
    """The same test for other distances and windows, with outcomes counted from the events themselves, as far as they reach."""
    found = []
    for outcome in outcomes:
        known = closures.only(near.covers(closures.at, after=outcome.months))
        if not known.mission:
            continue
        yes = happened(near, outcome.ring, known.at, known.place, outcome.months)
        probability, _, _ = left_out(places, near, known, model, outcome)
        base = benchmarks(near, replace(known, happened=yes))["base-rate"]
        found.append(
            OutcomeScore(
                outcome=outcome.code,
                cases=int(yes.size),
                base_rate=float(yes.mean()),
                brier=float(brier(probability, yes).mean()),
                auc=auc(probability, yes),
                base_brier=float(brier(base, yes).mean()),
            )
        )
    return tuple(found)
