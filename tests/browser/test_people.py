"""Ways back in without e-mail, and the mission seen with other eyes."""

from __future__ import annotations

import pytest

from tests.browser.house import FULL, OPERATOR, PASSWORD

NEW = "another sentence, about bridges"


@pytest.mark.parametrize("lang", ["fr"])
def test_a_lost_password_is_set_anew_without_an_email(visit, lang):
    """The operator hands over codes; each works once; the old password no longer does."""
    operator = visit(OPERATOR, lang=lang)
    page, t = operator.page, operator.t
    operator.go("/accounts/")
    page.locator("#risk-officer").get_by_role("button", name=t("New recovery codes")).click()
    page.get_by_role("heading", name=t("Recovery codes")).wait_for()
    code = page.locator("main li").first.inner_text().strip()

    lost = visit(lang=lang)
    page = lost.page

    def asked(code: str, password: str) -> None:
        lost.go("/recovery/")
        page.get_by_label(t("Name"), exact=True).fill("risk-officer")
        page.get_by_label(t("Recovery code"), exact=True).fill(code)
        page.get_by_label(t("New password"), exact=True).fill(password)
        page.get_by_role("button", name=t("Set a new password")).click()

    asked("0000-0000-0000", NEW)
    assert t("That did not match. Name or code is wrong.") in page.get_by_role("alert").inner_text()
    asked(code, NEW)
    page.wait_for_url(lambda url: "/recovery/" not in url)
    lost.context.clear_cookies()
    asked(code, PASSWORD)
    page.get_by_role("alert").wait_for()

    again = visit(lang=lang)
    page = again.page
    again.go("/sign-in/")
    page.get_by_label(t("Name"), exact=True).fill("risk-officer")
    page.get_by_label(t("Password"), exact=True).fill(PASSWORD)
    page.get_by_role("button", name=t("Sign in"), exact=True).click()
    page.get_by_role("alert").wait_for()
    again.sign_in("risk-officer", password=NEW)
    page.get_by_role("heading", name=t("Your missions")).wait_for()


def test_an_owner_sees_the_mission_with_an_observers_eyes_and_writes_nothing_in_that_name(visit):
    """Pages, menu and search are the observer's; a banner says so throughout and leads back."""
    owner = visit("owner")
    page, t = owner.page, owner.t
    owner.go(f"/m/{FULL}/people/")
    page.get_by_label(t("Role"), exact=True).last.select_option("observer")
    page.get_by_role("button", name=t("Look"), exact=True).click()
    banner = page.get_by_role("complementary", name=t("With other eyes"))
    banner.wait_for()
    assert owner.go(f"/m/{FULL}/sites/S-IVA/") == 404
    assert owner.go(f"/m/{FULL}/history/") == 403
    assert owner.go(f"/m/{FULL}/measurements/new/") == 403
    owner.go(f"/m/{FULL}/measurements/")
    assert page.locator("main form[method=post]").count() == 0
    assert banner.is_visible()
    banner.get_by_role("button", name=t("Back to your own role")).click()
    page.wait_for_load_state()
    assert owner.go(f"/m/{FULL}/sites/S-IVA/") == 200
