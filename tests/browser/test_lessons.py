"""A lesson's way: captured at one gate, offered at another of the same trade, and to an observer only what it may see."""

from __future__ import annotations

import pytest

from tests.browser.house import FULL

HERE, THERE, OTHER = "G-POL-ORU", "G-POL-QUE", "G-PRO-NORTH"
LESSON = "Night patrols need fuel first"


@pytest.mark.parametrize("lang", ["en"])
def test_a_lesson_captured_at_one_gate_is_offered_at_another_of_its_trade(visit, lang):
    """From the button of the gate through a filled form to the other gate, with the reason; not where other work is guarded."""
    visitor = visit("planner", lang=lang)
    page, t, w = visitor.page, visitor.t, visitor.w
    visitor.go(f"/m/{FULL}/gates/{HERE}/")
    page.get_by_role("link", name=t("Record a lesson")).click()
    page.wait_for_url("**/entries/lesson/new/**")
    assert page.locator("textarea[name='about:lines']").input_value() == f"gate:{HERE}"
    assert page.locator("textarea[name='applies_to:lines']").input_value() == "gate"
    page.locator("input[name=code]").fill("L-FUEL")
    page.locator("input[name=title]").fill(LESSON)
    page.locator("textarea[name=finding]").fill("Two posts stood still for want of fuel.")
    page.locator("textarea[name=recommendation]").fill("Fund fuel for six months before the joint assessment.")
    page.locator("input[name=_why]").fill("Joint visit in June")
    page.get_by_role("button", name=t("Save"), exact=True).last.click()
    page.wait_for_url("**/entries/lesson/L-FUEL/")

    visitor.go(f"/m/{FULL}/gates/{THERE}/")
    offered = page.locator("#lessons").get_by_role("listitem").filter(has_text=LESSON)
    assert offered.count() == 1
    assert w.code("lesson_state", "advised") in offered.inner_text()
    assert "Fund fuel for six months" in offered.inner_text()
    visitor.go(f"/m/{FULL}/gates/{OTHER}/")
    page.locator("#lessons").wait_for()
    assert LESSON not in page.locator("#lessons").inner_text()

    visitor.go(f"/m/{FULL}/lessons/?q=patrol+fuels")
    assert page.get_by_role("link", name=LESSON).count() == 1
    page.get_by_role("link", name=LESSON).click()
    page.wait_for_url("**/lessons/L-FUEL/")
    assert "Two posts stood still" in page.locator("main").inner_text()


def test_a_lesson_of_a_past_exit_is_taken_into_the_dossier_once(visit):
    """With a reason; then it says where it came from, and is not offered to be taken again."""
    visitor = visit("planner")
    page, t = visitor.page, visitor.t
    visitor.go(f"/m/{FULL}/lessons/library/UNAMID-LOOTED/")
    page.get_by_label(t("Reason for the change")).fill("The same danger in the east")
    page.get_by_role("button", name=t("Take it in")).click()
    page.wait_for_url("**/lessons/UNAMID-LOOTED/")
    assert t("Taken from") in page.locator("main").inner_text()
    assert "Department of Operational Support" in page.locator("main").inner_text()
    visitor.go(f"/m/{FULL}/lessons/library/UNAMID-LOOTED/")
    assert page.get_by_role("button", name=t("Take it in")).count() == 0
    assert page.get_by_role("link", name=t("It was taken in already.")).count() == 1


def test_an_observer_sees_open_lessons_and_nothing_else(visit):
    """A confidential lesson is offered nowhere, listed nowhere, counted nowhere and found by no word; nothing can be written."""
    owner = visit("owner")
    owner.go(f"/m/{FULL}/entries/lesson/new/?about=gate:{HERE}&applies_to=gate&classification=confidential")
    page = owner.page
    page.locator("input[name=code]").fill("L-QUIET")
    page.locator("input[name=title]").fill("Wombat lesson")
    page.locator("textarea[name=finding]").fill("A wombat was seen.")
    page.locator("input[name=_why]").fill("Told in confidence")
    page.get_by_role("button", name=owner.t("Save"), exact=True).last.click()
    page.wait_for_url("**/entries/lesson/L-QUIET/")
    owner.go(f"/m/{FULL}/gates/{HERE}/")
    assert "Wombat lesson" in page.content()

    observer = visit("observer")
    seen, t = observer.page, observer.t
    for path in (
        f"gates/{HERE}/",
        "lessons/",
        "lessons/?q=wombat",
        "search/?q=wombat",
        f"lessons/?for=gate:{HERE}",
        "after-action/",
    ):
        assert observer.go(f"/m/{FULL}/{path}") == 200, path
        assert "Wombat lesson" not in seen.content(), path
        assert "L-QUIET" not in seen.content(), path
    assert observer.go(f"/m/{FULL}/lessons/L-QUIET/") == 404
    observer.go(f"/m/{FULL}/lessons/")
    assert seen.get_by_role("link", name=t("New lesson")).count() == 0
    observer.go(f"/m/{FULL}/lessons/library/UNAMID-EVE/")
    assert seen.get_by_role("button", name=t("Take it in")).count() == 0
