"""What the workshops make of a mission, as the commands print it with `--json`: of what the reader may see, and no more."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from ninja import Query
from pydantic import BaseModel

from exitplan.usecases.answers import answered, as_json
from exitplan.usecases.check import findings_seen
from exitplan.usecases.looking import Look, look
from exitplan.usecases.partners import answer_of
from exitplan.web.access import Asked
from exitplan.web.api.answers import JSON
from exitplan.web.api.shapes import FrameworksAsked, PartnersAsked, PlanAsked, RisksAsked, ScenarioAsked, StatusAsked


def findings(asked: Asked) -> HttpResponse:
    """Every fault and doubt of the entries that you see, faults first."""
    return HttpResponse(as_json(findings_seen(asked.view).answer), content_type=JSON)


def status(asked: Asked, wanted: Query[StatusAsked]) -> HttpResponse:
    """Where the mission stands on a day; chances only for readers who were given them."""
    found = _look(asked, wanted, plan=wanted.plan, scenario=wanted.scenario)
    study = found.study
    plan = study.plan.code if study.plan else None
    result = found.status_since(wanted.since)
    return _answer("status", found, wanted, result, since=wanted.since, plan=plan, scenario=study.scenario.code)


def schedule(asked: Asked, wanted: Query[PlanAsked]) -> HttpResponse:
    """The earliest feasible month of every hand-over and closure under a plan, and what binds each."""
    found = _look(asked, wanted, plan=wanted.plan, scenario=wanted.scenario)
    result = found.schedule
    return _answer("schedule", found, wanted, result, plan=result.plan, scenario=result.scenario)


def capacity(asked: Asked, wanted: Query[ScenarioAsked]) -> HttpResponse:
    """What the national institutions can carry, month by month."""
    found = _look(asked, wanted, scenario=wanted.scenario)
    return _answer("capacity", found, wanted, found.study.capacity, scenario=found.study.scenario.code)


def risks(asked: Asked, wanted: Query[RisksAsked]) -> HttpResponse:
    """Open risks, worst first by lens, with owners, overdue treatments and triggers."""
    found = look(asked.view, on=wanted.on)
    answer = answered("risks", found.view.dossier, found.study.risks, on=found.study.on).answer
    return HttpResponse(as_json(answer), content_type=JSON)


def partners(asked: Asked, wanted: Query[PartnersAsked]) -> HttpResponse:
    """Parts in hand-overs, what partners cover, reach from afar, consent and access; unmet first."""
    found = look(asked.view, on=wanted.on, plan=wanted.plan)
    return HttpResponse(as_json(answer_of(found.study, wanted.silent).answer), content_type=JSON)


def takeover(asked: Asked, wanted: Query[ScenarioAsked]) -> HttpResponse:
    """Who takes over each function, with what money and institutions, and what people say they need; drawn months only for readers who were given chances."""
    found = _look(asked, wanted, scenario=wanted.scenario)
    return _answer("takeover", found, wanted, found.takeover, scenario=found.study.scenario.code)


def frameworks(asked: Asked, wanted: Query[FrameworksAsked]) -> HttpResponse:
    """Norms of frameworks, what is not met first, with grounds and judgements; due diligence for supported forces."""
    from exitplan.usecases import frameworks as norms

    found = look(asked.view, on=wanted.on)
    on = found.study.on
    result = norms.narrowed(norms.seen(asked.view, on), wanted.framework, gaps=wanted.gaps)
    options: dict[str, Any] = {"framework": wanted.framework, "gaps": wanted.gaps or None}
    answer = answered("frameworks", found.view.dossier, result, on=on, **options)
    return HttpResponse(as_json(answer.answer), content_type=JSON)


def lint(asked: Asked, wanted: Query[RisksAsked]) -> HttpResponse:
    """Advice on how benchmarks, criteria and indicators are made."""
    from exitplan.usecases import frameworks as norms

    found = look(asked.view, on=wanted.on)
    answer = answered("lint", found.view.dossier, norms.advice_seen(asked.view, found.study.on), on=found.study.on)
    return HttpResponse(as_json(answer.answer), content_type=JSON)


def _look(asked: Asked, wanted: Any, *, plan: str | None = None, scenario: str | None = None) -> Look:
    return look(asked.view, on=wanted.on, plan=plan, scenario=scenario, horizon=wanted.horizon, seed=wanted.seed)


def _answer(name: str, found: Look, wanted: Any, result: BaseModel, **options: str | date | None) -> HttpResponse:
    dossier, on = found.view.dossier, found.study.on
    answer = answered(name, dossier, result, on=on, seed=wanted.seed, horizon=wanted.horizon, **options).answer
    return HttpResponse(as_json(answer), content_type=JSON)
