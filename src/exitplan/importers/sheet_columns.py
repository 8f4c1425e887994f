"""How the fields of an entry lie in the columns of a sheet, and how a value is put into a cell and taken out again.

A part of plain fields becomes one column for each, `closure.forecast`. Lists of words stand as `A; B`. Anything deeper stands
as JSON. A text that a cell cannot hold as it is, and an emptiness that is meant, stand as `json:` and JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from exitplan.domain.entry import Entry
from exitplan.domain.fields import RefTo
from exitplan.domain.findings import Wanted
from exitplan.importers.xlsx_file import Cell, Heading, legal

MARK = "json:"
BETWEEN = "; "
LAST = ("owner", "basis", "sources", "note", "classification", "released_to")
"""Fields of every entry that are filled in after those of its kind."""

Shape = Literal["text", "number", "truth", "texts", "numbers", "nested"]


class NotReadable(Exception):
    """A cell does not hold what its column asks for; `wanted` says what that is."""

    def __init__(self, wanted: Wanted) -> None:
        super().__init__(wanted)
        self.wanted = wanted


@dataclass(frozen=True)
class Column:
    """One column of the sheet of a kind."""

    name: str
    """Dotted path of the field: `code`, `closure.forecast`."""
    shape: Shape
    heading: Heading
    required: bool


@cache
def columns_of(model: type[Entry]) -> tuple[Column, ...]:
    """The columns of one kind: code and title first, then what the kind asks for, then what every entry carries."""
    found = tuple(_columns(model, ""))
    last = [column for name in LAST for column in found if column.name == name]
    return (*(column for column in found if column not in last), *last)


def _columns(model: type[BaseModel], prefix: str) -> Iterator[Column]:
    for name, info in model.model_fields.items():
        path = f"{prefix}{info.alias or name}"
        if isinstance(info.annotation, type) and issubclass(info.annotation, BaseModel):
            yield from _columns(info.annotation, f"{path}.")
        else:
            shape = shape_of(info.annotation)
            yield Column(path, shape, _heading(path, shape, info), info.is_required())


def _bare(annotation: Any) -> Any:
    """A type without annotations and without `| None`."""
    while True:
        members = [a for a in get_args(annotation) if a is not type(None)]
        if get_origin(annotation) is Annotated or (get_origin(annotation) in (Union, UnionType) and len(members) == 1):
            annotation = members[0]
        else:
            return annotation


def shape_of(annotation: Any) -> Shape:
    """How the values of a type lie in cells."""
    kind = _bare(annotation)
    if get_origin(kind) is Literal:
        return "text" if all(isinstance(choice, str) for choice in get_args(kind)) else "number"
    if get_origin(kind) is tuple:
        inside = {shape_of(item) for item in get_args(kind) if item is not Ellipsis}
        return "texts" if inside == {"text"} else "numbers" if inside == {"number"} else "nested"
    if kind is bool:
        return "truth"
    if kind in (int, float):
        return "number"
    return "text" if kind in (str, date) else "nested"


def _heading(path: str, shape: Shape, info: FieldInfo) -> Heading:
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    kind = _bare(info.annotation)
    hint = [info.description or ""]
    hint += [f"Unit: {extra['unit']}."] if extra.get("unit") else []
    hint += ["Required."] if info.is_required() else []
    hint += [{"texts": "Several: A; B.", "numbers": "Several: 3; 6.", "nested": "As JSON."}.get(shape, "")]
    wanted = [
        f"A code of the sheet for {mark.kind}." for mark in marks_of(info) if isinstance(mark, RefTo) and mark.kind
    ]
    choices = tuple(map(str, get_args(kind))) if get_origin(kind) is Literal and shape == "text" else ()
    width = 40 if path.startswith("title") or shape == "nested" else max(12, len(path) + 2)
    return Heading(path, " ".join(filter(None, [*hint, *wanted])), choices, width, shape not in ("number", "truth"))


def marks_of(info: FieldInfo) -> Iterator[Any]:
    """Annotations of a field, wherever they stand in its type."""
    yield from info.metadata
    waiting = [info.annotation]
    while waiting:
        here = waiting.pop()
        waiting += get_args(here) if get_origin(here) is not Literal else ()
        yield from getattr(here, "__metadata__", ())


def to_cell(value: Any, shape: Shape) -> Cell:
    """A value of an entry's body as a cell; texts may be longer than one cell holds."""
    match value:
        case None | "" | {}:
            return MARK + _json(value)
        case str():
            plain = value == value.strip() and legal(value) and not value.startswith(MARK)
            return value if plain else MARK + _json(value)
        case bool() | int() | float():
            return value
        case list() if shape == "numbers" and value:
            return BETWEEN.join(map(str, value))
        case list() if shape == "texts" and value and all(map(_plain_item, value)):
            return BETWEEN.join(value)
        case _:
            return _json(value)


def _plain_item(item: str) -> bool:
    return bool(item) and item == item.strip() and legal(item) and ";" not in item and not item.startswith(("[", MARK))


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return text if legal(text) else json.dumps(value, allow_nan=False).replace("_x", "\\u005fx")


def of_cell(cell: Any, shape: Shape) -> Any:
    """
    The value that a filled cell stands for, in the form an entry's body has.

    Raises
    ------
    NotReadable
        When JSON is wanted and the cell holds none.
    """
    match cell:
        case str() if cell.startswith(MARK):
            return _loaded(cell.removeprefix(MARK))
        case str() if shape in ("texts", "numbers", "nested") and cell.startswith(("[", "{")):
            return _loaded(cell)
        case str() if shape in ("texts", "numbers"):
            items = [item.strip() for item in cell.split(";") if item.strip()]
            return items if shape == "texts" else [of_cell(item, "number") for item in items]
        case _ if shape in ("texts", "numbers"):
            return [of_cell(cell, "text" if shape == "texts" else "number")]
        case _ if shape == "nested":
            raise NotReadable(Wanted("JSON, such as {example}", example='[{{"code": "survey", "days": 30}}]'))
        case float() if shape == "number" and cell.is_integer():
            return int(cell)
        case str() if shape == "number" and _NUMBER.fullmatch(cell):
            return float(cell) if "." in cell else int(cell)
        case str() if shape == "truth" and cell.casefold() in ("true", "false"):
            return cell.casefold() == "true"
        case bool() | int() | float() | str() if shape != "text":
            return cell
        case _:
            return as_text(cell)


_NUMBER = re.compile(r"[-+]?\d{1,18}(\.\d{1,18})?")


def as_text(cell: Any) -> str:
    """A cell as a person reads it: days as YYYY-MM-DD, whole numbers without decimals."""
    match cell:
        case bool():
            return str(cell).lower()
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)


def _loaded(text: str) -> Any:
    def refuse(word: str) -> float:
        raise ValueError(word)

    try:
        return json.loads(text, parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise NotReadable(Wanted("JSON without faults: {fault}", fault=str(error)[:100])) from error


def body_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by dotted path as the nested body of an entry."""
    body: dict[str, Any] = {}
    for path, value in values.items():
        *outer, name = path.split(".")
        inside = body
        for step in outer:
            inside = inside.setdefault(step, {})
        inside[name] = value
    return body


def values_of(body: Mapping[str, Any], columns: Iterable[Column]) -> dict[str, Any]:
    """The values of a body by dotted path, only those it has."""
    values = {}
    for column in columns:
        inside: Any = body
        for step in column.name.split("."):
            inside = inside.get(step, _ABSENT) if isinstance(inside, dict) else _ABSENT
        if inside is not _ABSENT:
            values[column.name] = inside
    return values


_ABSENT = object()
