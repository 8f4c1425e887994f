"""Check and judgement together, frameworks counted, gaps first, and nothing hidden by a judgement."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import get_args

import pytest

from exitplan.domain.kinds import Framework, Norm
from exitplan.domain.results.frameworks import NormState, Outcome
from exitplan.engine.frameworks.gaps import ORDER, frameworks, together
from exitplan.importers.norms import library_frameworks
from exitplan.usecases.frameworks import frameworks_of
from exitplan.usecases.open_mission import day_of, open_mission
from tests.domain.samples import ON, added, changed, sound

JUDGEMENTS = (None, "met", "partly_met", "not_met", "not_applicable", "not_checked")
GATES = {"every": "gate", "has": {"filled": ["owner"]}}


def norm(code="N1", **fields):
    """A norm of a framework that comes along."""
    given = {"code": code, "title": code, "framework": "FW", "asks": "x", "topic": "planning", "number": "1", **fields}
    return Norm.model_validate(given)


def library(*norms, published="2019-01-01"):
    """One framework that comes along."""
    return [(Framework.model_validate({"code": "FW", "title": "F", "symbol": "F/1", "published": published}), norms)]


def judged(dossier, status, **fields):
    """The dossier with one judgement."""
    given = {
        "code": "FC1",
        "framework": "F/1",
        "norm": "1",
        "norm_ref": "N1",
        "status": status,
        "checked": "2020-06-01",
    }
    return added(dossier, "framework_checks", **{**given, **fields})


def only(dossier, *norms):
    """The first norm as it stands."""
    (line,) = frameworks(dossier, ON, library=library(*norms)).frameworks
    return line.norms[0]


@pytest.mark.parametrize(("found", "said"), list(product(("met", "partly_met", "not_met"), JUDGEMENTS)))
def test_a_judgement_never_hides_a_check_that_fails(found, said):
    """The worse of the two stands, unless people say that the norm does not apply."""
    state = together(Outcome(state=found), said)

    if said == "not_applicable":
        assert state == "not_applicable"
    elif said in (None, "not_checked"):
        assert state == found
    else:
        assert ORDER.index(state) == min(ORDER.index(found), ORDER.index(said))


@pytest.mark.parametrize("said", JUDGEMENTS)
@pytest.mark.parametrize("found", [None, "not_applicable", "not_shown"])
def test_where_the_machine_has_no_answer_people_have_it(found, said):
    """And where nobody has one, that is said."""
    state = together(Outcome(state=found) if found else None, said)

    assert state == (said if said not in (None, "not_checked") else found or "not_checked")


def test_both_answers_are_shown_and_the_difference_is_marked():
    """Judged met, while two gates have no owner."""
    line = only(judged(sound(), "met"), norm(check=GATES))

    assert (line.state, line.check.state, line.judged[0].state, line.differs) == ("not_met", "not_met", "met", True)


def test_a_gap_closes_when_what_it_lacks_is_there():
    """Owners for both gates, and the judgement stands."""
    dossier = changed(changed(judged(sound(), "met"), "gates", "G1", owner="A"), "gates", "G2", owner="B")
    line = only(dossier, norm(check=GATES))

    assert (line.state, line.differs) == ("met", False)


def test_a_check_without_its_code_is_found_by_framework_and_number():
    """Dossiers written before norms had codes keep their judgements."""
    assert only(judged(sound(), "met", norm_ref=None), norm()).state == "met"
    assert only(judged(sound(), "met", norm_ref=None, framework="G/1"), norm()).state == "not_checked"


def test_a_judgement_after_the_day_is_not_seen_and_the_latest_before_it_stands():
    """The dossier as it stood on the day."""
    dossier = judged(judged(sound(), "not_met", checked="2020-01-01"), "met", code="FC2", checked="2020-05-01")
    dossier = judged(dossier, "partly_met", code="FC3", checked="2020-12-01")
    line = only(dossier, norm())

    assert (line.state, [j.code for j in line.judged]) == ("met", ["FC2", "FC1"])


def test_a_norm_leads_to_evidence_and_on_to_decisions():
    """The decision that names the evidence, and one that is evidence itself."""
    dossier = changed(sound(), "decisions", "D1", gates=["G1"])
    dossier = added(dossier, "decisions", code="D2", question="Go?")
    dossier = added(dossier, "decisions", code="D3", question="Stay?")
    line = only(judged(dossier, "met", evidence=["gate:G1", "decision:D2"]), norm())

    assert line.judged[0].evidence == ("gate:G1", "decision:D2")
    assert line.decisions == ("D1", "D2")


def test_norms_are_counted_and_never_averaged_what_is_not_met_first():
    """Counts by state add up to the number of norms, and no share stands anywhere."""
    norms = (norm("N1", check={"some": "gate"}), norm("N2", number="2", check=GATES), norm("N3", number="3"))
    found = frameworks(sound(), ON, library=library(*norms))
    (line,) = found.frameworks

    assert [n.code for n in line.norms] == ["N2", "N3", "N1"]
    assert (sum(line.counts.values()), found.counts) == (3, line.counts)
    assert [n.code for n in found.gaps] == ["N2"]
    assert set(line.counts) == set(get_args(NormState))
    assert "share" not in found.model_dump_json()


def test_what_was_issued_after_the_day_is_hindsight():
    """It is shown last, and counts for nothing."""
    late = library(norm(check=GATES), published="2021-09-09")
    found = frameworks(sound(), ON, library=late)

    assert found.frameworks[0].hindsight
    assert found.gaps == ()
    assert sum(found.counts.values()) == 0


def test_a_mission_adds_frameworks_of_the_same_kind():
    """Its own come after those that come along, and are marked."""
    dossier = added(sound(), "frameworks", code="OWN", symbol="O/1")
    dossier = added(dossier, "norms", code="O-1", framework="OWN", asks="Owners.", topic="planning", check=GATES)
    found = frameworks(dossier, ON, library=library(norm()))

    assert [(f.code, f.own) for f in found.frameworks] == [("FW", False), ("OWN", True)]
    assert found.find("O-1")[1].state == "not_met"


def test_a_judgement_of_an_unknown_norm_is_named():
    """It is not lost without a word."""
    found = frameworks(judged(sound(), "met", norm_ref="N9"), ON, library=library(norm()))

    assert found.unknown == ("FC1",)


@pytest.mark.parametrize("name", ["liberia-2015", "sierra-leone-2002"])
def test_real_missions_are_held_only_to_what_was_there(name):
    """No resolution of 2021 counts against a mission of 2002 or 2015."""
    dossier = open_mission(name)
    on = day_of(dossier, None)
    found = frameworks_of(dossier, on)

    assert {f.code for f in found.frameworks if f.hindsight} >= {"SRES-2594", "SG-DIRECTIVE-2019"}
    assert all(f.published <= on for f in found.frameworks if not f.hindsight)
    assert not any(n.judged for f in found.frameworks for n in f.norms)


def test_kasanda_tells_the_story():
    """Support that was suspended still runs; the guide's judgement on benchmarks is better than what the check finds."""
    found = frameworks_of(open_mission("kasanda"), date(2026, 6, 30))
    states = {n.code: n for f in found.frameworks for n in f.norms}

    assert [c.code for c in found.cases if c.loud] == ["DD-ARMY-DRE"]
    assert states["HRDDP-SUSPEND"].state == "not_met"
    assert states["GT-03"].differs
    assert found.unknown == ()
    assert found.forces[0].state == "suspended_running"


def test_every_norm_that_comes_along_can_be_looked_at():
    """Each check runs on every bundled mission without a fault; each norm stands somewhere."""
    every = {n.code for held in library_frameworks() for n in held.norms}
    for name in ("kasanda", "liberia-2015", "sierra-leone-2002"):
        dossier = open_mission(name)
        found = frameworks_of(dossier, day_of(dossier, None))
        assert every <= {n.code for f in found.frameworks for n in f.norms}
