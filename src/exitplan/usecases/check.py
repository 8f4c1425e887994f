"""`exitplan check`: what is wrong with a dossier, all of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from exitplan.domain.errors import InputFaults
from exitplan.domain.findings import Finding
from exitplan.domain.kinds import KINDS
from exitplan.domain.results.base import Answer, Manifest
from exitplan.domain.results.check import CheckResult
from exitplan.usecases.answers import Answered, answered, schema_name, versions
from exitplan.usecases.open_mission import day_of, open_draft

if TYPE_CHECKING:
    from exitplan.usecases.board import View

NO_DOSSIER = "0" * 64
"""Stands for the digest where nothing sound was read."""


def check(mission: str, *, on: date | None = None) -> Answered[CheckResult]:
    """
    Every fault and doubt of a dossier, faults first.

    Raises
    ------
    InputFaults
        When there is no sound mission to speak of; carries the findings.
    """
    draft = open_draft(mission)
    dossier = draft.dossier
    if dossier is None:
        raise InputFaults(draft.everything)
    result = _result(
        draft.everything,
        entries={kind: len(entries) for kind, entries in dossier.entries.items()},
        measurements=len(dossier.measurements),
        area_months=len(dossier.area_months),
    )
    return answered("check", dossier, result, on=day_of(dossier, on))


def findings_seen(seen: View) -> Answered[CheckResult]:
    """The same of a mission in the database, for one reader: findings about the entries that they see."""
    dossier = seen.dossier
    counts = Counter(kind for kind, _ in seen.versions)
    result = _result(
        seen.findings,
        entries={kind: counts[kind] for kind in KINDS if counts[kind] and kind != "mission"},
        measurements=len(dossier.measurements),
        area_months=len(dossier.area_months),
    )
    return answered("check", dossier, result, on=day_of(dossier, None))


def faults_answer(findings: Iterable[Finding]) -> Answer:
    """The answer of any command that had to stop because of faults in the input."""
    manifest = Manifest(inputs=NO_DOSSIER, versions=versions())
    return Answer(schema_=schema_name("check"), mission="", on=None, manifest=manifest, result=_result(findings))


def _result(
    findings: Iterable[Finding],
    entries: dict[str, int] | None = None,
    measurements: int = 0,
    area_months: int = 0,
) -> CheckResult:
    ordered = sorted(findings, key=lambda finding: finding.severity)
    faults = sum(finding.severity == "error" for finding in ordered)
    return CheckResult(
        errors=faults,
        warnings=len(ordered) - faults,
        findings=tuple(ordered),
        entries=entries or {},
        measurements=measurements,
        area_months=area_months,
    )
