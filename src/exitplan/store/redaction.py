"""Taking a text out for good where the law or somebody's safety asks for it: the text goes, its place in the chain stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Q

from exitplan.domain.errors import InvalidValue, NotFound
from exitplan.store import alarms, documents, texts
from exitplan.store.chain import Act, append
from exitplan.store.entries import Change, apply, writing
from exitplan.store.models import Document, MeasurementRow, Mission, Revision


@dataclass(frozen=True)
class Redacted:
    """What was taken out: the revisions whose texts are gone, and how many documents."""

    revision: int
    revisions: tuple[int, ...]
    documents: int


def redact_entry(
    mission: str,
    kind: str,
    code: str,
    *,
    who: str,
    why: str,
    at: datetime,
    folder: Path,
    body: dict[str, Any] | None = None,
) -> Redacted:
    """
    Take every text of an entry out: the entry, its whole history, what was signed under it, and documents attached to it.

    Results of runs are forgotten as well, since they may repeat it. Bundles and backups that have left are out of reach.

    Parameters
    ----------
    folder
        Where documents lie.
    body
        What the entry says from now on; without it the entry is gone.
    why
        Stays on record and must not repeat what is taken out.

    Raises
    ------
    NotFound
        When there never was such an entry.
    InvalidValue
        When the mission's own entry would be gone.
    """
    with writing(mission) as held:
        row = held.entries.filter(kind=kind, code=code).first()
        if kind == "mission" and body is None:
            raise InvalidValue("body", "", "what the mission's own entry says from now on")
        numbers = _standing(held, Q(kind=kind, code=code))
        if row is None and not numbers:
            raise NotFound(kind, code)
        attached = list(held.documents.filter(kind=kind, code=code, redacted=False))
        numbers += _standing(held, Q(kind="document", code__in=[str(d.pk) for d in attached]))
        # The entry itself first, so that the revision which says what it is now comes after the redaction.
        number = _record(held, kind, code, row.version if row else 0, numbers, who=who, why=why, at=at)
        if row is not None:
            act = apply(held, Change(kind, code, body, row.version))
            append(held, [act], who=who, why=why, at=at)
        held.sign_offs.filter(kind=kind, code=code).update(text="")
        if kind == "watch":
            alarms.forget_words(mission, code)
        files = [_empty(document) for document in attached]
        _forget_runs(held)
    documents.remove_unused(folder, files)
    _scrub()
    return Redacted(number, tuple(numbers), len(attached))


def redact_measurement(mission: str, row: int, *, who: str, why: str, at: datetime) -> Redacted:
    """
    Take one measurement out: the row, its history, and the text of the batch that brought it in.

    The other rows of that batch stay as they are. Raises NotFound.
    """
    with writing(mission) as held:
        found = held.measurements.filter(pk=row).first()
        if found is None:
            raise NotFound("measurement", str(row))
        numbers = _standing(held, Q(kind="measurement", code=str(row)) | Q(kind="measurement", number=found.batch))
        number = _record(held, "measurement", str(row), found.edition, numbers, who=who, why=why, at=at)
        MeasurementRow.objects.filter(pk=found.pk).delete()
        held.sign_offs.filter(kind="measurement", code=str(row)).update(text="")
        _forget_runs(held)
    _scrub()
    return Redacted(number, tuple(numbers), 0)


def redact_document(mission: str, document: int, *, who: str, why: str, at: datetime, folder: Path) -> Redacted:
    """Take one document out: its file, title and name, and what the history says of them. Raises NotFound."""
    with writing(mission) as held:
        found = held.documents.filter(pk=document, redacted=False).first()
        if found is None:
            raise NotFound("document", str(document))
        numbers = _standing(held, Q(kind="document", code=str(document)))
        number = _record(held, "document", str(document), 1, numbers, who=who, why=why, at=at)
        file = _empty(found)
    documents.remove_unused(folder, [file])
    _scrub()
    return Redacted(number, tuple(numbers), 1)


def _standing(held: Mission, which: Q) -> list[int]:
    """Numbers of revisions that still say something; records of earlier redactions say nothing and stay."""
    rows = held.revisions.filter(which, redacted_by=None).exclude(act="redact")
    return list(rows.order_by("number").values_list("number", flat=True))


def _record(
    held: Mission, kind: str, code: str, version: int, numbers: list[int], *, who: str, why: str, at: datetime
) -> int:
    act = Act("redact", kind, code, version, {"revisions": numbers})
    number = append(held, [act], who=who, why=why, at=at)[0].number
    Revision.objects.filter(mission=held, number__in=numbers).update(why=None, after=None, salt="", redacted_by=number)
    return number


def _empty(document: Document) -> str:
    """Take a document's words out of its row; returns the digest of the file that goes with them."""
    document.title, document.name, document.redacted = "", "", True
    document.save(update_fields=["title", "name", "redacted"])
    return document.sha256


def _forget_runs(held: Mission) -> None:
    held.runs.filter(state__in=("queued", "running")).update(cancel=True)
    held.runs.exclude(state__in=("queued", "running")).delete()


def _scrub() -> None:
    """Take what was deleted out of the database's own files too: out of the write-ahead log, or the rows left for dead."""
    texts.scrub()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        for model in (Revision, MeasurementRow, Document):
            cursor.execute(f'VACUUM "{model._meta.db_table}"')
        cursor.execute('VACUUM "store_entryrow"')
        cursor.execute('VACUUM "store_run"')
