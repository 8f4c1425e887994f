"""A past exit in pictures: deaths by year before and after it, and uniformed people by month, each with its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from exitplan.domain.cases import Case, Figures
from exitplan.domain.months import month_index, month_of
from exitplan.reports.charts.drawing import (
    DEEP,
    INK,
    LIGHT,
    OCHRE,
    WIDTH,
    columns_of,
    layered,
    month_axis,
    rule_at,
    svg_of,
    values,
)
from exitplan.reports.page import Figure, Table, columns, row
from exitplan.wording import Wording

TYPES = ("state_based", "non_state", "one_sided")
BEFORE, AFTER = 6, 10
"""Years before and after the last departure that are drawn."""
TONES = (DEEP, OCHRE, LIGHT)


def violence_by_year(case: Case, figures: Figures, w: Wording, source: str) -> Figure | None:
    """Deaths in the host countries by year and type, with the last departure as a line; None without a series by year."""
    by_year = {name: _summed(figures.years(name, area) for area in case.areas or case.hosts) for name in TYPES}
    left = case.left
    if left is None:
        return None
    years = [y for y in sorted(by_year["state_based"]) if left.year - BEFORE <= y <= left.year + AFTER]
    if not years:
        return None
    parts = {w.code("case_series", name): [by_year[name].get(year, 0.0) for year in years] for name in TYPES}
    x = alt.X(
        "month:Q",
        scale=alt.Scale(domain=[years[0] - 0.6, years[-1] + 0.6], nice=False, zero=False),
        axis=alt.Axis(values=years, title=None, grid=False, format="d", labelOverlap="greedy"),
    )
    day = left.year + (left.timetuple().tm_yday - 183) / 366
    chart = layered(
        columns_of(years, parts, TONES, x, w("deaths a year")),
        *rule_at(day, w("last departure"), tone=INK),
        width=WIDTH - 80,
        height=170,
    )
    key = f"violence-{case.code.lower()}"
    first = [sum(by_year[name].get(y, 0.0) for name in TYPES) for y in years if y < left.year]
    after = [sum(by_year[name].get(y, 0.0) for name in TYPES) for y in years if y > left.year]
    said = w(
        "Deaths a year from organised violence: at most {before} in the years drawn before the year of departure, at most {after} in "
        "those after it.",
        before=w.number(max(first)) if first else w("no data"),
        after=w.number(max(after)) if after else w("no data"),
    )
    return Figure(
        key=key,
        title=w("Deaths from organised violence a year, before and after the last departure"),
        alt=said,
        svg=svg_of(chart, key, said, w),
        table=Table(
            caption=w("Deaths from organised violence a year"),
            columns=columns(w("Year"), *(w.capital(name) for name in parts), w("Sum"), numbers=range(1, 5)),
            rows=tuple(
                row(
                    str(year),
                    *(w.number(by_year[name].get(year)) for name in TYPES),
                    w.number(sum(by_year[name].get(year, 0.0) for name in TYPES)),
                )
                for year in years
            ),
            folded=True,
        ),
        source=source,
        note=w("Best estimates. Zero means no event of a kind that the data set counts, not calm."),
    )


def violence_by_month(case: Case, figures: Figures, w: Wording, source: str) -> Figure | None:
    """The same by month, as far as the data reach; None without a series by month."""
    by_type = {name: figures.months(name) for name in (*TYPES, "deaths_all")}
    months = sorted({month for found in by_type.values() for month in found})
    if not months:
        return None
    drawn = [name for name in by_type if by_type[name]]
    indices = [month_index(month) for month in months]
    parts = {w.code("case_series", name): [by_type[name].get(month, 0.0) for month in months] for name in drawn}
    layers: list[Any] = [
        columns_of(
            indices,
            parts,
            (*TONES, "#6f7a86")[: len(drawn)],
            month_axis(indices[0], indices[-1], w),
            w("deaths a month"),
        )
    ]
    if case.left:
        layers += rule_at(month_of(case.left), w("last departure"), tone=INK)
    key = f"months-{case.code.lower()}"
    said = w(
        "Deaths a month from organised violence from {first} to {last}; at most {most}.",
        first=w.month(months[0]),
        last=w.month(months[-1]),
        most=w.number(max(sum(by_type[name].get(month, 0.0) for name in drawn) for month in months)),
    )
    return Figure(
        key=key,
        title=w("Deaths from organised violence a month, as far as the data reach"),
        alt=said,
        svg=svg_of(layered(*layers, width=WIDTH - 80, height=130), key, said, w),
        table=Table(
            caption=w("Deaths from organised violence a month"),
            columns=columns(w("Month"), *(w.capital(name) for name in parts), numbers=range(1, len(parts) + 1)),
            rows=tuple(
                row(w.month(month, short=True), *(w.number(by_type[name].get(month)) for name in drawn))
                for month in months
            ),
            folded=True,
        ),
        source=source,
    )


def strength_by_month(case: Case, figures: Figures, w: Wording, source: str) -> Figure | None:
    """Uniformed people of the mission by month and the sites on its maps; None without a series."""
    by_kind = {
        name: found for name in ("troops", "police", "observers", "us_troops") if (found := figures.months(name))
    }
    months = sorted({month for found in by_kind.values() for month in found})
    if not months:
        return None
    sites = figures.months("sites")
    indices = [month_index(month) for month in months]
    last = max(indices[-1], month_of(case.left)) if case.left else indices[-1]
    x = month_axis(indices[0], last, w)
    rows = [
        {"month": month_index(month), "people": value, "kind": w.code("case_series", name)}
        for name, found in by_kind.items()
        for month, value in found.items()
    ]
    names = [w.code("case_series", name) for name in by_kind]
    lines = (
        alt.Chart(values(rows))
        .mark_line(strokeWidth=2)
        .encode(
            x=x,
            y=alt.Y("people:Q", title=w("uniformed people")),
            color=alt.Color(
                "kind:N",
                sort=names,
                scale=alt.Scale(domain=names, range=[DEEP, OCHRE, "#6f7a86", DEEP][: len(names)]),
                legend=alt.Legend(title=None, orient="top"),
            ),
            strokeDash=alt.StrokeDash(
                "kind:N",
                sort=names,
                scale=alt.Scale(domain=names, range=[[1, 0], [7, 3], [2, 2], [1, 0]][: len(names)]),
            ),
        )
    )
    layers: list[Any] = [lines]
    if case.left:
        layers += rule_at(month_of(case.left), w("last departure"), tone=INK)
    key = f"strength-{case.code.lower()}"
    total = {month: sum(found.get(month, 0.0) for found in by_kind.values()) for month in months}
    said = w(
        "Uniformed people by month: at most {most}, {end} in {month}, the last month on record.",
        most=w.number(max(total.values())),
        end=w.number(total[months[-1]]),
        month=w.month(months[-1]),
    )
    shown = _quarterly(months)
    return Figure(
        key=key,
        title=w("Uniformed people of the mission by month"),
        alt=said,
        svg=svg_of(layered(*layers, width=WIDTH - 80, height=150), key, said, w),
        table=Table(
            caption=w("Uniformed people of the mission, and sites on its maps"),
            columns=columns(
                w("Month"), *(w.capital(name) for name in names), w("Sites"), numbers=range(1, len(names) + 2)
            ),
            rows=tuple(
                row(
                    w.month(month, short=True),
                    *(w.number(found.get(month)) for found in by_kind.values()),
                    w.number(sites.get(month)),
                )
                for month in shown
            ),
            note=w("Every third month, and the last. A dash: no value, or no map, for that month."),
            folded=True,
        ),
        source=source,
        note=_pace(sites, w),
    )


def closing_pace(sites: Mapping[str, float]) -> tuple[float, str, str, float, float] | None:
    """
    Sites that closed per month, net, from the last map with the most sites in its final three years to the last map.

    Returns
    -------
    tuple or None
        Sites a month, first month, last month, sites then and sites at the end; None where the maps do not show a decline.
    """
    months = sorted(sites)
    if len(months) < 2:
        return None
    end = months[-1]
    late = [m for m in months if month_index(end) - month_index(m) <= 36]
    top = max(late, key=lambda m: (sites[m], m))
    span = month_index(end) - month_index(top)
    return ((sites[top] - sites[end]) / span, top, end, sites[top], sites[end]) if span else None


def _pace(sites: Mapping[str, float], w: Wording) -> str:
    pace = closing_pace(sites)
    if pace is None:
        return w("Closure pace: no data; the maps do not show sites closing.")
    a_month, first, last, then, end = pace
    return w(
        "Closure pace on the maps: {pace} sites a month, from {then} in {first} to {end} in {last}.",
        pace=w.number(a_month, 1),
        then=w.number(then),
        first=w.month(first),
        end=w.number(end),
        last=w.month(last),
    )


def _quarterly(months: Sequence[str]) -> list[str]:
    chosen = [month for month in months if month_index(month) % 3 == 2]
    return chosen if months[-1] in chosen else [*chosen, months[-1]]


def _summed(series: Any) -> dict[int, float]:
    total: dict[int, float] = {}
    for by_year in series:
        for year, value in by_year.items():
            total[year] = total.get(year, 0.0) + value
    return total


__all__ = ["closing_pace", "strength_by_month", "violence_by_month", "violence_by_year"]
