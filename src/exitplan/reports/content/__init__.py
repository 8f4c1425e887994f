"""The decision brief: from a dossier and its results to a page that any renderer can set."""

from __future__ import annotations

from typing import Any

from exitplan.domain.entry import Classification
from exitplan.reports.content.access import access_section
from exitplan.reports.content.after import after_section
from exitplan.reports.content.cases import similar_section
from exitplan.reports.content.communications import communications_section
from exitplan.reports.content.coverage import coverage_section
from exitplan.reports.content.dangers import risks_section
from exitplan.reports.content.difference import difference_section
from exitplan.reports.content.frameworks import frameworks_section
from exitplan.reports.content.front import front_page
from exitplan.reports.content.futures import futures_section
from exitplan.reports.content.lessons import lessons_section
from exitplan.reports.content.material import Material
from exitplan.reports.content.partners import partners_section
from exitplan.reports.content.places import map_section
from exitplan.reports.content.readiness import benchmarks_section, gates_section
from exitplan.reports.content.record import (
    assumptions_section,
    changes_section,
    decisions_section,
    manifest_section,
    sources_section,
)
from exitplan.reports.content.sequence import capacity_section, sequence_section
from exitplan.reports.content.takeover import needs_section, takeover_section, training_section
from exitplan.reports.content.watch import watch_section
from exitplan.reports.page import Brief, Labels
from exitplan.wording import Wording

CLASSIFICATIONS: tuple[Classification, ...] = ("open", "restricted", "confidential")


def build_brief(m: Material) -> Brief:
    """
    The decision brief in the language of `m.w`.

    Page one alone is enough for ten minutes; then the map, gates and benchmarks with evidence, hand-overs and sites, what
    receivers can carry, futures, why two plans differ where that was asked, risks, who takes over with what money, needs,
    partners, who is told, what goes on after the mission, the watch after the exit, decisions, lessons, what changed, assumptions, sources, run manifest.
    Every figure carries its table.
    """
    w = m.w
    sections = (
        map_section(m),
        gates_section(m),
        benchmarks_section(m),
        sequence_section(m),
        capacity_section(m),
        futures_section(m),
        difference_section(m),
        risks_section(m),
        takeover_section(m),
        training_section(m, by_area=m.capacity is None),
        needs_section(m),
        partners_section(m),
        coverage_section(m) if m.partners else None,
        access_section(m) if m.partners else None,
        communications_section(m),
        after_section(m),
        watch_section(m),
        similar_section(m) if m.past else None,
        frameworks_section(m),
        decisions_section(m),
        lessons_section(m),
        changes_section(m),
        assumptions_section(m),
        sources_section(m),
        manifest_section(m),
    )
    front = front_page(m)
    return Brief(
        **cover(m, w("Decision brief")),
        foot=front.informs,
        front=front,
        sections=tuple(s for s in sections if s is not None),
    )


def cover(m: Material, title: str) -> dict[str, Any]:
    """What every document says of itself, whatever it is: title, mission, day, classification, banner and labels."""
    mission, w = m.dossier.mission, m.w
    return {
        "lang": w.lang,
        "title": title,
        "mission": mission.name(w.lang),
        "acronym": mission.acronym,
        "day": w.date(m.on),
        "classification": w("Classification: {level}", level=w.code("classification", classification(m))),
        "banner": w("Fictional: this country, its people and its figures are invented.") if mission.fictional else "",
        "labels": labels(w),
    }


def classification(m: Material) -> Classification:
    """The highest classification of anything inside; at least restricted where chances are shown."""
    held = [e.classification for e in m.dossier.everything()]
    chances = m.futures is not None or m.explained is not None or any(g.opening for g in m.status.gates)
    return max([*held, "restricted" if chances else "open"], key=CLASSIFICATIONS.index)


def labels(w: Wording) -> Labels:
    """The renderers' own words."""
    return Labels(
        skip=w("Skip to the content"),
        contents=w("Contents"),
        asked=w("Decisions wanted"),
        dissent=w("Dissent"),
        clocks=w("Two clocks"),
        gates=w("What is not met"),
        options=w("Options"),
        due=w("Due"),
        decider=w("Who decides"),
        source=w("Source"),
        table=w("The same as a table"),
        annex=w("Annex: longer tables and the tables of the figures"),
        annexed=w("see the annex"),
        page=w("Page"),
        of=w("of"),
        rows=w("rows"),
        notes=w("Notes and sources"),
        colon=w.colon,
        quoted=w.quoted("{text}"),
        signs={
            "met": w("met"),
            "unmet": w("not met"),
            "unknown": w("unknown"),
            "late": w("attention"),
            "done": w("done"),
            "low": w("low"),
            "medium": w("medium"),
            "high": w("high"),
            "very_high": w("very high"),
        },
    )


__all__ = ["Brief", "Material", "build_brief", "classification", "cover", "labels"]
