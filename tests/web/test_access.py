"""Every address × every person is compared with the rule table, and everything shown with what the reader may see."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import ModuleType

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import get_resolver, path

from exitplan.domain.kinds import KINDS
from exitplan.domain.roles import ACTIONS, ALLOWED, EDITS, ROLES, Reader, may_see
from exitplan.usecases import people
from exitplan.web import access
from exitplan.web.access import Route, guarded
from exitplan.web.routes import MENU, ROUTES
from tests.web.conftest import MISSION

PEOPLE = (None, "nobody", "operator", *ROLES)
"""Everybody who may knock: nobody known, an account without a part, the operator, and one person for each role."""

SAMPLES = {
    "mission": MISSION,
    "kind": "site",
    "code": "S-NAL",
    "username": "planner.kasanda",
    "form": "csv",
    "lesson": "UNMIT-FOUR-CRITERIA",
}

KIND_ROUTES = ("site", "risk", "criterion", "decision")
"""Kinds that between them tell every role's editing rights apart."""


def addresses(route: Route) -> Iterator[tuple[str, str | None]]:
    """Addresses that lead to a route, with the kind of entry each is about."""
    if "<str:kind>" in route.path:
        for kind in KIND_ROUTES:
            yield _filled(route.path, {**SAMPLES, "kind": kind}), kind
    else:
        yield _filled(route.path, SAMPLES), route.kind


def _filled(pattern: str, values: dict[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        return "1" if found[1] == "int" else values.get(found[2], "X")

    return "/" + re.sub(r"<(?:(\w+):)?(\w+)>", value, pattern)


def expected(route: Route, person: str | None, kind: str | None) -> str:
    """What the rule table says, worked out from its data alone."""
    if route.needs == "anybody":
        return "in"
    if person is None:
        return "sign-in"
    if route.needs == "account":
        return "in"
    if route.needs == "operator":
        return "in" if person == "operator" else "refused"
    if person in ("nobody", "operator"):
        return "no such mission"
    if route.needs not in ALLOWED[person]:
        return "refused"
    if route.needs in ("edit", "delete") and kind is not None:
        kinds = EDITS.get(person, frozenset())
        return "in" if kinds is None or kind in kinds else "refused"
    return "in"


def happened(response: HttpResponse) -> str:
    """What the gate did."""
    if response.status_code == 302 and response["Location"].startswith("/sign-in/?next="):
        return "sign-in"
    return {200: "in", 403: "refused", 404: "no such mission"}[response.status_code]


def disagreements(routes: Sequence[Route], client_of, persons: Sequence[str | None] = PEOPLE) -> list[str]:
    """Every address, method and person for which the gate does not do what the table says. No page itself is run."""
    urls = ModuleType("urls")
    urls.urlpatterns = [
        path(r.path, guarded(replace(r, answer=lambda asked: HttpResponse("in"))), name=r.name) for r in routes
    ]
    found = []
    known = {r.name: r for r in ROUTES}
    with override_settings(ROOT_URLCONF=urls):
        for person in persons:
            client = client_of(person)
            for route in routes:
                for address, kind in addresses(route):
                    for method in route.methods:
                        did = happened(client.generic(method, address))
                        wanted = expected(known[route.name], person, kind)
                        if did != wanted:
                            found.append(f"{method} {address} as {person}: {did}, {wanted} wanted")
    return found


def test_the_gate_does_what_the_rule_table_says(client_of):
    """Every address × method × person, pages with many kinds for several of them."""
    assert disagreements(ROUTES, client_of) == []


def test_a_route_that_loses_its_need_is_found(client_of):
    """Were any single address opened to anybody, the comparison above would say so."""
    clients = {person: client_of(person) for person in PEOPLE}
    for route in ROUTES:
        if route.needs != "anybody":
            opened = replace(route, needs="anybody")
            assert disagreements([opened], clients.__getitem__, [None]), route.name


@pytest.mark.parametrize("broken", ["rule table", "membership"])
def test_a_check_taken_out_of_the_gate_is_found(client_of, monkeypatch, broken):
    """A gate that no longer asks the table, or lets in people without a part, disagrees with it."""
    if broken == "rule table":
        monkeypatch.setattr(access, "may", lambda *_: True)
    else:
        monkeypatch.setattr(people, "reader", lambda *_: Reader("owner"))
    assert disagreements(ROUTES, client_of)


def test_no_address_stands_outside_the_table():
    """Every page that Django knows is one of the table's routes behind the gate; the API has its own table."""
    patterns = get_resolver("exitplan.web.urls").url_patterns
    ours = [p for p in patterns if not str(p.pattern).startswith("api/")]
    assert [str(p.pattern) for p in ours] == [r.path for r in ROUTES]
    assert {p.callback.__qualname__ for p in ours} == {"guarded.<locals>.gate"}


def test_the_table_is_sound():
    """Names are unique, needs are actions of the rule table, and only mission pages ask it."""
    assert len({r.name for r in ROUTES}) == len(ROUTES)
    for route in ROUTES:
        in_mission = route.path.startswith("m/<str:mission>/")
        assert (route.needs in ACTIONS) == in_mission, route.path
        assert route.needs in (*ACTIONS, "anybody", "account", "operator")


def test_what_anybody_may_open_is_known_by_name():
    """Nothing is open to strangers but signing in, the language, and signs of life."""
    assert {r.name for r in ROUTES if r.needs == "anybody"} == {
        "health",
        "metrics",
        "sign-in",
        "recovery",
        "language",
    }


def test_only_posts_change_anything():
    """Every route whose name says that it does something takes POST alone, or shows a form first."""
    for route in ROUTES:
        assert set(route.methods) <= {"GET", "POST"}, route.name


@pytest.mark.parametrize("role", ROLES)
def test_pages_that_are_open_to_a_role_answer(client_of, role):
    """No page in a role's menu fails or refuses, with a full mission and with an empty one."""
    from exitplan.domain.roles import may

    for empty in (False, True):
        client = client_of(role, empty=empty)
        for route, _ in MENU:
            if may(Reader(role), route.needs, route.kind):
                address = "/" + route.path.replace("<str:mission>", "EMPTY" if empty else MISSION)
                assert client.get(address).status_code == 200, (address, role)


@pytest.mark.parametrize("role", ROLES)
def test_an_entry_is_shown_exactly_to_those_who_may_see_it(client_of, kasanda, role):
    """Detail pages, lists, exports and search agree with the rule for every entry there is."""
    client = client_of(role)
    reader = Reader(role, _partner(kasanda) if role == "partner" else None)
    for kind in KINDS:
        entries = (kasanda.mission,) if kind == "mission" else kasanda.entries.get(kind, ())
        listed = client.get(f"/m/{MISSION}/entries/{kind}/?{kind}.find=").content.decode()
        hidden = [e for e in entries if not may_see(reader, e)]
        for entry in hidden:
            assert f">{entry.code}<" not in listed, entry.code
        for entry in hidden[:8]:
            address = f"/m/{MISSION}/entries/{kind}/{entry.code}/"
            assert client.get(address).status_code == 404, address
        if hidden and role != "observer":
            table = client.get(f"/m/{MISSION}/entries/{kind}/?{kind}.export=csv").content.decode()
            assert not [e.code for e in hidden if f"\n{e.code}," in table]
        for entry in hidden[:3]:
            found = client.get(f"/m/{MISSION}/search/", {"q": entry.code}).content.decode()
            assert f"/entries/{kind}/{entry.code}/" not in found


def test_hiding_is_not_empty(kasanda):
    """The check above means something: kasanda hides entries from every role but those to whom all is open or released."""
    for role in ROLES:
        reader = Reader(role, _partner(kasanda) if role == "partner" else None)
        hidden = [e for e in kasanda.everything() if not may_see(reader, e)]
        assert bool(hidden) == (role in ("benchmark_officer", "national_counterpart", "partner", "observer")), role


def test_an_observer_takes_no_table_out(client_of):
    """Exports ask for their own permission; the link is not shown and the file is refused."""
    client = client_of("observer")
    assert client.get(f"/m/{MISSION}/entries/area/?area.export=csv").status_code == 403
    assert "area.export" not in client.get(f"/m/{MISSION}/entries/area/").content.decode()


def test_owners_see_with_other_eyes_and_change_nothing(client_of, kasanda):
    """View-as shows what the role sees, refuses every change, and ends where one asks for it; others have only their own."""
    owner = client_of("owner")
    hidden = next(e for e in kasanda.of(KINDS["risk"]) if not may_see(Reader("observer"), e))
    address = f"/m/{MISSION}/entries/risk/{hidden.code}/"
    assert owner.get(address).status_code == 200
    owner.post(f"/m/{MISSION}/view-as/", {"role": "observer"})
    assert owner.get(address).status_code == 404
    assert owner.post(f"/m/{MISSION}/entries/area/new/", {"code": "X1", "title": "X"}).status_code == 403
    owner.post(f"/m/{MISSION}/view-as/", {"role": ""})
    assert owner.get(address).status_code == 200
    planner = client_of("observer")
    planner.post(f"/m/{MISSION}/view-as/", {"role": "owner"})
    assert planner.get(address).status_code == 404


def _partner(kasanda) -> str:
    return kasanda.of(KINDS["partner"])[0].code
