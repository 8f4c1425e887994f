"""Forecasts of area-months on real events: yearly origins 1998 to 2020, 12 months ahead, 13 host countries.

Events are UCDP GED 21.1 located to 25 km, summed by first-level area and month (../shared/data beside the repository; a line
says so where it is absent). Settings were chosen on the Central African Republic alone; the other twelve were scored with
them as they are. Skill is 1 minus the geometric mean over countries of the ratio of scores.
"""

from __future__ import annotations

import csv
import gzip
import sys
import time
from pathlib import Path

import numpy as np

from exitplan.engine.stability.backtest import POOLED, Backtest, Score, run
from exitplan.engine.stability.panel import Panel, nearest
from exitplan.engine.streams import stream
from exitplan.importers.priors import read_priors

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"
EVENTS = DATA / "ucdp_ged_21_1_precise" / "ged211_precise_hosts_adm1_month.csv.gz"
INDEX = DATA / "admin1" / "adm1_index.csv"
TUNED = "CAF"
HELD_OUT = ("SLE", "LBR", "MLI", "TCD", "HTI", "RWA", "SDN", "SSD", "COD", "SOM", "MOZ", "AFG")
FIRST_YEAR, LAST_YEAR = 1989, 2020
ORIGINS = tuple(year * 12 + 11 for year in range(1997, LAST_YEAR))
SCORES = ("crps", "log_crps", "ignorance", "brier_any", "brier_large", "log_loss_large")
BOOTSTRAPS = 2000


def panel(country: str) -> Panel:
    """Deaths of all types by area and month, January 1989 to December 2020."""
    with INDEX.open(encoding="utf-8") as file:
        index = [row for row in csv.DictReader(file) if row["iso3"] == country]
    at = {row["adm1_id"]: i for i, row in enumerate(index)}
    deaths = np.zeros((len(at), (LAST_YEAR - FIRST_YEAR + 1) * 12))
    with gzip.open(EVENTS, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["adm1_iso3"] == country:
                year, month = map(int, row["month"].split("-"))
                deaths[at[row["adm1_id"]], (year - FIRST_YEAR) * 12 + month - 1] += int(row["best"])
    latitude, longitude = (np.array([float(row[name]) for row in index]) for name in ("lat", "lon"))
    return Panel(areas=tuple(at), start=FIRST_YEAR * 12, deaths=deaths, neighbours=nearest(latitude, longitude))


def skill(scores: dict[str, dict[str, Score]], against: str, score: str) -> tuple[float, float, float, int]:
    """Skill of the pool over the held-out countries, ends of its 90 % interval (bootstrap over countries), countries won."""
    logs = np.array([np.log(getattr(by[POOLED], score) / getattr(by[against], score)) for by in scores.values()])
    draws = stream(1, "bench", "countries").integers(0, logs.size, (BOOTSTRAPS, logs.size))
    low, high = np.quantile(1 - np.exp(logs[draws].mean(axis=1)), (0.05, 0.95))
    return float(1 - np.exp(logs.mean())), float(low), float(high), int((logs < 0).sum())


def main(countries: tuple[str, ...] = (TUNED, *HELD_OUT)) -> dict[str, float]:
    """Print scores by country and the pool's skill over each benchmark; hand back the skills in ignorance."""
    if not EVENTS.is_file():
        print("Back-test of area-months: skipped, ../shared/data is not there")
        return {}
    priors, began = read_priors(), time.process_time()
    scores: dict[str, dict[str, Score]] = {}
    print(
        "Back-test of area-months, ignorance in bits (VIEWS bins), yearly origins, 12 months ahead, 1,024 draws, seed 1"
    )
    for country in countries:
        found = run(panel(country), priors, Backtest(origins=ORIGINS, draws=1000))
        scores[country] = {s.forecaster: s for s in found}
        if len(scores) == 1:
            print("         " + "".join(f"{s.forecaster:>15s}" for s in found) + "   80 % holds")
        best = f"{scores[country][POOLED].covered_80:13.3f}"
        print(f"  {country:7s}" + "".join(f"{s.ignorance:15.3f}" for s in found) + best, flush=True)
    held = {country: by for country, by in scores.items() if country != TUNED}
    if not held:
        return {}
    print(f"Skill of the pool over {len(held)} held-out countries [90 % interval over countries], countries won")
    skills = {}
    for against in next(iter(held.values())):
        if against == POOLED:
            continue
        cells = []
        for score in SCORES:
            mean, low, high, won = skill(held, against, score)
            cells.append(f"{mean:+5.0%} [{low:+.0%},{high:+.0%}] {won}".rjust(22))
            if score == "ignorance":
                skills[f"ignorance_over_{against}"] = mean
        print(f"  {against:15s}" + "".join(cells))
    print(" " * 17 + "".join(score.rjust(22) for score in SCORES))
    cover = [np.mean([getattr(by[POOLED], f"covered_{level}") for by in held.values()]) for level in (80, 90)]
    print(
        f"  intervals of 80 % and 90 % hold {cover[0]:.3f} and {cover[1]:.3f}; {time.process_time() - began:.0f} CPU-s"
    )
    return skills


if __name__ == "__main__":
    main(tuple(sys.argv[1:]) or (TUNED, *HELD_OUT))
