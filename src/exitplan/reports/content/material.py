"""What a brief is written from, and the small words its sections share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

from exitplan.domain.condition import Verdict
from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Area, Function, Source
from exitplan.domain.results.after import AfterResult
from exitplan.domain.results.base import Manifest
from exitplan.domain.results.capacity import CapacityResult
from exitplan.domain.results.cases import SimilarResult
from exitplan.domain.results.communications import CommunicationsResult
from exitplan.domain.results.explain import ExplainResult
from exitplan.domain.results.frameworks import FrameworksResult
from exitplan.domain.results.lessons import LessonsResult
from exitplan.domain.results.partners import PartnersResult
from exitplan.domain.results.quality import QualityResult
from exitplan.domain.results.readiness import CriterionStatus, StatusResult
from exitplan.domain.results.risk import RisksResult
from exitplan.domain.results.schedule import ScheduleResult
from exitplan.domain.results.stability import FuturesResult
from exitplan.domain.results.takeover import TakeoverResult
from exitplan.domain.results.watch import TriggersResult, WatchResult
from exitplan.wording import Wording


class Results(Protocol):
    """What the workshops make of a dossier; each is worked out when a section first asks for it. What is None has no section."""

    @property
    def status(self) -> StatusResult: ...
    @property
    def schedule(self) -> ScheduleResult | None: ...
    @property
    def capacity(self) -> CapacityResult | None: ...
    @property
    def risks(self) -> RisksResult | None: ...
    @property
    def takeover(self) -> TakeoverResult | None: ...
    @property
    def partners(self) -> PartnersResult | None: ...
    @property
    def communications(self) -> CommunicationsResult | None: ...
    @property
    def after(self) -> AfterResult | None: ...
    @property
    def watch(self) -> WatchResult | None: ...
    @property
    def triggers(self) -> TriggersResult | None: ...
    @property
    def past(self) -> SimilarResult | None: ...
    @property
    def frameworks(self) -> FrameworksResult | None: ...
    @property
    def quality(self) -> QualityResult | None: ...
    @property
    def lessons(self) -> LessonsResult | None: ...


@dataclass(frozen=True, kw_only=True)
class Given:
    """Results that somebody has in hand already."""

    status: StatusResult
    schedule: ScheduleResult | None = None
    capacity: CapacityResult | None = None
    risks: RisksResult | None = None
    takeover: TakeoverResult | None = None
    partners: PartnersResult | None = None
    communications: CommunicationsResult | None = None
    after: AfterResult | None = None
    watch: WatchResult | None = None
    triggers: TriggersResult | None = None
    past: SimilarResult | None = None
    frameworks: FrameworksResult | None = None
    quality: QualityResult | None = None
    lessons: LessonsResult | None = None


@dataclass(frozen=True, kw_only=True)
class Material:
    """A dossier on a day, and the results that sections are written from."""

    dossier: Dossier
    on: date
    w: Wording
    manifest: Manifest
    results: Results
    futures: FuturesResult | None = None
    explained: ExplainResult | None = None

    @property
    def status(self) -> StatusResult:
        """Where the mission stands."""
        return self.results.status

    @property
    def schedule(self) -> ScheduleResult | None:
        """The feasible sequence."""
        return self.results.schedule

    @property
    def capacity(self) -> CapacityResult | None:
        """What national institutions can carry."""
        return self.results.capacity

    @property
    def risks(self) -> RisksResult | None:
        """The risk register."""
        return self.results.risks

    @property
    def takeover(self) -> TakeoverResult | None:
        """Who takes over."""
        return self.results.takeover

    @property
    def partners(self) -> PartnersResult | None:
        """What hangs on partners."""
        return self.results.partners

    @property
    def communications(self) -> CommunicationsResult | None:
        """Who is told what about each hand-over."""
        return self.results.communications

    @property
    def after(self) -> AfterResult | None:
        """What goes on after the mission."""
        return self.results.after

    @property
    def watch(self) -> WatchResult | None:
        """What stands under watch."""
        return self.results.watch

    @property
    def triggers(self) -> TriggersResult | None:
        """Every agreed trigger."""
        return self.results.triggers

    @property
    def past(self) -> SimilarResult | None:
        """Past exits like this one."""
        return self.results.past

    @property
    def frameworks(self) -> FrameworksResult | None:
        """Where the mission stands against frameworks."""
        return self.results.frameworks

    @property
    def quality(self) -> QualityResult | None:
        """Advice on how benchmarks are made."""
        return self.results.quality

    @property
    def lessons(self) -> LessonsResult | None:
        """Lessons of the mission and of past exits."""
        return self.results.lessons

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

    @cached_property
    def criteria(self) -> dict[str, CriterionStatus]:
        """Every criterion on the day, by code."""
        return {c.code: c for b in self.status.benchmarks for c in b.criteria}

    @property
    def violence_source(self) -> str:
        """Sources of the recorded violence, with the months they cover."""
        found = [s for s in self.dossier.of(Source) if s.covers_from and s.covers_to]
        return self.w.semicolon.join(
            f"{s.name(self.lang)} ({self.w.month(s.covers_from, short=True)} – {self.w.month(s.covers_to, short=True)})"
            for s in found
        )

    def where(self, area: str | None) -> str:
        """Name of an area, the whole country where there is none."""
        return self.areas.get(area, area) if area else self.w("whole country")

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
