"""How long the terminal takes, start-up included, against what the starts of Python and of its libraries cost alone."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

REPEATS = 5

COMMANDS: tuple[tuple[str, tuple[str, ...], float], ...] = (
    ("--help", ("--help",), 0.4),
    ("check kasanda", ("check", "kasanda"), 1.5),
    ("status kasanda", ("status", "kasanda"), 1.5),
)
"""What is run, and the seconds it may take."""

BARE: tuple[tuple[str, str], ...] = (
    ("python", ""),
    ("python with pydantic, numpy and polars", "import pydantic, numpy, polars"),
)


def _seconds(arguments: list[str]) -> tuple[float, float]:
    """Median wall and CPU seconds of a fresh process; byte code is compiled beforehand, as on any machine in use."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    walls, cpus = [], []
    for _ in range(REPEATS + 1):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(arguments, env=environment, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        walls.append(time.perf_counter() - start)
        cpus.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(walls[1:]), statistics.median(cpus[1:])


def main() -> dict[str, float]:
    """Print wall and CPU seconds of each command, its limit, and the ratio to a bare start; returns seconds by command."""
    bare = {name: _seconds([sys.executable, "-c", code]) for name, code in BARE}
    for name, (wall, cpu) in bare.items():
        print(f"{name:42} {wall:6.2f} s  {cpu:6.2f} CPU-s")
    start = bare[BARE[-1][0]][1]
    exitplan = str(Path(sys.executable).with_name("exitplan"))
    found = {}
    for name, arguments, limit in COMMANDS:
        wall, cpu = _seconds([exitplan, *arguments])
        verdict = "within" if wall <= limit else "OVER"
        print(
            f"{'exitplan ' + name:42} {wall:6.2f} s  {cpu:6.2f} CPU-s  {verdict} {limit} s; {cpu / start:.1f} x that start"
        )
        found[name] = wall
    return found
