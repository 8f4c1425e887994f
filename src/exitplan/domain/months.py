"""Months as people write them (`2015-09`) and as the engine counts them (whole months since year 0)."""

from __future__ import annotations

import calendar
from datetime import date


def month_index(month: str) -> int:
    """Whole months since year 0 of a `YYYY-MM` text: `2015-09` is 2015 * 12 + 8."""
    year, number = month.split("-")
    return int(year) * 12 + int(number) - 1


def month_text(index: int) -> str:
    """The `YYYY-MM` text of a month index; the inverse of `month_index`."""
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def month_of(day: date) -> int:
    """The month index that a day falls in."""
    return day.year * 12 + day.month - 1


def first_day(index: int) -> date:
    """The first day of a month."""
    return date(index // 12, index % 12 + 1, 1)


def last_day(index: int) -> date:
    """The last day of a month."""
    year, month = index // 12, index % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def months_later(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month where it is shorter."""
    target = month_of(day) + months
    return first_day(target).replace(day=min(day.day, last_day(target).day))
