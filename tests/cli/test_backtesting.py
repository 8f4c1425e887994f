"""`exitplan backtest sites` and `exits` as a person types them."""

from __future__ import annotations

import csv
import gzip
import json
import sys

import pytest

HEAD = "site_id,episode,mission,latitude,longitude,closed_est"
EVENTS = (
    "id,date,latitude,longitude,best\n1,2004-11-03,8.51,-13.2,4\n2,1999-01-06,8.4,-13.1,90\n3,2006-02-01,8.5,-13.2,1\n"
)

FAR = "4,2012-01-01,40,40,1\n"
"""An event far from both, so that the file reaches beyond both closures."""
KNOWN = f"{HEAD},ev50_post24,post_months_covered\nS-1,1,AAA,8.5,-13.2,2005-12,1,24\nS-2,1,BBB,-2.0,30.0,2010-01,0,24\n"


@pytest.fixture
def files(tmp_path):
    """Two closures of two missions without any column about what came after, and three events."""
    episodes, events = tmp_path / "episodes.csv", tmp_path / "events.csv"
    episodes.write_text(f"{HEAD}\nS-1,1,AAA,8.5,-13.2,2005-12\nS-2,2,BBB,-2.0,30.0,2010-01\nS-3,1,BBB,-2.0,30.0,\n")
    events.write_text(EVENTS)
    return episodes, events


def test_forecasts_have_exactly_the_agreed_columns(run, files, tmp_path):
    """Other people's scripts read `--out`: three columns, a row for each closed site, chances between 0 and 1."""
    episodes, events = files
    done = run("backtest", "sites", "--episodes", episodes, "--events", events, "--out", tmp_path / "out.csv")
    assert done.exit_code == 0, done.stderr
    with (tmp_path / "out.csv").open() as lines:
        header, *rows = csv.reader(lines)
    assert header == ["site_id", "episode", "p_event_50km_24m"]
    assert [row[:2] for row in rows] == [["S-1", "1"], ["S-2", "2"]]
    assert 1 > float(rows[0][2]) > float(rows[1][2]) > 0


def test_events_after_the_closure_change_no_byte(run, files, tmp_path):
    """With the event of February 2006 or without it, the forecasts are the same bytes."""
    episodes, events = files
    found = []
    for text in (EVENTS, EVENTS.replace("3,2006-02-01,8.5,-13.2,1\n", ""), EVENTS + "4,2019-01-01,8.5,-13.2,500\n"):
        events.write_text(text)
        run("backtest", "sites", "--episodes", episodes, "--events", events, "--out", tmp_path / "out.csv")
        found.append((tmp_path / "out.csv").read_bytes())
    assert found[0] == found[1] == found[2]


@pytest.mark.slow
def test_outcomes_are_scored_where_they_are_given(run, files):
    """Known outcomes give scores; renames and windows not yet over do not."""
    episodes, events = files
    episodes.write_text(
        f"{HEAD},ev50_post24,post_months_covered,continues_as\n"
        "S-1,1,AAA,8.5,-13.2,2005-12,1,24,\nS-2,1,BBB,-2.0,30.0,2010-01,0,24,\n"
        "S-3,1,BBB,-2.0,30.1,2010-01,0,24,CCC\nS-4,1,BBB,-2.0,30.2,2010-01,0,11,\n"
    )
    events.write_text(EVENTS + FAR)
    result = json.loads(run("backtest", "sites", "--episodes", episodes, "--events", events, "--json").stdout)["result"]
    assert (len(result["forecasts"]), result["scored"], result["mode"]) == (4, 2, "shipped")
    assert result["uncovered"] == 0
    assert [s["forecaster"] for s in result["scores"]] == ["model", "base-rate", "any-before", "logistic"]
    first, second = (f["probability"] for f in result["forecasts"][:2])
    assert result["scores"][0]["brier"]["value"] == pytest.approx(((1 - first) ** 2 + second**2) / 2)


def test_faults_of_both_files_are_told_together(run, files):
    """A bad latitude among the sites does not hide a bad day among the events."""
    episodes, events = files
    episodes.write_text(f"{HEAD}\nS-1,1,AAA,98.5,-13.2,2005-12\n")
    events.write_text(EVENTS + "4,later,8.5,-13.2,1\n")
    done = run("backtest", "sites", "--episodes", episodes, "--events", events, "--json")
    assert done.exit_code == 1
    found = [(f["where"], f["field"], f["value"]) for f in json.loads(done.stdout)["result"]["findings"]]
    assert sorted(found) == [("episodes.csv:2", "latitude", "98.5"), ("events.csv:5", "date", "later")]


def test_one_file_without_the_other_is_bad_use(run, files):
    """Sites without events cannot be forecast."""
    assert run("backtest", "sites", "--episodes", files[0]).exit_code == 2
    assert run("backtest", "sites", "--events", files[1]).exit_code == 2


@pytest.mark.parametrize(("what", "wanted"), [("sites", "geo_pko/"), ("exits", "ucdp_conflict/")])
def test_without_data_it_says_which_files_are_wanted(run, tmp_path, what, wanted):
    """One clear line instead of a wrong figure."""
    done = run("backtest", what, "--data", tmp_path)
    assert done.exit_code == 1
    assert wanted in done.stderr.replace("\n", "")
    assert "--data" in done.stderr


@pytest.mark.slow
def test_every_exit_is_told_with_its_forecast(run, shared_data, tmp_path):
    """Thirty-three rows, in the terminal, in the JSON and in the file."""
    done = run("backtest", "exits", "--data", shared_data, "--out", tmp_path / "exits.csv", "--lang", "fr")
    assert done.exit_code == 0, done.stderr
    assert "UNAMSIL" in done.stdout
    assert len((tmp_path / "exits.csv").read_text().splitlines()) == 34
    result = json.loads(run("backtest", "exits", "--data", shared_data, "--json").stdout)["result"]
    assert len(result["forecasts"]) == 33
    assert all(at["war"] <= at["conflict"] for f in result["forecasts"] for at in f["curve"])
    assert all(f["low"] <= f["probability"] <= f["high"] for f in result["forecasts"])


def test_closures_that_events_do_not_cover_are_counted_and_not_scored(run, files):
    """Events from November 2004 to February 2006 know neither the two years before the end of 2005 nor anything of 2010."""
    episodes, events = files
    lines = EVENTS.splitlines()
    events.write_text("\n".join([lines[0], lines[1], lines[3]]) + "\n")
    episodes.write_text(KNOWN)
    done = run("backtest", "sites", "--episodes", episodes, "--events", events, "--json")
    result = json.loads(done.stdout)["result"]
    assert (len(result["forecasts"]), result["uncovered"], result["scored"], result["scores"]) == (2, 2, 0, [])
    shown = run("backtest", "sites", "--episodes", episodes, "--events", events, "--lang", "fr").stdout
    assert "ne couvrent pas les 24 mois avant 2 fermetures" in " ".join(shown.split())


@pytest.mark.slow
def test_scores_on_months_that_were_learned_from_say_so(run, files):
    """The shipped parameters know events to December 2020: a closure after it is out of sample, one before may not be."""
    episodes, events = files
    events.write_text(EVENTS + FAR + "5,2021-12-01,40,40,1\n")
    for month, inside in (("2020-12", 2), ("2021-01", 1)):
        episodes.write_text(KNOWN.replace("2010-01", month))
        done = run("backtest", "sites", "--episodes", episodes, "--events", events, "--json")
        result = json.loads(done.stdout)["result"]
        assert (result["scored"], result["in_sample"], result["learned_to"]) == (2, inside, "2020-12")
    shown = run("backtest", "sites", "--episodes", episodes, "--events", events).stdout
    assert "1 of the scored closures lies in the months that the parameters were learned from" in " ".join(
        shown.split()
    )


@pytest.mark.parametrize("what", ["areas", "country", "exits", "sites", "watch"])
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("--report", "page.docx"), ".html"),
        (("--report", "{folder}.html"), "directory"),
        (("--out", "{folder}.html"), "directory"),
        (("--out", "{file}/rows.csv"), "nothing can be written"),
        (("--report", "{file}/page.html"), "nothing can be written"),
    ],
)
def test_a_place_that_cannot_be_written_is_refused_before_the_work(run, tmp_path, monkeypatch, what, typed, told):
    """One clear line at once; no back-test begins."""
    for name in ("area", "country", "exit", "site"):
        monkeypatch.delitem(sys.modules, f"exitplan.usecases.{name}_backtest", raising=False)
        monkeypatch.setitem(sys.modules, f"exitplan.usecases.{name}_backtest", None)
    monkeypatch.setitem(sys.modules, "exitplan.usecases.alarm_rates", None)
    (tmp_path / "folder.html").mkdir()
    (tmp_path / "file").touch()
    done = run("backtest", what, *(word.format(folder=tmp_path / "folder", file=tmp_path / "file") for word in typed))
    assert done.exit_code == 2
    assert told in " ".join(done.stderr.split())


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize(
    "typed", [("areas", "--events"), ("areas", "--areas"), ("sites", "--episodes"), ("sites", "--events")]
)
def test_files_and_a_folder_together_are_bad_use(run, tmp_path, typed, lang):
    """The folder would go unread."""
    done = run("backtest", *typed, tmp_path / "own.csv", "--data", tmp_path, "--lang", lang)
    assert done.exit_code == 2
    assert {"en": "either files of your own or --data", "fr": "vos propres fichiers"}[lang] in done.stderr


@pytest.mark.parametrize(
    ("more", "field", "value", "line"),
    [
        ("4,2105-01-01,40,40,1\n", "date", "2105-01-01", 5),  # after today
        ("4,1905-01-01,40,40,1\n", "date", "1905-01-01", 5),  # before anything is recorded
        ("4,2009-02-30,40,40,1\n", "date", "2009-02-30", 5),  # no day of the calendar
        ("1,2004-11-03,8.51,-13.2,4\n", "id", "1", 5),  # the first event once more
        ("1,2012-01-01,40,40,1\n", "id", "1", 5),  # its name on another event
    ],
)
def test_an_event_that_cannot_be_so_is_refused(run, files, more, field, value, line):
    """One such row among good ones: no chance is given, and no closure counts as covered by it."""
    episodes, events = files
    episodes.write_text(KNOWN)
    events.write_text(EVENTS + more)
    done = run("backtest", "sites", "--episodes", episodes, "--events", events, "--json")
    assert done.exit_code == 1
    found = [(f["field"], f["value"], f["where"]) for f in json.loads(done.stdout)["result"]["findings"]]
    assert found == [(field, value, f"events.csv:{line}")]


def test_an_event_of_two_files_is_counted_once_or_not_at_all(run, files, tmp_path):
    """A second file that repeats an event is a fault, and so is the same content twice, packed or under another name."""
    episodes, events = files
    more, same = tmp_path / "more.csv", tmp_path / "same.csv.gz"
    more.write_text("date,id,latitude,longitude\n2004-11-03,1,8.51,-13.2\n2012-01-01,9,40,40\n")
    same.write_bytes(gzip.compress(events.read_bytes()))
    found = []
    for other in (more, same, events):
        done = run("backtest", "sites", "--episodes", episodes, "--events", events, "--events", other, "--json")
        assert done.exit_code == 1
        found += [(f["code"], f["value"], f["where"]) for f in json.loads(done.stdout)["result"]["findings"]]
    assert found == [
        ("invalid-value", "1", "more.csv:2"),
        ("duplicate-file", "events.csv", "same.csv.gz"),
        ("duplicate-file", "events.csv", "events.csv"),
    ]
    said = run("backtest", "sites", "--episodes", episodes, "--events", events, "--events", more, "--lang", "fr").stdout
    assert "la ligne est identique à events.csv:2" in " ".join(said.split())


@pytest.mark.parametrize("which", [0, 1])
def test_a_header_alone_gives_no_chance(run, files, which):
    """Neither sites nor events may be no row at all."""
    files[which].write_text(files[which].read_text().splitlines()[0] + "\n")
    done = run("backtest", "sites", "--episodes", files[0], "--events", files[1])
    assert done.exit_code == 1
    assert "one row or more wanted" in done.stderr
    assert files[which].name in done.stderr


def test_events_known_to_a_province_alone_give_no_chance(run, files):
    """None of them is located well enough to be near a site or far from it."""
    episodes, events = files
    events.write_text("id,date,latitude,longitude,where_prec\n1,2004-11-03,8.51,-13.2,4\n2,2012-01-01,8.51,-13.2,6\n")
    done = run("backtest", "sites", "--episodes", episodes, "--events", events)
    assert done.exit_code == 1
    assert "where_prec" in done.stdout
