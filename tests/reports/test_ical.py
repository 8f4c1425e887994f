"""The transition calendar as iCalendar: held against RFC 5545 line by line, and against another reader."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest

from exitplan.domain.months import month_of, months_later
from exitplan.reports.documents import CalendarEvent, calendar_events, calendar_rows
from exitplan.reports.documents.transition_calendar import months_apart
from exitplan.reports.ical import render_ical
from exitplan.wording import Wording
from tests.reports.papers import EXTRA
from tests.reports.sample import ON, dossier

END = date(2027, 1, 31)


def made(lang: str = "en", end: date | None = END) -> bytes:
    w = Wording(lang)
    return render_ical(calendar_events(dossier(extra=EXTRA), end, w, on=ON), name="NOW", on=ON, w=w)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_lines_are_folded_as_the_standard_asks(lang: str) -> None:
    """Lines end with CR LF and hold 75 octets at most; a folded one goes on with a blank; no letter is cut in two."""
    file = made(lang)
    lines = file.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in file.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode("utf-8")
    unfolded = file.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]
    assert all(line.split(":")[0].split(";")[0].replace("-", "").isalnum() for line in unfolded)
    opened = [line.partition(":")[2] for line in unfolded if line.startswith("BEGIN:")]
    closed = [line.partition(":")[2] for line in unfolded if line.startswith("END:")]
    assert sorted(opened) == sorted(closed)
    assert "VTIMEZONE" not in opened


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_another_reader_finds_whole_days_with_names_that_are_unique(lang: str) -> None:
    """Every event lasts one day without a time, has a name of its own, and lies between T-36 and T+60."""
    calendar = icalendar.Calendar.from_ical(made(lang))
    assert calendar.errors == []
    assert str(calendar["version"]) == "2.0"
    events = [*calendar.walk("VEVENT")]
    assert len({str(e["uid"]) for e in events}) == len(events) > 20
    for event in events:
        assert event.errors == []
        start, end = event["dtstart"].dt, event["dtend"].dt
        assert type(start) is date
        assert (end - start).days == 1
        assert event["dtstamp"].dt == datetime(ON.year, ON.month, ON.day, tzinfo=UTC)
        assert -36 <= month_of(start) - month_of(END) <= 60


def test_names_stay_when_dates_titles_and_languages_change() -> None:
    """A program that reads the file again moves events instead of doubling them, and sees which have changed."""
    english, french = (calendar_events(dossier(extra=EXTRA), END, Wording(lang), on=ON) for lang in ("en", "fr"))
    assert {e.uid for e in english} == {e.uid for e in french}
    assert {e.title for e in english} != {e.title for e in french}
    moved = tuple(e.model_copy(update={"due": date(2026, 10, 1)}) if e.code == "MS1" else e for e in EXTRA)
    later = calendar_events(dossier(extra=moved), END, Wording("en"), on=ON, versions={("milestone", "MS1"): 3})
    before = {e.uid: e for e in english}
    assert {e.uid for e in later} == set(before)
    changed = next(e for e in later if e.code == "MS1")
    assert (changed.day, changed.sequence) == (date(2026, 10, 1), 2)
    assert before[changed.uid].sequence == 0


def test_steps_of_the_template_are_marked_and_depend_on_the_end() -> None:
    """Nothing of ours passes for the mission's own; where no end is set there is no template and no month counted from it."""
    steps = [e for e in calendar_events(dossier(extra=EXTRA), END, Wording("en"), on=ON) if e.category == "template"]
    assert {e.months for e in steps} == {-36, -24, -18, -15, -12, -6, -3, 3, 6, 12, 24, 60}
    assert all(e.title.startswith("Template: ") and e.day == months_later(END, e.months or 0) for e in steps)
    free = calendar_events(dossier(extra=EXTRA), None, Wording("en"), on=ON)
    assert {e.category for e in free} & {"template", "review"} == set()
    assert {e.months for e in free} == {None}


def test_a_watch_is_looked_at_at_each_of_its_review_points() -> None:
    """Three, six, twelve, 24 and 60 months after the end, by whoever watches then."""
    found = [e for e in calendar_events(dossier(extra=EXTRA), END, Wording("en"), on=ON) if e.category == "review"]
    assert [e.day for e in found] == [months_later(END, n) for n in (3, 6, 12, 24, 60)]
    assert {e.office for e in found} == {"Ministry"}


def test_agreements_ask_for_renewal_in_time() -> None:
    """The last day to begin lies as many days before the end as a renewal takes."""
    found = {e.category: e.day for e in calendar_events(dossier(), END, Wording("en"), on=ON) if e.kind == "agreement"}
    assert found == {"renewal": date(2026, 5, 3), "expiry": date(2026, 8, 1)}


def test_equal_calendars_give_equal_bytes_and_rows_for_every_event() -> None:
    """The table holds what the calendar holds."""
    assert made() == made()
    events = calendar_events(dossier(extra=EXTRA), END, Wording("en"), on=ON)
    heads, rows = calendar_rows(events, Wording("en"))
    assert len(rows) == len(events)
    assert {len(row) for row in rows} == {len(heads)}


@pytest.mark.parametrize(("months", "said"), [(None, "–"), (-33, "-33"), (0, "0"), (3, "+3")])
def test_months_from_the_end_carry_a_sign_unless_there_are_none(months: int | None, said: str) -> None:
    """Nothing is neither before nor after."""
    assert months_apart(months) == said


@pytest.mark.parametrize("category", ["mandate", "expiry"])
def test_a_mandate_or_an_agreement_that_has_ended_is_not_still_to_come(category: str) -> None:
    """Its end passes by itself: nobody has to tick it off, and the day itself still belongs to it."""

    def last(on: date) -> CalendarEvent:
        events = calendar_events(dossier(extra=EXTRA), END, Wording("en"), on=on)
        return next(e for e in events if e.category == category)

    day = last(ON).day
    assert not last(day).done
    assert last(day + timedelta(days=1)).done
