"""What the store refuses, beside what the table refuses. Both are drawn in `domain.errors`."""

from __future__ import annotations

from typing import Any

from exitplan.domain.errors import ExitplanError


class Stale(ExitplanError):
    """Somebody else changed the entry first. Carries both versions, so that nothing typed is lost."""

    def __init__(self, kind: str, code: str, *, theirs: dict[str, Any] | None, theirs_version: int, yours: Any) -> None:
        super().__init__(f"{kind} {code} was changed by somebody else in the meantime (now version {theirs_version})")
        self.kind = kind
        self.code = code
        self.theirs = theirs
        self.theirs_version = theirs_version
        self.yours = yours


class Moved(ExitplanError):
    """The mission was changed since the checks were made; make them again."""

    def __init__(self, mission: str, seen: int, now: int) -> None:
        super().__init__(f"{mission} has moved from revision {seen} to {now}")
        self.seen = seen
        self.now = now
