"""Ten years of armed violence, month by month and area by area: three waves over a low background, and a late flare-up."""

from __future__ import annotations

import math
import random

from exitplan.domain.months import month_index
from scripts.kasanda.common import VIOLENCE_FROM, VIOLENCE_TO, chance, months
from scripts.kasanda.country import PLACES

SOURCE = "SRC-EVENTS"

WAVES: tuple[tuple[str, str, int, float, dict[str, float]], ...] = (
    # the civil war's last campaign, between the army and the Northern Front
    (
        "2016-11",
        "2018-02",
        1,
        6.0,
        {"TEL": 0.9, "SIV": 1.0, "DRE": 0.9, "NAL": 0.5, "ORU": 0.5, "VOR": 0.25, "KES": 0.3, "HAL": 0.2},
    ),
    # the grazing conflict between the Lowland Leagues and the Herders' Guard
    ("2019-09", "2020-12", 2, 4.5, {"KES": 1.0, "QUE": 0.7, "ORU": 0.6, "DRE": 0.5, "IVA": 0.3, "PAL": 0.15}),
    # raids of a splinter group from across the northern border
    ("2022-03", "2023-05", 1, 4.0, {"SIV": 1.0, "DRE": 0.9, "TEL": 0.5, "KES": 0.2}),
)
"""First month, last month, main UCDP type, events a month at the height of the wave, share of it by area."""

FLARE_UP: dict[tuple[str, str, int], tuple[int, int, int, int]] = {
    ("DRE", "2026-02", 1): (4, 6, 7, 10),
    ("DRE", "2026-02", 3): (1, 3, 3, 4),
    ("DRE", "2026-03", 1): (3, 3, 4, 6),
    ("DRE", "2026-03", 3): (1, 3, 3, 5),
    ("SIV", "2026-03", 1): (1, 2, 2, 2),
}
"""Events and low, best and high deaths of the attacks that hold up the last hand-overs, by area, month and type."""

BACKGROUND: dict[str, float] = {
    "DRE": 0.20,
    "SIV": 0.14,
    "KES": 0.14,
    "TEL": 0.07,
    "ORU": 0.08,
    "VOR": 0.06,
    "QUE": 0.04,
}
"""Events a month outside the waves; areas not named see 0.02."""

BACKGROUND_SHARE: dict[int, float] = {1: 0.45, 2: 0.30, 3: 0.25}
"""Share of each UCDP type in the background."""


def _poisson(stream: random.Random, mean: float) -> int:
    """A Poisson draw by multiplication (Knuth 1969, *Seminumerical Algorithms*, §3.4.1); fine for small means."""
    bar, number, product = math.exp(-mean), 0, stream.random()
    while product > bar:
        number += 1
        product *= stream.random()
    return number


def _wave(area: str, month: str, type_: int) -> float:
    """Expected events of one type in one area and month that belong to a wave."""
    now = month_index(month)
    rate = 0.0
    for first, last, main, height, shares in WAVES:
        start, end = month_index(first), month_index(last)
        if start <= now <= end:
            swell = math.sin(math.pi * (now - start + 1) / (end - start + 2))
            share = {True: 0.75, False: 0.20 if type_ == 3 else 0.05}[type_ == main]
            rate += height * shares.get(area, 0.0) * swell * share
    return rate


def _count(area: str, month: str, type_: int) -> tuple[int, int, int, int]:
    """Events and low, best and high deaths: heavy tails inside a wave, small incidents outside."""
    if (area, month, type_) in FLARE_UP:
        return FLARE_UP[area, month, type_]
    stream = chance("violence", area, month, type_)
    wave = _wave(area, month, type_)
    events = _poisson(stream, wave + BACKGROUND.get(area, 0.02) * BACKGROUND_SHARE[type_])
    tail = 4.4 if wave > 0 else 0.6
    best = sum(1 + int(tail * (stream.random() ** -0.45 - 1)) for _ in range(events))
    low = max(0, best - int(best * stream.uniform(0.0, 0.3)))
    return events, low, best, best + int(best * stream.uniform(0.0, 0.5))


def area_months() -> str:
    """The table as CSV text; months without a row inside the source's span had no violence."""
    lines = ["area,month,type_of_violence,events,low,best,high,source"]
    for place in PLACES:
        for month in months(VIOLENCE_FROM, VIOLENCE_TO):
            for type_ in (1, 2, 3):
                events, low, best, high = _count(place.code[-3:], month, type_)
                if events:
                    lines.append(f"{place.code},{month},{type_},{events},{low},{best},{high},{SOURCE}")
    return "\n".join(lines) + "\n"
