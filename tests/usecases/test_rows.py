"""Files that back-tests leave: whole or not at all, the same bytes for the same rows."""

from __future__ import annotations

import gzip
import time

import pytest

from exitplan.domain.errors import Unreadable
from exitplan.usecases.answers import digest_of
from exitplan.usecases.rows import leave_rows

ROWS = (("A", 0.1), ("B, C", 1e-17))


def test_numbers_come_back_to_the_last_bit(tmp_path):
    """Headings, then rows, lines ending in LF."""
    leave_rows(tmp_path / "new" / "o.csv", ("name", "p"), ROWS)
    assert (tmp_path / "new" / "o.csv").read_bytes() == b'name,p\nA,0.1\n"B, C",1e-17\n'


def test_a_packed_file_has_no_clock_in_it(tmp_path, monkeypatch):
    """The same bytes at another hour and under another name, and inside them the plain file."""
    leave_rows(tmp_path / "a.csv.gz", ("name", "p"), ROWS)
    monkeypatch.setattr(time, "time", lambda: 4e9)
    leave_rows(tmp_path / "b.csv.gz", ("name", "p"), ROWS)
    leave_rows(tmp_path / "c.csv", ("name", "p"), ROWS)
    packed = (tmp_path / "a.csv.gz").read_bytes()
    assert packed == (tmp_path / "b.csv.gz").read_bytes()
    assert gzip.decompress(packed) == (tmp_path / "c.csv").read_bytes()


def test_rows_that_break_off_leave_the_old_file(tmp_path):
    """What stood there before still does, and nothing lies beside it."""
    out = tmp_path / "o.csv"
    out.write_text("before")

    def broken():
        yield from ROWS
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        leave_rows(out, ("name", "p"), broken())
    assert out.read_text() == "before"
    assert list(tmp_path.iterdir()) == [out]


def test_a_folder_in_its_place_is_told(tmp_path):
    """By its name; nothing half-written is left."""
    (tmp_path / "o.csv").mkdir()
    with pytest.raises(Unreadable, match=r"o\.csv"):
        leave_rows(tmp_path / "o.csv", ("name",), (("A",),))
    assert [path.name for path in tmp_path.iterdir()] == ["o.csv"]


def test_a_digest_tells_files_apart(tmp_path):
    """Their order, and where one ends and the next begins, count; their names do not."""
    texts = {"a": "12", "b": "3", "c": "1", "d": "23", "e": "12"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    digest = {names: digest_of(*(tmp_path / name for name in names)) for names in ("ab", "ba", "cd", "eb")}
    assert digest["ab"] == digest["eb"]
    assert len(set(digest.values())) == 3


def test_rows_reach_the_disk_as_they_come(tmp_path):
    """A million of them need no more memory than one: when the last is made, the first ones have left."""
    on_disk = []

    def many():
        for n in range(100_000):
            yield "a name", n
        on_disk.extend(path.stat().st_size for path in tmp_path.iterdir())

    leave_rows(tmp_path / "o.csv", ("name", "n"), many())
    assert on_disk
    assert on_disk[0] > 1_000_000
    assert (tmp_path / "o.csv").read_text().count("\n") == 100_001


def test_a_disk_that_is_full_is_told(tmp_path, monkeypatch):
    """By the file's name; what stood there before still does."""
    out = tmp_path / "o.csv"
    out.write_text("before")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(Unreadable, match="No space left"):
        leave_rows(out, ("name", "p"), ROWS)
    assert out.read_text() == "before"
    assert list(tmp_path.iterdir()) == [out]
