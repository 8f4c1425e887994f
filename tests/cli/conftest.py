"""A terminal for tests: commands run in this process, on missions that come along and on one just begun."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from exitplan.cli.app import app
from exitplan.usecases.new import begin

MISSIONS = ("kasanda", "liberia-2015", "sierra-leone-2002")

Run = Callable[..., object]


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch):
    """Logs of planted crashes stay in the test's own folder; lines are 80 columns wide and without colour."""
    monkeypatch.setenv("EXITPLAN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.fixture(scope="session")
def run() -> Iterator[Run]:
    """Run a command as a person types it; `.exit_code`, `.stdout` and `.stderr` say what came of it."""
    runner = CliRunner()
    with pytest.MonkeyPatch.context() as once:
        # The runner would build all commands anew for each call. Where this name is another one, it does, and is slower.
        once.setattr("typer.testing._get_command", cache(get_command), raising=False)
        yield lambda *typed: runner.invoke(app, [str(word) for word in typed])


@pytest.fixture(scope="session")
def begun(tmp_path_factory) -> Path:
    """A dossier as `exitplan new` makes it."""
    folder = tmp_path_factory.mktemp("begun") / "dossier"
    begin(folder)
    return folder
