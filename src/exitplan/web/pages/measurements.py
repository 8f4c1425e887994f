"""Measurements: the list, entering one, handing in and reviewing, uploading a file after a look at it, and what is owed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import PurePath
from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect

from exitplan.domain.errors import ExitplanError, InputFaults, InvalidValue, NotFound, Unreadable
from exitplan.domain.findings import Finding, Wanted
from exitplan.domain.kinds import Area, Indicator, Source
from exitplan.domain.roles import STAFF
from exitplan.domain.tables import Reading
from exitplan.usecases import deciding, incoming, measuring
from exitplan.usecases.open_mission import day_of
from exitplan.web import cells
from exitplan.web.access import Asked
from exitplan.web.forms import Control, label
from exitplan.web.middleware import sentence
from exitplan.web.pages.benchmarks import where
from exitplan.web.tables import TYPES, Cell, Column, Row, Table, table_page
from exitplan.wording.figures import NO_BREAK

STATES = ("draft", "submitted", "returned", "approved", "superseded")
MARKS = {"draft": "", "submitted": "late", "returned": "unmet", "approved": "approved", "superseded": ""}
EDITABLE = ("draft", "returned")

ROWS = 100
"""Rows of one page of the list."""

NUMBERS = ("value", "low", "high")
RECEIPTS = ("noted", "agreed", "agreed_with_reservation", "reserved")
ENDINGS = (".csv", ".xlsx")


def measurements(asked: Asked) -> HttpResponse:
    """What was measured, newest first; with what waits for the reader where they review or hand in."""
    return _list_page(asked)


def _list_page(asked: Asked, refused: ExitplanError | None = None) -> HttpResponse:
    """The list; after a step that was refused with what was chosen and typed still there."""
    assert asked.reader is not None
    query, w = asked.request.GET if refused is None else asked.request.POST, asked.w
    state = query.get("state", "") if query.get("state") in STATES else ""
    indicator, mine = query.get("indicator", ""), query.get("mine") == "1"
    wanted: dict[str, Any] = {
        "states": {state} if state else None,
        "indicator": indicator or None,
        "mine": mine,
    }
    found = measuring.how_many(asked.reader, asked.mission, **wanted)
    start = _whole(query.get("from"))
    whole = query.get("measurements.export") in TYPES
    rows = measuring.rows(
        asked.reader, asked.mission, **wanted, most=None if whole else ROWS, start=0 if whole else start
    )
    reviews = state == "submitted" and asked.may("review_measurement")
    hands_in = state in EDITABLE and asked.may("measure")
    counts = measuring.counts(asked.reader, asked.mission)
    names = {i.code: i.name(w.lang) for i in asked.view.dossier.of(Indicator)}
    return table_page(
        asked,
        "measurements.html",
        _table(asked, rows, names),
        status=_status(refused),
        refused=sentence(w, refused) if refused else "",
        words=query.get("words", "") if refused else "",
        chosen=query.getlist("row") if refused else (),
        listed=[_listed(asked, row, names) for row in rows] if reviews or hands_in else (),
        reviews=reviews,
        hands_in=hands_in,
        state=state,
        mine=mine,
        indicator=indicator,
        states=[(s, w.capital(w.code("measurement_state", s)), counts.get(s, 0), s == state) for s in STATES]
        if asked.reader.role in STAFF
        else (),
        indicators=[(code, f"{code} – {name}", code == indicator) for code, name in names.items()],
        found=found,
        first=start + 1,
        last=start + len(rows),
        before=_page(query, max(0, start - ROWS)) if start else "",
        after=_page(query, start + ROWS) if start + ROWS < found else "",
        may_measure=asked.may("measure"),
    )


def new(asked: Asked) -> HttpResponse:
    """Enter one measurement, as a draft or handed in."""
    assert asked.reader is not None
    if asked.request.method != "POST":
        given = {name: asked.request.GET.get(name, "") for name in ("indicator", "area", "group", "date")}
        given |= {"verification": "self_reported", "confidence": "medium"}
        return _entry_page(asked, given)
    typed = _typed(asked)
    submit = "submit" in asked.request.POST
    try:
        row = measuring.enter(
            asked.reader,
            asked.mission,
            _reading(asked, typed),
            on=_today(asked),
            at=datetime.now(UTC),
            why=typed["why"] or "entered",
            submit=submit,
        )
    except InputFaults as refused:
        return _entry_page(asked, typed, refused.findings)
    w = asked.w
    asked.tell(w("Handed in; it counts once it is approved.") if submit else w("Kept as a draft."))
    return redirect(f"/m/{asked.mission}/measurements/{row}/")


def measurement(asked: Asked) -> HttpResponse:
    """One measurement: what it says, where it stands, how others received it."""
    return _row_page(asked)


def edit(asked: Asked) -> HttpResponse:
    """Change a draft or a returned row."""
    assert asked.reader is not None
    number, typed = int(asked.path["row"]), _typed(asked)
    try:
        measuring.edit(
            asked.reader,
            asked.mission,
            number,
            _whole(asked.request.POST.get("edition")),
            _reading(asked, typed),
            on=_today(asked),
            at=datetime.now(UTC),
            why=typed["why"] or "corrected",
        )
    except InputFaults as refused:
        return _row_page(asked, typed, refused)
    except (InvalidValue, *deciding.OVERTAKEN) as refused:
        return _row_page(asked, typed, refused)
    asked.tell(asked.w("Saved."))
    return redirect(f"/m/{asked.mission}/measurements/{number}/")


def withdraw(asked: Asked) -> HttpResponse:
    """Take a draft or a returned row away; its history stays."""
    assert asked.reader is not None
    posted = asked.request.POST
    measuring.withdraw(
        asked.reader,
        asked.mission,
        int(asked.path["row"]),
        _whole(posted.get("edition")),
        at=datetime.now(UTC),
        why=posted.get("why", "").strip() or "withdrawn",
    )
    asked.tell(asked.w("It is taken away; its history stays."))
    return redirect(f"/m/{asked.mission}/measurements/?mine=1")


def receive(asked: Asked) -> HttpResponse:
    """Note, agree to, or enter a reservation on a measurement."""
    assert asked.reader is not None
    posted, number = asked.request.POST, int(asked.path["row"])
    try:
        measuring.receive(
            asked.reader,
            asked.mission,
            number,
            _whole(posted.get("edition")),
            receipt=posted.get("receipt", ""),
            text=posted.get("text", "").strip(),
            at=datetime.now(UTC),
        )
    except (InvalidValue, *deciding.OVERTAKEN) as refused:
        return _row_page(asked, {}, refused)
    return redirect(f"/m/{asked.mission}/measurements/{number}/")


def hand_in(asked: Asked) -> HttpResponse:
    """Submit the chosen drafts and returned rows, or take submitted ones back."""
    step = measuring.take_back if "take_back" in asked.request.POST else measuring.submit
    told = asked.w("Taken back as drafts: {n}.") if step is measuring.take_back else asked.w("Handed in: {n}.")
    return _moved(asked, step, told, asked.request.POST.get("why", "").strip() or "handed in")


def review(asked: Asked) -> HttpResponse:
    """Approve the chosen rows, approve them with a reservation, or return them with a reason."""
    posted, w = asked.request.POST, asked.w
    words, act = posted.get("words", "").strip(), posted.get("act", "")
    if act == "return":
        return _moved(asked, measuring.give_back, w("Returned: {n}."), words)
    if act not in ("approve", "reserve"):
        raise InvalidValue("act", act[:20], "approve, reserve or return")
    if act == "reserve" and not words:
        return _not_moved(asked, InvalidValue("reservation", "", "the reservation in its own words"))

    def approve(*given: Any, why: str, **named: Any) -> Any:
        return measuring.approve(*given, why=why or "approved", reservation=why if act == "reserve" else "", **named)

    told = w("Approved with a reservation: {n}.") if act == "reserve" else w("Approved: {n}.")
    return _moved(asked, approve, told, words)


def upload(asked: Asked) -> HttpResponse:
    """Choose a file. It is put aside and looked at; nothing is written by this."""
    if asked.request.method != "POST":
        return _upload_page(asked)
    file = asked.request.FILES.get("file")
    ending = PurePath(file.name or "").suffix.lower() if file else ""
    if file is None or ending not in ENDINGS:
        wanted = asked.w("a file in CSV or XLSX")
        return _upload_page(asked, InvalidValue("file", (file.name or "")[:80] if file else "", wanted))
    try:
        name = incoming.put_aside(file.chunks(), ending)
    except InvalidValue as refused:
        return _upload_page(asked, refused)
    waiting = {"mission": asked.mission, "file": name, "name": (file.name or "")[:120]}
    asked.request.session["measurements"] = waiting
    return redirect(f"/m/{asked.mission}/measurements/upload/check/")


def check(asked: Asked) -> HttpResponse:
    """What would become of each line of the file; on confirmation the sound ones are taken in."""
    assert asked.reader is not None
    waiting = asked.request.session.get("measurements") or {}
    if waiting.get("mission") != asked.mission:
        return redirect(f"/m/{asked.mission}/measurements/upload/")
    posted = asked.request.POST
    confirmed = asked.request.method == "POST"
    try:
        found = measuring.upload(
            asked.reader,
            asked.mission,
            incoming.aside(waiting["file"]),
            on=_today(asked),
            at=datetime.now(UTC),
            why=posted.get("why", "").strip() or waiting["name"],
            submit=posted.get("as") != "draft",
            dry_run=not confirmed,
        )
    except (Unreadable, NotFound) as refused:
        del asked.request.session["measurements"]
        return _upload_page(asked, refused, waiting)
    if not confirmed:
        return _check_page(asked, found, waiting["name"])
    incoming.forget(waiting["file"])
    del asked.request.session["measurements"]
    state = "draft" if posted.get("as") == "draft" else "submitted"
    told = asked.w.count("{n} row was taken in.", "{n} rows were taken in.", found.fresh)
    asked.tell(told)
    return redirect(f"/m/{asked.mission}/measurements/?{urlencode({'state': state, 'mine': '1'})}")


def owed(asked: Asked) -> HttpResponse:
    """What is late, office by office, with the form that asks each office for it."""
    from exitplan.usecases import owed as late
    from exitplan.usecases.looking import look

    w = asked.w
    found = late.owed(look(asked.view))
    office = asked.request.GET.get("office")
    offices: dict[str, int] = {}
    for each in found:
        offices[each.office] = offices.get(each.office, 0) + len(each.wanted)
    shown = [each for each in found if office in (None, each.office)]
    table = Table(
        "owed",
        w("Values that are owed"),
        (
            Column("office", w("Owed by")),
            Column("indicator", w("Indicator"), wide=True),
            Column("where", w("Where")),
            Column("why", w("Why")),
            Column("last", w("Last value on")),
            Column("wanted", w("Values wanted"), number=True),
            Column("came", w("Waiting for review"), number=True),
            Column("holds", w("Holds up"), wide=True),
        ),
        tuple(
            (
                cells.text(each.office),
                cells.named(asked, each.indicator),
                where(asked, each.area, each.group),
                Cell(w.capital(w("due") if each.reason == "due" else w.code("reason", each.reason)), mark="late"),
                cells.day(asked, each.last.date if each.last else None),
                cells.number(asked, len(each.wanted)),
                cells.number(asked, len(each.came) or None),
                cells.text(", ".join(w.about(name) for name in each.holds_up if "NOT-SHOWN" not in name)),
            )
            for each in shown
        ),
        empty=w("No value is owed: every series is as fresh as its rhythm asks for."),
    )
    return table_page(
        asked,
        "measurements_owed.html",
        table,
        offices=[(name, n, urlencode({"office": name}), name == office) for name, n in sorted(offices.items())],
        chosen=office,
        may_export=asked.may("export"),
        may_measure=asked.may("measure"),
        on_words=w.date(look(asked.view).study.on),
    )


def owed_form(asked: Asked) -> HttpResponse:
    """A workbook for one office: a row for each value it owes, to be filled in and uploaded."""
    from exitplan.usecases import owed as late
    from exitplan.usecases.looking import look

    seen = look(asked.view)
    office = asked.request.GET.get("office", "")
    series = [each for each in late.owed(seen) if each.office == office and each.wanted]
    if not series:
        raise NotFound("owed", office[:60])
    name = re.sub(r"[^a-z0-9]+", "-", office.lower()).strip("-")[:60] or "office"
    return HttpResponse(
        late.sheet(seen, series, asked.w("Values owed"), asked.w.lang),
        content_type=TYPES["xlsx"],
        headers={"Content-Disposition": f'attachment; filename="owed-{name}-{seen.study.on.isoformat()}.xlsx"'},
    )


def _moved(asked: Asked, step: Callable[..., Sequence[Any]], told: str, why: str) -> HttpResponse:
    """Take a step with the rows that are chosen, and go back to where they were chosen."""
    posted = asked.request.POST
    chosen = [_pair(text) for text in posted.getlist("row")]
    try:
        if not chosen:
            raise InvalidValue("row", "", Wanted("at least one row that is chosen"))
        moved = step(asked.reader, asked.mission, chosen, at=datetime.now(UTC), why=why)
    except (InvalidValue, *deciding.OVERTAKEN) as refused:
        return _not_moved(asked, refused)
    asked.tell(told.format(n=len(moved)))
    if "one" in posted:
        return redirect(f"/m/{asked.mission}/measurements/{chosen[0][0]}/")
    back = {name: posted[name] for name in ("state", "mine", "indicator") if posted.get(name)}
    return redirect(f"/m/{asked.mission}/measurements/" + (f"?{urlencode(back)}" if back else ""))


def _not_moved(asked: Asked, refused: ExitplanError) -> HttpResponse:
    """The page on which the rows were chosen, saying why nothing moved."""
    posted = asked.request.POST
    if "one" in posted:
        number, _ = _pair(posted.get("row", ""))
        return _row_page(replace(asked, path={"row": number}), refused=refused)
    return _list_page(asked, refused)


def _status(refused: ExitplanError | None) -> int:
    return 200 if refused is None else 409 if isinstance(refused, deciding.OVERTAKEN) else 422


def _table(asked: Asked, rows: Sequence[Any], names: dict[str, str]) -> Table:
    w = asked.w
    inside = asked.reader is not None and asked.reader.role in STAFF
    columns = [
        Column("date", w("Day")),
        Column("indicator", w("Indicator"), wide=True),
        Column("where", w("Where")),
        Column("value", w("Value"), number=True),
        Column("state", w("State")),
        Column("verification", w("Verification")),
        Column("confidence", w("Confidence")),
        Column("source", w("Source")),
        Column("reservation", w("Reservation or reason"), wide=True),
    ]
    if inside:
        columns.append(Column("by", w("Entered by")))
    return Table(
        "measurements",
        w("Measurements, newest first"),
        tuple(columns),
        tuple(_line(asked, row, names, inside) for row in rows),
        empty=w("No measurement is here yet. Enter one, or upload a file.")
        if asked.may("measure")
        else w("No measurement is shown to you here yet."),
        page_rows=ROWS,
    )


def _line(asked: Asked, row: Any, names: dict[str, str], inside: bool) -> Row:
    w, r = asked.w, row.reading
    line = [
        Cell(
            w.date(r.date, short=True).replace(" ", NO_BREAK),
            value=r.date,
            href=f"/m/{asked.mission}/measurements/{row.id}/",
        ),
        Cell(f"{r.indicator} {names.get(r.indicator, '')}".strip(), value=r.indicator),
        where(asked, r.area, r.group),
        cells.number(asked, r.value),
        cells.state(asked, "measurement_state", row.state, mark=MARKS[row.state]),
        Cell(w.code("verification", r.verification)),
        Cell(w.code("confidence", r.confidence)),
        Cell(r.source, href=cells.address(asked, "source", r.source)) if r.source else cells.text(""),
        cells.text(row.reservation),
    ]
    if inside:
        line.append(cells.text(row.entered_by))
    return tuple(line)


def _listed(asked: Asked, row: Any, names: dict[str, str]) -> dict[str, Any]:
    """A row to be chosen, beside the value that counts now."""
    r, w = row.reading, asked.w
    held = asked.view.dossier.measurements.readings(r.indicator, area=r.area, group=r.group)
    before = next((h for h in reversed(held) if h.date <= r.date), None)
    return {
        "name": f"{row.id}:{row.edition}",
        "href": f"/m/{asked.mission}/measurements/{row.id}/",
        "day": w.date(r.date, short=True),
        "indicator": f"{r.indicator} {names.get(r.indicator, '')}".strip(),
        "where": where(asked, r.area, r.group).text,
        "value": w.number(r.value),
        "before": f"{w.number(before.value)} ({w.date(before.date, short=True)})" if before else "–",
        "source": cells.reference(asked, "source", r.source).text,
        "verification": w.code("verification", r.verification),
        "by": row.entered_by,
        "reservation": row.reservation,
    }


def _entry_page(asked: Asked, typed: dict[str, str], findings: Sequence[Finding] = ()) -> HttpResponse:
    return asked.page(
        "measurement_new.html",
        status=422 if findings else 200,
        controls=_controls(asked, typed, findings),
        any_indicator=bool(asked.view.dossier.of(Indicator)),
        may_edit=asked.may("edit", "indicator"),
    )


def _row_page(asked: Asked, typed: dict[str, str] | None = None, refused: ExitplanError | None = None) -> HttpResponse:
    assert asked.reader is not None
    w, number = asked.w, int(asked.path["row"])
    row = measuring.one(asked.reader, asked.mission, number)
    mine = row.entered_by == asked.reader.name or asked.may("review_measurement")
    editable = row.state in EDITABLE and asked.may("measure") and mine
    findings = refused.findings if isinstance(refused, InputFaults) else ()
    said = {name: _written(asked, value) for name, value in row.reading._asdict().items()}
    indicator = asked.view.dossier.get(Indicator, row.reading.indicator)
    return asked.page(
        "measurement.html",
        status=_status(refused),
        words=asked.request.POST.get("words", "") if refused else "",
        row=row,
        r=row.reading,
        mark=MARKS[row.state],
        indicator=cells.named(asked, indicator) if indicator else Cell(row.reading.indicator),
        where=where(asked, row.reading.area, row.reading.group),
        source=cells.reference(asked, "source", row.reading.source),
        controls=_controls(asked, typed or said, findings) if editable else (),
        refused=sentence(w, refused) if refused else "",
        reviews=row.state == "submitted" and asked.may("review_measurement"),
        returns=row.state == "approved" and asked.may("review_measurement"),
        takes_back=row.state == "submitted" and asked.may("measure") and mine,
        signed=measuring.received(asked.reader, asked.mission, number),
        receipts=[
            (code, w.capital(w.code("receipt", code)))
            for code in RECEIPTS
            if asked.may("reserve") and (asked.may("sign") or not code.startswith("agreed"))
        ],
    )


def _controls(asked: Asked, typed: dict[str, str], findings: Sequence[Finding]) -> tuple[Control, ...]:
    """The fields of a measurement, each with what is wrong with it."""
    w, dossier, on = asked.w, asked.view.dossier, _today(asked)
    used = [i for i in dossier.of(Indicator) if i.version_on(on)]
    choices: dict[str, tuple[tuple[str, str], ...]] = {
        "indicator": tuple((i.code, f"{i.code} – {i.name(w.lang)} ({i.unit})") for i in used),
        "area": tuple((a.code, f"{a.code} – {a.name(w.lang)}") for a in dossier.of(Area)),
        "source": tuple((s.code, f"{s.code} – {s.name(w.lang)}") for s in dossier.of(Source)),
        "verification": tuple(
            (c, w.code("verification", c)) for c in ("self_reported", "jointly_assessed", "independently_verified")
        ),
        "confidence": tuple((c, w.code("confidence", c)) for c in ("low", "medium", "high")),
    }
    helps = {
        "area": w("The whole country when left out."),
        "group": w("The total when left out; such as sex=female."),
        "value": w("In the unit of the indicator."),
        "low": w("Low end of its interval, where known."),
        "high": w("High end of its interval, where known."),
        "method": w("How it was collected, where that differs from the indicator."),
        "why": w("Kept in the history."),
    }
    shapes = {"date": "date", "note": "text", **dict.fromkeys(NUMBERS, "number"), **dict.fromkeys(choices, "choice")}
    fields = (
        "indicator", "date", "area", "group", "value", "low", "high", "source",
        "verification", "confidence", "method", "note", "why",
    )  # fmt: skip
    return tuple(
        Control(
            name=name,
            shape=cast(Any, shapes.get(name, "line")),
            words=label(w, name),
            help=helps.get(name, ""),
            needed=name in ("indicator", "date", "value"),
            value=typed.get(name, ""),
            options=choices.get(name, ()),
            findings=tuple(f for f in findings if f.field == name),
        )
        for name in fields
    )


def _typed(asked: Asked) -> dict[str, str]:
    names = (*Reading._fields, "why")
    return {name: asked.request.POST.get(name, "").strip()[:5000] for name in names}


def _reading(asked: Asked, typed: dict[str, str]) -> Reading:
    """What was typed as a reading; whatever is no number, day or code is named when it is checked."""
    indicator = asked.view.dossier.get(Indicator, typed["indicator"])
    try:
        version = indicator.version_on(date.fromisoformat(typed["date"])) if indicator else None
    except ValueError:
        version = None
    values: dict[str, Any] = {**typed, **{name: _plain(asked, typed[name]) for name in NUMBERS}}
    values |= {
        "version": version.version if version else 1,
        "unit": indicator.unit if indicator else "",
        "replaces": "",
    }
    return Reading(**{name: values[name] for name in Reading._fields})


def _plain(asked: Asked, text: str) -> str:
    """A number as a file would hold it, from the way this language writes it."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", text)
    if asked.w.lang == "fr" and bare.count(",") == 1 and "." not in bare:
        return bare.replace(",", ".")
    return bare.replace(",", "") if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", bare) else bare


def _written(asked: Asked, value: Any) -> str:
    """A value of a reading as the form shows it."""
    if isinstance(value, float):
        text = repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        return text.replace(".", ",") if asked.w.lang == "fr" else text
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _upload_page(
    asked: Asked, refused: ExitplanError | None = None, file: dict[str, str] | None = None
) -> HttpResponse:
    told = sentence(asked.w, refused) if refused else ""
    if file:
        told = told.replace(file["file"], file["name"])
    return asked.page("measurements_upload.html", status=422 if refused else 200, refused=told)


def _check_page(asked: Asked, found: measuring.Uploaded, name: str) -> HttpResponse:
    w, report = asked.w, found.report
    faults: dict[int, list[Any]] = {}
    for fault in report.refused:
        faults.setdefault(fault.line, []).append(fault)
    empty = {line for line, told in faults.items() if all(f.field == "value" and not f.value for f in told)}
    refused = Table(
        "refused",
        w("Lines that cannot be taken"),
        (
            Column("line", w("Line"), number=True),
            Column("field", w("Column")),
            Column("given", w("What stands there"), wide=True),
            Column("wanted", w("What was wanted"), wide=True),
        ),
        tuple(
            (
                Cell(str(f.line), value=f.line),
                cells.text(label(w, f.field)),
                cells.text(f.value),
                Cell(w.wanted(f.reason)),
            )
            for line, told in faults.items()
            if line not in empty
            for f in told
        ),
        empty=w("Every line can be taken."),
    )
    changes = Table(
        "changes",
        w("Values that differ from one that is held"),
        (
            Column("date", w("Day")),
            Column("indicator", w("Indicator")),
            Column("where", w("Where")),
            Column("held", w("Held"), number=True),
            Column("value", w("In the file"), number=True),
            Column("state", w("State of the one held")),
        ),
        tuple(
            (
                cells.day(asked, c.reading.date),
                Cell(c.reading.indicator),
                where(asked, c.reading.area, c.reading.group),
                cells.number(asked, c.held),
                cells.number(asked, c.reading.value),
                cells.state(asked, "measurement_state", c.state, mark=MARKS[c.state]),
            )
            for c in found.changes
        ),
    )
    return table_page(
        asked,
        "measurements_check.html",
        refused,
        changes,
        name=name,
        read=report.read,
        fresh=found.fresh,
        there=found.there,
        changed=len(found.changes),
        bad=len(faults) - len(empty),
        left=len(empty),
        notes=[w.note(note) for note in report.notes],
    )


def _pair(text: str) -> tuple[int, int]:
    number, _, edition = text.partition(":")
    return _whole(number), _whole(edition)


def _page(query: Any, start: int) -> str:
    changed = query.copy()
    changed["from"] = str(start)
    return f"?{changed.urlencode()}"


def _today(asked: Asked) -> date:
    return day_of(asked.view.dossier, None)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else 0
