"""A dossier with every fault people make, and some that only an attacker makes: each is named, none stops the reading."""

from __future__ import annotations

import json
import resource
import stat
import time
import tracemalloc
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from exitplan.domain.errors import Unreadable
from exitplan.domain.findings import VALUE_SHOWN, Finding
from exitplan.importers.bundle import read_bundle
from exitplan.importers.dossier_folder import read_folder
from exitplan.importers.draft import Draft
from exitplan.importers.new_dossier import starter_files


@dataclass(frozen=True)
class Fault:
    """One fault: what is changed in the starter dossier, and the finding it must give."""

    name: str
    file: str
    old: str
    """Text of the file that gives way; empty to put `new` at its end."""
    new: str
    code: str
    entry: str
    field: str
    wanted: str
    """A piece of what was wanted."""
    where: str
    """Beginning of the place."""
    value: str = ""
    """A piece of what was given."""


SITE = "\n- code: {0}\n  title: Planted\n  basis: fictional\n  area: NORTH\n  latitude: {1}\n  longitude: -20.5\n{2}"
GATE = "\n- code: {0}\n  title: Planted\n  basis: fictional\n{1}"
CRITERION = "\n- code: {0}\n  title: Planted\n  basis: fictional\n  benchmark: B1\n{1}"
HANDOVER = "\n- code: {0}\n  title: Planted\n  basis: fictional\n  function: ADMIN\n{1}"
ROW = "POSTS,1,{0},NORTH,total,{1},,,% of posts,VISITS,,jointly_assessed,medium,,{2}\n"

FAULTS = (
    Fault("unknown reference", "sites.yaml", "", SITE.format("P-REF", -28, "  gates: [G-NORHT]\n"),
          "unknown-reference", "P-REF", "gates[0]", "G-NORTH", "sites.yaml:", "G-NORHT"),
    Fault("reference to nothing in a rule", "gates.yaml", "", GATE.format("P-RULE", "  rule: {site: NOWHERE, states: [checked]}\n"),
          "unknown-reference", "P-RULE", "rule.site", "the code of a site", "gates.yaml:", "NOWHERE"),
    Fault("duplicate code", "areas.yaml", "", "\n- {code: SOUTH, title: Again, basis: fictional}\n",
          "duplicate-code", "SOUTH", "code", "2 times", "areas.yaml:10", "SOUTH"),
    Fault("cycle of hand-overs", "handovers.yaml", "", HANDOVER.format("P-A", "  after: [P-B]\n") + HANDOVER.format("P-B", "  after: [P-A]\n"),
          "circle", "P-A", "after", "nothing may wait for itself", "handovers.yaml:", "handover:P-B"),
    Fault("cycle of areas", "areas.yaml", "",
          "\n- {code: P-IN, title: In, basis: fictional, parent: P-OUT}\n- {code: P-OUT, title: Out, basis: fictional, parent: P-IN}\n",
          "circle", "P-IN", "parent", "nothing may wait for itself", "areas.yaml:", "P-OUT"),
    Fault("gate that can never open", "gates.yaml", "",
          GATE.format("P-NEVER", "  rule:\n    all:\n    - {indicator: POSTS, area: NORTH, min: 80}\n    - {indicator: POSTS, area: NORTH, max: 60}\n"),
          "never-opens", "P-NEVER", "rule", "one value can meet", "gates.yaml:", "at least 80 and at most 60"),
    Fault("gate that waits for what it guards", "handovers.yaml", "", HANDOVER.format("P-SELF", "  gates: [P-OWN]\n"),
          "never-opens", "P-SELF", "gates", "does not wait", "handovers.yaml:", "P-OWN"),
    Fault("its gate", "gates.yaml", "", GATE.format("P-OWN", "  rule: {handover: P-SELF, states: [confirmed]}\n"),
          "circle", "P-SELF", "after", "nothing may wait for itself", "handovers.yaml:", "P-SELF"),
    Fault("bar that is its own contradiction", "gates.yaml", "", GATE.format("P-BAR", "  rule: {indicator: POSTS, min: 5, max: 3}\n"),
          "inconsistent", "P-BAR", "rule", "no value can meet both", "gates.yaml:", "max: 3"),
    Fault("veto inside a not", "gates.yaml", "", GATE.format("P-VETO", "  rule: {not: {veto: {criterion: PAID}}}\n"),
          "inconsistent", "P-VETO", "rule", "no veto inside a not", "gates.yaml:"),
    Fault("rule of no known form", "gates.yaml", "", GATE.format("P-FORM", "  rule: {perhaps: PAID}\n"),
          "not-a-condition", "P-FORM", "rule", "criterion", "gates.yaml:", "perhaps"),
    Fault("target on the wrong side of the baseline", "criteria.yaml", "",
          CRITERION.format("P-SIDE", "  condition: {indicator: SAFE, min: 20}\n  baseline: 52\n"),
          "target-behind-baseline", "P-SIDE", "condition", "at or above the baseline 52", "criteria.yaml:", "20"),
    Fault("bar outside the range", "criteria.yaml", "", CRITERION.format("P-RANGE", "  condition: {indicator: SAFE, min: 120}\n"),
          "bar-out-of-range", "P-RANGE", "condition.min", "from 0", "criteria.yaml:", "120"),
    Fault("overlapping versions", "indicators.yaml", "    definition: Adults who",
          "    definition: Older wording.\n  - version: 2\n    start: 2025-01-01\n    definition: Adults who",
          "overlapping-versions", "SAFE", "versions", "version 1 to end before 2025-01-01", "indicators.yaml:19", "starts 2025-01-01"),
    Fault("date before start", "plans.yaml", "",
          "\n- {code: P-TIME, title: Planted, basis: fictional, drive: calendar, start: 2026-07, end: 2026-01}\n",
          "date-before-start", "P-TIME", "end", "on or after the start 2026-07", "plans.yaml:", "2026-01"),
    Fault("version that ends before it starts", "indicators.yaml", "    definition: Staff", "    end: 2020-01-01\n    definition: Staff",
          "inconsistent", "PAID", "versions[0]", "on or after the start 2024-01-01", "indicators.yaml:48", "end: 2020-01-01"),
    Fault("not a number", "sites.yaml", "", SITE.format("P-NAN", ".nan", ""),
          "not-finite", "P-NAN", "latitude", "a finite number", "sites.yaml:", "nan"),
    Fault("infinite", "sites.yaml", "", SITE.format("P-INF", -28, "  closing_cost: .inf\n"),
          "not-finite", "P-INF", "closing_cost", "a finite number", "sites.yaml:", "inf"),
    Fault("out of range", "sites.yaml", "", SITE.format("P-FAR", -280, ""),
          "out-of-range", "P-FAR", "latitude", "at least -90", "sites.yaml:", "-280"),
    Fault("site outside every area", "sites.yaml", "", SITE.format("P-SEA", 41.5, ""),
          "outside-every-area", "P-SEA", "latitude", "inside an area", "sites.yaml:", "41.5"),
    Fault("coordinates swapped", "sites.yaml", "", SITE.format("P-SWAP", -20.5, "").replace("longitude: -20.5", "longitude: -30"),
          "outside-every-area", "P-SWAP", "latitude", "look swapped", "sites.yaml:"),
    Fault("text of ten megabytes", "sites.yaml", "", SITE.format("P-LONG", -28, f"  note: {'a' * 10_000_000}\n"),
          "too-long", "P-LONG", "note", "at most 20000 characters", "sites.yaml:", "(10000000 characters)"),
    Fault("formula in a text", "sites.yaml", "", SITE.format("P-CALC", -28, "  guard: '=HYPERLINK(\"http://example.org\",\"open\")'\n"),
          "formula", "P-CALC", "guard", "plain text", "sites.yaml:", "=HYPERLINK"),
    Fault("unknown field", "sites.yaml", "", SITE.format("P-FIELD", -28, "  runing_cost_month: 5\n"),
          "unknown-field", "P-FIELD", "runing_cost_month", "running_cost_month", "sites.yaml:", "5"),
    Fault("field twice", "sites.yaml", "", SITE.format("P-TWICE", -28, "  guard: day watch\n  guard: night watch\n"),
          "duplicate-key", "", "", "each field once", "sites.yaml:", "guard"),
    Fault("no day", "sites.yaml", "", SITE.format("P-DAY", -28, "  opened: 31 June 2020\n"),
          "not-a-date", "P-DAY", "opened", "YYYY-MM-DD", "sites.yaml:", "31 June 2020"),
    Fault("a number for a day", "sites.yaml", "", SITE.format("P-ZERO", -28, "  opened: 0\n"),
          "not-a-date", "P-ZERO", "opened", "YYYY-MM-DD", "sites.yaml:", "0"),
    Fault("a truth value for a count", "sites.yaml", "", SITE.format("P-TRUE", -28, "  military: true\n"),
          "not-a-whole-number", "P-TRUE", "military", "a whole number", "sites.yaml:", "True"),
    Fault("no choice", "sites.yaml", "", SITE.format("P-STATE", -28, "  state: shut\n"),
          "not-a-choice", "P-STATE", "state", "'handed_over'", "sites.yaml:", "shut"),
    Fault("half a person", "sites.yaml", "", SITE.format("P-HALF", -28, "  military: 10.5\n"),
          "not-a-whole-number", "P-HALF", "military", "a whole number", "sites.yaml:", "10.5"),
    Fault("one word for a list", "sites.yaml", "", SITE.format("P-LIST", -28, "  gates: G-NORTH\n"),
          "not-a-list", "P-LIST", "gates", "a list", "sites.yaml:", "G-NORTH"),
    Fault("bad code", "sites.yaml", "", SITE.format("north camp", -28, ""),
          "bad-code", "north camp", "code", "capital letters", "sites.yaml:", "north camp"),
    Fault("missing field", "functions.yaml", "", "\n- {code: P-MISS, title: Planted, basis: fictional}\n",
          "missing-field", "P-MISS", "trade", "Kind of work", "functions.yaml:", "nothing"),
    Fault("month that is none", "plans.yaml", "", "\n- {code: P-MONTH, title: Planted, basis: fictional, drive: calendar, start: 2026-13}\n",
          "not-a-month", "P-MONTH", "start", "YYYY-MM", "plans.yaml:", "2026-13"),
    Fault("closure steps in a circle", "sites.yaml", "",
          SITE.format("P-STEPS", -28, "  steps:\n  - {code: a, title: A, days: 1, after: [b]}\n  - {code: b, title: B, days: 1, after: [a]}\n"),
          "circle", "P-STEPS", "steps", "an order that ends", "sites.yaml:"),
    Fault("fact without source", "areas.yaml", "", "\n- {code: P-FACT, title: Planted, basis: fact}\n",
          "fact-without-source", "P-FACT", "sources", "the code of a source", "areas.yaml:"),
    Fault("happened in the future", "handovers.yaml", "", HANDOVER.format("P-FUT", "  state: transferred\n  transfer: {actual: 2027-01-31}\n"),
          "date-in-future", "P-FUT", "transfer.actual", "on or before 2026-06-30", "handovers.yaml:", "2027-01-31"),
    Fault("alias bomb", "needs.yaml", "", "- &a {code: A, title: [x, x]}\n- &b [*a, *a, *a]\n- &c [*b, *b, *b]\n",
          "alias", "", "", "without anchors and aliases", "needs.yaml:1", "&a"),
    Fault("tag", "lessons.yaml", "", "- code: P-TAG\n  title: !!python/object/apply:os.system [echo]\n  finding: none\n",
          "tag", "", "", "without tags", "lessons.yaml:2", "python"),
    Fault("no YAML", "risks.yaml", "", "- code: R1\n  title: [unclosed\n- code: R2\n",
          "not-yaml", "", "", "YAML", "risks.yaml:3"),
    Fault("nested too deep", "watches.yaml", "", "[" * 60,
          "too-deep", "", "", "at most 40 levels", "watches.yaml:1", "41 levels"),
    Fault("mapping for a list", "units.yaml", "", "code: U1\ntitle: Unit\n",
          "not-a-list", "", "", "a list of entries", "units.yaml:1", "code, title"),
    Fault("measurement of nothing", "measurements.csv", "", ROW.format("2026-05-15", "nan", ""),
          "refused-row", "", "value", "a finite number", "measurements.csv:113", "nan"),
    Fault("formula in a table", "measurements.csv", "", ROW.format("2026-05-16", 70, "=1+1"),
          "refused-row", "", "note", "not a formula", "measurements.csv:114", "=1+1"),
    Fault("measurement out of range", "measurements.csv", "", ROW.format("2026-05-17", 130, ""),
          "out-of-range", "POSTS 2026-05-17 NORTH total", "value", "from 0", "measurements.csv", "130"),
    Fault("measurement from before the version", "measurements.csv", "", ROW.format("2014-05-17", 30, ""),
          "outside-version", "POSTS 2014-05-17 NORTH total", "date", "from 2024-01-01", "measurements.csv", "2014-05-17"),
    Fault("negative deaths", "area_months.csv", "", "NORTH,2026-01,1,1,-3,-3,-3,COUNTS\n",
          "refused-row", "", "best", "0 or more", "area_months.csv:69", "-3"),
    Fault("month after the vantage date", "area_months.csv", "", "NORTH,2027-01,1,1,3,3,3,COUNTS\n",
          "date-in-future", "2027-01", "month", "on or before 2026-06-30", "area_months.csv", "2027-01"),
    Fault("open ring", "areas.geojson", "[-22.0,-29.0]]]", "[-22.0,-28.0]]]",
          "not-a-boundary", "NORTH", "geometry", "the last equal to the first", "areas.geojson", "5 points"),
    Fault("boundary of no area", "areas.geojson", '"code":"SOUTH"', '"code":"WEST"',
          "unknown-reference", "WEST", "code", "the code of an area", "areas.geojson", "WEST"),
    Fault("unknown file", "sights.yaml", "", "- code: X\n",
          "unknown-file", "", "", "areas.yaml", "sights.yaml", "sights.yaml"),
)  # fmt: skip


def planted(folder: Path, *faults: Fault) -> Path:
    """The starter dossier with faults planted in it, in a folder."""
    folder.mkdir()
    files = {name: content.decode() for name, content in starter_files().items()}
    for fault in faults:
        text = files.get(fault.file, "")
        assert fault.old in text, f"{fault.name}: the starter dossier has changed"
        files[fault.file] = text.replace(fault.old, fault.new, 1) if fault.old else text + fault.new
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def named(fault: Fault, findings: tuple[Finding, ...]) -> list[Finding]:
    """The findings that name a fault in full: code, entry, field, value, what was wanted, and where."""
    return [
        f
        for f in findings
        if (f.code, f.entry, f.field) == (fault.code, fault.entry, fault.field)
        and fault.wanted in f.wanted
        and fault.value in f.value
        and f.where.startswith(fault.where)
    ]


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Draft:
    """The dossier with all faults at once."""
    return read_folder(planted(tmp_path_factory.mktemp("faults") / "dossier", *FAULTS))


def test_the_starter_dossier_is_sound_without_them(tmp_path):
    """Every finding of the tests below comes from a planted fault."""
    assert read_folder(planted(tmp_path / "dossier")).everything == ()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_every_fault_is_named_with_place_value_and_what_was_wanted(everything, fault):
    """All faults at once, each by its own finding: none hides another."""
    assert named(fault, everything.everything), [
        f for f in everything.everything if f.where.startswith(fault.file) and f.entry in ("", fault.entry)
    ]


def test_nobody_is_called_wrong_for_naming_a_faulty_entry(tmp_path):
    """One fault, one finding: references to an entry that is there but faulty are not reported as unknown."""
    broken = Fault("bad area", "areas.yaml", "population: 900000", "population: many", "", "", "", "", "")

    assert [f.code for f in read_folder(planted(tmp_path / "dossier", broken)).everything] == ["not-a-whole-number"]


def test_nobody_is_called_wrong_for_naming_an_entry_of_an_unreadable_file(tmp_path):
    """The same when a whole file is no YAML."""
    broken = Fault("bad file", "areas.yaml", "population: 900000", "population: [", "", "", "", "", "")

    assert [f.code for f in read_folder(planted(tmp_path / "dossier", broken)).everything] == ["not-yaml"]


def test_findings_are_short_whatever_was_given(everything):
    """No finding carries a paste with it."""
    for finding in everything.everything:
        assert len(finding.value) <= VALUE_SHOWN + 40, finding.code
        assert len(finding.wanted) <= 700, finding.code
        assert "\n" not in finding.value


def test_ten_thousand_faults_of_one_kind_stay_readable(tmp_path):
    """The first of them, and one that says how many more there are."""
    rows = "".join(f"- {{code: X{n}, title: T, basis: fictional, level: moon}}\n" for n in range(10_000))
    findings = read_folder(
        planted(tmp_path / "dossier", Fault("many", "areas.yaml", "", rows, "", "", "", "", ""))
    ).everything

    assert [f.code for f in findings] == ["not-a-choice"] * 200 + ["too-many-faults", "not-a-choice"]
    assert [f.value for f in findings[-2:]] == ["9000 entries left unread", "800 more"]


def test_an_entry_of_ten_thousand_faults_is_one_finding(tmp_path):
    """A list of the wrong things is not taken apart item by item."""
    row = f"- {{code: X, title: T, basis: fictional, sources: [{'a,' * 10_000}]}}\n"
    folder = planted(tmp_path / "dossier", Fault("many", "areas.yaml", "", row, "", "", "", "", ""))

    assert [(f.code, f.value) for f in read_folder(folder).everything] == [("too-many-faults", "10000 faults")]


def test_time_and_memory_stay_bounded(tmp_path):
    """Everything at once, the ten-megabyte text included, takes seconds and a few times the size of the files."""
    folder = planted(tmp_path / "dossier", *FAULTS)
    tracemalloc.start()
    begun = time.process_time()
    assert read_folder(folder).everything
    took, (_, peak) = time.process_time() - begun, tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert took < 60
    assert peak < 400_000_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 8_000_000  # kilobytes


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("mission.yaml", None, "missing-file"),
        ("mission.yaml", b"format: 1\n", "missing-field"),
        ("mission.yaml", b"mission: {}\n", "unknown-format"),
        ("mission.yaml", b"format: 99\nmission: {}\n", "unknown-format"),
        ("mission.yaml", b"format: one\nmission: {}\n", "unknown-format"),
        ("mission.yaml", b"- 1\n", "missing-field"),
        ("mission.yaml", b"", "missing-field"),
        ("mission.yaml", b"\xff\xfe\x00", "not-utf-8"),
        ("sites.yaml", b"- code: CAMP-N\n  title: Caf\xe9\n", "not-utf-8"),
        ("sites.yaml", b"- code: A\n\tcode: B\n", "not-yaml"),
        ("sites.yaml", b"- code: A\n---\n- code: B\n", "not-yaml"),
        ("sites.yaml", b"- code: \x00\n", "not-yaml"),
        ("sites.yaml", b"- ? [a]\n  : b\n", "not-yaml"),
        ("sites.yaml", b"- just text\n", "not-a-mapping"),
        ("sites.yaml", b"only text\n", "not-a-list"),
        ("measurements.csv", b"indicator,date\nPOSTS,2026-01-01\n", "missing-column"),
        ("measurements.csv", b"indicator,date,value,mood\nPOSTS,2026-01-01,5,good\n", "unknown-column"),
        ("measurements.csv", b'indicator,date,value\nPOSTS,2026-01-31,70,,,,\n', "refused-row"),
        ("measurements.csv", b"", "not-a-table"),
        ("areas.geojson", b"{", "not-json"),
        ("areas.geojson", b"[1]", "not-json"),
        ("areas.geojson", b'{"type":"FeatureCollection","features":[NaN]}', "not-json"),
        ("areas.geojson", b"[" * 100_000, "not-json"),
        ("areas.geojson", b'{"type":"FeatureCollection","features":[3]}', "missing-field"),
        ("areas.geojson", b'{"features":[{"properties":{"code":"NORTH"},"geometry":{"type":"Point"}}]}', "not-a-boundary"),
        ("areas.geojson", b'{"features":[{"properties":{"code":"NORTH"},"geometry":{"type":"Polygon","coordinates":5}}]}', "not-a-boundary"),
        ("areas.geojson", b'{"features":[{"properties":{"code":"NORTH"},"geometry":{"type":"Polygon","coordinates":[[[300,95]]]}}]}', "not-a-boundary"),
        ("areas.geojson", b'{"features":[{"properties":{"code":"NORTH"},"geometry":{"type":"MultiPolygon","coordinates":[[]]}}]}', "not-a-boundary"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_its_name_says_is_named(tmp_path, name, content, code):
    """Each file on its own: one readable finding, no exception, and the rest of the dossier still read."""
    folder = planted(tmp_path / "dossier")
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)

    findings = [f for f in read_folder(folder).findings if f.where.startswith(name)]

    assert code in [f.code for f in findings]
    assert all(f.wanted for f in findings)


def test_a_file_of_gigabytes_is_not_even_opened(tmp_path):
    """A sparse file of 3 GB beside the others: its size is the finding."""
    folder = planted(tmp_path / "dossier")
    with (folder / "needs.yaml").open("wb") as file:
        file.truncate(3_000_000_000)

    assert [(f.code, f.value) for f in read_folder(folder).findings] == [("too-large", "3000000000 bytes")]


def test_a_link_out_of_the_folder_is_refused(tmp_path):
    """A link may lead anywhere, so none is followed."""
    folder = planted(tmp_path / "dossier")
    (tmp_path / "secret.yaml").write_text("- {code: S, title: Secret, basis: fictional}\n")
    (folder / "needs.yaml").symlink_to(tmp_path / "secret.yaml")
    draft = read_folder(folder)

    assert [(f.code, f.where) for f in draft.findings] == [("leaves-folder", "needs.yaml")]
    assert "need" not in draft.dossier.entries


def test_a_folder_in_place_of_a_file_is_named(tmp_path):
    """A folder called needs.yaml is no file."""
    folder = planted(tmp_path / "dossier")
    (folder / "needs.yaml").mkdir()

    assert [f.code for f in read_folder(folder).findings] == ["not-a-file"]


def test_events_stay_unread(tmp_path):
    """The folder `events` is local and no concern of a dossier, even when it holds nonsense."""
    folder = planted(tmp_path / "dossier")
    (folder / "events").mkdir()
    (folder / "events" / "ged.csv").write_bytes(b"\xff\x00")

    assert read_folder(folder).everything == ()


def test_a_missing_folder_is_said_in_one_line(tmp_path):
    """No such folder is no fault of a dossier."""
    with pytest.raises(Unreadable, match="nowhere"):
        read_folder(tmp_path / "nowhere")


# Bundles


def bundle(path: Path, *extra: tuple[str | zipfile.ZipInfo, bytes], packed: int = zipfile.ZIP_DEFLATED) -> Path:
    """The starter dossier as a zip, with further members."""
    with zipfile.ZipFile(path, "w", packed) as archive:
        for name, content in starter_files().items():
            archive.writestr(name, content)
        for name, content in extra:
            archive.writestr(name, content)
    return path


def link(name: str) -> zipfile.ZipInfo:
    """A member that is a symbolic link."""
    member = zipfile.ZipInfo(name)
    member.create_system = 3
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    return member


@pytest.mark.parametrize(
    ("member", "content", "code"),
    [
        ("../needs.yaml", b"- {code: N, title: N}", "leaves-folder"),
        ("a/../../needs.yaml", b"- {code: N, title: N}", "leaves-folder"),
        ("/etc/needs.yaml", b"- {code: N, title: N}", "leaves-folder"),
        ("..\\needs.yaml", b"- {code: N, title: N}", "leaves-folder"),
        ("C:/needs.yaml", b"- {code: N, title: N}", "leaves-folder"),
        (link("needs.yaml"), b"/etc/passwd", "leaves-folder"),
        ("needs.yaml", b"#" * 15_000_000, "zip-bomb"),
        ("needs.yaml", b"# a long story\n" * 2_000_000, "zip-bomb"),
        ("events/ged.csv", b"id,best\n1,1\n", "unknown-file"),
        ("nested.zip", b"PK\x03\x04", "unknown-file"),
        ("deep/needs.yaml", b"- {code: N, title: N}", "unknown-file"),
    ],
)  # fmt: skip
def test_a_bundle_that_reaches_out_or_blows_up_is_refused_by_name(tmp_path, member, content, code):
    """The member is left alone and named; the rest is read."""
    draft = read_bundle(bundle(tmp_path / "b.zip", (member, content)))

    assert [f.code for f in draft.findings] == [code]
    assert draft.dossier is not None
    assert "need" not in draft.dossier.entries


def test_a_bundle_with_a_file_too_large_is_refused_by_name(tmp_path):
    """Stored rather than packed, so that only its size speaks against it."""
    draft = read_bundle(bundle(tmp_path / "b.zip", ("needs.yaml", b"#" * 21_000_000), packed=zipfile.ZIP_STORED))

    assert [f.code for f in draft.findings] == ["too-large"]


def test_a_file_that_is_there_twice_is_named(tmp_path):
    """Two readers could otherwise see two different dossiers in one bundle."""
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = bundle(tmp_path / "b.zip", ("areas.yaml", b"- {code: OTHER, title: O}"))

    assert [f.code for f in read_bundle(path).findings] == ["duplicate-file"]


def test_a_damaged_member_is_named(tmp_path):
    """One flipped byte in the packed content of one file."""
    path = bundle(tmp_path / "b.zip")
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("sites.yaml").header_offset + 30 + len("sites.yaml") + 40
    data = bytearray(path.read_bytes())
    data[start] ^= 0xFF
    path.write_bytes(data)

    assert ("damaged-file", "sites.yaml") in [(f.code, f.where) for f in read_bundle(path).findings]


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04" + b"\0" * 40])
def test_what_is_no_zip_is_said_in_one_line(tmp_path, content):
    """No dossier, no findings: not a bundle at all."""
    path = tmp_path / "b.zip"
    path.write_bytes(content)
    with pytest.raises(Unreadable):
        read_bundle(path)


def test_a_bundle_of_thousands_of_files_is_refused(tmp_path):
    """A dossier has fewer than fifty files."""
    path = bundle(tmp_path / "b.zip", *((f"f{n}", b"") for n in range(1001)))
    with pytest.raises(Unreadable, match="more than 1000 files"):
        read_bundle(path)


def test_a_bundle_packed_with_its_folder_is_read(tmp_path):
    """As file managers pack it: one folder, and hidden files beside."""
    path = tmp_path / "b.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in starter_files().items():
            archive.writestr(f"my-mission/{name}", content)
        archive.writestr("my-mission/.DS_Store", b"\0")
    draft = read_bundle(path)

    assert draft.everything == ()
    assert json.dumps(sorted(draft.dossier.entries))
