"""The project papers are true: their links lead somewhere, and their words exist in the code."""

from __future__ import annotations

import pkgutil
import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PAPERS = sorted([*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")])
GLOSSARY = REPOSITORY / "docs" / "glossary.md"
ROW = re.compile(r"^\| (?P<word>[^|]+) \| (?P<meaning>[^|]+) \| `(?P<name>[\w.]+)` \|$", re.MULTILINE)
LINK = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)")


def broken_links(text: str, folder: Path) -> list[str]:
    """Relative links in a Markdown text that lead to no file or folder."""
    return [target for target in LINK.findall(text) if not (folder / target).exists()]


def exists(name: str) -> bool:
    """Whether a dotted path below `exitplan` is a module or something in one."""
    try:
        pkgutil.resolve_name(f"exitplan.{name}")
    except (ImportError, AttributeError):
        return False
    return True


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: str(p.relative_to(REPOSITORY)))
def test_every_link_between_papers_leads_somewhere(paper):
    """A reader who follows a link finds a page."""
    assert broken_links(paper.read_text("utf-8"), paper.parent) == []


def test_a_broken_link_is_seen():
    """The rule above can fail; addresses and anchors are left alone."""
    text = "[a](README.md) [b](docs/nowhere.md) [c](https://example.org/x) [d](#here)"

    assert broken_links(text, REPOSITORY) == ["docs/nowhere.md"]


@pytest.mark.parametrize("row", ROW.findall(GLOSSARY.read_text("utf-8")), ids=lambda row: row[0])
def test_every_word_of_the_glossary_has_its_name_in_the_code(row):
    """A renamed class renames its word, or the glossary lies."""
    assert exists(row[2])


def test_the_glossary_is_in_the_order_of_the_alphabet():
    """A reader looks a word up; every row of the table is one the checks above have read."""
    rows = ROW.findall(GLOSSARY.read_text("utf-8"))
    words = [word for word, _, _ in rows]

    assert words == sorted(words, key=str.casefold)
    assert len(rows) == GLOSSARY.read_text("utf-8").partition("\n## ")[0].count("\n| ") - 2


@pytest.mark.parametrize(
    "name", ["domain.nowhere", "domain.entry.Nothing", "domain.entry.Entry.nothing", "nowhere.at.all"]
)
def test_a_name_that_is_not_in_the_code_is_seen(name):
    """The rule above can fail, for modules, classes and what is in them."""
    assert not exists(name)


def test_every_decision_is_listed():
    """The list of decisions is how they are found."""
    folder = REPOSITORY / "docs" / "decisions"
    listed = set(LINK.findall((folder / "README.md").read_text("utf-8")))

    assert listed == {path.name for path in folder.glob("[0-9]*.md")}
