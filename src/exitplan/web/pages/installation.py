"""Pages of the installation as a whole: missions one has a part in, health, and addresses that lead nowhere."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse, JsonResponse

from exitplan.usecases import people
from exitplan.web.access import Asked
from exitplan.web.middleware import problem, told


def health(asked: Asked) -> HttpResponse:
    """Whether the application and its database answer."""
    answers = people.database_answers()
    return JsonResponse({"status": "ok" if answers else "database"}, status=200 if answers else 503)


def portfolio(asked: Asked) -> HttpResponse:
    """The missions one has a part in."""
    assert asked.account is not None
    return asked.page("portfolio.html", missions=people.missions_of(asked.account))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """An address that leads nowhere."""
    return problem(request, 404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that cannot be understood."""
    return problem(request, 400)


def broken(request: HttpRequest) -> HttpResponse:
    """An error outside every page, such as a database that is gone before anybody could be recognised."""
    error = sys.exception() or RuntimeError("no error at hand")
    return told(request, error)
