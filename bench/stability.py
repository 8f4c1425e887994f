"""How fast futures are drawn: the kernel against a pandas loop over months and against plain NumPy float64 batches.

All three simulate the same model (36 areas, 60 months, four neighbours each, known parameters) and count mean deaths and the
first month of R25. The kernel books much more besides: deaths of every area-month in bins, four definitions, spreads of blocks.
One update is one area-month. Everything runs in one process, in turn; CPU-seconds count, so a second core helps nobody.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from exitplan.engine.stability.cover import Presence
from exitplan.engine.stability.fit import LEVEL_SHARE, Fitted, fit
from exitplan.engine.stability.futures import Draws, deaths_of, draw
from exitplan.engine.stability.memory import BOUND, DECAYS, remember
from exitplan.engine.stability.panel import Panel, nearest
from exitplan.engine.streams import stream
from exitplan.importers.priors import read_priors

AREAS, MONTHS, HISTORY = 36, 60, 288
VALUES = {
    "b0": -3.3, "b1": 0.7, "b2": 0.5, "b3": 0.4, "b4": 0.3, "b5": 0.3,
    "c0": 0.9, "c1": 0.3, "c2": 0.1, "c3": 0.1, "c5": 0.2, "ln_xi": -1.05,
}  # fmt: skip
KERNEL_FUTURES, NUMPY_FUTURES, PANDAS_FUTURES = 50_000, 4000, 6
BATCH = 2000


def country() -> tuple[Panel, Fitted]:
    """A made-up country with the hit rate of a real one, and the model that made it."""
    rng = stream(1, "bench", "country")
    areas = tuple(f"A{i:02d}" for i in range(AREAS))
    near = nearest(rng.uniform(0, 6, AREAS), rng.uniform(0, 6, AREAS))
    levels = {f"alpha:{a}": float(x) for a, x in zip(areas, rng.normal(0, 0.7, AREAS), strict=True)}
    model = Fitted.certain(VALUES | levels, areas, read_priors())
    calm = Panel(areas=areas, start=0, deaths=np.zeros((AREAS, 24)), neighbours=near)
    deaths = deaths_of(model, calm, Presence.unchanged(AREAS, HISTORY), Draws(seed=1, futures=32))[0]
    return Panel(areas=areas, start=0, deaths=deaths.astype(np.float64), neighbours=near), model


def by_numpy(model: Fitted, panel: Panel, futures: int) -> tuple[np.ndarray, np.ndarray]:
    """Deaths and first month of R25 of every future, BATCH futures at once in float64."""
    rng = np.random.default_rng(1)
    level = model.mean[12:, None]
    b0, b1, b2, b3, b4, b5, c0, c1, c2, c3, c5, ln_xi = model.mean[:12]
    xi = math.exp(ln_xi)
    start = remember(panel).own[:, :, -1]
    recent = panel.deaths[:, -11:].sum(axis=0)
    most = max(1000.0, 3 * panel.deaths.max())
    deaths, first = [], []
    for _ in range(futures // BATCH):
        e = [np.repeat(x[:, None], BATCH, axis=1) for x in start]
        totals = np.zeros((11 + MONTHS, BATCH))
        totals[:11] = recent[:, None]
        for t in range(MONTHS):
            n = e[0].mean(axis=0)
            logit = b0 + level + b1 * e[0] + b2 * e[1] + b3 * e[2] + b4 * (panel.neighbours @ e[0]) + b5 * n
            violent = rng.random(logit.shape) < 1.0 / (1.0 + np.exp(-logit))
            sigma = np.exp(c0 + LEVEL_SHARE * level + c1 * e[0] + c2 * e[1] + c3 * e[2] + c5 * n)
            size = 1.0 + np.floor(sigma / xi * (rng.random(logit.shape) ** -xi - 1.0))
            y = np.where(violent, np.minimum(size, most), 0.0)
            logs = np.minimum(np.log1p(y), BOUND)
            for k, decay in enumerate(DECAYS):
                e[k] = decay * e[k] + (1.0 - decay) * logs
            totals[11 + t] = y.sum(axis=0)
        year = np.cumsum(np.vstack([np.zeros(BATCH), totals]), axis=0)
        met = year[12:] - year[:-12] >= 25
        deaths.append(totals[11:].sum(axis=0))
        first.append(np.where(met.any(axis=0), met.argmax(axis=0), MONTHS))
    return np.concatenate(deaths), np.concatenate(first)


def by_pandas(model: Fitted, panel: Panel, futures: int) -> list[tuple[float, int | None]]:
    """Deaths and first month of R25, one future after the other, a data frame of areas that is moved month by month."""
    rng = np.random.default_rng(1)
    b0, b1, b2, b3, b4, b5, c0, c1, c2, c3, c5, ln_xi = model.mean[:12]
    xi = math.exp(ln_xi)
    start = remember(panel).own[:, :, -1]
    most = max(1000.0, 3 * panel.deaths.max())
    found = []
    for _ in range(futures):
        frame = pd.DataFrame(
            {"level": model.mean[12:], "e1": start[0], "e2": start[1], "e3": start[2]}, index=list(panel.areas)
        )
        totals = list(panel.deaths[:, -11:].sum(axis=0))
        first = None
        for t in range(MONTHS):
            n = frame["e1"].mean()
            frame["near"] = panel.neighbours @ frame["e1"].to_numpy()
            memory = b1 * frame["e1"] + b2 * frame["e2"] + b3 * frame["e3"]
            logit = b0 + frame["level"] + memory + b4 * frame["near"] + b5 * n
            frame["violent"] = rng.random(AREAS) < 1.0 / (1.0 + np.exp(-logit))
            weight = c1 * frame["e1"] + c2 * frame["e2"] + c3 * frame["e3"]
            sigma = np.exp(c0 + LEVEL_SHARE * frame["level"] + weight + c5 * n)
            size = 1.0 + np.floor(sigma / xi * (rng.random(AREAS) ** -xi - 1.0))
            frame["deaths"] = size.clip(upper=most).where(frame["violent"], 0.0)
            logs = np.log1p(frame["deaths"]).clip(upper=BOUND)
            for name, decay in zip(("e1", "e2", "e3"), DECAYS, strict=True):
                frame[name] = decay * frame[name] + (1.0 - decay) * logs
            totals.append(float(frame["deaths"].sum()))
            if first is None and sum(totals[-12:]) >= 25:
                first = t
        found.append((sum(totals[11:]), first))
    return found


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
    return float(saved), draw(model, panel, there, Draws(seed=1, futures=5000)).chance(3, 0, 2).error


def main() -> dict[str, float]:
    """Print rates and ratios, and hand the ratios back."""
    began = time.perf_counter()
    panel, model = country()
    first = time.perf_counter() - began
    there = Presence.unchanged(AREAS, MONTHS)
    draws = Draws(seed=1, futures=KERNEL_FUTURES)
    rates = {
        "pandas, columns month by month": rate(lambda: by_pandas(model, panel, PANDAS_FUTURES), PANDAS_FUTURES),
        "NumPy float64, 2,000 futures at once": rate(lambda: by_numpy(model, panel, NUMPY_FUTURES), NUMPY_FUTURES),
        "exitplan": rate(lambda: draw(model, panel, there, draws, 0.0), KERNEL_FUTURES),
    }
    ours = deaths_of(model, panel, there, Draws(seed=2, futures=6400), 0.0)
    theirs, _ = by_numpy(model, panel, 6000)
    threads = [clock(lambda n=n: draw(model, panel, there, replace(draws, threads=n), 0.0)) for n in (1, 2)]
    began = time.process_time()
    fitted = fit(panel, read_priors())
    fit_time = time.process_time() - began
    saved, error = common_luck(fitted, panel)

    print(f"Futures of {AREAS} areas x {MONTHS} months, violent area-months {np.mean(ours > 0):.1%}")
    for name, value in rates.items():
        print(f"  {name:38s} {value:10.4f} M area-months/CPU-s   exitplan x {rates['exitplan'] / value:,.1f}")
    for name, sample in (("exitplan", ours.sum(axis=(1, 2))), ("NumPy", theirs)):
        print(f"  mean deaths, {name:25s} {sample.mean():10.1f} +- {sample.std() / math.sqrt(sample.size):.1f}")
    print(f"  first call, compiled or from cache      {first:9.1f} s")
    print(f"  two threads against one, by the clock   {threads[0] / threads[1]:9.2f}")
    print(f"  fit of {AREAS} areas x {panel.months} months          {fit_time:9.2f} CPU-s")
    print(f"  variance of a plan difference, apart / common luck {saved:.1f}")
    print(f"  Monte Carlo error of a probability, 5,000 futures  {error:.4f}")
    return {
        "futures_over_pandas": rates["exitplan"] / rates["pandas, columns month by month"],
        "futures_over_numpy": rates["exitplan"] / rates["NumPy float64, 2,000 futures at once"],
        "threads": threads[0] / threads[1],
    }


if __name__ == "__main__":
    main()
