"""`exitplan hindsight`: forecast ranges kept by runs, against what was recorded since, for readers who were given chances."""

from __future__ import annotations

from datetime import date

from exitplan.domain.errors import InvalidValue
from exitplan.domain.facts import facts_on
from exitplan.domain.findings import Wanted
from exitplan.domain.results.hindsight import HindsightResult, KeptForecast
from exitplan.usecases.answers import Answered, answered
from exitplan.usecases.asking import Kept, kept_futures, kept_futures_at_machine
from exitplan.usecases.board import View, whole
from exitplan.usecases.open_mission import DATABASE, day_of, open_mission
from exitplan.usecases.people import require

MOST = 50
"""Kept forecasts looked at, the newest: each is read whole."""


def hindsight(mission: str, *, on: date | None = None) -> Answered[HindsightResult]:
    """
    Every kept forecast of a mission of the database, whichever role had it drawn, against what was recorded since.

    Raises
    ------
    InvalidValue
        For a mission outside the database: forecasts are kept nowhere else.
    NotFound, InputFaults
        As `open_mission` does.
    """
    if not mission.startswith(DATABASE):
        raise InvalidValue("mission", mission, Wanted("db:CODE: only the database keeps forecasts"))
    seen = whole(open_mission(mission))
    return _answered(seen, on, kept_futures_at_machine(seen, MOST))


def hindsight_of(seen: View, *, on: date | None = None) -> Answered[HindsightResult]:
    """
    Forecasts that this reader's role had drawn, newest first, each with the months recorded since.

    None that rests on an entry that has been hidden from the reader since, such as an area or a source: its ranges speak of it.
    Raises NotAllowed for readers without chances.
    """
    require(seen.reader, "see_chances")
    return _answered(seen, on, kept_futures(seen, MOST))


def _answered(seen: View, on: date | None, kept: Kept) -> Answered[HindsightResult]:
    from exitplan.engine.watch.hindsight import hindsight as months_since

    day = day_of(seen.dossier, on)
    facts = facts_on(seen.dossier, day)
    judged = [
        KeptForecast(
            run=drawn.run.id,
            role=drawn.run.role,
            plan=drawn.futures.plan,
            scenario=drawn.futures.scenario,
            origin=drawn.futures.origin,
            months=months_since(facts, drawn.futures),
        )
        for drawn in kept.drawn
    ]
    months = [month for forecast in judged for month in forecast.months]
    result = HindsightResult(
        kept=len(kept.drawn),
        left=kept.left,
        not_shown=kept.not_shown,
        months=len(months),
        inside=sum(month.inside for month in months),
        forecasts=tuple(forecast for forecast in judged if forecast.months),
    )
    return answered("hindsight", seen.dossier, result, on=day)
