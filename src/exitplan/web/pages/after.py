"""What goes on after the mission, and the archive that its successor inherits."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpResponse

from exitplan.usecases.looking import look
from exitplan.web.access import Asked
from exitplan.web.sections import pieces
from exitplan.web.tables import table_page


def after(asked: Asked) -> HttpResponse:
    """Functions after transfer, needs, programmes and what works of them, context, and dates kept or not."""
    from exitplan.usecases import pictures

    seen = look(asked.view)
    made, tables = pieces(asked, pictures.after(seen, asked.w))
    return table_page(
        asked,
        "after.html",
        *tables,
        pieces=made,
        exit_words=asked.w.date(seen.study.after.exit),
        may_export=asked.may("export"),
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
