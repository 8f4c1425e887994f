"""Documents that a mission sends out, each made from the same material as the brief."""

from exitplan.reports.documents.annex import annex
from exitplan.reports.documents.fact_sheet import fact_sheet
from exitplan.reports.documents.matrix import benchmark_matrix
from exitplan.reports.documents.register import risk_register
from exitplan.reports.documents.transition_calendar import CalendarEvent, calendar_events, calendar_rows
from exitplan.reports.documents.transition_plan import transition_plan

__all__ = [
    "CalendarEvent",
    "annex",
    "benchmark_matrix",
    "calendar_events",
    "calendar_rows",
    "fact_sheet",
    "risk_register",
    "transition_plan",
]
