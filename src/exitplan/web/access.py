"""The one gate: every page says which action it needs, and nothing is answered before the rule table has been asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, Protocol

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from exitplan.domain.roles import Action, Reader, may
from exitplan.usecases.board import View, view
from exitplan.web.middleware import problem, to_sign_in, words_of
from exitplan.wording import Wording

Needs = Action | Literal["anybody", "account", "operator"]


class Person(Protocol):
    """Somebody who signed in, as the doors need to know them."""

    username: str
    display_name: str
    office: str
    language: str
    is_operator: bool


@dataclass(frozen=True)
class Asked:
    """A request that may be answered: who asks, in which mission, in which language."""

    request: HttpRequest
    w: Wording
    account: Person | None
    reader: Reader | None = None
    mission: str = ""
    path: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def view(self) -> View:
        """What this reader may see of the mission; the only way from a page to the data."""
        if self.reader is None:
            raise LookupError("this page belongs to no mission")
        return view(self.mission, self.reader)

    def may(self, action: Action, kind: str | None = None) -> bool:
        """Whether this reader may do something here, so that a page offers only what would be granted."""
        return self.reader is not None and bool(may(self.reader, action, kind))

    def tell(self, said: str) -> None:
        """Say something once, on the next page."""
        session = self.request.session
        session["told"] = [*session.get("told", ()), said][-5:]

    def page(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        """A page in the reader's language, with the frame around it."""
        from exitplan.web.frame import frame

        return render(self.request, template, {"asked": self, "w": self.w, **frame(self), **context}, status=status)


@dataclass(frozen=True)
class Route:
    """One address: what answers it, and what a reader must be allowed to do."""

    path: str
    answer: Callable[[Asked], HttpResponse]
    needs: Needs
    name: str
    methods: tuple[str, ...] = ("GET",)
    kind: str | None = None


def guarded(route: Route) -> Callable[..., HttpResponse]:
    """The view of a route behind the gate."""

    def gate(request: HttpRequest, **path: Any) -> HttpResponse:
        if request.method not in (*route.methods, "HEAD"):
            return HttpResponseNotAllowed(route.methods)
        w = words_of(request)
        account: Person | None = request.account  # type: ignore[attr-defined]
        if route.needs == "anybody":
            return route.answer(Asked(request, w, account, path=path))
        if account is None:
            return to_sign_in(request)
        if (first := _must_do_first(request, account, route)) is not None:
            return first
        if route.needs in ("account", "operator"):
            if route.needs == "operator" and not account.is_operator:
                return problem(request, 403, w("Your account may not do this."))
            return route.answer(Asked(request, w, account, path=path))
        return _in_mission(request, w, account, route, path)

    return gate


def _in_mission(request: HttpRequest, w: Wording, account: Person, route: Route, path: dict[str, Any]) -> HttpResponse:
    from exitplan.usecases import people

    mission = str(path.pop("mission"))
    kind = route.kind or path.get("kind")
    reader = people.reader(account, mission, request.session.get("view_as", {}).get(mission))
    if reader is None:  # nobody learns from us which missions there are
        return problem(request, 404, w("There is no such mission, or you have no part in it."))
    permission = may(reader, route.needs, kind)  # type: ignore[arg-type]
    if not permission:
        told = w("Your role in this mission ({role}) may not do this.", role=w.code("role", reader.role))
        return problem(request, 403, told)
    return route.answer(Asked(request, w, account, reader, mission, path))


def _must_do_first(request: HttpRequest, account: Person, route: Route) -> HttpResponse | None:
    """Approvers and owners show a second factor before anything else is answered."""
    from urllib.parse import quote

    from django.shortcuts import redirect

    from exitplan.usecases import people

    if route.name in ("second-factor", "sign-out", "language") or request.session.get("second_factor"):
        return None
    if not people.needs_second_factor(account):
        return None
    onward = f"?next={quote(request.get_full_path())}" if request.method == "GET" else ""
    return redirect(f"/second-factor/{onward}")
