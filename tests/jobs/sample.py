"""Tasks for the tests. What they do can be read from the record."""

import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

from shuoshi.jobs.actions import task
from shuoshi.jobs.models import Job
from shuoshi.trail.actions import note_reading


NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@task
def note(number: int) -> None:
    """Leave a trace."""
    note_reading(mine_id=number, about=UUID(int=1), field="x", by="clock", at=NOW)


@task(attempts=2)
def fail(number: int) -> None:
    """Leave a trace, then fail with a text that nobody should read."""
    note(number)
    raise ValueError(f"张三 said {number}")


@task(attempts=1, atomic=False)
def fail_half_way() -> None:
    """Do one half, which stays."""
    note(1)
    raise KeyError("张三")


@task(atomic=False, lease=timedelta(minutes=1), attempts=2)
def hang() -> None:
    """Take longer than anybody waits."""
    time.sleep(60)


@task
def lose_the_lease() -> None:
    """Be taken over by somebody else while at it."""
    note(1)
    Job.objects.update(lease_by="another worker")
