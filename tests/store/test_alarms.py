"""Alarms are raised once, answered in order, and every step is in the chain."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from exitplan.domain.errors import InvalidValue, NotFound
from exitplan.domain.roles import Reader
from exitplan.store import alarms, chain, entries, redaction
from exitplan.store.alarms import Raised
from exitplan.store.entries import Change
from exitplan.store.errors import Stale
from exitplan.store.models import Mission
from tests.store.samples import FAULTY, NOW, created

OFFICER = Reader("risk_officer", name="rita")
FOUND = Raised("W1", "cusum", "A1", "2025-12", ("A1",))
TODAY = NOW.date()


@pytest.fixture
def mission(home: Path) -> str:
    """A mission with one watch and one open alarm."""
    created()
    entries.save("M", [Change("watch", "W1", {"code": "W1", "title": "North"})], who="amina", why="w", at=NOW)
    assert alarms.raise_alarms("M", [FOUND], who="installation", at=NOW) == 1
    return "M"


def _step(act: str, version: int, **words: object) -> alarms.Alarm:
    number = alarms.alarms("M")[-1].id
    given = {"office": "Risk Cell", "day": TODAY, "text": "Said.", "at": NOW, **words}
    return alarms.take_step("M", number, version, act, OFFICER, **given)  # type: ignore[arg-type]


def test_asking_twice_raises_nothing_twice(mission: str) -> None:
    """The same month, and the months after it while nobody has closed it."""
    revision = Mission.objects.get(code=mission).revision
    assert alarms.raise_alarms(mission, [FOUND, replace(FOUND, month="2026-01")], who="i", at=NOW) == 0
    assert Mission.objects.get(code=mission).revision == revision


def test_an_alarm_is_acknowledged_answered_and_closed_on_record(mission: str) -> None:
    """Each step under its watch in the history, with office, day and words; the chain holds."""
    _step("acknowledge", 1, text="")
    _step("respond", 2, text="Committee met.")
    closed = _step("close", 3, text="Quiet for a month.")

    assert (closed.state, closed.version) == ("closed", 4)
    assert [(s.act, s.office, s.text) for s in closed.steps] == [
        ("acknowledge", "Risk Cell", ""),
        ("respond", "Risk Cell", "Committee met."),
        ("close", "Risk Cell", "Quiet for a month."),
    ]
    told = entries.history(mission, "watch", "W1")
    assert [(p.act, p.who, p.why) for p in told][:4] == [
        ("close", "rita", "Quiet for a month."),
        ("respond", "rita", "Committee met."),
        ("acknowledge", "rita", ""),
        ("alarm", "installation", ""),
    ]
    assert chain.verify(Mission.objects.get(code=mission)) is None


def test_after_it_was_closed_a_later_month_raises_it_again(mission: str) -> None:
    """What goes on is not silenced for good; the closed month stays closed."""
    _step("acknowledge", 1)
    _step("close", 2)
    assert alarms.raise_alarms(mission, [FOUND], who="i", at=NOW) == 0
    assert alarms.raise_alarms(mission, [replace(FOUND, month="2026-01")], who="i", at=NOW) == 1


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("close", {}),  # nobody has acknowledged it
        ("respond", {}),
        ("silence", {}),
        ("acknowledge", {"office": "  "}),
        ("acknowledge", {"day": date(2025, 12, 31)}),  # before it was raised
        ("acknowledge", {"day": date(2026, 1, 2)}),  # still to come
    ],
)
def test_steps_that_cannot_be_are_refused(mission: str, act: str, words: dict[str, object]) -> None:
    """Out of order, of no kind, by no office, on no possible day; nothing is written."""
    with pytest.raises(InvalidValue):
        _step(act, 1, **words)
    assert alarms.alarms(mission)[0].steps == ()


@pytest.mark.parametrize("act", ["respond", "close"])
def test_a_response_and_a_closing_have_words(mission: str, act: str) -> None:
    """What was done, or why."""
    _step("acknowledge", 1)
    with pytest.raises(InvalidValue):
        _step(act, 2, text=" ")


def test_somebody_who_was_slower_is_told(mission: str) -> None:
    """The version that was read decides."""
    _step("acknowledge", 1)
    with pytest.raises(Stale):
        _step("acknowledge", 1)
    with pytest.raises(NotFound):
        alarms.take_step(mission, 999, 1, "acknowledge", OFFICER, office="O", day=TODAY, text="", at=NOW)


def test_redacting_a_watch_takes_the_words_of_its_alarms(mission: str, tmp_path: Path) -> None:
    """The steps stay, what they said is gone."""
    _step("acknowledge", 1, text=FAULTY)
    redaction.redact_entry(mission, "watch", "W1", who="amina", why="law", at=NOW, folder=tmp_path)
    assert [s.text for s in alarms.alarms(mission)[0].steps] == [""]
    assert chain.verify(Mission.objects.get(code=mission)) is None
