"""Give a time that came free to who waits longest; remind people of the day before."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from shuoshi.notices.actions import queue_many
from shuoshi.org.models import Mine
from shuoshi.reception.models import Booking, OpenDay
from shuoshi.reception.queries.bookings import has_begun
from shuoshi.reception.queries.open_days import open_day_on
from shuoshi.reception.rules.bookings import BookingState


if TYPE_CHECKING:
    from django.db.models import QuerySet


GIVEN, REMINDED, CANCELLED = "booking_given", "booking_reminder", "booking_cancelled"


def hold_line(line: str, *, mine_id: int) -> OpenDay | None:
    """
    Let nobody else book, leave or cancel in this line until the transaction ends.

    Whoever looks whether a time is free and then waits for one, or takes it, thus never
    meets who gives one back, nor who calls the day off. Returns the open day as it is now;
    None for the line of whoever is on duty, where all of the mine's such changes wait.
    """
    day = open_day_on(line, mine_id=mine_id)
    if day is None:
        Mine.objects.select_for_update(no_key=True).get(pk=mine_id)
        return None
    return OpenDay.objects.select_for_update(no_key=True).get(pk=day.pk)


def give_next(freed: Booking, *, now: datetime) -> Booking | None:
    """
    Let who waits longest in the same line have the time that a booking gave back.

    Call it in the transaction that held the line and gave it back. Returns their booking,
    None if nobody waits or the time has come. They are told that there is news, and see
    it by receipt.
    """
    if freed.starts_at is None or has_begun(freed, now=now):
        return None
    waiting = Booking.objects.filter(
        mine_id=freed.mine_id,
        line=freed.line,
        day=freed.day,
        state=BookingState.WAITING,
    )
    # Whoever leaves the line at this moment is passed over.
    for first in waiting.order_by("pk"):
        try:
            with transaction.atomic():
                given = waiting.filter(pk=first.pk).update(
                    state=BookingState.BOOKED, starts_at=freed.starts_at
                )
        except IntegrityError:
            # Somebody took it at this very moment.
            return None
        if given:
            tell_booker(first, GIVEN, now=now)
            return first
    return None


def remind_tomorrow(*, now: datetime) -> int:
    """
    Tell everybody who comes tomorrow that there is news, once; return how many.

    Who booked only today needs no reminder. Marked and told in one: a worker that is
    killed in between loses nobody.
    """
    today = localtime(now)
    ahead = Booking.objects.filter(
        state=BookingState.BOOKED,
        day=today.date() + timedelta(days=1),
        reminded_at=None,
        booked_at__lt=today.replace(hour=0, minute=0, second=0, microsecond=0),
    )
    return sum(_remind(one, ahead, now) for one in ahead.order_by("pk"))


@transaction.atomic
def _remind(one: Booking, ahead: "QuerySet[Booking]", now: datetime) -> bool:
    if not ahead.filter(pk=one.pk).update(reminded_at=now):
        return False
    tell_booker(one, REMINDED, now=now)
    return True


def tell_booker(booking: Booking, kind: str, *, now: datetime) -> None:
    """Let whoever holds the receipt of a booking know that there is news: never what."""
    queue_many(
        to=[None],
        kind=kind,
        mine_id=booking.mine_id,
        about=booking.uid,
        number="",
        now=now,
    )
