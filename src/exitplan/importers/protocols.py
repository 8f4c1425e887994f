"""How back-tests are run, from YAML files that come along."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from exitplan.domain.protocols import AreaProtocol
from exitplan.importers.library_file import read_library_file

AREAS = Path(str(files("exitplan"))) / "library" / "protocols" / "areas.yaml"


def read_area_protocol(path: Path = AREAS) -> AreaProtocol:
    """
    Read the settings of the back-test of area-months.

    Raises
    ------
    Unreadable, InputFaults
        For a file that is none, with every fault.
    """
    return read_library_file(path, AreaProtocol, "protocol")
