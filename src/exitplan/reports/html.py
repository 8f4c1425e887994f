"""A document as one HTML file: opens without a network, asks for nothing from outside, needs no script."""

from __future__ import annotations

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from exitplan.reports.page import Document

TEMPLATES = Path(__file__).resolve().parent / "templates"
FONTS = "font-family=\"Arial, 'Liberation Sans', 'Nimbus Sans', Helvetica, sans-serif\""
"""Types as wide as the one that the pictures are measured with."""

_BRACKET = re.compile(r"\([-\d.,%\s–]+\)")


def render_html(document: Document, *, one_page: bool = False) -> str:
    """
    A document as HTML; equal documents give equal text.

    Every text is escaped, whatever it holds; only the pictures, which were made here, enter as they are.

    Parameters
    ----------
    one_page
        Page one alone.
    """
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["picture"] = _picture
    environment.filters["intervals_whole"] = _intervals_whole
    template = environment.get_template("document.html.j2")
    style = (TEMPLATES / "document.css").read_text("utf-8")
    return template.render(
        document=document,
        numbers={note.code: note.number for note in document.notes},
        one_page=one_page,
        style=Markup(style),
    )


def _picture(svg: str) -> Markup:
    """A picture of ours, in the type of the page."""
    return Markup(svg.replace('font-family="sans-serif"', FONTS))


def _intervals_whole(text: str) -> Markup:
    """The text of a cell in which no line ends within a bracket of figures, such as (0.049–0.307)."""
    return Markup(_BRACKET.sub(r'<span class="whole">\g<0></span>', str(escape(text))))
