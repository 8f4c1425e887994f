"""Evidence uploaded, found and taken out by a reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from exitplan.domain.errors import InvalidValue, NotAllowed, NotFound, Unreadable
from exitplan.domain.roles import ROLES, Reader
from exitplan.usecases import documents
from tests.usecases.samples import APPROVER, COUNTERPART, NOW, OBSERVER, OWNER, PLANNER, READERS, SECRET, in_database


@pytest.fixture
def mission(home: Path) -> str:
    """A mission without documents."""
    return in_database()


def keep(reader: Reader, **how: object) -> int:
    """Upload a text."""
    given = {"title": "Survey", "name": "a.txt", "why": "evidence", "at": NOW, **how}
    return documents.keep(reader, "M", [b"text of " + reader.role.encode()], **given).id  # type: ignore[arg-type]


@pytest.mark.parametrize("role", ROLES)
def test_who_works_on_the_mission_adds_evidence(mission: str, role: str) -> None:
    """Partners and observers read; whoever views as another adds nothing."""
    reader = READERS[role]  # type: ignore[index]
    if role in ("partner", "observer"):
        with pytest.raises(NotAllowed):
            keep(reader)
    else:
        assert documents.opened(reader, mission, keep(reader)).path.read_bytes() == b"text of " + role.encode()
    with pytest.raises(NotAllowed):
        keep(Reader(role, viewing=True))  # type: ignore[arg-type]


def test_documents_are_shown_by_their_classification_and_their_entry(mission: str) -> None:
    """Restricted ones stay inside, a counterpart finds its own again, and nothing shows without its entry."""
    inside, theirs = keep(PLANNER), keep(COUNTERPART)
    opened = keep(OWNER, classification="open")
    secret = keep(OWNER, kind="risk", code=SECRET)
    opened_on_secret = keep(OWNER, classification="open", kind="risk", code=SECRET)

    def seen(reader: Reader) -> set[int]:
        return {d.id for d in documents.listed(reader, mission)}

    assert seen(OWNER) == {inside, theirs, opened, secret, opened_on_secret}
    assert seen(PLANNER) == {inside, theirs, opened}
    assert seen(COUNTERPART) == {theirs, opened}
    assert seen(OBSERVER) == {opened}
    for document in (inside, secret, opened_on_secret, 99):
        with pytest.raises(NotFound):
            documents.opened(COUNTERPART, mission, document)
    assert [d.id for d in documents.listed(OWNER, mission, "risk", SECRET)] == [opened_on_secret, secret]


def test_releasing_a_document_asks_for_the_right_to(mission: str) -> None:
    """As releasing an entry does."""
    for how in ({"classification": "open"}, {"released_to": ["UNCT"]}):
        with pytest.raises(NotAllowed):
            keep(PLANNER, **how)
    with pytest.raises(InvalidValue):
        keep(PLANNER, classification="confidential")
    with pytest.raises(InvalidValue):
        keep(OWNER, classification="very secret")
    with pytest.raises(NotFound):
        keep(PLANNER, kind="risk", code=SECRET)


def test_a_document_is_taken_out_for_good_by_those_who_may(mission: str, home: Path) -> None:
    """The file goes too."""
    document = keep(PLANNER)
    path = documents.opened(PLANNER, mission, document).path
    with pytest.raises(NotAllowed):
        documents.redact(PLANNER, mission, document, why="w", at=NOW)
    documents.redact(APPROVER, mission, document, why="names a witness", at=NOW)

    assert not path.exists()
    with pytest.raises(NotFound):
        documents.opened(OWNER, mission, document)


def test_a_file_that_is_gone_from_the_disk_is_said(mission: str) -> None:
    """With what can be done."""
    document = keep(PLANNER)
    documents.opened(PLANNER, mission, document).path.unlink()
    with pytest.raises(Unreadable, match="backup"):
        documents.opened(PLANNER, mission, document)
