"""A plan is half-known for months: a draft always saves, with its findings beside it."""

from __future__ import annotations

import pytest

from tests.browser.house import FULL


@pytest.mark.parametrize("lang", ["en"])
def test_a_half_known_entry_saves_with_its_findings_and_is_mended_later(visit, lang):
    """What is missing or wrong is said on the entry's page and at its field, nothing typed is lost; then it is sound."""
    planner = visit("planner", lang=lang)
    page, t = planner.page, planner.t
    planner.go(f"/m/{FULL}/entries/handover/new/")

    def saved(why: str) -> None:
        page.get_by_label(t("Reason for the change")).fill(why)
        page.get_by_role("button", name=t("Save"), exact=True).last.click()
        page.wait_for_url("**/entries/handover/H-NEW/")

    page.locator("[name=code]").fill("H-NEW")
    page.locator("[name=title]").fill("Prison of the capital")
    page.locator("[name=months]").fill("a few")
    saved("to be agreed with the ministry")
    findings = page.get_by_role("region", name=t("Findings"))
    assert findings.get_by_role("listitem").count() == 2
    assert "a few" in findings.inner_text()
    assert "Prison of the capital" in page.locator("h1").inner_text()

    page.get_by_role("link", name=t("Change"), exact=True).click()
    page.wait_for_url("**/edit/")
    faulty = page.locator(".field.faulty")
    for name in ("function", "months"):
        field = faulty.filter(has=page.locator(f"[name={name}]"))
        assert field.locator(".finding").count() == 1, f"said at {name}"
    assert page.locator("[name=months]").input_value() == "a few"
    page.locator("[name=function]").select_option(index=1)
    page.locator("[name=months]").fill("4")
    saved("the ministry has agreed")
    assert findings.count() == 0
    planner.go(f"/m/{FULL}/history/")
    told = page.get_by_role("table").first.inner_text()
    assert "to be agreed with the ministry" in told
    assert "the ministry has agreed" in told
