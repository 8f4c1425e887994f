"""`exitplan backtest country`: deaths by country and month forecast from an origin, and how good that was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from exitplan.domain.errors import InvalidValue
from exitplan.domain.findings import Wanted
from exitplan.domain.months import month_index, month_text
from exitplan.domain.results.base import Answer, Manifest
from exitplan.domain.results.country import Cases, CountryBacktestResult, CountryGroup, Trial
from exitplan.usecases.answers import digest_of, schema_name, versions
from exitplan.usecases.rows import leave_rows

if TYPE_CHECKING:
    from exitplan.domain.priors import Priors
    from exitplan.engine.country.comparison import Scored
    from exitplan.engine.country.forecast import Deaths
    from exitplan.engine.country.panel import CountryPanel

History = Mapping[str, tuple[int, Sequence[float]]]
Progress = Callable[[int, int], None]

COLUMNS = ("iso3", "month", "draw", "deaths")
MOST_DRAWN = 25_000_000
"""Draws times months times countries: a thousand draws of ten years for two hundred countries, about three gigabytes."""
VIEWS_HORIZON, VIEWS_SKIPPED = 14, 2
"""Data to the end of October, forecasts of the calendar year after: months 3 to 14 ahead."""
ROLLING = tuple(f"{year}-12" for year in range(2004, 2024))
ROLLING_HORIZON = 12
CHOSEN_TO = month_index("2016-12")
"""Last month of the years on which the settings were chosen."""


def forecast_country(
    history: Path, *, origin: str, horizon: int = 12, draws: int = 1000, seed: int = 1, out: Path | None = None
) -> tuple[CountryBacktestResult, Answer]:
    """
    Forecast every country of a file from one origin; score it against what the file holds later.

    Parameters
    ----------
    history
        CSV or CSV.gz with `iso3,month,deaths`.
    origin
        Last month that may be known, as YYYY-MM.
    out
        File to leave the draws in: `iso3,month,draw,deaths`, for every country and each of the `horizon` months after
        the origin; draws count from 1.

    Raises
    ------
    Unreadable, InputFaults, InvalidValue
        For a file that is no history, or holds nothing up to the origin; for more draws than `MOST_DRAWN`.
    """
    import numpy as np

    from exitplan.engine.country.forecast import forecast
    from exitplan.engine.country.panel import CountryPanel
    from exitplan.importers.history import read_histories

    at = _month(origin)
    panel = CountryPanel.of(read_histories(history, until=at).by_country, at)
    _bounded(draws, horizon, len(panel.countries))
    ours = forecast(panel, _priors(), horizon=horizon, draws=draws, seed=seed)
    if out is not None:
        leave_rows(out, COLUMNS, _rows(panel, ours))
    read = read_histories(history)
    found = _against(panel, ours, read.by_country, seed=seed)
    known = panel.seen[:, -1] > 0
    result = _result(
        "file",
        origins=(origin,),
        horizon=horizon,
        draws=draws,
        countries=len(panel.countries),
        filled=read.filled,
        ended=int((known & np.isnan(panel.deaths[:, -1])).sum()),
        unknown=int((~known).sum()),
        groups=(_group("given", found, draws, seed),) if found is not None else (),
    )
    return _answer(result, (history,), seed, origin=origin, horizon=horizon, draws=draws)


def rolling_country(
    *, draws: int = 1000, seed: int = 1, progress: Progress | None = None
) -> tuple[CountryBacktestResult, Answer]:
    """
    The months that come along, forecast a year ahead from each December; years on which settings were chosen apart.

    That file covers each of its countries from its first row to its last month (`library/history/README.md`), so a country is
    known up to every origin, where a file of one's own knows it up to its last row before the origin.
    """
    from exitplan.engine.country.comparison import joined
    from exitplan.engine.country.forecast import forecast
    from exitplan.engine.country.panel import CountryPanel
    from exitplan.importers.history import HISTORY, read_histories

    read, priors = read_histories(), _priors()
    _bounded(draws, ROLLING_HORIZON, len(read.by_country))
    some = []
    for done, origin in enumerate(ROLLING):
        known = {c: h for c, h in read.by_country.items() if h[0] <= month_index(origin)}
        panel = CountryPanel.of(known, month_index(origin))
        ours = forecast(panel, priors, horizon=ROLLING_HORIZON, draws=draws, seed=seed)
        found = _against(panel, ours, read.by_country, seed=seed)
        if found is not None:
            some.append(found)
        if progress is not None:
            progress(done + 1, len(ROLLING))
    scored = joined(some)
    chosen = scored.month <= CHOSEN_TO
    result = _result(
        "rolling",
        origins=ROLLING,
        horizon=ROLLING_HORIZON,
        draws=draws,
        countries=len(read.by_country),
        filled=read.filled,
        groups=(
            _group("chosen-on", scored.only(chosen), draws, seed),
            _group("held-out", scored.only(~chosen), draws, seed),
        ),
    )
    return _answer(result, (HISTORY,), seed, draws=draws)


def views_country(
    folder: Path, *, draws: int = 1000, seed: int = 1, progress: Progress | None = None
) -> tuple[CountryBacktestResult, Answer]:
    """
    The windows of VIEWS' competition, with the same data cut-off, against its official benchmarks on the same rows.

    Scored with as many draws as the official ones have, and again with `draws`.

    Parameters
    ----------
    folder
        A folder as `importers.views` wants it.

    Raises
    ------
    Unreadable, InputFaults
        For files that are not there or cannot be used, with every fault of every row.
    """
    import numpy as np

    from exitplan.engine.country.benchmarks import BENCHMARKS
    from exitplan.engine.country.comparison import POOL, joined, score
    from exitplan.engine.country.forecast import forecast
    from exitplan.engine.country.panel import CountryPanel
    from exitplan.importers.views import FILES, read_views

    views, priors = read_views(folder), _priors()
    sets: tuple[tuple[Cases, History, bool], ...] = (
        ("african-hosts", views.african, True),
        ("other-hosts", views.african | views.other, False),
    )
    sets = tuple(some for some in sets if any((host in views.african) == some[2] for host in views.hosts))
    _bounded(draws, VIEWS_HORIZON, max(len(histories) for _, histories, _ in sets))
    official = len(next(iter(next(iter(views.drawn.values())).values())))
    booked: dict[tuple[Cases, int], list[Scored]] = {}
    origins = [f"{year - 1}-10" for year in views.windows]
    for done, (year, origin) in enumerate(zip(views.windows, origins, strict=True)):
        for cases, histories, african in sets:
            known = {c: h for c, h in histories.items() if h[0] <= month_index(origin)}
            panel = CountryPanel.of(known, month_index(origin))
            rows = [
                row
                for row, country in enumerate(panel.countries)
                if country in views.hosts and (country in views.african) == african
            ]
            months = [year * 12 + m for m in range(12)]
            keys = [(panel.countries[row], month) for row in rows for month in months]
            for number in sorted({official, draws}):
                ours = forecast(panel, priors, horizon=VIEWS_HORIZON, draws=number, seed=seed)
                made = {POOL: ours} | {
                    name: make(panel, VIEWS_HORIZON, number, seed) for name, make in BENCHMARKS.items()
                }
                drawn = {
                    name: d[:, rows, VIEWS_SKIPPED:].reshape(number, -1).astype(np.float64) for name, d in made.items()
                }
                for name, theirs in views.drawn.items():
                    drawn["views-" + name.replace("_", "-")] = np.stack([theirs[key] for key in keys], axis=1)
                booked.setdefault((cases, number), []).append(
                    score(
                        drawn,
                        np.array([views.happened[key] for key in keys]),
                        np.array([country for country, _ in keys]),
                        np.array([month for _, month in keys]),
                    )
                )
        if progress is not None:
            progress(done + 1, len(origins))
    result = _result(
        "views",
        origins=tuple(origins),
        horizon=VIEWS_HORIZON,
        skipped=VIEWS_SKIPPED,
        draws=draws,
        countries=len(views.hosts),
        groups=tuple(_group(cases, joined(some), number, seed) for (cases, number), some in booked.items()),
    )
    return _answer(result, [folder / name for name in FILES], seed, draws=draws)


def _against(panel: CountryPanel, ours: Deaths, histories: History, *, seed: int) -> Scored | None:
    """The pool and the benchmarks on every later month that is known; None where there is none."""
    import numpy as np

    from exitplan.engine.country.benchmarks import BENCHMARKS
    from exitplan.engine.country.comparison import POOL, score

    draws, countries, horizon = ours.shape
    happened = np.full((countries, horizon), np.nan)
    for row, country in enumerate(panel.countries):
        first, deaths = histories[country]
        for ahead in range(horizon):
            at = panel.origin + 1 + ahead - first
            if 0 <= at < len(deaths):
                happened[row, ahead] = deaths[at]
    known = ~np.isnan(happened)
    if not known.any():
        return None
    rows, months = np.nonzero(known)
    made = {POOL: ours} | {name: make(panel, horizon, draws, seed) for name, make in BENCHMARKS.items()}
    return score(
        {name: d[:, known].astype(np.float64) for name, d in made.items()},
        happened[known],
        np.array(panel.countries)[rows],
        panel.origin + 1 + months,
    )


def _group(cases: Cases, scored: Scored, draws: int, seed: int) -> CountryGroup:
    from exitplan.engine.country.comparison import group

    return group(cases, scored, draws=draws, seed=seed)


def _rows(panel: CountryPanel, deaths: Deaths) -> Iterator[tuple[str, str, int, int]]:
    """By country, month and draw; draws count from 1."""
    _, _, horizon = deaths.shape
    for row, country in enumerate(panel.countries):
        for ahead in range(horizon):
            month = month_text(panel.origin + 1 + ahead)
            for draw, count in enumerate(deaths[:, row, ahead].tolist(), start=1):
                yield country, month, draw, count


def _result(
    trial: Trial, *, origins: tuple[str, ...], horizon: int, draws: int, countries: int,
    groups: tuple[CountryGroup, ...], skipped: int = 0,
    filled: int | None = None, ended: int | None = None, unknown: int | None = None,
) -> CountryBacktestResult:  # fmt: skip
    from exitplan.engine.country.settings import FROZEN

    return CountryBacktestResult(
        trial=trial,
        frozen=FROZEN,
        origins=origins,
        horizon=horizon,
        skipped=skipped,
        draws=draws,
        countries=countries,
        filled=filled,
        ended=ended,
        unknown=unknown,
        groups=groups,
    )


def _answer(
    result: CountryBacktestResult, files: Sequence[Path], seed: int, **options: str | int
) -> tuple[CountryBacktestResult, Answer]:
    from exitplan.importers.priors import COUNTRY

    inputs, priors = digest_of(*files, COUNTRY), _priors().version
    manifest = Manifest(inputs=inputs, seed=seed, options={**options, "priors": priors}, versions=versions())
    answer = Answer(schema_=schema_name("backtest-country"), mission="", on=None, manifest=manifest, result=result)
    return result, answer


def _priors() -> Priors:
    from exitplan.importers.priors import COUNTRY, read_priors

    return read_priors(COUNTRY)


def _bounded(draws: int, months: int, countries: int) -> None:
    """Refuse what would not fit into memory before anything is drawn."""
    if draws * months * countries > MOST_DRAWN:
        wanted = Wanted(
            "draws × months × countries of {most} at most; these are {draws} × {months} × {countries}",
            most=MOST_DRAWN,
            draws=draws,
            months=months,
            countries=countries,
        )
        raise InvalidValue("--draws", draws, wanted)


def _month(text: str) -> int:
    if not re.fullmatch(r"(19|20|21)\d\d-(0[1-9]|1[0-2])", text):
        raise InvalidValue("origin", text, "a month as YYYY-MM")
    return month_index(text)
