"""Pictures with their tables, and sections of the brief, for the pages: each drawn once for a reader, a revision and a language.

Nothing here shows more than a `Look` holds: chances reach only readers who were given them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from exitplan.domain.results.base import Manifest
from exitplan.domain.results.stability import FuturesResult
from exitplan.domain.roles import may
from exitplan.usecases.kept import kept_with
from exitplan.usecases.looking import Look
from exitplan.wording import Wording

if TYPE_CHECKING:
    from exitplan.reports import Material
    from exitplan.reports.content.material import Ground
    from exitplan.reports.page import Figure, FrontPage, Section
    from exitplan.usecases.asking import Drawn

KEPT = 16
"""Sections and pictures of one sort that are kept with a look."""

KEPT_FUTURES = 4
"""Runs whose pictures are kept with a look."""

PANELS = 9
"""Series of one indicator that are drawn, those that miss their bar first; the table of readings holds them all."""


def material(seen: Look, w: Wording, futures: FuturesResult | None = None) -> Material:
    """What sections are written from, as one reader may see it."""
    from exitplan.reports import Material

    chances = may(seen.view.reader, "see_chances")
    return Material(
        dossier=seen.study.dossier,
        on=seen.study.on,
        w=w,
        status=seen.status,
        manifest=Manifest(inputs=f"revision {seen.view.revision}", versions={}),
        schedule=seen.schedule if seen.study.plan else None,
        futures=futures if chances else None,
        capacity=seen.study.capacity if chances else None,
        risks=seen.study.risks,
        watch=seen.study.watch,
        after=seen.study.after,
        triggers=seen.study.triggers,
    )


def ground(seen: Look, w: Wording) -> Ground:
    """What sections are written from that need no look ahead: a page of theirs answers at once."""
    from exitplan.reports.content.material import Ground

    study = seen.study
    return Ground(
        dossier=study.dossier, on=study.on, w=w, watch=study.watch, after=study.after, triggers=study.triggers
    )


def sequence(seen: Look, w: Wording) -> Section:
    """Hand-overs and closures of a plan in the earliest feasible sequence, with what binds each step."""
    return _sequence(seen, w.lang)


@kept_with(most=KEPT)
def _sequence(seen: Look, lang: str) -> Section:
    from exitplan.reports.content.sequence import sequence_section

    section = sequence_section(material(seen, Wording(lang)))
    return section.model_copy(update={"blocks": section.blocks[:-1]})  # the sites have a page of their own


def partners(seen: Look, w: Wording) -> Section:
    """Functions and who carries them, funding by month, commitments, programmes, agreements that end."""
    return _partners(seen, w.lang)


@kept_with(most=KEPT)
def _partners(seen: Look, lang: str) -> Section:
    from exitplan.reports.content.partners import partners_section

    return partners_section(material(seen, Wording(lang)))


def heat_map(seen: Look, w: Wording) -> Figure:
    """Open risks on the mission's own matrix, one lens beside the other, never mixed."""
    return _heat_map(seen, w.lang)


@kept_with(most=KEPT)
def _heat_map(seen: Look, lang: str) -> Figure:
    from exitplan.reports.charts import risk_matrix

    return risk_matrix(seen.study.risks, seen.view.dossier.mission.risk_matrix, Wording(lang))


def indicator_history(seen: Look, code: str, w: Wording) -> Figure | None:
    """Every series of an indicator over the years against its bars, with the days it was defined anew; None without data."""
    return _indicator_history(seen, code, w.lang)


@kept_with(most=KEPT)
def _indicator_history(seen: Look, code: str, lang: str) -> Figure | None:
    from exitplan.domain.condition import IndicatorLeaf, Verdict
    from exitplan.domain.facts import facts_on
    from exitplan.domain.kinds import Area, Criterion, Indicator
    from exitplan.domain.results.readiness import CriterionStatus
    from exitplan.reports.charts import History, histories

    w, dossier, on = Wording(lang), seen.study.dossier, seen.study.on
    indicator = dossier.find(Indicator, code)
    series = {place[1:]: rows for place, rows in facts_on(dossier, on).series.items() if place[0] == code}
    bars = {c.code: c.condition for c in dossier.of(Criterion)}
    panels = []
    for criterion in (c for b in seen.status.benchmarks for c in b.criteria if c.indicator == code):
        leaf = bars[criterion.code]
        assert isinstance(leaf, IndicatorLeaf)
        if rows := series.get((leaf.area or "", leaf.group)):
            panels.append(History(criterion, indicator, rows))
    judged = {(p.readings[0].area, p.readings[0].group) for p in panels}
    panels.sort(key=lambda p: p.criterion.verdict.state == "met")
    for (area, group), rows in series.items():
        if (area, group) not in judged:
            found = dossier.get(Area, area)
            where = found.name(lang) if found else w("whole country")
            unjudged = CriterionStatus(
                code=area or code,
                title=where if group == "total" else f"{where}, {w.group(group)}",
                verdict=Verdict(state="unknown", about=f"indicator:{code}"),
                unit=indicator.unit,
                value=rows[-1].value,
            )
            panels.append(History(unjudged, indicator, rows))
    if not panels:
        return None
    title = w("{code}: values over time", code=f"{code} {indicator.name(lang)}")
    return histories(f"history-{code.lower()}", title, panels[:PANELS], on, w)


def futures(seen: Look, drawn: Drawn, w: Wording) -> Section:
    """Fans of deaths and chances of renewed armed violence, for readers who were given chances."""
    return _futures(seen, drawn, w.lang)


@kept_with(most=KEPT_FUTURES)
def _futures(seen: Look, drawn: Drawn, lang: str) -> Section:
    from exitplan.reports.content.futures import futures_section

    return futures_section(material(seen, Wording(lang), drawn.futures))


def fans(seen: Look, drawn: Drawn, w: Wording, *, top: float | None = None) -> Figure:
    """Deaths in the country month by month, as bands; `top` ends the scale, so that two can be compared."""
    return _fans(seen, drawn, w.lang, top)


@kept_with(most=KEPT_FUTURES)
def _fans(seen: Look, drawn: Drawn, lang: str, top: float | None) -> Figure:
    from exitplan.reports.charts import fan_country

    w = Wording(lang)
    return fan_country(drawn.futures, w, material(seen, w).violence_source, top=top)


def highest(drawn: FuturesResult) -> float:
    """The most deaths in a month that a picture of these futures has to hold."""
    recent = (sum(month) for month in zip(*(a.recent for a in drawn.areas), strict=True))
    highest: float = max([1.0, *recent, *(month.p95 for month in drawn.country)])
    return highest


def chances(title: str, key: str, drawn: Mapping[str, FuturesResult], definition: str, w: Wording) -> Figure | None:
    """The chance of renewed armed violence under one definition, several plans beside each other; None where none was drawn."""
    from exitplan.reports.charts import chances as picture

    found: list[Any] = [
        (w("{name} within {n} months", name=name, n=r.by_months), r)
        for name, futures in drawn.items()
        for r in futures.renewed
        if r.scope == "country" and r.definition == definition
    ]
    found.sort(key=lambda pair: pair[1].by_months)
    return picture(key, title, found, w) if found else None


def front(seen: Look, w: Wording) -> FrontPage:
    """What the first page needs: headline, exit gates not open, both clocks, decisions wanted, dissent."""
    return _front(seen, w.lang)


@kept_with(most=KEPT)
def _front(seen: Look, lang: str) -> FrontPage:
    from exitplan.reports.content.front import front_page

    return front_page(material(seen, Wording(lang)))


def country_map(seen: Look, w: Wording) -> Section:
    """Areas with recorded deaths, sites as size classes, with the source and the note of the boundaries."""
    return _country_map(seen, w.lang)


@kept_with(most=KEPT)
def _country_map(seen: Look, lang: str) -> Section:
    from exitplan.reports.content.places import map_section

    return map_section(material(seen, Wording(lang)))


def changes(seen: Look, since: date, w: Wording) -> Section:
    """What is not what it was on an earlier day."""
    from exitplan.reports.content.record import changes_section

    return changes_section(replace(material(seen, w), status=seen.status_since(since)))


def closures(seen: Look, w: Wording) -> Figure:
    """Closures over time: earliest feasible month beside the planned one, the deadline as a line."""
    return _closures(seen, w.lang)


@kept_with(most=KEPT)
def _closures(seen: Look, lang: str) -> Figure:
    from exitplan.reports.charts.sequence import gantt, sequence_steps

    w = Wording(lang)
    return gantt("closures", w("Closures over time"), sequence_steps(seen.schedule, "site"), seen.schedule.deadline, w)


def watch(seen: Look, w: Wording) -> Section:
    """What stands under watch: states, early warnings with their pictures, reviews, what the plan lacks."""
    return _watch(seen, w.lang)


@kept_with(most=KEPT)
def _watch(seen: Look, lang: str) -> Section:
    from exitplan.reports.content.watch import watch_section

    return watch_section(ground(seen, Wording(lang)))


def triggers(seen: Look, w: Wording) -> Section:
    """Every agreed trigger, and who responds to it."""
    return _triggers(seen, w.lang)


@kept_with(most=KEPT)
def _triggers(seen: Look, lang: str) -> Section:
    from exitplan.reports.content.watch import triggers_section

    return triggers_section(ground(seen, Wording(lang)))


def one_watch(seen: Look, code: str, w: Wording) -> Section:
    """Every series of one watch as a picture, and its reviews."""
    return _one_watch(seen, code, w.lang)


@kept_with(most=KEPT)
def _one_watch(seen: Look, code: str, lang: str) -> Section:
    from exitplan.reports.content.watch import one_watch_section

    return one_watch_section(ground(seen, Wording(lang)), code)


def warning(seen: Look, code: str, cause: str, place: str, w: Wording) -> Section:
    """The series that an alarm came from, as it stands now; nothing where a trigger raised it and no series is kept."""
    from exitplan.reports.content.watch import one_watch_section

    line = next(line for line in seen.study.watch.watches if line.code == code)
    chosen = [
        e
        for e in line.early
        if cause == "trigger" or (e.method == cause and f"{e.place} {e.place_title}".strip() == place)
    ]
    return one_watch_section(ground(seen, w), code, tuple(chosen), reviews=False)


def after(seen: Look, w: Wording) -> Section:
    """What goes on after the mission: programmes, needs, functions, context, dates kept or not."""
    return _after(seen, w.lang)


@kept_with(most=KEPT)
def _after(seen: Look, lang: str) -> Section:
    from exitplan.reports.content.after import after_section

    return after_section(ground(seen, Wording(lang)))
