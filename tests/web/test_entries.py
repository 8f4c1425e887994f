"""Writing entries: drafts always save, two writers lose nothing, nobody wipes out what they are not shown."""

from __future__ import annotations

import html
import re

import pytest

from exitplan.domain.dossier import body
from exitplan.domain.kinds import KINDS, Gate, Site
from exitplan.domain.roles import Reader, may_see
from exitplan.store import entries
from tests.web.conftest import EMPTY, MISSION

SITE = f"/m/{MISSION}/entries/site/S-NAL"


def fields(client, address: str) -> dict[str, list[str]]:
    """Every field of a form as a browser would send it back untouched."""
    text = client.get(address).content.decode()
    form = text[text.index('class="entry-form"') :]
    form = form[: form.index("</form>")]
    sent: dict[str, list[str]] = {}

    def add(name: str, value: str) -> None:
        sent.setdefault(html.unescape(name), []).append(html.unescape(value))

    for tag in re.findall(r"<input\b[^>]*>", form):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if attributes.get("type") in ("checkbox", "radio"):
            if " checked" in tag:
                add(attributes["name"], attributes.get("value", "on"))
        elif "name" in attributes:
            add(attributes["name"], attributes.get("value", ""))
    for name, value in re.findall(r'<textarea\b[^>]*\bname="([^"]*)"[^>]*>(.*?)</textarea>', form, re.S):
        add(name, value.removeprefix("\n"))
    for name, options in re.findall(r'<select\b[^>]*\bname="([^"]*)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        add(name, chosen[1] if chosen else "")
    sent.pop("csrfmiddlewaretoken", None)
    return sent


def stored(kind: str, code: str, mission: str = MISSION) -> dict:
    """The body in the database."""
    return entries.read(mission, kind, code)[0]


@pytest.mark.slow
def test_a_form_sent_back_untouched_changes_nothing(client_of, kasanda):
    """For an entry of every kind, in one language or the other: what the form shows is what it reads, with that language's numbers."""
    for place, lang in enumerate(("fr", "en")):
        client = client_of("owner", lang=lang)
        for kind in list(KINDS)[place::2]:
            entries_there = (kasanda.mission,) if kind == "mission" else kasanda.entries[kind][place::-1][:1]
            for entry in entries_there:
                address = f"/m/{MISSION}/entries/{kind}/{entry.code}/edit/"
                answer = client.post(address, fields(client, address))
                assert answer.status_code == 302, (kind, entry.code)
                now = KINDS[kind].model_validate(stored(kind, entry.code))
                assert body(now) == body(entry), (kind, entry.code)


def test_a_half_known_draft_saves_with_its_findings_beside_it(client_of):
    """No type, no area, a number that is none: all of it is kept, and every finding is said."""
    client = client_of("planner", empty=True)
    typed = {
        "code": "S-X",
        "title": "Camp X",
        "military": "about forty",
        "latitude": "",
        "_version": "0",
        "_why": "first",
    }
    answer = client.post(f"/m/{EMPTY}/entries/site/new/", typed)
    assert answer.status_code == 302
    kept = stored("site", "S-X", EMPTY)
    assert kept["military"] == "about forty"
    page = client.get(answer["Location"]).content.decode()
    assert "about forty" in page
    assert page.count('class="finding error"') >= 3
    again = client.get(f"{answer['Location']}edit/").content.decode()
    assert 'value="about forty"' in again


def test_typed_text_that_is_no_yaml_is_kept(client_of):
    """A condition half-written stays as it was typed, with its finding, in the form and in the page."""
    client = client_of("planner", empty=True)
    half = "all: [criterion: C1"
    client.post(f"/m/{EMPTY}/entries/gate/new/", {"code": "G1", "title": "Gate", "rule:yaml": half, "_version": "0"})
    assert stored("gate", "G1", EMPTY)["rule"] == half
    assert half in html.unescape(client.get(f"/m/{EMPTY}/entries/gate/G1/edit/").content.decode())


@pytest.mark.parametrize("code", ["", "with space", "ÄÖ", "x" * 60, "../x", "<b>"])
def test_a_code_that_is_none_is_said_and_nothing_typed_is_lost(client_of, code):
    """The form comes back as it was, with what a code must be."""
    client = client_of("planner", empty=True)
    answer = client.post(f"/m/{EMPTY}/entries/area/new/", {"code": code, "title": "A title", "_version": "0"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert 'value="A title"' in text
    assert "finding error" in text


def test_the_second_of_two_writers_sees_both_versions_and_loses_nothing(client_of):
    """Theirs and yours side by side; saving again, knowingly, writes yours; the first change stays in the history."""
    first, second = client_of("planner"), client_of("owner")
    address = f"{SITE}/edit/"
    mine, yours = fields(first, address), fields(second, address)
    assert first.post(address, {**mine, "guard": ["Ministry guard"], "_why": ["theirs"]}).status_code == 302
    answer = second.post(address, {**yours, "guard": ["Community guard"], "_why": ["mine"]})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Ministry guard" in text
    assert 'value="Community guard"' in text
    assert 'value="mine"' in text
    version = re.search(r'name="_version" value="(\d+)"', text)[1]
    assert stored("site", "S-NAL")["guard"] == "Ministry guard"
    again = {**yours, "guard": ["Community guard"], "_version": [version], "_why": ["mine"]}
    assert second.post(address, again).status_code == 302
    assert stored("site", "S-NAL")["guard"] == "Community guard"
    assert [p.why for p in entries.history(MISSION, "site", "S-NAL")][:2] == ["mine", "theirs"]


def test_an_entry_deleted_meanwhile_is_brought_back_by_saving(client_of):
    """The writer is told that it is gone and can save what they typed."""
    first, second = client_of("owner"), client_of("planner")
    address = f"/m/{MISSION}/entries/lesson"
    code = next(iter(c for k, c in entries.versions(MISSION) if k == "lesson"))
    typed = fields(second, f"{address}/{code}/edit/")
    version = typed["_version"][0]
    assert first.post(f"{address}/{code}/delete/", {"_why": "", "_version": version}).status_code == 422
    assert first.post(f"{address}/{code}/delete/", {"_why": "double", "_version": version}).status_code == 302
    assert second.get(f"{address}/{code}/").status_code == 404
    assert second.post(f"{address}/{code}/edit/", typed).status_code in (404, 409)


def test_rows_are_added_removed_and_kept_in_order(client_of):
    """Another empty row on request, without saving; a row marked is gone; empty ones fall away."""
    client = client_of("planner")
    address = f"{SITE}/edit/"
    typed = fields(client, address)
    before = [step["code"] for step in stored("site", "S-NAL")["steps"]]
    spare = len(before)
    answer = client.post(address, {**typed, "_more": ["steps"], "guard": ["typed before"]})
    assert answer.status_code == 200
    assert f'name="steps[{spare + 1}].code"' in answer.content.decode()
    assert 'value="typed before"' in answer.content.decode()
    assert [step["code"] for step in stored("site", "S-NAL")["steps"]] == before
    more = {f"steps[{spare}].code": ["keys"], f"steps[{spare}].title": ["Keys"], f"steps[{spare}].days": ["2"]}
    answer = client.post(address, {**typed, **more, "steps[0].remove": ["on"]})
    assert answer.status_code == 302
    assert [step["code"] for step in stored("site", "S-NAL")["steps"]] == [*before[1:], "keys"]


def test_what_a_writer_is_not_shown_survives_their_writing(client_of, kasanda):
    """A planner changes a gate that hangs on a confidential criterion: the part they never saw is still there."""
    owner, planner = client_of("owner"), client_of("planner")
    gate = next(g for g in kasanda.of(Gate) if g.criteria and may_see(Reader("planner"), g))
    criterion = f"/m/{MISSION}/entries/criterion/{gate.criteria[0]}"
    hide = {**fields(owner, f"{criterion}/edit/"), "classification": ["confidential"], "released_to": []}
    assert owner.post(f"{criterion}/edit/", hide).status_code == 302
    assert planner.get(f"{criterion}/").status_code == 404
    address = f"/m/{MISSION}/entries/gate/{gate.code}"
    form = planner.get(f"{address}/edit/").content.decode()
    assert "Part of this is not shown to you. It stays as it is." in form
    assert gate.criteria[0] not in form + planner.get(f"{address}/").content.decode()
    answer = planner.post(f"{address}/edit/", {**fields(planner, f"{address}/edit/"), "note": ["from the planner"]})
    assert answer.status_code == 302
    now = Gate.model_validate(stored("gate", gate.code))
    assert (now.criteria, now.rule, now.note) == (gate.criteria, gate.rule, "from the planner")


def test_checking_says_what_is_wrong_and_saves_nothing(client_of):
    """The live check gives findings for what is typed."""
    client = client_of("planner")
    before = stored("site", "S-NAL")
    answer = client.post(f"/m/{MISSION}/entries/site/check/", {"code": "S-NAL", "_code": "S-NAL", "military": "many"})
    assert "finding error" in answer.content.decode()
    assert stored("site", "S-NAL") == before


@pytest.mark.parametrize("kind", ["nothing", "measurement", "__class__", "sites"])
def test_a_kind_that_is_none_is_not_found(client_of, kind):
    """Lists, forms and details of it alike."""
    client = client_of("owner")
    for address in ("", "new/", "X/", "X/edit/", "X/delete/"):
        assert client.get(f"/m/{MISSION}/entries/{kind}/{address}").status_code == 404


def test_a_mission_begins_with_eight_kinds_and_shows_others_on_request(client_of):
    """Eight cards in an empty mission, nine after one was asked for."""
    client = client_of("planner", empty=True)
    cards = lambda: client.get(f"/m/{EMPTY}/entries/").content.decode().count("<h2><a")  # noqa: E731
    assert cards() == 8
    assert client.post(f"/m/{EMPTY}/kinds/", {"kind": "risk", "show": "1"}).status_code == 302
    assert cards() == 9
    assert client.post(f"/m/{EMPTY}/kinds/", {"kind": "nothing", "show": "1"}).status_code == 404


def test_search_finds_codes_first_and_ignores_accents(client_of, kasanda):
    """The code itself is the first line found; words without accents and case find words with them."""
    client = client_of("planner", lang="fr")
    text = client.get(f"/m/{MISSION}/search/", {"q": "s-nal"}).content.decode()
    assert re.search(r"<tbody>\s*<tr>.*?/entries/site/S-NAL/", text, re.S)
    site = kasanda.find(Site, "S-NAL")
    assert site.code in client.get(f"/m/{MISSION}/search/", {"q": site.name("fr").upper()}).content.decode()
    assert client.get(f"/m/{MISSION}/search/").status_code == 200


def test_the_history_tells_who_when_and_why(client_of):
    """A change stands in the mission's history and in the entry's own, field by field."""
    client = client_of("planner")
    client.post(
        f"{SITE}/edit/", {**fields(client, f"{SITE}/edit/"), "guard": ["New guard"], "_why": ["a clear reason"]}
    )
    text = client.get(f"/m/{MISSION}/history/").content.decode()
    assert "a clear reason" in text
    number = re.search(rf"/m/{MISSION}/history/(\d+)/", text)[1]
    change = client.get(f"/m/{MISSION}/history/{number}/").content.decode()
    assert "New guard" in change
    assert client.get(f"/m/{MISSION}/history/999999/").status_code == 404
