"""A benchmark officer's day: a faulty spreadsheet is mended and handed in, values are reviewed, late ones chased."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Page

from tests.browser.house import FULL, PHONE, Visitor

HEADS = ("indicator", "date", "area", "value", "low", "high", "source", "verification", "confidence")
JUNE = date(2026, 6, 15)
SOUND = ("I-POL-STRENGTH", JUNE, "", 14_600, "", "", "", "", "")
FAULTY: dict[int, tuple[tuple[object, ...], dict[str, str]]] = {
    3: (("I-POL-STRENTH", JUNE, "", 14_600, "", "", "", "", ""), {"indicator": "I-POL-STRENTH"}),
    4: (
        ("I-ARMY-SUPPLY", date(2027, 1, 1), "NOWHERE", "many", "", "", "", "joint", ""),
        {"date": "2027-01-01", "area": "NOWHERE", "value": "many", "verification": "joint"},
    ),
    5: (("I-ARMY-SUPPLY", JUNE, "", 62.5, 70, "", "", "", "sure"), {"low": "70", "confidence": "sure"}),
    6: (("I-ADM-HEALTH", JUNE, "", "=40+2", "", "", "", "", ""), {"value": "=40+2"}),
    7: (("I-POL-STRENGTH", JUNE, "", 14_601, "", "", "", "", ""), {"indicator": "I-POL-STRENGTH"}),
}
"""Lines of the first file that cannot be taken, and what the page has to name of each: column and what stands there."""

MENDED = (
    SOUND,
    ("I-ARMY-SUPPLY", JUNE, "", 62.5, 58, 66, "", "jointly_assessed", "high"),
    ("I-ADM-HEALTH", JUNE, "", 42, "", "", "", "", ""),
)
WORDS = "Two payrolls were added up."


def spreadsheet(path: Path, *rows: tuple[object, ...]) -> Path:
    """A workbook as an office sends it."""
    book = Workbook()
    for row in (HEADS, *rows):
        book.active.append(row)
    book.save(path)
    return path


def sent(visitor: Visitor, file: Path) -> None:
    """Upload a file and look at it."""
    visitor.go(f"/m/{FULL}/measurements/upload/")
    visitor.page.locator("input[type=file]").set_input_files(file)
    visitor.page.get_by_role("button", name=visitor.t("Look at the file")).click()
    visitor.page.get_by_text(visitor.t("Nothing is written yet.")).wait_for()


def faults(page: Page) -> list[tuple[int, str, str, str]]:
    """The table of refused lines: line, column, what stands there, what was wanted."""
    rows = page.locator("#table-refused tbody tr").all()
    cells = [[cell.strip() for cell in row.locator("td, th").all_inner_texts()] for row in rows]
    return [(int(line), column, given, wanted) for line, column, given, wanted in cells]


def told(visitor: Visitor, words: str) -> None:
    visitor.page.get_by_role("status").filter(has_text=words).wait_for()


@pytest.mark.parametrize("lang", ["en"])
def test_a_faulty_spreadsheet_is_mended_handed_in_and_reviewed(visit, lang, tmp_path):
    """Every fault of every line is named at once; what was taken already is left alone; one value returns and is mended."""
    officer = visit("benchmark-officer", lang=lang)
    page, w = officer.page, officer.w
    sent(officer, spreadsheet(tmp_path / "june.xlsx", SOUND, *(row for row, _ in FAULTY.values())))
    found = faults(page)
    named = {(line, column, given) for line, column, given, _ in found}
    wanted = {(n, w.capital(w.code("field", f)), v) for n, (_, fs) in FAULTY.items() for f, v in fs.items()}
    assert named == wanted
    assert all(words for *_, words in found)
    assert any("self_reported" in words for *_, words in found), "codes stand as the file has to have them"
    page.get_by_role("button", name=officer.t("Take in the sound lines")).click()
    told(officer, w.count("{n} row was taken in.", "{n} rows were taken in.", 1))

    sent(officer, spreadsheet(tmp_path / "june-mended.xlsx", *MENDED))
    assert officer.t("Every line can be taken.") in page.locator("main").inner_text()
    page.get_by_label(officer.t("as drafts")).check()
    page.get_by_label(officer.t("Reason, kept in the history")).fill("June returns")
    page.get_by_role("button", name=officer.t("Take in the sound lines")).click()
    told(officer, w.count("{n} row was taken in.", "{n} rows were taken in.", 2))
    page.get_by_label(officer.t("All"), exact=True).check()
    assert page.locator("input[name=row]:checked").count() == 2
    page.get_by_role("button", name=officer.t("Hand in"), exact=True).click()
    told(officer, officer.t("Handed in: {n}.", n=2))

    approver = visit("approver", lang=lang)
    page, t = approver.page, approver.t
    approver.go(f"/m/{FULL}/measurements/?state=submitted")
    assert page.locator("input[name=row]").count() == 3
    strength = page.get_by_role("row").filter(has_text="I-POL-STRENGTH").get_by_role("checkbox")
    strength.check()
    page.get_by_role("button", name=t("Return"), exact=True).click()
    page.get_by_role("alert").wait_for()
    assert strength.is_checked(), "what was chosen is still chosen after a refusal"
    page.get_by_label(t("Reservation, or what has to be mended")).fill(WORDS)
    page.get_by_role("button", name=t("Return"), exact=True).click()
    told(approver, t("Returned: {n}.", n=1))
    page.get_by_label(t("All"), exact=True).check()
    page.get_by_role("button", name=t("Approve"), exact=True).click()
    told(approver, t("Approved: {n}.", n=2))
    approver.go(f"/m/{FULL}/indicators/I-ARMY-SUPPLY/")
    assert approver.w.number(62.5) in page.locator("main").inner_text()

    page, t = officer.page, officer.t
    officer.go(f"/m/{FULL}/measurements/?state=returned")
    assert WORDS in page.locator("main").inner_text()
    page.locator("main table a").first.click()
    page.get_by_label(w.capital(w.code("field", "value"))).first.fill("14580")
    page.get_by_role("button", name=t("Save"), exact=True).click()
    told(officer, t("Saved."))
    page.get_by_role("button", name=t("Hand in"), exact=True).click()
    told(officer, t("Handed in: {n}.", n=1))
    assert w.number(14580) in page.locator("dl.facts").inner_text()


@pytest.mark.parametrize("lang", ["fr"])
def test_late_data_are_chased_with_a_form_that_merges_when_it_returns(visit, lang, tmp_path):
    """The form has all but the values; what comes back waits for review and is asked for no more; sent twice it adds nothing."""
    officer = visit("benchmark-officer", lang=lang)
    page, t = officer.page, officer.t
    officer.go(f"/m/{FULL}/measurements/owed/")
    ministry = "Ministry of Finance of Kasanda"
    line = page.get_by_role("listitem").filter(has_text=ministry)
    assert t("values wanted: {n}", n=4) in line.inner_text()
    with page.expect_download() as download:
        line.get_by_role("link", name=t("Form (XLSX)")).click()
    form = tmp_path / "form.xlsx"
    download.value.save_as(form)
    book = load_workbook(form)
    sheet = book.worksheets[0]
    at = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.max_row == 5
    assert {sheet.cell(n, at["indicator"]).value for n in range(2, 6)} == {"I-BUDGET-EXT"}
    assert {sheet.cell(n, at["value"]).value for n in range(2, 6)} == {None}
    for n, value in ((2, 41.0), (3, 40.0)):
        sheet.cell(n, at["value"]).value = value
    book.save(form)

    counterpart = visit("national-counterpart", lang=lang)
    sent(counterpart, form)
    assert t("Every line can be taken.") in counterpart.page.locator("main").inner_text()
    counterpart.page.get_by_role("button", name=t("Take in the sound lines")).click()
    told(counterpart, officer.w.count("{n} row was taken in.", "{n} rows were taken in.", 2))
    sent(counterpart, form)
    assert (
        t("There is nothing new in this file that could be taken in.") in counterpart.page.locator("main").inner_text()
    )

    officer.go(f"/m/{FULL}/measurements/owed/")
    assert t("values wanted: {n}", n=2) in page.get_by_role("listitem").filter(has_text=ministry).inner_text()
    officer.go(f"/m/{FULL}/measurements/?state=submitted")
    assert page.locator("input[name=row]").count() == 2


def test_a_value_is_entered_on_a_phone(visit):
    """At 390 px in French: a faulty entry says at each field what was wanted and keeps what was typed; then it is handed in."""
    visitor = visit("benchmark-officer", lang="fr", size=PHONE)
    page, t, w = visitor.page, visitor.t, visitor.w
    visitor.go(f"/m/{FULL}/measurements/")
    page.get_by_role("link", name=t("Enter a value")).click()
    page.wait_for_url("**/measurements/new/")

    def field(name: str):
        return page.locator(f"main [name={name}]")

    field("indicator").select_option("I-ARMY-SUPPLY")
    field("date").fill("2027-01-01")
    field("value").fill("beaucoup")
    field("why").fill("Relevé de juin")
    page.get_by_role("button", name=t("Hand in"), exact=True).click()
    page.locator(".finding").first.wait_for()
    for name in ("date", "value"):
        assert field(name).get_attribute("aria-invalid") == "true"
    assert page.locator(".finding").count() == 2
    assert (
        w.wanted("a finite number")
        in page.locator(".field.faulty").filter(has=page.locator("[name=value]")).inner_text()
    )
    assert field("value").input_value() == "beaucoup"
    assert field("why").input_value() == "Relevé de juin"
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    field("date").fill("2026-06-15")
    field("value").fill("62,5")
    page.get_by_role("button", name=t("Hand in"), exact=True).click()
    told(visitor, t("Handed in; it counts once it is approved."))
    assert "62,5" in page.locator("dl.facts").inner_text()
    assert page.evaluate(wide) <= 0
