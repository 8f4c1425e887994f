"""The guide's table of past exits is what the figures give."""

from __future__ import annotations

from scripts.build_cases import END, GUIDE, MARK, table_of_cases


def test_the_guide_tells_every_past_exit_with_its_band():
    """Whoever changes a figure or a rule builds the table again."""
    told = GUIDE.read_text("utf-8").partition(MARK)[2].partition(END)[0].strip()

    assert told == table_of_cases()
