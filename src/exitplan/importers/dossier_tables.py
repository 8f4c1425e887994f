"""The two tables of a dossier, `measurements.csv` and `area_months.csv`."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import polars as pl

from exitplan.domain.errors import Unreadable
from exitplan.domain.findings import Finding, Wanted, shown
from exitplan.domain.tables import Refused, Table

T = TypeVar("T", bound=Table)

KIND_OF_ROW = {"measurements.csv": "measurement", "area_months.csv": "area_month"}


def read_rows(model: type[T], data: bytes, name: str) -> tuple[T, list[Finding]]:
    """
    Read one table, sound rows and refusals apart.

    Parameters
    ----------
    model
        Class of the table.
    data
        The file.
    name
        Its name: `measurements.csv` or `area_months.csv`.

    Returns
    -------
    tuple
        The sound rows, and a finding for each faulty field of each other row, each missing column and each unknown one.
    """
    try:
        texts, broken = _texts(data, name)
    except Unreadable as error:
        wanted = Wanted("a comma-separated table with a header")
        return model.empty(), [Finding(code="not-a-table", value=shown(error.why), wanted=wanted, where=name)]
    return table_of(model, texts, KIND_OF_ROW[name], lambda line: f"{name}:{line}", broken)


def table_of(
    model: type[T], texts: pl.DataFrame, kind: str, place: Callable[[int], str], broken: tuple[Refused, ...] = ()
) -> tuple[T, list[Finding]]:
    """
    The same from a frame of texts.

    Parameters
    ----------
    texts
        See `Table.parse`; its optional column `line` says where each row stood.
    kind
        What a finding calls a row.
    place
        Line to where it stands.
    broken
        Rows that were no rows.
    """
    columns = {c.name: c for c in model.COLUMNS}
    missing = [c.name for c in columns.values() if c.required and c.default is None and c.name not in texts.columns]
    findings = [
        Finding(code="missing-column", field=column, value="nothing", wanted=columns[column].wanted, where=place(1))
        for column in missing
    ]
    findings += [
        Finding(
            code="unknown-column",
            severity="warning",
            field=shown(column),
            value=shown(column),
            wanted=Wanted("one of {names}", names=", ".join(columns)),
            where=place(1),
        )
        for column in texts.columns
        if column not in columns and column != "line"
    ]
    if missing:
        return model.empty(), findings
    parsed = model.parse(texts)
    findings += [
        Finding(
            code="refused-row",
            kind=kind,
            field=row.field,
            value=row.value or "nothing",
            wanted=row.reason,
            where=place(row.line),
        )
        for row in (*broken, *parsed.refused)
    ]
    return parsed.table, findings


def _texts(data: bytes, name: str) -> tuple[pl.DataFrame, tuple[Refused, ...]]:
    """The rows as texts: at once where the file is plain, through the reader of strange files where it is not."""
    if b'"' not in data and b"\0" not in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return pl.read_csv(io.BytesIO(data), infer_schema=False), ()
        except pl.exceptions.PolarsError:
            pass
    from exitplan.importers.textfile import read_table

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        table = read_table(path)
    return table.frame, table.refused
