"""The tasks that the rooms declare, by name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from shuoshi.jobs.rules.schedule import Schedule


@dataclass(frozen=True)
class Declared:
    """
    A task as the worker knows it.

    An atomic task and its end are one transaction. A task that calls many actions,
    each with its own transaction, is not atomic, and harmless when it runs again.
    """

    name: str
    function: Callable[..., Any]
    attempts: int = 5
    lease: timedelta = timedelta(minutes=5)
    atomic: bool = True
    schedule: Schedule | None = None


TASKS: Final[dict[str, Declared]] = {}


def name_of(function: Callable[..., Any]) -> str:
    """Return ``room.function``, the name under which jobs are kept."""
    room = function.__module__.removeprefix("shuoshi.").removesuffix(".tasks")
    return f"{room}.{function.__qualname__}"


def declare(task: Declared) -> None:
    """
    Remember a task.

    :raises ValueError: if another one has its name.
    """
    if task.name in TASKS:
        raise ValueError(f"there are two tasks of the name {task.name}")
    TASKS[task.name] = task
