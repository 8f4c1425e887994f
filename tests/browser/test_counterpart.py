"""A national counterpart's day, on a phone and in French: a reservation is entered and stays on record."""

from __future__ import annotations

from tests.browser.house import FULL, PHONE

HANDOVER = "H-POL-ORU"
RESERVATION = "L’enquête a été menée pendant la saison des pluies ; la question sera reposée en septembre."


def test_a_reservation_is_entered_on_a_phone_in_french(visit):
    """Through the folded menu to the hand-over; their own assessment stands first; the reservation is seen by the mission."""
    visitor = visit("national-counterpart", lang="fr", size=PHONE)
    page, t = visitor.page, visitor.t
    visitor.go(f"/m/{FULL}/")
    menu = page.get_by_role("navigation", name=t("Pages of this mission"))
    assert not menu.is_visible()
    page.get_by_text(t("Menu"), exact=True).click()
    menu.get_by_role("link", name=t("Hand-overs"), exact=True).click()
    page.wait_for_url("**/handovers/")
    visitor.go(f"/m/{FULL}/handovers/{HANDOVER}/")
    assert visitor.w.code("party", "self") in page.locator("article").first.inner_text().lower()

    page.get_by_text(t("Receive this assessment")).first.click()
    received = page.locator("article details[open]")
    received.get_by_label(t("How it is received")).select_option("reserved")
    received.get_by_role("button", name=t("Sign")).click()
    alert = received.get_by_role("alert")
    assert visitor.w.wanted("the reservation in its own words") in alert.inner_text(), "said at the form, in French"
    assert received.count() == 1
    assert received.get_by_label(t("How it is received")).input_value() == "reserved"
    received.get_by_label(t("Reservation or remark, in your own words")).fill(RESERVATION)
    received.get_by_role("button", name=t("Sign")).click()
    page.get_by_text(RESERVATION).first.wait_for()

    planner = visit("planner")
    planner.go(f"/m/{FULL}/handovers/{HANDOVER}/")
    assert RESERVATION in planner.page.locator("main").inner_text()
