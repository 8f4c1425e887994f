"""Consent and access by date: what holds, what it costs in days, and what each party shows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from exitplan.engine.partners.access import access, days_covered
from tests.domain.samples import ON, added, sound

DAY = date(2020, 1, 1)
SPANS = st.lists(st.tuples(st.integers(0, 400), st.integers(1, 90)), max_size=12)


def sign(dossier, code, type="visa", direction="hinders", on="2020-01-01", **fields):
    """The dossier with one sign more."""
    about = {} if {"partner", "area", "agreement", "institution"} & set(fields) else {"partner": "PA"}
    return added(dossier, "signals", code=code, type=type, direction=direction, date=on, **about, **fields)


def lines(dossier, on=ON):
    """Signs by code."""
    return {line.code: line for line in access(dossier, on).signals}


@pytest.mark.parametrize(
    ("fields", "holds", "lost"),
    [
        ({}, True, 181),  # from New Year to 30 June
        ({"until": "2020-01-31"}, False, 30),
        ({"due": "2020-06-10"}, True, 20),  # waiting for an answer that was not due is no loss
        ({"due": "2020-06-10", "until": "2020-06-15"}, False, 5),
        ({"due": "2020-06-10", "until": "2020-06-01"}, False, 0),  # answered in time
        ({"due": "2020-09-01"}, True, 0),
        ({"until": "2020-09-01"}, True, 181),
        ({"direction": "supports"}, True, 0),
        ({"type": "political_will"}, True, 0),  # a stated position is no day lost
    ],
)
def test_days_are_lost_from_the_day_an_answer_was_due(fields, holds, lost):
    """To the day it ended, else to the day looked from."""
    line = lines(sign(sound(), "S1", **fields))["S1"]

    assert (line.holds, line.days_lost) == (holds, lost)


def test_a_sign_of_the_future_is_not_seen():
    """Looked at from the day before, there is nothing."""
    dossier = sign(sound(), "S1", on="2020-06-30")

    assert lines(dossier, date(2020, 6, 29)) == {}
    assert set(lines(dossier)) == {"S1"}


def test_days_of_several_hindrances_count_once():
    """Two visas over the same ten days cost ten days, not twenty."""
    dossier = sign(sign(sound(), "S1", on="2020-05-01", until="2020-05-11"), "S2", on="2020-05-06", until="2020-05-16")
    found = access(sign(dossier, "S3", "movement", on="2020-05-14", until="2020-05-20"), ON)

    assert [(x.type, x.days) for x in found.lost] == [("visa", 15), ("movement", 6)]
    assert found.lost_in_all == 19


@given(SPANS)
def test_the_union_of_spans_counts_each_day_once(spans):
    """Counted day by day it comes to the same."""
    spans = [(DAY + timedelta(days=a), DAY + timedelta(days=a + n)) for a, n in spans]
    counted = {first + timedelta(days=n) for first, last in spans for n in range((last - first).days)}

    assert days_covered(spans) == len(counted)


def test_overdue_answers_are_named_the_longest_overdue_first():
    """What was answered, or is not due, is not overdue."""
    dossier = sign(sound(), "LATE", "clearance", due="2020-06-01")
    dossier = sign(dossier, "LATER", "consent", due="2020-03-01")
    dossier = sign(dossier, "IN-TIME", due="2020-08-01")
    dossier = sign(dossier, "ANSWERED", due="2020-03-01", until="2020-04-01")

    assert access(dossier, ON).overdue == ("LATER", "LATE")


def test_what_a_party_shows_is_its_newest_sign_that_holds():
    """Those that hinder come first; a sign that ended no longer speaks for its party."""
    dossier = added(sound(), "partners", code="PB", type="state")
    dossier = sign(dossier, "A1", "political_will", "hinders", on="2020-01-01", until="2020-05-01")
    dossier = sign(dossier, "A2", "political_will", "supports", on="2019-06-01")
    dossier = sign(dossier, "B1", "consent", "supports", on="2020-01-01", partner="PB")
    dossier = sign(dossier, "B2", "political_will", "hinders", on="2020-02-01", partner="PB")
    found = access(dossier, ON).will

    assert [(w.party, w.now, w.since) for w in found] == [
        ("partner:PB", "hinders", date(2020, 2, 1)),
        ("partner:PA", "supports", date(2019, 6, 1)),
    ]
    assert access(dossier, date(2020, 1, 15)).will[0].party == "partner:PA"


def test_breaches_are_counted_by_agreement():
    """Those not mended first, with the first and the last day."""
    dossier = sound()
    for code in ("AG1", "AG2"):
        dossier = added(dossier, "agreements", code=code, parties=["PA"], type="status of forces")
    dossier = sign(dossier, "S1", "breach", on="2020-02-01", until="2020-03-01", agreement="AG1")
    dossier = sign(dossier, "S2", "breach", on="2020-04-01", until="2020-05-01", agreement="AG1")
    dossier = sign(dossier, "S3", "breach", on="2020-06-01", agreement="AG2")
    found = access(dossier, ON).breaches

    assert [(b.agreement, b.number, b.running) for b in found] == [("AG2", 1, 1), ("AG1", 2, 0)]
    assert (found[1].first, found[1].last) == (date(2020, 2, 1), date(2020, 4, 1))


@pytest.mark.parametrize(
    "fields",
    [
        {"until": "2019-12-31"},
        {"due": "2019-12-31"},
        {"partner": None},  # about nobody and nothing
        {"type": "mood"},
        {"direction": "against"},
        {"date": "last spring"},
    ],
)
def test_a_sign_that_makes_no_sense_is_refused(fields):
    """Before anything is counted."""
    from exitplan.domain.kinds import Signal

    good = {"code": "S1", "title": "S", "type": "visa", "direction": "hinders", "date": "2020-01-01", "partner": "PA"}
    Signal.model_validate(good)
    with pytest.raises(ValidationError):
        Signal.model_validate(good | fields)


def test_a_fact_about_consent_names_its_source():
    """Without one the dossier has a fault."""
    dossier = sign(sound(), "S1", "consent", "supports", basis="fact")

    assert [f.code for f in dossier.findings if f.kind == "signal"] == ["fact-without-source"]
