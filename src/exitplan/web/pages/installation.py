"""Pages of the installation as a whole: missions one has a part in, new missions, accounts, health and wrong addresses."""

from __future__ import annotations

import hmac
import os
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from exitplan.domain.errors import ExitplanError, InputFaults, InvalidValue, NotFound, Unreadable
from exitplan.domain.findings import Finding
from exitplan.usecases import people
from exitplan.web.access import Asked
from exitplan.web.middleware import problem, sentence, told
from exitplan.web.tables import Cell, Column, Table, table_page
from exitplan.wording import Wording

if TYPE_CHECKING:
    from exitplan.usecases.looking import Glance

METRICS_VARIABLE = "EXITPLAN_METRICS_TOKEN"
"""Names the key that a scraper shows as `Authorization: Bearer …`; without it there are no metrics for anybody."""

JUDGED = 12
"""Missions of one person that are judged for the portfolio; further ones are named alone."""

UPLOADS = (".zip", ".xlsx", ".sealed")
"""What a mission may come in as: a bundle, a workbook, a sealed bundle."""


def health(asked: Asked) -> HttpResponse:
    """Whether the application and its database answer."""
    answers = people.database_answers()
    return JsonResponse({"status": "ok" if answers else "database"}, status=200 if answers else 503)


def metrics(asked: Asked) -> HttpResponse:
    """Numbers for Prometheus, for whoever shows the key; for anybody else there is no such page."""
    from exitplan.usecases.metrics import metrics as measured

    key = os.environ.get(METRICS_VARIABLE, "")
    given = asked.request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not key or not hmac.compare_digest(given.encode(), key.encode()):
        return problem(asked.request, 404)
    lines = [f"{name} {value:g}" for name, value in measured(datetime.now(UTC)).items()]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4")


@dataclass(frozen=True)
class Card:
    """One mission in the portfolio: its gates and its calendar in a line each."""

    code: str
    title: str
    role: str
    standing: str = ""
    gates: str = ""
    end: str = ""
    left: str = ""


def portfolio(asked: Asked) -> HttpResponse:
    """The missions one has a part in, each with the gates that are not open and the months that are left."""
    assert asked.account is not None
    missions = people.missions_of(asked.account)
    cards = [_card(asked, *mission, judged=at < JUDGED) for at, mission in enumerate(missions)]
    return asked.page("portfolio.html", missions=cards)


def _card(asked: Asked, code: str, title: str, role: str, *, judged: bool) -> Card:
    from exitplan.usecases.board import view
    from exitplan.usecases.looking import glance

    w = asked.w
    reader = people.reader(asked.account, code) if judged else None
    if reader is None:
        return Card(code, title, role)
    try:
        seen = view(code, reader)
        found = glance(seen)
    except ExitplanError:  # a draft that cannot be judged yet is opened all the same
        return Card(code, title, role)
    left = found.calendar.months_left
    return Card(
        code,
        seen.dossier.mission.name(w.lang),
        role,
        standing="met" if found.gates and not found.shut else "unmet" if left is not None and left < 0 else "unknown",
        gates=_gates(w, found),
        end=w.date(found.calendar.end) if found.calendar.end else w("no date set"),
        left=""
        if left is None
        else w.count("{n} month left", "{n} months left", left)
        if left >= 0
        else w.count("{n} month past", "{n} months past", -left),
    )


def _gates(w: Wording, found: Glance) -> str:
    if not found.gates:
        return w("No gate has been set: nothing yet says what must be true before the mission leaves.")
    if not found.shut:
        return w("All exit gates are open.") if found.exit else w("All gates are open.")
    all_gates = w.number(found.gates)
    if found.exit:
        return w.count(
            "{n} of {all} exit gate is not open.", "{n} of {all} exit gates are not open.", found.shut, all=all_gates
        )
    return w.count("{n} of {all} gate is not open.", "{n} of {all} gates are not open.", found.shut, all=all_gates)


def new_mission(asked: Asked) -> HttpResponse:
    """Begin a mission: small and complete, from one that comes along, or from a bundle or workbook."""
    from exitplan.usecases import keeping
    from exitplan.usecases.beginning import begin_empty

    if asked.request.method != "POST":
        return _new_mission_page(asked)
    assert asked.account is not None
    sent = asked.request.POST
    owner = sent.get("owner", "").strip() or asked.account.username
    options: dict[str, Any] = {"owner": owner, "why": asked.w("Begun in the browser."), "at": datetime.now(UTC)}
    try:
        match sent.get("from"):
            case "bundled":
                code = keeping.load(_bundled(sent.get("bundled", "")), **options)
            case "file":
                code = _from_upload(asked, options)
            case _:
                code = begin_empty(sent, **options)
    except InputFaults as faults:
        return _new_mission_page(asked, status=422, told=sentence(asked.w, faults), findings=faults.findings)
    except (InvalidValue, Unreadable, NotFound) as error:
        return _new_mission_page(asked, status=422, told=sentence(asked.w, error))
    asked.tell(asked.w("The mission is there. {name} owns it.", name=owner))
    return redirect(f"/m/{code}/" if owner == asked.account.username else "/")


def accounts(asked: Asked) -> HttpResponse:
    """Everybody who may sign in, and a form for one more."""
    return _accounts_page(asked)


def new_account(asked: Asked) -> HttpResponse:
    """One more account."""
    sent = asked.request.POST
    try:
        people.add_account(
            _operator(asked),
            sent.get("username", "").strip(),
            sent.get("password", ""),
            display_name=sent.get("display_name", "").strip()[:200],
            office=sent.get("office", "").strip()[:300],
            language=asked.w.lang,
            is_operator="operator" in sent,
        )
    except InvalidValue as error:
        return _accounts_page(asked, status=422, told=sentence(asked.w, error), typed=sent)
    asked.tell(asked.w("The account is there. An owner gives it a part in a mission."))
    return redirect("/accounts/")


def let_in(asked: Asked) -> HttpResponse:
    """Help somebody who lost password or phone: new recovery codes, to be handed over in person."""
    username = str(asked.path["username"])
    codes = people.let_back_in(_operator(asked), username)
    return asked.page("recovery_codes.html", codes=codes, onward="/accounts/", for_whom=username)


def switch_account(asked: Asked) -> HttpResponse:
    """Keep somebody out from now on, or let them in again."""
    username = str(asked.path["username"])
    assert asked.account is not None
    if username == asked.account.username:
        return _accounts_page(asked, status=422, told=asked.w("Nobody locks themselves out."))
    people.set_active(_operator(asked), username, asked.request.POST.get("active") == "1")
    return redirect("/accounts/")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """An address that leads nowhere."""
    return problem(request, 404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that cannot be understood."""
    return problem(request, 400)


def broken(request: HttpRequest) -> HttpResponse:
    """An error outside every page, such as a database that is gone before anybody could be recognised."""
    return told(request, sys.exception() or RuntimeError("no error at hand"))


def _new_mission_page(
    asked: Asked, status: int = 200, told: str = "", findings: tuple[Finding, ...] = ()
) -> HttpResponse:
    from exitplan.usecases.bundled import bundled

    return asked.page(
        "new_mission.html",
        status=status,
        told=told,
        findings=findings,
        bundled=[(name, mission.name(asked.w.lang)) for name, mission in bundled()],
        accounts=people.all_accounts(_operator(asked)),
        typed=asked.request.POST,
    )


def _bundled(name: str) -> str:
    """A mission that comes along, by its name; never a path of this machine."""
    from exitplan.usecases.bundled import bundled

    names = tuple(known for known, _ in bundled())
    if name not in names:
        raise NotFound("mission", name[:60], names)
    return name


def _from_upload(asked: Asked, options: dict[str, Any]) -> str:
    from exitplan.usecases import keeping

    upload = asked.request.FILES.get("file")
    if upload is None:
        raise InvalidValue("file", "", "a bundle or a workbook")
    name = str(getattr(upload, "name", ""))
    if not name.lower().endswith(UPLOADS):
        raise InvalidValue("file", name[-60:], "a bundle (.zip) or a workbook (.xlsx)")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"upload{Path(name).suffix.lower()}"
        with path.open("wb") as file:
            for chunk in upload.chunks():  # type: ignore[union-attr]
                file.write(chunk)
        passphrase = asked.request.POST.get("passphrase") or None
        return keeping.load(str(path), passphrase=passphrase, **options)


def _accounts_page(asked: Asked, status: int = 200, **context: object) -> HttpResponse:
    w = asked.w
    everybody = people.all_accounts(_operator(asked))
    table = Table(
        name="accounts",
        caption=w("Accounts"),
        columns=(
            Column("name", w("Name")),
            Column("display", w("Shown as")),
            Column("office", w("Office")),
            Column("factor", w("Second factor")),
            Column("state", w("State")),
        ),
        rows=tuple(
            (
                Cell(a.username, href=f"#{a.username}"),
                Cell(a.display_name),
                Cell(a.office),
                Cell(w.yes(bool(a.totp_secret))),
                Cell(w("may sign in") if a.is_active else w("kept out"), mark="" if a.is_active else "late"),
            )
            for a in everybody
        ),
    )
    return table_page(asked, "accounts.html", table, status=status, accounts=everybody, **context)


def _operator(asked: Asked) -> Any:
    assert asked.account is not None
    return asked.account
