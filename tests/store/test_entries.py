"""Entries, their history and their chain, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from exitplan.domain.dossier import Dossier
from exitplan.domain.errors import InvalidValue, NotFound
from exitplan.domain.kinds import Area, Mission
from exitplan.domain.roles import Reader
from exitplan.store import accounts, chain, entries, missions, runs
from exitplan.store.entries import Change
from exitplan.store.errors import Moved, Stale
from exitplan.store.models import Mission as MissionRow
from exitplan.store.models import Revision

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def mission(home: Path) -> str:
    """A mission with one area."""
    dossier = Dossier(
        Mission(code="M", title="Mission", acronym="M", host=("XKA",), host_name="K", started=date(2020, 1, 1)),
        {"area": (Area(code="A1", title="North"),)},
    )
    missions.create(dossier, who="amina", why="first", at=NOW)
    return "M"


def write(code: str, title: str, version: int, *, seen: int | None = None) -> entries.Saved:
    """Save one area."""
    body = {"code": code, "title": title}
    return entries.save("M", [Change("area", code, body, version)], who="amina", why="because", at=NOW, seen=seen)[0]


def test_a_dossier_put_in_comes_out_the_same(mission: str) -> None:
    """Bodies, versions and revision number are those that were put in."""
    stored = missions.load(mission)

    assert stored.bodies["area"] == [{"code": "A1", "title": "North"}]
    assert stored.versions["area", "A1"] == 1
    assert stored.revision == missions.load(mission).revision == 2


def test_a_mission_is_put_in_once(mission: str) -> None:
    """A second mission of the same code is refused and changes nothing."""
    again = Dossier(
        Mission(code="M", title="Other", acronym="M", host=("XKA",), host_name="K", started=date(2020, 1, 1))
    )
    with pytest.raises(InvalidValue):
        missions.create(again, who="ben", why="again", at=NOW)

    assert missions.load(mission).bodies["mission"][0]["title"] == "Mission"


def test_the_second_of_two_editors_sees_what_the_first_wrote(mission: str) -> None:
    """A stale version is refused with both bodies, and nothing is written."""
    write("A1", "North, by Amina", 1)

    with pytest.raises(Stale) as refused:
        write("A1", "North, by Ben", 1)

    assert refused.value.theirs == {"code": "A1", "title": "North, by Amina"}
    assert refused.value.yours == {"code": "A1", "title": "North, by Ben"}
    assert entries.read(mission, "area", "A1") == ({"code": "A1", "title": "North, by Amina"}, 2)


def test_one_stale_entry_keeps_all_of_a_batch_out(mission: str) -> None:
    """Either every change of a batch is kept or none."""
    changes = [Change("area", "A2", {"code": "A2", "title": "New"}), Change("area", "A1", None, 7)]

    with pytest.raises(Stale):
        entries.save(mission, changes, who="amina", why="because", at=NOW)

    with pytest.raises(NotFound):
        entries.read(mission, "area", "A2")
    assert missions.load(mission).revision == 2


def test_checks_made_against_an_older_mission_are_made_again(mission: str) -> None:
    """The mission's revision counter is looked at again inside the lock."""
    seen = missions.load(mission).revision
    write("A2", "East", 0)

    with pytest.raises(Moved):
        write("A3", "West", 0, seen=seen)


def test_history_tells_who_when_why_before_and_after(mission: str) -> None:
    """The newest revision comes first, and each knows what it replaced."""
    write("A1", "Upper North", 1)
    entries.save(mission, [Change("area", "A1", None, 2)], who="ben", why="merged", at=NOW)

    last, changed, first = entries.history(mission, "area", "A1")

    assert (last.act, last.who, last.why, last.after) == ("delete", "ben", "merged", None)
    assert changed.before == {"code": "A1", "title": "North"}
    assert changed.after == {"code": "A1", "title": "Upper North"}
    assert first.before is None


def test_an_entry_that_comes_back_does_not_repeat_a_version(mission: str) -> None:
    """An editor who still has the deleted entry open cannot write over the new one."""
    entries.save(mission, [Change("area", "A1", None, 1)], who="ben", why="gone", at=NOW)

    assert write("A1", "North again", 0).version == 3


@pytest.mark.parametrize(
    ("tamper", "number"),
    [
        (lambda r: Revision.objects.filter(number=2).update(after={"code": "A1", "title": "South"}), 2),
        (lambda r: Revision.objects.filter(number=2).update(why="another reason"), 2),
        (lambda r: Revision.objects.filter(number=3).update(who="somebody else"), 3),
        (lambda r: Revision.objects.filter(number=3).update(at=datetime(2025, 1, 1, tzinfo=UTC)), 3),
        (lambda r: Revision.objects.filter(number=3).update(version=9), 3),
        (lambda r: Revision.objects.filter(number=2).delete(), 2),
        (lambda r: Revision.objects.filter(number=4).delete(), 4),
        (lambda r: Revision.objects.filter(number=2).update(after=None, why=None, redacted_by=3), 2),
        (lambda r: MissionRow.objects.update(head="f" * 64), 5),
    ],
)
def test_verify_names_the_first_broken_link(mission: str, tamper: object, number: int) -> None:
    """Every kind of tampering shows, at the place where it was done."""
    write("A1", "Upper North", 1)
    write("A2", "East", 0)
    held = MissionRow.objects.get(code=mission)
    assert chain.verify(held) is None

    tamper(None)  # type: ignore[operator]

    broken = chain.verify(MissionRow.objects.get(code=mission))
    assert broken is not None
    assert broken.number == number


def test_two_workers_never_take_the_same_run(mission: str) -> None:
    """Each queued run is taken once; a silent one is marked interrupted and can be asked for again."""
    reader = Reader("planner", name="amina")
    first, second = runs.ask(mission, "futures", {}, reader), runs.ask(mission, "futures", {}, reader)

    taken = [runs.take("w1", NOW), runs.take("w2", NOW), runs.take("w3", NOW)]
    assert [t.id if t else None for t in taken] == [first, second, None]

    later = NOW + runs.SILENCE * 2
    assert runs.progress(second, 0.5, later)
    assert runs.mark_interrupted(later) == 1
    assert runs.standing(mission, first).state == "interrupted"
    assert not runs.progress(first, 0.9, later), "a run taken for dead is told to stop"
    assert runs.standing(mission, runs.again(mission, first, reader)).state == "queued"


def test_a_cancelled_run_is_told_to_stop(mission: str) -> None:
    """In the queue it stops at once; while running, at the next sign of life."""
    reader = Reader("planner", name="amina")
    waiting, running = runs.ask(mission, "futures", {}, reader), None
    runs.cancel(mission, waiting, NOW)
    running = runs.ask(mission, "futures", {}, reader)
    runs.take("w1", NOW)
    runs.cancel(mission, running, NOW)

    assert runs.standing(mission, waiting).state == "cancelled"
    assert not runs.progress(running, 0.1, NOW)


def test_guessing_passwords_gets_slower(home: Path) -> None:
    """The first failures cost nothing, the next ones more and more, and a good sign-in ends it."""
    waits = []
    for _ in range(9):
        waits.append(accounts.seconds_to_wait("amina", "10.0.0.1", NOW))
        accounts.note_failure("amina", "10.0.0.1", NOW)

    assert waits == [0, 0, 0, 0, 0, 2, 4, 8, 16]
    accounts.forget_failures("amina")
    assert accounts.seconds_to_wait("amina", "10.0.0.1", NOW) == 0


@pytest.mark.parametrize(("name", "password"), [("amina", "short"), ("amina", "xxAMINAxxxxxxxx"), ("ben", "")])
def test_weak_passwords_are_refused_without_repeating_them(home: Path, name: str, password: str) -> None:
    """The message says what is wanted and never what was typed."""
    with pytest.raises(InvalidValue) as refused:
        accounts.add_account(name, password)

    assert not password or password not in str(refused.value)


def test_a_token_works_until_it_ends_and_is_stored_as_a_digest(mission: str) -> None:
    """Nobody who reads the database can use a token."""
    from exitplan.store.models import Token

    accounts.add_account("amina", "a long enough sentence")
    key = accounts.new_token("amina", mission, name="laptop", scope="read", expires=datetime(2026, 2, 1, tzinfo=UTC))

    assert key not in str(Token.objects.values_list())
    found = accounts.token_of(key, NOW)
    assert found is not None
    assert found.account.username == "amina"
    assert accounts.token_of(key, datetime(2026, 2, 1, tzinfo=UTC)) is None
    assert accounts.token_of(key + "x", NOW) is None


def test_a_partner_needs_the_code_of_whom_they_speak_for(mission: str) -> None:
    """A role is one of the table's, and a partner's people speak for somebody."""
    account = accounts.add_account("ben", "a long enough sentence")
    with pytest.raises(InvalidValue):
        accounts.set_role("ben", mission, "partner")
    assert accounts.reader_of(account, mission) is None

    accounts.set_role("ben", mission, "partner", partner="UK")
    assert accounts.reader_of(account, mission) == Reader("partner", "UK", "ben")
    accounts.set_role("ben", mission, None)
    assert accounts.reader_of(account, mission) is None
