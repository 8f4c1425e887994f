"""How often the alarms of the watch were right and wrong in the past, as words and tables."""

from __future__ import annotations

from exitplan.domain.results.watch import RatesPeriod, RatesResult
from exitplan.reports.content.intervals import banded, banded_share, no_interval
from exitplan.reports.page import Block, Paragraph, Section, Table, columns, row
from exitplan.wording import Wording


def rates_section(found: RatesResult, w: Wording) -> Section:
    """One table for each period, with what a false alarm, an onset and a lead are."""
    blocks: list[Block] = [
        Paragraph(
            text=w(
                "Each January of each country with fewer than 25 deaths in the year before, a watch of twelve months begins; "
                "alarms are fitted on the {n} months before it. An onset is the month in which the deaths since then reach 25 "
                "(or 1,000). An alarm no later than three months after an onset finds it. An alarm is false when neither the "
                "watch nor the twelve months after the alarm bring 25 deaths.",
                n=w.number(found.baseline_months),
            ),
            tone="note",
        )
    ]
    blocks += [_table(period, w) for period in found.periods]
    blocks.append(
        Paragraph(
            text=w(
                "Brackets: 90% intervals from drawing countries anew. Onsets are few, and the histories know only what was "
                "reported. An alarm says that months are unlike those before; it does not say why, or what comes next."
            ),
            tone="note",
        )
    )
    return Section(key="watch-rates", title=w("Alarms on past months"), blocks=tuple(blocks))


def _table(period: RatesPeriod, w: Wording) -> Table:
    return Table(
        caption=w(
            "{part}: {countries} countries, {first} to {last}; {quiet} quiet years, {onsets} onsets of 25 deaths, {wars} of 1,000",
            part=w.capital(w.code("watch_part", period.part)),
            countries=w.number(period.countries),
            first=w.month(period.first, short=True),
            last=w.month(period.last, short=True),
            quiet=w.number(period.quiet_years),
            onsets=w.number(period.onsets_25),
            wars=w.number(period.onsets_1000),
        ),
        columns=columns(
            (w("Alarm"), 2.4),
            (w("False alarms per 10 quiet years"), 1.6),
            (w("Onsets missed"), 1.4),
            (w("Not announced by the onset"), 1.5),
            (w("Median months of warning"), 1.5),
            (w("Onsets of 1,000 missed"), 1.4),
            (w("Months of warning before 1,000"), 1.5),
            numbers=range(1, 7),
        ),
        rows=tuple(
            row(
                w.capital(w.code("watch_alarm", a.alarm)),
                banded(a.false_per_10_years, w, 1),
                banded_share(a.missed_25, w),
                banded_share(a.late_25, w),
                banded(a.lead_25, w, 1),
                banded_share(a.missed_1000, w),
                banded(a.lead_1000, w, 1),
            )
            for a in period.alarms
        ),
        note=no_interval(w) if period.countries == 1 else "",
    )
