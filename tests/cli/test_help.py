"""Help teaches, and comes at once."""

from __future__ import annotations

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
