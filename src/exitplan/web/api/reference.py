"""Search, schemas, and the description of the API itself."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from django.http import HttpResponse
from ninja import Query

from exitplan.usecases import schemas as known
from exitplan.web.access import Asked
from exitplan.web.api.answers import JSON, listing, part, said
from exitplan.web.api.contents import bodies, holding, kinds_shown
from exitplan.web.api.fields import SchemaName
from exitplan.web.api.shapes import Hit, Hits, SchemaNames, Wanted


def search(asked: Asked, wanted: Query[Wanted]) -> HttpResponse:
    """Entries that you may see in which all words stand."""
    seen = asked.view
    kinds = [kind for kind in kinds_shown(seen) if wanted.kind in ("", kind)]
    found = [(kind, *place) for kind in kinds for place in holding(seen, kind, wanted.q)]
    items = tuple(
        Hit(kind=kind, code=code, title=str(bodies(seen, kind)[code].get("title", "")), field=field, excerpt=excerpt)
        for kind, code, field, excerpt in part(found, wanted)
    )
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

    return asked.page("api/docs.html", operations=_lines(described()), title=asked.w("Programming interface"))


def _lines(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"method": method.upper(), "path": path, **operation}
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
