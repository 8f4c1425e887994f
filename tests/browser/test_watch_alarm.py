"""An alarm's life: raised, acknowledged by one office, answered by another, closed with a reason; read by those who may."""

from __future__ import annotations

import pytest

from tests.browser.house import FULL, PHONE, Visitor


def state_of(visitor: Visitor) -> str:
    """The state that stands beside the title of an alarm's page."""
    return visitor.page.locator(".head .mark").inner_text().strip().lower()


def step(visitor: Visitor, act: str, office: str, text: str) -> None:
    """Fill in one of the forms of an alarm and send it."""
    form = visitor.page.locator(f"form#{act}")
    form.get_by_label(visitor.t("Office")).fill(office)
    form.locator("textarea").fill(text)
    form.get_by_role("button").click()
    visitor.page.get_by_role("status").first.wait_for()


@pytest.mark.parametrize("lang", ["en"])
def test_an_alarm_is_acknowledged_answered_and_closed(visit, lang):
    """The risk officer acknowledges, the planner answers and closes; an observer reads it and finds no form."""
    officer = visit("risk-officer", lang=lang)
    officer.go(f"/m/{FULL}/watch/")
    officer.page.get_by_role("button", name=officer.t("Look for alarms now")).click()
    officer.page.get_by_role("status").first.wait_for()
    officer.page.locator("#table-alarms a", has_text="WA01").first.click()
    assert state_of(officer) == officer.w.code("alarm_state", "open")
    assert officer.page.locator("figure svg").count() >= 1
    step(officer, "acknowledge", "Protection Advisory Unit", "Seen; the committee is called.")
    assert state_of(officer) == officer.w.code("alarm_state", "acknowledged")
    address = officer.page.url

    planner = visit("planner", lang=lang, size=PHONE)
    planner.page.goto(address)
    step(planner, "respond", "Joint Transition Secretariat", "The committee met and sent a patrol.")
    assert state_of(planner) == planner.w.code("alarm_state", "responded")
    step(planner, "close", "Joint Transition Secretariat", "No further deaths for a month.")
    assert state_of(planner) == planner.w.code("alarm_state", "closed")
    assert planner.page.locator("form.sheet").count() == 0

    observer = visit("observer", lang=lang)
    observer.page.goto(address)
    for words in ("Protection Advisory Unit", "The committee met and sent a patrol.", "No further deaths for a month."):
        observer.page.get_by_text(words).first.wait_for()
    assert observer.page.locator("form.sheet").count() == 0
