"""
Everything that can be opened, by every reader, over entries of every classification: what is hidden leaves no word behind.

Beside each kind of entry of kasanda stand copies, one of each classification, whose texts are one word that occurs nowhere
else; entries that everybody sees refer to them. Then every page is opened as each reader, and every link and file followed.
"""

from __future__ import annotations

import base64
import io
import json
import re
import shutil
import threading
import zipfile
from collections import deque
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from exitplan.domain.dossier import Dossier, body
from exitplan.domain.entry import Entry, references
from exitplan.domain.kinds import KINDS, Partner
from exitplan.domain.roles import ROLES, Reader, may, may_see
from exitplan.domain.tables import MeasurementTable
from exitplan.store import config
from exitplan.web.api.operations import OPERATIONS
from exitplan.web.routes import ROUTES
from tests.web.conftest import AT, MISSION

RELEASED = "PARTNER"
"""Stands for the partner whom the tests' partner speaks for."""

WORDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "QUAGGA": ("restricted", ()),
    "ZORILLA": ("confidential", ()),
    "NUMBAT": ("confidential", ("planner", "observer")),
    "PANGOLIN": ("confidential", (RELEASED,)),
}
"""A word for each classification and release."""

READERS = tuple(role for role in ROLES if role not in ("owner", "approver", "benchmark_officer"))
"""Readers from whom something is hidden; a benchmark officer sees what a risk officer sees."""

NEW_ROWS = 40
"""Measurements of each hidden indicator."""


@dataclass
class Planted:
    """What was written into the mission."""

    codes: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Kind and code of every copy, by its word."""
    near: set[tuple[str, str]] = field(default_factory=set)
    """Kind and code of entries that refer to a copy, or that a copy refers to: what is hidden would show there first."""
    documents: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    runs: list[int] = field(default_factory=list)
    alarms: list[int] = field(default_factory=list)
    """One alarm of each copied watch, in the order of the words."""


def copy_of(entry: Entry, word: str, code: str, classification: str, released_to: list[str]) -> Entry:
    """The same entry under another code, each of its sentences one word; the office to ask stays, as it may be told."""

    def said(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: item if key == "owner" else said(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [said(item) for item in value]
        return f"{word} text" if isinstance(value, str) and " " in value.strip() else value

    content = said(body(entry))
    content |= {"code": code, "title": f"{word} {entry.kind}", "title_fr": f"{word} {entry.kind}", "note": word}
    return type(entry).model_validate(content | {"classification": classification, "released_to": released_to})


def linked(dossier: Dossier, codes: dict[str, str]) -> list[tuple[str, dict[str, Any]]]:
    """Entries that everybody sees, changed so that each refers to a hidden one in one more way."""
    seen = {kind: [e for e in row if e.classification == "open"] for kind, row in dossier.entries.items()}

    def of(kind: str, place: int = 0) -> dict[str, Any]:
        return {"code": seen[kind][place].code, "title": seen[kind][place].title, **body(seen[kind][place])}

    gate, handover, decision, benchmark = of("gate"), of("handover"), of("decision"), of("benchmark")
    criterion, phase, milestone, asset = of("criterion"), of("phase"), of("milestone"), of("asset_lot")
    gate["criteria"] = [*gate["criteria"], codes["criterion"]]
    handover["gates"] = [*handover["gates"], codes["gate"]]
    decision["gates"] = [*decision.get("gates", []), codes["gate"]]
    decision["handovers"] = [*decision.get("handovers", []), codes["handover"]]
    decision["sites"] = [*decision.get("sites", []), codes["site"]]
    benchmark["sources"] = [*benchmark.get("sources", []), codes["source"]]
    phase["gates"] = [*phase.get("gates", []), codes["gate"]]
    criterion["condition"] = {
        "all": [
            criterion["condition"],
            {"indicator": codes["indicator"], "min": 1},
            {"risk": codes["risk"], "at_most": "high"},
            {"site": codes["site"], "states": ["handed_over"]},
        ]
    }
    milestone["sources"] = [codes["source"]]
    asset["site"] = codes["site"]
    pairs = (
        ("gate", gate),
        ("handover", handover),
        ("decision", decision),
        ("benchmark", benchmark),
        ("phase", phase),
        ("criterion", criterion),
        ("milestone", milestone),
        ("asset_lot", asset),
    )
    return [(kind, content) for kind, content in pairs if KINDS[kind].model_validate(content)]


def plant(kasanda: Dossier, home: Path) -> Planted:
    """Write the copies, what refers to them, and measurements, documents, signatures and runs that speak of them."""
    from exitplan.store import alarms, documents, entries, measurements, signoffs
    from exitplan.store.alarms import Raised
    from exitplan.store.entries import Change

    planted, partner = Planted(), kasanda.of(Partner)[0].code
    changes: list[Change] = []
    everybody_sees = [dict[str, str]() for _ in WORDS]
    for place, (word, (classification, released)) in enumerate(WORDS.items()):
        released_to = [partner if r == RELEASED else r for r in released]
        for kind in KINDS:
            if kind == "mission":
                continue
            row = [e for e in kasanda.entries[kind] if e.classification == "open"] or kasanda.entries[kind]
            model = row[min(len(row) - 1, 4 + place)]  # not one of those that refer to the copies
            code = f"{word}-{kind.upper().replace('_', '-')}"
            made = copy_of(model, word, code, classification, released_to)
            changes.append(Change(kind, code, {"code": code, "title": made.title, **body(made)}))
            planted.codes.setdefault(word, []).append((kind, code))
            planted.near |= {(named, to) for _, named, to in references(made)}
            everybody_sees[place][kind] = code
    entries.save(MISSION, changes, who="setup", why="test", at=AT)
    versions = entries.versions(MISSION)
    told = linked(kasanda, everybody_sees[1])  # all refer to what is confidential
    planted.near |= {(kind, str(content["code"])) for kind, content in told}
    entries.save(
        MISSION,
        [Change(kind, content["code"], content, versions[kind, content["code"]]) for kind, content in told],
        who="setup",
        why="test",
        at=AT,
    )
    for word, (classification, released) in WORDS.items():
        own = f"{word}-INDICATOR"
        frame = kasanda.measurements.frame.head(NEW_ROWS).with_columns(
            indicator=pl.lit(own), note=pl.lit(word), source=pl.lit(f"{word}-SOURCE"), area=pl.lit("")
        )
        frame = frame.unique(["indicator", "date", "group"], keep="first")
        unknown = kasanda.measurements.frame.head(1).with_columns(source=pl.lit(f"{word}-SOURCE"), note=pl.lit(""))
        for rows in (frame, unknown):
            ids = measurements.add(MISSION, MeasurementTable(rows), who="setup", why=word, at=AT, state="submitted")
            measurements.move(MISSION, [(ids[0], 1)], "approved", who="setup", why="test", at=AT)
            planted.rows += ids[:2]
        kept = {"classification": classification, "released_to": [partner if r == RELEASED else r for r in released]}
        for about in ({}, {"kind": "handover", "code": f"{word}-HANDOVER"}):
            given = kept if not about else {"classification": "open", "released_to": []}
            document = documents.keep(
                MISSION, home / "documents", [word.encode()], title=f"{word} paper", name=f"{word}.txt",
                who="setup", why=word, at=AT, **given, **about,
            )  # fmt: skip
            planted.documents.append(document.id)
        for kind in ("handover", "assessment", "decision", "function"):
            signoffs.sign(
                MISSION, kind, f"{word}-{kind.upper()}", 1, Reader("approver", name="setup"),
                receipt="reserved", text=f"{word} said", at=AT,
            )  # fmt: skip
    raised = [Raised(f"{word}-WATCH", "trigger", f"{word} place", "2026-06", (f"{word}-AREA",)) for word in WORDS]
    alarms.raise_alarms(MISSION, raised, who="setup", at=AT)
    planted.alarms += sorted(alarm.id for alarm in alarms.alarms(MISSION))
    return planted


def run_as(client: Any) -> list[int]:
    """Ask for a brief and for futures as this person may, and do the work; numbers of the runs."""
    from exitplan.store.models import Run
    from exitplan.usecases.working import work

    before = set(Run.objects.values_list("pk", flat=True))
    client.post(f"/m/{MISSION}/reports/make/", {"lang": "en"})
    client.post(f"/m/{MISSION}/futures/ask/", {"plan": "P-CALENDAR", "futures": "100", "horizon": "6", "seed": "1"})
    work(threading.Event(), once=True)
    asked = Run.objects.exclude(pk__in=before)
    assert {run.state for run in asked} <= {"done"}, [(r.task, r.state, r.result, r.reference) for r in asked]
    return [run.pk for run in asked]


def run_of_the_owner() -> int:
    """A brief that was made for the owner, with every word in it; its number."""
    from exitplan.store import runs

    number = runs.ask(MISSION, "brief", {"lang": "en"}, Reader("owner", name="setup"))
    assert runs.take("test", AT) is not None
    paper = base64.b64encode(" ".join(WORDS).encode()).decode()
    names = ("brief.html", "brief.json", "brief.pdf")
    runs.finish(number, "done", AT, result={"shown": [["mission", MISSION]], "files": dict.fromkeys(names, paper)})
    return number


@pytest.fixture(scope="session")
def planted_once(loaded: Path, kasanda: Dossier, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Planted]:
    """A home folder in which everything is planted, and what that is; nobody writes to it."""
    from django.db import connections

    folder = tmp_path_factory.mktemp("planted")
    shutil.copy(loaded / config.SQLITE_FILE, folder)
    config.configure(folder)
    made = plant(kasanda, folder)
    made.runs.append(run_of_the_owner())
    connections.close_all()
    return folder, made


@pytest.fixture
def planted(home: Path, planted_once: tuple[Path, Planted]) -> Planted:
    """What is planted in this test's own copy."""
    from django.db import connections

    folder, made = planted_once
    connections.close_all()
    shutil.copytree(folder, home, dirs_exist_ok=True)
    return deepcopy(made)


NAMES = {
    "report-file": ("brief.html", "brief.json", "brief.pdf"),
    "gap-analysis": ("gap-analysis.html",),
    "paper-at-once": (
        "calendar.ics",
        "calendar.csv",
        "cpas.json",
        "cpas.csv",
        "risk-register.xlsx",
        "benchmark-matrix.xlsx",
    ),
}
"""Files that are fetched by name; documents of many pages are read by `tests/usecases/test_papers.py`."""


def starts(planted: Planted) -> Iterator[str]:
    """Every address that a GET can open: of each copy, of what stands near one, and of numbered rows."""
    numbers = {
        "row": planted.rows,
        "document": planted.documents,
        "run": planted.runs,
        "number": range(1, 40),
        "alarm": planted.alarms,
    }
    copies = {pair for several in planted.codes.values() for pair in several}
    for route in ROUTES:
        if "GET" not in route.methods or not route.path.startswith("m/"):
            continue
        path = "/" + route.path.replace("<str:mission>", MISSION)
        path = (
            path.replace("<str:lesson>", "UNMIT-FOUR-CRITERIA")
            .replace("<str:form>", "html")
            .replace("<str:case>", "ISAF")
        )
        if found := re.search(r"<int:(\w+)>", path):
            several = [path.replace(found[0], str(n)) for n in numbers[found[1]]]
        elif "<str:kind>" in path:
            pairs = copies if "<str:code>" in path else {(kind, "") for kind in KINDS}
            several = [path.replace("<str:kind>", kind).replace("<str:code>", code) for kind, code in sorted(pairs)]
        elif "<str:code>" in path:
            of_kind = path.split("/")[3].removesuffix("s")
            several = [path.replace("<str:code>", c) for kind, c in sorted(copies | planted.near) if kind == of_kind]
            assert several, path
        else:
            several = [path]
        for address in several:
            if "<str:name>" in address:
                yield from (address.replace("<str:name>", name) for name in NAMES.get(route.name, ()))
            else:
                yield address
    for word in WORDS:
        yield f"/m/{MISSION}/search/?q={word[:4].lower()}"


LINK = re.compile(r'(?:href|src|hx-get)="(/[^"#]*)"')
DETAIL = re.compile(rf"/m/{MISSION}/(?:entries/\w+|[a-z-]+)/([A-Z0-9][A-Z0-9._-]*)/")


ABOUT = re.compile(r"[?&](?:code|for|about|applies_to)=(?:\w+(?::|%3A))?([A-Z0-9][A-Z0-9._-]*)")
"""What a list is asked for one entry alone: its history, lessons that apply to it."""


def worth_following(address: str, near: set[str]) -> bool:
    """Files and pages once each, not every order of a table; details of what stands near something hidden."""
    if not address.startswith(f"/m/{MISSION}/"):
        return False
    if re.search(r"\.(sort|page|find)=", address):
        return False
    if found := DETAIL.match(address) or ABOUT.search(address):  # their tables as CSV; lists leave as workbooks too
        return found[1] in near and "export=xlsx" not in address
    return "export=xlsx" not in address or "/entries/" not in address


def text_of(response: Any) -> str:
    """What a reader reads in an answer: texts, and for a workbook or a bundle everything that is packed in it."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return "\n".join(packed.read(name).decode("utf-8", "replace") + name for name in packed.namelist())
    return content.decode("utf-8", "replace") + str(response.headers)


def crawl(client: Any, planted: Planted, forbidden: set[str], part: str = "") -> tuple[list[str], set[str], int]:
    """Open everything, or the pages of one part alone. Returns what was found that is hidden, the words that were seen, and the number of answers of 200."""
    within = f"/m/{MISSION}/{part}"
    waiting = deque(dict.fromkeys(a for a in starts(planted) if a.startswith(within)))
    known, found, told, opened = set(waiting), [], set(), 0
    near = {code for _, code in planted.near}
    while waiting:
        address = waiting.popleft()
        response = client.get(address)
        assert response.status_code in (200, 302, 403, 404), (address, response.status_code)
        text = text_of(response)
        said = text.upper()
        for asked in re.split("[/=]", address.upper()) if response.status_code != 200 else ():
            if any(word in asked for word in WORDS):
                said = said.replace(asked, "")  # a refusal may repeat what was asked for
        for word in WORDS:
            if word in said:
                told.add(word)
                if word in forbidden:
                    where = said.index(word)
                    found.append(f"{word} in {address}: …{said[max(0, where - 80) : where + 60]!r}")
        if response.status_code != 200:
            continue
        opened += 1
        for link in LINK.findall(text):
            plain = link.replace("&amp;", "&")
            if plain not in known and plain.startswith(within) and worth_following(plain, near):
                known.add(plain)
                waiting.append(plain)
    return found, told, opened


def forbidden_to(reader: Reader, kasanda: Dossier) -> set[str]:
    """Words of entries that a reader may not see, by the rule table."""
    partner = kasanda.of(Partner)[0].code
    return {
        word
        for word, (classification, released) in WORDS.items()
        if not may_see(
            reader,
            Entry(
                code="X", title="x", classification=classification,
                released_to=tuple(partner if r == RELEASED else r for r in released),
            ),
        )
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.usefixtures("few_futures")
@pytest.mark.parametrize("role", READERS)
def test_no_page_or_file_holds_a_word_that_only_hidden_entries_carry(planted, kasanda, client_of, role):
    """Pages, tables taken out, pictures, briefs, futures, bundles, documents, history, search: and what is released is there."""
    client = client_of(role)
    planted.runs += run_as(client)
    reader = Reader(role, kasanda.of(Partner)[0].code if role == "partner" else None)
    forbidden = forbidden_to(reader, kasanda)
    assert forbidden

    found, told, opened = crawl(client, planted, forbidden)
    if may(reader, "export"):
        taken = text_of(client.post(f"/m/{MISSION}/bundles/take-out/", {"why": "test"}))
        found += [f"{word} in the bundle" for word in forbidden if word in taken.upper()]

    assert found == [], "\n".join(found)
    assert told == WORDS.keys() - forbidden, "what is released to the reader is shown"
    assert opened > 100


def test_a_check_taken_away_is_noticed(planted, client_of, monkeypatch):
    """The test above can fail: without any one of these questions, a word that is hidden shows on the pages concerned."""
    from exitplan.domain.release import Released
    from exitplan.store import runs
    from exitplan.usecases import asking, board, documents, measuring, writing

    planner, observer = client_of("planner"), client_of("observer")
    everything = {word + "-INDICATOR" for word in WORDS}
    cases = (
        ("documents", observer, documents, "_sees", lambda *_: True),
        ("search", observer, board, "release", lambda dossier, reader: Released(dossier, reader, {})),
        ("measurements", observer, measuring, "_indicators", lambda seen: everything),
        ("reports", planner, asking, "run_of", lambda seen, run, task: runs.standing(seen.mission, run)),
        ("history", planner, writing, "_listed", lambda *_: True),
    )
    for part, client, room, name, broken in cases:
        forbidden = {"ZORILLA"}
        assert crawl(client, planted, forbidden, part)[0] == [], part
        with monkeypatch.context() as without:
            without.setattr(room, name, broken)
            board._place.cache_clear()
            assert crawl(client, planted, forbidden, part)[0], f"{part} without {name}"
        board._place.cache_clear()


SENT = {
    "version": "1", "_version": "1", "edition": "1", "why": "test", "_why": "test", "receipt": "noted", "text": "x",
    "state": "trial", "month": "2026-09", "date": "2026-01-01", "chosen": "NOW", "title": "x", "harm_note": "x",
    "classification": "open", "code": "X", "value": "1", "party": "mission", "rating": "met", "kind": "handover",
}  # fmt: skip


@pytest.mark.parametrize("role", READERS)
def test_nothing_is_done_to_what_is_hidden(planted, kasanda, client_of, role):
    """Every form that acts on an entry, a row, a paper or a run answers 403 or 404 where that is not shown, and writes nothing."""
    from exitplan.store import missions

    reader = Reader(role, kasanda.of(Partner)[0].code if role == "partner" else None)
    forbidden, client, tried = forbidden_to(reader, kasanda), client_of(role), 0
    numbers = {
        "row": [row for row, word in zip(planted.rows[::3], WORDS, strict=True) if word in forbidden],
        "document": [number for number, word in zip(planted.documents[::2], WORDS, strict=True) if word in forbidden],
        "run": planted.runs,
        "alarm": [number for number, word in zip(planted.alarms, WORDS, strict=True) if word in forbidden],
    }
    before = missions.load(MISSION).revision
    for route in ROUTES:
        if "POST" not in route.methods or not route.path.startswith("m/"):
            continue
        path = "/" + route.path.replace("<str:mission>", MISSION)
        if found := re.search(r"<int:(\w+)>", path):
            several = [path.replace(found[0], str(n)) for n in numbers[found[1]]]
        elif "<str:code>" in path:
            of_kind = path.split("/")[3].removesuffix("s")
            several = [
                path.replace("<str:kind>", kind).replace("<str:code>", code)
                for word in forbidden
                for kind, code in planted.codes[word]
                if "<str:kind>" in path or kind == of_kind
            ]
        else:
            continue
        for address in several:
            assert client.post(address, SENT).status_code in (403, 404), address
            tried += 1
    assert tried > 100
    assert missions.load(MISSION).revision == before


def calls(planted: Planted, forbidden: set[str]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every writing operation of the API on what is hidden: method, address and a body that would otherwise do."""

    def hidden(rows: list[int], each: int) -> list[int]:
        return [row for row, word in zip(rows[::each], WORDS, strict=True) if word in forbidden]

    numbers = {"alarm": hidden(planted.alarms, 1), "run": planted.runs, "document": hidden(planted.documents, 2)}
    rows = [{"id": row, "edition": 1} for row in hidden(planted.rows, 3)]
    for operation in OPERATIONS:
        path = f"/api/v1{operation.path}".replace("{mission}", MISSION)
        sent = {"version": 1, "day": "2026-01-01", "text": "x"} if "{alarm}" in path else {"reply": "yes", "text": "x"}
        if operation.method == "GET":
            continue
        if found := re.search(r"{(alarm|run|document)}", path):
            yield from ((operation.method, path.replace(found[0], str(n)), sent) for n in numbers[found[1]])
        elif operation.name in ("hand-in", "review"):
            verdict = {"step": "submit"} if operation.name == "hand-in" else {"verdict": "approved"}
            yield from ((operation.method, path, {"chosen": [row], "why": "test", **verdict}) for row in rows)
        elif "{code}" in path:
            of_kind = path.split("/")[5].removesuffix("s")
            for kind, code in sorted(pair for word in forbidden for pair in planted.codes[word]):
                address = path.replace("{kind}", kind).replace("{code}", code)
                if "{kind}" in path:
                    yield operation.method, f"{address}?why=test", {"body": {"code": code, "title": "x"}, "why": "test"}
                elif kind == of_kind:
                    yield operation.method, address, sent


@pytest.mark.parametrize("role", READERS)
def test_no_operation_does_anything_to_what_is_hidden(planted, kasanda, client_of, role):
    """The same through the API: entries, alarms, rows, runs, and an answer for a function that is not shown."""
    from exitplan.store import missions

    reader = Reader(role, kasanda.of(Partner)[0].code if role == "partner" else None)
    client, tried = client_of(role), 0
    before = missions.load(MISSION).revision
    for method, address, sent in calls(planted, forbidden_to(reader, kasanda)):
        answer = client.generic(
            method, address, json.dumps(sent), content_type="application/json", headers={"If-Match": '"1.0"'}
        )
        assert answer.status_code in (403, 404), (method, address, answer.content)
        tried += 1
    assert tried > 50
    assert missions.load(MISSION).revision == before
