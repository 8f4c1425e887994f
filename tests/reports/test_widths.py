"""Columns on paper: no word is broken and no date torn as long as there is room, and long texts keep their share."""

from __future__ import annotations

from exitplan.reports.page import Cell, Column, Table
from exitplan.reports.widths import SCALES, Fit, fitted, length

PAGE, SIZE, PADDING = 493.0, 8.5, 6.0


def fit(columns: tuple[tuple[str, float], ...], *rows: tuple[str, ...], mark: str = "") -> Fit:
    """A table of these headings, shares and texts on an upright page."""
    return fitted(
        Table(
            caption="",
            columns=tuple(Column(title=title, width=width) for title, width in columns),
            rows=tuple(tuple(Cell(text=text, mark=mark) for text in row) for row in rows),  # type: ignore[arg-type]
        ),
        PAGE,
        size=SIZE,
        padding=PADDING,
    )


def holds(found: Fit, at: int, text: str) -> bool:
    """Whether a column holds a text on one line."""
    return found.widths[at] - PADDING >= length(text) * SIZE * found.scale


def test_a_word_is_not_broken_however_small_its_share():
    """Nor is one whose spaces hold it together; the table is as wide as the page."""
    found = fit((("x", 0.01), ("y", 10)), ("unverifiable", "a " * 200), ("non\u00a0rempli", "a"), mark="unmet")

    assert holds(found, 0, "unverifiable")
    assert holds(found, 0, "non\u00a0rempli")
    assert PAGE - 1 <= sum(found.widths) <= PAGE + 0.01


def test_wide_letters_get_more_room_than_narrow_ones():
    """A heading of wide letters is not cut after the fourth."""
    found = fit((("Hommes", 0.01), ("filtrer", 0.01), ("y", 10)), ("1", "2", "a " * 200))

    assert found.widths[0] > found.widths[1]


def test_a_date_stays_on_one_line_where_there_is_room():
    """A narrow column of days."""
    assert holds(fit((("Day", 0.1), ("y", 10)), ("15 sept. 2025", "a " * 200)), 0, "15 sept. 2025")


def test_many_headings_leave_a_column_of_long_texts_its_room():
    """Ten columns of long words: the type is smaller, and the long text still has twice what its longest word needs."""
    heads = ("Institution", "Manquants", "actuellement", "Formations", "indications", "Pertes", "Mentors", "Certifiés")
    columns = tuple((head, 3.0 if head == "Formations" else 1.0) for head in (*heads, "l'étranger", "Besoin"))
    found = fit(columns, tuple("12 en cours, du 6 avr. 2026 " * 6 if c[0] == "Formations" else "12" for c in columns))

    assert found.scale < 1
    assert found.widths[3] > 2 * length("Formations") * SIZE * found.scale
    assert sum(found.widths) <= PAGE + 0.01


def test_more_than_the_page_can_hold_is_shared_out():
    """Twenty columns of a long word: the smallest type, and no wider than the page."""
    found = fit(tuple(("incomprehensible", 1.0) for _ in range(20)))

    assert found.scale == SCALES[-1]
    assert sum(found.widths) <= PAGE + 0.01
