"""
Every error this project raises on purpose.

ExitplanError
├── InvalidValue    one value is outside its stated range
├── InputFaults     the input has faults; carries every one of them as findings
├── NotFound        no such mission, entry, plan or scenario
├── NotAllowed      the rule table does not let this reader do this
├── Unreadable      a file cannot be opened or is not what its name says
└── Unavailable     the database does not answer, is busy for too long, or its disk is full
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exitplan.domain.findings import Finding


class ExitplanError(Exception):
    """Root of the family: the doors turn these into one clear line, everything else is a bug."""


class InvalidValue(ExitplanError, ValueError):
    """One value is outside its stated range."""

    def __init__(self, field: str, value: object, wanted: str) -> None:
        super().__init__(f"{field}: {value!r} given, {wanted} wanted")
        self.field = field
        self.value = value
        self.wanted = wanted


class InputFaults(ExitplanError):
    """The input has faults. `findings` holds all of them, never the first only."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(f"{len(findings)} faults in the input")
        self.findings = findings


class NotFound(ExitplanError):
    """There is no such mission, entry, plan or scenario."""

    def __init__(self, kind: str, code: str, known: tuple[str, ...] = ()) -> None:
        super().__init__(f"no {kind} {code!r}" + (f"; known: {', '.join(known)}" if known else ""))
        self.kind = kind
        self.code = code
        self.known = known


class NotAllowed(ExitplanError):
    """The rule table does not let this reader do this. `reason` is a code, as `roles.Permission` gives it."""

    def __init__(self, action: str, reason: str = "role") -> None:
        super().__init__(f"{action}: not allowed ({reason})")
        self.action = action
        self.reason = reason


class Unreadable(ExitplanError):
    """A file cannot be opened, or is not what its name says."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"{place}: {why}")
        self.place = place
        self.why = why


class Unavailable(ExitplanError):
    """The database does not answer, is busy for too long, or its disk is full. Nothing was written."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why}; nothing was written")
        self.why = why
