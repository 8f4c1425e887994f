"""
How often alarms were right and wrong in the past, over rolling origins.

Every January of every country a watch begins, if the twelve months before it brought fewer than 25 deaths and the baseline
window lies inside the history. It lasts twelve months; charts start afresh. An onset is the first month in which the deaths
since the origin reach 25 (or 1,000) within those twelve months: renewed violence after twelve quiet months. An alarm up to
`GRACE` months after the onset finds it; its lead is the months from the alarm to the onset. A watch without an onset is a
quiet year; its alarm is false unless the twelve months after the alarm bring 25 deaths. Method page: docs/methods/watch.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from exitplan.domain.errors import InvalidValue
from exitplan.domain.findings import Wanted
from exitplan.domain.months import month_index, month_text
from exitplan.domain.results.base import Band
from exitplan.domain.results.watch import AlarmRates, Part, RatesPeriod, RatesResult
from exitplan.engine.bootstrap import band, drawn_anew
from exitplan.engine.streams import stream
from exitplan.engine.watch.counts import fitted
from exitplan.engine.watch.cusum import chart
from exitplan.engine.watch.expected import surprise

WATCH = 12
GRACE = 3
QUIET = 25.0
WAR = 1000.0
BASELINE = 12
"""Months of the baseline window. This, `cusum.RUN_LENGTH` and the bounds in `counts` were chosen on watches up to `CHOSEN_TO`."""
CHOSEN_TO = "2007-01"
"""Last beginning of a watch on which settings were tried; the later ones were not looked at before the settings stood."""
REPLICATES = 1000

Series = tuple[int, NDArray[np.float64]]
"""First month index, and deaths for each month from it."""
Alarm = Callable[[NDArray[np.float64], NDArray[np.float64]], int | None]
"""From the months before the origin and those after it to the place of the first alarm."""


@dataclass(frozen=True)
class Trial:
    """One watch of one country, and what an alarm made of it."""

    country: str
    begin: int
    """Month index of its first month; the places below count from it."""
    onset: int | None
    war: int | None
    alarm: int | None
    false: bool


def alarms(baseline: int, seed: int) -> dict[str, Alarm]:
    """The alarms tried, by name; `baseline` months are fitted."""
    return {
        "cusum": lambda before, after: chart(fitted(before[-baseline:])).first_alarm(after),
        "score": lambda before, after: surprise(fitted(before[-baseline:]), seed=seed).first_alarm(after),
        "month-25": lambda before, after: _first(after >= QUIET),
        "sum-5": lambda before, after: _first(_trailing(before, after, 3) >= 5),
    }


def tried(histories: Mapping[str, Series], *, baseline: int = BASELINE, seed: int = 1) -> dict[str, tuple[Trial, ...]]:
    """
    Every watch of the past, as each alarm would have kept it.

    Parameters
    ----------
    histories
        For each country its first month index and its deaths a month.
    baseline
        Months of the baseline window, 12 or more.
    seed
        Of the threshold that is set by Monte Carlo.

    Raises
    ------
    InvalidValue
        When no history holds a quiet origin.
    """
    if baseline < WATCH:
        raise InvalidValue("baseline", baseline, Wanted("{n} months or more", n=WATCH))
    origins = [
        (country, first, deaths, at)
        for country, (first, deaths) in histories.items()
        for at in _origins(first, deaths, baseline)
    ]
    if not origins:
        wanted = Wanted("a country with a quiet year after its baseline window")
        raise InvalidValue("histories", len(histories), wanted)
    return {
        name: tuple(_trial(country, first + at, deaths, at, alarm) for country, first, deaths, at in origins)
        for name, alarm in alarms(baseline, seed).items()
    }


def rates(
    trials: Mapping[str, tuple[Trial, ...]], *, baseline: int = BASELINE, seed: int = 1, replicates: int = REPLICATES
) -> RatesResult:
    """
    Rates of every alarm with bootstrap intervals over countries.

    Of all watches, of those on which the settings were chosen, and of the others.
    """
    last_chosen = month_index(CHOSEN_TO)
    parts: dict[Part, Callable[[Trial], bool]] = {
        "all": lambda _: True,
        "chosen-on": lambda trial: trial.begin <= last_chosen,
        "held-out": lambda trial: trial.begin > last_chosen,
    }
    found = [
        _period(part, {name: tuple(filter(inside, some)) for name, some in trials.items()}, seed, replicates)
        for part, inside in parts.items()
        if any(inside(trial) for some in trials.values() for trial in some)
    ]
    return RatesResult(baseline_months=baseline, periods=tuple(found))


def _period(part: Part, trials: Mapping[str, tuple[Trial, ...]], seed: int, replicates: int) -> RatesPeriod:
    some = next(iter(trials.values()))
    return RatesPeriod(
        part=part,
        countries=len({t.country for t in some}),
        first=month_text(min(t.begin for t in some)),
        last=month_text(max(t.begin for t in some) + WATCH - 1),
        watch_years=len(some),
        quiet_years=sum(t.onset is None for t in some),
        onsets_25=sum(t.onset is not None for t in some),
        onsets_1000=sum(t.war is not None for t in some),
        alarms=tuple(_rates(name, found, seed, replicates) for name, found in trials.items()),
    )


def _origins(first: int, deaths: NDArray[np.float64], baseline: int) -> list[int]:
    """Places of the Januaries at which a watch of a quiet country may begin."""
    return [
        at
        for at in range(baseline, deaths.size - WATCH - GRACE + 1)
        if (first + at) % 12 == 0 and deaths[at - WATCH : at].sum() < QUIET
    ]


def _trial(country: str, begin: int, deaths: NDArray[np.float64], at: int, alarm: Alarm) -> Trial:
    before, after = deaths[:at], deaths[at : at + WATCH + GRACE]
    total = np.cumsum(after[:WATCH])
    onset, war = _first(total >= QUIET), _first(total >= WAR)
    found = alarm(before, after)
    if onset is None and found is not None and found >= WATCH:
        found = None  # the watch of a quiet year is over
    false = onset is None and found is not None and deaths[at + found : at + found + WATCH].sum() < QUIET
    return Trial(country, begin, onset, war, found, false)


def _first(holds: NDArray[np.bool_]) -> int | None:
    places = np.flatnonzero(holds)
    return int(places[0]) if places.size else None


def _trailing(before: NDArray[np.float64], after: NDArray[np.float64], months: int) -> NDArray[np.float64]:
    joined = np.concatenate([before[1 - months :], after])
    return np.asarray(sum(joined[at : at + after.size] for at in range(months)))


def _rates(name: str, trials: tuple[Trial, ...], seed: int, replicates: int) -> AlarmRates:
    def missed(which: str) -> Callable[[list[Trial]], float | None]:
        def share(some: list[Trial]) -> float | None:
            onsets = [t for t in some if getattr(t, which) is not None]
            return sum(not _found(t, getattr(t, which)) for t in onsets) / len(onsets) if onsets else None

        return share

    def lead(which: str) -> Callable[[list[Trial]], float | None]:
        def median(some: list[Trial]) -> float | None:
            found = [
                o - t.alarm
                for t in some
                if t.alarm is not None and (o := getattr(t, which)) is not None and _found(t, o)
            ]
            return float(np.median(found)) if found else None

        return median

    def late(some: list[Trial]) -> float | None:
        onsets = [t for t in some if t.onset is not None]
        return sum(t.alarm is None or t.alarm > (t.onset or 0) for t in onsets) / len(onsets) if onsets else None

    def false(some: list[Trial]) -> float | None:
        quiet = [t for t in some if t.onset is None]
        return 10 * sum(t.false for t in quiet) / len(quiet) if quiet else None

    def rate(statistic: Callable[[list[Trial]], float | None]) -> Band | None:
        return _banded(trials, statistic, seed, replicates)

    return AlarmRates(
        alarm=name,
        false_per_10_years=rate(false),
        missed_25=rate(missed("onset")),
        missed_1000=rate(missed("war")),
        late_25=rate(late),
        lead_25=rate(lead("onset")),
        lead_1000=rate(lead("war")),
    )


def _found(trial: Trial, onset: int) -> bool:
    return trial.alarm is not None and trial.alarm <= onset + GRACE


def _banded(
    trials: tuple[Trial, ...], statistic: Callable[[list[Trial]], float | None], seed: int, replicates: int
) -> Band | None:
    """A rate with its interval from drawing countries anew; the same countries for every alarm and rate."""
    value = statistic(list(trials))
    if value is None:
        return None
    by_country: dict[str, list[Trial]] = {}
    for trial in trials:
        by_country.setdefault(trial.country, []).append(trial)
    groups = [by_country[country] for country in sorted(by_country)]
    drawn = drawn_anew(len(groups), stream(seed, "watch", "bootstrap"), replicates)
    found = (statistic([t for at in some for t in groups[at]]) for some in drawn)
    return band(value, [rate for rate in found if rate is not None])
