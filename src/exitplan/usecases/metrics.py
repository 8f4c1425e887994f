"""Numbers by which those who run an installation see whether it is well. No number tells anything about a mission."""

from __future__ import annotations

from datetime import datetime

STATES = ("queued", "running", "done", "failed", "cancelled", "interrupted")


def metrics(at: datetime) -> dict[str, float]:
    """Names and values, as Prometheus reads them: missions, accounts, runs by state, and how long the queue has waited."""
    from exitplan.store import gauges

    runs = gauges.runs_by_state()
    return {
        "exitplan_missions": gauges.missions(),
        "exitplan_accounts": gauges.accounts(),
        "exitplan_sessions": gauges.sessions(at),
        **{f'exitplan_runs{{state="{state}"}}': runs.get(state, 0) for state in STATES},
        "exitplan_queue_seconds": gauges.oldest_waiting(at),
    }
