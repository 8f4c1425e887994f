"""Entries over the API: written under the version they were read at, nobody's change overwritten, drafts always kept."""

from __future__ import annotations

import pytest

from tests.web.api.conftest import KASANDA

BODY = {"code": "SRC-API", "title": "Quarterly report"}


@pytest.fixture
def planner(program_of):
    """A planner's program that has added one source."""
    program = program_of("planner")
    made = program.send("POST", "entries/source", {"body": BODY, "why": "new"})
    assert made.status_code == 201, made.content
    assert made["Location"] == f"{KASANDA}/entries/source/SRC-API"
    return program


def test_an_entry_comes_back_with_the_tag_that_writes_it(planner):
    """Read, write under the tag, read again: the version counts on and the tag changes."""
    first = planner.get("entries/source/SRC-API")
    sent = {"body": {**BODY, "title": "Yearly report"}, "why": "renamed"}
    put = planner.send("PUT", "entries/source/SRC-API", sent, If_Match=first["ETag"])

    assert put.status_code == 200
    assert (put.json()["version"], put.json()["body"]["title"]) == (2, "Yearly report")
    assert put["ETag"] == planner.get("entries/source/SRC-API")["ETag"] != first["ETag"]


def test_an_entry_that_has_not_changed_is_not_sent_again(planner):
    """304 under the tag that was read."""
    tag = planner.get("entries/source/SRC-API")["ETag"]
    for known in (tag, f"W/{tag}"):  # weak once it was compressed on the way
        again = planner.get("entries/source/SRC-API", If_None_Match=known)
        assert (again.status_code, again.content) == (304, b"")


def test_two_editors_collide_and_the_second_sees_both_versions(planner, program_of):
    """412 with the difference field by field; nothing of the first is overwritten, and nothing of the second is lost."""
    other = program_of("owner")
    tag = planner.get("entries/source/SRC-API")["ETag"]
    first = {"body": {**BODY, "title": "Theirs"}, "why": "first"}
    assert other.send("PUT", "entries/source/SRC-API", first, If_Match=tag).status_code == 200
    second = planner.send(
        "PUT", "entries/source/SRC-API", {"body": {**BODY, "title": "Ours"}, "why": "x"}, If_Match=tag
    )

    assert second.status_code == 412
    assert second.json()["difference"] == [{"field": "title", "yours": "Ours", "theirs": "Theirs"}]
    assert second.json()["version"] == 2
    assert planner.get("entries/source/SRC-API").json()["body"]["title"] == "Theirs"


def test_adding_a_code_that_is_there_shows_both_versions(planner):
    """A second entry of that code is a collision, not an overwriting."""
    again = planner.send("POST", "entries/source", {"body": {**BODY, "title": "Other"}, "why": "x"})

    assert again.status_code == 412
    assert again.json()["difference"][0]["theirs"] == "Quarterly report"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 428),
        ({"If_Match": "*"}, 400),
        ({"If_Match": '"x"'}, 400),
        ({"If_Match": '"0.0"'}, 400),
        ({"If_Match": "1"}, 400),
    ],
)
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_writing_without_a_tag_of_ours_is_refused(planner, program_of, method, headers, status):
    """Nobody writes without having read."""
    program = planner if method == "PUT" else program_of("owner")
    path = "entries/source/SRC-API" + ("?why=x" if method == "DELETE" else "")
    assert program.send(method, path, {"body": BODY, "why": "x"}, **headers).status_code == status


def test_a_half_known_draft_is_kept_with_its_findings(planner):
    """What was typed comes back as it was typed, and the findings name the fields."""
    body = {"code": "RES-1", "title": 7, "reliability": "gossip"}
    made = planner.send("POST", "entries/source", {"body": body, "why": "draft"})

    assert made.status_code == 201
    assert made.json()["body"] == body
    assert {"title", "reliability"} <= {f["field"] for f in made.json()["findings"]}
    listed = planner.get("entries/source?faulty=true").json()
    assert [e["code"] for e in listed["items"]] == ["RES-1"]


def test_an_entry_is_deleted_under_its_tag_and_its_history_stays(planner, program_of):
    """Gone for readers, there on the record with the reason."""
    owner = program_of("owner")
    tag = owner.get("entries/source/SRC-API")["ETag"]
    gone = owner.send("DELETE", "entries/source/SRC-API?why=double", If_Match=tag)

    assert gone.status_code == 200
    assert owner.get("entries/source/SRC-API").status_code == 404
    past = owner.get("entries/source/SRC-API/history").json()["items"]
    assert [(p["act"], p["why"]) for p in past] == [("delete", "double"), ("create", "new")]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"", 422),
        (b"{", 400),
        (b"[]", 422),
        (b'{"body": {}, "why": "x"}', 422),
        (b'{"body": {"code": "lower"}, "why": "x"}', 422),
        (b'{"body": {"code": "A"}, "why": ""}', 422),
        (b'{"body": {"code": "A"}, "why": "x", "more": 1}', 422),
        (b'{"body": {"code": "A", "note": "\\u0000"}, "why": "x"}', 400),
        (b'{"body": {"code": "A", "note": "\\ud800"}, "why": "x"}', 400),
        (b'{"body": {"code": "A", "x": 1e999}, "why": "x"}', 400),
        (b'{"body": {"code": "A", "x": NaN}, "why": "x"}', 400),
        (b'{"body": {"code": "A", "x": 1' + b"0" * 30 + b'}, "why": "x"}', 400),
        (b'{"body": {"code": "A", "x": 1' + b"0" * 5000 + b'}, "why": "x"}', 400),
        (b'{"body": {"code": "A", "x": ' + b"[" * 60 + b"]" * 60 + b'}, "why": "x"}', 400),
        (b'{"body": {"code": "A", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b'}, "why": "x"}', 400),
        (b'{"body": {"code": "A", "x": "' + b"x" * 600_000 + b'"}, "why": "x"}', 422),
        (b"\xff\xfe{}", 400),
    ],
    ids=str,
)
def test_a_body_that_no_database_takes_is_refused_in_the_one_shape(program_of, sent, status):
    """Never a 500, and always status, error, findings and reference."""
    refused = program_of("planner").send("POST", "entries/source", sent)

    assert refused.status_code == status, refused.content
    assert {"status", "error", "findings", "reference"} <= refused.json().keys()


@pytest.mark.parametrize("path", ["entries/source/%00", "entries/source?find=%00", "search?q=a%00b", "audit?kind=%00"])
def test_an_address_that_no_database_takes_is_refused(program_of, path):
    """A zero byte reaches no query."""
    assert program_of("planner").get(path).status_code == 400


def test_faults_of_a_question_come_as_findings_that_name_the_field(program_of):
    """The same shape as findings of entries."""
    refused = program_of("planner").get("status?horizon=900&on=yesterday")

    assert refused.status_code == 422
    assert [f["field"] for f in refused.json()["findings"]] == ["on", "horizon"]


def test_another_method_is_refused_in_the_one_shape(program_of):
    """405 names the methods there are."""
    refused = program_of("planner").send("POST", "status")

    assert (refused.status_code, refused["Allow"], refused.json()["status"]) == (405, "GET", 405)


@pytest.mark.parametrize(
    "path", ["entries/indicator?limit=7", "measurements?limit=200&indicator=I-VOTERS", "search?q=police&limit=50"]
)
def test_following_the_next_page_gives_everything_once(program_of, path):
    """As many as `total` says, none twice."""
    program, following, seen, total = program_of("observer"), path, [], None
    while following:
        page = program.get(following).json()
        seen += [str(item) for item in page["items"]]
        following, total = page["next"], page["total"]

    assert len(seen) == len(set(seen)) == total > 1


def test_the_record_is_paged_to_its_beginning(program_of):
    """Every revision once, newest first, however many a page holds."""
    program, following, seen = program_of("owner"), "audit?limit=150", []
    while following:
        page = program.get(following).json()
        seen += [item["number"] for item in page["items"]]
        following = page["next"]

    assert seen == list(range(program.get("audit?limit=1").json()["items"][0]["number"], 0, -1))


def test_what_is_rare_on_the_record_is_found_without_empty_pages(program_of):
    """One entry among a thousand revisions stands on the first page."""
    past = program_of("planner").get("entries/mission/KASANDA/history").json()

    assert [p["act"] for p in past["items"]] == ["create"]
    assert past["next"] is None
