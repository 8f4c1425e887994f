"""Documents, reports and bundles: nothing leaves that the reader was not given, and what comes back is looked at first."""

from __future__ import annotations

import io
import json
import threading
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

ClientOf = Callable[..., Any]
TEXT = b"Minutes of the joint committee.\n"


pytestmark = pytest.mark.usefixtures("few_futures")


def page(client: Any, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return str(answer.content.decode())


def file(content: bytes = TEXT, name: str = "minutes.txt") -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content)


def uploaded(client: Any, code: str, **more: Any) -> int:
    """Upload a document; returns its number."""
    from exitplan.store.models import Document

    given = {"file": file(), "title": "Minutes", "why": "evidence", **more}
    answer = client.post(f"/m/{code}/documents/upload/", given)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return int(Document.objects.latest("pk").pk)


# Documents


def test_a_document_is_kept_listed_and_downloaded(client_of: ClientOf, kasanda_code: str) -> None:
    """As a file to be saved, the same bytes."""
    client = client_of("planner")
    number = uploaded(client, kasanda_code)
    assert f"/documents/{number}/" in page(client, f"/m/{kasanda_code}/documents/")
    assert "Minutes" in page(client, f"/m/{kasanda_code}/documents/{number}/")
    answer = client.get(f"/m/{kasanda_code}/documents/{number}/file/")
    assert b"".join(answer.streaming_content) == TEXT
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"file": ("empty.txt", b"")}, "empty"),
        ({"file": ("page.html", b"<script>alert(1)</script>")}, "page.html"),
        ({"file": ("sheet.xlsx", b"not a sheet")}, "sheet.xlsx"),
        ({"file": ("picture.png", b"MZ\x90\x00")}, "picture.png"),
        ({"about": "handover"}, "handover"),
        ({"about": "handover:NONE"}, "NONE"),
        ({"classification": "secret"}, "secret"),
        ({"classification": "confidential"}, "confidential"),
    ],
)
def test_a_file_that_is_not_taken_is_refused_with_the_reason(
    client_of: ClientOf, kasanda_code: str, given: dict[str, Any], told: str
) -> None:
    """Nothing is kept, and what was typed stands in the form again."""
    from exitplan.store.models import Document

    name, content = given.pop("file", ("minutes.txt", TEXT))
    posted = {"file": file(content, name), "title": "A long title", "why": "x", **given}
    answer = client_of("planner").post(f"/m/{kasanda_code}/documents/upload/", posted)
    assert answer.status_code in (403, 422)
    assert told in answer.content.decode()
    assert not Document.objects.exists()


def test_a_document_is_released_only_with_a_do_no_harm_note(client_of: ClientOf, kasanda_code: str) -> None:
    """Before that, an observer does not even learn that it is there; afterwards the note stands in the history."""
    from exitplan.store.models import Revision

    number = uploaded(client_of("planner"), kasanda_code)
    at = f"/m/{kasanda_code}/documents/{number}/"
    observer, approver = client_of("observer"), client_of("approver")
    page(observer, at, 404)
    page(observer, f"{at}file/", 404)
    assert "Minutes" not in page(observer, f"/m/{kasanda_code}/documents/")
    given = {"classification": "restricted", "released_to": ["observer"], "harm_note": ""}
    assert approver.post(f"{at}release/", given).status_code == 422
    page(observer, at, 404)
    assert client_of("planner").post(f"{at}release/", {**given, "harm_note": "x"}).status_code == 403
    assert approver.post(f"{at}release/", {**given, "released_to": ["NOBODY"], "harm_note": "x"}).status_code == 422
    assert approver.post(f"{at}release/", {**given, "harm_note": "Names nobody."}).status_code == 302
    assert "Minutes" in page(observer, at)
    assert Revision.objects.get(act="release", kind="document").why == "Names nobody."


def test_a_document_taken_out_is_gone_for_everybody(client_of: ClientOf, kasanda_code: str, home: Any) -> None:
    """The file too; and only approvers and owners do that, with a reason."""
    number = uploaded(client_of("planner"), kasanda_code)
    at = f"/m/{kasanda_code}/documents/{number}/"
    assert client_of("planner").post(f"{at}redact/", {"why": "x"}).status_code == 403
    approver = client_of("approver")
    assert approver.post(f"{at}redact/", {"why": ""}).status_code == 422
    assert approver.post(f"{at}redact/", {"why": "named a witness"}).status_code == 302
    page(approver, at, 404)
    assert not [p for p in (home / "documents").rglob("*") if p.is_file()]


def test_a_counterpart_finds_again_what_they_uploaded(client_of: ClientOf, kasanda_code: str) -> None:
    """A partner and an observer add nothing."""
    client = client_of("national_counterpart")
    number = uploaded(client, kasanda_code)
    assert "Minutes" in page(client, f"/m/{kasanda_code}/documents/{number}/")
    for role in ("partner", "observer"):
        assert client_of(role).post(f"/m/{kasanda_code}/documents/upload/", {"file": file()}).status_code == 403


# Reports


def made(client: Any, code: str, **more: str) -> str:
    """Ask for a brief and let a worker write it; returns its address."""
    from exitplan.usecases.working import work

    answer = client.post(f"/m/{code}/reports/make/", {"lang": "en", **more})
    assert answer.status_code == 302
    work(threading.Event(), once=True)
    return str(answer["Location"])


@pytest.mark.parametrize("role", ["owner", "national_counterpart"])
def test_a_brief_holds_what_the_reader_may_see(client_of: ClientOf, kasanda_code: str, role: str) -> None:
    """No title of a hidden entry, and no chance for those who were not given any."""
    from exitplan.domain.release import release
    from exitplan.domain.roles import Reader, may_see
    from exitplan.usecases.open_mission import open_mission

    client = client_of(role)
    at = made(client, kasanda_code)
    assert "brief.pdf" in page(client, at)
    body = json.loads(client.get(f"{at}brief.json").content)
    text = json.dumps(body, ensure_ascii=False)
    reader = Reader(role)  # type: ignore[arg-type]
    whole = open_mission("kasanda")
    told = " ".join(str(e) for e in release(whole, reader).dossier.everything())
    hidden = [e for e in whole.everything() if not may_see(reader, e) and len(e.title) > 15 and e.title not in told]
    assert not [e.title for e in hidden if e.title in text]
    assert bool(hidden) == (role != "owner")
    sections = {s["key"] for s in body["result"]["sections"]}
    assert ("capacity" in sections) == (role == "owner")
    assert client.get(f"{at}brief.pdf").content.startswith(b"%PDF")
    for name in ("brief.html", "brief.pdf", "brief.json"):
        assert client.get(f"{at}{name}")["Content-Disposition"].startswith("attachment")
    page(client, f"{at}other.txt", 404)


def test_a_brief_that_speaks_of_what_is_hidden_since_is_not_handed_out(client_of: ClientOf, kasanda_code: str) -> None:
    """Made before, asked for after: it has to be made again."""
    from datetime import UTC, datetime

    from exitplan.domain.kinds import Risk
    from exitplan.domain.roles import Reader
    from exitplan.usecases.board import view
    from exitplan.usecases.writing import entry_body, save_entry

    client = client_of("planner")
    at = made(client, kasanda_code, one_page="1")
    assert client.get(f"{at}brief.json").status_code == 200
    owner = Reader("owner", None, "x")
    seen = view(kasanda_code, owner)
    risk = next(r for r in seen.dossier.of(Risk) if r.classification == "open")
    body = {**entry_body(seen, "risk", risk.code), "classification": "confidential"}
    version = seen.versions["risk", risk.code]
    save_entry(owner, kasanda_code, "risk", body, version=version, why="x", at=datetime.now(UTC))
    page(client, f"{at}brief.json", 404)


def test_a_brief_is_filed_and_released_with_a_note(client_of: ClientOf, kasanda_code: str) -> None:
    """The partner finds it among the documents afterwards."""
    approver = client_of("approver")
    at = made(approver, kasanda_code, one_page="1")
    given = {"classification": "restricted", "released_to": ["observer"]}
    assert approver.post(f"{at}file-away/", {**given, "harm_note": " "}).status_code == 422
    answer = approver.post(f"{at}file-away/", {**given, "harm_note": "Coarse figures only."})
    assert answer.status_code == 302
    assert "Decision brief" in page(client_of("observer"), answer["Location"])
    assert client_of("planner").post(f"{at}file-away/", given).status_code == 403


def test_reports_are_refused_to_those_who_take_nothing_out(client_of: ClientOf, kasanda_code: str) -> None:
    """An observer reads, and exports nothing."""
    client = client_of("observer")
    page(client, f"/m/{kasanda_code}/reports/", 403)
    page(client, f"/m/{kasanda_code}/bundles/", 403)
    assert client.post(f"/m/{kasanda_code}/reports/make/", {}).status_code == 403
    assert client_of("planner").post(f"/m/{kasanda_code}/reports/make/", {"since": "soon"}).status_code == 422


def test_a_brief_of_an_empty_mission_can_be_made(client_of: ClientOf) -> None:
    """It says what is missing."""
    client = client_of("owner", empty=True)
    at = made(client, "EMPTY")
    assert client.get(f"{at}brief.html").status_code == 200


# Bundles


def taken(client: Any, code: str, **more: str) -> bytes:
    answer = client.post(f"/m/{code}/bundles/take-out/", {"why": "visit", **more})
    assert answer.status_code == 200
    return bytes(answer.content)


def edited(bundle: bytes, name: str, old: str, new: str) -> bytes:
    """The bundle with a text of one of its files replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bundle)) as source, zipfile.ZipFile(out, "w") as target:
        for member in source.infolist():
            content = source.read(member)
            if member.filename == name:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode(), 1)
            target.writestr(member.filename, content)
    return out.getvalue()


def test_a_bundle_comes_back_with_one_conflict_shown_side_by_side(client_of: ClientOf, kasanda_code: str) -> None:
    """Nothing is written by looking; the chosen side is taken by merging."""
    from datetime import UTC, datetime

    from exitplan.domain.kinds import Risk
    from exitplan.domain.roles import Reader
    from exitplan.usecases.board import view
    from exitplan.usecases.writing import entry_body, save_entry

    client = client_of("owner")
    owner = Reader("owner", None, "x")
    bundle = taken(client, kasanda_code)
    seen = view(kasanda_code, owner)
    one, two = seen.dossier.of(Risk)[:2]
    came = edited(edited(bundle, "risks.yaml", one.title, "Out there one"), "risks.yaml", two.title, "Out there two")
    body = {**entry_body(seen, "risk", one.code), "title": "In here one"}
    save_entry(
        owner, kasanda_code, "risk", body, version=seen.versions["risk", one.code], why="x", at=datetime.now(UTC)
    )
    looked = client.post(f"/m/{kasanda_code}/bundles/bring-back/", {"file": file(came, "back.zip")})
    shown = looked.content.decode()
    assert looked.status_code == 200, shown[:2000]
    for text in ("Out there one", "In here one", one.title, "Take the bundle’s side"):
        assert text in shown
    assert view(kasanda_code, owner).dossier.get(Risk, two.code).title == two.title  # type: ignore[union-attr]
    answer = client.post(f"/m/{kasanda_code}/bundles/merge/", {"why": "merged", "take": [f"risk:{one.code}"]})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    now = view(kasanda_code, owner).dossier
    assert now.get(Risk, one.code).title == "Out there one"  # type: ignore[union-attr]
    assert now.get(Risk, two.code).title == "Out there two"  # type: ignore[union-attr]


def test_a_locked_bundle_opens_with_its_passphrase_alone(client_of: ClientOf, kasanda_code: str) -> None:
    """The wrong one is told; both fields must agree when it is locked."""
    client = client_of("owner")
    words = "a sentence nobody guesses"
    given = {"why": "x", "passphrase": words, "again": "another"}
    assert client.post(f"/m/{kasanda_code}/bundles/take-out/", given).status_code == 422
    bundle = taken(client, kasanda_code, passphrase=words, again=words)
    assert not zipfile.is_zipfile(io.BytesIO(bundle))
    back = f"/m/{kasanda_code}/bundles/bring-back/"
    assert client.post(back, {"file": file(bundle, "b.sealed"), "passphrase": "wrong words here"}).status_code == 422
    assert client.post(back, {"file": file(bundle, "b.sealed")}).status_code == 422
    assert client.post(back, {"file": file(bundle, "b.sealed"), "passphrase": words}).status_code == 200
    assert client.post(f"/m/{kasanda_code}/bundles/merge/", {"why": "x", "passphrase": words}).status_code == 302


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04cut off"])
def test_what_is_no_bundle_is_refused(client_of: ClientOf, kasanda_code: str, content: bytes, home: Any) -> None:
    """And nothing of it stays."""
    answer = client_of("owner").post(f"/m/{kasanda_code}/bundles/bring-back/", {"file": file(content, "b.zip")})
    assert answer.status_code == 422
    assert not list((home / "incoming").glob("*"))


def test_a_bundle_that_was_not_brought_cannot_be_merged(client_of: ClientOf, kasanda_code: str) -> None:
    """The second step stands on the first, in the same mission."""
    assert client_of("owner").post(f"/m/{kasanda_code}/bundles/merge/", {"why": "x"}).status_code == 422
    assert client_of("approver").post(f"/m/{kasanda_code}/bundles/merge/", {"why": "x"}).status_code == 403


@pytest.mark.parametrize("path", ["documents/", "reports/", "bundles/"])
def test_these_pages_work_empty_and_in_french(client_of: ClientOf, path: str) -> None:
    """Whole, in the language of the reader."""
    shown = page(client_of("owner", empty=True, lang="fr"), f"/m/EMPTY/{path}")
    assert '<html lang="fr"' in shown
    assert "style=" not in shown.replace("stylesheet", "")


def test_documents_that_leave_are_made_at_once_or_by_a_worker(client_of: ClientOf, kasanda_code: str) -> None:
    """Calendar and workbooks while one waits; a fact sheet by a worker, with its file; a wrong pair is refused."""
    from exitplan.usecases.working import work

    client, at = client_of("planner"), f"/m/{kasanda_code}/papers"
    assert f"{at}/at-once/calendar.ics" in page(client, f"/m/{kasanda_code}/reports/")
    answer = client.get(f"{at}/at-once/calendar.ics")
    assert answer.content.startswith(b"BEGIN:VCALENDAR")
    assert answer["Content-Disposition"].startswith("attachment")
    page(client, f"{at}/at-once/calendar.docx", 404)
    assert client.post(f"{at}/make/", {"paper": "annex.xlsx", "lang": "en"}).status_code == 422
    asked = client.post(f"{at}/make/", {"paper": "fact-sheet.docx", "lang": "fr"})
    work(threading.Event(), once=True)
    assert "fact-sheet.docx" in page(client, asked["Location"])
    assert client.get(f"{asked['Location']}fact-sheet.docx").content.startswith(b"PK")
    page(client_of("observer"), f"{at}/at-once/calendar.ics", 403)
