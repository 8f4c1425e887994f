"""A small sound dossier, and ways to change one thing in it."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import polars as pl

from exitplan.domain.dossier import Dossier, body
from exitplan.domain.entry import Entry
from exitplan.domain.kinds import KINDS, PLURALS, Mission
from exitplan.domain.months import last_day, month_index, month_text
from exitplan.domain.tables import AreaMonths, MeasurementTable

ON = date(2020, 6, 30)
SQUARE = {"type": "Polygon", "coordinates": [[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]]}
BESIDE = {"type": "Polygon", "coordinates": [[[1.0, 0.0], [2.0, 0.0], [2.0, 1.0], [1.0, 1.0], [1.0, 0.0]]]}

ENTRIES: dict[str, list[dict[str, Any]]] = {
    "mandates": [
        {"code": "M1", "authority": "Resolution 1", "adopted": "2019-12-01", "start": "2020-01-01", "end": "2020-12-31"}
    ],
    "areas": [
        {"code": "A1", "latitude": 0.5, "longitude": 0.5, "population": 500_000},
        {"code": "A2", "latitude": 0.5, "longitude": 1.5, "population": 300_000},
    ],
    "sources": [{"code": "SRC", "basis": "fact", "covers_from": "2015-01", "covers_to": "2020-06"}],
    "functions": [{"code": "F1", "trade": "police"}],
    "institutions": [{"code": "N1", "trade": "police", "function": "F1", "area": "A1", "strength": 800, "need": 1000}],
    "partners": [{"code": "PA", "type": "state"}],
    "indicators": [
        {
            "code": "I1",
            "owner": "Police Component",
            "unit": "%",
            "better": "higher",
            "low": 0,
            "high": 100,
            "versions": [{"version": 1, "start": "2010-01-01", "definition": "Officers certified."}],
        },
        {
            "code": "I2",
            "owner": "Ministry of Justice",
            "unit": "persons",
            "better": "lower",
            "low": 0,
            "versions": [{"version": 1, "start": "2010-01-01", "definition": "Persons held without trial."}],
        },
    ],
    "benchmarks": [{"code": "B1", "statement": "Police carry public order."}],
    "criteria": [
        {"code": "C1", "benchmark": "B1", "condition": {"indicator": "I1", "min": 60}, "baseline": 30},
        {"code": "C2", "benchmark": "B1", "condition": {"events": "deaths", "max": 10}},
    ],
    "gates": [
        {"code": "G1", "criteria": ["C1", "C2"]},
        {"code": "G2", "rule": {"handover": "H1", "states": ["transferred", "monitored", "confirmed"]}},
    ],
    "handovers": [
        {
            "code": "H1",
            "function": "F1",
            "area": "A1",
            "receiver": "N1",
            "gates": ["G1"],
            "loads": [{"resource": "R1", "amount": 1}],
            "transfer": {"baseline": "2020-09-30", "forecast": "2020-11-30"},
        },
        {"code": "H2", "function": "F1", "area": "A2"},
    ],
    "sites": [
        {
            "code": "S1",
            "area": "A1",
            "latitude": 0.5,
            "longitude": 0.5,
            "military": 300,
            "gates": ["G2"],
            "steps": [
                {"code": "clear", "title": "Clear", "days": 30, "done": "2020-05-01"},
                {"code": "sign", "title": "Sign", "days": 10, "after": ["clear"], "certificate": "clearance"},
            ],
        },
        {"code": "S2", "area": "A2", "latitude": 0.5, "longitude": 1.5, "police": 100, "hub": "S1"},
    ],
    "resources": [{"code": "R1", "unit": "convoys", "capacity": 2}],
    "ceilings": [{"code": "CE1", "start": "2020-01", "people": "uniformed", "most": 500, "least": 50}],
    "plans": [
        {
            "code": "P1",
            "drive": "calendar",
            "start": "2020-07",
            "end": "2021-06",
            "steps": [
                {"handover": "H1", "month": "2020-11"},
                {"site": "S2", "month": "2021-01"},
                {"site": "S1", "month": "2021-03"},
            ],
        }
    ],
    "risks": [
        {
            "code": "R1",
            "owner": "Force Headquarters",
            "lens": "civilians",
            "scores": [{"on": "2020-01-15", "likelihood": 4, "impact": 4}],
        }
    ],
    "controls": [{"code": "K1", "risk": "R1", "effectiveness": 2}],
    "activities": [{"code": "X1", "due": "2020-05-31", "owner": "Police Component"}],
    "treatments": [{"code": "T1", "risk": "R1", "activity": "X1"}],
    "decisions": [{"code": "D1", "question": "Close S2 first?"}],
}

MISSION = {
    "code": "MIS",
    "title": "Sample mission",
    "acronym": "MIS",
    "host": ["XSA"],
    "host_name": "Sample",
    "started": "2010-01-01",
    "as_of": ON.isoformat(),
    "exit_gates": ["G1"],
    "mandate": "M1",
}


def entry(plural: str, fields: dict[str, Any]) -> Entry:
    """One checked entry; its code is its title where it has none."""
    return KINDS[PLURALS[plural]].model_validate({"title": fields["code"], **fields})


def measured(values: list[float], *, indicator: str = "I1", until: str = "2020-06", **columns: Any) -> pl.DataFrame:
    """Rows of one series with a value at the end of every month up to `until`; further columns as given."""
    last = month_index(until)
    given = {"version": 1, "area": "", "group": "total", "unit": "", "source": "SRC"} | columns
    rest = {"low": None, "high": None, "method": "", "verification": "self_reported", "confidence": "medium"}
    rows = [
        {"indicator": indicator, "date": last_day(last - len(values) + 1 + at), "value": float(value)}
        | {"replaces": "", "note": ""}
        | rest
        | given
        for at, value in enumerate(values)
    ]
    return pl.DataFrame(rows, schema={c.name: c.dtype for c in MeasurementTable.COLUMNS})


def violence(deaths: list[int], *, until: str = "2020-06", area: str = "A1", source: str = "SRC") -> pl.DataFrame:
    """Area-months with one event and so many deaths in each month up to `until`; no row where there are none."""
    last = month_index(until)
    rows = [
        {
            "area": area,
            "month": month_text(last - len(deaths) + 1 + at),
            "type_of_violence": 1,
            "events": 1,
            "low": count,
            "best": count,
            "high": count,
            "source": source,
        }
        for at, count in enumerate(deaths)
        if count
    ]
    return pl.DataFrame(rows, schema={c.name: c.dtype for c in AreaMonths.COLUMNS})


def sound(**mission: Any) -> Dossier:
    """The sample: every kind that a check looks at, without a fault or a doubt."""
    entries = {PLURALS[plural]: tuple(entry(plural, fields) for fields in given) for plural, given in ENTRIES.items()}
    return Dossier(
        mission=Mission.model_validate(MISSION | mission),
        entries=entries,
        measurements=MeasurementTable.of(measured([40.0 + at for at in range(30)])),
        area_months=AreaMonths.of(violence([2, 0, 0, 1, 0, 0])),
        boundaries={"A1": SQUARE, "A2": BESIDE},
    )


def changed(dossier: Dossier, plural: str, code: str, **fields: Any) -> Dossier:
    """The same dossier with other fields in one entry."""
    kind = PLURALS[plural]
    entries = tuple(
        KINDS[kind].model_validate(body(e) | fields) if e.code == code else e for e in dossier.entries[kind]
    )
    return dataclasses.replace(dossier, entries={**dossier.entries, kind: entries})


def added(dossier: Dossier, plural: str, **fields: Any) -> Dossier:
    """The same dossier with one entry more."""
    kind = PLURALS[plural]
    entries = (*dossier.entries.get(kind, ()), entry(plural, fields))
    return dataclasses.replace(dossier, entries={**dossier.entries, kind: entries})


def with_measurements(dossier: Dossier, *frames: pl.DataFrame) -> Dossier:
    """The same dossier with these measurements and no others."""
    return dataclasses.replace(dossier, measurements=MeasurementTable.of(pl.concat(frames)))


def with_violence(dossier: Dossier, *frames: pl.DataFrame) -> Dossier:
    """The same dossier with these area-months and no others."""
    return dataclasses.replace(dossier, area_months=AreaMonths.of(pl.concat(frames)))
