"""Open a CSV as people send it: plain, gzip or zip; with or without a byte-order mark; in several encodings and separators.

What comes out is a frame of texts in which every row knows the line it began on, and a refusal for each row that is
broken as a row: a field too many or too few, a quote that never closes, a NUL byte. What was mended on the way is noted.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import os
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from mmap import ACCESS_READ, mmap
from pathlib import Path
from types import MappingProxyType
from typing import IO

import numpy as np
import polars as pl

from exitplan.domain.errors import Unreadable
from exitplan.domain.findings import Wanted, shown
from exitplan.domain.tables import Refused
from exitplan.importers.rowscan import Buffer, RowScan, scan_rows

BYTES_LIMIT = 2 << 30
"""Uncompressed bytes read at most: the largest event file in use is two thirds of it."""
RATIO_LIMIT = 200
"""Times a compressed file may grow. Event files grow ten to twenty times, a bomb a thousand times."""
RATIO_FREE = 16 << 20
"""Uncompressed bytes below which the ratio does not matter."""
MAPPED_FROM = 64 << 20
"""Bytes from which a file is read in place instead of taken into memory. Smaller ones are those that somebody may save while they
are read: a mapped file that shrinks ends the program (SIGBUS)."""
HEADINGS_LIMIT = 2000
"""Columns and, in the header, kilobytes: a file with more is not a table of ours."""
ROW_LIMIT = 131_072
"""Bytes of one row, the bound that the csv module sets to a field: long notes fit, a ten-megabyte paste does not."""
ROW_WANTED = Wanted("a row of at most {most} bytes", most=ROW_LIMIT)
BROKEN_LIMIT = 1000
"""Rows with broken quotes before a file as a whole is refused."""

Numbers = Mapping[str, type[pl.DataType]]
NO_NUMBERS: Numbers = MappingProxyType({})

PACKED = {b"\x1f\x8b": "gzip", b"PK\x03\x04": "zip"}
SEPARATORS = {",": "", ";": "semicolons", "\t": "tabs"}
SAMPLE = 1 << 16
"""Bytes from which encoding and line ends are told."""
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True)
class RawFile:
    """The bytes of a file, unpacked, and a worker beside the reader for what can be done meanwhile."""

    name: str
    given: Buffer
    data: Buffer
    beside: ThreadPoolExecutor
    notes: tuple[str, ...] = ()
    path: Path | None = None
    """The file itself, where it is read in place."""

    @cached_property
    def digest(self) -> Future[str]:
        """The SHA-256 on its way."""
        return self.beside.submit(lambda: hashlib.sha256(self.given).hexdigest())

    def start_digest(self) -> None:
        """Let the worker take the digest after what it already has to do."""
        _ = self.digest

    @property
    def sha256(self) -> str:
        """SHA-256 of the file as given, packed or not."""
        return self.digest.result()


@dataclass(frozen=True)
class TextTable:
    """The rows of a CSV as texts."""

    raw: RawFile
    frame: pl.DataFrame
    """Columns of type String under their canonical names, and `line` (Int64): where the row began, the header being line 1."""
    read: int
    """Rows that stood in the file, blank lines and tag rows not counted."""
    refused: tuple[Refused, ...]
    """Rows that are no rows; `frame` lacks them."""
    headings: tuple[str, ...]
    """Headings as they stand in the file."""
    notes: tuple[str, ...]
    """What was mended or left aside, as codes."""

    @property
    def name(self) -> str:
        """Name of the file, without its folder."""
        return self.raw.name

    @property
    def sha256(self) -> str:
        """SHA-256 of the file as given."""
        return self.raw.sha256


@dataclass(frozen=True)
class _Layout:
    """How a text is cut into fields, and which of them are wanted."""

    separator: str
    headings: tuple[str, ...]
    wanted: Mapping[str, int]
    """Canonical name to position."""


def read_raw(path: Path, *, unpack: bool = True) -> RawFile:
    """
    Read a file whole, unpacking gzip and zip.

    Parameters
    ----------
    path
        A plain file, a gzip file, or a zip with one member; told apart by their first bytes, not their names.
    unpack
        False takes the bytes of an archive as they are, for files that are archives by nature.

    Returns
    -------
    RawFile
        At most `BYTES_LIMIT` bytes, with the SHA-256 of the file as given.

    Raises
    ------
    Unreadable
        When there is no such file, the packing is damaged, encrypted or holds several members, or the content is larger
        than `BYTES_LIMIT` or more than `RATIO_LIMIT` times the size of its packing.
    """
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > BYTES_LIMIT:
                raise Unreadable(path.name, Wanted("larger than {most} bytes", most=BYTES_LIMIT))
            mapped = size >= max(MAPPED_FROM, 1)
            given: Buffer = mmap(file.fileno(), 0, access=ACCESS_READ) if mapped else file.read()
    except OSError as fault:
        raise Unreadable(path.name, fault.strerror or "cannot be opened") from fault
    beside = ThreadPoolExecutor(1)
    packed = next((kind for start, kind in PACKED.items() if given[: len(start)] == start), None)
    if packed is None or not unpack:
        return RawFile(path.name, given, given, beside, path=path if mapped else None)
    return RawFile(path.name, given, _unpacked(path, packed, size), beside, (packed,))


def _unpacked(path: Path, packed: str, size: int) -> bytes:
    try:
        if packed == "gzip":
            with gzip.open(path) as content:
                return _bounded(path.name, content, size)
        with zipfile.ZipFile(path) as archive, archive.open(_only_member(path.name, archive)) as content:
            return _bounded(path.name, content, size)
    except (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile, NotImplementedError) as fault:
        raise Unreadable(path.name, Wanted("a damaged or cut-off archive")) from fault


def _only_member(name: str, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    members = [m for m in archive.infolist() if not m.is_dir() and not m.filename.startswith("__MACOSX/")]
    if len(members) != 1:
        raise Unreadable(name, Wanted("a zip with one file wanted, {members} found", members=len(members)))
    if members[0].flag_bits & 1:
        raise Unreadable(name, Wanted("encrypted; unpack it first"))
    return members[0]


def _bounded(name: str, content: IO[bytes] | gzip.GzipFile, packed: int) -> bytes:
    """The content of an archive, read piece by piece so that a bomb is put down early."""
    pieces: list[bytes] = []
    size = 0
    while piece := content.read(1 << 20):
        size += len(piece)
        if size > BYTES_LIMIT or (size > RATIO_FREE and size > RATIO_LIMIT * packed):
            raise Unreadable(
                name,
                Wanted(
                    "unpacks to more than {times} times its size or {most} bytes",
                    times=RATIO_LIMIT,
                    most=BYTES_LIMIT,
                ),
            )
        pieces.append(piece)
    return b"".join(pieces)


def read_table(
    path: Path,
    *,
    columns: Mapping[str, Collection[str]] | None = None,
    required: Collection[str] = (),
    numbers: Numbers = NO_NUMBERS,
) -> TextTable:
    """
    Read a CSV as texts, every row with its line.

    Parameters
    ----------
    path
        See `read_raw`. UTF-8 with or without mark, UTF-16, else Windows-1252; separated by commas, semicolons or tabs.
    columns
        Canonical name to the headings that mean it, the first found counting. None takes every column as it is headed.
        Headings are compared without regard to case, and with blanks as underscores.
    required
        Canonical names without which the file is of no use.
    numbers
        Canonical names of columns that come as numbers where every row of the file has a number there, or nothing;
        otherwise as texts, like all others. It is the faster way for large files.

    Returns
    -------
    TextTable
        Empty fields are empty texts or null. Notes may be `gzip`, `zip`, `bom`, `encoding:NAME`, `semicolons`, `tabs`,
        `hxl_row`, `blank_lines:N`, `quoted_newlines`.

    Raises
    ------
    Unreadable
        When the file cannot be opened (see `read_raw`), has no header, lacks columns, or has two of one name.
    """
    return table_of(read_raw(path), columns=columns, required=required, numbers=numbers)


def table_of(
    raw: RawFile,
    *,
    columns: Mapping[str, Collection[str]] | None = None,
    required: Collection[str] = (),
    numbers: Numbers = NO_NUMBERS,
) -> TextTable:
    """The same as `read_table`, from bytes that are already here."""
    data, mended = _in_ascii_family(raw)
    notes = [*raw.notes, *mended]
    layout = _layout(raw.name, data, columns)
    if SEPARATORS[layout.separator]:
        notes.append(SEPARATORS[layout.separator])
    if missing := [column for column in required if column not in layout.wanted]:
        found = ", ".join(shown(heading) for heading in layout.headings[:60])
        raise Unreadable(
            raw.name, Wanted("columns {missing} wanted; found are {found}", missing=", ".join(missing), found=found)
        )
    rows = _fast(raw, raw.path if raw.path and data is raw.data else bytes(data), data, layout, numbers)
    if rows is None:
        content = bytes(data)
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            content = _windows(content)
            notes.append("encoding:cp1252")
            layout = _layout(raw.name, content, columns)
            rows = _fast(raw, content, content, layout, numbers)
    if rows is None:
        rows = _exact(raw.name, content, layout)
    frame, refused, blank = rows
    if frame.height and _is_tag_row(frame):
        frame = frame.slice(1)
        notes.append("hxl_row")
    if blank:
        notes.append(f"blank_lines:{blank}")
    if frame.height > 1 and int(frame["line"][-1]) - 2 >= frame.height + len(refused) + blank + ("hxl_row" in notes):
        notes.append("quoted_newlines")
    return TextTable(raw, frame, frame.height + len(refused), tuple(refused), layout.headings, tuple(notes))


def _in_ascii_family(raw: RawFile) -> tuple[Buffer, list[str]]:
    """Bytes in UTF-8 or a one-byte encoding, without mark, lines ending in LF or CR LF; unchanged where they are so already."""
    sample = raw.data[:SAMPLE]
    mark, encoding = next(((m, named) for m, named in MARKS if sample.startswith(m)), (b"", ""))
    notes = ["bom"] if mark else []
    if not mark and sample.count(0) > len(sample) // 4:
        encoding = "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    data: Buffer = raw.data[len(mark) :] if mark else raw.data
    if encoding.startswith("utf-16"):
        try:
            data = bytes(data).decode(encoding).encode()
        except UnicodeDecodeError as fault:
            raise Unreadable(raw.name, Wanted("not a text in {encoding}", encoding=encoding)) from fault
        notes.append(f"encoding:{encoding}")
    if b"\r" in data[:SAMPLE] and b"\n" not in data[:SAMPLE]:
        data = bytes(data).replace(b"\r", b"\n")
    return data, notes


def _windows(data: bytes) -> bytes:
    """UTF-8 of a text in Windows-1252; its five unused bytes are read as Latin-1, so that nothing is lost."""
    return data.decode("cp1252", errors="latin1_for_gaps").encode()


def _latin1_for_gaps(fault: UnicodeError) -> tuple[str, int]:
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    return fault.object[fault.start : fault.end].decode("latin-1"), fault.end


codecs.register_error("latin1_for_gaps", _latin1_for_gaps)


def canonical(heading: str) -> str:
    """A heading as headings are compared: trimmed, in small letters, blanks as underscores."""
    return re.sub(r"\s+", "_", heading.strip().lower())


def _layout(name: str, data: Buffer, columns: Mapping[str, Collection[str]] | None) -> _Layout:
    head = data[: HEADINGS_LIMIT * 1024].decode("utf-8", errors="replace")
    first = head.split("\n", 1)[0]
    if not first.strip():
        raise Unreadable(name, Wanted("a header line wanted, an empty file or line found"))
    bare = re.sub(r'"[^"]*"', "", first)
    separator = max(SEPARATORS, key=bare.count)
    headings = tuple(h.strip() for h in next(csv.reader([first], delimiter=separator)))
    if len(headings) > HEADINGS_LIMIT:
        raise Unreadable(
            name,
            Wanted(
                "{headings} columns, no more than {most} wanted",
                headings=len(headings),
                most=HEADINGS_LIMIT,
            ),
        )
    named = [canonical(h) for h in headings]
    twice = sorted({h for h in named if h and named.count(h) > 1})
    if twice:
        raise Unreadable(
            name, Wanted("columns that stand twice: {columns}", columns=", ".join(shown(h) for h in twice))
        )
    if columns is None:
        return _Layout(separator, headings, {h: at for at, h in enumerate(named) if h and h != "line"})
    wanted = {
        column: named.index(found)
        for column, meanings in columns.items()
        if (found := next((h for h in map(canonical, meanings) if h in named), None)) is not None
    }
    return _Layout(separator, headings, wanted)


def _fast(
    raw: RawFile, source: Path | bytes, data: Buffer, layout: _Layout, numbers: Numbers
) -> tuple[pl.DataFrame, list[Refused], int] | None:
    """The wanted columns through polars; None where the quoting is irregular or polars gives up."""
    positions = sorted(set(layout.wanted.values()))
    types = {layout.headings[at]: numbers[name] for name, at in layout.wanted.items() if name in numbers}

    def read(types: Numbers) -> pl.DataFrame:
        return pl.read_csv(
            source,
            separator=layout.separator,
            infer_schema=False,
            schema_overrides=types,
            columns=positions,
            truncate_ragged_lines=True,
        )

    scanning = raw.beside.submit(lambda: None if data.find(b"\0") >= 0 else scan_rows(data, layout.separator))
    raw.start_digest()
    try:
        try:
            table = read(types)
        except pl.exceptions.ComputeError:  # somewhere there is no number
            table = read(NO_NUMBERS)
    except pl.exceptions.PolarsError:
        return None
    scan = scanning.result()
    if scan is None or not scan.regular or len(scan.lines) != table.height + 1:
        return None
    return _sound(table.rename(dict(zip(table.columns, map(str, positions), strict=True))), scan, layout)


def _sound(texts: pl.DataFrame, scan: RowScan, layout: _Layout) -> tuple[pl.DataFrame, list[Refused], int]:
    """Whole rows with their lines; broken ones refused; blank ones counted."""
    width = len(layout.headings)
    lines, fields, sizes = scan.lines[1:], scan.fields[1:], scan.sizes[1:]
    frame = texts.select(
        pl.Series("line", lines, dtype=pl.Int64), *(pl.col(str(at)).alias(name) for name, at in layout.wanted.items())
    )
    if np.all(fields == width) and sizes.max(initial=0) <= ROW_LIMIT:
        return frame, [], 0
    ragged = (fields != width) & (fields != 0)
    overlong = (sizes > ROW_LIMIT) & ~ragged
    refused = [_ragged(int(lines[at]), int(fields[at]), width) for at in np.flatnonzero(ragged)]
    refused += [Refused(int(lines[at]), "", f"{sizes[at]} bytes", ROW_WANTED) for at in np.flatnonzero(overlong)]
    return frame.filter(pl.Series((fields == width) & ~overlong)), refused, int(np.count_nonzero(fields == 0))


def _ragged(line: int, fields: int, width: int) -> Refused:
    return Refused(line, "", f"{fields} fields", Wanted("{width} fields, as in the header", width=width))


def _exact(name: str, data: bytes, layout: _Layout) -> tuple[pl.DataFrame, list[Refused], int]:
    """The same through the csv module, row by row, so that one broken quote does not swallow what follows it."""
    lines = data.decode("utf-8").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    width = len(layout.headings)
    rows: list[tuple[int | str, ...]] = []
    refused: list[Refused] = []
    blank = broken = 0
    at = 1
    while at < len(lines):
        row, taken = _row_at(lines, at, layout.separator)
        if row is None:
            broken += 1
            if broken > BROKEN_LIMIT:
                raise Unreadable(name, Wanted("more than {most} broken rows", most=BROKEN_LIMIT))
            wanted = Wanted("quotes in pairs, doubled inside a field") if len(lines[at]) <= ROW_LIMIT else ROW_WANTED
            refused.append(Refused(at + 1, "", shown(lines[at]), wanted))
        elif not row:
            blank += 1
        elif len(row) != width:
            refused.append(_ragged(at + 1, len(row), width))
        elif any("\0" in field for field in row):
            heading = next(h for h, field in zip(layout.headings, row, strict=True) if "\0" in field)
            refused.append(Refused(at + 1, heading, "a NUL byte", Wanted("text")))
        else:
            rows.append((at + 1, *(row[position] for position in layout.wanted.values())))
        at += taken
    schema = {"line": pl.Int64, **dict.fromkeys(layout.wanted, pl.String)}
    return pl.DataFrame(rows, schema=schema, orient="row"), refused, blank


def _row_at(lines: list[str], at: int, separator: str) -> tuple[list[str] | None, int]:
    """The row that begins at a line and how many lines it takes; None and one line where it is broken."""
    reader = csv.reader(_piecewise(lines, at), delimiter=separator, strict=True)
    try:
        row = next(reader, None)
    except csv.Error:
        row = None
    return (None, 1) if row is None else (row, reader.line_num)


def _piecewise(lines: list[str], at: int) -> Iterator[str]:
    """The lines from one on, no further than one row may reach."""
    size = 0
    while at < len(lines) and (size := size + len(lines[at])) <= ROW_LIMIT:
        yield lines[at] + "\n"
        at += 1


def _is_tag_row(frame: pl.DataFrame) -> bool:
    """Whether the first row holds the tags of the Humanitarian Exchange Language, such as `#event+id`."""
    given = [value for value in frame.drop("line").row(0) if value is not None and value != ""]
    return bool(given) and all(str(value).startswith("#") for value in given)


def with_decimal_points(table: TextTable, columns: Collection[str]) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The rows with `8,5` read as 8.5 in columns of numbers, where commas do not separate fields; noted as `decimal_commas`."""
    present = [c for c in columns if table.frame.schema.get(c) == pl.String]
    if not {"semicolons", "tabs"} & set(table.notes) or not present:
        return table.frame, table.notes
    comma = pl.col(present).str.contains(r"^\s*-?\d+,\d+\s*$").fill_null(False)
    if not table.frame.select(pl.any_horizontal(comma).any()).item():
        return table.frame, table.notes
    mended = table.frame.with_columns(
        pl.when(comma).then(pl.col(present).str.replace(",", ".", literal=True)).otherwise(pl.col(present)).name.keep()
    )
    return mended, (*table.notes, "decimal_commas")
