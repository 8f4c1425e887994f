"""Deaths of many countries by month, each seen from its first to its last known month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from exitplan.domain.errors import InvalidValue
from exitplan.domain.fields import MOST_DEATHS
from exitplan.domain.findings import Wanted
from exitplan.domain.months import month_text

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class CountryPanel:
    """
    Past deaths up to an origin.

    Parameters
    ----------
    countries
        ISO 3166 codes, sorted, each once; one or more.
    start
        Month index (`domain.months`) of the first column.
    deaths
        Shape (countries, months), one month or more; whole or fractional, in [0, 1e10]. NaN before a country's first known
        month and after its last, nowhere between.
    """

    countries: tuple[str, ...]
    start: int
    deaths: Floats

    def __post_init__(self) -> None:
        if not self.countries or list(self.countries) != sorted(set(self.countries)):
            raise InvalidValue("CountryPanel.countries", self.countries, Wanted("one code or more, sorted, each once"))
        if self.deaths.ndim != 2 or self.deaths.shape[0] != len(self.countries) or self.deaths.shape[1] < 1:
            wanted = Wanted("shape ({n}, months) with one month or more", n=len(self.countries))
            raise InvalidValue("CountryPanel.deaths", self.deaths.shape, wanted)
        seen = ~np.isnan(self.deaths)
        if not np.all((self.deaths[seen] >= 0) & (self.deaths[seen] <= MOST_DEATHS)):
            raise InvalidValue(
                "CountryPanel.deaths", "values", Wanted("counts in [0, {most}]", most=f"{MOST_DEATHS:g}")
            )
        spans = np.diff(seen.astype(np.int8), axis=1, prepend=0) == 1
        if np.any(spans.sum(axis=1) > 1):
            raise InvalidValue("CountryPanel.deaths", "gaps", Wanted("no unknown month between two known ones"))

    @classmethod
    def of(cls, histories: Mapping[str, tuple[int, Sequence[float]]], origin: int) -> CountryPanel:
        """
        Every country of a set of histories, with what was known at the end of `origin` and nothing later.

        Parameters
        ----------
        histories
            First month index and deaths from there on, by country. A country that begins after the origin is unknown
            throughout.

        Raises
        ------
        InvalidValue
            When no country has a month up to the origin.
        """
        known = [first for first, _ in histories.values() if first <= origin]
        if not known:
            raise InvalidValue("origin", month_text(origin), Wanted("a month with history up to it"))
        start = min(known)
        countries = tuple(sorted(histories))
        deaths = np.full((len(countries), origin - start + 1), np.nan)
        for row, country in enumerate(countries):
            first, counts = histories[country]
            counts = counts[: max(0, origin - first + 1)]
            deaths[row, max(0, first - start) : max(0, first - start) + len(counts)] = counts
        return cls(countries=countries, start=start, deaths=deaths)

    @property
    def months(self) -> int:
        """Number of months."""
        return int(self.deaths.shape[1])

    @property
    def origin(self) -> int:
        """Month index of the last column."""
        return self.start + self.months - 1

    @property
    def seen(self) -> NDArray[np.int64]:
        """Known months of each country up to and with each month, shape (countries, months)."""
        return np.cumsum(~np.isnan(self.deaths), axis=1)

    def past(self, row: int) -> Floats:
        """The known months of one country, oldest first."""
        own = self.deaths[row]
        return np.asarray(own[~np.isnan(own)])
