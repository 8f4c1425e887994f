"""What an entry is about, as far as a lesson can have it in common: functions, kinds of work, areas, words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from exitplan.domain.dossier import Dossier
from exitplan.domain.entry import Entry, references
from exitplan.domain.kinds import Function, Gate, Handover, Institution, Risk, Site
from exitplan.domain.words import words_of

FIELDS = frozenset(
    {"function", "functions", "area", "areas", "site", "sites", "handover", "handovers", "receiver", "about"}
)
"""Fields by which an entry says what it is about."""

THROUGH_GATES = frozenset({"decision", "risk", "phase", "contingency"})
"""Kinds that are about what their gates guard; a hand-over and a site are about themselves."""


@dataclass(frozen=True)
class Subject:
    """What one entry, or several together, are about."""

    functions: frozenset[str] = frozenset()
    trades: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    def __or__(self, other: Subject) -> Subject:
        return Subject(
            self.functions | other.functions,
            self.trades | other.trades,
            self.areas | other.areas,
            self.words | other.words,
        )


def subject_of(dossier: Dossier, entry: Entry) -> Subject:
    """What an entry is about: what its own fields name, and what those name; for a gate without any, what waits for it."""
    near = list(_near(dossier, entry))
    if isinstance(entry, Gate) and not near:
        waiting: tuple[Handover | Site, ...] = (*dossier.of(Handover), *dossier.of(Site))
        near = [e for e in waiting if entry.code in e.gates]
    found = Subject(words=frozenset((*_facts(dossier, entry), *words_of(entry.title), *words_of(entry.title_fr or ""))))
    for one in (entry, *near, *(beyond for e in near for beyond in _near(dossier, e))):
        found |= _of(dossier, one)
    return found


def _near(dossier: Dossier, entry: Entry) -> Iterator[Entry]:
    fields = FIELDS | {"gate", "gates"} if entry.kind in THROUGH_GATES else FIELDS
    for path, kind, code in references(entry):
        if path.partition("[")[0] in fields and (named := dossier.named(kind, code)) is not None:
            yield named


def _of(dossier: Dossier, entry: Entry) -> Subject:
    """What an entry says by being what it is."""
    if isinstance(entry, Function):
        return Subject(functions=frozenset({entry.code}), trades=frozenset({entry.trade}))
    if isinstance(entry, Institution):
        return Subject(trades=frozenset({entry.trade}))
    return Subject(areas=frozenset({entry.code})) if entry.kind == "area" else Subject()


def _facts(dossier: Dossier, entry: Entry) -> Iterable[str]:
    """Words for what is so without standing in its title."""
    if isinstance(entry, Handover):
        yield from ("trial",) if entry.trial_months or entry.state == "trial" else ()
        yield from ("reversal",) if entry.reversals or entry.state == "reversed" else ()
    elif isinstance(entry, Site):
        yield from words_of(entry.type)
        yield from () if entry.guard else ("guard",)
        yield from () if entry.end_use else ("use",)
    elif isinstance(entry, Gate):
        yield from ("exit",) if entry.code in dossier.mission.exit_gates else ()
    elif isinstance(entry, Risk):
        yield entry.lens
