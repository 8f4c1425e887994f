"""Reading JSON that anybody may have written: whatever a database, a polars frame or a later reader would trip over is refused."""

from __future__ import annotations

import json
from typing import Any, cast

from django.http import HttpRequest
from ninja.parser import Parser

from exitplan.web.api.gate import Refused

DEPTH = 40
"""Levels that a body may be nested; the deepest condition people wrote has six."""

WHOLE_NUMBERS = 2**63
"""Whole numbers beyond this fit no database."""


class SafeParser(Parser):
    """Strict JSON of a limited depth, numbers finite, texts without signs that cannot be stored."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The body of a request. Raises Refused."""
        return cast(dict[str, Any], json_of(request.body))


def json_of(content: bytes) -> Any:
    """The value of a JSON text. Raises Refused."""
    try:
        value = json.loads(content, parse_constant=_no_number, parse_float=_finite, parse_int=_whole)
    except (ValueError, RecursionError):
        raise Refused(400) from None
    _require_storable(value)
    return value


def storable(text: str) -> bool:
    """Whether every database takes a text: no NUL, no half of a surrogate pair."""
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


def _no_number(text: str) -> float:
    raise ValueError(text)


def _finite(text: str) -> float:
    number = float(text)
    if abs(number) == float("inf"):
        raise ValueError(text)
    return number


def _whole(text: str) -> int:
    number = int(text)
    if abs(number) >= WHOLE_NUMBERS:
        raise ValueError(text)
    return number


def _require_storable(value: Any) -> None:
    level, depth = [value], 0
    while level:
        below: list[Any] = []
        for item in level:
            if isinstance(item, str) and not storable(item):
                raise Refused(400)
            if isinstance(item, dict):
                below += [*item.keys(), *item.values()]
            elif isinstance(item, list):
                below += item
        level, depth = below, depth + 1
        if depth > DEPTH:
            raise Refused(400)
