"""Signing in, the second factor, the ways back in, and what nobody sees without it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from exitplan.usecases import totp
from tests.browser.house import FULL, PASSWORD


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_visitor_is_asked_for_a_name_and_goes_on_to_the_page_they_wanted(visit, lang):
    """The sign-in page speaks the browser's language and leads on to where one was going."""
    visitor = visit(lang=lang)
    page, t = visitor.page, visitor.t
    visitor.go(f"/m/{FULL}/risks/")
    assert page.locator("html").get_attribute("lang") == lang
    page.get_by_label(t("Name"), exact=True).fill("observer")
    page.get_by_label(t("Password"), exact=True).fill("not the password at all")
    page.get_by_role("button", name=t("Sign in")).click()
    assert t("That did not match. Name or password is wrong.") in page.get_by_role("alert").inner_text()
    assert page.get_by_label(t("Name"), exact=True).input_value() == "observer"
    page.get_by_label(t("Password"), exact=True).fill(PASSWORD)
    page.get_by_role("button", name=t("Sign in")).click()
    page.wait_for_url(f"**/m/{FULL}/risks/")


def test_an_approver_sees_nothing_before_the_second_factor(visit):
    """Every address leads to the second factor until it is shown; a wrong code is told; a code is good once."""
    visitor = visit()
    page, t = visitor.page, visitor.t
    visitor.go("/sign-in/")
    page.get_by_label(t("Name"), exact=True).fill("approver")
    page.get_by_label(t("Password"), exact=True).fill(PASSWORD)
    page.get_by_role("button", name=t("Sign in")).click()
    page.get_by_role("heading", name=t("Second factor")).wait_for()
    for address in (f"/m/{FULL}/", "/account/", "/"):
        visitor.go(address)
        assert "/second-factor/" in page.url
    page.get_by_label(t("Code"), exact=True).fill("000000")
    page.get_by_role("button", name=t("Go on")).click()
    page.get_by_role("alert").wait_for()
    secret = page.locator("code").first.inner_text()
    visitor.show_second_factor()
    recovery = page.get_by_role("listitem").first.inner_text().strip()
    page.get_by_role("link", name=t("I have kept them")).click()
    page.get_by_role("heading", name=t("Your missions")).wait_for()

    again = visit()
    page = again.page
    again.go("/sign-in/")
    page.get_by_label(t("Name"), exact=True).fill("approver")
    page.get_by_label(t("Password"), exact=True).fill(PASSWORD)
    page.get_by_role("button", name=t("Sign in")).click()
    page.get_by_label(t("Code"), exact=True).fill(totp.code(secret, totp.step_of(datetime.now(UTC)) - 1))
    page.get_by_role("button", name=t("Go on")).click()
    page.get_by_role("alert").wait_for()
    page.get_by_label(t("Code"), exact=True).fill(recovery)
    page.get_by_role("button", name=t("Go on")).click()
    page.get_by_role("heading", name=t("Your missions")).wait_for()


def test_signing_out_ends_the_session(visit):
    """After signing out, going back shows the sign-in page and no mission."""
    visitor = visit("observer")
    page, t = visitor.page, visitor.t
    page.get_by_role("button", name=t("Sign out")).click()
    page.wait_for_url("**/sign-in/")
    visitor.go(f"/m/{FULL}/")
    assert "/sign-in/" in page.url
