"""English words of the codes of the watch after the exit."""

from __future__ import annotations

WATCH_CODES: dict[str, dict[str, str]] = {
    "watch_state": {"triggered": "triggered", "unknown": "cannot be judged", "quiet": "quiet"},
    "warning_state": {"alarm": "alarm", "quiet": "quiet", "unknown": "cannot be judged"},
    "watch_method": {"cusum": "cumulative sum", "score": "expected score"},
    "watch_statistic": {"cusum": "cumulative sum", "score": "surprise above expected"},
    "watch_reason": {
        "no-data": "no data",
        "no-series": "no series of counts is named or shown",
        "stale": "the data are too old",
        "too-short": "too few months before the watch",
        "gaps": "months are missing",
    },
    "watch_fault": {
        "no-successor": "no office is named that watches after the mission",
        "no-response": "no first response is agreed",
        "no-baseline": "no baseline is set",
        "no-exit-date": "no day of exit is known",
    },
    "watch_alarm": {
        "cusum": "cumulative sum",
        "score": "expected score",
        "month-25": "any month with 25 deaths",
        "sum-5": "5 deaths in three months",
    },
    "watch_part": {
        "all": "all watches",
        "chosen-on": "watches on which the settings were chosen",
        "held-out": "watches held out",
    },
    "alarm_state": {
        "open": "open",
        "acknowledged": "acknowledged",
        "responded": "response recorded",
        "closed": "closed",
    },
    "alarm_act": {"acknowledge": "Acknowledge", "respond": "Record a response", "close": "Close"},
    "alarm_told": {"acknowledge": "acknowledged", "respond": "response recorded", "close": "closed"},
    "task_fault": {
        "not-accepted": "not accepted by the receiver",
        "not-funded": "not fully funded",
        "taken-back": "a hand-over was taken back",
        "criterion-unmet": "a criterion is not met",
        "criterion-unknown": "a criterion cannot be judged",
        "no-joint-measurement": "no joint measurement for a year",
    },
    "programme_type": {
        "reconstruction": "reconstruction",
        "support": "support",
        "governance": "governance",
        "training": "joint training",
        "exercise": "joint exercise",
    },
    "context": {
        "elections": "elections",
        "prices": "prices",
        "displacement": "displacement",
        "budget": "budget",
        "neighbours": "neighbours",
        "health": "health",
        "other": "other",
    },
    "slip_state": {"done": "done", "late": "late", "ahead": "ahead", "unplanned": "without a date"},
    "counted": {"deaths": "deaths", "events": "events"},
}
