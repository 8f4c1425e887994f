"""Who takes over, in the browser: the page of every role, and the answer of the receiver alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from exitplan.domain.roles import ROLES
from tests.web.conftest import MISSION

ClientOf = Callable[..., Any]
NATIONAL = f"/m/{MISSION}/functions/F-POL/"


def page(client: Any, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return str(answer.content.decode())


def post(client: Any, **typed: str) -> Any:
    return client.post(f"{NATIONAL}answer/", {"reply": "yes", "text": "", "version": "1", **typed})


@pytest.mark.parametrize("role", ROLES)
def test_everybody_reads_the_ledger_and_chances_stay_with_those_who_were_given_them(
    client_of: ClientOf, role: str
) -> None:
    """The page, one function, and nothing drawn for readers without chances."""
    from exitplan.domain.roles import Reader, may

    client = client_of(role)
    shown = page(client, f"/m/{MISSION}/takeover/")
    assert "nobody chosen to carry it" in shown
    assert "F-ELE" in shown
    drawn = bool(may(Reader(role), "see_chances"))  # type: ignore[arg-type]
    assert ("later than 24 months" in shown) == drawn
    assert ("What they can carry next month" in page(client, NATIONAL)) == drawn
    assert (f'action="{NATIONAL}answer/"' in page(client, NATIONAL)) == (role == "national_counterpart")


def test_a_consultation_of_few_people_is_not_counted_for_readers_outside(client_of: ClientOf) -> None:
    """Three women took part: the mission reads the number, an observer a dash; nobody at all is no secret."""

    def row(role: str, code: str) -> str:
        text = page(client_of(role), f"/m/{MISSION}/takeover/")
        return text[text.index(f">{code} ") :][:900]

    assert '<td class="number solid">3</td>' in row("planner", "CN-NAL")
    assert '<td class="number solid">3</td>' not in row("observer", "CN-NAL")
    assert '<td class="number solid">0</td>' in row("observer", "CN-ORU")


def test_the_counterpart_answers_for_national_institutions_and_the_mission_sees_it(client_of: ClientOf) -> None:
    """Conditions need words; then the answer stands in the ledger under its signature."""
    counterpart, planner = client_of("national_counterpart"), client_of("planner")
    assert "Your answer is wanted" in page(counterpart, f"/m/{MISSION}/takeover/")
    refused = post(counterpart, reply="with_conditions")
    assert refused.status_code == 422
    assert "the conditions in your own words" in refused.content.decode()
    assert post(counterpart, reply="with_conditions", text="Fuel is paid for.").status_code == 302

    shown = page(planner, NATIONAL)
    assert "Fuel is paid for." in shown
    assert "under version 1" in shown
    assert "national counterpart" in shown
    assert "Fuel is paid for." in page(planner, f"/m/{MISSION}/takeover/")


@pytest.mark.parametrize("role", [role for role in ROLES if role != "national_counterpart"])
def test_nobody_else_answers_for_them(client_of: ClientOf, role: str) -> None:
    """Not the mission, nor its approver, nor a partner who is not named."""
    assert post(client_of(role)).status_code == 403
    assert "signed no answer" in page(client_of("planner"), NATIONAL)


@pytest.mark.parametrize("version", ["2", "0", "", "x", "99999999999", "-1", "\uff11"])
def test_an_answer_to_another_version_is_refused_and_what_was_typed_is_kept(client_of: ClientOf, version: str) -> None:
    """Nobody signs what they have not seen."""
    told = post(client_of("national_counterpart"), reply="no", text="No fuel.", version=version)
    assert told.status_code == 409
    assert "No fuel." in told.content.decode()
    assert "signed no answer" in page(client_of("planner"), NATIONAL)


def test_a_change_after_the_answer_shows_on_the_page(client_of: ClientOf) -> None:
    """The answer is told as given to an older version."""
    from datetime import UTC, datetime

    from exitplan.domain.roles import Reader
    from exitplan.usecases.board import view
    from exitplan.usecases.writing import entry_body, save_entry

    assert post(client_of("national_counterpart")).status_code == 302
    planner = Reader("planner", None, "planner")
    seen = view(MISSION, planner)
    body = {**entry_body(seen, "function", "F-POL"), "cost_year": 60e6}
    save_entry(planner, MISSION, "function", body, version=2, why="dearer", at=datetime(2026, 7, 1, tzinfo=UTC))

    shown = page(client_of("planner"), NATIONAL)
    assert "the function has been changed since; its version now is 3" in shown
    assert "answered to other terms" in shown


def test_a_hidden_receiver_is_named_nowhere(client_of: ClientOf) -> None:
    """A partner whose entry is restricted: staff read its name, an observer reads neither code nor name."""
    from datetime import UTC, datetime

    from exitplan.domain.roles import Reader
    from exitplan.usecases.board import view
    from exitplan.usecases.writing import entry_body, save_entry

    owner = Reader("owner", None, "owner")
    seen = view(MISSION, owner)
    body = {**entry_body(seen, "function", "F-PRO"), "receiver_partner": "P-BIREYA"}
    save_entry(owner, MISSION, "function", body, version=1, why="x", at=datetime(2026, 7, 1, tzinfo=UTC))

    for path in (f"/m/{MISSION}/takeover/", f"/m/{MISSION}/functions/F-PRO/"):
        assert "Bireya" in page(client_of("planner"), path)
        for role in ("observer", "partner", "national_counterpart"):
            shown = page(client_of(role), path)
            assert "Bireya" not in shown, role
            assert "P-BIREYA" not in shown, role


def test_an_empty_mission_says_what_to_do(client_of: ClientOf) -> None:
    """In both languages."""
    assert "No function is shown to you yet." in page(client_of("planner", empty=True), "/m/EMPTY/takeover/")
    french = client_of("planner", empty=True, lang="fr")
    assert page(french, "/m/EMPTY/takeover/")
