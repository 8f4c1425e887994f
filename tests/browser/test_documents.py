"""Evidence put beside an entry: what a file says it is, it has to be."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.house import FULL

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\ntrailer<</Root 1 0 R>>\n"


@pytest.mark.parametrize("lang", ["fr"])
def test_evidence_is_added_and_a_file_that_is_something_else_is_refused(visit, lang, tmp_path):
    """A program called .pdf is refused in the reader's language with what was typed kept; the real one stands at its entry."""
    visitor = visit("benchmark-officer", lang=lang)
    page, t = visitor.page, visitor.t
    minutes, program = Path(tmp_path / "minutes.pdf"), Path(tmp_path / "tool.pdf")
    minutes.write_bytes(PDF)
    program.write_bytes(b"MZ\x90\x00 a program")
    visitor.go(f"/m/{FULL}/handovers/H-POL-ORU/")
    page.get_by_role("link", name=t("Add a document")).click()
    page.wait_for_url("**/documents/?about=*")

    def added(file: Path) -> None:
        page.get_by_label(t("File"), exact=True).set_input_files(file)
        page.get_by_role("button", name=t("Upload"), exact=True).click()

    page.get_by_label(t("Title"), exact=True).fill("Minutes of June")
    page.get_by_label(t("Why it is added"), exact=True).fill("signed by both sides")
    added(program)
    alert = page.get_by_role("alert")
    wanted = t("a file whose content is what {ending} says, without macros", ending=".pdf")
    assert wanted in alert.inner_text()
    assert page.get_by_label(t("Title"), exact=True).input_value() == "Minutes of June"
    added(minutes)
    page.get_by_role("link", name="Minutes of June").click()
    facts = page.locator("dl.facts")
    assert facts.locator("a[href*='/H-POL-ORU/']").count() == 1
    with page.expect_download() as download:
        page.get_by_role("link", name=t("Download"), exact=True).click()
    assert Path(download.value.path()).read_bytes() == PDF
    visitor.go(f"/m/{FULL}/entries/handover/H-POL-ORU/")
    assert page.get_by_role("link", name="Minutes of June").count() == 1
