"""What Django has to know of this door, handed to the store when the database is opened."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

IDLE_MINUTES = 60
"""Minutes without a request after which one has to sign in again."""

UPLOAD_LIMIT = 25 * 1024 * 1024
"""Bytes of one upload: a scanned protocol fits, a film does not."""

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
"""No inline script or style, no eval, nothing from elsewhere."""


def settings(home: Path, *, secure: bool) -> dict[str, Any]:
    """
    Django settings of the web application.

    Parameters
    ----------
    home
        Folder of this installation; holds the key that signs sessions, made on first use and readable by its owner alone.
    secure
        Whether readers come over TLS, as they do behind a proxy: cookies are then sent over TLS only.
    """
    return {
        "SECRET_KEY": _key(home / "secret-key"),
        "DEBUG": False,
        "ALLOWED_HOSTS": os.environ.get("EXITPLAN_HOSTS", "localhost,127.0.0.1,[::1]").split(","),
        "ROOT_URLCONF": "exitplan.web.urls",
        "INSTALLED_APPS": [
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django_htmx",
            "exitplan.store",
        ],
        "MIDDLEWARE": [
            "exitplan.web.middleware.faults",
            "exitplan.web.middleware.headers",
            "exitplan.web.assets.served",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "exitplan.web.middleware.person",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
            "django_htmx.middleware.HtmxMiddleware",
            "django.middleware.gzip.GZipMiddleware",
        ],
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [HERE / "templates"],
                "OPTIONS": {
                    "libraries": {"words": "exitplan.web.words"},
                    "builtins": ["exitplan.web.words"],
                    "string_if_invalid": "",
                },
            }
        ],
        "SESSION_COOKIE_AGE": IDLE_MINUTES * 60,
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": secure,
        "CSRF_COOKIE_SECURE": secure,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "CSRF_FAILURE_VIEW": "exitplan.web.middleware.forged",
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if secure else None,
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": UPLOAD_LIMIT,
        "FILE_UPLOAD_MAX_MEMORY_SIZE": 2 * 1024 * 1024,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 5000,
        "X_FRAME_OPTIONS": "DENY",
    }


def _key(path: Path) -> str:
    """The key of this installation; made once, never shown."""
    try:
        return path.read_text()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        key = secrets.token_urlsafe(64)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(key)
        return key
