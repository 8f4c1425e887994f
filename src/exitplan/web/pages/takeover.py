"""Who takes over: the ledger with its money, institutions and needs; and one function, where its receiver answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from django.http import HttpResponse
from django.shortcuts import redirect

from exitplan.domain.errors import ExitplanError, InvalidValue
from exitplan.domain.kinds import Function, Handover, Need
from exitplan.domain.results.takeover import FunctionLine
from exitplan.usecases import deciding, pictures
from exitplan.usecases import takeover as taking
from exitplan.usecases.looking import Look, look
from exitplan.usecases.open_mission import day_of
from exitplan.web import cells
from exitplan.web.access import Asked
from exitplan.web.middleware import sentence
from exitplan.web.sections import pictured, pieces
from exitplan.web.tables import Cell, Column, Table, table_page

ROWS = 15
"""Rows of each table shown at once: the page holds many."""


def takeover(asked: Asked) -> HttpResponse:
    """The ledger, the least settled first, with the money of functions, institutions, training, needs and surveys."""
    seen = look(asked.view)
    parts, tables = [], []
    for section in pictures.takeover(seen, asked.w):
        made, under = pieces(asked, section)
        parts.append((section.key, section.title, made))
        tables += [replace(table, page_rows=ROWS) for table in under]
    return table_page(
        asked,
        "takeover.html",
        *tables,
        sections=parts,
        links=[(key, title) for key, title, _ in parts],
        yours=_yours(asked, seen),
        any=bool(seen.takeover.functions),
        assumptions=seen.takeover.assumptions,
        may_edit=asked.may("edit", "function"),
    )


def function(asked: Asked) -> HttpResponse:
    """One function: who is to carry it, the receiver's answers, its money, hand-overs, institutions and needs."""
    return _page(asked, {})


def answer(asked: Asked) -> HttpResponse:
    """The receiver's answer, signed under the version that was read."""
    assert asked.reader is not None
    posted, code = asked.request.POST, str(asked.path["code"])
    typed = {name: posted.get(name, "") for name in ("reply", "text")}
    sent = posted.get("version", "")
    try:
        taking.answer(
            asked.reader,
            asked.mission,
            code,
            int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else -1,
            reply=typed["reply"],
            text=typed["text"],
            on=day_of(asked.view.dossier, None),
            at=datetime.now(UTC),
        )
    except (InvalidValue, *deciding.OVERTAKEN) as refused:
        return _page(asked, typed, refused)
    return redirect(cells.address(asked, "function", code))


def _yours(asked: Asked, seen: Look) -> list[tuple[Cell, FunctionLine]]:
    """Functions that this reader is to answer for and has not answered as they stand."""
    assert asked.reader is not None
    found = []
    for line in seen.takeover.functions:
        if line.signed != "signed" and taking.receives(asked.reader, asked.mission, line.code):
            found.append((cells.named(asked, asked.view.dossier.find(Function, line.code)), line))
    return found


def _page(asked: Asked, typed: dict[str, str], refused: ExitplanError | None = None) -> HttpResponse:
    assert asked.reader is not None
    w, dossier = asked.w, asked.view.dossier
    shown = dossier.find(Function, asked.path["code"])
    seen = look(asked.view)
    line = next(f for f in seen.takeover.functions if f.code == shown.code)
    version = asked.view.versions["function", shown.code]
    picture, tables = (
        None,
        [_handovers(asked, shown.code), _institutions(asked, seen, shown.code), _needs(asked, shown)],
    )
    if (figure := pictures.function_money(seen, shown.code, w)) is not None:
        picture, table = pictured(asked, figure)
        tables.append(table)
    return table_page(
        asked,
        "function.html",
        *tables,
        status=_status(refused),
        function=shown,
        line=line,
        told=pictures.function_words(seen, line, w),
        receiver=cells.reference(asked, "partner", shown.receiver_partner),
        currency=dossier.mission.currency,
        pieces=(picture,) if picture else (),
        version=version,
        answers=taking.answers(deciding.signed(asked.reader, asked.mission, "function", shown.code), version),
        receives=taking.receives(asked.reader, asked.mission, shown.code),
        replies=taking.REPLIES,
        typed=typed,
        refused=sentence(w, refused) if refused else "",
        overtaken=isinstance(refused, deciding.OVERTAKEN),
        all_fields=cells.entry_address(asked.mission, "function", shown.code),
        **cells.evidence(asked, "function", shown.code),
    )


def _status(refused: ExitplanError | None) -> int:
    if refused is None:
        return 200
    return 422 if isinstance(refused, InvalidValue) else 409


def _handovers(asked: Asked, code: str) -> Table:
    w = asked.w
    return Table(
        "handovers",
        w("Hand-overs"),
        (
            Column("handover", w("Hand-over"), wide=True),
            Column("area", w("Area")),
            Column("state", w("State")),
            Column("day", w("Day")),
        ),
        tuple(
            (
                cells.named(asked, h),
                cells.reference(asked, "area", h.area) if h.area else Cell(w("whole country")),
                cells.state(asked, "handover_state", h.state),
                cells.day(asked, h.transfer.planned),
            )
            for h in asked.view.dossier.of(Handover)
            if h.function == code
        ),
        empty=w("No hand-over of this function is on record."),
        sort="day",
    )


def _institutions(asked: Asked, seen: Look, code: str) -> Table:
    w = asked.w
    return Table(
        "institutions",
        w("Institutions that are to carry it"),
        (
            Column("institution", w("Institution"), wide=True),
            Column("area", w("Area")),
            Column("strength", w("People on duty"), number=True),
            Column("need", w("Need"), number=True),
            Column("gap", w("Lacking"), number=True),
            Column("verification", w("Count verified")),
            Column("training", w("In training now"), number=True),
            Column("met", w("Need met, 80% interval")),
        ),
        tuple(
            (
                cells.reference(asked, "institution", i.code),
                cells.reference(asked, "area", i.area) if i.area else Cell(w("whole country")),
                cells.number(asked, i.strength),
                cells.number(asked, i.need),
                cells.number(asked, i.gap, mark="late" if i.gap else ""),
                Cell(w.code("verification", i.verification), small=w.date(i.counted, short=True) if i.counted else ""),
                cells.number(asked, i.in_training),
                cells.text(pictures.when_met(seen, i, w)),
            )
            for i in seen.takeover.institutions
            if i.function == code
        ),
        empty=w("No institution is named that would carry it."),
    )


def _needs(asked: Asked, shown: Function) -> Table:
    w = asked.w
    return Table(
        "needs",
        w("Needs that it would meet"),
        (
            Column("need", w("Need"), wide=True),
            Column("area", w("Where")),
            Column("group", w("Whose")),
            Column("statement", w("In their own words"), wide=True),
        ),
        tuple(
            (
                cells.named(asked, n),
                cells.reference(asked, "area", n.area),
                cells.text(n.group),
                cells.text(n.statement),
            )
            for n in asked.view.dossier.of(Need)
            if n.function == shown.code
        ),
        empty=w("No need on record names it."),
    )
