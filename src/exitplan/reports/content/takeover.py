"""Who takes over: the ledger of functions, their money, institutions and their training, and what people say they need."""

from __future__ import annotations

from collections.abc import Iterable

from exitplan.domain.kinds import Indicator, Partner
from exitplan.domain.months import month_of, month_text
from exitplan.domain.results.base import Band
from exitplan.domain.results.takeover import (
    CohortLine,
    FunctionLine,
    InstitutionLine,
    NeedLine,
    Standing,
    SurveyLine,
    TakeoverResult,
    WhenMet,
)
from exitplan.reports.charts import cover_strip, funding
from exitplan.reports.content.material import Material, clipped
from exitplan.reports.page import Block, Cell, Paragraph, Section, Table, columns, row
from exitplan.wording.figures import NO_BREAK

ROWS = 12
"""Rows above which a table is folded."""


def takeover_section(m: Material) -> Section | None:
    """The ledger, the least settled first, and the money of functions month by month; None where nothing was computed."""
    found = m.takeover
    if found is None:
        return None
    if not found.functions:
        said = Paragraph(text=m.w("The dossier holds no function."))
        return Section(key="takeover", title=m.w("Who takes over"), blocks=(said,))
    blocks: list[Block] = [
        *_summary(m, found),
        ledger_table(m, found.functions),
        receivers_table(m, found.functions),
        *money_blocks(m, found),
    ]
    return Section(key="takeover", title=m.w("Who takes over"), blocks=tuple(blocks))


def _summary(m: Material, found: TakeoverResult) -> list[Block]:
    w, functions = m.w, [f for f in found.functions if f.destination != "discontinue"]
    if not functions:
        return []
    settled = sum(not f.troubles for f in functions)
    signed = sum(f.signed == "signed" and f.acceptance in ("yes", "with_conditions") for f in functions)
    nobody = sum("undecided" in f.troubles or "no_receiver" in f.troubles for f in functions)
    said = [
        w(
            "{signed} of {all} functions are accepted under their receiver's signature.",
            signed=signed,
            all=len(functions),
        ),
        w("For {n} nobody is named who would carry them.", n=nobody) if nobody else "",
        w("Nothing stands against {n} of them.", n=settled) if settled else "",
    ]
    return [Paragraph(text=" ".join(s for s in said if s), tone="lead")]


def partner_name(m: Material, code: str | None) -> str:
    """Name of a partner; nothing without one."""
    found = m.dossier.get(Partner, code)
    return found.name(m.lang) if found else code or ""


def answer_words(f: FunctionLine, m: Material) -> str:
    """The receiver's answer and whether it is signed; never more than was said."""
    w = m.w
    if f.destination == "discontinue":
        return "–"
    said = w.code("acceptance", f.acceptance)
    if f.signed == "none":
        return said
    if f.signed == "signed":
        return w("{answer}, signed {day}", answer=said, day=w.date(f.answered_on, short=True))
    if f.signed == "older":
        return w("{answer}, signed {day} for other terms", answer=said, day=w.date(f.answered_on, short=True))
    return w("{answer}, noted by the mission, not signed", answer=said)


def standing_words(standing: Standing | None, m: Material) -> str:
    """People on duty against need, how it was verified, and when."""
    w = m.w
    if standing is None:
        return "–"
    counted = w.date(standing.counted, short=True) if standing.counted else w("day not known")
    return w(
        "{strength} of {need} on duty; {gap} lacking ({verified}, {day})",
        strength=w.number(standing.strength),
        need=w.number(standing.need),
        gap=w.number(standing.gap),
        verified=w.code("verification", standing.verification),
        day=counted,
    )


def band_words(band: Band | None, m: Material) -> str:
    """A band of shares; a dash where it is not known or not shown."""
    return m.w.chances(band.low, band.high) if band else "–"


def when_words(met: WhenMet | None, m: Material) -> str:
    """The interval of months in which a need is met."""
    w = m.w
    if met is None:
        return "–"
    beyond = w("later than {n} months", n=met.horizon)
    early, late = (w.month(x, short=True) if x else beyond for x in (met.early, met.late))
    return early if early == late else f"{early} – {late}"


def ledger_table(m: Material, functions: Iterable[FunctionLine]) -> Table:
    """Every function, who is to carry it, and what stands against it."""
    w, currency = m.w, m.dossier.mission.currency
    rows = []
    for f in functions:
        receiver = partner_name(m, f.receiver)
        rows.append(
            row(
                f"{f.code} {f.name(m.lang)}",
                Cell(
                    text=w.semicolon.join(w.code("trouble", t) for t in f.troubles) or w("nothing on record"),
                    mark="late" if f.troubles else "",
                ),
                w.capital(w.code("destination", f.destination)) + (f"{w.colon}{receiver}" if receiver else ""),
                answer_words(f, m) + (f"{w.colon}{clipped(f.conditions, 160)}" if f.conditions else ""),
                w.number(f.cost_year / 1e6, 1) if f.cost_year is not None else "–",
                w.number(f.funded_year / 1e6, 1) if f.funded_year is not None else "–",
                _days(f, m),
            )
        )
    return Table(
        caption=w("Functions and who is to carry them, the least settled first"),
        columns=columns(
            (w("Function"), 2),
            (w("What stands against it"), 2),
            (w("Who is to carry it"), 1.8),
            (w("Receiver's answer"), 2.6),
            (w("Cost a year, million {currency}", currency=currency), 1),
            (w("Funded after exit, as stated"), 1),
            (w("Hand-overs"), 1.6),
            numbers=(4, 5),
        ),
        rows=tuple(rows),
        empty=w("The dossier holds no function."),
        note=w("An answer counts once the receiver has signed it. Not asked is not accepted.") if rows else "",
        folded=len(rows) > ROWS,
    )


def receivers_table(m: Material, functions: Iterable[FunctionLine]) -> Table:
    """What the receivers of each function have and lack."""
    w = m.w
    rows = tuple(
        row(
            f"{f.code} {f.name(m.lang)}",
            standing_words(f.standing, m),
            band_words(f.capacity, m),
            clipped(f.gap, 200) or "–",
        )
        for f in functions
        if f.destination != "discontinue"
    )
    return Table(
        caption=w("What receivers have and lack"),
        columns=columns(
            (w("Function"), 2),
            (w("People in its institutions"), 3),
            (w("What they can carry next month"), 1.4),
            (w("What is lacking"), 3),
        ),
        rows=rows,
        empty=w("The dossier holds no function."),
        folded=len(rows) > ROWS,
    )


def _days(f: FunctionLine, m: Material) -> str:
    w = m.w
    if not f.handovers:
        return w("none planned")
    said = [w("{done} of {all} done", done=f.handovers_done, all=f.handovers)]
    if f.first and f.last:
        first, last = (w.date(day, short=True).replace(" ", NO_BREAK) for day in (f.first, f.last))
        said.append(first if first == last else f"{first} – {last}")
    if f.undated:
        said.append(w("{n} without a day", n=f.undated))
    return w.semicolon.join(said)


def money_blocks(m: Material, found: TakeoverResult) -> list[Block]:
    w, money = m.w, found.funding
    blocks: list[Block] = []
    if not money.functions:
        return blocks
    deadline = m.status.clocks.calendar.end
    end = month_text(month_of(deadline)) if deadline else None
    if any(x.firm or x.announced or x.untied for x in money.months):
        blocks.append(funding(money.months, money.currency, end, w))
    else:
        blocks.append(Paragraph(text=w("No funding is on record for the time after the mission."), tone="warning"))
    if any(f.need is not None for f in money.functions):
        blocks.append(cover_strip(money.functions, end, w))
    left_out = []
    if money.without_cost:
        left_out.append(w("Cost not stated, so in no total: {codes}.", codes=", ".join(money.without_cost)))
    if money.other_currency:
        left_out.append(w("In another currency, so counted nowhere: {codes}.", codes=", ".join(money.other_currency)))
    assumed = [w.code("assumption", a) for a in found.assumptions if a.startswith("money-")]
    blocks.append(Paragraph(text=" ".join([*left_out, *assumed]), tone="note"))
    return blocks


def training_section(m: Material, *, by_area: bool = True) -> Section | None:
    """
    Institutions by trade and area against what is needed, and the training pipeline; None without institutions.

    Parameters
    ----------
    by_area
        Whether each institution has a line of its own; a brief tells them under what receivers can carry.
    """
    found, w = m.takeover, m.w
    if found is None or not found.institutions:
        return None
    blocks: list[Block] = [_trades(m, found)]
    if by_area:
        blocks.append(_institutions(m, found.institutions))
    blocks += _pipeline(m, found.institutions)
    return Section(key="training", title=w("Institutions and training"), blocks=tuple(blocks))


def _trades(m: Material, found: TakeoverResult) -> Table:
    w = m.w
    return Table(
        caption=w("Institutions by trade, the largest share lacking first"),
        columns=columns(
            (w("Trade"), 1.6),
            w("Institutions"),
            (w("People on duty"), 1),
            w("Need"),
            (w("Lacking"), 1),
            (w("Institutions short of people"), 1.2),
            (w("Women"), 1.2),
            (w("In training now"), 1),
            (w("Least verified count"), 1.6),
            (w("Oldest count"), 1.2),
            numbers=(1, 2, 3, 4, 5, 7),
        ),
        rows=tuple(
            row(
                w.capital(w.code("trade", t.trade)),
                w.number(t.institutions),
                w.number(t.strength),
                w.number(t.need),
                Cell(text=w.number(t.gap), mark="late" if t.gap else ""),
                w.number(t.short),
                w.share(t.women) + ("" if t.women_known == t.institutions else f" ({t.women_known}/{t.institutions})")
                if t.women is not None
                else w("not known"),
                w.number(t.in_training),
                w.code("verification", t.verification),
                w.date(t.counted, short=True) if t.counted else w("day not known"),
            )
            for t in found.trades
        ),
        note=w("Lacking is added up institution by institution: more than enough in one place fills no other."),
    )


def _institutions(m: Material, institutions: Iterable[InstitutionLine]) -> Table:
    w = m.w
    rows = tuple(
        row(
            f"{i.code} {i.name(m.lang)}",
            m.where(i.area),
            w.code("trade", i.trade),
            w.number(i.strength),
            w.number(i.need),
            Cell(text=w.number(i.gap), mark="late" if i.gap else ""),
            f"{w.code('verification', i.verification)}, "
            + (w.date(i.counted, short=True) if i.counted else w("day not known")),
            w.share(i.women) if i.women is not None else "–",
            when_words(i.met, m),
        )
        for i in institutions
    )
    return Table(
        caption=w("Institutions by trade and area, the largest share lacking first"),
        columns=columns(
            (w("Institution"), 2.4),
            (w("Area"), 1.2),
            (w("Trade"), 1.1),
            (w("People on duty"), 1),
            w("Need"),
            (w("Lacking"), 1),
            (w("Count verified"), 2),
            (w("Women"), 0.9),
            (w("Need met, 80% interval"), 1.8),
            numbers=(3, 4, 5, 7),
        ),
        rows=rows,
        note=w(
            "Need met: first month in which the people on duty reach the need, with recruitment and losses as stated; the interval "
            "holds 80% of the courses drawn."
        ),
        folded=len(rows) > ROWS,
    )


def _pipeline(m: Material, institutions: Iterable[InstitutionLine]) -> list[Block]:
    w = m.w
    lines = [i for i in institutions if i.cohorts or i.mentors_needed is not None or i.certified is not None]
    if not lines:
        return [
            Paragraph(
                text=w("No course and no need of mentors is on record: what is in training cannot be shown."),
                tone="note",
            )
        ]
    rows = tuple(
        row(
            f"{i.code} {i.name(m.lang)}",
            w.number(i.gap),
            w.number(i.in_training),
            w.semicolon.join(_course(c, m) for c in i.cohorts if c.state != "over") or "–",
            w.share(i.pass_share),
            w.share(i.attrition_year),
            _mentors(i, m),
            w.share(i.certified) if i.certified is not None else "–",
            w.share(i.externally_paid) if i.externally_paid is not None else "–",
        )
        for i in lines
    )
    return [
        Table(
            caption=w("Training against the need"),
            columns=columns(
                (w("Institution"), 2.2),
                (w("Lacking"), 0.9),
                (w("In training now"), 0.9),
                (w("Courses under way and planned"), 4),
                (w("Finish, as stated"), 0.9),
                (w("Lost a year"), 0.9),
                (w("Mentors"), 1.2),
                (w("Certified"), 0.9),
                (w("Paid from abroad"), 0.9),
                numbers=(1, 2, 4, 5, 7, 8),
            ),
            rows=rows,
            note=w("People expected to finish a course stand as an 80% interval."),
            folded=len(rows) > ROWS,
        )
    ]


def _mentors(i: InstitutionLine, m: Material) -> Cell:
    w = m.w
    if i.mentors_needed is None:
        return Cell(text=w("{n}, need not stated", n=w.number(i.mentors, 1)))
    needed = w("{n} of {need}", n=w.number(i.mentors, 1), need=w.number(i.mentors_needed, 1))
    return Cell(text=needed, mark="late" if i.mentors < i.mentors_needed else "")


def _course(c: CohortLine, m: Material) -> str:
    w = m.w
    said = w(
        "{n} {state}, {start} to {end}, {low}–{high} expected to finish",
        n=w.number(c.size),
        state=w.code("course_state", c.state),
        start=w.date(c.start, short=True),
        end=w.month(c.ends, short=True),
        low=w.number(c.graduates.low, 0),
        high=w.number(c.graduates.high, 0),
    )
    women = w("{n} women", n=w.number(c.women)) if c.women is not None else ""
    return f"{c.title}{w.colon}{said}" + (f", {women}" if women else "") if c.title else said


def needs_section(m: Material) -> Section | None:
    """Needs, those that nobody serves first, with the consultations they come from, and surveys beside them; None without any."""
    found, w = m.takeover, m.w
    if found is None or not (found.needs or found.consultations or found.surveys):
        return None
    unserved = [n for n in found.needs if n.served != "served"]
    blocks: list[Block] = []
    if found.needs:
        blocks.append(
            Paragraph(
                text=w.count(
                    "{n} of {all} needs is served by nobody: no function, no programme, or a function that nobody is to carry.",
                    "{n} of {all} needs are served by nobody: no function, no programme, or a function that nobody is to carry.",
                    len(unserved),
                    all=len(found.needs),
                )
                if unserved
                else w("Every need on record has a function or a programme that would meet it."),
                tone="lead",
            )
        )
        if unserved:
            blocks.append(_needs(m, unserved, w("Needs that nobody serves"), folded=False))
        served = [n for n in found.needs if n.served == "served"]
        if served:
            blocks.append(_needs(m, served, w("Needs with a function or programme"), folded=len(served) > ROWS))
    if found.consultations:
        blocks.append(_consultations(m, found))
    blocks += _surveys(m, found.surveys)
    return Section(key="needs", title=w("What people say they need"), blocks=tuple(blocks))


def _needs(m: Material, needs: Iterable[NeedLine], caption: str, *, folded: bool) -> Table:
    w = m.w
    return Table(
        caption=caption,
        columns=columns(
            (w("Need"), 2),
            (w("Where"), 1.2),
            (w("Whose"), 1.2),
            (w("Rank"), 0.7),
            (w("In their own words"), 3.2),
            (w("Who would meet it"), 2),
            (w("Asked"), 1.1),
            numbers=(3,),
        ),
        rows=tuple(
            row(
                f"{n.code} {n.name(m.lang)}",
                m.where(n.area),
                w.capital(w.code("need_level", n.level)) + (f"{w.colon}{n.group}" if n.group else ""),
                w.number(n.priority),
                clipped(n.statement, 200) or "–",
                Cell(text=_server(n, m), mark="late" if n.served != "served" else ""),
                w.date(n.asked_on, short=True),
            )
            for n in needs
        ),
        folded=folded,
    )


def _server(n: NeedLine, m: Material) -> str:
    if n.served == "nobody":
        return m.w.code("served", n.served)
    said = [m.functions.get(n.function, n.function)] if n.function else []
    if n.served == "function_open":
        return m.w("{function}, which nobody is to carry", function=said[0])
    return ", ".join([*said, *n.programmes])


def _consultations(m: Material, found: TakeoverResult) -> Table:
    w = m.w
    return Table(
        caption=w("Consultations, the latest first"),
        columns=columns(
            (w("Consultation"), 2),
            (w("Day"), 1.1),
            (w("Where"), 1.2),
            (w("Women"), 1.05),
            (w("Men"), 0.8),
            (w("Young people"), 0.95),
            (w("What was said"), 2.8),
            (w("Needs named"), 1.2),
            numbers=(3, 4, 5),
        ),
        rows=tuple(
            row(
                f"{c.code} {c.name(m.lang)}",
                w.date(c.date, short=True),
                m.where(c.area),
                *(w.number(n) if n is not None else "–" for n in (c.women, c.men, c.young)),
                clipped(c.said, 240) or "–",
                ", ".join(c.needs) or "–",
            )
            for c in found.consultations
        ),
        note=w("A dash: not recorded, or 1 to 4 people, who are not counted for readers outside the mission."),
        folded=len(found.consultations) > ROWS,
    )


def _surveys(m: Material, surveys: Iterable[SurveyLine]) -> list[Block]:
    """One table for each indicator: places down the side, groups across, each value with its interval."""
    w = m.w
    by_indicator: dict[str, list[SurveyLine]] = {}
    for line in surveys:
        by_indicator.setdefault(line.indicator, []).append(line)
    blocks: list[Block] = []
    for code, lines in by_indicator.items():
        indicator = m.dossier.find(Indicator, code)
        groups = sorted({line.group for line in lines}, key=lambda g: (g != "total", g.split("=")[0] != "sex", g))
        areas = [a for a in ("", *m.areas) if any(line.area == a for line in lines)]
        cells = {(line.area, line.group): line for line in lines}
        rows = []
        for area in areas:
            there = [x for g in groups if (x := cells.get((area, g)))]
            rows.append(
                row(
                    m.where(area),
                    w.date(max(x.date for x in there), short=True),
                    *(_value(cells.get((area, g)), max(x.date for x in there), m) for g in groups),
                )
            )
        blocks.append(
            Table(
                caption=w(
                    "Survey: {indicator}, {unit}", indicator=f"{code} {indicator.name(m.lang)}", unit=indicator.unit
                ),
                columns=columns(
                    (w("Where"), 1.4),
                    (w("Asked"), 1.1),
                    *((w("everybody") if g == "total" else w.group(g), 1.6) for g in groups),
                ),
                rows=tuple(rows),
                note=_interval_note(lines, m),
                folded=len(rows) > ROWS,
            )
        )
    return blocks


def _value(line: SurveyLine | None, day: object, m: Material) -> str:
    w = m.w
    if line is None:
        return "–"
    said = w.number(line.value, 1)
    if line.low is None or line.high is None:
        said = f"{said}, {w.code('interval', line.interval)}"
    else:
        said = f"{said} ({w.number(line.low, 1)}–{w.number(line.high, 1)})"
    return said if line.date == day else f"{said}, {w.date(line.date, short=True)}"


def _interval_note(lines: Iterable[SurveyLine], m: Material) -> str:
    w, kinds = m.w, {line.interval for line in lines}
    said = []
    if "stated" in kinds:
        said.append(w("In brackets: the interval stated with the measurement."))
    if "sample" in kinds:
        said.append(w("In brackets, where none was stated: Wilson's 95% interval for the number of people asked."))
    return " ".join(said)
