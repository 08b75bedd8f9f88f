"""Ask how the queue and its workers are doing."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from shuoshi.jobs.models import Heartbeat, Job, JobState


SILENCE: Final = timedelta(seconds=60)


def worker_is_well(now: datetime) -> bool:
    """Tell whether a worker was seen lately, or is at work on a job it has leased."""
    return (
        Heartbeat.objects.filter(at__gte=now - SILENCE).exists()
        or Job.objects.filter(state=JobState.RUNNING, lease_until__gt=now).exists()
    )


def ready_jobs(now: datetime) -> QuerySet[Job]:
    """Return the jobs whose time has come, in the order they are taken."""
    return Job.objects.filter(state=JobState.READY, run_at__lte=now).order_by(
        "-priority", "id"
    )


def lapsed_jobs(now: datetime) -> QuerySet[Job]:
    """Return the jobs whose worker let the lease run out: it was killed, most likely."""
    return Job.objects.filter(state=JobState.RUNNING, lease_until__lt=now).order_by(
        "lease_until"
    )


def dead_jobs() -> QuerySet[Job]:
    """Return the jobs that were given up, the latest first."""
    return Job.objects.filter(state=JobState.DEAD).order_by("-ended_at")
