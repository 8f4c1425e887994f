"""Verifying the chain from a page: asked for, done by a worker, and what was altered is named to those who may know of it."""

from __future__ import annotations

import threading

import pytest

from tests.web.conftest import EMPTY, MISSION

AT = f"/m/{MISSION}/history/verify/"


def verified(client, at: str = AT) -> str:
    """The page of a verification that a worker has ended."""
    from exitplan.usecases import working

    page = client.post(f"{at}ask/")["Location"]
    waiting = client.get(page).content.decode()
    assert 'id="progress"' in waiting
    assert client.get(f"{page}progress/").status_code == 200
    working.work(threading.Event(), once=True)
    assert client.get(f"{page}progress/")["HX-Redirect"] == page
    return client.get(page).content.decode()


def alter(code: str) -> None:
    """Change an entry behind the chain's back."""
    from exitplan.store.models import EntryRow

    row = EntryRow.objects.get(mission__code=MISSION, code=code)
    EntryRow.objects.filter(pk=row.pk).update(body={**row.body, "note": "altered by hand"})


@pytest.mark.parametrize("mission", [MISSION, EMPTY])
def test_a_sound_chain_is_said_to_hold(client_of, mission):
    """With the number of its links; nothing is said before the first verification."""
    client = client_of("planner", empty=mission == EMPTY)
    at = f"/m/{mission}/history/verify/"
    assert "has not been verified yet" in client.get(at).content.decode()

    assert "Every link of" in verified(client, at)
    assert "Every link of" in client.get(at).content.decode()


@pytest.mark.parametrize("role", ["owner", "planner", "benchmark_officer"])
def test_what_was_altered_is_named_where_it_may_be_known(client_of, role):
    """An open entry to everybody, a confidential one to those who see such entries; others learn that there is something."""
    client = client_of(role)
    alter("S-IVA")
    alter("R-MUTINY")  # confidential, released to planners

    page = verified(client)

    assert "Every link of" not in page
    assert ">S-IVA</a>" in page
    assert (">R-MUTINY</a>" in page) == (role != "benchmark_officer")
    assert ("not shown to your role" in page) == (role == "benchmark_officer")


def test_an_entry_taken_out_by_hand_is_named_to_the_owner(client_of):
    """Although nothing stands there any more."""
    from exitplan.store.models import EntryRow

    client = client_of("owner")
    EntryRow.objects.filter(mission__code=MISSION, code="S-IVA").delete()

    assert ">S-IVA</a>" in verified(client)


@pytest.mark.parametrize(("lang", "said"), [("en", "Change no. 3 does not hold: its text was changed."), ("fr", "3")])
def test_the_first_broken_link_is_named(client_of, lang, said):
    """By its number and why, in the reader's language."""
    from exitplan.store.models import Revision

    client = client_of("owner", lang=lang)
    Revision.objects.filter(mission__code=MISSION, number=3).update(why="another reason")

    page = verified(client)

    assert 'role="alert"' in page
    assert said in page
    assert ("its text was changed" in page) == (lang == "en")


def test_a_verification_can_be_stopped_and_belongs_to_its_role(client_of):
    """Another role is not told of it."""
    client = client_of("planner")
    page = client.post(f"{AT}ask/")["Location"]
    assert client_of("owner").get(page).status_code == 404

    assert client.post(f"{page}cancel/")["Location"] == page
    assert "stopped on request" in client.get(page).content.decode()
