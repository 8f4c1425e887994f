"""Documents that a mission sends out: each made from what one reader may see, in one language and one format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, get_args

from exitplan.domain.errors import InvalidValue
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
    made = make(seen, kind, form, lang=lang, since=since, on=on, plan=plan, scenario=scenario)
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
) -> Paper:
    """
    A document as one reader may have it.

    Parameters
    ----------
    kind, form
        Document and format, as `FORMATS` pairs them.
    since
        Day of the last report, with which to compare.

    Raises
    ------
    InvalidValue
        For a pair that there is not, or a last report after the day of this one.
    NotFound
        For a plan or scenario that the reader does not see.
    """
    paired(kind, form)
    if since is not None and since > day_of(seen.dossier, on):
        wanted = Wanted("a day before {day}", day=day_of(seen.dossier, on))
        raise InvalidValue("since", since.isoformat(), wanted)
    w = Wording(lang)
    if kind == "calendar":
        content = _calendar(seen, form, on, w)
    else:
        looked = look(public(seen) if kind == "fact-sheet" else seen, on=on, plan=plan, scenario=scenario)
        content = _SETTERS[form](kind, material(looked, w, kind, since))
    return Paper(f"{seen.mission.lower()}-{kind}-{lang}.{form}", MEDIA[form], content)


def material(looked: Look, w: Wording, kind: str, since: date | None) -> Material:
    """What a document is written from, with what changed since the last report, and the manifest of its own making."""
    from exitplan.usecases import pictures

    status, study = looked.status_since(since), looked.study
    made = answered(
        "document", study.dossier, status, on=study.on, seed=study.seed, document=kind, since=since, lang=w.lang,
        plan=study.plan.code if study.plan else None, scenario=study.scenario.code, horizon=study.horizon,
    )  # fmt: skip
    return replace(pictures.material(looked, w), status=status, manifest=made.answer.manifest)


def events(seen: View, w: Wording, on: date | None = None) -> tuple[CalendarEvent, ...]:
    """The transition calendar as one reader may see it."""
    from exitplan.reports.documents import calendar_events

    return calendar_events(seen.dossier, glance(seen, on).calendar.end, w, versions=seen.versions)


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
