"""Every operation for every role, kind and classification, beside the rule table; and nothing hidden in any answer."""

from __future__ import annotations

from typing import Any

import pytest

from exitplan.domain.kinds import KINDS, Partner
from exitplan.domain.roles import ROLES, Permission, Reader, may, may_see
from exitplan.usecases.open_mission import open_mission
from exitplan.web.api.gate import Operation
from exitplan.web.api.operations import OPERATIONS
from tests.web.api.conftest import KASANDA, ROOT

WORD = "QUAGGAWORT"
OUTSIDE = ("nobody", None)
SOME_KINDS = ("mission", "source", "risk", "plan")
"""Kinds that everybody, some and few may change."""
WITH_KIND = [o for o in OPERATIONS if "{kind}" in o.path]
OTHERS = [o for o in OPERATIONS if "{kind}" not in o.path]


def address(operation: Operation, **values: str) -> str:
    """An address of an operation; whatever is not given names nothing that exists."""
    whole = {
        "mission": "KASANDA",
        "kind": "source",
        "code": "NO-SUCH",
        "run": "999",
        "document": "999",
        "lesson": "NO-SUCH",
        "case": "ISAF",
        "alarm": "999",
        "name": "source",
    }
    return ROOT + operation.path.format(**{**whole, **values})


def expected(operation: Operation, role: str | None, kind: str | None) -> bool | int:
    """Whether the rule table lets a role through; the status for those whom no table knows."""
    if role is None:
        return 401
    if not operation.in_mission:
        return True
    if role == "nobody":
        return 404
    partner = open_mission("kasanda").of(Partner)[0].code if role == "partner" else None
    return bool(may(Reader(role, partner), operation.needs, kind))  # type: ignore[arg-type]


def violations(program_of: Any, operations: list[Operation], kinds: tuple[str | None, ...]) -> list[str]:
    """Calls that were let through or turned away otherwise than the rule table says."""
    found = []
    for role in (*ROLES, *OUTSIDE):
        program = program_of(role)
        for operation in operations:
            for kind in kinds:
                status = program.send(
                    operation.method, address(operation, **({"kind": kind} if kind else {}))
                ).status_code
                right = expected(operation, role, kind)
                passed = status not in (401, 403, 500) if right is True else status == (right or 403)
                if not passed:
                    found.append(f"{role} {operation.method} {operation.path} {kind}: {status}, {right} wanted")
    return found


def test_every_operation_lets_through_whom_the_rule_table_lets_through(program_of):
    """Anonymous callers get 401, strangers 404 as if there were no mission, members 403 where the table says no."""
    assert violations(program_of, OTHERS, (None,)) == []


def test_every_operation_on_entries_asks_the_rule_table_for_the_kind_too(program_of):
    """All roles: a benchmark officer changes benchmarks and no risks. Adding is tried for every kind, the rest for some."""
    adding = [o for o in WITH_KIND if o.name == "add-entry"]
    assert violations(program_of, adding, tuple(KINDS)) == []
    assert violations(program_of, [o for o in WITH_KIND if o not in adding], SOME_KINDS) == []


@pytest.mark.parametrize(
    "operation",
    [o for o in OPERATIONS if o.name in ("add-entry", "delete-entry", "capacity", "upload", "answer-function")],
    ids=lambda o: o.name,
)
def test_taking_away_the_check_of_one_operation_is_noticed(program_of, monkeypatch, operation):
    """The two tests above can fail: without the question to the rule table somebody gets through who should not."""
    monkeypatch.setattr("exitplan.web.api.gate.may", lambda *_: Permission(True, "role"))

    found = violations(program_of, [operation], ("source",) if "{kind}" in operation.path else (None,))
    assert any(": 4" in line or ": 2" in line for line in found)


def test_an_address_that_is_not_in_the_table_does_not_exist():
    """Whatever Django answers below the API comes from the table."""
    from django.urls import get_resolver

    named = {
        str(p.pattern) for p in get_resolver("exitplan.web.urls").url_patterns if str(p.pattern).startswith("api/")
    }
    table = {"api/v1" + o.path.replace("{", "<").replace("}", ">") for o in OPERATIONS}
    assert named == table


CLASSES: list[dict[str, Any]] = [
    {"classification": "open"},
    {"classification": "restricted"},
    {"classification": "confidential"},
    {"classification": "confidential", "released_to": ["planner"]},
    {"classification": "confidential", "released_to": ["observer", "national_counterpart"]},
    {"classification": "restricted", "released_to": ["PARTNER"]},
]


@pytest.mark.parametrize("place", range(len(CLASSES)), ids=[str(c) for c in CLASSES])
def test_an_entry_is_shown_to_those_whom_its_classification_or_release_names(program_of, place):
    """Read, listed, searched, on record and written: all agree with the rule table."""
    partner = open_mission("kasanda").of(Partner)[0].code
    kept = {**CLASSES[place]}
    kept["released_to"] = [partner if name == "PARTNER" else name for name in kept.get("released_to", [])]
    body = {"code": "SRC-Q", "title": f"{WORD} report", "owner": "Office Q", **kept}
    made = program_of("owner").send("POST", "entries/source", {"body": body, "why": WORD})
    assert made.status_code == 201
    entry = KINDS["source"].model_validate(body)

    for role in ROLES:
        program = program_of(role)
        reader = Reader(role, partner if role == "partner" else None)
        seen = bool(may_see(reader, entry))
        assert program.get("entries/source/SRC-Q").status_code == (200 if seen else 404), role
        for path in ("entries/source?limit=200", f"search?q={WORD}", "entries/source?find=" + WORD):
            assert (WORD in program.get(path).content.decode().replace(f"q={WORD}", "")) is seen, (role, path)
        if may(reader, "read_audit"):
            assert (WORD in program.get("audit").content.decode()) is seen, role
            assert (WORD in program.get("entries/source/SRC-Q/history").content.decode()) is seen, role
        if may(reader, "edit", "source"):
            sent = {"body": {**body, "title": "Other"}, "why": "test"}
            put = program.send("PUT", "entries/source/SRC-Q", sent, If_Match='"999.0"')
            assert put.status_code == (412 if seen else 404), role
            assert (WORD in put.content.decode()) is seen, role
        if may(reader, "delete", "source"):
            assert program.send("DELETE", "entries/source/SRC-Q?why=x", If_Match='"999.0"').status_code == (
                412 if seen else 404
            )


SECRETS: list[tuple[str, dict[str, Any]]] = [
    ("area", {"code": "AQ"}),
    ("source", {"code": "SRC-Q"}),
    ("indicator", {"code": "IQ", "unit": "%"}),
    ("risk", {"code": "RQ"}),
    ("partner", {"code": "PQ"}),
    ("gate", {"code": "GQ", "rule": {"date": "2026-01-01"}}),
    ("plan", {"code": "PLANQ"}),
    ("scenario", {"code": "SCQ"}),
    ("decision", {"code": "DQ"}),
    ("lesson", {"code": "LQ", "nonsense": WORD}),
]


PAPERS = ("calendar.ics", "calendar.csv", "cpas.json", "fact-sheet.html")
"""Documents that are read as text; `tests/usecases/test_papers.py` reads all of them."""


def test_no_answer_holds_a_word_that_only_hidden_entries_carry(program_of):
    """Everything that can be read, by everybody but owner and approver: neither the word nor the title of a hidden entry."""
    owner = program_of("owner")
    for kind, body in SECRETS:
        hidden = {"title": f"{WORD} {kind}", "owner": WORD, "classification": "confidential", "note": WORD, **body}
        made = owner.send("POST", f"entries/{kind}", {"body": hidden, "why": "test"})
        assert made.status_code == 201, made.content
    row = {"indicator": "IQ", "date": "2026-01-31", "value": 4.25, "note": WORD, "unit": "%"}
    assert owner.send("POST", "measurements", {"rows": [row], "why": "test"}).status_code == 201
    assert WORD in owner.get("measurements?indicator=IQ").content.decode()

    paths = [
        ROOT + o.path.replace("{mission}", "KASANDA").format(**where)
        for o in OPERATIONS
        if o.method == "GET" and o.name not in ("openapi", "docs", "schema")
        for where in (
            [{"kind": kind, "code": body["code"], "run": 1, "document": 1} for kind, body in SECRETS]
            if "{kind}" in o.path
            else [{"run": 1, "document": 1, "case": "ISAF", "name": name} for name in PAPERS]
        )
    ]
    for role in ROLES:
        if role in ("owner", "approver"):
            continue
        program = program_of(role)
        for path in dict.fromkeys([*paths, f"{KASANDA}/search?q=quagg", f"{KASANDA}/measurements?indicator=IQ"]):
            response = program.get(path)
            assert response.status_code < 500, (role, path, response.content)
            assert WORD not in response.content.decode(), (role, path)
