"""From a gap to its evidence, from the evidence to a check, and the gap analysis as a document."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.house import FULL


@pytest.mark.parametrize("lang", ["fr"])
def test_a_gap_is_judged_with_evidence_closes_and_leaves_as_a_document(visit, lang, tmp_path):
    """A norm without a machine check closes by a judgement; one whose check fails stays, whatever was judged."""
    planner = visit("planner", lang=lang)
    page, t, w = planner.page, planner.t, planner.w
    planner.go(f"/m/{FULL}/frameworks/")
    gaps = page.locator("table").filter(has_text=t("What is not met, or only partly"))
    assert gaps.get_by_role("link", name="GT-03").count() == 1, "judged met, yet its check fails"
    gaps.get_by_role("link", name="GT-12").click()
    page.wait_for_url("**/norms/GT-12/")
    assert w.capital(w.code("norm_status", "not_met")) in page.locator(".head").inner_text()

    page.get_by_role("link", name=t("Record a check")).click()
    page.wait_for_url("**/entries/framework_check/new/**")
    assert page.locator("[name=norm_ref]").input_value() == "GT-12"
    page.locator("[name=code]").fill("FC90")
    page.locator("[name=owner]").fill("Joint Transition Secretariat")
    page.locator("[name=status]").select_option("met")
    page.locator("[name=checked]").fill("2026-06-15")
    page.locator("[name='evidence:lines']").fill("activity:X048")
    page.get_by_label(t("Reason for the change")).fill("the archive was inspected")
    page.get_by_role("button", name=t("Save"), exact=True).last.click()
    page.wait_for_url("**/entries/framework_check/FC90/")

    planner.go(f"/m/{FULL}/norms/GT-12/")
    assert w.capital(w.code("norm_status", "met")) in page.locator(".head").inner_text()
    assert "X048" in page.locator("#table-judged").inner_text()
    planner.go(f"/m/{FULL}/entries/activity/X048/")
    assert page.get_by_role("link", name="GT-12").count() == 1, "the entry leads back to the norm"

    planner.go(f"/m/{FULL}/frameworks/")
    assert gaps.get_by_role("link", name="GT-12").count() == 0
    assert gaps.get_by_role("link", name="GT-03").count() == 1
    saved: dict[str, Path] = {}
    for name in (t("Gap analysis as PDF"), t("As HTML")):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        saved[download.value.suggested_filename] = tmp_path / download.value.suggested_filename
        download.value.save_as(saved[download.value.suggested_filename])
    assert set(saved) == {"kasanda-gap-analysis.pdf", "kasanda-gap-analysis.html"}
    assert saved["kasanda-gap-analysis.pdf"].read_bytes().startswith(b"%PDF-")
    text = saved["kasanda-gap-analysis.html"].read_text("utf-8")
    unmet, _, met = text.partition(t("Met, or not applicable"))
    assert "GT-12" not in unmet
    assert "GT-12" in met
    assert "DD-ARMY-DRE" in text, "planners are staff and read restricted cases"
    assert planner.faults == []
