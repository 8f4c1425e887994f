"""Links between entries: codes are unique, references lead somewhere, nothing waits for itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from exitplan.domain.checks.fault import fault
from exitplan.domain.condition import CriterionLeaf, HandoverLeaf, SiteLeaf, leaves
from exitplan.domain.dossier import Dossier
from exitplan.domain.entry import Entry, references
from exitplan.domain.findings import Finding, Wanted
from exitplan.domain.kinds import Agreement, Area, Criterion, Decision, Gate, Handover, Mandate, Site

ALSO_ELSEWHERE = frozenset({"norm"})
"""Kinds of which the library holds entries too: a code that the dossier does not know may be one of those."""

NEAR_MISSES = 3
"""Codes named as "did you mean" beside an unknown reference."""


def check_codes(dossier: Dossier) -> Iterator[Finding]:
    """A code is used once in its kind."""
    for entries in dossier.entries.values():
        for code, times in Counter(e.code for e in entries).items():
            if times > 1:
                entry = next(e for e in entries if e.code == code)
                yield fault(
                    dossier,
                    entry,
                    "duplicate-code",
                    "code",
                    code,
                    Wanted("a code used once; it is used {times} times", times=times),
                )


def check_references(dossier: Dossier) -> Iterator[Finding]:
    """Every code named elsewhere exists."""
    for entry in dossier.everything():
        for path, kind, code in references(entry):
            if not dossier.knows(kind, code) and kind not in ALSO_ELSEWHERE:
                yield fault(dossier, entry, "unknown-reference", path, code, code_wanted(dossier, kind, code))


def code_wanted(dossier: Dossier, kind: str, code: str) -> Wanted:
    """What a reference that leads nowhere should have been: the known codes most like it."""
    near = _near(code, (e.code for e in dossier.entries.get(kind, ())))
    if not near:
        return Wanted("the code of a {kind}; there is none yet", kind=kind)
    return Wanted("the code of a {kind}, such as {near}", kind=kind, near=", ".join(near))


def _near(code: str, known: Iterable[str]) -> list[str]:
    """The known codes most like the one given."""
    import difflib

    everything = list(known)
    return difflib.get_close_matches(code, everything, n=NEAR_MISSES, cutoff=0.5) or everything[:NEAR_MISSES]


def check_circles(dossier: Dossier) -> Iterator[Finding]:
    """Nothing waits for itself: area parents, mandates, agreements, decisions, criteria, and the order of hand-overs and closures."""
    for model, name in ((Area, "parent"), (Mandate, "replaces"), (Agreement, "replaces"), (Decision, "follows")):
        entries = {e.code: e for e in dossier.of(model)}
        yield from _circles(dossier, name, entries, {c: _one(getattr(e, name)) for c, e in entries.items()})
    criteria = {c.code: c for c in dossier.of(Criterion)}
    asks = {
        code: tuple(leaf.criterion for leaf in leaves(c.condition) if isinstance(leaf, CriterionLeaf))
        for code, c in criteria.items()
    }
    yield from _circles(dossier, "condition", criteria, asks)
    yield from _circles(dossier, "after", *_order_of_work(dossier))


def _one(code: str | None) -> tuple[str, ...]:
    return (code,) if code else ()


def _order_of_work(dossier: Dossier) -> tuple[dict[str, Entry], dict[str, tuple[str, ...]]]:
    """Hand-overs and sites, each with what must come before it: order given, hub after spoke, and what its gates wait for."""
    handovers = {f"handover:{h.code}": h for h in dossier.of(Handover)}
    sites = {f"site:{s.code}": s for s in dossier.of(Site)}
    before: dict[str, tuple[str, ...]] = {}
    for name, handover in handovers.items():
        before[name] = (*(f"handover:{c}" for c in handover.after), *_awaited(dossier, handover.gates))
    for name, site in sites.items():
        spokes = tuple(f"site:{s.code}" for s in sites.values() if s.hub == site.code)
        before[name] = (*(f"handover:{c}" for c in site.after), *spokes, *_awaited(dossier, site.gates))
    return {**handovers, **sites}, before


def _awaited(dossier: Dossier, gates: tuple[str, ...]) -> Iterator[str]:
    """The hand-overs and sites whose state a gate waits for."""
    for code in gates:
        gate = dossier.get(Gate, code)
        for leaf in leaves(gate.rule) if gate and gate.rule else ():
            if isinstance(leaf, HandoverLeaf):
                yield f"handover:{leaf.handover}"
            elif isinstance(leaf, SiteLeaf) and "open" not in leaf.states:
                yield f"site:{leaf.site}"


def _circles(
    dossier: Dossier, field: str, entries: Mapping[str, Entry], before: Mapping[str, tuple[str, ...]]
) -> Iterator[Finding]:
    """One finding for each circle in a relation, naming everyone on it (depth-first search without recursion)."""
    done: set[str] = set()
    for start in before:
        path: list[str] = []
        stack: list[tuple[str, Iterator[str]]] = []
        if start not in done:
            path.append(start)
            stack.append((start, iter(before[start])))
        while stack:
            name, remaining = stack[-1]
            following = next(remaining, None)
            if following is None:
                done.add(name)
                stack.pop()
                path.pop()
            elif following in path:
                circle = [*path[path.index(following) :], following]
                wanted = Wanted("an order that ends: nothing may wait for itself")
                yield fault(dossier, entries[following], "circle", field, " → ".join(circle), wanted)
            elif following in before and following not in done:
                path.append(following)
                stack.append((following, iter(before[following])))
