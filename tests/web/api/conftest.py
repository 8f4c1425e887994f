"""Programs that call the API: with a key for each role, over a copy of the loaded database."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

ROOT = "/api/v1"
KASANDA = f"{ROOT}/missions/KASANDA"


@dataclass
class Program:
    """Something that calls the API with a key; each call gives Django's response."""

    browser: Any
    headers: dict[str, str]

    def get(self, path: str, **headers: str) -> Any:
        """Read."""
        return self.send("GET", path, **headers)

    def send(self, method: str, path: str, body: Any = None, media: str = "application/json", **headers: str) -> Any:
        """Any call; `body` goes as JSON unless it is bytes, header names with underscores for dashes."""
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        address = path if path.startswith("/") else f"{KASANDA}/{path}"
        return self.browser.generic(method, address, content, content_type=media, headers={**self.headers, **named})


@pytest.fixture
def program_of(home: Path) -> Callable[..., Program]:
    """A program with a key of a role's holder: `program_of("planner")`; without a key for None."""
    from django.test import Client

    from exitplan.store import accounts

    def program(role: str | None, *, scope: str = "write", mission: str | None = None, days: int = 1) -> Program:
        if role is None:
            return Program(Client(raise_request_exception=False), {})
        name = role if role == "nobody" else f"{role}.kasanda"
        ends = datetime.now(UTC) + timedelta(days=days)
        key = accounts.new_token(name, mission, name="test", scope=scope, expires=ends)
        return Program(Client(raise_request_exception=False), {"Authorization": f"Bearer {key}"})

    return program
