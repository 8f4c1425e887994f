"""Rows of a table held against one rule for each field, every breach named with its line, value and what was wanted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from exitplan.domain.errors import InputFaults, Unreadable
from exitplan.domain.fields import MOST_DEATHS
from exitplan.domain.findings import Finding, Wanted, capped, shown
from exitplan.importers.textfile import TextTable

MONTH = r"^(19|20|21)\d\d-(0[1-9]|1[0-2])$"
DAY = MONTH[:-1] + r"-(0[1-9]|[12]\d|3[01])$"
"""Texts that are a month, YYYY-MM, or look like a day, YYYY-MM-DD, and are nothing else."""
RECORDED_FROM = date(1946, 1, 1)
"""No source of organised violence reaches further back: an earlier date is a slip of the pen."""

Rule = tuple[Wanted, pl.Expr]
"""What is wanted of a field and the expression that is true where it holds."""
Rules = Mapping[str, Rule]


def number(field: str) -> pl.Expr:
    """A field as a number; null where it holds none."""
    return pl.col(field).cast(pl.Float64, strict=False)


def month_number(field: str) -> pl.Expr:
    """The month index (`domain.months`) of a field that begins with YYYY-MM."""
    year, month = (pl.col(field).str.slice(*at).cast(pl.Int64) for at in ((0, 4), (5, 2)))
    return year * 12 + month - 1


DEGREES: Rules = {
    "latitude": (Wanted("degrees from -90 to 90"), number("latitude").is_between(-90, 90)),
    "longitude": (Wanted("degrees from -180 to 180"), number("longitude").is_between(-180, 180)),
}
COORDINATES = tuple(DEGREES)


def country_code(field: str) -> Rule:
    """The rule of an ISO 3166 code of three letters."""
    return Wanted("a code of three capital letters"), pl.col(field).str.contains("^[A-Z]{3}$")


def month(field: str) -> Rule:
    """The rule of a month."""
    return Wanted("a month as YYYY-MM"), pl.col(field).str.contains(MONTH)


def day(field: str) -> Rule:
    """The rule of a day that the calendar has."""
    real = pl.col(field).str.to_date("%Y-%m-%d", strict=False).is_not_null()
    return Wanted("a day as YYYY-MM-DD"), pl.col(field).str.contains(DAY) & real


def month_or_day(field: str) -> Rule:
    """The rule of a month, or a day of one."""
    return Wanted("a month as YYYY-MM, or a day of it"), month(field)[1] | day(field)[1]


def recorded(field: str, rule: Rule, today: date) -> Rule:
    """
    The rule of a day or month on which something is said to have happened: it narrows that of its form.

    The months between the first and the last event of a file count as known. One date in the future or in another century
    would make a lifetime of unknown months quiet ones.
    """
    wanted, holds = rule
    within = Wanted("{wanted}, from {first} to {last}", wanted=wanted, first=RECORDED_FROM, last=today)
    # ISO texts stand in the order of time, and a month stands before its days.
    return within, holds & (pl.col(field) >= f"{RECORDED_FROM:%Y-%m}") & (pl.col(field) <= today.isoformat())


def whole(value: pl.Expr, most: int) -> pl.Expr:
    """Whether a number is a whole one from 0 to `most`."""
    return value.is_between(0, most) & (value == value.floor())


def deaths(field: str) -> Rule:
    """The rule of a count of deaths: 7 and 7.0 are one, half a death and more deaths than people are none."""
    return Wanted("a whole number of deaths, 0 to {most}", most=MOST_DEATHS), whole(number(field), MOST_DEATHS)


def or_nothing(field: str, rule: Rule) -> Rule:
    """The same rule, of a field that may also be left empty."""
    wanted, holds = rule
    return Wanted("{wanted}, or nothing", wanted=wanted), (pl.col(field).fill_null("") == "") | holds


def once(*fields: str | pl.Expr) -> pl.Expr:
    """Whether no other row has the same in these fields."""
    return ~pl.struct(*fields).is_duplicated()


def sound(table: TextTable, rows: pl.DataFrame, rules: Rules, kind: str) -> pl.DataFrame:
    """
    The rows as they are.

    Raises
    ------
    InputFaults
        With all of `breaches`.
    Unreadable
        When there is no row: nothing can be answered from a header.
    """
    if faults := breaches(table, rows, rules, kind):
        raise InputFaults(capped(faults))
    if rows.is_empty():
        raise Unreadable(table.name, Wanted("one row or more wanted"))
    return rows


def breaches(table: TextTable, rows: pl.DataFrame, rules: Rules, kind: str) -> tuple[Finding, ...]:
    """
    One finding for each field of each row that breaks its rule, and for each row that is no row, in the order of lines.

    Parameters
    ----------
    rows
        The rows with their texts and `line`.
    kind
        What findings call them.
    """
    found = [(f.line, f.field, f.value, f.reason) for f in table.refused]
    for field, (wanted, holds) in rules.items():
        given = pl.col(field).cast(pl.String) if field in rows.columns else pl.lit("")
        broken = rows.filter(~holds.fill_null(False)).select("line", given=given.fill_null(""))
        found += [(line, field, shown(value), wanted) for line, value in broken.iter_rows()]
    return tuple(
        Finding(code="invalid-value", kind=kind, field=field, value=value, wanted=wanted, where=f"{table.name}:{line}")
        for line, field, value, wanted in sorted(found, key=lambda fault: fault[0])
    )
