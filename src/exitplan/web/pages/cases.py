"""Past exits: all of them by rule, those like this mission, and one whole."""

from __future__ import annotations

from django.http import HttpResponse

from exitplan.web.access import Asked
from exitplan.web.sections import Piece, pieces
from exitplan.web.tables import Cell, Column, Table, table_page


def cases(asked: Asked) -> HttpResponse:
    """Those like this mission first, then every past exit."""
    from exitplan.usecases import cases as past
    from exitplan.usecases import pictures
    from exitplan.usecases.looking import look

    w = asked.w
    made, tables = pieces(asked, pictures.past_exits(look(asked.view), w))
    listed = past.list_section(w)
    rows = next(block for block in listed.blocks if block.kind == "table")
    every = Table(
        "cases",
        rows.caption,
        tuple(Column(f"c{at}", c.title, number=c.number, wide=c.width >= 2) for at, c in enumerate(rows.columns)),
        tuple(
            (
                Cell(cells[0].text, href=address(asked, line.code)),
                Cell(cells[1].text, value=line.departure or ""),
                *(Cell(cell.text, mark=cell.mark) for cell in cells[2:]),
            )
            for line, cells in zip(past.cases().cases, rows.rows, strict=True)
        ),
    )
    return table_page(asked, "cases.html", every, *_linked(asked, tables), pieces=made, note=rows.note)


def case(asked: Asked) -> HttpResponse:
    """One past exit: outcome by rule, claims beside evidence, pictures with their tables, facts, sources."""
    from exitplan.usecases import cases as past

    w = asked.w
    shown = past.library().case(asked.path["case"])
    parts: list[tuple[str, tuple[Piece, ...]]] = []
    tables: list[Table] = []
    for section in past.case_sections(shown.code, w):
        made, under = pieces(asked, section)
        parts.append((section.title, made))
        tables += under
    return table_page(
        asked,
        "case.html",
        *tables,
        case=shown,
        name=shown.name(w.lang),
        facts=past.case_facts(shown.code, w),
        parts=parts,
    )


def address(asked: Asked, code: str) -> str:
    """Where one past exit is shown."""
    return f"/m/{asked.mission}/cases/{code}/"


def _linked(asked: Asked, tables: tuple[Table, ...]) -> tuple[Table, ...]:
    """The table of similar exits with their first cells leading to the pages of these exits."""
    from dataclasses import replace

    from exitplan.usecases import cases as past
    from exitplan.usecases.looking import look

    codes = [found.code for found in past.similar_seen(look(asked.view)).similar]
    first, *others = tables
    rows = tuple(
        (replace(row[0], href=address(asked, code)), *row[1:]) for code, row in zip(codes, first.rows, strict=False)
    )
    return (replace(first, rows=rows), *others)
