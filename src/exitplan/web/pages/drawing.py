"""What the pages of futures and of explained differences share: the form, the table of runs, and reading numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from exitplan.domain.errors import InvalidValue
from exitplan.domain.findings import Wanted
from exitplan.domain.kinds import Plan
from exitplan.web import cells
from exitplan.web.access import Asked
from exitplan.web.pages.plans import scenario_choices
from exitplan.web.pages.runs import RunPages
from exitplan.web.tables import Cell, Column, Table

FUTURES = (1000, 5000, 20_000)
MONTHS = (12, 24, 36, 60)
OF_TWO = frozenset({"against", "definition"})
"""Columns that runs of two plans have alone."""


def form(asked: Asked) -> dict[str, Any]:
    """What the form to ask for a run offers."""
    dossier = asked.view.dossier
    default = dossier.plan(None).code if dossier.of(Plan) else ""
    return {
        "plans": [(p.code, p.name(asked.w.lang), p.code == default) for p in dossier.of(Plan)],
        "scenarios": scenario_choices(asked, None),
        "numbers": FUTURES,
        "months": MONTHS,
        "may_run": asked.may("run"),
    }


def numbers(asked: Asked) -> dict[str, Any]:
    """The scenario and the numbers that the form was sent with. Raises InvalidValue."""
    posted = asked.request.POST
    return {
        "scenario": posted.get("scenario") or None,
        "futures": whole_number(posted.get("futures"), "futures", 5000),
        "horizon": whole_number(posted.get("horizon"), "horizon", 24),
        "seed": whole_number(posted.get("seed"), "seed", 1),
    }


def runs_table(asked: Asked, pages: RunPages, runs: Sequence[Any], title: str, empty: str, *, two: bool) -> Table:
    """Runs that were asked for, of one plan or of two."""
    columns = [
        (Column("run", asked.w("Run"), number=True), lambda run: Cell(str(run.id), value=run.id, href=pages.at(asked, run.id))),
        (Column("plan", asked.w("Plan")), lambda run: cells.reference(asked, "plan", run.options["plan"])),
        (Column("against", asked.w("Put against")), lambda run: cells.reference(asked, "plan", run.options["against"])),
        (Column("scenario", asked.w("Scenario")), lambda run: cells.reference(asked, "scenario", run.options["scenario"])),
        (Column("definition", asked.w("Definition")), lambda run: _definition(asked, run.options)),
        (Column("state", asked.w("State")), lambda run: cells.state(asked, "run_state", run.state)),
        (Column("n", asked.w("Futures"), number=True), lambda run: cells.number(asked, run.options["futures"])),
        (Column("months", asked.w("Months"), number=True), lambda run: cells.number(asked, run.options["horizon"])),
        (Column("by", asked.w("Asked by")), lambda run: Cell(run.asked_by)),
        (Column("on", asked.w("Asked on")), lambda run: cells.day(asked, run.asked)),
        (Column("stale", asked.w("Rests on")), lambda run: Cell(rests_on(asked, run.revision, run.state), value=run.revision)),
    ]  # fmt: skip
    shown = [(column, cell) for column, cell in columns if two or column.name not in OF_TWO]
    rows = tuple(tuple(cell(run) for _, cell in shown) for run in runs)
    return Table("runs", title, tuple(column for column, _ in shown), rows, empty=empty)


def _definition(asked: Asked, options: Mapping[str, Any]) -> Cell:
    """The definition that a run was asked for, and its area; a dash for a run of an older version."""
    area = options.get("area")
    return Cell(options.get("definition") or "–", small=cells.reference(asked, "area", area).text if area else "")


def rests_on(asked: Asked, revision: int, state: str) -> str:
    """How far the mission has moved on since a run."""
    if state == "queued":
        return "–"
    if revision == asked.view.revision:
        return asked.w("the mission as it stands")
    return asked.w.count("{n} change ago", "{n} changes ago", asked.view.revision - revision)


def whole_number(text: str | None, field: str, otherwise: int) -> int:
    """A whole number of a form. Raises InvalidValue."""
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise InvalidValue(field, text[:20], Wanted("a whole number"))
    return int(text)
