"""What a brief says, before anybody sets it in type."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

from exitplan.domain.kinds import Decision, Source
from exitplan.domain.results.readiness import ConditionsClock
from exitplan.domain.results.stability import OutsideChance
from exitplan.reports import build_brief, document_values
from exitplan.reports.content.front import GATES_SHOWN
from exitplan.reports.content.material import clipped, joined
from exitplan.reports.documents import annex, fact_sheet, transition_plan
from exitplan.reports.page import Figure, Table
from exitplan.wording import Wording
from tests.reports.papers import paper_material
from tests.reports.sample import MONTHS, bare_material, clocks, dossier, futures, gate, material, status

REPORTS = Path(__file__).resolve().parents[2] / "src" / "exitplan" / "reports"


def texts(value: object) -> list[str]:
    """Every text inside plain values."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [t for v in value.values() for t in texts(v)]
    if isinstance(value, list | tuple):
        return [t for v in value for t in texts(v)]
    return []


def table(found, caption):
    """The table of a brief under a caption."""
    blocks = [b for s in found.sections for b in s.blocks if isinstance(b, Table)]
    return next(b for b in blocks if b.caption == caption)


def test_every_part_a_head_of_mission_was_promised_is_there(brief):
    """Map, evidence, sequence, futures, risks, money, changes, assumptions, sources and manifest, each with content."""
    keys = [s.key for s in brief.sections]

    assert keys == [
        "map",
        "gates",
        "benchmarks",
        "sequence",
        "capacity",
        "futures",
        "risks",
        "takeover",
        "partners",
        "after",
        "watch",
        "decisions",
        "changes",
        "assumptions",
        "sources",
        "manifest",
    ]
    assert all(s.blocks for s in brief.sections)


def test_a_mission_of_which_nothing_is_known_gets_a_brief_that_says_so():
    """Empty states are sentences, never empty tables, in both languages."""
    for lang in ("en", "fr"):
        found = build_brief(bare_material(lang))
        blocks = [b for s in found.sections for b in s.blocks]

        assert found.front.asked == ()
        assert found.front.asked_note
        assert found.front.dissent_note
        assert found.front.gates.rows == ()
        assert all(b.rows or b.empty for b in blocks if isinstance(b, Table))
        assert not [b for b in blocks if isinstance(b, Figure)]


def test_gates_that_are_not_open_stand_first_with_criterion_value_since_and_office(brief):
    """One glance tells what holds up the exit, how far it is off, since when, and who owes it."""
    (cells,) = brief.front.gates.rows

    assert [c.text for c in cells] == [
        "G1 Gate G1",
        "C1 Police trained",
        "64.5 % on 28 June 2026, at least 80 wanted",
        "28 Jan 2026",
        "Police of Nowhere",
    ]
    assert cells[0].mark == "unmet"
    assert brief.front.headline.startswith("1 of 1 exit gate is not open. The conditions are expected 6 months after")


def test_an_unknown_gate_is_never_among_the_open_ones():
    """Missing data count against the exit, not for it."""
    found = build_brief(material(status=status((gate("G1", "unknown", exit_gate=True),))))

    assert found.front.headline.startswith("1 of 1 exit gate is not open.")
    assert found.front.gates.rows[0][0].mark == "unknown"


@pytest.mark.slow
def test_open_gates_do_not_appear_among_those_that_are_not():
    """A mission whose gates are all open has an empty first table and says so."""
    found = build_brief(material(status=status((gate("G1", "met", exit_gate=True),))))

    assert found.front.gates.rows == ()
    assert found.front.headline.startswith("All exit gates are open.")


@pytest.mark.slow
def test_page_one_names_how_many_gates_it_leaves_out():
    """A short list never looks complete when it is not."""
    gates = tuple(gate(f"G{n}", "unmet", exit_gate=True) for n in range(GATES_SHOWN + 3))
    front = build_brief(material(status=status(gates))).front

    assert len(front.gates.rows) == GATES_SHOWN
    assert front.gates.note.startswith("3 more gates")


def test_three_decisions_are_asked_for_the_first_due_first(brief):
    """The fourth is counted, not shown."""
    assert [a.code for a in brief.front.asked] == ["D1", "D2", "D3"]
    assert brief.front.asked[0].options == ("Keep", "Change")
    assert brief.front.asked_note.startswith("1 more decision waits")


def test_dissent_keeps_its_own_words_and_its_office(brief):
    """A differing view is quoted on page one, with who holds it."""
    (dissent,) = brief.front.dissent

    assert (dissent.text, dissent.by) == ("Not before the harvest.", "Office of the North")


def test_the_brief_says_that_it_does_not_recommend_leaving(brief, brief_fr):
    """In both languages, on page one."""
    assert brief.front.informs == "This brief informs a decision; it does not recommend leaving."
    assert "ne recommande pas" in brief_fr.front.informs


@pytest.mark.slow
def test_an_invented_country_is_labelled_and_a_real_one_is_not(brief):
    """The banner follows the basis of the mission alone."""
    assert brief.banner.startswith("Fictional")
    assert build_brief(material(dossier=dossier(basis="fact"))).banner == ""


def test_chances_make_a_brief_restricted(brief):
    """Probabilities are restricted by default, whatever the entries say."""
    assert brief.classification == "Classification: restricted"
    assert build_brief(bare_material()).classification == "Classification: open"


@pytest.mark.slow
def test_the_highest_classification_inside_is_that_of_the_brief():
    """One confidential entry makes the whole confidential."""
    secret = Source(code="SRC-X", title="Annex", classification="confidential")

    assert build_brief(material(dossier=dossier(extra=(secret,)))).classification == "Classification: confidential"


def test_every_figure_has_its_table_its_words_and_a_name_of_its_own(brief):
    """Nobody has to see a picture to know what it says."""
    keys = [f.key for f in brief.figures]

    assert len(keys) == len(set(keys)) >= 14
    for figure in brief.figures:
        assert figure.table.rows, figure.key
        assert all(len(r) == len(figure.table.columns) for r in figure.table.rows), figure.key
        assert figure.alt, figure.key
        assert figure.title, figure.key


def test_every_row_has_a_cell_for_every_column(brief):
    """A shifted row would put a value under the wrong heading."""
    tables = [b for s in brief.sections for b in s.blocks if isinstance(b, Table)]

    assert all(len(r) == len(t.columns) for t in tables for r in t.rows)


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "words"), [("en", "do not imply"), ("fr", "n'impliquent")])
def test_the_map_carries_its_note_and_the_source_of_its_lines(lang, words):
    """No map goes out without them."""
    found = build_brief(material(lang))
    (figure,) = [f for f in found.figures if f.key == "map"]

    assert words in figure.note
    assert "Drawn for tests, 2026-01-01" in figure.source


def test_a_chance_is_shown_as_a_band_with_its_base_rate_and_definition(brief):
    """No bare probability: interval, definition and base rate stand in one row."""
    (figure,) = [f for f in brief.figures if f.key == "chance-country"]
    (cells,) = figure.table.rows
    found = [b for s in brief.sections if s.key == "futures" for b in s.blocks]

    assert [c.text for c in cells][:4] == ["R25 within 12 months", "15–45%", "30%", "25% of 90"]
    assert any("25 or more deaths from state-based violence" in t for b in found for t in texts(b.model_dump()))


def test_each_step_names_what_binds_it(brief):
    """A date without its reason cannot be argued about."""
    (figure,) = [f for f in brief.figures if f.key == "handovers-1"]
    (cells,) = figure.table.rows

    assert cells[1].text == "Mar 2027"
    assert cells[1].mark == "late"
    assert "gate G1" in cells[4].text


def test_what_became_harder_comes_before_what_became_easier(brief):
    """Bad news first."""
    rows = table(brief, "What changed since 31 March 2026").rows

    assert [r[5].text for r in rows] == ["harder", "easier"]
    assert [r[3].text for r in rows] == ["high", "open"]


def test_the_national_view_stands_before_the_missions(brief):
    """A counterpart finds its own rating first, and its reservation in its own words."""
    rows = table(brief, "Ratings by the parties").rows

    assert [r[1].text for r in rows] == ["national self-assessment", "mission"]
    assert "The north was not asked." in rows[1][5].text


def test_an_agreement_that_cannot_be_renewed_in_time_is_marked(brief):
    """32 days are left, a renewal takes 90."""
    ((_, _, _, ends, left, _),) = table(brief, "Agreements that end before the mission, or soon after").rows

    assert (ends.mark, left.text) == ("late", "32 days left")


def test_the_run_manifest_names_inputs_seed_and_versions(brief):
    """Every number can be traced."""
    rows = {r[0].text: r[1].text for r in table(brief, "Run manifest").rows}

    assert rows["Inputs (SHA-256)"] == "ab" * 32
    assert rows["Seed"] == "1"
    assert rows["Version of exitplan"] == "0.1.0"


@pytest.mark.slow
def test_conditions_beyond_the_horizon_are_not_dated():
    """No month is made up where the chance never reaches one half."""
    late = clocks().model_copy(
        update={
            "conditions": ConditionsClock(month=None, open_now=False, horizon_months=24),
            "gap_months": None,
            "standing": "beyond_horizon",
        }
    )
    found = build_brief(material(status=status().model_copy(update={"clocks": late})))
    by_label = {f.label: f.value for f in found.front.facts}

    assert by_label["Conditions"] == "beyond 24 months"
    assert by_label["Gap"] == "over 17 months"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("year", "said"), [(2014, "neighbouring countries at the end of 2014"), (None, "own record alone")]
)
def test_the_outside_view_says_what_it_knows(year, said):
    """Of which year the surroundings are, or that there are none."""
    chances = tuple(
        OutsideChance(
            what=what,
            within_years=1,
            after="2015-08",
            years_known=12,
            probability=0.1,
            low=0.05,
            high=0.2,
            surroundings=year,
        )
        for what in ("conflict", "war")
    )
    found = build_brief(material(futures=futures().model_copy(update={"outside": chances})))
    notes = [
        b.note for s in found.sections for b in s.blocks if isinstance(b, Table) and b.caption.startswith("Outside")
    ]
    assert len(notes) == 1
    assert said in notes[0]
    assert "12 years are on record" in notes[0]


def test_a_brief_without_plan_futures_capacity_and_risks_still_stands():
    """Each missing result is said, none is invented."""
    found = build_brief(material(schedule=None, futures=None, capacity=None, risks=None))
    said = {s.key: " ".join(texts(s.model_dump(mode="json"))) for s in found.sections}

    assert "No sequence has been worked out" in said["sequence"]
    assert "No futures were drawn" in said["futures"]
    assert "capacity" not in said


def test_values_for_other_programs_hold_every_table_and_no_picture(brief):
    """Pictures are for people; their tables say the same."""
    values = document_values(brief)
    said = texts(values)

    assert not any("<svg" in t for t in said)
    assert "64.5 % on 28 June 2026, at least 80 wanted" in said
    assert {s["key"] for s in values["sections"]} == {s.key for s in brief.sections}


def msgids() -> set[str]:
    """Every English sentence of the reports room, as handed to the wording."""
    found = set()
    for path in REPORTS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = node.func if isinstance(node, ast.Call) else None
            called = isinstance(name, ast.Name) and name.id == "w"
            called = called or (isinstance(name, ast.Attribute) and name.attr == "w")
            if called and node.args and isinstance(node.args[0], ast.Constant):
                found.add(node.args[0].value)
    return found


def test_the_french_brief_has_no_english_sentence_of_ours(brief_fr):
    """What has three words or more and no value in it would be seen as it stands."""
    said = set(texts(document_values(brief_fr))) | set(texts(brief_fr.labels.model_dump()))
    ours = {m for m in msgids() if len(m.split()) >= 3 and "{" not in m}

    assert len(ours) > 100
    assert sorted(m for m in ours if any(m in t for t in said)) == []


def test_french_uses_french_months_and_titles(brief_fr):
    """Names of entries and dates are in the reader's language where the dossier has them."""
    assert brief_fr.mission == "Mission de Nulle Part"
    assert brief_fr.day == "30 juin 2026"
    assert brief_fr.front.gates.rows[0][1].text == "C1 Police formée"


@pytest.mark.slow
@pytest.mark.parametrize("make", [build_brief, transition_plan, annex, fact_sheet])
def test_french_stands_a_space_before_its_colons_and_quotes_in_its_own_marks(make):
    """Sentences put together here follow the language too, not only those of the catalogue."""
    said = [t for t in texts(make(paper_material("fr")).model_dump(mode="json")) if not t.startswith("<svg")]
    wrong = [t for t in said if re.search(r"[^\s\u00a0\u202f][:;](\s|$)|[“”]", t)]

    assert wrong == []
    assert any("«\u00a0The north was not asked.\u00a0»" in t for t in said) == (make is not fact_sheet)


def test_long_texts_are_cut_at_a_word():
    """A page keeps its shape whatever people type."""
    assert clipped("one two three four", 12) == "one two…"
    assert clipped("  one \n two ", 12) == "one two"
    assert clipped("x" * 50, 10) == "x" * 9 + "…"


def test_a_long_list_says_how_much_it_leaves_out():
    """Three names of five, and two more."""
    assert joined("abcde", 3, Wording("en")) == "a, b, c and 2 more"


@pytest.mark.slow
def test_an_overdue_decision_is_called_overdue():
    """A date in the past is not shown as if it were to come."""
    old = Decision(code="D0", title="Old", question="Still?", due=MONTHS and material().on.replace(year=2025))
    found = build_brief(replace(material(), dossier=dossier(extra=(old,))))

    assert found.front.asked[0].due == "30 Jun 2025 (overdue)"


@pytest.mark.slow
def test_past_exits_stand_in_the_brief_only_where_they_were_looked_up():
    """A material without them has no such section; one with them names its sample as small."""
    from exitplan.domain.results.cases import CaseProfile
    from exitplan.engine.cases.similar import similar

    without = build_brief(material())
    brief = build_brief(material(past=similar(CaseProfile(), [])))

    assert "past-exits" not in {section.key for section in without.sections}
    told = next(section for section in brief.sections if section.key == "past-exits")
    assert any(block.kind == "paragraph" and "small sample" in block.text.lower() for block in told.blocks)


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "said"), [("en", "the test flatters the model"), ("fr", "le test flatte le modèle")])
def test_the_record_on_the_own_past_says_what_the_priors_had_seen(lang, said):
    """A test that flatters must say so where it is shown, and not where there is none."""
    shown = material(lang)
    caption = shown.w("Track record of the model on this mission’s own past")
    assert said in table(build_brief(shown), caption).note
    short = shown.futures.model_copy(update={"track_record": {}})
    assert table(build_brief(material(lang, futures=short)), caption).note == ""
