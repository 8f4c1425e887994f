"""Evidence that people upload: kept by its digest under the home folder, looked at for its type, never run."""

from __future__ import annotations

import hashlib
import io
import os
import re
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from exitplan.domain.errors import InvalidValue, NotFound, Unreadable
from exitplan.domain.findings import Wanted
from exitplan.store.chain import Act, append
from exitplan.store.entries import writing
from exitplan.store.models import Document

SIZE_LIMIT = 25_000_000
"""Bytes of one document."""

TYPES = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}
"""Endings that are taken, and the type each is sent back with."""

_BEGINNINGS = {".pdf": b"%PDF-", ".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}
_OFFICE = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml", ".pptx": "ppt/presentation.xml"}


@dataclass(frozen=True)
class Kept:
    """A document as people see it in a list."""

    id: int
    title: str
    name: str
    sha256: str
    size: int
    type: str
    classification: str
    released_to: tuple[str, ...]
    kind: str
    code: str
    uploaded_by: str
    at: datetime
    redacted: bool


def keep(
    mission: str,
    folder: Path,
    pieces: Iterable[bytes],
    *,
    title: str,
    name: str,
    classification: str = "restricted",
    released_to: Sequence[str] = (),
    kind: str = "",
    code: str = "",
    who: str,
    why: str,
    at: datetime,
) -> Kept:
    """
    Keep an uploaded file.

    Parameters
    ----------
    folder
        Where documents lie; made when absent.
    pieces
        The content as it comes in; no more than `SIZE_LIMIT` bytes are read.
    name
        The sender's name of the file; only its ending matters, and no part of it becomes a path.
    kind, code
        The entry it is evidence for, where it is for one.

    Raises
    ------
    InvalidValue
        When it is too large, empty, of a type that is not taken, or not what its ending says.
    NotFound
        When there is no such mission.
    Unreadable
        When the disk does not take it. Nothing half-written is left behind.
    """
    plain = plain_name(name)
    ending = Path(plain).suffix.lower()
    if ending not in TYPES:
        raise InvalidValue("file", plain, Wanted("a file that ends in {endings}", endings=", ".join(TYPES)))
    content = _collected(pieces)
    _require_type(plain, ending, content)
    sha256 = hashlib.sha256(content).hexdigest()
    put(folder, sha256, content)
    with writing(mission) as held:
        row = Document.objects.create(
            mission=held,
            title=(title or plain)[:300],
            name=plain,
            sha256=sha256,
            size=len(content),
            type=TYPES[ending],
            classification=classification,
            released_to=list(released_to),
            kind=kind,
            code=code,
            uploaded_by=who,
            at=at,
        )
        append(held, [Act("upload", "document", str(row.pk), 1, _said(row))], who=who, why=why, at=at)
    return _kept(row)


def release(
    mission: str, document: int, *, classification: str, released_to: Sequence[str], who: str, why: str, at: datetime
) -> Kept:
    """Change who may see a document; on record with the reason. Raises NotFound, also for one that was taken out."""
    with writing(mission) as held:
        row = Document.objects.filter(mission=held, pk=document, redacted=False).first()
        if row is None:
            raise NotFound("document", str(document))
        row.classification, row.released_to = classification, list(released_to)
        row.save(update_fields=["classification", "released_to"])
        append(held, [Act("release", "document", str(row.pk), 1, _said(row))], who=who, why=why, at=at)
    return _kept(row)


def listed(mission: str, kind: str | None = None, code: str | None = None) -> tuple[Kept, ...]:
    """Documents of a mission, or of one entry, newest first; those taken out are left out."""
    rows = Document.objects.filter(mission__code=mission, redacted=False)
    if kind is not None:
        rows = rows.filter(kind=kind)
    if code is not None:
        rows = rows.filter(code=code)
    return tuple(_kept(row) for row in rows.order_by("-id"))


def one(mission: str, document: int) -> Kept:
    """One document. Raises NotFound, also for one that was taken out."""
    row = Document.objects.filter(mission__code=mission, pk=document, redacted=False).first()
    if row is None:
        raise NotFound("document", str(document))
    return _kept(row)


def file_of(folder: Path, sha256: str) -> Path:
    """Where the file of a digest lies."""
    return folder / sha256[:2] / sha256


def digests() -> dict[str, int]:
    """Digest and size of every file that should lie in the folder."""
    return dict(Document.objects.filter(redacted=False).values_list("sha256", "size"))


def remove_unused(folder: Path, sha256s: Iterable[str]) -> None:
    """Remove files that no document needs any more."""
    for sha256 in set(sha256s):
        if not Document.objects.filter(sha256=sha256, redacted=False).exists():
            file_of(folder, sha256).unlink(missing_ok=True)


def plain_name(name: str) -> str:
    """A file's name without folders, control signs or anything a path could be made of."""
    last = re.split(r"[\\/]", name)[-1]
    return re.sub(r"[^\w. ()-]", "_", last).lstrip(". ")[-120:] or "document"


def _said(row: Document) -> dict[str, object]:
    """What the history says of a document."""
    return {
        "title": row.title,
        "name": row.name,
        "sha256": row.sha256,
        "size": row.size,
        "classification": row.classification,
        "released_to": list(row.released_to),
        "kind": row.kind,
        "code": row.code,
    }


def _collected(pieces: Iterable[bytes]) -> bytes:
    content = bytearray()
    for piece in pieces:
        content += piece
        if len(content) > SIZE_LIMIT:
            raise InvalidValue(
                "file", f"more than {SIZE_LIMIT} bytes", Wanted("a file of at most {most} bytes", most=SIZE_LIMIT)
            )
    if not content:
        raise InvalidValue("file", "empty", "a file with something in it")
    return bytes(content)


def _require_type(name: str, ending: str, content: bytes) -> None:
    if ending in _BEGINNINGS:
        sound = content.startswith(_BEGINNINGS[ending])
    elif ending in (".txt", ".csv"):
        sound = _is_text(content)
    else:
        sound = _is_office(ending, content)
    if not sound:
        raise InvalidValue(
            "file", name, Wanted("a file whose content is what {ending} says, without macros", ending=ending)
        )


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False


def _is_office(ending: str, content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if any(n.lower().endswith("vbaproject.bin") for n in names):
                return False
            if ending in _OFFICE:
                return _OFFICE[ending] in names
            return archive.read("mimetype")[:100].decode("ascii", "replace") == TYPES[ending]
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, ValueError, OSError):
        return False


def put(folder: Path, sha256: str, content: bytes) -> None:
    """Write a file whole or not at all, on the disk before anybody is told that it is kept."""
    target = file_of(folder, sha256)
    if target.is_file():
        return
    beside = ""
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, beside = tempfile.mkstemp(prefix=".", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(target)
    except OSError as error:
        with suppress(OSError):
            Path(beside).unlink(missing_ok=True)
        raise Unreadable("documents", error.strerror or "cannot be written") from error


def _kept(row: Document) -> Kept:
    return Kept(
        id=row.pk,
        title=row.title,
        name=row.name,
        sha256=row.sha256,
        size=row.size,
        type=row.type,
        classification=row.classification,
        released_to=tuple(row.released_to),
        kind=row.kind,
        code=row.code,
        uploaded_by=row.uploaded_by,
        at=row.at,
        redacted=row.redacted,
    )
