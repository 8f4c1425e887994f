"""`exitplan backtest country` works from a file alone."""

from __future__ import annotations

import csv
import json

import jsonschema
import numpy as np
import pytest

from exitplan.domain.months import month_index, month_text
from exitplan.usecases.schemas import schema

HORIZON, NUMBER = 14, 30


@pytest.fixture
def history(tmp_path):
    """Five countries, 2000 to 2010; one has no row in quiet months, one begins after the origin."""
    rng = np.random.default_rng(1)
    lines = ["iso3,month,deaths"]
    for country, rate, begin in (("AAA", 30, 0), ("BBB", 0, 0), ("CCC", 0.5, 0), ("DDD", 3, 24), ("EEE", 1, 110)):
        for t in range(begin, 132):
            deaths = rng.poisson(rate)
            if deaths or country != "CCC" or t in (0, 131):
                lines.append(f"{country},{month_text(month_index('2000-01') + t)},{deaths}")
    path = tmp_path / "history.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def _ask(run, history, out, *more):
    return run(
        "backtest", "country", "--history", history, "--origin", "2008-10", "--horizon", HORIZON, "--draws", NUMBER,
        "--out", out, *more,
    )  # fmt: skip


def test_the_draws_have_every_country_month_and_draw_once(run, history, tmp_path):
    """Exactly iso3, month, draw, deaths; the months after the origin; draws from 1; whole deaths."""
    out = tmp_path / "draws.csv"
    assert _ask(run, history, out).exit_code == 0

    with out.open() as file:
        rows = list(csv.DictReader(file))
    months = [month_text(month_index("2008-11") + h) for h in range(HORIZON)]
    expected = [
        (c, m, str(d)) for c in ("AAA", "BBB", "CCC", "DDD", "EEE") for m in months for d in range(1, NUMBER + 1)
    ]
    assert list(rows[0]) == ["iso3", "month", "draw", "deaths"]
    assert [(r["iso3"], r["month"], r["draw"]) for r in rows] == expected
    assert all(r["deaths"].isdigit() for r in rows)


def test_later_months_of_the_file_alter_no_byte(run, history, tmp_path):
    """Every row after the origin is given other deaths."""
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    _ask(run, history, first)
    changed = [
        f"{c},{m},77" if m > "2008-10" else f"{c},{m},{d}"
        for c, m, d in (line.split(",") for line in history.read_text().splitlines()[1:])
    ]
    history.write_text("\n".join(["iso3,month,deaths", *changed]) + "\n", "utf-8")
    _ask(run, history, second)

    assert first.read_bytes() == second.read_bytes()


def test_the_seed_decides_the_bytes(run, history, tmp_path):
    """Equal seeds, equal files; another seed, another file."""
    paths = [tmp_path / f"{n}.csv" for n in range(3)]
    for path, seed in zip(paths, (5, 5, 6), strict=True):
        _ask(run, history, path, "--seed", seed)

    assert paths[0].read_bytes() == paths[1].read_bytes() != paths[2].read_bytes()


def test_what_came_later_is_scored_against_benchmarks(run, history, tmp_path):
    """The JSON follows its schema and counts what was filled and what is unknown."""
    done = _ask(run, history, tmp_path / "o.csv", "--json")
    answer = json.loads(done.stdout)
    jsonschema.validate(answer["result"], schema("backtest-country"))
    result = answer["result"]

    (group,) = result["groups"]
    assert [s["forecaster"] for s in group["scores"]] == [
        "pool", "zero", "last-value", "own-12", "own-36", "own-all", "country-bootstrap",
    ]  # fmt: skip
    assert group["country_months"] == 4 * 14 + 10
    assert (group["first"], group["last"]) == ("2008-11", "2009-12")
    assert result["unknown"] == 1
    assert result["filled"] == 132 - sum(line.startswith("CCC") for line in history.read_text().splitlines())


def test_nothing_is_scored_where_nothing_came_later(run, history):
    """The origin is the file's last month."""
    done = run("backtest", "country", "--history", history, "--origin", "2010-12", "--draws", 10, "--json")

    assert json.loads(done.stdout)["result"]["groups"] == []


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_screen_shows_scores_in_both_languages(run, history, lang):
    """The pool comes first, by its name."""
    done = run("backtest", "country", "--history", history, "--origin", "2008-10", "--draws", 10, "--lang", lang)

    assert done.exit_code == 0
    assert {"en": "Our pool", "fr": "Notre mélange"}[lang] in done.stdout


@pytest.mark.parametrize(
    "typed",
    [
        ("--history", "h.csv"),  # no origin
        ("--origin", "2008-10"),  # no history
        ("--out", "o.csv"),  # nothing to leave
        ("--horizon", 12),  # a horizon that nothing would use
        ("--history", "h.csv", "--origin", "2008-10", "--data", "d"),  # two sources
    ],
)
def test_what_does_not_go_together_is_bad_use(run, typed):
    """Exit code 2."""
    assert run("backtest", "country", *typed).exit_code == 2


@pytest.mark.parametrize(
    ("text", "origin", "code", "told"),
    [
        (
            "iso3,month,deaths\nAAA,2001-01,1\nAAA,2001-01,1\nBBB,2001-13,-4\n",
            "2001-01",
            1,
            ("h.csv:2", "h.csv:3", "h.csv:4"),
        ),
        ("iso3,month,deaths\nAAA,2001-01,1\n", "2000-12", 2, ("2000-12",)),
        ("iso3,month,deaths\nAAA,2001-01,1\n", "2001-1", 2, ("2001-1",)),
        ("iso3,deaths\nAAA,1\n", "2001-01", 1, ("month",)),
        ("iso3,month,deaths\n", "2001-01", 1, ("h.csv",)),
    ],
)
def test_faults_of_the_input_are_all_named(run, tmp_path, text, origin, code, told):
    """Each place: duplicates, months and counts that are none, other columns (exit code 1), impossible origins (2)."""
    path = tmp_path / "h.csv"
    path.write_text(text, "utf-8")
    done = run("backtest", "country", "--history", path, "--origin", origin)

    assert done.exit_code == code
    said = "".join((done.stdout + done.stderr).split())
    for place in told:
        assert place in said


def test_a_later_row_fills_no_month_before_the_origin(run, tmp_path):
    """A file without rows of quiet months: one row after the origin must not say that the last months before it were calm."""
    rows = ["iso3,month,deaths", *(f"AAA,{year}-{month},{month}" for year in range(2001, 2008) for month in (10, 11))]
    rows += [f"BBB,{year}-12,3" for year in range(2001, 2008)]
    found = []
    for later in ([], ["AAA,2009-06,50"]):
        path, out = tmp_path / "sparse.csv", tmp_path / "draws.csv"
        path.write_text("\n".join([*rows, *later]) + "\n", "utf-8")
        done = run("backtest", "country", "--history", path, "--origin", "2008-06", "--draws", NUMBER, "--out", out)
        assert done.exit_code == 0, done.stderr
        found.append(out.read_bytes())
    assert found[0] == found[1]


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("source", ["file", "rolling"])
def test_more_draws_than_can_be_held_are_refused_at_once(run, history, monkeypatch, source, lang):
    """Draws times months times countries, named with the bound; nothing is drawn."""
    monkeypatch.setattr("exitplan.engine.country.forecast.forecast", None)
    typed = {
        "file": ("--history", history, "--origin", "2008-10", "--horizon", 120, "--draws", 100_000),
        "rolling": ("--draws", 100_000),
    }[source]
    done = run("backtest", "country", *typed, "--lang", lang)
    assert done.exit_code == 2
    said = " ".join(done.stderr.split())
    assert "100000" in said
    assert {"file": "120 × 5", "rolling": "12 × 35"}[source] in said
    assert "25000000" in said


def test_a_fault_of_a_file_is_no_bad_use(run, tmp_path):
    """Half a death is a fault of the file, with its line."""
    path = tmp_path / "h.csv"
    path.write_text("iso3,month,deaths\nAAA,2001-01,2.5\nAAA,2001-02,7.0\n", "utf-8")
    done = run("backtest", "country", "--history", path, "--origin", "2001-02", "--draws", 5)
    assert done.exit_code == 1
    assert "h.csv:2" in done.stdout
    assert "h.csv:3" not in done.stdout
