"""The two real missions that come along: sound, sourced, blind to what came later, and made from the data they cite."""

from __future__ import annotations

import csv
import datetime
import gzip
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml

from exitplan.domain.dossier import Dossier
from exitplan.domain.facts import Facts
from exitplan.domain.kinds import (
    Agreement,
    Area,
    Assessment,
    Benchmark,
    Criterion,
    Decision,
    Engagement,
    Gate,
    Handover,
    Indicator,
    Lesson,
    Mandate,
    Milestone,
    Need,
    Request,
    Risk,
    Scenario,
    Site,
    Source,
    Unit,
)
from exitplan.importers.dossier_folder import read_folder
from scripts.build_missions import LIBRARY, derived
from scripts.missions.presence import _shared
from scripts.missions.settings import JOBS, Job

MISSIONS = {job.folder: job for job in JOBS}
BOUNDARY_BYTES = 30_000

# Names of people have no place in a dossier; these stood in the documents that were read.
PEOPLE = re.compile(r"Sirleaf|Weah|Kabbah|Annan|Landgren|Taylor|Doss\b|Bockarie|Koroma", re.IGNORECASE)
WORDS = re.compile(r"\bterroris|\boptimal\b|\bsuccess(?:ful)?\b|\bfailure\b|should leave", re.IGNORECASE)


@pytest.fixture(scope="module", params=sorted(MISSIONS))
def job(request: pytest.FixtureRequest) -> Job:
    return MISSIONS[request.param]


@pytest.fixture(scope="module")
def folder(job: Job) -> Path:
    return LIBRARY / job.folder


@pytest.fixture(scope="module")
def dossier(folder: Path) -> Dossier:
    whole = read_folder(folder).dossier
    assert whole is not None
    return whole


def test_a_real_mission_has_no_fault_and_no_doubt(folder):
    """What comes along is the example others copy."""
    assert [f"{f.entry} {f.field}: {f.value}" for f in read_folder(folder).everything] == []


def test_every_fact_names_a_source_with_an_address(dossier):
    """A fact can be looked up: its source exists and says where it stands."""
    facts = [e for e in dossier.everything() if e.basis == "fact" and not isinstance(e, Source)]

    assert len(facts) > 60
    assert [e.code for e in facts if not e.sources] == []
    assert [s.code for s in dossier.of(Source) if not (s.url and s.document and s.publisher)] == []


def test_every_source_is_used(dossier):
    """A source nobody cites only looks like evidence."""
    cited = {code for e in dossier.everything() for code in e.sources}
    cited |= set(dossier.measurements.frame["source"]) | set(dossier.area_months.frame["source"])

    assert {s.code for s in dossier.of(Source)} - cited == set()


def test_every_measurement_rests_on_a_source_that_is_a_fact(dossier):
    """No number is made up for a real country: what nobody measured has no row, and its criterion stays unknown."""
    assert {dossier.find(Source, r.source).basis for r in dossier.measurements.readings()} == {"fact"}


def what_happened(dossier: Dossier) -> list[tuple[str, date]]:
    """Everything in the dossier that says that something came about on a day."""
    out: list[tuple[str, date | None]] = [
        *((e.code, e.adopted) for e in dossier.of(Mandate)),
        *((e.code, e.date) for model in (Assessment, Engagement) for e in dossier.of(model)),
        *((e.code, e.date) for e in dossier.of(Decision)),
        *((e.code, d) for e in dossier.of(Request) for d in (e.asked, e.answered)),
        *((e.code, e.done) for e in dossier.of(Milestone)),
        *((e.code, e.asked_on) for e in dossier.of(Need)),
        *((e.code, e.signed) for e in dossier.of(Agreement)),
        *((e.code, e.opened) for e in dossier.of(Site)),
        *((e.code, e.closure.actual) for e in dossier.of(Site)),
        *((e.code, e.transfer.actual) for e in dossier.of(Handover)),
        *((e.code, e.repatriation.actual) for e in dossier.of(Unit)),
        *((e.code, score.on) for e in dossier.of(Risk) for score in e.scores),
        *((e.code, e.baseline_date) for e in dossier.of(Criterion)),
        *((e.code, v.start) for e in dossier.of(Indicator) for v in e.versions),
        *((r.indicator, r.date) for r in dossier.measurements.readings()),
    ]
    return [(name, day) for name, day in out if day is not None]


def test_nothing_that_happened_after_the_vantage_day_enters(dossier):
    """The dossier may not know the outcome it is used to think about."""
    as_of = dossier.mission.as_of
    assert as_of is not None
    happened = what_happened(dossier)

    assert len(happened) > 100
    assert [(name, day) for name, day in happened if day > as_of] == []
    assert dossier.area_months.frame["month"].max() <= f"{as_of:%Y-%m}"


def test_texts_of_facts_speak_of_no_later_year(dossier):
    """A lesson, request or assessment tells of its own time; later years are named only as plans of that time or as editions of sources."""
    as_of = dossier.mission.as_of
    assert as_of is not None
    told = [e for model in (Lesson, Assessment, Engagement) for e in dossier.of(model)]
    years = {
        (e.code, int(year))
        for e in told
        for year in re.findall(
            r"\b(?:19|20)\d\d\b", f"{e.title} {getattr(e, 'finding', '')} {getattr(e, 'rationale', '')}"
        )
    }

    assert years
    assert {(code, year) for code, year in years if year > as_of.year} == set()


def test_a_source_that_came_later_says_so(dossier):
    """A later source is allowed for earlier facts, with its date and a word on what it is used for."""
    as_of = dossier.mission.as_of
    later = [s for s in dossier.of(Source) if s.published and as_of and s.published > as_of]

    assert later
    assert [s.code for s in later if not re.search(r"after the dossier's date|Journal", s.note + s.document)] == []


def test_no_person_is_named_and_no_banned_word_is_used(folder):
    """Offices answer, not people; conditions are rated, not States."""
    texts = {path.name: re.sub(r"https?://\S+", "", path.read_text("utf-8")) for path in folder.iterdir()}

    assert {name: PEOPLE.findall(text) for name, text in texts.items() if PEOPLE.search(text)} == {}
    assert {name: WORDS.findall(text) for name, text in texts.items() if WORDS.search(text)} == {}


def test_every_title_has_its_french(dossier):
    """A reader of French meets no English title; only names that are the same in both repeat."""
    assert [f"{e.kind}:{e.code}" for e in dossier.everything() if not e.title_fr] == []


def test_boundaries_are_small_and_cover_every_first_level_area(folder, dossier):
    """A page with a map stays light, and no area is a hole in it; whose lines they are is said."""
    raw = (folder / "areas.geojson").read_bytes()

    assert len(raw) < BOUNDARY_BYTES
    assert set(dossier.boundaries) == {a.code for a in dossier.of(Area) if a.level == "region"}
    assert json.loads(raw)["metadata"].keys() >= {"source", "date", "note", "note_fr"}


def test_neighbours_are_neighbours_both_ways(dossier):
    """Violence that can pass one way can pass back."""
    near = {a.code: set(a.neighbours) for a in dossier.of(Area)}

    assert [(a, b) for a, others in near.items() for b in others if a not in near[b]] == []


def test_hand_written_files_say_so_and_derived_ones_too(folder):
    """Whoever opens a file knows at once whether to edit it or the script."""
    made = {"areas.yaml", "sites.yaml", "units.yaml"}
    for path in folder.glob("*.yaml"):
        first = path.read_text("utf-8").splitlines()[0]
        assert ("Derived" in first) is (path.name in made), path.name
        assert ("by hand" in first) is (path.name not in made), path.name


def test_files_read_the_same_in_an_older_yaml(folder):
    """Other people's scripts read YAML 1.1, where a bare `on` or `no` is a truth value: no key and no code may be one."""

    def odd(value: object, path: str = "") -> list[str]:
        if isinstance(value, dict):
            return [f"{path}.{k}" for k in value if not isinstance(k, str)] + [
                fault for k, v in value.items() for fault in odd(v, f"{path}.{k}")
            ]
        if isinstance(value, list):
            return [fault for at, item in enumerate(value) for fault in odd(item, f"{path}[{at}]")]
        return [path] if isinstance(value, datetime.datetime) else []

    assert [
        f"{p.name}{fault}" for p in folder.glob("*.yaml") for fault in odd(yaml.safe_load(p.read_text("utf-8")))
    ] == []


def test_units_add_up_to_what_the_map_shows_at_their_site(dossier):
    """A contingent is stationed where it is counted, and no site has units without people."""
    people: Counter[str] = Counter()
    for unit in dossier.of(Unit):
        assert unit.site is not None
        people[unit.site] += unit.personnel
    shown = {s.code: re.search(r"([\d,]+) troops by unit size", s.note) for s in dossier.of(Site)}

    assert {c: int(m.group(1).replace(",", "")) for c, m in shown.items() if m and m.group(1) != "0"} == dict(people)


def test_sites_add_up_to_the_reported_strength(dossier):
    """The map's unit sizes are scaled so that the whole is what the United Nations reported for the month."""
    as_of = dossier.mission.as_of
    reported = {r.indicator: r.value for r in dossier.measurements.readings() if r.date == as_of}

    assert sum(s.military for s in dossier.of(Site)) == reported["UN-MILITARY"]
    assert sum(s.police for s in dossier.of(Site)) == reported["UN-POLICE"]


def test_a_gate_over_unmeasured_criteria_is_unknown_and_never_open(dossier):
    """What has no source leaves a gate unknown; one unmet criterion shuts it. Both kinds and an open one are there to be seen."""
    as_of = dossier.mission.as_of
    assert as_of is not None
    facts = Facts(dossier, as_of)
    criteria = {c.code: facts.criterion(c.code).state for c in dossier.of(Criterion)}
    gates = {g.code: facts.gate(g).state for g in dossier.of(Gate)}

    assert set(criteria.values()) == set(gates.values()) == {"met", "unmet", "unknown"}
    for gate in dossier.of(Gate):
        if any(criteria[code] != "met" for code in gate.named_criteria):
            assert gates[gate.code] != "met", gate.code


def test_what_is_known_of_the_vantage_day_comes_out():
    """The figures the documents give: police strength against need, calm at home, war next door, ceilings reached."""
    liberia = read_folder(LIBRARY / "liberia-2015").dossier
    sierra_leone = read_folder(LIBRARY / "sierra-leone-2002").dossier
    assert liberia is not None
    assert sierra_leone is not None
    here = Facts(liberia, date(2015, 9, 30))
    there = Facts(sierra_leone, date(2002, 9, 30))

    police = here.criterion("CR-LNP-STRENGTH")
    assert (police.state, police.values["value"], police.values["min"]) == ("unmet", 4886, 8000)
    assert here.criterion("CR-MIL-3590").state == "met"
    assert here.gate(liberia.find(Gate, "G-CALM")).state == "met"
    assert here.gate(liberia.find(Gate, "G-MONEY")).state == "unknown"
    assert there.gate(sierra_leone.find(Gate, "G-REGION")).state == "unmet"
    assert there.gate(sierra_leone.find(Gate, "G-CALM")).state == "met"
    assert there.gate(sierra_leone.find(Gate, "G-ARMY")).state == "unknown"


def test_each_mission_is_of_a_realistic_size(dossier):
    """Enough of everything to try the tool on: hand-overs, plans, scenarios, risks of each lens, three open decisions with dissent."""
    wanted = [d for d in dossier.of(Decision) if d.status == "wanted"]

    assert 20 <= len(dossier.of(Handover)) <= 40
    assert len(dossier.entries["plan"]) == 3
    assert len(dossier.of(Scenario)) >= 5
    assert len(dossier.of(Risk)) >= 12
    assert {r.lens for r in dossier.of(Risk)} == {"civilians", "personnel", "objective"}
    assert len(wanted) == 3
    assert all(d.dissent.startswith("Assumed") and d.dissent_fr and d.dissent_by and d.question_fr for d in wanted)
    assert all(b.statement_fr for b in dossier.of(Benchmark))


def test_area_months_equal_an_independent_count(dossier, job, shared_data):
    """Events and deaths by area, month and type equal the sums that came with the data set and a plain count of its rows."""
    codes = {key: place.code for key, place in job.places.items()}
    counted: Counter[tuple[str, str, int]] = Counter()
    deaths: Counter[tuple[str, str, int]] = Counter()
    with gzip.open(
        shared_data / "ucdp_ged_21_1_precise" / "ged211_precise_hosts.csv.gz", "rt", encoding="utf-8"
    ) as file:
        for row in csv.DictReader(file):
            if row["adm1_iso3"] == job.iso3 and row["date"] <= job.as_of.isoformat():
                key = (codes[row["adm1_id"]], row["date"][:7], int(row["type_of_violence"]))
                counted[key] += 1
                deaths[key] += int(row["best"])
    rows = dossier.area_months.frame.select("area", "month", "type_of_violence", "events", "best").rows()

    assert {row[:3]: row[3] for row in rows} == dict(counted)
    assert {row[:3]: row[4] for row in rows} == {key: deaths[key] for key in counted}


@pytest.mark.slow
def test_the_script_makes_the_committed_files_again(folder, job, shared_data):
    """Same data, same bytes: nobody has mended a derived file by hand."""
    for name, text in derived(shared_data, job).items():
        assert (folder / name).read_text("utf-8") == text, name


@pytest.mark.parametrize(
    ("weights", "total", "shares"),
    [
        ([1.0, 1.0, 1.0], 10, [4, 3, 3]),
        ([2.0, 1.0], 0, [0, 0]),
        ([150.0, 650.0, 0.0], 1000, [188, 812, 0]),
    ],
)
def test_shares_are_whole_and_add_up(weights, total, shares):
    """Largest remainders: the first of equals takes what is left over."""
    assert _shared(weights, total) == shares
    assert sum(shares) == total
