"""Sections of reports for the doors that print them: what a study holds, as typed pieces of words, tables and pictures."""

from __future__ import annotations

from exitplan.domain.results.base import Manifest
from exitplan.domain.results.watch import RatesResult
from exitplan.reports import Material
from exitplan.reports.content.after import after_section
from exitplan.reports.content.material import Ground
from exitplan.reports.content.watch import triggers_section, watch_section
from exitplan.reports.content.watch_rates import rates_section
from exitplan.reports.page import Block, Section, Table
from exitplan.usecases.study import Study
from exitplan.wording import Wording


def material_of(asked: Study, w: Wording) -> Material:
    """What sections are written from, for whoever holds the dossier itself; readers with a role have `pictures.material`."""
    return Material(
        dossier=asked.dossier,
        on=asked.on,
        w=w,
        status=asked.status(),
        manifest=Manifest(inputs=asked.dossier.digest, versions={}),
        schedule=asked.schedule if asked.plan else None,
        capacity=asked.capacity,
        risks=asked.risks,
        watch=asked.watch,
        after=asked.after,
        triggers=asked.triggers,
    )


def ground_of(asked: Study, w: Wording) -> Ground:
    """The same without any look ahead, for sections that need none."""
    return Ground(
        dossier=asked.dossier, on=asked.on, w=w, watch=asked.watch, after=asked.after, triggers=asked.triggers
    )


def alarm_rates_section(found: RatesResult, w: Wording) -> Section:
    """How often the alarms of the watch were right and wrong in the past."""
    return rates_section(found, w)


def watch_sections(asked: Study, w: Wording) -> tuple[Section, ...]:
    """What stands under watch."""
    return (watch_section(ground_of(asked, w)),)


def after_sections(asked: Study, w: Wording) -> tuple[Section, ...]:
    """What goes on after the mission."""
    return (after_section(ground_of(asked, w)),)


def triggers_sections(asked: Study, w: Wording) -> tuple[Section, ...]:
    """Every agreed trigger."""
    return (triggers_section(ground_of(asked, w)),)


__all__ = ["Block", "Section", "Table", "material_of"]
