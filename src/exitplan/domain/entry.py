"""What every entry of a dossier carries, and how references between entries are found."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, TypeAdapter

from exitplan.domain.fields import Code, Line, RefTo, SourceRef, Text, about

Classification = Literal["open", "restricted", "confidential"]
Basis = Literal["fact", "assumption", "fictional"]


class Entry(BaseModel):
    """One thing the dossier holds, known by a short code that is unique in its kind."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    kind: ClassVar[str]
    plural: ClassVar[str]

    code: Code = about("Short readable code, unique in its kind, such as `B3` or `LR-NIMBA`.")
    title: Line = about("Name as people say it.")
    title_fr: Line | None = about("The same in French.", None)
    owner: Line = about("Office that answers for this entry; never a person's name.", "")
    classification: Classification = about("Who may see it: open, restricted or confidential.", "open")
    released_to: tuple[Line, ...] = about("Roles or partners to which it is released besides the mission.", ())
    sources: tuple[SourceRef, ...] = about("Codes of the sources it rests on.", ())
    basis: Basis = about("Whether it is a sourced fact, a planner's assumption, or fictional.", "assumption")
    note: Text = about("Remarks.", "")

    def name(self, lang: str = "en") -> str:
        """The title in the reader's language, the plain title where there is none."""
        return (self.title_fr if lang == "fr" else None) or self.title


def references(value: BaseModel, prefix: str = "") -> Iterator[tuple[str, str, str]]:
    """Every reference inside a value, as (field path, kind wanted, code given)."""
    for name, shown, annotation, metadata in _referring_fields(type(value)):
        yield from _inside(getattr(value, name), annotation, metadata, f"{prefix}{shown}")


def references_of_body(model: type[Entry], body: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """
    The references inside an entry that does not pass its schema, as far as its fields can be read one by one.

    Parameters
    ----------
    body
        The entry as plain values of JSON, as it was written.
    """
    for name, shown, annotation, metadata in _referring_fields(model):
        try:
            read = _reader_of(model, name).validate_json(json.dumps(body[shown]), strict=True)
        except (KeyError, TypeError, ValueError):  # a fault of its own, or no field at all
            continue
        yield from _inside(read, annotation, metadata, shown)


@cache
def _reader_of(model: type[Entry], name: str) -> TypeAdapter[Any]:
    field = model.model_fields[name]
    declared: Any = Annotated[field.annotation, field]
    return TypeAdapter(declared)


@cache
def _referring_fields(model: type[BaseModel]) -> tuple[tuple[str, str, Any, tuple[Any, ...]], ...]:
    """The fields of a model that may hold references, with what is needed to find them there."""
    return tuple(
        (name, info.alias or name, info.annotation, tuple(info.metadata))
        for name, info in model.model_fields.items()
        if any(isinstance(mark, RefTo) for mark in info.metadata) or _may_refer(info.annotation)
    )


def _may_refer(annotation: Any) -> bool:
    """Whether values of a type may hold references: codes marked as such, or parts that are looked into."""
    if isinstance(annotation, type) and get_origin(annotation) is None:
        return issubclass(annotation, BaseModel)
    return any(isinstance(inner, RefTo) or _may_refer(inner) for inner in get_args(annotation))


def _inside(given: Any, annotation: Any, metadata: tuple[Any, ...], path: str) -> Iterator[tuple[str, str, str]]:
    if given is None:
        return
    if isinstance(given, BaseModel):
        yield from references(given, path + ".")
        return
    for mark in metadata:
        if isinstance(mark, RefTo):
            kind, code = (mark.kind, str(given)) if mark.kind else str(given).split(":")
            yield path, kind, code
            return
    if get_origin(annotation) is Annotated:
        inner, *marks = get_args(annotation)
        yield from _inside(given, inner, tuple(marks), path)
    elif isinstance(given, tuple):
        inner = next((a for a in get_args(annotation) if a is not Ellipsis), None)
        for place, item in enumerate(given):
            yield from _inside(item, inner, (), f"{path}[{place}]")
    elif isinstance(given, dict):
        key_type, value_type = (*get_args(annotation), None, None)[:2]
        for key, item in given.items():
            yield from _inside(key, key_type, (), f"{path}.{key}")
            yield from _inside(item, value_type, (), f"{path}.{key}")
    else:
        for member in get_args(annotation):  # a union such as `AreaRef | None`
            if get_origin(member) is Annotated:
                yield from _inside(given, member, (), path)
                return
