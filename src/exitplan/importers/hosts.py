"""Which country an event belongs to: the names that event sources use for a host country, now and before it was a State."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

NAMES = Path(__file__).resolve().parent.parent / "library" / "countries.csv"
"""Columns iso3, name, until: a name with a last day is that of the State the country then belonged to."""


@dataclass(frozen=True)
class Host:
    """The host country as event sources name it, in small letters."""

    names: frozenset[str]
    """Names that mean the host itself."""
    formerly: tuple[tuple[str, date], ...] = ()
    """Names of States it was part of, with the last day: their events count only inside the mission's areas."""

    @classmethod
    def of(cls, iso3: Iterable[str], names: Iterable[str] = ()) -> Host:
        """
        The names of one or more host countries.

        Parameters
        ----------
        iso3
            ISO 3166-1 alpha-3 codes; a code without entry in `NAMES`, such as that of a fictional country, only means itself.
        names
            Further names, such as the mission's own name of its host.
        """
        codes = set(iso3)
        own = {name.casefold() for name in (*codes, *names)}
        formerly = []
        with NAMES.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["iso3"] in codes and row["until"]:
                    formerly.append((row["name"].casefold(), date.fromisoformat(row["until"])))
                elif row["iso3"] in codes:
                    own.add(row["name"].casefold())
        return cls(frozenset(own), tuple(formerly))

    def is_named(self, country: pl.Series) -> pl.Series:
        """Whether each name is one of the host's own, or not given at all."""
        distinct = country.fill_null("").unique()
        ours = [name for name in distinct if not name.strip() or name.strip().casefold() in self.names]
        return country.fill_null("").is_in(ours)

    def was_named(self) -> pl.Expr:
        """Whether columns `country` and `date_start` name a State that the host was still part of."""
        then = pl.lit(False)
        for name, until in self.formerly:
            then = then | ((pl.col("country").str.to_lowercase() == name) & (pl.col("date_start") <= until))
        return then
