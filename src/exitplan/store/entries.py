"""Entries: written with the version they were read at, never over somebody else's change, never without their revision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import OperationalError, transaction
from django.db.models import OuterRef, Subquery

from exitplan.domain.errors import NotFound, Unavailable
from exitplan.domain.findings import Wanted
from exitplan.store import texts
from exitplan.store.chain import Act, append
from exitplan.store.errors import Moved, Stale
from exitplan.store.models import EntryRow, Mission, Revision

WRITTEN = ("create", "change", "delete")
"""Acts that say what an entry is from then on; others, such as a signature, are done to it as it stands."""

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
    with troubles(), transaction.atomic():
        held = Mission.objects.select_for_update().filter(code=mission).first()
        if held is None:
            raise NotFound("mission", mission)
        if seen is not None and held.revision != seen:
            raise Moved(mission, seen, held.revision)
        yield held


@contextmanager
def troubles() -> Iterator[None]:
    """The database's own troubles in our words: a full disk, a lock held for too long, a server that is gone."""
    try:
        yield
    except OperationalError as error:
        told = str(error).lower()
        if "full" in told or "no space" in told:
            raise Unavailable(Wanted("the disk of the database is full")) from error
        if "locked" in told or "timeout" in told:
            raise Unavailable(Wanted("the database is busy")) from error
        raise Unavailable(Wanted("the database does not answer")) from error


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


def apply(held: Mission, change: Change) -> Act:
    """Write one entry of a mission that is held for writing; the caller links the act. Raises Stale, NotFound."""
    return _apply(held, held.entries.filter(kind=change.kind, code=change.code).first(), change)


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
        texts.forget(row)
        row.delete()
        return Act("delete", change.kind, change.code, row.version + 1)
    if row is None:
        last = _last_version(held, change.kind, change.code)
        row = EntryRow(mission=held, kind=change.kind, code=change.code, version=last, position=held.revision + 1)
    act = "create" if row.pk is None else "change"
    row.body, row.version = change.body, row.version + 1
    row.save()
    texts.keep((row,))
    if change.kind == "mission" and held.title != (title := str(change.body.get("title", ""))[:300]):
        held.title = title
        held.save(update_fields=["title"])
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
    mission: str,
    kind: str | None = None,
    code: str | None = None,
    *,
    after: int = 0,
    until: int | None = None,
    most: int = 500,
) -> tuple[Past, ...]:
    """Revisions of one entry, one kind, or the whole mission, newest first, each with what was there before it."""
    rows = Revision.objects.filter(mission__code=mission, number__gt=after)
    if kind is not None:
        rows = rows.filter(kind=kind)
    if code is not None:
        rows = rows.filter(code=code)
    if until is not None:
        rows = rows.filter(number__lte=until)
    earlier = Revision.objects.filter(
        mission=OuterRef("mission"),
        kind=OuterRef("kind"),
        code=OuterRef("code"),
        number__lt=OuterRef("number"),
        act__in=WRITTEN,
    ).order_by("-number")
    newest = list(rows.annotate(earlier=Subquery(earlier.values("pk")[:1])).order_by("-number")[:most])
    before = Revision.objects.in_bulk([r.earlier for r in newest if r.act in WRITTEN and r.earlier is not None])
    return tuple(_past(r, before[r.earlier].after if r.earlier in before else None) for r in newest)


def bodies_at(mission: str, revision: int) -> dict[tuple[str, str], dict[str, Any]]:
    """Every entry of a mission as it stood after one of its revisions; those whose text was redacted since are left out."""
    last = (
        Revision.objects.filter(mission__code=mission, number__lte=revision, act__in=WRITTEN)
        .order_by("number")
        .values_list("kind", "code", "after")
    )
    standing = {(kind, code): after for kind, code, after in last.iterator(chunk_size=2000)}
    return {name: after for name, after in standing.items() if after is not None}


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
        before=before if r.act in WRITTEN else None,
        after=r.after,
        redacted=r.redacted_by is not None,
    )
