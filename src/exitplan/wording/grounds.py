"""The grounds of a verdict in words: value against bar, since when, owed by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exitplan.domain.condition import Verdict

if TYPE_CHECKING:
    from exitplan.wording.sentences import Wording


def grounds(w: Wording, verdict: Verdict, *, trigger: bool = False) -> str:
    """The reason of a verdict with its values; a group speaks through the part that decides it. Nobody wants a trigger met."""
    parts = [_reason(w, verdict, trigger)]
    if verdict.state != "met" and verdict.since is not None:
        parts.append(w("since {day}", day=w.date(verdict.since)))
    if verdict.state == "unknown" and verdict.owed_by:
        parts.append(w("owed by {office}", office=verdict.owed_by))
    if verdict.marginal:
        parts.append(w("the interval reaches across the bar"))
    return w.semicolon.join(part for part in parts if part)


def _reason(w: Wording, verdict: Verdict, trigger: bool) -> str:
    values = verdict.values
    aim = w("trigger: {bar}") if trigger else w("{bar} wanted")
    kind = verdict.about.partition(":")[0]
    if "counted" in values and values.get("value") is not None:
        return w(
            "{value} {counted} recorded from {first} to {last}, {aim}",
            value=w.number(_number(values["value"])),
            counted=w("deaths") if values["counted"] == "deaths" else w("events"),
            first=w.month(str(values["from"]), short=True),
            last=w.month(str(values["to"]), short=True),
            aim=aim.format(bar=_bar(w, values)),
        )
    if values.get("date") is not None and values.get("value") is not None:
        held = values.get("window_mean", values["value"])
        said = w(
            "{value} {unit} on {day}, {aim}",
            value=w.number(_number(held)),
            unit=values.get("unit") or "",
            day=w.date(str(values["date"])),
            aim=aim.format(bar=_bar(w, values)),
        ).replace("  ", " ")
        return (
            said if verdict.reason in ("below-bar", "above-bar", "bar-held") else f"{_words(w, verdict)}{w.colon}{said}"
        )
    if kind == "date" or verdict.reason in ("too-early", "too-late", "in-time"):
        day = values.get("on_or_after") if verdict.reason != "too-late" else values.get("on_or_before")
        said = f"{_words(w, verdict)} ({w.date(str(day))})" if day else _words(w, verdict)
        return _opposed(w, said, values)
    if values.get("level") is not None:
        return w(
            "risk rated {level}, {aim}",
            level=w.code("risk_level", values["level"]),
            aim=aim.format(bar=_risk_bar(w, values)),
        )
    if values.get("state") is not None:
        family = _state_family(str(values["state"]), str(values.get("wanted", "")))
        wanted = [code.strip() for code in str(values.get("wanted", "")).split(",")]
        said = w("{state}; not wanted: {wanted}") if values.get("negated") else w("{state}; wanted: {wanted}")
        if trigger and not values.get("negated"):
            said = w("{state}; trigger: {wanted}")
        return said.format(state=w.code(family, values["state"]), wanted=w.codes(family, wanted))
    return _opposed(w, _words(w, verdict), values)


def _opposed(w: Wording, said: str, values: dict[str, str | float | None]) -> str:
    return w("{grounds}; the opposite is wanted", grounds=said) if values.get("negated") else said


def _words(w: Wording, verdict: Verdict) -> str:
    return w.code("reason", verdict.reason) if verdict.reason else w.code("state", verdict.state)


def _state_family(*codes: str) -> str:
    """Which states are meant: those of a site where one of the codes is a site's alone, else those of a hand-over."""
    from exitplan.wording.codes import CODES

    known = {code.strip() for text in codes for code in text.split(",")}
    return "site_state" if known <= set(CODES["site_state"]) else "handover_state"


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _risk_bar(w: Wording, values: dict[str, str | float | None]) -> str:
    most = values.get("at_most")
    level = w.code("risk_level", most or values.get("at_least"))
    if values.get("negated"):
        return w("more than {level}", level=level) if most else w("less than {level}", level=level)
    return w("at most {level}", level=level) if most else w("at least {level}", level=level)


def _bar(w: Wording, values: dict[str, str | float | None]) -> str:
    """What was wanted of a value; under a `not`, the other side of the bar."""
    least, most = _number(values.get("min")), _number(values.get("max"))
    if least is not None and most is not None:
        ends = {"low": w.number(least), "high": w.number(most)}
        return w("outside {low} to {high}", **ends) if values.get("negated") else w("{low} to {high}", **ends)
    level = w.number(most if least is None else least)
    if values.get("negated"):
        return w("more than {level}", level=level) if least is None else w("less than {level}", level=level)
    return w("at most {level}", level=level) if least is None else w("at least {level}", level=level)
