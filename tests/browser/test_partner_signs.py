"""A partner signs, in French, what it takes over and on what conditions; the mission sees it in its ledger; nobody else can sign."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.house import FULL, PASSWORD

FUNCTION = "F-PRO"
RECEIVER, OTHER = "receiver", "other-partner"
CONDITIONS = "Les radios sont payées pour deux ans avant le transfert."


@pytest.fixture
def home(home: Path, tmp_path: Path) -> Path:
    """The stocked home with two more partners' people: the one who is to take the function over, and another."""
    secret = tmp_path / "password.txt"
    secret.write_text(PASSWORD)
    for name, partner in ((RECEIVER, "P-WOMEN"), (OTHER, "P-BAR")):
        given = [
            "user",
            "add",
            name,
            "--password-file",
            str(secret),
            "--mission",
            FULL,
            "--role",
            "partner",
            "--partner",
            partner,
        ]
        subprocess.run(
            [sys.executable, "-m", "exitplan.cli", *given],
            env={**os.environ, "EXITPLAN_HOME": str(home)},
            check=True,
            capture_output=True,
        )
    return home


def test_a_partner_accepts_with_conditions_and_the_planner_sees_it(visit):
    """From the page that says an answer is wanted, past a refusal for want of words, to the ledger of the mission."""
    visitor = visit(RECEIVER, lang="fr")
    page, t = visitor.page, visitor.t
    visitor.go(f"/m/{FULL}/takeover/")
    page.get_by_role("heading", name=t("Your answer is wanted")).wait_for()
    page.locator("section").filter(has_text=t("Your answer is wanted")).get_by_role("link").first.click()
    page.wait_for_url(f"**/functions/{FUNCTION}/")
    assert (
        t("The receiver has signed no answer. Nobody takes over by saying nothing.")
        in page.locator("main").inner_text()
    )

    page.get_by_label(visitor.w.code("reply", "with_conditions")).check()
    page.get_by_role("button", name=t("Sign the answer")).click()
    assert visitor.w.wanted("the conditions in your own words") in page.get_by_role("alert").inner_text()
    page.get_by_label(t("Your conditions or reasons, in your own words")).fill(CONDITIONS)
    page.get_by_role("button", name=t("Sign the answer")).click()
    page.get_by_text(CONDITIONS).first.wait_for()
    assert visitor.w.code("acceptance", "with_conditions") in page.locator("main").inner_text()

    planner = visit("planner")
    planner.go(f"/m/{FULL}/takeover/")
    row = planner.page.get_by_role("row").filter(has_text=FUNCTION).first.inner_text()
    assert planner.w.code("acceptance", "with_conditions") in row
    assert CONDITIONS in row
    planner.page.get_by_role("link", name=FUNCTION).first.click()
    planner.page.wait_for_url(f"**/functions/{FUNCTION}/")
    told = planner.page.locator("main").inner_text()
    assert "P-WOMEN" in told
    assert planner.t("under version {n}", n=1) in told
    assert planner.page.get_by_role("button", name=planner.t("Sign the answer")).count() == 0


@pytest.mark.parametrize("lang", ["fr"])
def test_another_partner_is_refused(visit, lang):
    """No form is offered; an answer sent nevertheless is turned away, and the function stays unanswered."""
    visitor = visit(OTHER, lang=lang)
    page = visitor.page
    visitor.go(f"/m/{FULL}/functions/{FUNCTION}/")
    assert page.get_by_role("button", name=visitor.t("Sign the answer")).count() == 0
    status = page.evaluate(
        """async (address) => {
            const body = new URLSearchParams({reply: "yes", text: "", version: "1"});
            body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
            const answer = await fetch(address, {method: "POST", body});
            return answer.status;
        }""",
        f"/m/{FULL}/functions/{FUNCTION}/answer/",
    )
    assert status == 403
    visitor.go(f"/m/{FULL}/functions/{FUNCTION}/")
    said = visitor.t("The receiver has signed no answer. Nobody takes over by saying nothing.")
    assert said in page.locator("main").inner_text()
