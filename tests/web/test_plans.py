"""Plans and futures: shown with what binds them; chances reach only those who were given them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

ClientOf = Callable[..., Any]
STAFF = ("owner", "approver", "planner", "risk_officer")


def page(client: Any, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return str(answer.content.decode())


def drawn(client: Any, code: str, plan: str = "", scenario: str = "") -> int:
    """Ask for a few futures and let a worker draw them."""
    from exitplan.usecases.working import work

    plan = plan or default_plan()
    answer = client.post(
        f"/m/{code}/futures/ask/", {"plan": plan, "scenario": scenario, "futures": "1000", "horizon": "12"}
    )
    assert answer.status_code == 302, answer.content.decode()[:2000]
    work(threading.Event(), once=True)
    return int(answer["Location"].rstrip("/").rpartition("/")[2])


def rows() -> Any:
    """The table of runs; its models can be had only once a database is open."""
    from exitplan.store.models import Run

    return Run.objects


def default_plan() -> str:
    from exitplan.usecases.open_mission import open_mission

    return open_mission("kasanda").plan(None).code


@pytest.mark.parametrize("role", STAFF)
def test_a_plan_shows_its_sequence_with_what_binds_each_step(client_of: ClientOf, kasanda_code: str, role: str) -> None:
    """The list leads to a page with pictures, tables and limits."""
    client = client_of(role)
    plan = default_plan()
    listed = page(client, f"/m/{kasanda_code}/plans/")
    assert f"/m/{kasanda_code}/plans/{plan}/" in listed
    shown = page(client, f"/m/{kasanda_code}/plans/{plan}/")
    assert shown.count("<svg") >= 3
    assert "style=" not in shown.replace("stylesheet", "")
    assert "Draw futures of this plan" in shown


def test_a_plan_is_shown_under_another_scenario(client_of: ClientOf, kasanda_code: str) -> None:
    """The scenario in the address is the one the sequence is worked out under; one there is not is refused."""
    from exitplan.domain.kinds import Scenario
    from exitplan.usecases.open_mission import open_mission

    client = client_of("owner")
    scenario = open_mission("kasanda").of(Scenario)[-1].code
    plan = default_plan()
    assert f"scenario {scenario}" in page(client, f"/m/{kasanda_code}/plans/{plan}/?scenario={scenario}")
    page(client, f"/m/{kasanda_code}/plans/{plan}/?scenario=NONE", 404)
    page(client, f"/m/{kasanda_code}/plans/NONE/", 404)


@pytest.mark.parametrize("role", ["national_counterpart", "partner", "observer"])
def test_readers_without_chances_see_no_futures_and_no_month_that_rests_on_one(
    client_of: ClientOf, kasanda_code: str, role: str
) -> None:
    """Futures are refused whole; a plan they see shows hand-overs with every gate taken as open, and no site."""
    client = client_of(role)
    assert "/futures/" not in page(client, f"/m/{kasanda_code}/plans/")
    for path in ("futures/", "futures/1/", "futures/1/progress/", "futures/compare/?a=1&b=2"):
        page(client, f"/m/{kasanda_code}/{path}", 403)
    assert client.post(f"/m/{kasanda_code}/futures/ask/", {"plan": "X"}).status_code == 403


def test_a_counterpart_sees_a_plan_without_sites_or_strength(client_of: ClientOf, kasanda_code: str) -> None:
    """What is open to them is the order of hand-overs; positions, head counts and chances stay out."""
    from exitplan.domain.kinds import Plan
    from exitplan.domain.release import release
    from exitplan.domain.roles import Reader
    from exitplan.usecases.open_mission import open_mission

    seen = release(open_mission("kasanda"), Reader("national_counterpart")).dossier
    client = client_of("national_counterpart")
    shown = page(client, f"/m/{kasanda_code}/plans/{seen.of(Plan)[0].code}/")
    assert "every gate to be open today" in shown
    assert 'id="table-strength"' not in shown
    assert 'id="table-sites-1"' not in shown
    assert 'id="table-handovers-1"' in shown


def test_the_sequence_of_such_a_reader_does_not_depend_on_any_chance(home: Any) -> None:
    """Two dossiers that differ in measurements alone give a reader without chances the same months."""
    from dataclasses import replace

    from exitplan.domain.roles import Reader
    from exitplan.domain.tables import MeasurementTable
    from exitplan.usecases.board import view
    from exitplan.usecases.looking import look
    from exitplan.usecases.open_mission import open_mission

    mission = open_mission("kasanda").mission.code
    seen = view(mission, Reader("national_counterpart", None, "x"))
    blind = replace(seen, dossier=replace(seen.dossier, measurements=MeasurementTable.empty()))
    with_data, without = look(seen).schedule, look(blind).schedule
    assert [s.earliest for s in with_data.steps] == [s.earliest for s in without.steps]
    assert {s.kind for s in with_data.steps} == {"handover"}
    assert not with_data.strength
    assert not with_data.limits


def test_futures_are_drawn_in_the_background_and_shown_as_bands(client_of: ClientOf, kasanda_code: str) -> None:
    """Asked, queued, drawn by a worker, shown with interval, base rate and definition."""
    client = client_of("planner")
    plan = default_plan()
    answer = client.post(f"/m/{kasanda_code}/futures/ask/", {"plan": plan, "futures": "1000", "horizon": "12"})
    run = answer["Location"]
    waiting = page(client, run)
    assert "hx-get" in waiting
    assert "progress" in waiting
    assert client.get(f"{run}progress/").headers.get("HX-Redirect") is None
    from exitplan.usecases.working import work

    work(threading.Event(), once=True)
    assert client.get(f"{run}progress/")["HX-Redirect"] == run
    shown = page(client, run)
    assert "base rate" in shown.lower()
    assert "do not recommend leaving" in shown
    assert shown.count("<svg") >= 2

    hide_source(kasanda_code)
    taken = page(client, run, 404)
    assert "no longer shown to you" in taken
    assert "<svg" not in taken
    assert f'action="{run}again/"' in taken
    number = run.rstrip("/").rpartition("/")[2]
    page(client, f"/m/{kasanda_code}/futures/compare/?a={number}&b={number}", 404)


def hide_source(code: str) -> None:
    """The source of recorded deaths is made confidential: planners no longer see it."""
    from exitplan.domain.roles import Reader
    from exitplan.usecases.board import view

    hide(code, "source", str(view(code, Reader("owner")).dossier.area_months.frame["source"][0]))


def hide(mission: str, kind: str, code: str) -> None:
    """An entry is made confidential: planners no longer see it."""
    from datetime import UTC, datetime

    from exitplan.domain.dossier import body
    from exitplan.domain.roles import Reader
    from exitplan.usecases.board import view
    from exitplan.usecases.writing import save_entry

    owner = Reader("owner", None, "x")
    seen = view(mission, owner)
    entry = seen.dossier.named(kind, code)
    assert entry is not None
    hidden, version = body(entry) | {"classification": "confidential"}, seen.versions[kind, code]
    save_entry(owner, mission, kind, hidden, version=version, why="test", at=datetime.now(UTC))


@pytest.mark.parametrize("hidden", [("plan", "P-SLOWER"), ("scenario", "SC-BORDER")], ids=str)
def test_runs_that_name_what_is_hidden_since_are_gone_from_every_page(
    client_of: ClientOf, kasanda_code: str, hidden: tuple[str, str]
) -> None:
    """Waiting or stopped, in lists and by their own address: neither the code nor the run is told."""
    client = client_of("planner")
    asked = {"plan": "P-SLOWER", "against": "P-CALENDAR", "scenario": "SC-BORDER"}
    families = ("futures", "differences", "reports")
    runs = []
    for family in families:
        ask = "make" if family == "reports" else "ask"
        runs.append(client.post(f"/m/{kasanda_code}/{family}/{ask}/", asked | {"lang": "en"})["Location"])
    for family, run in zip(families, runs, strict=True):
        assert f'href="{run}"' in page(client, f"/m/{kasanda_code}/{family}/")
        page(client, run)

    hide(kasanda_code, *hidden)
    for family, run in zip(families, runs, strict=True):
        shown = page(client, f"/m/{kasanda_code}/{family}/")
        assert f'href="{run}"' not in shown
        assert hidden[1] not in shown
        page(client, run, 404)
        page(client, f"{run}progress/", 404)
        for act in ("cancel", "again"):
            assert client.post(f"{run}{act}/").status_code == 404


def test_two_plans_are_put_side_by_side(client_of: ClientOf, kasanda_code: str) -> None:
    """Fans of both, and the chances under the mission's definition beside each other."""
    client = client_of("planner")
    one = drawn(client, kasanda_code)
    two = drawn(client, kasanda_code)
    shown = page(client, f"/m/{kasanda_code}/futures/compare/?a={one}&b={two}")
    assert shown.count("<svg") == 3
    assert f"run {one}" in shown
    assert f"run {two}" in shown
    page(client, f"/m/{kasanda_code}/futures/compare/?a={one}&b=999", 404)


def test_a_run_can_be_stopped_and_asked_for_again(client_of: ClientOf, kasanda_code: str) -> None:
    """One that waits stops at once; the same is then asked for anew."""
    client = client_of("planner")
    plan = default_plan()
    run = client.post(f"/m/{kasanda_code}/futures/ask/", {"plan": plan})["Location"]
    assert client.post(f"{run}cancel/").status_code == 302
    assert "stopped on request" in page(client, run)
    again = client.post(f"{run}again/")["Location"]
    assert again != run
    assert rows().get(pk=int(again.rstrip("/").rpartition("/")[2])).state == "queued"


def test_a_failed_and_an_interrupted_run_say_so(client_of: ClientOf, kasanda_code: str) -> None:
    """With a reference where it failed, and what to do where the worker went away."""
    client = client_of("planner")
    plan = default_plan()
    run = client.post(f"/m/{kasanda_code}/futures/ask/", {"plan": plan})["Location"]
    row = rows().filter(pk=int(run.rstrip("/").rpartition("/")[2]))
    row.update(state="failed", reference="ABC-123")
    assert "ABC-123" in page(client, run)
    row.update(state="interrupted")
    assert "Draw it again" in page(client, run)


@pytest.mark.parametrize(("family", "more"), [("futures", {}), ("differences", {"against": "P-SLOWER"})])
def test_a_run_that_failed_by_what_it_was_asked_says_what_was_wrong(
    client_of: ClientOf, kasanda_code: str, monkeypatch: pytest.MonkeyPatch, family: str, more: dict[str, str]
) -> None:
    """With the months that are wanted, in the reader's language; a reader who sees less since is told only that it failed."""
    from exitplan.usecases.working import work

    monkeypatch.setattr("exitplan.engine.stability.presence.LEAST_HISTORY", 1000)
    run = client_of("planner").post(f"/m/{kasanda_code}/{family}/ask/", {"plan": "P-CALENDAR", **more})["Location"]
    work(threading.Event(), once=True)

    shown = page(client_of("planner"), run)
    assert "The run failed" in shown
    assert "wanted: one area and 1000 months covered by a source" in shown
    assert "Traceback" not in shown
    assert "une zone et 1000 mois couverts par une source" in page(client_of("planner", lang="fr"), run)
    hide_source(kasanda_code)
    told = page(client_of("planner"), run)
    assert "Le travail a échoué" in told
    assert "1000" not in told


def test_runs_are_shown_to_their_own_role_alone(client_of: ClientOf, kasanda_code: str) -> None:
    """What an owner's run holds may be more than a planner sees: for the planner it does not exist."""
    owner = client_of("owner")
    plan = default_plan()
    run = owner.post(f"/m/{kasanda_code}/futures/ask/", {"plan": plan})["Location"]
    planner = client_of("planner")
    page(planner, run, 404)
    assert run not in page(planner, f"/m/{kasanda_code}/futures/")
    assert planner.post(f"{run}cancel/").status_code == 404


@pytest.mark.parametrize(
    "given",
    [
        {"plan": "NONE"},
        {"plan": ""},
        {"futures": "0"},
        {"futures": "99999999"},
        {"futures": "many"},
        {"horizon": "-1"},
        {"horizon": "1000"},
        {"seed": "x"},
        {"scenario": "NONE"},
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(
    client_of: ClientOf, kasanda_code: str, given: dict[str, str]
) -> None:
    """Nothing is queued."""
    client = client_of("planner")
    asked = {"plan": default_plan(), **given}
    if given.get("plan") == "":
        assert client.post(f"/m/{kasanda_code}/futures/ask/", asked).status_code == 302  # the plan in force
        return
    assert client.post(f"/m/{kasanda_code}/futures/ask/", asked).status_code in (404, 422)
    assert not rows().exists()


def test_futures_of_a_plan_hidden_since_are_gone(client_of: ClientOf, kasanda_code: str) -> None:
    """A run outlives the sight of its plan only in the database."""
    from datetime import UTC, datetime

    from exitplan.domain.roles import Reader
    from exitplan.usecases.board import view
    from exitplan.usecases.writing import delete_entry

    client = client_of("owner")
    plan = default_plan()
    run = drawn(client, kasanda_code, plan)
    owner = Reader("owner", None, "x")
    version = view(kasanda_code, owner).versions["plan", plan]
    delete_entry(owner, kasanda_code, "plan", plan, version=version, why="test", at=datetime.now(UTC))
    page(client, f"/m/{kasanda_code}/futures/{run}/", 404)


@pytest.mark.parametrize("role", ["owner", "observer"])
def test_an_empty_mission_says_what_to_do_next(client_of: ClientOf, role: str) -> None:
    """No plan, no futures, no error."""
    client = client_of(role, empty=True)
    assert "A plan names the order" in page(client, "/m/EMPTY/plans/")
    if role == "owner":
        assert "A plan names the order" in page(client, "/m/EMPTY/futures/")


def test_plans_speak_french(client_of: ClientOf, kasanda_code: str) -> None:
    """Headings and states in French."""
    client = client_of("planner", lang="fr")
    shown = page(client, f"/m/{kasanda_code}/plans/")
    assert '<html lang="fr"' in shown
    assert "Étapes sans mois" in shown
    assert "selon les conditions" in shown
    assert "Mois de retard" in page(client, f"/m/{kasanda_code}/plans/?plans.export=csv")
