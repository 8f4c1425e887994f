"""What the track record says about sites and exits is what the commands say now."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exitplan.domain.results.backtests import BinaryScores, OutcomeScore, ReliabilityBin
from exitplan.domain.results.base import Band
from exitplan.usecases.exit_backtest import exits_backtest
from exitplan.usecases.site_backtest import sites_backtest
from exitplan.wording.codes import CODES
from scripts.fit_relapse import short_rows

PAGE = Path(__file__).resolve().parents[2] / "docs" / "methods" / "track-record.md"
METHOD = PAGE.with_name("relapse.md")


def _told(name: str) -> list[tuple[str, ...]]:
    """The rows of tables between the marks of one part of the page, headings left out."""
    text = PAGE.read_text("utf-8").partition(f"<!-- {name} -->")[2].partition(f"<!-- end of {name} -->")[0]
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in text.splitlines() if line[:1] == "|"]
    return [row for at, row in enumerate(rows) if not _rule(row) and not (at + 1 < len(rows) and _rule(rows[at + 1]))]


def _rule(row: tuple[str, ...]) -> bool:
    return set("".join(row)) <= set("- :")


def _banded(band: Band | None) -> str:
    return "–" if band is None else f"{band.value:.3f} ({band.low:.3f} to {band.high:.3f})"


def _scores(scores: tuple[BinaryScores, ...]) -> list[tuple[str, ...]]:
    return [(f"`{s.forecaster}`", *map(_banded, (s.brier, s.gain, s.log_loss, s.auc))) for s in scores]


def _bins(bins: tuple[ReliabilityBin, ...]) -> list[tuple[str, ...]]:
    return [(f"{b.low:.2f} to {b.high:.2f}", str(b.cases), f"{b.forecast:.3f}", f"{b.observed:.3f}") for b in bins]


def _others(others: tuple[OutcomeScore, ...]) -> list[tuple[str, ...]]:
    return [
        (f"`{o.outcome}`", str(o.cases), f"{o.base_rate:.3f}", f"{o.brier:.3f}", f"{o.auc:.3f}", f"{o.base_brier:.3f}")
        for o in others
    ]


@pytest.mark.slow
def test_every_figure_on_sites_is_recomputed(shared_data):
    """Scores, reliability, other outcomes and missions, to the last digit shown."""
    result, _ = sites_backtest(data=shared_data)
    missions = [
        (m.mission, str(m.sites), f"{m.forecast:.2f}", f"{m.observed:.2f}", f"{m.brier:.3f}") for m in result.missions
    ]

    assert _told("sites") == [
        *_scores(result.scores), *_bins(result.reliability), *_others(result.others), *missions,
    ]  # fmt: skip
    told = re.search(r"(\d+) closures of (\d+) missions.*?(\d+) were far off", PAGE.read_text("utf-8"), re.S)
    assert told is not None
    assert tuple(map(int, told.groups())) == (result.scored, len(result.missions), len(result.surprises))


@pytest.mark.slow
def test_every_figure_on_exits_is_recomputed(shared_data):
    """Scores and reliability of each part, and every exit with its forecast."""
    result, _ = exits_backtest(data=shared_data)
    parts = [
        row
        for part in result.parts
        for row in (*_scores(part.scores), *_bins(part.reliability), *_others(part.horizons))
    ]
    exits = [
        (
            f.mission + " (border)" * f.border, f.country, str(f.year), "–" if f.quiet_years is None else str(f.quiet_years),
            f"{f.probability:.2f} ({f.low:.2f} to {f.high:.2f})", str(f.first_year or "–"),
        )
        for f in result.forecasts
    ]  # fmt: skip

    assert _told("exits") == [*parts, *exits]
    assert ", ".join(result.surprises) in PAGE.read_text("utf-8")


@pytest.mark.slow
def test_readings_of_short_records_are_recomputed(shared_data):
    """What the method page says of years before a record, row by row."""
    text = (
        METHOD.read_text("utf-8").partition("<!-- short records -->")[2].partition("<!-- end of short records -->")[0]
    )
    assert [line for line in text.splitlines() if line.startswith("| `")] == [
        "| " + " | ".join(row) + " |" for row in short_rows(shared_data)
    ]


def test_a_figure_that_differs_is_seen():
    """The rows are read from the page: there are some, and each forecaster stands among them."""
    for name in ("sites", "exits"):
        rows = _told(name)
        assert len(rows) > 25
        assert any(row[0] == "`model`" for row in rows)


def test_the_sentence_beside_site_chances_gives_the_figures_of_the_pages():
    """Closures, score and common rate as they are on the page and on the method page, where the choice is paid for."""
    said = CODES["assumption"]["site-risk-track-record"]
    method = (PAGE.parent / "site-risk.md").read_text("utf-8")
    closures, score, common = re.findall(r"\b(?:0\.)?\d{3}\b", said)

    assert f"{closures} closures" in PAGE.read_text("utf-8")
    assert f"Brier **{score}**" in method
    assert [row[1][:5] for row in _told("sites") if row[0] == "`base-rate`"] == [common]
