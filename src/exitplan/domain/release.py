"""The dossier as one reader may see it. Everything a door shows is computed from this, so nothing hidden can leak.

Hidden entries are left out. Where a visible entry needs a hidden one, the hidden part is replaced: a condition on it by a
leaf that is never met and says whom to ask, a gate by a nameless one that never looks complete, any other reference by
nothing; an entry that cannot stand without the hidden one is left out as well. Positions, head counts and future dates of
sites and units are coarsened for readers without need to know, and breakdowns with very few persons in a group left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pydantic import ValidationError

from exitplan.domain.dossier import Dossier, body
from exitplan.domain.entry import Entry, references
from exitplan.domain.kinds import KINDS, Consultation, Criterion, Gate, Indicator, Mission, Signal, Site
from exitplan.domain.months import last_day, month_of
from exitplan.domain.raci import NOT_SHOWN
from exitplan.domain.roles import Reader, may, may_see
from exitplan.domain.tables import SMALL_CELL, AreaMonths, MeasurementTable

ASK = "owner"
"""Office named where an entry that is not shown has no owner."""

COARSE_DEGREES = 0.5
"""Positions are rounded to this for readers without need to know (about 55 km)."""

COARSE_PEOPLE = 100
"""Head counts are rounded to this for readers without need to know."""

STAND_IN = "NOT-SHOWN-"
"""How the codes of nameless gates and criteria begin that stand in for hidden ones."""

_LEAF_KINDS = {
    "criterion": "criterion",
    "indicator": "indicator",
    "risk": "risk",
    "likelihood_of": "risk",
    "site": "site",
    "handover": "handover",
    "area": "area",
}


@dataclass(frozen=True)
class Released:
    """A dossier as one reader may see it, and how many entries of each kind were left out of it."""

    dossier: Dossier
    reader: Reader
    hidden: Mapping[str, int]


def release(dossier: Dossier, reader: Reader) -> Released:
    """
    The dossier as a reader may see it.

    For a reader who may see everything the dossier itself is handed back. The result is sound wherever the dossier was:
    no reference leads to an entry that was left out.
    """
    hidden = {
        (e.kind, e.code): e for e in dossier.everything() if not isinstance(e, Mission) and not may_see(reader, e)
    }
    coarse = not may(reader, "see_positions")
    if not hidden and not coarse:
        return Released(dossier, reader, {})
    everything = dossier.everything()
    while True:
        stand_ins = _stand_ins(hidden)
        shown: dict[tuple[str, str], Entry] = {}
        fallen: dict[tuple[str, str], Entry] = {}
        for entry in everything:
            name = (entry.kind, entry.code)
            if name not in hidden:
                kept = _without(entry, hidden, stand_ins)
                if kept is None:  # it cannot stand without what is hidden, so what needs it has to be looked at again
                    fallen[name] = entry
                else:
                    shown[name] = kept
        if not fallen:
            break
        hidden |= fallen
    mission = shown.pop((Mission.kind, dossier.mission.code))
    assert isinstance(mission, Mission)
    entries: dict[str, tuple[Entry, ...]] = {}
    for kind in KINDS:
        row = [_coarsened(dossier, e) if coarse else e for (k, _), e in shown.items() if k == kind]
        row += [nameless for (k, _), nameless in stand_ins.items() if k == kind]
        if row:
            entries[kind] = tuple(row)
    counts: dict[str, int] = {}
    for kind, _ in hidden:
        counts[kind] = counts.get(kind, 0) + 1
    return Released(
        replace(
            dossier,
            mission=mission,
            entries=entries,
            measurements=_measurements(dossier, entries, coarse=coarse),
            area_months=_area_months(dossier, entries),
            boundaries={c: g for c, g in dossier.boundaries.items() if ("area", c) not in hidden},
            places={},
        ),
        reader,
        counts,
    )


Hidden = Mapping[tuple[str, str], Entry]


def _stand_ins(hidden: Hidden) -> dict[tuple[str, str], Entry]:
    """A nameless gate for each hidden gate, and a nameless criterion for each hidden one of a visible benchmark.

    What waits for them, or is judged by them, then never looks complete.
    """
    nameless: dict[tuple[str, str], Entry] = {}
    for kind, code in sorted(hidden):
        entry = hidden[kind, code]
        rest: dict[str, Any] = {"rule": {"not_shown": entry.owner or ASK}}
        if isinstance(entry, Criterion):
            if ("benchmark", entry.benchmark) in hidden:
                continue
            rest = {"benchmark": entry.benchmark, "condition": {"not_shown": entry.owner or ASK}}
        elif not isinstance(entry, Gate):
            continue
        content = {
            "code": f"{STAND_IN}{len(nameless) + 1}",
            "title": "Not shown to you",
            "title_fr": "Non communiqué",
            **rest,
        }
        nameless[kind, code] = type(entry).model_validate(content)
    return nameless


def _without(entry: Entry, hidden: Hidden, stand_ins: Hidden) -> Entry | None:
    """The entry without what is hidden; None when it cannot stand without it."""
    unseen = [(path, kind, code) for path, kind, code in references(entry) if (kind, code) in hidden]
    if not unseen:
        return entry
    scope = _SCOPE | _SCOPES.get(entry.kind, frozenset())
    if any(path in scope for path, _, _ in unseen):
        return None
    content = _pruned(body(entry), hidden)
    asked: list[dict[str, Any]] = []
    gone: set[str] = set()
    for path, kind, code in reversed(unseen):
        if path.startswith(_CONDITION_FIELDS):
            continue
        stand_in = stand_ins.get((kind, code))
        if path.startswith("roles["):
            _swap(content, path.replace(".partner", ".office"), NOT_SHOWN)
        elif path.startswith("support["):  # without its bounds it would promise more than there is
            path = path.partition(".")[0]
            if path in gone:
                continue
            gone.add(path)
        _swap(content, path, stand_in.code if stand_in else None)
        if isinstance(entry, Gate) and kind == Criterion.kind and stand_in is None:
            asked.append({"not_shown": hidden[kind, code].owner or ASK})
    if any(content.get(field) == [] for field in _WHERE):
        return None
    for path, _, _ in unseen:
        content.pop(_SAID_BY.get(path, ""), None)
    if asked:
        content["rule"] = {"all": [*([content["rule"]] if content.get("rule") else []), *asked]}
    try:
        return type(entry).model_validate(content)
    except ValidationError:
        return None


_SCOPE = frozenset(
    {
        "area",
        "site",
        "function",
        "handover",
        "criterion",
        "benchmark",
        "risk",
        "indicator",
        "gate",
        "phase",
        "institution",
        "supporter",
    }
)
"""Fields that say what an entry is about: without them it would speak of the whole country, or of nothing."""

_SCOPES = {"signal": frozenset({"partner", "institution", "agreement"})}
"""The same for single kinds."""

_WHERE = ("areas", "violence_areas")
"""Lists that mean "everywhere" when empty."""

_SAID_BY = {"receiver_partner": "conditions"}
"""Texts in the words of somebody named beside them: who is not shown would be known by them."""

_CONDITION_FIELDS = ("condition.", "rule.", "pause.", "trigger.")


def _pruned(value: Any, hidden: Hidden) -> Any:
    """Condition leaves on hidden entries, wherever they stand, replaced by a leaf that says whom to ask."""
    if isinstance(value, list):
        return [_pruned(item, hidden) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: (
            _pruned_condition(item, hidden)
            if key in ("condition", "rule", "pause", "trigger") and item
            else _pruned(item, hidden)
        )
        for key, item in value.items()
    }


def _pruned_condition(node: Any, hidden: Hidden) -> Any:
    for key, kind in _LEAF_KINDS.items():
        unseen = hidden.get((kind, str(node.get(key))))
        if unseen is not None:
            return {"not_shown": unseen.owner or ASK}
    pruned = dict(node)
    for key in ("all", "any", "of"):
        if key in pruned:
            pruned[key] = [_pruned_condition(part, hidden) for part in pruned[key]]
    for key in ("not", "veto"):
        if key in pruned:
            pruned[key] = _pruned_condition(pruned[key], hidden)
    return pruned


def _swap(content: Any, path: str, stand_in: str | None) -> None:
    """Put a stand-in for one reference of an entry's body, or take it out; paths as `references` gives them."""
    steps = [int(s[1:-1]) if s.startswith("[") else s for s in re.findall(r"\[\d+\]|[^.\[\]]+", path)]
    for step in steps[:-1]:
        content = content[step]
    last = steps[-1]
    if stand_in is not None:
        content[last] = stand_in
    elif isinstance(last, int):
        del content[last]
    else:
        content.pop(last, None)


def _coarsened(dossier: Dossier, entry: Entry) -> Entry:
    """
    Sites and units without exact positions, head counts, closure steps or dates still to come; plans without their months;
    consultations without counts of very few people.

    Signs of access name the area in place of the site, a quarter in place of a day still to come, and nothing of what
    moves where.
    """
    if isinstance(entry, Signal):
        return _signal_without_places(dossier, entry)
    if isinstance(entry, Consultation):
        counts = {name: getattr(entry, name) for name in ("women", "men", "young")}
        return entry.model_copy(update={name: None for name, n in counts.items() if n and n < SMALL_CELL})
    if entry.kind not in ("site", "unit", "plan"):
        return entry
    content = body(entry)
    for step in content.get("steps", ()) if entry.kind == "plan" else ():
        if "handover" not in step:
            step.pop("month", None)
    if entry.kind == "plan":
        return type(entry).model_validate(content)
    for field in ("latitude", "longitude"):
        if field in content:
            content[field] = round(content[field] / COARSE_DEGREES) * COARSE_DEGREES
    for field in ("military", "police", "civilian", "personnel"):
        if field in content:
            content[field] = round(content[field] / COARSE_PEOPLE) * COARSE_PEOPLE
    for field in ("closure", "repatriation"):
        if field in content:
            content[field] = {k: v for k, v in content[field].items() if k == "actual"}
    for field in ("steps", "loads", "containers", "vehicles", "running_cost_month", "closing_cost"):
        content.pop(field, None)
    return type(entry).model_validate(content)


def _signal_without_places(dossier: Dossier, signal: Signal) -> Signal:
    site = dossier.get(Site, signal.site)
    days = {name: _coarse_day(dossier, getattr(signal, name)) for name in ("due", "until")}
    words = {"statement": "", "note": ""} if signal.site or signal.type in _MOVING else {}
    area = signal.area or (site.area if site else None)
    return signal.model_copy(update={"site": None, "area": area, **days, **words})


_MOVING = ("clearance", "movement")
"""Signs that may tell a route and a time."""


def _coarse_day(dossier: Dossier, day: date | None) -> date | None:
    """The last day of the quarter for a day still to come, the day itself for one that has passed."""
    as_of = dossier.mission.as_of
    if day is None or (as_of is not None and day <= as_of):
        return day
    return last_day(month_of(day) // 3 * 3 + 2)


def counts_persons(indicator: Indicator) -> bool:
    """Whether an indicator's values are heads: its unit begins with persons, such as `persons a month`."""
    return indicator.unit.split(" ")[0].lower() in ("person", "persons", "people")


def _measurements(dossier: Dossier, entries: Mapping[str, tuple[Entry, ...]], *, coarse: bool) -> MeasurementTable:
    """
    Only measurements of visible indicators and areas; sources that are hidden are not named, and `coarse` leaves out
    breakdowns with small cells.
    """
    seen = {kind: {e.code for e in entries.get(kind, ())} for kind in (Indicator.kind, "area", "source")}
    shown = dossier.measurements.visible(indicators=seen[Indicator.kind], areas=seen["area"], sources=seen["source"])
    if not coarse:
        return shown
    return shown.without_small_cells([i.code for i in dossier.of(Indicator) if counts_persons(i)])


def _area_months(dossier: Dossier, entries: Mapping[str, tuple[Entry, ...]]) -> AreaMonths:
    """Only counts of visible areas from visible sources."""
    seen = {kind: {e.code for e in entries.get(kind, ())} for kind in ("area", "source")}
    return dossier.area_months.visible(areas=seen["area"], sources=seen["source"])
