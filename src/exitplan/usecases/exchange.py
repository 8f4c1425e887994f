"""A mission's data in the manner of CPAS: objectives, outcomes, outputs, indicators, data points and ratings, as CSV or JSON."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from exitplan.domain.condition import IndicatorLeaf, leaves
from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Assessment, Benchmark, Criterion, Indicator, Objective
from exitplan.importers.cpas import COLUMNS, FORMAT, LISTS
from exitplan.usecases.sheets import csv_file

Record = dict[str, Any]


def cpas_csv(dossier: Dossier) -> bytes:
    """Every record as a row under `COLUMNS`, with the mark that spreadsheets need to see that it is UTF-8."""
    return csv_file(COLUMNS, [[record.get(column) for column in COLUMNS] for record in records(dossier)])


def cpas_json(dossier: Dossier) -> bytes:
    """Every record in the list of its kind; fields without a value are left out."""
    found = records(dossier)
    body: Record = {"format": FORMAT, "mission": dossier.mission.code}
    for name, kind in LISTS.items():
        body[name] = [
            {key: _plain(value) for key, value in record.items() if key != "record" and value not in (None, "")}
            for record in found
            if record["record"] == kind
        ]
    return (json.dumps(body, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def records(dossier: Dossier) -> list[Record]:
    """What a dossier holds, as one reader may see it, in the order in which records rest on each other."""
    return [
        *(
            {"record": "objective", "code": o.code, "title": o.title, "statement": o.end_state}
            for o in dossier.of(Objective)
        ),
        *(
            {
                "record": "outcome" if b.external else "output",
                "code": b.code,
                "parent": b.objective,
                "title": b.title,
                "statement": b.statement,
                "due": b.due,
            }
            for b in dossier.of(Benchmark)
        ),
        *_indicators(dossier),
        *_points(dossier),
        *_ratings(dossier),
    ]


def _indicators(dossier: Dossier) -> list[Record]:
    """An indicator once for each criterion that sets a bar on it, and once where none does."""
    found: list[Record] = []
    barred: dict[str, list[tuple[Criterion, IndicatorLeaf]]] = {}
    for criterion in dossier.of(Criterion):
        for leaf in leaves(criterion.condition):
            if isinstance(leaf, IndicatorLeaf):
                barred.setdefault(leaf.indicator, []).append((criterion, leaf))
    for indicator in dossier.of(Indicator):
        about = {
            "record": "indicator",
            "code": indicator.code,
            "title": indicator.title,
            "statement": indicator.versions[-1].definition,
            "unit": indicator.unit,
            "direction": indicator.better,
            "method": indicator.method,
        }
        bars = barred.get(indicator.code, [])
        found += [
            {
                **about,
                "parent": criterion.benchmark,
                "criterion": criterion.code,
                "baseline": criterion.baseline,
                "baseline_date": criterion.baseline_date,
                "target_min": leaf.min,
                "target_max": leaf.max,
                "due": criterion.due,
                "area": leaf.area,
                "group": leaf.group,
            }
            for criterion, leaf in bars
        ] or [about]
    return found


def _points(dossier: Dossier) -> list[Record]:
    rows = dossier.measurements.frame.rename({"indicator": "code"})
    return [{"record": "data_point", **row} for row in rows.iter_rows(named=True)]


def _ratings(dossier: Dossier) -> list[Record]:
    found: list[Record] = []
    for a in dossier.of(Assessment):
        kind, code = next(
            (kind, code)
            for kind, code in (("criterion", a.criterion), ("benchmark", a.benchmark), ("handover", a.handover))
            if code
        )
        found.append(
            {
                "record": "rating",
                "code": a.code,
                "parent": f"{kind}:{code}",
                "title": a.title,
                "date": a.date,
                "party": a.party,
                "rating": a.rating,
                "rationale": a.rationale,
                "confidence": a.confidence,
                "receipt": a.receipt,
                "reservation": a.reservation,
                "source": next(iter(a.sources), None),
                "note": a.note,
            }
        )
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
