"""
Databases for tests: Django can be set up once in a process, so all tests of the store, the use cases and the web share its
settings, and each has a database of its own: a copy of one that was brought up to date once.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from exitplan.store import config
from tests.postgresql import server

TEMPLATE = "exitplan_template"
_NUMBERS = count()


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
    """The address of a real PostgreSQL server that this session started, or a skip that says why there is none."""
    from django.db import connections

    with server() as address:
        if address is None:
            pytest.skip(
                "no PostgreSQL: neither the wheel `pgserver` nor the system's own (scripts/postgresql.sh installs it)"
            )
        _run(address, f'CREATE DATABASE "{TEMPLATE}"')
        config.configure(tmp_path_factory.mktemp("template"), _address(address, TEMPLATE))
        config.migrate()
        connections.close_all()
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def home(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home folder whose database is new and empty, named in the environment as an installation's is."""
    from django.db import connections

    folder, address = tmp_path / "home", None
    folder.mkdir()
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql")
        name = f"t{os.getpid()}_{next(_NUMBERS)}"
        _run(server, f'CREATE DATABASE "{name}" TEMPLATE "{TEMPLATE}"')
        address = _address(server, name)
        monkeypatch.setenv("EXITPLAN_DATABASE", address)
    else:
        shutil.copy(request.getfixturevalue("sqlite"), folder / config.SQLITE_FILE)
        monkeypatch.delenv("EXITPLAN_DATABASE", raising=False)
    monkeypatch.setenv("EXITPLAN_HOME", str(folder))
    config.configure(folder, address)
    yield folder
    connections.close_all()


def _address(server: str, name: str) -> str:
    head, _, query = server.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}?{query}"


def _run(server: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)
