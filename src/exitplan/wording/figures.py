"""Dates, months and numbers as each language writes them."""

from __future__ import annotations

from datetime import date

NO_BREAK = "\u00a0"
MISSING = "–"

MONTHS: dict[str, tuple[str, ...]] = {
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    "fr": (
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ),
}
SHORT_MONTHS: dict[str, tuple[str, ...]] = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "fr": ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
}


def day_text(day: date | str | None, lang: str, *, short: bool = False) -> str:
    """A day, such as `30 September 2015` or `1er octobre 2015`; a dash where there is none."""
    if day is None:
        return MISSING
    known = date.fromisoformat(day[:10]) if isinstance(day, str) else day
    name = (SHORT_MONTHS if short else MONTHS)[lang][known.month - 1]
    number = "1er" if lang == "fr" and known.day == 1 else str(known.day)
    return f"{number} {name} {known.year}"


def month_text(month: str | None, lang: str, *, short: bool = False) -> str:
    """A month given as YYYY-MM, such as `March 2016`; a dash where there is none."""
    if month is None:
        return MISSING
    year, number = month.split("-")[:2]
    return f"{(SHORT_MONTHS if short else MONTHS)[lang][int(number) - 1]} {year}"


def number_text(value: float | None, lang: str, *, digits: int | None = None) -> str:
    """
    A number with the marks of the language: `4,886.5` or `4 886,5`; a dash where there is none.

    Parameters
    ----------
    digits
        Digits after the point; where left out, as many as the number needs, two at most.
    """
    if value is None:
        return MISSING
    text = f"{value:,.{2 if digits is None else digits}f}"
    if digits is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    if text.strip("-0.,") == "":
        text = text.lstrip("-")
    if lang == "fr":
        text = text.replace(",", NO_BREAK).replace(".", ",")
    return text


def percent_text(share: float | None, lang: str, *, digits: int = 0) -> str:
    """A share of one in per cent: `18%` or `18 %`; a dash where there is none."""
    if share is None:
        return MISSING
    return number_text(share * 100, lang, digits=digits) + (f"{NO_BREAK}%" if lang == "fr" else "%")


def chance_text(probability: float | None, lang: str) -> str:
    """A chance in whole per cent, never a false certainty: `under 1%` and `over 99%` at the ends."""
    if probability is None:
        return MISSING
    unit = f"{NO_BREAK}%" if lang == "fr" else "%"
    if probability < 0.005:
        return ("moins de 1" if lang == "fr" else "under 1") + unit
    if probability > 0.995:
        return ("plus de 99" if lang == "fr" else "over 99") + unit
    return f"{probability * 100:.0f}{unit}"


def chances_text(low: float, high: float, lang: str) -> str:
    """A band of chances in whole per cent, rounded outwards so that it never looks narrower than it is."""
    import math

    first, last = max(0, math.floor(low * 100 + 1e-9)), min(100, math.ceil(high * 100 - 1e-9))
    unit = f"{NO_BREAK}%" if lang == "fr" else "%"
    if first == last:
        return chance_text(first / 100, lang)
    return f"{first}–{last}{unit}"
