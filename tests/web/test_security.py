"""Headers, scripts, cookies, forged forms, guessed passwords, sessions left alone, the second factor, uploads, errors."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from exitplan.usecases import people, totp
from exitplan.web import assets
from exitplan.web.routes import MENU, ROUTES
from exitplan.web.settings import CONTENT_SECURITY_POLICY, IDLE_MINUTES, settings
from tests.web.conftest import MISSION, PASSWORD
from tests.web.test_access import addresses

TEMPLATES = Path(people.__file__).parents[1] / "web" / "templates"


def sign_in(name: str, password: str = PASSWORD, **options) -> Client:
    """A browser in which somebody typed name and password."""
    client = Client(**options)
    client.post("/sign-in/", {"username": name, "password": password})
    return client


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere():
    """No unsafe-inline, no unsafe-eval, no foreign host, and frames of ours nowhere."""
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "default-src 'none'" in CONTENT_SECURITY_POLICY
    assert "frame-ancestors 'none'" in CONTENT_SECURITY_POLICY
    assert not re.search(r"https?:|\*", CONTENT_SECURITY_POLICY)


@pytest.mark.parametrize("address", ["/healthz", "/sign-in/", "/", "/nowhere/", "/static/exitplan.css"])
def test_every_answer_carries_the_headers(client_of, address):
    """Pages, refusals, errors and files alike."""
    answer = client_of(None).get(address)
    assert answer["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert len(answer["X-Request-ID"]) == 16
    if not address.startswith("/static/"):
        assert answer["Cache-Control"] == "no-store, private"


def test_no_template_holds_a_script_a_style_or_a_handler():
    """In the sources of every page there is: no inline script, no style attribute, no on… handler, no javascript: address."""
    for path in sorted(TEMPLATES.rglob("*.html")):
        text = path.read_text("utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), path
        assert not re.search(r"<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:|hx-on|hx-vals\s*=\s*['\"]js:", text), path
        assert "|safe" not in text, path


def test_no_page_of_the_menu_holds_a_script_a_style_or_a_handler(client_of):
    """The same in what is really sent, pictures included."""
    client = client_of("owner")
    for route, _ in MENU:
        text = client.get("/" + route.path.replace("<str:mission>", MISSION)).content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle\s*=|<[^>]+\son[a-z]+\s*=", text), route.name


def test_what_people_type_is_never_markup(client_of):
    """A title with a script in it is shown as the text it is: in its page, in the list, in the search."""
    client = client_of("planner")
    title = "<script>alert(1)</script>"
    answer = client.post(f"/m/{MISSION}/entries/area/new/", {"code": "XSS", "title": title, "_version": "0"})
    assert answer.status_code == 302
    for address in (
        "entries/area/XSS/",
        "entries/area/?area.find=script",
        "search/?q=script",
        "entries/area/XSS/edit/",
    ):
        text = client.get(f"/m/{MISSION}/{address}").content.decode()
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text


def test_every_post_asks_for_the_token_of_our_own_forms(client_of):
    """Without it, every address that takes a POST refuses, whoever asks."""
    client = client_of("owner", csrf=True)
    checked = 0
    for route in ROUTES:
        if "POST" in route.methods:
            for address, _ in addresses(route):
                assert client.post(address, {"x": "1"}).status_code == 403, address
                checked += 1
    assert checked >= 20


def test_cookies_are_out_of_reach(home, client_of):
    """The session's cookie is unreadable for scripts, sent to ourselves alone, and over TLS only where there is TLS."""
    client = sign_in("planner.kasanda")
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    secure = settings(home, secure=True)
    assert secure["SESSION_COOKIE_SECURE"]
    assert secure["CSRF_COOKIE_SECURE"]


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_elsewhere_after_signing_in(home, onward):
    """Only addresses of our own are gone on to."""
    client = Client()
    answer = client.post(f"/sign-in/?next={onward}", {"username": "planner.kasanda", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    answer = client.post("/language/", {"language": "fr", "back": onward})
    assert answer["Location"] == "/"


def test_a_refused_page_is_gone_on_to_after_signing_in(home):
    """The address asked for is kept through the sign-in."""
    client = Client()
    answer = client.get(f"/m/{MISSION}/entries/?x=1")
    assert answer["Location"] == f"/sign-in/?next=/m/{MISSION}/entries/%3Fx%3D1"
    answer = client.post(answer["Location"], {"username": "planner.kasanda", "password": PASSWORD})
    assert answer["Location"] == f"/m/{MISSION}/entries/?x=1"


def test_a_wrong_name_and_a_wrong_password_look_the_same(home):
    """Nobody learns from the sign-in who has an account."""
    pages = []
    for name in ("planner.kasanda", "somebody.else"):
        answer = Client().post("/sign-in/", {"username": name, "password": "wrong"})
        text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        pages.append((answer.status_code, text.replace(name, "NAME")))
    assert pages[0] == pages[1]
    assert pages[0][0] == 401


def test_guessing_gets_slower_and_then_even_the_right_password_waits(home):
    """After five failures the next attempt is not heard for a while."""
    client = Client()
    for _ in range(6):
        answer = client.post("/sign-in/", {"username": "planner.kasanda", "password": "wrong"})
    assert answer.status_code == 429
    answer = client.post("/sign-in/", {"username": "planner.kasanda", "password": PASSWORD})
    assert answer.status_code == 429
    assert "account" not in client.session


def test_a_session_left_alone_ends(client_of):
    """After the idle time one has to sign in again; before it, not."""
    client = client_of("planner")
    for minutes, status in ((IDLE_MINUTES - 1, 200), (IDLE_MINUTES + 1, 302)):
        session = client.session
        session["seen"] = int((datetime.now(UTC) - timedelta(minutes=minutes)).timestamp())
        session.save()
        assert client.get("/").status_code == status


def test_signing_in_begins_a_new_session(home):
    """A session key that was planted before is worthless afterwards."""
    client = Client()
    client.post("/language/", {"language": "fr", "back": "/"})
    planted = client.session.session_key
    client.post("/sign-in/", {"username": "planner.kasanda", "password": PASSWORD})
    assert client.session.session_key != planted


def test_a_changed_password_ends_every_other_session(home):
    """The one that changed it stays signed in, the other does not."""
    here, there = sign_in("planner.kasanda"), sign_in("planner.kasanda")
    answer = here.post("/account/password/", {"old": PASSWORD, "new": "another long sentence"})
    assert answer.status_code == 302
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302
    assert here.post("/account/password/", {"old": "wrong", "new": "yet another sentence"}).status_code == 422


@pytest.mark.parametrize("role", ["owner", "approver"])
def test_owners_and_approvers_show_a_second_factor_first(home, role):
    """Nothing of a mission is answered before; the code is good once; recovery codes are shown this once."""
    client = sign_in(f"{role}.kasanda")
    mission = f"/m/{MISSION}/"
    assert client.get(mission)["Location"] == f"/second-factor/?next={mission}"
    page = client.get("/second-factor/").content.decode()
    secret = client.session["enrolment"]
    assert secret in page
    assert client.post("/second-factor/", {"code": "000000"}).status_code == 401
    assert client.get(mission).status_code == 302
    code = totp.code(secret, int(datetime.now(UTC).timestamp()) // totp.STEP_SECONDS)
    answer = client.post(f"/second-factor/?next={mission}", {"code": code})
    recovery = re.findall(r"<code>([0-9a-f]{4}(?:-[0-9a-f]{4}){4})</code>", answer.content.decode())
    assert len(recovery) == 10
    assert client.get(mission).status_code == 200
    assert secret not in client.get("/second-factor/").content.decode()

    again = sign_in(f"{role}.kasanda")
    assert again.post("/second-factor/", {"code": code}).status_code == 401, "each code is good once"
    assert again.post("/second-factor/", {"code": recovery[0]}).status_code == 302
    third = sign_in(f"{role}.kasanda")
    assert third.post("/second-factor/", {"code": recovery[0]}).status_code == 401, "a recovery code is used up"


def test_a_recovery_code_sets_a_new_password_once(home):
    """The way back without e-mail; a wrong code is slowed down like a wrong password."""
    from exitplan.store.factors import named, new_recovery_codes

    code = new_recovery_codes(named("planner.kasanda"))[0]
    fields = {"username": "planner.kasanda", "code": code, "new": "a quite different sentence"}
    client = Client()
    assert client.post("/recovery/", {**fields, "new": "short"}).status_code == 422
    assert client.post("/recovery/", fields).status_code == 302
    assert client.get("/account/").status_code == 200
    assert Client().post("/recovery/", fields).status_code == 401


def test_nothing_but_our_own_files_lies_under_static(client_of):
    """A name that is no file of ours is not found, however it is written; the digest in the address makes a file eternal."""
    client = client_of(None)
    for name in ("../settings.py", "..%2Fsettings.py", "/etc/passwd", "exitplan.css/..", "", "EXITPLAN.CSS"):
        assert client.get(f"/static/{name}").status_code == 404, name
    for name in assets.assets():
        answer = client.get(assets.address(name))
        assert (answer.status_code, "immutable" in answer["Cache-Control"]) == (200, True)
        tagged = client.get(f"/static/{name}", headers={"If-None-Match": answer["ETag"]})
        assert tagged.status_code == 304
        assert "immutable" not in client.get(f"/static/{name}?other")["Cache-Control"]


def test_first_visit_and_next_are_light(client_of):
    """Style and script together stay far below what a slow line bears (gzip)."""
    sizes = {name: len(asset.packed) for name, asset in assets.assets().items()}
    assert sum(sizes.values()) < 60_000, sizes


def test_our_own_bug_is_a_page_with_a_reference_and_nothing_else(client_of, monkeypatch):
    """No trace, no path, no value of ours reaches the reader; the log has it under the reference."""

    def broken(*_: object) -> None:
        raise RuntimeError("a secret detail")

    client = client_of("planner")
    monkeypatch.setattr(people, "missions_of", broken)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "a secret detail" not in answer.content.decode()
    assert re.search(r"reference \d{8}-\d{6}-\w+", answer.content.decode())


def test_a_database_that_is_gone_is_a_clear_page(client_of, monkeypatch):
    """Not a trace and not a blank page, and for a program the same shape as every error."""
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import OperationalError

    def gone(*_: object) -> None:
        raise OperationalError("disk I/O error")

    client = client_of("planner")
    client.raise_request_exception = False
    monkeypatch.setattr(SessionStore, "_get_session_from_db", gone)
    answer = client.get("/")
    assert answer.status_code == 503
    assert "disk I/O" not in answer.content.decode()
    assert "<h1>" in answer.content.decode()


def test_metrics_are_for_those_who_hold_the_key(client_of, monkeypatch):
    """Without a key set, or with a wrong one, there is no such page; with it, numbers that name no mission."""
    client = client_of("operator")
    assert client.get("/metrics").status_code == 404
    monkeypatch.setenv("EXITPLAN_METRICS_TOKEN", "a-key")
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404
    text = client.get("/metrics", headers={"Authorization": "Bearer a-key"}).content.decode()
    assert "exitplan_missions 2\n" in text
    assert MISSION not in text


def test_nobody_makes_a_mission_from_a_file_of_the_server(client_of):
    """A bundled mission is taken by its name alone: paths are not names."""
    client = client_of("operator")
    answer = client.post("/new-mission/", {"from": "bundled", "bundled": "/etc", "owner": "operator"})
    assert answer.status_code == 422
