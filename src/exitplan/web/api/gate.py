"""The gate of the API: every operation names the action it needs, and the rule table is asked before a byte is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja.utils import check_csrf
from pydantic import BaseModel

from exitplan.domain.kinds import KINDS
from exitplan.domain.roles import Action, Reader, may
from exitplan.web.access import Asked, Person
from exitplan.web.middleware import words_of

Method = Literal["GET", "POST", "PUT", "DELETE"]
SAFE = frozenset({"GET"})
BEARER = "bearer "


@dataclass(frozen=True)
class Operation:
    """
    One operation: what answers it, and what a reader must be allowed to do.

    Parameters
    ----------
    path
        Below `/api/v1`. What stands in `{mission}` is opened by the gate; a `{kind}` is put to the rule table too.
    answer
        Takes an `Asked` and the operation's own parameters, which make its part of the OpenAPI document.
    needs
        Action of the rule table; `account` where any account will do.
    gives
        Shape of a good answer; a media type, or several, where it is a file.
    refuses
        Further statuses it may answer with, beside those of every operation.
    told
        Further parts of the OpenAPI document.
    """

    method: Method
    path: str
    answer: Callable[..., HttpResponse]
    needs: Action | Literal["account"]
    name: str
    words: str
    gives: type[BaseModel] | str | tuple[str, ...]
    status: int = 200
    refuses: tuple[int, ...] = ()
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def in_mission(self) -> bool:
        """Whether it is about one mission."""
        return "{mission}" in self.path


class Refused(Exception):
    """A request that the gate turns away, with the status and the sentence it is turned away with."""

    def __init__(self, status: int, told: str = "") -> None:
        super().__init__(told)
        self.status = status
        self.told = told


@dataclass(frozen=True)
class Gate:
    """Asks who is there and what they may do, before anything of the request is read."""

    operation: Operation

    def __call__(self, request: HttpRequest) -> Asked:
        """Who asks, in which mission. Raises Refused."""
        account, key_mission = self._account(request)
        w = words_of(request)
        if not self.operation.in_mission:
            return Asked(request, w, account, path={"key_mission": key_mission})
        kwargs = request.resolver_match.kwargs if request.resolver_match else {}
        mission, kind = str(kwargs["mission"]), kwargs.get("kind")
        reader = self._reader(request, account, mission) if key_mission in ("", mission) else None
        if reader is None:  # nobody learns from us which missions there are
            raise Refused(404, w("There is no such mission, or you have no part in it."))
        if kind is not None and kind not in KINDS:
            raise Refused(404, w("There is no such kind of entry."))
        if not may(reader, self.operation.needs, kind):  # type: ignore[arg-type]
            told = w("Your role in this mission ({role}) may not do this.", role=w.code("role", reader.role))
            raise Refused(403, told)
        return Asked(request, w, account, reader, mission)

    def _account(self, request: HttpRequest) -> tuple[Person, str]:
        """Whose key or session came along, and the one mission that the key opens; empty for all. Raises Refused."""
        sent = request.headers.get("Authorization")
        if sent is not None:
            return self._by_key(request, sent)
        account: Person | None = request.account  # type: ignore[attr-defined]
        if account is None:
            raise Refused(401)
        return self._by_session(request, account), ""

    def _by_key(self, request: HttpRequest, sent: str) -> tuple[Person, str]:
        from exitplan.usecases import people

        keyed = people.keyed(sent[len(BEARER) :].strip(), datetime.now(UTC)) if is_bearer(sent) else None
        if keyed is None:
            raise Refused(401)
        request.account = keyed.account  # type: ignore[attr-defined]
        if self.operation.method not in SAFE and keyed.scope != "write":
            w = words_of(request)
            raise Refused(403, w("This key may only read."))
        return keyed.account, keyed.mission

    def _by_session(self, request: HttpRequest, account: Person) -> Person:
        """Somebody in a browser: with their second factor, and from our own pages where something changes."""
        from exitplan.usecases import people

        w = words_of(request)
        if people.needs_second_factor(account) and not request.session.get("second_factor"):  # type: ignore[arg-type]
            raise Refused(403, w("Show your second factor first."))
        if self.operation.method not in SAFE and check_csrf(request) is not None:
            raise Refused(403, w("This request did not come from our own pages. Send a key instead."))
        return account

    def _reader(self, request: HttpRequest, account: Person, mission: str) -> Reader | None:
        from exitplan.usecases import people

        with_session = "Authorization" not in request.headers
        view_as = request.session.get("view_as", {}).get(mission) if with_session else None
        return people.reader(account, mission, view_as)  # type: ignore[arg-type]


def is_bearer(sent: str) -> bool:
    """Whether an `Authorization` header holds a key."""
    return sent[: len(BEARER)].lower() == BEARER
