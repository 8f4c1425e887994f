"""Files of the back-tests: what is taken, and that every fault is named with its line, value and what was wanted."""

from __future__ import annotations

import csv
import gzip
import re
from datetime import date, datetime
from functools import partial

import pytest

from exitplan.domain.errors import InputFaults, Unreadable
from exitplan.importers import event_points
from exitplan.importers.conflict_years import read_conflict_years
from exitplan.importers.exits import read_exits
from exitplan.importers.history import read_histories
from exitplan.importers.risk_models import RELAPSE, RELAPSE_OWN, SITE_RISK, read_risk_model
from exitplan.importers.several import files_in
from exitplan.importers.site_episodes import read_site_episodes
from exitplan.importers.surroundings import read_surroundings
from exitplan.usecases.exit_backtest import country_years
from exitplan.wording import Wording

EPISODES = "site_id,episode,latitude,longitude,closed_est\n"
EVENTS = "id,date,latitude,longitude,best\n"
read_event_points = partial(event_points.read_event_points, today=date(2024, 6, 15))


def _faults(read, *files) -> list[tuple[str, str, str]]:
    with pytest.raises(InputFaults) as found:
        read(*files)
    return [(f.where.rpartition(":")[2], f.field, f.value) for f in found.value.findings]


def test_few_columns_are_enough(tmp_path):
    """Outcomes, mission and country may be absent; an open site has no month."""
    path = tmp_path / "e.csv.gz"
    path.write_bytes(gzip.compress((EPISODES + "S1,1,8.5,-13.2,2005-12\nS2,1,8.6,-13.1,\n").encode()))
    rows = read_site_episodes(path)
    assert rows["closed_est"].to_list() == ["2005-12", None]
    assert rows["ev50_post24"].to_list() == [None, None]
    assert rows["mission"].to_list() == ["", ""]


def test_every_fault_of_every_episode_is_named_at_once(tmp_path):
    """Five faulty fields on four lines: five findings, in the order of the lines."""
    path = tmp_path / "e.csv"
    path.write_text(
        EPISODES
        + "S1,1,95,-13.2,2005-12\nS2,1,8.5,east,2005/12\nS3,1,8.5,10,2005-13\nS4,1,8,9,2005-01\nS4,1,8,9,2005-01\n"
    )
    assert _faults(read_site_episodes, path) == [
        ("2", "latitude", "95"),
        ("3", "longitude", "east"),
        ("3", "closed_est", "2005/12"),
        ("4", "closed_est", "2005-13"),
        ("5", "site_id", "S4"),
        ("6", "site_id", "S4"),
    ]


def test_events_of_several_files_stand_together(tmp_path):
    """Both headings of the day are known; events that are only known to a province are left aside."""
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text(EVENTS + "1,2003-05-01,1.5,2.5,3\n")
    two.write_text("date_start,where_prec,latitude,longitude\n2003-06-09,1,1,2\n2003-07-09,4,1,2\n")
    points = read_event_points([one, two])
    assert points["month"].to_list() == [2003 * 12 + 4, 2003 * 12 + 5]


def test_every_fault_of_every_event_file_is_named_at_once(tmp_path):
    """Faults of the second file are not hidden by those of the first."""
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text(EVENTS + "1,2003-05-01,,2.5,3\n2,soon,1,2,3\n")
    two.write_text(EVENTS + "1,2003-05-01,1,181,3\n")
    assert _faults(read_event_points, [one, two]) == [
        ("2", "latitude", ""), ("3", "date", "soon"), ("2", "longitude", "181"),
    ]  # fmt: skip


def test_a_file_without_the_columns_is_no_such_file(tmp_path):
    """Events handed in as episodes, and the other way round."""
    path = tmp_path / "events.csv"
    path.write_text(EVENTS)
    with pytest.raises(Unreadable, match="closed_est"):
        read_site_episodes(path)
    path.write_text(EPISODES)
    with pytest.raises(Unreadable, match="date"):
        read_event_points([path])


def test_conflicts_and_deaths_are_joined(tmp_path):
    """Either file makes a conflict year; a territory that became a State has its own; numbers of several countries are parted."""
    acd, deaths = tmp_path / "acd.csv", tmp_path / "cy.csv"
    acd.write_text('year,gwno_loc,intensity_level,territory_name\n1992,850,1,East Timor\n1999,"530, 531",2,\n')
    deaths.write_text(
        "country_id_cy,year_cy,sb_total_deaths_best_cy,ns_total_deaths_best_cy,os_total_deaths_best_cy\n"
        "530,1999,10,1,2\n41,2024,193,0,\n41,2023,24,400,0\n"
    )
    rows = {(r["country"], r["year"]): r for r in read_conflict_years(acd, deaths).iter_rows(named=True)}
    assert {at for at, r in rows.items() if r["conflict"]} == {
        (850, 1992),
        (860, 1992),
        (530, 1999),
        (531, 1999),
        (41, 2024),
    }
    assert rows[530, 1999]["war"]
    assert not rows[41, 2024]["war"]
    assert (rows[530, 1999]["all_kinds"], rows[531, 1999]["all_kinds"]) == (13, None)


def test_faults_of_both_files_of_conflicts_are_named(tmp_path):
    """A level of 3, a country without a number and deaths below nothing."""
    acd, deaths = tmp_path / "acd.csv", tmp_path / "cy.csv"
    acd.write_text("year,gwno_loc,intensity_level,territory_name\n1992,x,3,\n")
    deaths.write_text(
        "country_id_cy,year_cy,sb_total_deaths_best_cy,ns_total_deaths_best_cy,os_total_deaths_best_cy\n530,1999,-1,0,0\n"
    )
    assert _faults(read_conflict_years, acd, deaths) == [
        ("2", "gwno_loc", "x"), ("2", "intensity_level", "3"), ("2", "state_based", "-1"),
    ]  # fmt: skip


def test_the_exits_that_come_along():
    """Twenty-five and eight from borders, each before 2020, so that five full years lie in data to 2024."""
    rows = read_exits()
    assert (rows.height, rows["border"].sum()) == (33, 8)
    assert all("1990" <= month[:4] <= "2019" for month in rows["ended"])


def test_exits_are_dated_as_the_united_nations_date_them(shared_data):
    """Every month of an exit is that of the list of operations; what an exit followed stands in the list and ended no later."""
    with (shared_data / "un_missions" / "un_peacekeeping_operations_start_end.csv").open(encoding="utf-8") as lines:
        ended = {
            row["Acronym"]: datetime.strptime(row["end_date"], "%B %Y").strftime("%Y-%m")
            for row in csv.DictReader(lines)
            if row["end_date"] != "Present"
        }
    for mission, before, month in read_exits().select("mission", "before", "ended").iter_rows():
        assert ended[mission] == month
        followed = [name for name in ended if re.search(rf"(^| ){re.escape(name)}( (?![IV]+\b)|$)", before)]
        assert all(ended[name] <= month for name in followed)
        assert len(followed) == len(re.sub(r" (?=[IV]+\b)", "", before).split())


def test_a_faulty_exit_is_refused(tmp_path):
    """A month that is none, a country that is no number and a border that may be."""
    path = tmp_path / "exits.csv"
    path.write_text("mission,before,country,gwno,iso3,ended,border\nA,,Land,L,LLL,2001,perhaps\n")
    assert _faults(read_exits, path) == [("2", "gwno", "L"), ("2", "border", "perhaps"), ("2", "ended", "2001")]


def test_every_exit_has_surroundings():
    """In its year; a neighbour of North Macedonia was in conflict in 1999, and the refugees of that year are known."""
    known = {(r["iso3"], r["year"]): r for r in read_surroundings().iter_rows(named=True)}
    assert all((iso3, int(month[:4])) in known for iso3, month in read_exits().select("iso3", "ended").iter_rows())
    assert known["MKD", 1999]["conflict"]
    assert known["MKD", 1999]["hosted"] > 10_000


def test_every_fault_of_surroundings_is_named_at_once(tmp_path):
    """A code, a year told twice, a conflict of two, violence below nothing and half a refugee."""
    path = tmp_path / "around.csv"
    path.write_text(
        "gwno,iso3,year,conflict,violence,hosted,fled\n1,Aa,2001,0,0.5,3,4\n"
        "2,,2001,1,1,0,0\n2,,2001,0,1,0,0\n3,CCC,2001,2,-1,0.5,1\n"
    )
    assert _faults(read_surroundings, path) == [
        ("2", "iso3", "Aa"), ("3", "year", "2001"), ("4", "year", "2001"),
        ("5", "conflict", "2"), ("5", "violence", "-1"), ("5", "hosted", "0.5"),
    ]  # fmt: skip


@pytest.mark.parametrize("path", [SITE_RISK, RELAPSE, RELAPSE_OWN], ids=lambda p: p.stem)
def test_shipped_coefficients_name_their_sources(path):
    """Each set is dated, cited, marked as measured, and has a width for every coefficient."""
    model = read_risk_model(path)
    assert model.mark == "measured"
    assert "CC BY 4.0" in model.source
    assert all(min(fitted.sd) > 0 for fitted in model.outcomes)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ridge: 10.0", "ridge: -1.0"),  # less than none
        ("mark: measured", "mark: guessed"),  # no kind of evidence
        ("variables: [since_50, ", "variables: ["),  # a coefficient without its variable
        ("balance: 1.0", "balance: 1.0\nflavour: sweet"),  # a field nobody knows
    ],
)
def test_faulty_coefficients_are_refused(tmp_path, old, new):
    """A file somebody edited by hand is checked as strictly as one that was made."""
    text = SITE_RISK.read_text("utf-8")
    assert old in text
    path = tmp_path / "site_risk.yaml"
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(InputFaults):
        read_risk_model(path)


@pytest.mark.parametrize("wrong", ["2003-05-01x", "2003-05-013", "2003-05-01 or so", "2003-05"])
def test_letters_behind_a_day_are_a_fault(tmp_path, wrong):
    """A day is a day to its end, with a time of day at most."""
    path = tmp_path / "e.csv"
    path.write_text(EVENTS + f"1,{wrong},1,2,3\n2,2003-05-01 00:00:00.000,1,2,3\n")
    (fault,) = _faults(read_event_points, [path])
    assert fault[:2] == ("2", "date")


def test_files_that_are_not_there_are_all_named(tmp_path):
    """Not the first alone."""
    (tmp_path / "b.csv").touch()
    with pytest.raises(Unreadable, match=r"a\.csv, c\.csv"):
        files_in(tmp_path, ("a.csv", "b.csv", "c.csv"))


def test_faults_of_files_read_together_come_together(tmp_path):
    """An unreadable file hides no faulty row; alone it stays what it is."""
    good, bad, none = tmp_path / "good.csv", tmp_path / "bad.csv", tmp_path / "none.csv"
    good.write_text(EVENTS + "1,2003-05-01,1,2,3\n")
    bad.write_text(EVENTS + "1,soon,1,2,3\n")
    with pytest.raises(Unreadable, match="none"):
        read_event_points([good, none])
    with pytest.raises(InputFaults) as told:
        read_event_points([none, bad, tmp_path / "other.csv"])
    assert [(f.code, f.where) for f in told.value.findings] == [
        ("unreadable-file", "none.csv"), ("invalid-value", "bad.csv:2"), ("unreadable-file", "other.csv"),
    ]  # fmt: skip


def test_a_row_that_is_no_row_is_told_in_both_languages(tmp_path):
    """A field too many is a fault like any other, and in the reader's language."""
    path = tmp_path / "e.csv"
    path.write_text(EVENTS + "1,2003-05-01,1,2,3,4,5\n")
    with pytest.raises(InputFaults) as told:
        read_event_points([path])
    (fault,) = told.value.findings
    assert Wording("en").wanted(fault.wanted) == "5 fields, as in the header"
    assert Wording("fr").wanted(fault.wanted) == "5 champs, comme dans l'en-tête"


DEATHS = "country_id_cy,year_cy,sb_total_deaths_best_cy,ns_total_deaths_best_cy,os_total_deaths_best_cy\n"
CONFLICTS = "year,gwno_loc,intensity_level,territory_name\n"


@pytest.mark.parametrize("again", ["530,1999,90,0,0", "0530,1999,10,1,2"])
def test_a_country_and_year_told_twice_is_a_fault(tmp_path, again):
    """Both rows, equal or not, however the number is written: neither may silently win."""
    acd, deaths = tmp_path / "acd.csv", tmp_path / "cy.csv"
    acd.write_text(CONFLICTS + "1992,41,1,\n")
    deaths.write_text(DEATHS + f"530,1999,10,1,2\n530,1998,10,1,2\n{again}\n")
    assert _faults(read_conflict_years, acd, deaths) == [("2", "year", "1999"), ("4", "year", "1999")]


def test_two_conflicts_of_a_country_in_a_year_are_no_fault(tmp_path):
    """The list of conflicts has a row for each of them."""
    acd, deaths = tmp_path / "acd.csv", tmp_path / "cy.csv"
    acd.write_text(CONFLICTS + "1992,41,1,\n1992,41,2,\n")
    deaths.write_text(DEATHS + "41,1992,1,1,1\n")
    assert read_conflict_years(acd, deaths).select("war", "all_kinds").rows() == [(True, 3.0)]


def test_a_count_that_nobody_made_is_not_a_count_of_none(tmp_path):
    """An empty field stays unknown, and so does the sum; a country-year without every count was not counted."""
    acd, deaths = tmp_path / "acd.csv", tmp_path / "cy.csv"
    acd.write_text(CONFLICTS + "1992,41,1,\n")
    deaths.write_text(DEATHS + "41,1992,,1,1\n41,1993,30,,1\n41,1994,0,0,0\n")
    rows = read_conflict_years(acd, deaths)
    assert rows["state_based"].to_list() == [None, 30, 0]
    assert rows["all_kinds"].to_list() == [None, None, 0]
    assert rows["conflict"].to_list() == [True, True, False]
    of = country_years(rows)
    assert of.counted.tolist() == [[False, False, True]]
    assert of.state_based.tolist() == [[0, 30, 0]]


WHOLE = {
    "episodes": (read_site_episodes, EPISODES + "S1,1,8.5,-13.2,2005-12\n"),
    "history": (read_histories, "iso3,month,deaths\nAAA,2001-01,2\n"),
    "surroundings": (read_surroundings, "gwno,iso3,year,conflict,violence,hosted,fled\n2,,2001,0,1,0,0\n"),
    "exits": (read_exits, "mission,before,country,gwno,iso3,ended,border\nA,,Land,1,LLL,2001-01,\n"),
}


@pytest.mark.parametrize("what", WHOLE)
def test_a_header_alone_is_no_table(tmp_path, what):
    """With a row it is read; without one there is nothing to answer from."""
    read, text = WHOLE[what]
    path = tmp_path / "t.csv"
    path.write_text(text)
    read(path)
    path.write_text(text.splitlines()[0] + "\n")
    with pytest.raises(Unreadable, match="one row or more wanted"):
        read(path)


@pytest.mark.parametrize("which", [0, 1])
def test_conflicts_and_deaths_need_a_row_each(tmp_path, which):
    """A header in place of either file leaves nothing to join."""
    texts = [CONFLICTS + "1992,41,1,\n", DEATHS + "41,1992,1,1,1\n"]
    texts[which] = texts[which].splitlines()[0] + "\n"
    paths = tmp_path / "acd.csv", tmp_path / "cy.csv"
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text)
    with pytest.raises(Unreadable, match="one row or more wanted"):
        read_conflict_years(*paths)


@pytest.mark.parametrize("month", ["2009-02-30", "2009-13-01", "2009-04-31", "2009-2-3", "2009"])
def test_a_closure_on_no_day_of_the_calendar_is_a_fault(tmp_path, month):
    """A month, or a day that exists."""
    path = tmp_path / "e.csv"
    path.write_text(EPISODES + f"S1,1,8.5,-13.2,{month}\nS2,1,8.5,-13.2,2008-02-29\n")
    assert _faults(read_site_episodes, path) == [("2", "closed_est", month)]


@pytest.mark.parametrize("count", ["2.5", "-1", "1e300", "inf", "some"])
def test_a_count_after_a_closure_is_a_whole_number(tmp_path, count):
    """Events and months are counted, not measured."""
    path = tmp_path / "e.csv"
    path.write_text(EPISODES.strip() + f",ev50_post24\nS1,1,8.5,-13.2,2005-01,{count}\nS2,1,8.5,-13.2,2005-01,3.0\n")
    assert _faults(read_site_episodes, path) == [("2", "ev50_post24", count)]


@pytest.mark.parametrize(("day", "sound"), [
    ("1945-12-31", False), ("1946-01-01", True), ("2024-06-15", True), ("2024-06-16", False), ("2024-02-30", False),
])  # fmt: skip
def test_events_lie_from_1946_to_today(tmp_path, day, sound):
    """The first and the last day that can be, and those beside them."""
    path = tmp_path / "e.csv"
    path.write_text(EVENTS + f"1,{day},1,2,3\n")
    if sound:
        assert read_event_points([path]).height == 1
    else:
        assert _faults(read_event_points, [path]) == [("2", "date", day)]


def test_an_identifier_is_one_event_of_all_files(tmp_path):
    """The first row is believed; each later one is told which it repeats, or contradicts; rows without one are let be."""
    one, two, none = tmp_path / "one.csv", tmp_path / "two.csv", tmp_path / "none.csv"
    one.write_text(EVENTS + "7,2003-05-01,1,2,3\n7,2003-05-01,1,2,9\n,2003-05-01,1,2,3\n,2003-05-01,1,2,3\n")
    two.write_text("date_start,event_id,latitude,longitude\n2003-05-02,7 ,1,2\n2003-05-02,8,1,2\n")
    none.write_text("date,latitude,longitude\n2003-05-01,1,2\n2003-05-01,1,2\n")
    with pytest.raises(InputFaults) as told:
        read_event_points([one, two, none])
    assert [(f.where, f.value, f.wanted) for f in told.value.findings] == [
        ("one.csv:3", "7", "an identifier of its own; the row equals one.csv:2"),
        ("two.csv:2", "7", "an identifier of its own; the row differs from one.csv:2"),
    ]
    one.write_text(EVENTS + ",2003-05-01,1,2,3\n,2003-05-01,1,2,3\n")
    assert read_event_points([one, two, none]).height == 6
