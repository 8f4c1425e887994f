"""Forecast ranges kept by runs, against what was recorded since, for readers who were given chances."""

from __future__ import annotations

from dataclasses import dataclass

from exitplan.domain.errors import ExitplanError
from exitplan.domain.facts import facts_on
from exitplan.domain.results.after import HindsightMonth
from exitplan.domain.roles import may
from exitplan.usecases.board import View
from exitplan.usecases.open_mission import day_of


@dataclass(frozen=True)
class Judged:
    """One kept forecast with the months that have come since."""

    run: int
    plan: str
    origin: str
    months: tuple[HindsightMonth, ...]


def judged(seen: View) -> tuple[Judged, ...]:
    """
    Forecasts that this reader's role asked for, newest first, each with the months recorded since.

    Nothing for readers without chances, or where an area is hidden: the country's range speaks of all areas.
    """
    from exitplan.engine.watch.hindsight import hindsight
    from exitplan.usecases.asking import drawn, runs_of

    if not may(seen.reader, "see_chances") or seen.hidden.get("area"):
        return ()
    facts = facts_on(seen.dossier, day_of(seen.dossier, None))
    found = []
    for run in runs_of(seen, "futures"):
        if run.state != "done":
            continue
        try:
            result = drawn(seen, run.id).futures
        except ExitplanError:  # its plan has gone since, or its text was redacted
            continue
        if months := hindsight(facts, result):
            found.append(Judged(run.id, result.plan, result.origin, months))
    return tuple(found)
