"""What is said of past exits is held against the figures, and `verify` names whatever is out of step."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from exitplan.importers.cases import BUNDLED
from exitplan.importers.safe_yaml import dump_yaml, read_yaml
from exitplan.usecases import cases

NAMED = {
    "UNTAG", "ONUSAL", "UNTAC", "ONUMOZ", "UNTAES", "UNAMIR", "MONUA", "UNAMSIL", "UNMISET", "BNUB", "MINURCAT", "UNMIT", "ISAF",
    "UNOCI", "MINUJUSTH", "UNMIL", "UNAMID", "MINUSMA", "MONUSCO-SK",
}  # fmt: skip


@pytest.fixture
def copy(tmp_path) -> Path:
    """The cases in a folder of our own, to be spoilt."""
    return Path(shutil.copytree(BUNDLED, tmp_path / "cases"))


def _changed(folder: Path, code: str, change) -> None:
    path = folder / f"{code}.yaml"
    body = read_yaml(path.read_text("utf-8")).value
    change(body)
    path.write_text(dump_yaml(body), "utf-8")


def _found(folder: Path) -> set[tuple[str, str, str]]:
    return {(f.code, f.entry, f.field) for f in cases.verify_cases(folder).findings}


def test_every_case_named_is_there_and_all_of_them_are_in_step():
    """Nineteen past exits, each figure with its source, each outcome as the figures give it."""
    found = cases.verify_cases()

    assert found.findings == ()
    assert {line.code for line in cases.cases().cases} == NAMED
    assert found.figures > 5000


def test_a_fact_without_a_source_is_named(copy):
    """Not dropped, not excused: named with its case and place."""
    _changed(copy, "UNAMSIL", lambda body: body["facts"][2].pop("sources"))

    assert _found(copy) == {("fact-without-source", "UNAMSIL", "facts[2]")}


def test_an_unknown_source_and_a_source_without_a_document_are_named(copy):
    """A source is a document that can be asked for."""
    _changed(copy, "ISAF", lambda body: body["departure"].update(sources=["HEARSAY"]))
    register = read_yaml((copy / "sources.yaml").read_text("utf-8")).value
    register[0]["document"] = ""
    (copy / "sources.yaml").write_text(dump_yaml(register), "utf-8")

    assert _found(copy) == {
        ("unknown-reference", "ISAF", "departure.sources"),
        ("source-without-document", register[0]["code"], "document"),
    }


@pytest.mark.parametrize(
    ("before", "after", "dimension"),
    [
        ("state_based,SLE,2007,0,UCDP-CY-25.1", "state_based,SLE,2007,31,UCDP-CY-25.1", True),
        ("police,UNAMSIL,2005-09,56,KATHMAN-2019", "police,UNAMSIL,2005-09,57,KATHMAN-2019", False),
    ],
)
def test_an_altered_figure_is_named_whether_or_not_an_outcome_hangs_on_it(copy, before, after, dimension):
    """The digest tells that a figure changed; the rule tells what it changes."""
    table = copy / "UNAMSIL.csv"
    text = table.read_text("utf-8")
    assert before in text
    table.write_text(text.replace(before, after), "utf-8")

    found = _found(copy)

    assert ("figures-altered", "UNAMSIL", "figures") in found
    assert (("outcome-not-as-stated", "UNAMSIL", "outcome.R1/2") in found) is dimension


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda body: body["outcome"].update(band="sustained"), "outcome.band"),
        (lambda body: body["outcome"]["dimensions"][3].update(state="clear"), "outcome.R2/5"),
        (lambda body: body["outcome"]["dimensions"][0].update(value=1.0), "outcome.R1/2"),
        (lambda body: body["outcome"]["dimensions"].pop(), "outcome.R8/2"),
    ],
)
def test_an_outcome_that_the_rule_does_not_give_is_named(copy, change, place):
    """A stated band, state or value is never taken on trust."""
    _changed(copy, "MINUJUSTH", change)

    assert _found(copy) == {("outcome-not-as-stated", "MINUJUSTH", place)}


def test_every_fault_is_named_at_once(copy):
    """One run, all faults, over several files."""
    _changed(copy, "UNMIL", lambda body: body["facts"][0].pop("sources"))
    _changed(copy, "UNOCI", lambda body: body["outcome"].update(band="sustained"))
    _changed(copy, "UNTAG", lambda body: body["facts"][0].update(dimension="R4"))

    assert _found(copy) == {
        ("fact-without-source", "UNMIL", "facts[0]"),
        ("outcome-not-as-stated", "UNOCI", "outcome.band"),
        ("inconsistent", "UNTAG", "facts[0]"),
    }


def test_files_that_are_not_sound_in_themselves_are_named_with_line_and_field(copy):
    """A table with a bad value and a case with a bad field: both in one answer."""
    table = copy / "UNTAC.csv"
    table.write_text(table.read_text("utf-8").replace("police,UNTAC", "pollice,UNTAC", 1), "utf-8")
    _changed(copy, "UNTAES", lambda body: body.update(region="balkans"))

    found = cases.verify_cases(copy)

    assert {(f.entry, f.field) for f in found.findings} == {("UNTAC", "series"), ("UNTAES", "region")}
    assert all(":" in f.where for f in found.findings if f.entry == "UNTAC")


def test_the_articles_claim_on_isaf_is_contradicted_and_the_one_on_unamsil_holds():
    """Claims stand beside the coded outcome, with what each got right."""
    isaf, unamsil = cases.library().case("ISAF"), cases.library().case("UNAMSIL")

    assert cases.outcome_of("ISAF").band == "failed"
    assert cases.outcome_of("UNAMSIL").band == "sustained"
    assert all(claim.right and claim.evidence for case in (isaf, unamsil) for claim in case.claims)


def test_exits_after_the_day_looked_from_are_left_out():
    """From 2015 nobody knows how Mali or Liberia itself went on."""
    found = cases.similar("liberia-2015").result

    assert {"UNMIL", "MINUSMA", "UNAMID", "MONUSCO-SK"} <= set(found.later)
    assert not set(found.later) & {line.code for line in found.similar}
