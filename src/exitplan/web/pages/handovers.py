"""Hand-overs: the board of functions and areas, and one hand-over with its gates, assessments, signatures and next step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from exitplan.domain.errors import InvalidValue
from exitplan.domain.facts import Facts
from exitplan.domain.kinds import Area, Assessment, Criterion, Function, Gate, Handover
from exitplan.domain.states import HANDOVER_DONE, HANDOVER_STEPS
from exitplan.usecases import deciding, writing
from exitplan.usecases.looking import look
from exitplan.web import cells
from exitplan.web.access import Asked
from exitplan.web.tables import Cell, Column, Row, Table, table_page

PARTIES = ("self", "joint", "mission")
"""Whose view comes first: the counterpart's own, then the joint one."""


@dataclass(frozen=True)
class Square:
    """One hand-over on the board."""

    code: str
    state: str
    href: str
    months: str
    gates_shut: int
    reversed: bool


def handovers(asked: Asked) -> HttpResponse:
    """The board, and under it the same as a table that sorts."""
    w, dossier = asked.w, asked.view.dossier
    seen = look(asked.view)
    earliest = {s.code: s.earliest for s in seen.schedule.steps if s.kind == "handover"} if seen.study.plan else {}
    squares: dict[tuple[str, str], Square] = {}
    rows: list[Row] = []
    for h in seen.status.handovers:
        shut = sum(state != "met" for state in h.gates.values())
        month = earliest.get(h.code)
        planned = h.actual or h.forecast or h.baseline
        told = w.date(h.actual, short=True) if h.actual else w.month(month, short=True) if month else "–"
        href = cells.address(asked, "handover", h.code)
        squares[h.area or "", h.function] = Square(h.code, h.state, href, told, shut, bool(h.reversals))
        rows.append(
            (
                Cell(f"{h.code} {h.name(w.lang)}", value=h.code, href=href),
                cells.reference(asked, "area", h.area) if h.area else Cell(w("whole country")),
                cells.state(asked, "handover_state", h.state),
                Cell(
                    w("open") if h.gates_open else w("{n} not open", n=shut),
                    value=shut,
                    mark="" if h.gates_open else "unmet",
                ),
                cells.month(asked, month),
                cells.day(asked, planned),
                cells.number(asked, h.slip_days, mark="late" if (h.slip_days or 0) > 0 else ""),
                cells.state(asked, "acceptance", h.acceptance, mark=""),
            )
        )
    functions = [f for f in dossier.of(Function) if any(key[1] == f.code for key in squares)]
    areas: list[tuple[str, str]] = [(a.code, a.name(w.lang)) for a in dossier.of(Area)] + [("", w("whole country"))]
    grid = [
        (name, [squares.get((code, f.code)) for f in functions])
        for code, name in areas
        if any(key[0] == code for key in squares)
    ]
    table = Table(
        "handovers",
        w("Hand-overs"),
        (
            Column("handover", w("Hand-over"), wide=True),
            Column("area", w("Area")),
            Column("state", w("State")),
            Column("gates", w("Gates")),
            Column("earliest", w("Earliest feasible")),
            Column("date", w("Date")),
            Column("slip", w("Days slipped"), number=True),
            Column("acceptance", w("Receiver's answer")),
        ),
        tuple(rows),
        empty=w("No hand-over is shown to you yet. A hand-over is one function passed to its receiver in one area."),
    )
    return table_page(
        asked, "handovers.html", table, functions=functions, grid=grid, may_edit=asked.may("edit", "handover")
    )


def handover(asked: Asked) -> HttpResponse:
    """One hand-over: criterion by criterion, each party's view, what has to be mended, who signed, what may come next."""
    return _page(asked, {})


def step(asked: Asked) -> HttpResponse:
    """Move a hand-over to a state that may follow its own."""
    assert asked.reader is not None
    posted, code = asked.request.POST, str(asked.path["code"])
    typed = {"state": posted.get("state", ""), "why": posted.get("why", "").strip(), "date": posted.get("date", "")}
    try:
        found = asked.view.dossier.find(Handover, code)
        body = _stepped(found, writing.entry_body(asked.view, "handover", code), typed, asked)
        writing.save_entry(
            asked.reader,
            asked.mission,
            "handover",
            body,
            version=_version(posted.get("version")),
            why=typed["why"],
            at=datetime.now(UTC),
        )
    except (InvalidValue, *deciding.OVERTAKEN) as refused:
        return _page(asked, typed, refused)
    return redirect(cells.address(asked, "handover", code))


def receive(asked: Asked) -> HttpResponse:
    """Sign a hand-over, or enter a reservation on it, in the name of one's side."""
    assert asked.reader is not None
    posted, code = asked.request.POST, str(asked.path["code"])
    typed = {"receipt": posted.get("receipt", ""), "text": posted.get("text", "")}
    kind, entry = posted.get("kind", "handover"), posted.get("entry", code)
    try:
        if kind not in ("handover", "assessment"):
            raise InvalidValue("kind", kind, "a hand-over or an assessment")
        deciding.receive(
            asked.reader,
            asked.mission,
            kind,
            entry,
            _version(posted.get("version")),
            receipt=typed["receipt"],
            text=typed["text"],
            at=datetime.now(UTC),
        )
    except (InvalidValue, *deciding.OVERTAKEN) as refused:
        return _page(asked, typed, refused)
    return redirect(cells.address(asked, "handover", code))


def _stepped(found: Handover, body: dict[str, Any], typed: dict[str, str], asked: Asked) -> dict[str, Any]:
    """The body one step further. Raises InvalidValue for a step that may not follow, or without its reason or day."""
    w = asked.w
    if typed["state"] not in HANDOVER_STEPS[found.state]:
        allowed = ", ".join(w.code("handover_state", s) for s in HANDOVER_STEPS[found.state])
        raise InvalidValue("state", typed["state"], w("one of: {states}", states=allowed))
    if not typed["why"]:
        raise InvalidValue("why", "", w("a reason, kept with the change"))
    changed = {**body, "state": typed["state"]}
    done = typed["state"] in HANDOVER_DONE
    if done or typed["state"] == "reversed":
        try:
            on = date.fromisoformat(typed["date"])
        except ValueError:
            raise InvalidValue("date", typed["date"], w("the day on which it happened")) from None
        transfer = dict(body.get("transfer") or {})
        if typed["state"] == "reversed":
            changed["reversals"] = [*(body.get("reversals") or []), {"date": on.isoformat(), "why": typed["why"]}]
        else:
            transfer.setdefault("actual", on.isoformat())
            changed["transfer"] = transfer
    return changed


def _version(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else -1


def _page(asked: Asked, typed: dict[str, str], refused: Exception | None = None) -> HttpResponse:
    assert asked.reader is not None
    w, dossier = asked.w, asked.view.dossier
    shown = dossier.find(Handover, asked.path["code"])
    seen = look(asked.view)
    facts = Facts(dossier, seen.study.on)
    scheduled = (
        next((s for s in seen.schedule.steps if s.code == shown.code and s.kind == "handover"), None)
        if seen.study.plan
        else None
    )
    gates = [(g, facts.gate(g), w.grounds(facts.gate(g))) for code in shown.gates if (g := dossier.get(Gate, code))]
    ratings = sorted(
        (a for a in dossier.of(Assessment) if a.handover == shown.code),
        key=lambda a: (PARTIES.index(a.party), -a.date.toordinal()),
    )
    return table_page(
        asked,
        "handover.html",
        _criteria(asked, facts, [g for g, _, _ in gates]),
        status=422 if refused else 200,
        handover=shown,
        area=cells.reference(asked, "area", shown.area) if shown.area else Cell(w("whole country")),
        function=cells.reference(asked, "function", shown.function),
        receiver=cells.reference(asked, "institution", shown.receiver)
        if shown.receiver
        else cells.reference(asked, "partner", shown.receiver_partner),
        gates=gates,
        ratings=[(a, asked.view.versions.get(("assessment", a.code), 0)) for a in ratings],
        bindings=[w.binding(b) for b in scheduled.bindings] if scheduled else (),
        earliest=scheduled.earliest if scheduled else None,
        version=asked.view.versions.get(("handover", shown.code), 0),
        steps=HANDOVER_STEPS[shown.state],
        may_edit=asked.may("edit", "handover"),
        may_sign=asked.may("sign"),
        may_reserve=asked.may("reserve"),
        signed=deciding.signed(asked.reader, asked.mission, "handover", shown.code),
        typed=typed,
        refused=refused,
        overtaken=isinstance(refused, deciding.OVERTAKEN),
        all_fields=cells.entry_address(asked.mission, "handover", shown.code),
        today=seen.study.on,
    )


def _criteria(asked: Asked, facts: Facts, gates: list[Gate]) -> Table:
    w, dossier = asked.w, asked.view.dossier
    rank = {"unmet": 0, "unknown": 1, "met": 2}
    codes = dict.fromkeys(code for gate in gates for code in gate.named_criteria)
    found = [(c, facts.criterion(c.code)) for code in codes if (c := dossier.get(Criterion, code))]
    return Table(
        "criteria",
        w("Readiness, criterion by criterion"),
        (
            Column("criterion", w("Criterion"), wide=True),
            Column("state", w("State")),
            Column("grounds", w("Measured against the bar"), wide=True),
            Column("since", w("Since")),
            Column("owed", w("Owed by")),
        ),
        tuple(
            (
                cells.named(asked, c),
                cells.state(asked, "state", v.state),
                cells.text(w.grounds(v)),
                cells.day(asked, v.since),
                cells.text(v.owed_by),
            )
            for c, v in sorted(found, key=lambda pair: rank[pair[1].state])
        ),
        empty=w("No criterion guards this hand-over yet."),
    )
