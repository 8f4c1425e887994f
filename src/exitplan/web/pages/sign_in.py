"""Signing in, the second factor, signing out, and the language."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from exitplan.usecases import people
from exitplan.web.access import Asked
from exitplan.wording import LANGUAGES


def _onward(asked: Asked) -> str:
    """Where to go afterwards: only to ourselves, whatever the address says."""
    wanted = asked.request.GET.get("next", "/")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/"


def sign_in(asked: Asked) -> HttpResponse:
    """Name and password; slower after each failure, and never saying which of the two was wrong."""
    request = asked.request
    if request.method == "GET":
        return asked.page("sign_in.html")
    username, password = request.POST.get("username", ""), request.POST.get("password", "")
    answer = people.sign_in(username, password, request.META.get("REMOTE_ADDR", ""), datetime.now(UTC))
    if isinstance(answer, people.Refused):
        return asked.page("sign_in.html", status=403 if answer.wait else 401, refused=answer, username=username)
    request.session.flush()
    request.session["account"], request.session["password"] = answer.account, answer.password_stamp
    return redirect(_onward(asked))


def sign_out(asked: Asked) -> HttpResponse:
    """End the session here and now."""
    asked.request.session.flush()
    return redirect("/sign-in/")


def second_factor(asked: Asked) -> HttpResponse:
    """Show the code of the authenticator, or set one up."""
    assert asked.account is not None
    request, account = asked.request, asked.account
    enrolment = people.enrolment(account, request.session)
    if request.method == "GET":
        return asked.page("second_factor.html", enrolment=enrolment)
    passed = people.pass_second_factor(account, request.POST.get("code", ""), enrolment, datetime.now(UTC))
    if passed is None:
        return asked.page("second_factor.html", status=401, enrolment=enrolment, refused=True)
    request.session["second_factor"] = True
    if passed.recovery_codes:
        return asked.page("recovery_codes.html", codes=passed.recovery_codes, onward=_onward(asked))
    return redirect(_onward(asked))


def language(asked: Asked) -> HttpResponse:
    """Change the language, for good where one is signed in."""
    wanted = asked.request.POST.get("language", "en")
    if wanted in LANGUAGES:
        asked.request.session["language"] = wanted
        if asked.account is not None:
            people.set_language(asked.account, wanted)
    back = asked.request.POST.get("back", "/")
    return redirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "/")
