"""A dossier as one zip file, to be sent: the files of the folder without the events, equal dossiers giving equal bytes."""

from __future__ import annotations

import io
import os
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from exitplan.domain.dossier import Dossier
from exitplan.domain.errors import Unreadable
from exitplan.domain.findings import Finding, Severity, Wanted, shown
from exitplan.importers.dossier_files import FILE_NAMES, bytes_limit, draft_of_files, files_of, too_large
from exitplan.importers.dossier_folder import LOCAL_FOLDER
from exitplan.importers.draft import Draft

MEMBERS_LIMIT = 1000
"""Files in a bundle; a dossier has fewer than fifty."""
BUNDLE_BYTES_LIMIT = 200_000_000
"""Bytes of the bundle itself."""
UNPACKED_LIMIT = 400_000_000
"""Bytes of everything in it."""
RATIO_LIMIT = 200
"""Times a file may grow when unpacked. Tables of a dossier grow ten to forty times, a bomb a thousand times."""
RATIO_FREE = 1_000_000
"""Bytes below which growth does not matter."""
PACKED_AT = (1980, 1, 1, 0, 0, 0)
"""The one time stamp of every file: a bundle does not say when it was made, so that equal dossiers give equal bytes."""
PLAIN_FILE = 0o100644 << 16


def read_bundle(path: Path) -> Draft:
    """
    Read a dossier from a zip file, opening nothing that is not a file of a dossier.

    Parameters
    ----------
    path
        The bundle. Its files lie at the top, or all in one folder.

    Returns
    -------
    Draft
        The dossier as far as it is sound. A name that leads out of the bundle, a link, an encrypted file, a file that grows
        more than `RATIO_LIMIT` times, a file that is there twice: each is left alone and named in a finding. Events are
        never taken from a bundle.

    Raises
    ------
    Unreadable
        When there is no such file, it is no zip, or it holds more than `MEMBERS_LIMIT` files.
    """
    try:
        size = path.stat().st_size
        if size > BUNDLE_BYTES_LIMIT:
            raise Unreadable(path.name, Wanted("larger than {most} bytes", most=BUNDLE_BYTES_LIMIT))
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > MEMBERS_LIMIT:
                raise Unreadable(path.name, Wanted("holds more than {most} files", most=MEMBERS_LIMIT))
            files, findings = _unpacked(archive, [member for member in members if not member.is_dir()])
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise Unreadable(path.name, Wanted("not a readable zip file")) from error
    except OSError as error:
        raise Unreadable(str(path), error.strerror or "cannot be opened") from error
    return draft_of_files(files, findings)


def write_bundle(dossier: Dossier, path: Path) -> None:
    """
    Write a dossier as a zip file; equal dossiers give equal bytes.

    Raises
    ------
    Unreadable
        When the file cannot be written; nothing half-written is left behind.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in sorted(files_of(dossier).items()):
            archive.writestr(plain_member(name), content)
    write_whole(path, packed.getvalue())


def plain_member(name: str) -> zipfile.ZipInfo:
    """A member of a zip that says nothing about the machine or the hour it was made on."""
    member = zipfile.ZipInfo(name, PACKED_AT)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 3
    member.external_attr = PLAIN_FILE
    return member


def write_whole(path: Path, content: bytes) -> None:
    """
    Write one file whole or not at all.

    Raises
    ------
    Unreadable
        When it cannot be written.
    """
    with whole_file(path) as file, writing(path):
        file.write(content)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """What the disk refuses, as Unreadable with the file's name."""
    try:
        yield
    except OSError as error:
        raise Unreadable(str(path), error.strerror or "cannot be written") from error


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """
    A file that is there whole or not at all: written beside its place, then moved onto it.

    Whatever breaks the writing off leaves no trace, and what stood there before as it was. Faults of the work between the
    writing rise as they are; the writing itself stands inside `writing`.

    Raises
    ------
    Unreadable
        When it cannot be begun, or moved to its place.
    """
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            with writing(path):
                file.flush()
        with writing(path):
            Path(beside).chmod(0o644)
            Path(beside).replace(path)
    finally:
        Path(beside).unlink(missing_ok=True)


def _unpacked(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> tuple[dict[str, bytes], list[Finding]]:
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    folder = _common_folder(members)
    left = UNPACKED_LIMIT
    for member in members:
        name = member.filename.removeprefix(folder)
        taken: bytes | Finding | None = _refusal(member, name, files)
        if taken is None and name in FILE_NAMES:
            taken = _content(archive, member, name, left)
        if isinstance(taken, bytes):
            files[name] = taken
            left -= len(taken)
        elif taken is not None:
            findings.append(taken)
    return files, findings


def _common_folder(members: list[zipfile.ZipInfo]) -> str:
    """The one folder all files lie in, as people pack it; empty when they lie at the top."""
    tops = {PurePosixPath(member.filename).parts[:1] for member in members if "/" in member.filename}
    within = all("/" in member.filename for member in members)
    top = next(iter(tops))[0] if within and len(tops) == 1 else ""
    return f"{top}/" if top not in ("", "..", "/", LOCAL_FOLDER) else ""


def _refusal(member: zipfile.ZipInfo, name: str, files: Collection[str]) -> Finding | None:
    """Why a member is not even looked at; None where it may be."""
    place = shown(name)

    def fault(code: str, wanted: Wanted, severity: Severity = "error") -> Finding:
        return Finding(code=code, severity=severity, value=place, wanted=wanted, where=place)

    parts = name.replace("\\", "/").split("/")
    if ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0] or "\0" in member.orig_filename:
        return fault("leaves-folder", Wanted("a name inside the bundle"))
    if stat.S_ISLNK(member.external_attr >> 16):
        return fault("leaves-folder", Wanted("a file, not a link"))
    if parts[0] == LOCAL_FOLDER:
        return fault("unknown-file", Wanted("no events in a bundle: they stay where they were imported"), "warning")
    if name not in FILE_NAMES:
        ours = parts[-1].startswith(".") or parts[0] == "__MACOSX" or name.endswith(".md")
        return (
            None
            if ours
            else fault("unknown-file", Wanted("a file of a dossier, such as mission.yaml or areas.yaml"), "warning")
        )
    if member.flag_bits & 1:
        return fault("encrypted", Wanted("a file without a password"))
    if name in files:
        return fault("duplicate-file", Wanted("each file once"))
    return None


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, left: int) -> bytes | Finding:
    """The content of a member, read piece by piece so that a bomb is put down early, whatever its header says."""
    most = min(bytes_limit(name), left)
    pieces: list[bytes] = []
    size = 0
    try:
        with archive.open(member) as content:
            while piece := content.read(1 << 18):
                size += len(piece)
                if size > RATIO_FREE and size > RATIO_LIMIT * max(member.compress_size, 1):
                    value = f"more than {RATIO_LIMIT} times its packed size"
                    wanted = Wanted("a file that grows less when unpacked")
                    return Finding(code="zip-bomb", value=value, wanted=wanted, where=name)
                if size > most:
                    return too_large(name, size)
                pieces.append(piece)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        wanted = Wanted("a file that is whole")
        return Finding(code="damaged-file", value=shown(str(error) or "cut off"), wanted=wanted, where=name)
    return b"".join(pieces)
