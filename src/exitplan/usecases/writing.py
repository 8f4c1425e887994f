"""Entries written, deleted and looked back on by a reader: what the rule table lets them, and nothing over what they cannot see.

A draft always saves: what does not pass its schema yet is kept as it was typed, with its findings beside it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from pydantic import ValidationError

from exitplan.domain.dossier import body as body_of
from exitplan.domain.entry import Entry
from exitplan.domain.errors import InputFaults, InvalidValue, NotAllowed, NotFound
from exitplan.domain.fields import CODE_PATTERN
from exitplan.domain.findings import Finding, Wanted
from exitplan.domain.kinds import KINDS
from exitplan.domain.roles import ROLES, Reader, may
from exitplan.importers.draft import entry_of
from exitplan.store.errors import Stale as Stale  # for doors, which do not know the store
from exitplan.usecases import home
from exitplan.usecases.board import HIDDEN, View, board, draft_from, may_see_draft, names, view
from exitplan.usecases.people import require

if TYPE_CHECKING:
    from exitplan.store.entries import Past
    from exitplan.store.redaction import Redacted

Body = dict[str, Any]

DEPTH_LIMIT = 40
SIZE_LIMIT = 500_000
"""Nesting and characters of one entry's JSON."""


@dataclass(frozen=True)
class Written:
    """An entry that was written: its version now, and what is still wrong with it."""

    kind: str
    code: str
    version: int
    revision: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Line:
    """One line of the history as a reader may see it. Bodies that hold something not shown to them are left out."""

    number: int
    act: str
    kind: str
    code: str
    version: int
    who: str
    on_behalf_of: str
    at: datetime
    why: str | None
    before: Body | None
    after: Body | None
    redacted: bool
    shown: bool
    """False where a text exists that this reader may not see."""


def entry_body(seen: View, kind: str, code: str) -> Body:
    """
    What a reader may see of an entry, as the form shows it: its body, or the draft as it was typed.

    Raises NotFound, also for an entry that is not shown to them.
    """
    draft = seen.unsound.get((kind, code))
    if draft is not None:
        return dict(draft)
    found = _shown(seen, kind).get(code)
    if found is None:
        raise NotFound(kind, code)
    return _whole_body(found)


def save_entry(
    reader: Reader, mission: str, kind: str, body: Mapping[str, Any], *, version: int, why: str, at: datetime
) -> Written:
    """
    Write an entry for a reader, under the code in its body.

    Parameters
    ----------
    body
        The whole entry as the reader typed it. It need not pass its schema.
    version
        Version it was read at; 0 for a new entry.

    Raises
    ------
    NotAllowed
        When the role may not edit this kind, or would release an entry without being allowed to.
    NotFound
        When there is no such mission, or nothing of that code that this reader is shown.
    InvalidValue
        For a code that is none or is in use, text that no database takes, a change to a part that is not shown as it is.
    InputFaults
        When the mission's own entry would not pass its schema.
    Stale
        When somebody else changed it first; carries both versions as this reader may see them.
    """
    from exitplan.store import entries

    change = change_for(reader, mission, kind, body, version=version)
    try:
        saved = entries.save(mission, [change], who=reader.name, why=why, at=at)[0]
    except Stale as stale:
        raise as_shown(reader, mission, stale, dict(body)) from None
    now = view(mission, reader)
    found = tuple(f for f in now.findings if (f.kind, f.entry) == (kind, saved.code))
    return Written(kind, saved.code, saved.version, saved.revision, found)


def change_for(reader: Reader, mission: str, kind: str, body: Mapping[str, Any], *, version: int) -> Any:
    """The change that a reader's body means for the whole entry, once every rule has been asked. Raises as `save_entry`."""
    from exitplan.store.entries import NEW, Change
    from exitplan.store.merge import over_hidden

    if kind not in KINDS:
        raise NotFound("kind", kind)
    require(reader, "edit", kind)
    given = storable(body)
    code = given.get("code")
    if not isinstance(code, str) or not re.fullmatch(CODE_PATTERN, code):
        raise InvalidValue("code", code, "1 to 48 capitals, digits, dots, dashes or underscores")
    whole, seen = board(mission), view(mission, reader)
    exists, shown = (kind, code) in whole.versions, seen.knows(kind, code)
    if kind == "mission" and not exists:
        raise InvalidValue("code", code, "the code of the mission itself")
    if version == NEW:
        if exists and not shown:
            raise InvalidValue("code", code, "a code that is not in use")
        _require_release(reader, {}, given)
        _require_signed(kind, {}, given)
        return Change(kind, code, given, version)
    if not shown:
        raise NotFound(kind, code)
    full = _full_body(mission, kind, code)
    result, unseen = over_hidden(full, entry_body(seen, kind, code), given)
    if unseen:
        raise InvalidValue(unseen[0], "(not shown)", "no change to a part that is not shown to you as it is")
    _require_release(reader, full, result)
    _require_signed(kind, full, result)
    if kind == "mission":  # everything hangs on it: without a sound one nobody could open the mission to mend it
        draft = draft_from({kind: [result]})
        if draft.dossier is None:
            raise InputFaults(draft.findings)
    return Change(kind, code, result, version)


SIGNED = {"function": ("answered_on", "answered_by", "answered_terms")}
"""Fields that only a signature writes."""


def _require_signed(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Nobody writes by hand what says that somebody signed. Raises InvalidValue."""
    for name in SIGNED.get(kind, ()):
        if (after.get(name) or None) != (before.get(name) or None):
            raise InvalidValue(
                name, str(after.get(name) or ""), Wanted("no change: only the receiver's signature writes it")
            )


def delete_entry(reader: Reader, mission: str, kind: str, code: str, *, version: int, why: str, at: datetime) -> int:
    """
    Delete an entry; its history stays. Returns the number of the revision.

    Raises NotAllowed, NotFound, Stale as `save_entry` does, InvalidValue for the mission's own entry.
    """
    from exitplan.store import entries

    require(reader, "delete", kind)
    if kind == "mission":
        raise InvalidValue("kind", kind, "an entry other than the mission's own")
    if not view(mission, reader).knows(kind, code):
        raise NotFound(kind, code)
    change = entries.Change(kind, code, None, version)
    try:
        return entries.save(mission, [change], who=reader.name, why=why, at=at)[0].revision
    except Stale as stale:
        raise as_shown(reader, mission, stale, None) from None


def history_for(
    reader: Reader,
    mission: str,
    kind: str | None = None,
    code: str | None = None,
    *,
    after: int = 0,
    until: int | None = None,
    most: int = 200,
) -> tuple[Line, ...]:
    """
    The history of an entry, a kind, or the whole mission, newest first, as a reader may see it.

    Entries that are not shown to the reader leave no line. A text from a time when the entry was not theirs to see, or one
    that names something hidden, is left out of its line; the reason too.

    Raises NotAllowed for a role that does not read the audit.
    """
    from exitplan.store import entries

    require(reader, "read_audit")
    seen, whole = view(mission, reader), board(mission)
    hidden = frozenset(c for k, c in whole.versions if not seen.knows(k, c))
    past = entries.history(mission, kind, code, after=after, until=until, most=most)
    lines = [_line(reader, p, hidden) for p in past if _listed(reader, seen, whole.versions.keys(), p)]
    return tuple(lines)


def redact_entry(
    reader: Reader, mission: str, kind: str, code: str, *, why: str, at: datetime, body: Mapping[str, Any] | None = None
) -> Redacted:
    """
    Take every text of an entry out for good; with `body`, the entry goes on with that. See `store.redaction`.

    Raises NotAllowed, NotFound, InvalidValue.
    """
    from exitplan.store import redaction

    require(reader, "redact")
    if (kind, code) in board(mission).versions and not view(mission, reader).knows(kind, code):
        raise NotFound(kind, code)
    content = None if body is None else storable(body)
    if content is not None and content.get("code") != code:
        raise InvalidValue("code", content.get("code"), Wanted("{code}, as before", code=code))
    folder = home.documents_folder()
    return redaction.redact_entry(mission, kind, code, who=reader.name, why=why, at=at, folder=folder, body=content)


def storable(body: Mapping[str, Any]) -> Body:
    """
    A body as plain JSON that every database takes.

    Raises
    ------
    InvalidValue
        For numbers that are none, half characters, zero bytes, deep nesting, or more than `SIZE_LIMIT` characters.
    """
    if _depth(body) > DEPTH_LIMIT:
        raise InvalidValue("body", "(deeply nested)", Wanted("at most {most} levels", most=DEPTH_LIMIT))
    try:
        text = json.dumps(body, allow_nan=False, ensure_ascii=False)
        text.encode()
    except (TypeError, ValueError, UnicodeEncodeError):
        raise InvalidValue("body", "(unreadable)", "texts, finite numbers, lists and fields") from None
    if len(text) > SIZE_LIMIT:
        raise InvalidValue("body", f"{len(text)} characters", Wanted("at most {most} characters", most=SIZE_LIMIT))
    plain = json.loads(text)
    if "\\u0000" in text or not isinstance(plain, dict):
        raise InvalidValue("body", "(unreadable)", "fields, without zero bytes")
    return cast(Body, plain)


def _depth(value: Any, level: int = 0) -> int:
    if level > DEPTH_LIMIT or not isinstance(value, Mapping | list | tuple):
        return level
    parts = value.values() if isinstance(value, Mapping) else value
    return max((_depth(part, level + 1) for part in parts), default=level + 1)


def _shown(seen: View, kind: str) -> dict[str, Entry]:
    if kind == "mission":
        return {seen.dossier.mission.code: seen.dossier.mission}
    return {entry.code: entry for entry in seen.dossier.entries.get(kind, ())}


def _whole_body(entry: Entry) -> Body:
    return {"code": entry.code, "title": entry.title, **body_of(entry)}


def _full_body(mission: str, kind: str, code: str) -> Body:
    """The whole entry in the shape in which a reader is shown their part of it, so that the two can be compared."""
    from exitplan.store import entries

    stored, _ = entries.read(mission, kind, code)
    return plain_body(kind, stored)


def plain_body(kind: str, stored: Body) -> Body:
    """A body without fields at their default where it passes its schema; as it was typed where it does not."""
    try:
        return _whole_body(entry_of(KINDS[kind], stored))
    except ValidationError:
        return stored


def _require_release(reader: Reader, before: Body, after: Body) -> None:
    """
    Opening an entry to more people asks for the right to release; closing it asks for still being able to see it oneself.
    """
    if not may_see_draft(reader, after):
        raise InvalidValue("classification", after.get("classification"), "a classification that you may see yourself")
    wider = [r for r in _audience(after) if r not in _audience(before)] if before else after.get("released_to")
    if wider and not may(reader, "release"):
        raise NotAllowed("release", may(reader, "release").reason)


def _audience(body: Body) -> frozenset[str]:
    """Roles and partners that may see an entry by its body."""
    released = body.get("released_to", ())
    named = frozenset(str(r) for r in released) if isinstance(released, list | tuple) else frozenset[str]()
    roles = frozenset[str](r for r in ROLES if may_see_draft(Reader(r), body))
    return named | roles


def as_shown(reader: Reader, mission: str, stale: Any, yours: Body | None) -> Exception:
    """A collision with the other version as the reader may see it; NotFound where it is not theirs to see any more."""
    seen = view(mission, reader)
    if not seen.knows(stale.kind, stale.code):
        if stale.theirs is not None:
            return NotFound(stale.kind, stale.code)
        return Stale(stale.kind, stale.code, theirs=None, theirs_version=stale.theirs_version, yours=yours)
    theirs = entry_body(seen, stale.kind, stale.code)
    version = seen.versions[stale.kind, stale.code]
    return Stale(stale.kind, stale.code, theirs=theirs, theirs_version=version, yours=yours)


def _listed(reader: Reader, seen: View, standing: Any, past: Past) -> bool:
    """Whether a line of the history is any of the reader's business."""
    if past.kind in KINDS:
        if (
            past.kind == "watch" and past.after is not None and "rests_on" in past.after
        ):  # an alarm tells what it rests on
            hidden = {code for kind, code in standing if not seen.knows(kind, code)}
            return seen.knows(past.kind, past.code) and hidden.isdisjoint(past.after["rests_on"])
        if (past.kind, past.code) in standing:
            return seen.knows(past.kind, past.code)
        gone = (past.after or past.before) if past.act in ("create", "change", "delete") else None
        return may_see_draft(reader, gone or HIDDEN)
    if past.kind == "membership":
        return bool(may(reader, "manage_people"))
    if past.kind == "document":
        return past.after is None or may_see_draft(reader, past.after)
    if past.kind == "measurement" and past.after is not None and "indicator" in past.after:
        return seen.knows("indicator", str(past.after["indicator"]))
    return True


def _line(reader: Reader, past: Past, hidden: frozenset[str]) -> Line:
    open_to_them = [b is None or _may_read(reader, past.kind, b, hidden) for b in (past.before, past.after)]
    return Line(
        number=past.number,
        act=past.act,
        kind=past.kind,
        code=past.code,
        version=past.version,
        who=past.who,
        on_behalf_of=past.on_behalf_of,
        at=past.at,
        why=None if past.why and (not all(open_to_them) or names(past.why, hidden)) else past.why,
        before=past.before if open_to_them[0] else None,
        after=past.after if open_to_them[1] else None,
        redacted=past.redacted,
        shown=all(open_to_them),
    )


def _may_read(reader: Reader, kind: str, body: Body, hidden: frozenset[str]) -> bool:
    if kind in KINDS and not may_see_draft(reader, body):
        return False
    return not hidden or not names(body, hidden)
