"""A backup is taken while everybody works, and put back anywhere, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from pathlib import Path

import pytest

from exitplan.domain.errors import InvalidValue, NotFound, Unreadable
from exitplan.domain.roles import Reader
from exitplan.store import accounts, backup, config, documents, entries, measurements, missions, runs, signoffs
from exitplan.store.entries import Change
from exitplan.store.models import EntryRow, Revision
from tests.store.samples import NOW, created, table


@pytest.fixture
def full(home: Path) -> Path:
    """A home folder with something in every table that people fill."""
    created()
    accounts.add_account("amina", "a long enough sentence")
    accounts.set_role("amina", "M", "owner")
    accounts.new_token("amina", "M", name="laptop", scope="read", expires=NOW)
    body = {"code": "A2", "title": "Est, \u00e9t\u00e9 \U0001f30d", "numbers": [1, 1.0, 1e300, -0.0, 0.1, 1e-7]}
    entries.save("M", [Change("area", "A2", body)], who="amina", why="more", at=NOW)
    measurements.add("M", table(("I1", "2025-01-01", 0.1)), who="amina", why="survey", at=NOW, state="submitted")
    documents.keep("M", home / "documents", [b"text"], title="", name="a.txt", who="amina", why="up", at=NOW)
    signoffs.sign("M", "area", "A1", 1, Reader("approver", name="head"), receipt="agreed", at=NOW)
    runs.ask("M", "futures", {"n": 1}, Reader("planner", name="amina"))
    return home


def test_numbers_that_a_database_writes_differently_still_verify(full: Path) -> None:
    """PostgreSQL writes 1e300 out and knows no minus nought."""
    (found,) = backup.look_over("M", full / "documents")

    assert found.sound, found


@pytest.mark.slow
def test_what_is_put_back_is_what_was_there(full: Path, tmp_path: Path) -> None:
    """Every row of every table, every document, on either kind of database; new rows get new numbers."""
    file = tmp_path / "backup.zip"
    done = backup.backup(file, full / "documents")
    before = {m: list(m._default_manager.order_by("pk").values_list()) for m in backup.tables()}
    assert file.stat().st_mode & 0o077 == 0

    other = tmp_path / "other"
    config.configure(other)
    config.migrate()
    assert backup.restore(file, other / "documents") == done

    assert {m: list(m._default_manager.order_by("pk").values_list()) for m in backup.tables()} == before
    assert backup.look_over(None, other / "documents")[0].sound
    entries.save("M", [Change("area", "A3", {"code": "A3", "title": "x"})], who="a", why="w", at=NOW)
    assert created("N") == "N"


def test_a_backup_goes_into_a_database_of_another_kind(full: Path, tmp_path: Path, home: Path) -> None:
    """What was taken from one is put into the one this test runs on, and counters go on where they were."""
    file = tmp_path / "backup.zip"
    backup.backup(file, full / "documents")
    for model in reversed(backup.tables()):
        model._default_manager.all().delete()

    backup.restore(file, full / "documents")

    assert backup.look_over("M", full / "documents")[0].sound
    created("N")
    assert {m.code for m in missions.listed()} == {"M", "N"}


def test_a_database_that_holds_something_is_not_written_over(full: Path, tmp_path: Path) -> None:
    """Restoring is for an empty installation."""
    file = tmp_path / "backup.zip"
    backup.backup(file, full / "documents")

    with pytest.raises(InvalidValue):
        backup.restore(file, full / "documents")


def _rewritten(file: Path, name: str, change: object) -> None:
    with zipfile.ZipFile(file) as archive:
        members = {n: archive.read(n) for n in archive.namelist()}
    members[name] = change(members[name])  # type: ignore[operator]
    with zipfile.ZipFile(file, "w") as archive:
        for member, content in members.items():
            archive.writestr(member, content)


def _in_line(raw: bytes) -> bytes:
    return raw.replace(b"North", b"South")


@pytest.mark.slow
@pytest.mark.parametrize(
    "damage",
    [
        lambda f: f.write_bytes(b"not a zip"),
        lambda f: f.write_bytes(f.read_bytes()[:-200]),
        lambda f: _rewritten(f, "tables/Revision.jsonl", _in_line),
        lambda f: _rewritten(f, "tables/EntryRow.jsonl", lambda raw: b"{}\n" + raw),
        lambda f: _rewritten(f, "backup.json", lambda raw: raw.replace(b'"format": 1', b'"format": 2')),
        lambda f: _rewritten(f, "backup.json", lambda raw: b"{}"),
        lambda f: _rewritten(f, "backup.json", lambda raw: b"[]"),
        lambda f: f.unlink(),
    ],
)
def test_a_damaged_backup_changes_nothing(full: Path, tmp_path: Path, damage: object) -> None:
    """It is refused as a whole, and the database stays empty."""
    file = tmp_path / "backup.zip"
    backup.backup(file, full / "documents")
    damage(file)  # type: ignore[operator]
    other = tmp_path / "other"
    config.configure(other)
    config.migrate()

    with pytest.raises(Unreadable):
        backup.restore(file, other / "documents")

    assert missions.listed() == ()
    assert not (other / "documents").exists()


@pytest.mark.slow
def test_a_forged_history_is_refused_even_where_the_file_says_it_is_whole(full: Path, tmp_path: Path) -> None:
    """The chain is verified on the way in."""
    file = tmp_path / "backup.zip"
    backup.backup(file, full / "documents")
    name = "tables/Revision.jsonl"
    _rewritten(file, name, _in_line)
    with zipfile.ZipFile(file) as archive:
        digest = hashlib.sha256(archive.read(name)).hexdigest()

    def forged(raw: bytes) -> bytes:
        head = json.loads(raw)
        head["files"][name] = digest
        return json.dumps(head).encode()

    _rewritten(file, "backup.json", forged)
    other = tmp_path / "other"
    config.configure(other)
    config.migrate()

    with pytest.raises(Unreadable, match="revision 2"):
        backup.restore(file, other / "documents")
    assert missions.listed() == ()


def test_a_full_disk_leaves_the_old_backup(full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new one takes its place only when it is whole."""
    file = tmp_path / "backup.zip"
    file.write_bytes(b"the old one")

    def no_space(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(Unreadable, match="No space left"):
        backup.backup(file, full / "documents")

    assert file.read_bytes() == b"the old one"
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        (lambda home: EntryRow.objects.filter(code="A2").update(body={"code": "A2", "title": "other"}), "area A2"),
        (lambda home: EntryRow.objects.filter(code="A2").update(version=7), "area A2"),
        (lambda home: EntryRow.objects.filter(code="A2").delete(), "area A2"),
        (lambda home: EntryRow.objects.create(mission_id=1, kind="area", code="Z", body={}), "area Z"),
        (lambda home: next((home / "documents").rglob("*/*")).write_bytes(b"other"), "document 1"),
        (lambda home: next((home / "documents").rglob("*/*")).unlink(), "document 1"),
    ],
)
def test_what_was_changed_behind_the_chains_back_is_named(full: Path, tamper: object, named: str) -> None:
    """Entries as they stand and uploaded files are held against what the chain says of them."""
    tamper(full)  # type: ignore[operator]

    (found,) = backup.look_over("M", full / "documents")

    assert found.broken is None
    assert found.strange == (named,)
    assert not found.sound


def test_a_broken_chain_is_named_first(full: Path) -> None:
    """By mission and revision."""
    Revision.objects.filter(number=2).update(who="somebody")

    (found,) = backup.look_over(None, full / "documents")
    assert found.broken is not None
    assert (found.broken.mission, found.broken.number) == ("M", 2)
    with pytest.raises(NotFound):
        backup.look_over("X", full)
