"""A mission as a bundle: taken out as the reader may see it, and merged back entry by entry."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from django.http import HttpResponse
from ninja import File, Form, UploadedFile

from exitplan.usecases import bundles
from exitplan.usecases.open_mission import today
from exitplan.web.access import Asked
from exitplan.web.api.answers import file, said
from exitplan.web.api.gate import Refused
from exitplan.web.api.parsing import storable
from exitplan.web.api.shapes import BundleAsked, MergeAsked, MergedEntry, MergeShown

QUIET = frozenset({"same", "absent"})
MEDIA = "application/octet-stream"


def take_out(asked: Asked, sent: BundleAsked) -> HttpResponse:
    """Take the mission out as you may see it, on record; conflict events stay here."""
    at = datetime.now(UTC)
    taken = bundles.take_out(asked.view.reader, asked.mission, why=sent.why, at=at, passphrase=sent.passphrase)
    return file(taken.content, taken.name, MEDIA)


def merge(asked: Asked, sent: Form[MergeAsked], bundle: File[UploadedFile]) -> HttpResponse:
    """Merge a bundle that was taken out of this mission; conflicts come back side by side, and stay as they are here."""
    if not all(storable(text) for text in (sent.why, sent.passphrase, sent.take)):
        raise Refused(400)
    names = [tuple(name.strip().split(":", 1)) for name in sent.take.split(",") if name.strip()]
    if any(len(name) != 2 for name in names):
        raise Refused(422, asked.w("Name each entry as kind:code."))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bundle.zip"
        path.write_bytes(bundle.read())
        report = bundles.merge_back(
            asked.view.reader,
            asked.mission,
            path,
            why=sent.why,
            on=today(),
            at=datetime.now(UTC),
            passphrase=sent.passphrase or None,
            take=[(kind, code) for kind, code in names],
            dry_run=sent.dry_run,
        )
    entries = tuple(
        MergedEntry(
            kind=m.kind, code=m.code, outcome=m.outcome, fields=m.fields, before=m.before, here=m.here, there=m.there
        )
        for m in report.merged
        if m.outcome not in QUIET
    )
    return said(
        MergeShown(
            dry_run=sent.dry_run,
            conflicts=len(report.conflicts),
            entries=entries,
            written=len(report.written),
            measurements=report.measurements.fresh if report.measurements else 0,
            findings=report.findings,
            left=report.left,
        )
    )
