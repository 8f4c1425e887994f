"""A bundle's way: taken out in the browser, edited where there is no network, merged back with one conflict."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.browser.house import FULL, PASSWORD, Visitor, serving, work_off

SITE, OTHER, LESSON = "S-IVA", "S-ORU", "LE03"
HERE, THERE = "Police of the border district", "Village guards under the district"
LATER = "School of the district"
SECRET = "seven herons over the ferry"


def taken_out(visitor: Visitor, path: Path, passphrase: str = "") -> Path:
    """Take a bundle out in the browser."""
    page, t = visitor.page, visitor.t
    visitor.go(f"/m/{FULL}/bundles/")
    out = page.locator("form").filter(has_text=t("Take a bundle out"))
    out.get_by_label(t("What for")).fill("for the field office in Oroumbeya")
    out.locator("[name=passphrase]").fill(passphrase)
    out.locator("[name=again]").fill(passphrase)
    with page.expect_download() as download:
        out.get_by_role("button", name=t("Take out")).click()
    download.value.save_as(path)
    return path


def brought_back(visitor: Visitor, file: Path, passphrase: str = "") -> None:
    """Bring a bundle back and look at what it would change."""
    page, t = visitor.page, visitor.t
    visitor.go(f"/m/{FULL}/bundles/")
    back = page.locator("form").filter(has_text=t("Bring a bundle back"))
    back.locator("[name=file]").set_input_files(file)
    back.locator("[name=passphrase]").fill(passphrase)
    back.get_by_role("button", name=t("Look at it")).click()
    page.wait_for_load_state()


def changed(visitor: Visitor, kind: str, code: str, **fields: str) -> None:
    """Change fields of an entry in the browser."""
    page, t = visitor.page, visitor.t
    visitor.go(f"/m/{FULL}/entries/{kind}/{code}/edit/")
    for name, value in fields.items():
        page.locator(f"[name={name}]").fill(value)
    page.get_by_label(t("Reason for the change")).fill("agreed at the site")
    page.get_by_role("button", name=t("Save"), exact=True).last.click()
    page.wait_for_url(f"**/entries/{kind}/{code}/")


def exitplan(*command: str, home: Path) -> str:
    """A command of the terminal, on a machine of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "exitplan.cli", *command],
        env={**os.environ, "EXITPLAN_HOME": str(home)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def edited(folder: Path, kind: str, edit: Any) -> None:
    """Change a file of the dossier as somebody with an editor does."""
    file = folder / f"{kind}.yaml"
    entries = yaml.safe_load(file.read_text("utf-8"))
    file.write_text(yaml.safe_dump(edit(entries), allow_unicode=True, sort_keys=False), "utf-8")


def packed(folder: Path, path: Path) -> Path:
    """The folder as one file again."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(p for p in folder.rglob("*") if p.is_file()):
            archive.write(file, file.relative_to(folder).as_posix())
    return path


@pytest.mark.parametrize("lang", ["en"])
def test_a_bundle_edited_offline_merges_back_with_one_conflict(visit, home, lang, tmp_path):
    """What changed there alone is taken, what both changed is shown side by side, what the bundle lacks is not deleted."""
    planner = visit("planner", lang=lang)
    page, t, w = planner.page, planner.t, planner.w
    folder = tmp_path / "field"
    zipfile.ZipFile(taken_out(planner, tmp_path / "field.zip")).extractall(folder)
    changed(planner, "site", SITE, guard=HERE)

    def at_the_site(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
        by_code = {entry["code"]: entry for entry in entries}
        by_code[SITE]["guard"] = THERE
        by_code[OTHER]["end_use"] = LATER
        return entries

    edited(folder, "sites", at_the_site)
    edited(folder, "lessons", lambda entries: [entry for entry in entries if entry["code"] != LESSON])
    with (folder / "measurements.csv").open("a", encoding="utf-8") as table:
        heads = (folder / "measurements.csv").read_text("utf-8").splitlines()[0].split(",")
        row = {"indicator": "I-POL-STRENGTH", "version": "1", "date": "2026-06-15", "value": "14610"}
        table.write(",".join(row.get(head, "") for head in heads) + "\n")
    back = packed(folder, tmp_path / "back.zip")
    exitplan("check", str(back), home=tmp_path)

    brought_back(planner, back)
    conflict = page.locator("section").filter(has=page.locator("table.differences"))
    assert conflict.count() == 1
    shown = conflict.inner_text()
    assert SITE in shown
    assert HERE in shown
    assert THERE in shown
    table = page.locator("#table-merged")
    assert OTHER in table.inner_text()
    assert LESSON not in table.inner_text()
    page.get_by_label(t("Why it is merged")).fill("the field office is back")
    page.get_by_role("button", name=t("Merge"), exact=True).click()
    page.get_by_role("status").filter(
        has_text=w.count("{n} entry was merged.", "{n} entries were merged.", 1)
    ).wait_for()
    for code, words in ((OTHER, LATER), (SITE, HERE)):
        planner.go(f"/m/{FULL}/entries/site/{code}/")
        assert words in page.locator("dl.facts").first.inner_text()
    assert planner.go(f"/m/{FULL}/entries/lesson/{LESSON}/") == 200
    planner.go(f"/m/{FULL}/measurements/?state=submitted")
    assert w.number(14610) in page.locator("main").inner_text()

    brought_back(planner, back)
    assert conflict.count() == 1
    page.get_by_label(t("Take the bundle’s side")).check()
    page.get_by_label(t("Why it is merged")).fill("the district has agreed to it")
    page.get_by_role("button", name=t("Merge"), exact=True).click()
    page.get_by_role("status").wait_for()
    planner.go(f"/m/{FULL}/entries/site/{SITE}/")
    assert THERE in page.locator("dl.facts").first.inner_text()
    planner.go(f"/m/{FULL}/history/verify/")
    page.get_by_role("button", name=t("Verify it now")).click()
    work_off(home)
    page.locator(".mark.done").wait_for()
    assert page.get_by_role("alert").count() == 0


@pytest.mark.parametrize("lang", ["fr"])
def test_a_sealed_bundle_is_worked_on_at_a_laptop_without_network_and_comes_back(visit, browser, lang, tmp_path):
    """It opens with its passphrase alone, on either machine; what was changed on the laptop is merged."""
    planner = visit("planner", lang=lang)
    page, t = planner.page, planner.t
    sealed = taken_out(planner, tmp_path / "field.sealed", SECRET)
    assert not zipfile.is_zipfile(sealed)
    assert b"S-IVA" not in sealed.read_bytes()

    laptop = tmp_path / "laptop"
    laptop.mkdir()
    for name, words in (("secret", SECRET), ("password", PASSWORD)):
        (tmp_path / name).write_text(words + "\n", "utf-8")
    account = ("--password-file", str(tmp_path / "password"))
    exitplan("user", "add", "field", *account, home=laptop)
    exitplan("load", str(sealed), "--owner", "field", "--passphrase-file", str(tmp_path / "secret"), home=laptop)
    with serving(laptop) as server:
        field = Visitor(browser, server.address, lang=lang)
        field.sign_in("field")
        changed(field, "site", SITE, guard=THERE)
        back = taken_out(field, tmp_path / "back.sealed", SECRET)
        field.close()

    brought_back(planner, back, "not the passphrase at all")
    page.get_by_role("alert").wait_for()
    brought_back(planner, back, SECRET)
    assert page.locator("table.differences").count() == 0
    assert SITE in page.locator("#table-merged").inner_text()
    page.get_by_label(t("Why it is merged")).fill("the field office is back")
    page.get_by_label(t("Passphrase"), exact=True).fill(SECRET)
    page.get_by_role("button", name=t("Merge"), exact=True).click()
    page.get_by_role("status").wait_for()
    planner.go(f"/m/{FULL}/entries/site/{SITE}/")
    assert THERE in page.locator("dl.facts").first.inner_text()
