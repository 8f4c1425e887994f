"""The watch after the exit: triggers met first, early warnings with their pictures, reviews, and what the plan lacks."""

from __future__ import annotations

from exitplan.domain.kinds import Source
from exitplan.domain.results.watch import EarlyWarning, WatchLine, WatchResult
from exitplan.reports.charts.watch import baseline_words, warning_picture
from exitplan.reports.content.material import Material
from exitplan.reports.page import Block, Cell, Figure, Items, Mark, Paragraph, Section, Table, columns, row

MARKS: dict[str, Mark] = {
    "triggered": "late",
    "unknown": "unknown",
    "quiet": "",
    "alarm": "late",
    "met": "late",
    "unmet": "",
}
PICTURES = 3
"""Series drawn in a section, those that raise an alarm first."""


def watch_section(m: Material) -> Section:
    """Every watch with its state, its early warnings and its reviews; faults of the plan before everything else."""
    w, found = m.w, m.watch
    title = w("Watch after the exit")
    if found is None or not found.watches:
        said = w("Nothing is under watch yet. A watch names an area or an indicator, a trigger and who responds first.")
        return Section(key="watch", title=title, blocks=(Paragraph(text=said, tone="warning"),))
    blocks: list[Block] = [
        Paragraph(
            text=w(
                "{n} watches on {day}: {triggered} triggered, {unknown} that cannot be judged.",
                n=w.number(len(found.watches)),
                day=w.date(m.on),
                triggered=w.number(found.triggered),
                unknown=w.number(found.unknown),
            ),
            tone="lead",
        )
    ]
    if faults := faults_of(m, found):
        blocks.append(Items(items=faults))
    blocks += [_watches(m, found), warnings_table(m, found)]
    blocks += pictures_of(m, found)
    blocks.append(_reviews(m, found))
    return Section(key="watch", title=title, blocks=tuple(blocks))


def faults_of(m: Material, found: WatchResult) -> tuple[str, ...]:
    """What the plan of the watch lacks, one sentence for each fault."""
    said = []
    for fault in ("no-successor", "no-response", "no-exit-date"):
        codes = [line.code for line in found.watches if fault in line.faults]
        if codes:
            said.append(
                m.w("{fault}: {codes}", fault=m.w.capital(m.w.code("watch_fault", fault)), codes=", ".join(codes))
            )
    return tuple(said)


def _watches(m: Material, found: WatchResult) -> Table:
    w = m.w
    return Table(
        caption=w("Watches, triggered first"),
        columns=columns(
            (w("Watch"), 2.4),
            (w("State"), 1.3),
            (w("Grounds"), 3.2),
            (w("Where"), 1.3),
            (w("Agreed first response"), 2.2),
            (w("Watched after the mission by"), 2),
        ),
        rows=tuple(
            row(
                f"{line.code} {line.name(m.lang)}",
                Cell(text=w.code("watch_state", line.state), mark=MARKS[line.state]),
                grounds(m, line),
                m.where(line.area),
                line.response or Cell(text=w("not agreed"), mark="late"),
                line.successor_owner or Cell(text=w("nobody named"), mark="late"),
            )
            for line in found.watches
        ),
    )


def grounds(m: Material, line: WatchLine) -> str:
    """Why a watch stands where it stands: its trigger, then each early warning that is not quiet."""
    w = m.w
    said = [w.grounds(line.trigger, trigger=True)]
    said += [
        w("early warning, {place}{colon}{state}", place=place_of(m, e), colon=w.colon, state=warning_words(m, e))
        for e in line.early
        if e.state != "quiet"
    ]
    return w.semicolon.join(s for s in said if s)


def place_of(m: Material, found: EarlyWarning) -> str:
    """Name of the place of a series."""
    if not found.abroad:
        return m.where(found.place or None)
    title = (found.place_title_fr if m.lang == "fr" else None) or found.place_title
    return m.w("{place} ({country})", place=title, country=found.place) if title else found.place


def warning_words(m: Material, found: EarlyWarning) -> str:
    """State of an early warning, with the month or the reason."""
    if found.state == "alarm":
        return m.w("alarm in {month}", month=m.w.month(found.alarm_month))
    if found.state == "unknown":
        return m.w("cannot be judged, {why}", why=m.w.code("watch_reason", found.reason))
    return m.w.code("warning_state", found.state)


def warnings_table(m: Material, found: WatchResult) -> Table:
    """Every early warning in one row."""
    w = m.w
    rows = [(line, e) for line in found.watches for e in line.early]
    rows.sort(key=lambda pair: ("alarm", "unknown", "quiet").index(pair[1].state))
    return Table(
        caption=w("Early warning on monthly counts"),
        columns=columns(
            (w("Watch"), 2.2),
            (w("Place"), 1.6),
            (w("Method"), 1.4),
            (w("State"), 1.6),
            (w("Baseline, a month"), 1),
            (w("Last month"), 1.4),
            (w("Statistic"), 1),
            (w("Alarm line"), 1),
            numbers=(4, 6, 7),
        ),
        rows=tuple(
            row(
                f"{line.code} {line.name(m.lang)}",
                place_of(m, e),
                w.code("watch_method", e.method),
                Cell(text=w.capital(warning_words(m, e)), mark=MARKS[e.state]),
                w.number(e.baseline_mean, 2) if e.baseline_mean is not None else "–",
                w(
                    "{month}{colon}{n}",
                    month=w.month(e.months[-1].month, short=True),
                    colon=w.colon,
                    n=w.number(e.months[-1].count),
                )
                if e.months
                else "–",
                w.number(e.months[-1].statistic, 2) if e.months and e.months[-1].statistic is not None else "–",
                w.number(e.threshold, 2) if e.threshold is not None else "–",
            )
            for line, e in rows
        ),
        empty=w("No watch keeps an early warning. Name an alarm in a watch to keep one on its monthly counts."),
        note=w(
            "An alarm says that months are unlike those before; it does not say why, or what comes next. "
            "How often alarms were wrong: exitplan backtest watch."
        )
        if rows
        else "",
    )


def pictures_of(m: Material, found: WatchResult, most: int = PICTURES) -> list[Figure]:
    """Pictures of the series, alarms first."""
    pairs = [(line, e) for line in found.watches for e in line.early if len(e.months) > 1]
    pairs.sort(key=lambda pair: ("alarm", "unknown", "quiet").index(pair[1].state))
    return [picture_of(m, line, e) for line, e in pairs[:most]]


def one_watch_section(
    m: Material, code: str, series: tuple[EarlyWarning, ...] | None = None, *, reviews: bool = True
) -> Section:
    """The series of one watch as pictures, all or some of them, and its reviews."""
    found = m.watch
    line = next(line for line in found.watches if line.code == code) if found else None
    if found is None or line is None:
        return Section(key="watch", title=m.w("Watch after the exit"), blocks=())
    blocks: list[Block] = []
    for e in line.early if series is None else series:
        if len(e.months) > 1:
            blocks.append(picture_of(m, line, e))
        if e.state == "unknown":
            said = m.w(
                "early warning, {place}{colon}{state}", place=place_of(m, e), colon=m.w.colon, state=warning_words(m, e)
            )
            blocks.append(Paragraph(text=m.w.capital(said), tone="warning"))
    if reviews:
        blocks.append(_reviews(m, found.model_copy(update={"watches": (line,)})))
    return Section(key="watch", title=m.w("Watch after the exit"), blocks=tuple(blocks))


def picture_of(m: Material, line: WatchLine, e: EarlyWarning) -> Figure:
    """One series with its baseline and its alarm line."""
    key = f"watch-{line.code}-{e.place or 'country'}".lower().replace(".", "-")
    source = m.violence_source if not e.abroad else abroad_source(m, line.code, e.place)
    return warning_picture(key, f"{line.code} {line.name(m.lang)}, {place_of(m, e)}", e, source, m.w)


def abroad_source(m: Material, code: str, country: str) -> str:
    """Where the counts beyond the border come from."""
    from exitplan.domain.kinds import Indicator, Watch

    entry = m.dossier.find(Watch, code)
    indicators = [m.dossier.get(Indicator, a.indicator) for a in entry.abroad if a.country == country]
    sources = [m.dossier.get(Source, s) for i in indicators if i for s in i.sources]
    return m.w.semicolon.join(s.name(m.lang) for s in sources if s)


def _reviews(m: Material, found: WatchResult) -> Table:
    w = m.w
    rows = [(line, point) for line in found.watches for point in line.reviews]
    by_day: dict[tuple[int, str], list[tuple[WatchLine, bool, int]]] = {}
    for line, point in rows:
        by_day.setdefault((point.months, point.day.isoformat()), []).append(
            (line, point.done is not None, point.overdue_days)
        )
    return Table(
        caption=w("Reviews after the exit on {day}", day=w.date(found.exit))
        if found.exit
        else w("Reviews after the exit"),
        columns=columns(
            (w("Review"), 1),
            (w("Day"), 1.2),
            (w("Watches"), 3.4),
            (w("Held"), 1),
            (w("State"), 1.2),
            numbers=(3,),
        ),
        rows=tuple(
            row(
                w("exit + {n} months", n=months),
                w.date(day, short=True),
                ", ".join(line.code for line, _, _ in lines),
                w("{done} of {all}", done=w.number(sum(done for _, done, _ in lines)), all=w.number(len(lines))),
                Cell(text=w("overdue by {n} days", n=w.number(max(late for *_, late in lines))), mark="late")
                if any(late for *_, late in lines)
                else Cell(text=w("held"), mark="done")
                if all(done for _, done, _ in lines)
                else w("to come"),
            )
            for (months, day), lines in sorted(by_day.items(), key=lambda item: item[0])
        ),
        empty=w("No day of exit is known: neither a final mandate nor a plan says when the mission ends."),
    )


def triggers_section(m: Material) -> Section:
    """Every agreed trigger: what it waits for, and who then does what."""
    w = m.w
    found = m.triggers.triggers if m.triggers else ()
    return Section(
        key="triggers",
        title=w("Triggers"),
        blocks=(
            Table(
                caption=w("Triggers of watches, contingency plans, plans, risks and scenarios"),
                columns=columns(
                    (w("Trigger"), 2.4),
                    (w("Of"), 1.2),
                    (w("State"), 1.2),
                    (w("Grounds"), 3.2),
                    (w("Agreed response"), 3),
                    (w("Who"), 1.6),
                    (w("Within, days"), 1),
                    numbers=(6,),
                ),
                rows=tuple(
                    row(
                        f"{t.code} {t.name(m.lang)}",
                        w.code("kind", t.kind),
                        Cell(
                            text=w.code("trigger_state", t.state),
                            mark="late" if t.state == "met" else "unknown" if t.state == "unknown" else "",
                        ),
                        w.grounds(t.verdict, trigger=True),
                        w.semicolon.join(t.response) or (w("steps of the plan stop") if t.kind == "plan" else "–"),
                        t.who or w("nobody named"),
                        w.number(t.within_days) if t.within_days is not None else "–",
                    )
                    for t in found
                ),
                empty=w("No trigger has been agreed yet."),
            ),
        ),
    )


__all__ = ["baseline_words", "triggers_section", "watch_section"]
