"""A dossier as a folder on disk: read with every fault named, written whole or not at all."""

from __future__ import annotations

import shutil
import stat
import tempfile
from pathlib import Path

from exitplan.domain.dossier import Dossier
from exitplan.domain.errors import Unreadable
from exitplan.domain.findings import Finding, Wanted, shown
from exitplan.importers.dossier_files import (
    FILE_NAMES,
    MISSION_FILE,
    bytes_limit,
    draft_of_files,
    files_of,
    too_large,
)
from exitplan.importers.draft import Draft

LOCAL_FOLDER = "events"
"""Event rows stay on this machine: neither read here nor bundled."""
ENTRIES_LIMIT = 1000
"""Files and folders looked at in one dossier folder."""


def read_folder(folder: Path) -> Draft:
    """
    Read a dossier folder.

    Parameters
    ----------
    folder
        The folder that holds `mission.yaml`.

    Returns
    -------
    Draft
        The dossier as far as it is sound, and a finding for each fault. Links are refused, since they may lead out of the
        folder; files that are no part of a dossier are named in a warning; the folder `events` is left alone.

    Raises
    ------
    Unreadable
        When there is no such folder.
    """
    try:
        inside = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        raise Unreadable(str(folder), error.strerror or "cannot be opened") from error
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    for path in inside[:ENTRIES_LIMIT]:
        content = _content(path)
        if isinstance(content, bytes):
            files[path.name] = content
        elif content is not None:
            findings.append(content)
    if len(inside) > ENTRIES_LIMIT:
        wanted = Wanted("at most {most} files in a dossier folder", most=ENTRIES_LIMIT)
        findings.append(Finding(code="too-many-files", value=f"{len(inside)} files", wanted=wanted))
    return draft_of_files(files, findings)


def _content(path: Path) -> bytes | Finding | None:
    """The content of one file of a dossier; a finding where it is not taken; None where it is no concern of ours."""
    name = shown(path.name)
    if path.is_symlink():
        return Finding(
            code="leaves-folder",
            value=f"{name} → {shown(str(path.readlink()))}",
            wanted=Wanted("a file, not a link"),
            where=name,
        )
    if path.is_dir() and path.name == LOCAL_FOLDER:
        return None
    if path.name not in FILE_NAMES:
        wanted = Wanted("a file of a dossier, such as mission.yaml or areas.yaml")
        hidden = path.name.startswith(".") or path.suffix == ".md"
        return (
            None if hidden else Finding(code="unknown-file", severity="warning", value=name, wanted=wanted, where=name)
        )
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            return Finding(code="not-a-file", value="a folder or a device", wanted=Wanted("a plain file"), where=name)
        if about.st_size > bytes_limit(path.name):
            return too_large(path.name, about.st_size)
        return path.read_bytes()
    except OSError as error:
        return Finding(
            code="unreadable-file",
            value=error.strerror or "cannot be opened",
            wanted=Wanted("a file that can be read"),
            where=name,
        )


def write_folder(dossier: Dossier, folder: Path, *, replace: bool = False) -> None:
    """
    Write a dossier as a folder, whole or not at all.

    Parameters
    ----------
    dossier
        What to write.
    folder
        Where; made when it does not exist.
    replace
        Whether a dossier that stands there already gives way. Everything beside its own files, such as `events`, is kept.

    Raises
    ------
    Unreadable
        When the folder holds something else than a dossier, holds a dossier and `replace` is false, or cannot be written.
    """
    write_files(files_of(dossier), folder, replace=replace)


def write_files(files: dict[str, bytes], folder: Path, *, replace: bool = False) -> None:
    """The same for the files of a dossier by name."""
    folder = folder.absolute()
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise Unreadable(str(folder), Wanted("is not a folder"))
    standing = sorted(folder.iterdir()) if folder.exists() else []
    if standing and not (folder / MISSION_FILE).is_file():
        raise Unreadable(str(folder), Wanted("holds other files and no dossier; choose an empty folder"))
    if standing and not replace:
        raise Unreadable(str(folder), Wanted("holds a dossier already"))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        workplace = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        raise Unreadable(str(folder), error.strerror or "cannot be written") from error
    fresh, old = workplace / "new", workplace / "old"
    try:
        fresh.mkdir()
        for name, content in files.items():
            (fresh / name).write_bytes(content)
        if folder.exists():
            shutil.copymode(folder, fresh)
            folder.rename(old)
        fresh.rename(folder)
        for path in standing:
            if path.name not in FILE_NAMES:
                (old / path.name).rename(path)
        shutil.rmtree(workplace)
    except OSError as error:
        if old.exists() and not folder.exists():
            old.rename(folder)
        if not old.exists():
            shutil.rmtree(workplace)
        raise Unreadable(str(folder), error.strerror or "cannot be written") from error
