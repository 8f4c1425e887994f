"""Why a run failed, as it is kept with the run: findings, so that every door says it in the reader's language."""

from __future__ import annotations

from typing import Any

from exitplan.domain.errors import ExitplanError, InputFaults, InvalidValue, NotFound
from exitplan.domain.findings import Finding, Wanted, capped, errors, shown


def kept(error: ExitplanError) -> list[dict[str, Any]]:
    """
    What a reader may be told of an error, as plain JSON values; nothing where it is no fault of what was asked.

    Files and lines are left out: they are places on the machine.
    """
    return [
        finding.model_dump(mode="json", exclude={"where"}, exclude_defaults=True) | {"wanted": _kept(finding.wanted)}
        for finding in _findings(error)
    ]


def told(stored: list[dict[str, Any]]) -> tuple[Finding, ...]:
    """The findings that were kept."""
    return tuple(Finding.model_validate({**body, "wanted": _told(body["wanted"])}) for body in stored)


def _findings(error: ExitplanError) -> tuple[Finding, ...]:
    match error:
        case InputFaults(findings=findings):
            return capped(errors(findings))
        case InvalidValue(field=field, value=value, wanted=wanted):
            given = "" if value is None else shown(value)
            return (Finding(code="invalid-value", field=field, value=given, wanted=wanted),)
        case NotFound(kind=kind, code=code):
            return (Finding(code="unknown-reference", kind=kind, value=shown(code)),)
    return ()


def _kept(wanted: object) -> Any:
    """A `Wanted` with all that it remembers; texts and numbers as they are, anything else as text."""
    if isinstance(wanted, Wanted) and wanted.values:
        return {"template": wanted.template, "values": {name: _kept(value) for name, value in wanted.values.items()}}
    return wanted if isinstance(wanted, int | float) else str(wanted)


def _told(stored: Any) -> Any:
    if isinstance(stored, dict):
        return Wanted(stored["template"], **{name: _told(value) for name, value in stored["values"].items()})
    return stored
