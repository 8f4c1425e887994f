"""The after-action report: what was planned, what happened, why, what to keep, what to change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from exitplan.domain.entry import Classification
from exitplan.domain.results.after_action import AfterActionResult, Event
from exitplan.domain.results.lessons import LessonLine
from exitplan.reports.content.lessons import STATE_MARKS
from exitplan.reports.page import Block, Cell, Labels, Mark, Paper, Paragraph, Section, Table, columns, row
from exitplan.wording import Wording


def after_action_sections(w: Wording, found: AfterActionResult) -> tuple[Section, ...]:
    """Its five parts; what the dossier does not say yet is asked for, not left out."""
    return (_planned(w, found), _why(w, found), _keep(w, found), _change(w, found))


def after_action_paper(
    w: Wording,
    found: AfterActionResult,
    *,
    mission: str,
    acronym: str,
    on: date,
    classification: Classification,
    fictional: bool,
    labels: Labels,
) -> Paper:
    """The report as a document to print."""
    return Paper(
        lang=w.lang,
        title=after_action_title(w, found),
        mission=mission,
        acronym=acronym,
        day=w.date(on),
        classification=w("Classification: {level}", level=w.code("classification", classification)),
        banner=w("Fictional: this country, its people and its figures are invented.") if fictional else "",
        informs=w("Made from the dossier; what it does not say is left to be filled in by those who were there."),
        sections=after_action_sections(w, found),
        labels=labels,
    )


def after_action_title(w: Wording, found: AfterActionResult) -> str:
    """What the report is about."""
    name = (found.title_fr if w.lang == "fr" else None) or found.title
    return w("After-action report: {about}", about=name) if name else w("After-action report")


def _planned(w: Wording, found: AfterActionResult) -> Section:
    late = sum(e.days is not None and e.days > 0 for e in found.events)
    undone = sum(e.actual is None for e in found.events)
    blocks: list[Block] = [
        Paragraph(
            text=w(
                "Pieces of work: {all}; later than first planned: {late}; not done by {day}: {undone}.",
                all=w.number(len(found.events)),
                late=w.number(late),
                undone=w.number(undone),
                day=w.date(found.end),
            )
        ),
        Table(
            caption=w("Planned and happened"),
            columns=columns((w("What"), 3), (w("First planned"), 1.2), (w("Happened"), 1.2), (w("Difference"), 1.3)),
            rows=tuple(
                row(
                    f"{e.code} {e.name(w.lang)} ({w.code('kind', e.kind)})",
                    w.date(e.planned, short=True),
                    w.date(e.actual, short=True),
                    _difference(w, e),
                )
                for e in found.events
            ),
            empty=w("Nothing was planned or done in this time."),
        ),
    ]
    if found.gates:
        blocks.append(
            Table(
                caption=w("Gates, as they stand"),
                columns=columns((w("Gate"), 2.5), (w("State"), 1), (w("Why"), 3)),
                rows=tuple(
                    row(
                        f"{g.code} {g.name(w.lang)}",
                        Cell(text=w.code("gate_state", g.verdict.state), mark=g.verdict.state),
                        w.grounds(g.verdict) if g.verdict.state != "met" else "–",
                    )
                    for g in found.gates
                ),
            )
        )
    return Section(key="planned", title=w("What was planned, and what happened"), blocks=tuple(blocks))


def _difference(w: Wording, event: Event) -> Cell:
    if event.days is None:
        return Cell(text="–")
    if event.days == 0:
        return Cell(text=w("on the day"))
    mark: Mark = "late" if event.days > 0 else ""
    if event.days < 0:
        return Cell(text=w.count("{n} day earlier", "{n} days earlier", -event.days))
    if event.actual is None:
        return Cell(text=w.count("{n} day, not done", "{n} days, not done", event.days), mark=mark)
    return Cell(text=w.count("{n} day later", "{n} days later", event.days), mark=mark)


def _why(w: Wording, found: AfterActionResult) -> Section:
    fr = w.lang == "fr"
    return Section(
        key="why",
        title=w("Why"),
        blocks=(
            Table(
                caption=w("Decisions taken"),
                columns=columns((w("Decision"), 2), (w("Taken on"), 1.1), (w("Chosen"), 2), (w("Reasons"), 3), (w("Dissent"), 2)),
                rows=tuple(
                    row(
                        f"{d.code} {d.name(w.lang)}",
                        w.date(d.date, short=True),
                        (d.chosen_fr if fr else None) or d.chosen or "–",
                        d.why or "–",
                        _by((d.dissent_fr if fr else None) or d.dissent, d.dissent_by),
                    )
                    for d in found.decisions
                ),
                empty=w("No decision is on record as taken."),
            ),
            Table(
                caption=w("Hand-overs taken back"),
                columns=columns((w("Hand-over"), 2), (w("Taken back on"), 1.2), (w("Why"), 4)),
                rows=tuple(row(f"{r.code} {r.name(w.lang)}", w.date(r.date, short=True), r.why or "–") for r in found.reversals),
                empty=w("No hand-over was taken back."),
            ),
        ),
    )  # fmt: skip


def _by(said: str, office: str) -> str:
    return f"{said} ({office})" if said and office else said or "–"


def _keep(w: Wording, found: AfterActionResult) -> Section:
    table = _lessons(
        w, w("What worked"), found.keep, w("No lesson says what worked. Ask those who were there, and record it.")
    )
    return Section(key="keep", title=w("What to keep"), blocks=(table,))


def _change(w: Wording, found: AfterActionResult) -> Section:
    blocks: list[Block] = [
        _lessons(
            w,
            w("What went wrong or was missing"),
            found.change,
            w("No lesson says what to change. Ask those who were there, and record it."),
        )
    ]
    if found.observed:
        blocks.append(_lessons(w, w("What else was observed"), found.observed, ""))
    return Section(key="change", title=w("What to change"), blocks=tuple(blocks))


def _lessons(w: Wording, caption: str, lines: Sequence[LessonLine], empty: str) -> Table:
    return Table(
        caption=caption,
        columns=columns(
            (w("Lesson"), 2), (w("What was found"), 2.6), (w("What it advises"), 2.6), (w("Action"), 2), (w("Office"), 1.4),
            (w("Due"), 1.1), (w("State"), 1.2),
        ),
        rows=tuple(
            row(
                f"{line.code} {line.name(w.lang)}",
                line.said(w.lang),
                line.advice(w.lang) or "–",
                line.acted(w.lang) or "–",
                line.action_owner or "–",
                w.date(line.due, short=True),
                Cell(text=w.code("lesson_state", line.state), mark=STATE_MARKS.get(line.state or "", "")),
            )
            for line in lines
        ),
        empty=empty,
    )  # fmt: skip
