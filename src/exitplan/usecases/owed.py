"""Late data: what is due by the rhythm of each indicator, which office owes it, and the sheet that asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from exitplan.domain.facts import facts_on
from exitplan.domain.kinds import Area, Criterion, Indicator
from exitplan.domain.months import last_day, month_of
from exitplan.domain.tables import MeasurementTable, Reading
from exitplan.usecases.kept import kept_with
from exitplan.usecases.looking import Look
from exitplan.usecases.measuring import rows
from exitplan.usecases.sheets import Value, xlsx_file

DUE_AT_MOST = 12
"""Missed values of one series that a sheet asks for: the latest ones; older gaps stay gaps."""

HEADS = (*(column.name for column in MeasurementTable.COLUMNS), "indicator_name", "area_name")
"""Columns of a sheet: those that an upload reads, and two that tell people what the codes mean."""


@dataclass(frozen=True)
class Owed:
    """One series whose values are late."""

    indicator: Indicator
    area: str
    group: str
    reason: str
    """Why it is owed: `due`, or the reason that leaves a criterion unknown (`stale`, `no-data` …)."""
    last: Reading | None
    due: tuple[date, ...]
    """Last day of each month for which a value is wanted, in order of time."""
    holds_up: tuple[str, ...]
    """Criteria and gates that are unknown for want of it, as kind:code."""
    came: tuple[date, ...] = ()
    """Those of them that have been handed in and wait for review, as far as the reader may see it."""

    @property
    def wanted(self) -> tuple[date, ...]:
        """Those that have not been handed in either."""
        return tuple(day for day in self.due if day not in self.came)

    @property
    def office(self) -> str:
        """The office that owes it."""
        return self.indicator.owner


@dataclass(frozen=True)
class Gap:
    """Months inside a series for which no value came."""

    area: str
    group: str
    after: date
    before: date
    values: int


@kept_with(most=1)
def owed(seen: Look) -> tuple[Owed, ...]:
    """Every series that is late on the day, those that hold up a criterion or a gate first, then the longest owed."""
    came = _came_in(seen)
    found = []
    for series in _late(seen):
        here = tuple(day for day in series.due if (series.indicator.code, day, series.area, series.group) in came)
        found.append(replace(series, came=here))
    return tuple(sorted(found, key=lambda o: (not o.holds_up, o.due[0], o.indicator.code, o.area, o.group)))


def _late(seen: Look) -> Iterator[Owed]:
    dossier, on = seen.study.dossier, seen.study.on
    missing = {(m.indicator, m.area, m.group): m for m in seen.status.missing}
    series = facts_on(dossier, on).series
    full = month_of(on) - 1  # what falls due this month is not late yet
    for indicator in dossier.of(Indicator):
        version = indicator.version_on(on)
        if version is None:
            continue
        wanted = {place[1:] for place in (*series, *missing) if place[0] == indicator.code}
        for area, group in sorted(wanted):
            lack = missing.get((indicator.code, area, group))
            current = [r for r in series.get((indicator.code, area, group), ()) if r.version == version.version]
            every = indicator.every_months
            first = month_of(current[-1].date) + every if current else max(month_of(version.start), full)
            months = range(first, full + 1, every)[-DUE_AT_MOST:]
            if not months:
                continue
            yield Owed(
                indicator=indicator,
                area=area,
                group=group,
                reason=lack.reason if lack else "due",
                last=current[-1] if current else None,
                due=tuple(last_day(month) for month in months),
                holds_up=lack.holds_up if lack else (),
            )


def _came_in(seen: Look) -> set[tuple[str, date, str, str]]:
    """What was handed in and is not reviewed yet, as far as the reader may see it."""
    reader = seen.view.reader
    found = rows(reader, seen.view.mission, states={"submitted"}, most=None)
    return {(r.reading.indicator, r.reading.date, r.reading.area, r.reading.group) for r in found}


def gaps(seen: Look, indicator: Indicator) -> tuple[Gap, ...]:
    """Where values of an indicator are missing between two that came, by the rhythm in which they are due."""
    found = []
    for (code, area, group), readings in facts_on(seen.study.dossier, seen.study.on).series.items():
        if code != indicator.code:
            continue
        for before, after in pairwise(readings):
            missed = (month_of(after.date) - month_of(before.date)) // indicator.every_months - 1
            if missed > 0 and before.version == after.version:
                found.append(Gap(area, group, before.date, after.date, missed))
    return tuple(sorted(found, key=lambda g: g.after, reverse=True))


def judged_by(seen: Look, indicator: Indicator) -> tuple[Criterion, ...]:
    """Criteria whose condition asks for an indicator, wherever it stands in it."""
    from exitplan.domain.condition import IndicatorLeaf, leaves

    return tuple(
        c
        for c in seen.study.dossier.of(Criterion)
        if any(isinstance(leaf, IndicatorLeaf) and leaf.indicator == indicator.code for leaf in leaves(c.condition))
    )


def sheet(seen: Look, series: Sequence[Owed], title: str, lang: str) -> bytes:
    """
    A workbook with one row for each value that is owed; everything but the value is filled in.

    It is read by the same upload as any other: rows whose value is left empty say nothing.
    """
    lines = [_line(seen, each, day, lang) for each in series for day in each.wanted]
    return xlsx_file(title, HEADS, lines)


def _line(seen: Look, each: Owed, day: date, lang: str) -> list[Value]:
    indicator = each.indicator
    version = indicator.version_on(day) or indicator.version_on(seen.study.on)
    area = seen.study.dossier.get(Area, each.area)
    filled: dict[str, Value] = {
        "indicator": indicator.code,
        "version": version.version if version else 1,
        "date": day,
        "area": each.area,
        "group": each.group,
        "unit": indicator.unit,
        "source": each.last.source if each.last else "",
        "verification": each.last.verification if each.last else "self_reported",
        "confidence": each.last.confidence if each.last else "medium",
        "indicator_name": indicator.name(lang),
        "area_name": area.name(lang) if area else "",
    }
    return [filled.get(name) for name in HEADS]
