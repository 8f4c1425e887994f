"""The whole: a mission, its entries and its bulk tables, with every cross-check."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from exitplan.domain.entry import Entry
from exitplan.domain.errors import InputFaults, NotFound
from exitplan.domain.findings import Finding, errors
from exitplan.domain.kinds import KINDS, Mission, Plan, Scenario
from exitplan.domain.kinds.planning import as_planned
from exitplan.domain.tables import AreaMonths, MeasurementTable

FORMAT = 1
"""Number of the dossier format this code writes; older ones are read through upgraders."""

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, eq=False)
class Dossier:
    """
    A mission and everything known about its exit.

    `entries` maps a kind to its entries in the order of the file; the mission itself stands apart. `boundaries` maps an area
    code to a GeoJSON geometry, `boundary_note` says whose lines they are. `places` (file and line of an entry) and `broken`
    (entries that exist but did not pass their schema) serve findings only and are no part of the content.
    """

    mission: Mission
    entries: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    measurements: MeasurementTable = field(default_factory=MeasurementTable.empty)
    area_months: AreaMonths = field(default_factory=AreaMonths.empty)
    boundaries: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    boundary_note: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[tuple[str, str], str] = field(default_factory=dict)
    broken: frozenset[tuple[str, str]] = frozenset()

    def of(self, model: type[E]) -> tuple[E, ...]:
        """All entries of one kind, in the order of the file."""
        return tuple(e for e in self.entries.get(model.kind, ()) if isinstance(e, model))

    def get(self, model: type[E], code: str | None) -> E | None:
        """One entry by its code; None when there is none."""
        found = self._by_code.get((model.kind, code)) if code else None
        return found if isinstance(found, model) else None

    def named(self, kind: str, code: str) -> Entry | None:
        """One entry by the name of its kind and its code; None when there is none."""
        return self._by_code.get((kind, code))

    def find(self, model: type[E], code: str) -> E:
        """One entry by its code. Raises NotFound, naming the codes there are."""
        found = self.get(model, code)
        if found is None:
            raise NotFound(model.kind, code, tuple(e.code for e in self.of(model)))
        return found

    @cached_property
    def _by_code(self) -> dict[tuple[str, str], Entry]:
        known = {(kind, e.code): e for kind, entries in self.entries.items() for e in reversed(entries)}
        known["mission", self.mission.code] = self.mission
        return known

    def knows(self, kind: str, code: str) -> bool:
        """Whether an entry of that kind and code exists, sound or not."""
        return (kind, code) in self._by_code or (kind, code) in self.broken

    def everything(self) -> tuple[Entry, ...]:
        """The mission and every entry, kinds in their fixed order."""
        return (self.mission, *(e for kind in KINDS for e in self.entries.get(kind, ())))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every fault and doubt between the entries, all at once; empty when there is none."""
        from exitplan.domain.checks import CHECKS

        return tuple(finding for check in CHECKS for finding in check(self))

    def require_sound(self) -> None:
        """Raise InputFaults with every fault that blocks the engine, approval and release."""
        found = errors(self.findings)
        if found:
            raise InputFaults(found)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over everything the dossier says: equal content, equal digest, wherever it was read from."""
        whole = hashlib.sha256(f"exitplan dossier {FORMAT}\n".encode())
        for entry in self.everything():
            whole.update(f"{entry.kind}\n".encode())
            whole.update(canonical(body(entry)).encode())
        for text in (self.measurements.csv_text(), self.area_months.csv_text(), canonical(dict(self.boundaries))):
            whole.update(text.encode())
        return whole.hexdigest()

    def day(self, on: date | None) -> date | None:
        """The day to look from: the one asked for, else the dossier's own."""
        return on or self.mission.as_of

    def plan(self, code: str | None) -> Plan:
        """The plan asked for, else the mission's default, else its first. Raises NotFound."""
        return self.find(Plan, code or self.mission.default_plan or next((p.code for p in self.of(Plan)), "?"))

    def scenario(self, code: str | None) -> Scenario:
        """The scenario asked for, else the mission's default, else one in which nothing changes. Raises NotFound."""
        wanted = code or self.mission.default_scenario
        if wanted is None:
            return as_planned(self.mission.basis)
        return self.find(Scenario, wanted)


def body(entry: Entry) -> dict[str, Any]:
    """The content of an entry as plain JSON values; fields at their default are left out."""
    return entry.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces: equal values, equal text."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
