"""Keys of the API: what opens, what does not, and sessions of the browser beside them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.web.api.conftest import KASANDA, ROOT

BODY = {"body": {"code": "SRC-KEY", "title": "T"}, "why": "x"}


def test_a_key_for_reading_changes_nothing(program_of):
    """403 before the body is read."""
    program = program_of("planner", scope="read")

    assert program.get("entries/source").status_code == 200
    assert program.send("POST", "entries/source", BODY).status_code == 403


def test_a_key_of_one_mission_opens_no_other(program_of, home):
    """The other mission is as if it were not there, in lists too."""
    from exitplan.store import accounts

    accounts.set_role("planner.kasanda", "EMPTY", "planner")
    both, one = program_of("planner"), program_of("planner", mission="KASANDA")

    assert [m["code"] for m in both.get(f"{ROOT}/missions").json()["items"]] == ["EMPTY", "KASANDA"]
    assert [m["code"] for m in one.get(f"{ROOT}/missions").json()["items"]] == ["KASANDA"]
    assert both.get(f"{ROOT}/missions/EMPTY").status_code == 200
    assert one.get(f"{ROOT}/missions/EMPTY").status_code == 404


@pytest.mark.parametrize(
    "sent", ["", "Bearer", "Bearer ", "Bearer exp_wrong", "Basic YTpi", "exp_wrong", "Bearer \xe9"]
)
def test_no_key_of_ours_opens_nothing(program_of, client_of, sent):
    """401, also for whoever is signed in beside it: a wrong key is never made up for by a session."""
    browser = client_of("planner")

    refused = browser.get(KASANDA, headers={"Authorization": sent})
    assert refused.status_code == 401
    assert refused["WWW-Authenticate"].startswith("Bearer")


def test_a_key_ends_when_it_says_and_when_its_owner_is_kept_out(program_of, home):
    """Yesterday's key, and the key of a closed account."""
    from exitplan.store import factors

    assert program_of("planner", days=-1).get(KASANDA).status_code == 401
    program = program_of("planner")
    factors.set_active(factors.named("planner.kasanda"), False)
    assert program.get(KASANDA).status_code == 401


def test_a_session_changes_something_only_from_our_own_pages(client_of):
    """Without the page's own token a browser reads and writes nothing."""
    browser = client_of("planner", csrf=True)

    assert browser.get(f"{KASANDA}/entries/source").status_code == 200
    refused = browser.post(f"{KASANDA}/entries/source", BODY, content_type="application/json")
    assert refused.status_code == 403
    browser.get("/")
    token = browser.cookies["csrftoken"].value if "csrftoken" in browser.cookies else "x" * 32
    browser.cookies["csrftoken"] = token
    made = browser.post(
        f"{KASANDA}/entries/source", BODY, content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert made.status_code == 201


def test_an_approver_shows_the_second_factor_first(client_of):
    """A session with the password alone opens nothing."""
    browser = client_of("approver")
    session = browser.session
    del session["second_factor"]
    session.save()

    assert browser.get(KASANDA).status_code == 403


def test_whoever_looks_as_somebody_else_sees_as_they_do_and_writes_nothing(client_of):
    """ "View as" holds in the API for a session."""
    browser = client_of("owner")
    session = browser.session
    session["view_as"] = {"KASANDA": "observer"}
    session.save()

    assert browser.get(KASANDA).json()["role"] == "observer"
    assert browser.get(f"{KASANDA}/audit").status_code == 403
    assert browser.post(f"{KASANDA}/entries/source", BODY, content_type="application/json").status_code == 403


def test_errors_come_in_the_language_of_the_account(program_of, home):
    """A French reader is told in French."""
    from exitplan.store.models import Account

    Account.objects.filter(username="observer.kasanda").update(language="fr")

    told = program_of("observer").get("audit").json()["error"]
    assert "rôle" in told


def test_a_key_notes_its_use_at_most_once_a_minute(program_of):
    """Reading through the API does not write to the database each time."""
    from exitplan.store import accounts
    from exitplan.store.models import Token

    program = program_of("observer")
    program.get(KASANDA)
    token = Token.objects.latest("id")
    first = token.last_used
    program.get(KASANDA)
    token.refresh_from_db()

    assert first is not None
    assert token.last_used == first
    assert datetime.now(UTC) - first < timedelta(minutes=1)
    assert accounts.token_of("exp_", datetime.now(UTC)) is None
