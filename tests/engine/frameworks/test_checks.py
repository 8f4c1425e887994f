"""What a norm's machine check finds: met, partly met, not met, not applicable, and for whom it cannot be told."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from exitplan.domain.norms import NormCheck, kinds_looked_at, parts_of
from exitplan.engine.frameworks.checks import Looked, outcome
from exitplan.engine.frameworks.diligence import cases, forces
from exitplan.engine.readiness.quality import quality
from exitplan.importers.norms import quality_words
from tests.domain.samples import ON, added, changed, sound

READ = TypeAdapter(NormCheck)


def asked(tree, dossier=None, hidden=()):
    """What a check finds in the sample, or in another dossier."""
    dossier = dossier or sound()
    looked = Looked(
        dossier,
        ON,
        quality(dossier, ON, quality_words()).advice,
        forces(dossier, ON),
        cases(dossier, ON),
        frozenset(hidden),
    )
    return outcome(READ.validate_python(tree), looked)


OWNER = {"filled": ["owner"]}


@pytest.mark.parametrize(
    ("tree", "state"),
    [
        ({"every": "risk", "has": OWNER}, "met"),
        ({"every": "gate", "has": OWNER}, "not_met"),
        ({"every": "indicator", "has": OWNER}, "met"),
        ({"every": "lesson", "has": OWNER}, "not_met"),
        ({"every": "lesson", "has": OWNER, "if_any": True}, "not_applicable"),
        ({"every": "risk", "where": {"values": {"lens": ["personnel"]}}, "has": OWNER, "if_any": True}, "not_applicable"),
        ({"every": "criterion", "has": {"filled": ["baseline"]}}, "partly_met"),
        ({"some": "gate", "at_least": 2}, "met"),
        ({"some": "gate", "at_least": 3}, "partly_met"),
        ({"some": "lesson"}, "not_met"),
        ({"some": "mission", "has": {"filled": ["exit_gates"]}}, "met"),
        ({"some": "mission", "has": {"filled": ["risk_matrix.version"]}}, "met"),
        ({"some": "benchmark", "has": {"values": {"external": ["true"]}}}, "met"),
        ({"some": "benchmark", "has": {"values": {"external": ["false"]}}}, "not_met"),
        ({"every": "handover", "has": {"names": ["gate"]}}, "partly_met"),
        ({"every": "risk", "has": {"named_by": ["treatment"]}}, "met"),
        ({"every": "gate", "has": {"named_by": ["handover", "site"]}}, "met"),
        ({"some": "criterion", "has": {"group": "sex"}}, "not_met"),
        ({"all": [{"some": "gate"}, {"some": "risk"}]}, "met"),
        ({"all": [{"some": "gate"}, {"some": "lesson"}]}, "partly_met"),
        ({"all": [{"some": "lesson"}, {"some": "watch"}]}, "not_met"),
        ({"all": [{"some": "gate"}, {"every": "lesson", "has": OWNER, "if_any": True}]}, "met"),
        ({"any": [{"some": "lesson"}, {"some": "gate"}]}, "met"),
        ({"any": [{"some": "lesson"}, {"some": "watch"}]}, "not_met"),
        ({"free_of": ["vague-word"]}, "met"),
        ({"free_of": ["no-date"]}, "not_met"),
        ({"forces": "have_case"}, "not_applicable"),
    ],
    ids=str,
)  # fmt: skip
def test_a_check_finds_what_is_there(tree, state):
    """Each kind of node, with something, with part of it and with nothing."""
    assert asked(tree).state == state


def test_a_check_names_what_shows_and_what_lacks():
    """Both sides are named, and what is lacking in each."""
    found = asked({"every": "criterion", "has": {"filled": ["baseline"]}})

    assert [g.about for g in found.shows] == ["criterion:C1"]
    assert [(g.about, [x.what for x in g.lacks]) for g in found.lacking] == [("criterion:C2", ["baseline"])]


def test_a_breakdown_is_found_in_a_criterion_and_in_the_gate_that_waits_for_it():
    """A gate is broken down where one of its criteria is."""
    bars = {"all": [{"indicator": "I1", "min": 60}, {"indicator": "I1", "min": 50, "group": "sex=female"}]}
    dossier = changed(sound(), "criteria", "C1", condition=bars)

    assert asked({"some": "criterion", "has": {"group": "sex"}}, dossier).state == "met"
    assert asked({"some": "gate", "has": {"group": "sex"}}, dossier).state == "met"
    assert asked({"some": "gate", "has": {"group": "age"}}, dossier).state == "not_met"


@pytest.mark.parametrize(("months", "state"), [(0, "met"), (7, "met"), (8, "not_met"), (24, "not_met")])
def test_a_date_lies_so_many_months_before_the_mandate_ends(months, state):
    """The activity is due on 31 May 2020, seven months before the mandate's end on 31 December 2020."""
    assert asked({"some": "activity", "has": {"lead": {"field": "due", "months": months}}}).state == state


def test_a_date_before_an_end_that_is_not_known_is_not_met():
    """Without a mandate nobody can say how long before it something is due."""
    dossier = sound()
    bare = type(dossier)(
        mission=dossier.mission.model_copy(update={"mandate": None}),
        entries={kind: found for kind, found in dossier.entries.items() if kind != "mandate"},
    )

    assert asked({"some": "activity", "has": {"lead": {"field": "due", "months": 0}}}, bare).state == "not_met"


def test_the_entry_that_lacks_least_is_named():
    """Where none passes, the nearest one says what to do; one that has nothing of it is not named."""
    near = asked({"some": "risk", "has": {"filled": ["owner", "review_due"]}})
    far = asked({"some": "risk", "has": {"filled": ["review_due"]}})

    assert [(g.about, [x.what for x in g.lacks]) for g in near.lacking] == [("risk:R1", ["review_due"])]
    assert far.lacking == ()


@pytest.mark.parametrize(
    ("tree", "state"),
    [
        ({"every": "risk", "has": OWNER}, "not_shown"),  # a hidden one may lack it
        ({"every": "criterion", "has": {"filled": ["baseline"]}}, "partly_met"),  # one that is seen lacks it
        ({"some": "risk"}, "met"),  # one that is seen is enough
        ({"some": "risk", "at_least": 2}, "not_shown"),  # a hidden one may be the second
        ({"some": "gate", "at_least": 9}, "not_met"),  # no gate is hidden
        ({"all": [{"some": "risk", "at_least": 2}, {"some": "gate"}]}, "not_shown"),
        ({"all": [{"some": "risk", "at_least": 2}, {"some": "lesson"}]}, "not_met"),
    ],
    ids=str,
)
def test_what_hangs_on_hidden_entries_is_not_told(tree, state):
    """A reader who does not see every risk is told neither that it is met nor that it is not."""
    found = asked(tree, hidden=("risk", "criterion"))
    if tree == {"some": "gate", "at_least": 9}:
        state = "partly_met"  # two of nine

    assert found.state == state


@pytest.mark.parametrize(
    "tree",
    [
        {},
        {"every": "gate"},
        {"every": "gate", "has": {}},
        {"some": "gate", "at_least": 0},
        {"some": "gate", "has": {"lead": {"field": "due", "months": -1}}},
        {"free_of": []},
        {"free_of": ["ugly"]},
        {"forces": "be_nice"},
        {"all": []},
        {"any": [{"every": "gate"}]},
        {"every": "gate", "has": OWNER, "sometimes": True},
        "every gate has an owner",
        7,
    ],
    ids=str,
)
def test_a_check_that_means_nothing_cannot_exist(tree):
    """It is data with a type, not a text that somebody has to guess at."""
    with pytest.raises(ValidationError):
        READ.validate_python(tree)


def test_a_check_knows_its_parts_and_the_kinds_it_looks_at():
    """Readers who do not see one of these kinds whole are told less."""
    tree = READ.validate_python(
        {
            "all": [
                {"every": "gate", "has": {"named_by": ["site"]}},
                {"any": [{"some": "risk"}, {"free_of": ["no-date"]}]},
            ]
        }
    )

    assert len(parts_of(tree)) == 5
    assert kinds_looked_at(tree) == {"gate", "site", "risk", "benchmark", "criterion", "indicator"}


def test_stand_ins_for_hidden_gates_are_not_looked_at():
    """A nameless gate has no owner, and nobody is blamed for it."""
    dossier = changed(changed(sound(), "gates", "G1", owner="A"), "gates", "G2", owner="B")
    dossier = added(dossier, "gates", code="NOT-SHOWN-1", rule={"not_shown": "owner"})

    assert asked({"every": "gate", "has": OWNER}, dossier).state == "met"
