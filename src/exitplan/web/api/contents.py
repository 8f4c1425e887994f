"""The entries that a reader sees, with what is wrong with each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exitplan.domain.errors import NotFound
from exitplan.domain.findings import Finding
from exitplan.domain.kinds import KINDS
from exitplan.usecases.board import View
from exitplan.usecases.drafting import bodies
from exitplan.usecases.kept import kept_with
from exitplan.web.api.shapes import EntryShown


def shown(seen: View, kind: str, code: str) -> EntryShown:
    """One entry as a reader may see it. Raises NotFound."""
    body = contents(seen, kind).get(code)
    if body is None:
        raise NotFound(kind, code[:60])
    told = findings(seen).get((kind, code), ())
    return EntryShown(kind=kind, code=code, version=seen.versions[kind, code], body=body, findings=told)


def contents(seen: View, kind: str) -> Mapping[str, dict[str, Any]]:
    """The body of every entry of a kind that the reader sees, drafts among them, by code."""
    return _contents(seen.shared, kind)


@kept_with(most=len(KINDS))
def _contents(seen: View, kind: str) -> Mapping[str, dict[str, Any]]:
    return bodies(seen, kind)


def findings(seen: View) -> Mapping[tuple[str, str], tuple[Finding, ...]]:
    """Findings of every entry that has any."""
    return _findings(seen.shared)


@kept_with(most=1)
def _findings(seen: View) -> Mapping[tuple[str, str], tuple[Finding, ...]]:
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in seen.findings:
        found.setdefault((finding.kind, finding.entry), []).append(finding)
    return {key: tuple(values) for key, values in found.items()}
