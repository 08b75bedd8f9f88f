"""What the clockwork does for itself, and for the record, which lies below it."""

from datetime import time, timedelta

from django.utils.timezone import localdate, now

from shuoshi.jobs.actions import periodic
from shuoshi.jobs.actions.work import forget_ended
from shuoshi.trail.actions import seal_day


@periodic(every=timedelta(hours=1), atomic=True)
def forget_old_jobs() -> None:
    """Delete jobs that ended long ago."""
    forget_ended(now=now())


@periodic(daily_at=time(0, 10), attempts=8, lease=timedelta(minutes=30))
def seal_yesterday() -> None:
    """Seal what was recorded until midnight, and shortly after."""
    moment = now()
    seal_day(localdate(moment) - timedelta(days=1), now=moment)
