"""Why two plans differ, on the screen."""

from __future__ import annotations

from exitplan.cli.screen import Screen
from exitplan.domain.results.explain import DifferenceExplained, ExplainResult
from exitplan.wording.differences import amount, both, by_kappa, measured, ranking, value


def show_explained(screen: Screen, result: ExplainResult) -> None:
    """Each number under both plans; what the difference adds up from, how it acts, and what it hangs on."""
    w = screen.w
    screen.line(
        w(
            "{n} futures with the same luck under both plans, scenario {scenario}, data up to {month}. ±: one Monte Carlo "
            "standard error.",
            n=w.number(result.futures),
            scenario=result.scenario,
            month=w.month(result.origin),
        )
    )
    for found in result.explained:
        screen.heading(measured(w, found))
        screen.line(both(w, found, result.plan, result.against))
        if found.verdict != "equal":
            _shares(screen, found)
            screen.line(by_kappa(w, found))
        screen.line(ranking(w, found))
        if found.verdict != "equal":
            _swings(screen, found)


def _shares(screen: Screen, found: DifferenceExplained) -> None:
    w = screen.w
    screen.table(
        [w("In what the plans differ"), (w("Adds to the difference"), "right")],
        [
            [
                w.code("channel", s.channel),
                amount(w, s.added, found.measure) if s.differs else w("does not differ"),
            ]
            for s in found.channels
        ],
    )
    screen.line()
    screen.table(
        [w("Through"), (w("Part of the difference"), "right")],
        [[w.code("path", p.path), amount(w, p.added, found.measure)] for p in found.paths],
    )
    screen.line()


def _swings(screen: Screen, found: DifferenceExplained) -> None:
    w = screen.w
    screen.line()
    screen.line(
        w(
            "Which assumptions the shown difference, {amount}, hangs on: its value where one goes from its 10% to its 90% "
            "point, and its share of the variance with others.",
            amount=amount(w, found.shown, found.measure),
        )
    )
    screen.table(
        [w("Assumption"), w("From – to"), (w("Difference there"), "right"), (w("With others"), "right")],
        [
            [
                w.code("belief", s.code),
                f"{value(w, s.code, s.low)} – {value(w, s.code, s.high)}",
                f"{amount(w, s.at_low, found.measure)}; {amount(w, s.at_high, found.measure)}",
                f"{w.share(s.total.value)} ± {w.share(s.total.error)}",
            ]
            for s in found.swings
        ],
        keep=0,
    )
