"""Words as people look for them: without case and accents, whole or by their beginning, in English and French alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

SMALL_WORDS = frozenset(
    {
        "a",
        "an",
        "and",
        "at",
        "by",
        "for",
        "from",
        "in",
        "is",
        "it",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
        "au",
        "aux",
        "ce",
        "ces",
        "d",
        "dans",
        "de",
        "des",
        "du",
        "en",
        "est",
        "et",
        "l",
        "la",
        "le",
        "les",
        "ou",
        "par",
        "pour",
        "qu",
        "que",
        "qui",
        "s",
        "sur",
        "un",
        "une",
    }
)
"""Words that say nothing alone, in either language; they are looked for only where a question holds no others."""

PLURALS = ("s", "x")
"""Endings that a question drops from longer words: a beginning finds `gate` and `gates`, `niveau` and `niveaux`."""

SHORT = 4
"""Letters of a word whose ending is kept."""

_JOINED = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
_WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """A text without case and accents."""
    apart = unicodedata.normalize("NFKD", text.translate(_JOINED))
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as they are kept to be found: letters and digits only, in their order."""
    return tuple(_WORD.findall(folded(text)))


def sought(question: str) -> tuple[str, ...]:
    """The beginnings of words that a question looks for; all of them have to be found. Empty for an empty question."""
    words = words_of(question)
    telling = [word for word in words if word not in SMALL_WORDS] or list(words)
    return tuple(dict.fromkeys(word[:-1] if len(word) > SHORT and word.endswith(PLURALS) else word for word in telling))


def holds(words: Sequence[str], beginnings: Sequence[str]) -> bool:
    """Whether a text, given as its words, holds a word for each beginning."""
    return all(any(word.startswith(beginning) for word in words) for beginning in beginnings)
