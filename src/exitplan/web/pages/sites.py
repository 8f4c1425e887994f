"""Sites: the map, closures over time, and one site with its closure steps, assets, and what moving its closure would break."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpResponse
from django.shortcuts import redirect

from exitplan.domain.errors import ExitplanError, InvalidValue
from exitplan.domain.facts import facts_on
from exitplan.domain.kinds import Agreement, AssetLot, Gate, Plan, Site, Unit
from exitplan.domain.results.readiness import SiteStatus
from exitplan.domain.results.schedule import ScheduledStep
from exitplan.usecases import deciding, moving, pictures
from exitplan.usecases.looking import look
from exitplan.web import cells
from exitplan.web.access import Asked
from exitplan.web.offering import offered
from exitplan.web.sections import pictured, pieces
from exitplan.web.tables import Cell, Column, Lines, Row, Table, table_page


def sites(asked: Asked) -> HttpResponse:
    """Every site with its state, its people and its closure; the map and the order of closures above."""
    w = asked.w
    seen = look(asked.view)
    positions = asked.may("see_positions") and seen.study.plan is not None
    earliest = {s.code: s for s in seen.schedule.steps if s.kind == "site"} if positions else {}
    table = Table(
        "sites",
        w("Sites"),
        (
            Column("site", w("Site"), wide=True),
            Column("area", w("Area")),
            Column("type", w("Type")),
            Column("state", w("State")),
            Column("people", w("People"), number=True),
            Column("steps", w("Closure steps done")),
            Column("certificates", w("Certificates missing"), number=True),
            Column("earliest", w("Earliest feasible")),
            Column("planned", w("Planned")),
            Column("end", w("Use afterwards")),
        ),
        Lines(seen.status.sites, lambda s: _row(asked, s, earliest.get(s.code))),
        empty=w("No site is shown to you yet. A site is a camp, post or base that will be closed and handed over."),
    )
    where, tables = pieces(asked, pictures.country_map(seen, w))
    picture = None
    if any(step.state != "done" for step in earliest.values()):
        picture, under = pictured(asked, pictures.closures(seen, w))
        tables = (*tables, under)
    return table_page(asked, "sites.html", table, *tables, where=where, p=picture, may_edit=asked.may("edit", "site"))


def _row(asked: Asked, line: SiteStatus, step: ScheduledStep | None) -> Row:
    w = asked.w
    return (
        Cell(f"{line.code} {line.name(w.lang)}", value=line.code, href=cells.address(asked, "site", line.code)),
        cells.reference(asked, "area", line.area),
        Cell(w.capital(w.code("site_type", line.type))),
        cells.state(asked, "site_state", line.state),
        cells.number(asked, line.personnel),
        Cell(w("{done} of {all}", done=line.steps_done, all=line.steps), value=line.steps_done)
        if line.steps
        else Cell("–", value=""),
        cells.number(asked, len(line.certificates_missing) or None),
        cells.month(asked, step.earliest if step else None),
        cells.month(asked, step.planned if step else None, late=bool(step and (step.late_months or 0) > 0)),
        Cell(w("none agreed"), mark="late") if line.without_end_use else Cell(w("agreed")),
    )


def site(asked: Asked) -> HttpResponse:
    """One site; with `month` in the address, what closing it in that month would break."""
    month = asked.request.GET.get("month", "")
    return _page(asked, month)


def move(asked: Asked) -> HttpResponse:
    """Write the month of a closure into the plan in force."""
    assert asked.reader is not None
    posted, code = asked.request.POST, str(asked.path["code"])
    month, why = posted.get("month", ""), posted.get("why", "").strip()
    version = posted.get("version", "")
    try:
        if not why:
            raise InvalidValue("why", "", asked.w("a reason, kept with the change"))
        moving.move_closure(
            asked.reader,
            look(asked.view),
            code,
            month,
            version=int(version) if version.isascii() and version.isdigit() and len(version) < 10 else -1,
            why=why,
            at=datetime.now(UTC),
        )
    except (InvalidValue, *deciding.OVERTAKEN) as refused:
        return _page(asked, month, refused, why)
    return redirect(cells.address(asked, "site", code))


def _page(asked: Asked, month: str, refused: ExitplanError | None = None, why: str = "") -> HttpResponse:
    w, dossier = asked.w, asked.view.dossier
    shown = dossier.find(Site, asked.path["code"])
    seen = look(asked.view)
    facts = facts_on(dossier, seen.study.on)
    plan = seen.study.plan
    positions = asked.may("see_positions") and plan is not None
    step = (
        next((s for s in seen.schedule.steps if s.code == shown.code and s.kind == "site"), None) if positions else None
    )
    may_move = bool(
        positions and step and step.state != "done" and asked.may("edit", "plan") and asked.may("see_chances")
    )
    tried = None
    if month and may_move and refused is None:
        try:
            tried = moving.try_month(seen, shown.code, month)
        except InvalidValue as wrong:
            refused = wrong
    return table_page(
        asked,
        "site.html",
        _steps(asked, shown),
        _assets(asked, shown),
        status=422 if refused else 200,
        site=shown,
        area=cells.reference(asked, "area", shown.area),
        hub=cells.reference(asked, "site", shown.hub),
        spokes=[cells.reference(asked, "site", s.code) for s in dossier.of(Site) if s.hub == shown.code],
        receiver=cells.reference(asked, "institution", shown.receiver)
        if shown.receiver
        else cells.reference(asked, "partner", shown.receiver_partner),
        gates=[(g, facts.gate(g), w.grounds(facts.gate(g))) for c in shown.gates if (g := dossier.get(Gate, c))],
        after=[cells.reference(asked, "handover", c) for c in shown.after],
        units=[u for u in dossier.of(Unit) if u.site == shown.code],
        agreements=[a for a in dossier.of(Agreement) if a.expires is not None][:5],
        step=step,
        bindings=[w.binding(b) for b in step.bindings] if step else (),
        plan=plan,
        plan_version=asked.view.versions.get((Plan.kind, plan.code), 0) if plan else 0,
        may_move=may_move,
        month=month,
        why=why,
        tried=tried,
        told=_told(asked, tried) if tried else (),
        refused=refused,
        overtaken=isinstance(refused, deciding.OVERTAKEN),
        all_fields=cells.entry_address(asked.mission, "site", shown.code),
        **offered(asked, "site", shown.code),
    )


def _told(asked: Asked, tried: moving.Tried) -> list[tuple[str, str]]:
    """What a moved closure breaks, as marks and sentences; one reassuring line where it breaks nothing."""
    w = asked.w
    lines: list[tuple[str, str]] = []
    if tried.earliest is None:
        lines.append(("unmet", w("No month within those looked ahead can take this closure.")))
    elif tried.too_early:
        held = w.semicolon.join(w.binding(b) for b in tried.bindings)
        lines.append(
            (
                "unmet",
                w(
                    "{n} months before its earliest feasible month, {month}: {bound}",
                    n=tried.too_early,
                    month=w.month(tried.earliest),
                    bound=held,
                ),
            )
        )
    lines += [("unmet", w.breach(b)) for b in tried.breaches]
    lines += [("unmet", w.finding(f)) for f in tried.findings]
    lines += [("met", w("No longer so: {breach}", breach=w.breach(b))) for b in tried.mended]
    return lines or [("met", w("This breaks no limit that is known."))]


def _steps(asked: Asked, shown: Site) -> Table:
    w = asked.w
    place = {s.code: n for n, s in enumerate(shown.steps, 1)}
    return Table(
        "steps",
        w("Closure steps"),
        (
            Column("place", w("No."), number=True),
            Column("step", w("Step"), wide=True),
            Column("days", w("Days"), number=True),
            Column("after", w("After No.")),
            Column("owner", w("Owner")),
            Column("certificate", w("Certificate")),
            Column("done", w("Done")),
        ),
        tuple(
            (
                cells.number(asked, place[s.code]),
                Cell((s.title_fr if w.lang == "fr" else None) or s.title),
                cells.number(asked, s.days),
                cells.text(", ".join(str(n) for n in sorted(place[c] for c in s.after if c in place))),
                cells.text(s.owner),
                Cell(s.certificate, small=s.issuer) if s.certificate else Cell("–", value=""),
                cells.day(asked, s.done) if s.done else Cell(w("to do"), value="", mark="unknown"),
            )
            for s in shown.steps
        ),
        empty=w("No closure step has been set yet."),
    )


def _assets(asked: Asked, shown: Site) -> Table:
    w = asked.w
    return Table(
        "assets",
        w("Assets"),
        (
            Column("lot", w("Lot"), wide=True),
            Column("group", w("Group")),
            Column("disposition", w("Where it goes")),
            Column("items", w("Pieces"), number=True),
            Column("value", w("Book value"), number=True),
            Column("due", w("Due")),
            Column("done", w("Gone")),
        ),
        tuple(
            (
                cells.named(asked, a),
                Cell(a.group),
                cells.state(asked, "disposition", a.disposition, mark="late" if a.disposition == "undecided" else ""),
                cells.number(asked, a.items),
                cells.number(asked, a.value),
                cells.day(asked, a.due),
                cells.day(asked, a.done),
            )
            for a in asked.view.dossier.of(AssetLot)
            if a.site == shown.code
        ),
        empty=w("No asset lot is on record for this site."),
    )
