"""Simple first: a new mission begins with eight kinds of entry; the others are shown when somebody asks for them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from exitplan.domain.errors import NotFound
from exitplan.domain.kinds import KINDS
from exitplan.domain.roles import Reader
from exitplan.importers.new_dossier import EVERYDAY
from exitplan.usecases.board import View
from exitplan.usecases.people import require

EIGHT = EVERYDAY
"""What most people need every day: where, what is handed over, and how it is measured."""


@dataclass(frozen=True)
class Kind:
    """One kind of entry as the list of kinds shows it."""

    name: str
    entries: int
    shown: bool
    meaning: str


def kinds_shown(seen: View) -> tuple[Kind, ...]:
    """Every kind, with how many entries the reader sees; shown are the eight, those in use, and those asked for."""
    from exitplan.store import preferences

    counts = Counter(kind for kind, _ in seen.versions)
    asked_for = preferences.shown_kinds(seen.mission)
    return tuple(
        Kind(
            name=kind,
            entries=counts[kind],
            shown=kind in EIGHT or kind in asked_for or (counts[kind] > 0 and kind != "mission"),
            meaning=meaning_of(kind),
        )
        for kind in KINDS
    )


def meaning_of(kind: str) -> str:
    """What a kind of entry is, in one English sentence."""
    return (KINDS[kind].__doc__ or "").strip().split("\n")[0]


def show_kind(asker: Reader, mission: str, kind: str, show: bool) -> None:
    """Show a kind to everybody in the mission from now on, or no longer while it is not in use. Raises NotAllowed, NotFound."""
    from exitplan.store import preferences

    require(asker, "edit")
    if kind not in KINDS:
        raise NotFound("kind", kind)
    preferences.show_kind(mission, kind, show)
