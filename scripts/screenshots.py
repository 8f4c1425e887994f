"""
Pictures of every page: with kasanda, with a mission that has just begun, and in French; on a wide screen and on a phone.

They go into a folder outside the repository, to be looked at. `--guide` makes instead the few pictures of docs/guide.

Usage: python scripts/screenshots.py FOLDER [--only NAME ...] [--guide]
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser import addresses  # noqa: E402
from tests.browser.house import DESKTOP, EMPTY, FULL, PHONE, Visitor, chromium, serving, stocked  # noqa: E402

ROUNDS = {
    "kasanda": (FULL, "en", DESKTOP),
    "phone": (FULL, "en", PHONE),
    "french": (FULL, "fr", DESKTOP),
    "empty": (EMPTY, "en", DESKTOP),
    "empty-french": (EMPTY, "fr", DESKTOP),
}
"""One round through all pages each: mission, language, size."""


def main() -> None:
    """Read the options, stock a home or take one that is there, and take the pictures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--only", nargs="*", default=[], help="names of routes")
    options.add_argument("--rounds", nargs="*", default=list(ROUNDS), choices=list(ROUNDS))
    options.add_argument("--home", type=Path, help="a stocked home to use again; made where it is not there")
    given = options.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        stock_of = given.home or Path(scratch) / "stock"
        if not stock_of.exists():
            stock_of.mkdir(parents=True)
            stocked(stock_of)
        # Signing in sets up second factors: the stock stays as it was, so that it serves again.
        home = shutil.copytree(stock_of, Path(scratch) / "home")
        with serving(home) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium())
            signed_in: dict[str, Visitor] = {}
            for name in given.rounds:
                _round(browser, server.address, name, given.folder, given.only, signed_in)
            browser.close()


def _round(
    browser: Browser, address: str, name: str, folder: Path, only: list[str], signed_in: dict[str, Visitor]
) -> None:
    mission, lang, size = ROUNDS[name]
    windows: dict[str, Visitor] = {}
    for route in addresses.pages():
        path = addresses.address(route, mission)
        if path is None or (only and route.name not in only):
            continue
        who = addresses.visitor_for(route)
        if who not in windows:
            windows[who] = Visitor(browser, address, lang=lang, size=size, like=signed_in.get(who))
            if who and who not in signed_in:
                windows[who].sign_in(who)
                signed_in[who] = windows[who]
            elif who:
                windows[who].go("/")
                windows[who].speak()
        visitor = windows[who]
        status = visitor.go(path)
        visitor.page.screenshot(path=folder / f"{route.name}.{name}.png", full_page=True)
        print(f"{name:8} {status} {path}", *visitor.faults)
        visitor.faults.clear()
    for who, visitor in windows.items():
        if visitor is not signed_in.get(who):
            visitor.context.close()


if __name__ == "__main__":
    main()
