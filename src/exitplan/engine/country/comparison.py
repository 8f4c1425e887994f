"""
Forecasts against what happened: country-months scored one by one, summed up over all and by country.

The same country-months count for every forecaster. A gain is 1 - (pool's mean score) / (other's mean score); its interval
comes from drawing countries anew, because the months of one country are not independent; with one country there is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from exitplan.domain.errors import InvalidValue
from exitplan.domain.months import month_text
from exitplan.domain.results import country as results
from exitplan.engine.bootstrap import band, drawn_anew
from exitplan.engine.country.panel import Floats
from exitplan.engine.stability import scores
from exitplan.engine.streams import stream

POOL = "pool"
MEASURES: tuple[results.Measure, ...] = ("crps", "log_crps", "ignorance", "ignorance_each")
COLUMNS = (*MEASURES, "brier_any", "covered_80", "covered_90")


@dataclass(frozen=True, kw_only=True)
class Scored:
    """
    Scores of country-months.

    Parameters
    ----------
    country, month
        ISO code and month index of each case, shape (cases,).
    happened
        Deaths, shape (cases,).
    by
        Scores of each forecaster, shape (cases, len(COLUMNS)).
    """

    country: NDArray[np.str_]
    month: NDArray[np.int64]
    happened: Floats
    by: Mapping[str, Floats]

    def only(self, holds: NDArray[np.bool_]) -> Scored:
        """Some of the cases."""
        by = {name: table[holds] for name, table in self.by.items()}
        return Scored(country=self.country[holds], month=self.month[holds], happened=self.happened[holds], by=by)


def score(drawn: Mapping[str, Floats], happened: Floats, country: NDArray[np.str_], month: NDArray[np.int64]) -> Scored:
    """
    Score every forecaster on the same cases.

    Parameters
    ----------
    drawn
        Draws by forecaster, shape (draws, cases); the numbers of draws may differ.
    """
    y = np.ceil(happened)
    table = {}
    for name, draws in drawn.items():
        below, upto = scores.pit(draws, y)
        table[name] = np.stack(
            [
                scores.crps(draws, y),
                scores.log_crps(draws, y),
                scores.ignorance(draws, y),
                scores.ignorance(draws, y, pseudo_draws=len(scores.VIEWS_EDGES) + 1),
                scores.brier((draws > 0).mean(axis=0), y > 0),
                scores.covered(below, upto, 0.8),
                scores.covered(below, upto, 0.9),
            ],
            axis=1,
        )
    return Scored(country=country, month=month, happened=y, by=table)


def joined(some: Sequence[Scored]) -> Scored:
    """Cases of several origins as one; InvalidValue where there is none."""
    if not some:
        raise InvalidValue("some", 0, "scores of one origin or more")
    return Scored(
        country=np.concatenate([s.country for s in some]),
        month=np.concatenate([s.month for s in some]),
        happened=np.concatenate([s.happened for s in some]),
        by={name: np.concatenate([s.by[name] for s in some]) for name in some[0].by},
    )


def group(cases: results.Cases, scored: Scored, *, draws: int, seed: int) -> results.CountryGroup:
    """Everything that is said of one set of country-months; there must be one."""
    names, place = np.unique(scored.country, return_inverse=True)
    count = np.bincount(place)
    sums: dict[str, Floats] = {n: _summed(table, place, names.size) for n, table in scored.by.items()}
    drawn = drawn_anew(names.size, stream(seed, "country", "bootstrap"))
    lines = tuple(
        results.CountryLine(
            iso3=str(name),
            months=int(count[at]),
            deaths=float(scored.happened[place == at].sum()),
            scores=tuple(_score(n, total[at] / count[at]) for n, total in sums.items()),
        )
        for at, name in enumerate(names)
    )
    others = [n for n in sums if n != POOL]
    return results.CountryGroup(
        cases=cases,
        draws=draws,
        first=month_text(int(scored.month.min())),
        last=month_text(int(scored.month.max())),
        country_months=int(count.sum()),
        scores=tuple(_score(n, total.sum(axis=0) / count.sum()) for n, total in sums.items()),
        gains=tuple(
            _gain(other, measure, sums[POOL][:, at], sums[other][:, at], drawn)
            for other in others
            for at, measure in enumerate(MEASURES)
        ),
        countries=lines,
    )


def _summed(table: Floats, place: NDArray[np.intp], countries: int) -> Floats:
    """Sums by country, shape (countries, columns)."""
    total = np.zeros((countries, table.shape[1]))
    np.add.at(total, place, table)
    return total


def _score(forecaster: str, means: Floats) -> results.CountryScore:
    return results.CountryScore(
        forecaster=forecaster, **{name: float(value) for name, value in zip(COLUMNS, means, strict=True)}
    )


def _gain(
    against: str, measure: results.Measure, ours: Floats, theirs: Floats, drawn: NDArray[np.int64]
) -> results.CountryGain:
    gain = None
    if theirs.sum() > 0:
        above, below = ours[drawn].sum(axis=1), theirs[drawn].sum(axis=1)
        gain = band(float(1.0 - ours.sum() / theirs.sum()), 1.0 - above[below > 0] / below[below > 0])
    # Equal forecasts differ by rounding only.
    apart = np.abs(ours - theirs) > 1e-9 * np.maximum(np.abs(theirs), 1e-9)
    return results.CountryGain(
        against=against,
        measure=measure,
        gain=gain,
        won=int(np.sum(apart & (ours < theirs))),
        lost=int(np.sum(apart & (ours > theirs))),
    )
