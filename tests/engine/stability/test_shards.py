"""Shards of a job add up to the bits of one process, however they are cut."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exitplan.domain.errors import InvalidValue
from exitplan.engine.stability.benchmarks import own_months
from exitplan.engine.stability.fit import fit
from exitplan.engine.stability.futures import Draws, draw, draw_past
from exitplan.engine.stability.shards import Job, counted, counted_here, split
from exitplan.engine.stability.tally import Tally
from tests.engine.stability.test_futures import leaving, same


@pytest.fixture
def job(lively, priors) -> Job:
    """Two hundred blocks under a mission that leaves."""
    draws = Draws(seed=3, futures=6400, threads=2, progress=lambda done, whole: None)
    return Job(fitted=fit(lively, priors), panel=lively, presence=leaving(5, 18), draws=draws)


@given(blocks=st.integers(1, 500), each=st.integers(1, 600))
def test_every_block_is_in_one_shard(blocks, each):
    """None is left out and none is counted twice."""
    parts = split(0, blocks, each)

    assert [b for first, size in parts for b in range(first, first + size)] == list(range(blocks))
    assert all(1 <= size <= each for _, size in parts)


@pytest.mark.parametrize(("blocks", "each"), [(0, 1), (1, 0), (5, -1)])
def test_no_blocks_and_empty_shards_are_refused(blocks, each):
    """A job without blocks has no counts to give."""
    with pytest.raises(InvalidValue, match="one block or more"):
        split(0, blocks, each)


@pytest.mark.slow
@pytest.mark.parametrize("each", [1, 37, 64, 200])
def test_shards_in_any_order_add_up_to_one_process(job, each):
    """The model and the area's own past, in whole and in pieces, forwards and backwards."""
    sent = pickle.loads(pickle.dumps(job.to_send()))
    parts = [counted(sent, first, size) for first, size in reversed(split(0, job.draws.blocks, each))]
    total = parts[0]
    for part in parts[1:]:
        total = total + part

    assert same(total, draw(job.fitted, job.panel, job.presence, job.draws))


def test_the_own_past_is_counted_like_the_model(job):
    """A job without a model is `draw_past`, whatever the presence says."""
    own = Job(fitted=None, panel=job.panel, presence=job.presence, draws=job.draws, past=own_months(job.panel, 36))
    halves = counted(own, 0, 90) + counted(own, 90, 110)

    assert same(halves, draw_past(job.panel, 18, job.draws, own_months(job.panel, 36)))
    assert same(halves, counted_here(own))
    assert same(counted_here(job), draw(job.fitted, job.panel, job.presence, job.draws))


def test_several_jobs_are_counted_alike_until_the_error_of_all_of_them_is_small_enough(job):
    """As many futures of a quiet history as of a lively one; a look earlier the error was too large."""
    quiet = replace(job.panel, deaths=np.zeros((5, 96)), low=np.zeros((5, 96)), high=np.zeros((5, 96)))
    seen: list[tuple[int, int]] = []
    draws = replace(job.draws, futures=64_000, error=0.02, progress=lambda done, whole: seen.append((done, whole)))
    jobs = [
        replace(job, draws=draws),
        replace(job, fitted=fit(quiet, job.fitted.priors), panel=quiet, draws=replace(draws, seed=4)),
    ]
    found = counted_here(*jobs)

    def of_each(blocks: int) -> Tally:
        first, second = (counted(one.to_send(), 0, blocks) for one in jobs)
        return first + second

    each = found.blocks // 2
    assert 64 < each < 2000
    assert same(found, of_each(each))
    assert found.worst_error() <= 0.02 < of_each(each - 64).worst_error()
    assert seen == sorted(seen)
    assert {whole for _, whole in seen} == {4000}
    assert seen[-1] == (4000, 4000)


def test_a_shard_is_not_the_whole(job):
    """The equality above can fail: another range of blocks has other counts."""
    assert not np.array_equal(counted(job, 0, 100).deaths, counted(job, 100, 100).deaths)


@pytest.mark.parametrize(("first", "blocks"), [(0, 0), (-1, 3), (0, -1)])
def test_blocks_that_are_none_are_refused(job, first, blocks):
    """They would be futures that nobody asked for."""
    with pytest.raises(InvalidValue, match="first, blocks"):
        counted(job, first, blocks)
