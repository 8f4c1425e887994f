"""`exitplan partners`: everything that hangs on partners, unmet first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import (
    Agreement,
    Commitment,
    Engagement,
    Function,
    Handover,
    Objective,
    Partner,
    Plan,
    Request,
    Site,
)
from exitplan.domain.raci import raci_gaps
from exitplan.domain.results.partners import (
    CheckLine,
    HandoverParties,
    ObjectiveShared,
    PartnersResult,
    RoleHeld,
    Silence,
)
from exitplan.domain.states import HANDOVER_DONE
from exitplan.engine.partners.access import access
from exitplan.engine.partners.coverage import by_function, by_kind, ends, late, untied
from exitplan.engine.partners.reach import reach, support_lines

SILENT_DAYS = 90
"""Days without contact from which on a partner counts as silent."""

PARTS = ("responsible", "accountable", "consulted", "informed")
UNMET_FIRST = ("failed", "open", "agreed", "tested")


def partners(
    dossier: Dossier, on: date, *, exit_day: date | None, plan: Plan | None, silent_days: int = SILENT_DAYS
) -> PartnersResult:
    """
    Partners on a day.

    Parameters
    ----------
    on
        Day looked from; signs and contacts after it are not seen.
    exit_day
        Day on which the calendar ends, against which commitments are held; None where nothing says so.
    plan
        Plan whose support after exit is looked at.
    silent_days
        Days without contact from which on a partner counts as silent, 1 or more.
    """
    contacts = [e for e in dossier.of(Engagement) if e.date <= on]
    parts = with_a_part(dossier)
    return PartnersResult(
        exit=exit_day,
        handovers=tuple(sorted(map(_parties, dossier.of(Handover)), key=_gaps_first)),
        objectives=tuple(sorted(_objectives(dossier), key=lambda o: len(o.partners))),
        coverage=by_function(dossier, on),
        kinds=by_kind(dossier, on),
        untied=untied(dossier, on),
        ends=ends(dossier, on, exit_day),
        late=late(dossier, on),
        silent_days=silent_days,
        contacts=len(contacts),
        silent=_silent(dossier, on, contacts, silent_days, parts),
        without_part=sum(partner.code not in parts for partner in dossier.of(Partner)),
        reach=reach(dossier, on, exit_day),
        support=support_lines(dossier, plan),
        access=access(dossier, on),
    )


def _parties(handover: Handover) -> HandoverParties:
    held = sorted(handover.roles, key=lambda part: PARTS.index(part.role))
    checks = sorted(handover.checks, key=lambda check: UNMET_FIRST.index(check.status))
    return HandoverParties(
        code=handover.code,
        title=handover.title,
        title_fr=handover.title_fr,
        state=handover.state,
        roles=tuple(
            RoleHeld(role=part.role, party=part.partner or part.office, partner=part.partner is not None)
            for part in held
        ),
        gaps=raci_gaps(handover),
        checks=tuple(
            CheckLine(
                handover=handover.code,
                check=check.kind,
                topic=check.topic,
                status=check.status,
                date=check.date,
                note=check.note,
            )
            for check in checks
        ),
    )


def _gaps_first(line: HandoverParties) -> tuple[int, bool]:
    """Most gaps first; among equals those not yet handed over."""
    return -len(line.gaps), line.state in HANDOVER_DONE


def _objectives(dossier: Dossier) -> Iterator[ObjectiveShared]:
    for objective in dossier.of(Objective):
        yield ObjectiveShared(
            code=objective.code,
            title=objective.title,
            title_fr=objective.title_fr,
            dimension=objective.dimension,
            partners=tuple(p.code for p in dossier.of(Partner) if objective.code in p.objectives),
        )


def with_a_part(dossier: Dossier) -> frozenset[str]:
    """Codes of partners that take something over, or have a part in a hand-over, a commitment, an agreement or a request."""
    named = [part.partner for handover in dossier.of(Handover) for part in handover.roles]
    named += [handover.receiver_partner for handover in dossier.of(Handover)]
    named += [function.receiver_partner for function in dossier.of(Function)]
    named += [site.receiver_partner for site in dossier.of(Site)]
    named += [commitment.partner for commitment in dossier.of(Commitment)]
    named += [request.partner for request in dossier.of(Request)]
    named += [party for agreement in dossier.of(Agreement) for party in agreement.parties]
    return frozenset(code for code in named if code)


def _silent(
    dossier: Dossier, on: date, contacts: list[Engagement], silent_days: int, parts: frozenset[str]
) -> tuple[Silence, ...]:
    """
    Partners with a part without contact for long, those never spoken to first.

    None where no contact is on record at all.
    """
    if not contacts:
        return ()
    last: dict[str, date] = {}
    for contact in contacts:
        last[contact.partner] = max(contact.date, last.get(contact.partner, contact.date))
    found = []
    for partner in dossier.of(Partner):
        if partner.code not in parts:
            continue
        day = last.get(partner.code)
        days = (on - day).days if day else None
        if days is None or days >= silent_days:
            found.append(Silence(partner=partner.code, last=day, days=days))
    return tuple(sorted(found, key=lambda s: (s.days is not None, -(s.days or 0), s.partner)))
