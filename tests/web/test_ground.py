"""Overview, hand-overs, sites and activities: what is not met first, one step at a time, and what a moved closure breaks."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Handover, Plan, Site

ClientOf = Callable[..., Any]
EVERYBODY = ("planner", "national_counterpart", "partner", "observer")
PAGES = ("", "handovers/", "sites/", "activities/")


def page(client: Any, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return str(answer.content.decode())


def entry(kind: str, code: str) -> tuple[dict[str, Any], int]:
    from exitplan.store import entries

    return entries.read("KASANDA", kind, code)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("role", EVERYBODY)
def test_every_role_can_open_the_pages_of_the_ground(
    client_of: ClientOf, kasanda_code: str, role: str, path: str
) -> None:
    """Reading is for everybody in the mission; what is in it is another matter."""
    assert "<h1>" in page(client_of(role), f"/m/{kasanda_code}/{path}")


@pytest.mark.parametrize("path", PAGES)
def test_an_empty_mission_says_what_to_do_next(client_of: ClientOf, path: str) -> None:
    """No page of a mission that has just begun is blank or broken, in either language."""
    assert "yet" in page(client_of("planner", empty=True), f"/m/EMPTY/{path}")
    assert "<h1>" in page(client_of("planner", empty=True, lang="fr"), f"/m/EMPTY/{path}")


def test_the_overview_shows_both_clocks_and_the_exit_gates_first(client_of: ClientOf, kasanda_code: str) -> None:
    """Headline, calendar, conditions and gap come before anything else, and nothing recommends leaving."""
    shown = page(client_of("planner"), f"/m/{kasanda_code}/").split("<main")[1]

    order = [
        shown.index(words)
        for words in ("exit gates are not open", "Calendar", "Conditions", "G-EXIT-SECURITY", "Decisions wanted")
    ]
    assert order == sorted(order)
    assert "does not recommend leaving" in shown


def test_readers_without_chances_see_no_month_of_the_conditions(client_of: ClientOf, kasanda_code: str) -> None:
    """The planner reads when conditions are expected; the observer does not."""
    assert "2028" in page(client_of("planner"), f"/m/{kasanda_code}/").split("What changed")[0]
    observer = page(client_of("observer"), f"/m/{kasanda_code}/")
    assert "Apr 2028" not in observer
    assert "<dt>Chance" not in observer
    assert "it rests on what is not shown to you" in observer
    for untrue in ("even chance not reached", "beyond 24 months", "data missing", "data are missing"):
        assert untrue not in observer


def test_what_changed_since_a_day_is_asked_for_on_the_page(client_of: ClientOf, kasanda_code: str) -> None:
    """With a day in the address the page tells changes; a day that is none is ignored."""
    changed = page(client_of("planner"), f"/m/{kasanda_code}/?since=2026-03-31")
    assert 'value="2026-03-31"' in changed
    assert len(changed) > len(page(client_of("planner"), f"/m/{kasanda_code}/?since=yesterday"))


def a_handover(kasanda: Dossier, state: str) -> Handover:
    return next(h for h in kasanda.of(Handover) if h.state == state)


def test_a_planner_records_the_next_step_and_no_other(client_of: ClientOf, kasanda_code: str, kasanda: Dossier) -> None:
    """A state that may follow is written with its reason; one that may not is refused and nothing is written."""
    found = a_handover(kasanda, "proposed")
    client = client_of("planner")
    path = f"/m/{kasanda_code}/handovers/{found.code}/"
    refused = client.post(f"{path}step/", {"state": "confirmed", "why": "hurry", "version": "1", "date": "2026-06-01"})
    assert refused.status_code == 422
    assert entry("handover", found.code)[1] == 1

    done = client.post(f"{path}step/", {"state": "self_assessed", "why": "district reported", "version": "1"})

    assert done.status_code == 302
    body, version = entry("handover", found.code)
    assert (body["state"], version) == ("self_assessed", 2)


def test_a_transfer_needs_its_day_and_a_reversal_keeps_its_reason(
    client_of: ClientOf, kasanda_code: str, kasanda: Dossier
) -> None:
    """A hand-over is done on a day; taking it back is kept with why."""
    found = a_handover(kasanda, "approved")
    client, path = client_of("planner"), f"/m/{kasanda_code}/handovers/{found.code}/step/"

    assert client.post(path, {"state": "transferred", "why": "signed", "version": "1"}).status_code == 422
    assert (
        client.post(path, {"state": "transferred", "why": "signed", "version": "1", "date": "2026-06-20"}).status_code
        == 302
    )
    assert (
        client.post(
            path, {"state": "reversed", "why": "post attacked", "version": "2", "date": "2026-06-25"}
        ).status_code
        == 302
    )

    body, _ = entry("handover", found.code)
    assert body["transfer"]["actual"] == "2026-06-20"
    assert body["reversals"][-1] == {"date": "2026-06-25", "why": "post attacked"}


def test_the_second_of_two_editors_loses_nothing_typed(
    client_of: ClientOf, kasanda_code: str, kasanda: Dossier
) -> None:
    """A stale version is refused, and the reason typed is still on the page."""
    found = a_handover(kasanda, "proposed")
    path = f"/m/{kasanda_code}/handovers/{found.code}/step/"
    client_of("owner").post(path, {"state": "self_assessed", "why": "first", "version": "1"})

    second = client_of("planner").post(path, {"state": "self_assessed", "why": "a long reason of mine", "version": "1"})

    assert second.status_code == 422
    assert "a long reason of mine" in second.content.decode()
    assert entry("handover", found.code)[1] == 2


@pytest.mark.parametrize("role", ["observer", "partner", "national_counterpart", "risk_officer", "benchmark_officer"])
def test_who_may_not_edit_hand_overs_cannot_move_one(
    client_of: ClientOf, kasanda_code: str, kasanda: Dossier, role: str
) -> None:
    """The form is not offered, and the address refuses."""
    found = a_handover(kasanda, "proposed")
    path = f"/m/{kasanda_code}/handovers/{found.code}/"
    client = client_of(role)

    assert "Record the step" not in client.get(path).content.decode()
    assert client.post(f"{path}step/", {"state": "self_assessed", "why": "x", "version": "1"}).status_code == 403
    assert entry("handover", found.code)[1] == 1


def test_a_counterpart_enters_a_reservation_on_record(client_of: ClientOf, kasanda_code: str) -> None:
    """In their own words, under the version they read, and seen by the mission."""
    counterpart, text = client_of("national_counterpart"), "The survey was taken during the floods."
    board = page(counterpart, f"/m/{kasanda_code}/handovers/")
    code = re.findall(rf"/m/{kasanda_code}/handovers/([A-Z0-9-]+)/", board)[0]
    path = f"/m/{kasanda_code}/handovers/{code}/"
    answer = counterpart.post(f"{path}reserve/", {"receipt": "reserved", "text": text, "version": "1"})

    assert answer.status_code == 302
    assert text in page(client_of("planner"), path)


def a_hub(kasanda: Dossier) -> Site:
    return next(s for s in kasanda.of(Site) if s.state == "open" and any(o.hub == s.code for o in kasanda.of(Site)))


def test_a_moved_closure_shows_what_it_breaks_before_it_is_written(
    client_of: ClientOf, kasanda_code: str, kasanda: Dossier
) -> None:
    """A hub closed next month breaks its limits on the page, and the plan is as it was until the month is written."""
    hub = a_hub(kasanda)
    plan = kasanda.plan(None).code
    client, path = client_of("planner"), f"/m/{kasanda_code}/sites/{hub.code}/"
    before = entry("plan", plan)

    shown = page(client, f"{path}?month=2026-07")

    assert "breaks" in shown
    assert "earliest feasible month" in shown
    assert entry("plan", plan) == before
    assert client.post(f"{path}move/", {"month": "2026-07", "why": "", "version": "1"}).status_code == 422
    assert client.post(f"{path}move/", {"month": "2026-07", "why": "ordered", "version": "1"}).status_code == 302
    body, version = entry("plan", plan)
    assert {"site": hub.code, "month": "2026-07"} in body["steps"]
    assert version == before[1] + 1


@pytest.mark.parametrize("month", ["soon", "2026-13", "1026-01", "<b>"])
def test_a_month_that_is_none_is_refused_on_the_page(
    client_of: ClientOf, kasanda_code: str, kasanda: Dossier, month: str
) -> None:
    """It is named, never run into a fault of ours, and never taken as markup."""
    shown = page(client_of("planner"), f"/m/{kasanda_code}/sites/{a_hub(kasanda).code}/?month={month}", 422)

    assert "a month as YYYY-MM" in shown
    assert "<b>" not in shown.split("<main")[1].split("Month, as")[0]


def test_positions_and_closures_stay_from_readers_without_need_to_know(
    client_of: ClientOf, kasanda_code: str, kasanda: Dossier
) -> None:
    """An observer's list of sites tells no month of a closure, and offers no move."""
    listed = page(client_of("observer"), f"/m/{kasanda_code}/sites/")
    months = {s.month for p in kasanda.of(Plan) for s in p.steps if s.site and s.month}

    assert "Closures over time" not in listed
    assert not any(month and month in listed for month in months)


def test_activities_can_be_narrowed_to_what_is_due(client_of: ClientOf, kasanda_code: str) -> None:
    """This week's list is shorter than all, and the overdue are counted."""
    client = client_of("planner")
    everything, week = (page(client, f"/m/{kasanda_code}/activities/{q}") for q in ("", "?week=1"))

    assert "Activities past their day" in everything
    assert len(week) < len(everything)
