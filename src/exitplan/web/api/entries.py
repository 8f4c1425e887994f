"""Entries of every kind: listed, read, written under the version they were read at, deleted."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpResponse
from ninja import Query

from exitplan.domain.findings import errors
from exitplan.usecases import writing
from exitplan.usecases.search import search
from exitplan.web.access import Asked
from exitplan.web.api.answers import listing, part, said, tag, version_wanted
from exitplan.web.api.contents import contents, findings, shown
from exitplan.web.api.fields import Code, Kind, Why
from exitplan.web.api.gate import Refused
from exitplan.web.api.shapes import Entries, EntryBody, EntryDeleted, EntryFilter


def entries(asked: Asked, kind: Kind, wanted: Query[EntryFilter]) -> HttpResponse:
    """Entries of a kind that you may see, drafts among them, in the order of the dossier."""
    seen = asked.view
    codes = list(contents(seen, kind))
    if wanted.find.strip():
        found = {hit.code for hit in search(seen, wanted.find) if hit.kind == kind}
        codes = [code for code in codes if code in found]
    if wanted.owner:
        codes = [code for code in codes if contents(seen, kind)[code].get("owner") == wanted.owner]
    if wanted.faulty is not None:
        codes = [c for c in codes if bool(errors(findings(seen).get((kind, c), ()))) is wanted.faulty]
    items = tuple(shown(seen, kind, code) for code in part(codes, wanted))
    return said(Entries(items=items, **listing(asked, wanted, len(codes))))


def entry(asked: Asked, kind: Kind, code: Code) -> HttpResponse:
    """One entry as you may see it. What you may not see is left out of it, and stays as it is when you write it back."""
    found = shown(asked.view, kind, code)
    etag = tag(found.version, found.body)
    if asked.request.headers.get("If-None-Match", "").removeprefix("W/") == etag:
        return HttpResponse(status=304, headers={"ETag": etag, "Vary": "Authorization, Cookie"})
    return said(found, ETag=etag)


def add(asked: Asked, kind: Kind, sent: EntryBody) -> HttpResponse:
    """A new entry under the code in its body. A draft always saves; its findings come back with it."""
    return _write(asked, kind, sent, version=0)


def put(asked: Asked, kind: Kind, code: Code, sent: EntryBody) -> HttpResponse:
    """Change an entry that you read before: `If-Match` carries its ETag. Where somebody was faster, 412 shows both versions."""
    version = version_wanted(asked)
    if sent.body.get("code", code) != code:
        raise Refused(422, asked.w("The code of an entry does not change."))
    return _write(asked, kind, sent.model_copy(update={"body": {**sent.body, "code": code}}), version=version)


def delete(asked: Asked, kind: Kind, code: Code, why: Why) -> HttpResponse:
    """Delete an entry that you read before: `If-Match` carries its ETag. Its history stays."""
    version = version_wanted(asked)
    at = datetime.now(UTC)
    revision = writing.delete_entry(asked.view.reader, asked.mission, kind, code, version=version, why=why, at=at)
    return said(EntryDeleted(kind=kind, code=code, revision=revision))


def _write(asked: Asked, kind: str, sent: EntryBody, *, version: int) -> HttpResponse:
    reader, at = asked.view.reader, datetime.now(UTC)
    saved = writing.save_entry(reader, asked.mission, kind, sent.body, version=version, why=sent.why, at=at)
    again = Asked(asked.request, asked.w, asked.account, asked.reader, asked.mission)
    found = shown(again.view, kind, saved.code)
    headers = {"ETag": tag(found.version, found.body)}
    if not version:
        headers["Location"] = f"{asked.request.path.rstrip('/')}/{saved.code}"
    return said(found, 200 if version else 201, **headers)
