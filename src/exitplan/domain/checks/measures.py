"""Measurements and area-months against the entries they speak of."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from exitplan.domain.checks.fault import fault
from exitplan.domain.dossier import Dossier
from exitplan.domain.findings import Finding, Wanted, shown
from exitplan.domain.kinds import Area, Indicator, Source
from exitplan.domain.months import month_index, month_of
from exitplan.domain.tables import TOTAL, Reading


def check_versions(dossier: Dossier) -> Iterator[Finding]:
    """Versions of an indicator are numbered once and do not overlap in time."""
    for indicator in dossier.of(Indicator):
        numbers = [v.version for v in indicator.versions]
        if len(set(numbers)) < len(numbers):
            yield fault(
                dossier, indicator, "duplicate-version", "versions", numbers, Wanted("each version number once")
            )
        in_time = sorted(indicator.versions, key=lambda v: v.start)
        for earlier, later in itertools.pairwise(in_time):
            if earlier.end is None or earlier.end >= later.start:
                value = f"{earlier.version} ends {earlier.end or 'never'}, {later.version} starts {later.start}"
                wanted = Wanted("version {version} to end before {start}", version=earlier.version, start=later.start)
                yield fault(dossier, indicator, "overlapping-versions", "versions", value, wanted)


def _about(reading: Reading, code: str, field: str, value: object, wanted: str, warn: bool = False) -> Finding:
    row = f"{reading.indicator} {reading.date} {reading.area or 'country'} {reading.group}"
    return Finding(
        code=code,
        severity="warning" if warn else "error",
        kind="measurement",
        entry=row,
        field=field,
        value=shown(str(value)),
        wanted=wanted,
        where="measurements.csv",
    )


def check_measurements(dossier: Dossier) -> Iterator[Finding]:
    """Each measurement speaks of an indicator, a version, an area, a group and a source that exist, at a time they cover."""
    indicators = {i.code: i for i in dossier.of(Indicator)}
    groups = {TOTAL, *(f"{d}={v}" for d, values in dossier.mission.dimensions.items() for v in values)}
    as_of = dossier.mission.as_of
    for r in dossier.measurements.readings():
        indicator = indicators.get(r.indicator)
        if indicator is None:
            if not dossier.knows("indicator", r.indicator):
                yield _about(r, "unknown-reference", "indicator", r.indicator, Wanted("the code of an indicator"))
            continue
        version = next((v for v in indicator.versions if v.version == r.version), None)
        if version is None:
            yield _about(
                r, "unknown-reference", "version", r.version, Wanted("a version of {indicator}", indicator=r.indicator)
            )
        elif r.date < version.start or (version.end and r.date > version.end):
            yield _about(
                r,
                "outside-version",
                "date",
                r.date,
                Wanted(
                    "a day from {start} to {end}, when version {version} held",
                    start=version.start,
                    end=version.end or Wanted("now"),
                    version=r.version,
                ),
            )
        if r.area and not dossier.knows("area", r.area):
            yield _about(
                r, "unknown-reference", "area", r.area, Wanted("the code of an area, or nothing for the country")
            )
        if r.source and not dossier.knows("source", r.source):
            yield _about(r, "unknown-reference", "source", r.source, Wanted("the code of a source"))
        if r.group not in groups:
            yield _about(
                r, "unknown-group", "group", r.group, Wanted("one of {groups}", groups=", ".join(sorted(groups)))
            )
        if r.unit and r.unit != indicator.unit:
            yield _about(r, "wrong-unit", "unit", r.unit, Wanted("the indicator's unit, {unit}", unit=indicator.unit))
        low, high = indicator.low, indicator.high
        if (low is not None and r.value < low) or (high is not None and r.value > high):
            wanted = Wanted("from {low} to {high}, the range of {indicator}", low=low, high=high, indicator=r.indicator)
            yield _about(r, "out-of-range", "value", r.value, wanted)
        if as_of is not None and r.date > as_of:
            yield _about(
                r,
                "date-in-future",
                "date",
                r.date,
                Wanted("a day on or before {as_of}, from which the dossier looks", as_of=as_of),
            )


def check_duplicate_measurements(dossier: Dossier) -> Iterator[Finding]:
    """One value for one indicator, day, area and group, unless the later one says what it replaces."""
    everything: dict[tuple[object, ...], list[Reading]] = {}
    for r in dossier.measurements.contested():
        key = (r.indicator, r.version, r.date, r.area, r.group)
        everything.setdefault(key, []).append(r)
    for rows in everything.values():
        replaced = {r.replaces for r in rows if r.replaces}
        left = [r for r in rows if r.source not in replaced]
        for unknown in sorted(replaced - {r.source for r in rows}):
            yield _about(
                rows[0],
                "unknown-reference",
                "replaces",
                unknown,
                Wanted("the source of another row of the same day, area and group"),
            )
        if len(left) > 1:
            value = ", ".join(f"{r.value} ({r.source or 'no source'})" for r in left)
            yield _about(
                left[-1], "two-values", "value", value, Wanted("one value, or a `replaces` that says which gives way")
            )
        elif not left:
            yield _about(
                rows[-1], "circle", "replaces", ", ".join(sorted(replaced)), Wanted("one row that is not replaced")
            )


def check_area_months(dossier: Dossier) -> Iterator[Finding]:
    """Counts of violence speak of known areas and sources, inside the months those cover."""
    spans = {
        s.code: (month_index(s.covers_from), month_index(s.covers_to))
        for s in dossier.of(Source)
        if s.covers_from is not None and s.covers_to is not None
    }
    known = {a.code for a in dossier.of(Area)}
    frame = dossier.area_months.frame
    as_of = dossier.mission.as_of

    def about(code: str, row: str, field: str, value: str, wanted: str) -> Finding:
        return Finding(
            code=code, kind="area_month", entry=row, field=field, value=value, wanted=wanted, where="area_months.csv"
        )

    for area in frame["area"].unique().sort():
        if area not in known and not dossier.knows("area", area):
            yield about("unknown-reference", area, "area", area, Wanted("the code of an area"))
    for source, month in frame.select("source", "month").unique().sort("source", "month").iter_rows():
        if source not in spans:
            wanted = Wanted(
                "a source with covers_from and covers_to: months without a row count as quiet only inside them"
            )
            yield about("no-coverage", month, "source", source or "none", wanted)
        elif not spans[source][0] <= month_index(month) <= spans[source][1]:
            yield about(
                "outside-coverage", month, "month", month, Wanted("a month that {source} covers", source=source)
            )
        if as_of is not None and month_index(month) > month_of(as_of):
            yield about(
                "date-in-future",
                month,
                "month",
                month,
                Wanted("a month on or before {as_of}, from which the dossier looks", as_of=as_of),
            )
