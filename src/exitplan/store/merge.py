"""
A bundle that comes back: what changed out there, what changed here, and what can be put together without loss.

Every comparison is three-way: the entry as it was when the bundle was taken out, as it is here now, and as it came back.
Nothing is overwritten that changed on both sides, nothing is deleted because it is absent, and nothing that the bundle's
holder could not see is written over with what they were shown instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Body = dict[str, Any]
Name = tuple[str, str]
Outcome = Literal[
    "same", "absent", "new", "changed", "both-changed", "taken-here", "deleted-here", "not-shown", "not-yours"
]

NOT_SHOWN = "NOT-SHOWN-"
"""Beginning of the codes of entries that stand for hidden ones in what a reader is shown."""


@dataclass(frozen=True)
class Merged:
    """
    What becomes of one entry of a bundle.

    `same` nothing to do; `absent` not in the bundle, kept here; `new` and `changed` are taken; the others are conflicts:
    changed on both sides, its code taken here by another entry, deleted here meanwhile, or resting on what was not shown;
    `not-yours` may not be changed by whoever merges.
    """

    kind: str
    code: str
    outcome: Outcome
    before: Body | None = None
    here: Body | None = None
    there: Body | None = None
    result: Body | None = None
    """What would be written, where it is taken."""
    fields: tuple[str, ...] = ()
    """Fields that stand in the way, or that changed."""


@dataclass(frozen=True)
class Sides:
    """One mission from three sides, each by kind and code."""

    whole: Mapping[Name, Body]
    """Everything as it was when the bundle was taken out."""
    shown: Mapping[Name, Body]
    """The same as its holder was shown it."""
    here: Mapping[Name, Body]
    there: Mapping[Name, Body]


def three_way(sides: Sides) -> tuple[Merged, ...]:
    """What becomes of each entry of a bundle, kinds and codes in order."""
    names = sorted(sides.there.keys() | sides.shown.keys())
    return tuple(_merged(name, sides) for name in names if not name[1].startswith(NOT_SHOWN))


def _merged(name: Name, sides: Sides) -> Merged:
    kind, code = name
    whole, shown = sides.whole.get(name), sides.shown.get(name)
    here, there = sides.here.get(name), sides.there.get(name)
    if there is None:
        return Merged(kind, code, "absent", shown, here)
    if there in (shown, here):
        return Merged(kind, code, "same", shown, here, there)
    if shown is None or whole is None:
        if here is not None or whole is not None:
            # Somebody else's entry of that code; where it is hidden from the bundle's holder its text is not in question.
            return Merged(kind, code, "taken-here", None, here, there)
        if hides(there):
            return Merged(kind, code, "not-shown", None, None, there, fields=tuple(f for f in there if hides(there[f])))
        return Merged(kind, code, "new", None, None, there, there)
    changed = differing(shown, there)
    if here is None:
        return Merged(kind, code, "deleted-here", shown, None, there, fields=changed)
    result, unseen = over_hidden(whole, shown, there)
    if unseen:
        return Merged(kind, code, "not-shown", shown, here, there, fields=unseen)
    if here != whole and here != result:
        return Merged(kind, code, "both-changed", shown, here, there, fields=changed)
    return Merged(kind, code, "same" if here == result else "changed", shown, here, there, result, changed)


def differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[str, ...]:
    """Fields in which two bodies differ, by name."""
    absent = object()
    return tuple(sorted(f for f in one.keys() | other.keys() if one.get(f, absent) != other.get(f, absent)))


def over_hidden(whole: Body, shown: Body, given: Body) -> tuple[Body, tuple[str, ...]]:
    """
    What somebody wrote who was shown only a part of an entry, put onto the whole of it.

    Returns
    -------
    tuple
        The whole entry with every field that was changed; and the fields that may not be taken, because what stood there
        was not shown as it is, or because what is given rests on something not shown.
    """
    masked = set(differing(whole, shown))
    result = dict(whole)
    unseen = []
    for field in differing(shown, given):
        if field in masked or hides(given.get(field)):
            unseen.append(field)
        elif field in given:
            result[field] = given[field]
        else:
            result.pop(field, None)
    return result, tuple(unseen)


def hides(value: Any) -> bool:
    """Whether a value holds a leaf, or names an entry, that stands for something not shown."""
    if isinstance(value, Mapping):
        return "not_shown" in value or any(hides(item) for item in value.values())
    if isinstance(value, list | tuple):
        return any(hides(item) for item in value)
    return isinstance(value, str) and value.startswith(NOT_SHOWN)
