"""Partners, and consent and access, on their pages and in the API: each role sees its own, and nobody a hidden name."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

ClientOf = Callable[..., Any]


def page(client: Any, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return str(answer.content.decode())


def test_a_planner_finds_gaps_parts_checks_and_what_hinders(client_of: ClientOf, kasanda_code: str) -> None:
    """On the four pages where they work."""
    client = client_of("planner")
    partners = page(client, f"/m/{kasanda_code}/partners/")
    assert "one firm partner only" in partners
    assert "Reach from afar" in partners
    assert "nobody accountable" in partners
    assert "Encryption keys have not been exchanged." in page(client, f"/m/{kasanda_code}/handovers/H-POL-ORU/")
    assert "Its parts in hand-overs" in page(client, f"/m/{kasanda_code}/partners/P-BIREYA/")
    access = page(client, f"/m/{kasanda_code}/access/")
    assert "Answers overdue" in access
    assert f"/m/{kasanda_code}/entries/signal/new/" in access


@pytest.mark.parametrize("role", ["national_counterpart", "partner", "observer"])
def test_readers_outside_the_mission_see_no_hidden_partner_site_or_statement(
    client_of: ClientOf, kasanda_code: str, role: str
) -> None:
    """A part of a partner they may not see is there without its name; movements tell no place."""
    client = client_of(role)
    handover = page(client, f"/m/{kasanda_code}/handovers/H-POL-QUE/")
    assert "not shown to you" in handover
    assert "Bireya" not in handover
    access = page(client, f"/m/{kasanda_code}/access/")
    assert "Camp Sivar" not in access
    assert "forty vehicles" not in access
    assert "10 Jul 2026" not in access  # a day to come is told by its quarter
    assert "Thalnor wants" not in access
    assert "entries/signal/new" not in access


def test_an_empty_mission_says_what_is_not_there(client_of: ClientOf) -> None:
    """In words."""
    client = client_of("owner", empty=True)
    assert "No sign of consent, access or political will is on record." in page(client, "/m/EMPTY/access/")
    assert "No commitment is on record." in page(client, "/m/EMPTY/partners/")


@pytest.mark.parametrize("role", ["planner", "observer"])
def test_the_api_answers_from_what_the_reader_may_see(client_of: ClientOf, kasanda_code: str, role: str) -> None:
    """Like the command, and without the commitments that are hidden from the reader."""
    answer = client_of(role).get(f"/api/v1/missions/{kasanda_code}/partners?silent=60")
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert told["schema"] == "exitplan/partners/1"
    assert told["result"]["silent_days"] == 60
    assert bool([r for r in told["result"]["reach"] if r["commitment"] == "Q01"]) == (role == "planner")
    assert bool(told["result"]["contacts"]) == (role == "planner")


@pytest.mark.parametrize("silent", ["0", "-3", "3651", "often"])
def test_days_out_of_range_are_refused(client_of: ClientOf, kasanda_code: str, silent: str) -> None:
    """With what was wanted."""
    answer = client_of("planner").get(f"/api/v1/missions/{kasanda_code}/partners?silent={silent}")
    assert answer.status_code == 422
    assert "silent" in answer.content.decode()


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("path", ["partners", "takeover"])
def test_a_long_page_leads_to_its_parts(client_of: ClientOf, kasanda_code: str, path: str, lang: str) -> None:
    """Links at its top, each to something that stands on the page, in the order of the page."""
    page = client_of("planner", lang=lang).get(f"/m/{kasanda_code}/{path}/").content.decode()
    listed = re.findall(r'<a href="#([^"]+)">', page[page.index("<main") :])

    assert len(listed) > 2
    places = [page.index(f'id="{name}"') for name in listed]
    assert places == sorted(places)
    folded = [
        part for part in page.split("<details>")[1:] for name in listed if f'id="{name}"' in part.split("</details>")[0]
    ]
    assert folded == [], "nothing that is folded away is led to"


@pytest.mark.parametrize(
    ("caption", "said"),
    [
        ("Agreements", "Agreements"),
        ("What partners promise by kind, worst first", "What partners promise by kind"),
        ("Engagements\u00a0: promis et livré", "Engagements"),
    ],
)
def test_a_link_names_what_a_table_is_of(caption: str, said: str) -> None:
    """Without the order of its rows, which would make a paragraph of the links."""
    from exitplan.web.pages.partners import briefly

    assert briefly(caption) == said
