"""One point in time: everything read inside belongs together, and nobody who writes has to wait for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def snapshot() -> Iterator[None]:
    """
    Read at one point in time. Inside a transaction that is under way, that transaction serves.

    Django would begin an ordinary transaction as one that writes (SQLite) or that sees what others commit meanwhile
    (PostgreSQL), so this one is begun by hand.
    """
    if connection.in_atomic_block:
        yield
        return
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("BEGIN" if sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
