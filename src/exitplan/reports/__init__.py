"""Domain values and results in, documents out. Charts are drawn once and enter every document."""

from exitplan.reports.content import Material, build_brief
from exitplan.reports.html import render_html
from exitplan.reports.markdown import render_markdown
from exitplan.reports.page import Brief, Document, document_values
from exitplan.reports.pdf import render_pdf

__all__ = [
    "Brief",
    "Document",
    "Material",
    "build_brief",
    "document_values",
    "render_html",
    "render_markdown",
    "render_pdf",
]
