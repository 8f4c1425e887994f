"""The mission's chain: every change is linked to the one before by salted digests, so that tampering shows.

    content = SHA-256(salt, why, after)         outlives the texts when they are redacted
    link    = SHA-256(previous link, number, act, kind, code, version, who, on behalf of, time, content)

A redaction takes `why`, `after` and `salt` away and leaves `content`: the tombstone still verifies, and without the salt
nobody can test guesses about what was said.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from exitplan.domain.findings import Wanted
from exitplan.store.models import Mission, Revision

SEPARATOR = "\x1f"


@dataclass(frozen=True)
class Act:
    """What is done to one entry (or to the mission), ready to be linked."""

    act: str
    kind: str
    code: str
    version: int
    after: Any = None


@dataclass(frozen=True)
class BrokenLink:
    """The first link that does not hold."""

    mission: str
    number: int
    why: Wanted


def content_digest(salt: str, why: str, after: Any) -> str:
    """Salted digest of what a revision says; equal for numbers that databases write differently, such as 1, 1.0 and -0.0."""
    said = json.dumps([why, _even(after)], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{salt}{SEPARATOR}{said}".encode()).hexdigest()


def _even(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _even(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_even(item) for item in value]
    if isinstance(value, int) and EXACT < abs(value) < LARGEST:  # some databases write 1e300 out in full
        value = float(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


STRIDE = 500
"""Links between two words about how far a walk along the chain is."""

EXACT, LARGEST = 2**53, 10**308
"""Whole numbers that every float holds exactly, and the largest power of ten that is a float at all."""


def link_digest(revision: Revision) -> str:
    """Digest that ties a revision to everything before it."""
    parts = (
        revision.previous,
        str(revision.number),
        revision.act,
        revision.kind,
        revision.code,
        str(revision.version),
        revision.who,
        revision.on_behalf_of,
        revision.at.astimezone(UTC).isoformat(timespec="microseconds"),
        revision.content,
    )
    return hashlib.sha256(SEPARATOR.join(parts).encode()).hexdigest()


def append(
    mission: Mission, acts: list[Act], *, who: str, why: str, at: datetime, on_behalf_of: str = ""
) -> list[Revision]:
    """
    Link acts to the end of a mission's chain. The caller holds the mission's row in a transaction.

    Advances `mission.revision` and `mission.head` and saves both.
    """
    revisions = []
    for act in acts:
        salt = secrets.token_hex(16)
        revision = Revision(
            mission=mission,
            number=mission.revision + 1,
            act=act.act,
            kind=act.kind,
            code=act.code,
            version=act.version,
            who=who,
            on_behalf_of=on_behalf_of,
            at=at,
            why=why,
            after=act.after,
            salt=salt,
            content=content_digest(salt, why, act.after),
            previous=mission.head,
        )
        revision.link = link_digest(revision)
        mission.revision, mission.head = revision.number, revision.link
        revisions.append(revision)
    Revision.objects.bulk_create(revisions, batch_size=500)
    mission.save(update_fields=["revision", "head"])
    return revisions


def verify(mission: Mission, progress: Callable[[int, int], None] | None = None) -> BrokenLink | None:
    """
    Walk the chain and name the first link that does not hold; None when all hold.

    Finds a revision that was changed, taken out, put in or put in another order, a text changed behind its digest, a text
    taken out without a redaction on record, and a head that was moved. `progress` is told every `STRIDE` links how many
    of how many are done.
    """
    previous, expected = "0" * 64, 1
    redactions = {
        number: frozenset((after or {}).get("revisions", ()))
        for number, after in mission.revisions.filter(act="redact").values_list("number", "after")
    }
    for revision in _walk(mission):
        fault = _fault(revision, previous, expected, redactions)
        if fault:
            return BrokenLink(mission.code, min(revision.number, expected), fault)
        previous, expected = revision.link, expected + 1
        if progress and expected % STRIDE == 0:
            progress(expected - 1, mission.revision)
    if expected - 1 != mission.revision or previous != mission.head:
        return BrokenLink(mission.code, expected, Wanted("the end of the chain is missing"))
    return None


def _walk(mission: Mission) -> Iterator[Revision]:
    yield from mission.revisions.order_by("number").iterator(chunk_size=2000)


def _fault(revision: Revision, previous: str, expected: int, redactions: Mapping[int, frozenset[int]]) -> Wanted | None:
    if revision.number != expected:
        return Wanted("revision {number} is missing", number=expected)
    if revision.previous != previous:
        return Wanted("it does not follow the revision before it")
    if link_digest(revision) != revision.link:
        return Wanted("who, when or what was changed")
    if revision.redacted_by is not None:
        lawful = revision.number in redactions.get(revision.redacted_by, ())
        return None if lawful else Wanted("its text is gone without a redaction on record")
    if revision.why is None or content_digest(revision.salt, revision.why, revision.after) != revision.content:
        return Wanted("its text was changed")
    return None
