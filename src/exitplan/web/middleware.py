"""What happens around every request: who asks, what headers go out, and what becomes of an error."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from exitplan.domain.errors import (
    ExitplanError,
    InputFaults,
    InvalidValue,
    NotAllowed,
    NotFound,
    Unavailable,
    Unreadable,
)
from exitplan.web.settings import CONTENT_SECURITY_POLICY, IDLE_MINUTES
from exitplan.wording import LANGUAGES, Wording

Answerer = Callable[[HttpRequest], HttpResponse]

STATUS: tuple[tuple[type[ExitplanError], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (InputFaults, 422),
    (InvalidValue, 422),
    (Unreadable, 422),
    (Unavailable, 503),
)
"""HTTP status of each family of errors; anything else of ours is a conflict with what somebody else did (409)."""

SEEN_EVERY = 300
"""Seconds between two notes that a session is alive: reading a page does not write to the database each time."""


def words_of(request: HttpRequest) -> Wording:
    """The reader's language: that of their account, else the session's, else the browser's first that there is."""
    account = getattr(request, "account", None)
    wanted = account.language if account else ""
    if wanted not in LANGUAGES and hasattr(request, "session"):
        try:
            wanted = request.session.get("language", "")
        except DatabaseError:
            wanted = ""
    if wanted not in LANGUAGES:
        accepted = [part.split(";")[0].strip()[:2] for part in request.headers.get("Accept-Language", "").split(",")]
        wanted = next((lang for lang in accepted if lang in LANGUAGES), "en")
    return Wording(wanted)


def wants_json(request: HttpRequest) -> bool:
    """Whether the answer goes to a program."""
    return request.path.startswith("/api/")


def faults(answer: Answerer) -> Answerer:
    """Errors of the family become a clear page; anything else is our bug and becomes a reference number."""

    def with_faults(request: HttpRequest) -> HttpResponse:
        return answer(request)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        from django.core.exceptions import SuspiciousOperation
        from django.http import Http404

        if isinstance(error, Http404 | SuspiciousOperation):
            return None  # Django answers these with our own pages
        return told(request, error)

    with_faults.process_exception = process_exception  # type: ignore[attr-defined]
    return with_faults


def told(request: HttpRequest, error: BaseException) -> HttpResponse:
    """What a reader is told of an error."""
    if isinstance(error, ExitplanError):
        status = next((code for family, code in STATUS if isinstance(error, family)), 409)
        return problem(request, status, sentence(words_of(request), error), getattr(error, "findings", ()))
    from exitplan.usecases.crashes import write_down

    reference, _ = write_down(error)
    return problem(request, 503 if isinstance(error, DatabaseError) else 500, reference=reference)


def sentence(w: Wording, error: ExitplanError) -> str:
    """An error of the family in the reader's language."""
    match error:
        case NotFound(kind=kind, code=code):
            return w("There is no {kind} “{code}”.", kind=w.code("kind", kind), code=code)
        case InvalidValue(field=field, value=value, wanted=wanted):
            said = {"field": w.capital(w.code("field", field)), "wanted": w.wanted(wanted)}
            if value in ("", None):
                return w("{field}: nothing given; wanted: {wanted}", **said)
            return w("{field}: “{value}” given; wanted: {wanted}", value=value, **said)
        case Unreadable(place=place, why=why):
            return f"{place}: {w.wanted(why)}"
        case Unavailable(why=why):
            return w("{why}; nothing was written.", why=w.wanted(why))
        case NotAllowed():
            return w("Your role in this mission does not allow this.")
        case InputFaults(findings=findings):
            return w.count(
                "There is {n} fault to be mended first.", "There are {n} faults to be mended first.", len(findings)
            )
    return w(
        "Somebody changed this in the meantime. Nothing was overwritten: load it again and look at the difference."
    )


def problem(
    request: HttpRequest, status: int, told: str = "", findings: tuple[object, ...] = (), reference: str = ""
) -> HttpResponse:
    """One page, and one JSON shape, for everything that can go wrong."""
    w = words_of(request)
    if wants_json(request):
        told_findings = [f.model_dump(mode="json") for f in findings if hasattr(f, "model_dump")]
        body = {
            "status": status,
            "error": told or w.code("problem", str(status)),
            "findings": told_findings,
            "reference": reference,
        }
        return JsonResponse(body, status=status)
    context = {
        "w": w,
        "status": status,
        "told": told,
        "findings": findings,
        "reference": reference,
        "lang": w.lang,
        "dir": "ltr",
        "languages": (),
    }
    return render(request, "problem.html", context, status=status)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from our own page, or from one that has grown old."""
    return problem(
        request, 403, words_of(request)("This form has grown old. Go back, reload the page and send it again.")
    )


def headers(answer: Answerer) -> Answerer:
    """Headers that keep other people's scripts out and pages of sensitive data out of caches; a number for each request."""

    def with_headers(request: HttpRequest) -> HttpResponse:
        request.number = secrets.token_hex(8)  # type: ignore[attr-defined]
        response = answer(request)
        response["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        response["Referrer-Policy"] = "same-origin"
        response["Cross-Origin-Opener-Policy"] = "same-origin"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        response["X-Content-Type-Options"] = "nosniff"
        response["X-Request-ID"] = request.number  # type: ignore[attr-defined]
        if request.is_secure():
            response["Strict-Transport-Security"] = "max-age=31536000"
        if not response.streaming and not response.has_header("Content-Length"):
            response["Content-Length"] = str(len(response.content))
        if not request.path.startswith("/static/"):
            response.setdefault("Cache-Control", "no-store, private")
        return response

    return with_headers


def person(answer: Answerer) -> Answerer:
    """Who asks: the account that signed in, for as long as the session is not left alone."""

    def with_person(request: HttpRequest) -> HttpResponse:
        from exitplan.usecases import people

        session = request.session
        request.account = None  # type: ignore[attr-defined]
        if "account" in session:
            now = int(datetime.now(UTC).timestamp())
            idle = now - int(session.get("seen", 0))
            if idle > IDLE_MINUTES * 60:
                session.flush()
            else:
                request.account = people.signed_in(session["account"], session.get("password"))  # type: ignore[attr-defined]
                if idle > SEEN_EVERY:
                    session["seen"] = now
        return answer(request)

    return with_person


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Where somebody goes whom we do not know."""
    from urllib.parse import quote

    if wants_json(request):
        return problem(request, 401)
    return redirect(f"/sign-in/?next={quote(request.get_full_path())}")
