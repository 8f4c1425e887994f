"""Documents that a mission sends out: each made from what one reader may see, in one language and one format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, get_args

from exitplan.domain.errors import InvalidValue, NotFound, Unreadable
from exitplan.domain.findings import Wanted
from exitplan.domain.release import release
from exitplan.domain.roles import Reader
from exitplan.usecases.answers import answered
from exitplan.usecases.board import View, whole
from exitplan.usecases.looking import Look, glance, look
from exitplan.usecases.open_mission import day_of, open_mission
from exitplan.wording import Wording

if TYPE_CHECKING:
    from exitplan.reports import Document, Material
    from exitplan.reports.documents import CalendarEvent

Kind = Literal["transition-plan", "annex", "fact-sheet", "risk-register", "benchmark-matrix", "calendar", "cpas"]
KINDS: tuple[Kind, ...] = get_args(Kind)

FORMATS: MappingProxyType[str, tuple[str, ...]] = MappingProxyType(
    {
        "transition-plan": ("docx", "pdf", "html"),
        "annex": ("docx", "pdf", "html"),
        "fact-sheet": ("docx", "pdf", "html"),
        "risk-register": ("xlsx",),
        "benchmark-matrix": ("xlsx",),
        "calendar": ("ics", "csv"),
        "cpas": ("csv", "json"),
    }
)
"""Formats that each document can be made in, the usual one first."""

MEDIA: MappingProxyType[str, str] = MappingProxyType(
    {
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "pdf": "application/pdf",
        "html": "text/html; charset=utf-8",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "ics": "text/calendar; charset=utf-8",
        "csv": "text/csv; charset=utf-8",
        "json": "application/json",
    }
)

LONG = frozenset({"transition-plan", "annex", "fact-sheet"})
"""Documents of pages, which a worker makes; the others are made while one waits."""

MOST_TEMPLATE = 20_000_000
"""Bytes of a template."""


@dataclass(frozen=True)
class Template:
    """A Word file of the mission's own, as it was given."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Paper:
    """A document as a file."""

    name: str
    media: str
    content: bytes


def document(
    kind: str,
    mission: str,
    out: Path,
    *,
    on: date | None = None,
    since: date | None = None,
    plan: str | None = None,
    scenario: str | None = None,
    lang: str = "en",
    template: Path | None = None,
) -> Path:
    """
    `exitplan document`: write a document of a mission into a file; its ending says the format.

    Raises
    ------
    InvalidValue
        For no such document, or a format that it is not made in; names what is possible.
    """
    from exitplan.importers.bundle import write_whole

    form = out.suffix.removeprefix(".").lower()
    paired(kind, form)
    seen = whole(open_mission(mission))
    given = _template(template) if template else None
    made = make(seen, kind, form, lang=lang, since=since, on=on, plan=plan, scenario=scenario, template=given)
    write_whole(out, made.content)
    return out


def paired(kind: str, form: str) -> None:
    """Refuse a document that there is not, or a format that it is not made in. Raises InvalidValue."""
    if kind not in FORMATS:
        raise InvalidValue("document", kind, Wanted("one of {names}", names=", ".join(FORMATS)))
    if form not in FORMATS[kind]:
        endings = ", ".join(f".{ending}" for ending in FORMATS[kind])
        raise InvalidValue(
            "format", f".{form}" if form else "", Wanted("{endings} for {kind}", endings=endings, kind=kind)
        )


def comparable(seen: View, since: date | None, on: date | None = None) -> None:
    """Refuse a last report after the day of this one. Raises InvalidValue."""
    if since is not None and since > day_of(seen.dossier, on):
        wanted = Wanted("a day before {day}", day=day_of(seen.dossier, on))
        raise InvalidValue("since", since.isoformat(), wanted)


def public(seen: View) -> View:
    """What is left of a view for readers from outside, whoever looks: never more than an observer sees."""
    reader = Reader("observer")
    released = release(seen.dossier, reader)
    left = {(entry.kind, entry.code) for entry in released.dossier.everything()}
    return replace(
        seen,
        reader=reader,
        dossier=released.dossier,
        versions={key: version for key, version in seen.versions.items() if key in left},
        findings=(),
        hidden=released.hidden,
        unsound={},
        common=None,
    )


def make(
    seen: View,
    kind: str,
    form: str,
    *,
    lang: str,
    since: date | None = None,
    on: date | None = None,
    plan: str | None = None,
    scenario: str | None = None,
    template: Template | None = None,
) -> Paper:
    """
    A document as one reader may have it.

    Parameters
    ----------
    kind, form
        Document and format, as `FORMATS` pairs them.
    since
        Day of the last report, with which to compare.
    template
        A Word file of the mission's own, into which the document is put; for documents of pages in Word.

    Raises
    ------
    Unreadable, InputFaults
        For a template that must not be opened, or with placeholders that mean nothing.
    InvalidValue
        For a pair that there is not, or a last report after the day of this one.
    NotFound
        For a plan or scenario that the reader does not see.
    """
    paired(kind, form)
    if template is not None and (form != "docx" or kind not in LONG):
        raise InvalidValue("template", f"{kind}.{form}", Wanted("a document of pages as .docx"))
    comparable(seen, since, on)
    w = Wording(lang)
    if kind == "calendar":
        content = _calendar(seen, form, on, w)
    elif kind == "cpas":
        from exitplan.usecases.exchange import cpas_csv, cpas_json

        content = cpas_csv(seen.dossier) if form == "csv" else cpas_json(seen.dossier)
    else:
        looked = look(public(seen) if kind == "fact-sheet" else seen, on=on, plan=plan, scenario=scenario)
        m = material(looked, w, kind, since)
        content = _filled(template, kind, m) if template is not None else _SETTERS[form](kind, m)
    return Paper(f"{seen.mission.lower()}-{kind}-{lang}.{form}", MEDIA[form], content)


def material(looked: Look, w: Wording, kind: str, since: date | None) -> Material:
    """What a document is written from, with what changed since the last report, and the manifest of its own making."""
    from exitplan.usecases import pictures

    study = looked.study
    made = answered(
        "document", study.dossier, looked.status, on=study.on, seed=study.seed, document=kind, since=since, lang=w.lang,
        plan=study.plan.code if study.plan else None, scenario=study.scenario.code, horizon=study.horizon,
    )  # fmt: skip
    return pictures.material(looked, w, since=since, manifest=made.answer.manifest)


def events(seen: View, w: Wording, on: date | None = None) -> tuple[CalendarEvent, ...]:
    """The transition calendar as one reader may see it."""
    from exitplan.reports.documents import calendar_events

    return calendar_events(
        seen.dossier, glance(seen, on).calendar.end, w, on=day_of(seen.dossier, on), versions=seen.versions
    )


def _calendar(seen: View, form: str, on: date | None, w: Wording) -> bytes:
    from exitplan.reports.documents import calendar_rows
    from exitplan.reports.ical import render_ical
    from exitplan.usecases.sheets import csv_file

    found = events(seen, w, on)
    if form == "csv":
        return csv_file(*calendar_rows(found, w))
    name = f"{seen.dossier.mission.acronym}{w.colon}{w('Transition calendar')}"
    return render_ical(found, name=name, on=day_of(seen.dossier, on), w=w)


def content(kind: str, m: Material) -> Document:
    """A document of pages, before it is set in any format."""
    from exitplan.reports import documents

    made: dict[str, Callable[[Material], Document]] = {
        "transition-plan": documents.transition_plan,
        "annex": documents.annex,
        "fact-sheet": documents.fact_sheet,
    }
    return made[kind](m)


def _filled(template: Template, kind: str, m: Material) -> bytes:
    """A mission's own template, filled from a document and, but for the public one, from the sections of the brief as well."""
    from exitplan.reports import build_brief
    from exitplan.reports.template import fill_template

    found = content(kind, m)
    if kind != "fact-sheet":
        brief = build_brief(m)
        own = {section.key for section in found.sections}
        more = tuple(section for section in brief.sections if section.key not in own)
        found = found.model_copy(update={"front": brief.front, "sections": (*found.sections, *more)})
    return fill_template(template.content, found, name=template.name)


def _template(path: Path) -> Template:
    if not path.is_file():
        raise NotFound("template", str(path))
    if path.stat().st_size > MOST_TEMPLATE:
        raise Unreadable(path.name, Wanted("larger than {most} bytes", most=MOST_TEMPLATE))
    return Template(path.name, path.read_bytes())


def _docx(kind: str, m: Material) -> bytes:
    from exitplan.reports.docx import render_docx

    return render_docx(content(kind, m))


def _pdf(kind: str, m: Material) -> bytes:
    from exitplan.reports import render_pdf

    return render_pdf(content(kind, m))


def _html(kind: str, m: Material) -> bytes:
    from exitplan.reports import render_html

    return render_html(content(kind, m)).encode()


def _xlsx(kind: str, m: Material) -> bytes:
    from exitplan.reports.documents import benchmark_matrix, risk_register
    from exitplan.reports.xlsx import render_xlsx

    return render_xlsx(risk_register(m) if kind == "risk-register" else benchmark_matrix(m))


_SETTERS: MappingProxyType[str, Callable[[str, Material], bytes]] = MappingProxyType(
    {"docx": _docx, "pdf": _pdf, "html": _html, "xlsx": _xlsx}
)
