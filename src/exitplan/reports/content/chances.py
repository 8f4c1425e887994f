"""Back-tests of chances as words and tables: violence near closed sites, and conflict after exits."""

from __future__ import annotations

from collections.abc import Sequence

from exitplan.domain.results.backtests import (
    SURPRISES,
    BinaryScores,
    ExitForecast,
    ExitsBacktest,
    ExitsPart,
    MissionScore,
    OutcomeScore,
    ReliabilityBin,
    SitesBacktest,
)
from exitplan.reports.charts.reliability import reliability
from exitplan.reports.content.intervals import banded, no_interval
from exitplan.reports.page import Block, Figure, Paragraph, Section, Table, columns, row
from exitplan.wording import Wording


def sites_section(found: SitesBacktest, w: Wording) -> Section:
    """What was forecast for which closures, and how good it was."""
    blocks: list[Block] = [Paragraph(text=_sites_told(found, w), tone="lead"), Paragraph(text=_window(w), tone="note")]
    blocks += _doubts(found, w)
    if found.scores:
        blocks += [
            _scores(found.scores, w),
            _reliability("reliability-sites", found.reliability, w),
            _missions(found.missions, w),
        ]
    if found.others:
        blocks.append(_others(found.others, w))
    if found.scores:
        blocks += [_surprises(found, w), Paragraph(text=_brackets(w), tone="note")]
    return Section(
        key="backtest-sites",
        title=w("Violence near closed sites: {mode}", mode=w.code("backtest_mode", found.mode)),
        blocks=tuple(blocks),
    )


def _doubts(found: SitesBacktest, w: Wording) -> list[Block]:
    """Why scores may flatter, and what the events do not cover."""
    said = []
    if found.in_sample:
        said.append(
            w.count(
                "{n} of the scored closures lies in the months that the parameters were learned from ({first} to {last}): if "
                "its country was among those learned from, the scores flatter.",
                "{n} of the scored closures lie in the months that the parameters were learned from ({first} to {last}): if "
                "their countries were among those learned from, the scores flatter.",
                found.in_sample,
                first=w.month(found.learned_from),
                last=w.month(found.learned_to),
            )
        )
    if found.uncovered:
        said.append(
            w.count(
                "The events do not cover the 24 months before {n} closure: it is not scored, and a forecast of it takes what is "
                "not known as quiet.",
                "The events do not cover the 24 months before {n} closures: these are not scored, and a forecast of them takes "
                "what is not known as quiet.",
                found.uncovered,
            )
        )
    return [Paragraph(text=text, tone="note") for text in said]


def exits_section(found: ExitsBacktest, w: Wording) -> Section:
    """Every exit with its forecast and what happened, and how good the forecasts were."""
    blocks: list[Block] = [
        Paragraph(
            text=w(
                "{exits} exits of peace operations, each forecast from {lessons} years of {countries} countries after or beside "
                "violence, without its own country; settings of {version}, data to {year}.",
                exits=w.number(len(found.forecasts)),
                lessons=w.number(found.training),
                countries=w.number(found.countries),
                version=found.version,
                year=str(found.data_to),
            ),
            tone="lead",
        ),
        Paragraph(
            text=w(
                "Forecast: state-based armed conflict on the territory (25 battle-related deaths in a calendar year) in the five "
                "years after the exit year, from what is known at the end of the exit year."
            ),
            tone="note",
        ),
    ]
    for part in found.parts:
        blocks += _part(part, w)
    blocks += [
        _exits(found.forecasts, w),
        Paragraph(
            text=w(
                "Forecast below {low} and conflict came, or above {high} and none came: {missions}.",
                low=w.share(SURPRISES[0]),
                high=w.share(SURPRISES[1]),
                missions=", ".join(found.surprises) or w("none"),
            )
        ),
        Paragraph(text=_brackets_countries(w), tone="note"),
    ]
    return Section(key="backtest-exits", title=w("Armed conflict after exits"), blocks=tuple(blocks))


def _sites_told(found: SitesBacktest, w: Wording) -> str:
    if found.mode == "left-out":
        return w(
            "{scored} closures of {missions} missions, each forecast without the countries of its mission; settings of {version}.",
            scored=w.number(found.scored),
            missions=w.number(len(found.missions)),
            version=found.version,
        )
    return w(
        "{forecast} of {rows} site episodes forecast with the parameters of {version}, without refitting; {open} are not closed. "
        "{scored} have a known outcome and are scored.",
        forecast=w.number(len(found.forecasts)),
        rows=w.number(found.rows),
        version=found.version,
        open=w.number(found.open),
        scored=w.number(found.scored),
    )


def _window(w: Wording) -> str:
    return w(
        "Forecast: an event of organised violence within 50 km in the 24 months that begin with the month of closure, from "
        "events before that month alone. Closures that are renames, or whose 24 months are not all known, are not scored."
    )


def _brackets(w: Wording) -> str:
    return w(
        "Brackets: 90% intervals from drawing missions anew. The month of closure is itself an estimate from maps. An event is "
        "one that was reported; no event is not the same as calm."
    )


def _brackets_countries(w: Wording) -> str:
    return w(
        "Brackets: 90% intervals; of scores from drawing countries anew, of forecasts from the doubt about the coefficients "
        "alone. Exits are few: scores of so few cases tell apart only what differs much."
    )


def _scores(scores: Sequence[BinaryScores], w: Wording) -> Table:
    return Table(
        caption=w("Scores on the same cases; smaller Brier scores and log losses are better"),
        columns=columns(
            (w("Forecaster"), 2.4),
            (w("Brier score"), 1.8),
            (w("Brier score less the model's"), 1.8),
            (w("Log loss"), 1.8),
            (w("AUC"), 1.8),
            numbers=range(1, 5),
        ),
        rows=tuple(
            row(
                w.capital(w.code("chance_forecaster", s.forecaster)),
                banded(s.brier, w, 3),
                banded(s.gain, w, 3),
                banded(s.log_loss, w, 3),
                banded(s.auc, w, 3),
            )
            for s in scores
        ),
        note=no_interval(w) if any(not s.brier.level for s in scores) else "",
    )


def _reliability(key: str, bins: Sequence[ReliabilityBin], w: Wording) -> Figure:
    return reliability(key, w("Reliability: what was forecast beside what happened"), bins, w)


def _missions(missions: Sequence[MissionScore], w: Wording) -> Table:
    return Table(
        caption=w("By mission, the most closures first"),
        columns=columns(
            (w("Mission"), 1.6), (w("Closures"), 1.0), (w("Mean forecast"), 1.2), (w("Happened"), 1.2), (w("Brier score"), 1.2),
            numbers=range(1, 5),
        ),
        rows=tuple(
            row(m.mission or "–", w.number(m.sites), w.share(m.forecast), w.share(m.observed), w.number(m.brier, 3))
            for m in missions
        ),
    )  # fmt: skip


def _others(others: Sequence[OutcomeScore], w: Wording) -> Table:
    return Table(
        caption=w("The same test for other outcomes"),
        columns=columns(
            (w("Outcome"), 2.4), (w("Forecasts"), 1.0), (w("Happened"), 1.0), (w("Brier score"), 1.2), (w("AUC"), 1.0),
            (w("Brier score of one common rate"), 1.6),
            numbers=range(1, 6),
        ),
        rows=tuple(
            row(
                w.capital(w.code("chance_outcome", o.outcome)),
                w.number(o.cases),
                w.share(o.base_rate),
                w.number(o.brier, 3),
                w.number(o.auc, 3),
                w.number(o.base_brier, 3),
            )
            for o in others
        ),
    )  # fmt: skip


def _surprises(found: SitesBacktest, w: Wording) -> Table:
    return Table(
        caption=w(
            "{n} closures far off: forecast below {low} and it happened, or above {high} and it did not",
            n=w.number(len(found.surprises)),
            low=w.share(SURPRISES[0]),
            high=w.share(SURPRISES[1]),
        ),
        columns=columns(
            (w("Site"), 2.0), (w("Mission"), 1.4), (w("Closed"), 1.2), (w("Forecast"), 1.0), (w("Happened"), 1.0),
            numbers=(3,),
        ),
        rows=tuple(
            row(
                f.site_id,
                f.mission or "–",
                w.month(f.closed, short=True),
                w.chance(f.probability),
                w("yes") if f.happened else w("no"),
            )
            for f in found.surprises
        ),
        folded=True,
    )  # fmt: skip


def _part(part: ExitsPart, w: Wording) -> list[Block]:
    told = w(
        "{part}: {exits} exits, conflict within five years after {happened} of them.",
        part=w.capital(w.code("exits_part", part.part)),
        exits=w.number(part.exits),
        happened=w.number(part.happened),
    )
    horizons = (_others(part.horizons, w),) if part.horizons else ()
    return [
        Paragraph(text=told, tone="lead"),
        _scores(part.scores, w),
        _reliability(f"reliability-{part.part}", part.reliability, w),
        *horizons,
    ]


def _exits(forecasts: Sequence[ExitForecast], w: Wording) -> Table:
    return Table(
        caption=w("Every exit, with the chance of conflict within five years (in brackets within one, two and three)"),
        columns=columns(
            (w("Mission"), 1.4), (w("Country"), 1.8), (w("Exit"), 0.8), (w("Quiet years before"), 1.0), (w("Forecast"), 2.2),
            (w("First conflict year after"), 1.2),
            numbers=(2, 3, 5),
        ),
        rows=tuple(
            row(
                w("{mission} (border)", mission=f.mission) if f.border else f.mission,
                f.country,
                str(f.year),
                w("never a conflict") if f.quiet_years is None else w.number(f.quiet_years),
                f"{w.chance(f.probability)} (" + ", ".join(w.chance(c.conflict) for c in f.curve[:-1]) + ")",
                str(f.first_year) if f.first_year else w("none"),
            )
            for f in forecasts
        ),
    )  # fmt: skip
