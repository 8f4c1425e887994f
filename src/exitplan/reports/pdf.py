"""A brief as PDF on A4, set by Typst from the same content, with the fonts that Typst brings along."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

from exitplan.reports.page import Brief, Paper

TEMPLATES = Path(__file__).resolve().parent / "templates"
TEMPLATE = TEMPLATES / "brief.typ"
FONT = "Libertinus Serif"
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""What the file says of its making: no clock is asked, so that equal briefs give equal bytes. The brief's own day is in its text."""


def render_pdf(brief: Brief | Paper, *, one_page: bool = False) -> bytes:
    """
    The brief, or another paper, as a tagged PDF; equal ones give equal bytes.

    Texts reach Typst as data, never as markup, so that no title can change the document.

    Parameters
    ----------
    one_page
        Page one alone; it is set smaller until it fits on one page.
    """
    body = brief.model_dump(mode="json")
    for figure in _figures(body):
        figure["svg"] = figure["svg"].replace('font-family="sans-serif"', f'font-family="{FONT}"')
    inputs = {"brief": json.dumps(body, ensure_ascii=False), "one-page": "yes" if one_page else "no"}
    made: bytes = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATES),
        format="pdf",
        sys_inputs=inputs,
        ignore_system_fonts=True,
        timestamp=EPOCH,
        pdf_standards="ua-1",
    )
    return made


def _figures(body: dict[str, object]) -> list[dict[str, str]]:
    front: Any = body["front"]
    found: list[dict[str, str]] = [front["clocks"]] if front else []
    for section in body["sections"]:  # type: ignore[attr-defined]
        found += [block for block in section["blocks"] if block["kind"] == "figure"]
    return found
