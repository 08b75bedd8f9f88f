"""Look at who is coming, and register what they say."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shuoshi.common.refusals import NotPermitted
from shuoshi.matters.actions.raising import Raised, Receiver, register_matter
from shuoshi.matters.rules.sayings import Saying
from shuoshi.org.queries.standing import standing_of
from shuoshi.org.queries.units import tree_of
from shuoshi.org.rules.standing import Standing
from shuoshi.reception.models import Booking
from shuoshi.reception.queries.bookings import (
    BookingShown,
    bookings_between,
    shown_with_turns,
)
from shuoshi.reception.queries.open_days import open_day_on
from shuoshi.reception.rules.access import may_receive
from shuoshi.reception.rules.bookings import BookingState
from shuoshi.trail.actions import note


def read_bookings(
    since: date, until: date, *, by: Standing, now: datetime
) -> list[BookingShown]:
    """
    Return who comes on these days, out of their seals; the look goes on record first.

    :raises NotPermitted: unless the person receives people.
    """
    if not may_receive(by) or by.mine_id is None:
        raise NotPermitted(_("预约由接待人员看。"))
    found = bookings_between(by.mine_id, since, until)
    if found:
        note(
            "reception.bookings_read",
            by=by.on_record,
            at=now,
            mine_id=by.mine_id,
            detail={"since": since.isoformat(), "until": until.isoformat()},
        )
    return shown_with_turns(found)


@transaction.atomic
def register_booking(
    booking: Booking,
    saying: Saying,
    *,
    channel: str,
    by: Standing,
    now: datetime,
    nonce: str = "",
) -> Raised:
    """
    Register what somebody who had booked says.

    Who registers it is its first receiver; on an open day it is the leader who listened.

    :raises NotPermitted: unless the person receives people in this mine.
    :raises Refused: with the field to blame, if it cannot be taken down like this.
    """
    if not may_receive(by) or by.mine_id != booking.mine_id:
        raise NotPermitted(_("只有接待人员可以登记。"))
    raised = register_matter(
        saying,
        channel=channel,
        by=by,
        now=now,
        nonce=nonce,
        receiver=who_listens(booking.line, booking.mine_id),
    )
    Booking.objects.filter(pk=booking.pk).update(
        state=BookingState.CAME, matter=raised.matter.uid
    )
    return raised


def who_listens(line: str, mine_id: int) -> Receiver | None:
    """Return who is the first receiver in this queue: the leader of an open day."""
    open_day = open_day_on(line, mine_id=mine_id)
    if open_day is None:
        return None
    leader = open_day.substitute or open_day.leader
    units = standing_of(leader).units
    return Receiver(leader.pk, min(units or {tree_of(mine_id).root_id}))
