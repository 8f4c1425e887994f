"""Forecast ranges that were kept, against what was recorded since. Retrospective: it judges the ranges, never a decision."""

from __future__ import annotations

from exitplan.domain.dossier import Dossier
from exitplan.domain.facts import Facts
from exitplan.domain.months import month_index
from exitplan.domain.results.hindsight import HindsightMonth
from exitplan.domain.results.stability import FuturesResult


def hindsight(facts: Facts, futures: FuturesResult) -> tuple[HindsightMonth, ...]:
    """
    Months of a kept forecast for which counts have come since, each with its four-fifths range and what was recorded.

    Deaths of the types and areas the forecast speaks of; a month outside the coverage of the sources is left out.
    """
    covered = facts.coverage
    if covered is None:
        return ()
    dossier: Dossier = facts.dossier
    areas = [a.area for a in futures.areas]
    found = []
    for month in futures.country:
        at = month_index(month.month)
        if not covered[0] <= at <= covered[1]:
            continue
        grid = dossier.area_months.dense("deaths", areas, first=at, last=at, types=dossier.mission.violence_types)
        recorded = float(sum(row[0] for row in grid))
        found.append(
            HindsightMonth(
                month=month.month,
                low=month.p10,
                middle=month.p50,
                high=month.p90,
                recorded=recorded,
                inside=month.p10 <= recorded <= month.p90,
            )
        )
    return tuple(found)
