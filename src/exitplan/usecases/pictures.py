"""Pictures with their tables, and sections of the brief, for the pages: each drawn once for a reader, a revision and a language.

Nothing here shows more than a `Look` holds: chances reach only readers who were given them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from exitplan.domain.errors import NotFound
from exitplan.domain.results.base import Manifest
from exitplan.domain.results.stability import FuturesResult
from exitplan.domain.results.takeover import FunctionLine, InstitutionLine
from exitplan.domain.roles import may
from exitplan.usecases.board import View
from exitplan.usecases.cases import similar_seen
from exitplan.usecases.kept import kept_with
from exitplan.usecases.looking import Look
from exitplan.wording import Wording

if TYPE_CHECKING:
    from exitplan.domain.results.after import AfterResult
    from exitplan.domain.results.capacity import CapacityResult
    from exitplan.domain.results.cases import SimilarResult
    from exitplan.domain.results.communications import CommunicationsResult
    from exitplan.domain.results.explain import ExplainResult
    from exitplan.domain.results.frameworks import FrameworksResult
    from exitplan.domain.results.lessons import LessonsResult
    from exitplan.domain.results.partners import PartnersResult
    from exitplan.domain.results.quality import QualityResult
    from exitplan.domain.results.readiness import StatusResult
    from exitplan.domain.results.risk import RisksResult
    from exitplan.domain.results.schedule import ScheduleResult
    from exitplan.domain.results.takeover import TakeoverResult
    from exitplan.domain.results.watch import TriggersResult, WatchResult
    from exitplan.reports import Material
    from exitplan.reports.page import Figure, FrontPage, Section
    from exitplan.usecases.asking import Drawn, Explained

T = TypeVar("T")

KEPT = 16
"""Sections and pictures of one sort that are kept with a look."""

KEPT_WRITTEN = 32
"""Sections that need nothing but the look, of all sorts and languages together."""

KEPT_FUTURES = 4
"""Runs whose pictures are kept with a look."""

PANELS = 9
"""Series of one indicator that are drawn, those that miss their bar first; the table of readings holds them all."""


@dataclass(frozen=True, eq=False)
class Shown:
    """Each result as one reader may see it, worked out when a section first asks for it."""

    seen: Look
    since: date | None = None

    @cached_property
    def status(self) -> StatusResult:
        """Where the mission stands, with what changed since the day asked for."""
        return self.seen.status_since(self.since) if self.since else self.seen.status

    @property
    def schedule(self) -> ScheduleResult | None:
        """The feasible sequence, where there is a plan."""
        return self.seen.schedule if self.seen.study.plan else None

    @property
    def capacity(self) -> CapacityResult | None:
        """What national institutions can carry, for readers who were given chances."""
        return self.seen.study.capacity if may(self.seen.view.reader, "see_chances") else None

    @property
    def risks(self) -> RisksResult:
        """The risk register."""
        return self.seen.study.risks

    @property
    def takeover(self) -> TakeoverResult:
        """Who takes over."""
        return self.seen.takeover

    @property
    def partners(self) -> PartnersResult:
        """What hangs on partners."""
        return self.seen.study.partners

    @property
    def communications(self) -> CommunicationsResult:
        """Who is told what about each hand-over."""
        return self.seen.study.communications

    @property
    def after(self) -> AfterResult:
        """What goes on after the mission."""
        return self.seen.study.after

    @property
    def watch(self) -> WatchResult:
        """What stands under watch."""
        return self.seen.study.watch

    @property
    def triggers(self) -> TriggersResult:
        """Every agreed trigger."""
        return self.seen.study.triggers

    @property
    def past(self) -> SimilarResult:
        """Past exits like this one."""

        return similar_seen(self.seen)

    @property
    def frameworks(self) -> FrameworksResult:
        """Where the mission stands against frameworks."""
        from exitplan.usecases import frameworks

        return frameworks.seen(self.seen.view, self.seen.study.on)

    @property
    def quality(self) -> QualityResult:
        """Advice on how benchmarks are made."""
        from exitplan.usecases import frameworks

        return frameworks.advice_seen(self.seen.view, self.seen.study.on)

    @property
    def lessons(self) -> LessonsResult:
        """Lessons of the mission and of past exits."""
        return self.seen.study.lessons


def material(
    seen: Look,
    w: Wording,
    futures: FuturesResult | None = None,
    *,
    since: date | None = None,
    manifest: Manifest | None = None,
    explained: ExplainResult | None = None,
) -> Material:
    """
    What sections are written from, as one reader may see it.

    Parameters
    ----------
    futures
        Futures that were drawn; only readers who were given chances get them.
    since
        Earlier day with which to compare.
    manifest
        What the document rests on, where it says so.
    explained
        Why two plans differ, where that was asked; only readers who were given chances get it.
    """
    from exitplan.reports import Material

    return Material(
        dossier=seen.study.dossier,
        on=seen.study.on,
        w=w,
        manifest=manifest or Manifest(inputs=f"revision {seen.view.revision}", versions={}),
        results=Shown(seen, since),
        futures=futures if may(seen.view.reader, "see_chances") else None,
        explained=explained if may(seen.view.reader, "see_chances") else None,
    )


@kept_with(most=KEPT_WRITTEN)
def _written(seen: Look, lang: str, write: Callable[[Material], T]) -> T:
    """What one of the sections says to this reader in a language."""
    return write(material(seen, Wording(lang)))


def sequence(seen: Look, w: Wording) -> Section:
    """Hand-overs and closures of a plan in the earliest feasible sequence, with what binds each step."""
    return _sequence(seen, w.lang)


@kept_with(most=KEPT)
def _sequence(seen: Look, lang: str) -> Section:
    from exitplan.reports.content.sequence import sequence_section

    section = sequence_section(material(seen, Wording(lang)))
    return section.model_copy(update={"blocks": section.blocks[:-1]})  # the sites have a page of their own


def takeover(seen: Look, w: Wording) -> tuple[Section, ...]:
    """Who takes over: the ledger and its money, institutions and training, needs; sections without content are left out."""
    return _takeover(seen, w.lang)


@kept_with(most=KEPT)
def _takeover(seen: Look, lang: str) -> tuple[Section, ...]:
    from exitplan.reports.content.takeover import needs_section, takeover_section, training_section

    m = material(seen, Wording(lang))
    return tuple(s for s in (takeover_section(m), training_section(m), needs_section(m)) if s is not None)


def function_money(seen: Look, code: str, w: Wording) -> Figure | None:
    """Whether one function's cost is covered, month by month; None for one that ends with the mission or has no stated cost."""
    return _function_money(seen, code, w.lang)


@kept_with(most=KEPT)
def _function_money(seen: Look, code: str, lang: str) -> Figure | None:
    from exitplan.domain.months import month_of, month_text
    from exitplan.reports.charts import cover_strip

    line = next((f for f in seen.takeover.funding.functions if f.code == code and f.need is not None), None)
    end = seen.status.clocks.calendar.end
    return cover_strip((line,), month_text(month_of(end)) if end else None, Wording(lang)) if line else None


def function_words(seen: Look, line: FunctionLine, w: Wording) -> dict[str, str]:
    """What a function's line in the ledger says, by `answer`, `standing` and `capacity`."""
    from exitplan.reports.content.takeover import answer_words, band_words, standing_words

    m = material(seen, w)
    return {
        "answer": answer_words(line, m),
        "standing": standing_words(line.standing, m),
        "capacity": band_words(line.capacity, m),
    }


def when_met(seen: Look, line: InstitutionLine, w: Wording) -> str:
    """When the need of an institution will be met, in words."""
    from exitplan.reports.content.takeover import when_words

    return when_words(line.met, material(seen, w))


def coverage(seen: Look, w: Wording) -> Section:
    """What partners do and cover: coverage, what ends early or lags, reach from afar, parts, checks, objectives, silence."""
    from exitplan.reports.content.coverage import coverage_section

    return _written(seen, w.lang, coverage_section)


def handover_parties(seen: Look, code: str, w: Wording) -> Section:
    """Who has which part in one hand-over, and what both sides have settled."""
    from exitplan.reports.content.coverage import handover_section

    return handover_section(material(seen, w), code)


def partner_parts(seen: Look, code: str, w: Wording) -> Section:
    """One partner's parts in hand-overs, the objectives it shares, and its signs."""
    from exitplan.reports.content.access import signals_table
    from exitplan.reports.content.coverage import partner_section

    made = material(seen, w)
    section = partner_section(made, code)
    signs = [line for line in seen.study.partners.access.signals if line.partner == code]
    return section.model_copy(update={"blocks": (*section.blocks, signals_table(made, signs))})


def access(seen: Look, w: Wording) -> Section:
    """Consent and access: what hinders now, days lost, political will by party, agreements breached."""
    from exitplan.reports.content.access import access_section

    return _written(seen, w.lang, access_section)


def communications(seen: View, w: Wording) -> Section:
    """Who is told what about each hand-over, and rumours."""
    return _communications(seen.shared, w.lang)


@kept_with(most=KEPT)
def _communications(seen: View, lang: str) -> Section:
    from exitplan.reports.content.communications import telling
    from exitplan.usecases.communications import communications_of

    return telling(Wording(lang), communications_of(seen.dossier).result)


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


def difference(seen: Look, found: Explained, w: Wording) -> Section:
    """Why two plans differ, for readers who were given chances."""
    return _difference(seen, found, w.lang)


@kept_with(most=KEPT_FUTURES)
def _difference(seen: Look, found: Explained, lang: str) -> Section:
    from exitplan.reports.content.difference import difference_section

    section = difference_section(material(seen, Wording(lang), explained=found.result))
    if section is None:
        raise NotFound("run", str(found.run.id))
    return section


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
    from exitplan.reports.content.front import front_page

    return _written(seen, w.lang, front_page)


def country_map(seen: Look, w: Wording) -> Section:
    """Areas with recorded deaths, sites as size classes, with the source and the note of the boundaries."""
    from exitplan.reports.content.places import map_section

    return _written(seen, w.lang, map_section)


def changes(seen: Look, since: date, w: Wording) -> Section:
    """What is not what it was on an earlier day."""
    from exitplan.reports.content.record import changes_section

    return changes_section(material(seen, w, since=since))


def closures(seen: Look, w: Wording) -> Figure:
    """Closures over time: earliest feasible month beside the planned one, the deadline as a line."""
    return _closures(seen, w.lang)


@kept_with(most=KEPT)
def _closures(seen: Look, lang: str) -> Figure:
    from exitplan.reports.charts.sequence import gantt, sequence_steps

    w = Wording(lang)
    return gantt("closures", w("Closures over time"), sequence_steps(seen.schedule, "site"), seen.schedule.deadline, w)


def past_exits(seen: Look, w: Wording) -> Section:
    """Past exits like this one, with base rates."""
    from exitplan.reports.content.cases import similar_section

    return _written(seen, w.lang, similar_section)


def watch(seen: Look, w: Wording) -> Section:
    """What stands under watch: states, early warnings with their pictures, reviews, what the plan lacks."""
    from exitplan.reports.content.watch import watch_section

    return _written(seen, w.lang, watch_section)


def triggers(seen: Look, w: Wording) -> Section:
    """Every agreed trigger, and who responds to it."""
    from exitplan.reports.content.watch import triggers_section

    return _written(seen, w.lang, triggers_section)


def one_watch(seen: Look, code: str, w: Wording) -> Section:
    """Every series of one watch as a picture, and its reviews."""
    return _one_watch(seen, code, w.lang)


@kept_with(most=KEPT)
def _one_watch(seen: Look, code: str, lang: str) -> Section:
    from exitplan.reports.content.watch import one_watch_section

    return one_watch_section(material(seen, Wording(lang)), code)


def warning(seen: Look, code: str, cause: str, place: str, w: Wording) -> Section:
    """The series that an alarm came from, as it stands now; nothing where a trigger raised it and no series is kept."""
    from exitplan.reports.content.watch import one_watch_section

    line = next(line for line in seen.study.watch.watches if line.code == code)
    chosen = [
        e
        for e in line.early
        if cause == "trigger" or (e.method == cause and f"{e.place} {e.place_title}".strip() == place)
    ]
    return one_watch_section(material(seen, w), code, tuple(chosen), reviews=False)


def after(seen: Look, w: Wording) -> Section:
    """What goes on after the mission: programmes, needs, functions, context, dates kept or not."""
    from exitplan.reports.content.after import after_section

    return _written(seen, w.lang, after_section)
