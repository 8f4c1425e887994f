"""Hand-overs: the board of functions and areas, and one hand-over with its gates, assessments, signatures and next step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from exitplan.domain.condition import RANK
from exitplan.domain.errors import ExitplanError, InvalidValue
from exitplan.domain.facts import Facts, facts_on
from exitplan.domain.findings import Wanted
from exitplan.domain.kinds import Area, Assessment, Function, Gate, Handover
from exitplan.domain.results.readiness import HandoverStatus
from exitplan.domain.roles import STAFF
from exitplan.domain.states import HANDOVER_STEPS
from exitplan.usecases import assessing, deciding, handing, pictures
from exitplan.usecases.looking import look
from exitplan.web import cells
from exitplan.web.access import Asked
from exitplan.web.middleware import sentence
from exitplan.web.offering import offered
from exitplan.web.sections import pieces
from exitplan.web.showing import entry_address
from exitplan.web.tables import Cell, Column, Lines, Row, Table, table_page
from exitplan.web.verdicts import asks, grounds, state_cell

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
    for h in seen.status.handovers:
        squares[h.area or "", h.function] = _square(asked, h, earliest.get(h.code))
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
        Lines(seen.status.handovers, lambda h: _row(asked, h, earliest.get(h.code))),
        empty=w("No hand-over is shown to you yet. A hand-over is one function passed to its receiver in one area."),
    )
    return table_page(
        asked, "handovers.html", table, functions=functions, grid=grid, may_edit=asked.may("edit", "handover")
    )


def _square(asked: Asked, h: HandoverStatus, month: str | None) -> Square:
    w = asked.w
    told = w.date(h.actual, short=True) if h.actual else w.month(month, short=True) if month else "–"
    href = cells.address(asked, "handover", h.code)
    return Square(h.code, h.state, href, told, _shut(h), bool(h.reversals))


def _row(asked: Asked, h: HandoverStatus, month: str | None) -> Row:
    w, shut = asked.w, _shut(h)
    return (
        Cell(f"{h.code} {h.name(w.lang)}", value=h.code, href=cells.address(asked, "handover", h.code)),
        cells.reference(asked, "area", h.area) if h.area else Cell(w("whole country")),
        cells.state(asked, "handover_state", h.state),
        Cell(
            w("open") if h.gates_open else w("{n} not open", n=shut),
            value=shut,
            mark="" if h.gates_open else "unmet",
        ),
        cells.month(asked, month),
        cells.day(asked, h.actual or h.forecast or h.baseline),
        cells.number(asked, h.slip_days, mark="late" if (h.slip_days or 0) > 0 else ""),
        cells.state(asked, "acceptance", h.acceptance, mark=""),
    )


def _shut(h: HandoverStatus) -> int:
    """How many of its gates are not open."""
    return sum(state != "met" for state in h.gates.values())


def handover(asked: Asked) -> HttpResponse:
    """One hand-over: criterion by criterion, each party's view, what has to be mended, who signed, what may come next."""
    return _page(asked, {})


def step(asked: Asked) -> HttpResponse:
    """Take a hand-over to a state that may follow its own."""
    assert asked.reader is not None
    posted, code = asked.request.POST, str(asked.path["code"])
    typed = {name: posted.get(name, "") for name in ("state", "why", "date", "remedial")}
    try:
        handing.step(
            asked.reader,
            asked.mission,
            code,
            typed["state"],
            version=_version(posted.get("version")),
            on=_day(typed["date"]),
            why=typed["why"].strip(),
            remedial=typed["remedial"].splitlines(),
            at=datetime.now(UTC),
        )
    except (InvalidValue, *deciding.OVERTAKEN) as refused:
        return _page(asked, typed, refused)
    return redirect(cells.address(asked, "handover", code))


def receive(asked: Asked) -> HttpResponse:
    """Sign a hand-over, or enter a reservation on it, in the name of one's side."""
    assert asked.reader is not None
    posted, code = asked.request.POST, str(asked.path["code"])
    kind, entry = posted.get("kind", "handover"), posted.get("entry", code)
    typed = {"receipt": posted.get("receipt", ""), "text": posted.get("text", ""), "entry": entry}
    try:
        if kind not in ("handover", "assessment"):
            raise InvalidValue("kind", kind, Wanted("a hand-over or an assessment"))
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


def _day(text: str) -> date | None:
    """The day that was typed. Raises InvalidValue for a text that is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InvalidValue("date", text, Wanted("a day as YYYY-MM-DD")) from None


def _version(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else -1


def _page(asked: Asked, typed: dict[str, str], refused: ExitplanError | None = None) -> HttpResponse:
    assert asked.reader is not None
    w, dossier = asked.w, asked.view.dossier
    shown = dossier.find(Handover, asked.path["code"])
    seen = look(asked.view)
    facts = facts_on(dossier, seen.study.on)
    steps = seen.schedule.steps if seen.study.plan else ()
    scheduled = next((s for s in steps if s.code == shown.code and s.kind == "handover"), None)
    gates = [g for code in shown.gates if (g := dossier.get(Gate, code))]
    version = asked.view.versions["handover", shown.code]
    signed = deciding.signed(asked.reader, asked.mission, "handover", shown.code)
    own_first = asked.reader.role not in STAFF
    parties, under = pieces(asked, pictures.handover_parties(seen, shown.code, w))
    return table_page(
        asked,
        "handover.html",
        *under,
        _criteria(asked, facts, gates, shown),
        status=_status(refused),
        handover=shown,
        parties=parties,
        area=cells.reference(asked, "area", shown.area) if shown.area else Cell(w("whole country")),
        function=cells.reference(asked, "function", shown.function),
        receiver=cells.reference(asked, "institution", shown.receiver)
        if shown.receiver
        else cells.reference(asked, "partner", shown.receiver_partner),
        gates=[_gate(asked, facts, g) for g in gates],
        gates_shut=sum(facts.gate(g).state != "met" for g in gates),
        assessed_first=own_first,
        ratings=_ratings(asked, shown),
        bindings=[w.binding(b) for b in scheduled.bindings] if scheduled else (),
        earliest=scheduled.earliest if scheduled else None,
        version=version,
        steps=HANDOVER_STEPS[shown.state],
        sides=handing.sides(shown, version, signed),
        may_edit=asked.may("edit", "handover"),
        may_assess=bool(assessing.parties(asked.reader)),
        may_sign=asked.may("sign"),
        may_receive=asked.may("sign") or asked.may("reserve"),
        signed=signed,
        typed=typed,
        refused=sentence(w, refused) if refused else "",
        overtaken=isinstance(refused, deciding.OVERTAKEN),
        all_fields=entry_address(asked.mission, "handover", shown.code),
        **cells.evidence(asked, "handover", shown.code),
        **offered(asked, "handover", shown.code),
    )


def _status(refused: ExitplanError | None) -> int:
    if refused is None:
        return 200
    return 422 if isinstance(refused, InvalidValue) else 409


def _gate(asked: Asked, facts: Facts, gate: Gate) -> dict[str, Any]:
    """A gate as its line shows it; one that is not shown has neither name nor state."""
    verdict = facts.gate(gate)
    known = asked.view.knows("gate", gate.code)
    return {
        "cell": state_cell(asked, verdict),
        "name": f"{gate.code} {gate.name(asked.w.lang)}" if known else "",
        "href": cells.address(asked, "gate", gate.code) if known else "",
        "grounds": grounds(asked, verdict),
        "asks": dict.fromkeys(asks(asked, verdict)) if verdict.state != "unknown" else (),
    }


def _ratings(asked: Asked, shown: Handover) -> list[tuple[Assessment, int, list[Any]]]:
    """
    Ratings of the hand-over as a whole: the counterpart's own first, the newest of each party first; each with its version
    and how others received it.
    """
    assert asked.reader is not None
    found = [a for a in asked.view.dossier.of(Assessment) if a.handover == shown.code and a.criterion is None]
    found.sort(key=lambda a: (PARTIES.index(a.party), -a.date.toordinal()))
    received: dict[str, list[Any]] = {}
    for signature in deciding.signed(asked.reader, asked.mission, "assessment"):
        received.setdefault(signature.code, []).append(signature)
    return [(a, asked.view.versions[("assessment", a.code)], received.get(a.code, [])) for a in found]


def _criteria(asked: Asked, facts: Facts, gates: list[Gate], shown: Handover) -> Table:
    w = asked.w
    verdicts = {c.code: (c, facts.criterion(c.code)) for c in assessing.criteria_of(asked.view, shown)}
    views = {party: assessing.latest(asked.view, shown.code, party) for party in PARTIES}
    guards = {code: [g for g in gates if code in g.named_criteria] for code in verdicts}
    return Table(
        "criteria",
        w("Readiness, criterion by criterion"),
        (
            Column("criterion", w("Criterion"), wide=True),
            *(Column(party, w.capital(w.code("party", party))) for party in PARTIES),
            Column("state", w("By its rule")),
            Column("grounds", w("Measured against the bar"), wide=True),
            Column("since", w("Since")),
            Column("owed", w("Owed by")),
            Column("gates", w("Gates")),
        ),
        tuple(
            (
                cells.named(asked, c),
                *(_rated(asked, views[party].get(code)) for party in PARTIES),
                cells.state(asked, "state", v.state),
                cells.text(grounds(asked, v)),
                cells.day(asked, v.since),
                cells.text(v.owed_by),
                cells.text(", ".join(g.code for g in guards[code])),
            )
            for code, (c, v) in sorted(verdicts.items(), key=lambda pair: RANK[pair[1][1].state])
        ),
        empty=w("No criterion guards this hand-over yet."),
    )


def _rated(asked: Asked, assessment: Assessment | None) -> Cell:
    if assessment is None:
        return Cell("–", value="")
    return Cell(
        asked.w.code("rating", assessment.rating),
        mark={"met": "met", "partly_met": "late", "not_met": "unmet"}.get(assessment.rating, ""),
        small=asked.w.date(assessment.date, short=True),
    )
