"""Measurements: listed, uploaded by the thousand, handed in, reviewed."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from ninja import Query
from pydantic import ValidationError

from exitplan.usecases import measuring
from exitplan.usecases.open_mission import today
from exitplan.web.access import Asked
from exitplan.web.api.answers import JSON, listing, said
from exitplan.web.api.gate import Refused
from exitplan.web.api.parsing import json_of
from exitplan.web.api.shapes import (
    Handed,
    MeasurementFilter,
    Measurements,
    MeasurementShown,
    Moved,
    Review,
    RowRefused,
    Rows,
    UploadAsked,
    Uploaded,
)

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BODIES: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            JSON: {"schema": {"$ref": "#/components/schemas/Rows"}},
            CSV: {
                "schema": {"type": "string", "description": "Columns as `GET /schemas/measurements` describes; UTF-8."},
                "example": "indicator,date,value\nI1,2030-06-30,12.5\n",
            },
            XLSX: {"schema": {"type": "string", "format": "binary", "description": "The same on the first sheet."}},
        },
    }
}


def measurements(asked: Asked, wanted: Query[MeasurementFilter]) -> HttpResponse:
    """Measurements that you may see, newest date first: inside the mission in every state, else the approved ones."""
    reader, mission = asked.view.reader, asked.mission
    states = [wanted.state] if wanted.state else None
    chosen: dict[str, Any] = {"states": states, "indicator": wanted.indicator or None}
    rows = measuring.rows(reader, mission, **chosen, most=wanted.limit, start=wanted.offset)
    total = measuring.how_many(reader, mission, **chosen)
    return said(Measurements(items=tuple(map(_shown, rows)), **listing(asked, wanted, total)))


def upload(asked: Asked, wanted: Query[UploadAsked]) -> HttpResponse:
    """Take in up to 10,000 measurements: sound rows are taken, every other row is named with what was wanted."""
    media = asked.request.content_type
    reader, mission, now = asked.view.reader, asked.mission, datetime.now(UTC)
    options: dict[str, Any] = {"on": today(), "at": now, "submit": wanted.submit, "dry_run": wanted.dry_run}
    if media == JSON:
        sent = _rows(asked.request.body)
        done = measuring.upload_rows(reader, mission, sent.rows, why=sent.why, **options)
    elif media in (CSV, XLSX):
        if not wanted.why.strip():
            raise Refused(422, asked.w("Say why: the record wants a reason."))
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / ("upload.csv" if media == CSV else "upload.xlsx")
            file.write_bytes(asked.request.body)
            done = measuring.upload(reader, mission, file, why=wanted.why, **options)
    else:
        raise Refused(415, asked.w("Send JSON, CSV or XLSX."))
    report = done.report
    refused = tuple(
        RowRefused(line=r.line, field=r.field, value=r.value, wanted=asked.w.wanted(r.reason)) for r in report.refused
    )
    told = Uploaded(
        dry_run=wanted.dry_run,
        read=report.read,
        kept=done.fresh,
        already_there=done.there,
        refused_rows=report.refused_rows,
        refused=refused,
        ids=done.ids,
    )
    return said(told, 201 if done.ids else 200)


def review(asked: Asked, sent: Review) -> HttpResponse:
    """Approve submitted measurements, with a reservation where one is given, or return them saying why."""
    reader, chosen, at = asked.view.reader, [(c.id, c.edition) for c in sent.chosen], datetime.now(UTC)
    if sent.verdict == "approved":
        rows = measuring.approve(reader, asked.mission, chosen, at=at, why=sent.why, reservation=sent.reservation)
    else:
        rows = measuring.give_back(reader, asked.mission, chosen, at=at, why=sent.reservation or sent.why)
    return said(Moved(items=tuple(map(_shown, rows))))


def hand_in(asked: Asked, sent: Handed) -> HttpResponse:
    """Submit drafts and returned measurements, or take submitted ones back before they are reviewed."""
    step = measuring.submit if sent.step == "submit" else measuring.take_back
    chosen = [(c.id, c.edition) for c in sent.chosen]
    rows = step(asked.view.reader, asked.mission, chosen, at=datetime.now(UTC), why=sent.why)
    return said(Moved(items=tuple(map(_shown, rows))))


def _rows(content: bytes) -> Rows:
    from ninja.errors import ValidationError as Invalid

    try:
        return Rows.model_validate(json_of(content))
    except ValidationError as error:
        raise Invalid(error.errors(include_url=False, include_input=False)) from None  # type: ignore[arg-type]


def _shown(row: Any) -> MeasurementShown:
    return MeasurementShown(
        **row.reading._asdict(),
        id=row.id,
        edition=row.edition,
        state=row.state,
        reservation=row.reservation,
        entered_by=row.entered_by,
        reviewed_by=row.reviewed_by,
    )
