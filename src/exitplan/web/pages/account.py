"""One's own account: password, second factor, recovery codes, keys of the API."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import redirect

from exitplan.domain.errors import InvalidValue
from exitplan.usecases import people
from exitplan.web.access import Asked
from exitplan.web.middleware import sentence
from exitplan.web.pages.sign_in import SECOND_FACTOR, begin_session

KEY_DAYS = (7, 30, 90, 365)
"""How long a key of the API may last, in days."""


def account(asked: Asked) -> HttpResponse:
    """What one may change about oneself."""
    return _page(asked)


def password(asked: Asked) -> HttpResponse:
    """Change one's password; every other session ends."""
    assert asked.account is not None
    sent = asked.request.POST
    try:
        answer = people.change_password(asked.account, sent.get("old", ""), sent.get("new", ""), datetime.now(UTC))
    except InvalidValue as error:
        return _page(asked, status=422, told=sentence(asked.w, error))
    begin_session(asked, answer, shown=bool(asked.request.session.get(SECOND_FACTOR)))
    asked.tell(asked.w("Your password has changed. Every other session has ended."))
    return redirect("/account/")


def recovery_codes(asked: Asked) -> HttpResponse:
    """Fresh recovery codes, shown this once; only for somebody who has just given their password again."""
    assert asked.account is not None
    given = asked.request.POST.get("password", "")
    if not people.password_is(asked.account, given, datetime.now(UTC)):
        return _page(asked, status=422, told=asked.w("That is not your password."))
    return asked.page("recovery_codes.html", codes=people.new_recovery_codes(asked.account), onward="/account/")


def new_key(asked: Asked) -> HttpResponse:
    """A key for the API, shown this once."""
    assert asked.account is not None
    sent, now = asked.request.POST, datetime.now(UTC)
    days = int(sent["days"]) if sent.get("days", "").isdigit() and len(sent["days"]) < 5 else 30
    scope = "write" if sent.get("scope") == "write" else "read"
    mission = sent.get("mission", "") or None
    key = people.new_key(
        asked.account, mission, name=sent.get("name", "")[:100], scope=scope, expires=now + timedelta(days=days), at=now
    )
    return _page(asked, key=key)


def end_key(asked: Asked) -> HttpResponse:
    """End one of one's own keys here and now."""
    assert asked.account is not None
    people.revoke_key(asked.account, asked.path["number"])
    return redirect("/account/")


def _page(asked: Asked, status: int = 200, **context: object) -> HttpResponse:
    assert asked.account is not None
    return asked.page(
        "account.html",
        status=status,
        keys=people.keys(asked.account),
        missions=people.missions_of(asked.account),
        key_days=KEY_DAYS,
        has_factor=bool(asked.account.totp_secret),
        **context,
    )
