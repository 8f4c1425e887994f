"""The application for a WSGI server: `exitplan.web.wsgi:application`, opened on first use."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from exitplan.usecases.home import home, open_store
from exitplan.web.settings import settings


def open_application() -> Callable[..., Any]:
    """The application over the database of this installation. `EXITPLAN_SECURE=1` says that readers come over TLS."""
    open_store(settings(home(), secure=os.environ.get("EXITPLAN_SECURE") == "1"))
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def __getattr__(name: str) -> Any:
    """Gunicorn and others ask for `application`; only then is the database opened."""
    if name == "application":
        globals()["application"] = open_application()
        return globals()["application"]
    raise AttributeError(name)
