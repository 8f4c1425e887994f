"""A planner's day: a closure is moved and what it breaks is seen, without a mouse; two people change one entry."""

from __future__ import annotations

import pytest

from tests.browser.house import FULL, SECOND_PLANNER

SITE = "S-IVA"
TOO_EARLY = "2026-09"


def test_a_closure_is_moved_by_keyboard_alone_and_shows_what_it_breaks(visit):
    """From the menu to the site, to the month, to what breaks, to the plan: the tabulator and Enter are enough."""
    visitor = visit("planner")
    page, t = visitor.page, visitor.t
    visitor.go(f"/m/{FULL}/")
    visitor.tab_to(page.get_by_role("link", name=t("Skip to the content")))
    visitor.tab_to(page.get_by_role("link", name=t("Sites"), exact=True))
    page.keyboard.press("Enter")
    page.wait_for_url("**/sites/")
    visitor.tab_to(page.get_by_role("link", name=SITE).first)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/sites/{SITE}/")

    visitor.tab_to(page.get_by_label(t("Month, as YYYY-MM")))
    page.keyboard.type(TOO_EARLY)
    page.keyboard.press("Enter")
    breaks = page.locator("#move").get_by_role("status").get_by_role("listitem")
    breaks.first.wait_for()
    assert breaks.count() >= 1
    assert t("breaks") in breaks.first.inner_text()

    visitor.tab_to(page.get_by_label(t("Reason for the change")))
    page.keyboard.type("The lease ends in September; supply is to come from the port.")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/sites/{SITE}/")
    planned = page.locator("dl.facts").first
    assert visitor.w.month(TOO_EARLY) in planned.inner_text()

    visitor.go(f"/m/{FULL}/history/")
    assert "supply is to come from the port" in page.get_by_role("row").nth(1).inner_text()


def test_the_plan_shows_the_move_in_french(visit):
    """The same with a mouse and in French; a month that is none is refused and what was typed stays."""
    visitor = visit("planner", lang="fr")
    page, t = visitor.page, visitor.t
    visitor.go(f"/m/{FULL}/sites/{SITE}/")
    page.get_by_label(t("Month, as YYYY-MM")).fill("septembre")
    page.get_by_role("button", name=t("See what it breaks")).click()
    page.get_by_role("alert").wait_for()
    assert page.get_by_label(t("Month, as YYYY-MM")).input_value() == "septembre"
    page.get_by_label(t("Month, as YYYY-MM")).fill(TOO_EARLY)
    page.get_by_role("button", name=t("See what it breaks")).click()
    told = page.locator("#move").get_by_role("status")
    assert t("breaks") in told.inner_text()
    assert "→" not in page.locator("#move").inner_text()


@pytest.mark.parametrize("lang", ["en"])
def test_two_editors_collide_and_neither_loses_a_word(visit, lang):
    """The second sees both versions side by side, with what they typed still in the form; then both changes stand."""
    first, second = visit("planner", lang=lang), visit(SECOND_PLANNER, lang=lang)
    t = first.t
    address = f"/m/{FULL}/entries/site/{SITE}/edit/"
    first.go(address)
    second.go(address)
    theirs, yours = "District administration and clinic", "Police of the border district"
    for visitor, field, value in ((first, "end_use", theirs), (second, "guard", yours)):
        control = visitor.page.locator(f"[name={field}]")
        control.fill(value)
        visitor.page.get_by_label(t("Reason for the change")).fill("agreed at the site")
        visitor.page.get_by_role("button", name=t("Save"), exact=True).last.click()
        visitor.page.wait_for_load_state()
    assert first.page.url.endswith(f"/entries/site/{SITE}/")

    page = second.page
    assert t("Somebody else changed this in the meantime") in page.get_by_role("alert").inner_text()
    beside = page.get_by_role("region", name=t("Differences")).inner_text()
    assert theirs in beside
    assert yours in beside
    assert page.locator("[name=guard]").input_value() == yours
    page.locator("[name=end_use]").fill(theirs)
    page.get_by_role("button", name=t("Save"), exact=True).last.click()
    page.wait_for_url(f"**/entries/site/{SITE}/")
    shown = page.locator("dl.facts").first.inner_text()
    assert theirs in shown
    assert yours in shown
