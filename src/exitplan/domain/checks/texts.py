"""Texts and sources: no cell that a spreadsheet would run, no fact without a source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from exitplan.domain.checks.fault import fault
from exitplan.domain.dossier import Dossier, body
from exitplan.domain.findings import Finding, Wanted
from exitplan.domain.kinds import Source
from exitplan.domain.tables import FORMULA_START

_FORMULA = re.compile(FORMULA_START)


def check_sources(dossier: Dossier) -> Iterator[Finding]:
    """A fact names its source."""
    for entry in dossier.everything():
        if entry.basis == "fact" and not entry.sources and not isinstance(entry, Source):
            yield fault(
                dossier,
                entry,
                "fact-without-source",
                "sources",
                "none",
                Wanted("the code of a source, or basis: assumption"),
            )


def check_formulas(dossier: Dossier) -> Iterator[Finding]:
    """No text that a spreadsheet would run as a formula."""
    for entry in dossier.everything():
        for path, text in _texts(body(entry)):
            if _FORMULA.match(text):
                yield fault(
                    dossier,
                    entry,
                    "formula",
                    path,
                    text,
                    Wanted("plain text: a spreadsheet would run this as a formula"),
                )


def _texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield from _texts(item, f"{path}[{at}]")
