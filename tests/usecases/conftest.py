"""A clean database for each test that asks for `home`, once on SQLite and once on PostgreSQL."""

from __future__ import annotations

from tests.database import home, postgresql, set_up, sqlite

__all__ = ["home", "postgresql", "sqlite"]

# The tables can only be imported once the process knows of a database; each test then gets its own.
set_up()
