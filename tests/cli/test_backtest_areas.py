"""`exitplan backtest areas` as a person types it, and the page that every back-test writes."""

from __future__ import annotations

import csv
import gzip
import json

import numpy as np
import pytest

COUNTRIES = ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF")


@pytest.fixture
def files(tmp_path):
    """Six countries of two areas, 1993 to 2000, livelier from one to the next."""
    rng = np.random.default_rng(3)
    events, areas = tmp_path / "events.csv", tmp_path / "areas.csv"
    rows, places = ["adm1_id,month,best"], ["iso3,adm1_id,lat,lon"]
    for k, country in enumerate(COUNTRIES):
        for area in (f"{country}-1", f"{country}-2"):
            places.append(f"{country},{area},{k},{k + len(area)}")
            for year in range(1993, 2001):
                for month in range(1, 13):
                    if rng.random() < 0.25 + 0.06 * k:
                        rows.append(f"{area},{year}-{month:02d},{1 + rng.geometric(0.2)}")
    events.write_text("\n".join([*rows, "AAA-1,2000-12,1"]) + "\n")
    areas.write_text("\n".join(places) + "\n")
    return events, areas


@pytest.mark.slow
def test_every_mission_of_a_file_is_forecast_and_scored(run, files, tmp_path):
    """Origins that the months leave room for; forecasts as agreed, for others to score; a page with its charts."""
    events, areas = files
    out, page = tmp_path / "forecasts.csv.gz", tmp_path / "page.html"
    done = run("backtest", "areas", "--events", events, "--areas", areas, "--out", out, "--report", page, "--json")
    assert done.exit_code == 0, done.stderr
    result = json.loads(done.stdout)["result"]
    assert result["origins"] == ["1997-12", "1998-12", "1999-12"]
    assert [m["mission"] for m in result["missions"]] == list(COUNTRIES)
    assert all(m["headline"] for m in result["missions"])
    assert {m["cases"] for m in result["missions"]} == {2 * 12 * 3}
    with gzip.open(out, "rt") as lines:
        header, *rows = csv.reader(lines)
    assert header[:6] == ["mission", "area", "origin", "month", "mean", "q01"]
    assert header[-1] == "q99"
    assert len(rows) == 6 * 2 * 12 * 3
    for row in rows[:50]:
        quantiles = [int(q) for q in row[5:]]
        assert quantiles == sorted(quantiles)
    assert page.read_text("utf-8").count("<svg") + page.read_text("utf-8").count("data:image/svg") >= 3


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        (("--events", "{events}"), 2, "wanted: both files, or none"),
        (("--areas", "{areas}"), 2, "wanted: both files, or none"),
        (("--events", "{events}", "--areas", "{missing}"), 1, "none.csv"),
    ],
)
def test_files_that_do_not_serve_are_refused(run, files, tmp_path, given, code, said):
    """One without the other, or one that is not there: a line, and no trace."""
    known = {"events": files[0], "areas": files[1], "missing": tmp_path / "none.csv"}
    done = run("backtest", "areas", *(g.format(**known) for g in given))
    assert done.exit_code == code
    assert "Traceback" not in done.stderr
    assert said in " ".join(done.stderr.split())


def _findings(done) -> list[tuple[str, str, str]]:
    return [(f["field"], f["value"], f["where"]) for f in json.loads(done.stdout)["result"]["findings"]]


def test_too_few_missions_are_a_fault_of_the_file(run, files, tmp_path):
    """Two countries cannot teach each other enough: how many there are, how many are wanted, and of what."""
    areas = tmp_path / "two.csv"
    areas.write_text("\n".join(files[1].read_text().splitlines()[:5]) + "\n")
    done = run("backtest", "areas", "--events", files[0], "--areas", areas, "--json")
    assert done.exit_code == 1
    assert _findings(done) == [("country", "2: AAA, BBB", "events.csv")]
    for lang, said in (("en", "6 countries or more"), ("fr", "6 pays ou plus")):
        shown = run("backtest", "areas", "--events", files[0], "--areas", areas, "--lang", lang).stdout
        assert said in " ".join(shown.split())


def test_months_that_end_too_early_are_told_as_months(run, files, monkeypatch):
    """Enough countries, each violent enough: only the months are named. With a year more the work begins."""
    begun = []
    monkeypatch.setattr("exitplan.engine.stability.leave_out.left_out", lambda *_, **__: begun.append(1) or 1 / 0)
    head, *rows = files[0].read_text().splitlines()
    for last, serves in ((1998, True), (1997, False)):
        kept = [row for row in rows if int(row.split(",")[1][:4]) <= last]
        files[0].write_text("\n".join([head, *kept, f"AAA-1,{last}-12,1"]) + "\n")
        done = run("backtest", "areas", "--events", files[0], "--areas", files[1], "--json")
        assert bool(begun) is serves
        begun.clear()
    assert done.exit_code == 1
    assert _findings(done) == [("month", "1993-01 – 1997-12", "events.csv")]
    assert "1996-01 – 1998-12" in json.loads(done.stdout)["result"]["findings"][0]["wanted"]


@pytest.mark.parametrize("year", [2018, 2019])
def test_too_few_countries_and_too_few_months_are_two_faults(run, files, year):
    """Each with what there is and what is wanted; the one must not hide the other. The last origin is December 2019."""
    files[0].write_text(f"adm1_id,month,best\nAAA-1,{year}-03,4\n")
    done = run("backtest", "areas", "--events", files[0], "--areas", files[1], "--json")
    assert done.exit_code == 1
    assert _findings(done) == [("country", "0", "events.csv"), ("month", f"{year}-01 – {year}-12", "events.csv")]
    assert "2018-01 – 2020-12" in json.loads(done.stdout)["result"]["findings"][1]["wanted"]


@pytest.mark.slow
def test_rows_of_unknown_areas_are_counted(run, files):
    """A code in small letters is another code: its row and its deaths are left out, and that is said."""
    events, areas = files
    events.write_text(events.read_text() + "aaa-1,1999-05,40\nZZZ-9,1999-06,2\n")
    done = run("backtest", "areas", "--events", events, "--areas", areas, "--json")
    result = json.loads(done.stdout)["result"]
    assert (result["left_out_rows"], result["left_out_deaths"]) == (2, 42)


@pytest.mark.slow
def test_the_headline_of_own_files_is_all_of_them(run, files):
    """The list that comes along names countries of the public data; one of them among others is not the whole."""
    for path in files:
        path.write_text(path.read_text().replace("AAA", "LBR"))
    events, areas = files
    done = run("backtest", "areas", "--events", events, "--areas", areas, "--json")
    missions = json.loads(done.stdout)["result"]["missions"]
    assert {m["mission"] for m in missions if m["headline"]} == {"LBR", *COUNTRIES[1:]}


@pytest.mark.slow
def test_a_page_is_html_or_refused(run, tmp_path, shared_data):
    """The exits as a page: reliability pictures with their tables; another ending is bad use, and nothing is written."""
    page = tmp_path / "exits.html"
    assert run("backtest", "exits", "--data", shared_data, "--report", page, "--lang", "fr").exit_code == 0
    text = page.read_text("utf-8")
    assert '<html lang="fr">' in text
    assert text.count("<figure") >= 2
    wrong = tmp_path / "exits.docx"
    assert run("backtest", "exits", "--data", shared_data, "--report", wrong).exit_code == 2
    assert not wrong.exists()
