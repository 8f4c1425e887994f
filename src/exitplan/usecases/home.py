"""Where this installation keeps its data, and which database it uses: read from the environment, once asked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HOME_VARIABLE = "EXITPLAN_HOME"
DATABASE_VARIABLE = "EXITPLAN_DATABASE"


def home() -> Path:
    """The folder named by `EXITPLAN_HOME`, else `.exitplan` in the user's own folder."""
    named = os.environ.get(HOME_VARIABLE)
    return Path(named) if named else Path.home() / ".exitplan"


def documents_folder() -> Path:
    """Where uploaded evidence lies."""
    return home() / "documents"


def open_store(settings: Mapping[str, Any] | None = None) -> None:
    """
    Open the database of this installation and bring its tables up to date.

    SQLite under `home()`, or the PostgreSQL that `EXITPLAN_DATABASE` names. `settings` are those of a door.
    """
    from exitplan.store import config

    config.configure(home(), os.environ.get(DATABASE_VARIABLE) or None, settings)
    config.migrate()
