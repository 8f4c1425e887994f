"""Search: any part of a code or word, singular and plural alike, best first, and nothing that the reader does not see."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exitplan.domain.roles import ROLES, Reader, may_see
from exitplan.store import entries, missions
from exitplan.store.entries import Change
from exitplan.usecases.board import board, view
from exitplan.usecases.search import plain, search
from tests.domain.samples import added, sound

AT = datetime(2026, 1, 1, tzinfo=UTC)
WHO = {"who": "amina", "why": "because", "at": AT}


@pytest.fixture
def mission(home):
    """A mission whose confidential risk is named by a lesson that everybody sees."""
    dossier = sound()
    scores = [{"on": "2020-01-01", "likelihood": 3, "impact": 3}]
    dossier = added(
        dossier,
        "risks",
        code="R-OKAPI",
        lens="civilians",
        scores=scores,
        event="An axolotl.",
        classification="confidential",
    )
    dossier = added(dossier, "lessons", code="L1", title="Guards", finding="Posts stood empty.", about=["risk:R-OKAPI"])
    dossier = added(dossier, "lessons", code="L2", title="Empty posts", finding="Nobody there; l'école aussi.")
    missions.create(dossier, **WHO)
    return dossier.mission.code


def codes(mission, wanted, role="observer", lang="en"):
    """Codes found by a reader, best first."""
    return [hit.code for hit in search(view(mission, Reader(role)), wanted, lang)]


FOUND = {
    "L1": ["L1"],
    "ards": ["L1"],
    "empty posts": ["L2", "L1"],
    "post": ["L2", "L1"],
    "ecoles": ["L2"],
    "the guard": ["L1"],
    "nothing at all": [],
    "": [],
    '" OR *': [],
}


def test_parts_of_words_and_their_plurals_are_found(mission):
    """Titles before the rest; what memory finds by a part of a word stays, what only the index knows comes to it."""
    assert {wanted: [c for c in codes(mission, wanted) if c in ("L1", "L2")] for wanted in FOUND} == FOUND


@pytest.mark.parametrize("role", ROLES)
def test_hidden_words_find_nothing(mission, role):
    """Neither the hidden entry nor one that names it, though the index holds the words of both."""
    seen = view(mission, Reader(role))
    shown = bool(may_see(seen.reader, board(mission).dossier.named("risk", "R-OKAPI")))
    for wanted in ("okapi", "R-OKAPI", "axolotl", "okapis", "axolotls", "guard okapi"):
        assert bool(codes(mission, wanted, role)) == shown, wanted


def test_a_draft_is_found_at_once(mission):
    """What was saved a moment ago, faults and all."""
    entries.save(mission, [Change("lesson", "L3", {"code": "L3", "title": "Quokkas"}, 0)], **WHO)
    assert codes(mission, "quokka", "planner") == ["L3"]
    assert codes(mission, "quokkas here", "planner") == []


def test_the_words_around_are_the_readers_own(mission):
    """A hit in the text shows where it stands."""
    hit = next(h for h in search(view(mission, Reader("observer")), "nobody there", "en") if h.code == "L2")
    assert "Nobody there" in hit.around


@given(st.text())
def test_texts_are_compared_without_case_and_accents(text):
    """Each character by its own base letter, whatever was met before it; accents of French and signs of one letter among them."""
    assert plain(text) == "".join(unicodedata.normalize("NFKD", c)[0] for c in text).casefold()
    assert plain("L'École à Côté") == "l'ecole a cote"
