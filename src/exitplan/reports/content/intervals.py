"""Figures with their intervals, as cells of a table, and what is said where there can be no interval."""

from __future__ import annotations

from collections.abc import Callable

from exitplan.domain.results.base import Band
from exitplan.wording import Wording
from exitplan.wording.figures import NO_BREAK


def banded(band: Band | None, w: Wording, digits: int) -> str:
    """A figure and its interval, where it has one."""
    return _told(band, lambda figure: w.number(figure, digits), w)


def banded_share(band: Band | None, w: Wording) -> str:
    """A share and its interval, where it has one."""
    return _told(band, w.share, w)


def _told(band: Band | None, told: Callable[[float], str], w: Wording) -> str:
    """The bracket stays on one line; "to" and not a dash, as ends may lie below zero."""
    if band is None:
        return "–"
    if not band.level:
        return told(band.value)
    bracket = w("({low} to {high})", low=told(band.low), high=told(band.high))
    return f"{told(band.value)} {bracket.replace(' ', NO_BREAK)}"


def no_interval(w: Wording) -> str:
    """Beside values of a single country or mission."""
    return w("No interval can be given: with a single country or mission there is nothing to draw anew.")
