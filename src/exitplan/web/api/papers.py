"""Documents that a mission sends out, made from what the reader sees."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse
from ninja import Path, Query

from exitplan.usecases import papers
from exitplan.web.access import Asked
from exitplan.web.api.answers import file
from exitplan.web.api.shapes import PaperAsked

Name = Annotated[
    str,
    Path(
        ...,
        max_length=60,
        description="Document and format: `transition-plan`, `annex` or `fact-sheet` as `.docx`, `.pdf` or `.html`; "
        "`risk-register.xlsx`, `benchmark-matrix.xlsx`, `calendar.ics`, `calendar.csv`, `cpas.csv`, `cpas.json`.",
        example="calendar.ics",
    ),
]


def paper(asked: Asked, name: Name, wanted: Query[PaperAsked]) -> HttpResponse:
    """A document as a file, from what you may see and nothing else; those of pages take some seconds."""
    kind, _, form = name.partition(".")
    made = papers.make(asked.view, kind, form, lang=wanted.lang or asked.w.lang, since=wanted.since)
    return file(made.content, made.name, made.media)
