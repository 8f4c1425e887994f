"""Results, long work, documents and bundles over the API: the same as the commands and the pages."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from exitplan.usecases import capacity, risks, schedule, status
from exitplan.usecases.answers import as_json
from tests.web.api.conftest import KASANDA


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("status", lambda: status.status("kasanda")),
        ("schedule", lambda: schedule.schedule("kasanda")),
        ("capacity", lambda: capacity.capacity("kasanda")),
        ("risks", lambda: risks.risks("kasanda")),
    ],
)
def test_whoever_sees_everything_gets_what_the_command_prints(program_of, name, asked):
    """Byte for byte `exitplan NAME kasanda --json`."""
    assert program_of("owner").get(name).content.decode() == as_json(asked().answer)


def test_readers_without_chances_get_none(program_of):
    """No probability of a gate, no capacity; the rest of the status stays."""
    observer = program_of("observer")
    told = observer.get("status").json()["result"]

    assert all(gate["opening"] == [] for gate in told["gates"])
    assert told["clocks"]["conditions"]["probability_at_calendar"] is None
    assert observer.get("capacity").status_code == 403


@pytest.mark.parametrize("question", ["plan=NO-SUCH", "scenario=NO-SUCH", "plan=" + "X" * 49])
def test_a_plan_or_scenario_that_is_not_there_is_told(program_of, question):
    """404 for a code that is none here, 422 for one that is no code."""
    assert program_of("planner").get(f"schedule?{question}").status_code in (404, 422)


def test_futures_are_asked_for_watched_and_fetched(program_of, home):
    """From queued to done by the worker; the answer is that of the command."""
    import threading

    from exitplan.store import runs
    from exitplan.usecases.working import do

    planner = program_of("planner")
    plan = planner.get("entries/plan?limit=1").json()["items"][0]["code"]
    begun = planner.send("POST", "futures", {"plan": plan, "futures": 100, "horizon": 6})
    assert (begun.status_code, begun.json()["state"]) == (202, "queued")
    assert planner.get(begun["Location"] + "/result").status_code == 404
    taken = runs.take("test", datetime.now(UTC))
    assert taken is not None
    do(taken, threading.Event())

    assert planner.get(begun["Location"]).json()["state"] == "done"
    told = planner.get(begun["Location"] + "/result").json()
    assert (told["schema"], told["manifest"]["options"]["futures"]) == ("exitplan/futures/1", 100)
    assert told["result"]["areas"]
    assert program_of("risk_officer").get(begun["Location"]).status_code == 404  # another role may see less

    assert told["on"] == "2026-06-30"
    owner, asked_on = program_of("owner"), told["manifest"]["inputs"]
    assert planner.get("status").json()["manifest"]["inputs"] == asked_on
    change(owner, "area", "XKA-UMB", title="Renamed")
    assert planner.get("status").json()["manifest"]["inputs"] != asked_on
    assert planner.get(begun["Location"] + "/result").json() == told, "of the mission as it stood when they were drawn"
    change(owner, "source", "SRC-EVENTS", classification="confidential")
    assert planner.get(begun["Location"] + "/result").status_code == 404, "its counts are no longer shown"
    assert planner.get("hindsight").json()["result"]["not_shown"]
    assert planner.get(begun["Location"]).json()["state"] == "done"
    change(owner, "plan", plan, classification="confidential")
    assert planner.get(begun["Location"]).status_code == 404
    assert planner.get("futures").json()["items"] == []


def test_a_run_that_failed_by_what_it_was_asked_says_what_was_wrong(program_of, home, monkeypatch):
    """As findings, in the one shape of every finding; nothing once any of what it may speak of is hidden."""
    import threading

    from exitplan.usecases.working import work

    monkeypatch.setattr("exitplan.engine.stability.presence.LEAST_HISTORY", 1000)
    planner, owner = program_of("planner"), program_of("owner")
    begun = planner.send("POST", "futures", {"plan": "P-CALENDAR", "futures": 100, "horizon": 6})
    assert begun.json()["findings"] == []
    work(threading.Event(), once=True)

    told = planner.get(begun["Location"]).json()
    (finding,) = told["findings"]
    assert (told["state"], finding["code"], finding["where"]) == ("failed", "too-little-history", "")
    assert "1000 months" in finding["wanted"]
    assert planner.get("futures").json()["items"] == [told]
    change(owner, "source", "SRC-EVENTS", classification="confidential")
    assert planner.get(begun["Location"]).json() == told | {"findings": []}


def change(owner, kind, code, **fields):
    """Write fields of an entry."""
    read = owner.get(f"entries/{kind}/{code}")
    body = {"body": {**read.json()["body"], **fields}, "why": "x"}
    written = owner.send("PUT", f"entries/{kind}/{code}", body, If_Match=read["ETag"])
    assert written.status_code == 200, written.content


def test_a_difference_is_asked_for_watched_and_fetched(program_of, home, monkeypatch):
    """As futures are, by those who were given chances; the answer is that of the command."""
    import threading

    from exitplan.engine.stability import explain
    from exitplan.store import runs
    from exitplan.usecases.working import do

    monkeypatch.setitem(explain.explain.__kwdefaults__, "points", 8)
    planner, asked = program_of("planner"), {"plan": "P-CALENDAR", "against": "P-SLOWER", "futures": 100, "horizon": 6}
    begun = planner.send("POST", "differences", asked)
    assert (begun.status_code, begun.json()["state"]) == (202, "queued")
    assert planner.get(begun["Location"] + "/result").status_code == 404
    taken = runs.take("test", datetime.now(UTC))
    assert taken is not None
    do(taken, threading.Event())

    assert planner.get(begun["Location"]).json()["state"] == "done"
    told = planner.get(begun["Location"] + "/result").json()
    assert (told["schema"], told["result"]["against"]) == ("exitplan/explain/1", "P-SLOWER")
    assert told["manifest"]["options"]["futures"] == 100
    assert told["result"]["areas"]
    number = begun["Location"].rsplit("/", 1)[1]
    assert planner.get(f"futures/{number}").status_code == 404  # another kind of work
    assert program_of("risk_officer").get(begun["Location"]).status_code == 404  # another role may see less
    assert planner.send("POST", "differences", asked | {"against": "P-NOWHERE"}).status_code == 404


def test_a_difference_is_asked_for_one_area_where_the_main_definition_is_read_per_area(program_of, home, monkeypatch):
    """Refused at its field without one; explained for the area asked for, and within the months asked for."""
    import threading

    from exitplan.engine.stability import explain
    from exitplan.usecases.working import work

    monkeypatch.setitem(explain.explain.__kwdefaults__, "points", 8)
    change(program_of("owner"), "mission", "KASANDA", renewed_violence="AX")
    planner, asked = program_of("planner"), {"plan": "P-CALENDAR", "against": "P-SLOWER", "futures": 100, "horizon": 6}
    refused = planner.send("POST", "differences", asked)
    assert (refused.status_code, refused.json()["error"]) == (
        422,
        "Area: nothing given; wanted: an area: AX is read per area",
    )
    for wrong, code in (({"by": 7}, 422), ({"by": 0}, 422), ({"definition": "R26"}, 404), ({"area": "NOWHERE"}, 404)):
        assert planner.send("POST", "differences", asked | {"area": "XKA-UMB"} | wrong).status_code == code, wrong

    begun = planner.send("POST", "differences", asked | {"area": "XKA-UMB", "by": 3})
    options = begun.json()["options"]
    assert (options["definition"], options["area"], options["by"]) == ("AX", "XKA-UMB", 3)
    work(threading.Event(), once=True)
    told = planner.get(begun["Location"] + "/result").json()["result"]["explained"]
    assert [(e["definition"], e["scope"], e["by_months"]) for e in told if e["measure"] == "chance"] == [
        ("AX", "XKA-UMB", 3)
    ]


@pytest.mark.parametrize(("family", "more"), [("futures", {}), ("differences", {"against": "P-SLOWER"})])
def test_a_run_is_cancelled_and_asked_for_again(program_of, family, more):
    """One that waits stops at once."""
    planner = program_of("planner")
    plan = planner.get("entries/plan?limit=1").json()["items"][0]["code"]
    place = planner.send("POST", family, {"plan": plan, "futures": 100, "horizon": 6, **more})["Location"]

    assert planner.send("POST", f"{place}/cancel").json()["state"] == "cancelled"
    again = planner.send("POST", f"{place}/again")
    assert again.json()["state"] == "queued"
    assert [r["state"] for r in planner.get(family).json()["items"]] == ["queued", "cancelled"]


def test_a_document_is_kept_and_comes_back_as_it_was(program_of):
    """Bytes equal, as a file to be saved; somebody to whom it is not released finds nothing."""
    planner = program_of("planner")
    file = SimpleUploadedFile("../../pro\ntocol.txt", b"Signed in Halmeru", "text/html")
    data = {"content": file, "why": "evidence", "title": "Protocol"}
    made = planner.browser.post(f"{KASANDA}/documents", data, headers=planner.headers)
    assert made.status_code == 201, made.content
    back = planner.get(made["Location"])

    assert back.content == b"Signed in Halmeru"
    assert back["Content-Type"] == "text/plain"
    assert back["Content-Disposition"].startswith("attachment")
    assert [d["title"] for d in planner.get("documents").json()["items"]] == ["Protocol"]
    observer = program_of("observer")
    assert observer.get(made["Location"]).status_code == 404
    assert observer.get("documents").json()["total"] == 0


@pytest.mark.parametrize(
    ("name", "content"), [("a.exe", b"MZ"), ("a.pdf", b"no pdf"), ("a.txt", b""), ("a.txt", b"\0"), ("", b"x")]
)
def test_a_document_that_is_not_what_it_says_is_refused(program_of, name, content):
    """Nothing that could run, nothing empty."""
    planner = program_of("planner")
    data = {"content": SimpleUploadedFile(name or "x", content), "why": "x"}

    assert planner.browser.post(f"{KASANDA}/documents", data, headers=planner.headers).status_code == 422


@pytest.mark.parametrize(
    "body", [b"", b"--x", b'--x\r\nContent-Disposition: form-data; name="content"\r\n\r\n', b"\xff" * 100]
)
def test_a_form_that_was_cut_off_is_refused(program_of, body):
    """A 4xx in the one shape."""
    refused = program_of("planner").send("POST", "documents", body, media="multipart/form-data; boundary=x")

    assert 400 <= refused.status_code < 500
    assert refused.json()["status"] == refused.status_code


def test_a_bundle_goes_out_and_comes_back_with_one_conflict(program_of):
    """An entry changed on both sides stays as it is here, both shown; one changed out there alone is taken."""
    planner = program_of("planner")
    out = planner.send("POST", "bundle", {"why": "mission without network"})
    assert out.status_code == 200, out.content
    with zipfile.ZipFile(io.BytesIO(out.content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    titles = {e["code"]: e["body"]["title"] for e in planner.get("entries/source").json()["items"]}
    both, there = list(titles)[:2]
    text = files["sources.yaml"].decode()
    for code in (both, there):
        assert titles[code] in text
        text = text.replace(titles[code], f"{titles[code]} out there", 1)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in {**files, "sources.yaml": text.encode()}.items():
            archive.writestr(name, content)
    ours = planner.get(f"entries/source/{both}")
    changed = {"body": {**ours.json()["body"], "title": "Changed here"}, "why": "here"}
    assert planner.send("PUT", f"entries/source/{both}", changed, If_Match=ours["ETag"]).status_code == 200

    data = {"bundle": SimpleUploadedFile("b.zip", packed.getvalue()), "why": "back"}
    merged = planner.browser.post(f"{KASANDA}/bundle/merge", data, headers=planner.headers)
    assert merged.status_code == 200, merged.content
    told = merged.json()
    assert (told["conflicts"], told["written"]) == (1, 1)
    assert {(e["code"], e["outcome"]) for e in told["entries"]} == {(both, "both-changed"), (there, "changed")}
    assert planner.get(f"entries/source/{both}").json()["body"]["title"] == "Changed here"
    assert planner.get(f"entries/source/{there}").json()["body"]["title"].endswith("out there")


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + b"\0" * 18])
def test_a_bundle_that_is_none_is_refused(program_of, content):
    """422, nothing written."""
    planner = program_of("planner")
    data = {"bundle": SimpleUploadedFile("b.zip", content), "why": "x"}

    assert planner.browser.post(f"{KASANDA}/bundle/merge", data, headers=planner.headers).status_code == 422


def test_the_description_names_every_operation_with_words_for_every_part(program_of):
    """OpenAPI 3.1: each operation, parameter and field of a body is described."""
    document = program_of("observer").get("/api/v1/openapi.json").json()

    assert document["openapi"].startswith("3.1")
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"], (path, method)
            assert operation["description"], (path, method)
            assert all(p.get("description") for p in operation["parameters"]), (path, method, operation["parameters"])
            assert {"401", "422"} <= operation["responses"].keys()
    references = {r.split('"')[0] for r in json.dumps(document).split("#/components/schemas/")[1:]}
    assert references <= document["components"]["schemas"].keys()


def test_the_description_is_a_page_too(program_of):
    """Every address on a page of our own, nothing from elsewhere."""
    page = program_of("observer").get("/api/v1/docs").content.decode()

    assert "/missions/{mission}/status" in page
    assert "://" not in page.replace("http://www.w3.org", "")


def test_a_document_is_made_from_what_the_reader_sees(program_of):
    """The same file as on the page of reports; a pair that there is not is refused, and an observer exports nothing."""
    planner = program_of("planner")
    path = "/api/v1/missions/KASANDA/papers"
    answer = planner.send("GET", f"{path}/calendar.ics?lang=fr", b"", "application/json")
    assert answer.status_code == 200
    assert answer.content.startswith(b"BEGIN:VCALENDAR")
    assert planner.send("GET", f"{path}/calendar.docx", b"", "application/json").status_code == 422
    assert program_of("observer").send("GET", f"{path}/calendar.ics", b"", "application/json").status_code == 403


def test_kept_forecasts_are_held_against_what_was_recorded_since(program_of, home):
    """Drawn from January, looked at from June: five months; a role without chances is refused, another has none of them."""
    import threading

    from exitplan.usecases.working import work

    owner, planner = program_of("owner"), program_of("planner")
    read = owner.get("entries/mission/KASANDA")
    today, earlier = read.json()["body"], {**read.json()["body"], "as_of": "2026-01-31"}
    changed = owner.send("PUT", "entries/mission/KASANDA", {"body": earlier, "why": "x"}, If_Match=read["ETag"])
    assert changed.status_code == 200, changed.content
    assert planner.get("hindsight").json()["result"]["kept"] == 0
    planner.send("POST", "futures", {"plan": "P-CALENDAR", "futures": 100, "horizon": 6})
    work(threading.Event(), once=True)
    owner.send("PUT", "entries/mission/KASANDA", {"body": today, "why": "x"}, If_Match=changed["ETag"])

    told = planner.get("hindsight").json()
    assert (told["schema"], told["on"]) == ("exitplan/hindsight/1", "2026-06-30")
    (forecast,) = told["result"]["forecasts"]
    assert (told["result"]["kept"], told["result"]["months"], len(forecast["months"])) == (1, 5, 5)
    assert planner.get("hindsight?on=2026-03-31").json()["result"]["months"] == 2
    assert owner.get("hindsight").json()["result"]["kept"] == 0
    assert program_of("observer").get("hindsight").status_code == 403
