"""Bulk values: measurements, events and area-months as polars frames that are checked whole against a row schema.

The only place where the table knows polars. Everybody else asks the classes here for plain values, or takes `frame`
when a frame is what they work on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Generic, NamedTuple, Self, TypeVar

import polars as pl

from exitplan.domain.fields import CODE_PATTERN, TEXT_LIMIT
from exitplan.domain.findings import Wanted, shown
from exitplan.domain.months import last_day, month_index, month_of, month_text

COUNTRY = ""
"""Area code of a measurement that speaks of the whole country."""
TableType = TypeVar("TableType")

TOTAL = "total"
"""Group of a measurement that is not broken down."""
SMALL_CELL = 5
"""Fewer persons than this in one group of a breakdown could be recognised."""
FORMULA_START = r"^(=|@|[+\-].*[(|!])"
"""Texts that a spreadsheet would run as a formula."""


@dataclass(frozen=True)
class Refused:
    """One row that was not taken, with the line it stands on and what was wanted instead."""

    line: int
    field: str
    value: str
    reason: str


@dataclass(frozen=True)
class Column:
    """One column of a row schema: its type and the rule its values obey."""

    name: str
    dtype: pl.DataType | type[pl.DataType]
    wanted: str
    required: bool = True
    rule: Callable[[pl.Expr], pl.Expr] | None = None
    default: str | float | None = None


@dataclass(frozen=True)
class Parsed(Generic[TableType]):
    """What came of a frame of texts: the rows that are sound, and every fault of the rows that are not."""

    table: TableType
    refused: tuple[Refused, ...]
    lines: pl.Series
    """Line of each row of `table`, in its order."""


def _between(low: float, high: float) -> Callable[[pl.Expr], pl.Expr]:
    return lambda column: column.is_between(low, high)


def _at_least_zero(column: pl.Expr) -> pl.Expr:
    return column >= 0


def _one_of(*values: str) -> Callable[[pl.Expr], pl.Expr]:
    return lambda column: column.is_in(values)


def _code(column: pl.Expr) -> pl.Expr:
    return column.str.contains(CODE_PATTERN)


def _code_or_empty(column: pl.Expr) -> pl.Expr:
    return (column == "") | column.str.contains(CODE_PATTERN)


def _safe_text(column: pl.Expr) -> pl.Expr:
    return (column.str.len_bytes() <= TEXT_LIMIT) & ~column.str.contains(FORMULA_START)


def _short_text(column: pl.Expr) -> pl.Expr:
    return (column.str.len_bytes() <= 100) & ~column.str.contains(FORMULA_START)


def _month(column: pl.Expr) -> pl.Expr:
    return column.str.contains(r"^(19|20|21)\d\d-(0[1-9]|1[0-2])$")


class Table:
    """A polars frame that obeys `COLUMNS`. Build it through `parse` (texts) or `of` (typed frame)."""

    COLUMNS: ClassVar[tuple[Column, ...]]
    SORT: ClassVar[tuple[str, ...]]

    __slots__ = ("frame",)

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame

    @classmethod
    def empty(cls) -> Self:
        """A table without rows."""
        return cls(pl.DataFrame(schema={c.name: c.dtype for c in cls.COLUMNS}))

    @classmethod
    def of(cls, frame: pl.DataFrame) -> Self:
        """A table from a frame that is already typed; columns are put in order and rows sorted."""
        ordered = frame.select([pl.col(c.name).cast(c.dtype) for c in cls.COLUMNS])
        return cls(cls._in_order(ordered))

    @classmethod
    def _in_order(cls, frame: pl.DataFrame) -> pl.DataFrame:
        """Rows in the table's order; a frame that has it already is not copied."""
        if len(cls.SORT) == 1 and frame[cls.SORT[0]].is_sorted(nulls_last=True):
            return frame
        return frame.sort(cls.SORT, maintain_order=True, nulls_last=True)

    @classmethod
    def parse(
        cls,
        texts: pl.DataFrame,
        *,
        first_line: int = 2,
        today: date | None = None,
        known: Mapping[str, Collection[str]] | None = None,
    ) -> Parsed[Self]:
        """
        Check a frame of texts whole.

        Parameters
        ----------
        texts
            Columns of type String, or of numbers where a reader has made numbers of them already; nulls and blanks mean
            "not given". Extra columns are ignored.
            An optional column `line` (integer) says where each row stood.
        first_line
            Line of the first row, where there is no column `line`.
        today
            Dates after this day are refused; None accepts any.
        known
            Codes that there are, by column; where a column is among them any other code is refused.

        Returns
        -------
        Parsed
            The sound rows as a table, and one `Refused` for each faulty field of each other row.
        """
        lines = (
            texts["line"].cast(pl.Int64)
            if "line" in texts.columns
            else pl.int_range(first_line, first_line + texts.height, eager=True)
        )
        given = texts.select([_given(c.name, texts.schema.get(c.name)).alias(c.name) for c in cls.COLUMNS])
        if texts.height and given.height != texts.height:
            given = pl.concat([given] * texts.height)
        typed = given.select([_cast(c) for c in cls.COLUMNS])
        rules = [(c.name, *_fault(c, today, (known or {}).get(c.name))) for c in cls.COLUMNS] + list(cls.row_rules())
        both = typed.with_columns(given.select(pl.all().name.prefix(GIVEN)))
        masks = both.select([broken.fill_null(False).alias(str(at)) for at, (_, _, broken) in enumerate(rules)])
        refused: list[Refused] = []
        for at, broken in enumerate(masks.select(pl.all().any()).row(0) if texts.height else ()):
            if broken:
                name, wanted, _ = rules[at]
                for row in masks[str(at)].arg_true():
                    value = given[name][row] if name in given.columns else ""
                    refused.append(Refused(int(lines[row]), name, "" if value is None else shown(str(value)), wanted))
        refused.sort(key=lambda r: r.line)
        sound = typed.with_columns(lines.alias("line"))
        if refused:
            sound = sound.filter(~masks.select(pl.any_horizontal(pl.all()))[:, 0])
        sound = cls._in_order(sound)
        return Parsed(cls(sound.drop("line")), tuple(refused), sound["line"])

    @classmethod
    def row_rules(cls) -> tuple[tuple[str, str, pl.Expr], ...]:
        """Rules between columns, as (field blamed, what was wanted, expression true where it is broken)."""
        return ()

    def __len__(self) -> int:
        return self.frame.height

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and isinstance(other, Table) and self.frame.equals(other.frame)

    __hash__ = None  # type: ignore[assignment]

    def csv_text(self) -> str:
        """The table as CSV, rows sorted, equal tables giving equal texts."""
        return self.of(self.frame).frame.write_csv(float_precision=None)


def _given(name: str, dtype: pl.DataType | None) -> pl.Expr:
    """What stands in one column, null where nothing does."""
    if dtype is None:
        return pl.lit(None, pl.String)
    return pl.col(name).str.strip_chars().replace("", None) if dtype == pl.String else pl.col(name)


def _cast(column: Column) -> pl.Expr:
    text = pl.col(column.name)
    if column.dtype == pl.Date:
        value = text.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    elif column.dtype.is_integer():
        number = text.cast(pl.Float64, strict=False)
        value = pl.when(number == number.round()).then(number).cast(column.dtype, strict=False)
    elif column.dtype.is_numeric():
        number = text.cast(column.dtype, strict=False)
        value = pl.when(number.is_finite()).then(number)
    else:
        value = text
    if column.default is not None:
        value = pl.when(text.is_null()).then(pl.lit(column.default)).otherwise(value)
    return value.cast(column.dtype).alias(column.name)


GIVEN = "given "
"""Before the name of a column as it was given, beside the same column as it was understood."""


def _fault(column: Column, today: date | None, known: Collection[str] | None) -> tuple[str, pl.Expr]:
    """What a column wants, and where it is missing, unreadable, outside its rule, unknown, or after today."""
    value, given = pl.col(column.name), pl.col(GIVEN + column.name)
    broken = given.is_not_null() & value.is_null()
    if column.required and column.default is None:
        broken = broken | given.is_null()
    if column.rule is not None:
        broken = broken | (value.is_not_null() & ~column.rule(value)).fill_null(False)
    if known is not None:
        broken = broken | (value.is_not_null() & (value != "") & ~value.is_in(list(known)))
    if today is None or column.dtype != pl.Date:
        return column.wanted, broken
    wanted = Wanted("{wanted}, not after {today}", wanted=Wanted(column.wanted), today=today)
    return wanted, broken | (value > today).fill_null(False)


def _plain(column: pl.Series) -> list[Any]:
    """Plain values of a column. Equal texts and days are one object: a hundred thousand readings name few of them."""
    values = column.to_list()
    if column.dtype.is_numeric():
        return values
    known: dict[Any, Any] = {}
    return [known.setdefault(value, value) for value in values]


class Reading(NamedTuple):
    """One measurement as plain values, in the indicator's unit."""

    indicator: str
    version: int
    date: date
    area: str
    group: str
    value: float
    low: float | None
    high: float | None
    unit: str
    source: str
    method: str
    verification: str
    confidence: str
    replaces: str
    note: str


class MeasurementTable(Table):
    """Values of indicators over time. The key of a row is indicator, version, date, area, group and source."""

    __slots__ = ()
    KEY: ClassVar[tuple[str, ...]] = ("indicator", "version", "date", "area", "group")
    SORT = ("indicator", "version", "area", "group", "date", "source")
    COLUMNS = (
        Column("indicator", pl.String, "the code of an indicator", rule=_code),
        Column("version", pl.Int64(), "a version number from 1", rule=_between(1, 1000), default=1.0),
        Column("date", pl.Date(), "a day as YYYY-MM-DD"),
        Column("area", pl.String, "the code of an area, or nothing for the country", False, _code_or_empty, COUNTRY),
        Column("group", pl.String, "a group such as sex=female", False, _safe_text, TOTAL),
        Column("value", pl.Float64(), "a finite number"),
        Column("low", pl.Float64(), "a finite number, or nothing", False),
        Column("high", pl.Float64(), "a finite number, or nothing", False),
        Column("unit", pl.String, "the unit of the indicator", False, _safe_text, ""),
        Column("source", pl.String, "the code of a source, or nothing", False, _code_or_empty, ""),
        Column("method", pl.String, "plain text of bounded length, not a formula", False, _safe_text, ""),
        Column(
            "verification",
            pl.String,
            "self_reported, jointly_assessed or independently_verified",
            False,
            _one_of("self_reported", "jointly_assessed", "independently_verified"),
            "self_reported",
        ),
        Column("confidence", pl.String, "low, medium or high", False, _one_of("low", "medium", "high"), "medium"),
        Column("replaces", pl.String, "the source code of the row it replaces, or nothing", False, _code_or_empty, ""),
        Column("note", pl.String, "plain text of bounded length, not a formula", False, _safe_text, ""),
    )

    @classmethod
    def row_rules(cls) -> tuple[tuple[str, str, pl.Expr], ...]:
        return (
            ("low", Wanted("a low end no greater than the value"), pl.col("low") > pl.col("value")),
            ("high", Wanted("a high end no less than the value"), pl.col("high") < pl.col("value")),
        )

    def in_force(self, on: date) -> MeasurementTable:
        """The rows known by a day, without those that a later row replaces: history stays in the table itself."""
        known = self.frame.filter(pl.col("date") <= on)
        replaced = known.filter(pl.col("replaces") != "").select([*self.KEY, pl.col("replaces").alias("source")])
        return MeasurementTable(known.join(replaced, on=[*self.KEY, "source"], how="anti", nulls_equal=True))

    def visible(
        self, *, indicators: Collection[str], areas: Collection[str], sources: Collection[str]
    ) -> MeasurementTable:
        """Only rows of these indicators and areas (and of the country); a source not among these is not named."""
        kept = self.frame.filter(pl.col("indicator").is_in(list(indicators)) & pl.col("area").is_in([COUNTRY, *areas]))
        known = list(sources)
        named = [
            pl.when(pl.col(c).is_in(known)).then(pl.col(c)).otherwise(pl.lit("")).alias(c)
            for c in ("source", "replaces")
        ]
        return MeasurementTable(kept.with_columns(named))

    def without_small_cells(self, counted: Collection[str]) -> MeasurementTable:
        """
        The table without breakdowns in which somebody could be recognised.

        Where a group of a dimension counts one person or more but fewer than `SMALL_CELL`, every group of that dimension
        is left out on that day: one cell alone could be worked out again from the total and the others.

        Parameters
        ----------
        counted
            Indicators that count persons.
        """
        dimension = pl.col("group").str.split("=").list.first()
        named = self.frame.with_columns(dimension.alias("dimension"))
        key = ["indicator", "version", "date", "area", "dimension"]
        small = named.filter(
            pl.col("indicator").is_in(list(counted))
            & (pl.col("group") != TOTAL)
            & (pl.col("value") > 0)
            & (pl.col("value") < SMALL_CELL)
        )
        return MeasurementTable(named.join(small, on=key, how="anti", maintain_order="left").drop("dimension"))

    def readings(
        self, indicator: str | None = None, *, area: str | None = None, group: str | None = None
    ) -> tuple[Reading, ...]:
        """Rows as plain values in order of date; each filter that is left out takes everything."""
        wanted = pl.lit(True)
        for name, value in (("indicator", indicator), ("area", area), ("group", group)):
            if value is not None:
                wanted = wanted & (pl.col(name) == value)
        rows = self.frame.filter(wanted).sort("date", "version", maintain_order=True)
        return tuple(map(Reading._make, zip(*(_plain(rows[c.name]) for c in self.COLUMNS), strict=True)))

    def contested(self) -> tuple[Reading, ...]:
        """Rows that share their key with another row, or say that they replace one."""
        shared = self.frame.group_by(self.KEY).len().filter(pl.col("len") > 1)
        rows = self.frame.join(shared, on=self.KEY, how="semi", nulls_equal=True)
        return MeasurementTable(pl.concat([rows, self.frame.filter(pl.col("replaces") != "")]).unique()).readings()

    def by_series(self) -> dict[tuple[str, str, str], tuple[Reading, ...]]:
        """All rows at once, as (indicator, area, group) to readings in order of date."""
        series: dict[tuple[str, str, str], list[Reading]] = {}
        for reading in self.readings():
            series.setdefault((reading.indicator, reading.area, reading.group), []).append(reading)
        return {key: tuple(rows) for key, rows in series.items()}


class EventTable(Table):
    """Violent events, one row each. Kept local: never bundled, never in a brief."""

    __slots__ = ()
    SORT = ("date_start",)  # events of one day stay in the order of their file
    COLUMNS = (
        Column("id", pl.String, "an identifier of at most 100 characters", rule=_short_text),
        Column("date_start", pl.Date(), "a day as YYYY-MM-DD"),
        Column("date_end", pl.Date(), "a day as YYYY-MM-DD", False),
        Column("type_of_violence", pl.Int8(), "1 state-based, 2 non-state or 3 one-sided", rule=_between(1, 3)),
        Column("country", pl.String, "the name of a country", False, _short_text, ""),
        Column("where_prec", pl.Int8(), "a UCDP location precision from 1 to 7", False, _between(1, 7), 1.0),
        Column("latitude", pl.Float64(), "degrees from -90 to 90", rule=_between(-90, 90)),
        Column("longitude", pl.Float64(), "degrees from -180 to 180", rule=_between(-180, 180)),
        Column("low", pl.Int64(), "a count of deaths, 0 or more", rule=_at_least_zero),
        Column("best", pl.Int64(), "a count of deaths, 0 or more", rule=_at_least_zero),
        Column("high", pl.Int64(), "a count of deaths, 0 or more", rule=_at_least_zero),
        Column("area", pl.String, "the code of the area it lies in", False, _code_or_empty, ""),
    )

    @classmethod
    def row_rules(cls) -> tuple[tuple[str, str, pl.Expr], ...]:
        return (
            (
                "best",
                Wanted("a best estimate between low and high"),
                (pl.col("best") < pl.col("low")) | (pl.col("best") > pl.col("high")),
            ),
            ("date_end", Wanted("an end on or after the start"), pl.col("date_end") < pl.col("date_start")),
        )

    def area_months(self, source: str) -> AreaMonths:
        """Counts by area, month of the start date and type of violence; rows without an area are left out."""
        counted = (
            self.frame.filter(pl.col("area") != "")
            .group_by("area", pl.col("date_start").dt.month_start().alias("month"), "type_of_violence")
            .agg(
                pl.len().cast(pl.Int64).alias("events"), pl.col("low").sum(), pl.col("best").sum(), pl.col("high").sum()
            )
            .with_columns(pl.col("month").dt.strftime("%Y-%m"), pl.lit(source).alias("source"))
        )
        return AreaMonths.of(counted)


class AreaMonths(Table):
    """Events and deaths by area, month and type of violence. Months without a row had none, inside the source's coverage."""

    __slots__ = ()
    SORT = ("area", "month", "type_of_violence", "source")
    COLUMNS = (
        Column("area", pl.String, "the code of an area", rule=_code),
        Column("month", pl.String, "a month as YYYY-MM", rule=_month),
        Column("type_of_violence", pl.Int8(), "1 state-based, 2 non-state or 3 one-sided", rule=_between(1, 3)),
        Column("events", pl.Int64(), "a count of events, 0 or more", rule=_at_least_zero),
        Column("low", pl.Int64(), "a count of deaths, 0 or more", rule=_at_least_zero),
        Column("best", pl.Int64(), "a count of deaths, 0 or more", rule=_at_least_zero),
        Column("high", pl.Int64(), "a count of deaths, 0 or more", rule=_at_least_zero),
        Column("source", pl.String, "the code of a source", False, _code_or_empty, ""),
    )

    @classmethod
    def row_rules(cls) -> tuple[tuple[str, str, pl.Expr], ...]:
        return (
            (
                "best",
                Wanted("a best estimate between low and high"),
                (pl.col("best") < pl.col("low")) | (pl.col("best") > pl.col("high")),
            ),
        )

    def total(
        self, measure: str, *, first: int, last: int, area: str | None = None, types: Iterable[int] = (1, 2, 3)
    ) -> int:
        """
        Sum of one measure over a span of months.

        Parameters
        ----------
        measure
            `events`, `low`, `best` or `high` (deaths), or `deaths` for `best`.
        first, last
            Month indices (`months.month_index`), both included.
        area
            One area, or None for all.
        types
            UCDP types of violence counted.
        """
        column = "best" if measure == "deaths" else measure
        rows = self.frame.filter(
            pl.col("type_of_violence").is_in(list(types))
            & pl.col("month").is_between(pl.lit(month_text(first)), pl.lit(month_text(last)))
            & (pl.lit(True) if area is None else pl.col("area") == area)
        )
        return int(rows[column].sum())

    def visible(self, *, areas: Collection[str], sources: Collection[str]) -> AreaMonths:
        """Only rows of these areas and sources."""
        return AreaMonths(self.frame.filter(pl.col("area").is_in(list(areas)) & pl.col("source").is_in(list(sources))))

    def span(self) -> tuple[int, int] | None:
        """First and last month index that has a row; None when there is none."""
        if not len(self):
            return None
        months = self.frame["month"]
        return month_index(str(months.min())), month_index(str(months.max()))

    def until(self, on: date) -> AreaMonths:
        """Only full months: those whose last day is on or before a day."""
        last = month_of(on) if on == last_day(month_of(on)) else month_of(on) - 1
        return AreaMonths(self.frame.filter(pl.col("month") <= month_text(last)))

    def dense(
        self, measure: str, areas: Iterable[str], *, first: int, last: int, types: Iterable[int] = (1, 2, 3)
    ) -> list[list[int]]:
        """One list for each area of one count for each month from `first` to `last`, zero where there is no row."""
        column = "best" if measure == "deaths" else measure
        order = {code: at for at, code in enumerate(areas)}
        grid = [[0] * (last - first + 1) for _ in order]
        rows = self.frame.filter(pl.col("type_of_violence").is_in(list(types)))
        for area, month, count in rows.select("area", "month", column).iter_rows():
            at = month_index(month) - first
            if area in order and 0 <= at <= last - first:
                grid[order[area]][at] += count
        return grid
