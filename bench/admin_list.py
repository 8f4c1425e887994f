"""The peer of `bench/house.py`: a plain Django admin over the same tables, in a process and with settings of its own."""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path
from types import ModuleType

REPEATS = 7


def main(home: Path) -> None:
    """Open each changelist several times as a superuser; prints one line of JSON."""
    from exitplan.store import config

    config.configure(
        home,
        settings={
            "AUTH_USER_MODEL": "auth.User",
            "SECRET_KEY": "of a measurement",
            "ROOT_URLCONF": "bench_admin_urls",
            "ALLOWED_HOSTS": ["testserver"],
            "INSTALLED_APPS": [
                "django.contrib.admin",
                "django.contrib.auth",
                "django.contrib.contenttypes",
                "django.contrib.sessions",
                "django.contrib.messages",
                "exitplan.store",
            ],
            "MIDDLEWARE": [
                "django.contrib.sessions.middleware.SessionMiddleware",
                "django.middleware.csrf.CsrfViewMiddleware",
                "django.contrib.auth.middleware.AuthenticationMiddleware",
                "django.contrib.messages.middleware.MessageMiddleware",
                "django.middleware.gzip.GZipMiddleware",
            ],
            "TEMPLATES": [
                {
                    "BACKEND": "django.template.backends.django.DjangoTemplates",
                    "APP_DIRS": True,
                    "OPTIONS": {
                        "context_processors": [
                            "django.template.context_processors.request",
                            "django.contrib.auth.context_processors.auth",
                            "django.contrib.messages.context_processors.messages",
                        ]
                    },
                }
            ],
            "STATIC_URL": "/static/",
        },
    )
    config.migrate()
    from django.contrib import admin
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import path

    from exitplan.store.models import EntryRow, MeasurementRow

    class Entries(admin.ModelAdmin):
        list_display = ("kind", "code", "version", "format", "position")
        list_filter = ("kind",)
        search_fields = ("code",)

    class Measurements(admin.ModelAdmin):
        list_display = ("indicator", "date", "area", "group", "value", "unit", "source", "state", "entered_by")
        list_filter = ("state",)
        search_fields = ("indicator",)
        ordering = ("-date", "-id")

    admin.site.register(EntryRow, Entries)
    admin.site.register(MeasurementRow, Measurements)
    urls = ModuleType("bench_admin_urls")
    urls.urlpatterns = [path("admin/", admin.site.urls)]  # type: ignore[attr-defined]
    sys.modules[urls.__name__] = urls
    browser = Client(headers={"accept-encoding": "gzip"})
    browser.force_login(User.objects.create_superuser("measured"))
    found = {}
    for name, address in (("entries", "entryrow"), ("measurements", "measurementrow")):
        walls = []
        for _ in range(REPEATS + 1):
            with CaptureQueriesContext(connection) as queries:
                start = time.perf_counter()
                answer = browser.get(f"/admin/store/{address}/")
                walls.append(time.perf_counter() - start)
            assert answer.status_code == 200, answer.status_code
        found[name] = {"median": statistics.median(walls[1:]), "queries": len(queries)}
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
