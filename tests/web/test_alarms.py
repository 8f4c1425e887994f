"""Alarms on the pages and in the API: raised, acknowledged, answered and closed by those who may, read by those who see what they rest on."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from exitplan.domain.roles import ROLES, Reader

ClientOf = Callable[..., Any]
ANSWERS = ("owner", "planner", "risk_officer", "approver")


def page(client: Any, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return str(answer.content.decode())


@pytest.fixture
def raised(kasanda_code: str) -> int:
    """The number of the alarm of Drenshe's neighbours, as a worker raises it."""
    from exitplan.usecases import alarming

    assert alarming.look_out(kasanda_code, at=datetime.now(UTC)) > 0
    assert alarming.look_out(kasanda_code, at=datetime.now(UTC)) == 0
    found = alarming.alarms_for(Reader("owner", name="x"), kasanda_code)
    return next(a.id for a in found if a.watch == "WA01" and a.cause == "cusum")


def form(**more: str) -> dict[str, str]:
    today = datetime.now(UTC).date().isoformat()
    return {"version": "1", "office": "Risk Cell", "day": today, "text": "Committee met.", **more}


def test_an_alarm_goes_from_open_to_closed_on_its_page(client_of: ClientOf, kasanda_code: str, raised: int) -> None:
    """Picture and table stand there; each step shows who did what; the list shows the last one."""
    client, address = client_of("risk_officer"), f"/m/{kasanda_code}/alarms/{raised}/"
    first = page(client, address)
    assert "<svg" in first
    assert "marches of Velmora (XVE)" in first
    assert "Office of the risk_officer" in first, "the office of the account is offered"
    for act, version in (("acknowledge", "1"), ("respond", "2"), ("close", "3")):
        answer = client.post(f"{address}{act}/", form(version=version))
        assert answer.status_code == 302, answer.content.decode()[:2000]
    shown = page(client, address)
    assert shown.count("Committee met.") == 3
    assert '<form method="post" class="sheet"' not in shown
    assert "Risk Cell" in page(client, f"/m/{kasanda_code}/watch/")


@pytest.mark.parametrize(
    ("act", "typed", "status"),
    [
        ("close", {}, 422),  # nobody has acknowledged it
        ("acknowledge", {"office": " "}, 422),
        ("acknowledge", {"day": "yesterday"}, 422),
        ("acknowledge", {"version": "7"}, 409),
        ("acknowledge", {"version": "x"}, 404),
    ],
)
def test_a_refused_step_keeps_what_was_typed(
    client_of: ClientOf, kasanda_code: str, raised: int, act: str, typed: dict[str, str], status: int
) -> None:
    """With the reason above it."""
    answer = client_of("planner").post(f"/m/{kasanda_code}/alarms/{raised}/{act}/", form(**typed))
    assert answer.status_code == status
    if status == 422 and act == "acknowledge":
        assert "Committee met." in answer.content.decode()


@pytest.mark.parametrize("role", ROLES)
def test_forms_stand_there_for_those_who_answer(client_of: ClientOf, kasanda_code: str, raised: int, role: str) -> None:
    """Others read what they may see, and are refused when they send a step all the same."""
    client, address = client_of(role), f"/m/{kasanda_code}/alarms/{raised}/"
    assert ("Acknowledge" in page(client, address)) == (role in ANSWERS)
    refused = client.post(f"{address}acknowledge/", form()).status_code
    assert (refused == 302) == (role in ANSWERS)
    assert client.post(f"/m/{kasanda_code}/watch/look/").status_code == (302 if role in ANSWERS else 403)


def test_an_alarm_that_rests_on_something_hidden_is_not_told(
    client_of: ClientOf, kasanda_code: str, raised: int
) -> None:
    """Its page, the list, the watch and the history keep silent for who may not see the indicator."""
    from exitplan.store import entries
    from exitplan.store.entries import Change

    body, version = entries.read(kasanda_code, "indicator", "I-VELMORA-DEATHS")
    change = Change(
        "indicator", "I-VELMORA-DEATHS", {**body, "classification": "confidential", "released_to": []}, version
    )
    entries.save(kasanda_code, [change], who="x", why="w", at=datetime.now(UTC))

    officer = client_of("risk_officer")
    page(officer, f"/m/{kasanda_code}/alarms/{raised}/", 404)
    assert f"/alarms/{raised}/" not in page(officer, f"/m/{kasanda_code}/watch/")
    listed = officer.get(f"/api/v1/missions/{kasanda_code}/alarms").json()["items"]
    assert raised not in [a["id"] for a in listed]
    told = page(officer, f"/m/{kasanda_code}/history/?kind=watch")
    assert not re.search(r"XVE", told)
    page(client_of("owner"), f"/m/{kasanda_code}/alarms/{raised}/")


def test_one_watch_has_a_page_with_its_pictures(client_of: ClientOf, kasanda_code: str, raised: int) -> None:
    """Both places, the alarm, the reviews; in French too."""
    shown = page(client_of("observer"), f"/m/{kasanda_code}/watch/WA01/")
    assert shown.count("<svg") >= 2
    assert f"/alarms/{raised}/" in shown
    assert "exit + 3 months" in shown
    assert "Suivi" in page(client_of("planner", lang="fr"), f"/m/{kasanda_code}/watch/WA01/")


def test_an_empty_mission_says_what_to_do(client_of: ClientOf) -> None:
    """No watch, no alarm, no trigger."""
    shown = page(client_of("planner", empty=True), "/m/EMPTY/watch/")
    assert "Nothing is under watch yet" in shown
    assert "No alarm is on record" in shown


def test_the_api_answers_the_same(client_of: ClientOf, kasanda_code: str, raised: int) -> None:
    """Listed, acknowledged once, refused to whoever was slower."""
    client, address = client_of("approver"), f"/api/v1/missions/{kasanda_code}/alarms"
    listed = client.get(address).json()
    assert raised in [a["id"] for a in listed["items"]]
    sent = {"version": 1, "day": datetime.now(UTC).date().isoformat()}
    done = client.post(f"{address}/{raised}/acknowledge", sent, content_type="application/json")
    assert (done.status_code, done.json()["state"]) == (200, "acknowledged")
    assert done.json()["steps"][0]["office"] == "Office of the approver"
    assert client.post(f"{address}/{raised}/acknowledge", sent, content_type="application/json").status_code == 412
    assert client.post(address, {}, content_type="application/json").json() == {"raised": 0}
    watch = client.get(f"/api/v1/missions/{kasanda_code}/watch").json()["result"]
    assert watch["watches"][0]["state"] == "triggered"
    assert client.get(f"/api/v1/missions/{kasanda_code}/triggers").json()["result"]["triggers"]
