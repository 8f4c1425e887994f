"""
Futures in shards: a job cut into ranges of blocks that can be counted anywhere, in any order, by anyone.

Several jobs may be counted together: as many futures of each, whose error is looked at over all of them.

Every block's luck is keyed by its number, and only whole numbers are counted, so the sum of the shards has the bits of one
process. A shard that is counted again after a machine was lost gives the same counts. Method page: docs/methods/futures.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add
from typing import Protocol

from exitplan.domain.errors import InvalidValue
from exitplan.engine.stability.cover import Presence
from exitplan.engine.stability.fit import Fitted
from exitplan.engine.stability.futures import Draws, Progress, draw_blocks, until_error
from exitplan.engine.stability.panel import Floats, Panel
from exitplan.engine.stability.tally import Tally


@dataclass(frozen=True, kw_only=True)
class Job:
    """
    Futures to be counted: the arguments of `futures.draw`, as one value that can travel.

    Parameters
    ----------
    fitted
        The model; None for draws from what has been.
    past
        The months to draw from without a model, as in `futures.draw_past`.
    panel, presence, draws, kappa
        As in `futures.draw`.
    """

    fitted: Fitted | None
    panel: Panel
    presence: Presence
    draws: Draws
    kappa: float | None = None
    past: Floats | None = None

    def __post_init__(self) -> None:
        if (self.fitted is None) == (self.past is None):
            raise InvalidValue(
                "Job.past", "both" if self.fitted else "neither", "either a model or months that have been"
            )

    def to_send(self) -> Job:
        """The same job without what stays at home: who watches it, and how many threads this machine has."""
        return replace(self, draws=replace(self.draws, progress=None, threads=1))


class Count(Protocol):
    """Whoever counts the futures of jobs; the counts do not depend on who."""

    def __call__(self, *jobs: Job) -> Tally:
        """The futures of one job, or of several as `counted_together` has them."""


def counted_here(*jobs: Job) -> Tally:
    """Whole jobs, on the threads of this process."""
    return counted_together(jobs, [counted] * len(jobs))


def counted_together(jobs: Sequence[Job], parts: Sequence[Callable[[Job, int, int], Tally]]) -> Tally:
    """
    As many futures of each job; where an error is wanted, until that of all of them together is small enough.

    Parameters
    ----------
    jobs
        One or more, alike in everything that is asked of their draws; only their seeds may differ.
    parts
        Who counts so many blocks of each job from a first one on, as `counted` does.
    """
    draws, told = jobs[0].draws, [0] * len(jobs)

    def watched(at: int, tell: Progress) -> Progress:
        def told_of_one(done: int, whole: int) -> None:
            told[at] = done
            tell(sum(told), whole * len(jobs))

        return told_of_one

    if (tell := draws.progress) is not None:
        jobs = [replace(job, draws=replace(job.draws, progress=watched(k, tell))) for k, job in enumerate(jobs)]
    found = until_error(
        replace(draws, progress=None),
        lambda first, blocks: reduce(add, (part(job, first, blocks) for part, job in zip(parts, jobs, strict=True))),
    )
    if tell is not None and sum(told) < (whole := draws.blocks * len(jobs)):
        tell(whole, whole)
    return found


def counted(job: Job, first: int, blocks: int) -> Tally:
    """
    Count a shard: pure, so that it can be done again.

    Parameters
    ----------
    first, blocks
        The shard's first block and its number of blocks.

    Raises
    ------
    InvalidValue
        For blocks that are not all the job's.
    """
    if not (0 <= first < first + blocks <= job.draws.blocks):
        raise InvalidValue("first, blocks", (first, blocks), f"one block or more within range(0, {job.draws.blocks})")
    given = (job.fitted, job.panel, job.presence, job.draws, job.kappa)
    return draw_blocks(*given, first=first, blocks=blocks, past=job.past)


def split(first: int, blocks: int, each: int) -> tuple[tuple[int, int], ...]:
    """
    Cut blocks into shards.

    Parameters
    ----------
    first, blocks
        First block, zero or more, and how many, one or more.
    each
        Blocks in a shard, one or more; the last one may have fewer.

    Returns
    -------
    tuple
        First block and number of blocks of each shard, in order.

    Raises
    ------
    InvalidValue
        When a number is below its least.
    """
    if not (first >= 0 and blocks >= 1 and each >= 1):
        raise InvalidValue("split", (first, blocks, each), "one block or more, and shards of one block or more")
    end = first + blocks
    return tuple((at, min(each, end - at)) for at in range(first, end, each))
