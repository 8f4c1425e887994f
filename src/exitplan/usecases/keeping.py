"""Missions put into the database, backed up, put back and verified."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from exitplan.domain.errors import InputFaults, NotAllowed
from exitplan.domain.findings import errors
from exitplan.domain.roles import Reader
from exitplan.usecases import home
from exitplan.usecases.people import MACHINE, require

if TYPE_CHECKING:
    from exitplan.store.backup import Contents, Verified
    from exitplan.store.models import Account


def load(mission: str, *, owner: str, why: str, at: datetime, passphrase: str | None = None) -> str:
    """
    Put a dossier into the database as a new mission, with its first owner.

    Parameters
    ----------
    mission
        Whatever `open_mission` opens, or a sealed bundle. A half-known dossier may come in as long as its entries can be
        read; its findings stay beside it.
    owner
        Name of the account that owns it; empty for none yet.

    Returns
    -------
    str
        The mission's code. Raises NotFound, InvalidValue when it is there already, InputFaults and Unreadable.
    """
    from exitplan.store import accounts, factors, missions
    from exitplan.usecases.bundles import unpacked
    from exitplan.usecases.open_mission import open_draft

    if owner:
        factors.named(owner)
    path = Path(mission)
    if path.is_file() and path.suffix.lower() in (".zip", ".sealed"):
        draft, origins = unpacked(path, passphrase)
    else:
        draft, origins = open_draft(mission), ()
    if draft.dossier is None or errors(draft.findings):
        raise InputFaults(draft.findings)
    missions.create(draft.dossier, who=owner or MACHINE, why=why, at=at, origins=origins)
    code = draft.dossier.mission.code
    if owner:
        accounts.give_role(owner, code, "owner", who=owner, why=why, at=at)
    return code


def backup(operator: Account | None, target: Path) -> Contents:
    """
    Write the whole database and its documents into one file while everybody goes on working.

    `operator` is who asks; None for somebody at the machine. Raises NotAllowed, Unreadable.
    """
    from exitplan.store import backup as files

    _require_operator(operator)
    return files.backup(target, home.documents_folder())


def restore(operator: Account | None, source: Path) -> Contents:
    """Put a backup into an empty database; all of it or nothing. Raises NotAllowed, InvalidValue, Unreadable."""
    from exitplan.store import backup as files

    _require_operator(operator)
    return files.restore(source, home.documents_folder())


def verify(operator: Account | None, mission: str | None = None) -> tuple[Verified, ...]:
    """Look over the chain, the entries and the documents of one mission, or of all. Raises NotAllowed, NotFound."""
    from exitplan.store import backup as files

    _require_operator(operator)
    return files.look_over(mission, home.documents_folder())


def verify_for(reader: Reader, mission: str, progress: Callable[[int, int], None] | None = None) -> Verified:
    """The same for a reader of the audit. Raises NotAllowed, NotFound."""
    from exitplan.store import backup as files

    require(reader, "read_audit")
    return files.look_over(mission, home.documents_folder(), progress)[0]


def _require_operator(operator: Account | None) -> None:
    if operator is not None and not operator.is_operator:
        raise NotAllowed("manage_database")
