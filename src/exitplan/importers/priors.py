"""Priors from a YAML file."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import ValidationError

from exitplan.domain.errors import InputFaults, Unreadable
from exitplan.domain.findings import Finding, shown
from exitplan.domain.priors import Priors

BUNDLED = Path(__file__).resolve().parent.parent / "library" / "priors" / "stability.yaml"
"""The priors that ship with the stability model."""


def read_priors(path: Path = BUNDLED) -> Priors:
    """
    Read a dated set of priors.

    Raises
    ------
    Unreadable
        When the file cannot be opened or is not YAML.
    InputFaults
        With every fault of every prior.
    """
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise Unreadable(path.name, "not a readable YAML file") from error
    try:
        return Priors.model_validate(raw)
    except ValidationError as error:
        raise InputFaults(
            tuple(
                Finding(
                    code="invalid-value",
                    kind="prior",
                    field=".".join(str(step) for step in fault["loc"]),
                    value=shown(fault["input"]),
                    wanted=fault["msg"],
                    where=path.name,
                )
                for fault in error.errors()
            )
        ) from error
