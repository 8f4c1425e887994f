"""The invented mission that comes along: made by its script, whole, of the promised size, and marked as invented throughout."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from shapely import unary_union
from shapely.geometry import Point, shape

from exitplan.domain.condition import Verdict, walk
from exitplan.domain.entry import Entry, references
from exitplan.domain.facts import Facts
from exitplan.domain.kinds import KINDS, PLURALS, Gate, Handover
from exitplan.domain.roles import ROLES
from exitplan.domain.states import HANDOVER_STEPS, SITE_STEPS
from exitplan.importers.dossier_folder import read_folder
from scripts.make_kasanda import FOLDER, MAKERS, build

SIZES = {
    "area": 13,  # twelve and the country
    "function": 8,
    "site": 40,
    "indicator": 32,
    "risk": 40,
    "partner": 15,
    "activity": 130,
    "plan": 3,
    "scenario": 5,
}


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """The files as the script makes them now."""
    return build()


@pytest.fixture(scope="module")
def dossier() -> dict[str, list[Entry]]:
    """Every entry of the committed folder, by kind, checked by its kind."""
    entries: dict[str, list[Entry]] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        kind = "mission" if path.stem == "mission" else PLURALS[path.stem]
        given = [content["mission"]] if kind == "mission" else content
        entries[kind] = [KINDS[kind].model_validate(fields) for fields in given]
    return entries


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    """The measurements as they stand in the file."""
    with (FOLDER / "measurements.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def everything(dossier: dict[str, list[Entry]]) -> list[Entry]:
    return [entry for entries in dossier.values() for entry in entries]


def nodes(value: Any) -> list[str]:
    """Names of the condition nodes anywhere inside an entry."""
    trees = [getattr(value, name, None) for name in ("condition", "rule", "trigger", "pause")]
    return [type(node).__name__ for tree in trees if tree is not None for node in walk(tree)]


@pytest.mark.slow
def test_the_maker_writes_the_committed_files_byte_for_byte(made: dict[str, bytes]) -> None:
    """What stands in the folder is what the script makes, no file more and none less."""
    assert {path.name for path in FOLDER.iterdir()} == set(made)
    assert [name for name, content in made.items() if (FOLDER / name).read_bytes() != content] == []


@pytest.mark.slow
def test_the_maker_makes_the_same_bytes_in_another_process(made: dict[str, bytes]) -> None:
    """Nothing hangs on the order of sets or the hash seed of a process."""
    digest = "import hashlib; from scripts.make_kasanda import build; print(hashlib.sha256(repr(build()).encode()).hexdigest())"
    root = Path(__file__).resolve().parents[2]
    results = {
        subprocess.run(
            [sys.executable, "-c", digest],
            cwd=root,
            env={"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(results) == 1


@pytest.mark.slow
def test_every_kind_is_used(dossier: dict[str, list[Entry]]) -> None:
    """No kind of entry goes unshown."""
    assert set(dossier) == set(KINDS) == {"mission", *MAKERS}
    assert all(dossier.values())


@pytest.mark.parametrize(("kind", "number"), SIZES.items())
def test_the_size_is_as_promised(dossier: dict[str, list[Entry]], kind: str, number: int) -> None:
    """A realistic mission, in the numbers that were promised."""
    assert len(dossier[kind]) == number


def test_every_entry_is_marked_as_invented(dossier: dict[str, list[Entry]]) -> None:
    """Nobody can take one entry out and mistake it for a fact."""
    assert [(entry.kind, entry.code) for entry in everything(dossier) if entry.basis != "fictional"] == []
    assert "fictional" in dossier["mission"][0].title
    assert "fictive" in (dossier["mission"][0].title_fr or "")


def test_the_map_lies_in_open_water_and_says_so() -> None:
    """No outline touches land: the nearest islands lie outside 80 to 90 degrees east, 14 to 5 degrees south."""
    collection = json.loads((FOLDER / "areas.geojson").read_text(encoding="utf-8"))
    assert "Invented country" in collection["metadata"]["note"]
    for feature in collection["features"]:
        west, south, east, north = shape(feature["geometry"]).bounds
        assert 80 < west < east < 90
        assert -14 < south < north < -5


def test_areas_tile_the_country(dossier: dict[str, list[Entry]]) -> None:
    """Twelve sound outlines without gap or overlap, small enough to carry along, each site inside its own area."""
    path = FOLDER / "areas.geojson"
    outlines = {
        f["properties"]["code"]: shape(f["geometry"]) for f in json.loads(path.read_text(encoding="utf-8"))["features"]
    }
    whole = unary_union(list(outlines.values()))
    assert path.stat().st_size < 30_000
    assert set(outlines) == {area.code for area in dossier["area"]} - {"XKA"}
    assert all(outline.is_valid for outline in outlines.values())
    assert whole.geom_type == "Polygon"
    assert not whole.interiors
    assert sum(outline.area for outline in outlines.values()) == pytest.approx(whole.area)
    assert [s.code for s in dossier["site"] if not outlines[s.area].contains(Point(s.longitude, s.latitude))] == []


def test_every_reference_leads_somewhere(dossier: dict[str, list[Entry]]) -> None:
    """No entry names a code that does not exist."""
    known = {(entry.kind, entry.code) for entry in everything(dossier)}
    missing = [
        (entry.code, path, code)
        for entry in everything(dossier)
        for path, kind, code in references(entry)
        if (kind, code) not in known
    ]
    assert missing == []


def test_what_is_released_is_released_to_a_role_or_a_partner(dossier: dict[str, list[Entry]]) -> None:
    """Somebody reads in every role or for every partner named; all three classifications are used."""
    readers = {*ROLES, *(partner.code for partner in dossier["partner"])}
    assert {name for entry in everything(dossier) for name in entry.released_to} <= readers
    assert {entry.classification for entry in everything(dossier)} == {"open", "restricted", "confidential"}


def test_evidence_of_framework_checks_exists(dossier: dict[str, list[Entry]]) -> None:
    """Evidence is named as kind:code, which no reference check can see."""
    known = {f"{entry.kind}:{entry.code}" for entry in everything(dossier)}
    named = {evidence for check in dossier["framework_check"] for evidence in check.evidence}
    assert named <= known


def test_every_title_has_its_french(dossier: dict[str, list[Entry]]) -> None:
    """The demonstration reads in both languages."""
    assert [(entry.kind, entry.code) for entry in everything(dossier) if not entry.title_fr] == []


def test_every_node_of_the_condition_tree_is_used(dossier: dict[str, list[Entry]]) -> None:
    """All, any, at least, not, veto and every kind of leaf stand somewhere in gates, criteria or triggers."""
    used = {name for entry in everything(dossier) for name in nodes(entry)}
    assert used >= {
        "AllOf", "AnyOf", "AtLeast", "Not", "Veto", "CriterionLeaf", "IndicatorLeaf", "EventsLeaf", "DateLeaf", "RiskLeaf",
        "LikelihoodLeaf", "SiteLeaf", "HandoverLeaf",
    }  # fmt: skip


def test_states_of_handovers_and_sites_are_shown_across_their_machines(dossier: dict[str, list[Entry]]) -> None:
    """Every state a reader may meet stands on some hand-over and site, and one hand-over was taken back."""
    assert len(dossier["handover"]) >= 60
    assert {handover.state for handover in dossier["handover"]} == set(HANDOVER_STEPS)
    assert {site.state for site in dossier["site"]} == set(SITE_STEPS)
    assert sum(len(handover.reversals) for handover in dossier["handover"]) == 1


def test_people_of_units_are_the_people_of_sites(dossier: dict[str, list[Entry]]) -> None:
    """The contingents that have not gone home add up to the soldiers and police stationed at the open sites."""
    units = sum(unit.personnel for unit in dossier["unit"] if unit.repatriation.actual is None)
    assert units == sum(site.uniformed for site in dossier["site"])


def test_measurements_cover_five_years_with_the_faults_of_real_data(
    dossier: dict[str, list[Entry]], rows: list[dict[str, str]]
) -> None:
    """Sixty months, by sex and age where it applies, with gaps, late series, a replacement, a redefinition and a discontinuation."""
    days = [date.fromisoformat(row["date"]) for row in rows]
    assert (min(days), max(days)) == (date(2021, 6, 30), date(2026, 5, 31))
    assert {row["indicator"] for row in rows} == {indicator.code for indicator in dossier["indicator"]}
    assert {row["group"] for row in rows if not row["group"].startswith("age=")} == {"", "sex=female", "sex=male"}
    assert Counter(row["replaces"] for row in rows)["SRC-PAYROLL"] == 18
    changes = Counter(version.change for indicator in dossier["indicator"] for version in indicator.versions)
    assert changes == {"created": 32, "redefined": 1, "discontinued": 1}
    monthly = Counter((row["indicator"], row["area"]) for row in rows if not row["group"] and not row["replaces"])
    assert any(50 <= number < 60 for number in monthly.values()), "some months are missing"
    ends: dict[tuple[str, str], str] = {}
    for row in rows:
        ends[row["indicator"], row["area"]] = max(row["date"], ends.get((row["indicator"], row["area"]), ""))
    assert ends["I-POL-POSTS", "XKA-TEL"] == "2026-02-28"
    assert ends["I-BUDGET-EXT", ""] == "2025-05-31"


def test_men_and_women_add_up_where_people_are_counted(rows: list[dict[str, str]]) -> None:
    """Counts by sex sum to the total of the same day and area, unless the total was replaced after a muster."""
    counts: dict[tuple[str, str, str], dict[str, int]] = {}
    for row in rows:
        if row["unit"] == "persons":
            counts.setdefault((row["indicator"], row["date"], row["area"]), {})[row["group"]] = int(row["value"])
    assert counts
    assert all(abs(c["sex=female"] + c["sex=male"] - c[""]) <= 1 for c in counts.values())


def test_ten_years_of_violence_come_in_three_waves_and_a_late_flare_up() -> None:
    """The worst years stand far above the calm ones between them, and more than 15 die in Drenshe in the last twelve months."""
    with (FOLDER / "area_months.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    deaths: Counter[str] = Counter()
    for row in rows:
        deaths[row["month"][:4]] += int(row["best"])
        assert int(row["low"]) <= int(row["best"]) <= int(row["high"])
    assert min(row["month"] for row in rows) >= "2016-07"
    assert max(row["month"] for row in rows) <= "2026-06"
    calm = max(deaths[year] for year in ("2021", "2024", "2025"))
    assert all(deaths[year] > 5 * calm for year in ("2017", "2020", "2022"))
    assert sum(int(row["best"]) for row in rows if row["area"] == "XKA-DRE" and row["month"] >= "2025-07") > 15


@pytest.fixture(scope="module")
def facts() -> Facts:
    """What is known on the dossier's day, read as every command reads it."""
    draft = read_folder(FOLDER)
    assert draft.findings == ()
    assert draft.dossier is not None
    return Facts(draft.dossier, date(2026, 6, 30))


SHOWN_ON_PURPOSE = {"no-accountable", "no-responsible", "support-not-counted"}
"""Doubts that the mission has on purpose: gaps in parts, and support on a commitment without the host's consent."""


def test_no_check_finds_a_fault_and_no_doubt_that_is_not_meant(facts: Facts) -> None:
    """The dossier passes every cross-check without an error; its doubts are those that pages about partners are to show."""
    assert {f.code for f in facts.dossier.findings} == SHOWN_ON_PURPOSE
    assert not [f for f in facts.dossier.findings if f.severity == "error"]


def gate(facts: Facts, code: str) -> Verdict:
    return facts.gate(facts.dossier.find(Gate, code))


def test_the_story_holds_on_the_day(facts: Facts) -> None:
    """Some gates are open, one is one criterion short, one is unknown for stale data, and no exit gate is open."""
    verdicts = {g.code: facts.gate(g) for g in facts.dossier.of(Gate)}
    assert {verdict.state for verdict in verdicts.values()} == {"met", "unmet", "unknown"}
    orumbeya = [part for part in verdicts["G-POL-ORU"].parts if part.state != "met"]
    assert [part.about for part in orumbeya] == ["criterion:C-TRUST-ORU"]
    budget = verdicts["G-HOME-BUDGET"]
    assert (budget.state, budget.reason, budget.owed_by) == ("unknown", "stale", "Ministry of Finance of Kasanda")
    assert all(verdicts[code].state == "unmet" for code in facts.dossier.mission.exit_gates)


def test_what_was_approved_stands_behind_an_open_gate(facts: Facts) -> None:
    """No hand-over is approved, on trial or done while one of its gates is shut: the plan follows its own rules."""
    forward = ("approved", "trial", "transferred", "monitored", "confirmed")
    shut = [
        (handover.code, code)
        for handover in facts.dossier.of(Handover)
        if handover.state in forward
        for code in handover.gates
        if gate(facts, code).state != "met"
    ]
    assert shut == []


def test_the_folder_is_small_enough_to_ship() -> None:
    """Under 2.5 million bytes in all."""
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 2_500_000
