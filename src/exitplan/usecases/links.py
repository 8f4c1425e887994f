"""What names what: references between the entries that a reader may see."""

from __future__ import annotations

from collections.abc import Mapping

from exitplan.domain.entry import Entry, references
from exitplan.usecases.board import View
from exitplan.usecases.kept import kept_with


def names_it(seen: View, kind: str, code: str, lang: str = "en") -> tuple[tuple[str, str, str], ...]:
    """Kind, code and title of every visible entry that names this one."""
    return tuple((e.kind, e.code, e.name(lang)) for e in _links(seen.shared).get((kind, code), ()))


@kept_with(most=1)
def _links(seen: View) -> Mapping[tuple[str, str], tuple[Entry, ...]]:
    found: dict[tuple[str, str], dict[tuple[str, str], Entry]] = {}
    for entry in seen.dossier.everything():
        if not seen.knows(entry.kind, entry.code):
            continue  # a nameless stand-in for something hidden
        for _, kind, code in references(entry):
            found.setdefault((kind, code), {})[entry.kind, entry.code] = entry
    return {key: tuple(entries.values()) for key, entries in found.items()}
