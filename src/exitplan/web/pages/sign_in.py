"""Signing in, the second factor, ways back in, signing out, and the language."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from exitplan.domain.errors import InvalidValue
from exitplan.usecases import people
from exitplan.web.access import Asked
from exitplan.web.middleware import sentence
from exitplan.wording import LANGUAGES

SECOND_FACTOR = "second_factor"
"""Where a session remembers that the second factor was shown."""


def inside(address: str) -> str:
    """An address to go on to: only one of our own, whatever was asked."""
    return address if url_has_allowed_host_and_scheme(address, allowed_hosts=None) else "/"


def begin_session(asked: Asked, signed_in: people.SignedIn, *, shown: bool = False) -> None:
    """A new session under a new key for somebody who has proved who they are; nothing of the old one remains."""
    session = asked.request.session
    session.flush()
    session["account"], session["password"] = signed_in.account, signed_in.password_stamp
    session["seen"] = int(datetime.now(UTC).timestamp())
    if shown:
        session[SECOND_FACTOR] = True
    rotate_token(asked.request)


def sign_in(asked: Asked) -> HttpResponse:
    """Name and password; slower after each failure, and never saying which of the two was wrong."""
    request = asked.request
    if request.method != "POST":
        return redirect(inside(request.GET.get("next", "/"))) if asked.account else asked.page("sign_in.html")
    username, password = request.POST.get("username", "").strip(), request.POST.get("password", "")
    answer = people.sign_in(username, password, _address(asked), datetime.now(UTC))
    if isinstance(answer, people.Refused):
        return asked.page("sign_in.html", status=429 if answer.wait else 401, refused=answer, username=username)
    begin_session(asked, answer)
    return redirect(inside(request.GET.get("next", "/")))


def recovery(asked: Asked) -> HttpResponse:
    """A new password by a recovery code: the way back without e-mail."""
    request = asked.request
    if request.method != "POST":
        return asked.page("recovery.html")
    sent = {name: request.POST.get(name, "").strip() for name in ("username", "code")}
    try:
        answer = people.recover(
            sent["username"], sent["code"], request.POST.get("new", ""), _address(asked), datetime.now(UTC)
        )
    except InvalidValue as error:
        told = sentence(asked.w, error)
        return asked.page("recovery.html", status=422, username=sent["username"], told=told)
    if isinstance(answer, people.Refused):
        status = 429 if answer.wait else 401
        return asked.page("recovery.html", status=status, refused=answer, username=sent["username"])
    begin_session(asked, answer)
    asked.tell(asked.w("Your password has changed. Every other session has ended."))
    return redirect("/account/")


def sign_out(asked: Asked) -> HttpResponse:
    """End the session here and now."""
    asked.request.session.flush()
    return redirect("/sign-in/")


def second_factor(asked: Asked) -> HttpResponse:
    """Show the code of the authenticator, or set one up."""
    assert asked.account is not None
    request, account = asked.request, asked.account
    enrolment = people.enrolment(account, request.session)
    if request.method != "POST":
        return asked.page("second_factor.html", enrolment=enrolment)
    code = "".join(request.POST.get("code", "").split())
    passed = people.pass_second_factor(account, code, enrolment, datetime.now(UTC))
    if passed is None:
        return asked.page("second_factor.html", status=401, enrolment=enrolment, refused=True)
    request.session.cycle_key()
    request.session[SECOND_FACTOR] = True
    request.session.pop("enrolment", None)
    onward = inside(request.GET.get("next", "/"))
    if passed.recovery_codes:
        return asked.page("recovery_codes.html", codes=passed.recovery_codes, onward=onward)
    return redirect(onward)


def language(asked: Asked) -> HttpResponse:
    """Change the language, for good where one is signed in."""
    wanted = asked.request.POST.get("language", "en")
    if wanted in LANGUAGES:
        asked.request.session["language"] = wanted
        if asked.account is not None:
            people.set_language(asked.account, wanted)
    return redirect(inside(asked.request.POST.get("back", "/")))


def _address(asked: Asked) -> str:
    return str(asked.request.META.get("REMOTE_ADDR", ""))
