"""`exitplan backtest watch`: how often the alarms of the watch were right and wrong in the past."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from exitplan.domain.months import month_text
from exitplan.domain.results.base import Answer, Manifest
from exitplan.domain.results.watch import RatesResult
from exitplan.usecases.answers import digest_of, schema_name, versions
from exitplan.usecases.rows import leave_rows

if TYPE_CHECKING:
    from exitplan.engine.watch.rates import Trial

COLUMNS = ("iso3", "watch_from", "alarm", "alarm_month", "onset_25", "onset_1000", "false_alarm")


def alarm_rates(
    history: Path | None = None, *, baseline: int | None = None, seed: int = 1, out: Path | None = None
) -> tuple[RatesResult, Answer]:
    """
    Rates of every alarm over rolling origins, from a file of histories or the one that comes along.

    Parameters
    ----------
    baseline
        Months of the baseline window; the setting in use where left out.
    out
        File to leave every single watch in, one row for each alarm.

    Raises
    ------
    Unreadable, InputFaults, InvalidValue
        For a file that is no history, or holds no quiet year to watch from.
    """
    import numpy as np

    from exitplan.engine.watch import rates as engine
    from exitplan.importers.history import HISTORY, read_history

    months = baseline or engine.BASELINE
    histories = {c: (first, np.array(deaths)) for c, (first, deaths) in read_history(history).items()}
    trials = engine.tried(histories, baseline=months, seed=seed)
    result = engine.rates(trials, baseline=months, seed=seed)
    if out is not None:
        leave_rows(out, COLUMNS, _rows(trials))
    manifest = Manifest(
        inputs=digest_of(history or HISTORY),
        seed=seed,
        options={"baseline": months},
        versions=versions(),
    )
    return result, Answer(schema_=schema_name("backtest-watch"), mission="", on=None, manifest=manifest, result=result)


def _rows(trials: Mapping[str, tuple[Trial, ...]]) -> Iterator[tuple[str, ...]]:
    for name, some in trials.items():
        for t in some:
            places = (month_text(t.begin + at) if at is not None else "" for at in (t.alarm, t.onset, t.war))
            yield t.country, month_text(t.begin), name, *places, "yes" if t.false else "no"
