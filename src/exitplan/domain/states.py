"""The states that hand-overs, sites, risks and lessons go through, and which step may follow which."""

from __future__ import annotations

from typing import Literal

HandoverState = Literal[
    "proposed",
    "self_assessed",
    "jointly_assessed",
    "remedial",
    "approved",
    "trial",
    "transferred",
    "monitored",
    "confirmed",
    "reversed",
]
SiteState = Literal["open", "notified", "closing", "cleared", "handed_over", "checked", "misused"]
RiskLevel = Literal["low", "medium", "high", "very_high"]

LessonState = Literal["overdue", "under_way", "advised", "found", "done"]
LessonType = Literal["practice", "problem", "gap", "observation"]

LESSON_STATES: tuple[LessonState, ...] = ("overdue", "under_way", "advised", "found", "done")
"""In the order in which they are shown: what waits for somebody first."""

RISK_LEVELS: tuple[RiskLevel, ...] = ("low", "medium", "high", "very_high")

HANDOVER_STEPS: dict[HandoverState, tuple[HandoverState, ...]] = {
    "proposed": ("self_assessed",),
    "self_assessed": ("jointly_assessed",),
    "jointly_assessed": ("remedial", "approved"),
    "remedial": ("self_assessed", "jointly_assessed"),
    "approved": ("trial", "transferred"),
    "trial": ("transferred", "reversed"),
    "transferred": ("monitored", "reversed"),
    "monitored": ("confirmed", "reversed"),
    "confirmed": ("reversed",),
    "reversed": ("proposed", "self_assessed"),
}
"""Which state may follow which (trial periods after Freetown 2004; reversal is always possible)."""

SITE_STEPS: dict[SiteState, tuple[SiteState, ...]] = {
    "open": ("notified", "closing"),
    "notified": ("closing", "open"),
    "closing": ("cleared", "open"),
    "cleared": ("handed_over",),
    "handed_over": ("checked", "misused"),
    "checked": ("misused",),
    "misused": ("checked",),
}

HANDOVER_DONE: tuple[HandoverState, ...] = ("transferred", "monitored", "confirmed")
"""States in which the receiver carries the function."""

SITE_DONE: tuple[SiteState, ...] = ("handed_over", "checked", "misused")
"""States in which the mission no longer holds the site."""
