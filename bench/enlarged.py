"""Kasanda several times over: what belongs to the field is there in copies, what belongs to the mission once and larger.

Made by a seeded generator from the fictional mission that comes along. Every copy has codes of its own, and what refers
inside a copy refers inside it still, so the whole is as sound as the original.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from exitplan.domain.dossier import Dossier, body
from exitplan.domain.entry import Entry
from exitplan.domain.kinds import KINDS
from exitplan.domain.tables import EventTable, MeasurementTable
from exitplan.usecases.open_mission import open_mission

COPIES = 4
"""Kasanda has about 1,000 entries: four of it have the 4,000 of a large mission."""
MEASUREMENTS = 100_000
EVENTS = 200_000

ONCE = frozenset(
    [
        "mandate",
        "function",
        "plan",
        "scenario",
        "phase",
        "ceiling",
        "budget",
        "resource",
        "blackout",
        "source",
        "partner",
    ]
)
"""Kinds that a larger mission has no more of; limits grow with it."""

LIMITS: Mapping[str, tuple[str, ...]] = {
    "ceiling": ("most", "least"),
    "budget": ("amount",),
    "resource": ("capacity",),
}
DEGREES = 6.0
"""How far east of the last copy the next one lies: the country is narrower."""
FIRST_EVENT = date(2017, 1, 1)
SOURCE = "SRC-EVENTS"


@dataclass(frozen=True)
class Enlarged:
    """The mission, and its events one by one."""

    dossier: Dossier
    events: EventTable


def enlarged(
    copies: int = COPIES, *, measurements: int = MEASUREMENTS, events: int = EVENTS, seed: int = 20
) -> Enlarged:
    """The enlarged mission. Raises InputFaults should it not be sound."""
    small = open_mission("kasanda")
    codes = {e.code for kind, entries in small.entries.items() if kind not in ONCE for e in entries}
    entries: dict[str, list[Entry]] = {kind: [] for kind in KINDS}
    for kind, standing in small.entries.items():
        for copy in range(1 if kind in ONCE else copies):
            entries[kind] += [_copied(e, copy, codes) for e in standing]
    entries["plan"] = [_joined(e, copies, codes) for e in entries["plan"]]
    for kind, fields in LIMITS.items():
        entries[kind] = [_grown(e, copies, fields) for e in entries[kind]]
    happened = _events(small, copies, codes, events, np.random.default_rng(seed))
    whole = replace(
        small,
        entries={kind: tuple(several) for kind, several in entries.items() if several},
        measurements=_measurements(small.measurements, copies, codes, measurements),
        area_months=happened.area_months(SOURCE),
        boundaries={
            _renamed(code, copy, codes): _moved(geometry, copy)
            for copy in range(copies)
            for code, geometry in small.boundaries.items()
        },
        places={},
    )
    whole.require_sound()
    return Enlarged(whole, happened)


def _renamed(value: Any, copy: int, codes: set[str]) -> Any:
    """A value with every code of a copied entry, alone or behind its kind, as it is called in this copy."""
    if copy == 0:
        return value
    if isinstance(value, dict):
        return {_renamed(key, copy, codes): _renamed(item, copy, codes) for key, item in value.items()}
    if isinstance(value, list):
        return [_renamed(item, copy, codes) for item in value]
    if isinstance(value, str):
        kind, colon, code = value.rpartition(":")
        return f"{kind}{colon}{code}-{copy + 1}" if code in codes else value
    return value


def _copied(entry: Entry, copy: int, codes: set[str]) -> Entry:
    if copy == 0:
        return entry
    content = _renamed(body(entry), copy, codes)
    if "longitude" in content:
        content["longitude"] += copy * DEGREES
    content["title"] = f"{content['title']} {copy + 1}"
    return type(entry).model_validate(content)


def _joined(plan: Entry, copies: int, codes: set[str]) -> Entry:
    """A plan with the steps of every copy."""
    content = body(plan)
    for field in ("steps", "stays"):
        if field in content:
            content[field] = [_renamed(item, copy, codes) for copy in range(copies) for item in content[field]]
    if "closures_a_month" in content:
        content["closures_a_month"] *= copies
    return type(plan).model_validate(content)


def _grown(entry: Entry, copies: int, fields: tuple[str, ...]) -> Entry:
    content = body(entry)
    for field in fields:
        if field in content:
            content[field] *= copies
    for part in content.get("exceptions", ()):
        part["amount"] *= copies
    return type(entry).model_validate(content)


def _measurements(small: MeasurementTable, copies: int, codes: set[str], wanted: int) -> MeasurementTable:
    """The values of every copy, and again as if reported some days earlier, until there are as many as wanted."""

    def parts() -> Iterator[pl.DataFrame]:
        for early in range(28):
            for copy in range(copies):
                names = {name: [_renamed(c, copy, codes) for c in small.frame[name]] for name in ("indicator", "area")}
                yield small.frame.with_columns(
                    *(pl.Series(name, column) for name, column in names.items()),
                    pl.col("date") - timedelta(days=early),
                )

    found: list[pl.DataFrame] = []
    for part in parts():
        found.append(part)
        if sum(f.height for f in found) >= wanted:
            break
    return MeasurementTable.of(pl.concat(found).head(wanted))


def _events(small: Dossier, copies: int, codes: set[str], wanted: int, rng: np.random.Generator) -> EventTable:
    """Violent events spread over the areas, unevenly, over the years up to the mission's day."""
    areas = [_renamed(code, copy, codes) for copy in range(copies) for code in small.boundaries]
    corners = [_first_point(_moved(geometry, copy)) for copy in range(copies) for geometry in small.boundaries.values()]
    weights = rng.lognormal(0, 1, len(areas))
    where = rng.choice(len(areas), wanted, p=weights / weights.sum())
    days = ((small.mission.as_of or FIRST_EVENT) - FIRST_EVENT).days
    low = rng.geometric(0.4, wanted) - 1
    best = low + rng.geometric(0.6, wanted) - 1
    when = pl.Series(np.datetime64(FIRST_EVENT) + rng.integers(0, days, wanted)).cast(pl.Date)
    return EventTable.of(
        pl.DataFrame(
            {
                "id": [f"E{number}" for number in range(wanted)],
                "date_start": when,
                "date_end": when,
                "type_of_violence": rng.choice([1, 2, 3], wanted, p=[0.6, 0.15, 0.25]),
                "country": ["Kasanda (fictional)"] * wanted,
                "where_prec": rng.integers(1, 4, wanted),
                "latitude": [corners[at][1] for at in where],
                "longitude": [corners[at][0] for at in where],
                "low": low,
                "best": best,
                "high": best + rng.geometric(0.6, wanted) - 1,
                "area": [areas[at] for at in where],
            }
        )
    )


def _moved(value: Any, copy: int) -> Any:
    """A geometry further east."""
    if isinstance(value, Mapping):
        return {**value, "coordinates": _moved(value["coordinates"], copy)}
    if isinstance(value[0], int | float):
        return [round(value[0] + copy * DEGREES, 3), *value[1:]]
    return [_moved(item, copy) for item in value]


def _first_point(geometry: Mapping[str, Any]) -> tuple[float, float]:
    found = geometry["coordinates"]
    while not isinstance(found[0], int | float):
        found = found[0]
    return found[0], found[1]
