"""`exitplan import`: bring a file into a dossier folder, every row accounted for, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, TypeVar

from exitplan.domain.dossier import Dossier
from exitplan.domain.entry import Entry
from exitplan.domain.errors import InputFaults, InvalidValue, NotFound
from exitplan.domain.findings import Finding, Wanted, errors
from exitplan.domain.kinds import KINDS, Mission, Source
from exitplan.domain.months import month_index, month_of, month_text
from exitplan.domain.results.imports import ImportReport, RefusedRow
from exitplan.domain.tables import AreaMonths, EventTable, MeasurementTable, Table
from exitplan.importers.dossier_files import FILE_NAMES, MISSION_FILE, files_of
from exitplan.importers.dossier_folder import LOCAL_FOLDER, read_folder, write_files
from exitplan.importers.library import bundled_missions
from exitplan.usecases.answers import Answered, answered
from exitplan.usecases.open_mission import day_of, today

T = TypeVar("T", bound=Table)

What = Literal["ucdp", "acled", "measurements", "workbook", "boundaries", "cpas"]

HEADINGS_FILE = ".measurements.json"
"""The sender's headings, remembered in the dossier folder from the first import on."""

DATA_SETS: dict[str, dict[str, Any]] = {
    "ucdp": {
        "title": "UCDP Georeferenced Event Dataset",
        "title_fr": "UCDP, base d'événements géoréférencés",
        "publisher": "Uppsala Conflict Data Program",
        "licence": "CC BY 4.0",
    },
    "acled": {
        "title": "ACLED conflict events",
        "title_fr": "ACLED, événements de conflit",
        "publisher": "Armed Conflict Location and Event Data",
        "licence": "as agreed with the publisher",
    },
}


@dataclass(frozen=True)
class Brought:
    """A dossier with a file brought in, the account of it, and what else belongs in its folder, by path."""

    dossier: Dossier
    report: ImportReport
    beside: Mapping[str, str] = field(default_factory=dict)


def bring_in(
    what: What,
    file: Path,
    mission: Path,
    *,
    source: str | None = None,
    covers: tuple[str | None, str | None] = (None, None),
    mapping: Path | None = None,
    code_property: str = "code",
    dry_run: bool = False,
) -> Answered[ImportReport]:
    """
    Read a file and write what it holds into a dossier folder.

    Parameters
    ----------
    source
        Code of the source entry that area-months rest on; made, or its coverage widened. UCDP or ACLED where left out.
    covers
        First and last month that an event file covers, as YYYY-MM; those of its first and last event of the host where left out.
        Covered months without an event count as quiet.
    mapping
        The sender's headings: for measurements a JSON file with `columns`, `constants` and `sheet`; for a workbook the YAML
        file of `importers.mapping`.
    code_property
        Property of a boundary file that holds the area code.
    dry_run
        Say what would happen, and write nothing.

    Raises
    ------
    InputFaults
        When the dossier would have faults that it did not have before; nothing is written.
    """
    folder = _folder(mission)
    draft = read_folder(folder)
    if draft.dossier is None:
        raise InputFaults(draft.everything)
    dossier = draft.dossier
    match what:
        case "ucdp" | "acled":
            brought = _events(what, file, dossier, source or what.upper(), covers)
        case "measurements":
            brought = _measurements(file, dossier, _headings(folder, mapping))
        case "cpas":
            brought = _cpas(file, dossier)
        case "boundaries":
            brought = _boundaries(file, dossier, code_property)
        case "workbook":
            brought = _workbook(file, dossier, folder, mapping, dry_run=dry_run)
    known = set(dossier.findings)
    fresh = errors(f for f in brought.dossier.findings if f not in known)
    if fresh:
        raise InputFaults(fresh)
    if not dry_run:
        _write(folder, dossier, brought)
    report = brought.report.model_copy(update={"dry_run": dry_run})
    return answered("import", dossier, report, on=day_of(dossier, None), what=what, source=source)


def _folder(mission: Path) -> Path:
    if (mission / MISSION_FILE).is_file():
        return mission
    if mission.exists() or str(mission) in bundled_missions():
        raise InvalidValue(
            "--mission", str(mission), Wanted("a dossier folder of your own; `exitplan export` makes one")
        )
    raise NotFound("mission", str(mission))


def _events(
    what: Literal["ucdp", "acled"], file: Path, dossier: Dossier, source: str, covers: tuple[str | None, str | None]
) -> Brought:
    from shapely.geometry import shape

    from exitplan.importers.acled import read_acled
    from exitplan.importers.events import Setting
    from exitplan.importers.hosts import Host
    from exitplan.importers.placement import Areas
    from exitplan.importers.ucdp import read_ucdp

    if not dossier.boundaries:
        wanted = Wanted("boundaries of the areas: bring them in first with `exitplan import boundaries`")
        raise InputFaults((Finding(code="missing-file", value="nothing", wanted=wanted, where="areas.geojson"),))
    mission = dossier.mission
    setting = Setting(
        areas=Areas.of({code: shape(dict(geometry)) for code, geometry in dossier.boundaries.items()}),
        host=Host.of(mission.host, [mission.host_name]),
        today=today(),
        source=source,
    )
    imported = read_ucdp(file, setting) if what == "ucdp" else read_acled(file, setting)
    span = _span(imported.events, covers)
    if span is None:
        return Brought(dossier, imported.report)
    entry = _source(dossier, source, what, imported.report, span)
    return Brought(
        _with(dossier, entry, area_months=_counted(dossier, imported.area_months, source, span)),
        imported.report,
        {f"{LOCAL_FOLDER}/{source}.csv": imported.events.csv_text()},
    )


def _span(events: EventTable, covers: tuple[str | None, str | None]) -> tuple[int, int] | None:
    """First and last month index that the file speaks of; None where it holds no event of the host and no months are given."""
    days = events.frame["date_start"]
    first = month_index(covers[0]) if covers[0] else month_of(days.min()) if len(days) else None  # type: ignore[arg-type]
    last = month_index(covers[1]) if covers[1] else month_of(days.max()) if len(days) else None  # type: ignore[arg-type]
    if first is None or last is None:
        return None
    if last < first:
        raise InvalidValue("--covers-to", covers[1], Wanted("a month on or after {first}", first=month_text(first)))
    return first, last


def _source(dossier: Dossier, code: str, what: str, report: ImportReport, span: tuple[int, int]) -> Source:
    """The source entry of the counts, its coverage widened by the file's months; the months between must be covered too."""
    standing = dossier.get(Source, code)
    first, last = span
    if standing is not None and standing.covers_from and standing.covers_to:
        old_first, old_last = month_index(standing.covers_from), month_index(standing.covers_to)
        if first > old_last + 1 or last < old_first - 1:
            wanted = Wanted(
                "months that adjoin those {source} covers, {first} to {last}",
                source=code,
                first=standing.covers_from,
                last=standing.covers_to,
            )
            raise InvalidValue("--covers-from", month_text(first), wanted)
        first, last = min(first, old_first), max(last, old_last)
    covered = {"covers_from": month_text(first), "covers_to": month_text(last)}
    if standing is not None:
        return standing.model_copy(update=covered)
    body = {**DATA_SETS[what], "code": code, "basis": "fact", "reliability": "research", "document": report.file}
    return Source.model_validate({**body, **covered, "note": f"SHA-256 {report.sha256}"})


def _counted(dossier: Dossier, fresh: AreaMonths, source: str, span: tuple[int, int]) -> AreaMonths:
    """
    Area-months with those of a source replaced inside its new months.

    Raises InputFaults where another source counts the same months: the same deaths would count twice.
    """
    import polars as pl

    standing = dossier.area_months.frame
    first, last = month_text(span[0]), month_text(span[1])
    others = [
        s.code
        for s in dossier.of(Source)
        if s.code != source
        and s.code in standing["source"]
        and (s.covers_from or "9999") <= last
        and first <= (s.covers_to or "")
    ]
    if others:
        finding = Finding(
            code="two-values",
            kind="area_month",
            entry=source,
            field="month",
            value=f"{first} – {last}",
            wanted=Wanted("months that {sources} does not count already", sources=", ".join(others)),
            where="area_months.csv",
        )
        raise InputFaults((finding,))
    inside = pl.col("month").is_between(pl.lit(first), pl.lit(last))
    kept = standing.filter(~(inside & (pl.col("source") == source)))
    return AreaMonths.of(pl.concat([kept, fresh.frame.filter(inside)]))


def _headings(folder: Path, mapping: Path | None) -> tuple[str, Any]:
    """The sender's headings, given or remembered, as (JSON text to remember, headings); nothing where there are none."""
    from exitplan.importers.measurements import Headings

    remembered = folder / HEADINGS_FILE
    path = mapping or (remembered if remembered.is_file() else None)
    if path is None:
        return "", None
    text = path.read_text("utf-8")
    try:
        body = json.loads(text)
        headings = Headings(
            columns=dict(body.get("columns", {})),
            constants=dict(body.get("constants", {})),
            sheet=str(body.get("sheet", "")),
        )
    except (ValueError, AttributeError, TypeError):
        raise InvalidValue("--mapping", path.name, Wanted("a JSON object with columns, constants and sheet")) from None
    return text, headings


def _measurements(file: Path, dossier: Dossier, headings: tuple[str, Any]) -> Brought:
    from exitplan.importers.measurements import read_measurements

    table, report = read_measurements(file, today=today(), headings=headings[1])
    whole = _together(MeasurementTable, dossier.measurements, table)
    again = len(dossier.measurements) + len(table) - len(whole)
    if again:
        report = report.model_copy(update={"notes": (*report.notes, f"already_there:{again}")})
    beside = {HEADINGS_FILE: headings[0]} if headings[0] else {}
    return Brought(replace(dossier, measurements=whole), report, beside)


def _cpas(file: Path, dossier: Dossier) -> Brought:
    from exitplan.importers.cpas import read_cpas

    found = read_cpas(file, dossier, today=today())
    whole = _together(MeasurementTable, dossier.measurements, found.measurements)
    again = len(dossier.measurements) + len(found.measurements) - len(whole)
    notes = (*found.report.notes, f"already_there:{again}") if again else found.report.notes
    merged = replace(dossier, measurements=whole)
    for assessment in found.assessments:
        merged = _with(merged, assessment)
    return Brought(merged, found.report.model_copy(update={"notes": notes}))


def _boundaries(file: Path, dossier: Dossier, code_property: str) -> Brought:
    from exitplan.importers.boundaries import read_boundaries

    boundaries, report = read_boundaries(file, code=code_property)
    collection = json.loads(boundaries.geojson())
    shapes = {feature["properties"]["code"]: feature["geometry"] for feature in collection["features"]}
    unknown = [code for code in shapes if not dossier.knows("area", code)]
    if unknown:
        wanted = Wanted("the code of an area")
        raise InputFaults(
            tuple(
                Finding(code="unknown-reference", kind="area", entry=code, value=code, wanted=wanted, where=report.file)
                for code in unknown
            )
        )
    note = dossier.boundary_note or {"metadata": {"source": report.file, "sha256": report.sha256}}
    return Brought(replace(dossier, boundaries={**dossier.boundaries, **shapes}, boundary_note=note), report)


def _workbook(file: Path, dossier: Dossier, folder: Path, mapping: Path | None, *, dry_run: bool) -> Brought:
    """Entries of a workbook in the place of those with the same code, its other rows beside those there are.

    A workbook of ours needs no mapping. For a planner's own one the mapping given counts, else the one remembered in the
    folder, else a suggested one, which is left there to be settled.
    """
    from exitplan.importers.mapping import (
        MAPPING_FILE,
        apply_mapping,
        read_mapping,
        suggest_mapping,
        write_mapping,
    )
    from exitplan.importers.sheets_in import read_sheets

    remembered = folder / MAPPING_FILE
    if mapping is None and not remembered.is_file() and any(sheet.name == "mission" for sheet in read_sheets(file)):
        return _own_workbook(file, dossier)
    path = mapping or remembered
    if mapping is None and not remembered.is_file():
        settled = suggest_mapping(file)
        if not dry_run:
            write_mapping(settled, remembered)
    else:
        settled = read_mapping(path)
    mapped = apply_mapping(file, settled)
    merged = dossier
    for entries in mapped.entries.values():
        for entry in entries:
            merged = replace(merged, mission=entry) if isinstance(entry, Mission) else _with(merged, entry)
    merged = replace(merged, measurements=_together(MeasurementTable, dossier.measurements, mapped.measurements))
    beside = {MAPPING_FILE: path.read_text("utf-8")} if mapping is not None else {}
    return Brought(merged, mapped.report, beside)


def _own_workbook(file: Path, dossier: Dossier) -> Brought:
    """A workbook that `exitplan export` wrote and people have worked on."""
    from exitplan.importers.workbook import read_workbook

    draft = read_workbook(file)
    if draft.dossier is None:
        raise InputFaults(draft.everything)
    given = draft.dossier
    merged = replace(
        dossier,
        mission=given.mission,
        measurements=_together(MeasurementTable, dossier.measurements, given.measurements),
        area_months=_together(AreaMonths, dossier.area_months, given.area_months),
        boundaries={**dossier.boundaries, **given.boundaries},
        boundary_note={**dossier.boundary_note, **given.boundary_note},
    )
    for entries in given.entries.values():
        for entry in entries:
            merged = _with(merged, entry)
    faults = errors(draft.findings)
    refused = {fault.where or fault.entry for fault in faults}
    kept = len(given.everything()) + len(given.measurements) + len(given.area_months)
    report = ImportReport(
        what="workbook",
        file=file.name,
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        read=kept + len(refused),
        kept=kept,
        unplaced=0,
        other_country=0,
        refused_rows=len(refused),
        refused=tuple(
            RefusedRow(
                line=_line(f.where), field=f"{f.kind} {f.entry} {f.field}".strip(), value=f.value, reason=f.wanted
            )
            for f in faults
        ),
    )
    return Brought(merged, report)


def _line(where: str) -> int:
    """The row of a place such as `areas!B5`; 1 where it names none."""
    digits = re.search(r"(\d+)$", where)
    return int(digits[1]) if digits else 1


def _together(model: type[T], standing: T, given: T) -> T:
    """The rows of both tables, equal ones once."""
    import polars as pl

    return model.of(pl.concat([standing.frame, given.frame]).unique(maintain_order=True))


def _with(dossier: Dossier, entry: Entry, **tables: Any) -> Dossier:
    """The dossier with an entry put in the place of the one that has its code, or at the end."""
    by_code = {e.code: e for e in dossier.entries.get(entry.kind, ())} | {entry.code: entry}
    entries = {**dossier.entries, entry.kind: tuple(by_code.values())}
    return replace(dossier, entries={kind: entries[kind] for kind in KINDS if kind in entries}, **tables)


def _write(folder: Path, before: Dossier, brought: Brought) -> None:
    """Write only the files that changed, so that comments in the others stay; the folder changes as a whole."""
    old, new = files_of(before), files_of(brought.dossier)
    standing = {name: (folder / name).read_bytes() for name in FILE_NAMES if (folder / name).is_file()}
    changed = {name: content for name, content in new.items() if old.get(name) != content}
    write_files({**standing, **changed}, folder, replace=True)
    for name, text in brought.beside.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
