"""What people are told when the database is gone or its disk is full; on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from exitplan.store import accounts, backup, config, entries
from exitplan.web.routes import ROUTES
from tests.database import FAST, home, postgresql, sqlite
from tests.usecases.samples import in_database
from tests.web.conftest import PASSWORD
from tests.web.test_access import addresses

__all__ = ["home", "postgresql", "sqlite"]


@pytest.fixture
def owner(home: Path) -> Iterator[Any]:
    """A browser in which an owner has signed in, and a key of theirs for the API."""
    from django.test import Client, override_settings

    from exitplan.usecases.people import sign_in

    in_database()
    with override_settings(PASSWORD_HASHERS=FAST, ALLOWED_HOSTS=["testserver"]):
        accounts.add_account("olga", PASSWORD)
        accounts.set_role("olga", "M", "owner")
        signed = sign_in("olga", PASSWORD, "127.0.0.1", datetime.now(UTC))
        browser = Client(raise_request_exception=False)
        session = browser.session
        session["account"], session["password"] = signed.account, signed.password_stamp
        session["seen"], session["second_factor"] = int(datetime.now(UTC).timestamp()), True
        session.save()
        yield browser


@contextmanager
def gone(home: Path) -> Iterator[None]:
    """The database cannot be reached: its file is away, its server does not answer."""
    from django.db import connections

    connections.close_all()
    if address := os.environ.get("EXITPLAN_DATABASE"):
        config.configure(home, f"postgresql:///gone?host={home}")
        yield
        config.configure(home, address)
    else:
        away = home.with_name("away")
        home.rename(away)
        home.mkdir()
        yield
        connections.close_all()
        assert not (home / config.SQLITE_FILE).exists(), "no empty database is put in its place"
        home.rename(home.with_name("empty"))
        away.rename(home)


def test_every_page_says_that_the_database_does_not_answer_and_works_again_when_it_does(home, owner):
    """503 with a heading and a reference, never a trace, an empty page or an empty mission; health says it too."""
    from django.test import Client

    ends = datetime.now(UTC) + timedelta(days=1)
    key = accounts.new_token("olga", "M", name="test", scope="read", expires=ends)
    pages = [a.replace("KASANDA", "M") for r in ROUTES if "GET" in r.methods for a, _ in addresses(r)]
    assert owner.get("/m/M/").status_code == 200

    with gone(home):
        for page in pages:
            if page in ("/healthz", "/metrics"):
                continue
            answer = owner.get(page)
            assert answer.status_code == 503, page
            assert b"<h1>" in answer.content
            assert b"Traceback" not in answer.content
        health = Client().get("/healthz")
        assert (health.status_code, health.json()) == (503, {"status": "database"})
        called = owner.get("/api/v1/missions", headers={"Authorization": f"Bearer {key}"})
        assert (called.status_code, called.json()["status"]) == (503, 503)
        entry = {"code": "A9", "title": "Late", "_version": "0"}
        assert owner.post("/m/M/entries/area/new/", entry).status_code == 503

    assert owner.get("/healthz").status_code == 200
    assert owner.get("/m/M/").status_code == 200
    assert ("area", "A9") not in entries.versions("M")
    assert backup.look_over("M", home / "documents")[0].sound


def test_a_full_disk_is_a_page_that_says_so_and_nothing_is_half_written(home, owner):
    """What was typed can be sent again once there is room."""
    from django.db import connection

    sqlite_file = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if sqlite_file:
            cursor.execute("PRAGMA page_count")
            pages = cursor.fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count={pages + 6}")
        else:
            cursor.execute(
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                "RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$"
            )
            cursor.execute(
                "CREATE TRIGGER full_disk BEFORE INSERT ON store_revision FOR EACH ROW EXECUTE FUNCTION full_disk()"
            )
    entry = {"code": "BIG", "title": "Big", "note": "x" * 200_000, "_version": "0", "_why": "test"}

    answer = owner.post("/m/M/entries/area/new/", entry)
    assert answer.status_code == 503
    assert "the disk of the database is full; nothing was written." in answer.content.decode().replace("The", "the")
    assert owner.get("/m/M/").status_code == 200, "what is there can still be read"

    with connection.cursor() as cursor:
        if sqlite_file:
            cursor.execute("PRAGMA max_page_count=1000000")
        else:
            cursor.execute("DROP TRIGGER full_disk ON store_revision")
    assert ("area", "BIG") not in entries.versions("M")
    assert backup.look_over("M", home / "documents")[0].sound
    assert owner.post("/m/M/entries/area/new/", entry).status_code == 302
