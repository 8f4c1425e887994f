"""Who may do what: the one rule table for pages, API, exports, counts and audit. Silence is a no.

Roles are presets; a person holds one role in a mission, and a partner's people hold the role `partner` with the partner's
code. Every answer comes with its reason, so that a refusal can be explained and the table can be tested whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from exitplan.domain.entry import Classification, Entry

Role = Literal[
    "owner",
    "planner",
    "benchmark_officer",
    "risk_officer",
    "approver",
    "national_counterpart",
    "partner",
    "observer",
]
ROLES: tuple[Role, ...] = get_args(Role)

STAFF: frozenset[Role] = frozenset({"owner", "planner", "benchmark_officer", "risk_officer", "approver"})
"""Roles inside the mission; the others see what is open or released to them."""

Action = Literal[
    "read",
    "see_chances",
    "see_positions",
    "edit",
    "measure",
    "review_measurement",
    "assess",
    "attach",
    "reserve",
    "sign",
    "prepare_decision",
    "decide",
    "answer_alarm",
    "run",
    "import",
    "export",
    "release",
    "redact",
    "read_audit",
    "manage_people",
    "delete",
]
ACTIONS: tuple[Action, ...] = get_args(Action)

_BENCHMARK_KINDS = frozenset(
    {"indicator", "benchmark", "criterion", "assessment", "objective", "source", "need", "lesson"}
)
_RISK_KINDS = frozenset({"risk", "control", "treatment", "contingency", "scenario", "source", "lesson", "watch"})
_DECISION_KINDS = frozenset({"decision"})

ALLOWED: dict[Role, frozenset[Action]] = {
    "owner": frozenset(ACTIONS) - {"decide", "sign"},
    "planner": frozenset(
        {
            "read",
            "see_chances",
            "see_positions",
            "edit",
            "measure",
            "assess",
            "attach",
            "prepare_decision",
            "answer_alarm",
            "run",
            "import",
            "export",
            "read_audit",
        }
    ),
    "benchmark_officer": frozenset(
        {
            "read",
            "see_chances",
            "see_positions",
            "edit",
            "measure",
            "review_measurement",
            "assess",
            "attach",
            "run",
            "import",
            "export",
            "read_audit",
        }
    ),
    "risk_officer": frozenset(
        {
            "read",
            "see_chances",
            "see_positions",
            "edit",
            "attach",
            "answer_alarm",
            "run",
            "export",
            "read_audit",
        }
    ),
    "approver": frozenset(
        {
            "read",
            "see_chances",
            "see_positions",
            "edit",
            "review_measurement",
            "assess",
            "attach",
            "sign",
            "prepare_decision",
            "decide",
            "answer_alarm",
            "run",
            "export",
            "release",
            "redact",
            "read_audit",
        }
    ),
    "national_counterpart": frozenset({"read", "measure", "assess", "attach", "reserve", "sign", "export"}),
    "partner": frozenset({"read", "reserve", "sign", "export"}),
    "observer": frozenset({"read"}),
}
"""What each role may do at all."""

EDITS: dict[Role, frozenset[str] | None] = {
    "owner": None,
    "planner": None,
    "benchmark_officer": _BENCHMARK_KINDS,
    "risk_officer": _RISK_KINDS,
    "approver": _DECISION_KINDS,
}
"""Kinds of entry each role may change; None means every kind."""

CLASSIFIED: dict[Classification, frozenset[Role]] = {
    "open": frozenset(ROLES),
    "restricted": STAFF,
    "confidential": frozenset({"owner", "approver"}),
}
"""Roles that see an entry by its classification alone; others only where it is released to them."""


LOOKING: frozenset[Action] = frozenset({"read", "see_chances", "see_positions", "export", "read_audit"})
"""What somebody may do who looks through another role's eyes: nothing that leaves a mark in that role's name."""


@dataclass(frozen=True)
class Reader:
    """Somebody who asks: a role in one mission, the partner they speak for, and a name for the record."""

    role: Role
    partner: str | None = None
    name: str = ""
    viewing: bool = False
    """Whether they only look through this role's eyes ("view as")."""


@dataclass(frozen=True)
class Permission:
    """An answer and its reason, as a code: `role`, `viewing`, `kind`, `classification`, `released` or `not-released`."""

    granted: bool
    reason: str

    def __bool__(self) -> bool:
        return self.granted


def may(reader: Reader, action: Action, kind: str | None = None) -> Permission:
    """
    Whether a reader may do something in the mission, to a kind of entry where one is named.

    Seeing one entry is asked with `may_see`; doing something to it needs both.
    """
    if action not in ALLOWED[reader.role]:
        return Permission(False, "role")
    if reader.viewing and action not in LOOKING:
        return Permission(False, "viewing")
    if action in ("edit", "delete") and kind is not None:
        kinds = EDITS.get(reader.role, frozenset())
        if kinds is not None and kind not in kinds:
            return Permission(False, "kind")
    return Permission(True, "role")


def may_see(reader: Reader, entry: Entry) -> Permission:
    """Whether a reader may see one entry: by its classification, or because it is released to their role or partner."""
    if reader.role in CLASSIFIED[entry.classification]:
        return Permission(True, "classification")
    if reader.role in entry.released_to or (reader.partner is not None and reader.partner in entry.released_to):
        return Permission(True, "released")
    return Permission(False, "not-released")
