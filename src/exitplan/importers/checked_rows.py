"""Rows of a table held against one rule for each field, every breach named with its line, value and what was wanted."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from exitplan.domain.findings import Finding, Wanted, shown
from exitplan.importers.textfile import TextTable

Rules = Mapping[str, tuple[Wanted, pl.Expr]]
"""Field to what is wanted of it and the expression that is true where it holds."""


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
    found = [
        (f.line, f.field, f.value, Wanted(f.reason) if isinstance(f.reason, str) else f.reason) for f in table.refused
    ]
    for field, (wanted, holds) in rules.items():
        given = pl.col(field).cast(pl.String) if field in rows.columns else pl.lit("")
        broken = rows.filter(~holds.fill_null(False)).select("line", given=given.fill_null(""))
        found += [(line, field, shown(value), wanted) for line, value in broken.iter_rows()]
    return tuple(
        Finding(code="invalid-value", kind=kind, field=field, value=value, wanted=wanted, where=f"{table.name}:{line}")
        for line, field, value, wanted in sorted(found, key=lambda fault: fault[0])
    )
