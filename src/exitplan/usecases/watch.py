"""`exitplan watch` and `exitplan triggers`: what stands under watch, and every agreed trigger."""

from __future__ import annotations

from datetime import date

from exitplan.domain.results.after import AfterResult
from exitplan.domain.results.watch import TriggersResult, WatchResult
from exitplan.usecases.answers import Answered, answered
from exitplan.usecases.study import Study, study


def watch(mission: str, *, on: date | None = None, seed: int = 1) -> tuple[Answered[WatchResult], Study]:
    """Every watch on a day, triggered first, with the study it belongs to."""
    asked = study(mission, on=on, plan=None, scenario=None, seed=seed)
    return answered("watch", asked.dossier, asked.watch, on=asked.on, seed=seed), asked


def triggers(mission: str, *, on: date | None = None) -> tuple[Answered[TriggersResult], Study]:
    """Every trigger on a day, those that are met first."""
    asked = study(mission, on=on, plan=None, scenario=None)
    return answered("triggers", asked.dossier, asked.triggers, on=asked.on), asked


def after(mission: str, *, on: date | None = None) -> tuple[Answered[AfterResult], Study]:
    """What goes on after the mission, on a day."""
    asked = study(mission, on=on, plan=None, scenario=None)
    return answered("after", asked.dossier, asked.after, on=asked.on), asked
