"""Style, script and icon files: read once, kept compressed in memory, cached by browsers for as long as they stay the same.

Nothing but these files can be had under `/static/`: an address is looked up in a table, never on the disk.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseNotModified

PREFIX = "/static/"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    """One file as it is sent."""

    plain: bytes
    packed: bytes
    type: str
    digest: str


@lru_cache(maxsize=1)
def assets() -> dict[str, Asset]:
    """Every file there is, by name."""
    own = sorted((Path(__file__).parent / "static").iterdir())
    found = {path.name: _asset(path.name, path.read_bytes()) for path in own if path.suffix in TYPES}
    htmx = files("django_htmx") / "static" / "django_htmx" / "htmx-2.min.js"
    found["htmx.js"] = _asset("htmx.js", htmx.read_bytes())
    return found


def address(name: str) -> str:
    """Where a page finds a file: the digest in it changes with the content, so it may be kept forever."""
    return f"{PREFIX}{name}?{assets()[name].digest}"


def served(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answers for files before anybody asks who is there."""

    def with_assets(request: HttpRequest) -> HttpResponse:
        return _file(request) if request.path.startswith(PREFIX) else answer(request)

    return with_assets


def _file(request: HttpRequest) -> HttpResponse:
    asset = assets().get(request.path.removeprefix(PREFIX))
    if asset is None:
        return HttpResponseNotFound(content_type="text/plain")
    tag = f'"{asset.digest}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(asset.packed if packed else asset.plain, content_type=asset.type)
    if packed:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    response["ETag"] = tag
    response["Cache-Control"] = FOREVER if request.META.get("QUERY_STRING") == asset.digest else "no-cache"
    return response


def _asset(name: str, content: bytes) -> Asset:
    digest = hashlib.sha256(content).hexdigest()[:16]
    return Asset(content, gzip.compress(content, 9, mtime=0), TYPES[Path(name).suffix], digest)
