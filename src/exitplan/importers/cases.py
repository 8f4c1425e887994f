"""Past exits from their folder: a YAML file and a table of figures for each, and one register of sources."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from exitplan.domain.cases import Case, CaseLibrary, CaseSource, Figure, Figures
from exitplan.domain.errors import InputFaults
from exitplan.domain.findings import Finding, Wanted, shown
from exitplan.importers.library_file import library_text
from exitplan.importers.safe_yaml import read_yaml
from exitplan.importers.schema_faults import faults_of

BUNDLED = Path(str(files("exitplan"))) / "library" / "cases"
"""The cases that come along."""
REGISTER = "sources.yaml"
COLUMNS = ("series", "area", "period", "value", "source")

P = TypeVar("P", bound=BaseModel)


def read_cases(folder: Path = BUNDLED) -> CaseLibrary:
    """
    Every case of a folder with its figures, as far as the files are sound in themselves.

    What is wrong between the files (a fact without a source, figures that changed) stands in `CaseLibrary.faults`.

    Raises
    ------
    Unreadable
        When the folder has no register of sources, or a file is too long or not UTF-8.
    InputFaults
        With every fault of every file.
    """
    found: list[Finding] = []
    sources = [
        source
        for at, body in enumerate(_listed(folder / REGISTER, found))
        if (source := _made(CaseSource, body, folder / REGISTER, found, f"[{at}]"))
    ]
    cases, figures = [], {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name == REGISTER:
            continue
        if case := _made(Case, _body(path, found), path, found):
            cases.append(case)
            figures[case.code] = _figures(path.with_suffix(".csv"), case.code, found)
    register: dict[str, CaseSource] = {}
    for source in sources:
        if source.code in register:
            found.append(
                Finding(
                    code="duplicate-code",
                    kind="case_source",
                    entry=source.code,
                    field="code",
                    value=source.code,
                    wanted=Wanted("each code once"),
                    where=REGISTER,
                )
            )
        register[source.code] = source
    if found:
        raise InputFaults(tuple(found))
    return CaseLibrary(cases=tuple(sorted(cases, key=lambda c: c.code)), sources=register, figures=figures)


def _body(path: Path, found: list[Finding]) -> Any:
    read = read_yaml(library_text(path))
    found += [
        Finding(code=f.code, kind="case", value=f.value, wanted=f.wanted, where=f"{path.name}:{f.line}")
        for f in read.faults
    ]
    return read.value


def _listed(path: Path, found: list[Finding]) -> list[Any]:
    body = _body(path, found)
    if isinstance(body, list):
        return body
    found.append(
        Finding(code="not-a-list", kind="case_source", value=shown(body), wanted=Wanted("a list"), where=path.name)
    )
    return []


def _made(model: type[P], body: Any, path: Path, found: list[Finding], under: str = "") -> P | None:
    try:
        return model.model_validate(body)
    except ValidationError as error:
        code = str(body.get("code", "")) if isinstance(body, dict) else ""
        found += [
            Finding(
                code=fault.code,
                kind="case" if model is Case else "case_source",
                entry=shown(code),
                field=f"{under}.{fault.field}".removeprefix(".") if under else fault.field,
                value=fault.value,
                wanted=fault.wanted,
                where=path.name,
            )
            for fault in faults_of(error, model)
        ]
        return None


def _figures(path: Path, code: str, found: list[Finding]) -> Figures:
    if not path.exists():
        return Figures()
    text = library_text(path)
    return Figures(tuple(_rows(text, path, code, found)), sha256(text.encode()).hexdigest())


def _rows(text: str, path: Path, code: str, found: list[Finding]) -> Iterator[Figure]:
    reader = csv.DictReader(StringIO(text))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        found.append(
            Finding(
                code="missing-column",
                kind="case",
                entry=code,
                value=shown(", ".join(reader.fieldnames or ())),
                wanted=Wanted("one of {names}", names=", ".join(COLUMNS)),
                where=path.name,
            )
        )
        return
    for line, row in enumerate(reader, 2):
        try:
            yield Figure.model_validate(row)
        except ValidationError as error:
            found += [
                Finding(
                    code=fault.code,
                    kind="case",
                    entry=code,
                    field=fault.field,
                    value=fault.value,
                    wanted=fault.wanted,
                    where=f"{path.name}:{line}",
                )
                for fault in faults_of(error, Figure)
            ]
