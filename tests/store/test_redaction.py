"""A redacted text is gone from everywhere, and the chain still verifies."""

from __future__ import annotations

from pathlib import Path

import pytest

from exitplan.domain.errors import InvalidValue, NotFound
from exitplan.domain.roles import Reader
from exitplan.store import chain, documents, entries, measurements, missions, redaction, runs, signoffs
from exitplan.store.entries import Change
from exitplan.store.models import Mission, Revision
from tests.store.samples import FAULTY, NOW, bytes_of_database, created, table


@pytest.fixture
def mission(home: Path) -> str:
    """A mission whose area has said something that must go: in its title, its history and a signature."""
    created()
    for version, note in ((1, FAULTY), (2, FAULTY + " again"), (3, "")):
        body = {"code": "A1", "title": "North", "note": note}
        entries.save("M", [Change("area", "A1", body, version)], who="amina", why=f"said by {FAULTY}", at=NOW)
    signoffs.sign(
        "M", "area", "A1", 4, Reader("national_counterpart", name="c"), receipt="reserved", text=FAULTY, at=NOW
    )
    return "M"


def redact(home: Path, body: dict[str, object] | None = None) -> redaction.Redacted:
    """Redact the area."""
    return redaction.redact_entry(
        "M", "area", "A1", who="head", why="to keep somebody safe", at=NOW, folder=home / "documents", body=body
    )


def test_nothing_of_it_is_left_in_the_database(mission: str, home: Path) -> None:
    """Neither in the entry nor in its history, in signatures, in free pages or in the write-ahead log."""
    assert FAULTY.encode() in bytes_of_database(home)

    redact(home)

    assert FAULTY.encode() not in bytes_of_database(home)


def test_the_chain_verifies_and_the_tombstones_say_by_whom_and_why(mission: str, home: Path) -> None:
    """Who, when and which entry stay; the words are gone."""
    done = redact(home)

    assert chain.verify(Mission.objects.get(code=mission)) is None
    past = entries.history(mission, "area", "A1")
    assert [p.act for p in past] == ["delete", "redact", "sign", "change", "change", "change", "create"]
    assert all(p.redacted and p.why is None and p.after is None for p in past[2:])
    assert {p.number for p in past[2:]} == set(done.revisions)
    assert past[1].why == "to keep somebody safe"


def test_an_entry_may_go_on_with_other_words(mission: str, home: Path) -> None:
    """The entry is what it says from now on, at a version that nobody had open."""
    redact(home, {"code": "A1", "title": "North"})

    assert entries.read(mission, "area", "A1") == ({"code": "A1", "title": "North"}, 5)
    assert chain.verify(Mission.objects.get(code=mission)) is None


def test_a_text_taken_out_under_cover_of_another_redaction_shows(mission: str, home: Path) -> None:
    """A redaction covers the revisions it names and no other."""
    entries.save(mission, [Change("area", "A2", {"code": "A2", "title": "East"})], who="b", why="new", at=NOW)
    done = redact(home)
    other = Revision.objects.get(code="A2")
    Revision.objects.filter(pk=other.pk).update(why=None, after=None, salt="", redacted_by=done.revision)

    broken = chain.verify(Mission.objects.get(code=mission))

    assert broken is not None
    assert broken.number == other.number


def test_results_that_may_repeat_it_are_forgotten(mission: str, home: Path) -> None:
    """What was computed is gone, and what is being computed will leave no result."""
    reader = Reader("planner", name="amina")
    done, running = runs.ask(mission, "futures", {}, reader), runs.ask(mission, "futures", {}, reader)
    assert runs.take("w", NOW) is not None
    runs.finish(done, "done", NOW, result={"title": FAULTY})
    assert runs.take("w", NOW) is not None

    redact(home)
    runs.finish(running, "done", NOW, result={"title": FAULTY})

    with pytest.raises(NotFound):
        runs.result(mission, done)
    assert runs.result(mission, running) is None
    assert runs.standing(mission, running).state == "cancelled"


def test_documents_of_the_entry_go_with_it(mission: str, home: Path) -> None:
    """File, title and name; a file that another document needs stays."""
    folder = home / "documents"
    for code, title in (("A1", FAULTY), ("", "Another")):
        kind = "area" if code else ""
        documents.keep(
            mission, folder, [b"witness"], title=title, name="w.txt", kind=kind, code=code, who="a", why="up", at=NOW
        )
    mine, other = reversed(documents.listed(mission))
    file = documents.file_of(folder, mine.sha256)

    assert redact(home).documents == 1
    assert file.is_file()
    assert [d.id for d in documents.listed(mission)] == [other.id]
    redaction.redact_document(mission, other.id, who="head", why="gone", at=NOW, folder=folder)
    assert not file.exists()
    assert chain.verify(Mission.objects.get(code=mission)) is None


def test_a_measurement_goes_with_the_text_of_its_batch(mission: str, home: Path) -> None:
    """The other rows of the batch stay."""
    first, second = measurements.add(
        mission,
        table(("I1", "2025-01-01", 1), ("I1", "2025-02-01", 2), note=FAULTY + "!!!"),
        who="amina",
        why="survey",
        at=NOW,
        state="submitted",
    )
    redact(home)
    redaction.redact_measurement(mission, first, who="head", why="gone", at=NOW)

    assert [r.id for r in measurements.rows(mission)] == [second]
    redaction.redact_measurement(mission, second, who="head", why="gone", at=NOW)
    assert FAULTY.encode() not in bytes_of_database(home)
    assert chain.verify(Mission.objects.get(code=mission)) is None


def test_what_is_not_there_or_must_stay_is_refused(mission: str, home: Path) -> None:
    """An unknown entry, and the mission's own without other words; nothing is written."""
    before = missions.load(mission).revision
    with pytest.raises(NotFound):
        redaction.redact_entry(mission, "area", "ZZ", who="h", why="w", at=NOW, folder=home)
    with pytest.raises(InvalidValue):
        redaction.redact_entry(mission, "mission", "M", who="h", why="w", at=NOW, folder=home)
    with pytest.raises(NotFound):
        redaction.redact_measurement(mission, 99, who="h", why="w", at=NOW)
    with pytest.raises(NotFound):
        redaction.redact_document(mission, 99, who="h", why="w", at=NOW, folder=home)

    assert missions.load(mission).revision == before
