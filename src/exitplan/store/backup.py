"""
The whole database in one file, taken at one point in time while everybody goes on working, and put back anywhere.

A backup is a zip of one file of lines for each table, the documents, and a list of all of them with their SHA-256. It says
nothing about the kind of database, so that a SQLite installation can be put back into PostgreSQL and the other way round.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from exitplan.domain.errors import InvalidValue, NotFound, Unreadable
from exitplan.store import documents, texts
from exitplan.store.chain import BrokenLink, content_digest, verify
from exitplan.store.entries import WRITTEN
from exitplan.store.models import Account, Mission
from exitplan.store.snapshots import snapshot

FORMAT = 1
MANIFEST = "backup.json"
LINES = 1000
"""Rows written to the database at a time."""


@dataclass(frozen=True)
class Contents:
    """What a backup holds: rows of each table, and documents."""

    rows: dict[str, int]
    documents: int


@dataclass(frozen=True)
class Verified:
    """One mission, looked over: its chain, and whether what stands in the tables is what the chain says."""

    mission: str
    revisions: int
    broken: BrokenLink | None
    strange: tuple[str, ...] = ()
    """Entries that do not say what their last revision says, as `kind code`, and documents whose file is not as uploaded."""

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return self.broken is None and not self.strange


def backup(target: Path, folder: Path) -> Contents:
    """
    Write everything into one file, readable by its owner alone. Nobody has to stop working.

    Parameters
    ----------
    target
        File to be written; one that stands there gives way only when the new one is whole.
    folder
        Where documents lie.

    Raises
    ------
    Unreadable
        When the file cannot be written, such as on a full disk; nothing half-written is left behind.
    """
    beside = ""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            contents = _write(file, folder)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(target)
    except OSError as error:
        with suppress(OSError):
            Path(beside).unlink(missing_ok=True)
        raise Unreadable(str(target), error.strerror or "cannot be written") from error
    return contents


def _write(file: IO[bytes], folder: Path) -> Contents:
    rows: dict[str, int] = {}
    listed: dict[str, str] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        with snapshot():
            for model in tables():
                name = f"tables/{model.__name__}.jsonl"
                rows[model.__name__], listed[name] = _write_lines(archive, name, model)
            kept = documents.digests()
        for sha256 in sorted(kept):
            path = documents.file_of(folder, sha256)
            if path.is_file():
                archive.write(path, f"documents/{sha256}")
                listed[f"documents/{sha256}"] = sha256
        head = {"format": FORMAT, "rows": rows, "files": listed}
        archive.writestr(MANIFEST, json.dumps(head, indent=2, sort_keys=True))
    return Contents(rows, len(kept))


def _write_lines(archive: zipfile.ZipFile, name: str, model: type[models.Model]) -> tuple[int, str]:
    names = [field.attname for field in model._meta.concrete_fields]
    digest, count = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as out:
        for values in model._default_manager.order_by("pk").values_list(*names).iterator(chunk_size=LINES):
            line = json.dumps(dict(zip(names, values, strict=True)), default=_as_text, ensure_ascii=False) + "\n"
            raw = line.encode()
            digest.update(raw)
            out.write(raw)
            count += 1
    return count, digest.hexdigest()


def _as_text(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def restore(source: Path, folder: Path) -> Contents:
    """
    Put a backup into a database that is still empty; all of it or nothing.

    Raises
    ------
    Unreadable
        When the file is no backup, was damaged or changed on the way, or comes from a newer version.
    InvalidValue
        When the database holds missions or accounts already.
    """
    if Mission.objects.exists() or Account.objects.exists():
        raise InvalidValue("database", "missions or accounts", "an empty database")
    try:
        with zipfile.ZipFile(source) as archive:
            head = _checked_head(source, archive)
            with transaction.atomic():
                for model in tables():
                    _read_lines(archive, model)
                _reset_counters()
                texts.rebuild()
                for mission in Mission.objects.order_by("code"):
                    broken = verify(mission)
                    if broken is not None:
                        raise Unreadable(source.name, f"{broken.mission}: revision {broken.number}: {broken.why}")
                kept = documents.digests()
                for sha256 in kept:
                    if f"documents/{sha256}" in head["files"]:
                        documents.put(folder, sha256, archive.read(f"documents/{sha256}"))
    except (zipfile.BadZipFile, EOFError, KeyError, ValueError, TypeError) as error:
        if isinstance(error, InvalidValue):
            raise
        raise Unreadable(source.name, "not a backup, or a damaged one") from error
    except OSError as error:
        raise Unreadable(str(source), error.strerror or "cannot be opened") from error
    return Contents(head["rows"], len(kept))


def _checked_head(source: Path, archive: zipfile.ZipFile) -> dict[str, Any]:
    """The list of what a backup holds, once every file was found to be as it was written."""
    head: dict[str, Any] = json.loads(archive.read(MANIFEST))
    if head["format"] > FORMAT:
        raise Unreadable(source.name, "written by a newer version of this program")
    for name, sha256 in head["files"].items():
        digest = hashlib.sha256()
        with archive.open(name) as content:
            while piece := content.read(1 << 20):
                digest.update(piece)
        if digest.hexdigest() != sha256:
            raise Unreadable(source.name, f"{name} is not as it was written")
    return head


def _read_lines(archive: zipfile.ZipFile, model: type[models.Model]) -> None:
    name = f"tables/{model.__name__}.jsonl"
    if name not in archive.namelist():
        return
    known = {field.attname: field for field in model._meta.concrete_fields}
    with archive.open(name) as content:
        for part in _parts(content):
            model._default_manager.bulk_create(
                [
                    model(**{n: known[n].to_python(v) if v is not None else None for n, v in row.items() if n in known})
                    for row in part
                ]
            )


def _parts(content: Iterable[bytes]) -> Iterator[list[dict[str, Any]]]:
    part: list[dict[str, Any]] = []
    for line in content:
        part.append(json.loads(line))
        if len(part) == LINES:
            yield part
            part = []
    if part:
        yield part


def _reset_counters() -> None:
    """Rows came with their numbers; the next new row must not take one of them."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)


def tables() -> list[type[models.Model]]:
    """The store's tables, each after those it refers to. Sessions are left out: nobody stays signed in."""
    return list(apps.get_app_config("store").get_models())


def look_over(
    code: str | None, folder: Path, progress: Callable[[int, int], None] | None = None
) -> tuple[Verified, ...]:
    """Walk the chain of one mission, or of all, and hold entries and documents against it. Raises NotFound."""
    missions = Mission.objects.order_by("code") if code is None else Mission.objects.filter(code=code)
    if code is not None and not missions:
        raise NotFound("mission", code, tuple(Mission.objects.values_list("code", flat=True)))
    with snapshot():
        return tuple(_looked_over(mission, folder, progress) for mission in missions.all())


def _looked_over(mission: Mission, folder: Path, progress: Callable[[int, int], None] | None) -> Verified:
    broken = verify(mission, progress)
    strange = [] if broken else [*_strange_entries(mission), *_strange_documents(mission, folder)]
    return Verified(mission.code, mission.revision, broken, tuple(strange))


def _strange_entries(mission: Mission) -> Iterator[str]:
    last: dict[tuple[str, str], tuple[int, str, str, str]] = {}
    written = mission.revisions.filter(act__in=WRITTEN).order_by("number")
    rows = written.values_list("kind", "code", "act", "version", "salt", "why", "content")
    for kind, code, act, version, salt, why, content in rows.iterator(chunk_size=2000):
        if act == "delete":
            last.pop((kind, code), None)
        else:
            last[kind, code] = (version, salt, why or "", content)
    standing = {
        (kind, code): (v, b) for kind, code, v, b in mission.entries.values_list("kind", "code", "version", "body")
    }
    for kind, code in sorted(standing.keys() | last.keys()):
        same = False
        if (kind, code) in standing and (kind, code) in last:
            (version, entry), (number, salt, why, content) = standing[kind, code], last[kind, code]
            same = version == number and content_digest(salt, why, entry) == content
        if not same:
            yield f"{kind} {code}"


def _strange_documents(mission: Mission, folder: Path) -> Iterator[str]:
    for document in mission.documents.filter(redacted=False):
        path = documents.file_of(folder, document.sha256)
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != document.sha256:
            yield f"document {document.pk}"
