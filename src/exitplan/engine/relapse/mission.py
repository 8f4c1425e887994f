"""
What other countries' years after or beside violence say of the mission's own: the chance of armed conflict in the years to come.

The mission's recorded deaths are read as years of twelve months that end with the last month of data, where the model learned
from calendar years. Nothing is known of the years before the record: calm years are never taken to be more than those on
record, and means of the past are those of the years on record. The chance knows those years, what lay around the country at the
end of the last full one, and nothing of the mission's plans; it is the outside view beside the simulated futures. Method page:
docs/methods/relapse.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np

from exitplan.domain.dossier import Dossier
from exitplan.domain.errors import InputFaults
from exitplan.domain.months import month_text
from exitplan.domain.results.stability import OutsideChance
from exitplan.domain.risk_model import RiskModel
from exitplan.engine.relapse.model import relapse_risk
from exitplan.engine.relapse.training import Outcome
from exitplan.engine.relapse.years import CountryYears, Surroundings
from exitplan.engine.stability.panel import Panel
from exitplan.engine.stability.presence import history

LEAST_YEARS = 5
"""Years of record below which nothing is said."""
WITHIN = (1, 2, 3, 5)
CONFLICT, WAR = 25.0, 1000.0
"""State-based deaths that make a year one of conflict, or of war."""
OLDEST = 3
"""Years for which what lay around a country is taken as if it still did."""
STATE_BASED, ALL_TYPES = (1,), (1, 2, 3)


def outside_view(
    dossier: Dossier, on: date, model: RiskModel, own: RiskModel, around: Mapping[int, Surroundings]
) -> tuple[OutsideChance, ...]:
    """
    Chances of conflict and of war within one, two, three and five years after the last month of record.

    Parameters
    ----------
    dossier
        Its recorded deaths; events that are not placed in an area are missing, so that a year may look calmer than it was.
    on
        The day to look from.
    model
        Parameters of the relapse model.
    own
        Those from the country's own record alone, for where its surroundings are not known.
    around
        Year to the surroundings of the mission's country at its end, arrays of shape (1, 1); empty where they are not known.

    Returns
    -------
    tuple
        Empty where fewer than five years are on record.
    """
    try:
        state_based, every = history(dossier, on, STATE_BASED), history(dossier, on, ALL_TYPES)
    except InputFaults:
        return ()
    if state_based.months < 12 * LEAST_YEARS:
        return ()
    of, after = _years(state_based, every), month_text(state_based.origin)
    year = _last_known(around, state_based.origin)
    if year is None:
        model = own
    else:
        of = replace(of, around=_ever(around[year], of.years))
    at = np.array([of.years - 1])
    found, least = [], {"conflict": 0.0, "war": 0.0}
    for years in WITHIN:
        most = 1.0
        for what in ("conflict", "war"):
            band = relapse_risk(of, np.array([0]), at, model, Outcome(what, years))[0]
            # A longer wait cannot make it less likely, and a year of war is one of conflict: fits of their own may say
            # otherwise by a little.
            shown = min(max(band.value, least[what]), most)
            least[what] = most = shown
            found.append(
                OutsideChance(
                    what="conflict" if what == "conflict" else "war",
                    within_years=years,
                    after=after,
                    years_known=of.years,
                    probability=round(shown, 4),
                    low=round(max(0.0, band.low + shown - band.value), 4),
                    high=round(min(1.0, band.high + shown - band.value), 4),
                    surroundings=year,
                    saw_beyond=model.saw_beyond(after),
                )
            )
    return tuple(found)


def _last_known(around: Mapping[int, Surroundings], last_month: int) -> int | None:
    """The newest year that has ended by the last month, is known, and is not too old."""
    full = (last_month + 1) // 12 - 1
    return max((year for year in around if full - OLDEST <= year <= full), default=None)


def _ever(known: Surroundings, years: int) -> Surroundings:
    """The same figures in every year, of which only the last is asked for."""
    shape = (1, years)
    return Surroundings(
        conflict=np.broadcast_to(known.conflict, shape),
        violence=np.broadcast_to(known.violence, shape),
        hosted=np.broadcast_to(known.hosted, shape),
        fled=np.broadcast_to(known.fled, shape),
    )


def _years(state_based: Panel, every: Panel) -> CountryYears:
    """The record of two panels over the same months, as years of one country that end with the last month."""
    years = state_based.months // 12

    def by_year(panel: Panel) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        return np.asarray(panel.deaths[:, -12 * years :].sum(axis=0).reshape(1, years, 12).sum(axis=2))

    deaths = by_year(state_based)
    return CountryYears(
        countries=(0,),
        first=state_based.origin // 12 - years + 1,
        conflict=deaths >= CONFLICT,
        war=deaths >= WAR,
        state_based=deaths,
        all_kinds=by_year(every),
        counted=np.ones(deaths.shape, dtype=bool),
        whole=False,
    )
