"""Activities and milestones: who does what by when, what is mine this week, what is late."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse

from exitplan.domain.facts import facts_on
from exitplan.domain.kinds import Activity, Milestone
from exitplan.usecases.looking import look
from exitplan.web import cells
from exitplan.web.access import Asked
from exitplan.web.tables import Cell, Column, Lines, Table, table_page

WEEK = timedelta(days=7)


def activities(asked: Asked) -> HttpResponse:
    """Undone work first, the latest overdue at the top; `mine` and `week` in the address narrow it down."""
    w, dossier = asked.w, asked.view.dossier
    on = look(asked.view).study.on
    office = asked.account.office if asked.account else ""
    mine, week = asked.request.GET.get("mine") == "1", asked.request.GET.get("week") == "1"
    shown = [
        a
        for a in dossier.of(Activity)
        if (not mine or (office and a.owner == office)) and (not week or (a.done is None and a.due <= on + WEEK))
    ]
    shown.sort(key=lambda a: (a.done is not None, a.due))
    table = Table(
        "activities",
        w("Activities"),
        (
            Column("activity", w("Activity"), wide=True),
            Column("owner", w("Owner")),
            Column("due", w("Due")),
            Column("done", w("Done")),
            Column("progress", w("Share done"), number=True),
            Column("late", w("Days late"), number=True),
            Column("serves", w("Serves")),
        ),
        Lines(
            shown,
            lambda a: (
                cells.named(asked, a),
                cells.text(a.owner),
                cells.day(asked, a.due, late=a.done is None and a.due < on),
                cells.day(asked, a.done),
                cells.share(asked, a.progress),
                cells.number(asked, (on - a.due).days if a.done is None and a.due < on else None, mark="late"),
                cells.reference(asked, *_serves(a)),
            ),
        ),
        empty=w("No activity matches.")
        if mine or week
        else w("No activity is shown to you yet. An activity is work somebody has to do by a date."),
    )
    facts = facts_on(dossier, on)
    milestones = Table(
        "milestones",
        w("Milestones"),
        (
            Column("milestone", w("Milestone"), wide=True),
            Column("owner", w("Owner")),
            Column("due", w("Due")),
            Column("done", w("Reached")),
            Column("state", w("By its condition")),
        ),
        tuple(
            (
                cells.named(asked, m),
                cells.text(m.owner),
                cells.day(asked, m.due, late=m.done is None and m.due < on),
                cells.day(asked, m.done),
                cells.state(asked, "state", facts.condition(m.condition).state) if m.condition else Cell("–", value=""),
            )
            for m in sorted(dossier.of(Milestone), key=lambda m: m.due)
        ),
        empty=w("No milestone is shown to you yet."),
    )
    return table_page(
        asked,
        "activities.html",
        table,
        milestones,
        office=office,
        mine=mine,
        week=week,
        late=sum(a.done is None and a.due < on for a in dossier.of(Activity)),
        may_edit=asked.may("edit", "activity"),
    )


def _serves(a: Activity) -> tuple[str, str | None]:
    """What an activity serves, the most telling first."""
    for kind in ("handover", "benchmark", "milestone", "phase"):
        code = getattr(a, kind)
        if code:
            return kind, code
    return "phase", None
