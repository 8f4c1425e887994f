"""Other programs at the same work, each in a process of its own, in an environment that this file makes and keeps."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "peers"
HOME = HERE / ".venv"
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")


@cache
def missing() -> str:
    """Why the peers cannot run here; empty when they can. The first time it installs them, which takes half a minute."""
    wanted = HERE / "requirements.txt"
    stamp = HOME / "installed"
    if stamp.exists() and stamp.read_text() == wanted.read_text():
        return ""
    python = HOME / "bin" / "python"
    for made in (
        (sys.executable, "-m", "venv", "--clear", str(HOME)),
        (str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "-r", str(wanted)),
    ):
        done = subprocess.run(made, capture_output=True, text=True, check=False)
        if done.returncode:
            return (done.stderr.strip().splitlines() or ["no reason given"])[-1]
    stamp.write_text(wanted.read_text())
    return ""


def run(script: str, given: Path) -> dict[str, Any]:
    """What a peer's script says about the file given to it."""
    done = subprocess.run(
        (str(HOME / "bin" / "python"), str(HERE / script), str(given)),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **ONE_THREAD, "PYTHONPATH": ""},
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found
