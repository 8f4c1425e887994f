"""A finding: one fault or doubt about the input, as a code with its values. Doors turn it into a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, WrapValidator

Severity = Literal["error", "warning"]

VALUE_SHOWN = 80
"""Characters of an offending value that a finding shows: enough to recognise it, never ten megabytes of it."""
SHOWN_PER_CODE = 200
"""Findings of one code that are shown: enough to see a pattern, few enough to read."""


class Wanted(str):
    """
    English words for what would have been accepted, which remember how they were made, so that a door can say it otherwise.

    Everywhere else it is a plain text: `Wanted("a day after {start}", start=start)` equals the text with the day in it. A value
    may itself be a `Wanted`.
    """

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, **values: object) -> Wanted:
        made = super().__new__(cls, template.format(**values) if values else template)
        made.template, made.values = template, values
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, object]]:
        return (self.template,), self.values


def _kept(given: Any, check: Callable[[Any], str]) -> str:
    """A `Wanted` as it is; any other text through the ordinary check, which would forget what a `Wanted` remembers."""
    return given if isinstance(given, Wanted) else check(given)


WantedText = Annotated[str, WrapValidator(_kept)]
"""A text that may be a `Wanted` and then stays one."""


class Finding(BaseModel):
    """One fault (`error`: blocks approval, release and the engine) or doubt (`warning`) about the input."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(description="What kind of fault, as a stable code such as `unknown-reference`.")
    severity: Severity = Field(
        "error", description="`error` blocks approval, release and the engine; `warning` does not."
    )
    kind: str = Field("", description="Kind of the entry concerned; empty for a file as a whole.")
    entry: str = Field("", description="Code of the entry concerned.")
    field: str = Field("", description="Field concerned, as a dotted path.")
    value: str = Field("", description="What was given, cut to a readable length.")
    wanted: WantedText = Field("", description="What would have been accepted.")
    where: str = Field("", description="File and line, where known.")


def shown(value: object) -> str:
    """A value as a finding shows it: one line, cut to `VALUE_SHOWN` characters with its true length named."""
    text = value if isinstance(value, str) else repr(value)
    head = " ".join(text[: VALUE_SHOWN * 2].split())
    if len(text) <= VALUE_SHOWN:
        return head
    return f"{head[:VALUE_SHOWN]}… ({len(text)} characters)"


def capped(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The first `SHOWN_PER_CODE` findings of each code and severity, then one that says how many more of it there are."""
    kept: list[Finding] = []
    counts: Counter[tuple[str, Severity]] = Counter()
    for finding in findings:
        counts[finding.code, finding.severity] += 1
        if counts[finding.code, finding.severity] <= SHOWN_PER_CODE:
            kept.append(finding)
    for (code, severity), times in counts.items():
        if times > SHOWN_PER_CODE:
            more = f"{times - SHOWN_PER_CODE} more"
            kept.append(Finding(code=code, severity=severity, value=more, wanted=Wanted("the ones shown mended first")))
    return tuple(kept)


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Only the findings that block."""
    return tuple(f for f in findings if f.severity == "error")
