"""
The text index: every entry of every mission by the words it holds, for people who search.

SQLite keeps it as an FTS5 table, PostgreSQL as text-search vectors under a GIN index. Both are given words that were folded here
(`domain.words`), so that both find the same: whole words or their beginnings, without case and accents, in English and French.
It is written in the same transaction as the entry, holds nothing that the entry does not, and can be made again at any time; it
is therefore no table of its own in a backup. It knows nothing of readers: what it finds still has to be asked for through a view.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from exitplan.domain.words import words_of
from exitplan.store.models import EntryRow

TABLE = "store_text"

BATCH = 500
"""Entries written to the index at a time."""

BODY_LIMIT = 200_000
"""Letters of one entry that are kept to be found: no database takes a vector of any length."""

WEIGHTS = (10.0, 5.0, 1.0)
"""What a word counts in the code, in a title, and elsewhere."""

_CREATE = {
    "sqlite": (
        f"CREATE VIRTUAL TABLE {TABLE} USING fts5(code, title, body, tokenize='unicode61 remove_diacritics 2', prefix='2 3')",
    ),
    "postgresql": (
        f"CREATE TABLE {TABLE} (entry bigint PRIMARY KEY REFERENCES store_entryrow(id) ON DELETE CASCADE, words tsvector NOT NULL)",
        f"CREATE INDEX {TABLE}_words ON {TABLE} USING gin (words)",
    ),
}

_WRITE = {
    "sqlite": f"INSERT INTO {TABLE} (rowid, code, title, body) VALUES (%s, %s, %s, %s)",
    "postgresql": (
        f"INSERT INTO {TABLE} (entry, words) VALUES (%s, setweight(to_tsvector('simple', %s), 'A') "
        "|| setweight(to_tsvector('simple', %s), 'B') || setweight(to_tsvector('simple', %s), 'D'))"
    ),
}

_FORGET = {
    "sqlite": f"DELETE FROM {TABLE} WHERE rowid = %s",
    "postgresql": f"DELETE FROM {TABLE} WHERE entry = %s",
}

_FIND = {
    "sqlite": (
        f"SELECT e.kind, e.code FROM {TABLE} JOIN store_entryrow e ON e.id = {TABLE}.rowid "
        "JOIN store_mission m ON m.id = e.mission_id "
        f"WHERE {TABLE} MATCH %s AND m.code = %s ORDER BY bm25({TABLE}, {WEIGHTS[0]}, {WEIGHTS[1]}, {WEIGHTS[2]}), e.id"
    ),
    "postgresql": (
        f"SELECT e.kind, e.code FROM {TABLE} t JOIN store_entryrow e ON e.id = t.entry "
        "JOIN store_mission m ON m.id = e.mission_id, to_tsquery('simple', %s) q WHERE t.words @@ q AND m.code = %s "
        f"ORDER BY ts_rank('{{{WEIGHTS[2] / 10}, 0.1, {WEIGHTS[1] / 10}, {WEIGHTS[0] / 10}}}', t.words, q) DESC, e.id"
    ),
}


@dataclass(frozen=True)
class Place:
    """Where words were found: an entry by its kind and code."""

    kind: str
    code: str


def find(mission: str, beginnings: Sequence[str]) -> tuple[Place, ...]:
    """
    Entries of a mission that hold a word for each beginning, best first: codes before titles before the rest.

    Parameters
    ----------
    beginnings
        As `domain.words.sought` gives them; none find nothing.
    """
    if not beginnings:
        return ()
    question = {
        "sqlite": " ".join(f'"{word}"*' for word in beginnings),
        "postgresql": " & ".join(f"{word}:*" for word in beginnings),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(_FIND[connection.vendor], [question, mission])
        return tuple(Place(kind, code) for kind, code in cursor.fetchall())


def keep(rows: Iterable[EntryRow]) -> None:
    """Put entries into the index as they stand; the caller is in the transaction that writes them."""
    lines = [(row.pk, *_columns(row.code, row.body)) for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(_FORGET[connection.vendor], [(line[0],) for line in lines])
        cursor.executemany(_WRITE[connection.vendor], lines)


def forget(row: EntryRow) -> None:
    """Take an entry out of the index, before it is deleted."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET[connection.vendor], [row.pk])


def rebuild() -> int:
    """Make the whole index again from the entries; returns how many there are."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")
    return fill(EntryRow)


def fill(rows: Any) -> int:
    """Put every entry into the index; `rows` is the model, or the model as a migration knows it."""
    count = 0
    batch: list[EntryRow] = []
    for row in rows.objects.order_by("pk").iterator(chunk_size=BATCH):
        batch.append(row)
        if len(batch) == BATCH:
            keep(batch)
            count, batch = count + BATCH, []
    keep(batch)
    return count + len(batch)


def scrub() -> None:
    """Take what was forgotten out of the index's own pages: SQLite keeps deleted words there until they are merged."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('optimize')")
        else:
            cursor.execute(f"VACUUM {TABLE}")


def create(vendor: str) -> tuple[str, ...]:
    """The statements that make the empty index on a kind of database; for the migration."""
    return _CREATE[vendor]


def _columns(code: str, body: Any) -> tuple[str, str, str]:
    said = body if isinstance(body, Mapping) else {"body": body}
    titles = " ".join(str(said.get(name) or "") for name in ("title", "title_fr"))
    rest = " ".join(_said({name: value for name, value in said.items() if name not in ("code", "title", "title_fr")}))
    return _words(code), _words(titles), _words(rest)[:BODY_LIMIT]


def _words(text: str) -> str:
    return " ".join(words_of(text))


def _said(value: Any) -> Iterator[str]:
    """Every text in a body, wherever it stands; names of fields are ours and not the writer's."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _said(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _said(item)
