"""Fitted chances that ship with the program, from YAML."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from exitplan.domain.risk_model import RiskModel
from exitplan.importers.library_file import read_library_file

PRIORS = Path(str(files("exitplan"))) / "library" / "priors"
SITE_RISK = PRIORS / "site_risk.yaml"
"""Chances of violence near closed sites; made by scripts/fit_site_risk.py."""
RELAPSE = PRIORS / "relapse.yaml"
"""Chances of armed conflict in a country in the years to come; made by scripts/fit_relapse.py."""
RELAPSE_OWN = PRIORS / "relapse_own.yaml"
"""The same from a country's own record, for where nothing is known of its neighbours and of refugees."""


def read_risk_model(path: Path) -> RiskModel:
    """
    Read a dated set of coefficients.

    Raises
    ------
    Unreadable
        When the file cannot be opened, is longer than a megabyte, or is not the YAML of a dossier.
    InputFaults
        With every fault of every coefficient.
    """
    return read_library_file(path, RiskModel, "risk_model")
