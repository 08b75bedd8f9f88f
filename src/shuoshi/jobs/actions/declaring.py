"""Declare tasks: ``@task`` and ``@periodic``, for the ``tasks.py`` of every room."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any, Generic, ParamSpec, overload

from shuoshi.jobs.actions.queue import enqueue
from shuoshi.jobs.rules.registry import Declared, declare, name_of
from shuoshi.jobs.rules.schedule import EPOCH, Daily, Every


P = ParamSpec("P")


@dataclass(frozen=True)
class Task(Generic[P]):
    """A function that can be called now, or later by a worker."""

    name: str
    function: Callable[P, None]
    run_at: datetime = EPOCH
    key: str | None = None
    priority: int = 0

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Do it now."""
        self.function(*args, **kwargs)

    def using(
        self, *, run_at: datetime = EPOCH, key: str | None = None, priority: int = 0
    ) -> "Task[P]":
        """Return the task with a time, a key that makes it unique, a priority."""
        return replace(self, run_at=run_at, key=key, priority=priority)

    def enqueue(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """
        Let a worker do it, once the transaction at hand is committed.

        :raises TypeError: if an argument is not named, or is no id.
        """
        if args:
            raise TypeError("name the arguments of a job")
        given: dict[str, Any] = dict(kwargs)
        enqueue(
            self.name, given, run_at=self.run_at, key=self.key, priority=self.priority
        )


@overload
def task(function: Callable[P, None], /) -> Task[P]: ...
@overload
def task(
    *, attempts: int = ..., lease: timedelta = ..., atomic: bool = ...
) -> Callable[[Callable[P, None]], Task[P]]: ...
def task(function: Callable[P, None] | None = None, /, **how: Any) -> Any:
    """Declare a function as a task that workers may run."""

    def declared(function: Callable[P, None]) -> Task[P]:
        name = name_of(function)
        declare(Declared(name, function, **how))
        return Task(name, function)

    return declared(function) if function else declared


def periodic(
    *,
    every: timedelta | None = None,
    daily_at: time | None = None,
    attempts: int = 3,
    lease: timedelta = timedelta(minutes=5),
    atomic: bool = False,
) -> Callable[[Callable[[], None]], Task[[]]]:
    """
    Declare a task that comes again: after each interval, or once a day.

    :raises ValueError: unless exactly one of the two is given.
    """
    if (every is None) == (daily_at is None):
        raise ValueError("a periodic task has either an interval or a time of day")
    schedule = Every(every) if every else Daily(daily_at or time())
    return task(attempts=attempts, lease=lease, atomic=atomic, schedule=schedule)  # type: ignore[call-overload, no-any-return]
