"""People: accounts, their roles in missions, and the slowing down of those who guess passwords."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from exitplan.domain.errors import InvalidValue, NotFound
from exitplan.domain.findings import Wanted
from exitplan.domain.roles import ROLES, Reader, Role
from exitplan.store.chain import Act, append
from exitplan.store.entries import writing
from exitplan.store.models import Account, LoginAttempt, Membership, Mission, Token

PASSWORD_LENGTH = 12
"""Least length of a password; a long sentence beats odd characters (NIST SP 800-63B)."""

FREE_ATTEMPTS = 5
"""Failed attempts in `ATTEMPT_WINDOW` before the next one has to wait."""

ATTEMPT_WINDOW = timedelta(minutes=15)


@dataclass(frozen=True)
class Member:
    """One person's part in one mission."""

    username: str
    display_name: str
    office: str
    role: str
    partner: str
    prepares_for: str = ""


@dataclass(frozen=True)
class Key:
    """A key for the API as its owner sees it in a list; the key itself was shown once."""

    id: int
    name: str
    mission: str
    scope: str
    created: datetime
    expires: datetime
    last_used: datetime | None


def add_account(
    username: str,
    password: str,
    *,
    display_name: str = "",
    office: str = "",
    language: str = "en",
    operator: bool = False,
) -> Account:
    """A new account. Raises InvalidValue when the name is taken or the password too short."""
    if Account.objects.filter(username=username).exists():
        raise InvalidValue("username", username, "a name nobody has yet")
    check_password_strength(username, password)
    account = Account(
        username=username, display_name=display_name, office=office, language=language, is_operator=operator
    )
    account.set_password(password)
    account.save()
    return account


def check_password_strength(username: str, password: str) -> None:
    """Raise InvalidValue for a password that is short, or holds the name. Never repeats the password."""
    if len(password) < PASSWORD_LENGTH or username.lower() in password.lower():
        raise InvalidValue(
            "password",
            "(not shown)",
            Wanted("{least} characters or more that do not hold the name", least=PASSWORD_LENGTH),
        )


def set_role(username: str, mission: str, role: Role | None, *, partner: str = "") -> None:
    """Give a person a role in a mission, change it, or take it away (None). Raises NotFound, InvalidValue."""
    account = Account.objects.filter(username=username).first()
    held = Mission.objects.filter(code=mission).first()
    if account is None:
        raise NotFound("account", username)
    if held is None:
        raise NotFound("mission", mission)
    if role is None:
        Membership.objects.filter(account=account, mission=held).delete()
        return
    if role not in ROLES:
        raise InvalidValue("role", role, Wanted("one of {codes}", codes=", ".join(ROLES)))
    if role == "partner" and not partner:
        raise InvalidValue("partner", partner, "the code of the partner this person speaks for")
    Membership.objects.update_or_create(account=account, mission=held, defaults={"role": role, "partner": partner})


def reader_of(account: Account, mission: str) -> Reader | None:
    """Who a person is in a mission; None when they have no part in it."""
    member = Membership.objects.filter(account=account, mission__code=mission).first()
    if member is None or not account.is_active or member.role not in ROLES:
        return None
    role: Role = member.role
    return Reader(role=role, partner=member.partner or None, name=account.username)


def give_role(
    username: str, mission: str, role: Role | None, *, partner: str = "", who: str, why: str, at: datetime
) -> None:
    """
    Give, change or take away a role, with a revision of the mission that says so.

    Raises NotFound, and InvalidValue where the mission would be left without an owner.
    """
    with writing(mission) as held:
        before = Membership.objects.filter(account__username=username, mission=held).first()
        set_role(username, mission, role, partner=partner)
        owners = Membership.objects.filter(mission=held, role="owner", account__is_active=True)
        if before is not None and before.role == "owner" and not owners.exists():
            raise InvalidValue("role", role or "none", "a mission that keeps an owner")
        after = None if role is None else {"role": role, "partner": partner}
        append(held, [Act("role", "membership", username[:60], 1, after)], who=who, why=why, at=at)


def add_member(
    username: str,
    password: str,
    mission: str,
    role: Role,
    *,
    partner: str,
    who: str,
    why: str,
    at: datetime,
    **given: Any,
) -> Account:
    """
    A new account and its role in a mission, or neither; `given` as `add_account` takes it.

    Raises NotFound, InvalidValue.
    """
    with writing(mission):
        account = add_account(username, password, **given)
        give_role(username, mission, role, partner=partner, who=who, why=why, at=at)
    return account


def delegate(username: str, mission: str, office: str, *, who: str, why: str, at: datetime) -> None:
    """
    Let a member prepare decisions on behalf of an office, or no longer (empty); on record. Raises NotFound.
    """
    with writing(mission) as held:
        changed = Membership.objects.filter(account__username=username, mission=held).update(prepares_for=office)
        if not changed:
            raise NotFound("member", username)
        act = Act("delegate", "membership", username[:60], 1, {"prepares_for": office})
        append(held, [act], who=who, why=why, at=at)


def prepares_for(username: str, mission: str) -> str:
    """The office on whose behalf a member may prepare decisions; empty where there is none."""
    found = Membership.objects.filter(account__username=username, mission__code=mission)
    return found.values_list("prepares_for", flat=True).first() or ""


def missions_of(account: Account) -> tuple[tuple[str, str, str], ...]:
    """Code, title and role of every mission a person has a part in, by code."""
    rows = Membership.objects.filter(account=account).order_by("mission__code")
    return tuple(rows.values_list("mission__code", "mission__title", "role"))


def holds_role(account: Account, roles: Collection[Role]) -> bool:
    """Whether a person holds one of some roles in any mission."""
    return Membership.objects.filter(account=account, role__in=roles).exists()


def members(mission: str) -> tuple[Member, ...]:
    """Everybody with a part in a mission, by name."""
    rows = Membership.objects.filter(mission__code=mission).select_related("account").order_by("account__username")
    return tuple(
        Member(m.account.username, m.account.display_name, m.account.office, m.role, m.partner, m.prepares_for)
        for m in rows
    )


def note_failure(username: str, address: str, at: datetime) -> None:
    """Remember a failed attempt; old ones are forgotten."""
    LoginAttempt.objects.filter(at__lt=at - timedelta(days=1)).delete()
    LoginAttempt.objects.create(username=username[:150], address=address[:64], at=at)


def seconds_to_wait(username: str, address: str, at: datetime) -> int:
    """Seconds until the next attempt is heard: none for the first few, then doubling up to the window's length."""
    since = at - ATTEMPT_WINDOW
    by_name = LoginAttempt.objects.filter(username=username[:150], at__gte=since)
    by_address = LoginAttempt.objects.filter(address=address[:64], at__gte=since)
    failures = max(by_name.count(), by_address.count() // 4)
    if failures < FREE_ATTEMPTS:
        return 0
    last = by_name.order_by("-at").values_list("at", flat=True).first() or at
    delay = min(2 ** (failures - FREE_ATTEMPTS + 1), int(ATTEMPT_WINDOW.total_seconds()))
    return max(0, int((last + timedelta(seconds=delay) - at).total_seconds()))


def forget_failures(username: str) -> None:
    """After a good sign-in nothing has to wait."""
    LoginAttempt.objects.filter(username=username[:150]).delete()


def new_token(username: str, mission: str | None, *, name: str, scope: str, expires: datetime) -> str:
    """A key for the API, shown once and stored as a digest. Raises NotFound, InvalidValue."""
    account = Account.objects.filter(username=username).first()
    if account is None:
        raise NotFound("account", username)
    if scope not in ("read", "write"):
        raise InvalidValue("scope", scope, "read or write")
    held = None
    if mission is not None and (held := Mission.objects.filter(code=mission).first()) is None:
        raise NotFound("mission", mission)
    key = f"exp_{secrets.token_urlsafe(32)}"
    Token.objects.create(
        account=account, mission=held, name=name[:100], digest=_token_digest(key), scope=scope, expires=expires
    )
    return key


def token_of(key: str, at: datetime) -> Token | None:
    """The token a key belongs to, while it lasts and its account is active; notes that it was used."""
    token = Token.objects.select_related("account", "mission").filter(digest=_token_digest(key)).first()
    if token is None or token.expires <= at or not token.account.is_active:
        return None
    if token.last_used is None or at - token.last_used > timedelta(minutes=1):
        Token.objects.filter(pk=token.pk).update(last_used=at)
    return token


def keys(account: Account) -> tuple[Key, ...]:
    """The API keys of a person, newest first."""
    rows = Token.objects.filter(account=account).select_related("mission").order_by("-id")
    return tuple(
        Key(t.pk, t.name, t.mission.code if t.mission else "", t.scope, t.created, t.expires, t.last_used) for t in rows
    )


def revoke_key(account: Account, key: int) -> None:
    """End an API key here and now. Raises NotFound."""
    deleted, _ = Token.objects.filter(account=account, pk=key).delete()
    if not deleted:
        raise NotFound("key", str(key))


def _token_digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
