"""`exitplan archive`: everything a successor inherits in one file, with contents, checksums and a letter on top."""

from __future__ import annotations

import csv
import hashlib
import io
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from exitplan.domain.dossier import Dossier
from exitplan.domain.errors import Unreadable
from exitplan.domain.results.readiness import StatusResult
from exitplan.domain.results.schedule import ScheduleResult
from exitplan.domain.roles import Reader, may
from exitplan.usecases.answers import answered, as_json
from exitplan.usecases.study import Study, study
from exitplan.wording import Wording

CONTENTS, SUMS, LETTER, BUNDLE = "CONTENTS.csv", "SHA256SUMS", "README.txt", "dossier.zip"


@dataclass(frozen=True)
class Archive:
    """An archive ready to be sent, with the SHA-256 of each file in it."""

    content: bytes
    name: str
    files: Mapping[str, str]


def archive(mission: str, out: Path, *, on: date | None = None, lang: str = "en") -> Archive:
    """
    Write the archive of a mission that somebody holds whole; equal dossiers give equal bytes.

    Raises
    ------
    InputFaults, NotFound
        When the dossier has faults, or there is none.
    Unreadable
        When the file cannot be written.
    """
    from exitplan.importers.bundle import write_bundle, write_whole

    asked = study(mission, on=on, plan=None, scenario=None)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / BUNDLE
        write_bundle(asked.dossier, place)
        bundle = place.read_bytes()
    schedule = asked.schedule if asked.plan else None
    made = _packed(asked, bundle, status=asked.status(), schedule=schedule, chances=True, lang=lang)
    write_whole(out, made.content)
    return made


def archive_for(reader: Reader, mission: str, *, lang: str, at: datetime) -> Archive:
    """
    The archive as a reader may see it, on record as a bundle that was taken out.

    The bundle inside can be merged back. Raises NotAllowed, NotFound, InputFaults.
    """
    from exitplan.usecases.board import view
    from exitplan.usecases.bundles import take_out
    from exitplan.usecases.looking import look

    why = Wording(lang)("archive for the successor")
    bundle = take_out(reader, mission, why=why, at=at).content
    seen = look(view(mission, reader))
    schedule = seen.schedule if seen.study.plan else None
    return _packed(
        seen.study, bundle, status=seen.status, schedule=schedule, chances=bool(may(reader, "see_chances")), lang=lang
    )


def _packed(
    asked: Study, bundle: bytes, *, status: StatusResult, schedule: ScheduleResult | None, chances: bool, lang: str
) -> Archive:
    """All files under one roof; the brief draws no futures, which would take minutes."""
    from exitplan.importers.bundle import plain_member
    from exitplan.usecases.brief import papers

    options = {
        "lang": lang,
        "one_page": None,
        "plan": asked.plan.code if asked.plan else None,
        "scenario": asked.scenario.code,
    }
    brief = papers(
        asked.dossier,
        asked.on,
        status=status,
        schedule=schedule,
        drawn=None,
        capacity=asked.capacity if chances else None,
        risks=asked.risks,
        watch=asked.watch,
        after=asked.after,
        seed=asked.seed,
        options=options,
    )
    results: dict[str, Any] = {"watch": asked.watch, "triggers": asked.triggers, "after": asked.after}
    files = {
        LETTER: _letter(asked, lang).encode(),
        BUNDLE: bundle,
        **{f"brief/{name}": content for name, content in brief.items()},
        **{
            f"results/{name}.json": as_json(answered(name, asked.dossier, result, on=asked.on).answer).encode()
            for name, result in results.items()
        },
    }
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    files[CONTENTS] = _contents(asked.dossier, files, sums).encode()
    files[SUMS] = "".join(f"{digest}  {name}\n" for name, digest in sums.items()).encode()
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for name in sorted(files):
            packed.writestr(plain_member(name), files[name])
    return Archive(whole.getvalue(), f"{asked.dossier.mission.code.lower()}-archive-{asked.on}.zip", sums)


def _letter(asked: Study, lang: str) -> str:
    from exitplan.reports.content.successor import successor_letter
    from exitplan.usecases.sections import ground_of

    return successor_letter(ground_of(asked, Wording(lang)))


def _contents(dossier: Dossier, files: Mapping[str, bytes], sums: Mapping[str, str]) -> str:
    lines = io.StringIO()
    table = csv.writer(lines, lineterminator="\n")
    table.writerow(("mission", "file", "bytes", "sha256"))
    table.writerows((dossier.mission.code, name, len(files[name]), digest) for name, digest in sums.items())
    return lines.getvalue()


def holds(path: Path) -> tuple[str, ...]:
    """
    Names of files of an archive that are missing or not what its list says; empty when all are there.

    Raises Unreadable when it is no archive.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            told = [line.split("  ", 1) for line in packed.read(SUMS).decode().splitlines()]
            inside = set(packed.namelist())
            return tuple(
                name
                for digest, name in told
                if name not in inside or hashlib.sha256(packed.read(name)).hexdigest() != digest
            )
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise Unreadable(str(path), "no archive for a successor") from error
