"""Past exits as the commands print them; those like a mission from what the reader may see of it."""

from __future__ import annotations

from django.http import HttpResponse
from ninja import Query

from exitplan.usecases import cases as past
from exitplan.usecases.answers import answered, as_json
from exitplan.usecases.looking import look
from exitplan.web.access import Asked
from exitplan.web.api.answers import JSON
from exitplan.web.api.fields import CaseCode
from exitplan.web.api.shapes import SimilarAsked


def cases(asked: Asked) -> HttpResponse:
    """Every past exit with its outcome by rule."""
    return HttpResponse(as_json(past.answer_about("cases", past.cases())), content_type=JSON)


def case(asked: Asked, case: CaseCode) -> HttpResponse:
    """One past exit, whole: facts with their sources, figures, claims beside evidence, outcome by rule."""
    return HttpResponse(as_json(past.answer_about("case", past.case_shown(case))), content_type=JSON)


def similar(asked: Asked, wanted: Query[SimilarAsked]) -> HttpResponse:
    """Past exits like this mission, as far as you may see it, with base rates."""
    found = look(asked.view, on=wanted.on, plan=wanted.plan)
    study = found.study
    plan = study.plan.code if study.plan else None
    answer = answered("cases-similar", found.view.dossier, past.similar_seen(found), on=study.on, plan=plan).answer
    return HttpResponse(as_json(answer), content_type=JSON)
