"""Loose entries, from whatever kind of file, put together into a dossier, with every fault found on the way."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from exitplan.domain.checks.links import code_wanted
from exitplan.domain.dossier import FORMAT, Dossier
from exitplan.domain.entry import Entry, references_of_body
from exitplan.domain.findings import Finding, Wanted, capped, shown
from exitplan.domain.kinds import KINDS, Mission
from exitplan.domain.tables import AreaMonths, MeasurementTable
from exitplan.importers.schema_faults import SchemaFault, faults_of
from exitplan.importers.upgrades import upgraded

Path = tuple[str | int, ...]

FAULTY_LIMIT = 1000
"""Faulty entries of one kind after which the rest of its file is left unread: it is not what its name says."""


@dataclass(frozen=True)
class Draft:
    """What was read: the dossier as far as it is sound, and the faults of everything else."""

    dossier: Dossier | None
    """None when there is no sound mission to hang anything on."""
    findings: tuple[Finding, ...]
    """Faults of files, entries and rows. Those between entries are the dossier's own `findings`."""

    @property
    def everything(self) -> tuple[Finding, ...]:
        """Every finding, those of the files first, so many of each code that a reader can take them in."""
        return (*self.findings, *capped(self.dossier.findings if self.dossier else ()))


@dataclass(frozen=True)
class Sheaf:
    """The entries of one kind as they stand in one file or sheet."""

    kind: str
    bodies: Sequence[Any]
    places: Sequence[str]
    """Where each entry begins, such as `areas.yaml:12`."""
    place_of: Callable[[Collection[Path]], Mapping[Path, str]]
    """Where values inside entries stand; paths begin with the position of the entry."""


@dataclass
class Material:
    """Everything read so far. `codes_lost` names entries that exist in a file that could not be read as a whole."""

    sheaves: list[Sheaf] = field(default_factory=list)
    measurements: MeasurementTable = field(default_factory=MeasurementTable.empty)
    area_months: AreaMonths = field(default_factory=AreaMonths.empty)
    boundaries: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    boundary_note: Mapping[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    codes_lost: set[tuple[str, str]] = field(default_factory=set)
    written_in: int = FORMAT


def draft_of(material: Material) -> Draft:
    """
    Check every entry against the schema of its kind and put the sound ones together.

    A faulty entry is left out, yet its code counts as known, so that those who name it are not reported as well; whom it names
    itself is looked up all the same.
    """
    entries: dict[str, tuple[Entry, ...]] = {}
    places: dict[tuple[str, str], str] = {}
    broken = set(material.codes_lost)
    findings = list(material.findings)
    unsound: list[tuple[Sheaf, int]] = []
    for sheaf in material.sheaves:
        sound, faults = _checked(sheaf, material.written_in)
        entries[sheaf.kind] = entries.get(sheaf.kind, ()) + tuple(entry for _, entry in sound)
        for at, entry in sound:
            places.setdefault((sheaf.kind, entry.code), sheaf.places[at])
        unread = range(max(faults) + 1, len(sheaf.bodies)) if len(faults) >= FAULTY_LIMIT else range(0)
        broken |= {(sheaf.kind, code) for at in (*faults, *unread) if (code := _code(sheaf.bodies[at]))}
        findings += _worded(sheaf, faults)
        unsound += [(sheaf, at) for at in faults]
        if unread:
            value = f"{len(unread)} entries left unread"
            wanted = Wanted("fewer than {most} faulty entries in one file", most=FAULTY_LIMIT)
            place = sheaf.places[unread[0]]
            findings.append(Finding(code="too-many-faults", kind=sheaf.kind, value=value, wanted=wanted, where=place))
    missions = entries.pop("mission", ())
    dossier = None
    if missions and isinstance(missions[0], Mission):
        dossier = Dossier(
            mission=missions[0],
            entries={kind: entries[kind] for kind in KINDS if entries.get(kind)},
            measurements=material.measurements,
            area_months=material.area_months,
            boundaries=material.boundaries,
            boundary_note=material.boundary_note,
            places=places,
            broken=frozenset(broken),
        )
        findings += _strange_boundaries(dossier)
        findings += [found for sheaf, at in unsound for found in _dangling(dossier, sheaf, at)]
    return Draft(dossier, capped(findings))


def entry_of(model: type[Entry], body: Any) -> Entry:
    """
    An entry from plain values, taken at their word: no number passes for a day, no truth value for a count.

    Raises
    ------
    ValidationError
        With every fault of the body.
    """
    return model.model_validate_json(json.dumps(body), strict=True)


def _checked(sheaf: Sheaf, written_in: int) -> tuple[list[tuple[int, Entry]], dict[int, list[SchemaFault]]]:
    model = KINDS[sheaf.kind]
    sound: list[tuple[int, Entry]] = []
    faults: dict[int, list[SchemaFault]] = {}
    for at, body in enumerate(sheaf.bodies):
        current = upgraded(sheaf.kind, body, written_in) if isinstance(body, dict) else body
        try:
            sound.append((at, entry_of(model, current)))
        except ValidationError as error:
            faults[at] = list(faults_of(error, model))
            if len(faults) >= FAULTY_LIMIT:
                break
    return sound, faults


def _code(body: Any) -> str:
    code = body.get("code") if isinstance(body, dict) else None
    return code[:60] if isinstance(code, str) else ""


def _worded(sheaf: Sheaf, faults: Mapping[int, Iterable[SchemaFault]]) -> list[Finding]:
    """Findings for the faults of one sheaf, each with the place of the value itself, or of the nearest thing around it."""
    placed = [((at, *fault.path), fault) for at, several in faults.items() for fault in several]
    around = {path[:end] for path, _ in placed for end in range(1, len(path) + 1)}
    found = sheaf.place_of(around) if around else {}
    findings = []
    for path, fault in placed:
        nearest = next((path[:end] for end in range(len(path), 1, -1) if path[:end] in found), None)
        at = int(path[0])
        findings.append(
            Finding(
                code=fault.code,
                kind=sheaf.kind,
                entry=_code(sheaf.bodies[at]) or f"no. {at + 1}",
                field=fault.field,
                value=fault.value,
                wanted=fault.wanted,
                where=found[nearest] if nearest else sheaf.places[at],
            )
        )
    return findings


def _dangling(dossier: Dossier, sheaf: Sheaf, at: int) -> Iterator[Finding]:
    """References of an entry that does not pass its schema, where they lead nowhere."""
    body = sheaf.bodies[at]
    for path, kind, code in references_of_body(KINDS[sheaf.kind], body) if isinstance(body, dict) else ():
        if not dossier.knows(kind, code):
            yield Finding(
                code="unknown-reference",
                kind=sheaf.kind,
                entry=_code(body) or f"no. {at + 1}",
                field=path,
                value=shown(code),
                wanted=code_wanted(dossier, kind, code),
                where=sheaf.places[at],
            )


def _strange_boundaries(dossier: Dossier) -> list[Finding]:
    return [
        Finding(
            code="unknown-reference",
            kind="boundary",
            entry=code,
            field="code",
            value=code,
            wanted=Wanted("the code of an area"),
            where="areas.geojson",
        )
        for code in dossier.boundaries
        if not dossier.knows("area", code)
    ]
