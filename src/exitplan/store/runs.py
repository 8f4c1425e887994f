"""Long work: asked for at a door, done by a worker that gives signs of life, seen and cancelled from anywhere.

The table is the queue. A worker that stops giving signs of life has its run marked interrupted; it can be asked for again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from exitplan.domain.errors import NotFound
from exitplan.domain.roles import Reader
from exitplan.store.models import Mission, Run

SILENCE = timedelta(seconds=60)
"""A running run without a sign of life for this long has lost its worker."""


@dataclass(frozen=True)
class Standing:
    """A run as people see it."""

    id: int
    mission: str
    task: str
    options: dict[str, Any]
    state: str
    progress: float
    asked_by: str
    role: str
    partner: str
    asked: datetime
    ended: datetime | None
    revision: int
    reference: str


def ask(mission: str, task: str, options: dict[str, Any], reader: Reader) -> int:
    """Queue a piece of work on behalf of a reader; the result will hold what that reader may see. Raises NotFound."""
    held = Mission.objects.filter(code=mission).first()
    if held is None:
        raise NotFound("mission", mission)
    return Run.objects.create(
        mission=held, task=task, options=options, asked_by=reader.name, role=reader.role, partner=reader.partner or ""
    ).pk


def take(worker: str, at: datetime) -> Standing | None:
    """Take the oldest queued run; None when there is none. Two workers never take the same one."""
    with transaction.atomic():
        run = Run.objects.select_for_update().filter(state="queued").order_by("id").first()
        if run is None:
            return None
        run.state, run.worker, run.heartbeat = "running", worker, at
        run.revision = run.mission.revision
        run.save()
    return _standing(run)


def progress(run: int, share: float, at: datetime) -> bool:
    """Note how far a run is, as a sign of life; False when it is to stop (cancelled, or taken for dead)."""
    changed = Run.objects.filter(pk=run, state="running", cancel=False).update(progress=share, heartbeat=at)
    return changed == 1


def finish(run: int, state: str, at: datetime, *, result: Any = None, reference: str = "") -> None:
    """End a run that is running: `done`, `failed` or `cancelled`. One that was told to stop leaves no result."""
    running = Run.objects.filter(pk=run, state="running")
    running.filter(cancel=True).update(state="cancelled", ended=at, progress=0.0)
    running.update(state=state, ended=at, result=result, reference=reference, progress=1.0 if state == "done" else 0.0)


def cancel(mission: str, run: int, at: datetime) -> None:
    """Ask a run to stop; one that waits in the queue stops at once. Raises NotFound."""
    rows = Run.objects.filter(pk=run, mission__code=mission)
    if not rows.exists():
        raise NotFound("run", str(run))
    rows.filter(state="queued").update(state="cancelled", ended=at)
    rows.filter(state="running").update(cancel=True)


def mark_interrupted(at: datetime) -> int:
    """Mark runs whose worker has gone silent; returns how many."""
    silent = Run.objects.filter(state="running", heartbeat__lt=at - SILENCE)
    return silent.update(state="interrupted", ended=at)


def again(mission: str, run: int, reader: Reader) -> int:
    """Ask for the same work once more. Raises NotFound."""
    old = standing(mission, run)
    return ask(mission, old.task, old.options, reader)


def standing(mission: str, run: int) -> Standing:
    """One run. Raises NotFound."""
    row = Run.objects.select_related("mission").filter(pk=run, mission__code=mission).defer("result").first()
    if row is None:
        raise NotFound("run", str(run))
    return _standing(row)


def result(mission: str, run: int) -> Any:
    """What a run brought; None while it has not ended. Raises NotFound."""
    row = Run.objects.filter(pk=run, mission__code=mission).only("result").first()
    if row is None:
        raise NotFound("run", str(run))
    return row.result


def recent(mission: str, reader: Reader, most: int = 50) -> tuple[Standing, ...]:
    """Runs asked for by somebody who sees what the reader sees, newest first."""
    rows = Run.objects.select_related("mission").filter(
        mission__code=mission, role=reader.role, partner=reader.partner or ""
    )
    return tuple(_standing(row) for row in rows.defer("result").order_by("-id")[:most])


def done(mission: str, task: str, reader: Reader | None, most: int) -> tuple[tuple[Standing, ...], int]:
    """
    Runs of one kind that ended well, newest first, at most so many; and how many there are.

    `reader` as in `recent`; without one the runs of everybody, for whoever holds the database itself.
    """
    rows = Run.objects.select_related("mission").filter(mission__code=mission, task=task, state="done")
    if reader is not None:
        rows = rows.filter(role=reader.role, partner=reader.partner or "")
    return tuple(_standing(row) for row in rows.defer("result").order_by("-id")[:most]), rows.count()


def _standing(row: Run) -> Standing:
    return Standing(
        id=row.pk,
        mission=row.mission.code,
        task=row.task,
        options=row.options,
        state=row.state,
        progress=row.progress,
        asked_by=row.asked_by,
        role=row.role,
        partner=row.partner,
        asked=row.asked,
        ended=row.ended,
        revision=row.revision,
        reference=row.reference,
    )
