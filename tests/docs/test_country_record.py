"""What the track record says about country-months is what the command says now."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exitplan.domain.results.country import CountryGroup
from exitplan.usecases.country_backtest import rolling_country, views_country

PAGE = Path(__file__).resolve().parents[2] / "docs" / "methods" / "track-record.md"
MEASURES = ("crps", "log_crps", "ignorance", "ignorance_each")
COLUMNS = (*MEASURES, "brier_any", "covered_80", "covered_90")
COMPARED = ("pool", "views-bootstrap", "views-last-poisson")
LIKE_WITH_LIKE = 200
"""Draws in the official files."""
FIGURE = re.compile(r"-?\d+\.\d+")
CLOSE = 1e-3
"""Fits and draws differ in their last bits between kinds of processors, and a few draws with them: a figure may by so much."""


def _rows(group: CountryGroup) -> list[tuple[str, ...]]:
    """The rows of a group's tables, as the page writes them."""
    rows = [(f"`{s.forecaster}`", *(f"{getattr(s, c):.3f}" for c in COLUMNS)) for s in group.scores]
    for other in group.scores[1:]:
        found = {g.measure: g for g in group.gains if g.against == other.forecaster}
        said = [
            f"{100 * g.gain.value:.1f} % ({100 * g.gain.low:.1f} to {100 * g.gain.high:.1f}), {g.won}:{g.lost}"
            for g in (found[m] for m in MEASURES)
        ]
        rows.append((f"`{other.forecaster}`", *said))
    if group.draws == LIKE_WITH_LIKE:
        for line in sorted(group.countries, key=lambda c: (-c.deaths, c.iso3)):
            by = {s.forecaster: s for s in line.scores}
            figures = [f"{getattr(by[f], m):.2f}" for m in ("crps", "ignorance_each") for f in COMPARED]
            rows.append((f"`{line.iso3}`", f"{line.deaths / line.months:.1f}", *figures))
    return rows


def _same(told: str, found: str) -> bool:
    """Whether two texts are the same but for figures that differ by two of their last digit, or by a thousandth."""
    shapes = [FIGURE.sub(lambda f: "#" * len(f[0].partition(".")[2]), text) for text in (told, found)]
    if shapes[0] != shapes[1]:
        return False
    pairs = zip(FIGURE.findall(told), FIGURE.findall(found), strict=True)
    return all(
        abs(float(a) - float(b)) <= max(2.01 * 10.0 ** -len(a.partition(".")[2]), CLOSE * abs(float(b)))
        for a, b in pairs
    )


def test_a_changed_figure_is_seen():
    """Three of the last digit, another count of countries, or another name; two of the last digit are not."""
    told = "| `pool` | 1.651 | 37.9 % (23.4 to 50.2), 15:2 |"
    assert _same(told, told.replace("1.651", "1.653"))
    assert not any(
        _same(told, told.replace(a, b))
        for a, b in (("1.651", "1.654"), ("37.9", "38.2"), ("15:2", "14:3"), ("pool", "zero"), ("1.651", "1.65"))
    )


@pytest.fixture(scope="module")
def groups(shared_data) -> tuple[CountryGroup, ...]:
    """Scored with the defaults of the command."""
    return views_country(shared_data)[0].groups


@pytest.mark.slow
def test_every_figure_on_country_months_is_recomputed(groups):
    """Every row of every table."""
    text = PAGE.read_text("utf-8").partition("<!-- country-months")[2].partition("<!-- end of country-months")[0]
    told = [
        tuple(c.strip() for c in line.strip("|").split("|")) for line in text.splitlines() if line.startswith("| `")
    ]

    found = [row for group in groups for row in _rows(group)]
    assert len(told) == len(found)
    assert [(a, b) for a, b in zip(told, found, strict=True) if not _same(" | ".join(a), " | ".join(b))] == []


@pytest.mark.slow
def test_african_hosts_are_forecast_better_than_by_both_official_benchmarks(groups):
    """In CRPS and in ignorance under both ways of counting pseudo-draws, whole 90 % intervals above zero."""
    african = [g for g in groups if g.cases == "african-hosts"]
    gains = [g for group in african for g in group.gains if g.against.startswith("views-")]

    assert [g.draws for g in african] == [200, 1000]
    assert len(gains) == 2 * 2 * 4
    assert all(g.gain.low > 0 for g in gains)


@pytest.mark.slow
def test_the_rolling_figures_are_recomputed():
    """The years held out on the history that comes along, as the last paragraph has them."""
    text = PAGE.read_text("utf-8").partition("All types of violence, 35 countries")[2]
    chosen, held_out = rolling_country()[0].groups
    by = {s.forecaster: s for s in held_out.scores}
    least = min((s for s in held_out.scores[1:]), key=lambda s: s.ignorance)

    assert (chosen.last, held_out.first) == ("2016-12", "2017-01")
    assert least.forecaster == "own-36"
    for said in (
        f"ignorance is {by['pool'].ignorance:.3f}, the best benchmark's {least.ignorance:.3f}",
        f"CRPS is {by['pool'].crps:.2f}, of the own last 12 months {by['own-12'].crps:.2f}",
    ):
        told = re.search(FIGURE.sub(lambda _: FIGURE.pattern, said), text)
        assert told is not None
        assert _same(told[0], said), said
