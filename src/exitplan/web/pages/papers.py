"""Documents and reports: evidence uploaded, found, released and taken out; briefs made for a reader and filed among them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect

from exitplan.domain.errors import ExitplanError, InvalidValue, NotFound
from exitplan.domain.findings import Wanted
from exitplan.domain.kinds import KINDS, Partner, Plan
from exitplan.domain.roles import ROLES
from exitplan.usecases import asking, documents
from exitplan.web import cells
from exitplan.web.access import Asked
from exitplan.web.middleware import sentence
from exitplan.web.pages.plans import scenario_choices
from exitplan.web.pages.runs import RunPages
from exitplan.web.tables import Cell, Column, Table, table_page
from exitplan.wording import LANGUAGES, Wording

CLASSIFICATIONS = ("open", "restricted", "confidential")
RUNS = RunPages("brief", "reports")
PAPERS = {
    "brief.html": "text/html; charset=utf-8",
    "brief.pdf": "application/pdf",
    "brief.json": "application/json",
}


def listing(asked: Asked) -> HttpResponse:
    """Documents the reader may see, and the form to add one, for an entry where one is named."""
    return _documents(asked, {"about": asked.request.GET.get("about", "")[:100]})


def upload(asked: Asked) -> HttpResponse:
    """Keep a file as evidence, for an entry where one is named."""
    assert asked.reader is not None
    posted, file = asked.request.POST, asked.request.FILES.get("file")
    typed = {name: posted.get(name, "") for name in ("title", "about", "why", "classification")}
    kind, _, code = typed["about"].strip().partition(":")
    try:
        if file is None:
            raise InvalidValue("file", "", Wanted("a file"))
        if typed["about"].strip() and (kind not in KINDS or not code):
            raise InvalidValue("about", typed["about"], Wanted("an entry as kind:code, such as handover:H1"))
        documents.keep(
            asked.reader,
            asked.mission,
            file.chunks(),
            title=typed["title"],
            name=file.name or "",
            classification=typed["classification"] or "restricted",
            kind=kind,
            code=code,
            why=typed["why"],
            at=datetime.now(UTC),
        )
    except (InvalidValue, NotFound) as refused:
        return _documents(asked, typed, refused)
    asked.request.session["told"] = [asked.w("The document is kept.")]
    return redirect(f"/m/{asked.mission}/documents/")


def document(asked: Asked) -> HttpResponse:
    """One document: what it is evidence for, who may see it, and for approvers its release and its end."""
    return _document(asked, {})


def download(asked: Asked) -> HttpResponse:
    """The file, always to be saved, never shown inside a page."""
    assert asked.reader is not None
    found = documents.opened(asked.reader, asked.mission, asked.path["document"])
    return FileResponse(
        found.path.open("rb"), as_attachment=True, filename=found.kept.name, content_type=found.kept.type
    )


def release(asked: Asked) -> HttpResponse:
    """Open a document to more readers, with a do-no-harm note."""
    assert asked.reader is not None
    posted, number = asked.request.POST, asked.path["document"]
    try:
        documents.release(
            asked.reader,
            asked.mission,
            number,
            classification=posted.get("classification", ""),
            released_to=posted.getlist("released_to"),
            harm_note=posted.get("harm_note", ""),
            at=datetime.now(UTC),
        )
    except InvalidValue as refused:
        return _document(asked, {"harm_note": posted.get("harm_note", "")}, refused)
    asked.request.session["told"] = [asked.w("The release is on record.")]
    return redirect(_at(asked, "documents", number))


def redact(asked: Asked) -> HttpResponse:
    """Take a document out for good; what was there can no longer be read by anybody."""
    assert asked.reader is not None
    why = asked.request.POST.get("why", "")
    if not why.strip():
        return _document(asked, {}, InvalidValue("why", "", Wanted("the reason, which stays on record")))
    documents.redact(asked.reader, asked.mission, asked.path["document"], why=why, at=datetime.now(UTC))
    asked.request.session["told"] = [asked.w("The document is gone; that it was there stays on record.")]
    return redirect(f"/m/{asked.mission}/documents/")


def reports(asked: Asked) -> HttpResponse:
    """Briefs made for readers of this role, and the form to make one."""
    return reports_page(asked)


def make(asked: Asked) -> HttpResponse:
    """Ask for a brief; a worker writes it."""
    posted = asked.request.POST
    lang, since = posted.get("lang", asked.w.lang), posted.get("since", "")
    try:
        run = asking.ask_brief(
            asked.view,
            lang=lang if lang in LANGUAGES else asked.w.lang,
            plan=posted.get("plan") or None,
            scenario=posted.get("scenario") or None,
            since=_day(since) if since else None,
            one_page=bool(posted.get("one_page")),
        )
    except InvalidValue as refused:
        return reports_page(asked, refused)
    return redirect(RUNS.at(asked, run))


def report(asked: Asked) -> HttpResponse:
    """One brief: how far it is, then its files, and for approvers its filing among the documents."""
    run = asking.run_of(asked.view, asked.path["run"], RUNS.task)
    return asked.page(
        "report.html",
        **RUNS.context(asked, run),
        same=run.revision == asked.view.revision,
        files=list(PAPERS),
        may_release=asked.may("release"),
        classifications=_classifications(asked),
        audiences=[(code, words, False) for code, words in audiences(asked)],
        document={"classification": "restricted"},
    )


def report_file(asked: Asked) -> HttpResponse:
    """One file of a brief, to be saved: it carries its own style, which no page of ours may."""
    name = str(asked.path["name"])
    content = asking.paper(asked.view, asked.path["run"], name)
    return HttpResponse(
        content,
        content_type=PAPERS[name],
        headers={"Content-Disposition": f'attachment; filename="{asked.mission.lower()}-{name}"'},
    )


def report_file_away(asked: Asked) -> HttpResponse:
    """File a brief among the documents and release it, with a do-no-harm note."""
    assert asked.reader is not None
    posted, number = asked.request.POST, asked.path["run"]
    note = posted.get("harm_note", "")
    if not note.strip():
        raise InvalidValue("harm_note", "", Wanted("whom it could harm, and why it may leave all the same"))
    content, at = asking.paper(asked.view, number, "brief.pdf"), datetime.now(UTC)
    title = asked.w("Decision brief, {day}", day=asked.w.date(at.date()))
    kept = documents.keep(asked.reader, asked.mission, [content], title=title, name="brief.pdf", why=note, at=at)
    documents.release(
        asked.reader,
        asked.mission,
        kept.id,
        classification=posted.get("classification", "restricted"),
        released_to=posted.getlist("released_to"),
        harm_note=note,
        at=at,
    )
    asked.request.session["told"] = [asked.w("The brief is filed and released.")]
    return redirect(_at(asked, "documents", kept.id))


def audiences(asked: Asked) -> list[tuple[str, str]]:
    """Roles from outside the mission, and partners, to whom something may be released."""
    w = asked.w
    roles = [(role, w.capital(w.code("role", role))) for role in ROLES if role in ("national_counterpart", "observer")]
    return roles + [(p.code, p.name(w.lang)) for p in asked.view.dossier.of(Partner)]


def _documents(asked: Asked, typed: dict[str, str], refused: ExitplanError | None = None) -> HttpResponse:
    assert asked.reader is not None
    w = asked.w
    typed = {"about": asked.request.GET.get("about", ""), **typed}
    table = Table(
        "documents",
        w("Documents"),
        (
            Column("title", w("Title"), wide=True),
            Column("about", w("Evidence for")),
            Column("classification", w("Classification")),
            Column("released", w("Released to")),
            Column("type", w("Type")),
            Column("size", w("Size, kB"), number=True),
            Column("by", w("Uploaded by")),
            Column("at", w("On")),
        ),
        tuple(
            (
                Cell(d.title, href=_at(asked, "documents", d.id), small=d.name),
                cells.reference(asked, d.kind, d.code) if d.kind else cells.text(""),
                Cell(w.code("classification", d.classification), mark=d.classification),
                cells.text(", ".join(_audience(w, name) for name in d.released_to)),
                Cell(d.name.rpartition(".")[2].upper()),
                cells.number(asked, round(d.size / 1000, 1)),
                Cell(d.uploaded_by),
                cells.day(asked, d.at),
            )
            for d in documents.listed(asked.reader, asked.mission)
        ),
        empty=w(
            "No document is shown to you yet. Evidence uploaded here can be tied to a hand-over, a gate or any entry."
        ),
    )
    return table_page(
        asked,
        "documents.html",
        table,
        status=422 if refused else 200,
        may_attach=asked.may("attach"),
        typed=typed,
        refused=sentence(asked.w, refused) if refused else "",
        classifications=_classifications(asked),
        open_too=asked.may("release"),
    )


def _document(asked: Asked, typed: dict[str, str], refused: ExitplanError | None = None) -> HttpResponse:
    assert asked.reader is not None
    number = asked.path["document"]
    kept = next((d for d in documents.listed(asked.reader, asked.mission) if d.id == number), None)
    if kept is None:
        raise NotFound("document", str(number))
    return asked.page(
        "document.html",
        status=422 if refused else 200,
        document=kept,
        about=cells.reference(asked, kept.kind, kept.code) if kept.kind else None,
        released=[_audience(asked.w, name) for name in kept.released_to],
        classifications=_classifications(asked),
        audiences=[(code, words, code in kept.released_to) for code, words in audiences(asked)],
        typed=typed,
        refused=sentence(asked.w, refused) if refused else "",
        may_release=asked.may("release"),
        may_redact=asked.may("redact"),
    )


def reports_page(asked: Asked, refused: ExitplanError | None = None) -> HttpResponse:
    """Everything that can be made here; `refused` says why something was not."""
    from exitplan.web.pages import sending

    w, dossier = asked.w, asked.view.dossier
    default = dossier.plan(None).code if dossier.of(Plan) else ""
    table = Table(
        "briefs",
        w("Briefs made"),
        (
            Column("run", w("Brief"), number=True),
            Column("state", w("State")),
            Column("lang", w("Language")),
            Column("plan", w("Plan")),
            Column("scenario", w("Scenario")),
            Column("by", w("Asked by")),
            Column("on", w("Asked on")),
        ),
        tuple(
            (
                Cell(str(run.id), value=run.id, href=RUNS.at(asked, run.id)),
                cells.state(asked, "run_state", run.state),
                Cell(w.code("language", run.options["lang"])),
                cells.reference(asked, "plan", run.options["plan"]),
                cells.reference(asked, "scenario", run.options["scenario"]),
                Cell(run.asked_by),
                cells.day(asked, run.asked),
            )
            for run in asking.runs_of(asked.view, RUNS.task)
        ),
        empty=w("No brief has been made yet."),
    )
    return table_page(
        asked,
        "reports.html",
        table,
        sending.made(asked),
        status=422 if refused else 200,
        refused=sentence(asked.w, refused) if refused else "",
        langs=[(code, Wording(code).code("language", code), code == w.lang) for code in LANGUAGES],
        plans=[(p.code, p.name(w.lang), p.code == default) for p in dossier.of(Plan)],
        scenarios=scenario_choices(asked, None),
        chances=asked.may("see_chances"),
        **sending.choices(asked),
    )


def _classifications(asked: Asked) -> list[tuple[str, str]]:
    return [(code, asked.w.code("classification", code)) for code in CLASSIFICATIONS]


def _audience(w: Wording, name: str) -> str:
    return w.code("role", name) if name in ROLES else name


def _at(asked: Asked, family: str, number: Any) -> str:
    return f"/m/{asked.mission}/{family}/{number}/"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidValue("since", text[:20], Wanted("a day as YYYY-MM-DD")) from None
