"""How the checks word a finding about an entry."""

from __future__ import annotations

from exitplan.domain.dossier import Dossier
from exitplan.domain.entry import Entry
from exitplan.domain.findings import Finding, Severity, shown


def fault(
    dossier: Dossier, entry: Entry, code: str, field: str, value: object, wanted: str, severity: Severity = "error"
) -> Finding:
    """A finding about one field of one entry, with the place it was read from where known."""
    return Finding(
        code=code,
        severity=severity,
        kind=entry.kind,
        entry=entry.code,
        field=field,
        value=shown(value if isinstance(value, str) else str(value)),
        wanted=wanted,
        where=dossier.places.get((entry.kind, entry.code), ""),
    )
