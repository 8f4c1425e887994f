"""Content that comes along with the program, from a YAML file: read whole, checked whole."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from exitplan.domain.errors import InputFaults, Unreadable
from exitplan.domain.findings import Finding, shown
from exitplan.importers.safe_yaml import read_yaml
from exitplan.importers.schema_faults import dotted

BYTES_LIMIT = 1_000_000

M = TypeVar("M", bound=BaseModel)


def library_text(path: Path) -> str:
    """The text of one file of the library. Raises Unreadable when it cannot be opened or is longer than a megabyte."""
    try:
        content = path.read_bytes()[: BYTES_LIMIT + 1]
        text = content.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(path.name, "not a readable UTF-8 file") from error
    if len(content) > BYTES_LIMIT:
        raise Unreadable(path.name, f"longer than {BYTES_LIMIT:,} bytes")
    return text


def read_library_file(path: Path, model: type[M], kind: str) -> M:
    """
    Read one file of the library.

    Parameters
    ----------
    model
        What it has to hold.
    kind
        What findings call it.

    Raises
    ------
    Unreadable
        When the file cannot be opened, is longer than a megabyte, or is not the YAML of a dossier.
    InputFaults
        With every fault of everything in it.
    """
    read = read_yaml(library_text(path))
    if read.refused:
        fault = read.faults[-1]
        raise Unreadable(f"{path.name}:{fault.line}", f"{fault.value}; wanted {fault.wanted}")
    found = [
        Finding(code=f.code, kind=kind, value=f.value, wanted=f.wanted, where=f"{path.name}:{f.line}")
        for f in read.faults
    ]
    try:
        made = model.model_validate(read.value)
    except ValidationError as error:
        found += [
            Finding(
                code="invalid-value",
                kind=kind,
                field=dotted(fault["loc"]),
                value=shown(fault["input"]),
                wanted=fault["msg"],
                where=path.name,
            )
            for fault in error.errors()
        ]
        raise InputFaults(tuple(found)) from error
    if found:
        raise InputFaults(tuple(found))
    return made
