"""Put jobs into the queue, in the transaction of whoever needs them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from shuoshi.jobs.models import Job
from shuoshi.jobs.rules.failures import UnknownTask
from shuoshi.jobs.rules.registry import TASKS
from shuoshi.jobs.rules.schedule import EPOCH


LONGEST_ID: Final = 64


def enqueue(
    name: str,
    arguments: Mapping[str, int | str] | None = None,
    *,
    run_at: datetime = EPOCH,
    key: str | None = None,
    priority: int = 0,
) -> None:
    """
    Put a job into the queue, at once or for later; a key that is there adds nothing.

    :raises UnknownTask: if no room declares the task.
    :raises TypeError: if an argument is no id.
    """
    if name not in TASKS:
        raise UnknownTask(name)
    given = dict(arguments or {})
    if any(not _is_id(value) for value in given.values()):
        raise TypeError(f"the arguments of {name} must be ids")
    job = Job(
        name=name,
        arguments=given,
        run_at=run_at,
        key=key,
        priority=priority,
        max_attempts=TASKS[name].attempts,
    )
    # Not caught afterwards: a conflict would break the caller's transaction.
    Job.objects.bulk_create([job], ignore_conflicts=key is not None)


def _is_id(value: object) -> bool:
    return isinstance(value, int) or (
        isinstance(value, str) and len(value) <= LONGEST_ID
    )
