"""Help teaches, and comes at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from exitplan.cli.app import app

COMMANDS = tuple(get_command(app).commands)
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide" / "commands.md"
HEAVY = ("polars", "numpy", "numba", "scipy", "altair", "pydantic", "rich", "typst", "openpyxl", "shapely")


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_every_command_shows_an_example(run, command):
    """A sentence and an example that begins as people type it."""
    shown = " ".join(run(command, "--help").stdout.split())

    assert f"Example: exitplan {command}" in shown


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_guide(command):
    """A command without documentation fails the build."""
    guide = GUIDE.read_text("utf-8")

    assert f"## {command}\n" in guide
    assert f"exitplan {command}" in guide


def test_the_guide_names_no_command_that_is_gone():
    """Headings of the guide are commands."""
    headings = {line.removeprefix("## ").strip() for line in GUIDE.read_text("utf-8").splitlines() if line[:3] == "## "}

    assert headings <= {*COMMANDS, "What all commands share"}


def test_help_loads_nothing_heavy():
    """`exitplan --help` is quick because it imports next to nothing."""
    program = f"import sys; import exitplan.cli.app; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(("given", "kept"), [(None, "1"), ("2", "2")])
def test_the_linear_algebra_keeps_to_one_thread_unless_asked(given, kept):
    """Before numpy is loaded, or it would not be heard; in a process of its own, as commands run."""
    program = (
        "import os, sys, exitplan.cli, types\n"
        "loaded = 'numpy' in sys.modules\n"
        "sys.modules['exitplan.cli.app'] = types.SimpleNamespace(app=lambda: None)\n"
        "exitplan.cli.main(); print(loaded, os.environ['OPENBLAS_NUM_THREADS'])"
    )
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    environment |= {"OPENBLAS_NUM_THREADS": given} if given else {}
    said = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["False", kept]
