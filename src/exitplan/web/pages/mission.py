"""Pages of a mission as a whole: search, people and roles, history, and which kinds of entry are shown."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpResponse
from django.shortcuts import redirect

from exitplan.domain.errors import InvalidValue, NotFound
from exitplan.domain.kinds import KINDS, Partner
from exitplan.domain.roles import ALLOWED, ROLES
from exitplan.usecases import people
from exitplan.web.access import Asked
from exitplan.web.middleware import sentence
from exitplan.web.showing import entry_address
from exitplan.web.tables import Cell, Column, Table, table_page

HISTORY_AT_MOST = 500
"""Changes that the history page reads at a time."""


def search(asked: Asked) -> HttpResponse:
    """Everything the reader may see that holds some words."""
    from exitplan.usecases.search import search as searched

    w, wanted = asked.w, asked.request.GET.get("q", "")[:200]
    found = searched(asked.view, wanted, w.lang)
    table = Table(
        name="found",
        caption=w.count("{n} entry found", "{n} entries found", len(found)),
        columns=(
            Column("kind", w("Kind")),
            Column("code", w.capital(w.code("field", "code"))),
            Column("title", w.capital(w.code("field", "title")), wide=True),
        ),
        rows=tuple(
            (
                Cell(w.capital(w.code("kind", f.kind))),
                Cell(f.code, href=entry_address(asked.mission, f.kind, f.code)),
                Cell(f.title, small=f.around),
            )
            for f in found
        ),
        empty=w("Nothing that you may see holds “{words}”.", words=wanted) if wanted else w("Type what you look for."),
    )
    return table_page(asked, "search.html", table, search_words=wanted)


def members(asked: Asked) -> HttpResponse:
    """Who has which part in the mission."""
    return _members_page(asked)


def give_role(asked: Asked) -> HttpResponse:
    """Give somebody a part, change it, or take it away; on record."""
    assert asked.reader is not None
    sent = asked.request.POST
    role = next((r for r in ROLES if r == sent.get("role")), None)
    if role is None and sent.get("role") != "none":
        return _members_page(asked, status=422, told=asked.w("Choose a role."))
    try:
        people.give_role(
            asked.reader,
            asked.mission,
            sent.get("username", "").strip(),
            role,
            partner=sent.get("partner", "") if role == "partner" else "",
            why=sent.get("_why", "").strip(),
            at=datetime.now(UTC),
        )
    except (InvalidValue, NotFound) as error:
        return _members_page(asked, status=422, told=sentence(asked.w, error), typed=sent)
    asked.tell(asked.w("It is on record."))
    return redirect(f"/m/{asked.mission}/people/")


def view_as(asked: Asked) -> HttpResponse:
    """See the mission through the eyes of another role, or with one's own again. Only owners have other eyes."""
    session = asked.request.session
    role = asked.request.POST.get("role", "")[:120]
    chosen = {**session.get("view_as", {}), asked.mission: role}
    session["view_as"] = {mission: kept for mission, kept in chosen.items() if kept}
    return redirect(f"/m/{asked.mission}/")


def history(asked: Asked) -> HttpResponse:
    """Who changed what, when and why, newest first, as far as it is the reader's business."""
    from exitplan.usecases.writing import history_for

    assert asked.reader is not None
    w, query = asked.w, asked.request.GET
    kind, code = query.get("kind") or None, query.get("code") or None
    until = int(query["until"]) if query.get("until", "").isdigit() and len(query["until"]) < 16 else None
    lines = history_for(asked.reader, asked.mission, kind, code, until=until, most=HISTORY_AT_MOST)
    table = Table(
        name="history",
        caption=w("Changes"),
        columns=(
            Column("number", w("No."), number=True),
            Column("at", w("When (UTC)")),
            Column("what", w("What")),
            Column("entry", w("Entry")),
            Column("why", w("Reason"), wide=True),
            Column("who", w("Who")),
        ),
        rows=tuple(
            (
                Cell(str(line.number), value=line.number, href=f"/m/{asked.mission}/history/{line.number}/"),
                Cell(f"{w.date(line.at.date(), short=True)} {line.at:%H:%M}", value=line.at.isoformat()),
                Cell(w.capital(w.code("act", line.act)), small=w("text taken out") if line.redacted else ""),
                Cell(
                    f"{w.code('kind', line.kind)} {line.code}",
                    href=entry_address(asked.mission, line.kind, line.code)
                    if asked.view.knows(line.kind, line.code)
                    else "",
                ),
                Cell(line.why or ""),
                Cell(line.who, small=w("for {office}", office=line.on_behalf_of) if line.on_behalf_of else ""),
            )
            for line in lines
        ),
        empty=w("Nothing has changed yet."),
    )
    return table_page(
        asked,
        "history.html",
        table,
        kind=kind,
        code=code,
        older=lines[-1].number - 1 if lines and code is None else 0,
    )


def change(asked: Asked) -> HttpResponse:
    """One change: what stood before and what stands after, field by field."""
    from exitplan.usecases.writing import history_for
    from exitplan.web.forms import label

    assert asked.reader is not None
    number = int(asked.path["number"])
    lines = history_for(asked.reader, asked.mission, after=number - 1, until=number, most=1)
    line = next((found for found in lines if found.number == number), None)
    if line is None:
        raise NotFound("revision", str(number))
    before, after = line.before or {}, line.after or {}
    rows = []
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            both = (_in_words(asked, line.kind, name, side.get(name)) for side in (before, after))
            rows.append((label(asked.w, name), *both))
    return asked.page("change.html", line=line, rows=rows)


def _in_words(asked: Asked, kind: str, name: str, value: object) -> str:
    """A plain value as its page shows it; lists and parts as they are written in a file."""
    from exitplan.usecases.drafting import written_value
    from exitplan.web.forms import type_of
    from exitplan.web.showing import value_in_words

    info = KINDS[kind].model_fields.get(name) if kind in KINDS else None
    if info is None or value is None or isinstance(value, dict | list):
        return written_value(value)
    return value_in_words(asked.w, type_of(info.annotation, tuple(info.metadata)), value)


def show_kind(asked: Asked) -> HttpResponse:
    """Show a kind of entry to everybody in the mission, or no longer while it is not in use."""
    from exitplan.usecases.kinds_shown import show_kind as shown

    assert asked.reader is not None
    kind = asked.request.POST.get("kind", "")
    if kind not in KINDS:
        raise NotFound("kind", kind[:60])
    shown(asked.reader, asked.mission, kind, asked.request.POST.get("show") == "1")
    return redirect(f"/m/{asked.mission}/entries/")


def _members_page(asked: Asked, status: int = 200, **context: object) -> HttpResponse:
    assert asked.reader is not None
    w, partners = asked.w, asked.view.dossier.of(Partner)
    names = {p.code: p.name(w.lang) for p in partners}
    found = people.members(asked.reader, asked.mission)
    table = Table(
        name="people",
        caption=w("People of this mission"),
        columns=(
            Column("name", w("Name")),
            Column("role", w("Role")),
            Column("office", w("Office"), wide=True),
        ),
        rows=tuple(
            (
                Cell(m.username, small=m.display_name),
                Cell(w.capital(w.code("role", m.role)), small=names.get(m.partner, m.partner)),
                Cell(m.office),
            )
            for m in found
        ),
    )
    return table_page(
        asked,
        "people.html",
        table,
        status=status,
        members=found,
        partners=sorted(names.items()),
        roles=[(role, w.capital(w.code("role", role)), len(ALLOWED[role])) for role in ROLES],
        may_manage=asked.may("manage_people"),
        **context,
    )
