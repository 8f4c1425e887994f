"""
Human-rights due diligence: which security forces get support on a day, and whether a case stands behind it.

The host country's own money for its own forces is no support from outside and asks for no case.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Commitment, DueDiligence, Function, Institution, Partner, Programme
from exitplan.domain.results.frameworks import DiligenceLine, ForceLine, ForceState

SECURITY = ("police", "military")
SUPPORT = ("training", "equipment", "money", "advisers")
"""Types of commitment that strengthen a force."""
GIVEN = ("signed", "delivered")
STOPPED = ("suspend", "withdrawn")
ORDER: tuple[ForceState, ...] = (
    "suspended_running",
    "no_case",
    "not_decided",
    "measures_late",
    "review_late",
    "covered",
)


def cases(dossier: Dossier, on: date) -> tuple[DiligenceLine, ...]:
    """Every case, those with running support that was stopped first, then undecided ones."""
    lines = [_case(dossier, c, on) for c in dossier.of(DueDiligence)]
    return tuple(sorted(lines, key=lambda c: (not c.loud, c.status != "open", not c.late_measures, not c.review_late)))


def forces(dossier: Dossier, on: date) -> tuple[ForceLine, ...]:
    """Security functions whose forces get support on a day, and single institutions without a function, the loudest first."""
    known = {c.code: c for c in cases(dossier, on)}
    every = dossier.of(DueDiligence)
    found = []
    for function in dossier.of(Function):
        if function.trade not in SECURITY:
            continue
        members = [i for i in dossier.of(Institution) if i.function == function.code]
        supports = running_support(dossier, function.code, on)
        mentored = [i for i in members if i.mentors_per_100 > 0]
        own = [c for c in every if c.function == function.code or c.institution in {i.code for i in members}]
        if not (supports or mentored or own):
            continue
        wide = any(c.function == function.code and c.area is None for c in own)
        supported = members if supports else mentored
        uncovered = [] if wide else [i for i in supported if not any(_covers(c, i) for c in own)]
        bare = bool(supports) and not members and not wide
        found.append(
            ForceLine(
                code=function.code,
                title=function.title,
                title_fr=function.title_fr,
                kind="function",
                state=_state(bare or bool(uncovered), [known[c.code] for c in own]),
                supports=supports,
                mentored=tuple(i.code for i in mentored),
                uncovered=tuple(i.code for i in uncovered),
                cases=tuple(c.code for c in own),
            )
        )
    for institution in dossier.of(Institution):
        if institution.function is None and institution.trade in SECURITY and institution.mentors_per_100 > 0:
            own = [c for c in every if c.institution == institution.code]
            found.append(
                ForceLine(
                    code=institution.code,
                    title=institution.title,
                    title_fr=institution.title_fr,
                    kind="institution",
                    state=_state(not own, [known[c.code] for c in own]),
                    mentored=(institution.code,),
                    uncovered=() if own else (institution.code,),
                    cases=tuple(c.code for c in own),
                )
            )
    told = {code for line in found for code in line.cases}
    for case in every:
        if case.code not in told:
            found.append(
                ForceLine(
                    code=case.code,
                    title=case.title,
                    title_fr=case.title_fr,
                    kind="due_diligence",
                    state=_state(False, [known[case.code]]),
                    supports=known[case.code].running,
                    cases=(case.code,),
                )
            )
    return tuple(sorted(found, key=lambda line: ORDER.index(line.state)))


def running_support(dossier: Dossier, function: str, on: date) -> tuple[str, ...]:
    """Support from outside to a function's forces that runs on a day, as kind:code."""
    named = [c for c in dossier.of(Commitment) if c.function == function and _gives(dossier, c, on)]
    paid = [p for p in dossier.of(Programme) if p.function == function and _runs(p, on)]
    return tuple(f"{e.kind}:{e.code}" for e in (*named, *paid))


def _gives(dossier: Dossier, c: Commitment, on: date) -> bool:
    partner = dossier.get(Partner, c.partner)
    host = partner is not None and partner.type == "host"
    given = c.status in GIVEN or (c.status != "withdrawn" and c.delivered > 0)
    return c.type in SUPPORT and given and not host and c.start <= on <= c.end


def _runs(p: Programme, on: date) -> bool:
    return p.start <= on <= p.end and p.funded > 0


def _covers(case: DueDiligence, institution: Institution) -> bool:
    if case.institution == institution.code:
        return True
    return case.function is not None and case.function == institution.function and case.area in (None, institution.area)


def _case(dossier: Dossier, c: DueDiligence, on: date) -> DiligenceLine:
    open_measures = [m for m in c.measures if m.done is None or m.done > on]
    running = _running(dossier, c, on)
    return DiligenceLine(
        code=c.code,
        title=c.title,
        title_fr=c.title_fr,
        force=f"institution:{c.institution}" if c.institution else f"function:{c.function}" if c.function else c.force,
        support=c.support,
        support_fr=c.support_fr,
        supporter=c.supporter,
        risk=c.risk,
        assessed=c.assessed,
        status=c.status,
        decided=c.decided,
        review=c.review,
        owner=c.owner,
        running=running,
        open_measures=len(open_measures),
        late_measures=sum(m.due is not None and m.due < on for m in open_measures),
        review_late=c.review is not None and c.review < on,
        loud=c.status in STOPPED and bool(running),
    )


def _running(dossier: Dossier, c: DueDiligence, on: date) -> tuple[str, ...]:
    """Support of a case that runs on the day: what it names, else whatever its function or institution gets."""
    named: list[str] = [
        f"commitment:{code}"
        for code in c.commitments
        if (found := dossier.get(Commitment, code)) and _gives(dossier, found, on)
    ]
    named += [
        f"programme:{code}" for code in c.programmes if (paid := dossier.get(Programme, code)) and _runs(paid, on)
    ]
    if c.commitments or c.programmes:
        return tuple(named)
    institution = dossier.get(Institution, c.institution)
    if institution is not None:
        return (f"institution:{institution.code}",) if institution.mentors_per_100 > 0 else ()
    return running_support(dossier, c.function, on) if c.function else ()


def _state(uncovered: bool, own: Iterable[DiligenceLine]) -> ForceState:
    lines = list(own)
    if any(c.loud for c in lines):
        return "suspended_running"
    if uncovered:
        return "no_case"
    if any(c.status == "open" or c.risk is None for c in lines):
        return "not_decided"
    if any(c.late_measures for c in lines if c.status not in STOPPED):
        return "measures_late"
    return "review_late" if any(c.review_late for c in lines if c.status not in STOPPED) else "covered"
