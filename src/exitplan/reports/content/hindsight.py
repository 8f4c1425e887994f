"""Forecast ranges that were kept, against what was recorded since: how many months lie in them, and each month."""

from __future__ import annotations

from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Plan
from exitplan.domain.results.hindsight import HindsightResult, KeptForecast
from exitplan.reports.page import Cell, Paragraph, Section, Table, columns, row
from exitplan.wording import Wording


def hindsight_section(w: Wording, dossier: Dossier, found: HindsightResult) -> Section:
    """How the ranges held, in one line, then month by month; where there is nothing, why."""
    told = Paragraph(text=hindsight_words(w, found), tone="lead")
    blocks = (told, _months(w, dossier, found)) if found.forecasts else (told,)
    return Section(key="hindsight", title=w("Kept forecasts in hindsight"), blocks=blocks)


def hindsight_words(w: Wording, found: HindsightResult) -> str:
    """How many months lie in their range, or why nothing can be said."""
    if found.not_shown and not found.kept:
        return w("Kept forecasts are not shown: they rest on entries that are no longer shown to you.")
    if not found.kept:
        return w("No forecast is kept: one is kept whenever futures are drawn in the database.")
    if not found.months:
        return w("No month has been recorded since a forecast was kept.")
    return w(
        "{inside} of {months} months recorded since lie in the range that holds four fifths of the futures.",
        inside=w.number(found.inside),
        months=w.number(found.months),
    )


def hindsight_note(w: Wording, found: HindsightResult) -> str:
    """What to bear in mind when reading the ranges, and what was not looked at."""
    said = [
        w("Retrospective: it judges the ranges, never a decision. Months of one forecast hang together, and a month counts once for every forecast.")
    ]  # fmt: skip
    if found.not_shown:
        said.append(w("Forecasts that rest on entries no longer shown to you are left out."))
    if found.left:
        said.append(
            w.count("{n} older forecast was not looked at.", "{n} older forecasts were not looked at.", found.left)
        )
    return " ".join(said)


def _months(w: Wording, dossier: Dossier, found: HindsightResult) -> Table:
    several = len({forecast.role for forecast in found.forecasts}) > 1
    return Table(
        caption=w("Forecast ranges that were kept, against what was recorded since (retrospective)"),
        columns=columns(
            (w("Futures"), 2.4),
            (w("Month"), 1.2),
            (w("Four fifths of the futures"), 1.4),
            (w("Middle"), 0.9),
            (w("Recorded"), 0.9),
            (w("In the range"), 1),
            numbers=(2, 3, 4),
        ),
        rows=tuple(
            row(
                _named(w, dossier, forecast, several=several),
                w.month(month.month, short=True),
                f"{w.number(month.low, 0)}–{w.number(month.high, 0)}",
                w.number(month.middle),
                w.number(month.recorded),
                Cell(text=w("yes") if month.inside else w("no"), mark="met" if month.inside else "late"),
            )
            for forecast in found.forecasts
            for month in forecast.months
        ),
        note=hindsight_note(w, found),
    )


def _named(w: Wording, dossier: Dossier, forecast: KeptForecast, *, several: bool) -> str:
    """The run and its plan; the role for which it was drawn where there are several."""
    plan = dossier.get(Plan, forecast.plan)
    said = f"{forecast.run}{w.colon}{plan.name(w.lang) if plan else forecast.plan}"
    return f"{said} ({w.code('role', forecast.role)})" if several else said
