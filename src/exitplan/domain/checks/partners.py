"""Parts in hand-overs, and support that rests on commitments."""

from __future__ import annotations

from collections.abc import Iterator

from exitplan.domain.backing import backing
from exitplan.domain.checks.fault import fault
from exitplan.domain.dossier import Dossier
from exitplan.domain.findings import Finding, Wanted
from exitplan.domain.kinds import Handover, Plan
from exitplan.domain.raci import raci_gaps


def check_roles(dossier: Dossier) -> Iterator[Finding]:
    """
    One party answers for each hand-over, and somebody does the work.

    A dossier that names no part anywhere has not begun with them and is left in peace.
    """
    handovers = dossier.of(Handover)
    begun = any(h.roles for h in handovers)
    for handover in handovers if begun else ():
        for gap in raci_gaps(handover):
            held = ", ".join(p.partner or p.office for p in handover.roles if p.role == "accountable") or "none"
            match gap:
                case "two-accountable":
                    yield fault(dossier, handover, gap, "roles", held, Wanted("exactly one that is accountable"))
                case "no-accountable":
                    wanted = Wanted("exactly one that is accountable")
                    yield fault(dossier, handover, gap, "roles", held, wanted, "warning")
                case "no-responsible":
                    wanted = Wanted("at least one that is responsible")
                    yield fault(dossier, handover, gap, "roles", "none", wanted, "warning")


def check_backing(dossier: Dossier) -> Iterator[Finding]:
    """Support after exit that rests on a commitment is borne by it."""
    wanted = {
        "withdrawn": Wanted("a commitment that stands: this one is withdrawn"),
        "no-consent": Wanted("a commitment to which the host has consented, or which needs no consent"),
        "expired": Wanted("a commitment that runs in the months of the support"),
        "other-area": Wanted("a commitment for the area of the support"),
    }
    for plan in dossier.of(Plan):
        for at, support in enumerate(plan.support):
            found = backing(dossier, support)
            if found.why:
                field, code = f"support[{at}].commitment", support.commitment or "none"
                yield fault(dossier, plan, "support-not-counted", field, code, wanted[found.why], "warning")
