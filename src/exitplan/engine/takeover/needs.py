"""
What people say they need, when they were asked, and what surveys find, each value with its interval.

Wilson's interval for a share p of n people asked, with z = 1.96 for 95 %:

    (p + z^2/2n -+ z sqrt(p (1 - p)/n + z^2/4n^2)) / (1 + z^2/n)

References
----------
.. [1] Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of the American
       Statistical Association, 22, 209-212.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import sqrt
from typing import Literal

from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Consultation, Function, Indicator, Need
from exitplan.domain.results.takeover import ConsultationLine, NeedLine, SurveyLine
from exitplan.domain.tables import Reading

Z95 = 1.959963984540054
"""Standard normal quantile of 97.5 %."""

PARTS = {"%": 100.0, "share": 1.0}
"""Units in which a value is a share of the people asked, and what makes a whole."""

OPEN = ("undecided", "discontinue")
"""Destinations that leave a function with nobody to carry it."""

_ORDER = ("nobody", "function_open", "served")


def wilson(share: float, asked: int) -> tuple[float, float]:
    """
    95 % interval of a share among people asked at random.

    Parameters
    ----------
    share
        In [0, 1].
    asked
        People asked, 1 or more.

    Returns
    -------
    tuple of float
        Low and high end, both in [0, 1].
    """
    z2 = Z95 * Z95 / asked
    middle = (share + z2 / 2) / (1 + z2)
    half = Z95 * sqrt(share * (1 - share) / asked + z2 / asked / 4) / (1 + z2)
    return max(0.0, middle - half), min(1.0, middle + half)


def needs(dossier: Dossier) -> tuple[NeedLine, ...]:
    """Every need, those that nobody serves first; then by level, place and rank."""
    lines = [_need(dossier, n) for n in dossier.of(Need)]
    return tuple(
        sorted(lines, key=lambda n: (_ORDER.index(n.served), n.level != "community", n.area or "", n.priority, n.code))
    )


def _need(dossier: Dossier, n: Need) -> NeedLine:
    function = dossier.get(Function, n.function)
    served: Literal["nobody", "function_open", "served"] = "served"
    if not n.programmes:
        served = "nobody" if function is None else "function_open" if function.destination in OPEN else "served"
    return NeedLine(
        code=n.code,
        title=n.title,
        title_fr=n.title_fr,
        level=n.level,
        area=n.area,
        group=n.group,
        priority=n.priority,
        asked_on=n.asked_on,
        statement=n.statement,
        function=n.function,
        programmes=n.programmes,
        consultation=n.consultation,
        served=served,
    )


def consultations(dossier: Dossier, on: date) -> tuple[ConsultationLine, ...]:
    """Consultations held by a day, the latest first, each with the needs that were named there."""
    held = sorted((c for c in dossier.of(Consultation) if c.date <= on), key=lambda c: (-c.date.toordinal(), c.code))
    return tuple(
        ConsultationLine(
            code=c.code,
            title=c.title,
            title_fr=c.title_fr,
            date=c.date,
            area=c.area,
            channel=c.channel,
            women=c.women,
            men=c.men,
            young=c.young,
            said=c.said,
            needs=tuple(n.code for n in dossier.of(Need) if n.consultation == c.code),
        )
        for c in held
    )


def surveys(dossier: Dossier, on: date) -> tuple[SurveyLine, ...]:
    """The latest value of each perception indicator in each place and group, by indicator, place and group."""
    return tuple(line for i in dossier.of(Indicator) if i.survey for line in _lines(dossier, i, on))


def _lines(dossier: Dossier, indicator: Indicator, on: date) -> Iterator[SurveyLine]:
    used = indicator.version_on(on)
    latest: dict[tuple[str, str], Reading] = {}
    for reading in dossier.measurements.in_force(on).readings(indicator.code):
        if used is not None and reading.version == used.version:
            latest[reading.area, reading.group] = reading
    for _, reading in sorted(latest.items()):
        yield _survey(indicator, reading)


def _survey(indicator: Indicator, r: Reading) -> SurveyLine:
    asked, whole = indicator.sample.get(r.group), PARTS.get(indicator.unit)
    low, high = r.low, r.high
    interval: Literal["stated", "sample", "none"] = "stated"
    if low is None or high is None:
        interval = "none"
        low = high = None
        if asked and whole and 0 <= r.value <= whole:
            low, high = (end * whole for end in wilson(r.value / whole, asked))
            interval = "sample"
    return SurveyLine(
        indicator=indicator.code,
        area=r.area,
        group=r.group,
        date=r.date,
        value=r.value,
        unit=indicator.unit,
        low=low,
        high=high,
        interval=interval,
        asked=asked,
        verification=r.verification,
    )
