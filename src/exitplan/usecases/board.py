"""A mission of the database on the table: as it stands, and as one reader may see it.

Both are kept for as long as the mission's revision stands, so that a page costs one small query when nothing has changed;
what people see is kept once for all who see the same.
Every page, call, export and search is made from a `View`; nothing else leads from the store to a door.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from exitplan.domain.dossier import Dossier
from exitplan.domain.entry import Entry
from exitplan.domain.errors import InputFaults
from exitplan.domain.findings import Finding
from exitplan.domain.release import release
from exitplan.domain.roles import Reader, may_see
from exitplan.importers.draft import Draft, Material, Path, Sheaf, draft_of
from exitplan.usecases.kept import kept_with

KEPT_MISSIONS = 8
"""Missions held in memory."""

KEPT_HEADS = 2
"""States of one mission: as it stands, and as it stood before, which a page under way may still show."""

HIDDEN = {"classification": "confidential"}
"""What is left to say of an entry whose text is gone."""

KEPT_VIEWS = 32
"""Roles and partners whose sight of a mission is held in memory."""


@dataclass(frozen=True, eq=False)
class Board:
    """A mission as it lies in the database, drafts and all."""

    mission: str
    revision: int
    draft: Draft
    versions: Mapping[tuple[str, str], int]
    unsound: Mapping[tuple[str, str], Mapping[str, Any]]
    """Bodies of entries that do not pass their schema yet, as they were typed."""

    @property
    def dossier(self) -> Dossier:
        """The dossier as far as it is sound. Raises InputFaults when the mission's own entry is not."""
        if self.draft.dossier is None:
            raise InputFaults(self.draft.findings)
        return self.draft.dossier


@dataclass(frozen=True, eq=False)
class View:
    """What one reader may see of a mission at one revision."""

    mission: str
    revision: int
    reader: Reader
    dossier: Dossier
    versions: Mapping[tuple[str, str], int]
    findings: tuple[Finding, ...]
    """Findings about entries that the reader sees."""
    hidden: Mapping[str, int]
    """Entries of each kind that were left out; for the reader's own doors to reason with, never to be shown."""
    unsound: Mapping[tuple[str, str], Mapping[str, Any]]
    """Bodies of entries that the reader may see and that do not pass their schema yet, as they were typed."""
    common: View | None = None

    @property
    def shared(self) -> View:
        """The same for nobody by name: what is worked out from it serves everybody who sees the same."""
        return self.common or self

    def knows(self, kind: str, code: str) -> bool:
        """Whether the reader may see an entry, sound or not."""
        return (kind, code) in self.versions

    @property
    def speaks_of(self) -> list[list[str]]:
        """
        Kind and code of every entry in it: what is made from it and kept may speak of these, and rests on them.

        Nameless stand-ins for what is hidden are none.
        """
        return sorted([e.kind, e.code] for e in self.dossier.everything() if self.knows(e.kind, e.code))

    def still_shows(self, named: Collection[Collection[str]]) -> bool:
        """
        Whether the reader may still be told what was made of entries, named as `speaks_of` does; never where none is named.

        An entry that has been deleted since counts as it was classified last.
        """
        return bool(named) and all(self.knows(kind, code) or self._knew(kind, code) for kind, code in named)

    def _knew(self, kind: str, code: str) -> bool:
        """Whether an entry is gone, and the reader could see it when it went."""
        from exitplan.store import entries

        if (kind, code) in board(self.mission).versions:
            return False
        last = entries.history(self.mission, kind, code, most=1)
        return bool(last) and last[0].act == "delete" and may_see_draft(self.reader, last[0].before or HIDDEN)


def board(mission: str) -> Board:
    """A mission as it stands. Raises NotFound."""
    from exitplan.store import missions

    return _board(_place(mission), missions.head_of(mission))


@dataclass(frozen=True, eq=False)
class _Place:
    """Where boards of a mission are kept."""

    mission: str


@lru_cache(maxsize=KEPT_MISSIONS)
def _place(mission: str) -> _Place:
    return _Place(mission)


@kept_with(most=KEPT_HEADS)
def _board(place: _Place, head: str) -> Board:
    """A mission whose chain ends in `head`: the digest stands for everything in it, whichever database it lies in."""
    from exitplan.store import missions

    stored = missions.load(place.mission)
    draft = draft_from(
        stored.bodies,
        measurements=stored.measurements,
        area_months=stored.area_months,
        boundaries=stored.boundaries,
        boundary_note=stored.boundary_note,
    )
    broken = draft.dossier.broken if draft.dossier else frozenset()
    unsound = {
        (kind, str(body.get("code"))): body
        for kind, bodies in stored.bodies.items()
        for body in bodies
        if (kind, str(body.get("code"))) in broken
    }
    return Board(place.mission, stored.revision, draft, stored.versions, unsound)


def draft_from(bodies: Mapping[str, list[dict[str, Any]]], **tables: Any) -> Draft:
    """The dossier that bodies by kind make, with every fault beside it; `tables` as `Material` takes them."""
    return draft_of(Material(sheaves=[_sheaf(kind, several) for kind, several in bodies.items()], **tables))


def _sheaf(kind: str, bodies: list[dict[str, object]]) -> Sheaf:
    places = [f"{kind} {body.get('code', '')}" for body in bodies]

    def place_of(paths: Collection[Path]) -> Mapping[Path, str]:
        return {path: places[int(path[0])] for path in paths}

    return Sheaf(kind, bodies, places, place_of)


def view(mission: str, reader: Reader) -> View:
    """What a reader may see of a mission as it stands. Raises NotFound, InputFaults."""
    shared = _view(board(mission), replace(reader, name=""))
    return replace(shared, reader=reader, common=shared)


@kept_with(most=KEPT_VIEWS)
def _view(whole: Board, reader: Reader) -> View:
    released = release(whole.dossier, reader)
    seen = {(e.kind, e.code) for e in released.dossier.everything()}
    hidden = frozenset(code for kind, code in whole.versions if (kind, code) not in seen | whole.unsound.keys())
    unsound = {
        key: body for key, body in whole.unsound.items() if may_see_draft(reader, body) and not names(body, hidden)
    }
    seen |= unsound.keys()
    return View(
        mission=whole.mission,
        revision=whole.revision,
        reader=reader,
        dossier=released.dossier,
        versions={key: version for key, version in whole.versions.items() if key in seen},
        findings=tuple(
            f
            for f in whole.draft.everything
            if (f.kind, f.entry) in seen and not names(f.value, hidden) and not names(f.wanted, hidden)
        ),
        hidden=released.hidden,
        unsound=unsound,
    )


def whole(dossier: Dossier) -> View:
    """The view of whoever holds the dossier itself, and so everything in it."""
    return View(
        mission=dossier.mission.code,
        revision=0,
        reader=Reader("owner"),
        dossier=dossier,
        versions={(entry.kind, entry.code): 1 for entry in dossier.everything()},
        findings=(),
        hidden={},
        unsound={},
    )


def may_see_draft(reader: Reader, body: Mapping[str, Any]) -> bool:
    """The rule for entries, on a body that may hold anything; what cannot be understood counts as confidential."""
    classification = body.get("classification", "open")
    released_to = body.get("released_to", ())
    known = classification in ("open", "restricted", "confidential") and isinstance(released_to, list | tuple)
    entry = Entry.model_construct(
        classification=classification if known else "confidential", released_to=tuple(released_to) if known else ()
    )
    return bool(may_see(reader, entry))


def names(value: Any, codes: Collection[str]) -> bool:
    """Whether a body or a text names one of some codes anywhere: what it says would give away what is hidden."""
    if not codes:
        return False
    if isinstance(value, Mapping):
        return any(key in codes or names(item, codes) for key, item in value.items())
    if isinstance(value, list | tuple):
        return any(names(item, codes) for item in value)
    return isinstance(value, str) and any(word.strip(".-") in codes or word in codes for word in _WORDS.findall(value))


_WORDS = re.compile(r"[A-Z0-9][A-Z0-9._-]*")
"""Whatever in a text could be a code."""
