"""Who takes over, for programs: the command's result, of what the holder of the key may see."""

from __future__ import annotations

import pytest

from exitplan.domain.roles import ROLES, Reader, may


@pytest.mark.parametrize("role", ROLES)
def test_the_operation_answers_what_the_reader_may_see(program_of, role):
    """Restricted institutions and drawn months are there for those who see them, and for nobody else."""
    answer = program_of(role).get("takeover")
    assert answer.status_code == 200
    told = answer.json()
    assert told["schema"] == "exitplan/takeover/1"
    result = told["result"]
    drawn = bool(may(Reader(role), "see_chances"))
    assert any(f["capacity"] for f in result["functions"]) == drawn
    assert all((i["met"] is not None) == drawn for i in result["institutions"])
    army = [i for i in result["institutions"] if i["code"].startswith("N-ARMY")]
    assert bool(army) == (role not in ("partner", "observer"))


def test_it_is_what_the_command_prints(program_of):
    """For whoever sees everything."""
    from exitplan.usecases.takeover import takeover

    theirs = takeover("kasanda").answer.model_dump(mode="json", by_alias=True)["result"]
    assert program_of("owner").get("takeover").json()["result"] == theirs


def answer(program, code="F-POL", *, tag='"1.0"', **sent):
    """Answer for a function."""
    headers = {"If_Match": tag} if tag else {}
    return program.send("POST", f"functions/{code}/answer", {"reply": "yes", **sent}, **headers)


def test_the_receiver_answers_under_the_version_it_read_and_it_is_on_record_as_from_the_page(program_of):
    """The entry comes back as it stands, with its new tag; signature and history say who, under which version."""
    from exitplan.usecases.deciding import signed

    counterpart, planner = program_of("national_counterpart"), program_of("planner")
    read = counterpart.get("entries/function/F-POL")
    told = answer(counterpart, tag=read["ETag"], reply="with_conditions", text="Fuel is paid for.")

    assert told.status_code == 200, told.content
    body = told.json()["body"]
    assert (body["acceptance"], body["conditions"]) == ("with_conditions", "Fuel is paid for.")
    assert body["answered_on"]
    assert told["ETag"] == counterpart.get("entries/function/F-POL")["ETag"] != read["ETag"]
    line = next(f for f in planner.get("takeover").json()["result"]["functions"] if f["code"] == "F-POL")
    assert (line["acceptance"], line["signed"]) == ("with_conditions", "signed")
    (given,) = signed(Reader("planner"), "KASANDA", "function", "F-POL")
    assert (given.role, given.version, given.receipt) == ("national_counterpart", 1, "agreed_with_reservation")
    acts = {(c["act"], c["why"]) for c in planner.get("entries/function/F-POL/history").json()["items"]}
    assert {("sign", "Fuel is paid for."), ("change", "Fuel is paid for.")} <= acts


@pytest.mark.parametrize("role", [role for role in ROLES if role != "national_counterpart"])
def test_nobody_else_answers(program_of, role):
    """Not the mission, nor its approver, nor a partner who is not named; nothing is written."""
    assert answer(program_of(role)).status_code == 403
    assert program_of("owner").get("entries/function/F-POL").json()["version"] == 1


def test_a_key_that_may_only_read_signs_nothing(program_of):
    """The receiver's own key, made for reading."""
    assert answer(program_of("national_counterpart", scope="read")).status_code == 403


@pytest.mark.parametrize(
    ("sent", "tag", "status"),
    [
        ({"reply": "perhaps"}, '"1.0"', 422),
        ({"reply": ""}, '"1.0"', 422),
        ({"reply": None}, '"1.0"', 422),
        ({"reply": "no"}, '"1.0"', 422),  # without reasons
        ({"reply": "with_conditions", "text": " \n"}, '"1.0"', 422),
        ({"text": 7}, '"1.0"', 422),
        ({"text": "x" * 20_001}, '"1.0"', 422),
        ({"text": "a\0b"}, '"1.0"', 400),
        ({"on": "2020-01-01"}, '"1.0"', 422),  # nobody chooses the day of a signature
        ({}, None, 428),
        ({}, "*", 400),
        ({}, '"2.0"', 412),
    ],
)
def test_what_is_no_answer_signs_nothing(program_of, sent, tag, status):
    """Each is refused in the one shape, and the function stays as it was."""
    refused = answer(program_of("national_counterpart"), tag=tag, **sent)

    assert (refused.status_code, refused.json()["status"]) == (status, status), refused.content
    assert program_of("owner").get("entries/function/F-POL").json()["version"] == 1


@pytest.mark.parametrize("code", ["NO-SUCH", "f-pol", "F" * 61])
def test_a_function_that_is_not_there_is_not_answered_for(program_of, code):
    """404, or 422 for what is no code."""
    assert answer(program_of("national_counterpart"), code).status_code in (404, 422)


def test_whoever_was_overtaken_sees_what_stands_there_now_and_nothing_that_is_hidden(program_of):
    """412 with the answer beside the function as this reader may see it: a source that is not theirs to see is not named."""
    owner, counterpart = program_of("owner"), program_of("national_counterpart")
    source = {"code": "SRC-QUAGGA", "title": "Quagga", "classification": "confidential"}
    assert owner.send("POST", "entries/source", {"body": source, "why": "x"}).status_code == 201
    read = owner.get("entries/function/F-POL")
    sent = {"body": {**read.json()["body"], "sources": ["SRC-QUAGGA"], "cost_year": 50e6}, "why": "dearer"}
    assert owner.send("PUT", "entries/function/F-POL", sent, If_Match=read["ETag"]).status_code == 200

    late = answer(counterpart, reply="no", text="No fuel.")
    assert (late.status_code, late.json()["version"]) == (412, 2)
    assert "QUAGGA" not in late.content.decode().upper()
    differ = {d["field"]: (d["yours"], d["theirs"]) for d in late.json()["difference"]}
    assert differ == {"acceptance": ("no", "yes"), "conditions": ("No fuel.", None)}
