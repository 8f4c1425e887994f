"""A paper as Markdown: for whoever goes on writing in a text editor. Pictures are left out; their tables say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exitplan.reports.page import Block, Document, Table

_ACTIVE = re.compile(r"([\\`*_{}\[\]<>#|~])")
"""Signs that Markdown would read as its own."""


def render_markdown(paper: Document) -> str:
    """The paper as Markdown; equal papers give equal text, and no text of the dossier becomes markup."""
    lines = [
        f"# {_plain(paper.title)}",
        "",
        f"{_plain(paper.mission)} ({_plain(paper.acronym)}), {_plain(paper.day)}",
        "",
    ]
    lines += [f"*{_plain(said)}*\n" for said in (paper.banner, paper.classification, paper.foot) if said]
    for section in paper.sections:
        lines += [f"## {_plain(section.title)}", ""]
        for block in section.blocks:
            lines += [*_block(block, paper), ""]
    return "\n".join(lines).rstrip() + "\n"


def _block(block: Block, paper: Document) -> Iterator[str]:
    if block.kind == "paragraph":
        yield _plain(block.text)
    elif block.kind == "items":
        yield from (f"- {_plain(item)}" for item in block.items)
    elif block.kind == "figure":
        yield from _table(block.table, paper)
    else:
        yield from _table(block, paper)


def _table(table: Table, paper: Document) -> Iterator[str]:
    yield f"**{_plain(table.caption)}**"
    yield ""
    if not table.rows:
        yield _plain(table.empty) or "–"
        return
    yield _row(_plain(column.title) for column in table.columns)
    yield _row("---:" if column.number else "---" for column in table.columns)
    for cells in table.rows:
        yield _row(
            f"{paper.labels.signs[cell.mark]}{paper.labels.colon}{_plain(cell.text)}"
            if cell.mark == "late"
            else _plain(cell.text)
            for cell in cells
        )
    if table.note:
        yield ""
        yield _plain(table.note)


def _row(cells: Iterator[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(text: str) -> str:
    return _ACTIVE.sub(r"\\\1", " ".join(text.split()))
