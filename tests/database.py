"""
Databases for tests: Django can be set up once in a process, so all tests of the store, the use cases and the web share its
settings. Each begins with an empty database that is up to date: a copy of one file, or the session's own on PostgreSQL, emptied.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from exitplan.store import config
from tests.postgresql import server

FAST = ["django.contrib.auth.hashers.MD5PasswordHasher"]
"""Passwords of tests are hashed quickly; the real hasher has its own test."""

FILLED_ONCE = ("django_migrations", "django_content_type")
"""Tables that are filled when the database is brought up to date."""


def set_up() -> None:
    """Make the tables importable, under the settings of the web application."""
    from exitplan.web.settings import settings

    home = Path(tempfile.mkdtemp(prefix="exitplan-tests-"))
    config.configure(home, None, settings(home, secure=False))


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file whose tables are there and empty."""
    from django.db import connection

    folder = tmp_path_factory.mktemp("sqlite")
    config.configure(folder)
    config.migrate()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return folder / config.SQLITE_FILE


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database on a real PostgreSQL that this session started, or a skip that says why there is none."""
    from django.db import connections

    with server() as address:
        if address is None:
            pytest.skip(
                "no PostgreSQL: neither the wheel `pgserver` nor the system's own (scripts/postgresql.sh installs it)"
            )
        config.configure(tmp_path_factory.mktemp("postgresql"), address)
        config.migrate()
        connections.close_all()
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def home(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home folder whose database is new and empty, named in the environment as an installation's is."""
    from django.db import connections
    from django.test import override_settings

    folder, address = tmp_path / "home", None
    folder.mkdir()
    if request.param == "postgresql":
        address = request.getfixturevalue("postgresql")
        _empty(address)
        monkeypatch.setenv("EXITPLAN_DATABASE", address)
    else:
        shutil.copy(request.getfixturevalue("sqlite"), folder / config.SQLITE_FILE)
        monkeypatch.delenv("EXITPLAN_DATABASE", raising=False)
    monkeypatch.setenv("EXITPLAN_HOME", str(folder))
    config.configure(folder, address)
    with override_settings(PASSWORD_HASHERS=FAST):
        yield folder
    connections.close_all()


def _empty(address: str) -> None:
    """End what else is connected, delete every row, and let numbers begin anew. Only tables that were touched take time."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SET lock_timeout = '20s'")
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        rows = connection.execute("SELECT quote_ident(relname) FROM pg_stat_user_tables ORDER BY relname").fetchall()
        tables = [name for (name,) in rows if name not in FILLED_ONCE]
        asked = ", ".join(f"EXISTS (SELECT FROM {name})" for name in tables)
        filled = connection.execute(f"SELECT {asked}").fetchone()
        if some := ", ".join(name for name, holds in zip(tables, filled, strict=True) if holds):
            connection.execute(f"TRUNCATE {some} CASCADE")
        counted = "SELECT format('%I', sequencename) FROM pg_sequences WHERE last_value IS NOT NULL ORDER BY 1"
        for (name,) in connection.execute(counted).fetchall():
            if not name.startswith(FILLED_ONCE):
                connection.execute(f"ALTER SEQUENCE {name} RESTART")
