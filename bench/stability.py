"""How fast futures are drawn and scored: the kernel against Mesa, NumPy in float32 batches and a plain C loop.

All draw the same model: 36 areas, 60 months, four neighbours each, known parameters, a country that moves between regimes, an
unchanged presence. Mesa and NumPy count the deaths of a future and its first month of R25. exitplan and C book much more: deaths
of every area-month and of every future in bins, sums and squares by block, regimes, four definitions with first months and
spreads. One update is one area-month. CPU-seconds count, one thread and one process each, so a second core helps nobody; the
C loop runs in this process.
"""

from __future__ import annotations

import json
import math
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bench import peer
from bench.plain_c import PlainC
from exitplan.engine.stability.beliefs import LEVEL_SHARE, level_of
from exitplan.engine.stability.cover import Presence
from exitplan.engine.stability.definitions import AX, PRESETS, R25
from exitplan.engine.stability.fit import Fitted, fit
from exitplan.engine.stability.futures import MARKS, OBSERVED, Draws, deaths_of, draw
from exitplan.engine.stability.memory import BOUND, DECAYS, remember
from exitplan.engine.stability.panel import Panel, nearest
from exitplan.engine.stability.scores import crps
from exitplan.engine.stability.tally import LANES, Tally
from exitplan.engine.streams import stream
from exitplan.importers.priors import read_priors

AREAS, MONTHS, HISTORY = 36, 60, 288
VALUES = {
    "b0": -3.4, "b1": 0.7, "b2": 0.5, "b3": 0.4, "b4": 0.3, "b5": 0.3,
    "c0": 0.9, "c1": 0.3, "c2": 0.1, "c3": 0.1, "c5": 0.2, "ln_xi": -1.05,
    "u1": -0.36, "u2": -0.7, "psi": 0.3, "L01": -3.0, "L10": -2.0, "L12": -2.5, "L21": -2.0,
}  # fmt: skip
KERNEL_FUTURES, C_FUTURES, NUMPY_FUTURES, MESA_FUTURES = 64_000, 64_000, 40_000, 2500
CASES, SAMPLES = 20_000, 1000


def country() -> tuple[Panel, Fitted]:
    """A made-up country with the hit rate of a real one, and the model that made it."""
    rng = stream(1, "bench", "country")
    areas = tuple(f"A{i:02d}" for i in range(AREAS))
    near = nearest(rng.uniform(0, 6, AREAS), rng.uniform(0, 6, AREAS))
    levels = {level_of(a): float(x) for a, x in zip(areas, rng.normal(0, 0.7, AREAS), strict=True)}
    model = replace(Fitted.certain(VALUES | levels, areas, read_priors()), regime=np.array([0.6, 0.3, 0.1]))
    calm = Panel(areas=areas, start=0, deaths=np.zeros((AREAS, 24)), neighbours=near)
    deaths = deaths_of(model, calm, Presence.unchanged(AREAS, HISTORY), Draws(seed=1, futures=32))[0]
    return Panel(areas=areas, start=0, deaths=deaths.astype(np.float64), neighbours=near), model


def rate(work: Callable[[], object], futures: int) -> float:
    """Million area-months a CPU-second; the best of three runs."""
    best = math.inf
    for _ in range(3):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return futures * AREAS * MONTHS / best / 1e6


def clock(work: Callable[[], object]) -> float:
    """Seconds on the clock; the best of three runs."""
    best = math.inf
    for _ in range(3):
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return best


def common_luck(model: Fitted, panel: Panel) -> tuple[float, float]:
    """How much variance one seed for two plans takes off their difference in deaths; and the error of P(AX by 24)."""
    stay = np.full((AREAS, MONTHS + 1), 0.6)
    leave = stay * (np.arange(MONTHS + 1) < 12)
    later = stay * (np.arange(MONTHS + 1) < 18)
    none = np.zeros_like(stay)

    def deaths(mission: np.ndarray, seed: int) -> np.ndarray:
        there = Presence(mission=mission, host=none, support=none)
        return deaths_of(model, panel, there, Draws(seed=seed, futures=6400), 0.5).sum(axis=(1, 2))

    one = deaths(leave, 1)
    saved = np.var(one - deaths(later, 2)) / np.var(one - deaths(later, 1))
    there = Presence(mission=leave, host=none, support=none)
    found = draw(model, panel, there, Draws(seed=1, futures=5000))
    return float(saved), found.chance(PRESETS.index(AX), 0, MARKS.index(24)).error


def described(model: Fitted, panel: Panel, futures: int, everywhere: bool) -> dict[str, object]:
    """The country as plain numbers, for a program of its own."""
    value = model.value
    calmer, worse = math.exp(value("L10")), math.exp(value("L12"))
    index = np.argsort(-panel.neighbours, axis=1, kind="stable")[:, :4]
    return {
        **{name: value(name) for name in VALUES},
        "futures": futures,
        "everywhere": everywhere,
        "months": MONTHS,
        "xi": math.exp(value("ln_xi")),
        "level_share": LEVEL_SHARE,
        "level": [value(level_of(a)) for a in panel.areas],
        "start": remember(panel).own[:, :, -1].T.tolist(),
        "near_index": index.tolist(),
        "near_weight": np.take_along_axis(panel.neighbours, index, axis=1).tolist(),
        "recent": panel.deaths[:, -OBSERVED:].sum(axis=0).tolist(),
        "regime": model.regime.tolist(),
        "moves": [
            1 / (1 + math.exp(-value("L01"))),
            calmer / (1 + calmer + worse),
            worse / (1 + calmer + worse),
            1 / (1 + math.exp(-value("L21"))),
        ],
        "lift": [0.0, math.exp(value("u1")), math.exp(value("u1")) + math.exp(value("u2"))],
        "decays": DECAYS,
        "bound": BOUND,
        "most": max(1000.0, 3 * float(panel.deaths.max())),
    }


@dataclass(frozen=True)
class Run:
    """Million area-months a CPU-second; mean deaths with its error; the share of futures that meet R25 in the first year."""

    rate: float
    mean: float
    error: float
    year: float

    @classmethod
    def of_tally(cls, tally: Tally, rate: float) -> Run:
        """From counts."""
        return cls(rate, float(tally.means()[-1, -1]), float(tally.errors()[-1, -1]), float(tally.by_month(0)[0, 11]))

    @classmethod
    def of_peer(cls, script: str, model: Fitted, panel: Panel, futures: int, *, everywhere: bool = False) -> Run:
        """From a program of its own."""
        with tempfile.TemporaryDirectory() as folder:
            given = Path(folder) / "country.json"
            given.write_text(json.dumps(described(model, panel, futures, everywhere)), encoding="utf-8")
            said = peer.run(script, given)
        deaths = np.array(said["deaths"])
        return cls(
            futures * AREAS * MONTHS / said["seconds"] / 1e6,
            float(deaths.mean()),
            float(deaths.std() / math.sqrt(futures)),
            float(np.mean(np.array(said["first"]) < 12)),
        )


def scoring() -> dict[str, float]:
    """Million draws scored a CPU-second, on simulated deaths: six of a hundred draws above zero."""
    rng = stream(1, "bench", "scores")
    draws = np.where(rng.random((SAMPLES, CASES)) < 0.06, rng.geometric(0.1, (SAMPLES, CASES)), 0).astype(np.float64)
    observed = draws[0].copy()
    crps(draws[:, :10], observed[:10])
    best, size = math.inf, draws.size / 1e6
    for _ in range(3):
        began = time.process_time()
        ours = crps(draws, observed)
        best = min(best, time.process_time() - began)
    rates = {"exitplan": size / best}
    if not peer.missing():
        with tempfile.TemporaryDirectory() as folder:
            given = Path(folder) / "draws.npz"
            np.savez(given, draws=draws.T, observed=observed)
            said = peer.run("crps_in_properscoring.py", given)
        assert abs(said["mean"] - ours.mean()) < 1e-9
        rates["properscoring"] = size / said["seconds"]
    return rates


def main() -> dict[str, float]:
    """Print rates and ratios, and hand the ratios back."""
    began = time.perf_counter()
    panel, model = country()
    first = time.perf_counter() - began
    there, draws = Presence.unchanged(AREAS, MONTHS), Draws(seed=1, futures=KERNEL_FUTURES)
    ours = Run.of_tally(
        draw(model, panel, there, draws, 0.0), rate(lambda: draw(model, panel, there, draws, 0.0), KERNEL_FUTURES)
    )
    # Mesa and NumPy count deaths and the first month of R25 alone: this counts as little.
    little = replace(draws, definitions=(R25,))
    alike = Run.of_tally(
        draw(model, panel, there, little, 0.0), rate(lambda: draw(model, panel, there, little, 0.0), KERNEL_FUTURES)
    )
    runs = {"exitplan": ours, "exitplan, R25 alone": alike}
    for name, lacks in (("Mesa, NumPy and properscoring", peer.missing()), ("the C loop", PlainC.missing())):
        if lacks:
            print(f"Left out: {name} ({lacks})")
    if not PlainC.missing():
        plain = PlainC(model, panel, draws, MONTHS)
        blocks = C_FUTURES // LANES
        runs["C, gcc -O3 -march=native"] = Run.of_tally(plain.draw(blocks), rate(lambda: plain.draw(blocks), C_FUTURES))
    if not peer.missing():
        runs["NumPy float32, violent drawn"] = Run.of_peer("futures_in_numpy.py", model, panel, NUMPY_FUTURES)
        runs["NumPy float32, all drawn"] = Run.of_peer(
            "futures_in_numpy.py", model, panel, NUMPY_FUTURES, everywhere=True
        )
        runs["Mesa, an agent an area"] = Run.of_peer("futures_in_mesa.py", model, panel, MESA_FUTURES)
    threads = [clock(lambda n=n: draw(model, panel, there, replace(draws, threads=n), 0.0)) for n in (1, 2)]
    many = clock(lambda: draw(model, panel, there, Draws(seed=1, futures=100_000, threads=2)))
    began = time.process_time()
    fitted = fit(panel, read_priors())
    fit_time = time.process_time() - began
    saved, error = common_luck(fitted, panel)
    scored = scoring()

    hit = np.mean(deaths_of(model, panel, there, Draws(seed=2, futures=6400), 0.0) > 0)
    print(
        f"Futures of {AREAS} areas x {MONTHS} months, violent area-months {hit:.1%}; deaths of a future; R25 within a year"
    )
    for name, run in runs.items():
        print(f"  {name:30s} {run.rate:9.3f} M area-months/CPU-s   exitplan x {ours.rate / run.rate:7.2f}"
              f", counting R25 alone x {alike.rate / run.rate:7.2f}"
              f"   {run.mean:7.1f} +- {run.error:5.1f}   {run.year:.3f}")  # fmt: skip
    for name, value in scored.items():
        print(f"  CRPS, {name:24s} {value:9.1f} M draws/CPU-s         exitplan x {scored['exitplan'] / value:7.2f}")
    print(f"  first call, compiled or from cache      {first:9.1f} s")
    print(f"  two threads against one, by the clock   {threads[0] / threads[1]:9.2f}")
    print(f"  100,000 futures on two threads          {many:9.2f} s by the clock")
    print(f"  fit of {AREAS} areas x {panel.months} months          {fit_time:9.2f} CPU-s")
    print(f"  variance of a plan difference, apart / common luck {saved:.1f}")
    print(f"  Monte Carlo error of a probability, 5,000 futures  {error:.4f}")
    return {f"exitplan over {name}": ours.rate / run.rate for name, run in runs.items()}


if __name__ == "__main__":
    main()
