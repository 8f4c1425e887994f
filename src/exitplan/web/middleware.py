"""What happens around every request: who asks, what headers go out, and what becomes of an error."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from exitplan.domain.errors import ExitplanError, InputFaults, InvalidValue, NotFound, Unreadable
from exitplan.web.settings import CONTENT_SECURITY_POLICY
from exitplan.wording import LANGUAGES, Wording

Answerer = Callable[[HttpRequest], HttpResponse]

STATUS: tuple[tuple[type[ExitplanError], int], ...] = (
    (NotFound, 404),
    (InputFaults, 422),
    (InvalidValue, 422),
    (Unreadable, 422),
)
"""HTTP status of each family of errors; anything else of ours is a conflict with what somebody else did (409)."""


def words_of(request: HttpRequest) -> Wording:
    """The reader's language: that of their account, else the session's, else the browser's first that there is."""
    account = getattr(request, "account", None)
    wanted = account.language if account else request.session.get("language", "") if hasattr(request, "session") else ""
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

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse:
        if isinstance(error, ExitplanError):
            status = next((code for family, code in STATUS if isinstance(error, family)), 409)
            return problem(request, status, str(error), getattr(error, "findings", ()))
        from exitplan.usecases.crashes import write_down

        reference, _ = write_down(error)
        return problem(request, 500, reference=reference)

    with_faults.process_exception = process_exception  # type: ignore[attr-defined]
    return with_faults


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
    context = {"w": w, "status": status, "told": told, "findings": findings, "reference": reference, "request": request}
    return render(request, "problem.html", context, status=status)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from our own page, or from one that has grown old."""
    return problem(
        request, 403, words_of(request)("This form has grown old. Go back, reload the page and send it again.")
    )


def headers(answer: Answerer) -> Answerer:
    """Headers that keep other people's scripts out and pages of sensitive data out of caches."""

    def with_headers(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        response["Referrer-Policy"] = "same-origin"
        response["Cross-Origin-Opener-Policy"] = "same-origin"
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if not request.path.startswith("/static/"):
            response.setdefault("Cache-Control", "no-store, private")
        return response

    return with_headers


def person(answer: Answerer) -> Answerer:
    """Who asks: the account that signed in, or the one whose token came along (API alone)."""

    def with_person(request: HttpRequest) -> HttpResponse:
        from exitplan.usecases import people

        request.account = people.signed_in(request.session.get("account"), request.session.get("password"))  # type: ignore[attr-defined]
        return answer(request)

    return with_person


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Where somebody goes whom we do not know."""
    from urllib.parse import quote

    if wants_json(request):
        return problem(request, 401)
    return redirect(f"/sign-in/?next={quote(request.get_full_path())}")
