"""Forms made from the schema of an entry: one field there is one control here, with its words, unit, help and findings.

Nothing that was typed is refused or lost: a number that is none stays in the draft as the text it is, with its finding beside
it. Parts of an entry (dates, steps, versions) are groups and rows of controls; what has no better form is YAML in a text field.

Names of controls are the field paths that findings use: `closure.forecast`, `steps[2].days`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, StringConstraints
from pydantic.fields import FieldInfo

from exitplan.domain.entry import Entry
from exitplan.domain.fields import TEXT_LIMIT, RefTo
from exitplan.domain.findings import Finding
from exitplan.domain.kinds import KINDS, Partner
from exitplan.domain.roles import ROLES
from exitplan.usecases.board import View
from exitplan.usecases.drafting import read_value, written_value
from exitplan.usecases.frameworks import norm_choices
from exitplan.wording import Wording
from exitplan.wording.codes import CODES

Shape = Literal[
    "line", "text", "number", "whole", "date", "month", "choice", "flag", "codes", "lines", "group", "rows", "yaml"
]

CHOICES_AT_MOST = 60
"""Choices up to which a reference is a list to pick from; above, a field to type in that proposes codes."""

SPARE_ROWS = 1
"""Empty rows at the end of a list; a button adds more."""

ROWS_AT_MOST = 500
"""Rows of one list that a form reads."""

COMMON = frozenset(Entry.model_fields)
"""Fields that every entry has; those of its own kind come first."""

FIRST = ("code", "title", "title_fr", "owner")

_MONTH = r"^(19|20|21)\d\d-(0[1-9]|1[0-2])$"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Control:
    """One thing to fill in. Which of the fields below are filled depends on `shape`."""

    name: str
    shape: Shape
    words: str
    help: str = ""
    unit: str = ""
    needed: bool = False
    value: str = ""
    chosen: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    otherwise: str = ""
    parts: tuple[Control, ...] = ()
    rows: tuple[Line, ...] = ()
    findings: tuple[Finding, ...] = ()
    locked: bool = False

    @property
    def id(self) -> str:
        """An identifier for labels and descriptions."""
        return "f-" + re.sub(r"[^A-Za-z0-9]+", "-", self.name).strip("-")

    @property
    def proposes(self) -> bool:
        """Whether the choices are too many for a list and are proposed while typing."""
        return self.shape == "choice" and len(self.options) > CHOICES_AT_MOST


@dataclass(frozen=True)
class Line:
    """One row of a list: its controls, and a few words to know it by while it is folded."""

    controls: tuple[Control, ...]
    spare: bool

    @property
    def summary(self) -> str:
        """The first texts of the row."""
        texts = [c.value for c in self.controls if c.value and c.shape in ("line", "date", "choice", "text")]
        return " – ".join(texts[:2])[:120]

    @property
    def open(self) -> bool:
        """Whether the row stands unfolded: something is wrong in it."""
        return any(_said_in(control) for control in self.controls)


@dataclass(frozen=True)
class Form:
    """A whole form: what only this kind has, what every entry has, and findings that belong to no control."""

    kind: str
    own: tuple[Control, ...]
    common: tuple[Control, ...]
    unplaced: tuple[Finding, ...]
    version: int
    why: str = ""


def form_of(
    w: Wording,
    seen: View,
    kind: str,
    body: Mapping[str, Any],
    *,
    findings: Sequence[Finding] = (),
    version: int = 0,
    why: str = "",
    locked: Iterable[str] = (),
    more_rows: str = "",
    fixed_code: bool = False,
) -> Form:
    """
    The form of an entry, filled.

    Parameters
    ----------
    body
        Content so far, as stored or as typed; may hold anything.
    version
        Version the content was read at; 0 for a new entry.
    locked
        Fields that the reader may not see whole and that stay as they are.
    more_rows
        Name of a list for which somebody asked for another empty row.
    fixed_code
        Whether the entry has its code already, which never changes.
    """
    maker = _Maker(w, seen, tuple(findings), more_rows)
    controls = {c.name: c for c in maker.controls(KINDS[kind], body, "")}
    if fixed_code:
        controls.pop("code", None)
    for name in locked:
        if name in controls:
            controls[name] = replace(controls[name], locked=True)
    strange = {name: value for name, value in body.items() if name not in keys_of(KINDS[kind])}
    own = [controls[name] for name in FIRST if name in controls]
    own += [c for name, c in controls.items() if name not in COMMON]
    if strange:
        own.append(Control("_rest", "yaml", w("Fields this kind does not have"), value=written_value(strange)))
    common = tuple(c for name, c in controls.items() if name in COMMON and name not in FIRST)
    placed = {id(f) for c in (*own, *common) for f in _said(c)}
    return Form(kind, tuple(own), common, tuple(f for f in findings if id(f) not in placed), version, why)


def body_of(kind: str, data: Mapping[str, Any], lang: str = "en") -> dict[str, Any]:
    """
    The content of an entry from what a form sent; fields left empty, or at their default, are left out.

    Parameters
    ----------
    data
        A Django `QueryDict`.
    """
    body = _Reader(data, lang).body(KINDS[kind], "")
    rest = read_value(str(data.get("_rest:yaml", "")))
    if isinstance(rest, dict):
        body.update({key: value for key, value in rest.items() if key not in body})
    return body


def label(w: Wording, field: str) -> str:
    """The words of a field."""
    return w.capital(w.code("field", field))


def family_of(choices: Iterable[object]) -> str:
    """The family of codes that a set of choices belongs to; empty where there is none."""
    wanted = {str(choice) for choice in choices}
    return next((family for family, codes in CODES.items() if set(codes) == wanted), "")


@dataclass(frozen=True)
class FieldType:
    """What an annotation says, without its wrappings."""

    shape: Shape
    model: type[BaseModel] | None = None
    inner: FieldType | None = None
    kind: str = ""
    choices: tuple[Any, ...] = ()


def type_of(annotation: Any, marks: tuple[Any, ...] = ()) -> FieldType:
    """What can be filled in for an annotation; `yaml` where there is no better form."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            marks = (*marks, *more)
        elif get_origin(annotation) in (Union, UnionType):
            members = [a for a in get_args(annotation) if a is not type(None)]
            if len(members) != 1:
                return FieldType("yaml")
            annotation = members[0]
        else:
            break
    if (reference := next((m.kind for m in marks if isinstance(m, RefTo)), "")) != "":
        return FieldType("choice", kind=reference)
    if get_origin(annotation) is Literal:
        return FieldType("choice", choices=get_args(annotation))
    if get_origin(annotation) is tuple:
        members = [a for a in get_args(annotation) if a is not Ellipsis]
        return _list(type_of(members[0])) if len(members) == 1 else FieldType("yaml")
    if annotation is bool:
        return FieldType("flag")
    if annotation is date:
        return FieldType("date")
    if annotation is int:
        return FieldType("whole")
    if annotation is float:
        return FieldType("number")
    if annotation is str:
        return FieldType(_text_shape(marks))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return FieldType("group", model=annotation)
    return FieldType("yaml")


def _list(inner: FieldType) -> FieldType:
    match inner.shape:
        case "choice":
            return FieldType("codes", inner=inner, kind=inner.kind, choices=inner.choices)
        case "group":
            return FieldType("rows", inner=inner, model=inner.model)
        case "line" | "text" | "whole" | "number" | "month":
            return FieldType("lines", inner=inner)
        case _:
            return FieldType("yaml")


def _text_shape(marks: Iterable[Any]) -> Shape:
    for mark in marks:
        if isinstance(mark, StringConstraints):
            if mark.pattern == _MONTH:
                return "month"
            if mark.max_length == TEXT_LIMIT:
                return "text"
        if getattr(mark, "max_length", None) == TEXT_LIMIT:
            return "text"
        if getattr(mark, "pattern", None) == _MONTH:
            return "month"
    return "line"


def keys_of(model: type[BaseModel]) -> frozenset[str]:
    """The keys that a model's content may have."""
    return frozenset(info.alias or name for name, info in model.model_fields.items())


def _default(info: FieldInfo) -> Any:
    """A field's default as plain values; None where it has to be filled."""
    if info.is_required():
        return None
    return _plain(info.get_default(call_default_factory=True))


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _said(control: Control) -> Iterator[Finding]:
    yield from control.findings
    for part in (*control.parts, *(cell for row in control.rows for cell in row.controls)):
        yield from _said(part)


def _said_in(control: Control) -> bool:
    return next(_said(control), None) is not None


def _fits(shape: Shape, value: Any) -> bool:
    """Whether a value can be shown in a control of this shape without losing any of it."""
    match shape:
        case "group":
            return isinstance(value, dict)
        case "rows":
            return isinstance(value, list) and all(isinstance(item, dict) for item in value)
        case "lines":
            return isinstance(value, list) and all(
                not isinstance(item, dict | list | bool) and item is not None and "\n" not in str(item)
                for item in value
            )
        case "codes":
            return isinstance(value, list) and all(isinstance(item, str | int) for item in value)
        case "flag":
            return isinstance(value, bool)
        case "yaml":
            return True
        case _:
            return not isinstance(value, dict | list | bool)


@dataclass(frozen=True)
class _Maker:
    """Makes controls from a model and a content."""

    w: Wording
    seen: View
    findings: tuple[Finding, ...]
    more_rows: str

    def controls(self, model: type[BaseModel], body: Mapping[str, Any], prefix: str) -> Iterator[Control]:
        for name, info in model.model_fields.items():
            key = info.alias or name
            default = _default(info)
            value = body.get(key, default)
            yield self.control(f"{prefix}{key}", name, info, value, default)

    def control(self, path: str, name: str, info: FieldInfo, value: Any, default: Any) -> Control:
        kind = type_of(info.annotation, tuple(info.metadata))
        if path == "released_to":
            kind = FieldType("codes")
        shape: Shape = kind.shape if value is None or _fits(kind.shape, value) else "yaml"
        if shape == "date" and value and not _DAY.fullmatch(str(value)):
            shape = "line"
        extra = info.json_schema_extra
        made = Control(
            name=path,
            shape=shape,
            words=label(self.w, name),
            help=self.w(info.description or "").replace("`", ""),
            unit=self.w(str(extra["unit"])) if isinstance(extra, dict) and extra.get("unit") else "",
            needed=info.is_required(),
            findings=tuple(
                f
                for f in self.findings
                if f.field == path
                or (shape in ("yaml", "lines", "codes") and re.match(re.escape(path) + r"[.\[]", f.field))
            ),
        )
        match shape:
            case "group":
                assert kind.model is not None
                return replace(made, parts=tuple(self.controls(kind.model, value or {}, f"{path}.")))
            case "rows":
                return replace(made, rows=tuple(self.rows(kind.model, value or [], path)))
            case "codes":
                chosen = tuple(str(item) for item in value or ())
                options = self.options(kind, chosen, path)
                if len(options) > CHOICES_AT_MOST:
                    return replace(made, shape="lines", value="\n".join(chosen))
                words = dict(options)
                first = tuple((code, words[code]) for code in chosen)  # what holds first, in its own order
                return replace(made, chosen=chosen, options=(*first, *(o for o in options if o[0] not in chosen)))
            case "choice":
                chosen = () if value is None else (str(value),)
                return replace(made, value="".join(chosen), options=self.options(kind, chosen, path))
            case "lines":
                return replace(made, value="\n".join(self.number(item) for item in value or ()))
            case "yaml":
                return replace(made, value=written_value(value))
            case "flag":
                return replace(made, value="on" if value else "")
        return replace(made, value=self.number(value), otherwise="" if default in (None, "") else self.number(default))

    def rows(self, model: type[BaseModel] | None, items: Sequence[Any], path: str) -> Iterator[Line]:
        assert model is not None
        spare = SPARE_ROWS + (1 if self.more_rows == path else 0)
        for at in range(len(items) + spare):
            held = at < len(items)
            controls = tuple(self.controls(model, items[at] if held else {}, f"{path}[{at}]."))
            if not held:
                controls = tuple(replace(c, needed=False, value="" if c.shape != "flag" else c.value) for c in controls)
            yield Line(controls, spare=not held)

    def options(self, kind: FieldType, chosen: tuple[str, ...], path: str) -> tuple[tuple[str, str], ...]:
        """What can be chosen; what was chosen stays among it, whatever it is."""
        if path == "released_to":
            found = [(role, self.w.capital(self.w.code("role", role))) for role in ROLES]
            found += [(p.code, p.name(self.w.lang)) for p in self.seen.dossier.of(Partner)]
        elif kind.kind:
            entries = self.seen.dossier.entries.get(kind.kind, ())
            visible = [e for e in entries if self.seen.knows(kind.kind, e.code)]
            found = [(e.code, f"{e.code} – {e.name(self.w.lang)}") for e in visible]
            found += [(code, code) for k, code in self.seen.unsound if k == kind.kind]
            found += norm_choices(self.w.lang) if kind.kind == "norm" else ()
        else:
            family = family_of(kind.choices)
            found = [(str(c), self.w.code(family, c) if family else str(c)) for c in kind.choices]
        known = {code for code, _ in found}
        return (*found, *((code, code) for code in chosen if code not in known))

    def number(self, value: Any) -> str:
        if isinstance(value, bool) or value is None:
            return "" if value is None else str(value)
        if isinstance(value, float):
            text = repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
            return text.replace(".", ",") if self.w.lang == "fr" else text
        return str(value)


@dataclass(frozen=True)
class _Reader:
    """Reads what a form sent, guided by the model."""

    data: Mapping[str, Any]
    lang: str

    def body(self, model: type[BaseModel], prefix: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, info in model.model_fields.items():
            key = info.alias or name
            field = type_of(info.annotation, tuple(info.metadata))
            value, default = self.value(field, f"{prefix}{key}"), _default(info)
            emptied = isinstance(default, str) and default and field.shape in ("line", "text")
            if value is None and emptied and "[" not in prefix and f"{prefix}{key}" in self.data:
                value = ""  # left out, it would bring the default back
            if value is not None and not (value == default and type(value) is type(default)):
                found[key] = value
        return found

    def value(self, kind: FieldType, path: str) -> Any:
        if f"{path}:yaml" in self.data:
            return read_value(str(self.data[f"{path}:yaml"]))
        if f"{path}:lines" in self.data:
            return self.lines(kind, path)
        match kind.shape:
            case "group":
                assert kind.model is not None
                return self.body(kind.model, f"{path}.") or None
            case "rows":
                return self.rows(kind, path)
            case "codes" | "lines":
                sent = self.data.getlist(path) if hasattr(self.data, "getlist") else self.data.get(path, ())  # type: ignore[attr-defined]
                chosen = [self.choice(kind, item) for item in sent if item]
                return chosen if chosen or f"{path}:shown" in self.data else None
            case "flag":
                return path in self.data if f"{path}:shown" in self.data else None
        text = str(self.data.get(path, "")).replace("\r\n", "\n").strip()
        if not text:
            return None
        if kind.shape in ("whole", "number"):
            return self.number(text, kind.shape)
        return self.choice(kind, text) if kind.choices else text

    def rows(self, kind: FieldType, path: str) -> list[Any] | None:
        """Rows in the order of their numbers; empty ones, and those marked to be removed, fall away."""
        assert kind.model is not None
        start = re.compile(re.escape(path) + r"\[(\d{1,4})\]")
        places = sorted({int(m[1]) for key in self.data if (m := start.match(key))})[:ROWS_AT_MOST]
        kept = [at for at in places if f"{path}[{at}].remove" not in self.data]
        found = [self.body(kind.model, f"{path}[{at}].") for at in kept]
        found = [row for row in found if row]
        return found if found or places else None

    def lines(self, kind: FieldType, path: str) -> list[Any] | None:
        lines = [line.strip() for line in str(self.data[f"{path}:lines"]).splitlines()]
        inner = kind.inner.shape if kind.inner else "line"
        return [self.number(line, inner) if inner in ("whole", "number") else line for line in lines if line]

    def choice(self, kind: FieldType, text: str) -> Any:
        return next((choice for choice in kind.choices if str(choice) == text), text)

    def number(self, text: str, shape: Shape) -> Any:
        """A number as this language writes it; the text itself where it is none."""
        bare = re.sub(r"[\s\u00a0\u202f]", "", text)
        if self.lang == "fr":
            bare = bare.replace(",", ".") if bare.count(",") == 1 and "." not in bare else bare
        elif re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", bare):
            bare = bare.replace(",", "")
        if re.fullmatch(r"-?\d{1,18}", bare):
            return int(bare) if shape == "whole" else float(bare)
        if re.fullmatch(r"-?\d*\.?\d+([eE]-?\d{1,2})?", bare):
            return float(bare)
        return text
