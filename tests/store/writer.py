"""A process that writes until it is killed: `python writer.py HOME ADDRESS NUMBER WRITES`; says each write it was told is kept."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path


def main() -> None:
    """Write entries of its own and one that everybody writes; print each acknowledged one."""
    from exitplan.store import config

    home, address, number, writes = Path(sys.argv[1]), sys.argv[2] or None, sys.argv[3], int(sys.argv[4])
    config.configure(home, address)
    from exitplan.store import entries
    from exitplan.store.entries import Change
    from exitplan.store.errors import Stale

    print("ready", flush=True)
    for n in range(writes):
        own = {"code": f"W{number}-{n}", "title": f"{number} {n}", "note": "x" * 2000}
        changes = [Change("area", own["code"], own)]
        while True:
            body, version = entries.read("M", "area", "A1")
            shared = {**body, "count": body.get("count", 0) + 1}
            try:
                entries.save(
                    "M",
                    [*changes, Change("area", "A1", shared, version)],
                    who=number,
                    why="load",
                    at=datetime.now(UTC),
                )
                break
            except Stale:
                continue
        print(own["code"], flush=True)


if __name__ == "__main__":
    main()
