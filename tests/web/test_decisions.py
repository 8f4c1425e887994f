"""Decisions: prepared by one person, taken by another, with evidence and dissent on record; read by those who may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

ClientOf = Callable[..., Any]


def page(client: Any, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return str(answer.content.decode())


@pytest.fixture
def wanted(kasanda_code: str) -> tuple[str, str, int]:
    """A decision still wanted: its code, one option, and the version it stands at."""
    from exitplan.domain.kinds import Decision
    from exitplan.domain.roles import Reader
    from exitplan.usecases.board import view

    seen = view(kasanda_code, Reader("owner", None, "x"))
    found = next(
        d for d in seen.dossier.of(Decision) if d.status == "wanted" and d.options and d.classification == "open"
    )
    return found.code, found.options[0].code, seen.versions["decision", found.code]


def answer(wanted: tuple[str, str, int], **more: str) -> dict[str, str]:
    """What is typed into the form."""
    return {"chosen": wanted[1], "why": "The gates are open.", "version": str(wanted[2]), **more}


@pytest.mark.parametrize("role", ["owner", "approver", "risk_officer", "national_counterpart", "partner", "observer"])
def test_everybody_reads_the_decisions_that_are_open_to_them(
    client_of: ClientOf, kasanda_code: str, wanted: tuple[str, str, int], role: str
) -> None:
    """List and page; the form to decide stands there for approvers alone."""
    client = client_of(role)
    assert wanted[0] in page(client, f"/m/{kasanda_code}/decisions/")
    shown = page(client, f"/m/{kasanda_code}/decisions/{wanted[0]}/")
    assert ('/decide/"' in shown) == (role == "approver")
    assert ('formaction="/m/KASANDA/decisions/D-ORU/prepare/"' in shown) == (role in ("owner", "approver"))
    assert "style=" not in shown.replace("stylesheet", "")


def test_an_answer_is_prepared_and_then_confirmed(
    client_of: ClientOf, kasanda_code: str, wanted: tuple[str, str, int]
) -> None:
    """The planner prepares, the approver sees the answer filled in and confirms; both names and the evidence stay."""
    at = f"/m/{kasanda_code}/decisions/{wanted[0]}/"
    planner = client_of("planner")
    assert planner.post(f"{at}prepare/", answer(wanted, why="Prepared reasons.")).status_code == 302
    assert "waits for the approver" in page(planner, at)
    approver = client_of("approver")
    shown = page(approver, at)
    assert "Prepared reasons." in shown
    assert "planner.kasanda" in shown
    more = {"dissent": "Too early for the north.", "dissent_by": "Office of the police"}
    assert approver.post(f"{at}decide/", answer(wanted, **more)).status_code == 302
    taken = page(approver, at)
    assert "Too early for the north." in taken
    assert "unchanged since" in taken
    assert '/decide/"' not in taken
    history = page(approver, f"/m/{kasanda_code}/entries/decision/{wanted[0]}/")
    assert "prepared by planner.kasanda" in history or "planner.kasanda" in history


def test_a_dissent_on_record_is_not_lost_by_deciding(
    client_of: ClientOf, kasanda_code: str, wanted: tuple[str, str, int]
) -> None:
    """It stands in the form already."""
    from exitplan.domain.kinds import Decision
    from exitplan.usecases.open_mission import open_mission

    dissent = open_mission("kasanda").find(Decision, wanted[0]).dissent
    shown = page(client_of("approver"), f"/m/{kasanda_code}/decisions/{wanted[0]}/")
    assert dissent
    assert dissent in shown.partition('name="dissent"')[2].partition("</textarea>")[0]


def test_evidence_that_was_tampered_with_shows(
    client_of: ClientOf, kasanda_code: str, wanted: tuple[str, str, int]
) -> None:
    """The digest in the decision no longer fits the snapshot."""
    from exitplan.store.models import Revision

    at = f"/m/{kasanda_code}/decisions/{wanted[0]}/"
    approver = client_of("approver")
    assert approver.post(f"{at}decide/", answer(wanted)).status_code == 302
    row = Revision.objects.get(act="evidence")
    row.after["gates"][next(iter(row.after["gates"]))] = "met-by-hand"
    row.save()
    assert "does not match the record" in page(approver, at)


@pytest.mark.parametrize("role", ["owner", "planner", "risk_officer", "national_counterpart", "partner", "observer"])
def test_nobody_but_the_approver_decides(
    client_of: ClientOf, kasanda_code: str, wanted: tuple[str, str, int], role: str
) -> None:
    """An owner who runs the mission's file does not take its decisions."""
    at = f"/m/{kasanda_code}/decisions/{wanted[0]}/"
    assert client_of(role).post(f"{at}decide/", answer(wanted)).status_code == 403


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"chosen": "NONE"}, 422),
        ({"chosen": ""}, 422),
        ({"why": " "}, 422),
        ({"version": "0"}, 409),
        ({"version": "x"}, 404),
        ({"version": ""}, 404),
    ],
)
def test_a_bad_answer_decides_nothing_and_is_not_lost(
    client_of: ClientOf, kasanda_code: str, wanted: tuple[str, str, int], more: dict[str, str], status: int
) -> None:
    """What was typed stands in the form again."""
    at = f"/m/{kasanda_code}/decisions/{wanted[0]}/"
    client = client_of("approver")
    said = client.post(f"{at}decide/", {**answer(wanted, dissent="Words that took an hour."), **more})
    assert said.status_code == status
    if status != 404:
        assert "Words that took an hour." in said.content.decode()
    assert '/decide/"' in page(client, at)


def test_a_counterpart_enters_a_reservation_on_record(
    client_of: ClientOf, kasanda_code: str, wanted: tuple[str, str, int]
) -> None:
    """In its own words; an empty one is refused."""
    at = f"/m/{kasanda_code}/decisions/{wanted[0]}/"
    client = client_of("national_counterpart")
    version = {"version": str(wanted[2])}
    assert client.post(f"{at}receive/", {"receipt": "reserved", "text": "", **version}).status_code == 422
    said = {"receipt": "reserved", "text": "Salaries come first.", **version}
    assert client.post(f"{at}receive/", said).status_code == 302
    assert "Salaries come first." in page(client_of("owner"), at)
    assert client_of("planner").post(f"{at}receive/", said).status_code == 403


def test_delegation_is_recorded_and_shown(client_of: ClientOf, kasanda_code: str, wanted: tuple[str, str, int]) -> None:
    """Who prepares on behalf of an office is named where the answer waits."""
    approver = client_of("approver")
    given = {"username": "planner.kasanda", "office": "Office of the head of mission", "why": "Travel."}
    assert approver.post(f"/m/{kasanda_code}/decisions/delegate/", given).status_code == 302
    assert "Office of the head of mission" in page(approver, f"/m/{kasanda_code}/decisions/")
    at = f"/m/{kasanda_code}/decisions/{wanted[0]}/"
    assert client_of("planner").post(f"{at}prepare/", answer(wanted)).status_code == 302
    assert "on behalf of Office of the head of mission" in page(approver, at)
    assert client_of("planner").post(f"/m/{kasanda_code}/decisions/delegate/", given).status_code == 403


def test_a_decision_that_is_not_shown_does_not_exist(client_of: ClientOf, kasanda_code: str) -> None:
    """The same answer as for a code there never was."""
    from exitplan.domain.kinds import Decision
    from exitplan.domain.roles import Reader, may_see
    from exitplan.usecases.open_mission import open_mission

    observer = Reader("observer")
    hidden = [d for d in open_mission("kasanda").of(Decision) if not may_see(observer, d)]
    client = client_of("observer")
    for code in [*(d.code for d in hidden), "NONE"]:
        page(client, f"/m/{kasanda_code}/decisions/{code}/", 404)
    assert hidden
    listed = page(client, f"/m/{kasanda_code}/decisions/")
    assert not any(d.title in listed for d in hidden)


@pytest.mark.parametrize("role", ["approver", "observer"])
def test_an_empty_mission_has_no_decision_yet(client_of: ClientOf, role: str) -> None:
    """And says what one is."""
    assert "A decision is a question" in page(client_of(role, empty=True), "/m/EMPTY/decisions/")


def test_decisions_speak_french(client_of: ClientOf, kasanda_code: str, wanted: tuple[str, str, int]) -> None:
    """No English heading is left on either page."""
    client = client_of("approver", lang="fr")
    for path in ("decisions/", f"decisions/{wanted[0]}/"):
        shown = page(client, f"/m/{kasanda_code}/{path}")
        assert '<html lang="fr"' in shown
        assert "Signatures and reservations" not in shown
        assert "Who decides" not in shown
