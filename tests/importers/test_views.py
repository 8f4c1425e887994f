"""The competition's benchmarks are read with the history they were made from."""

from __future__ import annotations

import gzip

import numpy as np
import pytest

from exitplan.domain.errors import InputFaults, Unreadable
from exitplan.domain.months import month_index
from exitplan.importers.views import ACTUALS, AFRICA, COUNTRIES, DRAWS, SINCE, WORLD, read_views


def test_a_folder_without_the_files_is_refused_by_the_file_it_lacks(tmp_path):
    """All that are missing are named."""
    with pytest.raises(Unreadable, match="views_country_ids"):
        read_views(tmp_path)


def test_official_draws_cover_24_hosts_in_three_windows(shared_data):
    """Two models, 36 months, 200 draws each, and what happened in every one of them."""
    views = read_views(shared_data)

    assert set(views.drawn) == {"bootstrap", "last_poisson"}
    assert len(views.hosts) == 24
    assert views.windows == (2018, 2019, 2020)
    for by_month in views.drawn.values():
        assert len(by_month) == 24 * 36
        assert {d.size for d in by_month.values()} == {200}
        assert set(by_month) <= set(views.happened)
    assert set(views.hosts) <= set(views.african) | set(views.other)


@pytest.mark.parametrize("year", [2018, 2019, 2020])
def test_the_official_last_month_is_the_last_month_of_our_cut_off(shared_data, year):
    """VIEWS' Poisson around the last month has its mean where our African history stands at the end of October before.

    Another program's reading of "the last month known" dates the cut-off and shows that versions agree.
    """
    views = read_views(shared_data)
    origin = month_index(f"{year - 1}-10")
    drawn, known = [], []
    for country in views.hosts:
        if country in views.african:
            first, deaths = views.african[country]
            known.append(deaths[origin - first])
            drawn.append(np.mean([views.drawn["last_poisson"][country, year * 12 + m].mean() for m in range(12)]))

    away = np.abs(np.array(drawn) - known)
    assert len(known) == 17
    assert np.sum(away <= 4 * np.sqrt(np.array(known) / 2400) + 0.5) >= 15


WINDOW = [f"2018-{m:02d}" for m in range(1, 13)]
PLAIN = {
    COUNTRIES: ["country_id,iso3", "1,AAA", "2,BBB", "3,"],
    DRAWS: ["model,month_id,country_id,draws_sorted", *(f"m,{457 + m},{n},0 1 2" for n in (1, 2) for m in range(12))],
    ACTUALS: ["country_id,month,ged_sb", *(f"{n},{month},{n}" for n in (1, 2, 3) for month in WINDOW)],
    AFRICA: ["iso3,month,ged_best_sb", *(f"AAA,2017-{m:02d},4" for m in range(1, 13))],
    SINCE: ["country_id,month,ged_sb", *(f"{n},2017-{m},7.0" for n in (1, 2, 3) for m in (11, 12))],
    WORLD: ["iso3,month,fatalities", *(f"BBB,2017-{m:02d},5" for m in range(1, 11))],
}


def _folder(tmp_path, changed=None):
    """The plain files, some with another line in place of one, or without it: `changed` by file, then line."""
    for path, lines in PLAIN.items():
        told = dict(enumerate(lines, start=1)) | (changed or {}).get(path, {})
        text = "".join(f"{line}\n" for line in told.values() if line is not None)
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(gzip.compress(text.encode()) if path.endswith(".gz") else text.encode())
    return tmp_path


def _faults(folder) -> list[tuple[str, str, str]]:
    with pytest.raises(InputFaults) as told:
        read_views(folder)
    return [(f.where, f.field, f.value) for f in told.value.findings]


def test_series_are_joined_where_the_competition_begins(tmp_path):
    """African history to October, then the competition's; other countries from the file of all kinds of violence."""
    views = read_views(_folder(tmp_path))
    assert views.hosts == ("AAA", "BBB")
    assert views.windows == (2018,)
    assert views.african == {"AAA": (month_index("2017-01"), [4.0] * 10 + [7.0] * 2)}
    assert views.other == {"BBB": (month_index("2017-01"), [5.0] * 10 + [7.0] * 2)}
    assert views.happened["BBB", month_index("2018-03")] == 2.0
    assert views.drawn["m"]["AAA", month_index("2018-12")].tolist() == [0.0, 1.0, 2.0]


def test_every_bad_cell_of_every_file_is_named_at_once(tmp_path):
    """Codes, months, deaths and draws that are none; a month that stands twice; fewer draws than in the other rows."""
    folder = _folder(
        tmp_path,
        {
            COUNTRIES: {2: "one,AAA"},
            DRAWS: {3: "m,458,1,0 few 2", 4: "m,459,1,0 1", 5: "m,x,1,0 1 2"},
            ACTUALS: {2: "1,2018-13,1", 3: "1,2018-03,1"},
            AFRICA: {2: "Aaa,2017-01,4"},
            SINCE: {2: "1,2017-11,-1"},
            WORLD: {2: "BBB,2017-01,many"},
        },
    )
    name = {path: path.rpartition("/")[2] for path in PLAIN}
    assert _faults(folder) == [
        (f"{name[COUNTRIES]}:2", "country_id", "one"),
        (f"{name[ACTUALS]}:2", "month", "2018-13"),
        (f"{name[ACTUALS]}:3", "month", "2018-03"),
        (f"{name[ACTUALS]}:4", "month", "2018-03"),
        (f"{name[DRAWS]}:3", "draws_sorted", "0 few 2"),
        (f"{name[DRAWS]}:4", "draws_sorted", "0 1"),
        (f"{name[DRAWS]}:5", "month_id", "x"),
        (f"{name[AFRICA]}:2", "iso3", "Aaa"),
        (f"{name[SINCE]}:2", "ged_sb", "-1"),
        (f"{name[WORLD]}:2", "fatalities", "many"),
    ]


def test_a_country_that_has_no_code_is_named_once(tmp_path):
    """The countries' file does not know it; eleven further rows of it say no more."""
    folder = _folder(tmp_path, {COUNTRIES: {3: "2,"}})
    assert _faults(folder) == [(f"{DRAWS.rpartition('/')[2]}:14", "country_id", "2")]


def test_what_one_file_has_and_another_lacks_is_named(tmp_path):
    """A month without draws, one without deaths, and a country without history before the window."""
    folder = _folder(
        tmp_path,
        {
            DRAWS: {25: None},
            ACTUALS: {2: None},
            WORLD: {line: f"CCC,2017-{line:02d},1" for line in range(2, 12)},
        },
    )
    assert [value for _, _, value in _faults(folder)] == ["m, BBB 2018-12", "AAA 2018-01", "BBB"]


def test_columns_that_are_missing_in_two_files_are_both_told(tmp_path):
    """One file alone is no such file; two are two faults."""
    with pytest.raises(Unreadable, match="fatalities"):
        read_views(_folder(tmp_path, {WORLD: {1: "iso3,month,deaths"}}))
    found = _faults(_folder(tmp_path, {WORLD: {1: "iso3,month,deaths"}, COUNTRIES: {1: "country_id,code"}}))
    assert [where for where, _, _ in found] == [COUNTRIES.rpartition("/")[2], WORLD.rpartition("/")[2]]


def test_a_country_month_that_two_numbers_give_is_named(tmp_path):
    """Numbers 2 and 3 are the same country: in draws, deaths and history, each month they share, with both numbers."""
    folder = _folder(
        tmp_path,
        {
            COUNTRIES: {4: "3,BBB"},
            DRAWS: {25: "m,468,3,0 1 2\nm,467,3,9 9 9"},
            ACTUALS: dict.fromkeys(range(27, 38)),
            SINCE: {7: None},
        },
    )
    assert _faults(folder) == [
        (f"{ACTUALS.rpartition('/')[2]}:26", "country_id", "BBB 2018-01: 2, 3"),
        (f"{DRAWS.rpartition('/')[2]}:26", "country_id", "m, BBB 2018-11: 2, 3"),
        (f"{SINCE.rpartition('/')[2]}:6", "country_id", "BBB 2017-11: 2, 3"),
    ]


def test_numbers_of_one_country_after_one_another_are_its_history(tmp_path):
    """As South Sudan's neighbour has them: one number to a month, another from the next on."""
    later = [f"3,{month},3" for month in WINDOW[6:]]
    folder = _folder(
        tmp_path,
        {
            COUNTRIES: {4: "3,BBB"},
            ACTUALS: {line: (later[line - 20] if line < 26 else None) for line in range(20, 38)},
            SINCE: {6: None, 7: None},
        },
    )
    assert read_views(folder).happened["BBB", month_index("2018-12")] == 3.0


@pytest.mark.parametrize("twice", ["01,BBB", "1,BBB"])
def test_a_number_told_twice_is_a_fault_however_it_is_written(tmp_path, twice):
    """01 is 1."""
    name = COUNTRIES.rpartition("/")[2]
    assert _faults(_folder(tmp_path, {COUNTRIES: {4: twice}})) == [
        (f"{name}:2", "country_id", "1"), (f"{name}:4", "country_id", twice[:-4]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "line", "given", "field"),
    [
        (ACTUALS, 2, "1,2018-01,1e12", "ged_sb"),  # more than people
        (ACTUALS, 2, "1,2018-01,0.5", "ged_sb"),  # half a death
        (AFRICA, 2, "AAA,2017-01,1e300", "ged_best_sb"),
        (SINCE, 2, "1,2017-11,10000000001", "ged_sb"),
        (WORLD, 2, "BBB,2017-01,inf", "fatalities"),
        (DRAWS, 2, "m,457,1,0 1 10000000001", "draws_sorted"),
        (DRAWS, 2, "m,457,1,0 1 2.5", "draws_sorted"),
        (DRAWS, 2, "m,457,1,0 1 " + "9" * 400, "draws_sorted"),  # more than a number can be
    ],
)
def test_deaths_that_cannot_be_are_named_with_their_line(tmp_path, file, line, given, field):
    """Not as bad use, and not first by the engine."""
    found = _faults(_folder(tmp_path, {file: {line: given}}))
    assert [(where, name) for where, name, _ in found] == [(f"{file.rpartition('/')[2]}:{line}", field)]
