"""The table of operations as addresses of Django, and as an OpenAPI document."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from exitplan.web.api.faults import answer_to
from exitplan.web.api.fields import Mission
from exitplan.web.api.gate import Gate, Operation
from exitplan.web.api.operations import OPERATIONS
from exitplan.web.api.parsing import SafeParser, storable
from exitplan.web.api.shapes import Problem, Rows
from exitplan.web.middleware import problem

VERSION = "1"
ROOT = "api/v1"
EVERYWHERE = (400, 401, 403, 422)
"""Statuses with which any operation may refuse."""

ABOUT = """Plan, monitor and decide the exit of a peacekeeping mission.

Every answer holds what your account may see, and nothing else. Chances inform a decision; they do not recommend leaving.

Send a key as `Authorization: Bearer exp_…`. Everything that can go wrong comes back as one shape, `Problem`."""


def api() -> NinjaAPI:
    """The API with every operation behind its gate."""
    made = NinjaAPI(
        title="Exitplan",
        version=VERSION,
        description=ABOUT,
        docs_url=None,
        openapi_url=None,
        urls_namespace="api",
        parser=SafeParser(),
    )
    for family in (Exception, Http404, HttpError, ValidationError):
        made.add_exception_handler(family, answer_to)
    for operation in OPERATIONS:
        _add(made, operation)
    return made


@lru_cache(maxsize=1)
def _made() -> NinjaAPI:
    return api()


def urls() -> list[URLPattern]:
    """Addresses of every operation, below the root of the site."""
    named = [made for made in _made().urls[0] if isinstance(made, URLPattern) and made.name != "api-root"]
    return [
        path(f"{ROOT}/{str(made.pattern).lstrip('/')}", _shaped(made.callback), name=f"api:{made.name}")
        for made in named
        if made.callback is not None
    ]


@lru_cache(maxsize=1)
def described() -> dict[str, Any]:
    """The OpenAPI document."""
    document: dict[str, Any] = dict(_made().get_openapi_schema(path_prefix=f"{ROOT}/"))
    schemas, parts = document["components"]["schemas"], (Rows,)
    for model in parts:
        schemas[model.__name__] = model.model_json_schema(ref_template="#/components/schemas/{model}")
    document["components"]["securitySchemes"] = {
        "key": {"type": "http", "scheme": "bearer", "description": "A key that you made on your own page."},
        "session": {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": "Whoever is signed in."},
    }
    document["security"] = [{"key": []}, {"session": []}]
    return document


def _add(made: NinjaAPI, operation: Operation) -> None:
    statuses = {*EVERYWHERE, *operation.refuses, *((404,) if "{" in operation.path else ())}
    gives = operation.gives if isinstance(operation.gives, type) else None
    response: dict[Any, Any] = {operation.status: gives}
    response |= {status: gives if status < 300 else None if status < 400 else Problem for status in sorted(statuses)}
    made.default_router.add_api_operation(
        operation.path,
        [operation.method],
        _view(operation),
        auth=Gate(operation),
        response=response,
        operation_id=operation.name,
        summary=operation.words,
        description=inspect.getdoc(operation.answer),
        url_name=operation.name,
        by_alias=True,
        openapi_extra=_told(operation),
    )


def _view(operation: Operation) -> Callable[..., HttpResponse]:
    """The operation as ninja wants it: `request` first, the mission among its parameters."""
    own = list(inspect.signature(operation.answer, eval_str=True).parameters.values())[1:]
    named = inspect.Parameter
    first = [named("request", named.POSITIONAL_OR_KEYWORD, annotation=HttpRequest)]
    if operation.in_mission:
        first.append(named("mission", named.POSITIONAL_OR_KEYWORD, annotation=Mission))

    def view(request: HttpRequest, **values: Any) -> HttpResponse:
        values.pop("mission", None)
        return operation.answer(request.auth, **values)  # type: ignore[attr-defined]

    view.__signature__ = inspect.Signature([*first, *(p.replace(kind=named.KEYWORD_ONLY) for p in own)])  # type: ignore[attr-defined]
    return view


def _told(operation: Operation) -> dict[str, Any]:
    """What the OpenAPI document says of an operation beside what its parameters say."""
    told: dict[str, Any] = {"x-needs": operation.needs, **operation.told}
    if not isinstance(operation.gives, type):
        kinds = (operation.gives,) if isinstance(operation.gives, str) else operation.gives
        told["responses"] = {
            operation.status: {
                "description": HTTPStatus(operation.status).phrase,
                "content": {kind: {} for kind in kinds},
            }
        }
    return told


def _shaped(answer: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The one shape also for what no operation answers: another method, or an address that no database takes."""

    def shaped(request: HttpRequest, **where: Any) -> HttpResponse:
        texts = [*where.values(), *request.GET, *(v for values in request.GET.lists() for v in values[1])]
        if not all(storable(text) for text in texts if isinstance(text, str)):
            return problem(request, 400)
        response = answer(request, **where)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            allowed = response["Allow"]
            response = problem(request, 405)
            response["Allow"] = allowed
        return response

    shaped.csrf_exempt = True  # type: ignore[attr-defined]  # the gate asks, for sessions alone
    return shaped
