"""Tables that sort, filter, page and leave as CSV or XLSX: by addresses alone, so that they work without a script.

A page makes a `Table` of what its reader may see and hands it to `table_page`; the template includes `parts/table.html`.
The state of a table stands in the address (`sites.sort=title&sites.page=2`), so it can be sent to a colleague.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from exitplan.web.access import Asked

ROWS_A_PAGE = 50
LONG = 100
"""Rows above which those of `Lines` are made one by one."""
SHORT_MARK = 16
"""Letters of a mark that stays on one line."""
SEARCHED_ABOVE = 12
"""Rows from which on a table has a field to filter it."""

Sortable = str | float | int | date | None
Form = Literal["csv", "xlsx"]
TYPES: dict[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Column:
    """One column: `name` in addresses and exports, words in its head, numbers to the right."""

    name: str
    words: str
    number: bool = False
    wide: bool = False


@dataclass(frozen=True)
class Cell:
    """
    One cell: what is shown, what it is sorted and exported by, where it leads, and how it is marked.

    Parameters
    ----------
    value
        Sorted and exported; the shown text where left out.
    mark
        Code of a state (`met`, `unmet`, `unknown`, `warning`, `error` …), shown as a badge: shape and words, never colour alone.
    small
        A second, quieter line.
    """

    text: str
    value: Sortable = None
    href: str = ""
    mark: str = ""
    small: str = ""

    @property
    def solid(self) -> bool:
        """Whether it is a code, a short word or a short mark that must not break over two lines."""
        return len(self.text) <= SHORT_MARK if self.mark else " " not in self.text and len(self.text) <= 24

    @property
    def exported(self) -> Sortable:
        """The value that leaves with an export."""
        return self.text if self.value is None else self.value


Row = tuple[Cell, ...]
Thing = TypeVar("Thing")


class Lines(Sequence[Row]):
    """Rows of a long table, each made when it is asked for: a page shows few of those that there are."""

    def __init__(self, things: Sequence[Thing], row_of: Callable[[Thing], Row]) -> None:
        self._things = things
        self._row_of: Callable[[Any], Row] = row_of

    def __len__(self) -> int:
        return len(self._things)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, slice):
            return [self._row_of(thing) for thing in self._things[place]]
        return self._row_of(self._things[place])


@dataclass(frozen=True)
class Table:
    """
    A table as a page hands it over, whole.

    Parameters
    ----------
    name
        Short name, unique on its page; stands in addresses.
    empty
        What to say, and do next, where there is no row.
    sort
        Column sorted by at first, with a leading `-` for falling; the order of the rows where empty.
    """

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    empty: str = ""
    sort: str = ""
    page_rows: int = ROWS_A_PAGE


@dataclass(frozen=True)
class Head:
    """The head of a column with the address that sorts by it."""

    column: Column
    href: str
    sorted: Literal["", "ascending", "descending"]


@dataclass(frozen=True)
class Shown:
    """A table as one request wants to see it."""

    table: Table
    heads: tuple[Head, ...]
    rows: tuple[tuple[tuple[Column, Cell], ...], ...]
    found: int
    page: int
    pages: int
    wanted: str
    searchable: bool
    before: str = ""
    after: str = ""
    kept: tuple[tuple[str, str], ...] = ()
    exports: tuple[tuple[Form, str], ...] = ()
    path: str = ""
    first: int = 0
    last: int = 0

    @property
    def body(self) -> SafeString:
        """The rows as they stand in the page. Cells are many, and a template takes four times as long over each."""
        lines = ("".join(_cell_of(column, cell) for column, cell in row) for row in self.rows)
        return SafeString("".join(f"<tr>{line}</tr>\n" for line in lines))


def _cell_of(column: Column, cell: Cell) -> str:
    """One cell, everything in it escaped."""
    named = (("number", column.number), ("wide", column.wide), ("solid", cell.solid))
    classes = " ".join(name for name, holds in named if holds)
    inside = escape(cell.text)
    if cell.href:
        inside = f'<a href="{escape(cell.href)}">{inside}</a>'
    if cell.mark:
        inside = f'<span class="mark {escape(cell.mark)}">{inside}</span>'
    small = f"<small>{escape(cell.small)}</small>" if cell.small else ""
    opening = f'<td class="{classes}">' if classes else "<td>"
    return f"{opening}{inside}{small}</td>"


def table_page(asked: Asked, template: str, *tables: Table, status: int = 200, **context: Any) -> HttpResponse:
    """
    A page with tables; the file itself where an export is asked for, one table alone where a script asks for it.

    Templates find each table under its name in `tables`.
    """
    query = asked.request.GET
    for table in tables:
        wanted = query.get(f"{table.name}.export")
        if wanted in TYPES:
            if not asked.may("export"):
                from exitplan.web.middleware import problem

                return problem(asked.request, 403, asked.w("Your role in this mission may not export tables."))
            return exported(table, asked.request, "xlsx" if wanted == "xlsx" else "csv")
    views = {table.name: shown(table, asked.request, may_export=asked.may("export")) for table in tables}
    target = asked.request.headers.get("HX-Target", "").removeprefix("table-")
    if target in views and asked.request.method == "GET":
        return asked.page("parts/table.html", t=views[target])
    return asked.page(template, status=status, tables=views, **context)


def shown(table: Table, request: HttpRequest, *, may_export: bool) -> Shown:
    """The rows a request asks for, and the addresses of the others."""
    query = request.GET
    if isinstance(table.rows, Lines) and len(table.rows) <= LONG:
        table = replace(table, rows=tuple(table.rows))
    wanted = query.get(f"{table.name}.find", "").strip()
    rows = _found(table, wanted)
    order = query.get(f"{table.name}.sort", table.sort)
    rows = _sorted(table, rows, order)
    pages = max(1, -(-len(rows) // table.page_rows))
    page = min(max(1, _whole(query.get(f"{table.name}.page"), 1)), pages)
    start = (page - 1) * table.page_rows
    part = rows[start : start + table.page_rows]

    told = _told(table)

    def to(**changes: str | None) -> str:
        return _address(request, table.name, changes)

    return Shown(
        table=table,
        heads=tuple(
            _head(column, order, to(sort=_turned(column.name, order), page=None))
            for column, full in zip(table.columns, told, strict=True)
            if full
        ),
        rows=tuple(
            tuple((column, cell) for column, cell, full in zip(table.columns, row, told, strict=True) if full)
            for row in part
        ),
        found=len(rows),
        page=page,
        pages=pages,
        wanted=wanted,
        searchable=len(table.rows) >= SEARCHED_ABOVE or bool(wanted),
        before=to(page=str(page - 1)) if page > 1 else "",
        after=to(page=str(page + 1)) if page < pages else "",
        kept=tuple(
            (key, value) for key, value in query.items() if key not in (f"{table.name}.find", f"{table.name}.page")
        ),
        exports=(("csv", to(export="csv")), ("xlsx", to(export="xlsx"))) if may_export and table.rows else (),
        path=request.path,
        first=start + 1 if part else 0,
        last=start + len(part),
    )


def exported(table: Table, request: HttpRequest, form: Form) -> HttpResponse:
    """Every row that the filter leaves, in the order asked for, as a file."""
    from exitplan.usecases import sheets

    query = request.GET
    rows = _found(table, query.get(f"{table.name}.find", "").strip())
    rows = _sorted(table, rows, query.get(f"{table.name}.sort", table.sort))
    heads = [column.words for column in table.columns]
    values = [[cell.exported for cell in row] for row in rows]
    content = sheets.csv_file(heads, values) if form == "csv" else sheets.xlsx_file(table.caption, heads, values)
    return HttpResponse(
        content,
        content_type=TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="{table.name}.{form}"'},
    )


def plain(text: str) -> str:
    """A text without case and accents, as people search it."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(c for c in parts if not unicodedata.combining(c)).casefold()


def _found(table: Table, wanted: str) -> Sequence[Row]:
    if not wanted:
        return table.rows
    words = plain(wanted).split()
    return [row for row in table.rows if _holds(row, words)]


def _holds(row: Row, words: Iterable[str]) -> bool:
    text = plain(" ".join(f"{cell.text} {cell.small}" for cell in row))
    return all(word in text for word in words)


def _told(table: Table) -> tuple[bool, ...]:
    """
    For each column whether any row has something in it: a column of dashes is not shown, but leaves with an export.

    A long table whose rows are made one by one keeps all its columns.
    """
    if len(table.rows) < 2 or isinstance(table.rows, Lines):
        return (True,) * len(table.columns)
    return tuple(any(row[at].exported not in ("", None) for row in table.rows) for at in range(len(table.columns)))


def _sorted(table: Table, rows: Sequence[Row], order: str) -> Sequence[Row]:
    """Rows by one column, empty cells last whichever way; equal ones stay in their order."""
    name, falling = order.removeprefix("-"), order.startswith("-")
    place = next((i for i, column in enumerate(table.columns) if column.name == name), None)
    if place is None:
        return rows
    made = list(rows)
    full = [row for row in made if row[place].exported not in ("", None)]
    empty = [row for row in made if row[place].exported in ("", None)]
    return sorted(full, key=lambda row: _rank(row[place].exported), reverse=falling) + empty


def _rank(value: Sortable) -> tuple[int, float, str]:
    if isinstance(value, bool | int | float):
        return 0, float(value), ""
    if isinstance(value, date):
        return 1, value.toordinal(), ""
    return 2, 0.0, plain(str(value))


def _head(column: Column, order: str, href: str) -> Head:
    if order.removeprefix("-") != column.name:
        return Head(column, href, "")
    return Head(column, href, "descending" if order.startswith("-") else "ascending")


def _turned(name: str, order: str) -> str:
    return f"-{name}" if order == name else name


def _address(request: HttpRequest, table: str, changes: Mapping[str, str | None]) -> str:
    query: QueryDict = request.GET.copy()
    query.pop(f"{table}.export", None)
    for key, value in changes.items():
        if value is None:
            query.pop(f"{table}.{key}", None)
        else:
            query[f"{table}.{key}"] = value
    return f"{request.path}?{query.urlencode()}"


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else otherwise
