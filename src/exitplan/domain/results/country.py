"""Results of the country forecast's back-test: scores of every forecaster, over all and by country."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from exitplan.domain.results.base import Band, ResultPart

Measure = Literal["crps", "log_crps", "ignorance", "ignorance_each"]
Cases = Literal["given", "chosen-on", "held-out", "african-hosts", "other-hosts"]
Trial = Literal["file", "rolling", "views"]


class CountryScore(ResultPart):
    """Mean scores of one forecaster over country-months; smaller is better."""

    forecaster: str = Field(description="`pool`, a benchmark, or an official benchmark of VIEWS (`views-…`).")
    crps: float = Field(description="Continuous ranked probability score, in deaths.")
    log_crps: float = Field(description="The same of ln(1 + deaths).")
    ignorance: float = Field(description="Bits, in VIEWS' bins, one pseudo-draw spread over all bins.")
    ignorance_each: float = Field(description="Bits, in VIEWS' bins, one pseudo-draw in every bin, as VIEWS evaluates.")
    brier_any: float = Field(description="Brier score of any death in the month.")
    covered_80: float = Field(description="Share of the probability integral transform inside the central 80 %.")
    covered_90: float = Field(description="Share of the probability integral transform inside the central 90 %.")


class CountryGain(ResultPart):
    """How much lower the pool's mean score is than another forecaster's."""

    against: str = Field(description="The other forecaster.")
    measure: Measure
    gain: Band | None = Field(description="1 - pool / other; 90 % interval from drawing countries anew. None at 0 / 0.")
    won: int = Field(description="Countries in which the pool's mean score is lower.")
    lost: int = Field(description="Countries in which it is higher.")


class CountryLine(ResultPart):
    """One country."""

    iso3: str
    months: int = Field(description="Months scored.")
    deaths: float = Field(description="Deaths in them.")
    scores: tuple[CountryScore, ...]


class CountryGroup(ResultPart):
    """One set of country-months."""

    cases: Cases = Field(description="Which country-months these are.")
    draws: int = Field(description="Draws of our forecasts.")
    first: str = Field(description="First month scored.")
    last: str = Field(description="Last month scored.")
    country_months: int
    scores: tuple[CountryScore, ...] = Field(description="The pool first.")
    gains: tuple[CountryGain, ...]
    countries: tuple[CountryLine, ...]


class CountryBacktestResult(ResultPart):
    """What was forecast, and how good it was."""

    trial: Trial = Field(description="A file from one origin, rolling origins, or the windows of VIEWS' competition.")
    frozen: str = Field(description="Day on which the settings were frozen.")
    origins: tuple[str, ...] = Field(description="Last known month of each forecast.")
    horizon: int = Field(description="Months ahead.")
    skipped: int = Field(description="First months ahead that are not scored.")
    draws: int
    countries: int
    filled: int | None = Field(
        None,
        description="Months without a row between a country's first and last, taken as without deaths; null where not counted.",
    )
    ended: int | None = Field(
        None,
        description="Countries whose rows end before the origin, unknown from there on; null where origins are several.",
    )
    unknown: int | None = Field(
        None, description="Countries without a row up to the origin; null where origins are several."
    )
    groups: tuple[CountryGroup, ...] = Field(description="Empty where nothing after the origin is known.")
