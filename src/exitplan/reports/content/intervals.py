"""Figures with their intervals, as cells of a table, and what is said where there can be no interval."""

from __future__ import annotations

from exitplan.domain.results.base import Band
from exitplan.wording import Wording


def banded(band: Band | None, w: Wording, digits: int) -> str:
    """A figure and its interval, where it has one."""
    if band is None:
        return "–"
    value, low, high = (w.number(figure, digits) for figure in (band.value, band.low, band.high))
    return f"{value} ({low}–{high})" if band.level else value


def banded_share(band: Band | None, w: Wording) -> str:
    """A share and its interval, where it has one."""
    if band is None:
        return "–"
    value, low, high = (w.share(figure) for figure in (band.value, band.low, band.high))
    return f"{value} ({low}–{high})" if band.level else value


def no_interval(w: Wording) -> str:
    """Beside values of a single country or mission."""
    return w("No interval can be given: with a single country or mission there is nothing to draw anew.")
