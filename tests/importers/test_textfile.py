"""Opening CSV files: what is mended, what is refused by line, what is refused whole."""

import csv
import gzip
import hashlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exitplan.domain.errors import Unreadable
from exitplan.importers import textfile
from exitplan.importers.textfile import read_raw, read_table, with_decimal_points


@pytest.fixture
def put(tmp_path):
    """Write bytes to a file and give its path."""

    def write(content, name="file.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def values(table):
    """Rows with their lines, empty and missing texts alike."""
    return [tuple("" if v is None else v for v in row) for row in table.frame.iter_rows()]


PLAIN = "id,name\n1,Côte\n2,b\n"


@pytest.mark.parametrize(
    ("content", "notes"),
    [
        (PLAIN.encode(), ()),
        (b"\xef\xbb\xbf" + PLAIN.encode(), ("bom",)),
        (PLAIN.encode("cp1252"), ("encoding:cp1252",)),
        (PLAIN.encode("utf-16"), ("bom", "encoding:utf-16-le")),
        (PLAIN.encode("utf-16-be"), ("encoding:utf-16-be",)),
        (PLAIN.replace(",", ";").encode(), ("semicolons",)),
        (PLAIN.replace(",", "\t").encode(), ("tabs",)),
        (PLAIN.replace("\n", "\r\n").encode(), ()),
        (PLAIN.replace("\n", "\r").encode(), ()),
        (PLAIN.rstrip().encode(), ()),
        (PLAIN.replace("\n", "\n#id,#name+local\n", 1).encode(), ("hxl_row",)),
        (gzip.compress(PLAIN.encode(), mtime=0), ("gzip",)),
    ],
)
@pytest.mark.parametrize("mapped_from", [0, textfile.MAPPED_FROM])
def test_the_same_table_comes_out_of_every_dress(put, monkeypatch, content, notes, mapped_from):
    """Marks, encodings, separators, line ends and packing change nothing but the notes, nor does reading in place."""
    monkeypatch.setattr(textfile, "MAPPED_FROM", mapped_from)
    table = read_table(put(content))

    shift = "hxl_row" in notes
    assert values(table) == [(2 + shift, "1", "Côte"), (3 + shift, "2", "b")]
    assert table.notes == notes
    assert table.read == 2
    assert table.refused == ()
    assert table.sha256 == hashlib.sha256(content).hexdigest()


def test_a_file_that_is_saved_while_it_is_read_changes_nothing_that_was_read(put):
    """Written over in place: a file read where it lies would show the new bytes, and end the program where there are fewer."""
    path = put(PLAIN)
    raw = read_raw(path)
    with path.open("r+b") as file:
        file.write(b"gone")
    assert bytes(raw.data) == PLAIN.encode()
    assert raw.sha256 == hashlib.sha256(PLAIN.encode()).hexdigest()


def test_bytes_that_windows_leaves_empty_are_kept(put):
    """0x81 means nothing in Windows-1252; it is read as Latin-1 rather than lost."""
    assert values(read_table(put(b"a,b\n\x81,\xe9\n"))) == [(2, "\x81", "é")]


def test_quoted_newlines_separators_and_quotes_stay_in_their_field(put):
    """And the row after them knows its line."""
    table = read_table(put('a,b\n1,"x, ""y""\nz"\n\n2,w\n'))

    assert values(table) == [(2, "1", 'x, "y"\nz'), (5, "2", "w")]
    assert set(table.notes) == {"blank_lines:1", "quoted_newlines"}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1", "2 fields, as in the header"),
        ("1,2,3", "2 fields, as in the header"),
        ('1,"2', "quotes in pairs, doubled inside a field"),
        ('1,"2"3', "quotes in pairs, doubled inside a field"),
        ("1,2\0", "text"),
        ("1," + "x" * 10_000_000, "a row of at most 131072 bytes"),
        ('1,"' + "x" * 10_000_000 + '"', "a row of at most 131072 bytes"),
    ],
)
def test_a_broken_row_is_refused_by_line_and_hides_no_other(put, row, reason):
    """The rows around it are read."""
    table = read_table(put(f"a,b\n0,0\n{row}\n9,9\n"))

    assert values(table) == [(2, "0", "0"), (4, "9", "9")]
    assert [(fault.line, fault.reason) for fault in table.refused] == [(3, reason)]
    assert len(table.refused[0].value) < 200
    assert table.read == 3


def test_a_stray_quote_in_a_bare_field_is_text(put):
    """Calibres are written so; the exact reader takes over from the fast one."""
    assert values(read_table(put('a,b\n1,5" gun\n2,c\n'))) == [(2, "1", '5" gun'), (3, "2", "c")]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "a header line wanted"),
        (b"\n1,2\n", "a header line wanted"),
        (b"a,A\n1,2\n", "columns that stand twice: a"),
        (b"a,b\n1,2\n", "columns c wanted; found are a, b"),
        (gzip.compress(b"a,c\n" + b"1,2\n" * 1000, mtime=0)[:-20], "damaged"),
        (b"PK\x03\x04 nothing of the kind", "damaged"),
        (b"a,c\n" + b'1,"2\n' * 3000, "more than 1000 broken rows"),
        ((",".join(f"c{n}" for n in range(3000)) + "\n").encode(), "3000 columns"),
    ],
)
def test_a_file_that_is_no_table_is_refused_whole(put, content, why):
    """With its name and what was wanted."""
    with pytest.raises(Unreadable, match=why) as fault:
        read_table(put(content), required=("c",), columns={"c": ("c", "c0")})

    assert fault.value.place == "file.csv"


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    """By name."""
    with pytest.raises(Unreadable, match=r"nowhere\.csv"):
        read_raw(tmp_path / "nowhere.csv")
    with pytest.raises(Unreadable):
        read_raw(tmp_path)


def zipped(members):
    """A zip archive in memory."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return content.getvalue()


def test_a_zip_with_one_file_is_opened(put):
    """What a Macintosh adds beside it does not count."""
    table = read_table(put(zipped({"ged.csv": PLAIN, "__MACOSX/._ged.csv": "x"}), "ged.zip"))

    assert len(values(table)) == 2
    assert table.notes == ("zip",)


def test_a_zip_with_several_files_is_refused(put):
    """Nobody guesses which is meant."""
    with pytest.raises(Unreadable, match="one file wanted, 2 found"):
        read_raw(put(zipped({"a.csv": PLAIN, "b.csv": PLAIN})))


@pytest.mark.parametrize("pack", [gzip.compress, lambda text: zipped({"a.csv": text})], ids=["gzip", "zip"])
def test_a_bomb_is_put_down_before_it_fills_the_memory(put, pack, monkeypatch):
    """A hundred megabytes of nothing pack a thousand times smaller; reading stops at the bound."""
    read = []
    monkeypatch.setattr(textfile, "RATIO_FREE", 4 << 20)
    bounded = textfile._bounded

    def watched(name, content, packed):
        try:
            return bounded(name, content, packed)
        finally:
            read.append(content.tell())

    monkeypatch.setattr(textfile, "_bounded", watched)
    with pytest.raises(Unreadable, match="unpacks to more than"):
        read_raw(put(pack(b"\0" * 100_000_000)))

    assert read[0] < 25_000_000


def test_headings_are_found_by_any_of_their_names(put):
    """Case and blanks do not matter; columns nobody asked for are left where they are."""
    table = read_table(put("Event ID, Date ,other\n1,2,3\n"), columns={"id": ("event_id",), "date": ("day", "date")})

    assert table.frame.columns == ["line", "id", "date"]
    assert table.headings == ("Event ID", "Date", "other")


def test_decimal_commas_are_read_where_commas_do_not_separate(put):
    """Only in columns of numbers."""
    frame, notes = with_decimal_points(read_table(put("v;t\n-8,5;1,2\n9;3,4\n")), ("v", "absent"))

    assert frame.rows() == [(2, "-8.5", "1,2"), (3, "9", "3,4")]
    assert notes == ("semicolons", "decimal_commas")


FIELDS = st.text(alphabet=st.sampled_from('ab,"\n é;'), max_size=6)


@given(rows=st.lists(st.tuples(FIELDS, FIELDS, FIELDS), max_size=12))
def test_what_the_csv_module_writes_is_read_back(tmp_path_factory, rows):
    """Fast or exact, a well-formed file gives its texts, and each row the line it began on."""
    path = tmp_path_factory.mktemp("csv") / "file.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["a", "b", "c"])
        writer.writerows(rows)
    lines, at = [], 2
    for row in rows:
        lines.append(at)
        at += 1 + sum(text.count("\n") for text in row)

    table = read_table(path)

    assert values(table) == [(line, *row) for line, row in zip(lines, rows, strict=True)]
    assert table.read == len(rows)


@given(junk=st.binary(max_size=300))
def test_any_bytes_give_a_table_or_a_refusal(tmp_path_factory, junk):
    """Never another error, and never a row unaccounted for."""
    path = tmp_path_factory.mktemp("junk") / "file.csv"
    path.write_bytes(b"a,b\n" + junk)
    try:
        table = read_table(path)
    except Unreadable:
        return

    assert table.read == table.frame.height + len(table.refused)
