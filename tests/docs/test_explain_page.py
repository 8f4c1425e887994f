"""What the method page shows of two plans of Kasanda is what the command says now."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exitplan.domain.results.explain import DifferenceExplained
from exitplan.usecases.explain import explain

PAGE = Path(__file__).resolve().parents[2] / "docs" / "methods" / "explain.md"


def _cells(found: DifferenceExplained) -> list[str]:
    """A column of the table, as the page writes it."""
    scale = 100 if found.measure == "chance" else 1

    def said(value: float) -> str:
        return f"{scale * value:+.1f}" if value else "0"

    channels = {c.channel: c.added.value for c in found.channels}
    paths = {p.path: p.added.value for p in found.paths}
    first = found.swings[0]
    assert first.code == "kappa"
    return [
        f"{said(found.difference.value)} ± {scale * found.difference.error:.1f}",
        "; ".join(said(channels[name]) for name in ("mission", "support", "shock")),
        "; ".join(said(paths[name]) for name in ("own-area", "neighbours", "regime")),
        "; ".join(said(at.difference.value) for at in found.by_kappa),
        f"causal credibility, {said(first.at_low.value)} to {said(first.at_high.value)} shown",
    ]


@pytest.mark.slow
@pytest.mark.usefixtures("few_points")
def test_every_figure_seen_is_recomputed():
    """Both columns, with the plans, seed and number of futures that the page names."""
    text = PAGE.read_text("utf-8").partition("## Seen")[2].partition("## Checks")[0]
    told = [tuple(c.strip() for c in line.strip("|").split("|")) for line in text.splitlines() if line[:1] == "|"][2:]
    plan, against = re.findall(r"--(?:plan|against) (\S+?)[`\s]", text)
    result = explain("kasanda", plan=plan, against=against, seed=1).answer.result

    assert f"{result.futures:,} futures" in text
    assert [row[1] for row in told] == _cells(result.explained[0])
    assert [row[2] for row in told] == _cells(result.explained[1])
