"""Kept forecasts in hindsight at the terminal: only of the database, told in one line where there is none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from exitplan.usecases.schemas import schema

EARLIER, SINCE = "2026-03-31", ["2026-04", "2026-05", "2026-06"]
"""Day from which the forecast looks, and the months that the dossier just begun has recorded since."""

KEPT = """
import json, sys
from datetime import UTC, datetime
from exitplan.domain.roles import Reader
from exitplan.usecases import home
home.open_store()
from exitplan.store import runs
from exitplan.usecases.board import view
reader = Reader("planner", None, "test")
kept = {"answer": json.load(sys.stdin), "shown": view(sys.argv[1], reader).speaks_of}
number = runs.ask(sys.argv[1], "futures", {}, reader)
runs.take("test", datetime.now(UTC))
runs.finish(number, "done", datetime.now(UTC), result=kept)
"""
"""Keeps what comes in as a planner's forecast of a mission, as a worker does."""


@pytest.fixture
def at(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run Python in a process of its own, 80 columns wide, over a database in the test's own folder."""

    def run(*typed: object, given: str = "") -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "EXITPLAN_HOME": str(tmp_path / "home"), "COLUMNS": "80", "NO_COLOR": "1"}
        command = [sys.executable, *map(str, typed)]
        return subprocess.run(command, env=environment, input=given, capture_output=True, text=True, cwd=tmp_path)

    return run


@pytest.mark.slow
def test_a_dossier_outside_the_database_is_refused_in_one_line(at):
    """Exit code 2, with what to name instead."""
    done = at("-m", "exitplan.cli", "hindsight", "kasanda")

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "db:CODE" in done.stderr


@pytest.mark.slow
def test_forecasts_of_the_database_are_told_month_by_month(at, begun):
    """None yet in one line; then the months since in words of both languages, and as JSON of the promised shape."""
    exitplan = ("-m", "exitplan.cli")
    assert at(*exitplan, "load", begun).returncode == 0
    mission = json.loads(at(*exitplan, "check", begun, "--json").stdout)["mission"]
    none = at(*exitplan, "hindsight", f"db:{mission}")
    assert (none.returncode, none.stderr) == (0, "")
    assert "No forecast is kept" in none.stdout

    drawn = at(*exitplan, "futures", begun, "--on", EARLIER, "--futures", 64, "--horizon", 6, "--json")
    assert drawn.returncode == 0, drawn.stderr
    kept = at("-c", KEPT, mission, given=drawn.stdout)
    assert kept.returncode == 0, kept.stderr
    answer = json.loads(at(*exitplan, "hindsight", f"db:{mission}", "--json").stdout)
    jsonschema.validate(answer["result"], schema("hindsight"))
    (forecast,) = answer["result"]["forecasts"]
    assert [month["month"] for month in forecast["months"]] == SINCE
    assert (answer["result"]["kept"], answer["result"]["months"]) == (1, len(SINCE))
    for lang, said in (("en", "of 3 months recorded since"), ("fr", "des 3 mois enregistrés")):
        shown = at(*exitplan, "hindsight", f"db:{mission}", "--lang", lang)
        assert shown.returncode == 0, shown.stderr
        assert said in " ".join(shown.stdout.split())
        assert max(map(len, shown.stdout.splitlines())) <= 80
