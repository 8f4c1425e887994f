"""A mission taken out as a bundle, carried to where there is no network, and merged back entry by entry."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exitplan.domain.dossier import Dossier
from exitplan.domain.errors import ExitplanError, InputFaults, InvalidValue, NotAllowed, NotFound, Unreadable
from exitplan.domain.findings import Finding, Wanted
from exitplan.domain.release import release
from exitplan.domain.results.imports import ImportReport
from exitplan.domain.roles import Reader, may
from exitplan.domain.tables import MeasurementTable
from exitplan.importers.draft import Draft
from exitplan.usecases import measuring
from exitplan.usecases.board import View, board, draft_from, view
from exitplan.usecases.people import MACHINE, require
from exitplan.usecases.writing import Body, change_for, entry_body, plain_body

if TYPE_CHECKING:
    from exitplan.store.entries import Saved
    from exitplan.store.merge import Merged
    from exitplan.store.missions import Taking

ORIGIN = ".origin.json"
"""Member of a bundle that says where it was taken out; no part of the dossier."""
ORIGIN_LIMIT = 100_000

Name = tuple[str, str]


@dataclass(frozen=True)
class TakenOut:
    """A bundle ready to be sent, and entries that could not go along because they do not pass their schema yet."""

    content: bytes
    name: str
    left_out: tuple[Name, ...]


@dataclass(frozen=True)
class MergeReport:
    """What a bundle that came back brought: entry by entry, then measurements; nothing of it for a dry run is written."""

    merged: tuple[Merged, ...]
    written: tuple[Saved, ...]
    measurements: measuring.Uploaded | None
    findings: tuple[Finding, ...]
    """Faults of the bundle's own files; entries with faults are left aside."""
    left: tuple[str, ...]
    """Tables that differ and are not merged: area-months and boundaries come in by their own imports."""

    @property
    def conflicts(self) -> tuple[Merged, ...]:
        """Entries that somebody has to look at, both sides beside each other."""
        return tuple(m for m in self.merged if m.outcome not in ("same", "absent", "new", "changed"))


def take_out(reader: Reader, mission: str, *, why: str, at: datetime, passphrase: str | None = None) -> TakenOut:
    """
    Take a mission out as a reader may see it, on record, locked with a passphrase where one is given.

    Raises
    ------
    NotAllowed, NotFound
        When the role takes nothing out, or there is no such mission.
    InvalidValue
        When the passphrase is too short.
    InputFaults
        When the mission's own entry does not pass its schema.
    """
    from exitplan.importers.sealed import seal
    from exitplan.store import missions

    require(reader, "export")
    seen = view(mission, reader)
    if passphrase is not None:
        seal(b"", passphrase)  # a passphrase that will not do is refused before anything is on record
    takings = missions.take_out(mission, reader, why=why, at=at, seen=seen.revision)
    content = _packed(seen.dossier, takings)
    if passphrase is not None:
        content = seal(content, passphrase)
    name = f"{mission.lower()}-{at:%Y-%m-%d}.{'sealed' if passphrase is not None else 'zip'}"
    return TakenOut(content, name, tuple(sorted(seen.unsound)))


def take_out_to(mission: str, out: Path, *, why: str, at: datetime, passphrase: str | None = None) -> TakenOut:
    """The same for somebody at the machine itself, into a file. Raises as `take_out`, and Unreadable."""
    from exitplan.importers.bundle import write_whole

    taken = take_out(Reader("owner", name=MACHINE), mission, why=why, at=at, passphrase=passphrase)
    write_whole(out, taken.content)
    return taken


def unpacked(file: Path, passphrase: str | None = None) -> tuple[Draft, tuple[Taking, ...]]:
    """
    Read a bundle, sealed or not, and where it says it was taken out.

    Raises Unreadable when it is no bundle, or the passphrase is missing or not its own.
    """
    from exitplan.importers.bundle import BUNDLE_BYTES_LIMIT, read_bundle
    from exitplan.importers.sealed import is_sealed, unseal

    try:
        if file.stat().st_size > BUNDLE_BYTES_LIMIT:
            raise Unreadable(file.name, Wanted("larger than {most} bytes", most=BUNDLE_BYTES_LIMIT))
        content = file.read_bytes()
    except OSError as error:
        raise Unreadable(str(file), error.strerror or "cannot be opened") from error
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / file.name
        if is_sealed(content):
            if passphrase is None:
                raise Unreadable(file.name, Wanted("sealed; its passphrase is wanted"))
            content = unseal(content, passphrase, file.name)
        plain.write_bytes(content)
        return read_bundle(plain), _origins(plain)


def merge_back(
    reader: Reader,
    mission: str,
    file: Path,
    *,
    why: str,
    on: date,
    at: datetime,
    passphrase: str | None = None,
    made_from: Path | None = None,
    take: Collection[Name] = (),
    dry_run: bool = False,
) -> MergeReport:
    """
    Merge a bundle that was taken out of this mission, edited elsewhere, and came back.

    Entries that changed out there alone are taken; those that changed on both sides are conflicts and stay as they are here.
    Measurements that are new come in as submitted. All of it or nothing.

    Parameters
    ----------
    made_from
        The bundle it was made from, where `file` does not say itself where it was taken out (because it was packed by hand).
    take
        Conflicts, by kind and code, in which the bundle's side is to be taken after all: its changed fields, or its entry
        where it was deleted here.
    dry_run
        Say what would happen and write nothing.

    Raises
    ------
    NotAllowed, NotFound
        When the role does not import, or there is no such mission.
    InvalidValue
        When the bundle was not taken out of this mission.
    Unreadable, InputFaults
        When it cannot be read, or holds no sound mission.
    Stale, Moved
        When somebody writes at the same time; nothing is merged then.
    """
    from exitplan.store import entries
    from exitplan.store.merge import Sides, three_way

    require(reader, "import")
    seen = view(mission, reader)
    draft, takings = unpacked(file, passphrase)
    if draft.dossier is None:
        raise InputFaults(draft.findings)
    if made_from is not None:
        takings = (*takings, *unpacked(made_from, passphrase)[1])
    revision, holder = _left_at(mission, draft.dossier, takings, file)
    base = entries.bodies_at(mission, revision)
    shown = release(_base_dossier(base, mission), holder).dossier
    sides = Sides(
        whole={name: plain_body(name[0], content) for name, content in base.items()},
        shown=_bodies(shown),
        here={name: plain_body(name[0], content) for name, content in _here(mission).items()},
        there=_bodies(draft.dossier),
    )
    merged = []
    changes = []
    broken = draft.dossier.broken
    for one in three_way(sides):
        if (one.kind, one.code) in broken:
            continue
        decided, change = _ruled(reader, seen, mission, one, taken=(one.kind, one.code) in take)
        merged.append(_as_shown(seen, decided))
        if change is not None:
            changes.append(change)
    measured = _measured(reader, mission, draft.dossier, holder, file, at=at, why=why, dry_run=True)
    written: tuple[Saved, ...] = ()
    if not dry_run:
        if changes:
            written = entries.save(mission, changes, who=reader.name, why=why, at=at, seen=seen.revision)
        measured = _measured(reader, mission, draft.dossier, holder, file, at=at, why=why, dry_run=False)
    left = tuple(
        name
        for name, theirs, ours in (
            ("area_months", draft.dossier.area_months.csv_text(), shown.area_months.csv_text()),
            ("boundaries", dict(draft.dossier.boundaries), dict(shown.boundaries)),
        )
        if theirs != ours
    )
    return MergeReport(tuple(merged), written, measured, draft.findings, left)


def merge_at_machine(mission: str, file: Path, **how: Any) -> MergeReport:
    """The same for somebody at the machine itself; `how` as `merge_back` takes it."""
    return merge_back(Reader("owner", name=MACHINE), mission, file, **how)


def _packed(dossier: Dossier, takings: tuple[Taking, ...]) -> bytes:
    from exitplan.importers.bundle import plain_member, write_bundle

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bundle.zip"
        write_bundle(dossier, path)
        said = {"takings": [[taking.revision, taking.link] for taking in takings]}
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(plain_member(ORIGIN), json.dumps(said))
        return path.read_bytes()


def _origins(bundle: Path) -> tuple[Taking, ...]:
    """Where a bundle says it was taken out; nothing where it says nothing that can be understood."""
    from exitplan.store.missions import Taking

    try:
        with zipfile.ZipFile(bundle) as archive, archive.open(ORIGIN) as member:
            said = json.loads(member.read(ORIGIN_LIMIT))
        return tuple(Taking(int(revision), str(link)) for revision, link in said["takings"][:20])
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, RuntimeError, NotImplementedError):
        return ()


def _left_at(mission: str, dossier: Dossier, takings: tuple[Taking, ...], file: Path) -> tuple[int, Reader]:
    from exitplan.store import missions

    if dossier.mission.code != mission:
        raise InvalidValue("mission", dossier.mission.code, mission)
    found = missions.taken_out(mission, takings)
    if found is None:
        raise InvalidValue("bundle", file.name, "a bundle that was taken out of this mission")
    return found


def _base_dossier(base: Mapping[Name, Body], mission: str) -> Dossier:
    """The mission's entries as they stood when the bundle left, with today's tables (which have no part in the comparison)."""
    now = board(mission).dossier
    bodies: dict[str, list[Body]] = {}
    for (kind, _), content in base.items():
        bodies.setdefault(kind, []).append(content)
    then = draft_from(bodies).dossier
    if then is None:
        raise InputFaults(draft_from(bodies).findings)
    return replace(then, area_months=now.area_months, boundaries=now.boundaries, boundary_note=now.boundary_note)


def _bodies(dossier: Dossier) -> dict[Name, Body]:
    from exitplan.domain.dossier import body

    return {(e.kind, e.code): {"code": e.code, "title": e.title, **body(e)} for e in dossier.everything()}


def _here(mission: str) -> dict[Name, Body]:
    from exitplan.store import missions

    return {(kind, str(b.get("code"))): b for kind, several in missions.load(mission).bodies.items() for b in several}


def _ruled(reader: Reader, seen: View, mission: str, one: Merged, *, taken: bool) -> tuple[Merged, Any]:
    """The outcome for one entry once the rules for whoever merges were asked, and the change it means."""
    wanted = one.outcome in ("new", "changed") or (taken and one.outcome in ("both-changed", "deleted-here"))
    if not wanted or one.there is None:
        return one, None
    name = (one.kind, one.code)
    try:
        if one.here is None:
            return one, change_for(reader, mission, one.kind, one.there, version=0)
        if not seen.knows(*name):
            raise NotFound(*name)
        typed = {k: v for k, v in entry_body(seen, *name).items() if k not in one.fields or k in one.there}
        typed |= {field: one.there[field] for field in one.fields if field in one.there}
        return one, change_for(reader, mission, one.kind, typed, version=seen.versions[name])
    except (NotAllowed, NotFound, InvalidValue) as refused:
        return replace(one, outcome="not-yours", result=None, fields=(_blamed(refused),)), None


def _blamed(refused: ExitplanError) -> str:
    return refused.field if isinstance(refused, InvalidValue) else getattr(refused, "reason", "not-shown")


def _as_shown(seen: View, one: Merged) -> Merged:
    """An outcome without what whoever merges may not see."""
    name = (one.kind, one.code)
    here = entry_body(seen, *name) if one.here is not None and seen.knows(*name) else None
    result = one.result if one.here is None or here == one.here else None
    before = one.before if one.here is None or here == one.here else None
    return replace(one, here=here, result=result, before=before)


def _measured(
    reader: Reader, mission: str, dossier: Dossier, holder: Reader, file: Path, *, at: datetime, why: str, dry_run: bool
) -> measuring.Uploaded | None:
    """Measurements that the bundle's holder was not shown when it left, taken in as submitted."""
    if not may(reader, "measure"):
        return None
    known = release(board(mission).dossier, holder).dossier.measurements.frame
    key = [*MeasurementTable.KEY, "source", "value"]
    fresh = MeasurementTable(dossier.measurements.frame.join(known.select(key), on=key, how="anti", nulls_equal=True))
    report = ImportReport(
        what="measurements",
        file=file.name,
        sha256="",
        read=len(fresh),
        kept=len(fresh),
        unplaced=0,
        other_country=0,
        refused_rows=0,
        refused=(),
        notes=(),
    )
    if not len(fresh):
        return measuring.Uploaded(report, (), 0, 0, ())
    return measuring.take_in(reader, mission, fresh, report, at=at, why=why, dry_run=dry_run)
