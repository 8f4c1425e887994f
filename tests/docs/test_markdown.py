"""Every page of the documentation reads as it was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PAGES = sorted([*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")])


def left_open(text: str) -> list[str]:
    """Headings that stand inside an example because its fence was not closed; the end of the page counts as one."""
    found, open_ = [], False
    for line in [*text.splitlines(), "## end"]:
        if line.startswith("```"):
            open_ = not open_
        elif line.startswith("## ") and open_:
            found.append(line)
            open_ = False
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_example_is_closed_before_the_next_heading(page: Path):
    """An open fence swallows the headings below it, and the page loses its parts."""
    assert left_open(page.read_text("utf-8")) == []


def test_an_example_left_open_is_seen():
    """The rule above can fail, in the middle and at the end."""
    assert left_open("```sh\na\n## b\n```sh\nc") == ["## b", "## end"]
