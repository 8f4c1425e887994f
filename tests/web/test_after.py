"""After the mission, in the browser: kept forecasts in hindsight for readers with chances, and nothing of them for others."""

from __future__ import annotations

import threading

import pytest

from exitplan.domain.roles import ROLES, Reader, may
from tests.web.conftest import AT, MISSION

PAGE = f"/m/{MISSION}/after/"


@pytest.mark.parametrize("role", ROLES)
def test_readers_with_chances_are_told_that_no_forecast_is_kept(client_of, role):
    """In one line, and in no line for readers without chances."""
    shown = client_of(role).get(PAGE).content.decode()

    assert ("No forecast is kept" in shown) == bool(may(Reader(role), "see_chances"))
    assert "Four fifths" not in shown


def test_months_recorded_since_stand_in_a_table_that_leads_to_the_run(client_of, home):
    """Drawn from January, looked at from June: five months below one sentence."""
    from exitplan.usecases.asking import ask_futures
    from exitplan.usecases.board import view
    from exitplan.usecases.working import work
    from exitplan.usecases.writing import entry_body, save_entry

    owner, planner = Reader("owner", None, "owner"), Reader("planner", None, "planner")
    today = entry_body(view(MISSION, owner), "mission", MISSION)
    save_entry(owner, MISSION, "mission", {**today, "as_of": "2026-01-31"}, version=1, why="x", at=AT)
    run = ask_futures(view(MISSION, planner), plan="P-CALENDAR", scenario=None, futures=100, horizon=6)
    work(threading.Event(), once=True)
    save_entry(owner, MISSION, "mission", today, version=2, why="x", at=AT)

    shown = client_of("planner", lang="fr").get(PAGE).content.decode()
    assert "des 5 mois enregistrés depuis" in shown
    assert shown.count(f'href="/m/{MISSION}/futures/{run}/"') == 5
    assert "No forecast is kept" in client_of("owner").get(PAGE).content.decode()
