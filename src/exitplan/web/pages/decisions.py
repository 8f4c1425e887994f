"""Decisions: wanted and taken; one with its options, evidence and dissent; prepared by one person, taken by another."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from exitplan.domain.errors import ExitplanError, InvalidValue, NotFound
from exitplan.domain.kinds import Decision
from exitplan.usecases import deciding
from exitplan.usecases.open_mission import day_of
from exitplan.web import cells
from exitplan.web.access import Asked
from exitplan.web.middleware import sentence
from exitplan.web.offering import offered
from exitplan.web.tables import Cell, Column, Row, Table, table_page

ORDER = ("wanted", "taken", "withdrawn")
MARKS = {"wanted": "late", "taken": "done", "withdrawn": ""}


def decisions(asked: Asked) -> HttpResponse:
    """Every decision, those wanted first, and who may prepare one on behalf of an office."""
    from exitplan.usecases import people

    w = asked.w
    on = day_of(asked.view.dossier, None)
    waiting = {p.code for p in _prepared(asked)}
    table = Table(
        "decisions",
        w("Decisions"),
        (
            Column("decision", w("Decision"), wide=True),
            Column("status", w("Status")),
            Column("due", w("Wanted by")),
            Column("date", w("Taken on")),
            Column("decider", w("Who decides"), wide=True),
            Column("chosen", w("Decided"), wide=True),
            Column("dissent", w("Dissent by")),
        ),
        tuple(
            _row(asked, d, d.code in waiting, d.status == "wanted" and d.due is not None and d.due < on)
            for d in sorted(asked.view.dossier.of(Decision), key=lambda d: ORDER.index(d.status))
        ),
        empty=w(
            "No decision is on record yet. A decision is a question with its options, its evidence and who decides."
        ),
    )
    delegates = asked.may("release")
    return table_page(
        asked,
        "decisions.html",
        table,
        may_edit=asked.may("edit", "decision"),
        delegates=delegates,
        members=people.members(asked.reader, asked.mission) if delegates and asked.reader else (),
    )


def decision(asked: Asked) -> HttpResponse:
    """One decision; for those who prepare or take it, the form to do so."""
    return _page(asked, {})


def prepare(asked: Asked) -> HttpResponse:
    """Lay an answer before the approver. Nothing is decided by this."""
    return _answer(asked, deciding.prepare, asked.w("The answer is prepared and waits for the approver."))


def decide(asked: Asked) -> HttpResponse:
    """Take the decision, or confirm the answer that was prepared."""
    return _answer(asked, deciding.decide, asked.w("The decision is taken; the evidence it rests on is kept with it."))


def receive(asked: Asked) -> HttpResponse:
    """Sign a decision as noted or agreed, or enter a reservation."""
    assert asked.reader is not None
    posted, code = asked.request.POST, str(asked.path["code"])
    typed = {"receipt": posted.get("receipt", ""), "text": posted.get("text", ""), "entry": code}
    try:
        deciding.receive(
            asked.reader,
            asked.mission,
            "decision",
            code,
            _version(posted.get("version")),
            receipt=typed["receipt"],
            text=typed["text"],
            at=datetime.now(UTC),
        )
    except (InvalidValue, *deciding.OVERTAKEN) as refused:
        return _page(asked, typed, refused)
    return redirect(cells.address(asked, "decision", code))


def delegate(asked: Asked) -> HttpResponse:
    """Let a member prepare decisions on behalf of an office, or no longer; on record."""
    from exitplan.usecases import people

    assert asked.reader is not None
    posted = asked.request.POST
    people.delegate(
        asked.reader,
        asked.mission,
        posted.get("username", ""),
        posted.get("office", "").strip()[:200],
        why=posted.get("why", ""),
        at=datetime.now(UTC),
    )
    return redirect(f"/m/{asked.mission}/decisions/")


def _row(asked: Asked, decision: Decision, waits: bool, late: bool) -> Row:
    w = asked.w
    option = next((o for o in decision.options if o.code == decision.chosen), None)
    chosen = ((option.title_fr if w.lang == "fr" else None) or option.title) if option else ""
    name = cells.named(asked, decision)
    return (
        Cell(
            name.text, value=decision.code, href=name.href, small=w("prepared; waits for the approver") if waits else ""
        ),
        Cell(
            w.code("decision_status", decision.status), value=ORDER.index(decision.status), mark=MARKS[decision.status]
        ),
        cells.day(asked, decision.due, late=late),
        cells.day(asked, decision.date),
        cells.text(decision.decider),
        cells.text(f"{decision.chosen} {chosen}" if decision.chosen else ""),
        cells.text(decision.dissent_by if decision.dissent else ""),
    )


def _answer(asked: Asked, act: Any, told: str) -> HttpResponse:
    posted, code = asked.request.POST, str(asked.path["code"])
    typed = {name: posted.get(name, "") for name in ("chosen", "why", "dissent", "dissent_by")}
    try:
        act(
            asked.reader,
            asked.mission,
            code,
            _version(posted.get("version")),
            deciding.Answer(**typed),
            on=day_of(asked.view.dossier, None),
            at=datetime.now(UTC),
        )
    except (InvalidValue, *deciding.OVERTAKEN) as refused:
        return _page(asked, typed, refused)
    asked.request.session["told"] = [told]
    return redirect(cells.address(asked, "decision", code))


def _page(asked: Asked, typed: dict[str, str], refused: ExitplanError | None = None) -> HttpResponse:
    assert asked.reader is not None
    w, dossier, code = asked.w, asked.view.dossier, str(asked.path["code"])
    shown = dossier.find(Decision, code)
    waiting = next((p for p in _prepared(asked) if p.code == code), None)
    if waiting is None and not typed:  # a dissent on record is kept unless somebody takes it out
        typed = {"dissent": shown.dissent, "dissent_by": shown.dissent_by}
    elif waiting is not None and not typed:
        typed = {name: str(waiting.body.get(name) or "") for name in ("chosen", "why", "dissent", "dissent_by")}
    found = deciding.evidence(asked.reader, asked.mission, code)
    wanted = shown.status == "wanted"
    return table_page(
        asked,
        "decision.html",
        *_evidence_tables(asked, shown, found[0] if found else None),
        status=200 if refused is None else 422 if isinstance(refused, InvalidValue) else 409,
        decision=shown,
        options=[
            (o.code, (o.title_fr if w.lang == "fr" else None) or o.title, cells.reference(asked, "plan", o.plan))
            for o in shown.options
        ],
        question=(shown.question_fr if w.lang == "fr" else None) or shown.question,
        dissent=(shown.dissent_fr if w.lang == "fr" else None) or shown.dissent,
        concerns=[
            cells.reference(asked, kind, each)
            for kind, several in (
                ("gate", shown.gates),
                ("handover", shown.handovers),
                ("site", shown.sites),
                ("phase", (shown.phase,) if shown.phase else ()),
                ("decision", (shown.follows,) if shown.follows else ()),
            )
            for each in several
        ],
        evidence=found,
        holds=found is not None and found[1] == shown.evidence,
        waiting=waiting,
        typed=typed,
        refused=sentence(w, refused) if refused else "",
        overtaken=isinstance(refused, deciding.OVERTAKEN),
        version=asked.view.versions["decision", code],
        may_prepare=wanted and asked.may("prepare_decision"),
        may_decide=wanted and asked.may("decide"),
        may_sign=asked.may("sign") or asked.may("reserve"),
        signed=deciding.signed(asked.reader, asked.mission, "decision", code),
        all_fields=cells.entry_address(asked.mission, "decision", code),
        **offered(asked, "decision", code),
    )


def _evidence_tables(asked: Asked, decision: Decision, snapshot: dict[str, Any] | None) -> tuple[Table, ...]:
    """Gates as they stand now and, where the decision is taken, as they stood then; those it concerns first."""
    from exitplan.usecases.looking import look

    w = asked.w
    then = (snapshot or {}).get("gates", {})
    gates = sorted(look(asked.view).status.gates, key=lambda g: (g.code not in decision.gates, not g.exit))
    shown = [g for g in gates if g.code in decision.gates or g.exit]
    columns = [Column("gate", w("Gate"), wide=True), Column("now", w("Now")), Column("why", w("Why"), wide=True)]
    if then:
        columns.insert(1, Column("then", w("When it was decided")))
    rows = []
    for gate in shown:
        cell = Cell(f"{gate.code} {gate.name(w.lang)}", value=gate.code, href=cells.address(asked, "gate", gate.code))
        row = [cell, cells.state(asked, "gate_state", gate.verdict.state, mark=gate.verdict.state)]
        if then:
            row.insert(1, cells.state(asked, "gate_state", then.get(gate.code), mark=then.get(gate.code, "")))
        rows.append((*row, cells.text(w.grounds(gate.verdict))))
    caption = w("Gates the decision concerns, and those of the exit")
    return (Table("gates", caption, tuple(columns), tuple(rows), empty=w("No gate is shown to you yet.")),)


def _prepared(asked: Asked) -> tuple[Any, ...]:
    if asked.reader is None or not (asked.may("prepare_decision") or asked.may("decide")):
        return ()
    return deciding.prepared(asked.reader, asked.mission)


def _version(text: str | None) -> int:
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 9:
        raise NotFound("version", str(text)[:20])
    return int(text)
