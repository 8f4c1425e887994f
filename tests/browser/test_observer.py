"""An observer is refused everywhere it should be, and told so; what is not released to them is named nowhere."""

from __future__ import annotations

import re

import pytest

from exitplan.domain.release import release
from exitplan.domain.roles import ALLOWED, Reader
from exitplan.usecases.open_mission import open_mission
from tests.browser.addresses import address, pages
from tests.browser.house import FULL


def codes_kept_from(role: str) -> re.Pattern[str]:
    """Every code of an entry that kasanda does not show to a role, as whole words of the page's source."""
    whole = open_mission("kasanda")
    seen = {entry.code for entry in release(whole, Reader(role)).dossier.everything()}
    kept = sorted({entry.code for entry in whole.everything()} - seen)
    assert len(kept) > 100
    return re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, kept)) + r")(?![\w-])")


@pytest.mark.parametrize("lang", ["fr"])
def test_an_observer_opens_what_the_rules_allow_and_is_refused_the_rest(visit, lang):
    """Every page of the mission: opened without a word of what is kept from them, or refused with a page that says why."""
    visitor = visit("observer", lang=lang)
    page, kept = visitor.page, codes_kept_from("observer")
    role = visitor.w.code("role", "observer")
    refused = opened = 0
    for route in pages():
        if not route.path.startswith("m/"):
            continue
        path = address(route, FULL) or ""
        status = visitor.go(path)
        if route.needs not in ALLOWED["observer"]:
            assert status == 403, path
            assert role in page.locator("main").inner_text()
            refused += 1
            continue
        assert status in (200, 404), path
        opened += status == 200
        asked_for = set(path.replace("?", "/").split("/"))
        assert not set(kept.findall(page.content())) - asked_for, path
    assert opened > 10
    assert refused > 10


def test_an_observer_is_offered_nothing_that_would_be_refused(visit):
    """No button or link to write, and no site by its address, its list, or a search."""
    visitor = visit("observer")
    page, t = visitor.page, visitor.t
    assert visitor.go(f"/m/{FULL}/sites/S-IVA/") == 404
    assert visitor.go(f"/m/{FULL}/entries/site/S-IVA/") == 404
    visitor.go(f"/m/{FULL}/search/?q=S-IVA")
    assert page.locator("a[href*='/S-IVA/']").count() == 0
    for path in ("decisions/D-ORU/", "handovers/H-POL-ORU/", "risks/", "entries/risk/", "entries/decision/D-ORU/"):
        visitor.go(f"/m/{FULL}/{path}")
        assert page.locator("main form[method=post]").count() == 0, path
        assert page.locator("main a[href$='/edit/'], main a[href$='/new/'], main a[href$='/delete/']").count() == 0
    menu = page.get_by_role("navigation", name=t("Pages of this mission"))
    for words in (t("History"), t("People and roles"), t("Bundles"), t("Reports")):
        assert menu.get_by_role("link", name=words, exact=True).count() == 0
