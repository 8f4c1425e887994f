"""Frameworks: gaps first, each framework and each norm with its grounds, due diligence for supported forces, and the document."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpResponse

from exitplan.domain.errors import NotFound
from exitplan.domain.kinds import KINDS, Decision
from exitplan.domain.results.frameworks import FrameworkLine, Ground
from exitplan.usecases import frameworks as norms
from exitplan.web import cells
from exitplan.web.access import Asked
from exitplan.web.sections import pieces
from exitplan.web.tables import Cell, Column, Table, table_page

if TYPE_CHECKING:
    from exitplan.usecases.looking import Look

NORM_MARKS = {
    "met": "met",
    "partly_met": "late",
    "not_met": "unmet",
    "not_checked": "unknown",
    "not_shown": "unknown",
    "not_applicable": "",
}
DOCUMENTS = {
    "gap-analysis.pdf": "application/pdf",
    "gap-analysis.html": "text/html; charset=utf-8",
}
"""Names under which the gap analysis leaves, and what they are."""


def frameworks(asked: Asked) -> HttpResponse:
    """Where the mission stands against every framework: gaps first, then each framework counted, never averaged."""
    looked = _look(asked)
    result = norms.seen(asked.view, looked.study.on)
    tables, told = [], []
    gaps, coverage = norms.page_sections(looked, asked.w)[:2]
    counted = coverage.model_copy(
        update={"blocks": coverage.blocks[:-1]}
    )  # what is met stands on each framework's page
    for section in (gaps, counted):
        blocks, under = pieces(asked, section)
        told.append((section.title, blocks))
        tables += under
    loud = sum(f.state in ("suspended_running", "no_case") for f in result.forces)
    return table_page(
        asked,
        "frameworks.html",
        *tables,
        parts=told,
        loud=loud,
        forces=len(result.forces),
        advice=len(norms.advice_seen(asked.view, looked.study.on).advice),
        unknown=result.unknown,
        judged=any(n.judged for f in result.frameworks for n in f.norms),
        may_edit=asked.may("edit", "norm"),
        may_export=asked.may("export"),
    )


def framework(asked: Asked) -> HttpResponse:
    """One framework with all its norms, what is not met first."""
    looked, code = _look(asked), str(asked.path["code"])
    line = _framework(asked, looked, code)
    w = asked.w
    table = Table(
        "norms",
        w("Norms, what is not met first"),
        (
            Column("norm", w("Norm"), wide=True),
            Column("number", w("Number")),
            Column("asks", w("What it asks"), wide=True),
            Column("state", w("Where the mission stands")),
            Column("check", w("Machine check")),
            Column("judged", w("Judgement")),
            Column("verified", w("Text read")),
        ),
        tuple(
            (
                Cell(f"{n.code} {n.name(w.lang)}", value=n.code, href=_norm_address(asked, n.code)),
                cells.text(n.number),
                Cell(n.asked(w.lang)),
                cells.state(asked, "norm_status", n.state, mark=NORM_MARKS[n.state]),
                cells.state(asked, "norm_status", n.check.state, mark=NORM_MARKS[n.check.state])
                if n.check
                else cells.text(""),
                cells.state(asked, "norm_status", n.judged[0].state, mark=NORM_MARKS[n.judged[0].state])
                if n.judged
                else cells.text(""),
                Cell(w.yes(n.verified)),
            )
            for n in line.norms
        ),
        empty=w("No norm of a framework is on record yet."),
    )
    return table_page(
        asked,
        "framework.html",
        table,
        line=line,
        counts=[(w.capital(w.code("norm_status", s)), NORM_MARKS[s], n) for s, n in line.counts.items() if n],
        all_fields=cells.entry_address(asked.mission, "framework", code) if line.own else "",
    )


def norm(asked: Asked) -> HttpResponse:
    """One norm: what it asks, what the machine found, what people judged, on what evidence, and the decisions that rest on it."""
    looked, code = _look(asked), str(asked.path["code"])
    found = norms.seen(asked.view, looked.study.on).find(code)
    if found is None:
        raise NotFound("norm", code)
    line, shown = found
    w, dossier = asked.w, asked.view.dossier
    judged = Table(
        "judged",
        w("What people judged"),
        (
            Column("check", w("Framework check"), wide=True),
            Column("state", w("Judgement")),
            Column("evidence", w("Evidence"), wide=True),
            Column("owner", w("Office")),
            Column("checked", w("Day")),
            Column("note", w("Remarks"), wide=True),
        ),
        tuple(
            (
                Cell(
                    f"{j.code} {j.name(w.lang)}",
                    value=j.code,
                    href=cells.entry_address(asked.mission, "framework_check", j.code),
                ),
                cells.state(asked, "norm_status", j.state, mark=NORM_MARKS[j.state]),
                cells.text(", ".join(_named(asked, e) for e in j.evidence)),
                cells.text(j.owner),
                cells.day(asked, j.checked),
                cells.text(j.note),
            )
            for j in shown.judged
        ),
        empty=w("Nobody has judged this norm yet."),
    )
    query = {
        "norm_ref": shown.code,
        "title": shown.title,
        "title_fr": shown.title_fr or "",
        "framework": line.symbol or line.title,
        "norm": shown.number or shown.code,
    }
    return table_page(
        asked,
        "norm.html",
        _grounds(asked, "lacking", w("Entries that lack something"), shown.check.lacking if shown.check else ()),
        _grounds(asked, "shows", w("Entries that show it"), shown.check.shows if shown.check else ()),
        judged,
        line=line,
        norm=shown,
        asks=shown.asked(w.lang),
        state=cells.state(asked, "norm_status", shown.state, mark=NORM_MARKS[shown.state]),
        check=cells.state(asked, "norm_status", shown.check.state, mark=NORM_MARKS[shown.check.state])
        if shown.check
        else None,
        missing=[norms.lack_words(lack, w) for lack in shown.check.missing] if shown.check else [],
        shown_by=[(w.code("kinds", kind), f"/m/{asked.mission}/entries/{kind}/") for kind in shown.shown_by],
        decisions=[cells.named(asked, d) for d in dossier.of(Decision) if d.code in shown.decisions],
        framework_href=_framework_address(asked, line.code),
        new_check=f"/m/{asked.mission}/entries/framework_check/new/?{urlencode(query)}",
        may_edit=asked.may("edit", "framework_check"),
        all_fields=cells.entry_address(asked.mission, "norm", code) if asked.view.knows("norm", code) else "",
    )


def diligence(asked: Asked) -> HttpResponse:
    """Security forces that get support, their due-diligence cases, and support that runs although it was stopped."""
    section = norms.page_sections(_look(asked), asked.w)[2]
    made, tables = pieces(asked, section)
    return table_page(
        asked, "diligence.html", *tables, pieces=made, title=section.title, may_edit=asked.may("edit", "due_diligence")
    )


def document(asked: Asked) -> HttpResponse:
    """The gap analysis as a file, to be saved, of what this reader may see."""
    name = str(asked.path["name"])
    if name not in DOCUMENTS:
        raise NotFound("document", name)
    content = norms.document_seen(_look(asked), f".{name.rpartition('.')[2]}", asked.w)
    return HttpResponse(
        content,
        content_type=DOCUMENTS[name],
        headers={"Content-Disposition": f'attachment; filename="{asked.mission.lower()}-{name}"'},
    )


def answered_by(asked: Asked, kind: str, code: str) -> list[Cell]:
    """Norms that an entry answers, what it fails first, for the entry's own page."""
    w = asked.w
    return [
        Cell(
            f"{n.code} {n.name(w.lang)}",
            href=_norm_address(asked, n.code),
            small=f"{w.code('norm_link', how)}{w.semicolon}{w.code('norm_status', n.state)}",
        )
        for n, how in norms.answers(asked.view, _look(asked).study.on, kind, code)
    ]


def advice_table(asked: Asked, benchmark: str | None = None) -> Table:
    """Advice on how benchmarks are made: all of it, or that of one benchmark with its criteria and their indicators."""
    w = asked.w
    given = norms.advice_seen(asked.view, _look(asked).study.on).advice
    shown = [a for a in given if benchmark is None or a.benchmark == benchmark]
    return Table(
        "advice",
        w("Advice on how they are made") if benchmark is None else w("Advice on how it is made"),
        (
            Column("entry", w("Entry"), wide=True),
            Column("advice", w("Advice")),
            Column("help", w("What would help"), wide=True),
        ),
        tuple(
            (
                Cell(f"{a.code} {a.name(w.lang)}", value=a.code, href=cells.address(asked, a.kind, a.code)),
                Cell(w.capital(w.code("advice", a.advice))),
                Cell(norms.advice_words(a, w)),
            )
            for a in shown
        ),
        empty=w("No advice."),
    )


def _look(asked: Asked) -> Look:
    from exitplan.usecases.looking import look

    return look(asked.view)


def _framework(asked: Asked, looked: Look, code: str) -> FrameworkLine:
    for line in norms.seen(asked.view, looked.study.on).frameworks:
        if line.code == code:
            return line
    raise NotFound("framework", code)


def _grounds(asked: Asked, name: str, caption: str, grounds: tuple[Ground, ...]) -> Table:
    w = asked.w
    columns = [Column("entry", w("Entry"), wide=True), Column("kind", w("Kind"))]
    lacking = any(g.lacks for g in grounds)
    if lacking:
        columns.append(Column("lacks", w("What is lacking"), wide=True))
    return Table(
        name,
        caption,
        tuple(columns),
        tuple(
            (
                Cell(f"{g.code} {g.name(w.lang)}", value=g.code, href=cells.address(asked, g.kind, g.code)),
                Cell(w.code("kind", g.kind)),
                *((cells.text(", ".join(norms.lack_words(x, w) for x in g.lacks)),) if lacking else ()),
            )
            for g in grounds
        ),
        empty=w("There is none."),
    )


def _named(asked: Asked, reference: str) -> str:
    """An entry that is evidence, in words; only its kind and code where the reader does not see it."""
    kind, _, code = reference.partition(":")
    found = asked.view.dossier.named(kind, code) if kind in KINDS else None
    return f"{asked.w.about(reference)} ({found.name(asked.w.lang)})" if found else asked.w.about(reference)


def _norm_address(asked: Asked, code: str) -> str:
    return f"/m/{asked.mission}/norms/{code}/"


def _framework_address(asked: Asked, code: str) -> str:
    return f"/m/{asked.mission}/frameworks/{code}/"
