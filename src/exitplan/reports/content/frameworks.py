"""Frameworks: what is not met first, who judged it, what is lacking; supported forces; advice on benchmarks; and all of it as a document."""

from __future__ import annotations

from collections.abc import Sequence

from exitplan.domain.kinds import Institution, Partner
from exitplan.domain.results.frameworks import (
    DiligenceLine,
    ForceLine,
    FrameworkLine,
    FrameworksResult,
    Ground,
    Lack,
    NormLine,
    NormState,
)
from exitplan.domain.results.quality import Advice
from exitplan.reports.content.front import front_page
from exitplan.reports.content.material import Material, clipped, joined
from exitplan.reports.page import (
    Block,
    Brief,
    Cell,
    Column,
    Fact,
    FrontPage,
    Mark,
    Paragraph,
    Section,
    Table,
    columns,
    row,
)
from exitplan.wording import Wording

GROUNDS_SHOWN = 4
"""Entries that lack something and are named in a row; the norm's own page names all."""
FRONT_GAPS = 8
NARROW = {"norms": (0, 3, 4), "counts": (0, 2, 3, 4, 5)}
"""Columns that a narrow screen shows: of norms their state and grounds, of frameworks their counts."""
COUNTED = ("not_met", "partly_met", "not_checked", "met", "not_applicable")
MARKS: dict[str, Mark] = {
    "met": "met",
    "not_met": "unmet",
    "partly_met": "late",
    "not_checked": "unknown",
    "not_shown": "unknown",
    "not_applicable": "",
}
FORCE_MARKS: dict[str, Mark] = {
    "suspended_running": "unmet",
    "no_case": "unmet",
    "not_decided": "unknown",
    "measures_late": "late",
    "review_late": "late",
    "covered": "met",
}


def frameworks_section(m: Material) -> Section | None:
    """For the brief: gaps and supported forces; the rest is folded. None where nothing was worked out."""
    if m.frameworks is None:
        return None
    found = m.frameworks
    blocks: list[Block] = [Paragraph(text=headline(found, m.w), tone="lead"), *_loud(m, found), _gaps(m, found.gaps)]
    if found.forces:
        blocks.append(_forces(m, found.forces))
    blocks.append(counts_table(m, found.frameworks).model_copy(update={"folded": True}))
    blocks.append(Paragraph(text=_how_read(m.w), tone="note"))
    return Section(key="frameworks", title=m.w("Frameworks"), blocks=tuple(blocks))


def screen_sections(m: Material, *, framework: str | None = None, gaps: bool = False) -> tuple[Section, ...]:
    """The same for a terminal: tables of norms without the columns that a narrow screen has no room for."""

    def narrowed(section: Section, block: Block) -> Block:
        if not isinstance(block, Table) or len(block.columns) < 6 or section.key in ("diligence", "quality"):
            return block
        kept = NARROW["norms" if block.columns == _norm_columns(m.w) else "counts"]
        return block.model_copy(
            update={
                "columns": tuple(block.columns[at] for at in kept),
                "rows": tuple(tuple(cells[at] for at in kept) for cells in block.rows),
            }
        )

    return tuple(
        section.model_copy(update={"blocks": tuple(narrowed(section, block) for block in section.blocks)})
        for section in analysis_sections(m, framework=framework, gaps=gaps)
    )


def analysis_sections(m: Material, *, framework: str | None = None, gaps: bool = False) -> tuple[Section, ...]:
    """
    The gap analysis in its parts: gaps, each framework counted, what nobody has looked at, supported forces, advice on benchmarks.

    Parameters
    ----------
    framework
        One framework alone, with all its norms.
    gaps
        Nothing but the gaps.
    """
    found, w = m.frameworks, m.w
    if found is None:
        return ()
    if framework is not None:
        line = next(f for f in found.frameworks if f.code == framework.upper())
        norms = [n for n in line.norms if not gaps or n.state in ("not_met", "partly_met")]
        return (_one_framework(m, line, norms),)
    first = Section(
        key="gaps",
        title=w("Gaps"),
        blocks=(
            Paragraph(text=headline(found, w), tone="lead"),
            *_loud(m, found),
            _gaps(m, found.gaps),
            Paragraph(text=_how_read(w), tone="note"),
        ),
    )
    if gaps:
        return (first,)
    unseen = found.standing("not_checked", "not_shown")
    blocks: list[Block] = [counts_table(m, found.frameworks)]
    if unseen:
        blocks.append(_norms(m, w("Nobody has looked yet"), unseen))
    blocks.append(_norms(m, w("Met, or not applicable"), found.standing("met", "not_applicable"), folded=True))
    counted = Section(key="coverage", title=w("Coverage of each framework"), blocks=tuple(blocks))
    parts = [first, counted, diligence_section(m)]
    if m.quality is not None:
        parts.append(quality_section(m))
    return tuple(parts)


def headline(found: FrameworksResult, w: Wording) -> str:
    """How many norms are not met, partly met and not looked at; never a share or a mean."""
    counts = found.counts
    every = sum(counts.values()) - counts["not_applicable"]
    if not every:
        return w("No framework had been issued by this day.")
    said = w.count(
        "{n} of {all} norms is not met", "{n} of {all} norms are not met", counts["not_met"], all=w.number(every)
    )
    rest = w(
        "{partly} partly met, {unseen} not looked at, {met} met",
        partly=w.number(counts["partly_met"]),
        unseen=w.number(counts["not_checked"] + counts["not_shown"]),
        met=w.number(counts["met"]),
    )
    return f"{said}{w.semicolon}{rest}."


def _how_read(w: Wording) -> str:
    return w(
        "A check finds out whether the dossier holds what would show a norm, not how good it is; people judge that. "
        "Where both exist the worse one stands. Norms are put in our own words; those whose text was not read are marked."
    )


def _loud(m: Material, found: FrameworksResult) -> tuple[Block, ...]:
    loud = [c for c in found.cases if c.loud]
    if not loud:
        return ()
    names = joined([f"{c.code} {c.name(m.lang)}" for c in loud], 5, m.w)
    told = m.w("Support runs although it was suspended or withdrawn: {cases}.", cases=names)
    return (Paragraph(text=told, tone="warning"),)


def counts_table(m: Material, lines: Sequence[FrameworkLine]) -> Table:
    """Each framework with how many of its norms stand where; frameworks issued later come last and say so."""
    w = m.w
    return Table(
        caption=w("Frameworks and how many of their norms are met"),
        columns=columns(
            (w("Framework"), 4),
            (w("Document"), 2.4),
            *(w.capital(w.code("norm_status", state)) for state in COUNTED),
            (w("Text read of"), 1.1),
            numbers=(2, 3, 4, 5, 6),
        ),
        rows=tuple(
            row(
                _framework_words(m, f),
                f.symbol or "–",
                Cell(text=w.number(f.counts["not_met"]), mark="unmet" if f.counts["not_met"] else ""),
                w.number(f.counts["partly_met"]),
                w.number(f.counts["not_checked"] + f.counts["not_shown"]),
                w.number(f.counts["met"]),
                w.number(f.counts["not_applicable"]),
                w("{n} of {all}", n=w.number(f.verified), all=w.number(len(f.norms))),
            )
            for f in lines
        ),
        empty=w("No norm of a framework is on record yet."),
    )


def _framework_words(m: Material, f: FrameworkLine) -> str:
    """Code and name of a framework, with what is special about it."""
    told = [m.w("issued later: in hindsight")] if f.hindsight else []
    told += [m.w("the mission's own")] if f.own else []
    return f"{f.code} {f.name(m.lang)}" + (f" ({', '.join(told)})" if told else "")


def _gaps(m: Material, gaps: Sequence[NormLine]) -> Table:
    w = m.w
    return _norms(m, w("What is not met, or only partly"), gaps).model_copy(update={"empty": w("No gap is known.")})


def _norms(m: Material, caption: str, norms: Sequence[NormLine], *, folded: bool = False) -> Table:
    w = m.w
    return Table(
        caption=caption,
        columns=_norm_columns(w),
        rows=tuple(_norm_row(m, n) for n in norms),
        empty=w("There is none."),
        folded=folded and len(norms) > 0,
    )


def _norm_columns(w: Wording) -> tuple[Column, ...]:
    return columns(
        (w("Norm"), 2.4),
        (w("Document"), 1.6),
        (w("What it asks"), 3.2),
        (w("Where the mission stands"), 1.6),
        (w("Grounds"), 3.2),
        (w("Judged by"), 1.8),
    )


def _norm_row(m: Material, n: NormLine) -> tuple[Cell, ...]:
    w = m.w
    return row(
        f"{n.code} {n.name(m.lang)}",
        document_words(n, w),
        clipped(n.asked(m.lang), 220),
        Cell(text=w.capital(w.code("norm_status", n.state)), mark=MARKS[n.state]),
        clipped(grounds_words(n, w), 360) or "–",
        judged_words(n, w) or "–",
    )


def document_words(n: NormLine, w: Wording) -> str:
    """Document and number of a norm; marked where its text was not read."""
    named = f"{n.document}, {n.number}" if n.number else n.document
    return named if n.verified else w("{document} (text not read)", document=named or "–")


def grounds_words(n: NormLine, w: Wording) -> str:
    """Why a norm stands where it does: what lacks first, else what shows it."""
    check = n.check
    if check is None:
        return w("no machine check: people have to judge it")
    if check.state == "not_shown":
        return w("rests in part on entries that are not shown to you")
    said = [lack_words(lack, w) for lack in check.missing]
    lacking: dict[str, list[str]] = {}
    for ground in check.lacking:
        lacking.setdefault(", ".join(lack_words(x, w) for x in ground.lacks), []).append(ground_words(ground, w))
    said += [f"{joined(named, GROUNDS_SHOWN, w)} ({words})" for words, named in lacking.items()]
    if not said and check.shows:
        said.append(w("shown by {entries}", entries=joined([ground_words(g, w) for g in check.shows], 3, w)))
    if not said and check.state == "not_applicable":
        said.append(w("there is nothing that it applies to"))
    if check.state == "met" and n.state in ("not_met", "partly_met"):
        said = [w("the check is met; people judged it otherwise")]
    if n.differs:
        said.append(w("people judged it better than the check finds"))
    return w.semicolon.join(said)


def ground_words(g: Ground, w: Wording) -> str:
    """An entry that a check looked at."""
    return f"{w.code('kind', g.kind)} {g.code}"


def lack_words(lack: Lack, w: Wording) -> str:
    """What is lacking, in a few words."""
    field = w.code("field", lack.what.rpartition(".")[2])
    match lack.lack:
        case "none":
            kinds = w.capital(w.code("kinds", lack.what))
            return w("{kinds}: {found} of at least {wanted}", kinds=kinds, found=lack.found, wanted=lack.number)
        case "filled":
            return w("{field} missing", field=field)
        case "values":
            return w("{field} not as asked", field=field)
        case "group":
            return w("no bar broken down by {dimension}", dimension=w.code("group_dimension", lack.what))
        case "lead":
            return w.count(
                "{field} not {n} month before the mandate ends",
                "{field} not {n} months before the mandate ends",
                lack.number or 0,
                field=field,
            )
        case "names":
            return w("names none of these: {kinds}", kinds=w.codes("kind", lack.what.split(",")))
        case "named_by":
            return w("none of these names it: {kinds}", kinds=w.codes("kind", lack.what.split(",")))
        case "advice":
            return w.code("advice", lack.what)
    return w.code("force_rule", lack.what)


def judged_words(n: NormLine, w: Wording) -> str:
    """Who judged a norm last, how and when."""
    if not n.judged:
        return ""
    last = n.judged[0]
    said = w.code("norm_status", last.state)
    who = ", ".join(part for part in (last.owner, w.date(last.checked, short=True) if last.checked else "") if part)
    return f"{said} ({who})" if who else said


def _one_framework(m: Material, line: FrameworkLine, norms: Sequence[NormLine]) -> Section:
    w = m.w
    blocks: list[Block] = []
    if line.hindsight:
        told = w(
            "Issued on {day}, after the day looked from: what follows is in hindsight.", day=w.date(line.published)
        )
        blocks.append(Paragraph(text=told, tone="warning"))
    blocks += [counts_table(m, [line]), _norms(m, w("Norms, what is not met first"), norms)]
    blocks.append(Paragraph(text=_how_read(w), tone="note"))
    return Section(key=f"framework-{line.code.lower()}", title=line.name(m.lang), blocks=tuple(blocks))


# Due diligence


def diligence_section(m: Material) -> Section:
    """Supported security forces and their cases, what is loud first."""
    found, w = m.frameworks, m.w
    assert found is not None
    blocks: list[Block] = [*_loud(m, found), _forces(m, found.forces), cases_table(m, found.cases)]
    note = w(
        "A case speaks of support and its conditions on a day, never of persons. The policy binds United Nations entities; "
        "support by others is listed too, and says who gives it. The host country's own money asks for no case."
    )
    blocks.append(Paragraph(text=note, tone="note"))
    return Section(
        key="diligence", title=w("Support to security forces: human-rights due diligence"), blocks=tuple(blocks)
    )


def _forces(m: Material, lines: Sequence[ForceLine]) -> Table:
    w = m.w
    return Table(
        caption=w("Security forces that get support"),
        columns=columns(
            (w("Force"), 2.2),
            (w("Due diligence"), 1.8),
            (w("Support that runs"), 2.6),
            (w("Without a case"), 2.6),
            (w("Cases"), 1.4),
        ),
        rows=tuple(
            row(
                f"{f.code} {f.name(m.lang)}",
                Cell(text=w.capital(w.code("force_state", f.state)), mark=FORCE_MARKS[f.state]),
                _support(m, f) or "–",
                joined(_institutions(m, f.uncovered), 4, w) or "–",
                ", ".join(f.cases) or "–",
            )
            for f in lines
        ),
        empty=w("No support to police or army from outside is on record."),
    )


def _support(m: Material, f: ForceLine) -> str:
    said = [m.w.about(reference) for reference in f.supports]
    if f.mentored:
        said.append(m.w.count("mentors in {n} institution", "mentors in {n} institutions", len(f.mentored)))
    return ", ".join(said)


def _institutions(m: Material, codes: Sequence[str]) -> list[str]:
    found = (m.dossier.get(Institution, code) for code in codes)
    return [i.name(m.lang) if i else code for i, code in zip(found, codes, strict=True)]


def cases_table(m: Material, lines: Sequence[DiligenceLine]) -> Table:
    """Every due-diligence case."""
    w = m.w
    return Table(
        caption=w("Due-diligence cases"),
        columns=columns(
            (w("Case"), 2.2),
            (w("Support"), 2),
            (w("Given by"), 1.4),
            (w("Risk assessed"), 1.3),
            (w("Decision"), 1.6),
            (w("Measures open"), 1),
            (w("Review by"), 1.1),
            numbers=(5,),
        ),
        rows=tuple(
            row(
                f"{c.code} {c.name(m.lang)}",
                clipped(c.supported(m.lang), 120) or "–",
                _giver(m, c),
                Cell(
                    text=f"{w.code('risk_level', c.risk)} ({w.date(c.assessed, short=True)})"
                    if c.risk
                    else w("not assessed"),
                    mark="" if c.risk else "unknown",
                ),
                Cell(
                    text=w.capital(w.code("diligence_status", c.status))
                    + (f" ({w.date(c.decided, short=True)})" if c.decided else ""),
                    mark="unmet" if c.loud else "unknown" if c.status == "open" else "",
                ),
                Cell(text=w.number(c.open_measures), mark="late" if c.late_measures else ""),
                Cell(text=w.date(c.review, short=True) if c.review else "–", mark="late" if c.review_late else ""),
            )
            for c in lines
        ),
        empty=w("No due-diligence case is on record."),
    )


def _giver(m: Material, c: DiligenceLine) -> str:
    if c.supporter is None:
        return m.w("the mission")
    found = m.dossier.get(Partner, c.supporter)
    return found.name(m.lang) if found else c.supporter


# Advice on benchmarks


def quality_section(m: Material) -> Section:
    """Advice on how benchmarks are made."""
    w, quality = m.w, m.quality
    assert quality is not None
    return Section(
        key="quality",
        title=w("Advice on benchmarks"),
        blocks=(
            advice_table(m, quality.advice),
            Paragraph(
                text=w(
                    "Advice blocks nothing. Each line is a plain rule; the word lists and numbers are our own assumptions."
                ),
                tone="note",
            ),
        ),
    )


def advice_table(m: Material, advice: Sequence[Advice]) -> Table:
    """Advice in rows."""
    w = m.w
    return Table(
        caption=w("Advice on benchmarks, their criteria and indicators"),
        columns=columns((w("Entry"), 3), (w("Advice"), 2), (w("What would help"), 4)),
        rows=tuple(
            row(f"{a.code} {a.name(m.lang)}", w.capital(w.code("advice", a.advice)), advice_words(a, w)) for a in advice
        ),
        empty=w("No advice."),
    )


def advice_words(a: Advice, w: Wording) -> str:
    """What would help, with what was found."""
    match a.advice:
        case "no-owner":
            return w("Name the office that answers for it.")
        case "no-target":
            return w("Add a criterion with a bar, so that it can be told when the state is reached.")
        case "no-date":
            return w("Say by which day it is meant to be reached.")
        case "no-baseline":
            return w("Put the value at the start on record, or a first measurement.")
        case "no-data-source":
            return w("Say how the indicator is collected and from which source.")
        case "vague-word":
            return w("“{word}” does not say when the state is reached; name the state.", word=a.word)
        case "output-as-outcome":
            if a.word:
                return w("“{word}” tells of work done; say what is then true in the country.", word=a.word)
            return w("All its indicators count work done; add one that shows the country.")
        case "own-output":
            return w("It describes the mission's own work; keep it, but let no gate rest on it alone.")
        case "compound":
            return w.count(
                "It joins {n} measure; make each a criterion of its own.",
                "It joins {n} measures; make each a criterion of its own.",
                a.number or 0,
            )
        case "not-measurable-by-date":
            if not a.most and not a.number:
                return w("{indicator} has no definition in use on that day.", indicator=a.word)
            return w(
                "{indicator} needs {needed} months for an answer and has {there} by that day.",
                indicator=a.word,
                needed=w.number(a.number),
                there=w.number(a.most),
            )
        case "rhythm-slower-than-freshness":
            return w(
                "Due every {rhythm} months, it counts as out of date after {fresh}.",
                rhythm=w.number(a.number),
                fresh=w.number(a.most),
            )
    return w("{n} indicators; more than {most} are hard to follow.", n=w.number(a.number), most=w.number(a.most))


# The document


def build_gap_analysis(m: Material) -> Brief:
    """
    The gap analysis as a document: on page one what is not met, the counts, both clocks and the decisions wanted; then all of it.

    Raises ValueError where no result is there to be written.
    """
    from exitplan.reports.content import classification, labels

    found, w, mission = m.frameworks, m.w, m.dossier.mission
    if found is None:
        raise ValueError("a gap analysis needs the frameworks worked out")
    front = front_page(m)
    words = labels(w)
    return Brief(
        lang=w.lang,
        title=w("Gap analysis against frameworks"),
        mission=mission.name(w.lang),
        acronym=mission.acronym,
        day=w.date(m.on),
        classification=w("Classification: {level}", level=w.code("classification", classification(m))),
        banner=w("Fictional: this country, its people and its figures are invented.") if mission.fictional else "",
        front=_front(m, front, found),
        sections=analysis_sections(m),
        labels=words.model_copy(update={"gates": w("What is not met")}),
    )


def _front(m: Material, front: FrontPage, found: FrameworksResult) -> FrontPage:
    w, gaps = m.w, found.gaps
    table = Table(
        caption=w("What is not met, or only partly"),
        columns=columns((w("Norm"), 3), (w("Document"), 2), (w("Where the mission stands"), 1.2), (w("Grounds"), 4)),
        rows=tuple(
            row(
                f"{n.code} {n.name(m.lang)}",
                n.document,
                Cell(text=w.capital(w.code("norm_status", n.state)), mark=MARKS[n.state]),
                clipped(grounds_words(n, w), 160) or "–",
            )
            for n in gaps[:FRONT_GAPS]
        ),
        empty=w("No gap is known."),
        note=w.count("{n} more gap is listed below.", "{n} more gaps are listed below.", len(gaps) - FRONT_GAPS)
        if len(gaps) > FRONT_GAPS
        else "",
    )
    shown: tuple[NormState, ...] = ("not_met", "partly_met", "not_checked", "met")
    facts = tuple(
        Fact(label=w.capital(w.code("norm_status", state)), value=w.number(found.counts[state])) for state in shown
    )
    informs = w("This analysis informs a decision; it does not recommend leaving.")
    return front.model_copy(update={"headline": headline(found, w), "gates": table, "facts": facts, "informs": informs})
