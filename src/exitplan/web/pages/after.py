"""What goes on after the mission, and the archive that its successor inherits."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpResponse

from exitplan.domain.results.hindsight import HindsightResult
from exitplan.usecases.looking import look
from exitplan.web import cells
from exitplan.web.access import Asked
from exitplan.web.sections import pieces
from exitplan.web.tables import Cell, Column, Table, table_page


def after(asked: Asked) -> HttpResponse:
    """Functions after transfer, needs, programmes and what works of them, context, and dates kept or not."""
    from exitplan.usecases import pictures
    from exitplan.usecases.hindsight import hindsight_of
    from exitplan.usecases.sections import hindsight_note, hindsight_words

    w, seen = asked.w, look(asked.view)
    made, tables = pieces(asked, pictures.after(seen, w))
    kept = hindsight_of(asked.view).result if asked.may("see_chances") else None
    judged = [_hindsight(asked, kept)] if kept and kept.forecasts else []
    return table_page(
        asked,
        "after.html",
        *tables,
        *judged,
        pieces=made,
        hindsight=hindsight_words(w, kept) if kept else "",
        hindsight_note=hindsight_note(w, kept) if kept and kept.forecasts else "",
        exit_words=w.date(seen.study.after.exit),
        may_export=asked.may("export"),
    )


def _hindsight(asked: Asked, kept: HindsightResult) -> Table:
    """Ranges that were forecast and kept, against the months recorded since."""
    w = asked.w
    return Table(
        "hindsight",
        w("Forecast ranges that were kept, against what was recorded since (retrospective)"),
        (
            Column("run", w("Futures"), number=True),
            Column("plan", w("Plan")),
            Column("month", w("Month")),
            Column("range", w("Four fifths of the futures"), number=True),
            Column("middle", w("Middle"), number=True),
            Column("recorded", w("Recorded"), number=True),
            Column("inside", w("In the range")),
        ),
        tuple(
            (
                Cell(str(run.run), value=run.run, href=f"/m/{asked.mission}/futures/{run.run}/"),
                cells.reference(asked, "plan", run.plan),
                cells.month(asked, m.month),
                Cell(f"{w.number(m.low, 0)}–{w.number(m.high, 0)}", value=m.high),
                cells.number(asked, m.middle),
                cells.number(asked, m.recorded),
                Cell(w("yes") if m.inside else w("no"), mark="met" if m.inside else "late"),
            )
            for run in kept.forecasts
            for m in run.months
        ),
    )


def archive(asked: Asked) -> HttpResponse:
    """The mission as this reader may see it, with brief, contents, checksums and a letter to whoever inherits it; on record."""
    from exitplan.usecases.archive import archive_for

    assert asked.reader is not None
    packed = archive_for(asked.reader, asked.mission, lang=asked.w.lang, at=datetime.now(UTC))
    return HttpResponse(
        packed.content,
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{packed.name}"'},
    )
