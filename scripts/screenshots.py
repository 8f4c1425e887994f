"""
Pictures of every page: with kasanda, with a mission that has just begun, and in French; on a wide screen and on a phone.

They go into a folder outside the repository, to be looked at. `--guide` makes instead the few pictures of docs/guide.

Usage: python scripts/screenshots.py FOLDER [--only NAME ...] [--guide] [--home HOME]
"""

from __future__ import annotations

import argparse
import base64
import shutil
import struct
import sys
import tempfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser import addresses  # noqa: E402
from tests.browser.house import DESKTOP, EMPTY, FULL, PHONE, Visitor, chromium, serving, stocked, username  # noqa: E402

ROUNDS = {
    "kasanda": (FULL, "en", DESKTOP),
    "phone": (FULL, "en", PHONE),
    "french": (FULL, "fr", DESKTOP),
    "empty": (EMPTY, "en", DESKTOP),
    "empty-french": (EMPTY, "fr", DESKTOP),
}
"""One round through all pages each: mission, language, size."""


@dataclass(frozen=True)
class Sight:
    """One picture of the guide: who looks at which page, and from which element on it is taken."""

    role: str
    path: str
    top: str = "main"
    height: int = 640


GUIDE = {
    "planner-closure": Sight("planner", f"m/{FULL}/sites/S-IVA/?month=2026-12", "#move", 420),
    "planner-board": Sight("planner", f"m/{FULL}/handovers/", height=760),
    "benchmark-officer-owed": Sight("benchmark_officer", f"m/{FULL}/measurements/owed/", height=620),
    "benchmark-officer-indicator": Sight("benchmark_officer", f"m/{FULL}/indicators/I-PEOPLE-TRUST/", height=760),
    "risk-officer-risks": Sight("risk_officer", f"m/{FULL}/risks/", height=760),
    "approver-overview": Sight("approver", f"m/{FULL}/", height=700),
    "approver-decision": Sight("approver", f"m/{FULL}/decisions/D-ORU/", height=980),
    "national-counterpart-handover": Sight("national_counterpart", f"m/{FULL}/handovers/H-POL-ORU/", height=800),
    "partner-decision": Sight("partner", f"m/{FULL}/decisions/", height=560),
    "observer-gate": Sight("observer", f"m/{FULL}/gates/", height=520),
    "owner-people": Sight("owner", f"m/{FULL}/people/", height=900),
    "owner-portfolio": Sight("owner", "", height=470),
}
"""The pictures of docs/guide by name; each shows what that role really sees."""

PATIENCE = 180_000
"""Milliseconds that a page may take: pictures are also made on busy machines."""

WIDTH = 1280
"""Width of the window for pictures of the guide."""


def main() -> None:
    """Read the options, stock a home or take one that is there, and take the pictures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--only", nargs="*", default=[], help="names of routes")
    options.add_argument("--rounds", nargs="*", default=list(ROUNDS), choices=list(ROUNDS))
    options.add_argument("--home", type=Path, help="a stocked home to use again; made where it is not there")
    options.add_argument("--guide", action="store_true", help="the few pictures of docs/guide")
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
            if given.guide:
                _guide(browser, server.address, given.folder, given.only)
                return
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


def _guide(browser: Browser, address: str, folder: Path, only: list[str]) -> None:
    windows: dict[str, Visitor] = {}
    for name, sight in GUIDE.items():
        if only and name not in only:
            continue
        if sight.role not in windows:
            windows[sight.role] = Visitor(browser, address, size=(WIDTH, 900))
            windows[sight.role].context.set_default_timeout(PATIENCE)
            windows[sight.role].sign_in(username(sight.role))
        page = windows[sight.role].page
        status = windows[sight.role].go(f"/{sight.path}")
        box = page.locator(sight.top).first.bounding_box()
        assert status == 200, (name, status)
        assert box is not None, (name, sight.top)
        top = 0 if sight.top == "main" else max(0, box["y"] - 16)
        left = 0 if sight.top == "main" else box["x"] - 16
        whole = page.evaluate("document.documentElement.scrollHeight")
        clip = {"x": left, "y": top, "width": WIDTH - left, "height": min(sight.height, whole - top)}
        png = page.screenshot(full_page=True, clip=clip)  # type: ignore[arg-type]
        small = few_colours(page, png)
        (folder / f"{name}.png").write_bytes(small)
        print(f"{name:32} {len(small) // 1024} KB")


def few_colours(page: Page, png: bytes) -> bytes:
    """The same picture with a palette of its 256 commonest colours, a third as large; the browser decodes it."""
    raw = page.context.new_page()
    width, height, pixels = raw.evaluate(
        """async data => {
            const image = new Image(); image.src = "data:image/png;base64," + data; await image.decode();
            const canvas = new OffscreenCanvas(image.width, image.height), ink = canvas.getContext("2d");
            ink.drawImage(image, 0, 0);
            const bytes = ink.getImageData(0, 0, image.width, image.height).data;
            let text = ""; for (let i = 0; i < bytes.length; i += 32768)
                text += String.fromCharCode(...bytes.subarray(i, i + 32768));
            return [image.width, image.height, btoa(text)];
        }""",
        base64.b64encode(png).decode(),
    )
    raw.close()
    rgb = np.frombuffer(base64.b64decode(pixels), np.uint8).reshape(-1, 4)[:, :3]
    colours, place, often = np.unique(rgb, axis=0, return_inverse=True, return_counts=True)
    palette = colours[np.argsort(-often, kind="stable")[:256]]
    apart = ((colours[:, None].astype(np.int32) - palette[None].astype(np.int32)) ** 2).sum(axis=2)
    rows = apart.argmin(axis=1).astype(np.uint8)[place.ravel()].reshape(height, width)
    lines = np.pad(rows, ((0, 0), (1, 0))).tobytes()  # each line begins with its filter: none
    parts = {
        b"IHDR": struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0),
        b"PLTE": palette.tobytes(),
        b"IDAT": zlib.compress(lines, 9),
        b"IEND": b"",
    }
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(part)) + kind + part + struct.pack(">I", zlib.crc32(kind + part))
        for kind, part in parts.items()
    )


if __name__ == "__main__":
    main()
