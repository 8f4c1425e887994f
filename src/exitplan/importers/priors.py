"""Priors from a YAML file."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from exitplan.domain.errors import InputFaults, Unreadable
from exitplan.domain.findings import Finding, shown
from exitplan.domain.priors import Priors
from exitplan.importers.safe_yaml import read_yaml
from exitplan.importers.schema_faults import dotted

BUNDLED = Path(str(files("exitplan"))) / "library" / "priors" / "stability.yaml"
"""The priors that ship with the stability model."""

BYTES_LIMIT = 1_000_000


def read_priors(path: Path = BUNDLED) -> Priors:
    """
    Read a dated set of priors.

    Raises
    ------
    Unreadable
        When the file cannot be opened, is longer than a megabyte, or is not the YAML of a dossier.
    InputFaults
        With every fault of every prior.
    """
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
        Finding(code=f.code, kind="prior", value=f.value, wanted=f.wanted, where=f"{path.name}:{f.line}")
        for f in read.faults
    ]
    try:
        priors = Priors.model_validate(read.value)
    except ValidationError as error:
        found += [
            Finding(
                code="invalid-value",
                kind="prior",
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
    return priors
