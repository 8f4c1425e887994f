"""Small missions and tables that tests of the store begin with."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Area, Mission
from exitplan.domain.tables import MeasurementTable

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
FAULTY = "the name of a witness"
"""What must not be found anywhere after it was redacted."""


def dossier(code: str = "M", *areas: Area) -> Dossier:
    """A mission with one area, or with those given."""
    mission = Mission(code=code, title="Mission", acronym="M", host=("XKA",), host_name="K", started=date(2020, 1, 1))
    return Dossier(mission, {"area": areas or (Area(code="A1", title="North"),)})


def created(code: str = "M", *areas: Area) -> str:
    """The same in the database."""
    from exitplan.store import missions

    missions.create(dossier(code, *areas), who="amina", why="first", at=NOW)
    return code


def table(*rows: tuple[str, str, float], source: str = "S1", note: str = "") -> MeasurementTable:
    """Measurements of (indicator, day, value)."""
    texts = pl.DataFrame(
        {
            "indicator": [r[0] for r in rows],
            "date": [r[1] for r in rows],
            "value": [str(r[2]) for r in rows],
            "source": [source] * len(rows),
            "note": [note] * len(rows),
        }
    )
    parsed = MeasurementTable.parse(texts)
    assert not parsed.refused
    return parsed.table


def bytes_of_database(home: Path) -> bytes:
    """Everything that a thief of the disk would find: the files of SQLite, or every row of every table of PostgreSQL."""
    from django.apps import apps
    from django.db import connection

    if connection.vendor == "sqlite":
        return b"".join(path.read_bytes() for path in sorted(home.glob("exitplan.sqlite3*")))
    rows = [str(list(model._default_manager.values_list())) for model in apps.get_app_config("store").get_models()]
    return "".join(rows).encode()
