"""The same futures by a plain C loop (futures.c), built with gcc -O3 -march=native: how far from the metal the kernel is."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from exitplan.engine.stability import futures as engine
from exitplan.engine.stability.beliefs import LEVEL_SHARE
from exitplan.engine.stability.cover import Presence
from exitplan.engine.stability.fit import Fitted
from exitplan.engine.stability.futures import Draws
from exitplan.engine.stability.panel import Panel
from exitplan.engine.stability.tally import EDGES, Tally

SOURCE = Path(__file__).parent / "futures.c"
FLAGS = ("-O3", "-march=native", "-shared", "-fPIC", f"-DLEVEL_SHARE={LEVEL_SHARE}f")


class PlainC:
    """The C loop on one country with known parameters and an unchanged presence."""

    def __init__(self, model: Fitted, panel: Panel, draws: Draws, horizon: int) -> None:
        there = Presence.unchanged(len(panel.areas), horizon)
        self.problem = engine._problem(model, panel, there, draws)
        self.parameters = engine.Parameters(*(x[0] for x in engine._parameters(model, there, draws, 0.0, 0, 1)))
        self.shape = (len(panel.areas), horizon)
        with tempfile.TemporaryDirectory() as folder:
            built = Path(folder) / "futures.so"
            subprocess.run(["gcc", *FLAGS, "-o", str(built), str(SOURCE), "-lm"], check=True)
            self.run = ctypes.CDLL(str(built)).run

    @staticmethod
    def missing() -> str:
        """Why it cannot run here; empty when it can."""
        return "" if shutil.which("gcc") else "no gcc on the PATH"

    def draw(self, blocks: int) -> Tally:
        """Counts of so many blocks, from the first."""
        areas, horizon = self.shape
        of, given = self.parameters, self.problem.inputs
        table = (np.searchsorted(EDGES, np.arange(4096), side="right") - 1).astype(np.uint8)
        bars = [np.ascontiguousarray(x, dtype=np.int64) for x in (given.country_bar, given.area_bar)]
        counts = self.problem.empty_counts()
        real, whole, key = ctypes.c_float, ctypes.c_int64, ctypes.c_uint64
        asked = (
            whole(blocks), whole(areas), whole(horizon), whole(EDGES.size), EDGES, table,
            of.occurrence, of.severity, real(float(of.severity[-1])), of.level, given.start_regime, of.moves,
            of.lifts, real(float(of.lifts[-1])), key(int(given.key_start)), key(int(given.key_regime)), given.start,
            whole(given.near_index.shape[1]), given.near_index, given.near_weight, given.key_any, given.key_size,
            whole(given.most), given.observed, whole(given.observed.shape[1]), whole(given.country_window.size),
            given.country_window, bars[0], whole(given.area_window.size), given.area_window, bars[1],
            whole(given.marks.size), given.marks, counts[0], *counts[2:],
        )  # fmt: skip
        held = [np.ascontiguousarray(x) if isinstance(x, np.ndarray) else x for x in asked]
        self.run(*(x.ctypes.data_as(ctypes.c_void_p) if isinstance(x, np.ndarray) else x for x in held))
        return self.problem.tally(blocks, counts)
