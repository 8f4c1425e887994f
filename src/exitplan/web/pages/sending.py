"""Documents that a mission sends out: long ones made by a worker, the others while one waits; each from what the reader sees."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.http import HttpResponse
from django.shortcuts import redirect

from exitplan.domain.errors import InputFaults, InvalidValue, NotFound, Unreadable
from exitplan.domain.findings import Wanted
from exitplan.usecases import asking, documents
from exitplan.usecases import papers as making
from exitplan.web import cells
from exitplan.web.access import Asked
from exitplan.web.pages.papers import CLASSIFICATIONS, audiences
from exitplan.web.pages.runs import RunPages
from exitplan.web.tables import Cell, Column, Table
from exitplan.wording import LANGUAGES, Wording

RUNS = RunPages("paper", "papers")


def make(asked: Asked) -> HttpResponse:
    """Make a document: a worker makes the long ones, the others are sent at once; a template is filled at once."""
    from exitplan.web.pages.papers import reports_page

    posted, file = asked.request.POST, asked.request.FILES.get("template")
    kind, _, form = posted.get("paper", "").partition(".")
    lang = _lang(asked, posted.get("lang", ""))
    try:
        since = since_of(posted.get("since", ""))
        if file is None and kind in making.LONG:
            return redirect(RUNS.at(asked, asking.ask_paper(asked.view, kind=kind, form=form, lang=lang, since=since)))
        template = None
        if file is not None:
            if file.size > making.MOST_TEMPLATE:
                raise InvalidValue(
                    "template", file.name, Wanted("a file of 1 to {most} bytes", most=making.MOST_TEMPLATE)
                )
            template = making.Template(file.name, file.read())
        return sent(making.make(asked.view, kind, form, lang=lang, since=since, template=template))
    except (InvalidValue, Unreadable, InputFaults) as refused:
        return reports_page(asked, refused)


def at_once(asked: Asked) -> HttpResponse:
    """One of the documents that are made while one waits, by its name, such as `calendar.ics`."""
    kind, _, form = str(asked.path["name"]).partition(".")
    if kind in making.LONG or form not in making.FORMATS.get(kind, ()):
        raise NotFound("document", str(asked.path["name"]))
    query = asked.request.GET
    return sent(
        making.make(
            asked.view, kind, form, lang=_lang(asked, query.get("lang", "")), since=since_of(query.get("since", ""))
        )
    )


def paper(asked: Asked) -> HttpResponse:
    """One document that a worker makes: how far it is, then its file, and for approvers its filing and release."""
    run = asking.run_of(asked.view, asked.path["run"], RUNS.task)
    return asked.page(
        "paper.html",
        **RUNS.context(asked, run),
        same=run.revision == asked.view.revision,
        title=title(asked.w, run.options),
        files=[f"{run.options['kind']}.{run.options['form']}"],
        public=run.options["kind"] == "fact-sheet",
        may_release=asked.may("release"),
        classifications=[(code, asked.w.code("classification", code)) for code in CLASSIFICATIONS],
        audiences=[(code, words, False) for code, words in audiences(asked)],
        document={"classification": "open" if run.options["kind"] == "fact-sheet" else "restricted"},
    )


def paper_file(asked: Asked) -> HttpResponse:
    """The file of a document, to be saved."""
    name = str(asked.path["name"])
    content = asking.paper(asked.view, asked.path["run"], name, RUNS.task)
    return sent(making.Paper(f"{asked.mission.lower()}-{name}", making.MEDIA[name.rpartition(".")[2]], content))


def file_away(asked: Asked) -> HttpResponse:
    """File a document among the documents and release it, with a do-no-harm note."""
    assert asked.reader is not None
    posted, number = asked.request.POST, asked.path["run"]
    note = posted.get("harm_note", "")
    if not note.strip():
        raise InvalidValue("harm_note", "", Wanted("whom it could harm, and why it may leave all the same"))
    run = asking.run_of(asked.view, number, RUNS.task)
    name, at = f"{run.options['kind']}.{run.options['form']}", datetime.now(UTC)
    content = asking.paper(asked.view, number, name, RUNS.task)
    called = f"{title(asked.w, run.options)}, {asked.w.date(at.date())}"
    kept = documents.keep(asked.reader, asked.mission, [content], title=called, name=name, why=note, at=at)
    documents.release(
        asked.reader,
        asked.mission,
        kept.id,
        classification=posted.get("classification", "restricted"),
        released_to=posted.getlist("released_to"),
        harm_note=note,
        at=at,
    )
    asked.request.session["told"] = [asked.w("The document is filed and released.")]
    return redirect(f"/m/{asked.mission}/documents/{kept.id}/")


def made(asked: Asked) -> Table:
    """Documents that readers of this role had made."""
    w = asked.w
    return Table(
        "papers",
        w("Documents made"),
        (
            Column("run", w("Document"), number=True),
            Column("kind", w("What it is"), wide=True),
            Column("form", w("Type")),
            Column("state", w("State")),
            Column("lang", w("Language")),
            Column("since", w("Compared with")),
            Column("by", w("Asked by")),
            Column("on", w("Asked on")),
        ),
        tuple(
            (
                Cell(str(run.id), value=run.id, href=RUNS.at(asked, run.id)),
                Cell(title(w, run.options)),
                Cell(run.options["form"].upper()),
                cells.state(asked, "run_state", run.state),
                Cell(w.code("language", run.options["lang"])),
                cells.day(asked, date.fromisoformat(run.options["since"]) if run.options["since"] else None),
                Cell(run.asked_by),
                cells.day(asked, run.asked),
            )
            for run in asking.runs_of(asked.view, RUNS.task)
        ),
        empty=w("No document has been made yet."),
    )


def choices(asked: Asked) -> dict[str, object]:
    """What the form and the links of the page of reports offer."""
    w = asked.w
    pairs = [(kind, form) for kind, forms in making.FORMATS.items() for form in forms]
    named = [(f"{kind}.{form}", f"{w.capital(w.code('paper', kind))} ({form.upper()})") for kind, form in pairs]
    return {
        "papers": named,
        "at_once": [pair for pair, (kind, _) in zip(named, pairs, strict=True) if kind not in making.LONG],
    }


def title(w: Wording, options: dict[str, object]) -> str:
    """A document as a reader says it."""
    return w.capital(w.code("paper", options["kind"]))


def sent(paper: making.Paper) -> HttpResponse:
    """A file to be saved, never shown inside a page of ours."""
    disposition = f'attachment; filename="{paper.name}"'
    return HttpResponse(paper.content, content_type=paper.media, headers={"Content-Disposition": disposition})


def since_of(text: str) -> date | None:
    """The day of the last report, where one was given. Raises InvalidValue."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InvalidValue("since", text[:20], Wanted("a day as YYYY-MM-DD")) from None


def _lang(asked: Asked, lang: str) -> str:
    return lang if lang in LANGUAGES else asked.w.lang
