"""What the method page says about alarms is what the command says now."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exitplan.domain.results.base import Band
from exitplan.usecases.alarm_rates import alarm_rates

PAGE = Path(__file__).resolve().parents[2] / "docs" / "methods" / "watch.md"
RATES = ("false_per_10_years", "missed_25", "late_25", "lead_25", "missed_1000", "lead_1000")


def _said(band: Band | None) -> str:
    return "–" if band is None else f"{band.value:.2f} ({band.low:.2f} to {band.high:.2f})"


@pytest.mark.slow
def test_every_rate_of_the_page_is_recomputed():
    """Every figure of every table, to its last digit, and the sizes above them."""
    text = PAGE.read_text("utf-8").partition("<!-- rates")[2].partition("<!-- end of rates")[0]
    result, _ = alarm_rates()
    rows = [
        tuple(c.strip() for c in line.strip("|").split("|")) for line in text.splitlines() if line.startswith("| `")
    ]
    found = [(f"`{a.alarm}`", *(_said(getattr(a, name)) for name in RATES)) for p in result.periods for a in p.alarms]
    sizes = [
        (p.part, str(p.countries), p.first, p.last, str(p.quiet_years), str(p.onsets_25), str(p.onsets_1000))
        for p in result.periods
    ]
    told = re.findall(
        r"\(`([\w-]+)`\): (\d+) countries, ([\d-]+) to ([\d-]+); (\d+) quiet years, (\d+) onsets of 25 deaths, (\d+) of",
        text,
    )

    assert rows == found
    assert told == sizes
