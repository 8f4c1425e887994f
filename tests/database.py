"""Django can be set up once in a process: all tests of the store and of the web share these settings, each its own database."""

from __future__ import annotations

import tempfile
from pathlib import Path

from exitplan.store import config


def set_up() -> None:
    """Make the tables importable, under the settings of the web application."""
    from exitplan.web.settings import settings

    home = Path(tempfile.mkdtemp(prefix="exitplan-tests-"))
    config.configure(home, None, settings(home, secure=False))
