"""Open what a person names as a mission: a folder, a bundle, a workbook, one of the database, or one that comes along."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from exitplan.domain.dossier import Dossier
from exitplan.domain.errors import InputFaults, Unreadable
from exitplan.domain.findings import Wanted, errors
from exitplan.importers.draft import Draft
from exitplan.importers.library import bundled_path

DATABASE = "db:"
"""What a mission of the database is named with."""


def open_draft(mission: str) -> Draft:
    """
    The dossier as far as it can be read, with every fault beside it.

    Parameters
    ----------
    mission
        A dossier folder, a `.zip` bundle, an `.xlsx` workbook, `db:CODE` for a mission of the database, or the name of a
        bundled mission. A path that exists goes before the others. Whoever can open the database sees the whole mission.

    Raises
    ------
    NotFound
        When there is neither; names the bundled missions.
    Unreadable
        When a file is not what its name says.
    """
    path = Path(mission)
    if path.is_dir():
        from exitplan.importers.dossier_folder import read_folder

        return read_folder(path)
    if path.is_file():
        if path.suffix.lower() == ".zip":
            from exitplan.importers.bundle import read_bundle

            return read_bundle(path)
        if path.suffix.lower() == ".xlsx":
            from exitplan.importers.workbook import read_workbook

            return read_workbook(path)
        raise Unreadable(mission, Wanted("a dossier folder, a .zip bundle or an .xlsx workbook wanted"))
    if mission.startswith(DATABASE):
        from exitplan.usecases.board import board
        from exitplan.usecases.home import open_store

        open_store()
        return board(mission.removeprefix(DATABASE)).draft
    return _bundled(mission)


@cache
def _bundled(name: str) -> Draft:
    """A mission that comes along, read once: its files do not change while the program runs."""
    from exitplan.importers.dossier_folder import read_folder

    return read_folder(bundled_path(name))


def open_mission(mission: str) -> Dossier:
    """
    A dossier without faults, ready for the engine.

    Raises
    ------
    InputFaults
        With every fault there is; doubts do not stop anybody.
    """
    draft = open_draft(mission)
    found = errors(draft.everything)
    if found or draft.dossier is None:
        raise InputFaults(found)
    return draft.dossier


def day_of(dossier: Dossier, on: date | None) -> date:
    """The day to look from: the one asked for, else the dossier's own, else today."""
    return dossier.day(on) or today()


def today() -> date:
    """Today, as this machine's calendar has it."""
    return date.today()
