"""Who signs in, what proves it, and who has which part in which mission."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from exitplan.domain.errors import InvalidValue, NotAllowed
from exitplan.domain.findings import Wanted
from exitplan.domain.roles import ROLES, STAFF, Action, Reader, Role, may
from exitplan.usecases import totp

if TYPE_CHECKING:
    from exitplan.store.accounts import Key, Member
    from exitplan.store.models import Account

TWO_FACTORS: frozenset[Role] = frozenset({"owner", "approver"})
"""Roles whose holders show a second factor before anything is answered."""

MACHINE = "installation"
"""Name on record for what is done at the machine itself, by whoever can open the database anyway."""

KEY_LASTS_AT_MOST = timedelta(days=366)
"""Longest life of an API key."""


@dataclass(frozen=True)
class SignedIn:
    """Somebody who gave the right name and password; both fields go into the session."""

    account: int
    password_stamp: str


@dataclass(frozen=True)
class Refused:
    """A wrong name or password. `wait` is the number of seconds until the next attempt is heard."""

    wait: int


@dataclass(frozen=True)
class Enrolment:
    """A second factor about to be set up: the secret, and the same as an address for the authenticator."""

    secret: str
    address: str


@dataclass(frozen=True)
class Passed:
    """A second factor that was shown. Recovery codes come along once, when it has just been set up."""

    recovery_codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Keyed:
    """Who a key of the API belongs to, and what it opens: one mission or, where empty, every one of its owner."""

    account: Account
    mission: str
    scope: str


def require(reader: Reader, action: Action, kind: str | None = None) -> None:
    """Raise NotAllowed, with the reason, unless the rule table lets the reader do this."""
    permission = may(reader, action, kind)
    if not permission:
        raise NotAllowed(action, permission.reason)


def database_answers() -> bool:
    """Whether the database can be reached."""
    from exitplan.store.config import answers

    return answers()


# Signing in


def sign_in(username: str, password: str, address: str, at: datetime) -> SignedIn | Refused:
    """
    Check a name and a password.

    Slower after each failure, and never saying which of the two was wrong; an attempt that comes too early is not looked at.
    """
    from exitplan.store import accounts, factors

    wait = accounts.seconds_to_wait(username, address, at)
    if wait:
        return Refused(wait)
    found = factors.with_password(username, password)
    if found is None:
        accounts.note_failure(username, address, at)
        return Refused(accounts.seconds_to_wait(username, address, at))
    accounts.forget_failures(username)
    return SignedIn(found.pk, factors.password_stamp(found))


def signed_in(account: int | None, password_stamp: str | None) -> Account | None:
    """Whose session it is; None where it is nobody's, or the password has changed since."""
    from exitplan.store import factors

    found = factors.account(account) if account is not None else None
    return found if found is not None and factors.password_stamp(found) == password_stamp else None


def change_password(account: Account, old: str, new: str, at: datetime) -> SignedIn:
    """
    Change one's own password; every session but the one that takes the answer ends.

    Raises
    ------
    InvalidValue
        When the old one is wrong (after a while also when it is right: guessing gets slower), or the new one too weak.
    """
    from exitplan.store import accounts, factors

    name = f"password of {account.username}"
    if accounts.seconds_to_wait(name, name, at) or factors.with_password(account.username, old) is None:
        accounts.note_failure(name, name, at)
        raise InvalidValue("password", "(not shown)", "the password of now")
    accounts.forget_failures(name)
    factors.change_password(account, new)
    return SignedIn(account.pk, factors.password_stamp(account))


def recover(username: str, recovery_code: str, password: str, address: str, at: datetime) -> SignedIn | Refused:
    """
    Set a new password by a recovery code: the way back without e-mail. Slowed down as `sign_in` is.

    Raises
    ------
    InvalidValue
        When the new password is too weak; the code is then not used up.
    """
    from exitplan.domain.errors import NotFound
    from exitplan.store import accounts, factors

    wait = accounts.seconds_to_wait(username, address, at)
    if wait:
        return Refused(wait)
    accounts.check_password_strength(username, password)
    try:
        found = factors.named(username)
    except NotFound:
        found = None
    if found is None or not found.is_active or not factors.use_recovery_code(found, recovery_code):
        accounts.note_failure(username, address, at)
        return Refused(accounts.seconds_to_wait(username, address, at))
    accounts.forget_failures(username)
    factors.change_password(found, password)
    return SignedIn(found.pk, factors.password_stamp(found))


# The second factor


def needs_second_factor(account: Account) -> bool:
    """Whether a person shows a second factor: who is owner or approver anywhere, runs the installation, or has set one up."""
    from exitplan.store import accounts

    return bool(account.totp_secret) or account.is_operator or accounts.holds_role(account, TWO_FACTORS)


def enrolment(account: Account, session: MutableMapping[str, Any]) -> Enrolment | None:
    """
    The second factor to set up, kept in the session until it is shown for the first time; None where there is one already.
    """
    if account.totp_secret:
        session.pop("enrolment", None)
        return None
    if "enrolment" not in session:
        session["enrolment"] = totp.new_secret()
    return Enrolment(session["enrolment"], totp.address(session["enrolment"], account.username))


def pass_second_factor(account: Account, code: str, enrolled: Enrolment | None, at: datetime) -> Passed | None:
    """
    Check the code of an authenticator, or a recovery code in its place; None for a wrong one.

    Each code is good once. Guessing gets slower as with passwords. With `enrolled`, a right code takes the new secret into use.
    """
    from exitplan.store import accounts, factors

    name = f"second factor of {account.username}"
    if accounts.seconds_to_wait(name, name, at):
        return None
    secret = enrolled.secret if enrolled else account.totp_secret
    step = totp.matching_step(secret, code, at) if secret else None
    passed = None
    if enrolled is not None:
        if step is not None and not account.totp_secret:
            passed = Passed(factors.keep_second_factor(account, secret, step))
    elif (step is not None and factors.use_step(account, step)) or factors.use_recovery_code(account, code):
        passed = Passed()
    if passed is None:
        accounts.note_failure(name, name, at)
    else:
        accounts.forget_failures(name)
    return passed


def new_recovery_codes(account: Account) -> tuple[str, ...]:
    """Fresh recovery codes of one's own, shown this once; the old ones end."""
    from exitplan.store import factors

    return factors.new_recovery_codes(account)


def set_language(account: Account, language: str) -> None:
    """Remember the language a person reads."""
    from exitplan.store import factors

    factors.set_language(account, language)


# Parts in missions


def missions_of(account: Account) -> tuple[tuple[str, str, str], ...]:
    """Code, title and role of every mission a person has a part in, by code."""
    from exitplan.store import accounts

    return accounts.missions_of(account)


def reader(account: Account, mission: str, view_as: str | None = None) -> Reader | None:
    """
    Who a person is in a mission; None when they have no part in it.

    Parameters
    ----------
    view_as
        Role through whose eyes an owner wants to look, `partner:CODE` for a partner's. Looking leaves no mark: such a reader
        may read and do nothing else. Whoever is no owner gets their own eyes.
    """
    from exitplan.store import accounts

    own = accounts.reader_of(account, mission)
    if own is None or not view_as or own.role != "owner":
        return own
    wanted, _, partner = view_as.partition(":")
    role = next((r for r in ROLES if r == wanted), None)
    if role is None or role == "owner":
        return own
    return Reader(role, partner or None, own.name, viewing=True)


def members(asker: Reader, mission: str) -> tuple[Member, ...]:
    """Everybody with a part in a mission, for those inside it. Raises NotAllowed."""
    from exitplan.store import accounts

    if asker.role not in STAFF:
        raise NotAllowed("manage_people")
    return accounts.members(mission)


def give_role(
    asker: Reader, mission: str, username: str, role: Role | None, *, partner: str = "", why: str, at: datetime
) -> None:
    """
    Give somebody a role in a mission, change it, or take it away (None); on record.

    Raises
    ------
    NotAllowed, NotFound
        When the asker may not, or there is no such person.
    InvalidValue
        For no role of the table, a partner without a code, or a mission that would be left without an owner.
    """
    from exitplan.store import accounts

    require(asker, "manage_people")
    accounts.give_role(username, mission, role, partner=partner, who=asker.name, why=why, at=at)


def give_role_at_machine(mission: str, username: str, role: str, *, partner: str = "", why: str, at: datetime) -> None:
    """The same for somebody at the machine itself; `none` takes the role away. Raises NotFound, InvalidValue."""
    wanted = next((r for r in ROLES if r == role), None)
    if wanted is None and role != "none":
        raise InvalidValue("role", role, Wanted("one of {codes}, or none", codes=", ".join(ROLES)))
    give_role(Reader("owner", name=MACHINE), mission, username, wanted, partner=partner, why=why, at=at)


def delegate(asker: Reader, mission: str, username: str, office: str, *, why: str, at: datetime) -> None:
    """
    Let a member prepare decisions on behalf of an office, or no longer (empty); on record.

    Approvers do this for themselves, owners for anybody. Raises NotAllowed, NotFound.
    """
    from exitplan.store import accounts

    if asker.viewing or asker.role not in TWO_FACTORS:
        raise NotAllowed("manage_people", "viewing" if asker.viewing else "role")
    accounts.delegate(username, mission, office, who=asker.name, why=why, at=at)


# Accounts of the installation


def add_account(
    operator: Account | None,
    username: str,
    password: str,
    *,
    display_name: str = "",
    office: str = "",
    language: str = "en",
    is_operator: bool = False,
) -> Account:
    """
    A new account. `operator` is who asks; None for somebody at the machine itself.

    Raises
    ------
    NotAllowed
        When who asks does not run this installation.
    InvalidValue
        When the name is taken or strange, or the password too weak.
    """
    from exitplan.store import accounts

    _require_operator(operator)
    _require_name(username)
    return accounts.add_account(
        username, password, display_name=display_name, office=office, language=language, operator=is_operator
    )


def add_member_at_machine(
    username: str,
    password: str,
    mission: str,
    role: str,
    *,
    partner: str = "",
    display_name: str = "",
    office: str = "",
    language: str = "en",
    is_operator: bool = False,
    why: str,
    at: datetime,
) -> Account:
    """
    A new account with its role in a mission, by somebody at the machine itself; neither without the other.

    Raises
    ------
    NotFound
        When there is no such mission.
    InvalidValue
        When the name is taken or strange, the password too weak, or for no role of the table or a partner without a code.
    """
    from exitplan.store import accounts

    _require_name(username)
    wanted = next((r for r in ROLES if r == role), None)
    if wanted is None:
        raise InvalidValue("role", role, f"one of {', '.join(ROLES)}")
    return accounts.add_member(
        username, password, mission, wanted, partner=partner, who=MACHINE, why=why, at=at,
        display_name=display_name, office=office, language=language, operator=is_operator,
    )  # fmt: skip


def _require_name(username: str) -> None:
    if not username or len(username) > 60 or not username.replace(".", "").replace("-", "").replace("_", "").isalnum():
        raise InvalidValue("username", username[:60], "1 to 60 letters, digits, dots, dashes or underscores")


def all_accounts(operator: Account | None) -> tuple[Account, ...]:
    """Every account of this installation. Raises NotAllowed."""
    from exitplan.store import factors

    _require_operator(operator)
    return factors.all_accounts()


def let_back_in(operator: Account | None, username: str) -> tuple[str, ...]:
    """
    Help somebody who lost their password, their phone, or both: the second factor is taken away and new recovery codes are
    returned, one of which sets a new password. Raises NotAllowed, NotFound.
    """
    from exitplan.store import factors

    _require_operator(operator)
    found = factors.named(username)
    factors.forget_second_factor(found)
    return factors.new_recovery_codes(found)


def set_active(operator: Account | None, username: str, active: bool) -> None:
    """Keep somebody out from now on, or let them in again. Raises NotAllowed, NotFound."""
    from exitplan.store import factors

    _require_operator(operator)
    factors.set_active(factors.named(username), active)


def _require_operator(operator: Account | None) -> None:
    if operator is not None and not operator.is_operator:
        raise NotAllowed("manage_accounts")


# Keys of the API


def new_key(account: Account, mission: str | None, *, name: str, scope: str, expires: datetime, at: datetime) -> str:
    """
    A key for the API, shown this once.

    Raises
    ------
    NotFound
        When the person has no part in the mission.
    InvalidValue
        For no such scope, or an end in the past or more than a year ahead.
    """
    from exitplan.domain.errors import NotFound
    from exitplan.store import accounts

    if mission is not None and accounts.reader_of(account, mission) is None:
        raise NotFound("mission", mission)
    if not at < expires <= at + KEY_LASTS_AT_MOST:
        raise InvalidValue("expires", expires.date().isoformat(), "a day within a year from now")
    return accounts.new_token(account.username, mission, name=name, scope=scope, expires=expires)


def keys(account: Account) -> tuple[Key, ...]:
    """One's own keys for the API, newest first."""
    from exitplan.store import accounts

    return accounts.keys(account)


def revoke_key(account: Account, key: int) -> None:
    """End one of one's own keys here and now. Raises NotFound."""
    from exitplan.store import accounts

    accounts.revoke_key(account, key)


def keyed(key: str, at: datetime) -> Keyed | None:
    """Who a key of the API belongs to, while it lasts."""
    from exitplan.store import accounts

    token = accounts.token_of(key, at)
    return None if token is None else Keyed(token.account, token.mission.code if token.mission else "", token.scope)


def password_is(account: Account, password: str, at: datetime) -> bool:
    """Whether somebody gives their own password again; guessing gets slower as when it is changed."""
    from exitplan.store import accounts, factors

    name = f"password of {account.username}"
    if accounts.seconds_to_wait(name, name, at) or factors.with_password(account.username, password) is None:
        accounts.note_failure(name, name, at)
        return False
    accounts.forget_failures(name)
    return True
