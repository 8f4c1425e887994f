"""Frameworks with their norms, and the words of the advice on benchmarks, from YAML files of the library."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from exitplan.domain.checks.norms import unknown_words
from exitplan.domain.errors import InputFaults
from exitplan.domain.fields import Part, about
from exitplan.domain.findings import Finding, shown
from exitplan.domain.kinds import Framework, Norm
from exitplan.domain.quality import QualityWords
from exitplan.importers.library_file import read_library_file

LIBRARY = Path(str(files("exitplan"))) / "library"
FRAMEWORKS = LIBRARY / "frameworks"
WORDS = LIBRARY / "quality" / "words.yaml"


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
    held = read_library_file(path, NormSet, "norm")
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
    return read_library_file(path, QualityWords, "norm")


def _fault(path: Path, code: str, field: str, value: object, wanted: str) -> Finding:
    text = shown(value if isinstance(value, str) else str(value))
    return Finding(
        code="invalid-value", kind="norm", entry=code, field=field, value=text, wanted=wanted, where=path.name
    )
