"""The row scan against a reading of the same bytes one character at a time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exitplan.importers import rowscan
from exitplan.importers.rowscan import scan_rows

PIECES = ["a", ",", "\n", '"', '""', '",', ',"', '"\n', '\n"', "\r\n", "x" * 70, "é"]


def one_by_one(text):
    """(line, fields, bytes) of each row, and whether every quote stands at the edge of a field."""
    rows, regular, inside = [], True, False
    line, start, fields, size = 1, 1, 1, 0
    for at, sign in enumerate(text):
        if sign == '"':
            inside = not inside
            outer = at - 1 if inside else at + 1
            regular = regular and (not 0 <= outer < len(text) or text[outer] in ',\n\r"')
        if sign == "," and not inside:
            fields += 1
        if sign == "\n":
            line += 1
            if not inside:
                rows.append((start, fields, size))
                start, fields, size = line, 1, 0
                continue
        size += len(sign.encode())
    if text and not text.endswith("\n"):
        rows.append((start, fields, size))
    return rows, regular and not inside


@pytest.mark.parametrize("chunk", [64, 128, 1 << 20])
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=60))
def test_rows_lines_fields_and_sizes_are_those_of_a_slow_reading(chunk, pieces):
    """Chunk borders and word borders may fall anywhere, also between a quote and its twin."""
    text = "".join(pieces)
    rows, regular = one_by_one(text)
    whole, rowscan.CHUNK = rowscan.CHUNK, chunk
    try:
        scan = scan_rows(text.encode(), ",")
    finally:
        rowscan.CHUNK = whole

    assert scan.regular == regular
    if regular:
        assert scan.lines.tolist() == [line for line, _, _ in rows]
        assert scan.sizes.tolist() == [size for _, _, size in rows]
        lengths = zip(scan.fields.tolist(), rows, strict=True)
        assert all(seen == fields or (seen == 0 and size <= 1) for seen, (_, fields, size) in lengths)


def test_a_quoted_newline_moves_the_lines_that_follow():
    """The row after a text of three lines stands three lines further down."""
    scan = scan_rows(b'a,b\n1,"x\ny\nz"\n2,w\n', ",")

    assert scan.lines.tolist() == [1, 2, 5]
    assert scan.fields.tolist() == [2, 2, 2]


def test_a_blank_line_has_no_fields():
    """With either line end."""
    assert scan_rows(b"a,b\n\n1,2\n", ",").fields.tolist() == [2, 0, 2]
    assert scan_rows(b"a,b\r\n\r\n1,2\r\n", ",").fields.tolist() == [2, 0, 2]


@pytest.mark.parametrize("text", ['a,5" gun\n', 'a,"b\n', 'a,"b"c\n', '"a,b'])
def test_irregular_quotes_are_seen(text):
    """A stray quote would shift everything after it, so the scan says that it cannot be trusted."""
    assert not scan_rows(text.encode(), ",").regular


def test_an_empty_file_has_no_rows():
    """Nothing in, nothing out."""
    assert scan_rows(b"", ",").lines.tolist() == []
