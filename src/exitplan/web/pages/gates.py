"""Gates: which are not open and why, and one gate as a list of everything it asks for."""

from __future__ import annotations

from django.http import HttpResponse

from exitplan.domain.condition import RANK, Verdict
from exitplan.domain.errors import NotFound
from exitplan.domain.kinds import Decision, Gate
from exitplan.domain.results.readiness import GateStatus
from exitplan.usecases.looking import look
from exitplan.web import cells, verdicts
from exitplan.web.access import Asked
from exitplan.web.offering import offered
from exitplan.web.showing import entry_address
from exitplan.web.tables import Cell, Column, Lines, Row, Table, table_page


def gates(asked: Asked) -> HttpResponse:
    """Every gate: not open first, gates of the exit before others, each with the first criterion that fails."""
    w = asked.w
    found = _known(asked)
    chances = asked.may("see_chances")
    columns = [
        Column("state", w("State")),
        Column("gate", w("Gate"), wide=True),
        Column("failing", w("First condition not met"), wide=True),
        Column("why", w("Why"), wide=True),
        Column("owed", w("Owed by")),
        Column("unmet", w("Not met"), number=True),
        Column("unknown", w("Unknown"), number=True),
        Column("waiting", w("Waits for it"), wide=True),
    ]
    if chances:
        columns.append(Column("opens", w("Even chance from")))
    table = Table(
        "gates",
        w("Gates, those not open first"),
        tuple(columns),
        Lines(found, lambda gate: _row(asked, gate, chances)),
        empty=w(
            "No gate is shown to you yet. A gate names the criteria that must all be met before something happens."
        ),
    )
    shut = [g for g in found if g.verdict.state != "met"]
    return table_page(
        asked,
        "gates.html",
        table,
        shut=len(shut),
        exit_shut=sum(g.exit for g in shut),
        exits=sum(g.exit for g in found),
        all_count=len(found),
        chances=chances,
        may_edit=asked.may("edit", "gate"),
    )


def gate(asked: Asked) -> HttpResponse:
    """One gate: its verdict as a nested list, what waits for it, the decisions about it, and its chance for those who may see one."""
    w, dossier, code = asked.w, asked.view.dossier, str(asked.path["code"])
    line = next((g for g in _known(asked) if g.code == code), None)
    if line is None:
        raise NotFound("gate", code[:60])
    entry = dossier.find(Gate, code)
    chances = asked.may("see_chances")
    decisions = [d for d in dossier.of(Decision) if code in d.gates]
    return table_page(
        asked,
        "gate.html",
        *((_chances(asked, line),) if chances else ()),
        entry=entry,
        exit=line.exit,
        state=verdicts.state_cell(asked, line.verdict),
        grounds=verdicts.grounds(asked, line.verdict),
        hidden=len(verdicts.asks(asked, line.verdict)),
        branches=verdicts.tree(asked, line.verdict),
        scope=w("the whole mission") if line.scope == "mission" else cells.reference(asked, *_split(line.scope)).text,
        waiting=[(w.code("kind", kind), cells.reference(asked, kind, of)) for kind, of in map(_split, line.guards)],
        decisions=[(cells.named(asked, d), w.code("decision_status", d.status), d.date or d.due) for d in decisions],
        chances=chances,
        opens=line.opens,
        all_fields=entry_address(asked.mission, "gate", code),
        **offered(asked, "gate", code),
        may_edit=asked.may("edit", "gate"),
        may_ask=asked.may("edit", "decision"),
    )


def failing(asked: Asked, verdict: Verdict) -> Verdict | None:
    """The first part that keeps a gate shut: not met before unknown; None where it is open, or where none is shown."""
    parts = [p for p in verdicts.parts(verdict) if p.state != "met" and not verdicts.asks(asked, p)]
    return min(parts, key=lambda p: RANK[p.state], default=None)


def _known(asked: Asked) -> list[GateStatus]:
    """Gates by their own name: a gate that is not shown at all is not counted either."""
    return [g for g in look(asked.view).status.gates if asked.view.knows("gate", g.code)]


def _row(asked: Asked, gate: GateStatus, chances: bool) -> Row:
    w = asked.w
    part = failing(asked, gate.verdict)
    hidden = verdicts.asks(asked, gate.verdict)
    if part is not None:
        kind, code = _split(part.about)
        first = Cell(verdicts.named(asked, kind, code), href=_href(asked, kind, code))
        why, owed = verdicts.grounds(asked, part), part.owed_by
    else:
        first = cells.text("")
        why, owed = (verdicts.grounds(asked, gate.verdict) if gate.verdict.state != "met" else ""), ""
    unknown = sum(asked.view.knows("criterion", code) for code in gate.unknown)
    row = [
        verdicts.state_cell(asked, gate.verdict),
        Cell(
            f"{gate.code} {gate.name(w.lang)}",
            value=gate.code,
            href=cells.address(asked, "gate", gate.code),
            small=w("exit gate") if gate.exit else "",
        ),
        first,
        Cell(why or "–", value=why, small=" ".join(dict.fromkeys(hidden)) if part is not None else ""),
        cells.text(owed),
        cells.number(asked, len(gate.unmet) or None, mark="unmet"),
        cells.number(asked, unknown or None, mark="unknown"),
        cells.text(", ".join(cells.reference(asked, *_split(guard)).text for guard in gate.guards)),
    ]
    if chances:
        row.append(cells.month(asked, gate.opens))
    return tuple(row)


def _chances(asked: Asked, line: GateStatus) -> Table:
    w = asked.w
    return Table(
        "opening",
        w("Chance that the gate is open, month by month"),
        (
            Column("month", w("Month")),
            Column("chance", w("Chance"), number=True),
            Column("band", w("Band"), number=True),
        ),
        tuple(
            (
                cells.month(asked, o.month),
                Cell(w.chance(o.probability), value=round(o.probability, 2)),
                Cell(w.chances(o.low, o.high), value=round(o.low, 2)),
            )
            for o in line.opening
        ),
        empty=w("No chance can be told: something it asks for is unknown."),
    )


def _href(asked: Asked, kind: str, code: str) -> str:
    return cells.address(asked, kind, code) if asked.view.knows(kind, code) else ""


def _split(reference: str) -> tuple[str, str]:
    kind, _, code = reference.partition(":")
    return kind, code
