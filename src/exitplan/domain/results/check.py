"""`exitplan check`: what is wrong with a dossier, all of it."""

from __future__ import annotations

from pydantic import Field

from exitplan.domain.findings import Finding
from exitplan.domain.results.base import ResultPart


class CheckResult(ResultPart):
    """Findings, faults before doubts."""

    errors: int
    warnings: int
    findings: tuple[Finding, ...]
    entries: dict[str, int] = Field(description="Number of entries of each kind.")
    measurements: int = 0
    area_months: int = 0
