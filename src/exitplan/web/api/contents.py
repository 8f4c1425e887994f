"""The entries that a reader sees, with what is wrong with each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from exitplan.domain.errors import NotFound
from exitplan.domain.findings import Finding
from exitplan.domain.kinds import KINDS
from exitplan.usecases.board import View
from exitplan.usecases.drafting import bodies
from exitplan.web.api.shapes import EntryShown

KEPT = 16
"""Readers and revisions whose findings are kept in order."""


def shown(seen: View, kind: str, code: str) -> EntryShown:
    """One entry as a reader may see it. Raises NotFound."""
    body = contents(seen, kind).get(code)
    if body is None:
        raise NotFound(kind, code[:60])
    told = findings(seen).get((kind, code), ())
    return EntryShown(kind=kind, code=code, version=seen.versions[kind, code], body=body, findings=told)


@lru_cache(maxsize=KEPT * len(KINDS))
def contents(seen: View, kind: str) -> Mapping[str, dict[str, Any]]:
    """The body of every entry of a kind that the reader sees, drafts among them, by code."""
    return bodies(seen, kind)


@lru_cache(maxsize=KEPT)
def findings(seen: View) -> Mapping[tuple[str, str], tuple[Finding, ...]]:
    """Findings of every entry that has any."""
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in seen.findings:
        found.setdefault((finding.kind, finding.entry), []).append(finding)
    return {key: tuple(values) for key, values in found.items()}
