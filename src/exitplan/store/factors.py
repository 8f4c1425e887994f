"""What a person proves themselves with: password, authenticator, recovery codes. Nothing here is kept in the clear but the
authenticator's secret, without which no code can be checked."""

from __future__ import annotations

import hashlib
import secrets

from django.contrib.auth.hashers import make_password
from django.db import transaction

from exitplan.domain.errors import NotFound
from exitplan.store.accounts import check_password_strength
from exitplan.store.models import Account

RECOVERY_CODES = 10
"""Recovery codes that a person is given at a time."""


def account(number: int) -> Account | None:
    """An account that may sign in, by its number."""
    return Account.objects.filter(pk=number, is_active=True).first()


def named(username: str) -> Account:
    """An account by its name. Raises NotFound."""
    found = Account.objects.filter(username=username).first()
    if found is None:
        raise NotFound("account", username)
    return found


def all_accounts() -> tuple[Account, ...]:
    """Every account of this installation, by name."""
    return tuple(Account.objects.order_by("username"))


def with_password(username: str, password: str) -> Account | None:
    """The active account that name and password belong to; takes as long for a name there is not."""
    found = Account.objects.filter(username=username, is_active=True).first()
    if found is None:
        make_password(password)
        return None
    return found if found.check_password(password) else None


def password_stamp(account: Account) -> str:
    """What a session remembers of the password: it ends when the password changes, and tells nothing about it."""
    return hashlib.sha256(f"{account.pk}:{account.password}".encode()).hexdigest()


def change_password(account: Account, password: str) -> None:
    """Give an account a new password; every session of it ends. Raises InvalidValue."""
    check_password_strength(account.username, password)
    account.set_password(password)
    account.save(update_fields=["password"])


def set_language(account: Account, language: str) -> None:
    """Remember the language a person reads."""
    account.language = language
    account.save(update_fields=["language"])


def set_active(account: Account, active: bool) -> None:
    """Let a person sign in, or keep them out from now on."""
    account.is_active = active
    account.save(update_fields=["is_active"])


def keep_second_factor(account: Account, secret: str, step: int) -> tuple[str, ...]:
    """Take an authenticator's secret into use; returns new recovery codes, shown this once."""
    account.totp_secret, account.totp_last_step = secret, step
    account.save(update_fields=["totp_secret", "totp_last_step"])
    return new_recovery_codes(account)


def forget_second_factor(account: Account) -> None:
    """Take the second factor away, so that a new one can be set up."""
    account.totp_secret, account.recovery_codes = "", []
    account.save(update_fields=["totp_secret", "recovery_codes"])


def use_step(account: Account, step: int) -> bool:
    """Use up one time step of the authenticator; False when it, or a later one, was used before."""
    changed = Account.objects.filter(pk=account.pk, totp_last_step__lt=step).update(totp_last_step=step)
    return changed == 1


def new_recovery_codes(account: Account) -> tuple[str, ...]:
    """Fresh recovery codes in place of the old ones; only their digests are stored."""
    codes = tuple("-".join(secrets.token_hex(2) for _ in range(5)) for _ in range(RECOVERY_CODES))
    account.recovery_codes = [_digest(code) for code in codes]
    account.save(update_fields=["recovery_codes"])
    return codes


def use_recovery_code(account: Account, code: str) -> bool:
    """Use up one recovery code; False when it is none, or was used before."""
    digest = _digest(code.strip().lower())
    with transaction.atomic():
        held = Account.objects.select_for_update().get(pk=account.pk)
        if digest not in held.recovery_codes:
            return False
        held.recovery_codes = [kept for kept in held.recovery_codes if kept != digest]
        held.save(update_fields=["recovery_codes"])
    return True


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
