"""`exitplan export`: take a dossier elsewhere, whole; conflict events stay here."""

from __future__ import annotations

from pathlib import Path

from exitplan.usecases.open_mission import open_mission


def export(mission: str, out: Path) -> None:
    """
    Write a dossier as a bundle (`.zip`), a workbook (`.xlsx`) or a folder (any other name).

    Raises
    ------
    InputFaults
        When it has faults: what is read elsewhere should be sound.
    Unreadable
        When the place is taken or cannot be written.
    """
    dossier = open_mission(mission)
    if out.suffix.lower() == ".zip":
        from exitplan.importers.bundle import write_bundle

        write_bundle(dossier, out)
    elif out.suffix.lower() == ".xlsx":
        from exitplan.importers.workbook import write_workbook

        write_workbook(dossier, out)
    else:
        from exitplan.importers.dossier_folder import write_folder

        write_folder(dossier, out)
