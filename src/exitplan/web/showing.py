"""The content of an entry in words: each field with its label, values in the reader's language, references as links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from exitplan.domain.kinds import KINDS
from exitplan.domain.roles import ROLES
from exitplan.usecases.board import View
from exitplan.usecases.drafting import written_value
from exitplan.usecases.frameworks import library_names
from exitplan.web.forms import FieldType, family_of, keys_of, label, type_of
from exitplan.wording import Wording

HEADLINE = frozenset({"code", "title", "title_fr"})
"""Fields that stand in the head of a page already."""

TRANSLATED = "_fr"


@dataclass(frozen=True)
class Piece:
    """One value in words; a link where it leads to an entry."""

    text: str
    href: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Fact:
    """One field: its label, and its values, its parts, a table of rows, or a block of text."""

    words: str
    pieces: tuple[Piece, ...] = ()
    unit: str = ""
    parts: tuple[Fact, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[Fact, ...], ...] = ()
    block: str = ""


def facts_of(w: Wording, seen: View, kind: str, content: Mapping[str, Any]) -> tuple[Fact, ...]:
    """Every field of an entry that says something, in the order of its schema."""
    teller = _Teller(w, seen)
    model = KINDS[kind]
    facts = list(teller.facts(model, content, skip=HEADLINE))
    strange = {key: value for key, value in content.items() if key not in keys_of(model)}
    if strange:
        facts.append(Fact(w("Fields this kind does not have"), block=written_value(strange)))
    return tuple(facts)


def entry_address(mission: str, kind: str, code: str) -> str:
    """Where an entry is shown."""
    return f"/m/{mission}/entries/{kind}/{code}/"


def value_in_words(w: Wording, field: FieldType, value: Any) -> str:
    """One plain value as people read it."""
    if value is None:
        return "–"
    if field.choices:
        family = family_of(field.choices)
        return w.capital(w.code(family, value)) if family else str(value)
    match field.shape:
        case "flag":
            return w.yes(bool(value))
        case "date" if isinstance(value, str) and len(value) == 10:
            return _tried(w.date, value)
        case "month" if isinstance(value, str) and len(value) == 7:
            return _tried(w.month, value)
        case "number" | "whole" if isinstance(value, int | float):
            return w.number(value, digits=_digits(value))
    return str(value)


def _digits(value: float) -> int | None:
    """As many digits as a number was written with, four at most; very small ones keep theirs."""
    if isinstance(value, int) or value.is_integer():
        return None
    return 5 if abs(value) < 0.001 else min(4, len(f"{value:.4f}".rstrip("0").partition(".")[2]))


def _tried(word: Any, value: str) -> str:
    try:
        return str(word(value))
    except ValueError:
        return value  # a draft may hold any text where a day will be


@dataclass(frozen=True)
class _Teller:
    w: Wording
    seen: View

    def facts(
        self, model: type[BaseModel], content: Mapping[str, Any], skip: frozenset[str] = frozenset()
    ) -> Iterator[Fact]:
        other = "" if self.w.lang == "fr" else TRANSLATED
        for name, info in model.model_fields.items():
            key = info.alias or name
            value = content.get(key)
            if name in skip or value in (None, "", [], {}) or (other and name.endswith(other)):
                continue
            if self.w.lang == "fr" and content.get(f"{key}{TRANSLATED}"):
                continue  # its French twin follows
            extra = info.json_schema_extra
            unit = str(extra["unit"]) if isinstance(extra, dict) and extra.get("unit") else ""
            if name == "released_to" and isinstance(value, list):
                yield Fact(label(self.w, name), tuple(self.audience(str(item)) for item in value))
                continue
            words = label(self.w, self.plain(name))
            yield self.fact(words, self.w(unit), type_of(info.annotation, tuple(info.metadata)), value)

    def fact(self, words: str, unit: str, field: FieldType, value: Any) -> Fact:
        match field.shape:
            case "group" if isinstance(value, dict) and field.model:
                return Fact(words, parts=tuple(self.facts(field.model, value)))
            case "rows" if isinstance(value, list) and all(isinstance(v, dict) for v in value) and field.model:
                return self.table(words, field.model, value)
            case "codes" | "lines" if isinstance(value, list) and not any(isinstance(v, dict | list) for v in value):
                inner = field.inner or field
                return Fact(words, tuple(self.piece(inner, item) for item in value), unit)
            case "yaml":
                return Fact(words, block=written_value(value))
        if isinstance(value, dict | list):
            return Fact(words, block=written_value(value))
        return Fact(words, (self.piece(field, value),), unit)

    def table(self, words: str, model: type[BaseModel], rows: list[dict[str, Any]]) -> Fact:
        used = [
            (name, info)
            for name, info in model.model_fields.items()
            if any(row.get(info.alias or name) not in (None, "", [], {}) for row in rows)
            and not (self.w.lang != "fr" and name.endswith(TRANSLATED))
            and not (self.w.lang == "fr" and all(row.get(f"{name}{TRANSLATED}") for row in rows))
        ]
        cells = []
        for row in rows:
            line = []
            for name, info in used:
                value = row.get(info.alias or name)
                field = type_of(info.annotation, tuple(info.metadata))
                line.append(Fact("") if value in (None, "", [], {}) else self.fact("", "", field, value))
            cells.append(tuple(line))
        return Fact(words, heads=tuple(label(self.w, self.plain(name)) for name, _ in used), rows=tuple(cells))

    def plain(self, name: str) -> str:
        """The name of a field as this reader calls it: in French the French twin stands for both."""
        return name.removesuffix(TRANSLATED) if self.w.lang == "fr" else name

    def piece(self, field: FieldType, value: Any) -> Piece:
        if field.kind and isinstance(value, str):
            return self.reference(field.kind, value)
        return Piece(value_in_words(self.w, field, value))

    def audience(self, name: str) -> Piece:
        """A role or a partner to which something is released."""
        return Piece(self.w.capital(self.w.code("role", name))) if name in ROLES else self.reference("partner", name)

    def reference(self, kind: str, code: str) -> Piece:
        entry = self.seen.dossier.named(kind, code)
        text = f"{code} – {entry.name(self.w.lang)}" if entry else code
        if self.seen.knows(kind, code):
            return Piece(text, entry_address(self.seen.mission, kind, code))
        known, names = library_names().get(code, ("", ("", "")))
        if kind == "norm" == known:
            return Piece(f"{code} – {names[self.w.lang == 'fr']}", f"/m/{self.seen.mission}/norms/{code}/")
        return Piece(text)
