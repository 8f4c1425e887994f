"""Who does what: parts in hand-overs, shared objectives, what partners cover, what is late or ends early, help from afar."""

from __future__ import annotations

from collections.abc import Sequence

from exitplan.domain.kinds import Commitment, Handover, Partner
from exitplan.domain.raci import NOT_SHOWN
from exitplan.domain.results.partners import CheckLine, CoverageRow, HandoverParties, PartnersResult
from exitplan.reports.charts.partners import MOST_COLUMNS, MOST_ROWS, Box, matrix
from exitplan.reports.content.material import Material, joined
from exitplan.reports.page import Block, Cell, Figure, Mark, Paragraph, Section, Table, columns, row

PARTS = ("accountable", "responsible", "consulted", "informed")
VERDICT_MARKS: dict[str, Mark] = {"none": "unmet", "not_firm": "unmet", "single": "late", "several": "met"}
CHECK_MARKS: dict[str, Mark] = {"failed": "unmet", "open": "late", "agreed": "", "tested": "met"}
LONG = 12
"""Rows above which a table is folded."""


def coverage_section(m: Material) -> Section:
    """Coverage first, then what ends early or lags, reach from afar, parts in hand-overs, checks, objectives, silence."""
    found = _found(m)
    blocks: list[Block] = [Paragraph(text=_lead(m, found), tone="lead")]
    picture = coverage_figure(m, found)
    blocks += [picture] if picture else []
    blocks += [
        coverage_table(m, found.coverage, m.w("What partners cover by function and area, worst first")),
        kinds_table(m, found.kinds),
        ends_table(m, found),
        late_table(m, found),
        reach_table(m, found),
        support_table(m, found),
    ]
    raci = raci_figure(m, found)
    blocks += [
        raci or raci_table(m, ()),
        checks_table(m, [c for h in found.handovers for c in h.checks]),
        objectives_table(m, found),
        silence_table(m, found),
    ]
    return Section(key="coverage", title=m.w("What partners do and cover"), blocks=tuple(blocks))


def _found(m: Material) -> PartnersResult:
    assert m.partners is not None
    return m.partners


def partner_name(m: Material, code: str) -> str:
    """A partner by name; the code where it is not known."""
    partner = m.dossier.get(Partner, code)
    return partner.name(m.lang) if partner else code


def party_name(m: Material, party: str, partner: bool) -> str:
    """A partner or an office by name; that it is not shown, where it is not."""
    if partner:
        return partner_name(m, party)
    return m.w("not shown to you") if party == NOT_SHOWN else party


def commitment_name(m: Material, code: str) -> str:
    """A commitment by code and name."""
    found = m.dossier.get(Commitment, code)
    return f"{code} {found.name(m.lang)}" if found else code


def handover_name(m: Material, code: str) -> str:
    """A hand-over by code and name."""
    found = m.dossier.get(Handover, code)
    return f"{code} {found.name(m.lang)}" if found else code


def _lead(m: Material, found: PartnersResult) -> str:
    w = m.w
    held = [r.verdict for r in found.coverage if r.area is None]
    gaps = sum(v in ("none", "not_firm") for v in held)
    parts = [
        w.count("{n} function has nobody firmly behind it", "{n} functions have nobody firmly behind them", gaps),
        w.count("{n} rests on one partner alone", "{n} rest on one partner alone", held.count("single")),
    ]
    if any(h.roles for h in found.handovers):
        gaps = sum(bool(h.gaps) for h in found.handovers)
        parts.append(w.count("{n} hand-over has a gap in its parts", "{n} hand-overs have a gap in their parts", gaps))
    said = w("Of {all} functions: {parts}.", all=w.number(len(held)), parts=w.semicolon.join(parts))
    return said if held else w("The dossier holds no function.")


def row_name(m: Material, line: CoverageRow) -> str:
    """What a row of the matrix is about: a function, with its area where it is about one."""
    function = f"{line.function} {m.functions.get(line.function or '', '')}".strip()
    return f"{function}, {m.where(line.area)}" if line.area else function


def _short_name(m: Material, line: CoverageRow) -> str:
    """The same for a picture: an area stands below its function's code."""
    return f"{line.function} – {m.where(line.area)}" if line.area else row_name(m, line)


def coverage_figure(m: Material, found: PartnersResult) -> Figure | None:
    """Functions against partners: firm commitments dark, the others pale, with their number; None without a commitment."""
    w = m.w
    lines = [line for line in found.coverage if line.cells or line.area is None]
    partners = list(dict.fromkeys(c.partner for line in lines for c in line.cells))
    if not partners:
        return None
    boxes = [
        Box(
            _short_name(m, line),
            partner_name(m, c.partner),
            "+".join(str(len(x)) for x in (c.firm, c.soft) if x),
            "firm" if c.firm else "soft",
        )
        for line in lines
        for c in line.cells
    ]
    said = ", ".join(
        f"{row_name(m, line)}{w.colon}{w.code('coverage', line.verdict)}" for line in lines if line.area is None
    )
    alt_text = w("What partners cover. {said}.", said=said)
    names = [partner_name(m, p) for p in partners]
    return Figure(
        key="coverage-matrix",
        title=w("Functions and the partners that stand behind them"),
        alt=alt_text,
        svg=matrix("coverage-matrix", boxes, [_short_name(m, line) for line in lines], names, alt_text, w),
        table=_cells_table(m, lines),
        note=w(
            "Dark: a commitment that is signed or delivered. Pale: only announced or pledged. Figures: how many of each. "
            "A row without a dark box has nobody firmly behind it; the least covered stand first."
        )
        + _left_out(m, len(lines), len(names)),
    )


def _left_out(m: Material, rows: int, across: int) -> str:
    if rows <= MOST_ROWS and across <= MOST_COLUMNS:
        return ""
    return " " + m.w(
        "The picture shows {rows} rows and {columns} columns at most; the table holds all.",
        rows=MOST_ROWS,
        columns=MOST_COLUMNS,
    )


def _cells_table(m: Material, lines: Sequence[CoverageRow]) -> Table:
    w = m.w
    return Table(
        caption=w("Functions and the partners that stand behind them"),
        columns=columns((w("Function"), 2.4), (w("Partner"), 2), (w("Signed or delivered"), 2), (w("Not firm"), 2)),
        rows=tuple(
            row(row_name(m, line), partner_name(m, c.partner), ", ".join(c.firm) or "–", ", ".join(c.soft) or "–")
            for line in lines
            for c in line.cells
        ),
        folded=True,
    )


def coverage_table(m: Material, lines: Sequence[CoverageRow], caption: str) -> Table:
    """Rows worst first: verdict, who is firm, who is not, where several promise the same."""
    w = m.w
    return Table(
        caption=caption,
        columns=columns(
            (w("Function"), 2.4),
            (w("Covered by"), 1.4),
            (w("Firm"), 2),
            (w("Not firm"), 2),
            (w("Several promise"), 1.4),
        ),
        rows=tuple(row(row_name(m, line), *_covered(m, line)) for line in lines),
        empty=w("The dossier holds no function."),
        folded=len(lines) > LONG,
        note=w("A single firm partner is a single point of failure. Several that promise the same may be an overlap.")
        if lines
        else "",
    )


def kinds_table(m: Material, lines: Sequence[CoverageRow]) -> Table:
    """The same by kind of commitment."""
    w = m.w
    return Table(
        caption=w("What partners promise by kind, worst first"),
        columns=columns((w("Kind"), 1.6), (w("Covered by"), 1.6), (w("Firm"), 2.4), (w("Not firm"), 2.4)),
        rows=tuple(row(w.capital(w.code("commitment", line.type)), *_covered(m, line)[:3]) for line in lines),
        empty=w("No commitment is on record."),
    )


def _covered(m: Material, line: CoverageRow) -> tuple[Cell, str, str, str]:
    w = m.w
    firm = [partner_name(m, c.partner) for c in line.cells if c.firm]
    soft = [partner_name(m, c.partner) for c in line.cells if not c.firm]
    return (
        Cell(text=w.code("coverage", line.verdict), mark=VERDICT_MARKS[line.verdict]),
        joined(firm, 4, w) or "–",
        joined(soft, 4, w) or "–",
        w.codes("commitment", line.overlaps) or "–",
    )


def ends_table(m: Material, found: PartnersResult) -> Table:
    """Commitments that end before the exit or before a hand-over they support."""
    w = m.w
    return Table(
        caption=w("Commitments that end before what they support"),
        columns=columns(
            (w("Commitment"), 2.6), (w("Partner"), 1.8), (w("Ends"), 1.1), (w("Before"), 2.2), (w("Which is on"), 1.1),
            (w("Days short"), 1), numbers=(5,),
        ),
        rows=tuple(
            row(
                commitment_name(m, e.commitment),
                partner_name(m, e.partner),
                w.date(e.end, short=True),
                w("the exit") if e.before == "exit" else handover_name(m, e.before.partition(":")[2]),
                w.date(e.day, short=True),
                w.number(e.days),
            )
            for e in found.ends
        ),
        empty=w("Every commitment that stands lasts until the exit."),
        folded=len(found.ends) > LONG,
    )  # fmt: skip


def late_table(m: Material, found: PartnersResult) -> Table:
    """Delivered against pledged, with lateness."""
    w = m.w
    return Table(
        caption=w("Delivered against pledged: what lags, the latest first"),
        columns=columns(
            (w("Commitment"), 2.6), (w("Partner"), 1.8), (w("Pledged"), 1.5), (w("Delivered"), 1), (w("Due by now"), 1),
            (w("Days late"), 1), numbers=(2, 3, 4, 5),
        ),
        rows=tuple(
            row(
                commitment_name(m, d.commitment),
                partner_name(m, d.partner),
                f"{w.number(d.amount)} {d.unit}",
                w.share(d.delivered / d.amount),
                w.share(d.due / d.amount),
                Cell(text=w.number(d.days_late), mark="late"),
            )
            for d in found.late
        ),
        empty=w("Nothing that was promised lags behind an even delivery."),
        note=w("Due by now: spread evenly over the period of the commitment, which is an assumption.") if found.late else "",
        folded=len(found.late) > LONG,
    )  # fmt: skip


def reach_table(m: Material, found: PartnersResult) -> Table:
    """Quick-reaction forces and what they lack on the day of the exit."""
    w = m.w
    day = w.date(found.exit) if found.exit else w.date(m.on)
    return Table(
        caption=w("Reach from afar, as it would stand after the exit on {day}", day=day),
        columns=columns(
            (w("Force"), 2.4), (w("Size"), 1), (w("Hours to arrive"), 0.9), (w("Mandate"), 1.6), (w("Transport"), 1),
            (w("Consent of the host"), 1.1), (w("Until"), 1.1), (w("What is missing"), 2.2), numbers=(2,),
        ),
        rows=tuple(
            row(
                f"{commitment_name(m, r.commitment)} ({partner_name(m, r.partner)})",
                f"{w.number(r.size)} {r.unit}",
                w.number(r.reach_hours),
                r.mandate or "–",
                w.code("lift", r.lift),
                w.code("host_consent", r.consent),
                w.date(r.end, short=True),
                Cell(text=w.codes("reach_gap", r.missing), mark="unmet") if r.missing else Cell(text=w("nothing"), mark="met"),
            )
            for r in found.reach
        ),
        empty=w("No quick-reaction force is promised."),
        note=w("Time to arrive is what the partner states. It says nothing about what the force could do there.")
        if found.reach
        else "",
    )  # fmt: skip


def support_table(m: Material, found: PartnersResult) -> Table:
    """Support after exit in the plan, as its commitments bear it."""
    w = m.w
    why = {
        "withdrawn": w("commitment withdrawn"),
        "no-consent": w("no consent of the host"),
        "expired": w("commitment ends before"),
        "other-area": w("commitment for another area"),
    }
    return Table(
        caption=w("Support after exit that the futures count"),
        columns=columns(
            (w("Where"), 1.6), (w("Share of the need"), 1), (w("From"), 1.1), (w("Until"), 1.1), (w("Rests on"), 2.6),
            (w("Counted"), 1.8), numbers=(1,),
        ),
        rows=tuple(
            row(
                m.where(s.area),
                w.share(s.strength),
                w.month(s.start, short=True),
                w.month(s.end, short=True),
                commitment_name(m, s.commitment) if s.commitment else w("an assumption of the plan"),
                Cell(text=w("yes"), mark="met") if s.counted else Cell(text=w("no: {why}", why=why[s.why]), mark="unmet"),
            )
            for s in found.support
        ),
        empty=w("The plan counts on no support after exit."),
    )  # fmt: skip


def raci_figure(m: Material, found: PartnersResult) -> Figure | None:
    """Hand-overs against parties, a letter for each part; None where no part is named."""
    w = m.w
    if not any(h.roles for h in found.handovers):
        return None
    lines = [h for h in found.handovers if h.roles or h.gaps]
    parties = list(dict.fromkeys(party_name(m, r.party, r.partner) for h in lines for r in h.roles))
    letters = {part: w.capital(w.code("raci", part))[:1] for part in PARTS}
    gap = w("gaps")
    boxes = []
    for h in lines:
        held: dict[str, list[str]] = {}
        for r in h.roles:
            held.setdefault(party_name(m, r.party, r.partner), []).append(r.role)
        if h.gaps:
            boxes.append(Box(f"{h.code} {h.name(m.lang)}", gap, str(len(h.gaps)), "gap"))
        boxes += [
            Box(
                f"{h.code} {h.name(m.lang)}",
                party,
                "".join(letters[part] for part in PARTS if part in parts),
                next((tone for tone in ("accountable", "responsible") if tone in parts), "other"),
            )
            for party, parts in held.items()
        ]
    names = [f"{h.code} {h.name(m.lang)}" for h in lines]
    alt_text = w(
        "Parts in hand-overs: {n} hand-overs shown, {gaps} of them with a gap.",
        n=len(lines),
        gaps=sum(bool(h.gaps) for h in lines),
    )
    return Figure(
        key="raci-matrix",
        title=w("Parts in hand-overs"),
        alt=alt_text,
        svg=matrix("raci-matrix", boxes, names, [gap, *parties], alt_text, w),
        table=raci_table(m, lines).model_copy(update={"folded": True}),
        note=w.semicolon.join(f"{letters[part]}{w.colon}{w.code('raci', part)}" for part in PARTS)
        + ". "
        + w("Gaps stand first; hand-overs that are only proposed and name no part yet are left out.")
        + _left_out(m, len(lines), len(parties) + 1),
    )


def raci_table(m: Material, lines: Sequence[HandoverParties]) -> Table:
    """Hand-overs with their parts, gaps first."""
    w = m.w
    return Table(
        caption=w("Parts in hand-overs, gaps first"),
        columns=columns(
            (w("Hand-over"), 2.2),
            (w("State"), 1.1),
            (w("Gap"), 1.4),
            *((w.capital(w.code("raci", part)), 1.6) for part in PARTS),
        ),
        rows=tuple(
            row(
                f"{h.code} {h.name(m.lang)}",
                w.code("handover_state", h.state),
                Cell(text=w.codes("raci_gap", h.gaps) or "–", mark="unmet" if h.gaps else ""),
                *(
                    ", ".join(party_name(m, r.party, r.partner) for r in h.roles if r.role == part) or "–"
                    for part in PARTS
                ),
            )
            for h in lines
        ),
        empty=w("No hand-over says yet who is responsible, accountable, consulted or informed."),
        folded=len(lines) > LONG,
    )


def handover_section(m: Material, code: str) -> Section:
    """One hand-over: who has which part, what is missing, and what both sides have settled."""
    w = m.w
    line = next(h for h in _found(m).handovers if h.code == code)
    blocks: list[Block] = []
    if line.gaps and line.roles:
        gaps = w.capital(w.codes("raci_gap", line.gaps))
        blocks.append(Paragraph(text=f"{gaps}.", tone="warning"))
    blocks.append(
        Table(
            caption=w("Parts in this hand-over"),
            columns=columns((w("Part"), 1), (w("Who"), 3)),
            rows=tuple(
                row(w.capital(w.code("raci", part)), ", ".join(names) or "–")
                for part in PARTS
                if (names := [party_name(m, r.party, r.partner) for r in line.roles if r.role == part])
            ),
            empty=w("Nobody is named yet as responsible, accountable, consulted or informed."),
        )
    )
    table = checks_table(m, line.checks)
    blocks.append(table.model_copy(update={"columns": table.columns[1:], "rows": tuple(r[1:] for r in table.rows)}))
    return Section(key="parties", title=w("Parts and working together"), blocks=tuple(blocks))


def partner_section(m: Material, code: str) -> Section:
    """One partner: its parts in hand-overs, the objectives it shares."""
    w = m.w
    found = _found(m)
    held = [
        row(f"{h.code} {h.name(m.lang)}", w.code("handover_state", h.state), w.capital(w.code("raci", r.role)))
        for h in found.handovers
        for r in h.roles
        if r.partner and r.party == code
    ]
    shared = [o for o in found.objectives if code in o.partners]
    blocks = (
        Table(
            caption=w("Its parts in hand-overs"),
            columns=columns((w("Hand-over"), 3), (w("State"), 1), (w("Part"), 1)),
            rows=tuple(held),
            empty=w("It has no part in a hand-over yet."),
        ),
        Table(
            caption=w("Objectives it shares"),
            columns=columns((w("Objective"), 3), (w("Part of the end state"), 1)),
            rows=tuple(row(f"{o.code} {o.name(m.lang)}", w.code("dimension", o.dimension)) for o in shared),
            empty=w("It shares no objective on record."),
        ),
    )
    return Section(key="parts", title=w("Its part in the exit"), blocks=blocks)


def checks_table(m: Material, checks: Sequence[CheckLine]) -> Table:
    """Checks of working together and of command, unmet first."""
    w = m.w
    order = tuple(CHECK_MARKS)
    found = sorted(checks, key=lambda c: order.index(c.status))
    return Table(
        caption=w("Working together and command, unmet first"),
        columns=columns(
            (w("Hand-over"), 2.4), (w("About"), 1.5), (w("What is checked"), 1.5), (w("Status"), 1), (w("Day"), 1), (w("Note"), 2.8)
        ),
        rows=tuple(
            row(
                handover_name(m, c.handover),
                w.code("check_kind", c.check),
                w.code("check_topic", c.topic),
                Cell(text=w.code("check_status", c.status), mark=CHECK_MARKS[c.status]),
                w.date(c.date, short=True),
                c.note or "–",
            )
            for c in found
        ),
        empty=w("No check of working together or of command is on record."),
        folded=len(found) > LONG,
    )  # fmt: skip


def objectives_table(m: Material, found: PartnersResult) -> Table:
    """Parts of the end state and who shares them."""
    w = m.w
    return Table(
        caption=w("Objectives shared with partners"),
        columns=columns((w("Objective"), 3), (w("Part of the end state"), 1.4), (w("Shared by"), 4)),
        rows=tuple(
            row(
                f"{o.code} {o.name(m.lang)}",
                w.code("dimension", o.dimension),
                ", ".join(partner_name(m, p) for p in o.partners)
                if o.partners
                else Cell(text=w("no partner shown to you"), mark="unmet"),
            )
            for o in found.objectives
        ),
        empty=w("The dossier holds no objective."),
    )


def silence_table(m: Material, found: PartnersResult) -> Table:
    """Partners not spoken to for long."""
    w = m.w
    partners = {p.code: p for p in m.dossier.of(Partner)}
    return Table(
        caption=w.count(
            "Partners without contact for {n} day or more", "Partners without contact for {n} days or more", found.silent_days
        ),
        columns=columns(
            (w("Partner"), 3), (w("Spoken to through"), 2.4), (w("Last contact"), 1.2), (w("Days"), 1), numbers=(3,)
        ),
        rows=tuple(
            row(
                f"{s.partner} {partner_name(m, s.partner)}",
                (partners[s.partner].channel if s.partner in partners else "") or "–",
                w.date(s.last, short=True) if s.last else w("never"),
                w.number(s.days),
            )
            for s in found.silent
        ),
        empty=w("Every partner with a part has been spoken to in this time.")
        if found.contacts
        else w("No contact is shown to you."),
        note=_who_is_looked_at(m, found) if found.contacts else "",
    )  # fmt: skip


def _who_is_looked_at(m: Material, found: PartnersResult) -> str:
    """Whose silence counts, and how many partners are left out."""
    w = m.w
    said = w(
        "Partners that take something over, or have a part in a hand-over, a commitment, an agreement or a request."
    )
    if not found.without_part:
        return said
    left = w.count("{n} other is not looked at.", "{n} others are not looked at.", found.without_part)
    return f"{said} {left}"
