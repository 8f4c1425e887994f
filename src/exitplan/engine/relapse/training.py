"""
What the model learns from: every country and year after or beside violence, and whether conflict came in the years that followed.

A country-year is a lesson when armed conflict, or 25 deaths of organised violence of any kind, is on record in it or in the 19
years before, or a land neighbour is in conflict. A mission need not have been there: exits are few, and are what the model is
tested on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from exitplan.engine.binary.logistic import Fitted, Floats, fit
from exitplan.engine.relapse.years import CountryYears, Flags, Numbers, history, later

FIRST = 1990
"""First year of a lesson: deaths are counted since 1989."""
RECENT = 20
VIOLENT = 25.0


@dataclass(frozen=True)
class Outcome:
    """Conflict or war in one of some years after a year."""

    what: str
    """`conflict` or `war`."""
    years: int

    @property
    def code(self) -> str:
        """Such as `conflict-5y`."""
        return f"{self.what}-{self.years}y"


MAIN = Outcome("conflict", 5)
OUTCOMES = (MAIN, *(Outcome("conflict", n) for n in (1, 2, 3)), *(Outcome("war", n) for n in (1, 2, 3, 5)))


@dataclass(frozen=True)
class Taught:
    """Values and outcome of every lesson."""

    country: Numbers
    year: Numbers
    values: Floats
    happened: Flags

    def fitted(self, without: int | None, *, ridge: float, balance: float) -> Fitted:
        """Coefficients from the lessons of all countries but one (a row of the arrays), or of all."""
        rows = self.country != (-1 if without is None else without)
        return fit(self.values[rows], self.happened[rows], self.country[rows], ridge=ridge, balance=balance)


def taught(of: CountryYears, outcome: Outcome, names: Sequence[str]) -> Taught:
    """All lessons whose following years are in the data."""
    violent = of.conflict | (of.all_kinds >= VIOLENT)
    total = np.concatenate([np.zeros((len(violent), 1)), violent.cumsum(axis=1)], axis=1)
    columns = np.arange(of.years)
    recent = total[:, columns + 1] > total[:, np.maximum(columns + 1 - RECENT, 0)]
    whole = (columns + of.first >= FIRST) & (columns < of.years - outcome.years)
    near = of.around.conflict if of.around else np.zeros_like(violent)
    country, year = np.nonzero((recent | near) & of.counted & whole)
    happens = of.conflict if outcome.what == "conflict" else of.war
    return Taught(country, year, history(of, country, year, names), later(happens, country, year, outcome.years))
