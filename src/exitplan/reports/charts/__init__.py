"""Every chart, drawn once, from result values to a picture with its table."""

from exitplan.reports.charts.areas import Shade, area_maps
from exitplan.reports.charts.capacity import capacity_curves
from exitplan.reports.charts.clocks import clocks_strip, gap_words
from exitplan.reports.charts.gates import History, gate_matrix, histories, opening_chart
from exitplan.reports.charts.money import cover_strip, funding
from exitplan.reports.charts.risks import risk_matrix
from exitplan.reports.charts.sequence import board, gantt, strength_chart
from exitplan.reports.charts.violence import chances, fan_areas, fan_country, regimes

__all__ = [
    "History",
    "Shade",
    "area_maps",
    "board",
    "capacity_curves",
    "chances",
    "clocks_strip",
    "cover_strip",
    "fan_areas",
    "fan_country",
    "funding",
    "gantt",
    "gap_words",
    "gate_matrix",
    "histories",
    "opening_chart",
    "regimes",
    "risk_matrix",
    "strength_chart",
]
