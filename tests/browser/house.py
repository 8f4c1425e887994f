"""
A whole installation for a browser: three missions and one person for each role in a home of its own, and the real server over
it. The tests and `scripts/screenshots.py` both use it. Run as a program it stocks a home: `python -m tests.browser.house HOME`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page

from exitplan.domain.roles import ROLES
from exitplan.usecases import totp
from exitplan.wording import Wording

FULL, REAL, EMPTY = "KASANDA", "LIBERIA-2015", "NEWMIS"
"""Codes of the missions: the fictional one at full size, a real one, and one that has just begun."""

SPEAKS_FOR = {FULL: "P-CALVESSA", REAL: "P-ECOWAS", EMPTY: "P-FIRST"}
"""The partner whose people hold the role `partner` in each mission."""

PASSWORD = "a long sentence about rivers"
OPERATOR, SECOND_PLANNER = "operator", "second-planner"
DESKTOP, PHONE = (1280, 900), (390, 844)
LOCALES = {"en": "en-GB", "fr": "fr-FR"}

_ROOT = Path(__file__).resolve().parents[2]
_CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
_LONGEST_START = 60.0


class ServerDied(Exception):
    """The server under test ended by itself; its output is the message."""


def username(role: str) -> str:
    """The account that holds a role in all three missions."""
    return role.replace("_", "-")


def stock(home: Path) -> None:
    """Fill an empty home: two missions that come along, a new one, and an account for each role in all of them."""
    os.environ["EXITPLAN_HOME"] = str(home)
    from exitplan.usecases import keeping, people
    from exitplan.usecases.beginning import begin_empty
    from exitplan.usecases.home import open_store
    from exitplan.web.settings import settings

    open_store(settings(home, secure=False))
    at = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
    w = Wording("en")
    for role in ROLES:
        office = w.capital(w.code("role", role))
        people.add_account(None, username(role), PASSWORD, display_name=office, office=office)
    people.add_account(None, SECOND_PLANNER, PASSWORD, display_name="Second planner", office="Planning")
    people.add_account(None, OPERATOR, PASSWORD, display_name="Operator", is_operator=True)
    for name in ("kasanda", "liberia-2015"):
        keeping.load(name, owner="owner", why="loaded for the first time", at=at)
    new = {"code": EMPTY, "title": "A mission that has just begun", "acronym": "NEWMIS", "host": "XKA"}
    new |= {"host_name": "Kasanda", "started": date(2026, 1, 1).isoformat()}
    begin_empty(new, owner="owner", why="begun", at=at)
    for mission, partner in SPEAKS_FOR.items():
        for role in ROLES:
            if role != "owner":
                spoken_for = partner if role == "partner" else ""
                people.give_role_at_machine(
                    mission, username(role), role, partner=spoken_for, why="first accounts", at=at
                )
        people.give_role_at_machine(mission, SECOND_PLANNER, "planner", why="first accounts", at=at)
    _fill(at)


def _fill(at: datetime) -> None:
    """What only use brings: a document, futures that were drawn, a brief, a verified chain, a difference explained."""
    from exitplan.domain.roles import Reader
    from exitplan.engine.stability import explain
    from exitplan.usecases import asking, documents, tasks, working
    from exitplan.usecases.board import view

    owner = Reader("owner", name="owner")
    documents.keep(
        owner,
        FULL,
        [b"Minutes of the joint assessment. Invented, as everything of this country is.\n"],
        title="Minutes of the joint assessment",
        name="minutes.txt",
        classification="open",
        kind="handover",
        code="H-POL-ORU",
        why="evidence for the hand-over",
        at=at,
    )
    seen = view(FULL, owner)
    for plan in ("P-CALENDAR", "P-CONDITIONS"):
        asking.ask_futures(seen, plan=plan, scenario=None, futures=200, horizon=12)
    asking.ask_brief(seen, lang="en")
    asking.ask_verification(seen)
    asking.ask_paper(seen, kind="fact-sheet", form="pdf", lang="en")
    asking.ask_difference(seen, plan="P-CALENDAR", against="P-SLOWER", scenario=None, futures=200, horizon=6)
    # What is looked at does not depend on how many.
    tasks.FUTURES = 200
    (explain.explain.__kwdefaults__ or {})["points"] = 8
    working.work(threading.Event(), once=True)


def stocked(home: Path) -> Path:
    """The same in a process of its own, so that whoever calls keeps clear of the database."""
    subprocess.run([sys.executable, "-m", "tests.browser.house", str(home)], cwd=_ROOT, check=True)
    return home


class Server:
    """`exitplan serve` on a free port of this machine, over one home."""

    def __init__(self, home: Path, *, worker: bool = False) -> None:
        self.home = home
        self.log = home / "server.log"
        command = [sys.executable, "-m", "exitplan.cli", "serve", "--port", "0", *([] if worker else ["--no-worker"])]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command,
                cwd=home,
                env={**os.environ, "EXITPLAN_HOME": str(home)},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.address = self._address()

    def _address(self) -> str:
        end = time.monotonic() + _LONGEST_START
        while time.monotonic() < end:
            said = self.said()
            if "http://" in said and "/ " in said:
                return said[said.index("http://") :].split("/ ")[0]
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        self.stop()
        raise ServerDied(self.said() or "the server said nothing and did not open")

    def said(self) -> str:
        """Everything it has printed so far."""
        return self.log.read_text(errors="replace")

    def must_live(self) -> None:
        """Raise ServerDied, with its output, when it has ended."""
        if self.process.poll() is not None:
            raise ServerDied(self.said())

    def stop(self) -> None:
        """End it and wait until it has."""
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def work_off(home: Path) -> None:
    """Do what waits in the queue of a home, as `exitplan work` does, and end."""
    command = [sys.executable, "-m", "exitplan.cli", "work", "--once"]
    subprocess.run(command, cwd=home, env={**os.environ, "EXITPLAN_HOME": str(home)}, check=True, capture_output=True)


@contextmanager
def serving(home: Path, *, worker: bool = False) -> Iterator[Server]:
    """A server for as long as it is needed; that it died is not overlooked."""
    server = Server(home, worker=worker)
    try:
        yield server
        server.must_live()
    finally:
        server.stop()


def chromium() -> str:
    """The program to drive; `make test` installs one."""
    found = next((path for name in _CHROMIUMS if (path := shutil.which(name))), None)
    if found is None:
        raise FileNotFoundError("no Chromium on the PATH: `make test` installs one")
    return found


class Visitor:
    """
    One browser window: what goes wrong in it unseen (scripts, the content policy, answers of 500) is kept in `faults`.

    Parameters
    ----------
    lang
        Language the browser asks for; on signing in it becomes the account's.
    like
        Another window whose session this one shares, so that nobody signs in twice.
    """

    def __init__(
        self,
        browser: Browser,
        address: str,
        *,
        lang: str = "en",
        size: tuple[int, int] = DESKTOP,
        like: Visitor | None = None,
    ) -> None:
        self.address, self.lang, self.w = address, lang, Wording(lang)
        self.faults: list[str] = []
        self.context: BrowserContext = browser.new_context(
            base_url=address,
            locale=LOCALES[lang],
            viewport={"width": size[0], "height": size[1]},
            has_touch=size == PHONE,
            reduced_motion="reduce",
            storage_state=like.context.storage_state() if like else None,
        )
        self.context.set_default_timeout(30_000)
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda said: self._heard(said.type, said.text))
        self.page.on("response", lambda answer: self._answered(answer.status, answer.url))

    def _heard(self, kind: str, text: str) -> None:
        # The browser repeats every refusal on its console; refusals are what some journeys are about.
        if kind == "error" and "the server responded with a status of" not in text:
            self.faults.append(text)

    def _answered(self, status: int, url: str) -> None:
        if status >= 500:
            self.faults.append(f"{status} {url}")

    def t(self, sentence: str, **values: object) -> str:
        """A sentence as this reader's pages have it."""
        return self.w(sentence, **values)

    def go(self, path: str) -> int:
        """Open a page; the status of the answer."""
        answer = self.page.goto(path)
        assert answer is not None
        return answer.status

    def sign_in(self, name: str, *, password: str = PASSWORD) -> None:
        """Name, password and, where it is asked for, the second factor set up on the way; in this reader's language."""
        page = self.page
        self.go("/sign-in/")
        page.get_by_label(self.t("Name"), exact=True).fill(name)
        page.get_by_label(self.t("Password"), exact=True).fill(password)
        page.get_by_role("button", name=self.t("Sign in"), exact=True).click()
        page.wait_for_url(lambda url: "/sign-in/" not in url)
        self.speak()  # an account has a language of its own
        if "/second-factor/" in page.url:
            self.show_second_factor()

    def speak(self) -> None:
        """Switch the page, and the account for good, to this reader's language."""
        if self.page.locator("html").get_attribute("lang") != self.lang:
            self.page.locator(f"button[lang={self.lang}]").click()
            self.page.locator(f"html[lang={self.lang}]").wait_for()

    def tab_to(self, target: Locator) -> None:
        """Press the tabulator until the focus is there, as somebody without a mouse does."""
        for _ in range(400):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"cannot be reached by keyboard: {target}")

    def show_second_factor(self) -> None:
        """Set up an authenticator, as a phone would from the key on the page, and go on past the recovery codes."""
        page = self.page
        secret = page.locator("code").first.inner_text().strip()
        page.get_by_label(self.t("Code"), exact=True).fill(totp.code(secret, totp.step_of(datetime.now(UTC))))
        page.get_by_role("button", name=self.t("Go on"), exact=True).click()
        page.get_by_role("heading", name=self.t("Recovery codes")).wait_for()

    def close(self) -> None:
        """Close the window; raise what went wrong in it unseen."""
        self.context.close()
        assert not self.faults, "\n".join(self.faults)


if __name__ == "__main__":
    stock(Path(sys.argv[1]))
