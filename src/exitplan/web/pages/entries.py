"""Pages for every kind of entry: all kinds, one kind, one entry, and the forms to write it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from exitplan.domain.entry import Entry
from exitplan.domain.errors import InvalidValue, NotFound
from exitplan.domain.findings import Finding, shown
from exitplan.domain.kinds import KINDS
from exitplan.usecases import drafting
from exitplan.usecases.kinds_shown import meaning_of
from exitplan.usecases.lessons import OFFERED_KINDS
from exitplan.usecases.writing import entry_body
from exitplan.web import cells
from exitplan.web.access import Asked
from exitplan.web.forms import body_of, form_of, label, type_of
from exitplan.web.offering import offered
from exitplan.web.showing import Piece, entry_address, facts_of, value_in_words
from exitplan.web.tables import Cell, Column, Lines, Row, Table, table_page

TELLING = (
    "state",
    "status",
    "rating",
    "type",
    "trade",
    "level",
    "area",
    "site",
    "function",
    "benchmark",
    "criterion",
    "risk",
    "partner",
    "phase",
    "unit",
    "start",
    "end",
    "due",
    "done",
    "date",
)
"""Fields worth a column of a list, most telling first."""

COLUMNS_AT_MOST = 5


def kinds(asked: Asked) -> HttpResponse:
    """Every kind of entry with how many there are; a new mission begins with eight and shows the others on request."""
    from exitplan.usecases.kinds_shown import kinds_shown

    found = kinds_shown(asked.view)
    return asked.page("entries/kinds.html", kinds=found, may_edit=asked.may("edit"))


def listing(asked: Asked) -> HttpResponse:
    """All entries of one kind that the reader may see, drafts among them."""
    kind = _kind(asked)
    return table_page(
        asked,
        "entries/list.html",
        _table(asked, kind),
        kind=kind,
        words=asked.w.capital(asked.w.code("kinds", kind)),
        meaning=meaning_of(kind),
        may_add=asked.may("edit", kind) and kind != "mission",
    )


def detail(asked: Asked) -> HttpResponse:
    """One entry: what it says, what is wrong with it, what it names and what names it."""
    from exitplan.usecases.links import names_it
    from exitplan.web.pages.frameworks import answered_by

    kind, code = _kind(asked), str(asked.path["code"])
    content = entry_body(asked.view, kind, code)
    seen, w = asked.view, asked.w
    return asked.page(
        "entries/detail.html",
        kind=kind,
        code=code,
        title=_title(asked, content),
        content=content,
        kind_words=w.capital(w.code("kind", kind)),
        kinds_words=w.capital(w.code("kinds", kind)),
        facts=facts_of(w, seen, kind, content),
        findings=[f for f in seen.findings if (f.kind, f.entry) == (kind, code)],
        named_by=[
            (w.capital(w.code("kind", k)), Piece(f"{c} – {name}", entry_address(seen.mission, k, c)))
            for k, c, name in names_it(seen, kind, code, w.lang)
        ],
        norms=answered_by(asked, kind, code),
        may_edit=asked.may("edit", kind),
        may_delete=asked.may("delete", kind) and kind != "mission",
        history=_history(asked, kind, code),
        version=seen.versions[kind, code],
        **cells.evidence(asked, kind, code),
        **(offered(asked, kind, code) if kind in OFFERED_KINDS and asked.view.dossier.named(kind, code) else {}),
    )


def new(asked: Asked) -> HttpResponse:
    """An entry that does not exist yet; whatever is typed can be saved."""
    kind = _kind(asked)
    if asked.request.method == "POST":
        return _written(asked, kind, None)
    return _form_page(asked, kind, None, _given(asked, kind), version=0)


def _given(asked: Asked, kind: str) -> dict[str, Any]:
    """What an address fills in beforehand; lists take every value that it names."""
    query, found = asked.request.GET, {}
    for name, info in KINDS[kind].model_fields.items():
        if name in query:
            several = type_of(info.annotation, tuple(info.metadata)).shape in ("lines", "codes")
            found[name] = query.getlist(name) if several else query[name]
    return found


def edit(asked: Asked) -> HttpResponse:
    """Change an entry; somebody else's change in the meantime is shown beside one's own, and neither is lost."""
    kind, code = _kind(asked), str(asked.path["code"])
    content = entry_body(asked.view, kind, code)
    if asked.request.method == "POST":
        return _written(asked, kind, code)
    return _form_page(asked, kind, code, content, version=asked.view.versions[kind, code], checked=True)


def check(asked: Asked) -> HttpResponse:
    """What is wrong with what is typed so far, without saving it."""
    kind, code = _kind(asked), asked.request.POST.get("_code", "")
    typed, hidden = _typed(asked, kind, code)
    findings = drafting.findings_of(asked.view, kind, typed, hidden)
    return asked.page("entries/findings.html", findings=findings)


def delete(asked: Asked) -> HttpResponse:
    """Take an entry out; its history stays."""
    from exitplan.usecases.links import names_it
    from exitplan.usecases.writing import delete_entry

    kind, code = _kind(asked), str(asked.path["code"])
    content = entry_body(asked.view, kind, code)
    sent = asked.request.POST
    why = sent.get("_why", "").strip()
    if why:
        version = _whole(sent.get("_version"))
        delete_entry(asked.view.reader, asked.mission, kind, code, version=version, why=why, at=datetime.now(UTC))
        return redirect(f"/m/{asked.mission}/entries/{kind}/")
    unsaid = asked.request.method == "POST"
    return asked.page(
        "entries/delete.html",
        status=422 if unsaid else 200,
        unsaid=unsaid,
        kind=kind,
        code=code,
        title=_title(asked, content),
        kind_words=asked.w.code("kind", kind),
        named_by=names_it(asked.view, kind, code, asked.w.lang),
        version=asked.view.versions[kind, code],
    )


def _typed(asked: Asked, kind: str, code: str | None) -> tuple[dict[str, Any], frozenset[str]]:
    """What a form sent, with the fields that the writer is not shown as they were; and the names of those."""
    typed = body_of(kind, asked.request.POST, asked.w.lang)
    if not code or not asked.view.knows(kind, code):
        return typed, frozenset()
    shown = entry_body(asked.view, kind, code)
    hidden = drafting.partly_hidden(asked.view, kind, code, shown)
    return drafting.put_back({**typed, "code": code}, hidden, shown), hidden


def _written(asked: Asked, kind: str, code: str | None) -> HttpResponse:
    """Save what was typed, or show the form again: for another row, for a missing code, or beside somebody else's change."""
    sent, w = asked.request.POST, asked.w
    typed, _ = _typed(asked, kind, code)
    version, why = _whole(sent.get("_version")), sent.get("_why", "").strip()
    if "_more" in sent:
        return _form_page(asked, kind, code, typed, version=version, why=why, more=sent["_more"], checked=True)
    try:
        saved = drafting.save(
            asked.view.reader, asked.mission, kind, typed, version=version, why=why, at=datetime.now(UTC)
        )
    except InvalidValue as error:
        fault = Finding(
            code="invalid-value", kind=kind, field=error.field, value=shown(error.value or ""), wanted=error.wanted
        )
        return _form_page(asked, kind, code, typed, version=version, why=why, findings=(fault,), status=422)
    if isinstance(saved, drafting.Collision):
        return _form_page(
            asked,
            kind,
            code,
            typed,
            version=saved.version,
            why=why,
            status=409,
            collision=True,
            gone=saved.theirs is None,
            differences=_differences(asked, kind, saved.theirs or {}, typed),
        )
    if saved.findings:
        asked.tell(
            w.count(
                "Saved, with {n} finding beside it: it waits until that is mended.",
                "Saved, with {n} findings beside it: they wait to be mended.",
                len(saved.findings),
            )
        )
    else:
        asked.tell(w("Saved."))
    return redirect(entry_address(asked.mission, kind, saved.code))


def _differences(asked: Asked, kind: str, theirs: dict[str, Any], yours: dict[str, Any]) -> list[tuple[str, str, str]]:
    rows = []
    for name, info in KINDS[kind].model_fields.items():
        key = info.alias or name
        if theirs.get(key) != yours.get(key):
            field = type_of(info.annotation, tuple(info.metadata))
            both = [_in_words(asked, field, body.get(key)) for body in (theirs, yours)]
            rows.append((label(asked.w, name), *both))
    return rows  # type: ignore[return-value]


def _in_words(asked: Asked, field: Any, value: Any) -> str:
    if isinstance(value, dict | list):
        return drafting.written_value(value)
    return value_in_words(asked.w, field, value)


def _form_page(
    asked: Asked,
    kind: str,
    code: str | None,
    content: dict[str, Any],
    *,
    version: int,
    why: str = "",
    more: str = "",
    findings: tuple[Finding, ...] = (),
    checked: bool = False,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    seen, w = asked.view, asked.w
    hidden: frozenset[str] = frozenset()
    if code and seen.knows(kind, code):
        hidden = drafting.partly_hidden(seen, kind, code, entry_body(seen, kind, code))
    if checked:
        findings = drafting.findings_of(seen, kind, content, hidden)
        findings = findings or tuple(f for f in seen.findings if code and (f.kind, f.entry) == (kind, code))
    return asked.page(
        "entries/form.html",
        status=status,
        form=form_of(
            w,
            seen,
            kind,
            content,
            findings=findings,
            version=version,
            why=why,
            locked=hidden,
            more_rows=more,
            fixed_code=code is not None,
        ),
        kind=kind,
        code=code,
        kind_words=w.code("kind", kind),
        kinds_words=w.capital(w.code("kinds", kind)),
        meaning=w(meaning_of(kind)),
        title=_title(asked, content),
        **context,
    )


def _table(asked: Asked, kind: str) -> Table:
    """The list of a kind: code, title, and the fields that tell most."""
    seen, w, model = asked.view, asked.w, KINDS[kind]
    rows = list(drafting.bodies(seen, kind).items())
    fields = [name for name in TELLING if name in model.model_fields][:COLUMNS_AT_MOST]
    used = [name for name in fields if any(content.get(name) not in (None, "") for _, content in rows)]
    faults: dict[str, list[Finding]] = {}
    for f in seen.findings:
        if f.kind == kind:
            faults.setdefault(f.entry, []).append(f)

    def row_of(named: tuple[str, dict[str, Any]]) -> Row:
        code, content = named
        href = entry_address(asked.mission, kind, code)
        cells = [Cell(code, href=href), Cell(_title(asked, content), small=_classified(asked, content))]
        cells += [_cell(asked, model, name, content.get(name)) for name in used]
        return (*cells, Cell(str(content.get("owner") or "")), _faults_cell(asked, faults.get(code, [])))

    return Table(
        name=kind,
        caption=w.capital(w.code("kinds", kind)),
        columns=(
            Column("code", w.capital(w.code("field", "code"))),
            Column("title", w.capital(w.code("field", "title")), wide=True),
            *(Column(name, label(w, name)) for name in used),
            Column("owner", label(w, "owner")),
            Column("findings", w("Findings")),
        ),
        rows=Lines(rows, row_of),
        empty=w("There is none yet."),
    )


def _cell(asked: Asked, model: type[Entry], name: str, value: Any) -> Cell:
    info = model.model_fields[name]
    field = type_of(info.annotation, tuple(info.metadata))
    if value in (None, ""):
        value = info.default if isinstance(info.default, str) else ""
    if value == "":
        return Cell("", value="")
    if isinstance(value, dict | list):
        return Cell("…")
    text = value_in_words(asked.w, field, value)
    if field.kind and asked.view.knows(field.kind, str(value)):
        return Cell(str(value), href=entry_address(asked.mission, field.kind, str(value)))
    return Cell(text, value=value if field.shape in ("date", "month", "number", "whole") else None)


def _faults_cell(asked: Asked, faults: list[Finding]) -> Cell:
    if not faults:
        return Cell("", value=0)
    worst = "error" if any(f.severity == "error" for f in faults) else "warning"
    return Cell(asked.w.code("severity", worst), value=len(faults), mark=worst, small=str(len(faults)))


def _classified(asked: Asked, content: dict[str, Any]) -> str:
    classification = content.get("classification", "open")
    return "" if classification == "open" else asked.w.code("classification", classification)


def _history(asked: Asked, kind: str, code: str) -> Any:
    """The last changes, for those who may read the record."""
    if not asked.may("read_audit"):
        return None
    from exitplan.usecases.writing import history_for

    return history_for(asked.view.reader, asked.mission, kind, code, most=5)


def _title(asked: Asked, content: dict[str, Any]) -> str:
    french = content.get("title_fr") if asked.w.lang == "fr" else None
    return str(french or content.get("title") or content.get("code") or "")


def _kind(asked: Asked) -> str:
    kind = str(asked.path["kind"])
    if kind not in KINDS:
        raise NotFound("kind", kind[:60])
    return kind


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else 0
