"""What a brief is written from, and the small words its sections share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from exitplan.domain.condition import Verdict
from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Area, Function, Source
from exitplan.domain.results.after import AfterResult
from exitplan.domain.results.base import Manifest
from exitplan.domain.results.capacity import CapacityResult
from exitplan.domain.results.readiness import CriterionStatus, StatusResult
from exitplan.domain.results.risk import RisksResult
from exitplan.domain.results.schedule import ScheduleResult
from exitplan.domain.results.stability import FuturesResult
from exitplan.domain.results.watch import TriggersResult, WatchResult
from exitplan.wording import Wording


@dataclass(frozen=True, kw_only=True)
class Ground:
    """A dossier on a day and what stands under watch: enough for sections that need no look ahead, and quick to come by."""

    dossier: Dossier
    on: date
    w: Wording
    watch: WatchResult | None = None
    after: AfterResult | None = None
    triggers: TriggersResult | None = None

    @property
    def lang(self) -> str:
        """The reader's language."""
        return self.w.lang

    @cached_property
    def areas(self) -> dict[str, str]:
        """Names of the areas by code, in the order of the dossier."""
        return {a.code: a.name(self.lang) for a in self.dossier.of(Area)}

    @cached_property
    def functions(self) -> dict[str, str]:
        """Names of the functions by code, in the order of the dossier."""
        return {f.code: f.name(self.lang) for f in self.dossier.of(Function)}

    @property
    def violence_source(self) -> str:
        """Sources of the recorded violence, with the months they cover."""
        found = [s for s in self.dossier.of(Source) if s.covers_from and s.covers_to]
        return "; ".join(
            f"{s.name(self.lang)} ({self.w.month(s.covers_from, short=True)} – {self.w.month(s.covers_to, short=True)})"
            for s in found
        )

    def where(self, area: str | None) -> str:
        """Name of an area, the whole country where there is none."""
        return self.areas.get(area, area) if area else self.w("whole country")


@dataclass(frozen=True, kw_only=True)
class Material(Ground):
    """A dossier on a day with the results computed from it; what is None has no section of its own."""

    status: StatusResult
    manifest: Manifest
    schedule: ScheduleResult | None = None
    futures: FuturesResult | None = None
    capacity: CapacityResult | None = None
    risks: RisksResult | None = None

    @cached_property
    def criteria(self) -> dict[str, CriterionStatus]:
        """Every criterion on the day, by code."""
        return {c.code: c for b in self.status.benchmarks for c in b.criteria}

    def reason(self, verdict: Verdict) -> str:
        """Why a verdict is what it is, without since when and by whom it is owed, which have columns of their own."""
        return self.w.grounds(verdict.model_copy(update={"since": None, "owed_by": ""}))


def deciding(verdict: Verdict) -> Verdict | None:
    """The first criterion, or other condition, below a gate's verdict that is not met; None when all are."""
    for part in verdict.parts:
        if part.state == "met":
            continue
        if part.about.startswith("criterion:") or not part.parts:
            return part
        return deciding(part) or part
    return None


def clipped(text: str, most: int) -> str:
    """The text, cut at a word with an ellipsis where it is longer than `most` letters."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    head = text[: most - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[most // 2 :] else head).rstrip(" ,;:") + "…"


def joined(names: Iterable[str], most: int, w: Wording) -> str:
    """Some names, and how many more there are."""
    every = list(names)
    if len(every) <= most:
        return ", ".join(every)
    return w("{names} and {n} more", names=", ".join(every[:most]), n=w.number(len(every) - most))
