"""A section of a report on the screen says what it says on a page."""

from __future__ import annotations

import pytest

from exitplan.cli.screen import Screen
from exitplan.cli.section_view import SHOWN, show_sections
from exitplan.reports.page import Cell, Items, Paragraph, Section, Table, columns, row


def section(*rows: tuple[Cell, ...]) -> Section:
    return Section(
        key="s",
        title="Who takes over",
        blocks=(
            Paragraph(text="Nothing is signed.", tone="warning"),
            Items(items=("first", "second")),
            Table(
                caption="Functions",
                columns=columns("Function", "Cost", numbers=(1,)),
                rows=tuple(rows),
                empty="The dossier holds no function.",
                note="In million.",
            ),
        ),
    )


def test_every_block_is_printed_in_its_order(capsys: pytest.CaptureFixture[str]) -> None:
    """Title, sentences, items, table and note come in reading order."""
    show_sections(Screen(), [section(row("F-POLICE", "1.5"))])
    said = capsys.readouterr().out
    places = [
        said.index(t)
        for t in ("Who takes over", "Nothing is signed.", "• first", "• second", "Functions", "F-POLICE", "In million.")
    ]
    assert places == sorted(places)


def test_a_mark_is_a_sign_and_not_a_colour_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """What a page marks is marked on a screen without colours too."""
    show_sections(Screen(), [section(row("F-POLICE", Cell(text="not asked", mark="late")))])
    assert "! not asked" in capsys.readouterr().out


def test_an_empty_table_says_why_it_is_empty(capsys: pytest.CaptureFixture[str]) -> None:
    """No headings over nothing."""
    show_sections(Screen(), [section()])
    said = capsys.readouterr().out
    assert "The dossier holds no function." in said
    assert "Cost" not in said


def test_a_long_table_says_how_much_of_it_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    """A screen shows the first rows of a folded table, and no table is cut short silently."""
    long = tuple(row(f"F-{n}", str(n)) for n in range(SHOWN + 3))
    table = Table(caption="Functions", columns=columns("Function", "Cost"), rows=long, folded=True)
    show_sections(Screen(), [Section(key="s", title="Long", blocks=(table,))])
    said = capsys.readouterr().out
    assert f"F-{SHOWN - 1} " in said
    assert f"F-{SHOWN} " not in said
    assert "3 more rows; --json holds all." in said
