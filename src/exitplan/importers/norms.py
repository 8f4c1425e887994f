"""Frameworks with their norms, and the words of the advice on benchmarks, from YAML files of the library."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from exitplan.domain.checks.norms import unknown_words
from exitplan.domain.errors import InputFaults, Unreadable
from exitplan.domain.fields import Part, about
from exitplan.domain.findings import Finding, shown
from exitplan.domain.kinds import Framework, Norm
from exitplan.domain.quality import QualityWords
from exitplan.importers.safe_yaml import read_yaml
from exitplan.importers.schema_faults import dotted

LIBRARY = Path(str(files("exitplan"))) / "library"
FRAMEWORKS = LIBRARY / "frameworks"
WORDS = LIBRARY / "quality" / "words.yaml"
BYTES_LIMIT = 1_000_000

M = TypeVar("M", bound=BaseModel)


class NormSet(Part):
    """One framework with its norms, as a file of the library holds it."""

    framework: Framework = about("The framework.")
    norms: tuple[Norm, ...] = about("Its norms.", min_length=1)


def read_norm_set(path: Path) -> NormSet:
    """
    Read a framework.

    Raises
    ------
    Unreadable
        When the file cannot be opened, is longer than a megabyte, or is not the YAML of a dossier.
    InputFaults
        With every fault of every norm: fields, codes used twice, another framework, kinds and fields that do not exist.
    """
    held = _read(path, NormSet)
    found = []
    codes: set[str] = set()
    for norm in held.norms:
        if norm.framework != held.framework.code:
            found.append(_fault(path, norm.code, "framework", norm.framework, held.framework.code))
        if norm.code in codes:
            found.append(_fault(path, norm.code, "code", norm.code, "a code used once"))
        codes.add(norm.code)
        found += [_fault(path, norm.code, "check", value, wanted) for value, wanted in unknown_words(norm)]
    if found:
        raise InputFaults(tuple(found))
    return held


@cache
def library_frameworks() -> tuple[NormSet, ...]:
    """The frameworks that come along, in the order of their files' names. Raises as `read_norm_set`."""
    return tuple(read_norm_set(path) for path in sorted(FRAMEWORKS.glob("*.yaml")))


@cache
def quality_words(path: Path = WORDS) -> QualityWords:
    """The words and numbers of the advice on benchmarks. Raises Unreadable, InputFaults."""
    return _read(path, QualityWords)


def _read(path: Path, model: type[M]) -> M:
    try:
        content = path.read_bytes()[: BYTES_LIMIT + 1]
        text = content.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(path.name, "not a readable UTF-8 file") from error
    if len(content) > BYTES_LIMIT:
        raise Unreadable(path.name, f"longer than {BYTES_LIMIT:,} bytes")
    read = read_yaml(text)
    if read.refused:
        fault = read.faults[-1]
        raise Unreadable(f"{path.name}:{fault.line}", f"{fault.value}; wanted {fault.wanted}")
    found = [
        Finding(code=f.code, kind="norm", value=f.value, wanted=f.wanted, where=f"{path.name}:{f.line}")
        for f in read.faults
    ]
    try:
        held = model.model_validate(read.value)
    except ValidationError as error:
        found += [_fault(path, "", dotted(f["loc"]), shown(f["input"]), f["msg"]) for f in error.errors()]
        raise InputFaults(tuple(found)) from error
    if found:
        raise InputFaults(tuple(found))
    return held


def _fault(path: Path, code: str, field: str, value: object, wanted: str) -> Finding:
    text = shown(value if isinstance(value, str) else str(value))
    return Finding(
        code="invalid-value", kind="norm", entry=code, field=field, value=text, wanted=wanted, where=path.name
    )
