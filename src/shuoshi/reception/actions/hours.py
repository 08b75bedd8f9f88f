"""Say when people are received."""

import itertools
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.org.rules.standing import Standing
from shuoshi.reception.models import ReceptionHours
from shuoshi.reception.rules.access import may_set_hours
from shuoshi.reception.rules.bookings import Hours
from shuoshi.trail.actions import note


class HoursRefused(Refused):
    """Nobody can be received like this."""


@transaction.atomic
def set_hours(hours: list[Hours], *, by: Standing, now: datetime) -> None:
    """
    Keep these hours in place of those there were. What is booked already stays.

    :raises NotPermitted: unless the person sets this mine's hours.
    :raises HoursRefused: where an end comes before its beginning, or two overlap.
    """
    if not may_set_hours(by) or by.mine_id is None:
        raise NotPermitted(_("接待时间由统筹人员定。"))
    for one in hours:
        if not list(one.times()):
            raise HoursRefused(_("这段时间里一个号也放不下。"))
    for before, after in itertools.pairwise(hours):
        if before.ends_at > after.starts_at:
            raise HoursRefused(_("下午要在上午结束以后开始。"), field="afternoon_from")
    ReceptionHours.objects.filter(mine_id=by.mine_id).delete()
    ReceptionHours.objects.bulk_create(
        ReceptionHours(
            mine_id=by.mine_id,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            minutes=one.minutes,
        )
        for one in hours
    )
    told = [f"{one.starts_at:%H:%M}-{one.ends_at:%H:%M}/{one.minutes}" for one in hours]
    note(
        "reception.hours_set",
        by=by.on_record,
        at=now,
        mine_id=by.mine_id,
        detail={"hours": told},
    )
