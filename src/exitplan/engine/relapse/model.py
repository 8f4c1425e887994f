"""The chance that armed conflict comes, or comes back, in the years after an exit, with the parameters that come along."""

from __future__ import annotations

from exitplan.domain.results.base import Band
from exitplan.domain.risk_model import RiskModel
from exitplan.engine.binary.shipped import bands
from exitplan.engine.relapse.training import MAIN, Outcome
from exitplan.engine.relapse.years import CountryYears, Numbers, history


def relapse_risk(
    of: CountryYears, country: Numbers, year: Numbers, model: RiskModel, outcome: Outcome = MAIN
) -> tuple[Band, ...]:
    """
    The chance of each case, with its 90 % interval from the doubt about the coefficients.

    Parameters
    ----------
    country, year
        Rows and columns of the arrays, shape (cases,): what is known at the end of that year counts, and nothing later.
    outcome
        What may happen, out of `OUTCOMES`.

    Raises
    ------
    NotFound
        For an outcome that the model was not fitted for.
    """
    return bands(model.of(outcome.code), history(of, country, year, model.variables))
