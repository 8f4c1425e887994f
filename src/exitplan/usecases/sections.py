"""Sections of reports for the doors that print them: what a study holds, as typed pieces of words, tables and pictures."""

from __future__ import annotations

from pathlib import Path

from exitplan.domain.results.base import Manifest
from exitplan.domain.results.communications import CommunicationsResult
from exitplan.domain.results.hindsight import HindsightResult
from exitplan.domain.results.lessons import LessonsResult
from exitplan.reports import Material
from exitplan.reports.content.after import after_section
from exitplan.reports.content.area_scores import area_scores_section
from exitplan.reports.content.chances import exits_section, sites_section
from exitplan.reports.content.country_scores import country_scores_section
from exitplan.reports.content.hindsight import hindsight_note, hindsight_section, hindsight_words
from exitplan.reports.content.watch import triggers_section, watch_section
from exitplan.reports.content.watch_rates import rates_section
from exitplan.reports.page import Block, Section, Table
from exitplan.usecases import pictures
from exitplan.usecases.answers import Answered
from exitplan.usecases.board import whole
from exitplan.usecases.looking import Look
from exitplan.usecases.study import Study
from exitplan.wording import Wording


def material_of(asked: Study, w: Wording) -> Material:
    """What sections are written from, for whoever holds the dossier itself; readers with a role have `pictures.material`."""
    return pictures.material(Look(whole(asked.dossier), asked), w)


def lessons_found(done: Answered[LessonsResult], w: Wording) -> Section:
    """Lessons as a section: the mission's own, and those of past exits."""
    from exitplan.reports.content.lessons import found_lessons

    return found_lessons(w, done.dossier, done.result)


def communications_found(done: Answered[CommunicationsResult], w: Wording) -> Section:
    """The communication plan as a section."""
    from exitplan.reports.content.communications import telling

    return telling(w, done.result)


def hindsight_found(done: Answered[HindsightResult], w: Wording) -> Section:
    """Kept forecasts against what was recorded since, as a section."""
    return hindsight_section(w, done.dossier, done.result)


def write_backtest_report(out: Path, section: Section, manifest: Manifest, w: Wording) -> None:
    """Write a back-test's page, with its charts, as HTML. Raises Unreadable when it cannot be written."""
    from exitplan.importers.bundle import write_whole
    from exitplan.reports import render_html
    from exitplan.reports.documents.backtest import backtest_document

    write_whole(out, render_html(backtest_document(section, manifest, w)).encode())


def watch_sections(asked: Study, w: Wording) -> tuple[Section, ...]:
    """What stands under watch."""
    return (watch_section(material_of(asked, w)),)


def after_sections(asked: Study, w: Wording) -> tuple[Section, ...]:
    """What goes on after the mission."""
    return (after_section(material_of(asked, w)),)


def triggers_sections(asked: Study, w: Wording) -> tuple[Section, ...]:
    """Every agreed trigger."""
    return (triggers_section(material_of(asked, w)),)


__all__ = [
    "Block",
    "Section",
    "Table",
    "after_sections",
    "area_scores_section",
    "communications_found",
    "country_scores_section",
    "exits_section",
    "hindsight_found",
    "hindsight_note",
    "hindsight_words",
    "lessons_found",
    "material_of",
    "rates_section",
    "sites_section",
    "triggers_sections",
    "watch_sections",
    "write_backtest_report",
]
