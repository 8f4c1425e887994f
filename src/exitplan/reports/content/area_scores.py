"""How good forecasts of area-months were, as words, tables and pictures."""

from __future__ import annotations

from exitplan.domain.results.areas import AreaMission, AreasBacktest, AreaScores, AreaSkill
from exitplan.reports.charts.reliability import places, reliability
from exitplan.reports.content.intervals import no_interval
from exitplan.reports.page import Block, Cell, Paragraph, Section, Table, columns, row
from exitplan.wording import Wording

SHOWN = ("ignorance", "log_crps", "crps", "brier_large")
RECALIBRATED = "recalibrated"
OURS = ("pooled", "model", RECALIBRATED)


def area_scores_section(found: AreasBacktest, w: Wording) -> Section:
    """What was forecast, how good it was against benchmarks, how well calibrated, and where it failed."""
    blocks: list[Block] = [
        Paragraph(text=_told(found, w), tone="lead"),
        Paragraph(text=_fair(found, w), tone="note"),
        *_left_out(found, w),
        *_recalibrated(found, w),
        _skills(found, w),
        _missions(found, w),
        _cover(found, w),
    ]
    if found.any_death:
        title = w("Chance of any death in an area-month")
        blocks.append(reliability("reliability-any", title, found.any_death, w))
    if found.large:
        title = w("Chance of 25 deaths or more in an area within {n} months", n=found.horizon)
        blocks.append(reliability("reliability-large", title, found.large, w))
    blocks += [
        places("pit", w("Where what happened lay in the forecasts"), found.pit, w),
        _weights(found, w),
        _failures(found, w),
    ]
    return Section(key="area-scores", title=w("Deaths by area and month, forecast and seen"), blocks=tuple(blocks))


def _told(found: AreasBacktest, w: Wording) -> str:
    named = [m for m in found.missions if m.headline]
    by = {(s.against, s.score): s for s in found.skills}
    ignorance, log_crps, crps = (by.get((found.best.get(name, ""), name)) for name in ("ignorance", "log_crps", "crps"))
    return w(
        "{missions} host countries, {cases} area-months. Against the benchmark that is best over all of them, scores are lower "
        "by {ignorance} (ignorance, {won} of {compared} won), {log_crps} (CRPS of the logarithm) and {crps} (CRPS); intervals "
        "of 80% hold {cover}.",
        missions=w.number(len(named)),
        cases=w.number(sum(m.cases for m in named)),
        ignorance=_lower(ignorance, w),
        won=w.number(ignorance.won if ignorance else None),
        compared=w.number(ignorance.missions if ignorance else None),
        log_crps=_lower(log_crps, w),
        crps=_lower(crps, w),
        cover=w.share(found.covered_80, 1),
    )


def _lower(skill: AreaSkill | None, w: Wording) -> str:
    """By how much a score is lower; a dash where nothing could be compared."""
    return w.share(skill.skill.value if skill and skill.skill else None, 1)


def _fair(found: AreasBacktest, w: Wording) -> str:
    return w(
        "{horizon} months ahead from {origins} origins, {first} to {last}, {draws} draws; settings frozen on {frozen}. Priors and "
        "weights of every forecast were learned from other countries and from nothing after its origin. Presence does not enter.",
        horizon=w.number(found.horizon),
        origins=w.number(len(found.origins)),
        first=w.month(found.origins[0]),
        last=w.month(found.origins[-1]),
        draws=w.number(found.draws),
        frozen=w.date(found.frozen),
    )


def _left_out(found: AreasBacktest, w: Wording) -> tuple[Paragraph, ...]:
    """Rows that no area took, where there are any: codes that are written otherwise look like other countries' areas."""
    if not found.left_out_rows:
        return ()
    said = w.count(
        "One row of events, with {deaths} deaths, lies in no area of the table of areas and is left out.",
        "{n} rows of events, with {deaths} deaths, lie in no area of the table of areas and are left out.",
        found.left_out_rows,
        deaths=w.number(found.left_out_deaths),
    )
    return (Paragraph(text=said),)


def _recalibrated(found: AreasBacktest, w: Wording) -> tuple[Paragraph, ...]:
    """The pool with and without the last step, where that was asked for."""
    made = [s for m in found.missions if m.headline for s in m.scores if s.forecaster == RECALIBRATED]
    if not made:
        return ()
    by = {s.score: s for s in found.skills if s.against == RECALIBRATED}
    said = w(
        "Recalibrated on other countries' forecasts, intervals of 80% hold {cover}. Scores of the pool as it is are lower than "
        "recalibrated by {ignorance} (ignorance), {log_crps} (CRPS of the logarithm) and {crps} (CRPS).",
        cover=w.share(sum(s.covered_80 for s in made) / len(made), 1),
        **{name: _lower(by.get(name), w) for name in ("ignorance", "log_crps", "crps")},
    )
    return (Paragraph(text=said),)


def _skills(found: AreasBacktest, w: Wording) -> Table:
    against = list(dict.fromkeys(s.against for s in found.skills))
    by = {(s.against, s.score): s for s in found.skills}

    def cell(code: str, score: str) -> Cell:
        s = by.get((code, score))
        if s is None or s.skill is None:
            return Cell(text=w.share(None))
        if s.skill.level:
            said = w(
                "{skill} [{low}, {high}], {won}",
                skill=w.share(s.skill.value, 1),
                low=w.share(s.skill.low),
                high=w.share(s.skill.high),
                won=w.number(s.won),
            )
        else:
            said = f"{w.share(s.skill.value, 1)}, {w.number(s.won)}"
        return Cell(text=said + " *" if found.best.get(score) == code else said)

    note = w(
        "Share by which the score is lower (geometric mean over countries), 90% interval from drawing countries anew, "
        "countries won. Star: the benchmark that is best over all countries in that score."
    )
    if skipped := max((s.skipped for s in found.skills), default=0):
        note += " " + w(
            "A country in which a score is 0 has no ratio and is left out of that cell: {n} at most.",
            n=w.number(skipped),
        )
    if any(s.skill and not s.skill.level for s in found.skills):
        note += " " + no_interval(w)

    return Table(
        caption=w("How much lower the pool's scores are, by forecaster"),
        columns=columns(
            (w("Against"), 1.6), *((w.capital(w.code("area_score", s)), 1.6) for s in SHOWN), numbers=range(1, 5)
        ),
        rows=tuple(
            row(w.capital(w.code("area_forecaster", code)), *(cell(code, score) for score in SHOWN)) for code in against
        ),
        note=note,
    )


def _missions(found: AreasBacktest, w: Wording) -> Table:
    ordered = sorted(found.missions, key=lambda m: (not m.headline, m.mission))

    def best(m: AreaMission, name: str) -> AreaScores:
        return min((s for s in m.scores if s.forecaster not in OURS), key=lambda s: float(getattr(s, name)))

    def pair(m: AreaMission, name: str) -> Cell:
        ours = float(getattr(m.scores[0], name))
        other = best(m, name)
        theirs = float(getattr(other, name))
        return Cell(
            text=w(
                "{ours}; {theirs} ({who})",
                ours=w.number(ours, 3),
                theirs=w.number(theirs, 3),
                who=w.code("area_forecaster_short", other.forecaster),
            ),
            mark="late" if theirs < ours else "",
        )

    return Table(
        caption=w("By country: the pool's score; that of the best benchmark there in hindsight"),
        columns=columns(
            (w("Country"), 1.0),
            (w("Violent area-months"), 1.2),
            (w("Ignorance"), 2.0),
            (w("CRPS of the logarithm"), 2.0),
            (w("CRPS"), 2.0),
            (w("80% holds"), 1.0),
            numbers=range(1, 6),
        ),
        rows=tuple(
            row(
                m.mission if m.headline else w("{mission} (beside)", mission=m.mission),
                w("{violent} of {cases}", violent=w.number(m.violent), cases=w.number(m.cases)),
                pair(m, "ignorance"),
                pair(m, "log_crps"),
                pair(m, "crps"),
                w.share(m.scores[0].covered_80, 1),
            )
            for m in ordered
        ),
        note=w(
            "Marked: a benchmark was better there. Choosing the best benchmark in hindsight is more than anybody could have done."
        ),
    )


def _cover(found: AreasBacktest, w: Wording) -> Table:
    return Table(
        caption=w("Share of area-months inside the intervals, by months ahead"),
        columns=columns(w("Months ahead"), w("80% interval"), w("90% interval"), numbers=range(1, 3)),
        rows=tuple(row(h.months, w.share(h.covered_80, 1), w.share(h.covered_90, 1)) for h in found.horizons),
    )


def _weights(found: AreasBacktest, w: Wording) -> Table:
    sets = (
        (w("All, over all origins"), found.pool),
        *((w("Group {n}, last", n=i + 1), s) for i, s in enumerate(found.served)),
    )
    return Table(
        caption=w("Weights of the pool, learned from other countries"),
        columns=columns(
            (w("Learned from"), 1.6),
            *((w.capital(w.code("area_forecaster", s.part)), 1.2) for s in found.pool),
            numbers=range(1, 5),
        ),
        rows=tuple(row(name, *(w.share(s.weight) for s in shares)) for name, shares in sets),
    )


def _failures(found: AreasBacktest, w: Wording) -> Table:
    return Table(
        caption=w("Failures: countries where a benchmark was better"),
        columns=columns(
            (w("Country"), 1.0),
            (w("Score"), 1.6),
            (w("Benchmark forecast"), 2.0),
            w("Pool"),
            w("Benchmark's"),
            numbers=(3, 4),
        ),
        rows=tuple(
            row(
                f.mission,
                w.capital(w.code("area_score", f.score)),
                w.capital(w.code("area_forecaster", f.benchmark)),
                w.number(f.ours, 3),
                w.number(f.theirs, 3),
            )
            for f in found.failures
        ),
        empty=w("None: no benchmark was better in any country."),
    )
