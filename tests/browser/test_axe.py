"""What axe finds on every page: nothing serious, nothing critical. Also at phone width, where no page scrolls sideways."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.addresses import address, pages, visitor_for
from tests.browser.house import DESKTOP, FULL, PHONE, Visitor, serving

GRAVE = ("serious", "critical")
ROUTES = {route.name: route for route in pages()}
MAIN = [r.name for r in pages() if r.path.count("/") <= 3 and r.needs != "operator"]
"""Pages of the menu and those before it, which are read on a phone."""

SPECIAL = {
    "approver": ["decision", "document", "handover"],
    "national-counterpart": ["decision", "handover", "overview"],
}
"""Pages that carry forms for some readers alone."""


@pytest.fixture(scope="module")
def reading(browser: Browser, stock_room: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable]:
    """Windows of readers who stay signed in throughout this module, over one server."""
    home = Path(shutil.copytree(stock_room, tmp_path_factory.mktemp("reading") / "home"))
    windows: dict[tuple, Visitor] = {}
    with serving(home) as server:

        def window(name: str, size: tuple[int, int] = DESKTOP) -> Visitor:
            key = (name, size)
            if key not in windows:
                before = windows.get((name, DESKTOP))
                windows[key] = Visitor(browser, server.address, size=size, like=before)
                if name and not before:
                    windows[key].sign_in(name)
            return windows[key]

        yield window
        for opened in windows.values():
            opened.close()


def grave(visitor: Visitor) -> list[str]:
    """What axe holds to be serious or critical on the page that is open, with the first place of each."""
    found = Axe().run(visitor.page).response["violations"]
    return [
        f"{v['id']} ({v['impact']}, {len(v['nodes'])} places): {v['nodes'][0]['html'][:300]}"
        for v in found
        if v["impact"] in GRAVE
    ]


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_axe_finds_nothing_grave(reading, name):
    """Every page at full size."""
    route = ROUTES[name]
    visitor = reading(visitor_for(route))
    path = address(route, FULL)
    assert path is not None, "kasanda has an example of everything"
    assert visitor.go(path) == 200
    assert grave(visitor) == []


@pytest.mark.parametrize(("name", "role"), [(n, r) for r, names in SPECIAL.items() for n in names])
def test_axe_finds_nothing_grave_where_a_role_has_forms_of_its_own(reading, name, role):
    """Deciding, releasing, signing, entering a reservation."""
    visitor = reading(role)
    assert visitor.go(address(ROUTES[name], FULL) or "") == 200
    assert grave(visitor) == []


@pytest.mark.parametrize("name", sorted(MAIN))
def test_the_main_pages_fit_on_a_phone(reading, name):
    """Nothing grave either, and nothing that makes the page itself scroll sideways."""
    route = ROUTES[name]
    reading(visitor_for(route))
    visitor = reading(visitor_for(route), PHONE)
    assert visitor.go(address(route, FULL) or "") == 200
    assert grave(visitor) == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert visitor.page.evaluate(wide) <= 0
