"""Where each row of a CSV begins and how many fields it has, found by bit arithmetic at memory speed.

A table reader says what a file holds, but not on which line a row stands, nor which row has a field too many. Both follow
from the positions of quotes, separators and line ends: a separator or line end counts when an even number of quotes stands
before it. Bits are packed sixty-four to a word, so that the running parity of quotes takes six shifts a word; the idea is
that of Langdale and Lemire (2019), Parsing gigabytes of JSON per second, VLDB Journal 28, section 3.1.
"""

from __future__ import annotations

from dataclasses import dataclass
from mmap import mmap

import numpy as np

WORD = 64
CHUNK = 1 << 20
"""Bytes looked at together: few enough for the processor's cache, and a multiple of `WORD`."""
QUOTE, LINE_END, RETURN = ord('"'), ord("\n"), ord("\r")

ONE, TOP = np.uint64(1), np.uint64(WORD - 1)

Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]
Words = np.ndarray[tuple[int], np.dtype[np.uint64]]
Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]
Buffer = bytes | mmap


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


def scan_rows(data: Buffer, separator: str) -> RowScan:
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
    length = len(everything)
    state = _State(odd=False, edge=True, closer=False)
    before, regular = 0, True
    ends: list[Numbers] = []
    separators: list[Numbers] = []
    outside: list[Flags] = []
    for start in range(0, length, CHUNK):
        chunk = everything[start : start + CHUNK]
        quotes, line_ends, splits = (_bits(chunk == byte) for byte in (QUOTE, LINE_END, ord(separator)))
        edges = quotes | line_ends | splits
        if len(chunk) % WORD:  # the end of the file is an edge
            edges[-1] |= np.uint64(1) << np.uint64(len(chunk) % WORD)
        quoted, fair, after = _quoted(quotes, edges, state)
        if not fair:  # unless a quote closes before a CR LF, which is rare enough to look for only now
            quoted, fair, after = _quoted(quotes, edges | _bits(chunk == RETURN), state)
        regular, state = regular and fair, after
        splits &= ~quoted
        at = _positions(line_ends)
        word, bit = at // WORD, (at % WORD).astype(np.uint64)
        counts = np.bitwise_count(splits)
        total = np.cumsum(counts, dtype=np.int64)
        in_word = np.bitwise_count(splits[word] & ((ONE << bit) - ONE))
        ends.append(at + start)
        separators.append(before + total[word] - counts[word] + in_word)
        outside.append((quoted[word] >> bit) & ONE == 0)
        before += int(total[-1])
    if length and everything[-1] != LINE_END:
        ends.append(np.array([length]))
        separators.append(np.array([before]))
        outside.append(np.array([True]))
    if not ends:
        nothing: Numbers = np.zeros(0, dtype=np.int64)
        return RowScan(nothing, nothing, nothing, True)
    real = np.concatenate(outside)
    row_ends = np.concatenate(ends)[real]
    starts = np.concatenate(([0], row_ends[:-1] + 1))
    fields = np.diff(np.concatenate(separators)[real], prepend=0) + 1
    sizes = row_ends - starts
    blank = (sizes == 0) | ((sizes == 1) & (everything[np.minimum(starts, length - 1)] == RETURN))
    lines = np.concatenate(([1], np.flatnonzero(real)[:-1] + 2))
    return RowScan(lines, np.where(blank, 0, fields), sizes, regular and not state.odd)


@dataclass(frozen=True)
class _State:
    """What one chunk leaves to the next."""

    odd: bool
    """Whether an odd number of quotes stands before it."""
    edge: bool
    """Whether the byte before it is the edge of a field."""
    closer: bool
    """Whether the byte before it is a quote that closes."""


def _bits(flags: Flags) -> Words:
    """Flags packed into words, the first flag in the lowest bit."""
    packed = np.packbits(flags, bitorder="little")
    if len(packed) % 8:
        packed = np.concatenate((packed, np.zeros(-len(packed) % 8, dtype=np.uint8)))
    return packed.view("<u8")


def _positions(words: Words) -> Numbers:
    """Where the bits are set, in order."""
    filled = np.flatnonzero(words)
    rest, found = words[filled], []
    while len(filled):
        low = rest & (~rest + ONE)
        found.append(filled * WORD + np.bitwise_count(low - ONE))
        rest = rest ^ low
        filled, rest = filled[rest != 0], rest[rest != 0]
    return np.sort(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)


def _quoted(quotes: Words, edges: Words, before: _State) -> tuple[Words, bool, _State]:
    """Bits that stand after an odd number of quotes, whether each quote has an edge on its outer side, and the state after."""
    inside = quotes.copy()
    for shift in (1, 2, 4, 8, 16, 32):
        inside ^= inside << np.uint64(shift)
    after = np.logical_xor.accumulate((np.bitwise_count(quotes) & 1).astype(bool)) ^ before.odd
    inside ^= np.where(np.concatenate(([before.odd], after[:-1])), ~np.uint64(0), np.uint64(0))
    opens, closes = quotes & inside, quotes & ~inside
    fair = not np.any(opens & ~_later(edges, before.edge)) and not np.any(_later(closes, before.closer) & ~edges)
    return inside, fair, _State(bool(after[-1]), bool(edges[-1] >> TOP), bool(closes[-1] >> TOP))


def _later(words: Words, first: bool) -> Words:
    """Every bit moved on by one place, `first` moving into the lowest."""
    moved = words << ONE
    moved[1:] |= words[:-1] >> TOP
    moved[0] |= np.uint64(first)
    return moved
