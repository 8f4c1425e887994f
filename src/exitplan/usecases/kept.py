"""What is worked out from a thing is kept with the thing, and goes when it goes.

A cache of its own would hold on to missions as they stood many changes ago. Of several who ask for the same at once, one works
it out and the others wait: a page that everybody opens after a change is made once.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

Owner = TypeVar("Owner")
Asked = ParamSpec("Asked")
Result = TypeVar("Result")


class _Slot:
    """One result, or the place where it will be."""

    __slots__ = ("filled", "lock", "result")

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.filled = False
        self.result: Any = None


def kept_with(
    most: int,
) -> Callable[[Callable[Concatenate[Owner, Asked], Result]], Callable[Concatenate[Owner, Asked], Result]]:
    """
    Keep the last `most` results of a function with its first argument; the others, given by place, tell them apart.

    What raises is not kept.
    """

    def decorated(
        work: Callable[Concatenate[Owner, Asked], Result],
    ) -> Callable[Concatenate[Owner, Asked], Result]:
        shelf, opening = f"_kept_{work.__module__}_{work.__qualname__}", threading.Lock()

        @wraps(work)
        def found(owner: Owner, /, *asked: Asked.args, **named: Asked.kwargs) -> Result:
            key: Hashable = (asked, tuple(named.items()))
            with opening:
                slots: dict[Hashable, _Slot] = vars(owner).setdefault(shelf, {})
                slot = slots.pop(key, None) or _Slot()
                slots[key] = slot  # the last in the row was asked for last
                while len(slots) > most:
                    del slots[next(iter(slots))]
            with slot.lock:
                if not slot.filled:
                    slot.result = work(owner, *asked, **named)
                    slot.filled = True
            result: Result = slot.result
            return result

        return found

    return decorated
