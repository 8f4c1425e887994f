"""What goes in and what comes out, as the OpenAPI document tells it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from exitplan.domain.fields import Confidence, Verification
from exitplan.domain.findings import Finding
from exitplan.domain.results.after import AfterResult
from exitplan.domain.results.after_action import AfterActionResult
from exitplan.domain.results.base import Answer
from exitplan.domain.results.capacity import CapacityResult
from exitplan.domain.results.cases import CaseShown, CasesResult, SimilarResult
from exitplan.domain.results.check import CheckResult
from exitplan.domain.results.communications import CommunicationsResult
from exitplan.domain.results.explain import ExplainResult
from exitplan.domain.results.frameworks import FrameworksResult
from exitplan.domain.results.hindsight import HindsightResult
from exitplan.domain.results.lessons import LessonsResult
from exitplan.domain.results.partners import PartnersResult
from exitplan.domain.results.quality import QualityResult
from exitplan.domain.results.readiness import StatusResult
from exitplan.domain.results.risk import RisksResult
from exitplan.domain.results.schedule import ScheduleResult
from exitplan.domain.results.stability import FuturesResult
from exitplan.domain.results.takeover import TakeoverResult
from exitplan.domain.results.watch import TriggersResult, WatchResult
from exitplan.domain.roles import Action, Role
from exitplan.domain.states import LessonState
from exitplan.usecases.takeover import Reply

ROWS_AT_MOST = 10_000
"""Measurements of one upload."""

PAGE_AT_MOST = 200
"""Things on one page of a list."""

EARLIEST, LATEST = date(1945, 1, 1), date(2199, 12, 31)
"""Days between which anything can be asked."""

Day = Annotated[date, Field(ge=EARLIEST, le=LATEST)]
Why = Annotated[
    str, Field(min_length=1, max_length=2000, description="The reason, for the record.", examples=["New baseline"])
]
MeasurementState = Literal["draft", "submitted", "approved", "returned", "superseded"]
Outcome = Literal[
    "same", "absent", "new", "changed", "both-changed", "taken-here", "deleted-here", "not-shown", "not-yours"
]
RunState = Literal["queued", "running", "done", "failed", "cancelled", "interrupted"]


class Shape(BaseModel):
    """A closed value."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Listed(Shape):
    """One page of a list."""

    total: int = Field(description="How many there are on all pages.", examples=[120])
    limit: int = Field(description="How many a page holds.", examples=[50])
    offset: int = Field(description="How many stand before this page.", examples=[0])
    next: str | None = Field(description="Address of the next page; null on the last.")


class Paging(Shape):
    """Which page of a list."""

    limit: int = Field(50, ge=1, le=PAGE_AT_MOST, description="How many a page holds.")
    offset: int = Field(0, ge=0, le=10_000_000, description="How many to leave out before it.")


class PaperAsked(Shape):
    """How a document is made."""

    lang: Literal["", "en", "fr"] = Field("", description="Language; that of your account where left out.")
    since: Day | None = Field(
        None, description="Day of the last report, with which to compare.", examples=["2026-03-31"]
    )


class Difference(Shape):
    """One field that differs between what you sent and what stands there now."""

    field: str = Field(examples=["title"])
    yours: Any = Field(description="What you sent; null for nothing.")
    theirs: Any = Field(description="What stands there now; null for nothing.")


class Problem(Shape):
    """The one shape of everything that can go wrong."""

    status: int = Field(description="HTTP status.", examples=[422])
    error: str = Field(description="What is wrong, in the language of the account.")
    findings: tuple[Finding, ...] = Field((), description="Every fault in what was sent, by field.")
    reference: str = Field("", description="Number of the fault in our log, where it is ours.")
    difference: tuple[Difference, ...] | None = Field(
        None, description="Where somebody else was faster (412): your version beside theirs, field by field."
    )
    version: int | None = Field(None, description="Version that stands there now, where somebody else was faster.")


# Who and where


class MissionLine(Shape):
    """A mission one has a part in."""

    code: str = Field(examples=["KASANDA"])
    title: str
    role: Role


class Missions(Shape):
    """Missions one has a part in."""

    items: tuple[MissionLine, ...]


class Me(Shape):
    """Who asks."""

    username: str = Field(examples=["amina"])
    display_name: str
    office: str
    language: str = Field(examples=["en"])
    missions: tuple[MissionLine, ...]


class MissionShown(Shape):
    """One mission: who you are in it and what it holds for you."""

    code: str
    title: str
    title_fr: str | None
    revision: int = Field(description="Counts every change of the mission.")
    as_of: date | None = Field(description="Day from which results look where no day is asked for.")
    role: Role
    partner: str | None = Field(description="Partner you speak for.")
    may: tuple[Action, ...] = Field(description="What your role may do here.")
    edits: tuple[str, ...] = Field(description="Kinds of entry that you may change.")
    entries: dict[str, int] = Field(description="Entries that you may see, by kind.")
    measurements: int = Field(description="Approved measurements that you may see.")


# Entries


class EntryBody(Shape):
    """An entry to be written."""

    body: dict[str, Any] = Field(
        description="The whole entry, as `GET /schemas/{name}` describes its kind. A draft always saves: what is wrong with it "
        "comes back as findings.",
        examples=[{"code": "SRC-API", "title": "Quarterly report"}],
    )
    why: Why


class EntryShown(Shape):
    """An entry as you may see it, and what is wrong with it so far."""

    kind: str = Field(examples=["source"])
    code: str = Field(examples=["SRC-API"])
    version: int = Field(description="Counts its changes.")
    body: dict[str, Any]
    findings: tuple[Finding, ...]


class Entries(Listed):
    """Entries of one kind."""

    items: tuple[EntryShown, ...]


class EntryFilter(Paging):
    """Which entries of a kind."""

    find: str = Field("", max_length=200, description="Words that stand somewhere in it, in any case.")
    owner: str = Field("", max_length=300, description="Office that answers for it.")
    faulty: bool | None = Field(None, description="Only those with faults, or only those without.")


class EntryDeleted(Shape):
    """An entry that is no more."""

    kind: str
    code: str
    revision: int = Field(description="Revision of the mission that says so.")


# The record


class RevisionShown(Shape):
    """One change, as you may see it."""

    number: int = Field(description="Number of the revision in its mission.")
    act: str = Field(examples=["change"])
    kind: str
    code: str
    version: int
    who: str
    on_behalf_of: str
    at: datetime
    why: str | None = Field(description="Null where it was redacted.")
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    redacted: bool
    shown: bool = Field(description="False where a text exists that you may not see.")


class History(Shape):
    """Changes, newest first."""

    items: tuple[RevisionShown, ...]
    next: str | None = Field(description="Address of older changes; null where there are none.")


class HistoryPage(Shape):
    """Which changes."""

    limit: int = Field(50, ge=1, le=PAGE_AT_MOST, description="How many at most.")
    until: int | None = Field(None, ge=0, le=2**53, description="Up to this revision; the newest where left out.")


class HistoryFilter(HistoryPage):
    """Which changes of a mission."""

    kind: str | None = Field(None, max_length=40, description="Only entries of this kind.")


# Results


class ResultAsked(Shape):
    """Under what to look."""

    on: Day | None = Field(None, description="Day from which to look; the mission's own where left out.")
    seed: int = Field(1, ge=0, le=2**31, description="Seed of everything that is drawn at random.")
    horizon: int = Field(24, ge=1, le=60, description="Months looked ahead.")


class ScenarioAsked(ResultAsked):
    """Under which scenario."""

    scenario: str | None = Field(
        None, max_length=48, description="Code of a scenario; the mission's own where left out."
    )


class PlanAsked(ScenarioAsked):
    """Under which plan and scenario."""

    plan: str | None = Field(None, max_length=48, description="Code of a plan; the mission's own where left out.")


class StatusAsked(PlanAsked):
    """And since when."""

    since: Day | None = Field(None, description="Tell also what has changed since this day.")


class RisksAsked(Shape):
    """From which day."""

    on: Day | None = Field(None, description="Day from which to look; the mission's own where left out.")


class PartnersAsked(Shape):
    """From which day, under which plan, and when a partner counts as silent."""

    on: Day | None = Field(None, description="Day from which to look; the mission's own where left out.")
    plan: str | None = Field(None, description="Plan whose support is looked at; the mission's own where left out.")
    silent: int | None = Field(
        None,
        ge=1,
        le=3650,
        description="Days without contact from which on a partner counts as silent; 90 where left out.",
    )


class FrameworksAsked(RisksAsked):
    """From which day, of which framework."""

    framework: str | None = Field(None, max_length=48, description="Code of one framework; all where left out.")
    gaps: bool = Field(False, description="Only norms that are not met, or only partly.")


class CheckAnswer(Answer):
    """Findings of `exitplan check --json`."""

    result: CheckResult


class StatusAnswer(Answer):
    """As `exitplan status --json` prints it."""

    result: StatusResult


class ScheduleAnswer(Answer):
    """As `exitplan schedule --json` prints it."""

    result: ScheduleResult


class CapacityAnswer(Answer):
    """As `exitplan capacity --json` prints it."""

    result: CapacityResult


class PartnersAnswer(Answer):
    """As `exitplan partners --json` prints it."""

    result: PartnersResult


class RisksAnswer(Answer):
    """As `exitplan risks --json` prints it."""

    result: RisksResult


class LessonsAsked(Shape):
    """Which lessons."""

    about: str = Field("", max_length=100, description="Only those that apply to an entry, as kind:code.")
    q: str = Field("", max_length=200, description="Only those that hold all words, in either language.")
    state: LessonState | None = Field(None, description="Only the mission's own in this state.")
    on: Day | None = Field(None, description="Day from which to look; the mission's own where left out.")


class LessonsAnswer(Answer):
    """As `exitplan lessons --json` prints it."""

    result: LessonsResult


class TakeAsked(Shape):
    """A lesson to be taken into the dossier."""

    why: Why


class LessonTaken(Shape):
    """A lesson of a past exit that stands in the dossier."""

    code: str = Field(description="Code of the lesson in the dossier.")
    origin: str = Field(description="Code of the lesson it was taken from.")


class CommunicationsAnswer(Answer):
    """As `exitplan communications --json` prints it."""

    result: CommunicationsResult


class AfterActionAsked(Shape):
    """What is looked back on: a phase, a decision, or the whole time where both are left out."""

    phase: str = Field("", max_length=60, description="Code of a phase.")
    decision: str = Field("", max_length=60, description="Code of a decision.")
    on: Day | None = Field(None, description="Day from which to look; the mission's own where left out.")


class AfterActionAnswer(Answer):
    """As `exitplan after-action --json` prints it."""

    result: AfterActionResult


class TakeoverAnswer(Answer):
    """As `exitplan takeover --json` prints it."""

    result: TakeoverResult


class FunctionAnswer(Shape):
    """The receiver's answer to a function, as it stands under the version that was read."""

    reply: Reply = Field(description="Whether you take it over.")
    text: str = Field(
        "",
        max_length=20_000,
        description="Your conditions, or your reasons for a no, in your own words; needed for both.",
        examples=["Fuel is paid for."],
    )


class CasesAnswer(Answer):
    """As `exitplan cases --json` prints it."""

    result: CasesResult


class CaseAnswer(Answer):
    """As `exitplan cases show --json` prints it."""

    result: CaseShown


class SimilarAnswer(Answer):
    """As `exitplan cases similar --json` prints it."""

    result: SimilarResult


class SimilarAsked(Shape):
    """From which day and under which plan."""

    on: Day | None = Field(None, description="Day from which to look; the mission's own where left out.")
    plan: str | None = Field(None, max_length=48, description="Code of a plan; the mission's own where left out.")


class FrameworksAnswer(Answer):
    """As `exitplan frameworks --json` prints it."""

    result: FrameworksResult


class LintAnswer(Answer):
    """As `exitplan lint --json` prints it."""

    result: QualityResult


class WatchAnswer(Answer):
    """As `exitplan watch --json` prints it."""

    result: WatchResult


class AfterAnswer(Answer):
    """As `exitplan after --json` prints it."""

    result: AfterResult


class HindsightAnswer(Answer):
    """As `exitplan hindsight --json` prints it, of the forecasts that readers of your role had drawn."""

    result: HindsightResult


class TriggersAnswer(Answer):
    """As `exitplan triggers --json` prints it."""

    result: TriggersResult


class FuturesAnswer(Answer):
    """As `exitplan futures --json` prints it."""

    result: FuturesResult


class ExplainAnswer(Answer):
    """As `exitplan explain --json` prints it."""

    result: ExplainResult


# Runs


class FuturesAsked(Shape):
    """Futures to be drawn."""

    plan: str = Field(max_length=48, description="Code of a plan.", examples=["PLAN-A"])
    scenario: str | None = Field(
        None, max_length=48, description="Code of a scenario; the mission's own where left out."
    )
    futures: int = Field(5000, ge=100, le=20_000, description="How many.")
    horizon: int = Field(24, ge=1, le=60, description="Months ahead.")
    seed: int = Field(1, ge=0, le=2**31)


class DifferenceAsked(FuturesAsked):
    """A difference between two plans to be explained; futures of both, with the same luck."""

    against: str = Field(max_length=48, description="Code of the plan it is put against.", examples=["PLAN-B"])
    definition: str | None = Field(
        None,
        max_length=48,
        description="Definition of renewed armed violence whose chance is explained beside deaths: R25, R1000, A25, AX or one of "
        "the mission's own; the mission's main one where left out.",
    )
    area: str | None = Field(
        None,
        max_length=48,
        description="Code of the area that it is read for; wanted where, and only where, it is read per area.",
    )
    by: int | None = Field(
        None, ge=1, le=60, description="Months within which it is met, up to `horizon`; `horizon` where left out."
    )


class RunShown(Shape):
    """A piece of long work."""

    id: int
    state: RunState
    progress: float = Field(ge=0, le=1, description="Share that is done.")
    options: dict[str, Any]
    asked_by: str
    asked: datetime
    ended: datetime | None
    revision: int = Field(description="Revision of the mission that it rests on; 0 before it begins.")
    findings: tuple[Finding, ...] = Field(
        description="What was wrong with what was asked, where it failed by that and you are still shown all it may speak of."
    )
    reference: str = Field(description="Number of the fault in our log, where it failed by a fault of ours.")


class Runs(Shape):
    """Runs that readers of your role asked for, newest first."""

    items: tuple[RunShown, ...]


# Measurements


class MeasurementValue(Shape):
    """One value of an indicator."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    indicator: str = Field(max_length=48, examples=["I1"])
    version: int = Field(1, ge=1, le=10_000)
    date: date
    area: str = Field("", max_length=48, description="Empty for the whole country.")
    group: str = Field("total", max_length=300)
    value: float
    low: float | None = None
    high: float | None = None
    unit: str = Field("", max_length=300)
    source: str = Field("", max_length=48)
    method: str = Field("", max_length=20_000)
    verification: Verification = "self_reported"
    confidence: Confidence = "medium"
    replaces: str = Field("", max_length=48)
    note: str = Field("", max_length=20_000)


class MeasurementShown(MeasurementValue):
    """A measurement and where it stands between draft and approved."""

    verification: str  # type: ignore[assignment]
    confidence: str  # type: ignore[assignment]
    id: int
    edition: int = Field(description="Counts its changes; send it back when you review.")
    state: MeasurementState
    reservation: str = Field(description="What the reviewer said.")
    entered_by: str
    reviewed_by: str


class Measurements(Listed):
    """Measurements, newest date first."""

    items: tuple[MeasurementShown, ...]


class MeasurementFilter(Paging):
    """Which measurements."""

    indicator: str = Field("", max_length=48, description="Only of this indicator.")
    state: MeasurementState | None = Field(None, description="Only in this state.")


class UploadAsked(Shape):
    """How to take an upload in."""

    dry_run: bool = Field(False, description="Say what would happen, and keep nothing.")
    submit: bool = Field(True, description="Hand the rows in for review; drafts where false.")
    why: str = Field("", max_length=2000, description="The reason, for the record, where the body is CSV.")


class RowRefused(Shape):
    """One fault of one row."""

    line: int = Field(description="Line of the file, the header being 1; or place in `rows`, the first being 1.")
    field: str
    value: str
    wanted: str = Field(description="What would have been accepted, in the language of the account.")


class Uploaded(Shape):
    """What became of an upload: sound rows are taken, every other row is named. read = kept + already_there + refused_rows."""

    dry_run: bool
    read: int
    kept: int = Field(description="Rows that were taken in, or would be.")
    already_there: int = Field(description="Rows that are held already with the same value.")
    refused_rows: int
    refused: tuple[RowRefused, ...]
    ids: tuple[int, ...]


class Rows(Shape):
    """Measurements to be taken in; each row is checked by itself, so rows may hold anything."""

    rows: tuple[dict[str, Any], ...] = Field(
        max_length=ROWS_AT_MOST,
        description="Rows with the columns that `GET /schemas/measurements` describes.",
        examples=[[{"indicator": "I1", "date": "2030-06-30", "value": 12.5}]],
    )
    why: Why


class Chosen(Shape):
    """A measurement as you saw it."""

    id: int = Field(ge=1, le=2**62)
    edition: int = Field(ge=1, le=2**53)


class Review(Shape):
    """A review of measurements: all of them move, or none."""

    chosen: tuple[Chosen, ...] = Field(min_length=1, max_length=ROWS_AT_MOST)
    verdict: Literal["approved", "returned"]
    reservation: str = Field(
        "", max_length=2000, description="Why they are returned, or with what reservation they are approved."
    )
    why: Why


class Handed(Shape):
    """Measurements of your own to be handed in, or taken back: all of them move, or none."""

    chosen: tuple[Chosen, ...] = Field(min_length=1, max_length=ROWS_AT_MOST)
    step: Literal["submit", "take_back"]
    why: Why


class Moved(Shape):
    """The measurements as they stand now."""

    items: tuple[MeasurementShown, ...]


# Alarms of the watch


class AlarmStepShown(Shape):
    """What an office did about an alarm."""

    act: Literal["acknowledge", "respond", "close"]
    office: str
    day: date = Field(description="Day on which it was done.")
    text: str = Field(description="What was done, or why it was closed.")
    at: datetime = Field(description="When it was written down.")


class AlarmShown(Shape):
    """An alarm of a watch, with what was done about it."""

    id: int
    watch: str = Field(description="Code of the watch.")
    cause: Literal["trigger", "cusum", "score"] = Field(description="Agreed trigger, or kind of early warning.")
    place: str = Field(description="Area, or country and place beyond the border; empty for the whole country.")
    month: str = Field(description="Month that raised it.")
    state: Literal["open", "acknowledged", "responded", "closed"]
    version: int = Field(description="Send it back with the next step.")
    raised: datetime
    steps: tuple[AlarmStepShown, ...]


class Alarms(Listed):
    """Alarms, those that nobody has acknowledged first."""

    items: tuple[AlarmShown, ...]


class AlarmAnswer(Shape):
    """One step of an alarm."""

    version: int = Field(ge=1, le=1_000_000_000, description="Version of the alarm that you read.")
    day: Day = Field(description="Day on which it was done.")
    text: str = Field("", max_length=20_000, description="What was done, or the reason for closing.")
    office: str = Field("", max_length=300, description="Office in whose name; that of the account where left out.")


class LookedOut(Shape):
    """What looking for alarms brought."""

    raised: int = Field(description="Alarms that are new.")


# Bundles


class BundleAsked(Shape):
    """A bundle to be taken out."""

    why: Why
    passphrase: str | None = Field(None, min_length=1, max_length=200, description="Locks it, where one is given.")


class MergeAsked(Shape):
    """What to do with a bundle that comes back."""

    why: Why
    passphrase: str = Field("", max_length=200, description="Where it is locked.")
    take: str = Field(
        "",
        max_length=20_000,
        description="Conflicts in which the bundle's side is to be taken: `kind:code`, by commas.",
    )
    dry_run: bool = Field(False, description="Say what would happen, and write nothing.")


class MergedEntry(Shape):
    """What becomes of one entry of a bundle."""

    kind: str
    code: str
    outcome: Outcome = Field(
        description="`new` and `changed` are taken; all others but `same` and `absent` are conflicts."
    )
    fields: tuple[str, ...] = Field(description="Fields that changed, or that stand in the way.")
    before: dict[str, Any] | None = Field(description="As it left.")
    here: dict[str, Any] | None = Field(description="As it stands here now.")
    there: dict[str, Any] | None = Field(description="As it came back.")


class MergeShown(Shape):
    """What a bundle brought. Nothing is overwritten that changed on both sides; nothing is deleted because it is absent."""

    dry_run: bool
    conflicts: int
    entries: tuple[MergedEntry, ...] = Field(description="Entries that changed or stand in conflict.")
    written: int = Field(description="Entries that were written.")
    measurements: int = Field(description="Measurements that came in as submitted, or would.")
    findings: tuple[Finding, ...] = Field(description="Faults of the bundle's own files.")
    left: tuple[str, ...] = Field(description="Tables that differ and are not merged.")


# Documents and search


class DocumentShown(Shape):
    """Uploaded evidence."""

    id: int
    title: str
    name: str
    sha256: str
    size: int = Field(description="Bytes.")
    type: str
    classification: str
    released_to: tuple[str, ...]
    kind: str = Field(description="Kind of the entry that it is evidence for; empty for none.")
    code: str
    uploaded_by: str
    at: datetime


class DocumentSent(Shape):
    """What is said of a document that is added."""

    title: str = Field("", max_length=300, description="Its title; the name of the file where left out.")
    classification: Literal["open", "restricted", "confidential"] = "restricted"
    released_to: str = Field("", max_length=2000, description="Roles or partners, separated by commas.")
    kind: str = Field("", max_length=40, description="Kind of the entry that it is evidence for; empty for none.")
    code: str = Field("", max_length=60)
    why: Why


class Documents(Listed):
    """Documents, newest first."""

    items: tuple[DocumentShown, ...]


class DocumentFilter(Paging):
    """Which documents."""

    kind: str = Field("", max_length=40, description="Only evidence for an entry of this kind.")
    code: str = Field("", max_length=60, description="Only evidence for the entry of this code.")


class Hit(Shape):
    """An entry in which the words stand."""

    kind: str
    code: str
    title: str
    around: str = Field(description="The words around what was found; empty where it is the code or the title.")


class Hits(Listed):
    """What was found."""

    items: tuple[Hit, ...]


class Wanted(Paging):
    """What to look for."""

    q: str = Field(min_length=1, max_length=200, description="Words that all stand in one entry, in any case.")
    kind: str = Field("", max_length=40, description="Only entries of this kind.")


class SchemaNames(Shape):
    """Names of every schema, by group."""

    entries: tuple[str, ...]
    tables: tuple[str, ...]
    results: tuple[str, ...]
    answers: tuple[str, ...]
