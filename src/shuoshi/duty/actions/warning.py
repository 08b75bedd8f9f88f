"""Warn of gaps in the roster while there is time to close them."""

from datetime import datetime

from django.utils.timezone import localdate

from shuoshi.duty.queries.months import clashes_soon
from shuoshi.notices.actions import queue_word
from shuoshi.org.queries.people import people_holding
from shuoshi.org.rules.roles import Role


def warn_of_gaps(mine_id: int, *, now: datetime) -> bool:
    """Tell who plans that something is wrong with the week ahead; False if all is well."""
    if not clashes_soon(mine_id, today=localdate(now)):
        return False
    planners = people_holding([Role.COORDINATOR], mine_id=mine_id)
    queue_word(
        to=[one.pk for one in planners], kind="duty_gaps", mine_id=mine_id, now=now
    )
    return True
