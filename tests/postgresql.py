"""
A real PostgreSQL server for tests: the one that comes as a wheel, else that of the system.

`scripts/postgresql.sh` installs Debian's where the wheel has none for this Python.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
"""Where Debian puts the programs of each version, off the PATH."""

UNPRIVILEGED = "nobody"
"""Whose server it is where the tests run as root: PostgreSQL refuses to run as root."""


@contextmanager
def server() -> Iterator[str | None]:
    """The address of a server that was started for this purpose, and is stopped afterwards; None where there is none to start."""
    # Not in pytest's own folder: another run of pytest locks that for everybody else, and the server has a user of its own.
    folder = Path(tempfile.mkdtemp(prefix="exitplan-pg-"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the wheel's own doubts about the machine's runtime folder
            try:
                import pgserver
            except ImportError:
                pgserver = None
            if pgserver is not None:
                try:
                    wheel = pgserver.get_server(folder)
                except subprocess.TimeoutExpired:  # the wheel waits ten seconds, and a busy machine may need more
                    wheel = pgserver.get_server(folder)
        if pgserver is not None:
            forgetful(wheel.get_uri())
            yield wheel.get_uri()
            wheel.cleanup()
        elif (programs := system_programs()) is None:
            yield None
        else:
            with system_server(programs, folder) as address:
                yield address
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def forgetful(address: str) -> None:
    """Let a server not wait for the disk: what it holds need not outlive the machine's next fall."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


def system_programs() -> Path | None:
    """The folder of the system's newest `initdb` and `pg_ctl`; None where there is none."""
    versions = sorted(DEBIAN.glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    folders = [*versions, *([Path(on_path).parent] if on_path else [])]
    return next((f for f in folders if (f / "initdb").is_file() and (f / "pg_ctl").is_file()), None)


@contextmanager
def system_server(programs: Path, folder: Path) -> Iterator[str]:
    """A server of the system's own programs, with its data and its socket in a folder; reached by that socket alone."""
    as_other = {"user": UNPRIVILEGED} if os.geteuid() == 0 else {}
    if as_other:
        shutil.chown(folder, UNPRIVILEGED)
    data = folder / "data"

    def run(program: str, *options: str) -> None:
        # The output goes to a file: the server keeps what it is given, and a pipe would never be closed.
        with (folder / f"{program}.log").open("w") as log:
            subprocess.run(
                [str(programs / program), "-D", str(data), *options],
                stdout=log, stderr=subprocess.STDOUT, cwd=folder, timeout=120, check=True, **as_other,
            )  # fmt: skip

    run("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-locale", "--no-sync")
    listening = f"-k '{folder}' -c listen_addresses='' -c fsync=off -c full_page_writes=off"
    run("pg_ctl", "start", "-w", "-t", "60", "-l", str(folder / "server.log"), "-o", listening)
    try:
        yield f"postgresql://postgres:@/postgres?host={folder}"
    finally:
        run("pg_ctl", "stop", "-m", "immediate")
