"""Sections of reports for the doors that print them: what a study holds, as typed pieces of words, tables and pictures."""

from __future__ import annotations

from exitplan.domain.results.base import Manifest
from exitplan.reports import Material
from exitplan.reports.page import Block, Section, Table
from exitplan.usecases.cases import similar_to
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
        past=similar_to(asked),
    )


__all__ = ["Block", "Section", "Table", "material_of"]
