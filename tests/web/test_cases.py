"""Past exits are open to every role; what they are compared with is only what the reader may see."""

from __future__ import annotations

import pytest

from exitplan.domain.roles import ROLES, Reader, may


@pytest.mark.parametrize("role", ROLES)
def test_every_role_sees_the_list_and_a_case(client_of, kasanda_code, role):
    """The same words for everybody; a claim that is contradicted says so."""
    client = client_of(role)

    assert "UNAMSIL" in client.get(f"/m/{kasanda_code}/cases/").content.decode()
    assert "Contradicted by the coded outcome" in client.get(f"/m/{kasanda_code}/cases/ISAF/").content.decode()


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("empty", [False, True], ids=["kasanda", "empty"])
def test_the_pages_stand_in_both_languages_and_in_a_mission_that_has_just_begun(client_of, kasanda_code, empty, lang):
    """Where too little is known to compare, the page says so and lists every case all the same."""
    client = client_of("planner", empty=empty, lang=lang)
    code = "EMPTY" if empty else kasanda_code
    page = client.get(f"/m/{code}/cases/").content.decode()

    said = {
        "en": "Too little is known of this mission to compare it with past exits.",
        "fr": "On sait trop peu de cette mission pour la comparer à des sorties passées.",
    }[lang]
    assert (said in page) is empty
    assert f"/m/{code}/cases/MINUSMA/" in page


def test_a_case_that_is_not_there_is_not_found(client_of, kasanda_code):
    """Named in the reader's language, no crash."""
    assert client_of("planner").get(f"/m/{kasanda_code}/cases/UNEF/").status_code == 404


@pytest.mark.parametrize("role", ROLES)
def test_head_counts_that_a_reader_may_not_see_are_unknown_and_not_zero(client_of, kasanda_code, role):
    """Strength for the population is compared only for those who see positions and heads."""
    from exitplan.usecases.board import view
    from exitplan.usecases.cases import similar_seen
    from exitplan.usecases.looking import look

    client_of(role)
    reader = Reader(role=role, partner="P-UNDP" if role == "partner" else None)
    found = similar_seen(look(view(kasanda_code, reader)))

    assert (found.profile.per_100k is not None) == bool(may(reader, "see_positions"))
    assert (found.profile.weight is not None) == bool(may(reader, "see_positions"))
    assert found.profile.per_100k != 0
