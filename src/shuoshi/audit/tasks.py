"""Prove the whole record every week, and say so where the auditor looks."""

from datetime import time, timedelta

from django.utils.timezone import now

from shuoshi.audit.actions.verifying import verify_on_record
from shuoshi.audit.queries.seals import last_verified
from shuoshi.jobs.actions import periodic


@periodic(daily_at=time(1, 20), atomic=False, lease=timedelta(hours=6))
def verify_record() -> None:
    """Prove histories, seals, rows and files once a week, and note what was found."""
    moment, last = now(), last_verified()
    if last is None or moment - last > timedelta(days=6, hours=12):
        verify_on_record(now=moment)
