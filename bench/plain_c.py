"""The same futures by a plain C loop (futures.c), built with gcc -O3 -march=native: how far from the metal the kernel is."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from exitplan.engine.stability import futures as engine
from exitplan.engine.stability.cover import Presence
from exitplan.engine.stability.fit import Fitted
from exitplan.engine.stability.futures import Draws
from exitplan.engine.stability.panel import Panel
from exitplan.engine.stability.tally import EDGES, Tally

SOURCE = Path(__file__).parent / "futures.c"
FLAGS = ("-O3", "-march=native", "-shared", "-fPIC")


class PlainC:
    """The C loop on one country with known parameters and an unchanged presence."""

    def __init__(self, model: Fitted, panel: Panel, draws: Draws, horizon: int) -> None:
        there = Presence.unchanged(len(panel.areas), horizon)
        self.problem = engine._problem(model, panel, there, draws)
        self.parameters = [x[0] for x in engine._parameters(model, there, draws, 0.0, 0, 1)]
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
        occurrence, severity, level, _, lifts, moves, _ = self.parameters
        start_regime, key_start, key_regime, start, near_index, near_weight, _, _, _, key_any, key_size, most, *rest = (
            self.problem.inputs
        )
        _, observed, *_, country_window, country_bar, area_window, area_bar, marks = rest
        table = (np.searchsorted(EDGES, np.arange(4096), side="right") - 1).astype(np.uint8)
        bars = [np.ascontiguousarray(x, dtype=np.int64) for x in (country_bar, area_bar)]
        counts = self.problem.empty_counts()
        real, whole, key = ctypes.c_float, ctypes.c_int64, ctypes.c_uint64
        asked = (
            whole(blocks), whole(areas), whole(horizon), whole(EDGES.size), EDGES, table,
            occurrence, severity, real(float(severity[5])), level, start_regime, moves,
            lifts, real(float(lifts[3])), key(int(key_start)), key(int(key_regime)), start, whole(near_index.shape[1]),
            near_index, near_weight, key_any, key_size,
            whole(most), observed, whole(observed.shape[1]), whole(country_window.size), country_window,
            bars[0], whole(area_window.size), area_window, bars[1], whole(marks.size),
            marks, counts[0], *counts[2:],
        )  # fmt: skip
        held = [np.ascontiguousarray(x) if isinstance(x, np.ndarray) else x for x in asked]
        self.run(*(x.ctypes.data_as(ctypes.c_void_p) if isinstance(x, np.ndarray) else x for x in held))
        return self.problem.tally(blocks, counts)
