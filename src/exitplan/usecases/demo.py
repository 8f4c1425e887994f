"""`exitplan demo`: both real missions that come along, planned and briefed; and a database with all three to look around in."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from exitplan.domain.roles import Role
from exitplan.usecases.brief import Written, brief
from exitplan.usecases.study import Progress

REAL = ("sierra-leone-2002", "liberia-2015")
"""The bundled missions that are not fictional."""


def demonstrate(mission: str, out: Path, *, lang: str = "en", progress: Progress | None = None) -> Written:
    """Write the brief of one mission into a folder of its own below `out`, as anybody could with the default options."""
    return brief(mission, out / mission, lang=lang, progress=progress)


HOUSE = "house"
"""Folder of the database, beside the briefs."""

PEOPLE: dict[str, Role] = {"planner": "planner", "observer": "observer", "owner": "owner"}
"""Accounts of the demonstration and their role in every mission; the owner will be asked for a second factor."""


@dataclass(frozen=True)
class House:
    """A database to look around in: where it lies, who may sign in, and the one password of all of them."""

    home: Path
    people: tuple[str, ...]
    password: str


def furnish(out: Path, at: datetime) -> House:
    """
    Leave a database with every mission that comes along below `out`, and a fresh password for its people.

    A database that is there already keeps everything that was done in it.
    """
    from exitplan.importers.library import bundled_missions
    from exitplan.store import config
    from exitplan.usecases.open_mission import open_mission

    home, password = out / HOUSE, secrets.token_urlsafe(12)
    config.configure(home)
    config.migrate()
    from exitplan.store import accounts, factors, missions  # tables have no meaning before there is a database

    known = {account.username for account in factors.all_accounts()}
    for name in PEOPLE:
        if name in known:
            factors.change_password(factors.named(name), password)
        else:
            accounts.add_account(name, password, display_name=name.title())
    there = {mission.code for mission in missions.listed()}
    for bundled in bundled_missions():
        dossier = open_mission(bundled)
        if dossier.mission.code not in there:
            missions.create(dossier, who="exitplan demo", why="demonstration", at=at)
            for name, role in PEOPLE.items():
                accounts.set_role(name, dossier.mission.code, role)
    return House(home, tuple(PEOPLE), password)
