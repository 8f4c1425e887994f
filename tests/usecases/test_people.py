"""Who signs in, what proves it, and who has which part in which mission."""

from __future__ import annotations

import base64
from datetime import timedelta
from pathlib import Path

import pytest

from exitplan.domain.errors import InvalidValue, NotAllowed, NotFound
from exitplan.domain.roles import ACTIONS, LOOKING, ROLES, Reader, may
from exitplan.usecases import people, totp
from tests.usecases.samples import NOW, OWNER, PLANNER, in_database

PASSWORD = "a long enough sentence"


@pytest.fixture
def amina(home: Path):
    """Somebody with an account and no part in any mission."""
    return people.add_account(None, "amina", PASSWORD)


def test_passwords_are_kept_as_argon2_and_no_two_alike() -> None:
    """Outside the tests' databases, where they are hashed quickly: under the settings of an installation."""
    from django.contrib.auth.hashers import check_password, make_password

    kept, again = make_password(PASSWORD), make_password(PASSWORD)
    assert kept.startswith("argon2$argon2id$")
    assert kept != again
    assert check_password(PASSWORD, kept)
    assert not check_password(PASSWORD + "s", kept)


@pytest.mark.slow
def test_a_session_lasts_while_the_password_does(amina) -> None:
    """Changing the password ends every other session."""
    signed = people.sign_in("amina", PASSWORD, "10.0.0.1", NOW)
    assert isinstance(signed, people.SignedIn)
    assert people.signed_in(signed.account, signed.password_stamp) == amina
    assert people.signed_in(signed.account, "other") is None
    assert people.signed_in(None, None) is None

    fresh = people.change_password(amina, PASSWORD, "another long sentence", NOW)
    assert people.signed_in(signed.account, signed.password_stamp) is None
    assert people.signed_in(fresh.account, fresh.password_stamp) == amina
    with pytest.raises(InvalidValue):
        people.change_password(amina, PASSWORD, "a third long sentence", NOW)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["amina", "nobody"])
def test_wrong_names_and_wrong_passwords_are_refused_alike_and_ever_slower(amina, name: str) -> None:
    """Nobody learns which names there are; an early attempt is not looked at, right or wrong."""
    waits = [people.sign_in(name, "wrong password here", "10.0.0.1", NOW) for _ in range(8)]

    assert waits == [people.Refused(w) for w in (0, 0, 0, 0, 2, 2, 2, 2)]
    assert people.sign_in(name, PASSWORD, "10.0.0.1", NOW) == people.Refused(2)
    later = NOW + timedelta(seconds=3)
    assert isinstance(people.sign_in("amina", PASSWORD, "10.0.0.2", later), people.SignedIn)


def test_an_account_kept_out_is_out_at_once(amina) -> None:
    """Session, password and API key end together."""
    signed = people.sign_in("amina", PASSWORD, "10.0.0.1", NOW)
    assert isinstance(signed, people.SignedIn)
    key = people.new_key(amina, None, name="laptop", scope="read", expires=NOW + timedelta(days=1), at=NOW)
    people.set_active(None, "amina", False)

    assert people.signed_in(signed.account, signed.password_stamp) is None
    assert people.sign_in("amina", PASSWORD, "10.0.0.1", NOW) == people.Refused(0)
    assert people.keyed(key, NOW) is None


@pytest.mark.parametrize(
    ("second", "expected"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]
)
def test_codes_are_those_of_rfc_6238(second: int, expected: str) -> None:
    """Appendix B, with six of its eight digits."""
    secret = base64.b32encode(b"12345678901234567890").decode()

    assert totp.code(secret, second // 30) == expected


def _enrolled(account, session):
    enrolment = people.enrolment(account, session)
    assert enrolment is not None
    code = totp.code(enrolment.secret, totp.step_of(NOW))
    passed = people.pass_second_factor(account, code, enrolment, NOW)
    assert passed is not None
    return enrolment.secret, passed.recovery_codes


def test_a_second_factor_is_taken_into_use_by_its_first_code(amina) -> None:
    """A wrong code enrols nobody; the same secret is offered until then."""
    session: dict[str, object] = {}
    first = people.enrolment(amina, session)
    assert people.pass_second_factor(amina, "000000", first, NOW) is None
    assert people.enrolment(amina, session) == first
    secret, codes = _enrolled(amina, session)

    assert len(set(codes)) == 10
    assert people.enrolment(amina, session) is None
    assert "enrolment" not in session
    assert people.needs_second_factor(amina)
    assert secret in totp.address(secret, "amina")


def test_a_code_is_good_once_and_only_near_its_time(amina) -> None:
    """Neither a replayed code nor an old one passes; a clock may be half a minute off."""
    secret, _ = _enrolled(amina, {})
    used = totp.code(secret, totp.step_of(NOW))
    later = NOW + timedelta(seconds=60)

    assert people.pass_second_factor(amina, used, None, NOW) is None
    assert people.pass_second_factor(amina, used, None, later) is None
    early = totp.code(secret, totp.step_of(later) + 1)
    assert people.pass_second_factor(amina, f" {early[:3]} {early[3:]}", None, later) == people.Passed()
    now = totp.code(secret, totp.step_of(later))
    assert people.pass_second_factor(amina, now, None, later) is None, "a later step was used already"


def test_guessing_codes_gets_slower(amina) -> None:
    """After a few wrong ones even the right one has to wait."""
    secret, _ = _enrolled(amina, {})
    later = NOW + timedelta(hours=1)
    for _ in range(5):
        assert people.pass_second_factor(amina, "abcdef", None, later) is None
    right = totp.code(secret, totp.step_of(later))

    assert people.pass_second_factor(amina, right, None, later) is None
    assert people.pass_second_factor(amina, right, None, later + timedelta(seconds=5)) is not None


@pytest.mark.slow
def test_recovery_codes_work_once_and_are_stored_as_digests(amina) -> None:
    """In place of the authenticator, or of the password; never twice."""
    _, codes = _enrolled(amina, {})
    amina.refresh_from_db()

    assert not set(codes) & set(amina.recovery_codes)
    assert people.pass_second_factor(amina, codes[0].upper() + " ", None, NOW) == people.Passed()
    assert people.pass_second_factor(amina, codes[0], None, NOW) is None
    assert isinstance(people.recover("amina", codes[0], "yet another sentence", "ip", NOW), people.Refused)
    assert isinstance(people.recover("amina", codes[1], "yet another sentence", "ip", NOW), people.SignedIn)
    assert isinstance(people.sign_in("amina", "yet another sentence", "ip", NOW), people.SignedIn)
    assert isinstance(people.recover("nobody", codes[2], "yet another sentence", "ip", NOW), people.Refused)
    with pytest.raises(InvalidValue):
        people.recover("amina", codes[2], "short", "ip", NOW)
    assert isinstance(people.recover("amina", codes[2], "a sentence once more", "ip", NOW), people.SignedIn)


def test_somebody_who_lost_everything_is_let_back_in(amina) -> None:
    """By who runs the installation: new codes, and a second factor to be set up again."""
    _enrolled(amina, {})
    codes = people.let_back_in(None, "amina")
    amina.refresh_from_db()

    assert people.enrolment(amina, {}) is not None
    assert isinstance(people.recover("amina", codes[0], "a sentence once more", "ip", NOW), people.SignedIn)


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_owners_and_approvers_show_a_second_factor(amina, role) -> None:
    """And nobody else has to."""
    people.give_role(OWNER, in_database(), "amina", role, partner="P" if role == "partner" else "", why="w", at=NOW)

    assert people.needs_second_factor(amina) is (role in ("owner", "approver"))
    assert people.missions_of(amina) == (("M", "Mission", role),)


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_only_owners_look_through_other_eyes_and_looking_leaves_no_mark(amina, role) -> None:
    """Whoever views as another role may do nothing in its name, even what the role itself may."""
    people.give_role(OWNER, in_database(), "amina", role, partner="P" if role == "partner" else "", why="w", at=NOW)
    own = people.reader(amina, "M")
    assert own is not None

    for other in ROLES:
        seen = people.reader(amina, "M", other)
        assert seen is not None
        if role != "owner" or other == "owner":
            assert seen == own
            continue
        assert (seen.role, seen.name, seen.viewing) == (other, "amina", True)
        assert {a for a in ACTIONS if may(seen, a)} == {a for a in LOOKING if may(Reader(other), a)}
    assert people.reader(amina, "M", "nonsense") == own
    assert people.reader(amina, "X") is None
    if role == "owner":
        assert people.reader(amina, "M", "partner:UNCT") == Reader("partner", "UNCT", "amina", viewing=True)


def test_people_are_managed_by_owners_and_accounts_by_operators(amina) -> None:
    """Each refusal is one of the rule table."""
    in_database()
    people.give_role(OWNER, "M", "amina", "planner", why="w", at=NOW)

    for refused in (
        lambda: people.give_role(PLANNER, "M", "amina", "owner", why="w", at=NOW),
        lambda: people.delegate(PLANNER, "M", "amina", "SRSG", why="w", at=NOW),
        lambda: people.add_account(amina, "ben", PASSWORD),
        lambda: people.all_accounts(amina),
        lambda: people.let_back_in(amina, "amina"),
        lambda: people.set_active(amina, "amina", False),
        lambda: people.members(Reader("observer"), "M"),
        lambda: people.give_role(Reader("owner", viewing=True), "M", "amina", "owner", why="w", at=NOW),
        lambda: people.delegate(Reader("approver", viewing=True), "M", "amina", "SRSG", why="w", at=NOW),
    ):
        with pytest.raises(NotAllowed):
            refused()
    people.delegate(Reader("approver", name="head"), "M", "amina", "SRSG", why="w", at=NOW)
    assert [(m.username, m.prepares_for) for m in people.members(PLANNER, "M")] == [("amina", "SRSG")]
    with pytest.raises(NotFound):
        people.give_role(OWNER, "M", "nobody", "planner", why="w", at=NOW)
    with pytest.raises(InvalidValue):
        people.give_role_at_machine("M", "amina", "king", why="w", at=NOW)


@pytest.mark.parametrize("name", ["", "a b", "x" * 61, "<b>", "a/b", "a\n"])
def test_strange_names_are_refused(home: Path, name: str) -> None:
    """A name goes into records, addresses and logs."""
    with pytest.raises(InvalidValue):
        people.add_account(None, name, PASSWORD)


def test_keys_open_what_they_were_made_for_and_end(amina) -> None:
    """One mission or all, until a day within a year, or until they are revoked by their owner."""
    in_database()
    people.give_role(OWNER, "M", "amina", "planner", why="w", at=NOW)
    end = NOW + timedelta(days=30)
    key = people.new_key(amina, "M", name="laptop", scope="write", expires=end, at=NOW)

    found = people.keyed(key, NOW)
    assert found is not None
    assert (found.account, found.mission, found.scope) == (amina, "M", "write")
    (listed,) = people.keys(amina)
    assert key not in str(listed)
    people.revoke_key(amina, listed.id)
    assert people.keyed(key, NOW) is None
    for mission, expires, wrong in (
        ("X", end, NotFound),
        ("M", NOW, InvalidValue),
        ("M", NOW + timedelta(days=400), InvalidValue),
    ):
        with pytest.raises(wrong):
            people.new_key(amina, mission, name="n", scope="read", expires=expires, at=NOW)
    with pytest.raises(NotFound):
        people.revoke_key(amina, listed.id)
