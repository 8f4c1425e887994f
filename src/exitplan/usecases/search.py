"""Search over what a reader may see: entries and drafts alike, codes first, then titles, then everything they say."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from exitplan.domain.kinds import KINDS
from exitplan.usecases.board import View
from exitplan.usecases.drafting import bodies
from exitplan.usecases.kept import kept_with

KEPT_TEXTS = 4
"""Languages in which the texts of one view are kept ready."""

AROUND = 60
"""Characters shown on either side of what was found."""


@dataclass(frozen=True)
class Found:
    """One entry that holds what was searched for, with the words around it."""

    kind: str
    code: str
    title: str
    around: str
    rank: int


@dataclass(frozen=True)
class _Text:
    kind: str
    code: str
    title: str
    said: str
    plain: str


def plain(text: str) -> str:
    """A text without case and accents, as people search it. Every character stays in its place where it has one."""
    return "".join(unicodedata.normalize("NFKD", c)[:1] for c in text).casefold()


def search(seen: View, wanted: str, lang: str = "en") -> tuple[Found, ...]:
    """
    Every entry that holds all the words, best first: the code itself, codes that begin so, titles, then the rest.

    An empty question finds nothing.
    """
    words = plain(wanted).split()
    if not words:
        return ()
    found = (_found(text, words, plain(wanted).strip()) for text in _texts(seen.shared, lang))
    return tuple(sorted((f for f in found if f is not None), key=lambda f: f.rank))


def _found(text: _Text, words: list[str], whole: str) -> Found | None:
    if not all(word in text.plain for word in words):
        return None
    code, title = plain(text.code), plain(text.title)
    if code == whole:
        rank = 0
    elif code.startswith(words[0]):
        rank = 1
    else:
        rank = 2 if all(word in title for word in words) else 3
    return Found(text.kind, text.code, text.title, "" if rank < 3 else _around(text, words[0]), rank)


def _around(text: _Text, word: str) -> str:
    at = text.plain.find(word)
    start, end = max(0, at - AROUND), at + len(word) + AROUND
    return f"{'…' if start else ''}{text.said[start:end].strip()}{'…' if end < len(text.said) else ''}"


@kept_with(most=KEPT_TEXTS)
def _texts(seen: View, lang: str) -> tuple[_Text, ...]:
    texts = []
    for kind in KINDS:
        for code, body in bodies(seen, kind).items():
            title = str((body.get("title_fr") if lang == "fr" else None) or body.get("title") or "")
            said = " · ".join((code, title, *_said(body)))
            texts.append(_Text(kind, code, title, said, plain(said)))
    return tuple(texts)


def _said(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _said(item)
    elif isinstance(value, list):
        for item in value:
            yield from _said(item)
