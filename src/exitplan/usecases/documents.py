"""Evidence uploaded, found and taken out by a reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from exitplan.domain.errors import InvalidValue, NotAllowed, NotFound, Unreadable
from exitplan.domain.findings import Wanted
from exitplan.domain.kinds import Partner
from exitplan.domain.roles import ROLES, STAFF, Reader, may
from exitplan.usecases import home
from exitplan.usecases.board import may_see_draft, view
from exitplan.usecases.people import require

if TYPE_CHECKING:
    from exitplan.store.documents import Kept
    from exitplan.store.redaction import Redacted


@dataclass(frozen=True)
class Opened:
    """A document to be sent: as a file to be saved, never shown inside a page."""

    kept: Kept
    path: Path


def keep(
    reader: Reader,
    mission: str,
    pieces: Iterable[bytes],
    *,
    title: str,
    name: str,
    classification: str = "restricted",
    released_to: Sequence[str] = (),
    kind: str = "",
    code: str = "",
    why: str,
    at: datetime,
) -> Kept:
    """
    Keep an uploaded file as evidence, for an entry where one is named.

    What somebody from outside the mission uploads is released to their own role, so that they can find it again.

    Raises
    ------
    NotAllowed, NotFound
        When the role adds no evidence, or the entry is not shown to the reader.
    InvalidValue
        For no such classification, or a file that is too large or not of a type that is taken.
    """
    from exitplan.store import documents

    require(reader, "attach")
    if classification not in ("open", "restricted", "confidential"):
        raise InvalidValue("classification", classification, "open, restricted or confidential")
    seen = view(mission, reader)
    if kind and not seen.knows(kind, code):
        raise NotFound(kind, code)
    released = tuple(released_to)
    if reader.role not in STAFF:
        released = (reader.partner or reader.role,)
    elif (released or classification == "open") and not may(reader, "release"):
        raise NotAllowed("release")
    if not may_see_draft(reader, {"classification": classification, "released_to": list(released)}):
        raise InvalidValue("classification", classification, "a classification that you may see yourself")
    return documents.keep(
        mission,
        home.documents_folder(),
        pieces,
        title=title,
        name=name,
        classification=classification,
        released_to=released,
        kind=kind,
        code=code,
        who=reader.name,
        why=why,
        at=at,
    )


def listed(reader: Reader, mission: str, kind: str | None = None, code: str | None = None) -> tuple[Kept, ...]:
    """Documents that a reader may see, of the whole mission or of one entry, newest first."""
    from exitplan.store import documents

    require(reader, "read")
    return tuple(kept for kept in documents.listed(mission, kind, code) if _sees(reader, mission, kept))


def opened(reader: Reader, mission: str, document: int) -> Opened:
    """
    One document with its file.

    Raises
    ------
    NotFound
        When there is none, or it is not shown to the reader.
    Unreadable
        When its file is gone from the disk.
    """
    from exitplan.store import documents

    require(reader, "read")
    kept = documents.one(mission, document)
    if not _sees(reader, mission, kept):
        raise NotFound("document", str(document))
    path = documents.file_of(home.documents_folder(), kept.sha256)
    if not path.is_file():
        raise Unreadable(kept.name, "the file is gone from the disk; restore it from a backup")
    return Opened(kept, path)


def release(
    reader: Reader,
    mission: str,
    document: int,
    *,
    classification: str,
    released_to: Sequence[str],
    harm_note: str,
    at: datetime,
) -> Kept:
    """
    Open a document to more readers, or close it again.

    Parameters
    ----------
    released_to
        Roles or partners besides those who see it by its classification.
    harm_note
        Whom the content could harm, and why it may leave all the same; stays on record.

    Raises
    ------
    NotAllowed, NotFound
        When the role releases nothing, or the document is not shown to the reader.
    InvalidValue
        For no such classification, role or partner, or without a do-no-harm note.
    """
    from exitplan.store import documents

    require(reader, "release")
    if not _sees(reader, mission, documents.one(mission, document)):
        raise NotFound("document", str(document))
    if not harm_note.strip():
        raise InvalidValue("harm_note", harm_note, Wanted("whom it could harm, and why it may leave all the same"))
    known = {*ROLES, *(partner.code for partner in view(mission, reader).dossier.of(Partner))}
    if unknown := sorted(set(released_to) - known):
        raise InvalidValue("released_to", ", ".join(unknown), Wanted("roles, or partners of the mission"))
    if not may_see_draft(reader, {"classification": classification, "released_to": list(released_to)}):
        raise InvalidValue("classification", classification, "open, restricted or confidential")
    return documents.release(
        mission,
        document,
        classification=classification,
        released_to=released_to,
        who=reader.name,
        why=harm_note,
        at=at,
    )


def redact(reader: Reader, mission: str, document: int, *, why: str, at: datetime) -> Redacted:
    """Take a document out for good: file, title and name. Raises NotAllowed, NotFound."""
    from exitplan.store import documents, redaction

    require(reader, "redact")
    if not _sees(reader, mission, documents.one(mission, document)):
        raise NotFound("document", str(document))
    return redaction.redact_document(mission, document, who=reader.name, why=why, at=at, folder=home.documents_folder())


def _sees(reader: Reader, mission: str, kept: Kept) -> bool:
    """A document is shown with its own classification, and never without the entry it is evidence for."""
    own = {"classification": kept.classification, "released_to": list(kept.released_to)}
    return may_see_draft(reader, own) and (not kept.kind or view(mission, reader).knows(kept.kind, kept.code))
