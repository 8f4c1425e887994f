"""The bodies of the entries that a reader sees, kept while the mission's revision stands, and words found in them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from exitplan.domain.findings import Finding
from exitplan.domain.kinds import KINDS
from exitplan.usecases.board import View
from exitplan.usecases.writing import entry_body

KEPT = 128
EXCERPT = 80
"""Characters shown on either side of what was found."""


@lru_cache(maxsize=KEPT)
def bodies(seen: View, kind: str) -> Mapping[str, dict[str, Any]]:
    """The body of every entry of a kind, by code, in the order of the dossier."""
    codes = [code for k, code in seen.versions if k == kind]
    return {code: entry_body(seen, kind, code) for code in codes}


@lru_cache(maxsize=KEPT)
def findings(seen: View) -> Mapping[tuple[str, str], tuple[Finding, ...]]:
    """Findings of every entry that has any."""
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in seen.findings:
        found.setdefault((finding.kind, finding.entry), []).append(finding)
    return {key: tuple(values) for key, values in found.items()}


def plain(text: str) -> str:
    """A text without case and accents, as people search it."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=KEPT)
def _texts(seen: View, kind: str) -> Mapping[str, tuple[tuple[str, str, str], ...]]:
    """Each text of each entry of a kind: its field, as it is, and as it is searched."""
    return {
        code: tuple((field, text, plain(text)) for field, text in _leaves(body, ""))
        for code, body in bodies(seen, kind).items()
    }


def holding(seen: View, kind: str, words: str) -> Iterator[tuple[str, str, str]]:
    """Code, field and excerpt of every entry of a kind in which all words stand; the field is that of the first word."""
    wanted = plain(words).split()
    for code, texts in _texts(seen, kind).items():
        places = [next(((f, t, s.index(w)) for f, t, s in texts if w in s), None) for w in wanted]
        if places and places[0] and all(places):
            field, text, at = places[0]
            yield code, field, " ".join(text[max(0, at - EXCERPT) : at + EXCERPT].split())


def kinds_shown(seen: View) -> tuple[str, ...]:
    """Kinds of which the reader sees an entry, in their fixed order."""
    there = {kind for kind, _ in seen.versions}
    return tuple(kind for kind in KINDS if kind in there)


def _leaves(value: Any, path: str) -> Iterator[tuple[str, str]]:
    match value:
        case str():
            yield path, value
        case dict():
            for key, item in value.items():
                yield from _leaves(item, f"{path}.{key}" if path else str(key))
        case list():
            for place, item in enumerate(value):
                yield from _leaves(item, f"{path}[{place}]")
