"""
Search over what a reader may see: entries and drafts alike, codes first, then titles, then everything they say.

Two finders work together (`docs/decisions/0010-two-finders.md`). What a reader is shown is looked through as it stands, so that
any part of a code or a word is found and nothing hidden ever is. The text index of the database adds what only its words bring
together, such as singular and plural, and says which of the rest comes first; each of its places is then read through the
reader's eyes, and is no answer where those do not find the words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from exitplan.domain.kinds import KINDS
from exitplan.domain.words import holds, sought, words_of
from exitplan.usecases.board import View
from exitplan.usecases.drafting import bodies
from exitplan.usecases.kept import kept_with

KEPT_TEXTS = 4
"""Languages in which the texts of one view are kept ready."""

REST = 3
"""Rank of what is found neither by its code nor by its title."""

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
    return text.translate(_WITHOUT_ACCENTS).casefold()


class _WithoutAccents(dict[int, str]):
    """What each character is without its accents, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = unicodedata.normalize("NFKD", chr(code))[:1]
        return self[code]


_WITHOUT_ACCENTS = _WithoutAccents()


def search(seen: View, wanted: str, lang: str = "en") -> tuple[Found, ...]:
    """
    Every entry that holds all the words, best first: the code itself, codes that begin so, titles, then the rest.

    An empty question finds nothing.
    """
    from exitplan.store import texts as index

    words, beginnings = plain(wanted).split(), sought(wanted)
    if not words:
        return ()
    places = {(p.kind, p.code): order for order, p in enumerate(index.find(seen.mission, beginnings))}
    found = []
    for text in _texts(seen.shared, lang):
        hit = _found(text, words, plain(wanted).strip())
        if hit is None and (text.kind, text.code) in places and holds(words_of(text.said), beginnings):
            hit = Found(text.kind, text.code, text.title, _around(text, beginnings[0]), REST)
        if hit is not None:
            found.append(hit)
    return tuple(
        sorted(found, key=lambda f: (f.rank, places.get((f.kind, f.code), len(places)) if f.rank == REST else 0))
    )


def _found(text: _Text, words: list[str], whole: str) -> Found | None:
    if not all(word in text.plain for word in words):
        return None
    code, title = plain(text.code), plain(text.title)
    if code == whole:
        rank = 0
    elif code.startswith(words[0]):
        rank = 1
    else:
        rank = 2 if all(word in title for word in words) else REST
    return Found(text.kind, text.code, text.title, "" if rank < REST else _around(text, words[0]), rank)


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
