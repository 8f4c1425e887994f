"""Bundles: the mission taken along as a reader may see it, and what comes back merged entry by entry, conflicts side by side."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from exitplan.domain.errors import ExitplanError, InputFaults, InvalidValue, NotFound, Unreadable
from exitplan.domain.findings import Wanted
from exitplan.usecases import bundles, drafting, incoming
from exitplan.usecases.open_mission import day_of
from exitplan.web import cells
from exitplan.web.access import Asked
from exitplan.web.forms import label
from exitplan.web.middleware import sentence
from exitplan.web.tables import Cell, Column, Table, table_page

QUIET = ("same", "absent")
"""Outcomes that nobody has to look at."""

MAY_BE_TAKEN = ("both-changed", "deleted-here")
"""Conflicts in which the bundle's side can be chosen."""

MARKS = {"new": "met", "changed": "met"}


def overview(asked: Asked) -> HttpResponse:
    """Take a bundle out, or bring one back."""
    return _overview(asked)


def take_out(asked: Asked) -> HttpResponse:
    """The mission as this reader may see it, as one file, locked with a passphrase where one is given."""
    assert asked.reader is not None
    posted = asked.request.POST
    try:
        if posted.get("passphrase", "") != posted.get("again", ""):
            raise InvalidValue("passphrase", "(not shown)", Wanted("the same passphrase twice"))
        taken = bundles.take_out(
            asked.reader,
            asked.mission,
            why=posted.get("why", ""),
            at=datetime.now(UTC),
            passphrase=posted.get("passphrase") or None,
        )
    except InvalidValue as refused:
        return _overview(asked, refused)
    return HttpResponse(
        taken.content,
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{taken.name}"'},
    )


def bring_back(asked: Asked) -> HttpResponse:
    """Look at a bundle that came back, without writing anything yet."""
    file = asked.request.FILES.get("file")
    if file is None:
        return _overview(asked, InvalidValue("file", "", Wanted("a bundle")))
    try:
        name = incoming.put_aside(file.chunks(), ".zip")
    except InvalidValue as refused:
        return _overview(asked, refused)
    asked.request.session["bundle"] = {"mission": asked.mission, "file": name, "name": (file.name or "")[:120]}
    return _merged(asked, dry_run=True)


def merge(asked: Asked) -> HttpResponse:
    """Merge what was looked at, with the bundle's side where it was chosen."""
    return _merged(asked, dry_run=False)


def _merged(asked: Asked, *, dry_run: bool) -> HttpResponse:
    assert asked.reader is not None
    posted = asked.request.POST
    waiting = asked.request.session.get("bundle") or {}
    if waiting.get("mission") != asked.mission:
        return _overview(asked, NotFound("file", ""))
    chosen = [tuple(name.split(":", 1)) for name in posted.getlist("take") if ":" in name]
    take = [(kind, code) for kind, code in chosen]
    try:
        report = bundles.merge_back(
            asked.reader,
            asked.mission,
            incoming.aside(waiting["file"]),
            why=posted.get("why", ""),
            on=day_of(asked.view.dossier, None),
            at=datetime.now(UTC),
            passphrase=posted.get("passphrase") or None,
            take=take,
            dry_run=dry_run,
        )
    except (InvalidValue, Unreadable, InputFaults) as refused:
        if isinstance(refused, Unreadable) and not dry_run:
            return _overview(asked, refused)
        incoming.forget(waiting["file"])
        del asked.request.session["bundle"]
        return _overview(asked, refused)
    if not dry_run:
        incoming.forget(waiting["file"])
        del asked.request.session["bundle"]
        told = asked.w.count("{n} entry was merged.", "{n} entries were merged.", len(report.written))
        asked.request.session["told"] = [told]
        return redirect(f"/m/{asked.mission}/bundles/")
    return _report_page(asked, report, waiting["name"])


def _report_page(asked: Asked, report: bundles.MergeReport, name: str) -> HttpResponse:
    w = asked.w
    moved = [m for m in report.merged if m.outcome not in QUIET]
    table = Table(
        "merged",
        w("What the bundle brings"),
        (
            Column("entry", w("Entry"), wide=True),
            Column("kind", w("Kind")),
            Column("outcome", w("What becomes of it")),
            Column("fields", w("Fields"), wide=True),
        ),
        tuple(
            (
                Cell(m.code, href=cells.address(asked, m.kind, m.code) if m.here else ""),
                Cell(w.code("kind", m.kind)),
                cells.state(asked, "merge", m.outcome, mark=MARKS.get(m.outcome, "late")),
                cells.text(", ".join(label(w, field) for field in m.fields)),
            )
            for m in moved
        ),
        empty=w("Nothing in the bundle differs from what is here."),
        page_rows=200,
    )
    return table_page(
        asked,
        "bundle_merge.html",
        table,
        name=name,
        conflicts=[_conflict(asked, m) for m in report.conflicts],
        taken=sum(m.outcome in ("new", "changed") for m in report.merged),
        kept=sum(m.outcome in QUIET for m in report.merged),
        measurements=report.measurements.report.kept if report.measurements else 0,
        findings=report.findings,
        left=report.left,
        sealed=bool(asked.request.POST.get("passphrase")),
    )


def _conflict(asked: Asked, merged: Any) -> dict[str, Any]:
    """One conflict with each differing field as it was, as it is here, and as the bundle has it."""
    here, there, before = merged.here or {}, merged.there or {}, merged.before or {}
    fields = sorted({f for f in (*here, *there) if here.get(f) != there.get(f)})
    return {
        "name": f"{merged.kind}:{merged.code}",
        "title": (merged.here or merged.there or {}).get("title", ""),
        "kind": merged.kind,
        "code": merged.code,
        "outcome": merged.outcome,
        "may_take": merged.outcome in MAY_BE_TAKEN,
        "rows": [
            (label(asked.w, f), *(_said(side.get(f)) for side in (before, here, there)), f in merged.fields)
            for f in fields
        ],
    }


def _said(value: Any) -> str:
    """A value of a field as it stands in the file."""
    return "" if value is None else value if isinstance(value, str) else str(drafting.written_value(value))


def _overview(asked: Asked, refused: ExitplanError | None = None) -> HttpResponse:
    return asked.page(
        "bundles.html",
        status=422 if refused else 200,
        refused=sentence(asked.w, refused) if refused else "",
        may_import=asked.may("import"),
        outside=not asked.may("see_positions"),
    )
