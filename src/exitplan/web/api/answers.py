"""How an operation answers: JSON, a file, or a page of a list with the address of the next."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import HttpResponse
from pydantic import BaseModel

from exitplan.web.access import Asked
from exitplan.web.api.gate import Refused
from exitplan.web.api.shapes import Paging

T = TypeVar("T")
JSON = "application/json"
TAG = re.compile(r'^(?:W/)?"([1-9]\d{0,14})(?:\.[0-9a-f]+)?"$')


def said(value: BaseModel | Mapping[str, Any], status: int = 200, **headers: str) -> HttpResponse:
    """A value as JSON; underscores of header names become dashes."""
    content = value.model_dump_json(by_alias=True) if isinstance(value, BaseModel) else json.dumps(value)
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return HttpResponse(content, content_type=JSON, status=status, headers={"Vary": "Authorization, Cookie", **named})


def file(content: bytes, name: str, media: str) -> HttpResponse:
    """A file to be kept, never shown by a browser as a page of ours."""
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", name)
    return HttpResponse(content, content_type=media, headers={"Content-Disposition": f'attachment; filename="{plain}"'})


def tag(version: int, body: Mapping[str, Any]) -> str:
    """The ETag of an entry as one reader sees it: its version, and a digest of what they see."""
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:12]
    return f'"{version}.{digest}"'


def version_wanted(asked: Asked) -> int:
    """The version that `If-Match` names. Raises Refused where it is missing or none of ours."""
    sent = asked.request.headers.get("If-Match")
    if sent is None:
        raise Refused(
            428, asked.w("Send If-Match with the ETag that you read, so that nobody's change is overwritten.")
        )
    found = TAG.match(sent.strip())
    if found is None:
        raise Refused(400, asked.w("If-Match holds no ETag of ours."))
    return int(found[1])


def part(items: Sequence[T], paging: Paging) -> Sequence[T]:
    """The page of a list that is held whole."""
    return items[paging.offset : paging.offset + paging.limit]


def listing(asked: Asked, paging: Paging, total: int) -> dict[str, Any]:
    """The fields that every page of a list has."""
    after = paging.offset + paging.limit
    return {
        "total": total,
        "limit": paging.limit,
        "offset": paging.offset,
        "next": following(asked, limit=paging.limit, offset=after) if after < total else None,
    }


def following(asked: Asked, **changes: int) -> str:
    """The address of another page of the same list."""
    query = {key: value for key, value in asked.request.GET.items() if key not in changes}
    return f"{asked.request.path}?{urlencode({**query, **changes})}"
