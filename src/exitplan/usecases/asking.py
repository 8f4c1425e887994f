"""Long work asked for by a reader: futures of a plan, why two plans differ, a brief, or a verification of the chain of changes.

The worker does it; here it is asked for, watched and fetched.

A run belongs to readers of one role (and partner): it holds what they may see, and no others are told of it. Neither are
they once it names an entry that they no longer see; what it brought goes with every entry that it speaks of or rests on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from exitplan.domain.errors import InvalidValue, NotFound
from exitplan.domain.findings import Finding, Wanted
from exitplan.domain.results.base import Answer
from exitplan.domain.results.explain import ExplainResult
from exitplan.domain.results.stability import FuturesResult
from exitplan.domain.roles import CLASSIFIED, Action, Reader
from exitplan.usecases.board import View
from exitplan.usecases.failures import told
from exitplan.usecases.kept import kept_with
from exitplan.usecases.people import require

if TYPE_CHECKING:
    from exitplan.store.runs import Standing

KEPT_DRAWN = 4
"""Runs whose futures are kept with a view."""

MOST_FUTURES = 20_000
MOST_MONTHS = 60
NEEDS: dict[str, Action] = {
    "futures": "run",
    "explain": "run",
    "brief": "export",
    "paper": "export",
    "verify": "read_audit",
}
"""What a reader must be allowed to do to ask for each kind of work."""

ENDED = frozenset({"done", "failed", "cancelled", "interrupted"})
"""States of a run that will not change any more."""


@dataclass(frozen=True, eq=False)
class Drawn:
    """Futures that were drawn, the run they came from, and the answer as it was kept."""

    run: Standing
    futures: FuturesResult
    answer: Answer


@dataclass(frozen=True, eq=False)
class Explained:
    """Why two plans differ, the run that worked it out, and the answer as it was kept."""

    run: Standing
    result: ExplainResult
    answer: Answer


@dataclass(frozen=True)
class Verification:
    """What a verification of the chain of changes found."""

    revisions: int
    """Changes on record when it was verified."""
    broken: int | None
    """Number of the first change that does not hold."""
    why: Wanted | None
    strange: tuple[tuple[str, str], ...]
    """Entries that do not say what their last change says, as kind and code, and documents by number."""
    not_shown: bool
    """Whether there is more, which the reader does not see."""

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return self.broken is None and not self.strange and not self.not_shown


def ask_futures(
    seen: View, *, plan: str, scenario: str | None, futures: int = 5000, horizon: int = 24, seed: int = 1
) -> int:
    """
    Ask for futures of a plan under a scenario; returns the number of the run.

    Raises
    ------
    NotAllowed, NotFound
        When the reader may not, or sees no such plan or scenario.
    InvalidValue
        For a number of futures or months out of range.
    """
    plan = seen.dossier.plan(plan).code
    scenario = _scenario(seen, scenario)
    _within("futures", futures, 100, MOST_FUTURES)
    _within("horizon", horizon, 1, MOST_MONTHS)
    _within("seed", seed, 0, 2**31)
    options = {"plan": plan, "scenario": scenario, "futures": futures, "horizon": horizon, "seed": seed}
    return _ask(seen, "futures", options)


def ask_difference(
    seen: View,
    *,
    plan: str,
    against: str,
    scenario: str | None,
    definition: str | None = None,
    area: str | None = None,
    by: int | None = None,
    futures: int = 5000,
    horizon: int = 24,
    seed: int = 1,
) -> int:
    """
    Ask why a plan differs from another one under a scenario; returns the number of the run.

    Parameters
    ----------
    definition
        Definition of renewed armed violence whose chance is explained beside deaths; the mission's main one where left out.
    area
        Area that it is read for: one of `questions` where it is read per area, else none.
    by
        Months within which it is met, 1 to the horizon; the horizon where left out.

    Raises
    ------
    NotAllowed, NotFound
        When the reader may not, or sees no such plan, scenario, definition or area.
    InvalidValue
        For a number out of range, and for an area where none is read or none where one is.
    """
    from exitplan.engine.stability.definitions import definition_of, place_of

    options: dict[str, Any] = {
        "plan": seen.dossier.plan(plan).code,
        "against": seen.dossier.plan(against).code,
        "scenario": _scenario(seen, scenario),
    }
    _within("futures", futures, 100, MOST_FUTURES)
    _within("horizon", horizon, 1, MOST_MONTHS)
    _within("seed", seed, 0, 2**31)
    by = horizon if by is None else by
    _within("by", by, 1, horizon)
    asked = definition_of(seen.dossier.mission, definition)
    place_of(asked, area, questions(seen).areas)
    options |= {"definition": asked.code, "area": area or None, "by": by}
    return _ask(seen, "explain", options | {"futures": futures, "horizon": horizon, "seed": seed})


@dataclass(frozen=True)
class Questions:
    """What a difference can be explained for beside deaths."""

    definitions: tuple[str, ...]
    """Codes of the definitions of renewed armed violence, the named ones first."""
    areas: tuple[str, ...]
    """Codes of the areas for which a definition that is read per area can be read."""
    main: str
    """The mission's main definition."""
    per_area: bool
    """Whether that one is read per area."""


def questions(seen: View) -> Questions:
    """What this reader can have a difference explained for."""
    from exitplan.engine.stability.definitions import definition_of, definitions_of
    from exitplan.engine.stability.presence import places

    main = definition_of(seen.dossier.mission, None)
    return Questions(
        definitions=tuple(d.code for d in definitions_of(seen.dossier.mission)),
        areas=tuple(area.code for area in places(seen.dossier)),
        main=main.code,
        per_area=main.scope == "area",
    )


def ask_brief(
    seen: View,
    *,
    lang: str,
    plan: str | None = None,
    scenario: str | None = None,
    since: date | None = None,
    one_page: bool = False,
) -> int:
    """Ask for the brief as this reader may have it; returns the number of the run. Raises NotAllowed, NotFound."""
    if plan is not None:
        seen.dossier.plan(plan)
    scenario = _scenario(seen, scenario)
    options = {
        "lang": lang,
        "plan": plan,
        "scenario": scenario,
        "since": since.isoformat() if since else None,
        "one_page": one_page,
    }
    return _ask(seen, "brief", options)


def ask_paper(seen: View, *, kind: str, form: str, lang: str, since: date | None = None) -> int:
    """
    Ask for a document of pages as this reader may have it; returns the number of the run.

    Raises NotAllowed, and InvalidValue for a document or format that there is not, or a last report after the day.
    """
    from exitplan.usecases.papers import comparable, paired

    require(seen.reader, NEEDS["paper"])
    paired(kind, form)
    comparable(seen, since)
    options = {"kind": kind, "form": form, "lang": lang, "since": since.isoformat() if since else None}
    return _ask(seen, "paper", options)


def ask_verification(seen: View) -> int:
    """Ask for the chain of changes to be verified; returns the number of the run. Raises NotAllowed."""
    return _ask(seen, "verify", {})


def runs_of(seen: View, task: str) -> tuple[Standing, ...]:
    """Runs of one kind that this reader may know of, newest first."""
    from exitplan.store import runs

    return tuple(run for run in runs.recent(seen.mission, seen.reader) if run.task == task and _may_be_named(seen, run))


def run_of(seen: View, run: int, task: str) -> Standing:
    """One run. Raises NotFound also where it belongs to readers of another role, or names an entry that is no longer shown."""
    from exitplan.store import runs

    found = runs.standing(seen.mission, run)
    if (found.role, found.partner, found.task) != (seen.reader.role, seen.reader.partner or "", task):
        raise NotFound("run", str(run))
    if not _may_be_named(seen, found):
        raise NotFound("run", str(run))
    return found


NAMED = {"plan": "plan", "against": "plan", "scenario": "scenario", "area": "area"}
"""Options of runs that name an entry, each with its kind."""


def _may_be_named(seen: View, run: Standing) -> bool:
    """Whether the reader sees every entry that was named when a run was asked for."""
    return all(seen.knows(kind, run.options[name]) for name, kind in NAMED.items() if run.options.get(name))


def why_failed(seen: View, run: Standing) -> tuple[Finding, ...]:
    """
    What was wrong with what a run was asked, where it failed and the reader may still be told.

    Nothing for a fault of ours, of which the run has a reference.
    """
    if run.state != "failed":
        return ()
    try:
        return told(_brought(seen, run.id)["findings"])
    except NotFound:
        return ()


def drawn(seen: View, run: int) -> Drawn:
    """
    Futures that a run brought.

    Raises NotFound where it has not ended well, or where an entry it rests on has been taken from the reader's sight since,
    such as an area or a source: the figures of the country would tell of it.
    """
    found = run_of(seen, run, "futures")
    if found.state != "done":
        raise NotFound("futures", str(run))
    return _drawn(seen.shared, run)


@dataclass(frozen=True)
class Kept:
    """Futures that can still be shown, newest first."""

    drawn: tuple[Drawn, ...]
    left: int
    """Older runs that were not looked at."""
    not_shown: bool
    """Whether some rest on an entry that has been taken from the reader's sight since."""


def kept_futures(seen: View, most: int) -> Kept:
    """
    Futures that this reader's role had drawn.

    Parameters
    ----------
    most
        Runs looked at, 1 or more.
    """
    return _kept(seen, seen.reader, most)


def kept_futures_at_machine(seen: View, most: int) -> Kept:
    """The same of every role, for whoever can open the database itself and so sees the whole mission."""
    return _kept(seen, None, most)


def _kept(seen: View, reader: Reader | None, most: int) -> Kept:
    from exitplan.store import runs

    ended, all_of_them = runs.done(seen.mission, "futures", reader, most)
    found, not_shown = [], False
    for run in ended:
        if not _may_be_named(seen, run):
            continue
        try:
            found.append(_drawn(seen.shared, run.id))
        except _Taken:
            not_shown = True
        except NotFound:  # forgotten with a redaction
            continue
    return Kept(tuple(found), all_of_them - len(ended), not_shown)


class _Taken(NotFound):
    """What a run brought speaks of an entry that has been taken from the reader's sight since, or does not say of what it speaks."""


def _brought(seen: View, run: int) -> dict[str, Any]:
    """
    What a run brought, where the reader may still be told.

    Raises NotFound. Results that older versions kept do not say what they speak of: they have to be asked for again.
    """
    from exitplan.store import runs

    stored: dict[str, Any] | None = runs.result(seen.mission, run)
    if stored is None:  # forgotten with a redaction
        raise NotFound("run", str(run))
    if not seen.still_shows(stored.get("shown", ())):
        raise _Taken("run", str(run))
    return stored


@kept_with(most=KEPT_DRAWN)
def _drawn(seen: View, run: int) -> Drawn:
    from exitplan.store import runs

    answer = Answer.model_validate(_brought(seen, run)["answer"])
    return Drawn(runs.standing(seen.mission, run), FuturesResult.model_validate(answer.result), answer)


def explained(seen: View, run: int) -> Explained:
    """Why two plans differ, as a run found it. Raises NotFound as `drawn` does."""
    found = run_of(seen, run, "explain")
    if found.state != "done":
        raise NotFound("run", str(run))
    return _explained(seen.shared, run)


@kept_with(most=KEPT_DRAWN)
def _explained(seen: View, run: int) -> Explained:
    from exitplan.store import runs

    answer = Answer.model_validate(_brought(seen, run)["answer"])
    return Explained(runs.standing(seen.mission, run), ExplainResult.model_validate(answer.result), answer)


def paper(seen: View, run: int, name: str, task: str = "brief") -> bytes:
    """
    One file of a brief or of another document. Raises NotFound, also where it speaks of an entry that has been taken from the reader's sight since.
    """
    import base64

    found = run_of(seen, run, task)
    if found.state != "done":
        raise NotFound(task, str(run))
    files = _brought(seen, run)["files"]
    if name not in files:
        raise NotFound("file", name, tuple(files))
    return base64.b64decode(files[name])


def verification(seen: View, run: int) -> Verification:
    """What a verification of the chain found. Raises NotFound where it has not ended well."""
    from exitplan.store import runs

    found = run_of(seen, run, "verify")
    result = runs.result(seen.mission, run)
    if found.state != "done" or result is None:
        raise NotFound("verification", str(run))
    broken = result["broken"]
    strange = [(what, code) for what, code in result["strange"] if _may_hear_of(seen, what, code)]
    return Verification(
        revisions=result["revisions"],
        broken=broken["number"] if broken else None,
        why=Wanted(broken["why"], **broken["values"]) if broken else None,
        strange=tuple(strange),
        not_shown=len(strange) < len(result["strange"]),
    )


def _may_hear_of(seen: View, what: str, code: str) -> bool:
    """Whether a reader may be told that something was altered; what is gone altogether is named to those who see everything."""
    from exitplan.usecases.documents import listed

    if seen.reader.role in CLASSIFIED["confidential"]:
        return True
    if what == "document":
        return any(str(document.id) == code for document in listed(seen.reader, seen.mission))
    return seen.knows(what, code)


def cancel(seen: View, run: int, task: str, at: datetime) -> None:
    """Ask a run to stop. Raises NotAllowed, NotFound."""
    from exitplan.store import runs

    require(seen.reader, NEEDS[task])
    run_of(seen, run, task)
    runs.cancel(seen.mission, run, at)


def again(seen: View, run: int, task: str) -> int:
    """Ask for the same once more, of the mission as it stands now. Raises NotAllowed, NotFound."""
    from exitplan.store import runs

    require(seen.reader, NEEDS[task])
    run_of(seen, run, task)
    return runs.again(seen.mission, run, seen.reader)


def _ask(seen: View, task: str, options: dict[str, Any]) -> int:
    from exitplan.store import runs

    require(seen.reader, NEEDS[task])
    return runs.ask(seen.mission, task, options, seen.reader)


def _scenario(seen: View, code: str | None) -> str | None:
    """The scenario asked for, else the mission's default by its code; None where it has none. Raises NotFound."""
    found = seen.dossier.scenario(code)
    return found.code if seen.knows("scenario", found.code) else None


def _within(name: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise InvalidValue(name, value, Wanted("a whole number from {least} to {most}", least=least, most=most))
