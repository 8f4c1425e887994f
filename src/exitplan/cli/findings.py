"""Findings on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from exitplan.cli.screen import Screen
from exitplan.domain.findings import Finding


def show_findings(screen: Screen, findings: Sequence[Finding]) -> None:
    """Findings one by one, faults before doubts, and their number."""
    w = screen.w
    for severity, style in (("error", "red"), ("warning", "yellow")):
        for finding in findings:
            if finding.severity == severity:
                screen.line(f"{w.capital(w.code('severity', severity))}{w.colon}{w.finding(finding)}", style)
    faults = sum(finding.severity == "error" for finding in findings)
    doubts = len(findings) - faults
    said = w.count("one fault", "{n} faults", faults) if faults else w("no fault")
    screen.line(w.capital(said) + (", " + w.count("one doubt", "{n} doubts", doubts) if doubts else "") + ".", "bold")
