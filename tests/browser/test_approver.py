"""An approver's day: a decision prepared by an assistant, confirmed with its evidence, its dissent on record."""

from __future__ import annotations

import pytest

from tests.browser.house import FULL, work_off

DECISION = "D-ORU"


@pytest.mark.parametrize("lang", ["en"])
def test_a_gate_decision_is_prepared_confirmed_and_keeps_its_evidence_and_dissent(visit, home, lang):
    """The planner prepares; the approver, past the second factor, confirms with a dissent; the evidence has a digest."""
    dissent = "Three bars of four are met; the province should not wait for one question."
    planner = visit("planner", lang=lang)
    page, t = planner.page, planner.t
    planner.go(f"/m/{FULL}/decisions/{DECISION}/")
    page.get_by_role("radio", name="WAIT").check()
    page.get_by_label(t("Reasons")).fill("Women's trust lies below the bar, and the interval reaches across it.")
    page.get_by_role("button", name=t("Prepare for the approver")).click()
    page.wait_for_load_state()
    assert page.get_by_role("button", name=t("Take the decision")).count() == 0

    approver = visit("approver", lang=lang)
    page = approver.page
    approver.go(f"/m/{FULL}/decisions/")
    page.get_by_role("link", name=DECISION).first.click()
    assert page.get_by_role("radio", name="WAIT").is_checked()
    assert (
        "G-POL-ORU"
        in page.get_by_role("region", name=t("Gates the decision concerns, and those of the exit")).inner_text()
    )
    page.get_by_label(t("Dissent, in its own words")).fill(dissent)
    page.get_by_label(t("Office that dissents")).fill("Ministry of the Interior of Kasanda")
    page.get_by_role("button", name=t("Confirm the decision")).click()
    page.get_by_role("status").filter(
        has_text=t("The decision is taken; the evidence it rests on is kept with it.")
    ).wait_for()
    assert dissent in page.locator("blockquote").inner_text()
    facts = page.locator("dl.facts").inner_text()
    assert t("unchanged since") in facts
    digest = page.locator("dl.facts code").inner_text()
    assert len(digest) == 64

    approver.go(f"/m/{FULL}/history/verify/")
    page.get_by_role("button", name=t("Verify it now")).click()
    work_off(home)
    page.locator(".mark.done").wait_for()
    assert page.get_by_role("alert").count() == 0
