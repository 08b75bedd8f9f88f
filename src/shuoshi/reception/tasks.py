"""Announce what is near, and close the day."""

from datetime import time, timedelta

from django.utils.timezone import now

from shuoshi.jobs.actions import periodic
from shuoshi.org.queries.units import mines
from shuoshi.reception.actions.bookings import end_missed
from shuoshi.reception.actions.call_drafts import forget_calls
from shuoshi.reception.actions.open_days import announce_due
from shuoshi.reception.actions.waiting import remind_tomorrow


@periodic(every=timedelta(hours=1))
def announce_open_days() -> None:
    """Announce the open days that are planned and near."""
    for mine in mines():
        announce_due(mine.pk, now=now())


@periodic(every=timedelta(hours=1))
def remind() -> None:
    """Remind who comes tomorrow; quiet hours hold it back on the roads."""
    remind_tomorrow(now=now())


@periodic(daily_at=time(1, 30))
def end_yesterday() -> None:
    """Enter that nobody came, where nothing was entered; forget calls never registered."""
    end_missed(now=now())
    forget_calls(now=now())
