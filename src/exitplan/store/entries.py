"""Entries: written with the version they were read at, never over somebody else's change, never without their revision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from exitplan.domain.errors import NotFound
from exitplan.store.chain import Act, append
from exitplan.store.errors import Moved, Stale
from exitplan.store.models import EntryRow, Mission, Revision

NEW = 0
"""Version to write with when the entry must not exist yet."""


@dataclass(frozen=True)
class Change:
    """One entry to be written (`body`) or deleted (None), with the version it was read at."""

    kind: str
    code: str
    body: dict[str, Any] | None
    version: int = NEW


@dataclass(frozen=True)
class Saved:
    """What was written."""

    kind: str
    code: str
    version: int
    revision: int


@dataclass(frozen=True)
class Past:
    """One revision of an entry as people read it. `after` is None for a deletion or a redacted text."""

    number: int
    act: str
    kind: str
    code: str
    version: int
    who: str
    on_behalf_of: str
    at: datetime
    why: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    redacted: bool


@contextmanager
def writing(mission: str, seen: int | None = None) -> Iterator[Mission]:
    """
    Hold a mission for writing: all that happens inside is kept together, or none of it.

    Parameters
    ----------
    seen
        Revision at which the caller's checks were made; Moved is raised when the mission has changed since.
    """
    with transaction.atomic():
        held = Mission.objects.select_for_update().filter(code=mission).first()
        if held is None:
            raise NotFound("mission", mission)
        if seen is not None and held.revision != seen:
            raise Moved(mission, seen, held.revision)
        yield held


def save(
    mission: str,
    changes: Sequence[Change],
    *,
    who: str,
    why: str,
    at: datetime,
    seen: int | None = None,
    on_behalf_of: str = "",
) -> tuple[Saved, ...]:
    """
    Write entries, each with its revision, in one transaction.

    Raises
    ------
    Stale
        When an entry is not at the version it was read at; nothing is written.
    Moved
        When `seen` is given and the mission has changed since.
    NotFound
        When there is no such mission.
    """
    with writing(mission, seen) as held:
        rows = {(r.kind, r.code): r for r in _rows(held, changes)}
        acts = [_apply(held, rows.get((c.kind, c.code)), c) for c in changes]
        revisions = append(held, acts, who=who, why=why, at=at, on_behalf_of=on_behalf_of)
    return tuple(Saved(r.kind, r.code, r.version, r.number) for r in revisions)


def _rows(held: Mission, changes: Iterable[Change]) -> Iterable[EntryRow]:
    wanted = {c.code for c in changes}
    if len(wanted) <= 500:
        return held.entries.filter(code__in=wanted)
    return held.entries.all()


def _apply(held: Mission, row: EntryRow | None, change: Change) -> Act:
    if change.version != (row.version if row else NEW):
        theirs, version = (row.body, row.version) if row else (None, NEW)
        raise Stale(change.kind, change.code, theirs=theirs, theirs_version=version, yours=change.body)
    if change.body is None:
        if row is None:
            raise NotFound(change.kind, change.code)
        row.delete()
        return Act("delete", change.kind, change.code, row.version + 1)
    if row is None:
        last = _last_version(held, change.kind, change.code)
        row = EntryRow(mission=held, kind=change.kind, code=change.code, version=last, position=held.revision + 1)
    act = "create" if row.pk is None else "change"
    row.body, row.version = change.body, row.version + 1
    row.save()
    return Act(act, change.kind, change.code, row.version, change.body)


def _last_version(held: Mission, kind: str, code: str) -> int:
    """The version an entry of this code had before it was deleted, so that versions never repeat; 0 for a new code."""
    last = held.revisions.filter(kind=kind, code=code).order_by("-number").values_list("version", flat=True).first()
    return last or 0


def read(mission: str, kind: str, code: str) -> tuple[dict[str, Any], int]:
    """The body and version of one entry. Raises NotFound."""
    row = EntryRow.objects.filter(mission__code=mission, kind=kind, code=code).first()
    if row is None:
        raise NotFound(kind, code)
    return row.body, row.version


def versions(mission: str) -> dict[tuple[str, str], int]:
    """The version of every entry of a mission."""
    return {
        (k, c): v for k, c, v in EntryRow.objects.filter(mission__code=mission).values_list("kind", "code", "version")
    }


def history(
    mission: str, kind: str | None = None, code: str | None = None, *, after: int = 0, most: int = 500
) -> tuple[Past, ...]:
    """Revisions of one entry, one kind, or the whole mission, newest first, each with what was there before it."""
    rows = Revision.objects.filter(mission__code=mission, number__gt=after)
    if kind is not None:
        rows = rows.filter(kind=kind)
    if code is not None:
        rows = rows.filter(code=code)
    newest = list(rows.order_by("-number")[:most])
    return tuple(_past(r, _before(r)) for r in newest)


def _before(revision: Revision) -> dict[str, Any] | None:
    earlier = (
        Revision.objects.filter(
            mission_id=revision.mission_id, kind=revision.kind, code=revision.code, number__lt=revision.number
        )
        .exclude(act="redact")
        .order_by("-number")
        .first()
    )
    return earlier.after if earlier else None


def _past(r: Revision, before: dict[str, Any] | None) -> Past:
    return Past(
        number=r.number,
        act=r.act,
        kind=r.kind,
        code=r.code,
        version=r.version,
        who=r.who,
        on_behalf_of=r.on_behalf_of,
        at=r.at,
        why=r.why,
        before=before,
        after=r.after,
        redacted=r.redacted_by is not None,
    )
