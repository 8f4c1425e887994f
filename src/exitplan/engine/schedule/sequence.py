"""The earliest feasible sequence: serial schedule generation, then every step pulled as early as it goes.

Serial schedule generation takes the tasks in an order that keeps precedence and puts each at its earliest feasible month
(Kolisch 1996, *European Journal of Operational Research* 90(2), 320-333). Several priority orders are tried and the one
that ends first is kept; then single steps are moved earlier until none can move alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from exitplan.domain.months import month_text
from exitplan.domain.results.schedule import Binding
from exitplan.engine.schedule.problem import Problem, Task, people

Months = dict[str, int | None]
"""Completion month of each task; None where no month within the horizon can take it."""


@dataclass(frozen=True)
class Clash:
    """One limit that a task would break in a month. `rank` orders limits from those nobody can move to those somebody can."""

    rank: int
    binding: Binding


def feasible_sequence(problem: Problem) -> Months:
    """
    Completion month of every task, each as early as the limits and the other tasks allow.

    Tasks already done keep their past month; tasks that stay, or that no month can take, have None. The result is feasible
    (`violations` finds nothing) and no task can be moved earlier alone; another order might still end sooner.
    """
    tried = [_pull_forward(problem, _generate(problem, order)) for order in _orders(problem)]
    return min(tried, key=lambda months: _worth(problem, months))


def _worth(problem: Problem, months: Months) -> tuple[int, int, int]:
    open_tasks = [months[t.name] for t in problem.tasks if t.done is None and not t.stays]
    placed = [m for m in open_tasks if m is not None]
    return len(open_tasks) - len(placed), max(placed, default=0), sum(placed)


def _orders(problem: Problem) -> Iterator[list[Task]]:
    """Orders to try: longest chain first, planned month first, most people last, shortest first."""
    tail = chain_lengths(problem)
    far = problem.horizon
    keys: tuple[Callable[[Task], tuple[float, ...]], ...] = (
        lambda t: (-tail[t.name],),
        lambda t: (far if t.planned is None else t.planned, -tail[t.name]),
        lambda t: (t.military + t.police, -tail[t.name]),
        lambda t: (t.months, -tail[t.name]),
    )
    for key in keys:
        yield _keeping_precedence(problem, key)


def chain_lengths(problem: Problem) -> dict[str, int]:
    """Months of the longest chain that begins with each task, its own included."""
    followers: dict[str, list[tuple[str, int]]] = {t.name: [] for t in problem.tasks}
    for task in problem.tasks:
        for wait in task.waits:
            if wait.task in followers:
                followers[wait.task].append((task.name, wait.lag))
    lengths: dict[str, int] = {}
    for task in reversed(_keeping_precedence(problem, lambda t: (0.0,))):
        after = (lag + lengths[name] for name, lag in followers[task.name])
        lengths[task.name] = max([task.months, *after])
    return lengths


def _keeping_precedence(problem: Problem, key: Callable[[Task], tuple[float, ...]]) -> list[Task]:
    """All tasks, predecessors first, otherwise by key and code. Tasks on a circle come last, in order of code."""
    names = {t.name for t in problem.tasks}
    waiting = {t.name: {w.task for w in t.waits if w.task in names} for t in problem.tasks}
    left = sorted(problem.tasks, key=lambda t: (*key(t), t.name))
    order: list[Task] = []
    placed: set[str] = set()
    while left:
        ready = next((t for t in left if waiting[t.name] <= placed), left[0])
        order.append(ready)
        placed.add(ready.name)
        left.remove(ready)
    return order


def _generate(problem: Problem, order: list[Task]) -> Months:
    months: Months = {t.name: t.done for t in problem.tasks}
    use = Use(problem, months)
    for task in order:
        if task.done is None and not task.stays:
            months[task.name] = earliest_month(problem, use, task)
            use.add(task, months[task.name])
    return months


def _pull_forward(problem: Problem, months: Months) -> Months:
    """Move single tasks to an earlier feasible month until none moves; each move lowers the sum, so it ends."""
    use = Use(problem, months)
    for task in problem.tasks:
        use.add(task, months[task.name] if task.done is None else None)
    moved = True
    while moved:
        moved = False
        for task in sorted(problem.tasks, key=lambda t: (months[t.name] is None, months[t.name] or 0, t.name)):
            if task.done is not None or task.stays:
                continue
            now = months[task.name]
            use.remove(task, now)
            months[task.name] = None
            sooner = earliest_month(problem, use, task, before=now)
            months[task.name] = now if sooner is None else sooner
            use.add(task, months[task.name])
            moved = moved or sooner is not None
    return months


class Use:
    """What the tasks placed so far take of every limit."""

    def __init__(self, problem: Problem, months: Months) -> None:
        self.problem = problem
        self.months = months
        horizon = problem.horizon
        self.loads = {code: [0.0] * horizon for code in problem.resources}
        self.closures = [0] * horizon
        sites = [t for t in problem.tasks if t.kind == "site" and t.done is None]
        self.strength = {b.code: [sum(people(t, b.people) for t in sites)] * horizon for b in problem.bounds}
        self.spent = {
            p.code: sum(t.running for t in sites) * len(_span(problem, p.first, p.last)) for p in problem.purses
        }

    def add(self, task: Task, month: int | None, sign: int = 1) -> None:
        """Book a task at a month; nothing for None."""
        if month is None:
            return
        for code, amount in task.loads:
            for at in range(max(0, month - task.months + 1), month + 1):
                if code in self.loads:
                    self.loads[code][at] += sign * amount
        if task.kind == "site":
            self.closures[month] += sign
            for bound in self.problem.bounds:
                leaving = people(task, bound.people)
                strength = self.strength[bound.code]
                for at in range(month, self.problem.horizon):
                    strength[at] -= sign * leaving
        for purse in self.problem.purses:
            self.spent[purse.code] += sign * extra_cost(self.problem, task, month, purse.first, purse.last)

    def remove(self, task: Task, month: int | None) -> None:
        """Take a booking back."""
        self.add(task, month, -1)


def _span(problem: Problem, first: int, last: int) -> range:
    return range(max(0, first), min(problem.horizon - 1, last) + 1)


def extra_cost(problem: Problem, task: Task, month: int, first: int, last: int) -> float:
    """What doing a task in a month adds to the spending of a span: its one-off cost, less the running cost it saves."""
    span = _span(problem, first, last)
    saved = sum(1 for at in span if at > month) * task.running
    return (task.cost if month in span else 0.0) - saved


def earliest_month(problem: Problem, use: Use, task: Task, before: int | None = None) -> int | None:
    """The first month that breaks no limit; None when there is none (before a month, where one is given)."""
    last = problem.horizon if before is None else before
    for month in range(last):
        if next(clashes(problem, use, task, month), None) is None:
            return month
    return None


def clashes(problem: Problem, use: Use, task: Task, month: int) -> Iterator[Clash]:
    """Every limit a task would break if it were completed in a month, the least movable first."""

    def clash(rank: int, kind: str, code: str = "", at: int | None = None) -> Clash:
        text = None if at is None else month_text(problem.first_month + at)
        return Clash(rank, Binding(kind=kind, code=code, month=text))

    if month - task.months + 1 < problem.start:
        if month < problem.start:
            yield clash(0, "start")
        else:
            yield clash(1, "closure_steps" if task.lead else "duration", task.code)
    for gate in task.gates:
        opens = problem.gate_months.get(gate)
        if opens is None or month < opens:
            yield clash(2, "gate", gate, opens)
    for wait in task.waits:
        if wait.task in use.months and (done := use.months[wait.task]) is not None:
            if month < done + wait.lag:
                yield clash(3, wait.why, wait.task, done)
        elif wait.task in use.months and not problem.task(wait.task).stays:
            yield clash(3, wait.why, wait.task)
    for other in problem.tasks:
        follower = use.months.get(other.name)
        if follower is not None and other.done is None:
            for wait in other.waits:
                if wait.task == task.name and month + wait.lag > follower:
                    yield clash(3, wait.why, other.name, follower)
    if (stop := problem.blackouts.get(task.name, {}).get(month)) is not None:
        yield clash(4, "blackout", stop, month)
    if month in problem.paused:
        yield clash(4, "pause", at=month)
    if task.kind == "site":
        if use.closures[month] >= problem.closures_a_month:
            yield clash(5, "closures_a_month", at=month)
        for bound in problem.bounds:
            leaving = people(task, bound.people)
            short = next(
                (
                    at
                    for at in range(month, problem.horizon)
                    if (least := bound.least[at]) is not None and use.strength[bound.code][at] - leaving < least
                ),
                None,
            )
            if leaving and short is not None:
                yield clash(5, "ceiling_floor", bound.code, short)
    for code, amount in task.loads:
        if code in use.loads:
            full = next(
                (
                    at
                    for at in range(max(0, month - task.months + 1), month + 1)
                    if use.loads[code][at] + amount > problem.resources[code][at] + 1e-9
                ),
                None,
            )
            if full is not None:
                yield clash(6, "resource", code, full)
    for purse in problem.purses:
        extra = extra_cost(problem, task, month, purse.first, purse.last)
        if extra > 0 and use.spent[purse.code] + extra > purse.amount + 1e-6:
            yield clash(7, "budget", purse.code, month)


def bindings(problem: Problem, months: Months) -> Mapping[str, tuple[Binding, ...]]:
    """For every task, what keeps it from its month before; for one without a month, what keeps it from the last month."""
    use = Use(problem, dict(months))
    for task in problem.tasks:
        use.add(task, months[task.name] if task.done is None else None)
    found: dict[str, tuple[Binding, ...]] = {}
    for task in problem.tasks:
        month = months[task.name]
        if task.done is not None:
            found[task.name] = (Binding(kind="done"),)
            continue
        if task.stays:
            found[task.name] = (Binding(kind="plan"),)
            continue
        use.remove(task, month)
        use.months[task.name] = None
        held = (
            [Clash(0, Binding(kind="start"))]
            if month == 0
            else list(clashes(problem, use, task, problem.horizon - 1 if month is None else month - 1))
        )
        use.months[task.name] = month
        use.add(task, month)
        found[task.name] = tuple(c.binding for c in sorted(held, key=lambda c: c.rank))
    return found


def violations(problem: Problem, months: Months) -> tuple[str, ...]:
    """Every limit that a finished sequence breaks, counted afresh from the problem: empty for a feasible one."""
    broken: list[str] = []
    todo = [t for t in problem.tasks if t.done is None and months[t.name] is not None]
    at = {t.name: m for t in problem.tasks if (m := months[t.name]) is not None}
    for task in todo:
        month = at[task.name]
        if task.stays:
            broken.append(f"{task.name} closes although it stays")
        if month - task.months + 1 < problem.start or month >= problem.horizon:
            broken.append(f"{task.name} outside the months of the plan")
        for gate in task.gates:
            opens = problem.gate_months.get(gate)
            if opens is None or month < opens:
                broken.append(f"{task.name} before gate {gate}")
        for wait in task.waits:
            other = next((t for t in problem.tasks if t.name == wait.task), None)
            if other is not None and not other.stays and (wait.task not in at or month < at[wait.task] + wait.lag):
                broken.append(f"{task.name} before {wait.task}")
        if month in problem.paused or month in problem.blackouts.get(task.name, {}):
            broken.append(f"{task.name} in a month in which nothing may be completed")
    for month in range(problem.horizon):
        for code, capacity in problem.resources.items():
            used = sum(a for t in todo if at[t.name] - t.months < month <= at[t.name] for c, a in t.loads if c == code)
            if used > capacity[month] + 1e-6:
                broken.append(f"{code} over in month {month}")
        if sum(t.kind == "site" and at[t.name] == month for t in todo) > problem.closures_a_month:
            broken.append(f"too many closures in month {month}")
        for bound in problem.bounds:
            left = sum(
                people(t, bound.people)
                for t in problem.tasks
                if t.kind == "site" and t.done is None and at.get(t.name, problem.horizon) > month
            )
            closing_now = any(t.kind == "site" and people(t, bound.people) and at[t.name] <= month for t in todo)
            if (least := bound.least[month]) is not None and left < least and closing_now:
                broken.append(f"{bound.code} short in month {month}")
    return tuple(broken)
