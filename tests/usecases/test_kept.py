"""What is worked out from a thing is kept with it, once for everybody, and no longer than the thing."""

from __future__ import annotations

import gc
import threading
import time
import weakref

import pytest

from exitplan.usecases.kept import kept_with


class Thing:
    """Something that results are kept with."""


def test_a_result_is_worked_out_once_and_told_apart_by_what_was_asked():
    """A page that is opened again costs nothing; another language is another page."""
    done = []

    @kept_with(most=4)
    def twice(thing: Thing, n: int) -> int:
        done.append(n)
        return 2 * n

    one, other = Thing(), Thing()
    assert [twice(one, 1), twice(one, 1), twice(one, 2), twice(other, 1)] == [2, 2, 4, 2]
    assert done == [1, 2, 1]


def test_only_the_last_results_are_kept():
    """Memory is bounded whatever is asked; what was asked for last stays."""
    done = []

    @kept_with(most=2)
    def same(thing: Thing, n: int) -> int:
        done.append(n)
        return n

    thing = Thing()
    for n in (1, 2, 1, 3, 1, 2):
        assert same(thing, n) == n
    assert done == [1, 2, 3, 2]


def test_results_go_with_the_thing():
    """A mission as it stood before a change must not stay in memory for the sake of its pictures."""

    @kept_with(most=2)
    def itself(thing: Thing) -> list[Thing]:
        return [thing]

    thing = Thing()
    itself(thing)
    gone = weakref.ref(thing)
    del thing
    gc.collect()
    assert gone() is None


def test_of_several_who_ask_at_once_one_works():
    """After a change everybody opens the overview: it is made once, and the others wait for it."""
    done = []

    @kept_with(most=2)
    def slow(thing: Thing) -> int:
        done.append(threading.get_ident())
        time.sleep(0.05)
        return len(done)

    thing, found = Thing(), []
    threads = [threading.Thread(target=lambda: found.append(slow(thing))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(done), found) == (1, [1] * 8)


def test_what_raises_is_tried_again():
    """A fault is told each time and never kept in the place of a result."""
    done = []

    @kept_with(most=2)
    def fails_once(thing: Thing) -> str:
        done.append(1)
        if len(done) == 1:
            raise ValueError("not yet")
        return "there"

    thing = Thing()
    with pytest.raises(ValueError, match="not yet"):
        fails_once(thing)
    assert fails_once(thing) == "there"
