"""Everything that can go wrong, in the one shape that pages and API share."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from ninja.errors import HttpError, ValidationError

from exitplan.domain.findings import Finding, Wanted
from exitplan.usecases.writing import Stale
from exitplan.web.api.gate import Refused
from exitplan.web.middleware import problem, told

SECTIONS = frozenset({"body", "query", "path", "form", "file", "header", "cookie"})


def answer_to(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """The answer to an error of any kind."""
    match error:
        case Refused(status=status, told=sentence):
            response = problem(request, status, sentence)
            if status == 401:
                response["WWW-Authenticate"] = 'Bearer realm="exitplan"'
            return response
        case ValidationError(errors=errors):
            return problem(request, 422, findings=tuple(_finding(e) for e in errors))
        case HttpError(__cause__=Refused() as cause):
            return answer_to(request, cause)
        case RequestDataTooBig():
            return problem(request, 413)
        case SuspiciousOperation() | MultiPartParserError() | UnreadablePostError():
            return problem(request, 400)
        case HttpError(status_code=status):
            return problem(request, status)
        case Http404():
            return problem(request, 404)
        case Stale():
            return _collision(request, error)
    assert isinstance(error, Exception)
    return told(request, error)


def _collision(request: HttpRequest, stale: Any) -> HttpResponse:
    """Somebody was faster: both versions field by field, so that nothing typed is lost."""
    body = json.loads(told(request, stale).content)
    yours, theirs = stale.yours or {}, stale.theirs or {}
    fields = [name for name in {**theirs, **yours} if yours.get(name) != theirs.get(name)]
    body |= {
        "status": 412,
        "difference": [{"field": f, "yours": yours.get(f), "theirs": theirs.get(f)} for f in fields],
        "version": stale.theirs_version,
    }
    return HttpResponse(json.dumps(body, default=str), content_type="application/json", status=412)


def _finding(error: dict[str, Any]) -> Finding:
    """A fault of the request itself, as pydantic tells it, in the shape of every finding."""
    steps = [str(step) for step in error["loc"]]
    path = steps[1:] if steps and steps[0] in SECTIONS else steps
    return Finding(
        code="invalid-value" if error["type"] != "missing" else "missing-field",
        field=".".join(path[1:] or path)[:200],
        wanted=Wanted(error["msg"]),
    )
