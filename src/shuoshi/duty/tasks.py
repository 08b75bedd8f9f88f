"""Look at the week ahead each morning."""

from datetime import time

from django.utils.timezone import now

from shuoshi.duty.actions.warning import warn_of_gaps
from shuoshi.jobs.actions import periodic
from shuoshi.org.queries.units import mines


@periodic(daily_at=time(8), atomic=True)
def warn_of_the_week() -> None:
    """Warn who plans of days without anybody, while there is time."""
    for mine in mines():
        warn_of_gaps(mine.pk, now=now())
