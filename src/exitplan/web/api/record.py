"""The record: what is wrong with a mission, and what has been changed in it, by whom and why."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpResponse
from ninja import Query

from exitplan.usecases import writing
from exitplan.web.access import Asked
from exitplan.web.api.answers import following, said
from exitplan.web.api.fields import Code, Kind
from exitplan.web.api.shapes import History, HistoryFilter, HistoryPage, RevisionShown

WIDEST = 2000
"""Revisions looked at in one go."""


def history(asked: Asked, kind: Kind, code: Code, wanted: Query[HistoryPage]) -> HttpResponse:
    """What has been changed in one entry, newest first."""
    return _told(asked, wanted, kind, code)


def audit(asked: Asked, wanted: Query[HistoryFilter]) -> HttpResponse:
    """What has been changed in the mission, newest first. Entries that you may not see leave no line."""
    return _told(asked, wanted, wanted.kind, None)


def _told(asked: Asked, wanted: HistoryPage, kind: str | None, code: str | None) -> HttpResponse:
    """Windows of the record, the older the wider, until a page is full: what is not shown must not end the list."""
    reader, last = asked.view.reader, asked.view.revision
    until = last if wanted.until is None else min(wanted.until, last)
    lines: list[writing.Line] = []
    wide = wanted.limit
    while until > 0 and len(lines) < wanted.limit:
        after = max(0, until - wide)
        lines += writing.history_for(reader, asked.mission, kind, code, after=after, until=until, most=wide)
        until, wide = after, min(2 * wide, WIDEST)
    shown = lines[: wanted.limit]
    if len(shown) < len(lines):
        until = shown[-1].number - 1
    items = tuple(RevisionShown(**asdict(line)) for line in shown)
    return said(History(items=items, next=following(asked, until=until) if until > 0 else None))
