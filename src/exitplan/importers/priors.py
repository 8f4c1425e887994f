"""Priors from a YAML file."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from exitplan.domain.priors import Priors
from exitplan.importers.library_file import read_library_file

BUNDLED = Path(str(files("exitplan"))) / "library" / "priors" / "stability.yaml"
"""The priors that ship with the stability model."""
WEAK = BUNDLED.with_name("stability-weak.yaml")
"""The beliefs that they were learned from, before any history."""
COUNTRY = BUNDLED.with_name("country.yaml")
"""Those of the country forecast."""


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
    return read_library_file(path, Priors, "prior")
