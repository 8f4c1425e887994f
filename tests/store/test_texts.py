"""The text index, the same on SQLite and PostgreSQL: in step with the entries, in either language, whole words or beginnings."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from exitplan.domain.words import sought
from exitplan.store import backup, config, entries, missions, redaction, texts
from exitplan.store.entries import Change
from tests.domain.samples import added, sound

AT = datetime(2026, 1, 1, tzinfo=UTC)
WHO = {"who": "amina", "why": "because", "at": AT}


@pytest.fixture
def mission(home):
    """A mission with two lessons, in a database of its own."""
    dossier = added(sound(), "lessons", code="L-GUARD", finding="The camp was looted: nobody stood guard.")
    dossier = added(
        dossier,
        "lessons",
        code="L2",
        title="Guards before the flag",
        title_fr="Des gardes avant l'abaissement du drapeau",
        finding="Named early, the évêque's house was spared. L'école aussi; œuvres d'été, naïveté.",
    )
    missions.create(dossier, **WHO)
    return dossier.mission.code


def found(mission, question):
    """Codes found, best first."""
    return [place.code for place in texts.find(mission, sought(question))]


def saved(mission, code, version=0, **body):
    """A lesson written."""
    entries.save(mission, [Change("lesson", code, {"code": code, **body}, version)], **WHO)


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("looted", ["L-GUARD"]),
        ("LOOT", ["L-GUARD"]),
        ("evêques", ["L2"]),
        ("l'eveque", ["L2"]),
        ("ecole", ["L2"]),
        ("École oeuvre", ["L2"]),
        ("l'école", ["L2"]),
        ("naivete été", ["L2"]),
        ("abaissement drapeaux", ["L2"]),
        ("guards", ["L-GUARD", "L2"]),
        ("guard flag", ["L2"]),
        ("guard nowhere", []),
        ("ooted", []),
        ("the", ["L-GUARD", "L2"]),
        ("", []),
        ("  ' \" * & | ! ( ) : - ", []),
        ("guard* OR NOT & | !", []),
    ],
)
def test_words_are_found(mission, question, codes):
    """Without case, accents, joined letters and small words, by their beginnings, all of them; signs of a query language are none."""
    assert sorted(c for c in found(mission, question) if c in ("L-GUARD", "L2")) == sorted(codes)


def test_a_code_stands_before_a_title_and_a_title_before_the_rest(mission):
    """In both kinds of database."""
    saved(mission, "L3", title="Something else", finding="Late in the text: guard.")
    assert found(mission, "guard") == ["L-GUARD", "L2", "L3"]


def test_the_index_follows_every_change(mission):
    """A change, a deletion and a new entry are found, or not any more, at once."""
    saved(mission, "L4", title="Zebra crossing", finding="F.")
    assert found(mission, "zebra") == ["L4"]
    saved(mission, "L4", version=1, title="Okapi", finding="F.")
    assert (found(mission, "zebra"), found(mission, "okapi")) == ([], ["L4"])
    entries.save(mission, [Change("lesson", "L4", None, 2)], **WHO)
    assert found(mission, "okapi") == []
    saved(mission, "L4", version=0, title="Zebra again", finding="F.")
    assert found(mission, "zebra") == ["L4"]


def test_what_is_not_written_is_not_found(mission):
    """Of two changes of which one is stale, neither reaches the index."""
    changes = [
        Change("lesson", "L5", {"code": "L5", "title": "Quokka", "finding": "F."}),
        Change("lesson", "L2", {"code": "L2", "title": "Quokka", "finding": "F."}, 7),
    ]
    with pytest.raises(entries.Stale):
        entries.save(mission, changes, **WHO)
    assert found(mission, "quokka") == []


def test_missions_are_kept_apart(mission):
    """One mission's words are not another's."""
    import dataclasses

    other = sound()
    other = dataclasses.replace(other, mission=other.mission.model_copy(update={"code": "OTHER"}))
    missions.create(added(other, "lessons", code="LX", finding="An axolotl."), **WHO)
    assert (found("OTHER", "axolotl"), found(mission, "axolotl")) == (["LX"], [])


def test_any_body_can_be_indexed(mission):
    """Drafts hold anything: numbers, lists, nothing, very long words, thousands of different ones."""
    bodies = [
        {"title": 7, "finding": None},
        {"title": ["a"], "finding": {"deep": {"deeper": ["walrus"]}}},
        {"title": "x" * 5000, "finding": "walrus"},
        {"title": "t", "finding": " ".join(f"word{n}" for n in range(40_000)), "note": "é" * 200},
        {"title": "日本語 שלום مرحبا", "finding": "1e5 2.5 a@b.c http://x.y/z C:\\d 50% O'Neil"},
    ]
    for number, body in enumerate(bodies):
        saved(mission, f"D{number}", **body)
    assert sorted(found(mission, "walrus")) == ["D1", "D2"]
    assert found(mission, "word39") == ["D3"]
    assert found(mission, "שלום") == ["D4"]
    assert found(mission, "http x y") == ["D4"]


def test_a_restored_database_is_searched_as_before(mission, home, tmp_path):
    """The index is no part of a backup and is made again."""
    backup.backup(tmp_path / "b.zip", home / "documents")
    before = found(mission, "guard")
    with_empty(home)
    backup.restore(tmp_path / "b.zip", home / "documents")
    assert found(mission, "guard") == before != []


def with_empty(home):
    """Empty the database of everything, as a new installation's is."""
    from django.db import connection

    from exitplan.store.backup import tables

    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {texts.TABLE}")
    for model in reversed(tables()):
        model._default_manager.all().delete()


def test_a_redacted_text_leaves_the_index(mission, home):
    """Found no more, and on SQLite nowhere in the file; the entry itself goes or says something else."""
    saved(mission, "L9", title="Secret pangolinword", finding="F.")
    redaction.redact_entry(mission, "lesson", "L9", who="amina", why="lawful", at=AT, folder=home / "documents")
    assert found(mission, "pangolinword") == []
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.close()
        for file in home.glob(f"{config.SQLITE_FILE}*"):
            assert b"pangolinword" not in file.read_bytes(), file.name


def test_the_index_can_be_made_again(mission):
    """With as many entries as there are, and the same answers."""
    before = {word: found(mission, word) for word in ("guard", "drapeau", "police")}
    assert texts.rebuild() == len(entries.versions(mission))
    assert {word: found(mission, word) for word in before} == before
