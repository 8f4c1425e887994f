"""
A real server and a real browser. The home is stocked once for all workers of a test run; whoever writes has a copy of it.

A journey runs in one language, some in English and some in French; what pages say is held in both by other tests.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.house import DESKTOP, Server, Visitor, chromium, serving, stocked


@pytest.fixture(scope="session")
def stock_room(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A stocked home that nobody writes to; the first worker makes it, the others wait."""
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        shared = shared.parent
    home, lock = shared / "stock-room", shared / "stock-room.lock"
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not (home / "ready").exists():
            stocked(home)
            (home / "ready").touch()
    return home


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for one module: Playwright keeps an event loop running, beside which Django in this process would not work."""
    with sync_playwright() as playwright:
        driven = playwright.chromium.launch(executable_path=chromium())
        yield driven
        driven.close()


@pytest.fixture
def home(stock_room: Path, tmp_path: Path) -> Path:
    """A copy of the stocked home that this test may change."""
    return Path(shutil.copytree(stock_room, tmp_path / "home"))


@pytest.fixture
def server(home: Path) -> Iterator[Server]:
    """The real server over this test's own home."""
    with serving(home) as running:
        yield running


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Callable[..., Visitor]]:
    """Opens browser windows on this test's server: `visit("planner", lang="fr", size=PHONE)`, or nobody signed in: `visit()`."""
    opened: list[Visitor] = []

    def open_one(name: str = "", *, lang: str = "en", size: tuple[int, int] = DESKTOP) -> Visitor:
        visitor = Visitor(browser, server.address, lang=lang, size=size)
        opened.append(visitor)
        if name:
            visitor.sign_in(name)
        return visitor

    yield open_one
    for visitor in opened:
        visitor.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
