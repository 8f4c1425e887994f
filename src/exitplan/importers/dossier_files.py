"""A dossier as named files: what each holds, whether they lie in a folder or in a bundle."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from exitplan.domain.dossier import FORMAT, Dossier, body
from exitplan.domain.findings import Finding, Wanted, shown
from exitplan.domain.kinds import KINDS, PLURALS
from exitplan.domain.tables import AreaMonths, MeasurementTable
from exitplan.importers import dossier_map
from exitplan.importers.dossier_tables import read_rows
from exitplan.importers.draft import Draft, Material, Path, Sheaf, draft_of
from exitplan.importers.safe_yaml import BYTES_LIMIT, YamlText, dump_yaml, lines_of, read_yaml
from exitplan.importers.upgrades import oldest

MISSION_FILE = "mission.yaml"
TABLE_FILES = ("measurements.csv", "area_months.csv")
FILE_NAMES = (*(f"{plural}.yaml" for plural in PLURALS), *TABLE_FILES, dossier_map.NAME)
"""Every file a dossier may have, the mission first."""
TABLE_BYTES_LIMIT = 200_000_000
"""Bytes of one table; ten times what thirty indicators of a large mission fill in ten years."""


def bytes_limit(name: str) -> int:
    """How large a file of this name may be, in bytes."""
    return TABLE_BYTES_LIMIT if name in TABLE_FILES else BYTES_LIMIT


def too_large(name: str, size: int) -> Finding:
    """The finding for a file that is larger than any dossier needs."""
    return Finding(
        code="too-large",
        value=f"{size} bytes",
        wanted=Wanted("at most {most} bytes", most=bytes_limit(name)),
        where=name,
    )


def draft_of_files(files: Mapping[str, bytes], findings: Iterable[Finding] = ()) -> Draft:
    """
    Put a dossier together from its files.

    Parameters
    ----------
    files
        File name, one of `FILE_NAMES`, to content.
    findings
        What was found wrong before the files were opened.

    Returns
    -------
    Draft
        With one finding for each fault of each file, and no dossier where there is no sound mission.
    """
    material = Material(findings=list(findings))
    if MISSION_FILE not in files and not any(f.where == MISSION_FILE for f in material.findings):
        wanted = Wanted("the file of the mission, with `format: 1` and `mission:`")
        material.findings.append(Finding(code="missing-file", value="nothing", wanted=wanted, where=MISSION_FILE))
    for plural, kind in PLURALS.items():
        name = f"{plural}.yaml"
        if name in files:
            _read_entries(kind, name, files[name], material)
    if "measurements.csv" in files:
        material.measurements, found = read_rows(MeasurementTable, files["measurements.csv"], "measurements.csv")
        material.findings += found
    if "area_months.csv" in files:
        material.area_months, found = read_rows(AreaMonths, files["area_months.csv"], "area_months.csv")
        material.findings += found
    if dossier_map.NAME in files:
        material.boundaries, material.boundary_note, found = dossier_map.read_map(files[dossier_map.NAME])
        material.findings += found
    return draft_of(material)


def files_of(dossier: Dossier) -> dict[str, bytes]:
    """
    The files of a dossier; equal dossiers give equal bytes.

    Fields at their default and kinds without entries are left out.
    """
    texts = {MISSION_FILE: dump_yaml({"format": FORMAT, "mission": body(dossier.mission)})}
    for kind, entries in dossier.entries.items():
        if entries:
            texts[f"{KINDS[kind].plural}.yaml"] = dump_yaml(body(entry) for entry in entries)
    if len(dossier.measurements):
        texts["measurements.csv"] = dossier.measurements.csv_text()
    if len(dossier.area_months):
        texts["area_months.csv"] = dossier.area_months.csv_text()
    if dossier.boundaries or dossier.boundary_note:
        texts[dossier_map.NAME] = dossier_map.map_text(dossier.boundaries, dossier.boundary_note)
    return {name: texts[name].encode() for name in FILE_NAMES if name in texts}


def _read_entries(kind: str, name: str, data: bytes, material: Material) -> None:
    """Add the entries of one YAML file, or the reason why there are none."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        value = repr(data[error.start : error.start + 8])
        material.findings.append(
            Finding(code="not-utf-8", kind=kind, value=value, wanted=Wanted("text in UTF-8"), where=f"{name}:{line}")
        )
        material.codes_lost |= _codes_named(kind, data)
        return
    read = read_yaml(text)
    material.findings += [
        Finding(
            code=fault.code,
            kind=kind,
            value=shown(fault.value),
            wanted=fault.wanted,
            where=f"{name}:{fault.line}" if fault.line else name,
        )
        for fault in read.faults
    ]
    if read.refused:
        material.codes_lost |= _codes_named(kind, data)
    elif kind == "mission":
        _read_mission(text, read, material)
    elif isinstance(read.value, list):
        places = [f"{name}:{line}" for line in read.lines]
        material.sheaves.append(Sheaf(kind, read.value, places, _places(name, text)))
    elif read.value is not None:
        given = shown(", ".join(map(str, read.value)) if isinstance(read.value, dict) else str(read.value))
        wanted = Wanted("a list of entries, each beginning with `- code:`")
        material.findings.append(Finding(code="not-a-list", kind=kind, value=given, wanted=wanted, where=f"{name}:1"))
        material.codes_lost |= _codes_named(kind, data)


def _read_mission(text: str, read: YamlText, material: Material) -> None:
    """Add the mission, and note in which format the dossier is written."""
    whole = read.value if isinstance(read.value, dict) else {}
    lines = dict(zip(whole, read.lines, strict=False))

    def fault(code: str, field: str, value: Any, wanted: Wanted) -> None:
        where = f"{MISSION_FILE}:{lines.get(field, 1)}"
        given = "nothing" if value is None else shown(str(value))
        material.findings.append(
            Finding(code=code, kind="mission", field=field, value=given, wanted=wanted, where=where)
        )

    number = whole.get("format")
    known = f"{oldest()} to {FORMAT}" if oldest() < FORMAT else str(FORMAT)
    if type(number) is not int or not oldest() <= number <= FORMAT:
        newer = type(number) is int and number > FORMAT
        wanted = (
            Wanted("format {known}; this dossier comes from a newer version", known=known)
            if newer
            else Wanted("format {known}", known=known)
        )
        fault("unknown-format", "format", number, wanted)
    else:
        material.written_in = number
    for name in whole:
        if name not in ("format", "mission"):
            fault("unknown-field", name, whole[name], Wanted("format or mission; every other kind has its own file"))
    if "mission" not in whole:
        fault("missing-field", "mission", None, Wanted("the fields of the mission"))
        return
    place_of = _places(MISSION_FILE, text, lambda path: ("mission", *path[1:]))
    place = f"{MISSION_FILE}:{lines['mission']}"
    material.sheaves.insert(0, Sheaf("mission", [whole["mission"]], [place], place_of))


def _places(
    name: str, text: str, in_file: Callable[[Path], Path] = lambda path: path
) -> Callable[[Collection[Path]], dict[Path, str]]:
    """A look-up of places that reads the file a second time, and only when there is a fault to place."""

    def place_of(paths: Collection[Path]) -> dict[Path, str]:
        lines = lines_of(text, {in_file(path) for path in paths})
        return {path: f"{name}:{lines[in_file(path)]}" for path in paths if in_file(path) in lines}

    return place_of


_CODE_LINE = re.compile(rb"""^(?:- |  )\s*code:\s*["']?([A-Z0-9][A-Z0-9._-]{0,47})["']?\s*(?:#.*)?$""", re.MULTILINE)


def _codes_named(kind: str, data: bytes) -> set[tuple[str, str]]:
    """Codes in a file that cannot be read as a whole, so that whoever names them is not called wrong as well."""
    return {(kind, code.decode()) for code in _CODE_LINE.findall(data)}
