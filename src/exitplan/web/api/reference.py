"""Search, schemas, and the description of the API itself."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from django.http import HttpResponse
from ninja import Query

from exitplan.usecases import schemas as known
from exitplan.usecases.search import search as found_in
from exitplan.web.access import Asked
from exitplan.web.api.answers import JSON, listing, part, said
from exitplan.web.api.fields import SchemaName
from exitplan.web.api.shapes import Hit, Hits, SchemaNames, Wanted


def search(asked: Asked, wanted: Query[Wanted]) -> HttpResponse:
    """Entries that you may see in which all words stand, best first: codes, then titles, then everything they say."""
    found = [hit for hit in found_in(asked.view, wanted.q, asked.w.lang) if wanted.kind in ("", hit.kind)]
    items = tuple(Hit(kind=hit.kind, code=hit.code, title=hit.title, around=hit.around) for hit in part(found, wanted))
    return said(Hits(items=items, **listing(asked, wanted, len(found))))


def schemas(asked: Asked) -> HttpResponse:
    """Names of every schema."""
    return said(SchemaNames.model_validate(known.schema_names()))


def schema(asked: Asked, name: SchemaName) -> HttpResponse:
    """The JSON Schema of a kind of entry, the rows of a table, or a result."""
    return HttpResponse(_schema(name), content_type="application/schema+json")


@lru_cache(maxsize=128)
def _schema(name: str) -> str:
    return json.dumps(known.schema(name))


def openapi(asked: Asked) -> HttpResponse:
    """This description."""
    from exitplan.web.api.mount import described

    return HttpResponse(json.dumps(described()), content_type=JSON)


def docs(asked: Asked) -> HttpResponse:
    """The same as a page to read."""
    from exitplan.web.api.mount import described

    return asked.page("api/docs.html", operations=_lines(described()))


def _lines(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"method": method.upper(), "path": path.removeprefix("/api/v1"), "needs": operation["x-needs"], **operation}
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
