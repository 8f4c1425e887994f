"""A clean database for each test, once on SQLite and once on PostgreSQL: the same suite on both."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from exitplan.store import config
from tests.database import set_up

# The tables can only be imported once the process knows of a database; each test then gets its own.
set_up()


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real PostgreSQL server that this session started, or a skip that says why there is none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel's own doubts about the machine's runtime folder
        try:
            import pgserver
        except ImportError:
            pytest.skip("no PostgreSQL for this Python: the wheel `pgserver` has none for it")
        server = pgserver.get_server(tmp_path_factory.mktemp("postgresql"))
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A home folder whose database is new and empty."""
    address = None
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql")
        name = f"t{os.getpid()}_{abs(hash(request.node.nodeid)) % 10**9}"
        _make(server, name)
        head, _, query = server.partition("?")
        address = f"{head.rsplit('/', 1)[0]}/{quote(name)}?{query}"
    config.configure(tmp_path, address)
    config.migrate()
    yield tmp_path
    from django.db import connections

    connections.close_all()


def _make(server: str, name: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        connection.execute(f'CREATE DATABASE "{name}"')
