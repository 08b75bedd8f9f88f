"""Let news leave the house."""

from datetime import timedelta

from django.conf import settings
from django.utils.timezone import now

from shuoshi.jobs.actions import periodic
from shuoshi.matters.queries.reach import reach_of_speaker, still_told
from shuoshi.notices.actions.delivering import House, deliver_due


@periodic(every=timedelta(seconds=30), lease=timedelta(minutes=15))
def deliver() -> None:
    """Send what waits on the roads out."""
    house = House(settings.SHUOSHI_ADDRESS, still_told, reach_of_speaker)
    deliver_due(house, clock=now)
