"""Sets the database up, once for each process: one SQLite file under the home folder, or PostgreSQL by one address."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from exitplan.domain.errors import InvalidValue

SQLITE_FILE = "exitplan.sqlite3"

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=20000; "
    "PRAGMA secure_delete=ON;"
)
"""Readers never wait for a writer; an acknowledged write is on the disk, even if the power goes; what is deleted is gone."""


def configure(home: Path, database: str | None = None, settings: Mapping[str, Any] | None = None) -> None:
    """
    Point this process at a database; calling it again points it at another one.

    Parameters
    ----------
    home
        Folder that holds the SQLite file and uploaded documents; made when absent, readable by its owner alone.
    database
        `postgresql://user:password@host:port/name`, or None for SQLite under `home`.
    settings
        Further Django settings of a door (middleware, templates); used on the first call only.

    Raises
    ------
    InvalidValue
        When the address is not one of PostgreSQL.
    """
    import django
    from django.conf import settings as django_settings

    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    address = database_settings(home, database)
    if django_settings.configured:
        _point_at(address)
        return
    django_settings.configure(
        **{
            "INSTALLED_APPS": ["django.contrib.contenttypes", "django.contrib.sessions", "exitplan.store"],
            "DATABASES": {"default": address},
            "AUTH_USER_MODEL": "store.Account",
            "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
            "PASSWORD_HASHERS": [
                "django.contrib.auth.hashers.Argon2PasswordHasher",
                "django.contrib.auth.hashers.PBKDF2PasswordHasher",
            ],
            "USE_TZ": True,
            "TIME_ZONE": "UTC",
            "USE_I18N": False,
            "LOGGING_CONFIG": None,
            **(settings or {}),
        }
    )
    django.setup()


def database_settings(home: Path, database: str | None) -> dict[str, Any]:
    """Django's settings for one database. Raises InvalidValue for an address that is not PostgreSQL."""
    if database is None:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            # Only `migrate` makes the file: were it to vanish, an empty one in its place would look like a sound answer.
            "NAME": f"file:{quote(str((home / SQLITE_FILE).absolute()))}?mode=rw",
            "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": _SQLITE_PRAGMAS},
        }
    parts = urlsplit(database)
    if parts.scheme not in ("postgresql", "postgres"):
        raise InvalidValue("database", parts.scheme, "an address such as postgresql://user:password@host/name")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "exitplan",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }


def _point_at(address: dict[str, Any]) -> None:
    from django.conf import settings as django_settings
    from django.db import connections

    connections.close_all()
    django_settings.DATABASES = {"default": address}
    connections.settings = connections.configure_settings(django_settings.DATABASES)
    for alias in list(connections):
        if hasattr(connections._connections, alias):
            delattr(connections._connections, alias)


def migrate() -> None:
    """
    Bring the tables of this database to the shape that this version needs; does nothing when they have it.

    Raises Unavailable when the database does not answer, or its disk is full.
    """
    from django.core.management import call_command
    from django.db import connection

    from exitplan.store.entries import troubles

    if connection.vendor == "sqlite":
        file = Path(unquote(urlsplit(str(connection.settings_dict["NAME"])).path))
        file.touch(mode=0o600)
    with troubles():
        call_command("migrate", verbosity=0, interactive=False)


def answers() -> bool:
    """Whether the database can be reached."""
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def hang_up() -> None:
    """Close the connection that this thread holds: each thread has one of its own."""
    from django.db import connection

    connection.close()
