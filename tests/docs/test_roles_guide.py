"""Each role has a page about its day, and every picture of the guide is there, small, and made by the script that says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exitplan.domain.roles import ROLES
from exitplan.web.routes import MENU_WORDS

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide"
PICTURES = GUIDE / "pictures"
LARGEST = 120 * 1024
DAYS = {role: f"{role.replace('_', '-')}.md" for role in ROLES}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_has_a_page_with_a_picture_and_is_linked(role):
    """From the list of the guide, with at least one picture of what that role sees."""
    page = (GUIDE / DAYS[role]).read_text("utf-8")

    assert f"({DAYS[role]})" in (GUIDE / "README.md").read_text("utf-8")
    assert re.search(r"!\[[^\]]{20,}\]\(pictures/[a-z-]+\.png\)", page), (
        "a picture with words for those who cannot see it"
    )


@pytest.mark.parametrize("page", sorted(GUIDE.glob("*.md")), ids=lambda path: path.name)
def test_what_a_page_shows_and_leads_to_exists(page):
    """Pictures and other pages."""
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert (GUIDE / target).exists(), target


def test_pictures_are_small_are_shown_and_come_from_the_script():
    """No picture that nobody sees or that cannot be made again."""
    shown = {
        name
        for page in GUIDE.glob("*.md")
        for name in re.findall(r"\(pictures/([a-z-]+)\.png\)", page.read_text("utf-8"))
    }
    script = (GUIDE.parents[1] / "scripts" / "screenshots.py").read_text("utf-8")

    assert {path.stem for path in PICTURES.glob("*.png")} == shown
    assert all(f'"{name}": Sight(' in script for name in shown)
    for path in PICTURES.glob("*.png"):
        assert path.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
        assert path.stat().st_size < LARGEST, path.name


@pytest.mark.parametrize("role", ROLES)
def test_pages_of_the_menu_are_called_what_the_menu_calls_them(role):
    """What stands in italics is the name of a page, a button or a heading; a page's own name is one of the menu."""
    text = (GUIDE / DAYS[role]).read_text("utf-8")
    for words in re.findall(r"\*\*([A-Z][^*]+)\*\*", text):
        assert words in MENU_WORDS.values(), words
