"""Armed conflict by country and calendar year, and what it looks like at the end of a year, as numbers for a regression."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from exitplan.domain.errors import InvalidValue
from exitplan.engine.binary.logistic import Floats

Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]

LONG = 40.0
"""Years after which it no longer matters how long there was no conflict; also where none is on a whole record."""


@dataclass(frozen=True)
class Surroundings:
    """What lies around a country at the end of a year; every array has shape (countries, years)."""

    conflict: Flags
    """Whether a State with a common land border is in state-based armed conflict."""
    violence: Floats
    """Mean ln(1 + deaths of all organised violence in all neighbours together), half-life 4 years."""
    hosted: Floats
    """Refugees of other countries who live there."""
    fled: Floats
    """Refugees from there who live elsewhere."""

    def at(self, at: tuple[Numbers, Numbers]) -> Surroundings:
        """Those at some rows and columns."""
        return Surroundings(self.conflict[at], self.violence[at], self.hosted[at], self.fled[at])


@dataclass(frozen=True)
class CountryYears:
    """Every array but `countries` has shape (countries, years)."""

    countries: tuple[int, ...]
    """Gleditsch-Ward numbers."""
    first: int
    """Calendar year of the first column, where all rows have the same."""
    conflict: Flags
    """State-based armed conflict on the territory: 25 battle-related deaths in the year by UCDP's rules."""
    war: Flags
    """1,000 such deaths."""
    state_based: Floats
    """Deaths of state-based violence, best estimate; 0 before they were counted."""
    all_kinds: Floats
    """Deaths of all organised violence."""
    counted: Flags
    """Whether deaths were counted in that country and year, which is so for every State since 1989."""
    around: Surroundings | None = None
    """None where only the country's own record is known."""
    whole: bool = True
    """Whether the first column is early enough for years before it to count as without violence; else nothing is known of them."""

    @property
    def years(self) -> int:
        """Years in the arrays."""
        return int(self.conflict.shape[1])

    def last(self, country: Numbers, year: Numbers, years: int, *, whole: bool) -> CountryYears:
        """
        The `years` columns that end with each case's, one row for each case: what a record of so few years would hold.

        Raises
        ------
        InvalidValue
            When there are fewer columns up to a case's.
        """
        if year.size and year.min() < years - 1:
            raise InvalidValue("years", years, f"at most the {int(year.min()) + 1} columns up to a case's")
        at = country[:, None], year[:, None] - np.arange(years)[::-1]
        return CountryYears(
            countries=tuple(self.countries[row] for row in country),
            first=self.first,
            conflict=self.conflict[at],
            war=self.war[at],
            state_based=self.state_based[at],
            all_kinds=self.all_kinds[at],
            counted=self.counted[at],
            around=self.around and self.around.at(at),
            whole=whole,
        )


def later(happens: Flags, country: Numbers, year: Numbers, years: int) -> Flags:
    """Whether it happens in the `years` after year `year` (a column), shape (cases,); years beyond the last count as without."""
    total = np.concatenate([np.zeros((len(happens), 1)), happens.cumsum(axis=1)], axis=1)
    last = happens.shape[1]
    begin, end = (np.minimum(year + 1 + more, last) for more in (0, years))
    return np.asarray(total[country, end] > total[country, begin])


def quiet(happens: Flags, cap: float = LONG, *, whole: bool = True) -> Floats:
    """
    Full years since it last happened, at most `cap`; 0 in a year in which it happens.

    Where it has not happened yet, `cap`; in a record that is not whole only the years of the record.
    """
    before = -np.inf if whole else -1.0
    last = np.maximum.accumulate(np.where(happens, np.arange(happens.shape[1]), before), axis=1)
    return np.asarray(np.minimum(np.arange(happens.shape[1]) - last, cap))


def memory(values: Floats, half_life: float, *, whole: bool = True) -> Floats:
    """
    Mean of this and earlier years, each weighing half as much every `half_life` years.

    Years before the first count as 0; in a record that is not whole they have no weight.
    """
    keep = 2.0 ** (-1.0 / half_life)
    found = np.zeros(values.shape)
    now = np.zeros(len(values))
    for year in range(values.shape[1]):
        now = keep * now + (1 - keep) * values[:, year]
        found[:, year] = now if whole else now / (1 - keep ** (year + 1))
    return found


def _around(of: CountryYears) -> Surroundings:
    if of.around is None:
        raise InvalidValue("variables", "surroundings", "those of a country's own record, where nothing else is known")
    return of.around


VARIABLES: dict[str, Callable[[CountryYears], Floats]] = {
    "quiet": lambda of: np.log1p(quiet(of.conflict, whole=of.whole)),
    "conflict": lambda of: of.conflict.astype(np.float64),
    "memory_10": lambda of: memory(of.conflict.astype(np.float64), 10, whole=of.whole),
    "memory_20": lambda of: memory(of.conflict.astype(np.float64), 20, whole=of.whole),
    "deaths": lambda of: np.log1p(of.state_based),
    "violence_1": lambda of: memory(np.log1p(of.all_kinds), 1, whole=of.whole),
    "violence_4": lambda of: memory(np.log1p(of.all_kinds), 4, whole=of.whole),
    "neighbours_4": lambda of: _around(of).violence,
    "hosted": lambda of: np.log1p(_around(of).hosted),
    "fled": lambda of: np.log1p(_around(of).fled),
}
"""
What the end of a year shows: ln(1 + years without conflict); conflict in the year; share of years with conflict, half-life 10 or
20 years; ln(1 + state-based deaths of the year); mean ln(1 + deaths of all organised violence), half-life 1 or 4 years; the last
in all land neighbours together; ln(1 + refugees hosted); ln(1 + refugees who fled from there).
"""


def history(of: CountryYears, country: Numbers, year: Numbers, names: Sequence[str]) -> Floats:
    """
    The named variables of countries at the end of years, shape (cases, names). Later years change nothing in it.

    Raises
    ------
    InvalidValue
        For a name that `VARIABLES` lacks, or one of the surroundings where they are not known.
    """
    if unknown := [name for name in names if name not in VARIABLES]:
        raise InvalidValue("variables", ", ".join(unknown), ", ".join(VARIABLES))
    return np.column_stack([VARIABLES[name](of)[country, year] for name in names])
