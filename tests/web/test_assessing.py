"""Hand-overs assessed: the counterpart's own view first, the joint one after it, each step on record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from exitplan.domain.errors import InvalidValue, NotAllowed, NotFound
from exitplan.domain.kinds import Assessment, Handover
from exitplan.domain.roles import ALLOWED, ROLES, Reader
from exitplan.usecases import assessing
from exitplan.usecases.assessing import Given
from exitplan.usecases.board import View, view
from exitplan.usecases.writing import Stale

ClientOf = Callable[..., Any]
COUNTERPART, PLANNER = Reader("national_counterpart", None, "them"), Reader("planner", None, "us")
ON, AT = date(2026, 6, 30), datetime(2026, 7, 1, tzinfo=UTC)


def in_state(seen: View, *states: str) -> Handover:
    """A hand-over in one of some states, with criteria to rate."""
    return next(h for h in seen.dossier.of(Handover) if h.state in states and assessing.criteria_of(seen, h))


def filed(reader: Reader, mission: str, code: str, **more: Any) -> assessing.Filed:
    seen = view(mission, reader)
    given: dict[str, Any] = {
        "party": assessing.parties(reader)[0] if assessing.parties(reader) else "self",
        "whole": Given("partly_met", "Two posts lack radios."),
        "criteria": {},
        "confidence": "medium",
        "version": seen.versions["handover", code],
        "office": "Joint committee",
        "on": ON,
        "at": AT,
    }
    return assessing.file(reader, mission, code, **{**given, **more})


def test_a_self_assessment_moves_a_proposed_handover(kasanda_code: str) -> None:
    """One entry for the whole and one for each criterion rated; the state follows."""
    seen = view(kasanda_code, COUNTERPART)
    handover = in_state(seen, "proposed")
    rated = assessing.criteria_of(seen, handover)
    done = filed(COUNTERPART, kasanda_code, handover.code, criteria={c.code: Given("met", "Seen.") for c in rated})
    now = view(kasanda_code, COUNTERPART)
    assert done.state == now.dossier.find(Handover, handover.code).state == "self_assessed"
    made = [now.dossier.find(Assessment, code) for code in done.codes]
    assert [a.criterion for a in made] == [None, *(c.code for c in rated)]
    assert {(a.party, a.handover, a.date, a.owner) for a in made} == {("self", handover.code, ON, "Joint committee")}


def test_a_joint_assessment_follows_a_self_assessment_and_no_other_state(kasanda_code: str) -> None:
    """From self-assessed it leads on; a proposed hand-over stays proposed, whatever the joint view says."""
    proposed = in_state(view(kasanda_code, PLANNER), "proposed").code
    assert filed(PLANNER, kasanda_code, proposed, party="joint").state == "proposed"
    filed(COUNTERPART, kasanda_code, proposed)
    assert filed(PLANNER, kasanda_code, proposed, party="joint").state == "jointly_assessed"
    assert filed(PLANNER, kasanda_code, proposed, party="mission").state == "jointly_assessed"


def test_the_remedial_loop_leads_back_to_a_self_assessment(kasanda_code: str) -> None:
    """What was sent back for mending is assessed again."""
    seen = view(kasanda_code, COUNTERPART)
    back = in_state(seen, "remedial", "reversed").code
    assert filed(COUNTERPART, kasanda_code, back).state == "self_assessed"


def test_two_assessments_of_a_day_get_codes_of_their_own(kasanda_code: str) -> None:
    """Nothing is overwritten."""
    code = in_state(view(kasanda_code, PLANNER), "proposed").code
    first, second = (filed(PLANNER, kasanda_code, code, party="mission").codes[0] for _ in range(2))
    assert second == f"{first}-2"


def test_criteria_left_unrated_leave_no_entry(kasanda_code: str) -> None:
    """Unless a word is said about them."""
    seen = view(kasanda_code, COUNTERPART)
    handover = in_state(seen, "proposed")
    names = [c.code for c in assessing.criteria_of(seen, handover)]
    given = {name: Given("not_rated") for name in names} | {names[0]: Given("not_rated", "Nobody could go there.")}
    assert len(filed(COUNTERPART, kasanda_code, handover.code, criteria=given).codes) == 2


@pytest.mark.parametrize("role", ROLES)
def test_each_role_speaks_for_its_own_side_alone(kasanda_code: str, role: str) -> None:
    """The counterpart for itself, people of the mission for the mission and the joint view, others for nobody."""
    reader = Reader(role, None, "somebody")
    code = in_state(view(kasanda_code, reader), "proposed").code
    for party in ("self", "mission", "joint"):
        allowed = "assess" in ALLOWED[role] and (party == "self") == (role == "national_counterpart")
        if allowed:
            assert filed(reader, kasanda_code, code, party=party).codes
        else:
            with pytest.raises(NotAllowed):
                filed(reader, kasanda_code, code, party=party)


@pytest.mark.parametrize(
    "bad",
    [
        {"whole": Given("good", "why")},
        {"whole": Given("met", "  ")},
        {"confidence": "certain"},
        {"criteria": {"NONE": Given("met")}},
        {"criteria": {"NONE": Given("")}},
    ],
)
def test_what_cannot_be_filed_is_refused_and_nothing_is_written(kasanda_code: str, bad: dict[str, Any]) -> None:
    """Neither entry nor state."""
    before = view(kasanda_code, COUNTERPART)
    code = in_state(before, "proposed").code
    with pytest.raises(InvalidValue):
        filed(COUNTERPART, kasanda_code, code, **bad)
    assert view(kasanda_code, COUNTERPART).revision == before.revision


def test_a_handover_changed_in_the_meantime_is_not_assessed_unseen(kasanda_code: str) -> None:
    """Whoever read an older version reads again first."""
    code = in_state(view(kasanda_code, COUNTERPART), "proposed").code
    old = view(kasanda_code, COUNTERPART).versions["handover", code]
    filed(COUNTERPART, kasanda_code, code)
    with pytest.raises(Stale):
        filed(PLANNER, kasanda_code, code, party="joint", version=old)


def test_a_handover_there_is_not_is_not_found(kasanda_code: str) -> None:
    """Nor one that is not shown."""
    given = {"party": "self", "whole": Given("met", "x"), "criteria": {}, "confidence": "low", "office": ""}
    with pytest.raises(NotFound):
        assessing.file(COUNTERPART, kasanda_code, "NONE", version=1, on=ON, at=AT, **given)


def test_an_assessment_of_something_restricted_stays_between_those_who_see_it(kasanda_code: str) -> None:
    """The counterpart sees what it filed; an observer does not."""
    from exitplan.usecases.writing import entry_body, save_entry

    owner = Reader("owner", None, "owner")
    seen = view(kasanda_code, owner)
    code = in_state(seen, "proposed").code
    body = {
        **entry_body(seen, "handover", code),
        "classification": "restricted",
        "released_to": ["national_counterpart"],
    }
    save_entry(
        owner, kasanda_code, "handover", body, version=seen.versions["handover", code], why="between the two", at=AT
    )
    made = filed(COUNTERPART, kasanda_code, code).codes[0]
    assert view(kasanda_code, COUNTERPART).knows("assessment", made)
    assert view(kasanda_code, PLANNER).knows("assessment", made)
    assert not view(kasanda_code, Reader("observer", None, "x")).knows("assessment", made)


def test_the_counterpart_assesses_in_the_browser(client_of: ClientOf, kasanda_code: str) -> None:
    """The form asks for a rating of each criterion, and leads back to the hand-over."""
    client = client_of("national_counterpart")
    code = in_state(view(kasanda_code, COUNTERPART), "proposed").code
    path = f"/m/{kasanda_code}/handovers/{code}/"
    assert '/assess/"' in client.get(path).content.decode()
    form = client.get(f"{path}assess/").content.decode()
    assert "National self-assessment" in form
    assert 'name="rating:' in form
    version = view(kasanda_code, COUNTERPART).versions["handover", code]
    sent = {"party": "self", "rating": "met", "confidence": "high", "date": "2026-06-30", "version": str(version)}
    refused = client.post(f"{path}assess/", sent)
    assert refused.status_code == 422
    answer = client.post(f"{path}assess/", {**sent, "rationale": "All posts are manned."})
    assert answer.status_code == 302
    shown = client.get(path).content.decode()
    assert "All posts are manned." in shown
    assert client.post(f"{path}assess/", {**sent, "rationale": "Once more."}).status_code == 409


def test_the_form_keeps_what_was_typed(client_of: ClientOf, kasanda_code: str) -> None:
    """A refusal loses no word."""
    client = client_of("national_counterpart")
    seen = view(kasanda_code, COUNTERPART)
    handover = in_state(seen, "proposed")
    name = assessing.criteria_of(seen, handover)[0].code
    sent = {
        "party": "self",
        "rating": "met",
        "date": "soon",
        "rationale": "Whole.",
        f"rationale:{name}": "A long thought.",
        "version": "1",
    }
    answer = client.post(f"/m/{kasanda_code}/handovers/{handover.code}/assess/", sent)
    assert answer.status_code == 422
    assert "A long thought." in answer.content.decode()


@pytest.mark.parametrize("role", ["observer", "partner", "risk_officer"])
def test_who_does_not_assess_is_refused(client_of: ClientOf, kasanda_code: str, role: str) -> None:
    """By the gate, and without a link."""
    client = client_of(role)
    code = in_state(view(kasanda_code, Reader("observer")), "proposed").code
    path = f"/m/{kasanda_code}/handovers/{code}/"
    assert client.get(f"{path}assess/").status_code == 403
    assert '/assess/"' not in client.get(path).content.decode()


def test_the_form_speaks_french(client_of: ClientOf, kasanda_code: str) -> None:
    """Headings and choices."""
    client = client_of("national_counterpart", lang="fr")
    code = in_state(view(kasanda_code, COUNTERPART), "proposed").code
    shown = client.get(f"/m/{kasanda_code}/handovers/{code}/assess/").content.decode()
    assert "Autoévaluation nationale" in shown
    assert "Consigner" in shown
