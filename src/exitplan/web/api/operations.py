"""Every operation of the API, in one table with what it needs. An operation that is not here does not exist."""

from __future__ import annotations

from exitplan.usecases.papers import MEDIA
from exitplan.web.api import (
    bundles,
    cases,
    documents,
    entries,
    learning,
    measurements,
    missions,
    papers,
    record,
    reference,
    results,
    runs,
    takeover,
    watch,
)
from exitplan.web.api.gate import Operation
from exitplan.web.api.shapes import (
    AfterActionAnswer,
    AfterAnswer,
    Alarms,
    AlarmShown,
    CapacityAnswer,
    CaseAnswer,
    CasesAnswer,
    CheckAnswer,
    CommunicationsAnswer,
    Documents,
    DocumentShown,
    Entries,
    EntryDeleted,
    EntryShown,
    ExplainAnswer,
    FrameworksAnswer,
    FuturesAnswer,
    HindsightAnswer,
    History,
    Hits,
    LessonsAnswer,
    LessonTaken,
    LintAnswer,
    LookedOut,
    Me,
    Measurements,
    MergeShown,
    Missions,
    MissionShown,
    Moved,
    PartnersAnswer,
    RisksAnswer,
    Runs,
    RunShown,
    ScheduleAnswer,
    SchemaNames,
    SimilarAnswer,
    StatusAnswer,
    TakeoverAnswer,
    TriggersAnswer,
    Uploaded,
    WatchAnswer,
)

IN = "/missions/{mission}"
KIND = f"{IN}/entries/{{kind}}"
ENTRY = f"{KIND}/{{code}}"
RUN = f"{IN}/futures/{{run}}"
DIFFERENCE = f"{IN}/differences/{{run}}"
ALARM = f"{IN}/alarms/{{alarm}}"
STALE = (412, 428)
SCHEMA = "application/schema+json"
ANY = "application/octet-stream"
PAPERS = tuple(sorted({media.partition(";")[0] for media in MEDIA.values()}))

MATCH = {
    "parameters": [
        {
            "in": "header",
            "name": "If-Match",
            "required": True,
            "schema": {"type": "string"},
            "description": "The ETag with which you read the entry.",
            "example": '"3.0a1b2c3d4e5f"',
        }
    ]
}

OPERATIONS: tuple[Operation, ...] = (
    Operation("GET", "/me", missions.me, "account", "me", "Who asks", Me),
    Operation("GET", "/missions", missions.missions, "account", "missions", "Missions", Missions),
    Operation("GET", IN, missions.mission, "read", "mission", "One mission", MissionShown),
    Operation("GET", KIND, entries.entries, "read", "entries", "Entries of a kind", Entries),
    Operation("POST", KIND, entries.add, "edit", "add-entry", "Add an entry", EntryShown, 201, (412,)),
    Operation("GET", ENTRY, entries.entry, "read", "entry", "One entry", EntryShown, refuses=(304,)),
    Operation("PUT", ENTRY, entries.put, "edit", "put-entry", "Change an entry", EntryShown, 200, STALE, MATCH),
    Operation("DELETE", ENTRY, entries.delete, "delete", "delete-entry", "Delete an entry", EntryDeleted, 200, STALE, MATCH),
    Operation("GET", f"{ENTRY}/history", record.history, "read_audit", "history", "History of an entry", History),
    Operation("GET", f"{IN}/audit", record.audit, "read_audit", "audit", "History of a mission", History),
    Operation("GET", f"{IN}/search", reference.search, "read", "search", "Search", Hits),
    Operation("GET", f"{IN}/findings", results.findings, "read", "findings", "Findings", CheckAnswer),
    Operation("GET", f"{IN}/status", results.status, "read", "status", "Status", StatusAnswer),
    Operation("GET", f"{IN}/schedule", results.schedule, "read", "schedule", "Feasible sequence", ScheduleAnswer),
    Operation("GET", f"{IN}/capacity", results.capacity, "see_chances", "capacity", "Capacity", CapacityAnswer),
    Operation("GET", f"{IN}/risks", results.risks, "read", "risks", "Risk register", RisksAnswer),
    Operation("GET", f"{IN}/partners", results.partners, "read", "partners", "Partners, consent and access", PartnersAnswer),
    Operation("GET", f"{IN}/lessons", learning.lessons, "read", "lessons", "Lessons", LessonsAnswer),
    Operation(
        "POST", f"{IN}/lessons/library/{{lesson}}/take", learning.take, "edit", "take-lesson", "Take a lesson in", LessonTaken,
        201, (412,),
    ),
    Operation(
        "GET", f"{IN}/communications", learning.communications, "read", "communications", "Communication plan",
        CommunicationsAnswer,
    ),
    Operation("GET", f"{IN}/after-action", learning.after_action, "read", "after-action", "After-action report", AfterActionAnswer),
    Operation("GET", f"{IN}/takeover", results.takeover, "read", "takeover", "Who takes over", TakeoverAnswer),
    Operation(
        "POST", f"{IN}/functions/{{code}}/answer", takeover.answer, "sign", "answer-function", "Answer for a function",
        EntryShown, 200, STALE, MATCH,
    ),
    Operation("GET", f"{IN}/cases", cases.cases, "read", "cases", "Past exits", CasesAnswer),
    Operation("GET", f"{IN}/cases/similar", cases.similar, "read", "similar-cases", "Past exits like this one", SimilarAnswer),
    Operation("GET", f"{IN}/cases/{{case}}", cases.case, "read", "case", "One past exit", CaseAnswer),
    Operation("GET", f"{IN}/frameworks", results.frameworks, "read", "frameworks", "Frameworks", FrameworksAnswer),
    Operation("GET", f"{IN}/lint", results.lint, "read", "lint", "Advice on benchmarks", LintAnswer),
    Operation("GET", f"{IN}/watch", watch.watch, "read", "watch", "What is under watch", WatchAnswer),
    Operation("GET", f"{IN}/triggers", watch.triggers, "read", "triggers", "Triggers", TriggersAnswer),
    Operation("GET", f"{IN}/after", watch.after, "read", "after", "After the mission", AfterAnswer),
    Operation("GET", f"{IN}/hindsight", watch.hindsight, "see_chances", "hindsight", "Kept forecasts in hindsight", HindsightAnswer),
    Operation("GET", f"{IN}/alarms", watch.alarms, "read", "alarms", "Alarms", Alarms),
    Operation("POST", f"{IN}/alarms", watch.look_out, "answer_alarm", "look-out", "Look for alarms", LookedOut),
    Operation(
        "POST", f"{ALARM}/acknowledge", watch.acknowledge, "answer_alarm", "acknowledge-alarm", "Acknowledge an alarm", AlarmShown,
        200, (412,),
    ),
    Operation(
        "POST", f"{ALARM}/respond", watch.respond, "answer_alarm", "respond-alarm", "Respond to an alarm", AlarmShown, 200, (412,),
    ),
    Operation("POST", f"{ALARM}/close", watch.close, "answer_alarm", "close-alarm", "Close an alarm", AlarmShown, 200, (412,)),
    Operation("GET", f"{IN}/futures", runs.FUTURES.runs, "run", "runs", "Runs", Runs),
    Operation("POST", f"{IN}/futures", runs.ask_futures, "run", "ask-futures", "Draw futures", RunShown, 202),
    Operation("GET", RUN, runs.FUTURES.run, "run", "run", "One run", RunShown),
    Operation("POST", f"{RUN}/cancel", runs.FUTURES.cancel, "run", "cancel-run", "Cancel a run", RunShown, 202),
    Operation("POST", f"{RUN}/again", runs.FUTURES.again, "run", "run-again", "Run again", RunShown, 202),
    Operation("GET", f"{RUN}/result", runs.futures, "see_chances", "run-result", "Futures", FuturesAnswer),
    Operation("GET", f"{IN}/differences", runs.DIFFERENCES.runs, "run", "differences", "Differences explained", Runs),
    Operation(
        "POST", f"{IN}/differences", runs.ask_difference, "run", "ask-difference", "Explain a difference", RunShown, 202
    ),
    Operation("GET", DIFFERENCE, runs.DIFFERENCES.run, "run", "difference", "One explanation", RunShown),
    Operation(
        "POST", f"{DIFFERENCE}/cancel", runs.DIFFERENCES.cancel, "run", "cancel-difference", "Cancel an explanation", RunShown,
        202,
    ),
    Operation(
        "POST", f"{DIFFERENCE}/again", runs.DIFFERENCES.again, "run", "difference-again", "Explain again", RunShown, 202
    ),
    Operation(
        "GET", f"{DIFFERENCE}/result", runs.difference, "see_chances", "difference-result", "Why two plans differ",
        ExplainAnswer,
    ),
    Operation("GET", f"{IN}/measurements", measurements.measurements, "read", "measurements", "Measurements", Measurements),
    Operation(
        "POST", f"{IN}/measurements", measurements.upload, "measure", "upload", "Upload measurements", Uploaded,
        201, (200, 413, 415), measurements.BODIES,
    ),
    Operation(
        "POST", f"{IN}/measurements/hand-in", measurements.hand_in, "measure", "hand-in", "Hand measurements in", Moved,
        200, (412,),
    ),
    Operation(
        "POST", f"{IN}/measurements/review", measurements.review, "review_measurement", "review", "Review measurements",
        Moved, 200, (412,),
    ),
    Operation("GET", f"{IN}/documents", documents.documents, "read", "documents", "Documents", Documents),
    Operation("POST", f"{IN}/documents", documents.add, "attach", "add-document", "Add a document", DocumentShown, 201, (413,)),
    Operation("GET", f"{IN}/documents/{{document}}/file", documents.content, "read", "document", "A document's file", ANY),
    Operation("GET", f"{IN}/papers/{{name}}", papers.paper, "export", "paper", "A document made for you", PAPERS),
    Operation("POST", f"{IN}/bundle", bundles.take_out, "export", "take-out", "Take a bundle out", ANY),
    Operation("POST", f"{IN}/bundle/merge", bundles.merge, "import", "merge", "Merge a bundle", MergeShown, 200, (409, 413)),
    Operation("GET", "/schemas", reference.schemas, "account", "schemas", "Schemas", SchemaNames),
    Operation("GET", "/schemas/{name}", reference.schema, "account", "schema", "One schema", SCHEMA),
    Operation("GET", "/openapi.json", reference.openapi, "account", "openapi", "This description", "application/json"),
    Operation("GET", "/docs", reference.docs, "account", "docs", "This description as a page", "text/html"),
)  # fmt: skip
"""Every operation, in the order in which the documentation tells them."""
