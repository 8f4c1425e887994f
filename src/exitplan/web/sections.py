"""Sections of the brief on a page: the same words, pictures and tables, the tables sorting and leaving as files like any other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from exitplan.domain.kinds import KINDS
from exitplan.usecases.frameworks import library_names
from exitplan.web.cells import PAGES, address
from exitplan.web.tables import Cell, Column, Lines, Sortable, Table
from exitplan.wording.figures import MISSING, MONTHS, NO_BREAK, SHORT_MONTHS

if TYPE_CHECKING:
    from exitplan.web.access import Asked


LINKED = (
    *PAGES,
    "criterion",
    "activity",
    "agreement",
    "commitment",
    "institution",
    "need",
    "consultation",
    "signal",
    "objective",
    "communication",
    "milestone",
    "due_diligence",
)
"""Kinds of entry that a cell of the brief leads to, when it names one by code and name."""

SURE = 12
"""Letters of a name that make sure that a code is meant: names may be cut short."""


@dataclass(frozen=True)
class Piece:
    """One block of a section as the template sets it; `table` names the table that belongs to it."""

    kind: str
    text: str = ""
    tone: str = ""
    items: tuple[str, ...] = ()
    figure: Any = None
    table: str = ""
    note: str = ""


def pieces(asked: Asked, section: Any) -> tuple[tuple[Piece, ...], tuple[Table, ...]]:
    """The blocks of a section of the brief, and their tables for `table_page`."""
    made: list[Piece] = []
    tables: list[Table] = []
    for at, block in enumerate(section.blocks, 1):
        if block.kind == "paragraph":
            made.append(Piece("paragraph", text=block.text, tone=block.tone))
        elif block.kind == "items":
            made.append(Piece("items", items=block.items))
        elif block.kind == "figure":
            piece, table = pictured(asked, block)
            made.append(piece)
            tables.append(table)
        else:
            table = tabled(asked, f"{section.key}-{at}", block)
            tables.append(table)
            made.append(Piece("table", table=table.name, note=block.note))
    return tuple(made), tuple(tables)


def pictured(asked: Asked, figure: Any) -> tuple[Piece, Table]:
    """A picture and its table."""
    table = tabled(asked, figure.key, figure.table)
    return Piece("figure", figure=figure, table=table.name, note=figure.table.note), table


def tabled(asked: Asked, name: str, table: Any) -> Table:
    """A table of the brief as one of a page: figures and dates sort as what they are, entries lead to their pages."""
    return Table(
        name=name,
        caption=table.caption,
        columns=tuple(
            Column(f"c{at}", c.title, number=c.number, wide=c.width >= 3) for at, c in enumerate(table.columns)
        ),
        rows=Lines(table.rows, lambda row: tuple(_cell(asked, cell.text, cell.mark) for cell in row)),
        empty=table.empty,
    )


def _cell(asked: Asked, text: str, mark: str) -> Cell:
    value = _value(text, asked.w.lang)
    if isinstance(value, date):
        return Cell(text.replace(" ", NO_BREAK), value=value, mark=mark)
    return Cell(text, value=value, mark=mark, href=_entry(asked, text) if value is None else "")


def _entry(asked: Asked, text: str) -> str:
    """Where the entry is shown that a cell names by code and name; nowhere for other words."""
    code, _, name = text.partition(" ")
    for kind in LINKED if name else ():
        entry = asked.view.dossier.get(KINDS[kind], code)
        if entry is not None and name.startswith(entry.name(asked.w.lang)[:SURE]):
            return address(asked, kind, code)
    kind, names = library_names().get(code, ("", ()))
    return address(asked, kind, code) if any(name.startswith(known[:SURE]) for known in names) else ""


def _value(text: str, lang: str) -> Sortable:
    """What a text of a cell stands for, where it is a number, a month or a date; the text itself where not."""
    if text == MISSING:
        return ""
    plain = text.replace(NO_BREAK, "").replace(" ", "").removesuffix("%")
    plain = plain.replace(",", ".") if lang == "fr" else plain.replace(",", "")
    if re.fullmatch(r"-?\d+(\.\d+)?", plain):
        return float(plain) if "." in plain else int(plain)
    found = re.fullmatch(r"(?:(\d{1,2})(?:er)? )?([^\d ]+) (\d{4})", text)
    months = {name: n for names in (MONTHS, SHORT_MONTHS) for n, name in enumerate(names[lang], 1)}
    if found and found[2] in months:
        return date(int(found[3]), months[found[2]], int(found[1] or 1))
    return None
