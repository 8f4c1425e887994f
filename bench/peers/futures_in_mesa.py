"""The futures as an agent-based model in Mesa: an agent for each area, one future after the other. Run by bench/peer.py.

Prints CPU-seconds and what came of each future: deaths in all, and the first month of R25 (or the horizon).
"""

from __future__ import annotations

import json
import math
import sys
import time
from pathlib import Path

import mesa


class Area(mesa.Agent):
    """One area: its memories, and its neighbours with their weights."""

    def __init__(self, model: Country, level: float, memories: list[float]) -> None:
        super().__init__(model)
        self.level = level
        self.e1, self.e2, self.e3 = memories
        self.near: list[tuple[Area, float]] = []
        self.deaths = 0

    def strike(self) -> None:
        """Draw the month's deaths from what is remembered."""
        country = self.model
        p = country.p
        near = 0.0
        for other, weight in self.near:
            near += weight * other.e1
        memory = p["b1"] * self.e1 + p["b2"] * self.e2 + p["b3"] * self.e3
        logit = p["b0"] + self.level + memory + p["b4"] * near + p["b5"] * country.mean + country.lift
        self.deaths = 0
        if country.random.random() * (1.0 + math.exp(-logit)) < 1.0:
            weight = p["c1"] * self.e1 + p["c2"] * self.e2 + p["c3"] * self.e3
            own = p["level_share"] * self.level
            sigma = math.exp(p["c0"] + own + weight + p["c5"] * country.mean + p["psi"] * country.lift)
            size = sigma / p["xi"] * ((1.0 - country.random.random()) ** -p["xi"] - 1.0)
            self.deaths = int(min(1.0 + size, p["most"]))

    def remember(self) -> None:
        """Let the memories fade and take the month in."""
        d1, d2, d3 = self.model.p["decays"]
        added = min(math.log1p(self.deaths), self.model.p["bound"]) if self.deaths else 0.0
        self.e1 = d1 * self.e1 + (1.0 - d1) * added
        self.e2 = d2 * self.e2 + (1.0 - d2) * added
        self.e3 = d3 * self.e3 + (1.0 - d3) * added


class Country(mesa.Model):
    """A country in one future."""

    def __init__(self, p: dict, seed: int) -> None:
        super().__init__(seed=seed)
        self.p = p
        for level, memories in zip(p["level"], p["start"], strict=True):
            Area(self, level, memories)
        areas = list(self.agents)
        for area, index, weight in zip(areas, p["near_index"], p["near_weight"], strict=True):
            area.near = [(areas[j], w) for j, w in zip(index, weight, strict=True)]
        self.regime = self.random.choices((0, 1, 2), p["regime"])[0]
        self.totals = list(p["recent"])
        self.first = p["months"]

    def step(self) -> None:
        """A month: the country moves, areas draw, then remember."""
        rise, calmer, worse, fall = self.p["moves"]
        u = self.random.random()
        if self.regime == 0:
            self.regime = int(u < rise)
        elif self.regime == 2:
            self.regime = 2 - int(u < fall)
        else:
            self.regime = 0 if u < calmer else 2 if u > 1.0 - worse else 1
        self.lift = self.p["lift"][self.regime]
        self.mean = sum(area.e1 for area in self.agents) / len(self.agents)
        self.agents.do("strike")
        self.agents.do("remember")
        self.totals.append(sum(area.deaths for area in self.agents))
        month = len(self.totals) - len(self.p["recent"]) - 1
        if self.first > month and sum(self.totals[-12:]) >= 25:
            self.first = month


def main() -> None:
    """Read the country, draw futures, print."""
    p = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    began = time.process_time()
    deaths, first = [], []
    for future in range(p["futures"]):
        country = Country(p, future)
        for _ in range(p["months"]):
            country.step()
        deaths.append(sum(country.totals[len(p["recent"]) :]))
        first.append(country.first)
    print(json.dumps({"seconds": time.process_time() - began, "deaths": deaths, "first": first}))


if __name__ == "__main__":
    main()
