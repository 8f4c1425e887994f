"""A verdict as a nested list: what was judged, how, on what grounds; what the reader may not see says whom to ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from exitplan.domain.condition import Verdict
from exitplan.domain.roles import ROLES
from exitplan.web import cells

if TYPE_CHECKING:
    from exitplan.web.access import Asked
    from exitplan.web.tables import Cell

HIDDEN = "not-shown"
BARRED = f"not:{HIDDEN}"
"""A hidden part stands in a tree twice: where it is asked for, and as a bar on the whole of it."""


@dataclass(frozen=True)
class Branch:
    """One line of the list with what stands below it."""

    words: str
    href: str = ""
    state: str = ""
    grounds: str = ""
    hidden: bool = False
    parts: tuple[Branch, ...] = ()


def tree(asked: Asked, verdict: Verdict) -> tuple[Branch, ...]:
    """The parts of a verdict, unmet first."""
    return tuple(_branch(asked, part) for part in parts(verdict))


def asks(asked: Asked, verdict: Verdict) -> tuple[str, ...]:
    """For each part of a verdict that is not shown, whom to ask."""
    offices = list(_offices(verdict))
    return tuple(_ask(asked, office) for office in offices)


def state_cell(asked: Asked, verdict: Verdict, family: str = "gate_state") -> Cell:
    """The state, as far as the reader may know it: what rests on something hidden has none."""
    if verdict.state == "unknown" and asks(asked, verdict):
        return cells.text(asked.w("not shown whole"))
    return cells.state(asked, family, verdict.state)


def grounds(asked: Asked, verdict: Verdict) -> str:
    """Why, in words; where something hidden decides, whom to ask."""
    told = asks(asked, verdict)
    if verdict.state == "unknown" and verdict.reason == HIDDEN and told:
        return " ".join(dict.fromkeys(told))
    return asked.w.capital(asked.w.grounds(verdict))


def parts(verdict: Verdict) -> Iterator[Verdict]:
    """What a group holds, with nested groups of the same sense laid open and bars of hidden parts left out."""
    twice = any(part.about == HIDDEN for part in _flat(verdict))
    for part in _flat(verdict):
        if not (part.about == BARRED and twice):
            yield part


def named(asked: Asked, kind: str, code: str) -> str:
    """What was judged, in words."""
    w = asked.w
    heads = {
        "any": w("One of these is enough"),
        "not": w("This must not hold"),
        "at_least": w("At least {n} of these", n=code),
    }
    if kind in heads:
        return heads[kind]
    if kind == "date":
        return w("Day")
    if kind == "events":
        area = cells.reference(asked, "area", code).text if code != "country" else w("whole country")
        return w("Violence recorded: {where}", where=area)
    found = asked.view.dossier.named(kind, code)
    name = found.name(w.lang) if found else ""
    return w.capital(w.code("kind", kind)) + f" {code} {name}".rstrip()


def _flat(verdict: Verdict) -> Iterator[Verdict]:
    for part in verdict.parts:
        if part.about == "all":
            yield from _flat(part)
        else:
            yield part


def _offices(verdict: Verdict) -> Iterator[str]:
    if verdict.about in (HIDDEN, BARRED):
        yield verdict.owed_by
        return
    for part in parts(verdict):
        yield from _offices(part)


def _ask(asked: Asked, office: str) -> str:
    whom = asked.w.code("role", office) if office in ROLES else office
    return asked.w("One criterion is not shown to you; ask: {role}.", role=whom)


def _branch(asked: Asked, verdict: Verdict) -> Branch:
    kind, _, code = verdict.about.partition(":")
    inside = tuple(parts(verdict))
    if verdict.about in (HIDDEN, BARRED):
        return Branch(_ask(asked, verdict.owed_by), hidden=True)
    if kind == "criterion" and not asked.view.knows("criterion", code):
        return Branch(_ask(asked, next(_offices(verdict), "owner")), hidden=True)
    if kind in ("any", "at_least", "not"):
        return Branch(
            named(asked, kind, code), state=verdict.state, parts=tuple(_branch(asked, part) for part in inside)
        )
    several = len(inside) > 1
    return Branch(
        words=named(asked, kind, code),
        href=cells.address(asked, kind, code) if asked.view.knows(kind, code) else "",
        state=verdict.state,
        grounds="" if several else grounds(asked, verdict),
        parts=tuple(_branch(asked, part) for part in inside) if several else (),
    )
