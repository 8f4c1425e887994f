"""The web application over a database of its own: kasanda and an empty mission are loaded once, each test gets a copy.

The second factor is taken as shown for everybody but those tests that are about it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Mission
from exitplan.domain.roles import ROLES
from exitplan.store import config
from tests.database import FAST, set_up

set_up()  # before any table can be imported

MISSION, EMPTY = "KASANDA", "EMPTY"
PASSWORD = "a long sentence about rivers"
AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with both missions and one person for each role, made once."""
    from django.test import override_settings

    with override_settings(PASSWORD_HASHERS=FAST):
        return _filled(tmp_path_factory.mktemp("home"))


def _filled(home: Path) -> Path:
    from django.db import connections

    from exitplan.domain.kinds import Partner
    from exitplan.store import accounts, missions
    from exitplan.usecases.open_mission import open_mission

    config.configure(home)
    config.migrate()
    kasanda = open_mission("kasanda")
    missions.create(kasanda, who="setup", why="test", at=AT)
    missions.create(_empty(), who="setup", why="test", at=AT)
    partner = kasanda.of(Partner)[0].code
    for mission, code in ((MISSION, kasanda.mission.code), (EMPTY, EMPTY)):
        for role in ROLES:
            name = f"{role}.{mission.lower()}"
            accounts.add_account(name, PASSWORD, office=f"Office of the {role}")
            accounts.set_role(name, code, role, partner=partner if role == "partner" else "")
    accounts.add_account("operator", PASSWORD, operator=True)
    accounts.add_account("nobody", PASSWORD)
    connections.close_all()
    return home


def _empty() -> Dossier:
    return Dossier(
        Mission(code=EMPTY, title="A mission that has just begun", acronym="NEW", host=("XKA",), host_name="Kasanda",
                started=date(2026, 1, 1), basis="fictional")
    )  # fmt: skip


@pytest.fixture
def home(loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the loaded database that this test may change."""
    from django.db import connections
    from django.test import override_settings

    shutil.copy(loaded / config.SQLITE_FILE, tmp_path / config.SQLITE_FILE)
    monkeypatch.setenv("EXITPLAN_HOME", str(tmp_path))
    config.configure(tmp_path)
    with override_settings(ALLOWED_HOSTS=["testserver", "localhost", "127.0.0.1"], PASSWORD_HASHERS=FAST):
        yield tmp_path
    connections.close_all()


@pytest.fixture(scope="session")
def kasanda() -> Dossier:
    """The loaded mission, whole."""
    from exitplan.usecases.open_mission import open_mission

    return open_mission("kasanda")


@pytest.fixture
def kasanda_code(home: Path) -> str:
    """Code of the loaded mission."""
    return MISSION


@pytest.fixture
def client_of(home: Path) -> Callable[..., object]:
    """A signed-in browser for a role: `client_of("planner")`, in French or in the empty mission where asked."""
    from django.test import Client

    from exitplan.store.models import Account
    from exitplan.usecases.people import sign_in

    def client(role: str | None, *, empty: bool = False, lang: str = "en", csrf: bool = False) -> Client:
        browser = Client(enforce_csrf_checks=csrf, headers={"accept-language": lang})
        if role is None:
            return browser
        name = role if role in ("operator", "nobody") else f"{role}.{EMPTY.lower() if empty else MISSION.lower()}"
        if lang != "en":
            Account.objects.filter(username=name).update(language=lang)
        answer = sign_in(name, PASSWORD, "127.0.0.1", datetime.now(UTC))
        session = browser.session
        session["account"], session["password"] = answer.account, answer.password_stamp
        session["seen"], session["second_factor"] = int(datetime.now(UTC).timestamp()), True
        session.save()
        return browser

    return client


@pytest.fixture
def few_futures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Briefs rest on few futures, for tests whose claims do not depend on how many."""
    from exitplan.usecases import tasks

    monkeypatch.setattr(tasks, "FUTURES", 200)
