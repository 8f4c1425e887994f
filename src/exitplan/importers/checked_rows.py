"""Rows of a table held against one rule for each field, every breach named with its line, value and what was wanted."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from exitplan.domain.errors import InputFaults
from exitplan.domain.findings import Finding, Wanted, capped, shown
from exitplan.importers.textfile import TextTable

MONTH = r"^(19|20|21)\d\d-(0[1-9]|1[0-2])$"
DAY = MONTH[:-1] + r"-(0[1-9]|[12]\d|3[01])$"
"""Texts that are a month, YYYY-MM, or a day, YYYY-MM-DD, and nothing else."""

Rules = Mapping[str, tuple[Wanted, pl.Expr]]
"""Field to what is wanted of it and the expression that is true where it holds."""


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


def country_code(field: str) -> tuple[Wanted, pl.Expr]:
    """The rule of an ISO 3166 code of three letters."""
    return Wanted("a code of three capital letters"), pl.col(field).str.contains("^[A-Z]{3}$")


def sound(table: TextTable, rows: pl.DataFrame, rules: Rules, kind: str) -> pl.DataFrame:
    """The rows as they are, or InputFaults with all of `breaches`."""
    if faults := breaches(table, rows, rules, kind):
        raise InputFaults(capped(faults))
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
