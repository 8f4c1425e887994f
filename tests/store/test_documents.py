"""Uploaded evidence: kept by its digest, taken for what it is, never for what it says it is."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from exitplan.domain.errors import InvalidValue, NotFound, Unreadable
from exitplan.store import documents, missions
from tests.store.samples import NOW, created


@pytest.fixture
def mission(home: Path) -> str:
    """A mission without documents."""
    return created()


def office(*names: str, **content: str) -> bytes:
    """A zip with some members."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
        for name, text in content.items():
            archive.writestr(name, text)
    return packed.getvalue()


GOOD = {
    "a.pdf": b"%PDF-1.7 x",
    "a.PNG": b"\x89PNG\r\n\x1a\nx",
    "a.jpg": b"\xff\xd8\xffx",
    "a.csv": "région,1\n".encode(),
    "a.docx": office("word/document.xml"),
    "a.xlsx": office("xl/workbook.xml"),
    "a.odt": office(mimetype="application/vnd.oasis.opendocument.text"),
}

BAD = {
    "nothing.txt": b"",
    "page.html": b"<script>alert(1)</script>",
    "run.exe": b"MZ",
    "picture.svg": b"<svg/>",
    "no-ending": b"text",
    "binary.txt": b"\x00\x01",
    "latin.txt": "région".encode("latin-1"),
    "page.pdf": b"<html>",
    "page.png": b"%PDF-1.7",
    "macro.docx": office("word/document.xml", "word/vbaProject.bin"),
    "macro.docm": office("word/document.xml"),
    "other.xlsx": office("word/document.xml"),
    "broken.docx": b"PK\x03\x04 broken",
    "wrong.odt": office(mimetype="text/plain"),
    "none.odt": office("content.xml"),
}


def keep(home: Path, name: str, *pieces: bytes) -> documents.Kept:
    """Upload a file."""
    return documents.keep("M", home / "documents", pieces, title="", name=name, who="amina", why="evidence", at=NOW)


@pytest.mark.parametrize("name", GOOD)
def test_documents_of_known_types_are_kept_as_they_came(mission: str, home: Path, name: str) -> None:
    """The file is what was sent, whatever pieces it came in, and readable by its owner alone."""
    content = GOOD[name]
    kept = keep(home, name, content[:3], content[3:])

    file = documents.file_of(home / "documents", kept.sha256)
    assert file.read_bytes() == content
    assert file.stat().st_mode & 0o077 == 0
    assert documents.one(mission, kept.id) == kept
    assert missions.load(mission).revision == 3


@pytest.mark.parametrize("name", BAD)
def test_everything_else_is_refused_and_leaves_nothing(mission: str, home: Path, name: str) -> None:
    """By its ending, its content, or both."""
    with pytest.raises(InvalidValue):
        keep(home, name, BAD[name])

    assert not (home / "documents").exists()
    assert missions.load(mission).revision == 2


def test_a_large_file_is_not_read_to_its_end(mission: str, home: Path) -> None:
    """The upload stops where the limit is passed."""
    read = 0

    def endless():  # type: ignore[no-untyped-def]
        nonlocal read
        while True:
            read += 1
            yield b"x" * 1_000_000

    with pytest.raises(InvalidValue):
        documents.keep(mission, home / "documents", endless(), title="", name="a.txt", who="a", why="w", at=NOW)
    assert read == documents.SIZE_LIMIT // 1_000_000 + 1


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\x\\a.pdf", "a.pdf"),
        ("..txt", "txt"),
        ("a\r\nSet-Cookie: x.txt", "a__Set-Cookie_ x.txt"),
        ('"; filename="x.txt', "_; filename=_x.txt".replace(";", "_").replace("=", "_")),
        ("rapport d’été.pdf", "rapport d_été.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("///", "document"),
    ],
)
def test_no_part_of_a_senders_name_becomes_a_path_or_a_header(given: str, plain: str) -> None:
    """Only letters, digits, dots, dashes, blanks and brackets stay."""
    assert documents.plain_name(given) == plain


def test_equal_files_lie_there_once(mission: str, home: Path) -> None:
    """Two documents may share one file."""
    first, second = keep(home, "a.txt", b"same"), keep(home, "b.txt", b"same")

    assert first.sha256 == second.sha256
    assert len([p for p in (home / "documents").rglob("*") if p.is_file()]) == 1


def test_a_disk_that_takes_nothing_leaves_nothing_behind(mission: str, home: Path, monkeypatch) -> None:
    """Neither a row nor half a file."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unreadable, match="No space left"):
        keep(home, "a.txt", b"text")

    assert not [p for p in (home / "documents").rglob("*") if p.is_file()]
    assert documents.listed(mission) == ()


def test_a_document_of_another_mission_is_not_found(mission: str, home: Path) -> None:
    """Numbers run through all missions; looking them up does not."""
    kept = keep(home, "a.txt", b"text")
    created("N")

    with pytest.raises(NotFound):
        documents.one("N", kept.id)
    assert documents.listed("N") == ()
