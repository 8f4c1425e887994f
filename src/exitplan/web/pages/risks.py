"""Risks: the matrix as a heat map, the register by lens, and one risk with what holds it back, treats it and shows it coming."""

from __future__ import annotations

from django.http import HttpResponse

from exitplan.domain.facts import facts_on
from exitplan.domain.kinds import Contingency, Control, Risk
from exitplan.domain.results.risk import FiredTrigger, RiskLine, TreatmentLine
from exitplan.domain.states import RISK_LEVELS
from exitplan.web import cells
from exitplan.web.access import Asked
from exitplan.web.offering import offered
from exitplan.web.sections import pictured
from exitplan.web.tables import Cell, Column, Lines, Row, Table, table_page
from exitplan.wording import Wording

LENSES = ("civilians", "personnel", "objective")


def risks(asked: Asked) -> HttpResponse:
    """The register, one lens never mixed with another: the highest first."""
    from exitplan.usecases import pictures
    from exitplan.usecases.looking import look

    w = asked.w
    seen = look(asked.view)
    register = seen.study.risks
    lens = asked.request.GET.get("lens", "")
    lens = lens if lens in LENSES else ""
    lines = [line for line in register.risks if lens in ("", line.lens)]
    tables = [
        _register(asked, lines),
        _triggers(asked, register.triggers),
        _overdue(asked, register.overdue),
        _owners(asked),
    ]
    picture = None
    if register.risks:
        picture, under = pictured(asked, pictures.heat_map(seen, w))
        tables.append(under)
    counts = {name: sum(line.lens == name for line in register.risks) for name in LENSES}
    return table_page(
        asked,
        "risks.html",
        *tables,
        p=picture,
        lens=lens,
        lenses=[(name, w.capital(w.code("lens", name)), counts[name], name == lens) for name in LENSES],
        all_count=len(register.risks),
        without_owner=register.without_owner,
        without_treatment=register.without_treatment,
        may_edit=asked.may("edit", "risk"),
    )


def risk(asked: Asked) -> HttpResponse:
    """One risk: cause, event and impact, its scores over time, controls, treatments, contingencies and its trigger."""
    from exitplan.usecases.looking import look

    w = asked.w
    dossier = asked.view.dossier
    shown = dossier.find(Risk, asked.path["code"])
    seen = look(asked.view)
    line = next((r for r in seen.study.risks.risks if r.code == shown.code), None)
    facts = facts_on(dossier, seen.study.on)
    matrix = dossier.mission.risk_matrix
    scores = Table(
        "scores",
        w("Scores before controls"),
        (
            Column("on", w("Day")),
            Column("likelihood", w("Likelihood")),
            Column("impact", w("Impact")),
            Column("level", w("Level")),
            Column("why", w("Why"), wide=True),
        ),
        tuple(
            (
                cells.day(asked, s.on),
                Cell(_step(w, "likelihood", s.likelihood, matrix.likelihood), value=s.likelihood),
                Cell(_step(w, "impact", s.impact, matrix.impact), value=s.impact),
                cells.state(asked, "risk_level", matrix.level(s.likelihood, s.impact)),
                cells.text(s.why),
            )
            for s in reversed(shown.scores)
        ),
    )
    controls = Table(
        "controls",
        w("Controls in place"),
        (
            Column("control", w("Control"), wide=True),
            Column("effect", w("Effectiveness")),
            Column("tested", w("Tested")),
            Column("owner", w("Owner")),
        ),
        tuple(
            (
                cells.named(asked, c),
                Cell(w.code("effectiveness", c.effectiveness), value=c.effectiveness),
                cells.day(asked, c.tested),
                cells.text(c.owner),
            )
            for c in dossier.of(Control)
            if c.risk == shown.code
        ),
        empty=w("Nothing on record makes this risk less likely today."),
    )
    contingencies = [c for c in dossier.of(Contingency) if c.risk == shown.code]
    return table_page(
        asked,
        "risk.html",
        scores,
        controls,
        _treatments(asked, "treatments", w("Treatments"), line.treatments if line else ()),
        risk=shown,
        line=line,
        concerns=[cells.reference(asked, *c.partition(":")[::2]) for c in (line.concerns if line else ())],
        trigger=facts.condition(shown.trigger) if shown.trigger else None,
        told=w.grounds(facts.condition(shown.trigger), trigger=True) if shown.trigger else "",
        contingencies=[
            (
                c,
                (verdict := facts.condition(c.trigger)),
                w.grounds(verdict, trigger=True),
                w.count("First step within {n} day", "First step within {n} days", c.within_days),
            )
            for c in contingencies
        ],
        all_fields=cells.entry_address(asked.mission, "risk", shown.code),
        **offered(asked, "risk", shown.code),
    )


def level_cell(asked: Asked, level: str | None) -> Cell:
    """A risk level that sorts by its height."""
    if level not in RISK_LEVELS:
        return Cell("–", value="")
    return Cell(asked.w.code("risk_level", level), value=RISK_LEVELS.index(level), mark=level)


def _step(w: Wording, scale: str, score: int, names: tuple[str, ...]) -> str:
    """A score with the name of its step."""
    return f"{score} {w.scale_name(scale, names[score - 1])}"


def _register(asked: Asked, lines: list[RiskLine]) -> Table:
    w = asked.w
    return Table(
        "register",
        w("Register"),
        (
            Column("risk", w("Risk"), wide=True),
            Column("residual", w("After controls")),
            Column("inherent", w("Before controls")),
            Column("previous", w("A quarter earlier")),
            Column("owner", w("Owner")),
            Column("treatments", w("Treatments done")),
            Column("overdue", w("Review overdue, days"), number=True),
            Column("trigger", w("Trigger")),
        ),
        Lines(lines, lambda line: _line(asked, line)),
        empty=w(
            "No risk is shown to you yet. A risk is written as cause, event and impact, with an owner and a score."
        ),
    )


def _line(asked: Asked, line: RiskLine) -> Row:
    w = asked.w
    late = sum(t.overdue_days > 0 for t in line.treatments)
    done = sum(t.done is not None for t in line.treatments)
    treated = w("{done} of {all}", done=done, all=len(line.treatments)) if line.treatments else w("none")
    mark = "late" if late or (not line.treatments and line.residual in ("high", "very_high")) else ""
    return (
        Cell(
            f"{line.code} {line.name(w.lang)}",
            value=line.code,
            href=cells.address(asked, "risk", line.code),
            small=w.code("lens", line.lens),
        ),
        level_cell(asked, line.residual),
        level_cell(asked, line.inherent),
        level_cell(asked, line.previous),
        cells.text(line.owner),
        Cell(treated, value=done, mark=mark, small=w("{n} overdue", n=late) if late else ""),
        cells.number(asked, line.review_overdue_days or None, mark="late"),
        cells.state(asked, "trigger_state", line.trigger, mark=trigger_mark(line.trigger)),
    )


def trigger_mark(state: str | None) -> str:
    """The mark of a trigger: one that is met is bad news."""
    return {"met": "unmet", "unknown": "unknown"}.get(state or "", "")


def _triggers(asked: Asked, fired: tuple[FiredTrigger, ...]) -> Table:
    w = asked.w
    return Table(
        "triggers",
        w("Triggers that have fired, or cannot be judged"),
        (
            Column("trigger", w("Trigger"), wide=True),
            Column("kind", w("Of")),
            Column("state", w("State")),
            Column("steps", w("Agreed first steps"), wide=True),
            Column("within", w("Within, days"), number=True),
            Column("rehearsed", w("Rehearsed")),
        ),
        tuple(
            (
                Cell(
                    f"{t.code} {(t.title_fr if w.lang == 'fr' else None) or t.title}",
                    value=t.code,
                    href=cells.address(asked, t.kind, t.code),
                ),
                Cell(w.code("kind", t.kind)),
                cells.state(asked, "trigger_state", t.state, mark=trigger_mark(t.state)),
                cells.text("; ".join(t.response)),
                cells.number(asked, t.within_days),
                cells.day(asked, t.rehearsed) if t.rehearsed or t.kind != "contingency" else Cell(w("never")),
            )
            for t in fired
        ),
        empty=w("No trigger has fired."),
    )


def _overdue(asked: Asked, overdue: tuple[TreatmentLine, ...]) -> Table:
    return _treatments(asked, "overdue", asked.w("Treatments overdue"), overdue, asked.w("No treatment is overdue."))


def _treatments(asked: Asked, name: str, caption: str, lines: tuple[TreatmentLine, ...], empty: str = "") -> Table:
    w = asked.w
    return Table(
        name,
        caption,
        (
            Column("treatment", w("Treatment"), wide=True),
            Column("response", w("Response")),
            Column("owner", w("Owner")),
            Column("due", w("Due")),
            Column("done", w("Done")),
            Column("late", w("Days late"), number=True),
        ),
        tuple(
            (
                Cell(f"{t.code} {t.name(w.lang)}", value=t.code, href=cells.address(asked, "treatment", t.code)),
                Cell(w.code("response", t.response)),
                cells.text(t.owner),
                cells.day(asked, t.due, late=t.overdue_days > 0),
                cells.day(asked, t.done),
                cells.number(asked, t.overdue_days or None),
            )
            for t in lines
        ),
        empty=empty or w("No treatment is on record."),
        sort="-late" if name == "overdue" else "",
    )


def _owners(asked: Asked) -> Table:
    from exitplan.usecases.looking import look

    w = asked.w
    return Table(
        "owners",
        w("What each office carries"),
        (
            Column("owner", w("Office"), wide=True),
            Column("risks", w("Open risks"), number=True),
            Column("high", w("High or very high"), number=True),
            Column("overdue", w("Treatments overdue"), number=True),
        ),
        tuple(
            (
                Cell(load.owner),
                cells.number(asked, load.risks),
                cells.number(asked, load.high),
                cells.number(asked, load.overdue, mark="late" if load.overdue else ""),
            )
            for load in look(asked.view).study.risks.owners
        ),
        empty=w("No risk has an owner yet."),
    )
