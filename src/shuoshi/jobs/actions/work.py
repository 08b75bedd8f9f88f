"""What a worker does: lease a job, run it, end it; add what the clock brings."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.timezone import get_default_timezone

from shuoshi.jobs.actions.queue import enqueue
from shuoshi.jobs.models import Heartbeat, Job, JobState
from shuoshi.jobs.queries import lapsed_jobs, ready_jobs
from shuoshi.jobs.rules.failures import LeaseLost, UnknownTask, described, wait_after
from shuoshi.jobs.rules.registry import TASKS, Declared


logger = logging.getLogger(__name__)
LEASE: Final = timedelta(minutes=5)
KEEP_DONE: Final = timedelta(days=7)
KEEP_DEAD: Final = timedelta(days=30)
KEEP_WORKERS: Final = timedelta(days=1)


def claim(*, worker: str, now: datetime) -> Job | None:
    """Lease the next job to a worker, or one whose worker was killed; None if idle."""
    # Looked at before the transaction, which takes SQLite's only write lock.
    if _is_idle(now):
        return None
    with transaction.atomic():
        _bury_killers(now)
        free = lapsed_jobs(now).select_for_update(skip_locked=True).first() or (
            ready_jobs(now).select_for_update(skip_locked=True).first()
        )
        if free is None:
            return None
        task = TASKS.get(free.name)
        Job.objects.filter(pk=free.pk).update(
            state=JobState.RUNNING,
            attempts=F("attempts") + 1,
            lease_by=worker,
            lease_until=now + (task.lease if task else LEASE),
        )
        free.refresh_from_db()
    return free


def _is_idle(now: datetime) -> bool:
    return not (ready_jobs(now).exists() or lapsed_jobs(now).exists())


def _bury_killers(now: datetime) -> None:
    """Give up what ended its worker, not only itself, in every attempt."""
    lapsed_jobs(now).filter(attempts__gte=F("max_attempts")).update(
        state=JobState.DEAD,
        lease_until=None,
        ended_at=now,
        error="LeaseLost",
    )


def run(job: Job, *, clock: Callable[[], datetime]) -> bool:
    """Run a leased job to its end or its failure; tell whether it is done."""
    try:
        task = TASKS.get(job.name)
        if task is None:
            raise UnknownTask
        _carry_out(job, task, clock)
    except Exception as error:  # noqa: BLE001 - a failing job must not end its worker
        _put_back(job, described(error), now=clock())
        return False
    return True


def _carry_out(job: Job, task: Declared, clock: Callable[[], datetime]) -> None:
    if task.atomic:
        with transaction.atomic():
            task.function(**job.arguments)
            _finish(job, now=clock())
    else:
        task.function(**job.arguments)
        _finish(job, now=clock())


def _held(job: Job) -> QuerySet[Job]:
    # The number of the attempt tells two leases of the same worker apart.
    return Job.objects.filter(
        pk=job.pk,
        state=JobState.RUNNING,
        lease_by=job.lease_by,
        attempts=job.attempts,
    )


def _finish(job: Job, *, now: datetime) -> None:
    ended = {"state": JobState.DONE, "lease_until": None, "ended_at": now, "error": ""}
    if not _held(job).update(**ended):
        raise LeaseLost


def _put_back(job: Job, error: str, *, now: datetime) -> None:
    logger.warning("job %s %s failed: %s", job.pk, job.name, error)
    if job.attempts < job.max_attempts:
        later = now + wait_after(job.attempts)
        change = {"state": JobState.READY, "run_at": later}
    else:
        change = {"state": JobState.DEAD, "ended_at": now}
    _held(job).update(**change, lease_until=None, error=error[:200])


def add_periodic(now: datetime, seen: dict[str, datetime]) -> None:
    """
    Enqueue every periodic task whose slot is new; any number of workers may do so.

    `seen` is the worker's own memory, so that the queue is asked once for each slot.
    """
    zone = get_default_timezone()
    for task in TASKS.values():
        if task.schedule is None:
            continue
        slot = task.schedule.slot(now, zone)
        if seen.get(task.name) == slot:
            continue
        # What still waits, late or after a failure, stands for this slot as well.
        if not Job.objects.filter(name=task.name, state=JobState.READY).exists():
            enqueue(task.name, key=f"{task.name}:{slot.isoformat()}", run_at=slot)
        seen[task.name] = slot


def beat(*, worker: str, now: datetime) -> None:
    """Let others see that a worker is at work."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(worker=worker, at=now)],
        update_conflicts=True,
        unique_fields=["worker"],
        update_fields=["at"],
    )


def sign_off(*, worker: str) -> None:
    """Let others see that a worker has stopped."""
    Heartbeat.objects.filter(worker=worker).delete()


def forget_ended(*, now: datetime) -> int:
    """Delete jobs that were done or given up long ago; return how many."""
    done = Job.objects.filter(state=JobState.DONE, ended_at__lt=now - KEEP_DONE)
    dead = Job.objects.filter(state=JobState.DEAD, ended_at__lt=now - KEEP_DEAD)
    Heartbeat.objects.filter(at__lt=now - KEEP_WORKERS).delete()
    return done.delete()[0] + dead.delete()[0]
