"""The futures in NumPy float32, 2,000 at once, all areas in one array. Run by bench/peer.py.

Prints CPU-seconds and what came of each future: deaths in all, and the first month of R25 (or the horizon). Deaths are drawn
for violent area-months alone, or for all of them and then masked, which is how one writes it first (`everywhere`).
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np

BATCH = 2000
F = np.float32


def batch(p: dict, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Deaths and first month of R25 of a batch."""
    level = np.array(p["level"], F)[:, None]
    areas = level.size
    weights = np.zeros((areas, areas), F)
    for i, (index, weight) in enumerate(zip(p["near_index"], p["near_weight"], strict=True)):
        np.add.at(weights[i], index, weight)
    weights *= F(p["b4"])
    e = [np.repeat(np.array(p["start"], F)[:, k, None], BATCH, axis=1) for k in range(3)]
    b0, b1, b2, b3, b5, c0, c1, c2, c3, c5, psi, xi, share = (
        F(p[name]) for name in ("b0", "b1", "b2", "b3", "b5", "c0", "c1", "c2", "c3", "c5", "psi", "xi", "level_share")
    )
    lifts = np.array(p["lift"], F)
    rise, calmer, worse, fall = p["moves"]
    regime = rng.choice(3, BATCH, p=p["regime"])
    recent = len(p["recent"])
    totals = np.zeros((recent + p["months"], BATCH))
    totals[:recent] = np.array(p["recent"])[:, None]
    for t in range(p["months"]):
        u = rng.random(BATCH)
        up = (regime == 0) & (u < rise) | (regime == 1) & (u > 1.0 - worse)
        down = (regime == 1) & (u < calmer) | (regime == 2) & (u < fall)
        regime = regime + up - down
        lift = lifts[regime]
        mean = e[0].mean(axis=0)
        logit = weights @ e[0]
        for b, memory in zip((b1, b2, b3), e, strict=True):
            logit += b * memory
        logit += (b0 + level) + (b5 * mean + lift)
        struck = rng.random(logit.shape, F) * (F(1) + np.exp(-logit)) < F(1)
        if p["everywhere"]:
            ln_sigma = (c0 + share * level) + (c5 * mean + psi * lift)
            for c, memory in zip((c1, c2, c3), e, strict=True):
                ln_sigma += c * memory
            luck = F(1) - rng.random(logit.shape, F)
            y = np.minimum(F(1) + np.floor(np.exp(ln_sigma) / xi * (luck**-xi - F(1))), F(p["most"]))
            y = np.where(struck, y, F(0))
            added = np.minimum(np.log1p(y), F(p["bound"]))
            for memory, decay in zip(e, p["decays"], strict=True):
                memory *= F(decay)
                memory += F(1 - decay) * added
            totals[recent + t] = y.sum(axis=0)
            continue
        violent = np.nonzero(struck)
        ln_sigma = c0 + share * level[violent[0], 0] + c5 * mean[violent[1]] + psi * lift[violent[1]]
        for c, memory in zip((c1, c2, c3), e, strict=True):
            ln_sigma += c * memory[violent]
        luck = F(1) - rng.random(ln_sigma.size, F)
        y = np.minimum(F(1) + np.floor(np.exp(ln_sigma) / xi * (luck**-xi - F(1))), F(p["most"]))
        added = np.minimum(np.log1p(y), F(p["bound"]))
        for memory, decay in zip(e, p["decays"], strict=True):
            memory *= F(decay)
            memory[violent] += F(1 - decay) * added
        totals[recent + t] = np.bincount(violent[1], y, BATCH)
    year = np.cumsum(np.vstack([np.zeros(BATCH), totals]), axis=0)
    met = year[12:] - year[:-12] >= 25
    return totals[recent:].sum(axis=0), np.where(met.any(axis=0), met.argmax(axis=0), p["months"])


def main() -> None:
    """Read the country, draw futures, print."""
    p = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    rng = np.random.default_rng(1)
    batch(p, rng)
    began = time.process_time()
    found = [batch(p, rng) for _ in range(p["futures"] // BATCH)]
    seconds = time.process_time() - began
    deaths, first = (np.concatenate(x).tolist() for x in zip(*found, strict=True))
    print(json.dumps({"seconds": seconds, "deaths": deaths, "first": first}))


if __name__ == "__main__":
    main()
