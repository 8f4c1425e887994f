"""What the article asks lives where `docs/coverage.md` says, and a test shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
import typer

from exitplan.cli.app import app
from exitplan.web.routes import ROUTES
from tests.database import set_up

set_up()  # before any shape of the API can be imported

from exitplan.web.api.operations import OPERATIONS  # noqa: E402

REPOSITORY = Path(__file__).resolve().parents[2]
COVERAGE = (REPOSITORY / "docs" / "coverage.md").read_text("utf-8")
NONE = "–"

HEADINGS = (
    "Defining Effective Exit Strategies in Peacekeeping Operations",
    "Phases of Transition from Peacekeeping to Local Security",
    "Risk Management in Exit Planning",
    "Post-Exit Responsibilities and Engagements",
    "Long-term Support and Reconstruction",
    "Maintaining Diplomatic and Military Relationships",
    "Lessons Learned for Future Missions",
    "Challenges in Implementing Exit Strategies",
    "International Frameworks and Best Practices",
    "United Nations Guidelines on Exit Strategies",
    "Role of Multinational Partnerships",
    "Case Studies of Successful Transitions",
    "Future Directions in Peacekeeping Exit Planning",
)
"""Headings of the article, in its order."""


@dataclass(frozen=True)
class Row:
    """One thing that the article asks, and where it is answered."""

    asks: str
    pages: tuple[str, ...]
    commands: tuple[str, ...]
    operations: tuple[str, ...]
    tests: tuple[str, ...]


def rows(text: str) -> Iterator[Row]:
    """Every row of every table of a text in the form of `docs/coverage.md`."""
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) == 5 and cells[0] not in ("what it asks", "---"):
            asks, *places = cells
            yield Row(asks, *(tuple(re.findall(r"`([^`]+)`", cell)) for cell in places))


def commands_of(command: click.Command, before: str = "") -> Iterator[str]:
    """Every command below one, as it is typed after `exitplan`."""
    for name, inner in getattr(command, "commands", {}).items():
        yield f"{before}{name}"
        yield from commands_of(inner, f"{before}{name} ")


PAGES = {route.name for route in ROUTES}
NAMES = {operation.name for operation in OPERATIONS}
COMMANDS = set(commands_of(typer.main.get_command(app)))


def faults(row: Row) -> list[str]:
    """What a row names that does not exist."""
    found = [f"no page `{name}`" for name in row.pages if name not in PAGES]
    found += [f"no command `{name}`" for name in row.commands if name not in COMMANDS]
    found += [f"no operation `{name}`" for name in row.operations if name not in NAMES]
    for test in row.tests:
        path, _, name = test.partition("::")
        file = REPOSITORY / path
        if not file.is_file() or f"def {name}(" not in file.read_text("utf-8"):
            found.append(f"no test `{test}`")
    if not row.tests:
        found.append("no test named")
    if not (row.pages or row.commands or row.operations):
        found.append("lives nowhere")
    return found


def test_every_heading_of_the_article_has_its_rows():
    """No heading is passed over, and each has something under it."""
    parts = re.split(r"^## (.+)$", COVERAGE, flags=re.MULTILINE)
    under = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert tuple(under) == HEADINGS
    assert [heading for heading, text in under.items() if not list(rows(text))] == []


@pytest.mark.parametrize("row", list(rows(COVERAGE)), ids=lambda row: row.asks)
def test_what_a_row_names_exists(row: Row):
    """Page, command, operation and test are there under the name the table gives."""
    assert faults(row) == []


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("| a | `nowhere` | – | – | `tests/docs/test_coverage.py::rows` |", "no page `nowhere`"),
        ("| a | – | `fly` | – | `tests/docs/test_coverage.py::rows` |", "no command `fly`"),
        ("| a | – | – | `fly` | `tests/docs/test_coverage.py::rows` |", "no operation `fly`"),
        ("| a | `overview` | – | – | `tests/docs/test_coverage.py::test_nothing` |", "no test"),
        ("| a | `overview` | – | – | `tests/nowhere.py::test_a` |", "no test"),
        ("| a | `overview` | – | – | – |", "no test named"),
        ("| a | – | – | – | `tests/docs/test_coverage.py::rows` |", "lives nowhere"),
    ],
)
def test_a_row_that_names_what_is_not_there_is_seen(row: str, told: str):
    """The rule above can fail, for each of its parts."""
    (read,) = rows(row)
    assert any(fault.startswith(told) for fault in faults(read))
