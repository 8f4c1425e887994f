"""The database at the terminal: people, a mission put in, backups, verification; refusals leave nothing half-done."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

PASSWORD = "a long sentence about rivers"


@pytest.fixture
def at(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run a command in a process of its own, as a person without a terminal does, in a home folder named at need."""
    (tmp_path / "password").write_text(PASSWORD + "\n")

    def run(*typed: object, home: str = "home", typing: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "EXITPLAN_HOME": str(tmp_path / home), "COLUMNS": "80", **more}
        command = [sys.executable, "-m", "exitplan.cli", *map(str, typed)]
        return subprocess.run(command, env=environment, input=typing, capture_output=True, text=True, cwd=tmp_path)

    return run


@pytest.mark.slow
def test_people_are_added_whole_or_not_at_all(at):
    """No account without the role that was asked for; no prompt where nobody can answer; the password also from a pipe."""
    refused = at("user", "add", "amina", "--password-file", "password", "--mission", "NOPE")
    assert (refused.returncode, "NOPE" in refused.stderr) == (2, True)
    assert "amina" not in at("user", "list").stdout

    asked = at("user", "add", "amina")
    assert (asked.returncode, "--password-file" in asked.stderr) == (2, True)
    assert at("user", "add", "amina", "--password-file", "none").returncode == 1
    assert at("user", "add", "amina", "--password-file", "-", typing="short\n").returncode == 2
    assert at("user", "add", "amina", "--password-file", "-", typing=PASSWORD + "\n").returncode == 0
    again = at("user", "add", "amina", "--password-file", "password")
    assert (again.returncode, "nobody has yet" in again.stderr) == (2, True)
    assert PASSWORD not in again.stdout + again.stderr


@pytest.mark.slow
def test_a_mission_goes_in_is_backed_up_put_back_and_verified(at, begun, tmp_path):
    """Each command as the contract names it, with its exit code; `db:CODE` opens the mission; bad input is told."""
    assert at("load", begun).returncode == 0
    code = json.loads(at("check", begun, "--json").stdout)["mission"]
    added = at("user", "add", "olga", "--password-file", "password", "--mission", code, "--role", "planner")
    assert (added.returncode, added.stderr) == (0, "")
    assert "planner" in at("user", "list").stdout
    assert at("check", f"db:{code}").returncode == 0
    assert at("status", "db:NOPE").returncode == 2

    assert at("backup", "b.zip").returncode == 0
    assert (tmp_path / "b.zip").stat().st_mode & 0o077 == 0
    assert at("restore", "b.zip", home="other").returncode == 0
    assert at("restore", "b.zip", home="other").returncode == 2, "only into an empty database"
    (tmp_path / "cut.zip").write_bytes((tmp_path / "b.zip").read_bytes()[:3000])
    assert at("restore", "cut.zip", home="third").returncode == 1

    sound = at("verify", "--json", home="other")
    answer = json.loads(sound.stdout)
    assert (sound.returncode, answer["schema"]) == (0, "exitplan/verify/1")
    (told,) = answer["result"]["missions"]
    assert (told["mission"], told["sound"], told["broken"], told["strange"]) == (code, True, None, [])


@pytest.mark.slow
def test_verify_names_the_first_broken_link(at, begun, tmp_path):
    """A revision changed behind the program's back: exit code 1, and its number in words and in JSON."""
    import sqlite3

    assert at("load", begun).returncode == 0
    with sqlite3.connect(tmp_path / "home" / "exitplan.sqlite3") as database:
        database.execute("UPDATE store_revision SET after = '{}' WHERE number = 2")
        database.execute("UPDATE store_revision SET who = 'nobody' WHERE number = 3")
    database.close()
    words, data = at("verify"), at("verify", "--json")
    assert (words.returncode, data.returncode) == (1, 1)
    assert "revision 2" in words.stdout
    assert json.loads(data.stdout)["result"]["missions"][0]["broken"]["revision"] == 2


@pytest.mark.slow
def test_a_database_that_does_not_answer_is_no_mistake_of_ours(at, tmp_path):
    """Told in words, exit code 1; an address of another kind of database is bad use."""
    away = at("verify", EXITPLAN_DATABASE=f"postgresql:///x?host={tmp_path}")
    assert (away.returncode, "does not answer" in away.stderr) == (1, True)
    assert at("verify", EXITPLAN_DATABASE="mysql://x").returncode == 2


@pytest.mark.slow
def test_a_port_that_is_taken_is_told_without_a_trace(at):
    """Exit code 2 and one line."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = at("serve", "--port", taken.getsockname()[1], "--no-worker")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
