"""Keep the store tidy."""

from datetime import time, timedelta

from django.utils.timezone import now

from shuoshi.files.actions import judge_held, sweep
from shuoshi.jobs.actions import periodic


@periodic(daily_at=time(2, 40), lease=timedelta(hours=1))
def sweep_store() -> None:
    """Delete files whose row was never written."""
    sweep(now=now())


@periodic(every=timedelta(minutes=10), lease=timedelta(minutes=30))
def judge_files() -> None:
    """Let the virus scanner judge what was kept while it was away."""
    judge_held(now=now())
