"""A hand-over assessed by one party: one's own last view first, the evidence beside each criterion, one rating of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.http import HttpResponse
from django.shortcuts import redirect

from exitplan.domain.errors import ExitplanError, InvalidValue
from exitplan.domain.facts import facts_on
from exitplan.domain.kinds import Assessment, Criterion, Handover
from exitplan.usecases import assessing, deciding
from exitplan.usecases.open_mission import day_of
from exitplan.web import cells
from exitplan.web.access import Asked
from exitplan.web.middleware import sentence
from exitplan.web.verdicts import grounds

OTHERS = ("self", "joint", "mission")
"""Order in which the parties' views are shown."""


@dataclass(frozen=True)
class Line:
    """One criterion on the form: the rule's verdict, what the parties said last, and what is typed."""

    criterion: Criterion
    state: str
    grounds: str
    said: tuple[Assessment, ...]
    rating: str
    rationale: str


def assess(asked: Asked) -> HttpResponse:
    """The form to assess a hand-over, and what becomes of it."""
    assert asked.reader is not None
    code = str(asked.path["code"])
    if asked.request.method != "POST":
        return _form(asked)
    posted = asked.request.POST
    shown = asked.view.dossier.find(Handover, code)
    try:
        filed = assessing.file(
            asked.reader,
            asked.mission,
            code,
            party=posted.get("party", ""),
            whole=assessing.Given(posted.get("rating", ""), posted.get("rationale", "")),
            criteria={
                c.code: assessing.Given(
                    posted.get(f"rating:{c.code}", "not_rated"), posted.get(f"rationale:{c.code}", "")
                )
                for c in assessing.criteria_of(asked.view, shown)
            },
            confidence=posted.get("confidence", "medium"),
            version=_whole(posted.get("version")),
            office=asked.account.office if asked.account else "",
            on=_day(posted.get("date", "")),
            at=datetime.now(UTC),
        )
    except (InvalidValue, *deciding.OVERTAKEN) as refused:
        return _form(asked, refused)
    asked.tell(
        asked.w(
            "The assessment is on record; the hand-over stands at: {state}.",
            state=asked.w.code("handover_state", filed.state),
        )
    )
    return redirect(cells.address(asked, "handover", code))


def _form(asked: Asked, refused: ExitplanError | None = None) -> HttpResponse:
    assert asked.reader is not None
    w, seen, posted = asked.w, asked.view, asked.request.POST
    shown = seen.dossier.find(Handover, asked.path["code"])
    facts = facts_on(seen.dossier, day_of(seen.dossier, None))
    parties = assessing.parties(asked.reader)
    party = posted.get("party") or asked.request.GET.get("party") or (parties[0] if parties else "")
    views = {name: assessing.latest(seen, shown.code, name) for name in OTHERS}
    own = views.get(party, {})
    lines = []
    for criterion in assessing.criteria_of(seen, shown):
        verdict, last = facts.criterion(criterion.code), own.get(criterion.code)
        lines.append(
            Line(
                criterion=criterion,
                state=verdict.state,
                grounds=grounds(asked, verdict),
                said=tuple(a for name in OTHERS if (a := views[name].get(criterion.code)) is not None),
                rating=posted.get(f"rating:{criterion.code}") or (last.rating if last else "not_rated"),
                rationale=posted.get(f"rationale:{criterion.code}", last.rationale if last else ""),
            )
        )
    before = own.get("")
    return asked.page(
        "assess.html",
        status=_status(refused),
        handover=shown,
        address=cells.address(asked, "handover", shown.code),
        party=party,
        parties=[(name, w.capital(w.code("party", name))) for name in parties],
        lines=lines,
        said=[a for name in OTHERS if (a := views[name].get("")) is not None],
        ratings=[(name, w.code("rating", name)) for name in assessing.RATINGS],
        confidences=[(name, w.code("confidence", name)) for name in assessing.CONFIDENCES],
        rating=posted.get("rating") or (before.rating if before else ""),
        rationale=posted.get("rationale", ""),
        confidence=posted.get("confidence", "medium"),
        day=posted.get("date") or facts.on.isoformat(),
        version=seen.versions["handover", shown.code],
        target=assessing.LEADS_TO.get(party),
        refused=sentence(w, refused) if refused else "",
        overtaken=isinstance(refused, deciding.OVERTAKEN),
    )


def _status(refused: ExitplanError | None) -> int:
    if refused is None:
        return 200
    return 422 if isinstance(refused, InvalidValue) else 409


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidValue("date", text, "a day as YYYY-MM-DD") from None


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else 0
