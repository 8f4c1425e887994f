"""YAML as a dossier uses it: lists, mappings, texts, numbers, true, false and null, each with the line it stands on.

Read from parser events, without anchors, aliases, tags or several documents, so that a small file can never grow into a
large value. Plain words follow the YAML 1.2 core schema [1]_: `NO` and `on` stay texts, only `true` and `false` are
booleans; a day stays the text it is until a field asks for a day.

.. [1] Ben-Kiki, O., Evans, C., and döt Net, I. (2021). YAML Ain't Markup Language, version 1.2.2, section 10.3.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from exitplan.domain.findings import Wanted

BYTES_LIMIT = 20_000_000
"""Bytes of one file."""
DEPTH_LIMIT = 40
"""Levels of nesting: three times what the deepest condition tree needs."""
NODES_LIMIT = 500_000
"""Values in one file: twenty times what the largest file of a large mission holds."""
NUMBER_LIMIT = 40
"""Characters of a number; longer runs of digits stay texts."""

Path = tuple[str | int, ...]
"""Keys and positions that lead from the whole file to one value."""


@dataclass(frozen=True)
class YamlFault:
    """Something in a file that is not YAML, or not the part of it that a dossier uses."""

    code: str
    line: int
    value: str
    wanted: str


@dataclass(frozen=True)
class YamlText:
    """The content of one file."""

    value: Any
    """Plain lists, dicts and scalars; None for an empty or refused file."""
    lines: tuple[int, ...]
    """Line of each item, or key, of the outermost list or mapping."""
    faults: tuple[YamlFault, ...] = ()
    refused: bool = False
    """Whether reading stopped, so that `value` says nothing."""


class _Stop(Exception):
    def __init__(self, fault: YamlFault) -> None:
        self.fault = fault


_PLAIN = Wanted("plain values written out, without anchors and aliases")
_CONSTANTS: dict[str, bool | None] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBER_STARTS = frozenset("+-.0123456789")
# A number with leading zeros is more often a code than a count, and stays a text.
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


def _resolved(text: str) -> Any:
    """A plain scalar as the core schema reads it."""
    if text[:1] not in _NUMBER_STARTS:
        return _CONSTANTS.get(text, text)
    if len(text) > NUMBER_LIMIT:
        return text
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _NOT_FINITE.fullmatch(text):
        return float(text.replace(".", "", 1))
    return text


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _events(text: str) -> Iterator[Any]:
    """The nodes of the first document; stops with a fault at whatever a dossier does not use."""
    parser: Any = CParser(text)
    depth = nodes = documents = 0
    try:
        while (event := parser.get_event()) is not None:
            kind = type(event)
            if kind is yaml.AliasEvent:
                raise _Stop(YamlFault("alias", _line(event), f"*{event.anchor}", _PLAIN))
            if kind is yaml.ScalarEvent or kind is yaml.SequenceStartEvent or kind is yaml.MappingStartEvent:
                nodes += 1
                if event.anchor is not None:
                    raise _Stop(YamlFault("alias", _line(event), f"&{event.anchor}", _PLAIN))
                if kind is not yaml.ScalarEvent:
                    depth += 1
                if depth > DEPTH_LIMIT:
                    wanted = Wanted("at most {most} levels of nesting", most=DEPTH_LIMIT)
                    raise _Stop(YamlFault("too-deep", _line(event), f"{depth} levels", wanted))
                if nodes > NODES_LIMIT:
                    wanted = Wanted("at most {most} values in one file", most=NODES_LIMIT)
                    raise _Stop(YamlFault("too-large", _line(event), f"more than {NODES_LIMIT} values", wanted))
            elif kind is yaml.SequenceEndEvent or kind is yaml.MappingEndEvent:
                depth -= 1
            else:
                documents += kind is yaml.DocumentStartEvent
                if documents > 1:
                    raise _Stop(
                        YamlFault("not-yaml", _line(event), "a second document", Wanted("one document in a file"))
                    )
                continue
            yield event
    except yaml.YAMLError as error:
        raise _Stop(_not_yaml(error)) from error
    finally:
        parser.dispose()


def _not_yaml(error: yaml.YAMLError) -> YamlFault:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
    return YamlFault(
        "not-yaml", mark.line + 1 if mark else 0, str(what), Wanted("YAML: lists, `key: value`, spaces for depth")
    )


def read_yaml(text: str) -> YamlText:
    """
    Read one file.

    Parameters
    ----------
    text
        The file, decoded.

    Returns
    -------
    YamlText
        The value, with a fault for every key used twice and every tag; or, where reading had to stop (no YAML, an alias,
        nesting deeper than `DEPTH_LIMIT`, more than `NODES_LIMIT` values), no value and the fault that stopped it.
    """
    faults: list[YamlFault] = []
    lines: list[int] = []
    try:
        value = _build(text, faults, lines)
    except _Stop as stop:
        return YamlText(None, (), (*faults, stop.fault), refused=True)
    return YamlText(value, tuple(lines), tuple(faults))


def _build(text: str, faults: list[YamlFault], lines: list[int]) -> Any:
    whole: list[Any] = []
    inside: Any = whole
    outer: list[tuple[Any, str | None]] = []
    key: str | None = None
    for event in _events(text):
        kind = type(event)
        if kind is yaml.SequenceEndEvent or kind is yaml.MappingEndEvent:
            inside, key = outer.pop()
            continue
        if event.tag is not None:
            faults.append(YamlFault("tag", _line(event), event.tag, Wanted("plain values, without tags")))
        in_mapping = type(inside) is dict
        if len(outer) == 1 and (not in_mapping or key is None):
            lines.append(_line(event))
        if in_mapping and key is None:
            if kind is not yaml.ScalarEvent:
                raise _Stop(
                    YamlFault("not-yaml", _line(event), "a list or mapping as a key", Wanted("a word as a key"))
                )
            key = event.value
            if key in inside:
                faults.append(YamlFault("duplicate-key", _line(event), key, Wanted("each field once")))
            continue
        value: Any = [] if kind is yaml.SequenceStartEvent else {}
        if kind is yaml.ScalarEvent:
            value = _resolved(event.value) if event.implicit[0] else event.value
        if in_mapping:
            inside.setdefault(key, value)
            key = None
        else:
            inside.append(value)
        if kind is not yaml.ScalarEvent:
            outer.append((inside, None))
            inside = value
    return whole[0] if whole else None


def lines_of(text: str, wanted: Collection[Path]) -> dict[Path, int]:
    """
    The lines on which values stand, found in a second reading so that a sound file pays nothing for them.

    Parameters
    ----------
    text
        A file that `read_yaml` has read.
    wanted
        Paths of the values looked for.

    Returns
    -------
    dict
        Path to line for each path that exists in the file.
    """
    found: dict[Path, int] = {}
    path: list[Any] = []
    inside: list[type] = []
    key_next = False
    for event in _events(text):
        kind = type(event)
        if kind is yaml.SequenceEndEvent or kind is yaml.MappingEndEvent:
            key_next = False
            if inside.pop() is list:
                path.pop()
        elif key_next:
            path.append(event.value)
            if tuple(path) in wanted:
                found.setdefault(tuple(path), _line(event))
            key_next = False
            continue
        else:
            if inside and inside[-1] is list:
                path[-1] += 1
                if tuple(path) in wanted:
                    found[tuple(path)] = _line(event)
            if kind is not yaml.ScalarEvent:
                inside.append(list if kind is yaml.SequenceStartEvent else dict)
                key_next = inside[-1] is dict
                if not key_next:
                    path.append(-1)
                continue
        if inside and inside[-1] is dict:  # the value of a key has ended
            path.pop()
            key_next = True
    return found


class _Writer(yaml.CSafeDumper):
    """Block style; texts that a reader could take for something else stand in quotes, days stand plain."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[Any]]] = {  # type: ignore[misc]
        start: [rule for rule in rules if rule[0] != "tag:yaml.org,2002:timestamp"]
        for start, rules in yaml.CSafeDumper.yaml_implicit_resolvers.items()
    }

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Writer.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(f"^({_FLOAT.pattern})$"), list("-+.0123456789"))
_Writer.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
_FOLDED_ONLY = re.compile(r"[ \t](\n|$)|^[ \t\n]|[^\n\t\x20-\x7e\xa0-\ud7ff\ue000-\ufefe]|[\u2028\u2029]")
"""What a literal block cannot hold as it is: blanks at the ends of lines, control characters, rare line breaks."""


def _text(writer: _Writer, text: str) -> yaml.ScalarNode:
    literal = "\n" in text and not _FOLDED_ONLY.search(text)
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style="|" if literal else None)


_Writer.add_representer(str, _text)


def dump_yaml(value: Iterable[Mapping[str, Any]] | Mapping[str, Any]) -> str:
    """
    Plain values as YAML that `read_yaml` reads back equal; equal values give equal text.

    Fields keep their order, long texts fold at 120 columns, texts of several lines stand as literal blocks.
    """
    plain = value if isinstance(value, Mapping) else list(value)
    return str(
        yaml.dump(plain, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=120, default_flow_style=False)
    )
