"""What the clockwork does for itself, and for what lies below it."""

from datetime import time, timedelta

from django.utils.timezone import localdate, now

from shuoshi.accounts.actions.sessions import sweep_sessions
from shuoshi.accounts.actions.throttling import sweep_tallies
from shuoshi.jobs.actions import periodic
from shuoshi.jobs.actions.work import forget_ended
from shuoshi.keys.actions.overwriting import overwrite_log
from shuoshi.org.actions.proposals import end_stand_ins
from shuoshi.trail.actions import seal_day


@periodic(every=timedelta(hours=1), atomic=True)
def forget_old_jobs() -> None:
    """Delete jobs that ended long ago."""
    forget_ended(now=now())


@periodic(every=timedelta(hours=1))
def forget_old_tries() -> None:
    """Delete the tallies of stretches that are over."""
    sweep_tallies(now=now())


@periodic(daily_at=time(2, 20))
def forget_old_sessions() -> None:
    """Delete the sessions that ended long ago."""
    sweep_sessions(now=now())


@periodic(daily_at=time(0, 10), attempts=8, lease=timedelta(minutes=30))
def seal_yesterday() -> None:
    """Seal what was recorded until midnight, and shortly after."""
    moment = now()
    seal_day(localdate(moment) - timedelta(days=1), now=moment)


@periodic(every=timedelta(minutes=10))
def overwrite_what_was_erased() -> None:
    """Cut the log of the database, where words may lie that are sealed by now."""
    overwrite_log()


@periodic(every=timedelta(minutes=1))
def end_what_ran_out() -> None:
    """End the posts of those who stood in for some hours."""
    end_stand_ins(now=now())
