"""The communication plan: people concerned first, and hand-overs nobody is told about before all others."""

from __future__ import annotations

from datetime import date

import pytest

from exitplan.engine.communications.plan import communications
from tests.domain.samples import ON, added, changed, sound

TRANSFER = "2020-10-01"


def told(*messages, transfer=TRANSFER):
    """The sample with H1's day of transfer and messages about it."""
    dossier = changed(sound(), "handovers", "H1", transfer={"forecast": transfer} if transfer else {})
    for number, message in enumerate(messages, 1):
        fields = {"audience": "A", "message": "M.", "handover": "H1", "languages": ["French"]} | message
        dossier = added(dossier, "communications", code=f"CM{number}", **fields)
    return dossier


def line(dossier, code="H1", on=ON):
    """One hand-over of the plan."""
    return next(t for t in communications(dossier, on).handovers if t.code == code)


PEOPLE = {"reaches": "people_concerned"}


@pytest.mark.parametrize(
    ("messages", "gaps"),
    [
        ([], ["no-message"]),
        ([PEOPLE | {"date": "2020-09-01"}], []),
        ([{"reaches": "public", "date": "2020-09-01"}], ["people-not-told", "others-first"]),
        ([PEOPLE | {"date": "2020-09-01"}, {"reaches": "public", "date": "2020-08-31"}], ["others-first"]),
        ([PEOPLE | {"date": "2020-09-01"}, {"reaches": "staff", "date": "2020-09-01"}], []),
        ([PEOPLE | {"date": "2020-09-01"}, {"reaches": "authorities", "date": "2020-01-01"}], []),
        ([PEOPLE | {"date": "2020-09-01"}, {"date": "2020-01-01"}], []),
        ([{"date": "2020-09-01"}], ["people-not-told"]),
        ([PEOPLE | {"date": "2020-10-02"}], ["people-told-late"]),
        ([PEOPLE | {"date": "2020-10-01"}], []),
        ([PEOPLE | {"date": "2020-09-01", "languages": []}], ["no-language"]),
        ([PEOPLE | {"date": "2020-04-01", "done": "2020-06-20"}, {"reaches": "partners", "date": "2020-05-01", "done": "2020-05-01"}], ["others-first"]),
    ],
)  # fmt: skip
def test_a_gap_is_told(messages, gaps):
    """Nobody told, others first by the days on which it was done, too late, in no language; authorities may know before."""
    assert list(line(told(*messages)).gaps) == gaps


@pytest.mark.parametrize(
    ("message", "state", "days"),
    [
        ({"date": "2020-09-01"}, "planned", -30),
        ({"date": "2020-06-29"}, "late", -94),
        ({"date": "2020-06-30"}, "planned", -93),
        ({"date": "2020-06-01", "done": "2020-06-10"}, "given", -113),
        ({"date": "2020-06-01", "done": "2020-07-01"}, "late", -92),
        ({"date": "2020-10-01"}, "planned", 0),
    ],
)
def test_a_message_has_a_state_and_a_day_against_the_transfer(message, state, days):
    """What is done counts from the day on which it was done."""
    found = line(told(PEOPLE | message)).messages[0]
    assert (found.state, found.days) == (state, days)


def test_without_a_day_of_transfer_no_days_are_told():
    """Nothing is counted from nothing."""
    assert line(told(PEOPLE | {"date": "2020-09-01"}, transfer=None)).messages[0].days is None


def test_hand_overs_to_come_without_a_message_stand_first():
    """Then those with other gaps; those done are last."""
    dossier = told({"reaches": "public", "date": "2020-09-01"})
    result = communications(dossier, ON)

    assert [t.code for t in result.handovers] == ["H2", "H1"]
    assert result.untold == 1

    done = changed(dossier, "handovers", "H2", state="transferred", transfer={"actual": "2020-05-01"})
    assert [t.code for t in communications(done, ON).handovers] == ["H1", "H2"]
    assert communications(done, ON).untold == 0


def test_rumours_are_kept_apart_and_open_ones_stand_first():
    """A rumour is no message: it fills no gap; its answer ends the count of its days."""
    dossier = told({"type": "rumour", "date": "2020-06-01"}, {"type": "rumour", "date": "2020-05-01", "answer": "No.", "answered": "2020-05-11"})  # fmt: skip
    result = communications(dossier, ON)

    assert line(dossier).gaps == ("no-message",)
    assert [(r.code, r.days_open) for r in result.rumours] == [("CM1", 29), ("CM2", 10)]
    assert {r.code: r.days_open for r in communications(dossier, date(2020, 5, 5)).rumours} == {"CM1": 0, "CM2": 4}
    assert result.late == 0
