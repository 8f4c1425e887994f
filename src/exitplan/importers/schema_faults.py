"""What pydantic says about an entry, as findings a planner can act on: place, value and what was wanted, in plain words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, Tag, ValidationError
from pydantic.fields import FieldInfo

from exitplan.domain.entry import Entry
from exitplan.domain.fields import CODE_PATTERN
from exitplan.domain.findings import Wanted, shown

Path = tuple[str | int, ...]
_UNIONS = (Union, UnionType)

FAULTS_LIMIT = 1000
"""Faults of one entry that are looked at one by one."""


@dataclass(frozen=True)
class SchemaFault:
    """One fault of one entry: where in it, what was given, what was wanted."""

    code: str
    path: Path
    value: str
    wanted: Wanted

    @property
    def field(self) -> str:
        """The path as people write it: `closure.forecast`, `steps[2].days`."""
        return dotted(self.path)


def dotted(path: Path) -> str:
    """Keys joined by dots, positions in brackets; a key as long as a paste is cut."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step[:60]}" for step in path if step != "[key]")
    return text.removeprefix(".")


_WORDED_PATTERNS = {
    CODE_PATTERN: ("bad-code", Wanted("a code of capital letters, digits, `.`, `_` and `-`, at most 48 characters")),
    r"^(19|20|21)\d\d-(0[1-9]|1[0-2])$": ("not-a-month", Wanted("a month as YYYY-MM")),
    r"^[A-Z]{3}$": ("bad-code", Wanted("three capital letters")),
    r"^[a-z0-9][a-z0-9_-]{0,39}$": (
        "bad-code",
        Wanted("a code of small letters, digits, `_` and `-`, at most 40 characters"),
    ),
}


def _pattern(context: Mapping[str, Any]) -> tuple[str, Wanted]:
    pattern = str(context["pattern"])
    if pattern in _WORDED_PATTERNS:
        return _WORDED_PATTERNS[pattern]
    choices = re.fullmatch(r"\^\(([a-z|]+)\)\$", pattern)
    return (
        ("not-a-choice", Wanted("one of {names}", names=choices[1].replace("|", ", ")))
        if choices
        else ("bad-code", Wanted("a text like {pattern}", pattern=pattern))
    )


def _fixed(code: str, wanted: Wanted) -> Callable[[Mapping[str, Any]], tuple[str, Wanted]]:
    return lambda context: (code, wanted)


def _filled(code: str, wanted: Wanted) -> Callable[[Mapping[str, Any]], tuple[str, Wanted]]:
    return lambda context: (code, Wanted(wanted.template, **context))


_TEXT = _fixed("not-text", Wanted("text; put a number or a word such as true in quotes"))
_NUMBER = _fixed("not-a-number", Wanted("a number"))
_WHOLE = _fixed("not-a-whole-number", Wanted("a whole number"))
_DAY = _fixed("not-a-date", Wanted("a day as YYYY-MM-DD"))
_LIST = _fixed("not-a-list", Wanted("a list"))
_FIELDS = _fixed("not-a-mapping", Wanted("fields under it, as `name: value`"))
_TRUTH = _fixed("not-true-or-false", Wanted("true or false"))

_WORDING: dict[str, Callable[[Mapping[str, Any]], tuple[str, Wanted]]] = {
    "string_type": _TEXT,
    "json_invalid": _fixed("not-text", Wanted("text in Unicode")),
    "string_unicode": _fixed("not-text", Wanted("text in Unicode")),
    "string_too_long": _filled("too-long", Wanted("at most {max_length} characters")),
    "string_pattern_mismatch": _pattern,
    "finite_number": _fixed("not-finite", Wanted("a finite number")),
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "bool_type": _TRUTH,
    "bool_parsing": _TRUTH,
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "greater_than_equal": _filled("out-of-range", Wanted("at least {ge}")),
    "greater_than": _filled("out-of-range", Wanted("more than {gt}")),
    "less_than_equal": _filled("out-of-range", Wanted("at most {le}")),
    "less_than": _filled("out-of-range", Wanted("less than {lt}")),
    "literal_error": _filled("not-a-choice", Wanted("{expected}")),
    "tuple_type": _LIST,
    "list_type": _LIST,
    "dict_type": _FIELDS,
    "model_type": _FIELDS,
    "model_attributes_type": _FIELDS,
    "too_short": _filled("too-few", Wanted("at least {min_length}")),
    "too_long": _filled("too-many", Wanted("at most {max_length}")),
}


def faults_of(error: ValidationError, model: type[BaseModel]) -> Iterator[SchemaFault]:
    """
    Every fault that pydantic found in one entry.

    Parameters
    ----------
    error
        From `model.model_validate(body)`.
    model
        What was wanted: a kind of entry, or a part.

    Yields
    ------
    SchemaFault
        Paths as in the body, without the names of the members of a union that pydantic puts between; nothing for a list
        that is called too short only because faulty items were taken out of it.
    """
    if error.error_count() > FAULTS_LIMIT:
        wanted = Wanted("at most {most} faults in one entry", most=FAULTS_LIMIT)
        yield SchemaFault("too-many-faults", (), f"{error.error_count()} faults", wanted)
        return
    for detail in error.errors(include_url=False):
        path, around = _along(model, detail["loc"])
        given = detail["input"]
        context = detail.get("ctx", {})
        match detail["type"]:
            case "too_short" if isinstance(given, list | dict) and len(given) >= context["min_length"]:
                continue
            case "missing":
                yield SchemaFault("missing-field", path, "nothing", _meaning(around, path))
            case "extra_forbidden":
                yield SchemaFault("unknown-field", path, _brief(given), _near(around, path))
            case "value_error":
                yield SchemaFault("inconsistent", path, _brief(given), _said(context["error"]))
            case "condition":
                yield SchemaFault("not-a-condition", path, _brief(given), Wanted(detail["msg"]))
            case kind if kind in _WORDING:
                code, wanted = _WORDING[kind](context)
                yield SchemaFault(code, path, _brief(given), wanted)
            case _:
                yield SchemaFault("schema", path, _brief(given), Wanted(detail["msg"]))


def _said(error: ValueError) -> Wanted:
    """What a rule between fields wanted, as the rule itself put it."""
    said = error.args[0] if error.args else ""
    return said if isinstance(said, Wanted) else Wanted(str(said))


def _brief(given: Any) -> str:
    """A value on one line; of a mapping its plain fields, so that a fault between two of them shows both."""
    match given:
        case None:
            return "nothing"
        case dict():
            own = {k: v for k, v in given.items() if k not in Entry.model_fields and not isinstance(v, list | dict)}
            return shown(
                ", ".join(f"{str(k)[:40]}: {str(v)[:40]}" for k, v in own.items()) or ", ".join(map(str, given))
            )
        case list():
            return f"a list of {len(given)}"
        case _:
            return shown(given)


def _along(model: type[BaseModel], loc: Path) -> tuple[Path, Any]:
    """The path without the tags of unions, and the type around its last step (None where it is unknown)."""
    path: list[str | int] = []
    around: Any = None
    here: Any = model
    for step in loc:
        here = _bare(here)
        tagged = _tagged(here)
        if step in tagged:
            here = tagged[str(step)]
            continue
        path.append(step)
        around, here = here, _inner(here, step)
    return tuple(path), around


def field_at(model: type[BaseModel], steps: Sequence[str | int]) -> FieldInfo | None:
    """The field a path leads to; None where it leads into a rule, to an item of a list, or nowhere."""
    here: Any = model
    found: FieldInfo | None = None
    for step in steps:
        model_here = _bare(here)
        fields = getattr(model_here, "model_fields", {})
        found = next((f for n, f in fields.items() if step in (n, f.alias)), None)
        here = _inner(model_here, step)
    return found


def _bare(annotation: Any) -> Any:
    """A type without its annotations and without `| None`."""
    while True:
        members = [a for a in get_args(annotation) if a is not type(None)]
        if get_origin(annotation) is Annotated or (get_origin(annotation) in _UNIONS and len(members) == 1):
            annotation = members[0]
        else:
            return annotation


def _tagged(annotation: Any) -> dict[str, Any]:
    """The members of a tagged union by their tags; empty for any other type."""
    if get_origin(annotation) not in _UNIONS:
        return {}
    marks = {a: [m for m in get_args(a)[1:] if isinstance(m, Tag)] for a in get_args(annotation)}
    return {tags[0].tag: member for member, tags in marks.items() if tags}


def _inner(annotation: Any, step: str | int) -> Any:
    """The type of one field, item or value of a type; None where it is unknown."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return next((f.annotation for n, f in annotation.model_fields.items() if step in (n, f.alias)), None)
    arguments = get_args(annotation)
    if get_origin(annotation) is tuple and isinstance(step, int) and arguments:
        return arguments[0 if arguments[-1] is Ellipsis else min(step, len(arguments) - 1)]
    return arguments[1] if get_origin(annotation) is dict else None


def _meaning(around: Any, path: Path) -> Wanted:
    """What a missing field would say."""
    fields = getattr(around, "model_fields", {})
    said = next((f.description for n, f in fields.items() if path[-1] in (n, f.alias)), None)
    return Wanted(said.rstrip(".") if said else "a value")


def _near(around: Any, path: Path) -> Wanted:
    """The fields there are, the likely ones first."""
    names = [f.alias or n for n, f in getattr(around, "model_fields", {}).items()]
    near = difflib.get_close_matches(str(path[-1]), names, n=2, cutoff=0.6)
    return Wanted("one of {names}", names=", ".join(near or names))
