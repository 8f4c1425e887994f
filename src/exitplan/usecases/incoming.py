"""Files that came in and wait for a second look before anything is done with them: kept aside, for a day at most."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterable
from pathlib import Path

from exitplan.domain.errors import InvalidValue, NotFound
from exitplan.domain.findings import Wanted
from exitplan.usecases.home import home

SIZE_LIMIT = 200_000_000
"""Bytes of one file: as much as a bundle may have."""

KEPT_SECONDS = 24 * 3600


def put_aside(pieces: Iterable[bytes], ending: str) -> str:
    """Keep a file aside; returns the name by which it is found again. Raises InvalidValue when it is empty or too large."""
    folder = _folder()
    _forget_old(folder)
    name = f"{secrets.token_hex(16)}{ending}"
    path, size = folder / name, 0
    with path.open("xb") as file:
        path.chmod(0o600)
        for piece in pieces:
            size += len(piece)
            if size <= SIZE_LIMIT:
                file.write(piece)
    if not 0 < size <= SIZE_LIMIT:
        path.unlink()
        raise InvalidValue("file", f"{size} bytes", Wanted("a file of 1 to {most} bytes", most=SIZE_LIMIT))
    return name


def aside(name: str) -> Path:
    """A file that was put aside. Raises NotFound where it is gone."""
    path = _folder() / name
    if not re.fullmatch(r"[0-9a-f]{32}\.[a-z]{1,8}", name) or not path.is_file():
        raise NotFound("file", name[:50])
    return path


def forget(name: str) -> None:
    """Remove a file that was put aside."""
    aside(name).unlink(missing_ok=True)


def _folder() -> Path:
    folder = home() / "incoming"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _forget_old(folder: Path) -> None:
    for path in folder.iterdir():
        if time.time() - path.stat().st_mtime > KEPT_SECONDS:
            path.unlink(missing_ok=True)
