"""Uploaded evidence: listed, added, fetched."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from ninja import File, Form, Query, UploadedFile

from exitplan.usecases import documents as evidence
from exitplan.web.access import Asked
from exitplan.web.api.answers import file, listing, part, said
from exitplan.web.api.fields import Number
from exitplan.web.api.gate import Refused
from exitplan.web.api.parsing import storable
from exitplan.web.api.shapes import DocumentFilter, Documents, DocumentSent, DocumentShown


def documents(asked: Asked, wanted: Query[DocumentFilter]) -> HttpResponse:
    """Documents that you may see, newest first."""
    found = evidence.listed(asked.view.reader, asked.mission, wanted.kind or None, wanted.code or None)
    items = tuple(_shown(kept) for kept in part(found, wanted))
    return said(Documents(items=items, **listing(asked, wanted, len(found))))


def add(asked: Asked, sent: Form[DocumentSent], content: File[UploadedFile]) -> HttpResponse:
    """Add a document as evidence. Its content must be what its ending says; macros are refused."""
    if not all(storable(text) for text in (content.name or "", *sent.model_dump().values())):
        raise Refused(400)
    kept = evidence.keep(
        asked.view.reader,
        asked.mission,
        content.chunks(),
        name=content.name or "",
        released_to=[name.strip() for name in sent.released_to.split(",") if name.strip()],
        at=datetime.now(UTC),
        **sent.model_dump(exclude={"released_to"}),
    )
    return said(_shown(kept), 201, Location=f"{asked.request.path}/{kept.id}/file")


def content(asked: Asked, document: Number) -> HttpResponse:
    """The file itself, to be kept."""
    found = evidence.opened(asked.view.reader, asked.mission, document)
    return file(found.path.read_bytes(), found.kept.name, found.kept.type)


def _shown(kept: Any) -> DocumentShown:
    return DocumentShown(**{name: value for name, value in asdict(kept).items() if name in DocumentShown.model_fields})
