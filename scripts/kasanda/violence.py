"""Ten years of armed violence, month by month and area by area: three waves over a low background."""

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
    ("2023-07", "2024-07", 1, 4.0, {"SIV": 1.0, "DRE": 0.9, "TEL": 0.5, "KES": 0.2}),
    # the local flare-up that holds up the last hand-overs
    ("2026-01", "2026-06", 1, 1.7, {"DRE": 1.0, "SIV": 0.3}),
)
"""First month, last month, main UCDP type, events a month at the height of the wave, share of it by area."""

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


def _poisson(stream: random.Random, mean: float) -> int:
    """A Poisson draw by multiplication (Knuth 1969, *Seminumerical Algorithms*, §3.4.1); fine for small means."""
    bar, number, product = math.exp(-mean), 0, stream.random()
    while product > bar:
        number += 1
        product *= stream.random()
    return number


def _rate(area: str, month: str, type_: int) -> float:
    """Expected events of one type in one area and month."""
    now = month_index(month)
    rate = BACKGROUND.get(area, 0.02) * {1: 0.45, 2: 0.3, 3: 0.25}[type_]
    for first, last, main, height, shares in WAVES:
        start, end = month_index(first), month_index(last)
        if start <= now <= end:
            swell = math.sin(math.pi * (now - start + 1) / (end - start + 2))
            share = {True: 0.75, False: 0.20 if type_ == 3 else 0.05}[type_ == main]
            rate += height * shares.get(area, 0.0) * swell * share
    return rate


def area_months() -> str:
    """The table as CSV text; months without a row inside the source's span had no violence."""
    lines = ["area,month,type_of_violence,events,low,best,high,source"]
    for place in PLACES:
        for month in months(VIOLENCE_FROM, VIOLENCE_TO):
            for type_ in (1, 2, 3):
                stream = chance("violence", place.code, month, type_)
                events = _poisson(stream, _rate(place.code[-3:], month, type_))
                if not events:
                    continue
                best = sum(1 + int(2.2 * (stream.random() ** -0.45 - 1) * 2) for _ in range(events))
                low = max(0, best - int(best * stream.uniform(0.0, 0.3)))
                high = best + int(best * stream.uniform(0.0, 0.5))
                lines.append(f"{place.code},{month},{type_},{events},{low},{best},{high},{SOURCE}")
    return "\n".join(lines) + "\n"
