"""
How good the chances of conflict after exits are: each exit forecast from all country-years but those of its own country.

No outcome of an exit teaches the model of its country. Benchmarks are the model on the country's own record alone and, fitted
on the other countries' exits, one common rate, and the rate of exits with, or without, state-based conflict in the exit year or
the year before. Method page:
docs/methods/relapse.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from exitplan.domain.results.backtests import ExitsPart, OutcomeScore
from exitplan.domain.risk_model import RiskModel
from exitplan.engine.binary.logistic import Floats, interval
from exitplan.engine.binary.verification import auc, reliability, scored, thirds
from exitplan.engine.relapse.training import MAIN, OUTCOMES, Outcome, Taught, taught
from exitplan.engine.relapse.years import CountryYears, Flags, Numbers, history, later
from exitplan.engine.stability.scores import brier
from exitplan.engine.streams import stream

MODEL, OWN = "model", "own-record"


@dataclass(frozen=True)
class Exits:
    """Exits, shape (exits,) each: row of the country, column of the exit year."""

    mission: tuple[str, ...]
    country: Numbers
    year: Numbers
    border: Flags
    """Whether the operation stood on a line or border between States."""


@dataclass(frozen=True)
class Forecast:
    """Chances of one outcome at every exit, shape (exits,) each, with what happened."""

    probability: Floats
    low: Floats
    high: Floats
    happened: Flags


def left_out(of: CountryYears, exits: Exits, model: RiskModel, outcome: Outcome = MAIN, *, back: int = 0) -> Forecast:
    """
    Chances at every exit, its country left out of the lessons; only the settings of `model` are used.

    Parameters
    ----------
    back
        Years before the end of the exit year at which knowledge stops. The outcome stays that of the years after the exit year.
    """
    data = taught(of, outcome, model.variables)
    values = history(of, exits.country, exits.year - back, model.variables)
    probability, low, high = (np.zeros(len(exits.mission)) for _ in range(3))
    for country in np.unique(exits.country):
        mine = exits.country == country
        fitted = data.fitted(int(country), ridge=model.ridge, balance=model.balance)
        probability[mine] = fitted.chance(values[mine])
        low[mine], high[mine] = interval(fitted.coefficients, fitted.covariance, values[mine])
    happens = of.conflict if outcome.what == "conflict" else of.war
    return Forecast(probability, low, high, later(happens, exits.country, exits.year, outcome.years))


def all_outcomes(of: CountryYears, exits: Exits, model: RiskModel) -> dict[str, Forecast]:
    """`left_out` for every outcome, by its code."""
    return {outcome.code: left_out(of, exits, model, outcome) for outcome in OUTCOMES}


def active(of: CountryYears, exits: Exits, *, back: int = 0) -> Flags:
    """State-based conflict in the exit year or the year before; or in the two years that end `back` years earlier."""
    last = exits.year - back
    return np.asarray(of.conflict[exits.country, last] | of.conflict[exits.country, np.maximum(last - 1, 0)])


def on_record(of: CountryYears, exits: Exits) -> Flags:
    """Whether there was armed conflict in the country by the end of the exit year: without one, none can come back."""
    return np.asarray(of.conflict.cumsum(axis=1)[exits.country, exits.year] > 0)


def benchmarks(group: Numbers, was_active: Flags, happened: Flags) -> dict[str, Floats]:
    """Rates among the exits of other countries: of all, and of those that were as active."""
    base, rule = np.zeros(len(group)), np.zeros(len(group))
    for at in range(len(group)):
        others = group != group[at]
        alike = others & (was_active == was_active[at])
        base[at] = happened[others].mean()
        rule[at] = happened[alike].mean() if alike.any() else base[at]
    return {"base-rate": base, "active-or-quiet": rule}


def parts(
    of: CountryYears, exits: Exits, model: RiskModel, own: RiskModel, found: Mapping[str, Forecast], seed: int
) -> tuple[ExitsPart, ...]:
    """
    Scores of exits with armed conflict on record before, of all, and of the first once more from what was known a year earlier;
    and of all once more with operations on a border between States, which are in no other part.

    Intervals come from drawing countries anew. `own`, which knows the country's own record alone, is a benchmark.
    """
    main, inside = found[MAIN.code], ~exits.border
    record = on_record(of, exits) & inside
    early = left_out(of, exits, model, back=1)
    alone = {back: left_out(of, exits, own, back=back).probability for back in (0, 1)}
    asked: tuple[tuple[Literal["relapse", "all", "year-before", "every"], Forecast, Flags, int], ...] = (
        ("relapse", main, record, 0),
        ("all", main, inside, 0),
        ("year-before", early, record, 1),
        ("every", main, np.full(len(record), exits.border.any()), 0),
    )
    made = []
    for part, forecast, rows, back in asked:
        if not rows.any():
            continue
        p, yes, group = forecast.probability[rows], forecast.happened[rows], exits.country[rows]
        others = {OWN: alone[back][rows], **benchmarks(group, active(of, exits, back=back)[rows], yes)}
        made.append(
            ExitsPart(
                part=part,
                exits=int(rows.sum()),
                happened=int(yes.sum()),
                scores=scored({MODEL: p, **others}, yes, group, lambda: stream(seed, "relapse", "bootstrap")),
                reliability=reliability(p, yes, thirds(p)),
                horizons=()
                if back
                else tuple(_horizon(code, f, exits.country, rows) for code, f in found.items() if code != MAIN.code),
            )
        )
    return tuple(made)


def _horizon(code: str, forecast: Forecast, group: Numbers, rows: Flags) -> OutcomeScore:
    p, yes = forecast.probability[rows], forecast.happened[rows]
    base = benchmarks(group[rows], np.zeros(int(rows.sum()), dtype=bool), yes)["base-rate"]
    return OutcomeScore(
        outcome=code,
        cases=int(rows.sum()),
        base_rate=float(yes.mean()),
        brier=float(brier(p, yes).mean()),
        auc=auc(p, yes),
        base_brier=float(brier(base, yes).mean()),
    )


def short_records(
    of: CountryYears, outcome: Outcome, names: Sequence[str], years: int, *, ridge: float, balance: float
) -> tuple[Taught, dict[bool, Floats]]:
    """
    All lessons, and their chances from their last `years` years alone, each country forecast without itself.

    By whether the short record is read as whole (calm before it) or not; a lesson needs so many years before it.
    """
    data = taught(of, outcome, names)
    at = np.arange(len(data.country))
    values = {
        whole: history(of.last(data.country, data.year, years, whole=whole), at, np.full(at.size, years - 1), names)
        for whole in (True, False)
    }
    chances = {whole: np.zeros(at.size) for whole in values}
    for country in np.unique(data.country):
        mine = data.country == country
        fitted = data.fitted(int(country), ridge=ridge, balance=balance)
        for whole, some in values.items():
            chances[whole][mine] = fitted.chance(some[mine])
    return data, chances


def compared(
    of: CountryYears, sets: Sequence[tuple[str, ...]], *, ridge: float, balance: float
) -> dict[tuple[str, ...], float]:
    """Brier score of each choice of variables over all lessons, each country forecast without itself; exits are not looked at."""
    scores = {}
    for names in sets:
        data = taught(of, MAIN, names)
        squares = np.zeros(len(data.country))
        for country in np.unique(data.country):
            mine = data.country == country
            fitted = data.fitted(int(country), ridge=ridge, balance=balance)
            squares[mine] = brier(fitted.chance(data.values[mine]), data.happened[mine])
        scores[names] = float(squares.mean())
    return scores
