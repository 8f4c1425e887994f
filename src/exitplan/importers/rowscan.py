"""Where each row of a CSV begins and how many fields it has, found by bit arithmetic at memory speed.

A table reader says what a file holds, but not on which line a row stands, nor which row has a field too many. Both follow
from the positions of quotes, separators and line ends: a separator or line end counts when an even number of quotes stands
before it. Bits are packed sixty-four to a word, so that the running parity of quotes takes six shifts a word; the idea is
that of Langdale and Lemire (2019), Parsing gigabytes of JSON per second, VLDB Journal 28, section 3.1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

WORD = 64
CHUNK = 1 << 22
"""Bytes looked at together: few enough for the processor's cache, and a multiple of `WORD`."""
QUOTE, LINE_END, RETURN = ord('"'), ord("\n"), ord("\r")

Words = np.ndarray[tuple[int], np.dtype[np.uint64]]
Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]


@dataclass(frozen=True)
class RowScan:
    """The skeleton of a CSV: one entry a row, the header included."""

    lines: Numbers
    """First physical line of each row, from 1."""
    fields: Numbers
    """Fields of each row; 0 for a blank line."""
    sizes: Numbers
    """Bytes of each row, its line end not counted."""
    regular: bool
    """Whether every quote opens at the edge of a field, closes at its other edge, and is doubled within."""


def scan_rows(data: bytes, separator: str) -> RowScan:
    """
    Find rows, their lines and their fields.

    Parameters
    ----------
    data
        The whole file in UTF-8 or another encoding that keeps ASCII; lines end with LF or CR LF.
    separator
        One ASCII character.

    Returns
    -------
    RowScan
        Exact where `regular`, which is the quoting of RFC 4180; a stray quote shifts everything after it.
    """
    everything = np.frombuffer(data, dtype=np.uint8)
    edges = _edges(separator)
    odd, before, regular = False, 0, True
    ends: list[Numbers] = []
    separators: list[Numbers] = []
    outside: list[np.ndarray[tuple[int], np.dtype[np.bool_]]] = []
    for start in range(0, len(data), CHUNK):
        chunk = everything[start : start + CHUNK]
        quotes = chunk == QUOTE
        quoted, odd = _quoted(_bits(quotes), odd)
        regular = regular and _at_edges(everything, np.flatnonzero(quotes), start, quoted, edges)
        splits = _bits(chunk == ord(separator)) & ~quoted
        at = np.flatnonzero(chunk == LINE_END)
        word, bit = _address(at)
        counts = np.bitwise_count(splits)
        total = np.cumsum(counts, dtype=np.int64)
        in_word = np.bitwise_count(splits[word] & ((np.uint64(1) << bit) - np.uint64(1)))
        ends.append(at + start)
        separators.append(before + (total - counts)[word] + in_word)
        outside.append((quoted[word] >> bit) & np.uint64(1) == 0)
        before += int(total[-1])
    if data and not data.endswith(b"\n"):
        ends.append(np.array([len(data)]))
        separators.append(np.array([before]))
        outside.append(np.array([True]))
    if not ends:
        nothing: Numbers = np.zeros(0, dtype=np.int64)
        return RowScan(nothing, nothing, nothing, True)
    real = np.concatenate(outside)
    row_ends = np.concatenate(ends)[real]
    starts = np.concatenate(([0], row_ends[:-1] + 1))
    fields = np.diff(np.concatenate(separators)[real], prepend=0) + 1
    length = row_ends - starts
    returns = (length == 1) & (everything[np.minimum(starts, len(data) - 1)] == RETURN)
    lines = np.concatenate(([1], np.flatnonzero(real)[:-1] + 2))
    return RowScan(lines, np.where((length == 0) | returns, 0, fields), length, regular and not odd)


def _edges(separator: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which bytes may stand outside a quote that opens or closes a field; a doubled quote is both."""
    edges = np.zeros(256, dtype=bool)
    edges[[QUOTE, LINE_END, RETURN, ord(separator)]] = True
    return edges


def _at_edges(
    everything: np.ndarray[tuple[int], np.dtype[np.uint8]],
    at: Numbers,
    start: int,
    quoted: Words,
    edges: np.ndarray[tuple[int], np.dtype[np.bool_]],
) -> bool:
    """Whether each quote of a chunk has the edge of a field, or its twin, on its outer side."""
    word, bit = _address(at)
    outer = at + start + np.where((quoted[word] >> bit) & np.uint64(1), -1, 1)
    within = (outer >= 0) & (outer < len(everything))
    return bool(np.all(edges[everything[outer[within]]]))


def _address(at: Numbers) -> tuple[Numbers, Words]:
    """Word and bit in which a byte of the chunk is kept."""
    return at // WORD, (at % WORD).astype(np.uint64)


def _bits(flags: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Words:
    """Flags packed into words, the first flag in the lowest bit."""
    packed = np.packbits(flags, bitorder="little")
    padded = np.zeros(-(-len(flags) // WORD) * 8, dtype=np.uint8)
    padded[: len(packed)] = packed
    return padded.view("<u8")


def _quoted(quotes: Words, odd: bool) -> tuple[Words, bool]:
    """Bits that stand after an odd number of quotes, and whether that number is odd at the end."""
    inside = quotes.copy()
    for shift in (1, 2, 4, 8, 16, 32):
        inside ^= inside << np.uint64(shift)
    flips = (np.bitwise_count(quotes) & 1).astype(bool)
    after = np.logical_xor.accumulate(flips) ^ odd
    carried = np.concatenate(([odd], after[:-1]))
    return np.where(carried, ~inside, inside), bool(after[-1])
